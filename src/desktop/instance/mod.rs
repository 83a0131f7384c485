//! One process a person: the first start takes the seat, later ones talk to it.
//!
//! The seat is a locked file; beside it lies a socket that only its owner may open, in a folder
//! that only its owner may enter. Both ends look who is at the other one before they say a word.
//! Messages are single lines of JSON ([`talk`]). On Windows a pipe is in the place of the socket
//! (`pipe.rs`).
//!
//! A second start opens the window of the first. Commands such as `setpoint set` use the running
//! engine, so that budget, journal and undo are shared; they work alone where none runs.

mod client;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
#[cfg(not(unix))]
#[path = "pipe.rs"]
mod line;
#[cfg(unix)]
#[path = "socket.rs"]
mod line;
mod server;
pub mod talk;

#[cfg(test)]
#[cfg(unix)]
mod tests;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub use client::Peer;
pub use server::{Bridged, Wire, serve};

use self::talk::OpenAccount;
use super::identity;
use crate::engine::Access;

/// What is open in this process just now, for those who are let in.
#[derive(Clone, Default)]
pub struct OpenDoor(Arc<Mutex<Vec<(OpenAccount, Access)>>>);

impl OpenDoor {
    /// From now on these accounts are open.
    pub fn show(&self, open: Vec<(OpenAccount, Access)>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = open;
    }

    /// The engine of an account, if that is one of those that are open.
    pub fn access(&self, wanted: &OpenAccount) -> Option<Access> {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.iter().find(|(account, _)| account == wanted).map(|(_, access)| access.clone())
    }
}

/// The seat of the one process, held for as long as this lives.
#[derive(Debug)]
pub struct Seat {
    _lock: File,
    socket: PathBuf,
}

/// Whose the seat is.
#[derive(Debug)]
pub enum Claim {
    /// Ours.
    First(Seat),
    /// Another process has it.
    Taken,
}

/// Takes the seat that belongs to a socket, if it is free. The folder around it is made, and is
/// nobody else's.
pub fn claim(socket: &Path) -> io::Result<Claim> {
    let folder = socket.parent().ok_or(io::ErrorKind::InvalidInput)?;
    own_folder(folder)?;
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(socket.with_extension("lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(Claim::First(Seat { _lock: lock, socket: socket.to_owned() })),
        Err(TryLockError::WouldBlock) => Ok(Claim::Taken),
        Err(TryLockError::Error(err)) => Err(err),
    }
}

impl Seat {
    /// Where to listen. What an earlier process left there is gone: the seat was free.
    pub fn socket(&self) -> io::Result<&Path> {
        match fs::remove_file(&self.socket) {
            Err(err) if err.kind() != io::ErrorKind::NotFound => Err(err),
            Ok(()) | Err(_) => Ok(&self.socket),
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        // The lock is what counts; a socket that stays behind only leads to nobody.
        fs::remove_file(&self.socket).ok();
    }
}

/// A folder that only its owner may enter. One that belongs to somebody else, or lets others in,
/// is not used.
#[cfg(unix)]
fn own_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
    if let Some(above) = folder.parent() {
        fs::create_dir_all(above)?;
    }
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(err) if err.kind() != io::ErrorKind::AlreadyExists => return Err(err),
        Ok(()) | Err(_) => {}
    }
    let found = fs::symlink_metadata(folder)?;
    let is_own = found.is_dir() && found.uid() == own_user() && found.permissions().mode().trailing_zeros() >= 6;
    if is_own { Ok(()) } else { Err(io::Error::other(format!("{} is open to others", folder.display()))) }
}

#[cfg(not(unix))]
fn own_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(unix)]
fn own_user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Why the running program could not be talked to.
#[derive(Debug, thiserror::Error)]
pub enum PeerError {
    /// Nobody is there.
    #[error("no running program")]
    Nobody,
    /// The socket is somebody else's.
    #[error("the socket of the running program belongs to another user; it was not used")]
    Stranger,
    /// It did not answer, or not in this language.
    #[error("the running program does not answer as expected ({0})")]
    Odd(String),
    /// No answer came to a question: nobody knows whether the program took it.
    #[error("the running program was asked and gave no answer ({0})")]
    Unanswered(String),
}

/// Tells the running program something, and waits until it has heard.
pub fn tell(socket: &Path, ask: talk::Ask) -> Result<(), PeerError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|err| PeerError::Odd(err.to_string()))?;
    runtime.block_on(async {
        match Peer::reach(socket).await?.ask(ask).await? {
            talk::Answer::Done => Ok(()),
            talk::Answer::Wrong(why) => Err(PeerError::Odd(why)),
            talk::Answer::NotOpen
            | talk::Answer::NoHome(_)
            | talk::Answer::Home(_)
            | talk::Answer::Bridged(_)
            | talk::Answer::Set { .. } => Err(PeerError::Odd("another answer".to_owned())),
        }
    })
}

/// Where the socket of a person's configuration is: each configuration has a process of its own.
pub fn socket_of(config: &Path, data: &Path) -> PathBuf {
    let folder = directories::BaseDirs::new().and_then(|dirs| dirs.runtime_dir().map(Path::to_owned));
    match folder {
        Some(folder) => folder_in(&folder, identity::sandbox()).join(format!("{:016x}.sock", number(config))),
        None => data.join("run").join("instance.sock"),
    }
}

/// Where a bridge that owns an account listens, beside the socket of the program.
pub fn owner_socket(program: &Path, account: &str) -> PathBuf {
    program.with_extension(format!("{:016x}.sock", number(Path::new(account))))
}

/// Each run of a Flatpak has a runtime folder of its own; only this part of it is the same in all.
fn folder_in(runtime: &Path, sandbox: Option<String>) -> PathBuf {
    sandbox.map_or_else(|| runtime.to_owned(), |id| runtime.join("app").join(id)).join("setpoint")
}

/// A short name for a path, the same in every process (FNV-1a).
fn number(path: &Path) -> u64 {
    let bytes = path.as_os_str().as_encoded_bytes();
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
