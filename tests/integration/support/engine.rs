//! An engine on a service, and the outcome of writes in it.

use std::sync::Arc;

use setpoint::clock::SystemClock;
use setpoint::engine::{
    AccountLabel, AccountName, Connection, Debounce, Engine, Origin, Outcome, Record, Request, Setup, Snapshot,
};
use setpoint::home::Write;
use setpoint::service::{Service, WriteLimits};

use super::until;

/// An engine without storage and without limits that would delay a test.
pub(crate) fn engine_on(service: Arc<dyn Service>) -> Engine {
    let account = AccountLabel { name: AccountName::Own("Home".to_owned()), place: String::new() };
    let limits = WriteLimits::SIMULATED;
    Engine::start(Setup { account, limits, storage: None, notices: Vec::new(), clock: SystemClock::shared() }, service)
}

pub(crate) async fn live(engine: &Engine) -> Arc<Snapshot> {
    until("the connection", || Some(engine.snapshot()).filter(|s| s.connection == Connection::Live)).await
}

/// Requests a write as the window does, and waits for its record.
pub(crate) async fn wanted(engine: &Engine, write: Write) -> Record {
    let (slot, what) = (write.slot(), format!("the end of {write:?}"));
    let before = engine.snapshot().journal.front().map_or(0, |record| record.id);
    assert!(engine.request(Request::Set { write, debounce: Debounce::Now, origin: Origin::Window, seen: None }));
    until(&what, || {
        let snapshot = engine.snapshot();
        let ours = |record: &&Record| record.id > before && record.slot == slot && record.origin.is_us();
        let done = snapshot.journal.iter().find(ours)?;
        (done.outcome != Outcome::Accepted).then(|| done.clone())
    })
    .await
}
