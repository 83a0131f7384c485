//! The home behind `setpoint serve`: from the process that owns the account, or, without one, from an engine of
//! this process.
//!
//! ```text
//!   old client ─> server ─> Relay ─┬─ Through: socket ─> engine of the running program
//!                                  └─ Own: bridge ─> engine of this process
//!                                       └─ a program starts and wants the account ─> hand over ─> Through
//! ```
//!
//! Budget, journal and undo are therefore those of the window, whichever was started first. While this process
//! owns the account, commands use it.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::{Notify, RwLock, oneshot, watch};
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::backend::{self, OwnerAnswer, RunningProgram};
use super::serve::first_home;
use super::{CliError, Context, warn};
use crate::accounts::session::{AccountSource, Ownership, Session};
use crate::accounts::settings::{Places, Settings};
use crate::bridge::{Bridge, parse_outcome, write_remote};
use crate::clock::{Clock, SystemClock};
use crate::engine::Access;
use crate::home::{DeviceTree, Write};
use crate::ipc::protocol::{AccountKey, IpcRequest, IpcResponse};
use crate::ipc::{self, Acquire, Bridged, Codec, IpcEvent, Peer, SharedAccounts, owner_socket, socket_of};
use crate::platform::EventSender;
use crate::wwn::error::WwnError;
use crate::wwn::server::{Backend, EncodedPicture, PictureRequest};
use crate::wwn::wire;

/// The time that a program may need to reach the service after its start.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN: Duration = Duration::from_secs(1);
/// The first pause after another failure; it grows with each.
const AGAIN: Duration = Duration::from_secs(5);
const MOST_BETWEEN: Duration = Duration::from_mins(10);
/// The interval at which an owner checks if another process wants the account.
const LOOK: Duration = Duration::from_millis(250);
/// The maximum wait of a client for an owner.
const PATIENCE_OF_A_CLIENT: Duration = Duration::from_secs(20);
/// The maximum wait for pending writes at the end.
const LAST_WRITES: Duration = Duration::from_secs(2);

/// A home that can be served, wherever its engine runs.
pub(super) struct Relay {
    home: watch::Sender<Arc<DeviceTree>>,
    now: RwLock<Now>,
    /// True once an owner was found.
    found: watch::Sender<bool>,
    /// Notified when the user signs out of the account.
    pub(super) signed_out: Notify,
}

enum Now {
    /// The process that owns the account.
    Through(AccountKey),
    /// An engine of this process.
    Own(Bridge),
    /// No owner at the moment.
    Nobody,
}

/// The owner of the engine at the start.
pub(super) enum Start {
    Through(Peer, Arc<DeviceTree>),
    Own(Box<Session>),
}

impl Start {
    /// Finds the owner, or becomes it.
    pub(super) async fn find(source: &AccountSource) -> Result<Self, CliError> {
        let account = AccountKey::from(source);
        let until = Instant::now() + PATIENCE;
        loop {
            let found = match backend::running(&account).await {
                Ok(Some(running)) => {
                    let home = Arc::new(running.home().clone());
                    return Ok(Self::Through(RunningProgram::watch(running).await?, home));
                }
                Ok(None) => open(source.clone()).await.map(|session| Self::Own(Box::new(session))),
                Err(err) => Err(err),
            };
            match found {
                Err(err) if Instant::now() >= until => return Err(err),
                // A program that has just started has not opened the account, or not reached the service.
                Err(err) if err.code == 5 => tokio::time::sleep(BETWEEN).await,
                found => return found,
            }
        }
    }

    /// True if another process owns the engine.
    pub(super) fn is_through(&self) -> bool {
        matches!(self, Self::Through(..))
    }
}

/// Retries for ever, because the service may be offline too.
async fn find_again(source: &AccountSource) -> Start {
    let mut pause = AGAIN;
    loop {
        match Start::find(source).await {
            Ok(start) => return start,
            Err(err) => warn(&format!("{err}; trying again in {} s", pause.as_secs())),
        }
        tokio::time::sleep(pause).await;
        // Repeating a refused sign-in does not help.
        pause = (pause * 2).min(MOST_BETWEEN);
    }
}

async fn open(source: AccountSource) -> Result<Session, CliError> {
    let (clock, places): (Arc<dyn Clock>, _) = (SystemClock::shared(), Places::of_user());
    let session = Session::open(source, Context::vault(), places.as_ref(), clock, Ownership::BRIDGE).await?;
    let mut access = session.engine.access();
    if let Err(err) = first_home(&mut access, false).await {
        session.close(Duration::ZERO).await;
        return Err(err);
    }
    for notice in access.snapshot().notices.iter() {
        warn(&notice.warning);
    }
    Ok(session)
}

