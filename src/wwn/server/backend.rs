//! The interface between the server and the home behind it.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use tokio::sync::watch;

use crate::home::{DeviceId, DeviceTree, Write};
use crate::wwn::error::WwnError;

/// A home that the server can serve.
pub trait Backend: Send + Sync + 'static {
    /// The current device tree, with live updates.
    fn home(&self) -> watch::Receiver<Arc<DeviceTree>>;

    /// Makes all of these writes or none of them.
    fn write(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<(), WwnError>>;

    /// Returns a picture of a camera.
    ///
    /// The device tree contains the links to pictures, each with a key: the backend makes the links, so the
    /// backend checks the key.
    fn picture(&self, wanted: PictureRequest) -> BoxFuture<'_, Result<EncodedPicture, WwnError>>;
}

/// A request for a picture: `/pictures/<camera>/<kind>?auth=<key>`.
#[derive(Clone)]
pub struct PictureRequest {
    pub camera: DeviceId,
    pub kind: PictureKind,
    /// The key of the link; compare it in constant time.
    pub key: String,
}

/// The kind of a camera picture.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PictureKind {
    /// `snapshot.png`: the current picture.
    Snapshot,
    /// `event-<name>.png`: a still picture of an event.
    Event(String),
    /// `event-<name>.gif`: a moving picture of an event.
    Animation(String),
}

impl PictureKind {
    /// Parses the last part of a link.
    pub(super) fn parse(name: &str) -> Option<Self> {
        if name == "snapshot.png" {
            return Some(Self::Snapshot);
        }
        let event = name.strip_prefix("event-")?;
        if let Some(event) = event.strip_suffix(".png") {
            return Some(Self::Event(event.to_owned()));
        }
        event.strip_suffix(".gif").map(|event| Self::Animation(event.to_owned()))
    }
}

/// An encoded picture.
#[derive(Clone)]
pub struct EncodedPicture {
    /// `image/png`, `image/jpeg` or `image/gif`.
    pub content_type: &'static str,
    /// The content of the image file.
    pub bytes: Bytes,
}
