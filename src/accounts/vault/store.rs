//! The store of tokens: the desktop's keyring, a file sealed by a passphrase, or memory while the program runs.
//! Never a plain file.
//!
//! A locked keyring may never answer, so each call runs on a thread that is abandoned after five seconds. A
//! secret is read once per run.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::sealed::SealedFile;
use crate::files::FileError;
use crate::i18n::{Message, ToMessage, display_english, message};

/// The service name of this program's secrets in the keyring.
const SERVICE: &str = "setpoint";
/// The maximum wait for the keyring; after that it counts as locked.
const PATIENCE: Duration = Duration::from_secs(5);

/// The reason why a secret cannot be read or kept. Each displays with a remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultError {
    /// No secret has this name.
    Missing,
    /// The keyring asked for a password and got none, or refuses.
    Locked(String),
    /// This desktop has no keyring.
    NoKeyring(String),
    /// The keyring did not answer.
    Silent,
    /// The secret in the keyring is damaged.
    Damaged,
    /// The sealed file needs its passphrase.
    PassphraseNeeded,
    /// The passphrase does not open the sealed file.
    WrongPassphrase,
    /// The sealed file cannot be read or written.
    File {
        path: PathBuf,
        /// The reason.
        error: FileError,
    },
    /// The token cannot be sealed.
    Cipher(String),
    /// The machine cannot start a thread.
    Machine(String),
}

impl ToMessage for VaultError {
    fn to_message(&self) -> Message {
        match self {
            Self::Missing => message!("vault-missing"),
            Self::Locked(detail) => message!("vault-locked", detail = detail),
            Self::NoKeyring(detail) => message!("vault-no-keyring", detail = detail),
            Self::Silent => message!("vault-silent"),
            Self::Damaged => message!("vault-damaged"),
            Self::PassphraseNeeded => message!("vault-passphrase"),
            Self::WrongPassphrase => message!("vault-wrong-passphrase"),
            Self::File { path, error } => message!("vault-file", path = path, why = error.to_message()),
            Self::Cipher(detail) => message!("vault-cipher", detail = detail),
            Self::Machine(detail) => message!("vault-machine", detail = detail),
        }
    }
}

display_english!(VaultError);

/// A store of secrets. Calls may block for ever.
pub trait SecretStore: Send + Sync + 'static {
    fn read(&self, name: &str) -> Result<SecretString, VaultError>;
    fn write(&self, name: &str, secret: &SecretString) -> Result<(), VaultError>;
    /// Deletes a secret; succeeds if there is none.
    fn delete(&self, name: &str) -> Result<(), VaultError>;
}

/// The desktop's keyring.
#[derive(Debug, Clone, Copy, Default)]
pub struct KeyringStore;

impl KeyringStore {
    fn entry(name: &str) -> Result<keyring::Entry, VaultError> {
        keyring::Entry::new(SERVICE, name).map_err(vault_error)
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the library's list of causes may grow")]
fn vault_error(err: keyring::Error) -> VaultError {
    match err {
        keyring::Error::NoEntry => VaultError::Missing,
        keyring::Error::NoStorageAccess(cause) => VaultError::Locked(cause.to_string()),
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => VaultError::Damaged,
        keyring::Error::NoDefaultStore => VaultError::NoKeyring("no secret service".to_owned()),
        keyring::Error::PlatformFailure(cause) => VaultError::NoKeyring(cause.to_string()),
        other => VaultError::NoKeyring(other.to_string()),
    }
}

impl SecretStore for KeyringStore {
    fn read(&self, name: &str) -> Result<SecretString, VaultError> {
        Self::entry(name)?.get_password().map(SecretString::from).map_err(vault_error)
    }

    fn write(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        Self::entry(name)?.set_password(secret.expose_secret()).map_err(vault_error)
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        match Self::entry(name)?.delete_credential().map_err(vault_error) {
            Ok(()) | Err(VaultError::Missing) => Ok(()),
            Err(err) => Err(err),
        }
    }
}

/// A store in memory: for one run, and for tests.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<BTreeMap<String, SecretString>>);

impl SecretStore for MemoryStore {
    fn read(&self, name: &str) -> Result<SecretString, VaultError> {
        let secrets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.get(name).cloned().ok_or(VaultError::Missing)
    }

    fn write(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), secret.clone());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        Ok(())
    }
}

/// The place of a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    /// The desktop's keyring.
    #[default]
    Keyring,
    /// A file sealed by a passphrase.
    SealedFile,
    /// Memory only.
    Memory,
}

/// The secrets of all accounts.
#[derive(Clone)]
pub struct Vault {
    keyring: Arc<dyn SecretStore>,
    sealed: Arc<Mutex<Option<Arc<SealedFile>>>>,
    patience: Duration,
    /// Secrets that were read or entered in this run.
    session: Arc<MemoryStore>,
}

impl Vault {
    /// Uses the desktop's keyring.
    pub fn on_keyring() -> Self {
        Self::on(Arc::new(KeyringStore))
    }

    /// Uses the given store.
    pub fn on(keyring: Arc<dyn SecretStore>) -> Self {
        Self { keyring, sealed: Arc::default(), patience: PATIENCE, session: Arc::default() }
    }