impl Relay {
    /// Creates a relay to the owner at the start; without one the home is empty at first.
    pub(super) fn new(start: Option<&Start>) -> Arc<Self> {
        let home = match start {
            Some(Start::Through(_, home)) => Arc::clone(home),
            Some(Start::Own(session)) => Arc::clone(&session.engine.snapshot().confirmed),
            None => Arc::default(),
        };
        Arc::new(Self {
            home: watch::Sender::new(home),
            now: RwLock::new(Now::Nobody),
            found: watch::Sender::new(start.is_some()),
            signed_out: Notify::new(),
        })
    }

    /// Waits until an owner was found and its home is shown.
    pub(super) async fn wait_until_found(&self) {
        self.found.subscribe().wait_for(|found| *found).await.ok();
    }

    /// True while another process owns the engine.
    pub(super) async fn is_through(&self) -> bool {
        matches!(*self.now.read().await, Now::Through(_))
    }

    /// Keeps the relay going until `stop`, or until the user signs out. Returns the number of unsent writes.
    /// Without a start it looks for an owner first.
    pub(super) async fn keep(
        &self,
        source: AccountSource,
        start: Option<Start>,
        mut stop: oneshot::Receiver<()>,
    ) -> usize {
        let (mut source, mut start) = (source, start);
        loop {
            match start.take() {
                Some(Start::Own(session)) => match self.own(*session, &source, &mut stop).await {
                    (Why::Wanted, _) => warn(&"the program takes the account over; going on through it"),
                    (Why::SignedInAnew, _) => warn(&"somebody signed in anew, or out; looking again"),
                    (Why::Stopped, left) => return left,
                },
                Some(Start::Through(peer, home)) => {
                    *self.now.write().await = Now::Through(AccountKey::from(&source));
                    self.show(home);
                    self.found.send_replace(true);
                    tokio::select! {
                        () = self.follow(peer) => {}
                        _stop = &mut stop => return 0,
                    }
                    warn(&"the running program has ended, or closed the account; going on without it");
                }
                None => {}
            }
            *self.now.write().await = Now::Nobody;
            let Some(present) = present(&source) else {
                self.signed_out.notify_one();
                return 0;
            };
            source = present;
            start = tokio::select! {
                found = find_again(&source) => Some(found),
                _stop = &mut stop => return 0,
            };
        }
    }

    /// Owns the account until another process wants it, the user signs in or out, or `stop`. Returns the number
    /// of unsent writes.
    async fn own(&self, session: Session, source: &AccountSource, stop: &mut oneshot::Receiver<()>) -> (Why, usize) {
        let access = session.engine.access();
        let bridge = Bridge::new(access.clone(), SystemClock::shared());
        let home = bridge.home();
        self.show(Arc::clone(&home.borrow()));
        *self.now.write().await = Now::Own(bridge);
        self.found.send_replace(true);
        let offer = offer(source, access);
        let why = tokio::select! {
            () = self.follow_own(home) => Why::Wanted,
            () = wait_until_wanted(&session) => Why::Wanted,
            () = signed_in_anew(source) => Why::SignedInAnew,
            _stop = stop => Why::Stopped,
        };
        // Clients that are being served get an answer before the engine ends.
        *self.now.write().await = Now::Nobody;
        if let Some(offer) = offer {
            offer.abort();
        }
        (why, session.close(LAST_WRITES).await)
    }

    /// Publishes the home of our own engine until it ends.
    async fn follow_own(&self, mut home: watch::Receiver<Arc<DeviceTree>>) {
        loop {
            let present = Arc::clone(&home.borrow_and_update());
            self.show(present);
            if home.changed().await.is_err() {
                return;
            }
        }
    }

    async fn follow(&self, mut peer: Peer) {
        loop {
            match peer.next().await {
                Ok(Some(IpcResponse::Home(json))) => match wire::parse(json.get().as_bytes()) {
                    Ok(home) => self.show(Arc::new(home)),
                    Err(err) => warn(&format!("the running program tells of its home in another way: {err}")),
                },
                // The service is offline; the last home stays.
                Ok(Some(IpcResponse::NoHome(_))) => {}
                Ok(
                    Some(
                        IpcResponse::Done
                        | IpcResponse::Yields
                        | IpcResponse::NotOpen
                        | IpcResponse::Bridged(_)
                        | IpcResponse::Set { .. }
                        | IpcResponse::Wrong(_),
                    )
                    | None,
                )
                | Err(_) => return,
            }
        }
    }

