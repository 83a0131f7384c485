//! Tokens in a file that a passphrase seals, for desktops without a keyring.
//!
//! The key comes of the passphrase by Argon2id with the library's recommended cost, the file is
//! sealed whole by XChaCha20-Poly1305 with a fresh salt and nonce at each write: whoever reads
//! it without the passphrase learns its length, and whoever changes it is found out.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;

use argon2::Argon2;
use chacha20poly1305::aead::{Aead as _, AeadCore as _, KeyInit as _, OsRng};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

use super::vault::{SecretStore, VaultError};
use crate::files::FileError;

/// The file begins with it; another form gets another number.
const MAGIC: &[u8] = b"setpoint sealed tokens 1\n";
const SALT: usize = 16;
const NONCE: usize = 24;
/// No file of tokens is larger.
const MAX_BYTES: u64 = 1024 * 1024;

/// A sealed file and the passphrase that opens it.
pub struct SealedFile {
    path: PathBuf,
    passphrase: SecretString,
}

impl SealedFile {
    /// A file that may not exist yet.
    pub fn new(path: PathBuf, passphrase: SecretString) -> Self {
        Self { path, passphrase }
    }

    fn load(&self) -> Result<BTreeMap<String, String>, VaultError> {
        let unusable = |err: io::Error| self.unusable(&err);
        let bytes = match fs::metadata(&self.path) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(err) => return Err(unusable(err)),
            Ok(file) if file.len() > MAX_BYTES => return Err(VaultError::Damaged),
            Ok(_) => fs::read(&self.path).map_err(unusable)?,
        };
        let rest = bytes.strip_prefix(MAGIC).ok_or(VaultError::Damaged)?;
        let (salt, rest) = rest.split_at_checked(SALT).ok_or(VaultError::Damaged)?;
        let (nonce, sealed) = rest.split_at_checked(NONCE).ok_or(VaultError::Damaged)?;
        let opened = self.cipher(salt)?.decrypt(XNonce::from_slice(nonce), sealed);
        // A wrong passphrase and a changed file look the same from here.
        let opened = Zeroizing::new(opened.map_err(|_err| VaultError::WrongPassphrase)?);
        serde_json::from_slice(&opened).map_err(|_err| VaultError::Damaged)
    }

    fn save(&self, secrets: &BTreeMap<String, String>) -> Result<(), VaultError> {
        let plain = serde_json::to_vec(secrets).map_err(|err| VaultError::Cipher(err.to_string()))?;
        let plain = Zeroizing::new(plain);
        let fresh = XChaCha20Poly1305::generate_nonce(&mut OsRng);
        let salt_source = XChaCha20Poly1305::generate_nonce(&mut OsRng);
        let salt = salt_source.get(..SALT).ok_or(VaultError::Damaged)?;
        let sealed = self.cipher(salt)?.encrypt(&fresh, plain.as_slice());
        let sealed = sealed.map_err(|err| VaultError::Cipher(err.to_string()))?;
        let bytes = [MAGIC, salt, fresh.as_slice(), &sealed].concat();
        let saved = crate::files::replace(&self.path, &bytes);
        saved.map_err(|err| self.unusable(&err))
    }

    fn unusable(&self, err: &io::Error) -> VaultError {
        VaultError::File { path: self.path.clone(), error: FileError::from(err) }
    }

    fn cipher(&self, salt: &[u8]) -> Result<XChaCha20Poly1305, VaultError> {
        let mut key = Zeroizing::new([0_u8; 32]);
        let passphrase = self.passphrase.expose_secret().as_bytes();
        let made = Argon2::default().hash_password_into(passphrase, salt, key.as_mut_slice());
        made.map_err(|err| VaultError::Cipher(err.to_string()))?;
        Ok(XChaCha20Poly1305::new(Key::from_slice(key.as_slice())))
    }
}

impl SecretStore for SealedFile {
    fn read(&self, name: &str) -> Result<SecretString, VaultError> {
        self.load()?.remove(name).map(SecretString::from).ok_or(VaultError::Missing)
    }

    fn write(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        let mut secrets = self.load()?;
        secrets.insert(name.to_owned(), secret.expose_secret().to_owned());
        self.save(&secrets)
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        let mut secrets = self.load()?;
        if secrets.remove(name).is_none() {
            return Ok(());
        }
        self.save(&secrets)
    }
}

#[cfg(test)]
mod tests {
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
    fn a_changed_or_broken_file_is_found_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let sealed = file(&folder, "right");
        sealed.write("a", &SecretString::from("c.secret")).expect("kept");
        let path = folder.path().join("deep/tokens");
        let mut bytes = fs::read(&path).expect("a file");
        *bytes.last_mut().expect("not empty") ^= 1;
        fs::write(&path, &bytes).expect("written");
        assert_eq!(sealed.read("a").err(), Some(VaultError::WrongPassphrase));
        for broken in [&b""[..], b"\0\0\0", MAGIC, &bytes[..MAGIC.len() + 20]] {
            fs::write(&path, broken).expect("written");
            assert!(sealed.read("a").is_err());
        }
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
