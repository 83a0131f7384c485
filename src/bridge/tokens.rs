//! The bridge's own tokens: random for one run, or read from a file with mode 0600.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};

use crate::wwn::server::{Grant, Permissions, Randomness};

/// The minimum length of a token, in characters; shorter ones can be guessed.
const SHORTEST: usize = 16;
/// The maximum number of tokens, as many as the server keeps.
const MOST: usize = 1000;
/// The maximum size of the file.
const MAX_BYTES: u64 = 1024 * 1024;

/// The reason why a file of tokens cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TokenFileError {
    /// The file cannot be read or written.
    #[error("the file of tokens cannot be used ({error}): {}", .path.display())]
    File {
        path: PathBuf,
        /// The reason.
        error: io::Error,
    },
    /// Other users can read the file.
    #[error("{} can be read by others; take that away first: chmod 600", .0.display())]
    Open(PathBuf),
    /// A line that is no token.
    #[error("line {line} of {} is no token: one has {SHORTEST} characters or more without spaces, and may be \
             followed by read-only", .path.display())]
    Line {
        path: PathBuf,
        /// The line number, from 1.
        line: usize,
    },
    #[error("{} holds {count} tokens; the most is {MOST}", .path.display())]
    TooMany {
        path: PathBuf,
        /// The number.
        count: usize,
    },
    /// The file has no token.
    #[error("{} holds no token", .0.display())]
    Empty(PathBuf),
}

/// The valid tokens with their permissions. Without a file a random one; a missing file is created with one.
pub fn bridge_tokens(file: Option<&Path>, read_only: bool) -> Result<Vec<(SecretString, Grant)>, TokenFileError> {
    let made_up = || Randomness::System.token();
    let Some(path) = file else { return Ok(vec![(made_up(), grant(read_only))]) };
    let failed = |error| TokenFileError::File { path: path.to_owned(), error };
    match is_open_to_others(path) {
        Ok(true) => Err(TokenFileError::Open(path.to_owned())),
        Ok(false) => {
            let text = crate::files::read_text(path, MAX_BYTES).map_err(failed)?;
            let tokens = read(path, &text, read_only)?;
            match tokens.len() {
                0 => Err(TokenFileError::Empty(path.to_owned())),
                count if count > MOST => Err(TokenFileError::TooMany { path: path.to_owned(), count }),
                _ => Ok(tokens),
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let token = made_up();
            let words = if read_only { " read-only" } else { "" };
            write_own(path, &format!("{}{words}\n", token.expose_secret())).map_err(failed)?;
            Ok(vec![(token, grant(read_only))])
        }
        Err(error) => Err(failed(error)),
    }
}

fn read(path: &Path, text: &str, read_only: bool) -> Result<Vec<(SecretString, Grant)>, TokenFileError> {
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let token = |(line, text): (usize, &str)| {
        let wrong = || TokenFileError::Line { path: path.to_owned(), line };
        let mut words = text.split_whitespace();
        let token = words.next().filter(|token| token.chars().count() >= SHORTEST).ok_or_else(wrong)?;
        let is_read_only = match (words.next(), words.next()) {
            (None, _) => false,
            (Some("read-only"), None) => true,
            (Some(_), _) => return Err(wrong()),
        };
        Ok((SecretString::from(token), grant(read_only || is_read_only)))
    };
    lines.map(token).collect()
}

fn grant(read_only: bool) -> Grant {
    let permissions = if read_only { Permissions::READ_ONLY } else { Permissions::ALL };
    Grant { permissions, client_version: 1, user_id: "z.1.1.bridge".to_owned() }
}

#[cfg(unix)]
fn is_open_to_others(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(fs::metadata(path)?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_path: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Creates a file with mode 0600.
fn write_own(path: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(tokens: &[(SecretString, Grant)]) -> Vec<(&str, bool)> {
        tokens.iter().map(|(token, of)| (token.expose_secret(), of.permissions == Permissions::READ_ONLY)).collect()
    }

    #[test]
    fn a_missing_file_is_created_with_mode_0600_and_read_later() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tokens");
        let made = bridge_tokens(Some(&path), true).expect("made");
        assert!(!is_open_to_others(&path).expect("looked at"));
        let read = bridge_tokens(Some(&path), false).expect("read");
        assert_eq!(texts(&made), texts(&read));
        assert!(texts(&made)[0].1, "it was made for reading");
        assert_ne!(
            texts(&bridge_tokens(None, false).expect("made")),
            texts(&bridge_tokens(None, false).expect("made"))
        );
    }

    #[cfg(unix)]
    #[test]
    fn errors_in_a_file_name_the_line() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tokens");
        let with = |text: &str, mode: u32| {
            fs::write(&path, text).expect("written");
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("set");
            bridge_tokens(Some(&path), false)
        };
        let good = "# mine\n\na-token-that-is-long\nanother-long-token read-only\n";
        let read = with(good, 0o600).expect("good");
        assert_eq!(texts(&read), [("a-token-that-is-long", false), ("another-long-token", true)]);
        assert!(matches!(with(good, 0o644), Err(TokenFileError::Open(_))));
        for (text, at) in
            [("short\n", 1), ("a-token-that-is-long write\n", 1), ("# \na-token-that-is-long read-only x", 2)]
        {
            let err = with(text, 0o600).expect_err(text);
            assert!(matches!(err, TokenFileError::Line { line, .. } if line == at), "{err}");
            assert!(!err.to_string().contains("a-token"), "a token is told: {err}");
        }
        assert!(matches!(with("# none\n", 0o600), Err(TokenFileError::Empty(_))));
        let nowhere = folder.path().join("missing/tokens");
        assert!(matches!(bridge_tokens(Some(&nowhere), false), Err(TokenFileError::File { .. })));
    }

    /// Findings L11: no token stops working without a message, and a file of another kind is not read.
    #[cfg(unix)]
    #[test]
    fn l11_a_file_of_too_many_tokens_or_of_another_kind_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tokens");
        let own = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
        let with = |text: &str, mode: u32| {
            fs::write(&path, text).expect("written");
            own(&path, mode);
            bridge_tokens(Some(&path), false)
        };
        let line = |number: usize| format!("token-number-{number:08}\n");
        let lines = |count: usize| (0..count).map(line).collect::<Vec<String>>().concat();
        assert_eq!(with(&lines(MOST), 0o600).expect("as many as are kept").len(), MOST);
        let err = with(&lines(MOST + 1), 0o600).expect_err("one too many");
        assert!(matches!(err, TokenFileError::TooMany { count, .. } if count == MOST + 1), "{err}");
        let large = "# a line that is no token\n".repeat(100_000);
        assert!(matches!(with(&large, 0o600), Err(TokenFileError::File { .. })));
        // The mode is checked before size and lines.
        assert!(matches!(with(&large, 0o644), Err(TokenFileError::Open(_))));
        assert!(matches!(with("short\n", 0o640), Err(TokenFileError::Open(_))));
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
        assert!(made.success());
        own(&pipe, 0o600);
        let (tell, told) = std::sync::mpsc::sync_channel(1);
        let tried = move || {
            // The receiver may have given up.
            tell.send(bridge_tokens(Some(&pipe), false).map(|tokens| tokens.len())).ok();
        };
        std::thread::Builder::new().spawn(tried).expect("a thread");
        let read = told.recv_timeout(std::time::Duration::from_secs(20)).expect("in time");
        assert!(matches!(read, Err(TokenFileError::File { .. })), "{read:?}");
    }
}