    /// Sets the passphrase of the sealed file; the first use checks it.
    pub fn unseal(&self, file: SealedFile) {
        *self.sealed.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(file));
    }

    /// Sets another limit for each call.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Reads a secret; blocks for at most five seconds.
    pub fn read(&self, name: &str, keep: Keep) -> Result<SecretString, VaultError> {
        if let Ok(secret) = self.session.read(name) {
            return Ok(secret);
        }
        let owned = name.to_owned();
        let secret = self.ask(keep, move |store| store.read(&owned))?;
        self.session.write(name, &secret)?;
        Ok(secret)
    }

    /// Stores a secret and reads it back, because a keyring may report success and store nothing. Blocks for at
    /// most five seconds.
    pub fn write(&self, name: &str, secret: &SecretString, keep: Keep) -> Result<(), VaultError> {
        let (owned, kept) = (name.to_owned(), secret.clone());
        let again = self.ask(keep, move |store| {
            store.write(&owned, &kept)?;
            store.read(&owned)
        })?;
        if again.expose_secret() != secret.expose_secret() {
            return Err(VaultError::Damaged);
        }
        self.session.write(name, secret)
    }

    /// Checks that a secret could be stored, without storing one.
    pub fn probe(&self, keep: Keep) -> Result<(), VaultError> {
        const NAME: &str = "setpoint-probe";
        self.write(NAME, &SecretString::from("probe"), keep)?;
        self.delete(NAME, keep)
    }

    /// Forgets the copy in memory, so that the secret is read again.
    pub fn forget(&self, name: &str) {
        self.session.delete(name).ok();
    }

    /// Keeps a secret for this run only.
    pub fn keep_for_now(&self, name: &str, secret: &SecretString) {
        self.session.write(name, secret).ok();
    }

    /// Deletes a secret; blocks for at most five seconds.
    pub fn delete(&self, name: &str, keep: Keep) -> Result<(), VaultError> {
        self.session.delete(name)?;
        let name = name.to_owned();
        self.ask(keep, move |store| store.delete(&name))
    }

    fn ask<T: Send + 'static>(
        &self,
        keep: Keep,
        call: impl FnOnce(&dyn SecretStore) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let store: Arc<dyn SecretStore> = match keep {
            Keep::Keyring => Arc::clone(&self.keyring),
            Keep::Memory => Arc::clone(&self.session) as Arc<dyn SecretStore>,
            Keep::SealedFile => {
                let sealed = self.sealed.lock().unwrap_or_else(PoisonError::into_inner).clone();
                sealed.ok_or(VaultError::PassphraseNeeded)?
            }
        };
        // The thread is abandoned if the keyring never answers: nothing can stop it.
        std::thread::Builder::new()
            .name("setpoint-keyring".to_owned())
            .spawn(move || answer.send(call(&*store)).ok())
            .map_err(|err| VaultError::Machine(err.to_string()))?;
        answered.recv_timeout(self.patience).unwrap_or(Err(VaultError::Silent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Locked;

    impl SecretStore for Locked {
        fn read(&self, _: &str) -> Result<SecretString, VaultError> {
            std::thread::park_timeout(Duration::from_mins(1));
            Err(VaultError::Missing)
        }
        fn write(&self, name: &str, _: &SecretString) -> Result<(), VaultError> {
            self.read(name).map(drop)
        }
        fn delete(&self, name: &str) -> Result<(), VaultError> {
            self.read(name).map(drop)
        }
    }

    /// Reports success and stores nothing.
    struct Forgetful;

    impl SecretStore for Forgetful {
        fn read(&self, _: &str) -> Result<SecretString, VaultError> {
            Err(VaultError::Missing)
        }
        fn write(&self, _: &str, _: &SecretString) -> Result<(), VaultError> {
            Ok(())
        }
        fn delete(&self, _: &str) -> Result<(), VaultError> {
            Ok(())
        }
    }

    #[test]
    fn a_secret_is_kept_read_and_forgotten() {
        let vault = Vault::on(Arc::new(MemoryStore::default()));
        assert_eq!(vault.read("a", Keep::Keyring).err(), Some(VaultError::Missing));
        vault.write("a", &SecretString::from("c.secret"), Keep::Keyring).expect("kept");
        assert_eq!(vault.read("a", Keep::Keyring).expect("there").expose_secret(), "c.secret");
        vault.delete("a", Keep::Keyring).expect("forgotten");
        assert_eq!(vault.read("a", Keep::Keyring).err(), Some(VaultError::Missing));
    }

    #[test]
    fn a_keyring_that_never_answers_times_out() {
        let vault = Vault::on(Arc::new(Locked)).with_patience(Duration::from_millis(20));
        assert_eq!(vault.read("a", Keep::Keyring).err(), Some(VaultError::Silent));
        assert_eq!(vault.write("a", &SecretString::from("x"), Keep::Keyring).err(), Some(VaultError::Silent));
        vault.keep_for_now("a", &SecretString::from("for now"));
        assert_eq!(vault.read("a", Keep::Keyring).expect("in memory").expose_secret(), "for now");
    }

    #[test]
    fn a_keyring_that_stores_nothing_is_detected() {
        let vault = Vault::on(Arc::new(Forgetful));
        assert_eq!(vault.write("a", &SecretString::from("x"), Keep::Keyring).err(), Some(VaultError::Missing));
    }
}
