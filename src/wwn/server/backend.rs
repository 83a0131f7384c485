//! What the server needs of the home behind it.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use tokio::sync::watch;

use crate::home::{DeviceId, Home, Write};
use crate::wwn::error::WwnError;

/// A home that can be served.
pub trait Backend: Send + Sync + 'static {
    /// The home as it is, live.
    fn home(&self) -> watch::Receiver<Arc<Home>>;

    /// Makes all of these writes or none.
    fn write(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<(), WwnError>>;

    /// A camera's picture.
    ///
    /// The links to pictures are part of the home, with a key of their own in them: whoever
    /// makes the links checks the key.
    fn picture(&self, wanted: PictureRequest) -> BoxFuture<'_, Result<Picture, WwnError>>;
}

/// Which picture somebody asks for: `/pictures/<camera>/<kind>?auth=<key>`.
#[derive(Clone)]
pub struct PictureRequest {
    /// The camera.
    pub camera: DeviceId,
    /// Which of its pictures.
    pub kind: PictureKind,
    /// The key of the link; compare it in constant time.
    pub key: String,
}

/// Which of a camera's pictures.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PictureKind {
    /// `snapshot.png`: what it sees now.
    Snapshot,
    /// `event-<name>.png`: a still picture of an event.
    Event(String),
    /// `event-<name>.gif`: a moving picture of an event.
    Animation(String),
}

impl PictureKind {
    /// Reads the last part of a link.
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

/// A picture, encoded.
#[derive(Clone)]
pub struct Picture {
    /// `image/png`, `image/jpeg` or `image/gif`.
    pub content_type: &'static str,
    /// The file.
    pub bytes: Bytes,
}
