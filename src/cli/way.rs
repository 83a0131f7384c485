//! The backend of a command: the process that owns the account's engine, or this one.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::serve::first_home;
use super::{CliError, Context, complain};
use crate::clock::SystemClock;
use crate::desktop::instance::talk::{Answer, Ask, OpenAccount};
use crate::desktop::instance::{Peer, PeerError, owner_socket, socket_of};
use crate::home::Home;
use crate::http::Api;
use crate::service::Service;
use crate::session::{Choice, Connected, Ownership, Session, SessionError};
use crate::settings::Places;
use crate::wwn::wire;

/// The maximum wait for an account that other commands change.
const TURN: Duration = Duration::from_mins(2);
/// The wait after which the command says so.
const SAY_SO: Duration = Duration::from_secs(5);

/// The access of a command to a home.
pub(super) enum Way {
    /// Another process owns the engine of this account; its budget and journal apply.
    Running(Box<Running>),
    /// No process owns it, and the command only reads.
    Alone {
        /// The account.
        choice: Box<Choice>,
        /// Its service.
        service: Arc<dyn Service>,
    },
    /// The command owns the engine.
    Own(Box<Session>),
}

/// A process that owns the engine of the account.
pub(super) struct Running {
    socket: PathBuf,
    account: OpenAccount,
    home: Home,
}

impl Context {
    /// The backend for a command that only reads. A running program that does not answer is ignored.
    pub(super) async fn way(&self) -> Result<Way, CliError> {
        let Some(choice) = self.choice_or_simulated()? else { return simulated().await };
        if let Some(running) = running(&OpenAccount::from(&choice)).await? {
            return Ok(Way::Running(Box::new(running)));
        }
        let Connected { service, .. } = choice.connect(&Self::vault(), Places::of_user().as_ref())?;
        Ok(Way::Alone { choice: Box::new(choice), service })
    }

    /// The backend for a command that writes: every write goes through the engine of the account, which has one
    /// owner at any time.
    pub(super) async fn way_to_write(&self) -> Result<Way, CliError> {
        let Some(choice) = self.choice_or_simulated()? else { return simulated().await };
        let began = Instant::now();
        let (mut has_said, mut said) = (false, BTreeSet::new());
        loop {
            // A program that hangs is asked repeatedly, with one warning.
            let (running, complaints) = look_for(&OpenAccount::from(&choice)).await?;
            for complaint in complaints {
                if said.insert(complaint.clone()) {
                    complain(&complaint);
                }
            }
            if let Some(running) = running {
                return Ok(Way::Running(Box::new(running)));
            }
            let (places, clock) = (Places::of_user(), SystemClock::shared());
            match Session::open(choice.clone(), Self::vault(), places.as_ref(), clock, Ownership::COMMAND).await {
                Ok(session) => return own(session).await,
                // Another command, or a program that has just started, has it for a moment.
                Err(SessionError::InUse) if began.elapsed() < TURN => {
                    if began.elapsed() > SAY_SO && !std::mem::replace(&mut has_said, true) {
                        complain(&"another Setpoint process has this account; waiting for it");
                    }
                }
                Err(err) => return Err(err.into()),
            }
        }
    }

    /// `None` means the simulated home, which a running program shows if there is no account.
    fn choice_or_simulated(&self) -> Result<Option<Choice>, CliError> {
        match self.choice() {
            Ok(choice) => Ok(Some(choice)),
            Err(SessionError::NoAccount) => Ok(None),
            Err(err) => Err(err.into()),
        }
    }
}

async fn simulated() -> Result<Way, CliError> {
    match running(&OpenAccount::Simulated).await? {
        Some(running) => Ok(Way::Running(Box::new(running))),
        None => Err(SessionError::NoAccount.into()),
    }
}

/// Waits for the home of our own engine.
async fn own(session: Session) -> Result<Way, CliError> {
    let mut access = session.engine.access();
    for notice in access.snapshot().notices.iter() {
        complain(&notice.warning);
    }
    match first_home(&mut access, true).await {
        Ok(()) => Ok(Way::Own(Box::new(session))),
        Err(err) => {
            session.close(Duration::ZERO).await;
            Err(err)
        }
    }
}

/// Connections to the processes that may own an account (the program, and a bridge), with warnings about
/// unusable sockets.
async fn reach(account: &OpenAccount) -> (Vec<(PathBuf, Peer)>, Vec<String>) {
    let (mut reached, mut complaints) = (Vec::new(), Vec::new());
    let Some(places) = Places::of_user() else { return (reached, complaints) };
    let program = socket_of(&places.config, &places.data);
    let bridge = match account {
        OpenAccount::Account(id) => Some(owner_socket(&program, id)),
        OpenAccount::Simulated | OpenAccount::Environment { .. } => None,
    };
    for socket in std::iter::once(program).chain(bridge) {
        match Peer::reach(&socket).await {
            Ok(peer) => reached.push((socket, peer)),
            Err(PeerError::Nobody) => {}
            Err(err @ (PeerError::Stranger | PeerError::Odd(_) | PeerError::Unanswered(_))) => {
                complaints.push(err.to_string());
            }
        }
    }
    (reached, complaints)
}

