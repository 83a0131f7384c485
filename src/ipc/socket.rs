//! The transport between two processes of one user: a Unix socket.

use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tokio::net::{UnixListener, UnixStream};

use super::own_user;

/// The server's end of a connection.
pub(super) type ServerStream = UnixStream;
/// The client's end of a connection.
pub(super) type ClientStream = UnixStream;

/// Accepts connections.
pub(super) struct Listener(UnixListener);

impl Listener {
    /// Listens at a path, with mode 0600.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let listener = UnixListener::bind(path)?;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
        Ok(Self(listener))
    }

    /// Accepts the next connection.
    #[expect(clippy::needless_pass_by_ref_mut, reason = "the pipe in its place on Windows has to be")]
    pub(super) async fn accept(&mut self) -> io::Result<ServerStream> {
        Ok(self.0.accept().await?.0)
    }
}

/// Connects to the socket at a path.
pub(super) async fn connect(path: &Path) -> io::Result<ClientStream> {
    UnixStream::connect(path).await
}

/// The id of the user at the other end, if it is another user.
pub(super) fn wrong_user(stream: &UnixStream) -> io::Result<Option<u32>> {
    let user = stream.peer_cred()?.uid();
    Ok((user != own_user()).then_some(user))
}
