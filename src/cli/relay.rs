//! The home behind `setpoint serve`: that of the running program, as long as there is one with the
//! account open, and else of a session of this process.
//!
//! ```text
//!   old client ─> server ─> Relay ─┬─ Through: socket ─> engine of the running program
//!                                  └─ Own: bridge ─> engine of this process
//! ```
//!
//! So budget, journal and undo are those of the window. When the program ends, its files are free,
//! and the relay goes on alone; it does not go back to a later one, as clients should not feel each start.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::{RwLock, watch};

use super::serve::first_home;
use super::way::{self, Running};
use super::{CliError, Context, complain};
use crate::bridge::{Bridge, heard_of_a_write};
use crate::clock::{Clock, SystemClock};
use crate::desktop::instance::Peer;
use crate::desktop::instance::talk::{Answer, Ask, OpenAccount};
use crate::home::{Home, Write};
use crate::session::{Choice, Session};
use crate::settings::Places;
use crate::wwn::error::WwnError;
use crate::wwn::server::{Backend, Picture, PictureRequest};
use crate::wwn::wire;

/// A program that has just started needs a moment to reach the service.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN: Duration = Duration::from_secs(1);
/// After a failure that says more than that, and then longer and longer.
const AGAIN: Duration = Duration::from_secs(5);
const MOST_BETWEEN: Duration = Duration::from_mins(10);

/// A home that can be served, wherever its engine is.
pub(super) struct Relay {
    home: watch::Sender<Arc<Home>>,
    now: RwLock<Now>,
}

enum Now {
    /// Through the running program.
    Through(OpenAccount),
    /// Through an engine of our own.
    Own(Bridge),
    /// Between the two.
    Nobody,
}

/// Who has the engine at the start.
pub(super) enum Start {
    Through(Peer, Arc<Home>),
    Own(Box<Session>),
}

impl Start {
    /// Finds the running program, or opens a session.
    pub(super) async fn find(choice: &Choice) -> Result<Self, CliError> {
        let account = OpenAccount::from(choice);
        let until = tokio::time::Instant::now() + PATIENCE;
        loop {
            match way::running(&account).await {
                Ok(Some(running)) => {
                    let home = Arc::new(running.home().clone());
                    return Ok(Self::Through(Running::watch(running).await?, home));
                }
                Ok(None) => return open(choice.clone()).await.map(|session| Self::Own(Box::new(session))),
                Err(err) if tokio::time::Instant::now() >= until => return Err(err),
                Err(_not_yet) => tokio::time::sleep(BETWEEN).await,
            }
        }
    }
}

/// The service may be away as well just now, so this does not give up.
async fn find_again(choice: &Choice) -> Start {
    let mut pause = AGAIN;
    loop {
        match Start::find(choice).await {
            Ok(start) => return start,
            Err(err) => complain(&format!("{err}; trying again in {} s", pause.as_secs())),
        }
        tokio::time::sleep(pause).await;
        // A sign-in that is refused is not put right by asking.
        pause = (pause * 2).min(MOST_BETWEEN);
    }
}

async fn open(choice: Choice) -> Result<Session, CliError> {
    let clock: Arc<dyn Clock> = SystemClock::shared();
    let session = Session::open(choice, Context::vault(), Places::of_user().as_ref(), clock).await?;
    let mut access = session.engine.access();
    first_home(&mut access).await?;
    for notice in access.snapshot().notices.iter() {
        complain(&notice.trouble);
    }
    Ok(session)
}

impl Relay {
    /// A relay to where the engine is, and what keeps it going: to be run beside the server; it gives
    /// back the session that was opened, if one was.
    pub(super) fn new(choice: Choice, start: Start) -> (Arc<Self>, impl Future<Output = Session>) {
        let clock: Arc<dyn Clock> = SystemClock::shared();
        let home = match &start {
            Start::Through(_, home) => Arc::clone(home),
            Start::Own(session) => Arc::clone(&session.engine.snapshot().confirmed),
        };
        let relay = Arc::new(Self { home: watch::Sender::new(home), now: RwLock::new(Now::Nobody) });
        let ours = Arc::clone(&relay);
        (relay, async move {
            let mut start = start;
            loop {
                match start {
                    Start::Own(session) => {
                        *ours.now.write().await = Now::Own(Bridge::new(session.engine.access(), Arc::clone(&clock)));
                        return *session;
                    }
                    Start::Through(peer, home) => {
                        *ours.now.write().await = Now::Through(OpenAccount::from(&choice));
                        ours.show(home);
                        ours.follow(peer).await;
                    }
                }
                *ours.now.write().await = Now::Nobody;
                complain(&"the running program has ended, or closed the account; going on without it");
                start = find_again(&choice).await;
            }
        })
    }

    /// Shows the home of our own engine until that ends.
    pub(super) async fn follow_own(&self) {
        let home = match &*self.now.read().await {
            Now::Own(bridge) => Some(bridge.home()),
            Now::Through(_) | Now::Nobody => None,
        };
        let Some(mut home) = home else { return };
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
                Ok(Some(Answer::Home(json))) => match wire::parse(json.get().as_bytes()) {
                    Ok(home) => self.show(Arc::new(home)),
                    Err(err) => complain(&format!("the running program tells of its home in another way: {err}")),
                },
                // Its service is away; what was there stays.
                Ok(Some(Answer::NoHome(_))) => {}
                Ok(
                    Some(Answer::Done | Answer::NotOpen | Answer::Bridged(_) | Answer::Set { .. } | Answer::Wrong(_))
                    | None,
                )
                | Err(_) => return,
            }
        }
    }

    fn show(&self, present: Arc<Home>) {
        self.home.send_if_modified(|home| {
            let is_new = *home != present;
            *home = present;
            is_new
        });
    }
}

impl Backend for Relay {
    fn home(&self) -> watch::Receiver<Arc<Home>> {
        self.home.subscribe()
    }

    fn write(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<(), WwnError>> {
        Box::pin(async move {
            match &*self.now.read().await {
                Now::Own(bridge) => bridge.write(writes).await,
                Now::Through(account) => through(Ask::Bridged { account: account.clone(), writes }).await,
                Now::Nobody => Err(WwnError::unavailable()),
            }
        })
    }

    fn picture(&self, _wanted: PictureRequest) -> BoxFuture<'_, Result<Picture, WwnError>> {
        // The links in the document are those of the service itself; none leads here.
        Box::pin(async { Err(WwnError::not_found()) })
    }
}

/// A line of its own, so that one write need not wait for the home of another client.
async fn through(ask: Ask) -> Result<(), WwnError> {
    let Some(mut peer) = way::reach().await else { return Err(WwnError::unavailable()) };
    match peer.ask(ask).await {
        Ok(Answer::Bridged(said)) => heard_of_a_write(said.as_deref()),
        Ok(
            Answer::Done
            | Answer::NotOpen
            | Answer::NoHome(_)
            | Answer::Home(_)
            | Answer::Set { .. }
            | Answer::Wrong(_),
        )
        | Err(_) => Err(WwnError::unavailable()),
    }
}