/// The result of a question to the owner of an account.
pub(super) enum Asked {
    Answered(Answer),
    /// No process has the account open: the question was not delivered.
    Nobody,
    /// An owner may have received it, and gave no answer.
    Unanswered,
}

/// Asks the owner of an account over a separate connection.
pub(super) async fn ask_owner(account: &OpenAccount, ask: &Ask) -> Asked {
    let (reached, complaints) = reach(account).await;
    for complaint in complaints {
        // A client's write repeats this while the account changes hands.
        tracing::debug!(complaint, "an owner was not asked");
    }
    for (_, mut peer) in reached {
        match peer.ask(ask.clone()).await {
            Ok(Answer::NotOpen) | Err(PeerError::Nobody | PeerError::Stranger | PeerError::Odd(_)) => {}
            Err(PeerError::Unanswered(_)) => return Asked::Unanswered,
            Ok(answer) => return Asked::Answered(answer),
        }
    }
    Asked::Nobody
}

/// Finds the process that has an account open; warns of processes that do not answer.
pub(super) async fn running(account: &OpenAccount) -> Result<Option<Running>, CliError> {
    let (running, complaints) = look_for(account).await?;
    for complaint in complaints {
        complain(&format!("{complaint}; going on without it"));
    }
    Ok(running)
}

/// The process that has an account open, and warnings about others.
async fn look_for(account: &OpenAccount) -> Result<(Option<Running>, Vec<String>), CliError> {
    let (reached, mut complaints) = reach(account).await;
    for (socket, mut peer) in reached {
        match peer.ask(Ask::Home(account.clone())).await {
            Ok(Answer::Home(json)) => {
                let home = wire::parse(json.get().as_bytes()).map_err(|err| CliError::new(5, err.to_string()))?;
                return Ok((Some(Running { socket, account: account.clone(), home }), complaints));
            }
            Ok(Answer::NoHome(why)) => {
                let why = why.map_or_else(String::new, |why| format!(" ({why})"));
                return Err(CliError::new(5, format!("the running program has not reached the service yet{why}")));
            }
            Ok(Answer::NotOpen) => {}
            Ok(Answer::Done | Answer::Bridged(_) | Answer::Set { .. }) => {
                complaints.push("the running program gave another answer".to_owned());
            }
            Ok(Answer::Wrong(why)) => complaints.push(why),
            Err(err) => complaints.push(err.to_string()),
        }
    }
    Ok((None, complaints))
}

impl Way {
    /// The whole home.
    pub(super) async fn home(&self) -> Result<Home, CliError> {
        match self {
            Self::Running(running) => Ok(running.home.clone()),
            Self::Alone { service, .. } => Ok(Arc::clone(service).look().await?),
            Self::Own(session) => Ok((*session.engine.snapshot().confirmed).clone()),
        }
    }

    /// The requests of this process; `None` if another process makes them.
    pub(super) fn api(&self) -> Option<Arc<dyn Api>> {
        match self {
            Self::Own(session) => Some(Arc::clone(session.api())),
            Self::Running(_) | Self::Alone { .. } => None,
        }
    }
}

impl Running {
    /// The home at the time when the backend was found.
    pub(super) fn home(&self) -> &Home {
        &self.home
    }

    /// Requests writes and waits for their outcomes.
    pub(super) async fn set(self, name: String, writes: Vec<crate::home::Write>) -> Result<Answer, CliError> {
        let odd = |err: PeerError| {
            CliError::new(
                5,
                match err {
                    // The next owner continues with the accepted writes.
                    PeerError::Unanswered(_) => format!("{err}; the change may have been taken, and the log tells"),
                    PeerError::Nobody | PeerError::Stranger | PeerError::Odd(_) => err.to_string(),
                },
            )
        };
        let ask = Ask::Set { account: self.account, name, writes };
        Peer::reach(&self.socket).await.map_err(odd)?.ask(ask).await.map_err(odd)
    }

    /// Follows the home.
    pub(super) async fn watch(self) -> Result<Peer, CliError> {
        let odd = |err: PeerError| CliError::new(5, err.to_string());
        let mut peer = Peer::reach(&self.socket).await.map_err(odd)?;
        peer.send(Ask::Watch(self.account)).await.map_err(odd)?;
        Ok(peer)
    }
}
