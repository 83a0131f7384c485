//! The transport between two processes of one user: a named pipe of Windows.
//!
//! All users share one name space of pipes. The name is therefore random and written into a file in the user's
//! own folder: a process that cannot read the folder can neither find the pipe nor take its name first. The
//! default access allows writing to the owner and administrators only.

use std::io;
use std::path::Path;
use std::time::Duration;

use tokio::net::windows::named_pipe::{ClientOptions, NamedPipeClient, NamedPipeServer, ServerOptions};

/// The server's end of a connection.
pub(super) type ServerStream = NamedPipeServer;
/// The client's end of a connection.
pub(super) type ClientStream = NamedPipeClient;

const PREFIX: &str = r"\\.\pipe\setpoint-";
/// `ERROR_PIPE_BUSY`: another client connected, and the next pipe does not exist yet.
const BUSY: i32 = 231;
/// Number of attempts at a busy pipe.
const TRIES: u32 = 50;
const MOMENT: Duration = Duration::from_millis(20);

/// Accepts connections.
pub(super) struct Listener {
    name: String,
    next: NamedPipeServer,
}

impl Listener {
    /// Creates a pipe and writes its name to the path.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let name = format!("{PREFIX}{}", uuid::Uuid::new_v4());
        let next = ServerOptions::new().first_pipe_instance(true).reject_remote_clients(true).create(&name)?;
        crate::files::replace(path, name.as_bytes())?;
        Ok(Self { name, next })
    }

    /// Accepts the next connection.
    pub(super) async fn accept(&mut self) -> io::Result<ServerStream> {
        self.next.connect().await?;
        let next = ServerOptions::new().reject_remote_clients(true).create(&self.name)?;
        Ok(std::mem::replace(&mut self.next, next))
    }
}

/// Connects to the pipe whose name is at the path.
pub(super) async fn connect(path: &Path) -> io::Result<ClientStream> {
    let name = std::fs::read_to_string(path)?;
    if !name.starts_with(PREFIX) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    for _ in 1..TRIES {
        match ClientOptions::new().open(&name) {
            Err(err) if err.raw_os_error() == Some(BUSY) => tokio::time::sleep(MOMENT).await,
            done => return done,
        }
    }
    ClientOptions::new().open(&name)
}

/// Always `None`: the access of the pipe excludes other users.
pub(super) fn wrong_user<S>(_stream: &S) -> io::Result<Option<u32>> {
    Ok(None)
}
