//! Files that survive a crash: replaced atomically, and quarantined when they are damaged.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::i18n::{Message, ToMessage, display_english, message};

/// The reason why a file cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// The file does not exist.
    Missing,
    /// Access is denied.
    Denied,
    /// The file system is read-only.
    ReadOnly,
    /// The disk or quota is full.
    Full,
    /// A file stands where a folder should be, or the reverse.
    InTheWay,
    /// A pipe, a device, or a file far larger than any of this program.
    NotPlain,
    /// Any other error, in the words of the system.
    Other(String),
}

impl ToMessage for FileError {
    fn to_message(&self) -> Message {
        match self {
            Self::Missing => message!("file-missing"),
            Self::Denied => message!("file-denied"),
            Self::ReadOnly => message!("file-read-only"),
            Self::Full => message!("file-full"),
            Self::InTheWay => message!("file-in-the-way"),
            Self::NotPlain => message!("file-not-plain"),
            Self::Other(words) => Message::verbatim(words),
        }
    }
}

display_english!(FileError);

impl From<&io::Error> for FileError {
    fn from(err: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        if err.get_ref().is_some_and(|own| own.is::<NotPlain>()) {
            return Self::NotPlain;
        }
        let errors = [
            (&[Kind::NotFound][..], Self::Missing),
            (&[Kind::PermissionDenied][..], Self::Denied),
            (&[Kind::ReadOnlyFilesystem][..], Self::ReadOnly),
            (&[Kind::StorageFull, Kind::QuotaExceeded][..], Self::Full),
            (&[Kind::NotADirectory, Kind::IsADirectory, Kind::AlreadyExists][..], Self::InTheWay),
        ];
        let known = errors.into_iter().find(|(kinds, _)| kinds.contains(&err.kind()));
        known.map_or_else(|| Self::Other(err.to_string()), |(_, error)| error)
    }
}

/// The fate of a damaged file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quarantined {
    /// Renamed to this path.
    Kept(PathBuf),
    /// Left in place.
    Stuck {
        path: PathBuf,
        /// The error of the rename.
        error: FileError,
    },
}

impl Quarantined {
    /// The message about a file: `kept` if it was renamed, `stuck` if it could not be.
    pub(crate) fn message_of(&self, kept: &'static str, stuck: &'static str) -> Message {
        match self {
            Self::Kept(path) => Message::new(kept).with("path", path),
            Self::Stuck { path, error } => Message::new(stuck).with("path", path).with("why", error.to_message()),
        }
    }
}

/// Renames a damaged file.
pub(crate) fn quarantine(path: &Path) -> Quarantined {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".corrupt");
    let mut count = 1;
    while Path::new(&aside).exists() && count < 100 {
        count += 1;
        path.as_os_str().clone_into(&mut aside);
        aside.push(format!(".corrupt-{count}"));
    }
    match fs::rename(path, &aside) {
        Ok(()) => Quarantined::Kept(PathBuf::from(aside)),
        Err(err) => Quarantined::Stuck { path: path.to_owned(), error: FileError::from(&err) },
    }
}

/// The maximum size of a settings or queue file.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The error of [`read`] for a special or huge file.
#[derive(Debug, thiserror::Error)]
#[error("it is no plain file of a reasonable size")]
struct NotPlain;

/// Reads a plain file of a reasonable size. Reading a pipe or a device would never end.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = open_plain(path, OpenOptions::new().read(true))?;
    if file.metadata()?.len() > MAX_BYTES {
        return Err(io::Error::other(NotPlain));
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a plain file and nothing else: opening a pipe would wait for its other end.
fn open_plain(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed()).mode(0o600);
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other(NotPlain)) }
}

/// Reads at most `most` bytes of a plain text file.
pub(crate) fn read_text(path: &Path, most: u64) -> io::Result<String> {
    let file = open_plain(path, OpenOptions::new().read(true))?;
    if file.metadata()?.len() > most {
        return Err(io::Error::other(NotPlain));
    }
    let mut text = String::new();
    file.take(most).read_to_string(&mut text)?;
    Ok(text)
}

/// Reads the end of a plain file, at most `most` bytes, from the beginning of a line.
pub(crate) fn read_end(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut file = open_plain(path, OpenOptions::new().read(true))?;
    let length = file.metadata()?.len();
    let from = length.saturating_sub(most);
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes)?;
    if from > 0 {
        // The first line is incomplete.
        let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
        bytes.drain(..end);
    }
    Ok(bytes)
}

