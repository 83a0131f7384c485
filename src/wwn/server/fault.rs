//! Faults on demand: failures of a service, for tests and the simulator.

use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::Duration;

use super::super::error::WwnError;

/// A fault; a chance of 1 means every time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// `latency=200ms`: delays every answer.
    Latency(Duration),
    /// `401`, `403`, `429`, `500`, `503`, with a chance: `429=0.2`.
    Status(FaultStatus, f64),
    /// `drop-stream=10s`: streams break off after that time.
    DropStream(Duration),
    /// `half-event`: a stream breaks off in the middle of the second event.
    HalfEvent(f64),
    /// `wrong-json`: answers are cut off, so that they are no JSON.
    WrongJson(f64),
    /// `html`: the answer is a web page, as behind the login page of a hotel's network.
    Html(f64),
    /// `write-error`: the server refuses writes as after a change of the user's password.
    WriteError(f64),
    /// `offline`: devices are offline; the chance is the share of them.
    Offline(f64),
    /// `redirect-loop`: the two addresses redirect to each other without end.
    RedirectLoop,
}

/// A status that a fault can answer with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultStatus {
    /// 401
    Unauthorized,
    /// 403
    Forbidden,
    /// 429
    Blocked,
    /// 500
    Internal,
    /// 503
    Unavailable,
}

impl FaultStatus {
    fn error(self) -> WwnError {
        match self {
            Self::Unauthorized => WwnError::unauthorized(),
            Self::Forbidden => WwnError::forbidden(),
            Self::Blocked => WwnError::blocked(),
            Self::Internal => WwnError::internal(),
            Self::Unavailable => WwnError::unavailable(),
        }
    }
}

/// The text names no fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFault {
    text: String,
    wanted: &'static str,
}

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a fault; {}", self.text, self.wanted)
    }
}

impl std::error::Error for UnknownFault {}

const NAMES: &str = "choose latency=200ms, drop-stream=10s, 401, 403, 429, 500, 503, half-event, wrong-json, html, \
                     write-error, offline (each also with a chance, such as 429=0.2) or redirect-loop";

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let (name, value) = match text.trim().split_once('=') {
            Some((name, value)) => (name.trim(), Some(value.trim())),
            None => (text.trim(), None),
        };
        let unknown = |wanted| UnknownFault { text: text.to_owned(), wanted };
        let chance = || match value {
            None => Ok(1.0),
            Some(value) => {
                let chance = value.parse().ok().filter(|chance| (0.0..=1.0).contains(chance));
                chance.ok_or_else(|| unknown("a chance is a number from 0 to 1"))
            }
        };
        let time = || value.and_then(duration).ok_or_else(|| unknown("it needs a time, such as 200ms, 10s or 1m"));
        let status = |status| chance().map(|chance| Self::Status(status, chance));
        match name {
            "latency" => time().map(Self::Latency),
            "drop-stream" => time().map(Self::DropStream),
            "401" => status(FaultStatus::Unauthorized),
            "403" => status(FaultStatus::Forbidden),
            "429" => status(FaultStatus::Blocked),
            "500" => status(FaultStatus::Internal),
            "503" => status(FaultStatus::Unavailable),
            "half-event" => chance().map(Self::HalfEvent),
            "wrong-json" => chance().map(Self::WrongJson),
            "html" => chance().map(Self::Html),
            "write-error" => chance().map(Self::WriteError),
            "offline" => chance().map(Self::Offline),
            "redirect-loop" if value.is_none() => Ok(Self::RedirectLoop),
            _ => Err(unknown(NAMES)),
        }
    }
}

/// Parses `200ms`, `1.5s` or `2m`; at most an hour.
fn duration(text: &str) -> Option<Duration> {
    let units = [("ms", 0.001), ("s", 1.0), ("m", 60.0)];
    let (number, unit) = units.into_iter().find_map(|(suffix, unit)| Some((text.strip_suffix(suffix)?, unit)))?;
    let seconds = number.trim().parse::<f64>().ok()? * unit;
    Duration::try_from_secs_f64(seconds).ok().filter(|time| *time <= Duration::from_hours(1))
}

/// The current faults of a server, with the random generator for their chances.
pub(super) struct Faults {
    now: RwLock<Vec<Fault>>,
    dice: Mutex<fastrand::Rng>,
}

