//! Answers: JSON, errors with a unique instance id, pages.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};
use bytes::Bytes;
use futures_util::stream;

use crate::wwn::error::WwnError;

/// The answer to a request.
pub(super) type HttpAnswer = Response<Body>;

/// Builds an answer from a JSON text in one or several pieces.
pub(super) fn json(status: StatusCode, mut pieces: Vec<Bytes>) -> HttpAnswer {
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

/// Builds an error answer in the form of the service, with a new instance id.
pub(super) fn error(error: &WwnError) -> HttpAnswer {
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

/// Builds the answer to too many calls, with the time until the next allowed call.
pub(super) fn blocked(wait: Duration) -> HttpAnswer {
    let mut answer = error(&WwnError::blocked());
    let seconds = wait.as_secs_f64().ceil().max(1.0) as u64;
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    answer
}

/// Builds a 307 that sends the same call to another address.
pub(super) fn redirect(location: &str) -> HttpAnswer {
    match HeaderValue::from_str(location) {
        Ok(location) => {
            let mut answer = with_type(StatusCode::TEMPORARY_REDIRECT, "text/plain", Body::empty());
            answer.headers_mut().insert(LOCATION, location);
            answer
        }
        // No header can hold this path, so the path names nothing.
        Err(_) => error(&WwnError::not_found()),
    }
}

/// Builds an answer with any body and its content type.
pub(super) fn with_type(status: StatusCode, content_type: &'static str, body: Body) -> HttpAnswer {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    answer
}
