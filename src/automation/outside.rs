//! Acts of rules beyond the home: programs and requests that a person entered. The program that owns the settings makes
//! them; this part knows their names.

use std::pin::Pin;

use jiff::Timestamp;

use super::run::RunOutcome;

/// The kind of such an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutsideKind {
    Program,
    Request,
}

/// A program to start, or a request to send, with the occasion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideAct {
    pub kind: OutsideKind,
    /// The name in the settings.
    pub name: String,
    pub rule: String,
    /// The device, home or account that gave the reason, or the name of a failed change; empty for a time.
    pub subject: String,
    /// The reason in English.
    pub reason: String,
    pub at: Timestamp,
}

/// The outcome of an act, once it is known.
pub type OutsideOutcome = Pin<Box<dyn Future<Output = RunOutcome> + Send>>;

/// The programs and requests that rules may name.
pub trait OutsideActs: Send + Sync {
    fn programs(&self) -> Vec<String>;

    fn requests(&self) -> Vec<String>;

    /// Makes an act, in bounded time and with bounded output.
    fn make(&self, act: OutsideAct) -> OutsideOutcome;
}

/// No program and no request.
pub struct NothingOutside;

impl OutsideActs for NothingOutside {
    fn programs(&self) -> Vec<String> {
        Vec::new()
    }

    fn requests(&self) -> Vec<String> {
        Vec::new()
    }

    fn make(&self, _act: OutsideAct) -> OutsideOutcome {
        Box::pin(std::future::ready(RunOutcome::NotSent))
    }
}
