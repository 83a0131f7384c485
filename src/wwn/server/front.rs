//! The front address: signs users in and redirects everything else to the api address.
//!
//! The front already refuses an invalid token. The vendor's pages do not say so, but a client that was used with
//! the real service recognizes an invalid token by a 401 before the redirect, and only there.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State as Shared};
use axum::http::Uri;
use axum::routing::{delete, get, post};

use super::answer::{self, HttpAnswer};
use super::api::{Credentials, PICTURES};
use super::service::ServerState;
use super::write::finish_reading;
use super::{authorize, oauth};
use crate::wwn::error::WwnError;

/// The base URLs of the two addresses.
#[derive(Debug, Clone)]
pub(super) struct Bases {
    pub(super) front: String,
    pub(super) api: String,
}

pub(super) fn router(state: Arc<ServerState>, bases: Bases) -> Router {
    let sign_in = Router::new()
        .route("/login/oauth2", get(authorize::consent_page).post(authorize::decide))
        .route("/oauth2/access_token", post(oauth::exchange))
        .route("/oauth2/access_tokens/{token}", delete(oauth::revoke))
        .with_state(Arc::clone(&state));
    sign_in.fallback(elsewhere).with_state(Front { state, bases: Arc::new(bases) })
}

#[derive(Clone)]
struct Front {
    state: Arc<ServerState>,
    bases: Arc<Bases>,
}

async fn elsewhere(Shared(front): Shared<Front>, request: Request) -> HttpAnswer {
    let (parts, body) = request.into_parts();
    finish_reading(body).await;
    let credentials = Credentials::of(&parts);
    let given = !matches!(credentials, Credentials::Missing) && !parts.uri.path().starts_with(PICTURES);
    if given && credentials.check(&front.state).is_none() {
        return answer::error(&WwnError::unauthorized());
    }
    answer::redirect(&moved(&front.bases.api, &parts.uri))
}

/// Returns the same path and query at another address.
pub(super) fn moved(base: &str, uri: &Uri) -> String {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    format!("{base}{path}")
}
