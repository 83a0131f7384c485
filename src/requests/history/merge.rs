//! Merges the history of a file with the changes of this program, because another one may have changed the file.

use std::collections::{HashMap, HashSet};

use super::{Collection, History, Saved, SentRequest, keep_newest};

impl History {
    /// Applies the changes that lead from `base` to `mine`. `base` is the history as this program read or wrote it
    /// last, and `self` the one of the file now.
    ///
    /// A saved request that both sides changed is the one of `mine`. One that a side changed and the other removed
    /// stays. Of two new requests with one name, the one of `mine` gets a number.
    pub fn take_changes(&mut self, base: &Self, mine: &Self) {
        let [in_base, in_mine] = [base, mine].map(|history| history.entries.iter().collect::<HashSet<_>>());
        self.entries.retain(|theirs| in_mine.contains(theirs) || !in_base.contains(theirs));
        let in_file: HashSet<&SentRequest> = self.entries.iter().collect();
        let is_new = |entry: &&SentRequest| !in_base.contains(entry) && !in_file.contains(entry);
        let added: Vec<SentRequest> = mine.entries.iter().filter(is_new).cloned().collect();
        added.iter().rev().for_each(|entry| self.entries.push_front(entry.clone()));
        keep_newest(&mut self.entries, &added);
        self.take_collections(base, mine);
    }

    fn take_collections(&mut self, base: &Self, mine: &Self) {
        let theirs = std::mem::take(&mut self.collections);
        let mut seen = HashSet::new();
        for Collection { name, .. } in theirs.iter().chain(&mine.collections) {
            if !seen.insert(name) {
                continue;
            }
            let [base, theirs, mine] =
                [&base.collections, &theirs, &mine.collections].map(|list| requests_in(list, name));
            let exists = if theirs.is_some() == mine.is_some() { mine.is_some() } else { base.is_none() };
            let [base, theirs, mine] = [base, theirs, mine].map(Option::unwrap_or_default);
            let requests = merge_requests(&base, &theirs, &mine);
            if exists || !requests.is_empty() {
                self.collections.push(Collection { name: name.clone(), requests });
            }
        }
    }
}

/// The requests of the collection; of all collections with that name, if a file edited by hand has several.
fn requests_in<'a>(list: &'a [Collection], name: &str) -> Option<Vec<&'a Saved>> {
    let named = || list.iter().filter(|collection| collection.name == name);
    named().next()?;
    Some(named().flat_map(|collection| &collection.requests).collect())
}

/// A name, and its number among equal names of the collection, which a file edited by hand may have.
type EntryName<'a> = (&'a str, usize);

fn keyed<'a>(requests: &[&'a Saved]) -> Vec<(EntryName<'a>, &'a Saved)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let key = |saved: &&'a Saved| {
        let count = counts.entry(&saved.name).or_default();
        *count += 1;
        ((saved.name.as_str(), *count), *saved)
    };
    requests.iter().map(key).collect()
}

fn merge_requests(base: &[&Saved], theirs: &[&Saved], mine: &[&Saved]) -> Vec<Saved> {
    let (in_base, mine) = (keyed(base).into_iter().collect::<HashMap<_, _>>(), keyed(mine));
    let in_mine: HashSet<EntryName<'_>> = mine.iter().map(|(key, _)| *key).collect();
    let mut merged = keyed(theirs);
    merged.retain(|(key, saved)| in_mine.contains(key) || in_base.get(key) != Some(saved));
    let places: HashMap<EntryName<'_>, usize> =
        merged.iter().enumerate().map(|(place, (key, _))| (*key, place)).collect();
    let mut added = Vec::new();
    for (key, own) in mine {
        let of_base = in_base.get(&key);
        if of_base == Some(&own) {
            continue;
        }
        match places.get(&key).and_then(|place| merged.get_mut(*place)) {
            Some((_, theirs)) if of_base.is_some() || *theirs == own => *theirs = own,
            Some(_) | None => added.push(own),
        }
    }
    let mut requests: Vec<Saved> = merged.into_iter().map(|(_, saved)| saved.clone()).collect();
    let mut taken: HashSet<String> = requests.iter().map(|request| request.name.clone()).collect();
    for own in added {
        let numbered = (2..).map(|number| format!("{} {number}", own.name));
        let name = std::iter::once(own.name.clone()).chain(numbered).find(|name| !taken.contains(name));
        let name = name.unwrap_or_default();
        taken.insert(name.clone());
        requests.push(Saved { name, draft: own.draft.clone() });
    }
    requests
}

#[cfg(test)]
#[path = "merge_tests.rs"]
mod tests;
