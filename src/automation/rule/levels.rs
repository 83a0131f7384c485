//! Triggers that describe a state: true, false or unknown at the present.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::present::{RulePresent, Subject};
use super::{Beyond, Danger, RuleTrigger};
use crate::home::{AlarmState, Away, DeviceId, HvacState, Setpoint, Temperature, Thermostat};

/// A room that crossed its threshold has to come back by this before it can cross it again.
const ROOM_HYSTERESIS: f64 = 0.2;
/// The same for percents of humidity.
const HUMIDITY_HYSTERESIS: i64 = 1;
/// The rise of a room, or its fall, by which heating or cooling has an effect, in degrees Celsius. Services round to half
/// a degree.
const EFFECT: f64 = 0.4;
/// The fall of a room by which a window is open.
const WINDOW_FALL: f64 = 1.0;
/// The time within which it falls.
const WINDOW_TIME: SignedDuration = SignedDuration::from_mins(15);
/// The rise above the coldest by which the window is closed again.
const WINDOW_RISE: f64 = 0.5;
/// A window that stays open is the new state of the room.
const WINDOW_LASTS: SignedDuration = SignedDuration::from_hours(1);
/// Most temperatures of a room within [`WINDOW_TIME`].
const MOST_SAMPLES: usize = 128;

/// The recent past of a room.
#[derive(Debug, Default)]
pub(super) struct RoomTrack {
    samples: VecDeque<(Timestamp, f64)>,
    /// The begin of the fall and the coldest since.
    window: Option<(Timestamp, f64)>,
    /// The room when the equipment began to run, or had an effect last.
    runs_from: Option<f64>,
    /// True if the equipment runs without effect; `None` if nobody knows.
    no_effect: Option<bool>,
}

impl RoomTrack {
    /// Notes the present state.
    pub(super) fn observe(&mut self, thermostat: &Thermostat, is_known: bool, now: Timestamp) {
        let room = thermostat.ambient_temperature.map(Temperature::celsius).filter(|_| is_known);
        let Some(room) = room else {
            self.no_effect = None;
            return;
        };
        let earliest = now.checked_sub(WINDOW_TIME).unwrap_or(Timestamp::MIN);
        while self.samples.front().is_some_and(|(at, _)| *at < earliest) || self.samples.len() >= MOST_SAMPLES {
            self.samples.pop_front();
        }
        let warmest = self.samples.iter().map(|(_, room)| *room).fold(room, f64::max);
        if self.samples.back().is_none_or(|(_, last)| *last != room) || self.samples.len() < 2 {
            self.samples.push_back((now, room));
        } else if let Some(last) = self.samples.back_mut() {
            // The time until which it was so.
            last.0 = now;
        }
        self.window = match self.window {
            Some((since, coldest)) => {
                let is_over = room >= coldest + WINDOW_RISE || now.duration_since(since) >= WINDOW_LASTS;
                (!is_over).then_some((since, coldest.min(room)))
            }
            None if warmest - room >= WINDOW_FALL && thermostat.hvac_state != Some(HvacState::Cooling) => {
                Some((now, room))
            }
            None => None,
        };
        if self.window.is_none() && warmest - room >= WINDOW_FALL {
            // The fall that ended is not found again.
            self.samples.clear();
            self.samples.push_back((now, room));
        }
        let rises = match thermostat.hvac_state {
            Some(HvacState::Heating) => 1.0,
            Some(HvacState::Cooling) => -1.0,
            Some(HvacState::Off) => {
                (self.runs_from, self.no_effect) = (None, Some(false));
                return;
            }
            Some(HvacState::Other(_)) | None => {
                (self.runs_from, self.no_effect) = (None, None);
                return;
            }
        };
        let from = *self.runs_from.get_or_insert(room);
        let has_effect = (room - from) * rises >= EFFECT;
        if has_effect {
            self.runs_from = Some(room);
        }
        self.no_effect = Some(!has_effect);
    }
}

pub(super) type RoomTracks = BTreeMap<DeviceId, RoomTrack>;

