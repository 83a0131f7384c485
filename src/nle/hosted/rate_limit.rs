//! The rate limit of the API key, from the headers of the server and from the calls of this program.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use tokio::time::Instant;

/// Calls per minute, in total.
const CALLS: usize = 20;
/// Calls that are reserved for changes. Each change takes two calls.
const KEPT: usize = 8;
/// The longest wait that the headers can cause.
const LONGEST: Duration = Duration::from_hours(1);
/// A larger number is a Unix time and not a number of seconds.
const EARLIEST_MOMENT: i64 = 1_000_000_000;
/// A larger number is a Unix time in milliseconds.
const EARLIEST_MILLISECOND: i64 = 1_000_000_000_000;

/// The rate limit headers of one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RateLimitHeaders {
    /// The remaining calls.
    pub(super) left: usize,
    /// The time until all calls are available again.
    pub(super) reset: Option<Duration>,
}

/// Parses the headers of an answer; `date` is the time of the server.
pub(super) fn read_headers(headers: &HeaderMap, date: Option<Timestamp>) -> Option<RateLimitHeaders> {
    let number = |name| headers.get(name)?.to_str().ok()?.trim().parse::<i64>().ok();
    let left = usize::try_from(number("x-ratelimit-remaining")?).unwrap_or_default();
    // The documentation does not define the unit of this number.
    let seconds = number("x-ratelimit-reset").and_then(|reset| match reset {
        EARLIEST_MILLISECOND.. => Some(reset / 1000 - date?.as_second()),
        EARLIEST_MOMENT.. => Some(reset - date?.as_second()),
        seconds => Some(seconds),
    });
    let reset = seconds.map(|seconds| Duration::from_secs(seconds.max(0).unsigned_abs()).min(LONGEST));
    Some(RateLimitHeaders { left, reset })
}

/// The remaining calls.
#[derive(Debug)]
pub(super) struct RateLimit {
    window: Duration,
    /// The calls of this program within the window.
    calls: VecDeque<Instant>,
    /// The last number from the server, which includes calls of other programs, and the end of its validity.
    left: Option<(usize, Instant)>,
}

impl RateLimit {
    /// Creates a full allowance for a window of this length.
    pub(super) fn new(window: Duration) -> Self {
        Self { window, calls: VecDeque::new(), left: None }
    }

    /// Records a call.
    pub(super) fn called(&mut self, now: Instant) {
        while self.calls.front().is_some_and(|at| now.duration_since(*at) >= self.window) {
            self.calls.pop_front();
        }
        self.calls.push_back(now);
    }

    /// Records the remaining calls that the server reported.
    pub(super) fn update(&mut self, headers: RateLimitHeaders, now: Instant) {
        self.left = Some((headers.left, now + headers.reset.unwrap_or(self.window)));
    }

    /// The time of the next allowed poll. A poll is a call that only reads.
    pub(super) fn next_poll(&self, now: Instant) -> Instant {
        let spared = CALLS - KEPT;
        // The call that has to leave the window before another one fits beside the reserved calls.
        let own = self.calls.len().checked_sub(spared).and_then(|index| self.calls.get(index));
        let own = own.map_or(now, |at| *at + self.window);
        let theirs = self.left.filter(|(left, _)| *left <= KEPT).map_or(now, |(_, until)| until);
        now.max(own).max(theirs)
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn polls_leave_eight_calls_a_minute_for_changes() {
        let start = Instant::now();
        let mut rate_limit = RateLimit::new(MINUTE);
        for second in 0..12 {
            let now = start + Duration::from_secs(second);
            assert_eq!(rate_limit.next_poll(now), now);
            rate_limit.called(now);
        }
        let now = start + Duration::from_secs(12);
        assert_eq!(rate_limit.next_poll(now), start + MINUTE);
        // A change in between takes the place of a poll.
        rate_limit.called(now);
        assert_eq!(rate_limit.next_poll(now), start + Duration::from_secs(61));
        assert_eq!(rate_limit.next_poll(start + Duration::from_secs(61)), start + Duration::from_secs(61));
    }

    #[test]
    fn rate_limit_headers_are_respected() {
        let now = Instant::now();
        let mut rate_limit = RateLimit::new(MINUTE);
        rate_limit.update(RateLimitHeaders { left: 9, reset: Some(Duration::from_secs(40)) }, now);
        assert_eq!(rate_limit.next_poll(now), now);
        rate_limit.update(RateLimitHeaders { left: 8, reset: Some(Duration::from_secs(40)) }, now);
        assert_eq!(rate_limit.next_poll(now), now + Duration::from_secs(40));
        let later = now + Duration::from_secs(41);
        assert_eq!(rate_limit.next_poll(later), later);
        rate_limit.update(RateLimitHeaders { left: 0, reset: None }, now);
        assert_eq!(rate_limit.next_poll(now), now + MINUTE);
    }

    #[test]
    fn a_reset_is_a_duration_or_a_time() {
        let date = Timestamp::from_second(1_795_376_589).ok();
        let read = |left: &'static str, reset: &'static str, date| {
            let mut headers = HeaderMap::new();
            headers.insert("x-ratelimit-remaining", HeaderValue::from_static(left));
            headers.insert("x-ratelimit-reset", HeaderValue::from_static(reset));
            read_headers(&headers, date).map(|told| (told.left, told.reset.map(|reset| reset.as_secs())))
        };
        assert_eq!(read("3", "40", None), Some((3, Some(40))));
        assert_eq!(read("3", "1795376609", date), Some((3, Some(20))));
        assert_eq!(read("3", "1795376609500", date), Some((3, Some(20))));
        assert_eq!(read("3", "1795376609", None), Some((3, None)));
        assert_eq!(read("3", "1795376000", date), Some((3, Some(0))));
        assert_eq!(read("-1", "9999999", date), Some((0, Some(3600))));
        assert_eq!(read("many", "40", date), None);
        assert_eq!(read_headers(&HeaderMap::new(), date), None);
    }
}
