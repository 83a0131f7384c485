//! The backend of a command: the process that owns the account's engine, or this one.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::serve::first_home;
use super::{CliError, Context, warn};
use crate::accounts::session::{AccountSource, Ownership, ServiceHandle, Session, SessionError};
use crate::accounts::settings::Places;
use crate::clock::SystemClock;
use crate::home::{Capabilities, DeviceTree, ServiceKind};
use crate::http::Api;
use crate::ipc::protocol::{AccountKey, IpcRequest, IpcResponse};
use crate::ipc::{Peer, PeerError, owner_socket, socket_of};
use crate::service::Service;
use crate::wwn::wire;

/// The maximum wait for an account that other commands change.
const TURN: Duration = Duration::from_mins(2);
/// The wait after which the command says so.
const SAY_SO: Duration = Duration::from_secs(5);

/// The access of a command to a home.
pub(super) enum CommandBackend {
    /// Another process owns the engine of this account; its budget and journal apply.
    Running(Box<RunningProgram>),
    /// No process owns it, and the command only reads.
    Direct {
        /// The account.
        source: Box<AccountSource>,
        /// Its service.
        service: Arc<dyn Service>,
    },
    /// The command owns the engine.
    Own(Box<Session>),
}

/// A process that owns the engine of the account.
pub(super) struct RunningProgram {
    socket: PathBuf,
    account: AccountKey,
    home: DeviceTree,
}

impl Context {
    /// The backend for a command that only reads. A running program that does not answer is ignored.
    pub(super) async fn backend(&self) -> Result<CommandBackend, CliError> {
        let Some(source) = self.choice_or_simulated()? else { return simulated().await };
        if let Some(running) = running(&AccountKey::from(&source)).await? {
            return Ok(CommandBackend::Running(Box::new(running.at(&source))));
        }
        let ServiceHandle { service, .. } = source.connect(&Self::vault(), Places::of_user().as_ref())?;
        Ok(CommandBackend::Direct { source: Box::new(source), service })
    }

    /// The backend for a command that writes: every write goes through the engine of the account, which has one
    /// owner at any time.
    pub(super) async fn backend_for_writing(&self) -> Result<CommandBackend, CliError> {
        let Some(source) = self.choice_or_simulated()? else { return simulated().await };
        let began = Instant::now();
        let (mut has_reported, mut reported) = (false, BTreeSet::new());
        loop {
            // A program that hangs is asked repeatedly, with one warning.
            let (running, complaints) = look_for(&AccountKey::from(&source)).await?;
            for complaint in complaints {
                if reported.insert(complaint.clone()) {
                    warn(&complaint);
                }
            }
            if let Some(running) = running {
                return Ok(CommandBackend::Running(Box::new(running.at(&source))));
            }
            let (places, clock) = (Places::of_user(), SystemClock::shared());
            match Session::open(source.clone(), Self::vault(), places.as_ref(), clock, Ownership::COMMAND).await {
                Ok(session) => return own(session).await,
                // Another command, or a program that has just started, has it for a moment.
                Err(SessionError::InUse) if began.elapsed() < TURN => {
                    if began.elapsed() > SAY_SO && !std::mem::replace(&mut has_reported, true) {
                        warn(&"another Setpoint process has this account; waiting for it");
                    }
                }
                Err(err) => return Err(err.into()),
            }
        }
    }

    /// The service of the account, for a call beside the engine.
    pub(super) fn service(&self) -> Result<Arc<dyn Service>, CliError> {
        let source = self.choice_or_simulated()?.ok_or(SessionError::NoAccount)?;
        Ok(source.connect(&Self::vault(), Places::of_user().as_ref())?.service)
    }

    /// `None` means the simulated home, which a running program shows if there is no account.
    fn choice_or_simulated(&self) -> Result<Option<AccountSource>, CliError> {
        match self.source() {
            Ok(source) => Ok(Some(source)),
            Err(SessionError::NoAccount) => Ok(None),
            Err(err) => Err(err.into()),
        }
    }
}

async fn simulated() -> Result<CommandBackend, CliError> {
    match running(&AccountKey::Simulated).await? {
        Some(running) => Ok(CommandBackend::Running(Box::new(running))),
        None => Err(SessionError::NoAccount.into()),
    }
}

/// Waits for the home of our own engine.
async fn own(session: Session) -> Result<CommandBackend, CliError> {
    let mut access = session.engine.access();
    for notice in access.snapshot().notices.iter() {
        warn(&notice.warning);
    }
    match first_home(&mut access, true).await {
        Ok(()) => Ok(CommandBackend::Own(Box::new(session))),
        Err(err) => {
            session.close(Duration::ZERO).await;
            Err(err)
        }
    }
}

/// Connections to the processes that may own an account (the program, and a bridge), with warnings about
/// unusable sockets.
async fn reach(account: &AccountKey) -> (Vec<(PathBuf, Peer)>, Vec<String>) {
    let (mut reached, mut complaints) = (Vec::new(), Vec::new());
    let Some(places) = Places::of_user() else { return (reached, complaints) };
    let program = socket_of(&places.config, &places.data);
    let bridge = match account {
        AccountKey::Account(id) => Some(owner_socket(&program, id)),
        AccountKey::Simulated | AccountKey::Environment { .. } => None,
    };
    for socket in std::iter::once(program).chain(bridge) {
        match Peer::reach(&socket).await {
            Ok(peer) => reached.push((socket, peer)),
            Err(PeerError::Nobody) => {}
            Err(err @ (PeerError::WrongUser | PeerError::Odd(_) | PeerError::Unanswered(_))) => {
                complaints.push(err.to_string());
            }
        }
    }
    (reached, complaints)
}

