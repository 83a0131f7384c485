//! The cause of a change as the history keeps it.

use crate::engine::Origin;
use crate::history::ChangeCause;

/// The cause of a change that a log tells.
pub fn cause_of(origin: Origin) -> ChangeCause {
    match origin {
        Origin::Window => ChangeCause::Window,
        Origin::Tray => ChangeCause::Tray,
        Origin::Cli => ChangeCause::Cli,
        Origin::Bridge => ChangeCause::Bridge,
        Origin::Rule => ChangeCause::Rule,
        Origin::Schedule => ChangeCause::Schedule,
        Origin::Hold => ChangeCause::Hold,
        Origin::Elsewhere => ChangeCause::Elsewhere,
        Origin::AfterAway | Origin::AfterHome => ChangeCause::Presence,
    }
}
