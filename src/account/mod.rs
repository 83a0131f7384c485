//! Tokens and how to get one: the vault in the desktop's keyring, and the loopback address to
//! which a browser brings the code of a sign-in.

mod loopback;
mod vault;

pub use loopback::{Loopback, LoopbackError, Returned};
pub use vault::{KeyringStore, MemoryStore, SecretStore, Vault, VaultError};
