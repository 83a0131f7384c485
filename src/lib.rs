//! Setpoint: a native desktop controller for Nest homes.
//!
//! A value is a draft while the user moves its control, and then becomes a request. The engine checks the
//! request, keeps it as a pending write until it is due, sends it within the budget, and writes the outcome to
//! the journal.
//!
//! The modules of the crate. Each uses only those above it; `tests/integration/architecture.rs` checks that.
//!
//! ```text
//! i18n       messages in four languages, by id
//! clock      the time of day, which tests set
//! files      files that are replaced as a whole, under a lock
//! rate_limit token buckets
//! home       device tree, units, writes, rules, capabilities. Pure
//! command    typed commands (`hallway 21.5`, `all eco`) as writes. Pure
//! presets    named sets of writes, shared by all accounts
//! service    the interface of a service to the engine, and its kinds of failure
//! http       HTTP client, redirects that may carry a token, server-sent events
//! wwn        the Works with Nest protocol: its JSON and errors, a client, a server
//! nle        No Longer Evil: servers for old thermostats, one's own and the hosted one
//! sdm        Google Device Access: the API of newer devices
//! media      cameras' pictures and clips, within bounds
//! history    what thermostats did, in a file of this computer; imports, sums, exports
//! simulator  a simulated home behind that server, and a day in a copy of any home
//! engine     state of one account: requests in, snapshots out; queue, journal, undo, budget
//! automation holds, schedules and rules: what this computer does by itself, and why; weeks that thermostats keep
//! bridge     the Works with Nest API in front of any account
//! json_tree  JSON as rows that fold and are searched. Pure
//! snippet    a request as code in other languages. Pure
//! postman    collections of requests as files of Postman. Pure
//! requests   requests of the API page: checked, sent, kept
//! accounts   settings, tokens, sign-in, the table of services, the open accounts as one view
//! platform   tray, hotkeys, notifications, autostart, appearance. Knows no engine
//! ipc        one instance: lock, protocol, server, client
//! ui         the window: theme, widgets, pages. State in, intents out
//! app        the running program: life cycle, controllers
//! cli        one file per command
//! fuzzing    readers of foreign input as functions of bytes, for the fuzzer and for tests
//! main       arguments in, a window or one command out
//! ```

pub mod accounts;
pub mod app;
pub mod automation;
pub mod bridge;
pub mod cli;
pub mod clock;
pub mod command;
pub mod engine;
pub mod files;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub mod history;
pub mod home;
pub mod http;
pub mod i18n;
pub mod ipc;
pub mod json_tree;
pub mod media;
pub mod nle;
pub mod platform;
pub mod postman;
pub mod presets;
pub mod rate_limit;
pub mod requests;
pub mod sdm;
pub mod service;
pub mod simulator;
pub mod snippet;
pub mod ui;
pub mod wwn;
