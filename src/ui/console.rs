//! State of the API console: the typed request, the shown response, and the history. The page draws this state,
//! and the application sends the requests.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use poll_promise::Promise;
use serde_json::Value;
use url::Url;

use super::widgets::JsonTreeState;
use crate::engine::{AccountName, SubmitOutcome};
use crate::home::DeviceTree;
use crate::http::{RawApi, RawRequest};
use crate::json_tree::{Changed, InvalidJson, JsonTree};
use crate::requests::{Body, Exchange, History, RunningRequest, Saved, SentRequest};
use crate::wwn::wire;

/// An account that can receive requests.
#[derive(Debug, Clone)]
pub struct ConsoleTarget {
    /// The id of the account in the settings.
    pub key: String,
    pub name: AccountName,
    /// The base address of the service.
    pub base: Url,
    /// The API of the service.
    pub api: Arc<dyn RawApi>,
    /// The device tree as the service confirmed it.
    pub home: Arc<DeviceTree>,
}

/// A request of the console that the window cannot handle alone.
#[derive(Debug, Clone, PartialEq)]
pub enum ConsoleIntent {
    /// Send an API request.
    Send {
        /// The key of the account that receives it.
        account: String,
        /// The request as typed.
        draft: RawRequest,
        /// True if the request bypasses the rules.
        is_raw: bool,
    },
    /// Stop receiving the response.
    Stop,
    /// Save the typed request in a collection.
    Keep {
        /// The name of the collection.
        collection: String,
        /// The name of the saved request.
        name: String,
        /// The request as typed.
        draft: RawRequest,
    },
    /// Remove a request from a collection.
    Remove {
        /// The name of the collection.
        collection: String,
        /// The name of the saved request.
        name: String,
    },
    /// Restore the request that was removed last.
    PutBack,
    /// Delete the entries of the history that contain these words.
    Forget(String),
    /// Restore the history entries that were deleted last.
    Remember,
    /// Import a Postman collection from the text of its file.
    Import(Arc<str>),
    /// Import a Postman collection from a file.
    ImportFile(PathBuf),
}

/// A sent request and its response.
pub struct ConsoleAnswer {
    /// The request as typed.
    pub draft: RawRequest,
    /// The key of the account that received it.
    pub account: String,
    pub account_name: AccountName,
    /// True if the request bypassed the rules.
    pub is_raw: bool,
    /// The time of day when it was sent.
    pub at: Timestamp,
    /// The device tree at that time.
    pub before: Arc<DeviceTree>,
    /// The progress of the request.
    pub(crate) state: AnswerState,
    /// The changes in the home since the request was sent, valid for the device tree beside them.
    pub reaction: (Arc<DeviceTree>, Vec<Changed>),
    /// The time when it was sent, by the monotonic clock.
    pub(crate) sent: Instant,
    /// The service's response to a write of the engine, if it is known.
    pub(crate) outside: Option<Exchange>,
    /// True if the history contains it.
    pub(crate) is_recorded: bool,
}

/// The progress of a request.
pub(crate) enum AnswerState {
    /// A request to the service itself.
    Wire {
        /// The exchange while it runs and after it ended.
        running: RunningRequest,
        /// True if the user stopped it.
        is_stopped: bool,
        /// The body, prepared for drawing.
        body: BodyState,
    },
    /// Writes that the engine is sending.
    Writing(Promise<Option<SubmitOutcome>>),
    /// The outcome of the writes; `None` if the engine did not accept them.
    Written(Option<SubmitOutcome>),
}

/// The progress of preparing a body for drawing.
pub(crate) enum BodyState {
    /// The body is incomplete.
    None,
    /// A worker prepares the body.
    Preparing(Promise<Prepared>),
    Ready(Box<Prepared>),
}

/// A body of which only the visible part is drawn.
pub(crate) enum Prepared {
    /// JSON as a tree.
    Tree {
        /// The parsed document.
        json_tree: JsonTree,
        /// The collapsed containers and the selected row.
        state: JsonTreeState,
    },
    /// Text in lines. If the text begins like JSON, it also has the reason why it is no tree.
    Lines {
        /// The byte range of each line.
        lines: Vec<Range<usize>>,
        /// The error in the JSON.
        broken: Option<InvalidJson>,
    },
    /// Bytes that are not text.
    Bytes,
}

/// Most characters on a line of text.
const LINE: usize = 160;

