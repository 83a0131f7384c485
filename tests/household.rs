//! Several accounts without a window: whose a request is, and whose the files are.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

mod support;

use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use secrecy::SecretString;
use setpoint::account::{MemoryStore, SecretStore as _, Vault};
use setpoint::clock::SystemClock;
use setpoint::engine::{Debounce, Origin, Request, Snapshot};
use setpoint::home::{HvacMode, Write};
use setpoint::household::{Household, Opening};
use setpoint::session::Choice;
use setpoint::settings::{Account, AccountKind, Places};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Accounts at an address where nobody answers: what is asked of them waits.
struct Away {
    runtime: Runtime,
    folder: TempDir,
    store: Arc<MemoryStore>,
}

impl Away {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let store = MemoryStore::default();
        for id in ["mill", "cabin"] {
            store.write(id, &SecretString::from("c.token")).expect("kept");
        }
        let folder = tempfile::tempdir().expect("a folder");
        Self { runtime: runtime.expect("a runtime"), folder, store: Arc::new(store) }
    }

    fn household(&self) -> Household {
        let path = self.folder.path();
        Household::new(Opening {
            runtime: self.runtime.handle().clone(),
            vault: Vault::on(Arc::clone(&self.store) as Arc<_>),
            places: Some(Places { config: path.join("config"), data: path.join("data") }),
            clock: SystemClock::shared(),
            waker: Waker::noop().clone(),
            last_writes: Duration::from_millis(500),
        })
    }
}

fn account(id: &str) -> Choice {
    Choice::Account(Account {
        id: id.to_owned(),
        kind: AccountKind::WorksWithNest,
        name: id.to_owned(),
        url: "http://127.0.0.1:9/".to_owned(),
        has_token: true,
        ..Account::default()
    })
}

/// Looks again and again, for a bounded time.
fn until(household: &mut Household, what: &str, seen: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
    let started = Instant::now();
    loop {
        household.receive();
        let snapshot = household.snapshot();
        if seen(&snapshot) {
            return snapshot;
        }
        assert!(started.elapsed() < support::PATIENCE, "{what} did not happen within {:?}", support::PATIENCE);
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn wish() -> Write {
    Write::Mode("hallway".into(), HvacMode::Eco)
}

fn want(household: &mut Household) {
    until(household, "the account", |snapshot| snapshot.version > 0);
    let request = Request::Set { write: wish(), debounce: Debounce::Now, origin: Origin::Window, seen: None };
    assert!(household.request(request));
    until(household, "the wish", |snapshot| snapshot.write_state(&wish().slot()).is_some());
}

#[test]
fn what_waits_of_an_account_that_is_away_is_taken_back_there() {
    let away = Away::new();
    let mut household = away.household();
    household.show(vec![account("cabin")]);
    want(&mut household);
    assert_eq!(household.close(), 1, "it stays in the queue");
    // The next run, with an account before it that has no home to show either.
    let mut household = away.household();
    household.show(vec![account("mill"), account("cabin")]);
    let slot = wish().slot();
    until(&mut household, "the wish of the run before", |snapshot| snapshot.write_state(&slot).is_some());
    assert!(household.request(Request::Discard(slot.clone())));
    until(&mut household, "the end of the wish", |snapshot| snapshot.write_state(&slot).is_none());
}

#[test]
fn an_account_that_is_shown_again_at_once_has_its_files() {
    let away = Away::new();
    let mut household = away.household();
    household.show(vec![account("cabin")]);
    want(&mut household);
    // Closing takes a moment, as something waits to be sent.
    household.show(vec![account("mill")]);
    household.show(vec![account("cabin")]);
    let snapshot = until(&mut household, "the account again", |snapshot| snapshot.version > 0);
    assert_eq!(*snapshot.notices, []);
    assert!(snapshot.write_state(&wish().slot()).is_some(), "the queue is there");
}
