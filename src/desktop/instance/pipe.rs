//! The line between two processes of one person: a named pipe of Windows.
//!
//! Pipes have one name space for all users, so the name is made up anew each time and written into
//! a file in the person's own folder: who cannot read that folder can neither find the pipe nor
//! take its name first. By itself a pipe can be written to by its owner and administrators only.

use std::io;
use std::path::Path;
use std::time::Duration;

use tokio::net::windows::named_pipe::{ClientOptions, NamedPipeClient, NamedPipeServer, ServerOptions};

/// The end of the process that has the seat.
pub(super) type Visit = NamedPipeServer;
/// The end of another one.
pub(super) type Call = NamedPipeClient;

const PREFIX: &str = r"\\.\pipe\setpoint-";
/// `ERROR_PIPE_BUSY`: another visitor came in, and the next pipe is not there yet.
const BUSY: i32 = 231;
/// So often a busy pipe is tried, a moment apart.
const TRIES: u32 = 50;
const MOMENT: Duration = Duration::from_millis(20);

/// Where visitors come in.
pub(super) struct Listener {
    name: String,
    next: NamedPipeServer,
}

impl Listener {
    /// Opens the door whose name stands at a path.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let name = format!("{PREFIX}{}", uuid::Uuid::new_v4());
        let next = ServerOptions::new().first_pipe_instance(true).reject_remote_clients(true).create(&name)?;
        crate::files::replace(path, name.as_bytes())?;
        Ok(Self { name, next })
    }

    /// The next visitor.
    pub(super) async fn accept(&mut self) -> io::Result<Visit> {
        self.next.connect().await?;
        let next = ServerOptions::new().reject_remote_clients(true).create(&self.name)?;
        Ok(std::mem::replace(&mut self.next, next))
    }
}

/// Reaches the door whose name stands at a path.
pub(super) async fn call(path: &Path) -> io::Result<Call> {
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

/// Nobody else can be at the other end.
pub(super) fn stranger<S>(_stream: &S) -> io::Result<Option<u32>> {
    Ok(None)
}
