//! The server as a whole: its state, its two addresses, its shutdown.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::backend::Backend;
use super::connections::Connections;
use super::fault::{Fault, Faults};
use super::limits::{Changes, ServerLimits};
use super::oauth::{OAuthProducts, Product};
use super::rendering::Renderings;
use super::tls::Certificate;
use super::tokens::{Grant, Randomness, Token, Tokens};
use super::{api, connections, front};
use crate::clock::Clock;

/// Time that connections have to end when the server stops.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// The configuration of a server.
pub struct Config {
    /// The programs that may request access from users.
    pub products: Vec<Product>,
    /// Tokens that are valid from the start.
    pub tokens: Vec<(SecretString, Grant)>,
    /// Rate limits of clients.
    pub limits: ServerLimits,
    /// Limits on the number of clients and on the time that they may take.
    pub connections: Connections,
    /// The active faults.
    pub faults: Vec<Fault>,
    /// The random generator for faults with a chance.
    pub dice: fastrand::Rng,
    /// The longest silence of a stream, after which the server sends a keep-alive.
    pub keep_alive: Duration,
    /// The source of tokens, codes and PINs.
    pub random: Randomness,
    /// The clock for the expiry of codes.
    pub clock: Arc<dyn Clock>,
}

impl Config {
    /// The vendor's usual interval between keep-alives on a stream.
    pub const KEEP_ALIVE: Duration = Duration::from_secs(30);
}

/// The two bound addresses. The caller binds them, so that it may use any free port.
#[derive(Debug)]
pub struct Listeners {
    /// The front address, the first one that clients ask.
    pub front: TcpListener,
    /// The api address, the target of redirects.
    pub api: TcpListener,
    /// The certificate of both addresses; without one they use plain http and are for this machine only.
    pub certificate: Option<Certificate>,
    /// The host name that clients use for this machine; by default its address.
    pub name: Option<String>,
}

impl Listeners {
    /// Creates listeners for this machine only, without encryption.
    pub fn plain(front: TcpListener, api: TcpListener) -> Self {
        Self { front, api, certificate: None, name: None }
    }

    /// The base URL of the front address.
    pub fn front_base(&self) -> io::Result<String> {
        self.base(&self.front)
    }

    /// The base URL of the api address.
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

/// A server that is ready to run, and the handle on it while it runs.
#[derive(Clone)]
pub struct ApiService {
    pub(super) state: Arc<ServerState>,
}

/// The state that every request shares.
pub(super) struct ServerState {
    pub(super) backend: Arc<dyn Backend>,
    pub(super) tokens: Tokens,
    pub(super) sign_in: OAuthProducts,
    pub(super) connections: Connections,
    pub(super) changes: Changes,
    pub(super) faults: Faults,
    pub(super) views: Renderings,
    pub(super) keep_alive: Duration,
    random: Mutex<Randomness>,
    stopping: watch::Sender<bool>,
}

impl ServerState {
    /// Turns true when the server stops.
    pub(super) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Calls `using` with the source of random text.
    pub(super) fn with_random<T>(&self, using: impl FnOnce(&mut Randomness) -> T) -> T {
        using(&mut self.random.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Creates a token with a grant.
    pub(super) fn issue(&self, grant: Grant) -> SecretString {
        let token = self.with_random(Randomness::token);
        self.tokens.add_for_code(token.clone(), grant);
        token
    }

    /// Returns the token with this text, if it is valid.
    pub(super) fn token(&self, text: &str) -> Option<Arc<Token>> {
        self.tokens.find(text)
    }
}

impl ApiService {
    /// Creates a server in front of a home.
    pub fn new(config: Config, backend: Arc<dyn Backend>) -> Self {
        let Config { products, tokens: given, limits, connections, faults, dice, keep_alive, random, clock } = config;
        let tokens = Tokens::new(limits.calls, connections.of_one_token());
        for (token, grant) in given {
            tokens.add(token, grant);
        }
        let state = ServerState {
            backend,
            tokens,
            sign_in: OAuthProducts::new(products, clock),
            connections,
            changes: Changes::new(limits.changes),
            faults: Faults::new(faults, dice),
            views: Renderings::default(),
            keep_alive: keep_alive.max(Duration::from_millis(1)),
            random: Mutex::new(random),
            stopping: watch::Sender::new(false),
        };
        Self { state: Arc::new(state) }
    }

    /// Adds a valid token.
    pub fn add_token(&self, token: SecretString, grant: Grant) {
        self.state.tokens.add(token, grant);
    }

    /// Revokes a token and ends its streams with `auth_revoked`; true if the token was known.
    pub fn revoke(&self, token: &str) -> bool {
        self.state.tokens.revoke(token)
    }

    /// Replaces the active faults.
    pub fn replace_faults(&self, faults: Vec<Fault>) {
        self.state.faults.replace(faults);
    }

    /// Issues a PIN, as the consent page does for a product without a redirect address.
    pub fn issue_pin(&self, client_id: &str) -> Option<String> {
        let state = &self.state;
        state.with_random(|random| state.sign_in.issue_pin(client_id, random))
    }
}

/// Serves until `shutdown` completes, then ends every stream and returns.
pub async fn serve(
    listeners: Listeners,
    service: ApiService,
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
        // A client that neither reads nor disconnects must not keep the server alive.
        match tokio::time::timeout(LAST_WORDS, &mut part).await {
            Ok(ended) => ended.map_err(io::Error::other)??,
            Err(_) => part.abort(),
        }
    }
    Ok(())
}

/// Waits until a flag turns true; forever if the sender of the flag is gone.
pub(super) async fn turned(mut flag: watch::Receiver<bool>) {
    if flag.wait_for(|turned| *turned).await.is_err() {
        std::future::pending::<()>().await;
    }
}
