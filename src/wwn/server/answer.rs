//! Answers: JSON, errors with an instance of their own, pages.

use axum::body::Body;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};
use bytes::Bytes;
use futures_util::stream;

use std::convert::Infallible;
use std::time::Duration;

use crate::wwn::error::WwnError;

/// The answer to a request.
pub(super) type Answer = Response<Body>;

/// A JSON text in one or several pieces.
pub(super) fn json(status: StatusCode, mut pieces: Vec<Bytes>) -> Answer {
    let body = match (pieces.pop(), pieces.is_empty()) {
        (Some(only), true) => Body::from(only),
        (Some(last), false) => {
            pieces.push(last);
            Body::from_stream(stream::iter(pieces.into_iter().map(Ok::<_, Infallible>)))
        }
        (None, _) => Body::empty(),
    };
    let mut answer = with_type(status, "application/json; charset=UTF-8", body);
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    answer
}

/// An error as the service words it, under an id of its own.
pub(super) fn error(error: &WwnError) -> Answer {
    let body = error.body(uuid::Uuid::new_v4().to_string());
    // A map of texts always serializes; an empty body would still be an answer.
    let text = serde_json::to_vec(&body).unwrap_or_default();
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = json(status, vec![Bytes::from(text)]);
    if error.status == 405 {
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD, PUT, PATCH"));
    }
    answer
}

/// Too many calls: when to try again.
pub(super) fn blocked(wait: Duration) -> Answer {
    let mut answer = error(&WwnError::blocked());
    let seconds = wait.as_secs_f64().ceil().max(1.0) as u64;
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    answer
}

/// 307: the same call at another address.
pub(super) fn redirect(location: &str) -> Answer {
    match HeaderValue::from_str(location) {
        Ok(location) => {
            let mut answer = with_type(StatusCode::TEMPORARY_REDIRECT, "text/plain", Body::empty());
            answer.headers_mut().insert(LOCATION, location);
            answer
        }
        // A path that no header can hold leads nowhere.
        Err(_) => error(&WwnError::not_found()),
    }
}

/// Any body with its type.
pub(super) fn with_type(status: StatusCode, content_type: &'static str, body: Body) -> Answer {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    answer
}
