//! Several open accounts, shown as one.
//!
//! ```text
//!   account ── engine ──┐                       ┌── overview, tray, launcher, palette,
//!   account ── engine ──┼── AccountsView ───────┤   activity, notifications
//!   account ── engine ──┘                       └── requests ──> the account of the device or entry
//! ```
//!
//! Each account has its own engine: connection, budget, queue, journal and rules are not shared, and an engine
//! knows no other account. Above the engines, [`EntryId`] names a record, batch or notice by its account and its
//! number there. A device in two accounts belongs to the first one.

mod causes;
mod merge;
mod names;
mod reversal;
pub mod session;
pub mod settings;
pub mod vault;
mod view;

#[cfg(test)]
mod view_tests;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Waker;
use std::time::Duration;

use poll_promise::Promise;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

pub use self::causes::cause_of;
pub use self::reversal::{AccountsReversal, BatchParts};
pub use self::view::{AccountId, AccountSnapshot, AccountsView, EntryId, Handled, JournalEntry};

use self::merge::SnapshotMerger;
use crate::accounts::session::{AccountSource, Ownership, Session, SessionError};
use crate::accounts::settings::Places;
use crate::accounts::vault::Vault;
use crate::clock::Clock;
use crate::engine::{Access, AccountLabel, AccountName, BatchGroup, Connection, Request, Snapshot};
use crate::home::{DeviceId, Node, Slot, Write};
use crate::http::Api;
use crate::service::Service;
use crate::simulator::Simulation;

/// The dependencies for opening accounts.
pub struct OpenContext {
    /// The runtime of the engines.
    pub runtime: Handle,
    /// The tokens.
    pub vault: Vault,
    /// The folders; `None` keeps nothing.
    pub places: Option<Places>,
    /// The wall clock.
    pub clock: Arc<dyn Clock>,
    /// Called after each new snapshot.
    pub waker: Waker,
    /// The maximum time for pending writes when an account is closed.
    pub last_writes: Duration,
}

/// The shown accounts, in their order.
pub struct Accounts {
    context: OpenContext,
    members: Vec<OpenAccount>,
    opened: u32,
    last_group: Option<BatchGroup>,
    /// Accounts that are being closed, by id. They keep their files until that is done.
    closing: Vec<(String, JoinHandle<usize>)>,
    /// `Mutex` because `snapshot()` takes `&self` and updates the merge cache.
    merger: Mutex<SnapshotMerger>,
}

/// One shown account.
struct OpenAccount {
    id: AccountId,
    source: AccountSource,
    label: Arc<AccountLabel>,
    state: OpenState,
    /// Shown while there is no engine.
    empty: Arc<Snapshot>,
}

enum OpenState {
    Opening(Promise<Result<Box<Session>, SessionError>>),
    Open(Box<Session>),
    Failed(SessionError),
}

impl Accounts {
    /// Starts without accounts.
    pub fn new(context: OpenContext) -> Self {
        Self {
            context,
            members: Vec::new(),
            opened: 0,
            last_group: None,
            closing: Vec::new(),
            merger: Mutex::default(),
        }
    }

    /// Shows these accounts in this order. Open ones stay open, others are closed. Returns true if the set
    /// changed.
    pub fn show(&mut self, sources: Vec<AccountSource>) -> bool {
        let mut old: Vec<OpenAccount> = std::mem::take(&mut self.members);
        let before: Vec<AccountId> = old.iter().map(|member| member.id).collect();
        for source in sources {
            let known = old.iter().position(|member| member.source.key() == source.key()).map(|at| old.remove(at));
            let member = match known {
                Some(known) if known.source.is_same(&source) => {
                    let label = AccountLabel { name: name(&source), ..(*known.label).clone() };
                    OpenAccount { label: Arc::new(label), source, ..known }
                }
                known => self.open_account(source, known.map(|known| known.state)),
            };
            self.members.push(member);
        }
        for gone in old {
            self.close_aside(gone);
        }
        let mut after: Vec<AccountId> = self.members.iter().map(|member| member.id).collect();
        let mut before = before;
        before.sort_unstable();
        after.sort_unstable();
        before != after
    }

