//! Failed readings of a command, with their progress.

use super::ParseError;
use crate::home::Write;

/// The writes of a part of a command.
pub(super) type ParseResult = Result<Vec<Write>, Mismatch>;

/// A failed reading.
#[derive(Debug)]
pub(super) struct Mismatch {
    /// Number of words left, the wrong one first. A smaller number means more progress.
    pub(super) left: usize,
    pub(super) why: ParseError,
}

impl Mismatch {
    /// The first of these words is wrong.
    pub(super) fn at(left: &[&str], why: ParseError) -> Self {
        Self { left: left.len(), why }
    }

    /// Keeps the reading with the most progress, of equals the first.
    pub(super) fn keep(self, furthest: &mut Option<Self>) {
        if furthest.as_ref().is_none_or(|kept| self.left < kept.left) {
            *furthest = Some(self);
        }
    }
}

/// The writes, or an error if words are left.
pub(super) fn nothing_more(writes: Vec<Write>, more: &[&str]) -> ParseResult {
    if more.is_empty() { Ok(writes) } else { Err(Mismatch::at(more, ParseError::TooMuch(more.join(" ")))) }
}
