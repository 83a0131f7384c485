//! Finds rows by a word in their key or value.

use super::{JsonTree, RowKey};

impl JsonTree {
    /// The rows whose key or value contains a text, in any case.
    pub fn search(&self, text: &str) -> Vec<usize> {
        if text.is_empty() {
            return Vec::new();
        }
        let needle = Needle::new(text);
        let is_hit = |line: &super::TreeRow<'_>| {
            let in_key = match line.key() {
                Some(RowKey::Name(name)) => needle.is_in(name),
                Some(RowKey::Index(_)) | None => false,
            };
            in_key || needle.is_in(line.text())
        };
        self.lines().filter(is_hit).map(super::TreeRow::index).collect()
    }
}

/// The searched text.
struct Needle {
    lower: String,
    /// Both cases of the first byte, if the text is ASCII.
    first: Option<[u8; 2]>,
}

impl Needle {
    fn new(text: &str) -> Self {
        let lower = text.to_lowercase();
        let first = lower.bytes().next().filter(|_| lower.is_ascii());
        Self { first: first.map(|byte| [byte, byte.to_ascii_uppercase()]), lower }
    }

    fn is_in(&self, text: &str) -> bool {
        let Some(first) = self.first else { return text.to_lowercase().contains(&self.lower) };
        // No copies: each key press checks every row.
        let lower = self.lower.as_bytes();
        let is_here =
            |part: &[u8]| part.first().is_some_and(|byte| first.contains(byte)) && part.eq_ignore_ascii_case(lower);
        text.as_bytes().windows(lower.len()).any(is_here)
    }
}