/// Appends a line to a plain file with mode 0600. An incomplete last line is ended first, so that it does not
/// damage the new one. Beyond `most` bytes the file is renamed to `*.1.*`, and a new one begins.
pub(crate) fn append_line(path: &Path, line: &[u8], most: u64) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        create_own_folders(folder)?;
    }
    if fs::symlink_metadata(path).is_ok_and(|file| file.is_file() && file.len() > most) {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        fs::rename(path, path.with_extension(format!("1.{ending}")))?;
    }
    let mut file = open_plain(path, OpenOptions::new().create(true).append(true).read(true))?;
    own(&file)?;
    let mut bytes = Vec::with_capacity(line.len() + 2);
    if file.metadata()?.len() > 0 {
        let mut last = [0];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            bytes.push(b'\n');
        }
    }
    bytes.extend_from_slice(line);
    bytes.push(b'\n');
    file.write_all(&bytes)
}

/// Removes the access of others to a file, which an earlier version may have allowed.
#[cfg(unix)]
fn own(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = file.metadata()?.permissions().mode();
    if mode.trailing_zeros() >= 6 { Ok(()) } else { file.set_permissions(fs::Permissions::from_mode(0o600)) }
}

#[cfg(not(unix))]
fn own(_file: &File) -> io::Result<()> {
    Ok(())
}

/// Creates a folder and its parents with mode 0700, whatever the umask.
pub(crate) fn create_own_folders(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Removes the access of others to a folder, which an earlier version may have allowed.
pub(crate) fn make_own(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        let found = fs::metadata(folder)?;
        let is_ours = found.uid() == rustix::process::geteuid().as_raw();
        if is_ours && found.permissions().mode().trailing_zeros() < 6 {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        }
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Opens a lock file with mode 0600.
pub(crate) fn open_lock(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        create_own_folders(folder)?;
    }
    let file = open_plain(path, OpenOptions::new().create(true).truncate(false).write(true).read(true))?;
    own(&file)?;
    Ok(file)
}

/// The maximum wait for the lock of a shared file.
const TURN: Duration = Duration::from_secs(5);

/// Holds the lock of a shared file, for reading, changing and replacing it.
#[derive(Debug)]
pub(crate) struct FileLock {
    _file: File,
}

/// Waits for the lock of a shared file. The lock is a separate file beside it, because each change replaces the
/// file itself.
pub(crate) fn lock_file(path: &Path) -> io::Result<FileLock> {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".lock");
    let file = open_lock(&path.with_file_name(name))?;
    let began = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(FileLock { _file: file }),
            Err(TryLockError::WouldBlock) if began.elapsed() < TURN => std::thread::sleep(Duration::from_millis(5)),
            Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::TimedOut.into()),
            Err(TryLockError::Error(err)) => return Err(err),
        }
    }
}

/// Replaces a file atomically, with mode 0600. A crash leaves the old or the new content. A symbolic link is
/// followed, so that settings kept elsewhere stay there.
pub(crate) fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        create_own_folders(folder)?;
    }
    let target = fs::canonicalize(path);
    let path = target.as_deref().unwrap_or(path);
    let mut options = atomic_write_file::AtomicWriteFile::options();
    #[cfg(unix)]
    {
        use atomic_write_file::unix::OpenOptionsExt as _;
        use std::os::unix::fs::OpenOptionsExt as _;
        options.preserve_mode(false).mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(contents)?;
    file.commit()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_symbolic_link_stays_and_the_file_has_mode_0600() {
        let folder = tempfile::tempdir().expect("a folder");
        let (kept, link) = (folder.path().join("dotfiles.toml"), folder.path().join("settings.toml"));
        fs::write(&kept, "old").expect("written");
        symlink(&kept, &link).expect("linked");
        replace(&link, b"new").expect("replaced");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(fs::read(&kept).expect("read"), b"new");
        assert_eq!(fs::metadata(&kept).expect("there").permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn special_files_are_not_read() {
        let device = read(Path::new("/dev/zero")).expect_err("a device");
        assert_eq!(FileError::from(&device), FileError::NotPlain);
        assert!(read(Path::new("/")).is_err());
        assert_eq!(read(Path::new("/nonexistent")).expect_err("not there").kind(), io::ErrorKind::NotFound);
    }
}
