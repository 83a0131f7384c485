//! Fuzz target for messages of a service.

use secrecy::SecretString;

use super::{Secrets, ServiceText};

/// Checks that no message for the user contains a secret.
pub(crate) fn said(words: &str) {
    const SECRET: &str = "c.FUZZ/secret";
    let secrets = Secrets::of(&[SecretString::from(SECRET)]);
    let decoded: Option<String> = serde_json::from_str(words).ok();
    for words in [Some(words.to_owned()), decoded].into_iter().flatten() {
        let Some(said) = ServiceText::new(&words, &secrets) else { continue };
        let is_secret = said.as_str().to_ascii_lowercase().contains(&SECRET.to_ascii_lowercase());
        assert!(!is_secret && !said.as_str().chars().any(char::is_control), "{:?}", said.as_str());
    }
}
