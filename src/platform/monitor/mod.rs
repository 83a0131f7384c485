//! The monitor with the pointer, for a window that opens without another one.
//!
//! X11 reports the pointer. On Wayland no program may know it or choose its place: the compositor puts a new
//! window on the active screen. Windows and macOS are left to their window managers as well.

#[cfg(not(all(unix, not(target_os = "macos"))))]
#[path = "elsewhere.rs"]
mod platform;
#[cfg(all(unix, not(target_os = "macos")))]
#[path = "x11.rs"]
mod platform;

pub use platform::with_pointer;

/// The share of the free height above the launcher.
const SHARE_ABOVE: f32 = 1.0 / 3.0;

/// The rectangle of the desktop that a monitor shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Monitor {
    /// The left edge, in pixels of the desktop.
    pub left: i32,
    /// The top edge, in pixels of the desktop.
    pub top: i32,
    /// The width, in pixels.
    pub width: u16,
    /// The height, in pixels.
    pub height: u16,
    /// Pixels per point: at least 0.5, and 1 if the desktop reports nothing.
    pub scale: f32,
}

impl Monitor {
    /// The upper left corner of a window with this size in points, in pixels of the desktop: centred
    /// horizontally, above the middle vertically. A window that is too large begins at the corner of the
    /// monitor.
    pub fn place(&self, size: [f32; 2]) -> [f32; 2] {
        let free = |pixels: u16, points: f32| (f32::from(pixels) - points * self.scale).max(0.0);
        let [width, height] = size;
        // Pixel coordinates are far below the precision of `f32`.
        #[expect(clippy::cast_precision_loss, reason = "a desktop has at most 65,535 pixels a side")]
        let (left, top) = (self.left as f32, self.top as f32);
        [(left + free(self.width, width) / 2.0).round(), (top + free(self.height, height) * SHARE_ABOVE).round()]
    }

    fn holds(&self, x: i16, y: i16) -> bool {
        let inside = |at: i16, from: i32, length: u16| (from..from + i32::from(length)).contains(&i32::from(at));
        inside(x, self.left, self.width) && inside(y, self.top, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: Monitor = Monitor { left: 1920, top: 120, width: 1280, height: 800, scale: 1.0 };

    #[test]
    fn a_window_stands_above_the_middle_of_its_own_monitor() {
        assert_eq!(RIGHT.place([520.0, 460.0]), [1920.0 + 380.0, 120.0 + 113.0]);
        let dense = Monitor { scale: 1.5, ..RIGHT };
        assert_eq!(dense.place([520.0, 460.0]), [1920.0 + 250.0, 120.0 + 37.0]);
    }

    #[test]
    fn a_window_too_large_begins_at_the_corner_of_the_monitor() {
        assert_eq!(Monitor { scale: 3.0, ..RIGHT }.place([520.0, 460.0]), [1920.0, 120.0]);
    }

    #[test]
    fn a_monitor_ends_where_its_neighbour_begins() {
        assert!(RIGHT.holds(1920, 120) && RIGHT.holds(3199, 919));
        assert!(!RIGHT.holds(1919, 120) && !RIGHT.holds(3200, 500) && !RIGHT.holds(2000, 920));
        let left_of_the_origin = Monitor { left: -1280, ..RIGHT };
        assert!(left_of_the_origin.holds(-1, 500) && !left_of_the_origin.holds(0, 500));
    }
}
