//! Platforms whose window manager chooses the place.

use super::Monitor;

/// Always `None`.
pub fn with_pointer() -> Option<Monitor> {
    None
}
