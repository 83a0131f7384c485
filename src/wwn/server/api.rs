//! The api address: the document itself, and the cameras' pictures.

use std::sync::Arc;
use std::sync::PoisonError;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::header::{ACCEPT, AUTHORIZATION, CACHE_CONTROL};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode};
use bytes::Bytes;
use tokio::time::Instant;

use super::answer::{self, HttpAnswer};
use super::backend::{PictureKind, PictureRequest};
use super::fault::Mishap;
use super::front::{Bases, moved};
use super::path::DataPath;
use super::service::ServerState;
use super::tokens::Token;
use super::{stream, write};
use crate::home::DeviceId;
use crate::wwn::error::WwnError;

/// The path prefix of pictures. Their links carry keys of their own in place of tokens.
pub(super) const PICTURES: &str = "/pictures/";

#[derive(Clone)]
struct ApiState {
    state: Arc<ServerState>,
    bases: Arc<Bases>,
}

pub(super) fn router(state: Arc<ServerState>, bases: Bases) -> Router {
    Router::new().fallback(handle).with_state(ApiState { state, bases: Arc::new(bases) })
}

async fn handle(Shared(api): Shared<ApiState>, request: Request) -> HttpAnswer {
    let (parts, body) = request.into_parts();
    let state = &api.state;
    let latency = state.faults.latency();
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    match state.faults.mishap() {
        Some(Mishap::Error(error)) if error.status == 429 => return answer::blocked(std::time::Duration::from_secs(2)),
        Some(Mishap::Error(error)) => return answer::error(&error),
        Some(Mishap::Html) => return hotel_page(),
        Some(Mishap::Redirect) => return answer::redirect(&moved(&api.bases.front, &parts.uri)),
        None => {}
    }
    let answered = if parts.uri.path().starts_with(PICTURES) {
        picture(state, &parts).await
    } else {
        data(state, &parts, body).await
    };
    answered.unwrap_or_else(|error| answer::error(&error))
}

async fn data(state: &Arc<ServerState>, parts: &Parts, body: Body) -> Result<HttpAnswer, WwnError> {
    let token = Credentials::of(parts).check(state).ok_or_else(WwnError::unauthorized)?;
    let allowed = token.calls.lock().unwrap_or_else(PoisonError::into_inner).take(Instant::now());
    if let Err(wait) = allowed {
        return Ok(answer::blocked(wait));
    }
    let path = DataPath::parse(parts.uri.path()).ok_or_else(WwnError::not_found)?;
    match parts.method {
        Method::GET | Method::HEAD if wants_stream(parts) => Ok(stream::open(state, &token, path)),
        Method::GET | Method::HEAD => read(state, &token, &path).await,
        Method::PUT | Method::PATCH => write::write(state, &token, &path, body).await,
        _ => Err(WwnError::method_not_allowed()),
    }
}

async fn read(state: &Arc<ServerState>, token: &Token, path: &DataPath) -> Result<HttpAnswer, WwnError> {
    let home = Arc::clone(&state.backend.home().borrow());
    let pieces = state.views.text(&home, token, path).await.ok_or_else(WwnError::not_found)?;
    let pieces = if state.faults.garbles() { garbled(&pieces) } else { pieces };
    Ok(answer::json(StatusCode::OK, pieces))
}

/// Returns the first half of a text, so that it is not JSON any more.
pub(super) fn garbled(pieces: &[Bytes]) -> Vec<Bytes> {
    let text = Bytes::from(pieces.concat());
    // Half of a number or of a short word could still be valid JSON.
    if text.len() < 16 { vec![Bytes::from_static(b"{\"half")] } else { vec![text.slice(..text.len() / 2)] }
}

/// The token that a request carries.
pub(super) enum Credentials {
    /// The request carries no token.
    Missing,
    /// The text cannot be a token.
    Malformed,
    /// The text of a token, not checked yet.
    Token(String),
}

impl Credentials {
    /// Reads the token from the header, or from the query: event sources of browsers cannot set headers.
    pub(super) fn of(parts: &Parts) -> Self {
        match parts.headers.get(AUTHORIZATION) {
            Some(header) => {
                let words = header.to_str().ok().and_then(|text| text.trim().split_once(' '));
                match words {
                    Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
                        Self::Token(token.trim().to_owned())
                    }
                    Some(_) | None => Self::Malformed,
                }
            }
            None => query_value(parts, "auth").map_or(Self::Missing, Self::Token),
        }
    }

    /// Returns the token if it is valid.
    pub(super) fn check(self, state: &ServerState) -> Option<Arc<Token>> {
        match self {
            Self::Token(text) => state.token(&text),
            Self::Missing | Self::Malformed => None,
        }
    }
}

fn query_value(parts: &Parts, wanted: &str) -> Option<String> {
    let query = parts.uri.query()?;
    url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == wanted).map(|(_, value)| value.into_owned())
}

fn wants_stream(parts: &Parts) -> bool {
    let accepts = |header: &HeaderValue| {
        header.to_str().is_ok_and(|types| types.to_ascii_lowercase().contains("text/event-stream"))
    };
    parts.headers.get_all(ACCEPT).iter().any(accepts)
}

async fn picture(state: &ServerState, parts: &Parts) -> Result<HttpAnswer, WwnError> {
    if parts.method != Method::GET && parts.method != Method::HEAD {
        return Err(WwnError::method_not_allowed());
    }
    let path = DataPath::parse(parts.uri.path()).ok_or_else(WwnError::not_found)?;
    let ["pictures", camera, name] = path.keys()[..] else { return Err(WwnError::not_found()) };
    let kind = PictureKind::parse(name).ok_or_else(WwnError::not_found)?;
    let key = query_value(parts, "auth").ok_or_else(WwnError::unauthorized)?;
    let wanted = PictureRequest { camera: DeviceId::from(camera), kind, key };
    let picture = state.backend.picture(wanted).await?;
    let mut answer = answer::with_type(StatusCode::OK, picture.content_type, Body::from(picture.bytes));
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

fn hotel_page() -> HttpAnswer {
    let page = "<!doctype html><html lang=\"en\"><title>Welcome</title><p>Please sign in to this network.</p></html>";
    answer::with_type(StatusCode::OK, "text/html; charset=utf-8", Body::from(page))
}