    /// Reopens an account, or all of them, with a new token or for a retry.
    pub fn reopen(&mut self, key: Option<&str>) {
        let members = std::mem::take(&mut self.members);
        for member in members {
            let member = if key.is_none_or(|key| member.source.key() == key) {
                self.open_account(member.source, Some(member.state))
            } else {
                member
            };
            self.members.push(member);
        }
    }

    fn open_account(&mut self, source: AccountSource, old: Option<OpenState>) -> OpenAccount {
        let id = AccountId::new(self.opened);
        self.opened += 1;
        let label = Arc::new(AccountLabel { name: name(&source), place: source.place() });
        let empty = Arc::new(Snapshot::empty(Arc::clone(&label)));
        let (sender, promise) = Promise::new();
        let OpenContext { runtime, vault, places, clock, waker, last_writes } = &self.context;
        let (vault, places, clock, waker) = (vault.clone(), places.clone(), Arc::clone(clock), waker.clone());
        let (requested, last_writes) = (source.clone(), *last_writes);
        let (before, others) = std::mem::take(&mut self.closing).into_iter().partition(|(key, _)| key == source.key());
        self.closing = others;
        let before: Vec<(String, JoinHandle<usize>)> = before;
        runtime.spawn(async move {
            // The previous session releases the files first; unsent writes stay in the queue on disk.
            for (_, closing) in before {
                closing.await.ok();
            }
            if let Some(old) = old {
                close(old, last_writes).await;
            }
            sender
                .send(Session::open(requested, vault, places.as_ref(), clock, Ownership::PROGRAM).await.map(Box::new));
            waker.wake();
        });
        OpenAccount { id, source, label, state: OpenState::Opening(promise), empty }
    }

    /// Takes the accounts that were opened, or failed, meanwhile; returns true if there were any.
    pub fn poll_opened(&mut self) -> bool {
        let mut is_new = false;
        let members = std::mem::take(&mut self.members);
        for mut member in members {
            member.state = match member.state {
                OpenState::Opening(promise) => match promise.try_take() {
                    Ok(Ok(session)) => {
                        session.engine.wake(self.context.waker.clone());
                        is_new = true;
                        OpenState::Open(session)
                    }
                    Ok(Err(error)) => {
                        is_new = true;
                        let closed = Snapshot { connection: Connection::Closed, ..(*member.empty).clone() };
                        member.empty = Arc::new(closed);
                        OpenState::Failed(error)
                    }
                    Err(promise) => OpenState::Opening(promise),
                },
                other @ (OpenState::Open(_) | OpenState::Failed(_)) => other,
            };
            self.members.push(member);
        }
        is_new
    }

    /// The newest snapshots of all accounts.
    pub fn view(&self) -> Arc<AccountsView> {
        let parts = self.members.iter().map(OpenAccount::part).collect();
        self.merger.lock().unwrap_or_else(PoisonError::into_inner).merge(parts)
    }

    /// Sends a request to the accounts of its devices; `false` if one of them is stuck, gone or not open. An undo
    /// or the dismissal of a notice needs its account: see [`Self::reverse`] and [`Self::dismiss`].
    pub fn request(&mut self, request: Request) -> bool {
        let group = self.next_group();
        send(self.routes(request, group))
    }

    /// Reverses a change in each of its accounts; `false` as for [`Self::request`].
    pub fn reverse(&mut self, reversal: &AccountsReversal) -> bool {
        let group = self.next_group();
        let parts = reversal.parts().iter().filter_map(|(id, part)| Some((self.session(*id)?, part.request())));
        let parts: Vec<_> = parts.collect();
        let is_whole = parts.len() == reversal.parts().len();
        send(shared(parts, group)) && is_whole
    }

    /// Dismisses a notice; `false` as for [`Self::request`].
    pub fn dismiss(&self, notice: EntryId) -> bool {
        let session = self.session(notice.account);
        session.is_some_and(|session| session.engine.request(Request::DismissNotice(notice.number)))
    }

