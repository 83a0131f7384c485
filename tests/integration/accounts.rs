//! Several accounts without a window: the account of each request, and the account of each file.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use crate::support;

use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use secrecy::SecretString;
use setpoint::accounts::session::AccountSource;
use setpoint::accounts::settings::{Account, Places};
use setpoint::accounts::vault::{MemoryStore, SecretStore as _, Vault};
use setpoint::accounts::{Accounts, AccountsView, OpenContext};
use setpoint::clock::SystemClock;
use setpoint::engine::{Debounce, Origin, Request};
use setpoint::home::{HvacMode, ServiceKind, Write};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Accounts at an address that does not answer, so that their writes stay pending.
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

    fn accounts(&self) -> Accounts {
        let path = self.folder.path();
        Accounts::new(OpenContext {
            runtime: self.runtime.handle().clone(),
            vault: Vault::on(Arc::clone(&self.store) as Arc<_>),
            places: Some(Places { config: path.join("config"), data: path.join("data") }),
            clock: SystemClock::shared(),
            waker: Waker::noop().clone(),
            last_writes: Duration::from_millis(500),
        })
    }
}

fn account(id: &str) -> AccountSource {
    AccountSource::Settings(Account {
        id: id.to_owned(),
        kind: ServiceKind::WorksWithNest,
        name: id.to_owned(),
        url: "http://127.0.0.1:9/".to_owned(),
        has_token: true,
        ..Account::default()
    })
}

/// Polls until the condition holds, for a bounded time.
fn until(accounts: &mut Accounts, what: &str, seen: impl Fn(&AccountsView) -> bool) -> Arc<AccountsView> {
    let started = Instant::now();
    loop {
        accounts.poll_opened();
        let snapshot = accounts.view();
        if seen(&snapshot) {
            return snapshot;
        }
        assert!(started.elapsed() < support::PATIENCE, "{what} did not happen within {:?}", support::PATIENCE);
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// True if the first account has read its files.
fn is_open(view: &AccountsView) -> bool {
    view.accounts.first().is_some_and(|account| account.snapshot.version > 0)
}

fn wish() -> Write {
    Write::Mode("hallway".into(), HvacMode::Eco)
}

fn want(accounts: &mut Accounts) {
    until(accounts, "the account", is_open);
    let request = Request::Set { write: wish(), debounce: Debounce::Now, origin: Origin::Window, seen: None };
    assert!(accounts.request(request));
    until(accounts, "the wish", |snapshot| snapshot.write_state(&wish().slot()).is_some());
}

#[test]
fn pending_writes_of_an_offline_account_can_be_discarded() {
    let away = Away::new();
    let mut accounts = away.accounts();
    accounts.show(vec![account("cabin")]);
    want(&mut accounts);
    assert_eq!(accounts.close(), 1, "it stays in the queue");
    // The next run has another account before this one, and that account has no home either.
    let mut accounts = away.accounts();
    accounts.show(vec![account("mill"), account("cabin")]);
    let slot = wish().slot();
    until(&mut accounts, "the wish of the run before", |snapshot| snapshot.write_state(&slot).is_some());
    assert!(accounts.request(Request::Discard(slot.clone())));
    until(&mut accounts, "the end of the wish", |snapshot| snapshot.write_state(&slot).is_none());
}

#[test]
fn an_account_reopened_at_once_has_its_files() {
    let away = Away::new();
    let mut accounts = away.accounts();
    accounts.show(vec![account("cabin")]);
    want(&mut accounts);
    // Closing takes a moment, because a write is pending.
    accounts.show(vec![account("mill")]);
    accounts.show(vec![account("cabin")]);
    let snapshot = until(&mut accounts, "the account again", is_open);
    assert_eq!(snapshot.notices().count(), 0);
    assert!(snapshot.write_state(&wish().slot()).is_some(), "the queue is there");
}
