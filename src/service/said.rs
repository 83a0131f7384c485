//! The words of a service, masked of an account's secrets and cleaned for a person.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{PoisonError, RwLock};

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

/// No words of a service are kept at greater length, in characters.
const LONGEST: usize = 300;
/// Stands in place of a secret.
const MASK: &str = "[token]";
/// A shorter secret is masked only where it stands as a word of its own: a token of two letters would
/// otherwise leave no sentence readable.
const SHORT: usize = 6;
/// Access tokens come anew each hour; so many of those that were granted are still masked.
const MOST_GRANTED: usize = 8;

/// The secrets of one account: its token, its client secret, the code of a sign-in.
#[derive(Default)]
pub struct Secrets {
    own: Vec<SecretString>,
    /// Access tokens, the newest last.
    granted: RwLock<VecDeque<SecretString>>,
}

impl Secrets {
    /// Of an account without any.
    pub const fn none() -> Self {
        Self { own: Vec::new(), granted: RwLock::new(VecDeque::new()) }
    }

    /// These.
    pub fn of<'a>(secrets: impl IntoIterator<Item = &'a SecretString>) -> Self {
        let trimmed = secrets.into_iter().map(|secret| secret.expose_secret().trim());
        let own = trimmed.filter(|secret| !secret.is_empty()).map(SecretString::from).collect();
        Self { own, granted: RwLock::default() }
    }

    /// One more: an access token that was granted a moment ago.
    pub fn add(&self, granted: &SecretString) {
        let mut all = self.granted.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_GRANTED {
            all.pop_front();
        }
        all.push_back(granted.clone());
    }

    /// A text without the secrets, in whatever case and also as a part of a URL.
    pub fn mask(&self, text: &str) -> String {
        let granted = self.granted.read().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<&str> = self.own.iter().chain(granted.iter()).map(SecretString::expose_secret).collect();
        all.retain(|secret| !secret.is_empty());
        // Of two where one holds the other, the longer one is masked first.
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

/// Replaces a secret wherever it stands, whatever the case of its letters: a host name is lowercased.
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

/// The words of a service: one line of a readable length, without control characters and without a
/// secret of the account. Made from decoded text only, so that no escape hides a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Said(String);

impl Said {
    /// The words; `None` where there are none.
    pub fn new(words: &str, secrets: &Secrets) -> Option<Self> {
        Some(Self(plain(&secrets.mask(words)))).filter(|said| !said.0.is_empty())
    }

    /// The words as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Words that were masked before they were written down.
impl From<String> for Said {
    fn from(words: String) -> Self {
        Self(plain(&words))
    }
}

impl From<Said> for String {
    fn from(said: Said) -> Self {
        said.0
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// One line, of a readable length.
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
    fn words_are_one_line_without_the_token() {
        let words = format!("no c.secret\u{1b}[2J\nforged {}", "x".repeat(1000));
        let said = Said::new(&words, &secrets(&["c.secret"])).expect("words");
        assert!(said.as_str().starts_with("no [token] [2J forged xx"), "{said}");
        assert!(said.as_str().chars().count() <= LONGEST + 1 && !said.as_str().contains('\u{1b}'));
        assert_eq!(Said::new(" \n ", &Secrets::none()), None);
    }

    #[test]
    fn each_secret_is_masked_in_any_case_and_as_a_part_of_a_url() {
        let secrets = secrets(&["1//0gRefresh/Token", "GOCSPX-s3cret", "pin"]);
        for text in ["a 1//0grefresh/token b", "a GOCSPX-s3cret b", "a 1%2F%2F0gRefresh%2FToken b", "a PIN b"] {
            assert_eq!(secrets.mask(text), "a [token] b", "{text}");
        }
        assert_eq!(secrets.mask("spinning"), "spinning");
        // A secret that is a part of another one does not keep the rest of that one in sight.
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
        fn no_secret_is_in_what_a_service_said(before in ".{0,400}", secret in "[A-Za-z0-9._/+-]{6,60}", after in ".{0,40}") {
            let said = Said::new(&format!("{before}{secret}{after}"), &secrets(&[&secret]));
            let shown = said.map(|said| said.to_string()).unwrap_or_default();
            prop_assert!(!shown.to_ascii_lowercase().contains(&secret.to_ascii_lowercase()) || MASK.contains(&secret));
        }
    }
}
