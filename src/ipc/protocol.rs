//! The protocol of the control socket.

use std::fmt::Write as _;

use blake2::{Blake2s256, Digest as _};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::accounts::session::AccountSource;
use crate::engine::{Record, Waiting};
use crate::home::{Slot, Write};

/// The version; increases when older programs cannot parse the newer form.
pub const PROTOCOL: u32 = 4;
/// The maximum length of a line, in bytes: a home of 10,000 devices has 20 MB.
pub const LONGEST_LINE: usize = 64 * 1024 * 1024;
/// The maximum length of a question, in bytes.
pub const LONGEST_QUESTION: usize = 1024 * 1024;

/// Names an account that is open or requested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKey {
    /// The simulated home of the program.
    Simulated,
    /// A server from the environment. The token itself is never sent: two processes with the same token compute
    /// the same mark.
    Environment {
        /// Base URL.
        url: String,
        /// [`mark`] of URL and token.
        mark: String,
    },
    /// An account of the settings, by its id.
    Account(String),
}

impl From<&AccountSource> for AccountKey {
    fn from(source: &AccountSource) -> Self {
        match source {
            AccountSource::Simulated => Self::Simulated,
            AccountSource::Environment { url, token } => {
                Self::Environment { url: url.clone(), mark: mark(url, token.expose_secret()) }
            }
            AccountSource::Settings(account) => Self::Account(account.id.clone()),
        }
    }
}

/// Identifies a token without revealing it.
pub fn mark(url: &str, token: &str) -> String {
    let digest = Blake2s256::new().chain_update(url).chain_update([0]).chain_update(token).finalize();
    digest.iter().fold(String::new(), |mut mark, byte| {
        // Writing to a `String` cannot fail.
        write!(mark, "{byte:02x}").ok();
        mark
    })
}

/// A line from the client.
#[derive(Debug, Serialize, Deserialize)]
pub struct RequestLine {
    /// [`PROTOCOL`].
    pub protocol: u32,
    pub ask: IpcRequest,
}

/// A request of a client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum IpcRequest {
    /// Open or raise the window.
    Window,
    /// Be in the tray.
    Tray,
    /// Open the quick launcher.
    Launcher,
    /// Show what a link would do.
    Link(String),
    /// Send pending changes, and quit.
    Quit,
    /// Look at holds and schedules again.
    Automation,
    /// The confirmed home.
    Home(AccountKey),
    /// The confirmed home, now and after each change.
    Watch(AccountKey),
    /// Make the writes of a client of the bridge, all or none, and return its answer.
    Bridged { account: AccountKey, writes: Vec<Write> },
    /// Make writes, and wait for their outcomes.
    Set {
        account: AccountKey,
        /// The name of the change.
        name: String,
        writes: Vec<Write>,
    },
}

/// The response to a client.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IpcResponse {
    /// The event was passed on.
    Done,
    /// This process has no window and ends, so that the asking one takes over.
    Yields,
    /// The account is not open here; the client has to open it.
    NotOpen,
    /// The account is open, but its service was not reached yet; with the reason, if it is known.
    NoHome(Option<String>),
    /// A home as JSON of the API.
    Home(Box<RawValue>),
    /// The answer for a client of the bridge: `None` on success, or an error in the API's form.
    Bridged(Option<String>),
    /// The outcomes of writes.
    Set {
        /// Writes with a journal record.
        records: Vec<Record>,
        /// Values that were already set.
        unchanged: Vec<Slot>,
        /// Values for which a newer request came before they were sent.
        superseded: Vec<Slot>,
        /// Writes that still wait.
        waiting: Vec<Waiting>,
    },
    /// The question is malformed or not allowed.
    Wrong(String),
}