/// The result of a question to the owner of an account.
pub(super) enum OwnerAnswer {
    Answered(IpcResponse),
    /// No process has the account open: the question was not delivered.
    Nobody,
    /// An owner may have received it, and gave no answer.
    Unanswered,
}

/// Asks the owner of an account over a separate connection.
pub(super) async fn ask_owner(account: &AccountKey, ask: &IpcRequest) -> OwnerAnswer {
    let (reached, complaints) = reach(account).await;
    for complaint in complaints {
        // A client's write repeats this while the account changes hands.
        tracing::debug!(complaint, "an owner was not asked");
    }
    for (_, mut peer) in reached {
        match peer.ask(ask.clone()).await {
            Ok(IpcResponse::NotOpen) | Err(PeerError::Nobody | PeerError::WrongUser | PeerError::Odd(_)) => {}
            Err(PeerError::Unanswered(_)) => return OwnerAnswer::Unanswered,
            Ok(answer) => return OwnerAnswer::Answered(answer),
        }
    }
    OwnerAnswer::Nobody
}

/// Finds the process that has an account open; warns of processes that do not answer.
pub(super) async fn running(account: &AccountKey) -> Result<Option<RunningProgram>, CliError> {
    let (running, complaints) = look_for(account).await?;
    for complaint in complaints {
        warn(&format!("{complaint}; going on without it"));
    }
    Ok(running)
}

/// The process that has an account open, and warnings about others.
async fn look_for(account: &AccountKey) -> Result<(Option<RunningProgram>, Vec<String>), CliError> {
    let (reached, mut complaints) = reach(account).await;
    for (socket, mut peer) in reached {
        match peer.ask(IpcRequest::Home(account.clone())).await {
            Ok(IpcResponse::Home(json)) => {
                let home = wire::parse(json.get().as_bytes()).map_err(|err| CliError::new(5, err.to_string()))?;
                return Ok((Some(RunningProgram { socket, account: account.clone(), home }), complaints));
            }
            Ok(IpcResponse::NoHome(why)) => {
                let why = why.map_or_else(String::new, |why| format!(" ({why})"));
                return Err(CliError::new(5, format!("the running program has not reached the service yet{why}")));
            }
            Ok(IpcResponse::NotOpen) => {}
            Ok(IpcResponse::Done | IpcResponse::Yields | IpcResponse::Bridged(_) | IpcResponse::Set { .. }) => {
                complaints.push("the running program gave another answer".to_owned());
            }
            Ok(IpcResponse::Wrong(why)) => complaints.push(why),
            Err(err) => complaints.push(err.to_string()),
        }
    }
    Ok((None, complaints))
}

impl CommandBackend {
    /// The whole home.
    pub(super) async fn home(&self) -> Result<DeviceTree, CliError> {
        match self {
            Self::Running(running) => Ok(running.home.clone()),
            Self::Direct { service, .. } => Ok(Arc::clone(service).fetch().await?),
            Self::Own(session) => Ok((*session.engine.snapshot().confirmed).clone()),
        }
    }

    /// The requests of this process; `None` if another process makes them.
    pub(super) fn api(&self) -> Option<Arc<dyn Api>> {
        match self {
            Self::Own(session) => Some(Arc::clone(session.api())),
            Self::Running(_) | Self::Direct { .. } => None,
        }
    }
}

impl RunningProgram {
    /// The same with the service of the account, which the home as JSON does not name.
    fn at(mut self, source: &AccountSource) -> Self {
        match source.service_kind() {
            ServiceKind::WorksWithNest => {}
            kind @ (ServiceKind::NoLongerEvil | ServiceKind::HostedNoLongerEvil | ServiceKind::DeviceAccess) => {
                self.home = self.home.with_capabilities(Capabilities::lacking(kind, &[]));
            }
        }
        self
    }

    /// The home at the time when the backend was found.
    pub(super) fn home(&self) -> &DeviceTree {
        &self.home
    }

    /// Requests writes and waits for their outcomes.
    pub(super) async fn set(self, name: String, writes: Vec<crate::home::Write>) -> Result<IpcResponse, CliError> {
        let odd = |err: PeerError| {
            CliError::new(
                5,
                match err {
                    // The next owner continues with the accepted writes.
                    PeerError::Unanswered(_) => format!("{err}; the change may have been taken, and the log tells"),
                    PeerError::Nobody | PeerError::WrongUser | PeerError::Odd(_) => err.to_string(),
                },
            )
        };
        let ask = IpcRequest::Set { account: self.account, name, writes };
        Peer::reach(&self.socket).await.map_err(odd)?.ask(ask).await.map_err(odd)
    }

    /// Follows the home.
    pub(super) async fn watch(self) -> Result<Peer, CliError> {
        let odd = |err: PeerError| CliError::new(5, err.to_string());
        let mut peer = Peer::reach(&self.socket).await.map_err(odd)?;
        peer.send(IpcRequest::Watch(self.account)).await.map_err(odd)?;
        Ok(peer)
    }
}
