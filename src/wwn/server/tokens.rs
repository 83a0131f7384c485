//! The tokens that the server knows, and making new ones.
//!
//! A token is looked for by comparing it with every known one in constant time, so that the time
//! of an answer says nothing about how much of a guess was right.

use std::sync::{Arc, Mutex, PoisonError};

use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;
use tokio::sync::watch;

use super::limits::Bucket;
use super::permissions::Permissions;

/// How many tokens are kept; the oldest gives way to a new one beyond that.
const MOST_TOKENS: usize = 1000;

/// What a token stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// What it may see and change.
    pub permissions: Permissions,
    /// The version of the permissions that the user accepted.
    pub client_version: i64,
    /// The user.
    pub user_id: String,
}

/// A token that was given out.
pub(super) struct Token {
    text: SecretString,
    grant: Grant,
    revoked: watch::Sender<bool>,
    /// How many calls it has left.
    pub(super) calls: Mutex<Bucket>,
}

impl Token {
    pub(super) fn text(&self) -> &str {
        self.text.expose_secret()
    }

    pub(super) fn grant(&self) -> &Grant {
        &self.grant
    }

    /// Turns true when the token is taken back.
    pub(super) fn revoked(&self) -> watch::Receiver<bool> {
        self.revoked.subscribe()
    }
}

/// Every token that is good.
#[derive(Default)]
pub(super) struct Tokens {
    held: Mutex<Vec<Arc<Token>>>,
}

impl Tokens {
    /// Makes a token good.
    pub(super) fn add(&self, text: SecretString, grant: Grant, calls: Bucket) {
        let token = Token { text, grant, revoked: watch::Sender::new(false), calls: Mutex::new(calls) };
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= MOST_TOKENS {
            held.remove(0).revoked.send_replace(true);
        }
        held.push(Arc::new(token));
    }

    /// The token with this text.
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

    /// Takes a token back: later calls are unauthorized and its streams end. Says whether there
    /// was one.
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

/// Where unguessable text comes from.
pub enum Randomness {
    /// The operating system: for a server in front of a real home.
    System,
    /// A seed: the same text in every run, for a simulation.
    Seeded(fastrand::Rng),
}

impl Randomness {
    /// Letters and digits, `length` of them.
    pub fn text(&mut self, length: usize) -> String {
        const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ab";
        (0..length).map(|_| char::from(ALPHABET[usize::from(self.byte() & 63)])).collect()
    }

    /// A token as the real service forms it: `c.` and 144 characters.
    pub fn token(&mut self) -> SecretString {
        SecretString::from(format!("c.{}", self.text(144)))
    }

    fn byte(&mut self) -> u8 {
        match self {
            // The last bytes of a version 4 UUID are random in full.
            Self::System => uuid::Uuid::new_v4().as_bytes()[15],
            Self::Seeded(rng) => rng.u8(..),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::Limits;
    use super::*;

    fn grant() -> Grant {
        Grant { permissions: Permissions::ALL, client_version: 1, user_id: "z.1".to_owned() }
    }

    #[test]
    fn a_token_is_good_until_it_is_taken_back() {
        let tokens = Tokens::default();
        tokens.add(SecretString::from("c.one"), grant(), Limits::default().calls.bucket());
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
