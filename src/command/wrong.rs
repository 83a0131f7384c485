//! Why a reading of a sentence fails, and how far it got.

use super::ParseError;
use crate::home::Write;

/// What a part of a sentence asks for.
pub(super) type Said = Result<Vec<Write>, Wrong>;

/// Why one reading of a sentence fails.
#[derive(Debug)]
pub(super) struct Wrong {
    /// How many words were left, the unfitting one first: the fewer, the further it got.
    pub(super) left: usize,
    pub(super) why: ParseError,
}

impl Wrong {
    /// The first of these words does not fit.
    pub(super) fn at(left: &[&str], why: ParseError) -> Self {
        Self { left: left.len(), why }
    }

    /// Keeps the reading that got furthest, of several the first.
    pub(super) fn keep(self, furthest: &mut Option<Self>) {
        if furthest.as_ref().is_none_or(|kept| self.left < kept.left) {
            *furthest = Some(self);
        }
    }
}

/// What was understood, unless words are left behind it.
pub(super) fn nothing_more(writes: Vec<Write>, more: &[&str]) -> Said {
    if more.is_empty() { Ok(writes) } else { Err(Wrong::at(more, ParseError::TooMuch(more.join(" ")))) }
}
