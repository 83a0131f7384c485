//! The API console: a request is typed, checked and sent; its response is read, searched and closed.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use egui::{Key, OutputCommand, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use serde_json::{Value, json};

use super::{Bound, UiFixture, assert_closed, click, fixture, press, says, type_text};
use crate::engine::{AccountName, SubmitOutcome};
use crate::home::{DeviceTree, Write};
use crate::http::{DecodeError, Method, RawApi, RawRequest, known_thermostat};
use crate::json_tree::changed_leaves;
use crate::requests::{Collection, Exchange, ExchangeEnd, Head, Hop, RunningRequest, Saved, SentRequest, StreamEvent};
use crate::ui::console::{AnswerPart, AnswerState, BodyState, ConsoleAnswer, ConsoleIntent, Prepared, RequestList};
use crate::ui::intent::{AppIntent, Page};

fn put(path: &str, body: &str) -> RawRequest {
    RawRequest { method: Method::Put, path: path.to_owned(), body: body.to_owned(), wants_stream: false }
}

pub(super) fn typed(draft: RawRequest) -> UiFixture {
    let mut bench = UiFixture::on(Page::Console);
    bench.window.console.draft = draft;
    bench
}

/// An API of commands, without a document.
#[derive(Debug)]
struct Commands;

impl RawApi for Commands {
    fn methods(&self) -> &'static [Method] {
        &[Method::Get, Method::Post]
    }

    fn decode(&self, home: &DeviceTree, _path: &[&str], body: &Value) -> Result<Vec<Write>, DecodeError> {
        let serial = body.get("serial").and_then(Value::as_str).unwrap_or_default();
        known_thermostat(home, serial).map(|_| Vec::new())
    }

    fn examples(&self, _home: &DeviceTree) -> Vec<RawRequest> {
        Vec::new()
    }
}

fn head(status: u16, reason: &'static str, kind: &str) -> Head {
    let headers = vec![("content-type".to_owned(), kind.to_owned()), ("x-request".to_owned(), "7".to_owned())];
    Head { status, reason, version: "HTTP/1.1".to_owned(), headers }
}

fn json_exchange(body: &str) -> Exchange {
    let hop = |url: &str, status| Hop { url: url.to_owned(), status, took: Duration::from_millis(12) };
    Exchange {
        hops: vec![hop("http://127.0.0.1:8080/", 307), hop("http://127.0.0.1:9553/", 200)],
        head: Some(head(200, "OK", "application/json")),
        took: Duration::from_millis(31),
        received: body.len(),
        body: Bytes::copy_from_slice(body.as_bytes()),
        end: Some(ExchangeEnd::Whole),
        ..Exchange::default()
    }
}

/// A console with a response.
pub(super) fn answered(exchange: Exchange) -> UiFixture {
    let mut bench = typed(RawRequest::default());
    let home = Arc::clone(&bench.targets[0].home);
    let body = if exchange.body.is_empty() || exchange.end.is_none() {
        BodyState::None
    } else {
        BodyState::Ready(Box::new(Prepared::of(&exchange)))
    };
    let running = RunningRequest::standing(exchange);
    bench.window.console.answer = Some(ConsoleAnswer {
        draft: RawRequest::default(),
        account: "simulated".to_owned(),
        account_name: AccountName::Simulated,
        is_raw: false,
        at: fixture::now(),
        before: Arc::clone(&home),
        state: AnswerState::Wire { running, is_stopped: false, body },
        reaction: (home, Vec::new()),
        sent: std::time::Instant::now(),
        outside: None,
        is_recorded: true,
    });
    bench
}

/// The document of a home, without values that change.
pub(super) fn document() -> String {
    let home = crate::wwn::wire::home_value(&fixture::home());
    serde_json::to_string_pretty(&home).expect("JSON")
}

/// A read request with its response.
pub(super) fn pictured() -> UiFixture {
    let mut bench = answered(json_exchange(&document()));
    for entry in with_history().window.console.history.entries() {
        bench.window.console.history.record(entry.clone());
    }
    bench
}

