//! The end of a hold, as a command says it and as it is stored.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The end of a hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldEnd {
    At(Timestamp),
    /// At the next start of the schedule after the hold began.
    NextStart,
    /// Until it is cancelled.
    Never,
}
