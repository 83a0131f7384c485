//! What is said over the socket.

use std::fmt::Write as _;

use blake2::{Blake2s256, Digest as _};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::engine::{Record, Waiting};
use crate::home::{Slot, Write};
use crate::session::Choice;

/// Counts up when older programs would not understand the newer one.
pub const PROTOCOL: u32 = 3;
/// No line is longer, in bytes: a home of 10,000 devices has 20 MB.
pub const LONGEST_LINE: usize = 64 * 1024 * 1024;
/// No question is longer, in bytes.
pub const LONGEST_QUESTION: usize = 1024 * 1024;

/// Which account is open, or is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenAccount {
    /// The simulated home of the program.
    Simulated,
    /// A server that the environment names. The token itself is never said: two processes that
    /// have the same one have the same mark.
    Environment {
        /// Base URL.
        url: String,
        /// [`mark`] of URL and token.
        mark: String,
    },
    /// An account of the settings, by its id.
    Account(String),
}

impl From<&Choice> for OpenAccount {
    fn from(choice: &Choice) -> Self {
        match choice {
            Choice::Simulated => Self::Simulated,
            Choice::Environment { url, token } => {
                Self::Environment { url: url.clone(), mark: mark(url, token.expose_secret()) }
            }
            Choice::Account(account) => Self::Account(account.id.clone()),
        }
    }
}

/// Tells tokens apart without saying them.
pub fn mark(url: &str, token: &str) -> String {
    let digest = Blake2s256::new().chain_update(url).chain_update([0]).chain_update(token).finalize();
    digest.iter().fold(String::new(), |mut mark, byte| {
        // A text takes whatever is written into it.
        write!(mark, "{byte:02x}").ok();
        mark
    })
}

/// A line from the one who came.
#[derive(Debug, Serialize, Deserialize)]
pub struct Line {
    /// [`PROTOCOL`].
    pub protocol: u32,
    /// What is asked.
    pub ask: Ask,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Ask {
    /// Open the window, or raise it.
    Window,
    /// Open the quick launcher.
    Launcher,
    /// Show what a link would do.
    Link(String),
    /// Send what can be sent, and end.
    Quit,
    /// The home as it is confirmed.
    Home(OpenAccount),
    /// The home now and after each change.
    Watch(OpenAccount),
    /// Make writes of an old client, all or none, and say what it is to be told.
    Bridged {
        /// Of this account.
        account: OpenAccount,
        /// The change.
        writes: Vec<Write>,
    },
    /// Change values, and wait for what becomes of it.
    Set {
        /// Of this account.
        account: OpenAccount,
        /// What a person calls the change.
        name: String,
        /// The change.
        writes: Vec<Write>,
    },
}

/// A line in return.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It was passed on.
    Done,
    /// Another account is open, or none; work alone.
    NotOpen,
    /// The account is open, but its service was not reached yet; for the reason, if it is known.
    NoHome(Option<String>),
    /// A home, as the service would say it.
    Home(Box<RawValue>),
    /// What an old client is told: nothing but that it is done, or an error in its own form.
    Bridged(Option<String>),
    /// What became of writes.
    Set {
        /// Those that came to an end.
        records: Vec<Record>,
        /// Those that were so already.
        unchanged: Vec<Slot>,
        /// Those in whose place a newer change came before they were sent.
        superseded: Vec<Slot>,
        /// Those that still wait, with the reason and until when.
        waiting: Vec<Waiting>,
    },
    /// The question was not understood, or not allowed.
    Wrong(String),
}