/// A finished write with its changes.
pub(super) fn pictured_written() -> UiFixture {
    let mut bench = answered(json_exchange("{}"));
    let records: Vec<_> = bench.snapshot.journal.iter().take(1).cloned().collect();
    let draft = put("/devices/thermostats/hallway", "{\n  \"label\": \"Den\"\n}");
    let mut after = (*bench.targets[0].home).clone();
    let before = crate::wwn::wire::home_value(&after);
    after.thermostat_mut(&"hallway".into()).expect("it is there").label = Some("Den".to_owned());
    let changes = changed_leaves(&before, &crate::wwn::wire::home_value(&after));
    bench.window.console.draft = draft.clone();
    if let Some(answer) = &mut bench.window.console.answer {
        let made = SubmitOutcome { records, ..SubmitOutcome::default() };
        answer.draft = draft;
        answer.state = AnswerState::Written(Some(made));
        answer.outside = Some(Exchange { received: 0, body: Bytes::new(), ..json_exchange("") });
        answer.reaction = (Arc::new(after), changes);
    }
    bench
}

#[test]
fn a_write_shows_answer_outcome_and_changes() {
    let harness = pictured_written().shown();
    for words in ["200 OK", "307 › 200", "x-request: 7", "→ \"Den\""] {
        assert!(says(&harness, words), "{words}");
    }
}

/// An invalid write.
pub(super) fn pictured_error() -> UiFixture {
    let mut bench =
        typed(put("/devices/thermostats/hallway", "{\n  \"target_temperature_c\": 21.5,\n  \"label\": Den\n}"));
    bench.window.console.is_raw = false;
    bench
}

/// Saved requests.
pub(super) fn pictured_kept() -> UiFixture {
    let mut bench = with_history();
    bench.window.console.list = RequestList::Collections;
    bench.window.console.draft = put("/structures/s", "{\n  \"away\": \"away\"\n}");
    bench
}

fn sent(harness: &Bound) -> Vec<(RawRequest, bool)> {
    let sent = harness.state().intents.iter().filter_map(|intent| {
        let AppIntent::Console(ConsoleIntent::Send { draft, is_raw, account }) = intent else { return None };
        assert_eq!(account, "simulated");
        Some((draft.clone(), *is_raw))
    });
    sent.collect()
}

fn copied(harness: &Bound) -> Option<String> {
    let mut commands = harness.output().platform_output.commands.iter();
    commands.find_map(|command| if let OutputCommand::CopyText(text) = command { Some(text.clone()) } else { None })
}

#[test]
fn paths_are_completed() {
    let mut bench = typed(RawRequest { path: "/devices/thermostats/".to_owned(), ..RawRequest::default() });
    bench.window.console.draft.method = Method::Get;
    let mut harness = bench.shown();
    harness.get_by_role_and_label(Role::TextInput, "Path").focus();
    harness.run();
    type_text(&mut harness, "hall");
    assert!(says(&harness, "/devices/thermostats/hallway/"), "the list is open");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().window.console.draft.path, "/devices/thermostats/hallway/");
    type_text(&mut harness, "hvac_m");
    press(&mut harness, Key::Tab);
    assert_eq!(harness.state().window.console.draft.path, "/devices/thermostats/hallway/hvac_mode");
    click(&mut harness, "Send");
    let draft = RawRequest { path: "/devices/thermostats/hallway/hvac_mode".to_owned(), ..RawRequest::default() };
    assert_eq!(sent(&harness), [(draft, false)]);
}

#[test]
fn problems_are_shown_and_nothing_is_sent() {
    let path = "/devices/thermostats/hallway";
    let put = |body: &str| put(path, body);
    for (draft, why) in [
        (put("{\"label\": Den}"), "Not valid JSON: line 1, column 11"),
        (put(""), "PUT needs a body"),
        (put("{\"humidity\": 40}"), "Cannot be written: humidity"),
        (put("{\"target_temperature_c\": \"warm\"}"), "of another kind"),
        (RawRequest { body: "{}".to_owned(), ..RawRequest::default() }, "GET takes no body"),
        (RawRequest { method: Method::Delete, ..RawRequest::default() }, "and no DELETE"),
        (
            RawRequest { method: Method::Put, path: "/devices".to_owned(), ..put("{\"a\":1}") },
            "cannot be written as a whole",
        ),
    ] {
        let mut harness = typed(draft).shown();
        assert!(says(&harness, why), "{why}");
        assert_closed(&mut harness, "Send", why);
        assert_eq!(sent(&harness), []);
    }
    // The service may know paths that the program does not, so an unknown path can be sent.
    let mut harness =
        typed(RawRequest { path: "/devices/thermostats/nothing".to_owned(), ..RawRequest::default() }).shown();
    assert!(says(&harness, "/devices/thermostats is there"));
    click(&mut harness, "Send");
    assert_eq!(sent(&harness).len(), 1);
}

