//! A typed request, and its problems before it is sent.

use serde_json::Value;
use url::Url;

use super::address::address;
use crate::home::Refusal;
use crate::http::{DecodeError, Method, RawApi, RawRequest};
use crate::i18n::{Message, ToMessage, display_english, message};

/// A problem of a request. Displays as a sentence without a full stop.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// The path is not below the base URL.
    LeavesTheService(String),
    /// The body is not JSON.
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// The message of the parser.
        detail: String,
    },
    /// The method takes no body.
    BodyTooMuch(Method),
    /// The method needs a body.
    BodyMissing(Method),
    /// The service lacks the method.
    LacksMethod {
        /// The method of the request.
        method: Method,
        /// The methods of the service.
        has: &'static [Method],
    },
    /// Only a read can be a stream.
    StreamOfWrite,
    /// The known home has no such path.
    UnknownPath {
        /// The path of the request.
        path: String,
        /// The longest beginning of the path that exists.
        nearest: Option<String>,
    },
    /// The value at the path is not writable, or not as a whole.
    NotWritable(String),
    /// Fields that are read-only or do not exist.
    ReadOnly(Vec<String>),
    /// The rules refuse the value.
    Refused(Refusal),
    /// The value has the wrong type.
    WrongKind,
    /// The request changes something and cannot be parsed as writes.
    NotUnderstood,
}

impl ToMessage for Problem {
    fn to_message(&self) -> Message {
        match self {
            Self::LeavesTheService(path) => message!("problem-leaves", path = path),
            Self::NotJson { line, column, detail } => {
                message!("problem-not-json", line = *line, column = *column, detail = detail)
            }
            Self::BodyTooMuch(method) => message!("problem-body-too-much", method = method.word()),
            Self::BodyMissing(method) => message!("problem-body-missing", method = method.word()),
            Self::LacksMethod { method, has } => {
                let has: Vec<&str> = has.iter().map(|method| method.word()).collect();
                message!("problem-method", method = method.word(), has = has.join(", "))
            }
            Self::StreamOfWrite => message!("problem-stream"),
            Self::UnknownPath { path, nearest: None } => message!("problem-path", path = path),
            Self::UnknownPath { path, nearest: Some(nearest) } => {
                message!("problem-path-near", path = path, nearest = nearest)
            }
            Self::NotWritable(path) => message!("problem-not-writable", path = path),
            Self::ReadOnly(fields) => message!("problem-read-only", fields = fields.join(", ")),
            Self::Refused(refusal) => refusal.to_message(),
            Self::WrongKind => message!("problem-wrong-kind"),
            Self::NotUnderstood => message!("problem-not-understood"),
        }
    }
}

display_english!(Problem);

impl Problem {
    /// The problem of a request at this path that cannot be read as writes.
    pub(super) fn of(err: DecodeError, path: &str) -> Self {
        match err {
            DecodeError::UnknownPath => Self::UnknownPath { path: path.to_owned(), nearest: None },
            DecodeError::NotWritable => Self::NotWritable(path.to_owned()),
            DecodeError::ReadOnly(fields) => Self::ReadOnly(fields),
            DecodeError::Refused(refusal) => Self::Refused(refusal),
            DecodeError::WrongType => Self::WrongKind,
            DecodeError::NotUnderstood => Self::NotUnderstood,
        }
    }

    /// True if the service might know better, so that the request may be sent nevertheless.
    pub fn is_a_guess(&self) -> bool {
        match self {
            Self::UnknownPath { .. } => true,
            Self::LeavesTheService(_)
            | Self::NotJson { .. }
            | Self::BodyTooMuch(_)
            | Self::BodyMissing(_)
            | Self::LacksMethod { .. }
            | Self::StreamOfWrite
            | Self::NotWritable(_)
            | Self::ReadOnly(_)
            | Self::Refused(_)
            | Self::WrongKind
            | Self::NotUnderstood => false,
        }
    }
}

/// Parses the body; `None` if it is empty.
pub(super) fn json(body: &str) -> Result<Option<Value>, Problem> {
    if body.trim().is_empty() {
        return Ok(None);
    }
    serde_json::from_str(body).map(Some).map_err(|err| {
        let text = err.to_string();
        // The position is shown separately.
        let detail = text.split(" at line ").next().unwrap_or_default().to_owned();
        Problem::NotJson { line: err.line(), column: err.column(), detail }
    })
}

/// The problems of a request. For a raw request only those that prevent sending. `document` is the home as the
/// API shows it, if the service has a document.
pub fn problems(
    draft: &RawRequest,
    base: &Url,
    api: &dyn RawApi,
    document: Option<&Value>,
    is_raw: bool,
) -> Vec<Problem> {
    let mut found: Vec<Problem> = address(base, &draft.path).err().into_iter().collect();
    if draft.wants_stream && draft.method != Method::Get {
        found.push(Problem::StreamOfWrite);
    }
    if is_raw {
        return found;
    }
    let has = api.methods();
    if !has.contains(&draft.method) {
        found.push(Problem::LacksMethod { method: draft.method, has });
    }
    match json(&draft.body) {
        Err(problem) => found.push(problem),
        Ok(Some(_)) if !api.may_have_body(draft.method) => {
            found.push(Problem::BodyTooMuch(draft.method));
        }
        Ok(None) if draft.method.has_body() => found.push(Problem::BodyMissing(draft.method)),
        Ok(_) => {}
    }
    let unknown = document.filter(|_| found.is_empty()).and_then(|document| unknown(document, &draft.path));
    found.extend(unknown);
    found
}

/// The segments of a path in the document, without query and `.json`.
pub(super) fn segments(path: &str) -> Vec<&str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_suffix(".json").unwrap_or(path);
    path.split('/').map(str::trim).filter(|segment| !segment.is_empty()).collect()
}

fn unknown(document: &Value, path: &str) -> Option<Problem> {
    let segments = segments(path);
    let mut at = document;
    for (depth, segment) in segments.iter().enumerate() {
        match at.get(segment) {
            Some(below) => at = below,
            // A write-only field is not in the document.
            None if segments.get(depth..) == Some(&["eta"][..]) => return None,
            None => {
                let known = format!("/{}", segments.get(..depth).unwrap_or_default().join("/"));
                return Some(Problem::UnknownPath { path: path.to_owned(), nearest: Some(known) });
            }
        }
    }
    None
}
