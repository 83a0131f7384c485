//! What a service answered: read within bounds, and what its status means.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use jiff::Timestamp;
use reqwest::Response;
use reqwest::header::{DATE, HeaderValue, RETRY_AFTER};

use super::address::cause;
use crate::service::{Failure, FailureKind, Reason};

/// No message of a service is shown at greater length, in characters.
const LONGEST_MESSAGE: usize = 300;
/// No service is waited for longer before it is asked again.
const LONGEST_RETRY_AFTER: Duration = Duration::from_hours(24);
/// No answer of a service is larger; an estate of 10,000 thermostats has 20 MB.
pub(crate) const MAX_ANSWER: usize = 64 * 1024 * 1024;

/// What the service answered to one call.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Bytes,
    /// How long the service asks to wait.
    pub retry_after: Option<Duration>,
    /// What time it is there.
    pub date: Option<Timestamp>,
}

/// Reads an answer to its end.
pub(crate) async fn read_answer(mut response: Response) -> Result<Answer, Failure> {
    let status = response.status().as_u16();
    let retry_after = response.headers().get(RETRY_AFTER).and_then(retry_after);
    let date = response.headers().get(DATE).and_then(date);
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
    Ok(Answer { status, body: body.freeze(), retry_after, date })
}

/// Seconds; a date is not used by any service that this program knows. A service that asks for
/// longer than a day is not taken at its word.
fn retry_after(value: &HeaderValue) -> Option<Duration> {
    let asked = value.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)?;
    Some(asked.min(LONGEST_RETRY_AFTER))
}

impl Answer {
    /// What an answer that is no success means; `said` are the service's own words.
    pub fn failure(&self, said: Option<&str>) -> Failure {
        let said = said.map(plain).filter(|text| !text.is_empty());
        let own = |said: Option<String>, otherwise| said.map_or(otherwise, Reason::Said);
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

/// A service's own words for a screen: one line, of a readable length.
pub(crate) fn plain(text: &str) -> String {
    let mut plain: String = text.chars().take(LONGEST_MESSAGE).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST_MESSAGE).is_some() {
        plain.push('…');
    }
    plain.trim().to_owned()
}

/// An answer that is longer than any home.
pub(crate) fn too_large() -> Failure {
    let megabytes = u32::try_from(MAX_ANSWER / (1024 * 1024)).unwrap_or(u32::MAX);
    Failure::bug(Reason::TooLarge { megabytes })
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
fn date(value: &HeaderValue) -> Option<Timestamp> {
    let parsed = jiff::fmt::rfc2822::parse(value.to_str().ok()?).ok()?;
    Some(parsed.timestamp())
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn the_time_of_a_service_is_read() {
        let read = |text: &'static str| date(&HeaderValue::from_static(text));
        let wanted = "1994-11-06T08:49:37Z".parse().ok();
        assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT"), wanted);
        assert_eq!(read("yesterday"), None);
    }

    #[test]
    fn a_retry_after_is_seconds_and_at_most_a_day() {
        let read = |text: &'static str| retry_after(&HeaderValue::from_static(text));
        assert_eq!(read("40"), Some(Duration::from_secs(40)));
        assert_eq!(read("18446744073709551615"), Some(Duration::from_hours(24)));
        for text in ["-1", "1e30", "soon", "Wed, 21 Oct 2015 07:28:00 GMT", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