/// The effect of a fault on one answer.
pub(super) enum Mishap {
    /// Send this error.
    Error(WwnError),
    /// Send a web page in place of the answer.
    Html,
    /// Redirect to the front address.
    Redirect,
}

impl Faults {
    pub(super) fn new(faults: Vec<Fault>, dice: fastrand::Rng) -> Self {
        Self { now: RwLock::new(faults), dice: Mutex::new(dice) }
    }

    pub(super) fn replace(&self, faults: Vec<Fault>) {
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = faults;
    }

    /// The delay of answers.
    pub(super) fn latency(&self) -> Duration {
        self.sum(|fault| if let Fault::Latency(time) = fault { Some(time) } else { None })
    }

    /// The time after which streams break off.
    pub(super) fn stream_end(&self) -> Option<Duration> {
        Some(self.sum(|fault| if let Fault::DropStream(time) = fault { Some(time) } else { None }))
            .filter(|time| !time.is_zero())
    }

    /// Draws the fault of one call, if there is one.
    pub(super) fn mishap(&self) -> Option<Mishap> {
        self.list().into_iter().find_map(|fault| match fault {
            Fault::RedirectLoop => Some(Mishap::Redirect),
            Fault::Status(status, chance) => self.happens(chance).then(|| Mishap::Error(status.error())),
            Fault::Html(chance) => self.happens(chance).then_some(Mishap::Html),
            Fault::Latency(_)
            | Fault::DropStream(_)
            | Fault::HalfEvent(_)
            | Fault::WrongJson(_)
            | Fault::WriteError(_)
            | Fault::Offline(_) => None,
        })
    }

    /// True if this event is cut in half.
    pub(super) fn cuts_event(&self) -> bool {
        self.any(|fault| if let Fault::HalfEvent(chance) = fault { Some(chance) } else { None })
    }

    /// True if this answer is made unreadable.
    pub(super) fn garbles(&self) -> bool {
        self.any(|fault| if let Fault::WrongJson(chance) = fault { Some(chance) } else { None })
    }

    pub(super) fn refuses_write(&self) -> bool {
        self.any(|fault| if let Fault::WriteError(chance) = fault { Some(chance) } else { None })
    }

    fn any(&self, chance: impl Fn(Fault) -> Option<f64>) -> bool {
        self.list().into_iter().filter_map(chance).any(|chance| self.happens(chance))
    }

    fn sum(&self, time: impl Fn(Fault) -> Option<Duration>) -> Duration {
        self.list().into_iter().filter_map(time).sum()
    }

    fn list(&self) -> Vec<Fault> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn happens(&self, chance: f64) -> bool {
        chance >= 1.0 || self.dice.lock().unwrap_or_else(PoisonError::into_inner).f64() < chance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_read_from_their_names() {
        let read = |text: &str| text.parse::<Fault>();
        assert_eq!(read("latency=200ms"), Ok(Fault::Latency(Duration::from_millis(200))));
        assert_eq!(read("429=0.2"), Ok(Fault::Status(FaultStatus::Blocked, 0.2)));
        assert_eq!(read("503"), Ok(Fault::Status(FaultStatus::Unavailable, 1.0)));
        assert_eq!(read("drop-stream=10s"), Ok(Fault::DropStream(Duration::from_secs(10))));
        assert_eq!(read("half-event"), Ok(Fault::HalfEvent(1.0)));
        assert_eq!(read("redirect-loop"), Ok(Fault::RedirectLoop));
        for wrong in
            ["", "latency", "latency=-1s", "latency=NaNs", "429=2", "429=NaN", "418", "redirect-loop=1", "latency=99h"]
        {
            assert!(read(wrong).is_err(), "{wrong:?} was taken");
        }
    }

    #[test]
    fn a_seed_decides_which_calls_fail() {
        let fails = || {
            let faults = Faults::new(vec![Fault::WrongJson(0.5)], fastrand::Rng::with_seed(3));
            (0..50).map(|_| faults.garbles()).collect::<Vec<_>>()
        };
        assert_eq!(fails(), fails());
        assert!(fails().contains(&true) && fails().contains(&false));
    }
}
