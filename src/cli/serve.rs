//! `setpoint serve`: the Works with Nest API in front of an account, until interrupted.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueHint};
use futures_util::FutureExt as _;
use futures_util::future::{join_all, select_all};
use secrecy::ExposeSecret as _;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::relay::{Relay, Start};
use super::simulate::interrupted;
use super::{CliError, Context, print, warn};
use crate::accounts::session::AccountSource;
use crate::bridge::{JoinedBackend, bridge_tokens};
use crate::clock::SystemClock;
use crate::engine::{Access, Connection};
use crate::wwn::server::{
    ApiService, Backend, Certificate, Config, Connections, Listeners, Randomness, ServerLimits, serve,
};

/// The maximum wait for the first home.
const FIRST_HOME: Duration = Duration::from_secs(30);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Listen on this address and port of this machine; port 0 lets the machine choose
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Redirect clients to this port for the document itself; port 0 lets the machine choose
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    api_port: u16,
    /// Name of this machine in links to clients; the certificate should be for this name
    #[arg(long, value_name = "HOST", requires = "certificate", value_parser = host_name)]
    name: Option<String>,
    /// Speak https with the certificate in this file (PEM), followed by its chain; needed for clients on other
    /// machines
    #[arg(long, value_name = "FILE", requires = "key", value_hint = ValueHint::FilePath)]
    certificate: Option<PathBuf>,
    /// The key of the certificate, in PEM form
    #[arg(long, value_name = "FILE", requires = "certificate", value_hint = ValueHint::FilePath)]
    key: Option<PathBuf>,
    /// Read the tokens of clients from this file, one per line, each optionally followed by read-only; a missing
    /// file is created with one token
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    token_file: Option<PathBuf>,
    /// Let clients see everything and change nothing
    #[arg(long)]
    read_only: bool,
    /// Serve all accounts of the settings as one home, instead of a single account
    #[arg(long)]
    all: bool,
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    let Arguments { listen, api_port, name, certificate, key, token_file, read_only, all } = arguments;
    let certificate = match certificate.zip(key) {
        Some((certificate, key)) => {
            Some(Certificate::read(&certificate, &key).map_err(|err| CliError::usage(err.to_string()))?)
        }
        None => None,
    };
    may_listen(listen, certificate.is_some(), name.as_deref())?;
    let tokens = bridge_tokens(token_file.as_deref(), read_only).map_err(CliError::usage)?;
    let shown_token =
        token_file.is_none().then(|| tokens.first().map(|(token, _)| token.expose_secret().to_owned())).flatten();
    let (front, api) = (bind(listen).await?, bind(SocketAddr::new(listen.ip(), api_port)).await?);
    let listeners = Listeners { front, api, certificate, name };
    let unknown = |err: std::io::Error| CliError::new(5, err.to_string());
    let (url, api_url) = (listeners.front_base().map_err(unknown)?, listeners.api_base().map_err(unknown)?);

    let accounts = Served::open(context, all).await?;
    let config = Config {
        products: Vec::new(),
        tokens,
        // The engine has a budget for the home; these limits only protect this machine from floods.
        limits: ServerLimits::default(),
        connections: Connections::default(),
        faults: Vec::new(),
        dice: fastrand::Rng::new(),
        keep_alive: Config::KEEP_ALIVE,
        random: Randomness::System,
        clock: SystemClock::shared(),
    };
    print(json!({
        "url": url, "api": api_url, "token": shown_token, "token_file": token_file,
        "through_running_program": accounts.is_through, "accounts": accounts.relays.len(),
    }))?;
    let backend = accounts.backend();
    let (ended, mut is_signed_out) = oneshot::channel();
    let signed_out = accounts.signed_out();
    let until = async move {
        tokio::select! {
            () = interrupted() => {}
            () = signed_out => drop(ended.send(())),
        }
    };
    let served = serve(listeners, ApiService::new(config, backend), until).await;
    warn(&"stopping");
    let left = accounts.close().await;
    if left > 0 {
        warn(&format!("changes that could not be sent: {left}"));
    }
    if is_signed_out.try_recv().is_ok() {
        return Err(CliError::new(4, "somebody signed out of the account; its token is used no more"));
    }
    served.map_err(|err| CliError::new(5, err.to_string()))
}

/// The served accounts.
struct Served {
    relays: Vec<Arc<Relay>>,
    tasks: Vec<(oneshot::Sender<()>, JoinHandle<usize>)>,
    /// True if another process owns an engine.
    is_through: bool,
}

