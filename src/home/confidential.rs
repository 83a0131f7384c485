//! Text that contains a credential, such as a camera's link with its `auth=` part.

use std::fmt;

/// A string that must not reach a log, a screen or a `{:?}`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidential(Box<str>);

impl Confidential {
    /// Wraps the text.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The text itself, for its single use.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Confidential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[confidential]")
    }
}

/// True if the value at this key of a service's document is a credential, or a link that may contain one.
pub fn is_confidential(key: &str) -> bool {
    const LINKS: [&str; 6] =
        ["web_url", "app_url", "public_share_url", "snapshot_url", "image_url", "animated_image_url"];
    let key = key.to_lowercase();
    LINKS.contains(&key.as_str()) || ["token", "secret", "password"].iter().any(|word| key.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_hides_the_text() {
        let link = Confidential::new("https://example.org/?auth=c.secret");
        assert_eq!(format!("{link:?}"), "[confidential]");
        assert!(link.reveal().ends_with("c.secret"));
    }
}
