use jiff::Timestamp;
use proptest::prelude::*;

use super::super::MOST;
use super::*;
use crate::http::{Method, RawRequest};

fn draft(body: &str) -> RawRequest {
    RawRequest { method: Method::Put, path: "/a".to_owned(), body: body.to_owned(), wants_stream: false }
}

fn sent(second: i64) -> SentRequest {
    let at = Timestamp::from_second(second).expect("a time");
    SentRequest { at, account: "Flat".to_owned(), draft: draft("{}"), is_raw: false, status: None }
}

/// Collections as (name, [(name of the request, its body)]).
fn saved(collections: &[(&str, &[(&str, &str)])]) -> History {
    let mut history = History::default();
    for (collection, requests) in collections {
        for (name, body) in *requests {
            history.keep(collection, name, draft(body));
        }
    }
    history
}

fn merged(base: &History, theirs: &History, mine: &History) -> History {
    let mut merged = theirs.clone();
    merged.take_changes(base, mine);
    merged
}

#[test]
fn both_sides_save_a_request() {
    let base = saved(&[("Mornings", &[("warm", "1")])]);
    let theirs = saved(&[("Mornings", &[("warm", "1"), ("light", "2")]), ("Imported", &[("a", "")])]);
    let mine = saved(&[("Mornings", &[("warm", "1"), ("fan", "3")]), ("Here", &[("b", "")])]);
    let all: &[(&str, &[(&str, &str)])] = &[
        ("Mornings", &[("warm", "1"), ("light", "2"), ("fan", "3")]),
        ("Imported", &[("a", "")]),
        ("Here", &[("b", "")]),
    ];
    assert_eq!(merged(&base, &theirs, &mine), saved(all));
    // Both chose one name.
    let mine = saved(&[("Mornings", &[("warm", "1"), ("light", "3")])]);
    let both = merged(&base, &theirs, &mine);
    assert_eq!(
        both.collections()[0],
        saved(&[("Mornings", &[("warm", "1"), ("light", "2"), ("light 2", "3")])]).collections[0]
    );
}

#[test]
fn a_change_survives_a_removal_by_the_other_side() {
    let base = saved(&[("Mornings", &[("warm", "1"), ("light", "2")])]);
    let without = saved(&[("Mornings", &[("light", "2")])]);
    let changed = saved(&[("Mornings", &[("warm", "9"), ("light", "2")])]);
    let kept = |history: &History| history.has("Mornings", "warm");
    assert!(kept(&merged(&base, &without, &changed)) && kept(&merged(&base, &changed, &without)));
    assert!(!kept(&merged(&base, &base, &without)) && !kept(&merged(&base, &without, &base)));
    // A whole collection.
    let none = History::default();
    assert_eq!(merged(&base, &changed, &none), saved(&[("Mornings", &[("warm", "9")])]));
    assert_eq!(merged(&base, &none, &changed), saved(&[("Mornings", &[("warm", "9")])]));
    assert_eq!((merged(&base, &none, &base), merged(&base, &base, &none)), (none.clone(), none));
}

#[test]
fn sent_requests_of_both_sides_are_in_the_order_of_their_times() {
    let history = |seconds: &[i64]| History {
        entries: seconds.iter().map(|second| sent(*second)).collect(),
        ..History::default()
    };
    let base = history(&[3, 2, 1]);
    assert_eq!(merged(&base, &history(&[5, 3, 2, 1]), &history(&[6, 4, 3, 1])), history(&[6, 5, 4, 3, 1]));
    assert_eq!(merged(&base, &history(&[]), &history(&[4, 3, 2, 1])), history(&[4]), "cleared by the other side");
    let full: Vec<i64> = (0..300).rev().collect();
    let more: Vec<i64> = (1..301).rev().collect();
    let both = merged(&history(&full), &history(&more), &History { entries: [sent(400)].into(), ..history(&full) });
    assert_eq!(both.entries().next(), Some(&sent(400)));
    assert!(both.entries().len() <= MOST);
    // A clock that was ahead and is right again loses no new request.
    let after = merged(
        &history(&full),
        &history(&full),
        &History { entries: [sent(-5)].into_iter().chain(history(&full).entries).collect(), ..History::default() },
    );
    assert_eq!((after.entries().len(), after.entries().last()), (MOST, Some(&sent(-5))));
}

#[test]
fn equal_names_in_a_file_edited_by_hand_are_kept() {
    let request = |body: &str| Saved { name: "warm".to_owned(), draft: draft(body) };
    let collection = |requests: Vec<Saved>| Collection { name: "Mornings".to_owned(), requests };
    let file = History {
        collections: vec![collection(vec![request("1"), request("2")]), collection(vec![request("3")])],
        ..History::default()
    };
    let mut mine = file.clone();
    mine.keep("Here", "b", draft(""));
    let both = merged(&file, &file, &mine);
    let bodies: Vec<&str> = both.collections()[0].requests.iter().map(|saved| saved.draft.body.as_str()).collect();
    assert_eq!((bodies, both.has("Here", "b")), (vec!["1", "2", "3"], true));
}

fn some_history() -> impl Strategy<Value = History> {
    let requests = prop::collection::vec(("[A-B]", "[a-c]", "[0-3]"), 0..8);
    (requests, prop::collection::btree_set(0i64..8, 0..6)).prop_map(|(requests, seconds)| {
        let mut history = History::default();
        for (collection, name, body) in requests {
            history.keep(&collection, &name, draft(&body));
        }
        for second in seconds {
            history.record(sent(second));
        }
        history
    })
}

/// Each saved request as (collection, name, body).
fn requests(history: &History) -> Vec<(String, String, String)> {
    let of = |collection: &Collection| {
        let name = collection.name.clone();
        let request = move |saved: &Saved| (name.clone(), saved.name.clone(), saved.draft.body.clone());
        collection.requests.iter().map(request).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = history.collections.iter().flat_map(of).collect();
    all.sort();
    all
}

proptest! {
    #[test]
    fn a_merge_has_the_changes_of_both_sides(base in some_history(), theirs in some_history(), mine in some_history()) {
        let both = merged(&base, &theirs, &mine);
        prop_assert_eq!(&merged(&base, &theirs, &base), &theirs);
        prop_assert_eq!(merged(&base, &base, &mine).entries, mine.entries.clone());
        prop_assert_eq!(requests(&merged(&base, &base, &mine)), requests(&mine));
        let [old, other, own, result] = [&base, &theirs, &mine, &both].map(requests);
        let has = |collection: &str, body: &str| result.iter().any(|(known, _, kept)| known == collection && kept == body);
        for change in own.iter().filter(|change| !old.contains(change)) {
            prop_assert!(has(&change.0, &change.2), "{change:?} of mine is lost: {result:?}");
        }
        for change in other.iter().filter(|change| !old.contains(change)) {
            let is_changed_by_both = own.iter().any(|(collection, name, _)| *collection == change.0 && *name == change.1);
            prop_assert!(is_changed_by_both || has(&change.0, &change.2), "{change:?} of theirs is lost: {result:?}");
        }
        for untouched in old.iter().filter(|entry| own.contains(entry) && other.contains(entry)) {
            prop_assert!(result.contains(untouched));
        }
        for entry in mine.entries.iter().chain(&theirs.entries).filter(|entry| !base.entries.contains(entry)) {
            prop_assert!(both.entries.contains(entry));
        }
        let names: HashSet<_> = result.iter().map(|(collection, name, _)| (collection, name)).collect();
        prop_assert_eq!(names.len(), result.len(), "a name occurs once: {:?}", result);
        prop_assert_eq!(&merged(&base, &both, &both), &both);
    }
}