#[test]
fn a_field_that_is_picked_goes_into_the_body() {
    let mut harness = typed(put("/devices/thermostats/hallway", "")).shown();
    assert!(says(&harness, "in steps of 0.5"));
    click(&mut harness, "Put label into the body");
    click(&mut harness, "Put hvac_mode into the body");
    let body: Value = serde_json::from_str(&harness.state().window.console.draft.body).expect("JSON");
    assert_eq!(body["hvac_mode"], json!("heat"));
    assert!(body["label"].is_string());
    let draft = harness.state().window.console.draft.clone();
    click(&mut harness, "Send");
    assert_eq!(sent(&harness), [(draft, false)]);
    // A body that cannot be parsed stays unchanged.
    let mut harness = typed(put("/devices/thermostats/hallway", "{\"label\": ")).shown();
    click(&mut harness, "Put hvac_mode into the body");
    assert_eq!(harness.state().window.console.draft.body, "{\"label\": ");
}

#[test]
fn raw_requests_need_an_explicit_choice() {
    let mut harness = typed(put("/devices/thermostats/hallway", "{\"humidity\": 40}")).shown();
    harness.get_by_role_and_label(Role::Switch, "Raw").click();
    harness.run();
    assert!(says(&harness, "nothing is checked"));
    click(&mut harness, "Send raw");
    assert_eq!(sent(&harness), [(put("/devices/thermostats/hallway", "{\"humidity\": 40}"), true)]);
}

#[test]
fn examples_exist_for_every_service() {
    let mut harness = typed(RawRequest::default()).shown();
    click(&mut harness, "Examples");
    let example = "PUT /devices/thermostats/";
    let name = harness.query_all_by_label_contains(example).next().and_then(|node| node.accesskit_node().label());
    click(&mut harness, &name.expect("an example"));
    assert_eq!(harness.state().window.console.draft.method, Method::Put);
    let mut bench = typed(RawRequest { method: Method::Post, path: "/command".to_owned(), ..put("", "{}") });
    bench.targets[0].api = Arc::new(Commands);
    let harness = bench.shown();
    assert!(says(&harness, "no such device"), "the serial number is of nobody");
}

#[test]
fn an_answer_is_read_part_by_part() {
    let mut bench = answered(json_exchange(&document()));
    let mut after = (*bench.targets[0].home).clone();
    let before = crate::wwn::wire::home_value(&after);
    after.thermostat_mut(&"hallway".into()).expect("it is there").label = Some("Den".to_owned());
    let changes = changed_leaves(&before, &crate::wwn::wire::home_value(&after));
    if let Some(answer) = &mut bench.window.console.answer {
        answer.reaction = (Arc::new(after), changes);
    }
    let mut harness = bench.shown();
    assert!(says(&harness, "200 OK") && says(&harness, "307 › 200"));
    assert!(harness.query_by_role_and_label(Role::Tree, "Body").is_some());
    click(&mut harness, "Which part of the answer: Headers");
    assert!(says(&harness, "x-request: 7") && says(&harness, "http://127.0.0.1:9553/"));
    click(&mut harness, "Which part of the answer: Effect");
    assert!(says(&harness, "/devices/thermostats/hallway/label") && says(&harness, "→ \"Den\""));
}

#[test]
fn an_answer_is_searched_folded_and_copied() {
    let text = document();
    let mut harness = answered(json_exchange(&text)).shown();
    harness.get_by_role_and_label(Role::TextInput, "Search in the answer").focus();
    harness.run();
    type_text(&mut harness, "hvac_mode");
    let hits = harness.state().window.console.search.hits.len();
    assert_eq!(hits, text.matches("\"hvac_mode\"").count());
    assert!(says(&harness, &format!("1 / {hits}")));
    click(&mut harness, "Next hit");
    assert!(says(&harness, &format!("2 / {hits}")));
    click(&mut harness, "Fold all");
    click(&mut harness, "Unfold all");
    harness.get_by_label("Copy all").click();
    harness.step();
    assert_eq!(copied(&harness), Some(text));
}