impl Prepared {
    /// Prepares the body of a response. This may take a second, so it must not run on the thread of the window.
    pub(crate) fn of(exchange: &Exchange) -> Self {
        match exchange.body() {
            Body::Json(text) => match JsonTree::read(text.as_bytes()) {
                Ok(json_tree) => Self::Tree { state: JsonTreeState::to_depth(&json_tree, 2), json_tree },
                Err(broken) => Self::Lines { lines: crate::requests::lines(text, LINE), broken: Some(broken) },
            },
            Body::Text(text) => Self::Lines { lines: crate::requests::lines(text, LINE), broken: None },
            Body::Binary(_) => Self::Bytes,
            Body::Empty => Self::Lines { lines: Vec::new(), broken: None },
        }
    }
}

/// The part of a response that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AnswerPart {
    /// The body, or the events.
    #[default]
    Body,
    /// The headers, and the hosts that received the request.
    Headers,
    /// The changes in the home.
    Reaction,
}

/// The list beside the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RequestList {
    /// The sent requests.
    #[default]
    History,
    /// The saved requests.
    Collections,
}

/// The search in a response.
#[derive(Debug, Default)]
pub struct Search {
    /// The words as typed.
    pub text: String,
    /// The words of the last search.
    pub(super) done: String,
    /// The indices of the lines that match.
    pub(super) hits: Vec<usize>,
    /// The index of the shown match in `hits`.
    pub(super) hit: usize,
}

/// The state of the console page.
#[derive(Default)]
pub struct ConsoleState {
    /// The key of the account that receives the request.
    pub account: Option<String>,
    /// The request as typed.
    pub draft: RawRequest,
    /// True if the request will bypass the rules.
    pub is_raw: bool,
    /// The last request that was sent, with its response.
    pub answer: Option<ConsoleAnswer>,
    /// The part of the response that is shown.
    pub part: AnswerPart,
    /// The search in the response.
    pub search: Search,
    /// The sent and the saved requests.
    pub history: History,
    /// The list that is shown.
    pub list: RequestList,
    /// The words of the search in that list.
    pub list_search: String,
    /// The name for the saved request, and its collection.
    pub keep_as: (String, String),
    /// The request that was removed last, with its collection.
    pub removed: Option<(String, Saved)>,
    /// The history entries that were deleted last.
    pub forgotten: Vec<SentRequest>,
    /// The unsent request that [`ConsoleState::load`] replaced, and true if it was raw.
    pub left: Option<(RawRequest, bool)>,
    /// The text of a Postman collection, while the user pastes it.
    pub pasted: Option<String>,
    /// The parts of an import that could not be kept, as localized texts.
    pub remarks: Vec<String>,
    /// The index of the selected path suggestion while the list of suggestions is open.
    pub(super) completing: Option<usize>,
    /// The document of a home, cached with the device tree that it was made from.
    document: Option<(Arc<DeviceTree>, Arc<Value>)>,
}

impl ConsoleState {
    /// Replaces the typed request. An unsent request with a body can be restored from `left`.
    pub fn load(&mut self, draft: RawRequest, is_raw: bool) {
        let is_sent = self.answer.as_ref().is_some_and(|answer| answer.draft == self.draft);
        let is_worth_it = !self.draft.body.trim().is_empty() && !is_sent && self.draft != draft;
        let before = std::mem::replace(&mut self.draft, draft);
        self.left = is_worth_it.then_some((before, self.is_raw));
        self.is_raw = is_raw;
        self.completing = None;
    }

    /// The home of a target as the API of Works with Nest shows it; cached until the device tree changes. `None`
    /// for services with another API.
    pub(super) fn document(&mut self, target: &ConsoleTarget) -> Option<Arc<Value>> {
        if !target.api.has_document() {
            return None;
        }
        if let Some((_, document)) = self.document.as_ref().filter(|(home, _)| Arc::ptr_eq(home, &target.home)) {
            return Some(Arc::clone(document));
        }
        let document = Arc::new(wire::home_value(&target.home));
        self.document = Some((Arc::clone(&target.home), Arc::clone(&document)));
        Some(document)
    }

    /// The exchange that is shown; `None` if there is none or the engine sent the writes.
    pub fn exchange(&self) -> Option<Exchange> {
        match &self.answer.as_ref()?.state {
            AnswerState::Wire { running, .. } => Some(running.now()),
            AnswerState::Writing(_) | AnswerState::Written(_) => None,
        }
    }

    /// True while the response is incomplete or the engine is sending.
    pub fn is_waiting(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| match &answer.state {
            AnswerState::Wire { running, is_stopped, .. } => !is_stopped && !running.is_over(),
            AnswerState::Writing(_) => true,
            AnswerState::Written(_) => false,
        })
    }
}
