//! Tokens in a file that a passphrase seals, for desktops without a keyring.
//!
//! Argon2id derives the key from the passphrase with the library's recommended cost. XChaCha20-Poly1305 seals
//! the whole file with a fresh salt and nonce at each write. A reader without the passphrase learns only the
//! length, and a change of the file is detected.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use argon2::Argon2;
use blake2::{Blake2s256, Digest as _};
use chacha20poly1305::aead::{Aead as _, AeadCore as _, KeyInit as _, OsRng};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

use super::store::{SecretStore, VaultError};
use crate::files::{FileError, FileLock, Quarantined};

/// The start of the file; another format has another number.
const MAGIC: &[u8] = b"setpoint sealed tokens 2\n";
/// The format before the release of 0.1, without a mark of the key. It is read, and replaced at the next change.
const FIRST_MAGIC: &[u8] = b"setpoint sealed tokens 1\n";
const MARK: usize = 16;
const SALT: usize = 16;
const NONCE: usize = 24;
/// The maximum size of the file.
const MAX_BYTES: usize = 1024 * 1024;

/// A sealed file and its passphrase.
pub struct SealedFile {
    path: PathBuf,
    passphrase: SecretString,
}

impl SealedFile {
    /// The file may not exist yet.
    pub fn new(path: PathBuf, passphrase: SecretString) -> Self {
        Self { path, passphrase }
    }

    fn load(&self) -> Result<BTreeMap<String, String>, VaultError> {
        let bytes = match crate::files::read(&self.path) {
            Ok(bytes) if bytes.len() > MAX_BYTES => return Err(VaultError::Damaged),
            Ok(bytes) => bytes,
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(err) => return Err(self.unusable(&err)),
        };
        let (rest, is_first_form) = match bytes.strip_prefix(MAGIC) {
            Some(rest) => (rest, false),
            None => (bytes.strip_prefix(FIRST_MAGIC).ok_or(VaultError::Damaged)?, true),
        };
        let (salt, rest) = rest.split_at_checked(SALT).ok_or(VaultError::Damaged)?;
        let key = self.key(salt)?;
        let (mark, rest) = if is_first_form { (None, rest) } else { take_mark(rest)? };
        if mark.is_some_and(|mark| mark != mark_of(&key)) {
            return Err(VaultError::WrongPassphrase);
        }
        let (nonce, sealed) = rest.split_at_checked(NONCE).ok_or(VaultError::Damaged)?;
        let opened = cipher(&key).decrypt(XNonce::from_slice(nonce), sealed);
        // The first format cannot distinguish a wrong passphrase from a damaged file.
        let wrong = if is_first_form { VaultError::WrongPassphrase } else { VaultError::Damaged };
        let opened = Zeroizing::new(opened.map_err(|_err| wrong)?);
        serde_json::from_slice(&opened).map_err(|_err| VaultError::Damaged)
    }

    /// Reads the secrets for a change. A damaged file is quarantined and a new one begins, because nothing could
    /// be read from it any more.
    fn load_to_change(&self) -> Result<BTreeMap<String, String>, VaultError> {
        match self.load() {
            Err(VaultError::Damaged) => {
                let aside = crate::files::quarantine(&self.path);
                tracing::warn!(?aside, "the file of sealed tokens could not be read");
                match aside {
                    Quarantined::Kept(_) => Ok(BTreeMap::new()),
                    Quarantined::Stuck { .. } => Err(VaultError::Damaged),
                }
            }
            loaded => loaded,
        }
    }

    fn save(&self, secrets: &BTreeMap<String, String>) -> Result<(), VaultError> {
        let plain = serde_json::to_vec(secrets).map_err(|err| VaultError::Cipher(err.to_string()))?;
        let plain = Zeroizing::new(plain);
        let fresh = XChaCha20Poly1305::generate_nonce(&mut OsRng);
        let salt_source = XChaCha20Poly1305::generate_nonce(&mut OsRng);
        let salt = salt_source.get(..SALT).ok_or(VaultError::Damaged)?;
        let key = self.key(salt)?;
        let sealed = cipher(&key).encrypt(&fresh, plain.as_slice());
        let sealed = sealed.map_err(|err| VaultError::Cipher(err.to_string()))?;
        let bytes = [MAGIC, salt, &mark_of(&key), fresh.as_slice(), &sealed].concat();
        let saved = crate::files::replace(&self.path, &bytes);
        saved.map_err(|err| self.unusable(&err))
    }

    fn unusable(&self, err: &io::Error) -> VaultError {
        VaultError::File { path: self.path.clone(), error: FileError::from(err) }
    }

    fn key(&self, salt: &[u8]) -> Result<SealKey, VaultError> {
        let mut key = Zeroizing::new([0_u8; 32]);
        let passphrase = self.passphrase.expose_secret().as_bytes();
        let made = Argon2::default().hash_password_into(passphrase, salt, key.as_mut_slice());
        made.map_err(|err| VaultError::Cipher(err.to_string()))?;
        Ok(key)
    }

    fn lock_file(&self) -> Result<FileLock, VaultError> {
        crate::files::lock_file(&self.path).map_err(|err| self.unusable(&err))
    }
}

type SealKey = Zeroizing<[u8; 32]>;

fn cipher(key: &SealKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(Key::from_slice(key.as_slice()))
}

