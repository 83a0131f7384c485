//! Pictures of events as Google serves them, each with its own short-lived token; and clips, with the account's
//! token.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Uri, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::json as answer;
use super::sdm::{Sdm, error};

/// The token of each picture.
pub(crate) const IMAGE_TOKEN: &str = "g.0.a-picture-of-the-tests";

/// The stored pictures and clips of events.
#[derive(Default)]
pub(crate) struct Images {
    /// Files by the ids of their events.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// The address to return for pictures, if it is not on this server.
    pub(crate) elsewhere: Option<String>,
    /// The requests for pictures: query and authorization.
    pub(crate) asked: Vec<(String, String)>,
}

/// Returns the address of the picture of an event.
pub(crate) fn generate(server: &Sdm, params: &Value) -> Response {
    let event = params["eventId"].as_str().unwrap_or_default();
    let at = server.images(|images| {
        let here = format!("{}/image/{event}", server.url);
        images.files.contains_key(event).then(|| images.elsewhere.clone().unwrap_or(here))
    });
    match at {
        Some(url) => answer(200, &json!({"results": {"url": url, "token": IMAGE_TOKEN}}).to_string()),
        None => error(504, "DEADLINE_EXCEEDED", "Camera image is no longer available for download."),
    }
}

/// Serves a picture if the request has its token.
pub(crate) async fn image(State(server): State<Sdm>, uri: Uri, headers: HeaderMap) -> Response {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let event = uri.path().rsplit('/').next().unwrap_or_default();
    let file = server.images(|images| {
        images.asked.push((uri.query().unwrap_or_default().to_owned(), authorization.to_owned()));
        images.files.get(event).cloned()
    });
    match file {
        Some(file) if authorization == format!("Basic {IMAGE_TOKEN}") => {
            Response::builder().header(header::CONTENT_TYPE, "image/jpeg").body(Body::from(file)).expect("a response")
        }
        Some(_) => error(401, "UNAUTHENTICATED", "No."),
        None => error(404, "NOT_FOUND", "No such picture."),
    }
}

/// Serves a clip. The caller has already checked the token of the account.
pub(crate) async fn clip(State(server): State<Sdm>, uri: Uri) -> Response {
    let event = uri.path().rsplit('/').next().unwrap_or_default();
    let file = server.images(|images| {
        images.asked.push(("clip".to_owned(), event.to_owned()));
        images.files.get(event).cloned()
    });
    match file {
        Some(file) => {
            Response::builder().header(header::CONTENT_TYPE, "video/mp4").body(Body::from(file)).expect("a response")
        }
        None => error(404, "NOT_FOUND", "No such clip."),
    }
}
