//! Handles `PUT` and `PATCH`. Both do the same here, as in the real service: the server merges the fields into
//! their device or structure, and the answer repeats the written fields.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use serde_json::Value;
use tokio::time::Instant;

use super::answer::{self, HttpAnswer};
use super::path::DataPath;
use super::service::ServerState;
use super::tokens::Token;
use crate::home::{DeviceTree, Node, Write};
use crate::wwn::error::WwnError;
use crate::wwn::wire;

/// The largest body of a write, in bytes.
pub(super) const BODY_LIMIT: usize = 64 * 1024;

/// The largest body that the server reads to the end, in bytes. It closes the connection beyond that.
const DRAIN_LIMIT: usize = 32 * 1024 * 1024;

/// Time limit for the body of a request.
pub(super) const BODY_TIME: Duration = Duration::from_secs(30);

pub(super) async fn write(
    state: &Arc<ServerState>,
    token: &Token,
    path: &DataPath,
    body: Body,
) -> Result<HttpAnswer, WwnError> {
    let text = receive(body).await?;
    let value: Value = serde_json::from_slice(&text).map_err(|_malformed| WwnError::not_json())?;
    if state.faults.refuses_write() {
        return Err(WwnError::write_error());
    }
    let home = Arc::clone(&state.backend.home().borrow());
    let writes = decode(state, token, path, &home, &value)?;
    let node = writes.first().map(|write| node_id(&write.slot().node).to_owned());
    if let Some(node) = &node
        && let Err(wait) = state.changes.take(node, Instant::now())
    {
        return Ok(answer::blocked(wait));
    }
    if let Err(error) = state.backend.write(writes).await {
        if let Some(node) = &node {
            state.changes.give_back(node);
        }
        return Err(error);
    }
    Ok(answer::json(StatusCode::OK, vec![text.slice_ref(text.trim_ascii())]))
}

async fn receive(body: Body) -> Result<Bytes, WwnError> {
    match tokio::time::timeout(BODY_TIME, take_in(body)).await {
        Ok(Some(text)) => Ok(text),
        // The body exceeds the limit, or the connection broke and no answer arrives anyway.
        Ok(None) => Err(WwnError::too_large()),
        Err(_) => Err(WwnError::not_json()),
    }
}

/// Reads a body to the end and discards it: a client that is still sending when the connection closes would see
/// an error in place of the answer.
pub(super) async fn finish_reading(body: Body) {
    drop(tokio::time::timeout(BODY_TIME, take_in(body)).await);
}

/// Reads a body up to the limit. Discards more, up to a second limit, for a client that is still sending.
async fn take_in(body: Body) -> Option<Bytes> {
    let mut kept = BytesMut::new();
    let mut total = 0_usize;
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.ok()?;
        total = total.saturating_add(piece.len());
        if total > DRAIN_LIMIT {
            return None;
        }
        if total <= BODY_LIMIT {
            kept.extend_from_slice(&piece);
        }
    }
    (total <= BODY_LIMIT).then(|| kept.freeze())
}

/// Decodes the writes of a request and checks the permissions of its token.
fn decode(
    state: &ServerState,
    token: &Token,
    path: &DataPath,
    home: &Arc<DeviceTree>,
    value: &Value,
) -> Result<Vec<Write>, WwnError> {
    let permissions = token.grant().permissions;
    let visible = state.views.visible(home, permissions);
    let keys = path.keys();
    if let (["devices", "thermostats"], Value::Object(devices)) = (&keys[..], value) {
        // The real service never supported calls for several devices, but answered them as if it did: it
        // returned the whole body and changed one thermostat.
        let known = devices.iter().find(|(id, _)| visible.thermostats.contains_key(id.as_str()));
        if let Some((id, fields)) = known {
            return decode_node(&visible, &["devices", "thermostats", id], fields, token);
        }
    }
    decode_node(&visible, &keys, value, token)
}

fn decode_node(visible: &DeviceTree, keys: &[&str], value: &Value, token: &Token) -> Result<Vec<Write>, WwnError> {
    let writes = wire::decode(visible, keys, value)?;
    let fields: Vec<String> = match (keys, value) {
        ([_, _, _, field], _) if keys.first() == Some(&"devices") => vec![(*field).to_owned()],
        ([_, _, field], _) if keys.first() == Some(&"structures") => vec![(*field).to_owned()],
        (_, Value::Object(fields)) => fields.keys().cloned().collect(),
        _ => Vec::new(),
    };
    let denied = token.grant().permissions.denied(keys, &fields);
    if denied.is_empty() { Ok(writes) } else { Err(WwnError::no_write_permission(&denied)) }
}

fn node_id(node: &Node) -> &str {
    match node {
        Node::Structure(id) => id.as_str(),
        Node::Thermostat(id) | Node::Camera(id) => id.as_str(),
    }
}
