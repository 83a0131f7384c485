//! What a person is in the middle of at the console: the request that is typed, the answer that is
//! shown, what was sent before. The page draws it, and the application sends.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use poll_promise::Promise;
use serde_json::Value;
use url::Url;

use super::widgets::JsonTreeState;
use crate::console::{Body, Draft, Entry, Exchange, History, Running, Saved};
use crate::engine::{AccountName, SubmitOutcome};
use crate::home::Home;
use crate::http::Dialect;
use crate::json_tree::{Changed, InvalidJson, JsonTree};
use crate::wwn::wire;

/// An account that requests can go to.
#[derive(Debug, Clone)]
pub struct Target {
    /// Its id in the settings.
    pub key: String,
    /// What it is called.
    pub name: AccountName,
    /// Where it is.
    pub base: Url,
    /// How it is spoken to.
    pub dialect: Dialect,
    /// The home as its service confirmed it.
    pub home: Arc<Home>,
}

/// What a person asks of the console that is not a matter of the window alone.
#[derive(Debug, Clone, PartialEq)]
pub enum ConsoleIntent {
    /// Send a request.
    Send {
        /// To the account with this key.
        account: String,
        /// It.
        draft: Draft,
        /// Whether past the rules.
        is_raw: bool,
    },
    /// Enough of the answer.
    Stop,
    /// Keep what is typed in a collection.
    Keep {
        /// The collection.
        collection: String,
        /// Under this name.
        name: String,
        /// It.
        draft: Draft,
    },
    /// Take a request out of a collection.
    Remove {
        /// The collection.
        collection: String,
        /// Its name.
        name: String,
    },
    /// Put back what was taken out last.
    PutBack,
    /// Forget what was sent and has these words.
    Forget(String),
    /// Put back what was forgotten last.
    Remember,
    /// Take in a Postman collection, as its file has it.
    Import(Arc<str>),
    /// Take in the file of one.
    ImportFile(PathBuf),
}

/// Something that was sent, and what came of it.
pub struct Answer {
    /// What was sent.
    pub draft: Draft,
    /// To which account, by its key.
    pub account: String,
    /// What that is called.
    pub account_name: AccountName,
    /// Whether it went past the rules.
    pub is_raw: bool,
    /// When.
    pub at: Timestamp,
    /// The home as it was then.
    pub before: Arc<Home>,
    /// How far it is.
    pub(crate) state: AnswerState,
    /// What changed in the home since, as of the home beside it.
    pub reaction: (Arc<Home>, Vec<Changed>),
    /// When it was sent, by the clock that never goes back.
    pub(super) sent: Instant,
    /// How the service answered a write of the engine, where that is known.
    pub(super) outside: Option<Exchange>,
    /// Whether it is in the history.
    pub(super) is_recorded: bool,
}

/// How far an answer is.
pub(crate) enum AnswerState {
    /// From the service itself.
    Wire {
        /// It.
        running: Running,
        /// Whether the person ended it.
        is_stopped: bool,
        /// Its body, made ready to be drawn.
        body: BodyState,
    },
    /// Writes that the engine makes.
    Writing(Promise<Option<SubmitOutcome>>),
    /// What became of them; `None` when the engine did not take them.
    Written(Option<SubmitOutcome>),
}

/// A body on its way to be drawn.
pub(crate) enum BodyState {
    /// It is not all there.
    None,
    /// It is being made ready.
    Preparing(Promise<Prepared>),
    /// It is ready.
    Ready(Box<Prepared>),
}

/// A body that can be drawn a screenful at a time.
pub(crate) enum Prepared {
    /// JSON as a tree.
    Tree {
        /// It.
        json_tree: JsonTree,
        /// The containers that are closed, and the selected row.
        state: JsonTreeState,
    },
    /// Text, and lines as ranges of its bytes; why it is no tree, when it begins like JSON.
    Lines {
        /// The lines.
        lines: Vec<Range<usize>>,
        /// What is wrong with the JSON.
        broken: Option<InvalidJson>,
    },
    /// Bytes that are no text.
    Bytes,
}

/// Letters that a line of a text has at most.
const LINE: usize = 160;

