//! Decides if a request reads or writes.

use url::Url;

use super::commands;
use super::draft::{Draft, Problem, json, problems, segments};
use crate::home::{DeviceTree, Write};
use crate::http::Dialect;
use crate::snippet::Method;
use crate::wwn::wire::{self, Incoming};

/// The treatment of a request that is not raw.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// Read; sent unchanged.
    Look,
    /// Writes, sent through the engine.
    Write(Vec<Write>),
}

/// Parses a request, or returns the reason why it cannot be sent.
pub fn plan(draft: &Draft, base: &Url, dialect: &Dialect, home: &DeviceTree) -> Result<Plan, Problem> {
    if let Some(problem) = problems(draft, base, dialect, None, false).into_iter().next() {
        return Err(problem);
    }
    if draft.method == Method::Get {
        return Ok(Plan::Look);
    }
    let body = json(&draft.body)?.unwrap_or_default();
    let path = segments(&draft.path);
    let writes = match dialect {
        Dialect::WorksWithNest => {
            wire::decode(home, &path, &body).map_err(|incoming| problem(incoming, &draft.path))?
        }
        Dialect::NoLongerEvil if path == ["command"] => commands::no_longer_evil(home, &body)?,
        Dialect::DeviceAccess { .. } => commands::device_access(home, &path, &body)?,
        // The hosted server uses ids of thermostats that no home shows.
        Dialect::NoLongerEvil | Dialect::HostedNoLongerEvil => return Err(Problem::NotUnderstood),
    };
    if writes.is_empty() { Err(Problem::NotUnderstood) } else { Ok(Plan::Write(writes)) }
}

/// The changes of a request, raw or not; empty if it cannot be parsed.
pub fn writes_of(draft: &Draft, home: &DeviceTree) -> Vec<Write> {
    if draft.method == Method::Get {
        return Vec::new();
    }
    let body = json(&draft.body).ok().flatten().unwrap_or_default();
    wire::decode(home, &segments(&draft.path), &body).unwrap_or_default()
}

fn problem(incoming: Incoming, path: &str) -> Problem {
    match incoming {
        Incoming::NotFound => Problem::UnknownPath { path: path.to_owned(), nearest: None },
        Incoming::NotWritable => Problem::NotWritable(path.to_owned()),
        Incoming::NoPermission(fields) if fields.is_empty() => Problem::NotWritable(path.to_owned()),
        Incoming::NoPermission(fields) => Problem::ReadOnly(fields),
        Incoming::Refused(refusal) => Problem::Refused(refusal),
        Incoming::WrongFormat(..) | Incoming::Unspecified => Problem::WrongKind,
    }
}
