//! The valid tokens of the server, and the creation of new ones.
//!
//! The server compares a token with every valid one in constant time, so that the response time does not reveal
//! how much of a guess is right.

use std::sync::{Arc, Mutex, PoisonError};

use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;
use tokio::sync::{Semaphore, watch};

use super::permissions::Permissions;
use crate::rate_limit::{Rate, TokenBucket};

/// The largest number of valid tokens. A new one beyond that replaces the oldest.
const MOST_TOKENS: usize = 1000;
/// The largest number of tokens that one product got for codes. A new one beyond that replaces the oldest of
/// that product.
const MOST_FOR_CODES: usize = 100;

/// The access that a token gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The permissions of the token.
    pub permissions: Permissions,
    /// The version of the permissions that the user accepted.
    pub client_version: i64,
    pub user_id: String,
}

/// An issued token.
pub(super) struct Token {
    text: SecretString,
    grant: Grant,
    revoked: watch::Sender<bool>,
    /// True if the token was issued for a code, false if the operator of the server added it.
    is_for_code: bool,
    /// The remaining calls.
    pub(super) calls: Mutex<TokenBucket>,
    /// The remaining streams.
    pub(super) streams: Arc<Semaphore>,
}

impl Token {
    pub(super) fn text(&self) -> &str {
        self.text.expose_secret()
    }

    pub(super) fn grant(&self) -> &Grant {
        &self.grant
    }

    /// A flag that turns true when the token is revoked.
    pub(super) fn revoked(&self) -> watch::Receiver<bool> {
        self.revoked.subscribe()
    }
}

/// All valid tokens.
pub(super) struct Tokens {
    held: Mutex<Vec<Arc<Token>>>,
    calls: Rate,
    streams: usize,
}

impl Tokens {
    /// Creates an empty list. `calls` and `streams` are the limits of each token.
    pub(super) fn new(calls: Rate, streams: usize) -> Self {
        Self { held: Mutex::default(), calls, streams }
    }

    /// Adds a token of the operator of the server.
    pub(super) fn add(&self, text: SecretString, grant: Grant) {
        self.keep(text, grant, false);
    }

    /// Adds a token that was issued for a code. It never replaces a token of another product or of the operator.
    pub(super) fn add_for_code(&self, text: SecretString, grant: Grant) {
        self.keep(text, grant, true);
    }

    fn keep(&self, text: SecretString, grant: Grant, is_for_code: bool) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let is_alike =
            |other: &Token| other.is_for_code == is_for_code && (!is_for_code || other.grant.user_id == grant.user_id);
        let most = if is_for_code { MOST_FOR_CODES } else { MOST_TOKENS };
        if held.iter().filter(|other| is_alike(other)).count() >= most
            && let Some(oldest) = held.iter().position(|other| is_alike(other))
        {
            held.remove(oldest).revoked.send_replace(true);
        }
        let revoked = watch::Sender::new(false);
        let (calls, streams) = (Mutex::new(TokenBucket::full(self.calls)), Arc::new(Semaphore::new(self.streams)));
        held.push(Arc::new(Token { text, grant, revoked, is_for_code, calls, streams }));
    }

    pub(super) fn find(&self, text: &str) -> Option<Arc<Token>> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = None;
        for token in held.iter() {
            if equal(token.text(), text) {
                found = Some(Arc::clone(token));
            }
        }
        found
    }

    /// Revokes a token: later calls are unauthorized and its streams end. True if the token was known.
    pub(super) fn revoke(&self, text: &str) -> bool {
        let Some(token) = self.find(text) else { return false };
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|other| !Arc::ptr_eq(other, &token));
        token.revoked.send_replace(true);
        true
    }
}

/// Compares two secrets in a time that does not depend on where they differ.
pub(super) fn equal(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// A source of random text.
pub enum Randomness {
    /// The random generator of the operating system, for a server in front of a real home.
    System,
    /// A seeded generator: the same text in every run, for a simulation.
    Seeded(fastrand::Rng),
}

impl Randomness {
    /// Returns a text of `length` letters and digits.
    pub fn text(&mut self, length: usize) -> String {
        const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ab";
        (0..length).map(|_| char::from(ALPHABET[usize::from(self.byte() & 63)])).collect()
    }

    /// Returns a token in the form of the real service: `c.` and 144 characters.
    pub fn token(&mut self) -> SecretString {
        SecretString::from(format!("c.{}", self.text(144)))
    }

    fn byte(&mut self) -> u8 {
        match self {
            // The last bytes of a version 4 UUID are fully random.
            Self::System => uuid::Uuid::new_v4().as_bytes()[15],
            Self::Seeded(rng) => rng.u8(..),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::ServerLimits;
    use super::*;

    fn grant() -> Grant {
        Grant { permissions: Permissions::ALL, client_version: 1, user_id: "z.1".to_owned() }
    }

    fn tokens() -> Tokens {
        Tokens::new(ServerLimits::default().calls, 1)
    }

    #[test]
    fn l14_a_product_evicts_only_its_own_tokens() {
        let tokens = tokens();
        tokens.add(SecretString::from("c.first"), grant());
        let other = Grant { user_id: "z.2".to_owned(), ..grant() };
        tokens.add_for_code(SecretString::from("c.other"), other);
        for number in 0..2000 {
            tokens.add_for_code(SecretString::from(format!("c.{number}")), grant());
        }
        assert!(tokens.find("c.first").is_some() && tokens.find("c.other").is_some());
        assert!(tokens.find("c.1899").is_none() && tokens.find("c.1900").is_some());
    }

    #[test]
    fn a_token_is_valid_until_it_is_revoked() {
        let tokens = tokens();
        tokens.add(SecretString::from("c.one"), grant());
        assert!(tokens.find("c.on").is_none() && tokens.find("").is_none());
        let revoked = tokens.find("c.one").expect("known").revoked();
        assert!(tokens.revoke("c.one"));
        assert!(*revoked.borrow());
        assert!(tokens.find("c.one").is_none());
        assert!(!tokens.revoke("c.one"), "twice");
    }

    #[test]
    fn a_seed_gives_the_same_token_and_the_system_does_not() {
        let seeded = || Randomness::Seeded(fastrand::Rng::with_seed(7)).token().expose_secret().to_owned();
        assert_eq!(seeded(), seeded());
        assert_eq!(seeded().len(), 146);
        let mut system = Randomness::System;
        assert_ne!(system.token().expose_secret(), system.token().expose_secret());
    }
}
