//! Answers of a service, read within bounds, and the meaning of their status.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use jiff::Timestamp;
use reqwest::Response;
use reqwest::header::{DATE, HeaderValue, RETRY_AFTER};
use serde::de::Error as _;
use serde_json::Value;

use super::address::cause;
use crate::clock::{Clock as _, SystemClock};
use crate::service::{Failure, FailureKind, Reason, Secrets, ServiceText};

/// The longest pause that a service can ask for.
const LONGEST_RETRY_AFTER: Duration = Duration::from_hours(24);
/// The largest size of an answer, in bytes; an estate of 10,000 thermostats has 20 MB.
pub(crate) const MAX_ANSWER: usize = 64 * 1024 * 1024;

/// The answer of the service to one call.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    pub body: Bytes,
    /// The time that the service asks to wait.
    pub retry_after: Option<Duration>,
    /// The time of the service.
    pub date: Option<Timestamp>,
    /// The secrets that must not appear in any message about the answer.
    pub secrets: Arc<Secrets>,
}

/// Reads an answer to its end; `secrets` are those of the account that made the call.
pub(crate) async fn read_answer(mut response: Response, secrets: &Arc<Secrets>) -> Result<Answer, Failure> {
    let status = response.status().as_u16();
    let date = response.headers().get(DATE).and_then(date);
    let now = date.unwrap_or_else(|| SystemClock.now());
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| retry_after(value, now));
    let mut body = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > MAX_ANSWER => {
                return Err(too_large());
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(err) => return Err(Failure::offline(Reason::BrokeOff(cause(&err)))),
        }
    }
    Ok(Answer { status, body: body.freeze(), retry_after, date, secrets: Arc::clone(secrets) })
}

/// Parses seconds, or a date on the service's own clock, `now`. A longer time than a day is cut to a day.
fn retry_after(value: &HeaderValue, now: Timestamp) -> Option<Duration> {
    let seconds = value.to_str().ok()?.trim().parse().ok().map(Duration::from_secs);
    let wait = seconds.or_else(|| Duration::try_from(date(value)?.duration_since(now)).ok())?;
    Some(wait.min(LONGEST_RETRY_AFTER))
}

impl Answer {
    /// Masks a message of the answer; `None` if nothing is left.
    pub fn service_text(&self, words: &str) -> Option<ServiceText> {
        ServiceText::new(words, &self.secrets)
    }

    /// Returns the failure for a refusal, with this message or without a reason.
    pub fn refused(&self, words: Option<&str>) -> Failure {
        let said = words.and_then(|words| self.service_text(words));
        Failure::new(FailureKind::Refused, said.map_or(Reason::Unexplained, Reason::Said))
    }

    /// Returns the failure for an answer in an unexpected form; `detail` may quote it.
    pub fn not_understood(&self, detail: &impl std::fmt::Display) -> Failure {
        Failure::bug(Reason::not_understood(detail, &self.secrets))
    }

    /// Returns the failure that an unsuccessful answer means; `said` is the service's own message.
    pub fn failure(&self, said: Option<&str>) -> Failure {
        let said = said.and_then(|words| self.service_text(words));
        let own = |said: Option<ServiceText>, otherwise| said.map_or(otherwise, Reason::Said);
        let status = self.status;
        match status {
            400 => Failure::new(FailureKind::Refused, own(said, Reason::Unexplained)),
            401 | 403 => Failure::new(FailureKind::SignIn, Reason::TokenRefused { said }),
            404 => Failure::new(FailureKind::Gone, own(said, Reason::DeviceGone)),
            429 => Failure::new(FailureKind::Busy(self.retry_after), Reason::Busy { said }),
            500 | 502..=504 if self.retry_after.is_some() => {
                Failure::new(FailureKind::Busy(self.retry_after), Reason::Unavailable { said })
            }
            500 | 502..=504 => Failure::offline(Reason::ServerFailed { status, said }),
            _ => Failure::bug(Reason::UnexpectedStatus { status, said }),
        }
    }
}

/// The largest number of values in a parsed answer. A tree of values takes up to 640 bytes for three bytes of
/// text. Answers of a service that are parsed this way have less than a hundredth of this number.
const MOST_VALUES: usize = 100_000;

/// Parses an answer as a tree of values, which takes at most 64 MB. A document of Works with Nest can be longer
/// and is parsed by [`crate::wwn::wire`].
pub(crate) fn json_value(body: &[u8]) -> serde_json::Result<Value> {
    let opens = |byte: &&u8| matches!(byte, b',' | b'[' | b'{');
    if body.iter().filter(opens).count() > MOST_VALUES {
        return Err(serde_json::Error::custom("there are more values than any answer has"));
    }
    serde_json::from_slice(body)
}

/// The failure for an answer that is longer than that of any home.
pub(crate) fn too_large() -> Failure {
    let megabytes = u32::try_from(MAX_ANSWER / (1024 * 1024)).unwrap_or(u32::MAX);
    Failure::bug(Reason::TooLarge { megabytes })
}

/// Parses `Sun, 06 Nov 1994 08:49:37 GMT`.
fn date(value: &HeaderValue) -> Option<Timestamp> {
    let parsed = jiff::fmt::rfc2822::parse(value.to_str().ok()?).ok()?;
    Some(parsed.timestamp())
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn m8_an_answer_with_too_many_values_is_rejected() {
        let values = |count: usize| format!("[{}0]", "{},".repeat(count));
        assert!(json_value(values(1000).as_bytes()).is_ok());
        assert!(json_value(values(1_000_000).as_bytes()).is_err());
        let long = format!("{{\"message\":\"{}\"}}", "x".repeat(1_000_000));
        assert!(json_value(long.as_bytes()).is_ok(), "a long text is no tree");
    }

    #[test]
    fn the_time_of_a_service_is_read() {
        let read = |text: &'static str| date(&HeaderValue::from_static(text));
        let wanted = "1994-11-06T08:49:37Z".parse().ok();
        assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT"), wanted);
        assert_eq!(read("yesterday"), None);
    }

    #[test]
    fn l4_a_retry_after_is_seconds_or_a_date_and_at_most_a_day() {
        let now = "2015-10-21T07:27:00Z".parse().expect("a time");
        let read = |text: &'static str| retry_after(&HeaderValue::from_static(text), now);
        assert_eq!(read("40"), Some(Duration::from_secs(40)));
        assert_eq!(read("18446744073709551615"), Some(Duration::from_hours(24)));
        assert_eq!(read("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::from_mins(1)));
        assert_eq!(read("Tue, 21 Oct 2025 07:28:00 GMT"), Some(Duration::from_hours(24)));
        // A date in the past asks for no pause.
        for text in ["-1", "1e30", "soon", "Wed, 21 Oct 2015 07:26:00 GMT", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
