//! The address on this machine to which the browser comes back after a sign-in.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use secrecy::SecretString;
use subtle::ConstantTimeEq as _;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// Why no code came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoopbackError {
    /// The port is taken.
    #[error("port {0} on this machine is in use; choose another for the sign-in")]
    PortInUse(u16),
    /// No port could be opened.
    #[error("no port could be opened for the sign-in: {0}")]
    NoPort(String),
    /// Nobody came back.
    #[error("the browser did not come back within {0} minutes; try again")]
    TimedOut(u64),
    /// The service said no.
    #[error("the service refused the sign-in ({0})")]
    Refused(String),
}

/// What the browser brought.
pub type Returned = Result<SecretString, LoopbackError>;

/// A listener for one sign-in.
pub struct Loopback {
    listener: TcpListener,
    address: SocketAddr,
}

impl Loopback {
    /// Opens a port; 0 lets the machine choose.
    pub async fn open(port: u16) -> Result<Self, LoopbackError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|err| {
            let in_use = err.kind() == std::io::ErrorKind::AddrInUse;
            if in_use { LoopbackError::PortInUse(port) } else { LoopbackError::NoPort(err.to_string()) }
        })?;
        let address = listener.local_addr().map_err(|err| LoopbackError::NoPort(err.to_string()))?;
        Ok(Self { listener, address })
    }

    /// The address to give to the service.
    pub fn redirect_uri(&self) -> String {
        format!("http://{}/callback", self.address)
    }

    /// Waits for the browser to bring a code with the right `state`; anything else that calls is
    /// answered with a page that says so, and the wait goes on.
    pub async fn code(self, state: String, within: Duration) -> Returned {
        let (tell, mut told) = mpsc::channel(1);
        let router = Router::new().route("/callback", get(callback)).with_state(Arc::new((state, tell)));
        let served = axum::serve(self.listener, router);
        tokio::select! {
            returned = told.recv() => {
                // The page still has to reach the browser.
                tokio::time::sleep(Duration::from_millis(200)).await;
                returned.unwrap_or_else(|| Err(LoopbackError::NoPort("the listener ended".to_owned())))
            }
            ended = served => Err(LoopbackError::NoPort(ended.err().map_or_else(String::new, |err| err.to_string()))),
            () = tokio::time::sleep(within) => Err(LoopbackError::TimedOut(within.as_secs() / 60)),
        }
    }
}

type Waiting = Arc<(String, mpsc::Sender<Returned>)>;

async fn callback(State(waiting): State<Waiting>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let (state, tell) = &*waiting;
    let same = query.get("state").is_some_and(|given| bool::from(given.as_bytes().ct_eq(state.as_bytes())));
    if !same {
        return page(StatusCode::BAD_REQUEST, "This sign-in was not started by Setpoint. Nothing was changed.");
    }
    let returned = match (query.get("code"), query.get("error")) {
        (Some(code), _) if !code.is_empty() => Ok(SecretString::from(code.as_str())),
        (_, Some(error)) => Err(LoopbackError::Refused(error.chars().take(200).collect())),
        _ => return page(StatusCode::BAD_REQUEST, "The service sent no code. Go back and try again."),
    };
    let text = match &returned {
        Ok(_) => "You are signed in. You can close this page and go back to Setpoint.",
        Err(_) => "The sign-in was refused. You can close this page and go back to Setpoint.",
    };
    tell.try_send(returned).ok();
    page(StatusCode::OK, text)
}

fn page(status: StatusCode, text: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Setpoint</title>\
         <body style=\"font:16px system-ui;margin:4rem\"><h1>Setpoint</h1><p>{text}</p>"
    );
    // The code is in this page's address: it must not be kept or passed on.
    let headers = [
        (HeaderName::from_static("cache-control"), "no-store"),
        (HeaderName::from_static("referrer-policy"), "no-referrer"),
    ];
    (status, headers, Html(html)).into_response()
}
