//! Sent requests, and collections of saved ones. Their file contains no answer and no token.

mod merge;
mod storage;

use std::collections::{HashSet, VecDeque};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::mask::kept_path;
use crate::http::RawRequest;

pub use storage::HistoryFile;

/// The maximum number of sent requests. Saved ones stay until they are removed.
const MOST: usize = 300;

/// A request that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SentRequest {
    /// The time.
    pub at: Timestamp,
    /// The name of the account.
    pub account: String,
    pub draft: RawRequest,
    /// True if it bypassed the rules.
    #[serde(default)]
    pub is_raw: bool,
    /// The status of the answer; `None` without one.
    #[serde(default)]
    pub status: Option<u16>,
}

/// A saved request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub name: String,
    pub draft: RawRequest,
}

/// Saved requests under one name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Collection {
    pub name: String,
    /// The requests in their order.
    pub requests: Vec<Saved>,
}

/// Sent and saved requests.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct History {
    version: u32,
    /// The latest first.
    #[serde(default)]
    entries: VecDeque<SentRequest>,
    /// In the order of their creation.
    #[serde(default)]
    collections: Vec<Collection>,
}

impl History {
    /// The sent requests, the latest first.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &SentRequest> {
        self.entries.iter()
    }

    /// The collections, in the order of their creation.
    pub fn collections(&self) -> &[Collection] {
        &self.collections
    }

    /// Adds a sent request.
    pub fn record(&mut self, mut entry: SentRequest) {
        entry.draft.path = kept_path(&entry.draft.path);
        self.entries.push_front(entry);
        self.entries.truncate(MOST);
    }

    /// The sent requests whose method, path, body or account contains the words.
    pub fn search(&self, words: &str) -> Vec<&SentRequest> {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let has = |entry: &&SentRequest| {
            let draft = &entry.draft;
            let text =
                format!("{} {} {} {}", draft.method.word(), draft.path, draft.body, entry.account).to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        self.entries.iter().filter(has).collect()
    }

    /// Saves a request in a collection, which is created if it does not exist. Replaces one of the same name.
    pub fn keep(&mut self, collection: &str, name: &str, mut draft: RawRequest) {
        draft.path = kept_path(&draft.path);
        let saved = Saved { name: name.trim().to_owned(), draft };
        let known = self.collections.iter_mut().find(|known| known.name == collection.trim());
        match known {
            Some(known) => match known.requests.iter_mut().find(|request| request.name == saved.name) {
                Some(request) => *request = saved,
                None => known.requests.push(saved),
            },
            None => self.collections.push(Collection { name: collection.trim().to_owned(), requests: vec![saved] }),
        }
    }

    /// Adds a collection. If the name is taken, it gets a number.
    pub fn add(&mut self, mut collection: Collection) -> &str {
        let taken: HashSet<&str> = self.collections.iter().map(|known| known.name.as_str()).collect();
        let is_taken = |name: &str| taken.contains(name);
        let numbered = (2..).map(|number| format!("{} {number}", collection.name));
        let mut names = std::iter::once(collection.name.clone()).chain(numbered);
        collection.name = names.find(|name| !is_taken(name)).unwrap_or_default();
        for request in &mut collection.requests {
            request.draft.path = kept_path(&request.draft.path);
        }
        self.collections.push(collection);
        self.collections.last().map_or("", |added| added.name.as_str())
    }

    /// Removes a request from a collection, and the collection with its last one. Returns the request.
    pub fn remove(&mut self, collection: &str, name: &str) -> Option<Saved> {
        let at = self.collections.iter().position(|known| known.name == collection)?;
        let known = self.collections.get_mut(at)?;
        let request = known.requests.iter().position(|request| request.name == name)?;
        let removed = known.requests.remove(request);
        if known.requests.is_empty() {
            self.collections.remove(at);
        }
        Some(removed)
    }

    /// Forgets the sent requests that match a search; all of them for an empty one. Returns them for an undo.
    pub fn forget(&mut self, words: &str) -> Vec<SentRequest> {
        let found: Vec<SentRequest> = self.search(words).into_iter().cloned().collect();
        self.entries.retain(|entry| !found.contains(entry));
        found
    }

    /// Restores forgotten requests.
    pub fn put_back(&mut self, entries: Vec<SentRequest>) {
        self.entries.extend(entries);
        keep_newest(&mut self.entries, &[]);
    }

    /// True if a collection has a request of that name.
    pub fn has(&self, collection: &str, name: &str) -> bool {
        let known = self.collections.iter().find(|known| known.name == collection.trim());
        known.is_some_and(|known| known.requests.iter().any(|request| request.name == name.trim()))
    }
}

/// Sorts the sent requests, the latest first, and truncates them. Those of the same moment keep their order. The
/// `new` ones stay, even if a clock that was ahead gave later times to all others.
fn keep_newest(entries: &mut VecDeque<SentRequest>, new: &[SentRequest]) {
    entries.make_contiguous().sort_by_key(|entry| std::cmp::Reverse(entry.at));
    while entries.len() > MOST {
        let oldest = entries.iter().rposition(|entry| !new.contains(entry));
        entries.remove(oldest.unwrap_or(MOST));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Method;

    fn entry(path: &str, body: &str) -> SentRequest {
        let draft =
            RawRequest { method: Method::Put, path: path.to_owned(), body: body.to_owned(), wants_stream: false };
        let at = Timestamp::UNIX_EPOCH;
        SentRequest { at, account: "Flat".to_owned(), draft, is_raw: false, status: Some(200) }
    }

    #[test]
    fn sent_requests_are_searchable_and_bounded() {
        let mut history = History::default();
        for number in 0..400 {
            history.record(entry(&format!("/structures/{number}"), "{\"away\":\"home\"}"));
        }
        assert_eq!(history.entries().len(), MOST);
        assert_eq!(history.search("put STRUCTURES/399 away flat").len(), 1);
        assert_eq!(history.search("  ").len(), MOST);
        assert!(history.search("label").is_empty());
        let forgotten = history.forget("structures/399");
        assert_eq!((forgotten.len(), history.entries().len()), (1, MOST - 1));
        history.put_back(forgotten);
        assert_eq!((history.search("structures/399").len(), history.entries().len()), (1, MOST));
        history.record(entry("/?auth=c.secret", ""));
        assert!(!format!("{history:?}").contains("c.secret"));
    }

    #[test]
    fn collections_keep_requests_under_their_names() {
        let mut history = History::default();
        history.keep("Mornings", "warm", entry("/a", "1").draft);
        history.keep("Mornings", "warm", entry("/b", "2").draft);
        history.keep("Mornings", "light", entry("/c", "").draft);
        assert_eq!(history.collections()[0].requests.len(), 2);
        assert_eq!(history.collections()[0].requests[0].draft.path, "/b");
        let again = history.collections()[0].clone();
        assert_eq!(history.add(again), "Mornings 2");
        assert_eq!(history.remove("Mornings", "warm").map(|saved| saved.draft.path), Some("/b".to_owned()));
        history.remove("Mornings", "light");
        assert_eq!(history.collections().len(), 1, "an empty one is none");
    }
}
