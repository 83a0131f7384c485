//! Setpoint: a native desktop controller for Nest homes.
//!
//! A person moves a slider; the window returns an intent; the engine checks it against the rules,
//! waits until the hand is off, sends it within the budget and shows honestly what became of it.
//!
//! The map of the house. A part uses only parts above it, and `tests/architecture.rs` sees to it.
//!
//! ```text
//! clock      tells the time of day, so that tests can say what time it is
//! files      files that survive a crash
//! home       what a home is: devices, units, every possible write, the rules. Pure
//! language   what a person types (`hallway 21.5`, `all eco`) as writes. Pure
//! presets    named sets of writes, shared by all accounts
//! service    what every service does for the engine, and the kinds of failure
//! http       addresses that a token may go to, answers within bounds, server-sent events
//! account    tokens in the keyring, the browser's way back from a sign-in
//! settings   appearance and accounts: loading never fails
//! wwn        the Works with Nest protocol: its JSON and errors, a client, a server
//! nle        No Longer Evil: servers for old thermostats, one's own and the hosted one
//! sdm        Google Device Access: the API of newer devices
//! pictures   cameras' pictures, loaded aside and kept within bounds
//! simulator  a home that nobody lives in, behind that server
//! engine     owns all state of an account; wishes in, snapshots out
//! bridge     the Works with Nest API in front of any account
//! outline    JSON as lines that fold and are searched. Pure
//! snippet    a request as code in other languages. Pure
//! postman    collections of requests as files of Postman. Pure
//! console    requests that a person words: checked, sent, kept
//! session    which accounts are meant, and opening one
//! household  several open accounts, shown as one home
//! texts      what the window says, in four languages, of all the above
//! desktop    the desktop around the window: what it prefers, its tray, what it calls for
//! cli        one file per command
//! ui         the window: theme, widgets, pages
//! fuzzing    what others wrote, as functions of bytes: for the fuzzer and for tests
//! main       arguments in, a window or one command out
//! ```

pub mod account;
pub mod bridge;
pub mod cli;
pub mod clock;
pub mod console;
pub mod desktop;
pub mod engine;
pub mod files;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub mod home;
pub mod household;
pub mod http;
pub mod language;
pub mod nle;
pub mod outline;
pub mod pictures;
pub mod postman;
pub mod presets;
pub mod sdm;
pub mod service;
pub mod session;
pub mod settings;
pub mod simulator;
pub mod snippet;
pub mod texts;
pub mod ui;
pub mod wwn;