impl Served {
    /// Opens the account, or all of them. Of several, those that cannot be opened now follow later.
    async fn open(context: &Context, all: bool) -> Result<Self, CliError> {
        let mut served = Self { relays: Vec::new(), tasks: Vec::new(), is_through: false };
        if !all {
            let source = context.source()?;
            let start = Start::find(&source).await?;
            served.is_through = start.is_through();
            served.add(source, Some(start), false);
            return Ok(served);
        }
        // Each account is looked for by a task of its own, so that one that is offline keeps no other from its
        // owner's duties.
        for source in context.all_sources()? {
            served.add(source, None, true);
        }
        let found = || served.relays.iter().map(|relay| relay.wait_until_found().boxed());
        if timeout(FIRST_HOME, join_all(found())).await.is_err() {
            // A client would take a home without any account for real.
            select_all(found()).await;
        }
        for relay in &served.relays {
            served.is_through |= relay.is_through().await;
        }
        Ok(served)
    }

    fn add(&mut self, source: AccountSource, start: Option<Start>, is_one_of_several: bool) {
        let relay = Relay::new(start.as_ref());
        let (stop, stopped) = oneshot::channel();
        let keeping = Arc::clone(&relay);
        let task = async move {
            let left = keeping.keep(source, start, stopped).await;
            if is_one_of_several {
                // After a sign-out the others go on without this home.
                keeping.show(Arc::default());
            }
            left
        };
        self.tasks.push((stop, tokio::spawn(task)));
        self.relays.push(relay);
    }

    fn backend(&self) -> Arc<dyn Backend> {
        let mut parts: Vec<Arc<dyn Backend>> = self.relays.iter().map(|relay| Arc::clone(relay) as _).collect();
        match (parts.len(), parts.pop()) {
            (1, Some(only)) => only,
            (_, last) => {
                parts.extend(last);
                Arc::new(JoinedBackend::new(parts, SystemClock::shared()))
            }
        }
    }

    /// Waits until the user has signed out of every account.
    fn signed_out(&self) -> impl Future<Output = ()> + Send + use<> {
        let relays = self.relays.clone();
        async move {
            for relay in relays {
                relay.signed_out.notified().await;
            }
        }
    }

    /// Sends pending writes, and ends. Returns the number of writes left.
    async fn close(self) -> usize {
        let (stops, tasks): (Vec<_>, Vec<_>) = self.tasks.into_iter().unzip();
        for stop in stops {
            stop.send(()).ok();
        }
        join_all(tasks).await.into_iter().filter_map(Result::ok).sum()
    }
}

/// Other machines need encryption and a name for links.
fn may_listen(listen: SocketAddr, is_encrypted: bool, name: Option<&str>) -> Result<(), CliError> {
    if !listen.ip().is_loopback() && !is_encrypted {
        return Err(CliError::usage(
            "without encryption the bridge is for this machine alone: choose an address such as 127.0.0.1:8888, or \
             give --certificate and --key",
        ));
    }
    if listen.ip().is_unspecified() && name.is_none() {
        return Err(CliError::usage(
            "clients are sent on to a second address: say with --name what they call this machine, as its \
             certificate does",
        ));
    }
    Ok(())
}

/// A host name without a port.
fn host_name(text: &str) -> Result<String, String> {
    let fits = url::Host::parse(text).is_ok() && !text.contains(':');
    if fits { Ok(text.to_owned()) } else { Err("this is no name of a machine, such as home.example.org".to_owned()) }
}

async fn bind(address: SocketAddr) -> Result<TcpListener, CliError> {
    let cannot = |err: std::io::Error| CliError::usage(format!("{address} cannot be listened on: {err}"));
    TcpListener::bind(address).await.map_err(cannot)
}

/// Waits for the first home, because a client would take an empty one for real.
///
/// With `at_once` the first failure ends the wait, for a command.
pub(super) async fn first_home(access: &mut Access, at_once: bool) -> Result<(), CliError> {
    let looking = async {
        loop {
            match access.snapshot().connection.clone() {
                Connection::Live => return Ok(()),
                Connection::SignedOut { why } => return Err(CliError::new(4, why.to_string())),
                Connection::Reconnecting { why: Some(why), .. } if at_once => {
                    return Err(CliError::new(5, why.to_string()));
                }
                Connection::Reconnecting { why: Some(why), .. } => warn(&format!("{why}; trying again")),
                Connection::Reconnecting { why: None, .. }
                | Connection::Connecting
                | Connection::Stale { .. }
                | Connection::Closed => {}
            }
            if !access.changed().await {
                return Err(CliError::new(5, "the account was closed"));
            }
        }
    };
    let late = || CliError::new(5, "the home was not there within 30 seconds");
    tokio::time::timeout(FIRST_HOME, looking).await.unwrap_or_else(|_late| Err(late()))
}