/// Distinguishes a wrong passphrase from a damaged file, without revealing anything of the key.
fn mark_of(key: &SealKey) -> [u8; MARK] {
    let digest = Blake2s256::new().chain_update(b"setpoint sealed tokens").chain_update(key.as_slice()).finalize();
    let mut mark = [0; MARK];
    mark.iter_mut().zip(digest).for_each(|(mark, byte)| *mark = byte);
    mark
}

fn take_mark(rest: &[u8]) -> Result<(Option<[u8; MARK]>, &[u8]), VaultError> {
    let (mark, rest) = rest.split_first_chunk::<MARK>().ok_or(VaultError::Damaged)?;
    Ok((Some(*mark), rest))
}

impl SecretStore for SealedFile {
    fn read(&self, name: &str) -> Result<SecretString, VaultError> {
        self.load()?.remove(name).map(SecretString::from).ok_or(VaultError::Missing)
    }

    fn write(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        let _turn = self.lock_file()?;
        let mut secrets = self.load_to_change()?;
        secrets.insert(name.to_owned(), secret.expose_secret().to_owned());
        self.save(&secrets)
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        let _turn = self.lock_file()?;
        let mut secrets = self.load_to_change()?;
        if secrets.remove(name).is_none() {
            return Ok(());
        }
        self.save(&secrets)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn file(folder: &tempfile::TempDir, passphrase: &str) -> SealedFile {
        SealedFile::new(folder.path().join("deep/tokens"), SecretString::from(passphrase))
    }

    #[test]
    fn secrets_are_kept_sealed_and_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let sealed = file(&folder, "correct horse");
        assert_eq!(sealed.read("a").err(), Some(VaultError::Missing));
        sealed.write("a", &SecretString::from("c.secret-a")).expect("kept");
        sealed.write("b", &SecretString::from("c.secret-b")).expect("kept");
        assert_eq!(file(&folder, "correct horse").read("a").expect("there").expose_secret(), "c.secret-a");
        let bytes = fs::read(folder.path().join("deep/tokens")).expect("a file");
        assert!(!String::from_utf8_lossy(&bytes).contains("secret"), "sealed");
        sealed.delete("a").expect("forgotten");
        assert_eq!(sealed.read("a").err(), Some(VaultError::Missing));
        assert_eq!(sealed.read("b").expect("still there").expose_secret(), "c.secret-b");
    }

    #[test]
    fn a_wrong_passphrase_opens_nothing_and_overwrites_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        file(&folder, "right").write("a", &SecretString::from("c.secret")).expect("kept");
        let wrong = file(&folder, "wrong");
        assert_eq!(wrong.read("a").err(), Some(VaultError::WrongPassphrase));
        assert_eq!(wrong.write("b", &SecretString::from("x")).err(), Some(VaultError::WrongPassphrase));
        assert!(file(&folder, "right").read("a").is_ok());
    }

    #[test]
    fn a_changed_or_damaged_file_is_detected() {
        let folder = tempfile::tempdir().expect("a folder");
        let sealed = file(&folder, "right");
        sealed.write("a", &SecretString::from("c.secret")).expect("kept");
        let path = folder.path().join("deep/tokens");
        let mut bytes = fs::read(&path).expect("a file");
        *bytes.last_mut().expect("not empty") ^= 1;
        fs::write(&path, &bytes).expect("written");
        assert_eq!(sealed.read("a").err(), Some(VaultError::Damaged));
        for broken in [&b""[..], b"\0\0\0", MAGIC, &bytes[..MAGIC.len() + 20]] {
            fs::write(&path, broken).expect("written");
            assert!(sealed.read("a").is_err());
        }
    }

    /// Findings M13: a damaged file is quarantined, and signing in works.
    #[test]
    fn m13_a_damaged_file_is_quarantined_by_the_next_change() {
        let folder = tempfile::tempdir().expect("a folder");
        let sealed = file(&folder, "right");
        sealed.write("a", &SecretString::from("c.secret")).expect("kept");
        let path = folder.path().join("deep/tokens");
        let whole = fs::read(&path).expect("a file");
        let mut flipped = whole.clone();
        *flipped.last_mut().expect("not empty") ^= 1;
        for (count, damaged) in [&whole[..60], &flipped, b"", b"garbage", &vec![7; 2 << 20]].iter().enumerate() {
            fs::write(&path, damaged).expect("written");
            sealed.write("b", &SecretString::from("c.other")).expect("kept");
            assert_eq!(sealed.read("b").expect("there").expose_secret(), "c.other");
            let aside = fs::read_dir(folder.path().join("deep")).expect("a folder").flatten();
            let aside = aside.filter(|entry| entry.file_name().to_string_lossy().contains(".corrupt"));
            assert_eq!(aside.count(), count + 1);
        }
    }

    #[test]
    fn m13_sign_ins_at_once_are_all_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        std::thread::scope(|scope| {
            for number in 0..4 {
                let folder = &folder;
                scope.spawn(move || {
                    let name = format!("a{number}");
                    file(folder, "right").write(&name, &SecretString::from("c.secret")).expect("kept");
                });
            }
        });
        let sealed = file(&folder, "right");
        assert!((0..4).all(|number| sealed.read(&format!("a{number}")).is_ok()));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        file(&folder, "right").write("a", &SecretString::from("c.secret")).expect("kept");
        let mode = fs::metadata(folder.path().join("deep/tokens")).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