#[test]
fn non_json_answers_are_shown_as_text_or_bytes() {
    let said = |exchange: Exchange, words: &str| {
        let harness = answered(exchange).shown();
        assert!(says(&harness, words), "{words}");
    };
    let bytes = Bytes::from_static(&[0x89, 0x50, 0x4e, 0x47, 0, 0xff]);
    let binary = Exchange { head: Some(head(200, "OK", "image/png")), body: bytes, ..json_exchange("") };
    said(binary.clone(), "6 bytes that are not text");
    said(binary, "89 50 4e 47 00 ff");
    said(json_exchange("{\"broken\": tru"), "It begins like JSON, but is none");
    let cut = ExchangeEnd::Cut { limit: 32 * 1024 * 1024 };
    said(Exchange { end: Some(cut), ..json_exchange("[1, 2") }, "cut at 32 MB");
    let refused = Exchange { head: Some(head(404, "Not Found", "text/plain")), ..json_exchange("nothing here") };
    said(refused.clone(), "404 Not Found");
    said(refused, "nothing here");
    said(Exchange { end: Some(ExchangeEnd::TimedOut(Duration::from_secs(30))), ..Exchange::default() }, "within 30 s");
}

#[test]
fn a_stream_goes_on_until_it_is_stopped() {
    let event = |number: usize| {
        let (name, data) = ("put".to_owned(), format!("{{\"number\":{number}}}"));
        Arc::new(StreamEvent { name, data, after: Duration::from_millis(100) })
    };
    let exchange = Exchange {
        head: Some(head(200, "OK", "text/event-stream")),
        events: (0..500).map(event).collect(),
        dropped_events: 20,
        ..Exchange::default()
    };
    let mut bench = answered(exchange.clone());
    if let Some(answer) = &mut bench.window.console.answer {
        let running = RunningRequest::going_on(exchange);
        answer.state = AnswerState::Wire { running, is_stopped: false, body: BodyState::None };
    }
    let mut harness = bench.shown();
    assert!(says(&harness, "520 events") && says(&harness, "20 earlier ones"));
    assert!(says(&harness, "{\"number\":499}") && !says(&harness, "{\"number\":10}"), "only those on screen");
    click(&mut harness, "Stop");
    assert_eq!(harness.state().intents, [AppIntent::Console(ConsoleIntent::Stop)]);
}

/// Ten megabytes are a few hundred thousand lines, of which only the visible ones are drawn.
#[test]
fn a_large_answer_is_drawn_a_screenful_at_a_time() {
    let item = json!({"name": "a thermostat like any other", "humidity": 40, "is_online": true});
    let items: Vec<Value> = (0..130_000).map(|_| item.clone()).collect();
    let text = Value::Array(items).to_string();
    assert!(text.len() > 9_000_000);
    let mut harness = answered(json_exchange(&text)).shown();
    click(&mut harness, "Unfold all");
    let Some(AnswerState::Wire { body: BodyState::Ready(prepared), .. }) =
        harness.state().window.console.answer.as_ref().map(|answer| &answer.state)
    else {
        panic!("an answer")
    };
    let Prepared::Tree { json_tree, state } = &**prepared else { panic!("a tree") };
    assert!(json_tree.len() > 500_000);
    assert!(state.drawn < 100, "{} rows were drawn", state.drawn);
    // A very long line is split into shorter ones.
    let long = Exchange { head: Some(head(200, "OK", "text/plain")), ..json_exchange(&"x".repeat(1_000_000)) };
    let harness = answered(long).shown();
    let drawn = harness.query_all_by_label_contains("xxxx").count();
    assert!((1..100).contains(&drawn), "{drawn} lines were drawn");
}

fn with_history() -> UiFixture {
    let mut bench = typed(RawRequest::default());
    let console = &mut bench.window.console;
    for (path, status) in [("/structures/s", 200), ("/devices/thermostats/hallway", 400)] {
        let draft = put(path, "{\"away\":\"home\"}");
        let entry =
            SentRequest { at: fixture::now(), account: "Home".to_owned(), draft, is_raw: false, status: Some(status) };
        console.history.record(entry);
    }
    console.history.keep("Mornings", "Warm", put("/devices/thermostats/hallway", "{\"label\":\"Den\"}"));
    bench
}

