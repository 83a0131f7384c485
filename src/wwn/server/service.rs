//! The server as a whole: its state, its two addresses, its end.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::backend::Backend;
use super::connections::Connections;
use super::fault::{Fault, Faults};
use super::limits::{Changes, Limits};
use super::oauth::{Product, SignIn};
use super::rendering::Views;
use super::tls::Certificate;
use super::tokens::{Grant, Randomness, Token, Tokens};
use super::{api, connections, front};
use crate::clock::Clock;

/// How long connections may take to end when the server stops.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// What a server is made with.
pub struct Config {
    /// The programs that may ask users for access.
    pub products: Vec<Product>,
    /// Tokens that are good from the start.
    pub tokens: Vec<(SecretString, Grant)>,
    /// How much clients may ask for.
    pub limits: Limits,
    /// How many clients there may be, and how long they may take.
    pub connections: Connections,
    /// What goes wrong.
    pub faults: Vec<Fault>,
    /// Dice for faults that come by chance.
    pub dice: fastrand::Rng,
    /// How long a stream is silent at most.
    pub keep_alive: Duration,
    /// Where tokens, codes and PINs come from.
    pub random: Randomness,
    /// Tells when codes expire.
    pub clock: Arc<dyn Clock>,
}

impl Config {
    /// The vendor's usual interval between signs of life on a stream.
    pub const KEEP_ALIVE: Duration = Duration::from_secs(30);
}

/// The two addresses, already bound, so that a caller may ask for any free port.
#[derive(Debug)]
pub struct Listeners {
    /// Where clients begin.
    pub front: TcpListener,
    /// Where they are sent.
    pub api: TcpListener,
    /// Encrypts both; without one they are for this machine.
    pub certificate: Option<Certificate>,
    /// What clients call this machine; its address, where nothing is said.
    pub name: Option<String>,
}

impl Listeners {
    /// On this machine alone, without encryption.
    pub fn plain(front: TcpListener, api: TcpListener) -> Self {
        Self { front, api, certificate: None, name: None }
    }

    /// Where clients begin.
    pub fn front_base(&self) -> io::Result<String> {
        self.base(&self.front)
    }

    /// Where they are sent.
    pub fn api_base(&self) -> io::Result<String> {
        self.base(&self.api)
    }

    fn base(&self, listener: &TcpListener) -> io::Result<String> {
        let address = listener.local_addr()?;
        let scheme = if self.certificate.is_some() { "https" } else { "http" };
        Ok(match &self.name {
            Some(name) => format!("{scheme}://{name}:{}", address.port()),
            None => format!("{scheme}://{address}"),
        })
    }
}

/// A server that is ready to run; a handle on it while it does.
#[derive(Clone)]
pub struct Service {
    pub(super) state: Arc<State>,
}

/// What every request can reach.
pub(super) struct State {
    pub(super) backend: Arc<dyn Backend>,
    pub(super) tokens: Tokens,
    pub(super) sign_in: SignIn,
    pub(super) connections: Connections,
    pub(super) changes: Changes,
    pub(super) faults: Faults,
    pub(super) views: Views,
    pub(super) keep_alive: Duration,
    random: Mutex<Randomness>,
    stopping: watch::Sender<bool>,
}

impl State {
    /// Turns true when the server stops.
    pub(super) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Uses the source of unguessable text.
    pub(super) fn with_random<T>(&self, using: impl FnOnce(&mut Randomness) -> T) -> T {
        using(&mut self.random.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes a token and gives it a grant.
    pub(super) fn issue(&self, grant: Grant) -> SecretString {
        let token = self.with_random(Randomness::token);
        self.tokens.add_for_code(token.clone(), grant);
        token
    }

    /// The token that a request carries, if it is good.
    pub(super) fn token(&self, text: &str) -> Option<Arc<Token>> {
        self.tokens.find(text)
    }
}

impl Service {
    /// A server in front of a home.
    pub fn new(config: Config, backend: Arc<dyn Backend>) -> Self {
        let Config { products, tokens: given, limits, connections, faults, dice, keep_alive, random, clock } = config;
        let tokens = Tokens::new(limits.calls, connections.of_one_token());
        for (token, grant) in given {
            tokens.add(token, grant);
        }
        let state = State {
            backend,
            tokens,
            sign_in: SignIn::new(products, clock),
            connections,
            changes: Changes::new(limits.changes),
            faults: Faults::new(faults, dice),
            views: Views::default(),
            keep_alive: keep_alive.max(Duration::from_millis(1)),
            random: Mutex::new(random),
            stopping: watch::Sender::new(false),
        };
        Self { state: Arc::new(state) }
    }

    /// Makes another token good.
    pub fn add_token(&self, token: SecretString, grant: Grant) {
        self.state.tokens.add(token, grant);
    }

    /// Takes a token back; says whether there was one. Its streams say so and end.
    pub fn revoke(&self, token: &str) -> bool {
        self.state.tokens.revoke(token)
    }

    /// What goes wrong from now on.
    pub fn replace_faults(&self, faults: Vec<Fault>) {
        self.state.faults.replace(faults);
    }

    /// A PIN that a user could have been shown, for a product without a redirect address.
    pub fn issue_pin(&self, client_id: &str) -> Option<String> {
        let state = &self.state;
        state.with_random(|random| state.sign_in.issue_pin(client_id, random))
    }
}

/// Serves until `shutdown` is done, then ends every stream and returns.
pub async fn serve(
    listeners: Listeners,
    service: Service,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let bases = front::Bases { front: listeners.front_base()?, api: listeners.api_base()? };
    let state = service.state;
    let certificate = listeners.certificate;
    let front = front::router(Arc::clone(&state), bases.clone());
    let api = api::router(Arc::clone(&state), bases);
    let run = |listener, router| {
        tokio::spawn(connections::serve(listener, certificate.clone(), router, state.connections, state.stopping()))
    };
    let (front, api) = (run(listeners.front, front), run(listeners.api, api));
    shutdown.await;
    state.stopping.send_replace(true);
    for mut part in [front, api] {
        // A client that neither reads nor hangs up must not keep the server alive.
        match tokio::time::timeout(LAST_WORDS, &mut part).await {
            Ok(ended) => ended.map_err(io::Error::other)??,
            Err(_) => part.abort(),
        }
    }
    Ok(())
}

/// Waits until a flag turns true; for ever when nobody is left to turn it.
pub(super) async fn turned(mut flag: watch::Receiver<bool>) {
    if flag.wait_for(|turned| *turned).await.is_err() {
        std::future::pending::<()>().await;
    }
}
