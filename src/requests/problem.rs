//! A typed request, and its problems before it is sent.

use serde_json::Value;
use url::Url;

use super::address::address;
use crate::home::Refusal;
use crate::http::{DecodeError, Method, RawApi, RawRequest};

/// A problem of a request. Displays as a sentence without a full stop.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Problem {
    /// The path is not below the base URL.
    #[error("{0} is no path below the address of the service")]
    LeavesTheService(String),
    /// The body is not JSON.
    #[error("the body is no JSON: line {line}, column {column}: {detail}")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// The message of the parser.
        detail: String,
    },
    /// The method takes no body.
    #[error("{} takes no body", .0.word())]
    BodyTooMuch(Method),
    /// The method needs a body.
    #[error("{} needs a body: what to write, as JSON", .0.word())]
    BodyMissing(Method),
    /// The service lacks the method.
    #[error("this service knows {}; it has no {}", words(.has), .method.word())]
    LacksMethod {
        /// The method of the request.
        method: Method,
        /// The methods of the service.
        has: &'static [Method],
    },
    /// Only a read can be a stream.
    #[error("a stream of events is read with GET")]
    StreamOfWrite,
    /// The known home has no such path.
    #[error("there is nothing at {path}{}", and_near(nearest.as_deref()))]
    UnknownPath {
        /// The path of the request.
        path: String,
        /// The longest beginning of the path that exists.
        nearest: Option<String>,
    },
    /// The value at the path is not writable, or not as a whole.
    #[error("{0} cannot be written as a whole; write one device or home, or one of its values")]
    NotWritable(String),
    /// Fields that are read-only or do not exist.
    #[error("{} cannot be written", .0.join(", "))]
    ReadOnly(Vec<String>),
    /// The rules refuse the value.
    #[error("{0}")]
    Refused(Refusal),
    /// The value has the wrong type.
    #[error("a value is of another kind than its field")]
    WrongKind,
    /// The request changes something and cannot be parsed as writes.
    #[error("the rules cannot check this request, and the activity log cannot record it; it can only be sent raw")]
    NotUnderstood,
}

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

fn words(methods: &[Method]) -> String {
    methods.iter().map(|method| method.word()).collect::<Vec<_>>().join(" and ")
}

fn and_near(known: Option<&str>) -> String {
    known.map(|path| format!("; {path} is there")).unwrap_or_default()
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
