//! The line between two processes of one person: a Unix socket.

use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tokio::net::{UnixListener, UnixStream};

use super::own_user;

/// The end of the process that has the seat.
pub(super) type Visit = UnixStream;
/// The end of another one.
pub(super) type Call = UnixStream;

/// Where visitors come in.
pub(super) struct Listener(UnixListener);

impl Listener {
    /// Opens the door at a path, for its owner alone.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let listener = UnixListener::bind(path)?;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
        Ok(Self(listener))
    }

    /// The next visitor.
    #[expect(clippy::needless_pass_by_ref_mut, reason = "the pipe in its place on Windows has to be")]
    pub(super) async fn accept(&mut self) -> io::Result<Visit> {
        Ok(self.0.accept().await?.0)
    }
}

/// Reaches the door at a path.
pub(super) async fn call(path: &Path) -> io::Result<Call> {
    UnixStream::connect(path).await
}

/// The number of the user at the other end, if that is somebody else.
pub(super) fn stranger(stream: &UnixStream) -> io::Result<Option<u32>> {
    let user = stream.peer_cred()?.uid();
    Ok((user != own_user()).then_some(user))
}
