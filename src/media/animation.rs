//! Which frame of a moving picture is shown when. Pure: the time is passed in.

use std::time::Duration;

use super::Frame;

/// Files that say less, or nothing, are shown at [`USUAL_DELAY`], as browsers do.
const LEAST_DELAY: Duration = Duration::from_millis(20);
/// For frames that do not say how long they are shown.
const USUAL_DELAY: Duration = Duration::from_millis(100);

/// What is on show at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Showing {
    /// Which frame, counted from 0.
    pub frame: usize,
    /// When the next one is due, from that time on; never zero. `None` when nothing moves.
    pub next_in: Option<Duration>,
}

/// What is on show so long after the first frame was; the picture begins anew at its end.
pub fn showing(frames: &[Frame], since_start: Duration) -> Showing {
    let still = Showing { frame: 0, next_in: None };
    if frames.len() < 2 {
        return still;
    }
    let total: Duration = frames.iter().map(|frame| frame.delay).sum();
    // In nanoseconds of 128 bits nothing can overflow.
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

/// How long a frame is shown when its file says this.
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
    fn what_does_not_move_is_never_due() {
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
        /// Going from due time to due time visits every frame in turn.
        #[test]
        fn the_next_frame_is_due_when_it_says(delays in prop::collection::vec(1_u64..2000, 2..8), start in 0_u64..100_000) {
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
