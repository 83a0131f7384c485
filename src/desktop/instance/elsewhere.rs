//! Where there are no such sockets every process is on its own.

use std::io;
use std::path::Path;

use super::talk::{Answer, Ask};
use super::{OpenDoor, PeerError, Seat};
use crate::desktop::Caller;
use crate::home::Home;

/// Lets nobody in.
pub async fn serve(_seat: Seat, _door: OpenDoor, _caller: Caller, _render: fn(&Home) -> String) -> io::Result<()> {
    Ok(())
}

/// Never there.
pub struct Peer(std::convert::Infallible);

impl Peer {
    /// Nobody is there.
    pub async fn reach(_socket: &Path) -> Result<Self, PeerError> {
        Err(PeerError::Nobody)
    }

    /// Cannot be.
    pub async fn ask(&mut self, _ask: Ask) -> Result<Answer, PeerError> {
        match self.0 {}
    }

    /// Cannot be.
    pub async fn send(&mut self, _ask: Ask) -> Result<(), PeerError> {
        match self.0 {}
    }

    /// Cannot be.
    pub async fn next(&mut self) -> Result<Option<Answer>, PeerError> {
        match self.0 {}
    }
}