    /// Makes writes through the present owner; `None` while there is none.
    async fn write_now(&self, writes: &[Write]) -> Option<Result<(), WwnError>> {
        match &*self.now.read().await {
            Now::Own(bridge) => Some(bridge.write(writes.to_vec()).await),
            Now::Through(account) => {
                let ask = IpcRequest::Bridged { account: account.clone(), writes: writes.to_vec() };
                through(account, ask).await
            }
            Now::Nobody => None,
        }
    }

    pub(super) fn show(&self, present: Arc<DeviceTree>) {
        self.home.send_if_modified(|home| {
            let is_new = *home != present;
            *home = present;
            is_new
        });
    }
}

/// The reason why our engine ended.
enum Why {
    Wanted,
    SignedInAnew,
    Stopped,
}

/// The account in the present settings; `None` after a sign-out.
fn present(source: &AccountSource) -> Option<AccountSource> {
    let AccountSource::Settings(account) = source else { return Some(source.clone()) };
    // Unreadable settings change nothing.
    let Ok(loaded) = Settings::reload(&Places::of_user()?.settings()) else { return Some(source.clone()) };
    loaded.settings.accounts.into_iter().find(|other| other.id == account.id).map(AccountSource::Settings)
}

/// Waits until the account changes in the settings, or is removed.
pub(super) async fn signed_in_anew(source: &AccountSource) {
    loop {
        tokio::time::sleep(BETWEEN).await;
        if !present(source).is_some_and(|present| present.is_same(source)) {
            return;
        }
    }
}

/// Waits until another process wants the account.
async fn wait_until_wanted(session: &Session) {
    while !session.is_wanted() {
        tokio::time::sleep(LOOK).await;
    }
}

/// Lets commands use our engine while we own it.
fn offer(source: &AccountSource, access: Access) -> Option<AbortHandle> {
    let AccountSource::Settings(account) = source else { return None };
    let places = Places::of_user()?;
    let socket = owner_socket(&socket_of(&places.config, &places.data), &account.id);
    let lock = match ipc::acquire(&socket) {
        Ok(Acquire::First(lock)) => lock,
        Ok(Acquire::Taken) => return None,
        Err(err) => {
            tracing::warn!(%err, "commands cannot work through this bridge");
            return None;
        }
    };
    let shared = SharedAccounts::default();
    shared.show(vec![(AccountKey::from(source), access)]);
    let bridged: Bridged = Arc::new(|access, writes| Box::pin(write_remote(access, SystemClock::shared(), writes)));
    let wire = Codec { render: wire::render, bridged, is_service: false };
    // A bridge has no window to open.
    let (events, _nobody) = EventSender::<IpcEvent>::channel();
    let serving = tokio::spawn(async move {
        if let Err(err) = ipc::serve(lock, shared, events, wire).await {
            tracing::warn!(%err, "commands cannot work through this bridge");
        }
    });
    Some(serving.abort_handle())
}

impl Backend for Relay {
    fn home(&self) -> watch::Receiver<Arc<DeviceTree>> {
        self.home.subscribe()
    }

    fn write(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<(), WwnError>> {
        Box::pin(async move {
            // The account changes hands within seconds, which a client need not notice.
            let until = Instant::now() + PATIENCE_OF_A_CLIENT;
            loop {
                if let Some(end) = self.write_now(&writes).await {
                    return end;
                }
                if Instant::now() >= until {
                    return Err(WwnError::unavailable());
                }
                tokio::time::sleep(LOOK).await;
            }
        })
    }

    fn picture(&self, _wanted: PictureRequest) -> BoxFuture<'_, Result<EncodedPicture, WwnError>> {
        // Links in the document are those of the service itself; none leads here.
        Box::pin(async { Err(WwnError::not_found()) })
    }
}

/// Uses a separate connection, so that a write need not wait for the home of another client. `None` if no owner
/// took it.
async fn through(account: &AccountKey, ask: IpcRequest) -> Option<Result<(), WwnError>> {
    match backend::ask_owner(account, &ask).await {
        OwnerAnswer::Answered(IpcResponse::Bridged(said)) => Some(parse_outcome(said.as_deref())),
        OwnerAnswer::Answered(
            IpcResponse::Done
            | IpcResponse::Yields
            | IpcResponse::NotOpen
            | IpcResponse::NoHome(_)
            | IpcResponse::Home(_)
            | IpcResponse::Set { .. }
            | IpcResponse::Wrong(_),
        ) => Some(Err(WwnError::unavailable())),
        OwnerAnswer::Nobody => None,
        OwnerAnswer::Unanswered => Some(Err(WwnError::unanswered())),
    }
}