#[test]
fn sent_requests_are_found_and_restored() {
    let mut harness = with_history().shown();
    harness.get_by_role_and_label(Role::TextInput, "Search requests").focus();
    harness.run();
    type_text(&mut harness, "structures");
    assert!(!says(&harness, "Type again: PUT /devices"));
    click(&mut harness, "Type again: PUT /structures/s {\"away\":\"home\"}");
    assert_eq!(harness.state().window.console.draft, put("/structures/s", "{\"away\":\"home\"}"));
    click(&mut harness, "Forget the listed requests");
    assert_eq!(harness.state().intents, [AppIntent::Console(ConsoleIntent::Forget("structures".to_owned()))]);
    harness.state_mut().window.console.forgotten = with_history().window.console.history.forget("");
    harness.run();
    click(&mut harness, "Put 2 back");
    assert_eq!(harness.state().intents.last(), Some(&AppIntent::Console(ConsoleIntent::Remember)));
}

#[test]
fn unsent_input_survives_a_click() {
    let mut bench = with_history();
    let typed = put("/devices/thermostats/hallway", "{\"label\": \"half a wo");
    bench.window.console.draft = typed.clone();
    let mut harness = bench.shown();
    click(&mut harness, "Type again: PUT /structures/s {\"away\":\"home\"}");
    click(&mut harness, "Bring back what was typed before");
    assert_eq!(harness.state().window.console.draft, typed);
}

#[test]
fn switching_a_camera_on_asks_for_consent() {
    for is_raw in [false, true] {
        let mut bench = typed(put("/devices/cameras/nursery", "{\"is_streaming\": true}"));
        bench.window.console.is_raw = is_raw;
        let mut harness = bench.shown();
        click(&mut harness, if is_raw { "Send raw" } else { "Send" });
        assert_eq!(sent(&harness), [], "it asks first");
        assert!(harness.state().window.modals.consent().is_some());
    }
    let mut harness = typed(put("/devices/cameras/nursery/is_streaming", "false")).shown();
    click(&mut harness, "Send");
    assert_eq!(sent(&harness).len(), 1, "off needs no consent");
}

#[test]
fn requests_are_kept_in_collections_that_postman_reads() {
    let mut bench = with_history();
    bench.window.console.list = RequestList::Collections;
    let mut harness = bench.shown();
    assert_closed(&mut harness, "Keep", "under a name");
    click(&mut harness, "Type again: Warm");
    let draft = put("/devices/thermostats/hallway", "{\"label\":\"Den\"}");
    assert_eq!(harness.state().window.console.draft, draft);
    // The collection has a request of this name already.
    click(&mut harness, "Replace");
    let kept = ConsoleIntent::Keep { collection: "Mornings".to_owned(), name: "Warm".to_owned(), draft: draft.clone() };
    assert_eq!(harness.state().intents, [AppIntent::Console(kept)]);
    harness.get_by_label("Copy Mornings as a Postman collection").click();
    harness.step();
    let copied = copied(&harness).expect("it was copied");
    let imported = crate::postman::import(copied.as_bytes()).expect("a collection");
    let own = Collection { name: "Mornings".to_owned(), requests: vec![Saved { name: "Warm".to_owned(), draft }] };
    assert_eq!(crate::requests::from_postman(&imported.collection), (vec![own], Vec::new()));
    harness.run();
    click(&mut harness, "Take Warm out");
    let removed = ConsoleIntent::Remove { collection: "Mornings".to_owned(), name: "Warm".to_owned() };
    assert_eq!(harness.state().intents.last(), Some(&AppIntent::Console(removed)));
    click(&mut harness, "Import a Postman collection");
    assert_closed(&mut harness, "Import", "Nothing is pasted yet");
}

#[test]
fn without_an_account_the_page_says_so() {
    let mut bench = typed(RawRequest::default());
    bench.targets.clear();
    assert!(says(&bench.shown(), "No account is open"));
}

#[test]
fn the_request_is_shown_as_code() {
    let mut harness = typed(put("/devices/thermostats/hallway", "{\"label\":\"Den\"}")).shown();
    click(&mut harness, "As code");
    assert!(harness.query_by_label("The code").is_some());
    let mut harness = typed(put("/devices/thermostats/hallway", "")).shown();
    assert_closed(&mut harness, "As code", "not complete");
}

#[test]
fn parts_are_chosen_by_the_page_and_kept() {
    let mut bench = answered(json_exchange("{}"));
    bench.window.console.part = AnswerPart::Headers;
    assert!(says(&bench.shown(), "HTTP/1.1 200 OK"));
}
