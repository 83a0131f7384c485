//! Decides if a request reads or writes.

use url::Url;

use super::problem::{Problem, json, problems, segments};
use crate::home::{DeviceTree, Write};
use crate::http::{Method, RawApi, RawRequest};
use crate::wwn::wire;

/// The treatment of a request that is not raw.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// Read; sent unchanged.
    Look,
    /// Writes, sent through the engine.
    Write(Vec<Write>),
}

/// Parses a request, or returns the reason why it cannot be sent.
pub fn plan(draft: &RawRequest, base: &Url, api: &dyn RawApi, home: &DeviceTree) -> Result<Plan, Problem> {
    if let Some(problem) = problems(draft, base, api, None, false).into_iter().next() {
        return Err(problem);
    }
    if draft.method == Method::Get {
        return Ok(Plan::Look);
    }
    let body = json(&draft.body)?.unwrap_or_default();
    let decoded = api.decode(home, &segments(&draft.path), &body);
    let writes = decoded.map_err(|err| Problem::of(err, &draft.path))?;
    if writes.is_empty() { Err(Problem::NotUnderstood) } else { Ok(Plan::Write(writes)) }
}

/// The changes of a request, raw or not; empty if it cannot be parsed.
pub fn writes_of(draft: &RawRequest, home: &DeviceTree) -> Vec<Write> {
    if draft.method == Method::Get {
        return Vec::new();
    }
    let body = json(&draft.body).ok().flatten().unwrap_or_default();
    wire::decode(home, &segments(&draft.path), &body).unwrap_or_default()
}
