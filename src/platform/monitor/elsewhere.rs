//! Platforms that do not report their monitors to a program without a window.

use super::Monitor;

/// Always `None`.
pub fn with_pointer() -> Option<Monitor> {
    None
}

/// Always empty.
pub fn work_areas() -> Vec<Monitor> {
    Vec::new()
}