/// True if it is so now; `None` if nobody knows. `was` is the last answer, so that a value at the edge does not come and
/// go.
pub(super) fn level(
    trigger: &RuleTrigger,
    subject: &Subject,
    was: bool,
    tracks: &RoomTracks,
    present: &RulePresent<'_>,
) -> Option<bool> {
    if let Subject::Account(name) = subject {
        return present.accounts.iter().find(|it| it.name == *name).map(|it| it.is_signed_out);
    }
    if !(present.is_live)(subject) {
        return None;
    }
    match subject {
        Subject::Home(id) => {
            let structure = present.home.structures.get(id)?;
            if let RuleTrigger::Presence { becomes, .. } = trigger {
                return is_presence(structure.away.as_ref(), becomes);
            }
            // The only other trigger that looks at a home is an arrival.
            Some(structure.eta_begin.is_some_and(|at| at > present.now))
        }
        Subject::Device(id) => of_device(trigger, id, was, tracks, present),
        Subject::Clock | Subject::Account(_) => None,
    }
}

/// True if a home is home or away; `None` if its service does not know.
pub(super) fn is_presence(shown: Option<&Away>, wanted: &Away) -> Option<bool> {
    let is_away = match shown? {
        Away::Home => false,
        Away::Away | Away::AutoAway => true,
        Away::Unknown | Away::Other(_) => return None,
    };
    Some(is_away == (*wanted == Away::Away))
}

fn of_device(
    trigger: &RuleTrigger,
    id: &DeviceId,
    was: bool,
    tracks: &RoomTracks,
    present: &RulePresent<'_>,
) -> Option<bool> {
    let home = present.home;
    match trigger {
        RuleTrigger::Offline { .. } => is_reachable(id, present).map(|is_reachable| !is_reachable),
        RuleTrigger::Alarm { danger, is_over, .. } => {
            let protect = home.protects.get(id)?;
            let states = match danger {
                Danger::Smoke => [&protect.smoke_alarm_state, &None],
                Danger::CarbonMonoxide => [&protect.co_alarm_state, &None],
                Danger::Any => [&protect.smoke_alarm_state, &protect.co_alarm_state],
            };
            let mut known = states.into_iter().flatten().peekable();
            known.peek()?;
            Some(known.any(|state| *state != AlarmState::Ok) != *is_over)
        }
        RuleTrigger::Room { is, .. } => is_beyond_room(thermostat(id, present)?, *is, was),
        RuleTrigger::Humidity { is, .. } => is_beyond_humidity(thermostat(id, present)?, *is, was),
        RuleTrigger::NoEffect { .. } => {
            thermostat(id, present)?;
            tracks.get(id)?.no_effect
        }
        RuleTrigger::WindowOpen { is_over, .. } => {
            thermostat(id, present)?;
            let track = tracks.get(id).filter(|track| !track.samples.is_empty())?;
            Some(track.window.is_some() != *is_over)
        }
        RuleTrigger::Presence { .. }
        | RuleTrigger::Arrival { .. }
        | RuleTrigger::Time { .. }
        | RuleTrigger::Sun { .. }
        | RuleTrigger::Camera { .. }
        | RuleTrigger::SignedOut { .. }
        | RuleTrigger::FailedChange => None,
    }
}

fn thermostat<'a>(id: &DeviceId, present: &'a RulePresent<'_>) -> Option<&'a Thermostat> {
    let thermostat = present.home.thermostats.get(id)?;
    thermostat.is_reachable().then_some(&**thermostat)
}

/// True if a device of any kind can be reached.
pub(super) fn is_reachable(id: &DeviceId, present: &RulePresent<'_>) -> Option<bool> {
    let home = present.home;
    let thermostat = home.thermostats.get(id).map(|thermostat| thermostat.is_reachable());
    let camera = home.cameras.get(id).map(|camera| camera.is_reachable());
    thermostat.or(camera).or_else(|| Some(home.protects.get(id)?.is_online != Some(false)))
}

pub(super) fn is_beyond_room(thermostat: &Thermostat, is: Beyond<Setpoint>, was: bool) -> Option<bool> {
    let room = thermostat.ambient_temperature?.celsius();
    let back = if was { ROOM_HYSTERESIS } else { 0.0 };
    let celsius = |setpoint: Setpoint| setpoint.temperature().map(Temperature::celsius);
    Some(match is {
        Beyond::Above(threshold) => room > celsius(threshold)? - back,
        Beyond::Below(threshold) => room < celsius(threshold)? + back,
    })
}

pub(super) fn is_beyond_humidity(thermostat: &Thermostat, is: Beyond<i64>, was: bool) -> Option<bool> {
    let percent = thermostat.humidity?;
    let back = if was { HUMIDITY_HYSTERESIS } else { 0 };
    Some(match is {
        Beyond::Above(threshold) => percent > threshold - back,
        Beyond::Below(threshold) => percent < threshold + back,
    })
}