    fn next_group(&mut self) -> BatchGroup {
        let group = BatchGroup::after(self.last_group, self.context.clock.now());
        self.last_group = Some(group);
        group
    }

    fn routes(&self, request: Request, group: BatchGroup) -> Vec<(&Session, Request)> {
        let Some(first) = self.sessions().next() else { return Vec::new() };
        let of = |slot: &Slot| self.owner(&slot.node).map_or(first.1, |(_, session)| session);
        // A restored write is shown before its home. Of two accounts with the same device the first one that
        // writes to it is shown.
        let waiting = |slot: &Slot| {
            let has = |session: &&Session| session.engine.snapshot().writes.contains_key(slot);
            self.sessions().map(|(_, session)| session).find(has).unwrap_or_else(|| of(slot))
        };
        match request {
            Request::Set { ref write, .. } => vec![(of(&write.slot()), request)],
            Request::Apply { name, writes, origin } => {
                let mut split: BTreeMap<AccountId, (&Session, Vec<Write>)> = BTreeMap::new();
                for write in writes {
                    let (id, session) = self.owner(&write.slot().node).unwrap_or(first);
                    split.entry(id).or_insert_with(|| (session, Vec::new())).1.push(write);
                }
                let parts = split.into_values();
                let part = |(session, writes)| (session, Request::Apply { name: name.clone(), writes, origin });
                shared(parts.map(part).collect(), group)
            }
            Request::SendNow(ref slot)
            | Request::Discard(ref slot)
            | Request::Retry(ref slot)
            | Request::KeepMine(ref slot)
            | Request::TakeTheirs(ref slot) => vec![(waiting(slot), request)],
            // A handle belongs to one engine, and so does its withdrawal; the other engines ignore it.
            Request::Withdraw(_) | Request::Hurry => {
                self.sessions().map(|(_, session)| (session, request.clone())).collect()
            }
            // Their numbers belong to one account, which the request does not name.
            Request::Undo(_) | Request::UndoBatch(_) | Request::DismissNotice(_) | Request::Shared { .. } => Vec::new(),
        }
    }

    fn owner(&self, node: &Node) -> Option<(AccountId, &Session)> {
        self.sessions().find(|(_, session)| session.engine.snapshot().confirmed.has(node))
    }

    /// The service of the account that has a thermostat, if it is open.
    pub fn service_of(&self, thermostat: &DeviceId) -> Option<Arc<dyn Service>> {
        let (_, session) = self.owner(&Node::Thermostat(thermostat.clone()))?;
        Some(Arc::clone(session.service()))
    }

    fn session(&self, id: AccountId) -> Option<&Session> {
        self.sessions().find(|(other, _)| *other == id).map(|(_, session)| session)
    }

    fn sessions(&self) -> impl Iterator<Item = (AccountId, &Session)> {
        self.members.iter().filter_map(|member| Some((member.id, member.session()?)))
    }

    /// The open accounts, each with a handle to its engine.
    pub fn open(&self) -> impl Iterator<Item = (&AccountSource, Access)> {
        self.members.iter().filter_map(|member| Some((&member.source, member.session()?.engine.access())))
    }

    /// The open accounts, each with its service for requests of the API page.
    pub fn apis(&self) -> impl Iterator<Item = (&AccountSource, &Arc<dyn Api>, Access)> {
        let open = self.members.iter().filter_map(|member| Some((&member.source, member.session()?)));
        open.map(|(source, session)| (source, session.api(), session.engine.access()))
    }

    /// The shown accounts, open or not.
    pub fn sources(&self) -> impl Iterator<Item = &AccountSource> {
        self.members.iter().map(|member| &member.source)
    }

    /// The base URL of each open account, from which pictures of its cameras may come.
    pub fn bases(&self) -> impl Iterator<Item = (&AccountSource, Access, &url::Url)> {
        let open = self.members.iter().filter_map(|member| Some((&member.source, member.session()?)));
        open.map(|(source, session)| (source, session.engine.access(), session.base()))
    }

