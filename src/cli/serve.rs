//! `setpoint serve`: the Works with Nest API in front of an account, until interrupted.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueHint};
use secrecy::ExposeSecret as _;
use serde_json::json;
use tokio::net::TcpListener;

use super::simulate::interrupted;
use super::{CliError, Context, complain, say};
use crate::bridge::{Bridge, bridge_tokens};
use crate::clock::SystemClock;
use crate::engine::{Access, Connection};
use crate::session::Session;
use crate::settings::Places;
use crate::wwn::server::{Backend, Config, Limits, Listeners, Randomness, Service, serve};

/// The home has to be there by then.
const FIRST_HOME: Duration = Duration::from_secs(30);
/// How long the end waits for writes that are on their way.
const LAST_WRITES: Duration = Duration::from_secs(2);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Listen on this address and port of this machine; port 0 lets the machine choose
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Take the tokens of clients from this file, one a line, each followed by read-only or not;
    /// it is made with one in it when it is not there
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    token_file: Option<PathBuf>,
    /// Let clients see everything and change nothing
    #[arg(long)]
    read_only: bool,
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    let Arguments { listen, token_file, read_only } = arguments;
    if !listen.ip().is_loopback() {
        return Err(CliError::usage(
            "without encryption the bridge is for this machine alone: choose an address such as 127.0.0.1:8888, and \
             put a proxy with a certificate before it for other machines",
        ));
    }
    let tokens = bridge_tokens(token_file.as_deref(), read_only).map_err(CliError::usage)?;
    let told =
        token_file.is_none().then(|| tokens.first().map(|(token, _)| token.expose_secret().to_owned())).flatten();
    let (front, api) = (bind(listen).await?, bind(SocketAddr::new(listen.ip(), 0)).await?);
    let address = |listener: &TcpListener| listener.local_addr().map_err(|err| CliError::new(5, err.to_string()));
    let (url, api_url) = (format!("http://{}", address(&front)?), format!("http://{}", address(&api)?));

    let clock = SystemClock::shared();
    let places = Places::of_user();
    let session = Session::open(context.choice()?, Context::vault(), places.as_ref(), Arc::clone(&clock) as _).await?;
    let mut access = session.engine.access();
    first_home(&mut access).await?;
    for notice in access.snapshot().notices.iter() {
        complain(&notice.trouble);
    }
    let backend: Arc<dyn Backend> = Arc::new(Bridge::new(access, Arc::clone(&clock) as _));
    let config = Config {
        products: Vec::new(),
        tokens,
        // The engine has a budget for the home itself; clients only must not flood this machine.
        limits: Limits::default(),
        faults: Vec::new(),
        dice: fastrand::Rng::new(),
        keep_alive: Config::KEEP_ALIVE,
        random: Randomness::System,
        clock,
    };
    say(json!({ "url": url, "api": api_url, "token": told, "token_file": token_file }))?;
    let served = serve(Listeners { front, api }, Service::new(config, backend), interrupted()).await;
    complain(&"stopping");
    let left = session.close(LAST_WRITES).await;
    if left > 0 {
        complain(&format!("changes that could not be sent: {left}"));
    }
    served.map_err(|err| CliError::new(5, err.to_string()))
}

async fn bind(address: SocketAddr) -> Result<TcpListener, CliError> {
    let cannot = |err: std::io::Error| CliError::usage(format!("{address} cannot be listened on: {err}"));
    TcpListener::bind(address).await.map_err(cannot)
}

/// Waits for the account; a client that found an empty home would take it for the truth.
async fn first_home(access: &mut Access) -> Result<(), CliError> {
    let looking = async {
        loop {
            match access.snapshot().connection.clone() {
                Connection::Live => return Ok(()),
                Connection::SignedOut { why } => return Err(CliError::new(4, why.to_string())),
                Connection::Reconnecting { why: Some(why), .. } => complain(&format!("{why}; trying again")),
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
