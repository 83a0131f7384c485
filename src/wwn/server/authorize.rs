//! The page on which a user allows a product to see and control the home.
//!
//! Only the page itself can send the form: the form carries a mark that is valid once, the page refuses to be
//! shown in a frame, and the server does not serve it under other host names.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::header::{CONTENT_SECURITY_POLICY, HOST, LOCATION, REFERRER_POLICY, X_FRAME_OPTIONS};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use url::Url;

use super::answer::{self, HttpAnswer};
use super::oauth::{OAuthError, Product, no_store, parameters, read_form};
use super::service::ServerState;
use crate::wwn::error::WwnError;

/// `GET /login/oauth2?client_id=…&state=…`: shows the consent page.
pub(super) async fn consent_page(Shared(state): Shared<Arc<ServerState>>, request: Request) -> HttpAnswer {
    let (parts, _) = request.into_parts();
    if !is_ours(&parts) {
        return answer::error(&WwnError::forbidden());
    }
    let parameters = parameters(parts.uri.query().unwrap_or_default().as_bytes());
    match Asked::read(&state, &parameters) {
        Ok(consent) => {
            let mark = state.with_random(|random| state.sign_in.show_form(random));
            page(StatusCode::OK, "Allow access", &consent.form(&mark))
        }
        Err(error) => refused(error),
    }
}

/// `POST /login/oauth2`: handles the user's decision.
pub(super) async fn decide(Shared(state): Shared<Arc<ServerState>>, request: Request) -> HttpAnswer {
    let (parts, body) = request.into_parts();
    if !is_ours(&parts) {
        return answer::error(&WwnError::forbidden());
    }
    let Some(form) = read_form(body).await else { return answer::error(&WwnError::too_large()) };
    let parameters = parameters(&form);
    let consent = match Asked::read(&state, &parameters) {
        Ok(consent) => consent,
        Err(error) => return refused(error),
    };
    if !parameters.get("form").is_some_and(|mark| state.sign_in.take_form(mark)) {
        return page(
            StatusCode::BAD_REQUEST,
            "Please ask again",
            "<p>This form was already sent. Go back and ask again.</p>",
        );
    }
    let allowed = parameters.get("decision").is_some_and(|decision| decision == "allow");
    consent.conclude(&state, allowed)
}

/// A valid request for access.
struct Asked<'a> {
    product: &'a Product,
    redirect_uri: Option<Url>,
    state: String,
}

impl<'a> Asked<'a> {
    fn read(state: &'a ServerState, parameters: &BTreeMap<String, String>) -> Result<Self, OAuthError> {
        let given = |name| parameters.get(name).filter(|value| !value.is_empty());
        let client_id = given("client_id").ok_or(OAuthError::Missing("client_id"))?;
        let product = state.sign_in.product(client_id).ok_or(OAuthError::UnknownClient)?;
        let own_state = given("state").ok_or(OAuthError::Missing("state"))?;
        let redirect_uri = given("redirect_uri")
            .map(|address| Url::parse(address).ok().filter(|address| product.may_redirect_to(address)))
            .map(|address| address.ok_or(OAuthError::RedirectNotRegistered))
            .transpose()?;
        Ok(Self { product, redirect_uri, state: own_state.clone() })
    }

    fn form(&self, mark: &str) -> String {
        let mut form = format!("<h1>Allow access to your home?</h1><p>{} asks to</p><ul>", escape(&self.product.name));
        for sentence in self.product.permissions.sentences() {
            form.extend(["<li>", sentence, "</li>"]);
        }
        form.push_str("</ul><form method=\"post\" action=\"/login/oauth2\">");
        let hidden = [
            ("client_id", self.product.client_id.as_str()),
            ("state", self.state.as_str()),
            ("redirect_uri", self.redirect_uri.as_ref().map_or("", Url::as_str)),
            ("form", mark),
        ];
        for (name, value) in hidden {
            form.extend(["<input type=\"hidden\" name=\"", name, "\" value=\"", &escape(value), "\">"]);
        }
        form.push_str(
            "<button name=\"decision\" value=\"allow\">Allow</button> \
             <button name=\"decision\" value=\"deny\">Do not allow</button></form>",
        );
        form
    }

    fn conclude(self, state: &ServerState, allowed: bool) -> HttpAnswer {
        let Some(mut address) = self.redirect_uri.clone() else {
            if !allowed {
                return page(StatusCode::OK, "Not allowed", "<h1>Not allowed</h1><p>You can close this page.</p>");
            }
            let pin = state.with_random(|random| state.sign_in.issue_pin(&self.product.client_id, random));
            let text = format!(
                "<h1>Your PIN</h1><p>Type it into {} within 48 hours. It works once.</p><p><output>{}</output></p>",
                escape(&self.product.name),
                pin.unwrap_or_default(),
            );
            return page(StatusCode::OK, "Your PIN", &text);
        };
        if allowed {
            let code = state.with_random(|random| state.sign_in.issue_code(self.product, &address, random));
            address.query_pairs_mut().append_pair("state", &self.state).append_pair("code", &code);
        } else {
            address.query_pairs_mut().append_pair("state", &self.state).append_pair("error", "access_denied");
        }
        let mut answer = no_store(answer::with_type(StatusCode::SEE_OTHER, "text/plain", Body::empty()));
        if let Ok(location) = HeaderValue::from_str(address.as_str()) {
            answer.headers_mut().insert(LOCATION, location);
        }
        answer
    }
}

/// True if the request names this server by its address or as `localhost`. Another site can point its own name
/// here and read the page that a browser gets, but it cannot take these names.
fn is_ours(parts: &Parts) -> bool {
    let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    let Some(url) = host.and_then(|host| Url::parse(&format!("http://{host}/")).ok()) else { return false };
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(_) | url::Host::Ipv6(_)) => true,
        None => false,
    }
}

fn refused(error: OAuthError) -> HttpAnswer {
    error.answer()
}

fn page(status: StatusCode, title: &str, content: &str) -> HttpAnswer {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>\
         :root{{color-scheme:light dark}}body{{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}}\
         button{{font:inherit;padding:.5rem 1.2rem}}output{{font:2rem monospace;letter-spacing:.2em}}\
         </style></head><body><main>{content}</main></body></html>"
    );
    let mut answer = no_store(answer::with_type(status, "text/html; charset=utf-8", Body::from(html)));
    let headers = answer.headers_mut();
    // No `form-action`: browsers also apply it to the redirect after the form.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            plain => escaped.push(plain),
        }
    }
    escaped
}