    /// The errors of accounts that could not be opened, by id.
    pub fn failures(&self) -> Vec<(&str, &SessionError)> {
        let failed = self.members.iter().filter_map(|member| match &member.state {
            OpenState::Failed(error) => Some((member.source.key(), error)),
            OpenState::Opening(_) | OpenState::Open(_) => None,
        });
        failed.collect()
    }

    /// True if an account is open.
    pub fn is_open(&self) -> bool {
        self.sessions().next().is_some()
    }

    /// The simulated home, if it is shown.
    pub fn simulation(&self) -> Option<&Simulation> {
        self.sessions().find_map(|(_, session)| session.simulation())
    }

    /// Sends pending writes, and ends. Returns the number of writes left.
    pub fn close(&mut self) -> usize {
        let within = self.context.last_writes;
        let members = std::mem::take(&mut self.members);
        let closing = members.into_iter().map(|member| async move {
            match tokio::time::timeout(within, wait_opened(member.state)).await {
                Ok(Some(session)) => session.close(within).await,
                Ok(None) | Err(_) => 0,
            }
        });
        let aside = std::mem::take(&mut self.closing).into_iter().map(|(_, task)| tokio::time::timeout(within, task));
        let (left, _aside) = self.context.runtime.block_on(async {
            futures_util::future::join(futures_util::future::join_all(closing), futures_util::future::join_all(aside))
                .await
        });
        left.into_iter().sum()
    }

    fn close_aside(&mut self, gone: OpenAccount) {
        let within = self.context.last_writes;
        self.closing.retain(|(_, task)| !task.is_finished());
        let task = self.context.runtime.spawn(close(gone.state, within));
        self.closing.push((gone.source.key().to_owned(), task));
    }
}

impl OpenAccount {
    fn session(&self) -> Option<&Session> {
        match &self.state {
            OpenState::Open(session) => Some(session),
            OpenState::Opening(_) | OpenState::Failed(_) => None,
        }
    }

    fn part(&self) -> AccountSnapshot {
        let snapshot = self.session().map_or_else(|| Arc::clone(&self.empty), |session| session.engine.snapshot());
        // The engine knows the place better.
        let label = if snapshot.account.name == self.label.name { &snapshot.account } else { &self.label };
        AccountSnapshot { id: self.id, key: self.source.key().to_owned(), label: Arc::clone(label), snapshot }
    }
}

/// Marks the parts of a request to several accounts as belonging together.
fn shared(parts: Vec<(&Session, Request)>, group: BatchGroup) -> Vec<(&Session, Request)> {
    if parts.len() < 2 {
        return parts;
    }
    let mark = |(session, part)| (session, Request::Shared { group, request: Box::new(part) });
    parts.into_iter().map(mark).collect()
}

/// Returns `false` if an engine did not take its part, or if there is none. A stuck account does not keep the
/// others from their part.
fn send(parts: Vec<(&Session, Request)>) -> bool {
    let is_anybody_asked = !parts.is_empty();
    let stuck = parts.into_iter().filter_map(|(session, request)| (!session.engine.request(request)).then_some(()));
    is_anybody_asked && stuck.count() == 0
}

/// Waits for a session that is being opened, because it would take the files of the next one.
async fn close(state: OpenState, within: Duration) -> usize {
    match wait_opened(state).await {
        Some(session) => session.close(within).await,
        None => 0,
    }
}

/// The session of an account, once it is open.
async fn wait_opened(state: OpenState) -> Option<Session> {
    match state {
        OpenState::Open(session) => Some(*session),
        OpenState::Failed(_) => None,
        OpenState::Opening(promise) => {
            // Opening ends at some time, because each of its calls has a time limit.
            let waited = tokio::task::spawn_blocking(move || promise.block_and_take()).await;
            waited.ok()?.ok().map(|session| *session)
        }
    }
}

fn name(source: &AccountSource) -> AccountName {
    match source {
        AccountSource::Simulated => AccountName::Simulated,
        AccountSource::Environment { .. } => AccountName::Environment,
        AccountSource::Settings(account) => AccountName::Own(account.name.clone()),
    }
}
