//! The window as the user left it: its text size, place and page.

use serde::{Deserialize, Serialize};

/// The size of texts and controls, in percent of the usual size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct TextSize(u16);

impl TextSize {
    /// The sizes that the program offers, in ascending order.
    pub const OFFERED: [Self; 8] =
        [Self(80), Self(90), Self(100), Self(110), Self(125), Self(150), Self(175), Self(200)];

    /// The size in percent.
    pub fn percent(self) -> u16 {
        self.0
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// The size as a factor of the usual one.
    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }

    /// The next larger size, or this one if there is none.
    #[must_use]
    pub fn larger(self) -> Self {
        Self::OFFERED.into_iter().find(|size| *size > self).unwrap_or(self)
    }

    /// The next smaller size, or this one if there is none.
    #[must_use]
    pub fn smaller(self) -> Self {
        Self::OFFERED.into_iter().rev().find(|size| *size < self).unwrap_or(self)
    }
}

impl Default for TextSize {
    fn default() -> Self {
        Self(100)
    }
}

/// Accepts every size between the smallest and the largest that the program offers.
impl TryFrom<u16> for TextSize {
    type Error = String;

    fn try_from(percent: u16) -> Result<Self, String> {
        let [smallest, .., largest] = Self::OFFERED;
        let size = Self(percent);
        if (smallest..=largest).contains(&size) { Ok(size) } else { Err(format!("no text size: {percent} %")) }
    }
}

impl From<TextSize> for u16 {
    fn from(size: TextSize) -> Self {
        size.0
    }
}

/// The main window when it was closed last. Lengths are in points of the desktop, whatever the text size is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// The upper left corner of its frame; `None` where the desktop does not report it, as on Wayland.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<[i32; 2]>,
    /// Width and height inside the frame, before it was maximized.
    pub size: [u16; 2],
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_maximized: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_step_through_the_offered_ones_and_stop_at_both_ends() {
        let mut size = TextSize::default();
        let up: Vec<u16> = std::iter::repeat_with(|| {
            size = size.larger();
            size.percent()
        })
        .take(6)
        .collect();
        assert_eq!(up, [110, 125, 150, 175, 200, 200]);
        assert_eq!(TextSize(80).smaller(), TextSize(80));
        // A size from the file that is not offered steps to its neighbours.
        let odd = TextSize::try_from(120).expect("between the ends");
        assert_eq!((odd.smaller(), odd.larger()), (TextSize(110), TextSize(125)));
        for wrong in [0, 79, 201, 9000] {
            assert!(TextSize::try_from(wrong).is_err(), "{wrong}");
        }
    }
}
