//! Sign-in: codes for products, tokens for codes, and the revocation of tokens.
//!
//! A code is *pending* from the moment the user allows access until it is exchanged (once) or expires: a PIN has
//! 8 characters, is typed by the user and lives 48 hours; a code in a redirect has 16 characters and lives 10
//! minutes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::{Path, Request, State as Shared};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use url::Url;

use super::answer::{self, HttpAnswer};
use super::permissions::Permissions;
use super::service::ServerState;
use super::tokens::{Grant, Randomness, equal};
use super::write::{BODY_LIMIT, BODY_TIME};
use crate::clock::Clock;
use crate::wwn::error::WwnError;

const PIN_LENGTH: usize = 8;
const PIN_LIFE: SignedDuration = SignedDuration::from_hours(48);
const CODE_LENGTH: usize = 16;
const CODE_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// Ten years, in seconds: tokens of this service practically never expire.
const TOKEN_LIFE_S: u64 = 315_360_000;
/// The largest number of pending codes, because codes that are never exchanged must not accumulate.
const MOST_CODES: usize = 1000;

/// A program that may request access from users.
#[derive(Debug, Clone)]
pub struct Product {
    /// The public client id.
    pub client_id: String,
    pub client_secret: SecretString,
    /// The name on the consent page.
    pub name: String,
    /// The allowed redirect addresses, besides any loopback address.
    pub redirect_uris: Vec<Url>,
    /// The permissions that the product requests.
    pub permissions: Permissions,
    /// The version of the permissions.
    pub client_version: i64,
    /// The user that allows access.
    pub user_id: String,
}

impl Product {
    /// True if a redirect to this address is allowed.
    pub(super) fn may_redirect_to(&self, address: &Url) -> bool {
        let loopback = match address.host() {
            Some(url::Host::Domain(name)) => name == "localhost",
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        };
        let plain = matches!(address.scheme(), "http" | "https") && address.username().is_empty();
        self.redirect_uris.contains(address) || (plain && loopback)
    }

    fn grant(&self) -> Grant {
        Grant { permissions: self.permissions, client_version: self.client_version, user_id: self.user_id.clone() }
    }
}

/// The products and their pending codes.
pub(super) struct OAuthProducts {
    products: Vec<Product>,
    clock: Arc<dyn Clock>,
    codes: Mutex<Vec<PendingCode>>,
    /// Marks of forms that are shown but not sent yet. A page of another site does not know a mark, so it cannot
    /// send the form.
    forms: Mutex<Vec<String>>,
}

struct PendingCode {
    text: String,
    client_id: String,
    redirect_uri: Option<Url>,
    expires: Timestamp,
}

impl OAuthProducts {
    pub(super) fn new(products: Vec<Product>, clock: Arc<dyn Clock>) -> Self {
        Self { products, clock, codes: Mutex::default(), forms: Mutex::default() }
    }

    pub(super) fn product(&self, client_id: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.client_id == client_id)
    }

    /// Issues a PIN for the user to type; `None` for an unknown product.
    pub(super) fn issue_pin(&self, client_id: &str, random: &mut Randomness) -> Option<String> {
        self.product(client_id)?;
        let pin = random.text(PIN_LENGTH).to_uppercase();
        self.keep(PendingCode {
            text: pin.clone(),
            client_id: client_id.to_owned(),
            redirect_uri: None,
            expires: self.after(PIN_LIFE),
        });
        Some(pin)
    }

    pub(super) fn issue_code(&self, product: &Product, redirect_uri: &Url, random: &mut Randomness) -> String {
        let text = random.text(CODE_LENGTH);
        self.keep(PendingCode {
            text: text.clone(),
            client_id: product.client_id.clone(),
            redirect_uri: Some(redirect_uri.clone()),
            expires: self.after(CODE_LIFE),
        });
        text
    }

    /// Creates a mark for a form that is shown now.
    pub(super) fn show_form(&self, random: &mut Randomness) -> String {
        let mark = random.text(32);
        let mut forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        if forms.len() >= MOST_CODES {
            forms.remove(0);
        }
        forms.push(mark.clone());
        mark
    }

    /// True if a form with this mark was shown. Removes the mark, so that it is valid once.
    pub(super) fn take_form(&self, mark: &str) -> bool {
        let mut forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        let shown = forms.iter().position(|form| equal(form, mark));
        shown.map(|place| forms.remove(place)).is_some()
    }

    fn after(&self, life: SignedDuration) -> Timestamp {
        self.clock.now().checked_add(life).unwrap_or(Timestamp::MAX)
    }

    fn keep(&self, code: PendingCode) {
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        if codes.len() >= MOST_CODES {
            codes.remove(0);
        }
        codes.push(code);
    }

    /// Redeems a code. A code can be redeemed once.
    fn redeem(&self, text: &str, product: &Product, redirect_uri: Option<&str>) -> Result<Grant, OAuthError> {
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        // The user types a PIN, so its letters may have either case.
        let is_it = |code: &PendingCode| match code.redirect_uri {
            None => equal(&code.text, &text.to_uppercase()),
            Some(_) => equal(&code.text, text),
        };
        let place = codes.iter().position(|code| code.client_id == product.client_id && is_it(code));
        let code = codes.remove(place.ok_or(OAuthError::CodeNotFound)?);
        if code.expires < self.clock.now() {
            return Err(OAuthError::CodeExpired);
        }
        match (&code.redirect_uri, redirect_uri) {
            (Some(wanted), Some(given))
                if wanted.as_str() != given && Url::parse(given).ok().as_ref() != Some(wanted) =>
            {
                Err(OAuthError::RedirectNotRegistered)
            }
            _ => Ok(product.grant()),
        }
    }
}

