//! Requests that the user writes, to the API of any account: checked before they are sent, shown with their
//! answers, and kept for reuse.
//!
//! ```text
//!  draft ──> problems ──────────────────────────> said where they are
//!    │
//!    ├──> plan: look ─────────────────┐
//!    │                                ├──> send ──> exchange: hops, head, body, events
//!    ├──> plan: writes ─> engine      │
//!    └──> raw ────────────────────────┘
//! ```
//!
//! A request that changes something becomes writes if it can be parsed, so that rules, budget and journal apply.
//! A raw request bypasses them on purpose. No answer is kept; nothing that this module returns contains a token.

mod address;
mod complete;
mod exchange;
mod hint;
mod history;
mod lines;
mod mask;
mod plan;
mod postman;
mod problem;
mod running;
mod send;

pub use address::address;
pub use complete::{PathCompletion, complete};
pub use exchange::{Body, Exchange, ExchangeEnd, Head, Hop, StreamEvent};
pub use hint::{FieldHint, Holds, hints};
pub use history::{Collection, History, HistoryFile, Saved, SentRequest};
pub use lines::lines;
pub use plan::{Plan, plan, writes_of};
pub use postman::{from_postman, read_collection, to_postman};
pub use problem::{Problem, problems};
pub use running::RunningRequest;
pub use send::{ExchangeLimits, send};
