//! One process per user: the first start takes the lock, later ones connect to it.
//!
//! The lock is a file; beside it is a socket with mode 0600 in a folder with mode 0700. Both ends check the user
//! of the other one before they send anything. A message is a line of JSON ([`protocol`]). Windows has a pipe
//! instead of the socket (`pipe.rs`). interprocess 2.4 does not replace the two: tokio has both, and the checks of
//! the user, the random name and the time limits would remain.
//!
//! A second start opens the window of the first. Commands such as `setpoint set` use the running engine, so that
//! budget, journal and undo are shared; without one they use their own.

mod client;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
pub mod protocol;
mod server;
#[cfg(not(unix))]
#[path = "pipe.rs"]
mod transport;
#[cfg(unix)]
#[path = "socket.rs"]
mod transport;

#[cfg(test)]
#[cfg(unix)]
mod tests;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub use client::Peer;
pub use server::{Bridged, Codec, IpcEvent, serve};

use self::protocol::AccountKey;
use crate::engine::Access;
use crate::platform::identity;

/// The accounts that this process shares with other processes of the user.
#[derive(Clone, Default)]
pub struct SharedAccounts(Arc<Mutex<Vec<(AccountKey, Access)>>>);

impl SharedAccounts {
    /// Replaces the shared accounts.
    pub fn show(&self, open: Vec<(AccountKey, Access)>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = open;
    }

    /// The engine of an account, if it is shared.
    pub fn access(&self, wanted: &AccountKey) -> Option<Access> {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.iter().find(|(account, _)| account == wanted).map(|(_, access)| access.clone())
    }
}

/// The lock of the running instance, held until it is dropped.
#[derive(Debug)]
pub struct InstanceLock {
    _lock: File,
    socket: PathBuf,
}

/// The result of an attempt to take the lock.
#[derive(Debug)]
pub enum Acquire {
    /// This process has the lock.
    First(InstanceLock),
    /// Another process has the lock.
    Taken,
}

/// Tries to take the lock that belongs to a socket. Creates the folder around it with mode 0700.
pub fn acquire(socket: &Path) -> io::Result<Acquire> {
    let folder = socket.parent().ok_or(io::ErrorKind::InvalidInput)?;
    own_folder(folder)?;
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(socket.with_extension("lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(Acquire::First(InstanceLock { _lock: lock, socket: socket.to_owned() })),
        Err(TryLockError::WouldBlock) => Ok(Acquire::Taken),
        Err(TryLockError::Error(err)) => Err(err),
    }
}

impl InstanceLock {
    /// The path of the socket, without the leftover of an earlier process.
    pub fn socket(&self) -> io::Result<&Path> {
        match fs::remove_file(&self.socket) {
            Err(err) if err.kind() != io::ErrorKind::NotFound => Err(err),
            Ok(()) | Err(_) => Ok(&self.socket),
        }
    }
}

impl Drop for InstanceLock {
    fn drop(&mut self) {
        // Only the lock counts; a socket that remains leads nowhere.
        fs::remove_file(&self.socket).ok();
    }
}

/// Creates a folder with mode 0700. Fails if it belongs to another user or is open to others.
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

/// The reason why the running program could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum PeerError {
    /// No program is running.
    #[error("no running program")]
    Nobody,
    /// The socket belongs to another user.
    #[error("the socket of the running program belongs to another user; it was not used")]
    WrongUser,
    /// The answer is missing or malformed.
    #[error("the running program does not answer as expected ({0})")]
    Odd(String),
    /// The question was sent, but no answer arrived: the program may have acted on it.
    #[error("the running program was asked and gave no answer ({0})")]
    Unanswered(String),
}

/// The answer of the running program to a start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Done,
    /// It has no window, and ends.
    Yields,
}

/// Sends a question to the running program and waits for the confirmation.
pub fn notify_running(socket: &Path, ask: protocol::IpcRequest) -> Result<Told, PeerError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|err| PeerError::Odd(err.to_string()))?;
    runtime.block_on(async {
        match Peer::reach(socket).await?.ask(ask).await? {
            protocol::IpcResponse::Done => Ok(Told::Done),
            protocol::IpcResponse::Yields => Ok(Told::Yields),
            protocol::IpcResponse::Wrong(why) => Err(PeerError::Odd(why)),
            protocol::IpcResponse::NotOpen
            | protocol::IpcResponse::NoHome(_)
            | protocol::IpcResponse::Home(_)
            | protocol::IpcResponse::Bridged(_)
            | protocol::IpcResponse::Set { .. } => Err(PeerError::Odd("another answer".to_owned())),
        }
    })
}

/// The path of the socket: each configuration folder has a process of its own.
pub fn socket_of(config: &Path, data: &Path) -> PathBuf {
    let folder = directories::BaseDirs::new().and_then(|dirs| dirs.runtime_dir().map(Path::to_owned));
    match folder {
        Some(folder) => folder_in(&folder, identity::sandbox()).join(format!("{:016x}.sock", number(config))),
        None => data.join("run").join("instance.sock"),
    }
}

/// The socket of a bridge that owns an account, beside that of the program.
pub fn owner_socket(program: &Path, account: &str) -> PathBuf {
    program.with_extension(format!("{:016x}.sock", number(Path::new(account))))
}

/// Each run of a Flatpak has a runtime folder of its own; only this part of it is shared.
fn folder_in(runtime: &Path, sandbox: Option<String>) -> PathBuf {
    sandbox.map_or_else(|| runtime.to_owned(), |id| runtime.join("app").join(id)).join("setpoint")
}

/// A short name for a path, the same in every process (FNV-1a).
fn number(path: &Path) -> u64 {
    let bytes = path.as_os_str().as_encoded_bytes();
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
