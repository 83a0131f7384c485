//! The frame of an animated picture at a time. Pure: the caller passes the time.

use std::time::Duration;

use super::Frame;

/// The shortest delay that a file can state. Shorter ones become [`USUAL_DELAY`], as in browsers.
const LEAST_DELAY: Duration = Duration::from_millis(20);
/// The delay of frames without one.
const USUAL_DELAY: Duration = Duration::from_millis(100);

/// The frame at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Showing {
    /// The number of the frame, counted from 0.
    pub frame: usize,
    /// Time until the next frame; never zero. `None` if the picture does not move.
    pub next_in: Option<Duration>,
}

/// Returns the frame at a time since the first one was shown; the picture repeats.
pub fn showing(frames: &[Frame], since_start: Duration) -> Showing {
    let still = Showing { frame: 0, next_in: None };
    if frames.len() < 2 {
        return still;
    }
    let total: Duration = frames.iter().map(|frame| frame.delay).sum();
    // Nanoseconds in 128 bits cannot overflow.
    let Some(into_round) = since_start.as_nanos().checked_rem(total.as_nanos()) else { return still };
    let mut end = 0;
    for (number, frame) in frames.iter().enumerate() {
        end += frame.delay.as_nanos();
        if into_round < end {
            let left = u64::try_from(end - into_round).unwrap_or(u64::MAX);
            return Showing { frame: number, next_in: Some(Duration::from_nanos(left)) };
        }
    }
    still
}

/// Returns the delay of a frame from the delay in its file.
pub(super) fn delay(stated: Duration) -> Duration {
    if stated < LEAST_DELAY { USUAL_DELAY } else { stated }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frames(delays: &[u64]) -> Vec<Frame> {
        delays.iter().map(|ms| Frame { rgba: Vec::new(), delay: Duration::from_millis(*ms) }).collect()
    }

    fn at(delays: &[u64], ms: u64) -> (usize, Option<u64>) {
        let showing = showing(&frames(delays), Duration::from_millis(ms));
        (showing.frame, showing.next_in.map(|next| next.as_millis() as u64))
    }

    #[test]
    fn each_frame_has_its_time_and_the_round_begins_anew() {
        let delays = [100, 250, 50];
        assert_eq!(at(&delays, 0), (0, Some(100)));
        assert_eq!(at(&delays, 99), (0, Some(1)));
        assert_eq!(at(&delays, 100), (1, Some(250)));
        assert_eq!(at(&delays, 349), (1, Some(1)));
        assert_eq!(at(&delays, 350), (2, Some(50)));
        assert_eq!(at(&delays, 400), (0, Some(100)));
        assert_eq!(at(&delays, 400 * 1000 + 360), (2, Some(40)));
    }

    #[test]
    fn still_pictures_have_no_next_frame() {
        assert_eq!(at(&[], 5), (0, None));
        assert_eq!(at(&[100], 5), (0, None));
        assert_eq!(at(&[0, 0], 5), (0, None), "without any time there is no next frame");
        assert!(showing(&frames(&[1, 1]), Duration::MAX).next_in.is_some());
    }

    #[test]
    fn a_frame_without_a_time_is_shown_as_browsers_do() {
        assert_eq!(delay(Duration::ZERO), Duration::from_millis(100));
        assert_eq!(delay(Duration::from_millis(10)), Duration::from_millis(100));
        assert_eq!(delay(Duration::from_millis(20)), Duration::from_millis(20));
        assert_eq!(delay(Duration::from_secs(3)), Duration::from_secs(3));
    }

    proptest! {
        /// Steps from due time to due time visit every frame in turn.
        #[test]
        fn the_next_frame_is_due_in_time(delays in prop::collection::vec(1_u64..2000, 2..8), start in 0_u64..100_000) {
            let frames = frames(&delays);
            let mut time = Duration::from_millis(start);
            let mut shown = showing(&frames, time);
            for _ in 0..20 {
                let next = shown.next_in.expect("it moves");
                prop_assert!(!next.is_zero());
                time += next;
                let now = showing(&frames, time);
                prop_assert_eq!(now.frame, (shown.frame + 1) % frames.len());
                shown = now;
            }
        }
    }
}
