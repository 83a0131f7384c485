//! The loopback address to which the browser returns after a sign-in.

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

use crate::i18n::{Localizer, Message, ToMessage, display_english, english, message};

/// The reason why no code arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoopbackError {
    PortInUse(u16),
    /// No port could be opened.
    NoPort(String),
    /// The port was closed before the browser returned.
    Ended(String),
    /// The browser did not return within this many seconds.
    TimedOut(u64),
    /// The service refused the sign-in.
    Refused(String),
}

impl ToMessage for LoopbackError {
    fn to_message(&self) -> Message {
        match self {
            Self::PortInUse(port) => message!("back-port-in-use", port = *port),
            Self::NoPort(detail) => message!("back-no-port", detail = detail),
            Self::Ended(detail) => message!("back-ended").quoting(Some(detail)),
            Self::TimedOut(minutes) => message!("back-timed-out", minutes = *minutes),
            Self::Refused(said) => message!("reason-sign-in-refused").quoting(Some(said)),
        }
    }
}

display_english!(LoopbackError);

/// The code, or the reason why there is none.
pub type Returned = Result<SecretString, LoopbackError>;

/// The texts of the browser's last page: one or two plain sentences each, without markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// The code of the language, such as `en`.
    pub language: &'static str,
    /// The sign-in succeeded.
    pub signed_in: String,
    /// The service refused.
    pub refused: String,
    /// The service sent neither a code nor a reason.
    pub no_code: String,
    /// The `state` does not belong to this sign-in.
    pub not_ours: String,
}

impl Pages {
    /// The texts in the language of a localizer.
    pub fn localized(i18n: &Localizer) -> Self {
        let text = |id: &str| i18n.text(id).into_owned();
        Self {
            language: i18n.language().code(),
            signed_in: text("browser-signed-in"),
            refused: text("browser-refused"),
            no_code: text("browser-no-code"),
            not_ours: text("browser-not-ours"),
        }
    }
}

/// A listener for one sign-in.
pub struct Loopback {
    listener: TcpListener,
    address: SocketAddr,
    pages: Pages,
}

impl Loopback {
    /// Opens a port; 0 lets the system choose.
    pub async fn open(port: u16) -> Result<Self, LoopbackError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|err| {
            let in_use = err.kind() == std::io::ErrorKind::AddrInUse;
            if in_use { LoopbackError::PortInUse(port) } else { LoopbackError::NoPort(err.to_string()) }
        })?;
        let address = listener.local_addr().map_err(|err| LoopbackError::NoPort(err.to_string()))?;
        Ok(Self { listener, address, pages: Pages::localized(english()) })
    }

    /// Sets the texts in another language than English.
    #[must_use]
    pub fn saying(self, pages: Pages) -> Self {
        Self { pages, ..self }
    }

    /// The redirect address for the service.
    pub fn redirect_uri(&self) -> String {
        Self::redirect_to(self.address.port())
    }

    /// The redirect address for a port that is not open yet.
    pub fn redirect_to(port: u16) -> String {
        format!("http://{}/callback", SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
    }

    /// Waits for a code with the right `state`. Any other request gets a page that says so, and the wait goes
    /// on.
    pub async fn code(self, state: String, within: Duration) -> Returned {
        let (tell, mut received) = mpsc::channel(1);
        let router = Router::new().route("/callback", get(callback)).with_state(Arc::new(PendingSignIn {
            state,
            tell,
            pages: self.pages,
        }));
        let served = axum::serve(self.listener, router);
        tokio::select! {
            returned = received.recv() => {
                // The page still has to reach the browser.
                tokio::time::sleep(Duration::from_millis(200)).await;
                returned.unwrap_or_else(|| Err(LoopbackError::Ended("the listener ended".to_owned())))
            }
            ended = served => {
                let detail = ended.err().map_or_else(|| "the listener ended".to_owned(), |err| err.to_string());
                Err(LoopbackError::Ended(detail))
            }
            () = tokio::time::sleep(within) => Err(LoopbackError::TimedOut(within.as_secs() / 60)),
        }
    }
}

struct PendingSignIn {
    state: String,
    tell: mpsc::Sender<Returned>,
    pages: Pages,
}

async fn callback(
    State(waiting): State<Arc<PendingSignIn>>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let PendingSignIn { state, tell, pages } = &*waiting;
    let same = query.get("state").is_some_and(|given| bool::from(given.as_bytes().ct_eq(state.as_bytes())));
    if !same {
        return page(StatusCode::BAD_REQUEST, pages.language, &pages.not_ours);
    }
    let returned = match (query.get("code"), query.get("error")) {
        (Some(code), _) if !code.is_empty() => Ok(SecretString::from(code.as_str())),
        (_, Some(error)) => Err(LoopbackError::Refused(error.chars().take(200).collect())),
        _ => return page(StatusCode::BAD_REQUEST, pages.language, &pages.no_code),
    };
    let text = match &returned {
        Ok(_) => &pages.signed_in,
        Err(_) => &pages.refused,
    };
    tell.try_send(returned).ok();
    page(StatusCode::OK, pages.language, text)
}

fn page(status: StatusCode, language: &str, text: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang={language}><meta charset=utf-8><title>Setpoint</title>\
         <body style=\"font:16px system-ui;margin:4rem\"><h1>Setpoint</h1><p>{text}</p>"
    );
    // The address of this page contains the code: it must not be cached or passed on.
    let headers = [
        (HeaderName::from_static("cache-control"), "no-store"),
        (HeaderName::from_static("referrer-policy"), "no-referrer"),
    ];
    (status, headers, Html(html)).into_response()
}