impl Prepared {
    /// Makes the body of an answer ready. It may take a second, so it is done aside.
    pub(crate) fn of(exchange: &Exchange) -> Self {
        match exchange.body() {
            Body::Json(text) => match JsonTree::read(text.as_bytes()) {
                Ok(json_tree) => Self::Tree { state: JsonTreeState::to_depth(&json_tree, 2), json_tree },
                Err(broken) => Self::Lines { lines: crate::console::lines(text, LINE), broken: Some(broken) },
            },
            Body::Text(text) => Self::Lines { lines: crate::console::lines(text, LINE), broken: None },
            Body::Binary(_) => Self::Bytes,
            Body::Empty => Self::Lines { lines: Vec::new(), broken: None },
        }
    }
}

/// Which part of an answer is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// The body, or the events.
    #[default]
    Body,
    /// The headers, and the hosts that were asked.
    Headers,
    /// What changed in the home.
    Reaction,
}

/// Which list stands beside the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shelf {
    /// What was sent.
    #[default]
    History,
    /// What is kept.
    Collections,
}

/// What is looked for in an answer.
#[derive(Debug, Default)]
pub struct Search {
    /// As it is typed.
    pub text: String,
    /// As it was looked for last.
    pub(super) done: String,
    /// The lines that have it.
    pub(super) hits: Vec<usize>,
    /// Which of them is looked at.
    pub(super) hit: usize,
}

/// What a person is in the middle of.
#[derive(Default)]
pub struct ConsoleState {
    /// The key of the account that is asked.
    pub account: Option<String>,
    /// What is typed.
    pub draft: Draft,
    /// Whether it is to go past the rules.
    pub is_raw: bool,
    /// What came of the last one.
    pub answer: Option<Answer>,
    /// Which part of it is looked at.
    pub part: Part,
    /// What is looked for in it.
    pub search: Search,
    /// What was sent and what is kept.
    pub history: History,
    /// Which of them is listed.
    pub shelf: Shelf,
    /// What is looked for there.
    pub shelf_search: String,
    /// What the request is to be called, and where it is kept.
    pub keep_as: (String, String),
    /// What was taken out last, with its collection.
    pub removed: Option<(String, Saved)>,
    /// What was forgotten last.
    pub forgotten: Vec<Entry>,
    /// What was typed before something else took its place.
    pub left: Option<(Draft, bool)>,
    /// A Postman collection as text, while it is pasted.
    pub pasted: Option<String>,
    /// What could not be kept of what was taken in, in words.
    pub remarks: Vec<String>,
    /// The collections that were in the file when it was last read or written.
    pub collections_in_file: Vec<String>,
    /// Whether the list of paths is open, and which one is chosen in it.
    pub(super) completing: Option<usize>,
    /// The document of the home that is asked, and of which home it is.
    document: Option<(Arc<Home>, Arc<Value>)>,
}

impl ConsoleState {
    /// Types another request. What somebody typed and did not send can be brought back.
    pub fn load(&mut self, draft: Draft, is_raw: bool) {
        let is_sent = self.answer.as_ref().is_some_and(|answer| answer.draft == self.draft);
        let is_worth_it = !self.draft.body.trim().is_empty() && !is_sent && self.draft != draft;
        let before = std::mem::replace(&mut self.draft, draft);
        self.left = is_worth_it.then_some((before, self.is_raw));
        self.is_raw = is_raw;
        self.completing = None;
    }

    /// The home of a target as the API of Works with Nest shows it; made once for each home.
    pub(super) fn document(&mut self, target: &Target) -> Option<Arc<Value>> {
        match target.dialect {
            Dialect::WorksWithNest => {}
            Dialect::NoLongerEvil | Dialect::HostedNoLongerEvil | Dialect::DeviceAccess { .. } => return None,
        }
        if let Some((_, document)) = self.document.as_ref().filter(|(home, _)| Arc::ptr_eq(home, &target.home)) {
            return Some(Arc::clone(document));
        }
        let document = Arc::new(wire::home_value(&target.home));
        self.document = Some((Arc::clone(&target.home), Arc::clone(&document)));
        Some(document)
    }

    /// The exchange that is shown, if it is one.
    pub fn exchange(&self) -> Option<Exchange> {
        match &self.answer.as_ref()?.state {
            AnswerState::Wire { running, .. } => Some(running.now()),
            AnswerState::Writing(_) | AnswerState::Written(_) => None,
        }
    }

    /// Whether an answer is still awaited.
    pub fn is_waiting(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| match &answer.state {
            AnswerState::Wire { running, is_stopped, .. } => !is_stopped && !running.is_over(),
            AnswerState::Writing(_) => true,
            AnswerState::Written(_) => false,
        })
    }
}
