//! Messages of a service, with an account's secrets masked and cleaned for display.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{PoisonError, RwLock};

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

/// The largest length of a message, in characters.
const LONGEST: usize = 300;
/// The replacement of a secret.
const MASK: &str = "[token]";
/// A secret shorter than this is masked only as a whole word: masking a token of two letters everywhere would
/// make every sentence unreadable.
const SHORT: usize = 6;
/// The number of granted access tokens that are still masked. A new one is granted each hour.
const MOST_GRANTED: usize = 8;

/// The secrets of one account: its token, its client secret, the code of a sign-in.
#[derive(Default)]
pub struct Secrets {
    own: Vec<SecretString>,
    /// The granted access tokens, the newest last.
    granted: RwLock<VecDeque<SecretString>>,
}

impl Secrets {
    /// Creates an empty set, for an account without secrets.
    pub const fn none() -> Self {
        Self { own: Vec::new(), granted: RwLock::new(VecDeque::new()) }
    }

    /// Creates a set of these secrets.
    pub fn of<'a>(secrets: impl IntoIterator<Item = &'a SecretString>) -> Self {
        let trimmed = secrets.into_iter().map(|secret| secret.expose_secret().trim());
        let own = trimmed.filter(|secret| !secret.is_empty()).map(SecretString::from).collect();
        Self { own, granted: RwLock::default() }
    }

    /// Adds an access token that has just been granted.
    pub fn add(&self, granted: &SecretString) {
        let mut all = self.granted.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_GRANTED {
            all.pop_front();
        }
        all.push_back(granted.clone());
    }

    /// Masks the secrets in a text, in any case and also in URL encoding.
    pub fn mask(&self, text: &str) -> String {
        let granted = self.granted.read().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<&str> = self.own.iter().chain(granted.iter()).map(SecretString::expose_secret).collect();
        all.retain(|secret| !secret.is_empty());
        // Mask the longer one first if one secret contains another.
        all.sort_unstable_by_key(|secret| std::cmp::Reverse(secret.len()));
        let mut text = text.to_owned();
        for secret in all {
            text = replace(&text, secret);
            let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            if encoded != secret {
                text = replace(&text, &encoded);
            }
        }
        text
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}

/// Replaces a secret everywhere, ignoring its case: a host name is in lower case.
fn replace(text: &str, secret: &str) -> String {
    let (folded, wanted) = (text.to_ascii_lowercase(), secret.to_ascii_lowercase());
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in folded.match_indices(&wanted) {
        let end = at + wanted.len();
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_within = inside(folded.get(..at).and_then(|before| before.chars().next_back()))
            || inside(folded.get(end..).and_then(|after| after.chars().next()));
        if at < from || (wanted.len() < SHORT && is_within) {
            continue;
        }
        kept.push_str(text.get(from..at).unwrap_or_default());
        kept.push_str(MASK);
        from = end;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

/// A message of a service: one line of limited length, without control characters and without a secret of the
/// account. The input must be decoded text, so that no escape hides a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct ServiceText(String);

impl ServiceText {
    /// Cleans and masks a message; `None` if nothing is left.
    pub fn new(words: &str, secrets: &Secrets) -> Option<Self> {
        Some(Self(plain(&secrets.mask(words)))).filter(|said| !said.0.is_empty())
    }

    /// The message as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Accepts a text that was masked before it was stored.
impl From<String> for ServiceText {
    fn from(words: String) -> Self {
        Self(plain(&words))
    }
}

impl From<ServiceText> for String {
    fn from(said: ServiceText) -> Self {
        said.0
    }
}

impl fmt::Display for ServiceText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ServiceText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Returns the text as one line of limited length.
fn plain(text: &str) -> String {
    let mut plain: String = text.chars().take(LONGEST).map(crate::home::printable).collect();
    if text.chars().nth(LONGEST).is_some() {
        plain.push('…');
    }
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn secrets(all: &[&str]) -> Secrets {
        Secrets::of(&all.iter().map(|secret| SecretString::from(*secret)).collect::<Vec<_>>())
    }

    #[test]
    fn text_is_one_line_without_the_token() {
        let words = format!("no c.secret\u{1b}[2J\nforged {}", "x".repeat(1000));
        let said = ServiceText::new(&words, &secrets(&["c.secret"])).expect("words");
        assert!(said.as_str().starts_with("no [token] [2J forged xx"), "{said}");
        assert!(said.as_str().chars().count() <= LONGEST + 1 && !said.as_str().contains('\u{1b}'));
        assert_eq!(ServiceText::new(" \n ", &Secrets::none()), None);
    }

    #[test]
    fn each_secret_is_masked_in_any_case_and_as_a_part_of_a_url() {
        let secrets = secrets(&["1//0gRefresh/Token", "GOCSPX-s3cret", "pin"]);
        for text in ["a 1//0grefresh/token b", "a GOCSPX-s3cret b", "a 1%2F%2F0gRefresh%2FToken b", "a PIN b"] {
            assert_eq!(secrets.mask(text), "a [token] b", "{text}");
        }
        assert_eq!(secrets.mask("spinning"), "spinning");
        // If one secret is part of another, the rest of the longer one is masked too.
        let nested = super::tests::secrets(&["abcdef", "abcdefghij"]);
        assert_eq!(nested.mask("abcdefghij"), "[token]");
    }

    #[test]
    fn the_secrets_of_an_account_are_bounded_and_the_newest_are_known() {
        let all = secrets(&["1//refresh"]);
        for number in 0..100 {
            all.add(&SecretString::from(format!("ya29.token-{number}-")));
        }
        assert_eq!(all.granted.read().expect("a lock").len(), MOST_GRANTED);
        assert_eq!(all.mask("ya29.token-99- ya29.token-92- 1//refresh"), "[token] [token] [token]");
    }

    proptest! {
        #[test]
        fn service_text_contains_no_secret(before in ".{0,400}", secret in "[A-Za-z0-9._/+-]{6,60}", after in ".{0,40}") {
            let said = ServiceText::new(&format!("{before}{secret}{after}"), &secrets(&[&secret]));
            let shown = said.map(|said| said.to_string()).unwrap_or_default();
            prop_assert!(!shown.to_ascii_lowercase().contains(&secret.to_ascii_lowercase()) || MASK.contains(&secret));
        }
    }
}
