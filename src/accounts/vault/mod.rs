//! Tokens and sign-in: the vault in the desktop's keyring or in a sealed file, and the loopback address to which
//! a browser brings the code of a sign-in.

mod loopback;
mod sealed;
mod store;

pub use loopback::{Loopback, LoopbackError, Pages, Returned};
pub use sealed::SealedFile;
pub use store::{Keep, KeyringStore, MemoryStore, SecretStore, Vault, VaultError};
