//! The monitors, for the place of a window that is about to open.
//!
//! X11 reports the pointer. On Wayland no program may know it or choose its place: the compositor puts a new
//! window on the active screen. Windows and macOS are left to their window managers as well.

#[cfg(not(all(unix, not(target_os = "macos"))))]
#[path = "elsewhere.rs"]
mod platform;
#[cfg(all(unix, not(target_os = "macos")))]
#[path = "x11.rs"]
mod platform;

pub use platform::{with_pointer, work_areas};

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
        let (left, top) = (pixels(self.left), pixels(self.top));
        [(left + free(self.width, width) / 2.0).round(), (top + free(self.height, height) * SHARE_ABOVE).round()]
    }

    /// The overlap with a window at `at` with this `size`, both in points: width and height in pixels.
    fn overlap(&self, at: [f32; 2], size: [f32; 2]) -> [f32; 2] {
        let overlap = |start: i32, length: u16, at: f32, size: f32| {
            let (start, at) = (pixels(start), at * self.scale);
            ((at + size * self.scale).min(start + f32::from(length)) - at.max(start)).max(0.0)
        };
        let ([x, y], [width, height]) = (at, size);
        [overlap(self.left, self.width, x, width), overlap(self.top, self.height, y, height)]
    }

    fn holds(&self, x: i16, y: i16) -> bool {
        let inside = |at: i16, from: i32, length: u16| (from..from + i32::from(length)).contains(&i32::from(at));
        inside(x, self.left, self.width) && inside(y, self.top, self.height)
    }
}

// Pixel coordinates are far below the precision of `f32`.
#[expect(clippy::cast_precision_loss, reason = "a desktop has at most 65,535 pixels a side")]
fn pixels(coordinate: i32) -> f32 {
    coordinate as f32
}

/// The place of a window that is about to open, in points of the desktop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// The upper left corner of its frame; `None` leaves it to the window manager.
    pub at: Option<[f32; 2]>,
    /// Width and height inside the frame.
    pub size: [f32; 2],
}

/// Space that the frame of a window takes in each direction, in points.
const WINDOW_FRAME: [f32; 2] = [8.0, 56.0];
/// The part of a window that must be on a monitor for the window to return to its place, in points.
const GRIP: [f32; 2] = [120.0, 36.0];

impl Placement {
    /// Fits a window into the work areas: no larger than the one that shows most of it, and wholly inside. A place
    /// that no area shows is forgotten, and the window opens where the window manager puts it. Without known areas
    /// only the size is kept.
    pub fn fit(at: Option<[f32; 2]>, size: [f32; 2], areas: &[Monitor]) -> Self {
        let shown = at.and_then(|at| {
            let overlaps = areas.iter().map(|area| (area, area.overlap(at, size)));
            let (area, [width, height]) =
                overlaps.max_by(|(_, [a, b]), (_, [c, d])| f32::total_cmp(&(a * b), &(c * d)))?;
            (width >= GRIP[0] * area.scale && height >= GRIP[1] * area.scale).then_some((area, at))
        });
        let Some(area) = shown.map(|(area, _)| area).or_else(|| areas.first()) else { return Self { at: None, size } };
        let room = [f32::from(area.width) / area.scale, f32::from(area.height) / area.scale];
        let fitting = [0, 1].map(|side| size[side].min((room[side] - WINDOW_FRAME[side]).max(1.0)));
        let start = [pixels(area.left) / area.scale, pixels(area.top) / area.scale];
        let inside = |at: [f32; 2]| {
            [0, 1].map(|side| {
                let last = start[side] + room[side] - fitting[side] - WINDOW_FRAME[side];
                at[side].min(last).max(start[side])
            })
        };
        Self { at: shown.map(|(_, at)| inside(at)), size: fitting }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A work area of 1920 x 1050 below a panel, and [`RIGHT`] beside it.
    const LEFT: Monitor = Monitor { left: 0, top: 30, width: 1920, height: 1050, scale: 1.0 };

    #[test]
    fn a_window_returns_to_its_place_on_either_monitor() {
        let size = [800.0, 600.0];
        for at in [[100.0, 90.0], [2000.0, 150.0]] {
            assert_eq!(Placement::fit(Some(at), size, &[LEFT, RIGHT]), Placement { at: Some(at), size });
        }
        // Without known monitors only the size can be kept.
        assert_eq!(Placement::fit(Some([5.0, 5.0]), size, &[]), Placement { at: None, size });
    }

    #[test]
    fn a_window_is_never_out_of_reach() {
        let size = [800.0, 600.0];
        // Its monitor was unplugged, or the file says nonsense.
        for at in [[2000.0, 150.0], [-30_000.0, -30_000.0], [30_000.0, 4.0], [1900.0, 200.0], [f32::MAX, f32::MIN]] {
            assert_eq!(Placement::fit(Some(at), size, &[LEFT]), Placement { at: None, size }, "{at:?}");
        }
        // Hanging over an edge, it moves inside.
        let placed = Placement::fit(Some([1500.0, -20.0]), size, &[LEFT]);
        assert_eq!(placed, Placement { at: Some([1112.0, 30.0]), size });
    }

    #[test]
    fn a_window_is_never_larger_than_the_work_area() {
        let small = Monitor { left: 0, top: 0, width: 800, height: 480, scale: 1.0 };
        assert_eq!(Placement::fit(None, [1180.0, 820.0], &[small]).size, [792.0, 424.0]);
        let dense = Monitor { scale: 2.0, ..LEFT };
        assert_eq!(Placement::fit(None, [1180.0, 820.0], &[dense]).size, [952.0, 469.0]);
        let tiny = Monitor { scale: 8.0, ..small };
        assert_eq!(Placement::fit(None, [1180.0, 820.0], &[tiny]).size, [92.0, 4.0]);
    }

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
