//! A request as it is typed, and what is wrong with it before anybody is asked.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use super::address::address;
use crate::home::Refusal;
use crate::http::Dialect;
use crate::snippet::Method;

/// A request as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What is done at the path.
    pub method: Method,
    /// Below the base URL, with or without a slash in front.
    pub path: String,
    /// JSON, or nothing.
    #[serde(default)]
    pub body: String,
    /// Whether to ask for a stream of events in place of an answer that ends.
    #[serde(default)]
    pub wants_stream: bool,
}

impl Default for Draft {
    fn default() -> Self {
        Self { method: Method::Get, path: "/".to_owned(), body: String::new(), wants_stream: false }
    }
}

/// What is wrong with a request. Each displays as a sentence without a full stop.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Problem {
    /// The path leads out of the base URL.
    #[error("{0} is no path below the address of the service")]
    LeavesTheService(String),
    /// The body is no JSON: at which line and column, counted from 1, and why.
    #[error("the body is no JSON: line {line}, column {column}: {detail}")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// As the parser has it.
        detail: String,
    },
    /// Something to write to what is only read or removed.
    #[error("{} takes no body", .0.word())]
    BodyTooMuch(Method),
    /// Nothing to write.
    #[error("{} needs a body: what to write, as JSON", .0.word())]
    BodyMissing(Method),
    /// The service has no such method.
    #[error("this service knows {}; it has no {}", words(.has), .method.word())]
    LacksMethod {
        /// What was asked for.
        method: Method,
        /// What there is.
        has: &'static [Method],
    },
    /// Only reading can be a stream.
    #[error("a stream of events is read with GET")]
    StreamOfWrite,
    /// The home has nothing there, as far as is known.
    #[error("there is nothing at {path}{}", and_near(nearest.as_deref()))]
    UnknownPath {
        /// The path.
        path: String,
        /// What is there up to where it goes wrong.
        nearest: Option<String>,
    },
    /// Something is there that cannot be written, or not as a whole.
    #[error("{0} is not written; one device or home is, or one of its values")]
    NotWritable(String),
    /// Values that are only read, or that do not exist.
    #[error("{} cannot be written", .0.join(", "))]
    ReadOnly(Vec<String>),
    /// A value that it cannot have.
    #[error("{0}")]
    Refused(Refusal),
    /// A value of a wrong kind.
    #[error("a value is of another kind than its field")]
    WrongKind,
    /// It would change something, and no rule can be asked about it.
    #[error("this is no write that the rules, the budget and the activity log can take; it can be sent raw, past them")]
    NotUnderstood,
}

impl Problem {
    /// Whether the service might know better, so that the request may be sent all the same.
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

/// What methods a service has.
pub(super) fn methods(dialect: &Dialect) -> &'static [Method] {
    match dialect {
        Dialect::WorksWithNest => &[Method::Get, Method::Put],
        Dialect::NoLongerEvil => &[Method::Get, Method::Post, Method::Delete],
        Dialect::HostedNoLongerEvil | Dialect::DeviceAccess { .. } => &[Method::Get, Method::Post],
    }
}

/// The body as JSON; `None` when there is none.
pub(super) fn json(body: &str) -> Result<Option<Value>, Problem> {
    if body.trim().is_empty() {
        return Ok(None);
    }
    serde_json::from_str(body).map(Some).map_err(|err| {
        let text = err.to_string();
        // The place is said once, by whoever shows it.
        let detail = text.split(" at line ").next().unwrap_or_default().to_owned();
        Problem::NotJson { line: err.line(), column: err.column(), detail }
    })
}

/// What is wrong with a request. When it is to be sent raw, only what cannot be sent at all is.
/// `document` is the home as the API shows it, where the dialect has one.
pub fn problems(draft: &Draft, base: &Url, dialect: &Dialect, document: Option<&Value>, is_raw: bool) -> Vec<Problem> {
    let mut found: Vec<Problem> = address(base, &draft.path).err().into_iter().collect();
    if draft.wants_stream && draft.method != Method::Get {
        found.push(Problem::StreamOfWrite);
    }
    if is_raw {
        return found;
    }
    let has = methods(dialect);
    if !has.contains(&draft.method) {
        found.push(Problem::LacksMethod { method: draft.method, has });
    }
    // A server of one's own removes the device that the body names.
    let names_in_body = *dialect == Dialect::NoLongerEvil && draft.method == Method::Delete;
    match json(&draft.body) {
        Err(problem) => found.push(problem),
        Ok(Some(_)) if !draft.method.has_body() && !names_in_body => {
            found.push(Problem::BodyTooMuch(draft.method));
        }
        Ok(None) if draft.method.has_body() => found.push(Problem::BodyMissing(draft.method)),
        Ok(_) => {}
    }
    let unknown = document.filter(|_| found.is_empty()).and_then(|document| unknown(document, &draft.path));
    found.extend(unknown);
    found
}

/// The segments of a path of the document, without what follows a question mark and without `.json`.
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
            // What a client writes there is not there to be read.
            None if segments.get(depth..) == Some(&["eta"][..]) => return None,
            None => {
                let known = format!("/{}", segments.get(..depth).unwrap_or_default().join("/"));
                return Some(Problem::UnknownPath { path: path.to_owned(), nearest: Some(known) });
            }
        }
    }
    None
}
