//! The front address: signs users in, and sends everything else to the api address.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State as Shared};
use axum::http::Uri;
use axum::routing::{delete, get, post};

use super::answer::{self, Answer};
use super::api::authenticate;
use super::service::State;
use super::write::BODY_LIMIT;
use super::{authorize, oauth};
use crate::wwn::error::WwnError;

/// What the two addresses are called.
#[derive(Debug, Clone)]
pub(super) struct Bases {
    pub(super) front: String,
    pub(super) api: String,
}

pub(super) fn router(state: Arc<State>, bases: Bases) -> Router {
    let sign_in = Router::new()
        .route("/login/oauth2", get(authorize::ask).post(authorize::decide))
        .route("/oauth2/access_token", post(oauth::exchange))
        .route("/oauth2/access_tokens/{token}", delete(oauth::revoke))
        .with_state(Arc::clone(&state));
    sign_in.fallback(elsewhere).with_state((state, Arc::new(bases)))
}

/// No recording tells what the real front did with a bad token. It answers 401 here, because
/// python-nest takes only a 401 to its first request for a bad token and looks at no later one.
async fn elsewhere(Shared((state, bases)): Shared<(Arc<State>, Arc<Bases>)>, request: Request) -> Answer {
    let (parts, body) = request.into_parts();
    finish_reading(body).await;
    match authenticate(&state, &parts) {
        Some(_) => answer::redirect(&moved(&bases.api, &parts.uri)),
        None => answer::error(&WwnError::unauthorized()),
    }
}

/// The same path and query at another address.
pub(super) fn moved(base: &str, uri: &Uri) -> String {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    format!("{base}{path}")
}

/// Takes in a body that nobody needs: a client that is still sending when the connection closes
/// would see an error in place of the answer.
async fn finish_reading(body: Body) {
    drop(to_bytes(body, BODY_LIMIT).await);
}
