//! The way to a home: through the running program, or alone.

use std::sync::Arc;

use super::{CliError, Context, complain};
use crate::desktop::instance::talk::{Answer, Ask, OpenAccount};
use crate::desktop::instance::{Peer, PeerError, socket_of};
use crate::home::Home;
use crate::http::Api;
use crate::service::Service;
use crate::session::{Choice, Connected, SessionError};
use crate::settings::Places;
use crate::wwn::wire;

/// How a command reaches a home.
pub(super) enum Way {
    /// The running program has this account open: its engine, budget and journal are used.
    Running(Running),
    /// No running program has it open.
    Alone {
        /// Which account.
        choice: Choice,
        /// Its service.
        service: Arc<dyn Service>,
        /// The same for requests that a person words.
        api: Arc<dyn Api>,
    },
}

/// A running program with the account open.
pub(super) struct Running {
    peer: Peer,
    account: OpenAccount,
    home: Home,
}

impl Context {
    /// Finds the way. A running program that does not answer is as good as none.
    pub(super) async fn way(&self) -> Result<Way, CliError> {
        let choice = match self.choice() {
            Ok(choice) => choice,
            // With no account the running program shows the simulated home.
            Err(SessionError::NoAccount) => match running(&OpenAccount::Simulated).await? {
                Some(running) => return Ok(Way::Running(running)),
                None => return Err(SessionError::NoAccount.into()),
            },
            Err(err) => return Err(err.into()),
        };
        if let Some(running) = running(&OpenAccount::from(&choice)).await? {
            return Ok(Way::Running(running));
        }
        let Connected { service, api, .. } = choice.connect(&Self::vault())?;
        Ok(Way::Alone { choice, service, api })
    }
}

pub(super) async fn reach() -> Option<Peer> {
    let places = Places::of_user()?;
    match Peer::reach(&socket_of(&places.config, &places.data)).await {
        Ok(peer) => Some(peer),
        Err(PeerError::Nobody) => None,
        Err(err @ (PeerError::Stranger | PeerError::Odd(_))) => {
            complain(&err);
            None
        }
    }
}

pub(super) async fn running(account: &OpenAccount) -> Result<Option<Running>, CliError> {
    let Some(mut peer) = reach().await else { return Ok(None) };
    match peer.ask(Ask::Home(account.clone())).await {
        Ok(Answer::Home(json)) => {
            let home = wire::parse(json.get().as_bytes()).map_err(|err| CliError::new(5, err.to_string()))?;
            // Each line asks once.
            let Some(peer) = reach().await else { return Ok(None) };
            Ok(Some(Running { peer, account: account.clone(), home }))
        }
        Ok(Answer::NoHome(why)) => {
            let why = why.map_or_else(String::new, |why| format!(" ({why})"));
            Err(CliError::new(5, format!("the running program has not reached the service yet{why}")))
        }
        Ok(Answer::NotOpen) => Ok(None),
        Ok(Answer::Done | Answer::Bridged(_) | Answer::Set { .. }) => {
            complain(&"the running program gave another answer; going on without it");
            Ok(None)
        }
        Ok(Answer::Wrong(why)) => {
            complain(&format!("{why}; going on without it"));
            Ok(None)
        }
        Err(err) => {
            complain(&format!("{err}; going on without it"));
            Ok(None)
        }
    }
}

impl Way {
    /// The whole home.
    pub(super) async fn home(&self) -> Result<Home, CliError> {
        match self {
            Self::Running(running) => Ok(running.home.clone()),
            Self::Alone { service, .. } => Ok(Arc::clone(service).look().await?),
        }
    }
}

impl Running {
    /// The home as it was when the way was found.
    pub(super) fn home(&self) -> &Home {
        &self.home
    }

    /// Asks for changes and waits for what becomes of them.
    pub(super) async fn set(mut self, name: String, writes: Vec<crate::home::Write>) -> Result<Answer, CliError> {
        let ask = Ask::Set { account: self.account, name, writes };
        self.peer.ask(ask).await.map_err(|err| CliError::new(5, err.to_string()))
    }

    /// Follows the home.
    pub(super) async fn watch(mut self) -> Result<Peer, CliError> {
        let asked = self.peer.send(Ask::Watch(self.account)).await;
        asked.map_err(|err| CliError::new(5, err.to_string()))?;
        Ok(self.peer)
    }
}