/// The reason that the server issues no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OAuthError {
    Missing(&'static str),
    UnknownClient,
    WrongSecret,
    GrantType,
    CodeNotFound,
    CodeExpired,
    RedirectNotRegistered,
}

impl OAuthError {
    pub(super) fn body(self) -> Value {
        let (error, description) = match self {
            Self::Missing(name) => ("oauth2_error", format!("missing required parameters: {name}")),
            Self::UnknownClient => ("oauth2_error", "client not active".to_owned()),
            // No recording exists; the text is ours.
            Self::WrongSecret => ("oauth2_error", "client secret not valid".to_owned()),
            Self::GrantType => ("oauth2_error", "grant_type must be authorization_code".to_owned()),
            Self::CodeNotFound => ("oauth2_error", "authorization code not found".to_owned()),
            Self::CodeExpired => ("oauth2_error", "authorization code expired".to_owned()),
            Self::RedirectNotRegistered => ("input_data_error", "redirect_uri not pre-registered".to_owned()),
        };
        json!({"error": error, "error_description": description})
    }

    pub(super) fn answer(self) -> HttpAnswer {
        no_store(answer::json(StatusCode::BAD_REQUEST, vec![Bytes::from(self.body().to_string())]))
    }
}

/// `POST /oauth2/access_token`: exchanges a code for a token. The parameters may be in the body, which is safer,
/// or in the query.
pub(super) async fn exchange(Shared(state): Shared<Arc<ServerState>>, request: Request) -> HttpAnswer {
    let (parts, body) = request.into_parts();
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let Some(form) = read_form(body).await else { return answer::error(&WwnError::too_large()) };
    let mut parameters = parameters(query.as_bytes());
    parameters.extend(self::parameters(&form));
    match token_for(&state, &parameters) {
        Ok(token) => {
            let body = json!({"access_token": token.expose_secret(), "expires_in": TOKEN_LIFE_S});
            no_store(answer::json(StatusCode::OK, vec![Bytes::from(body.to_string())]))
        }
        Err(error) => error.answer(),
    }
}

fn token_for(state: &ServerState, parameters: &BTreeMap<String, String>) -> Result<SecretString, OAuthError> {
    let given = |name| parameters.get(name).map(String::as_str).filter(|value| !value.is_empty());
    let required = |name| given(name).ok_or(OAuthError::Missing(name));
    let client_id = required("client_id")?;
    let secret = required("client_secret")?;
    let code = required("code")?;
    if required("grant_type")? != "authorization_code" {
        return Err(OAuthError::GrantType);
    }
    let product = state.sign_in.product(client_id).ok_or(OAuthError::UnknownClient)?;
    if !equal(product.client_secret.expose_secret(), secret) {
        return Err(OAuthError::WrongSecret);
    }
    let grant = state.sign_in.redeem(code, product, given("redirect_uri"))?;
    Ok(state.issue(grant))
}

/// `DELETE /oauth2/access_tokens/<token>`: revokes a token.
pub(super) async fn revoke(Shared(state): Shared<Arc<ServerState>>, Path(token): Path<String>) -> HttpAnswer {
    if state.tokens.revoke(&token) {
        no_store(answer::with_type(StatusCode::NO_CONTENT, "application/json", Body::empty()))
    } else {
        answer::error(&WwnError::not_found())
    }
}

/// Reads the body of a form; `None` if it is larger than any form of ours or does not arrive.
pub(super) async fn read_form(body: Body) -> Option<Bytes> {
    tokio::time::timeout(BODY_TIME, to_bytes(body, BODY_LIMIT)).await.ok()?.ok()
}

pub(super) fn parameters(form: &[u8]) -> BTreeMap<String, String> {
    url::form_urlencoded::parse(form).into_owned().collect()
}

/// Forbids caches to store an answer.
pub(super) fn no_store(mut answer: HttpAnswer) -> HttpAnswer {
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
