//! Intervals of five minutes from what services tell. Pure: homes and times are passed in.
//!
//! A value counts from when it was heard until the next one, and only while its account is connected and the thermostat
//! online. Silence is uncovered time. A clock that was set, and a computer that slept, end a span: nobody knows what
//! happened then.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::change::{Change, ChangeKind};
use super::interval::{CentiCelsius, EquipmentPart, Interval, IntervalMode, IntervalSource, RoomTemperatures};
use crate::home::{Away, DeviceId, DeviceTree, HvacMode, HvacState, Structure, Temperature, Thermostat};

/// The width of an interval, in milliseconds.
const WIDTH_MS: i64 = 300_000;
/// The difference between the two clocks from which one of them was set, or the computer slept.
const JUMP_MS: i64 = 2_000;
/// The longest time between two calls that counts as watched.
const LONGEST: Duration = Duration::from_mins(5);

/// A moment by the clock of the wall and by one that nobody sets.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    pub wall: Timestamp,
    pub instant: Instant,
}

/// The home of an account, as it is told now.
#[derive(Debug, Clone, Copy)]
pub struct Heard<'a> {
    pub home: &'a DeviceTree,
    /// True while the service tells every change.
    pub is_live: bool,
}

/// An interval of a thermostat that is complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The id of the thermostat at its service.
    pub device: String,
    pub name: String,
    pub zone: Option<String>,
    pub interval: Interval,
}

/// Makes intervals from what is heard.
#[derive(Debug, Default)]
pub struct Recorder {
    tracks: BTreeMap<DeviceId, Track>,
    last: Option<Moment>,
    /// Spans that ended, or whose end will not be heard.
    spans: Vec<Change>,
}

#[derive(Debug, Default)]
struct Track {
    name: String,
    zone: Option<String>,
    /// The values that hold; `None` while nothing is known.
    state: Option<HeldValues>,
    /// The thermostat and its home that were heard last: equal ones are shared, and need no second look.
    heard: Option<(Arc<Thermostat>, Option<Arc<Structure>>)>,
    begun: Option<Begun>,
    heating: Run,
    cooling: Run,
    offline: Run,
}

/// A span that is watched for its begin and its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Run {
    /// Nothing was heard yet, or not since the connection was lost.
    #[default]
    Unknown,
    Off,
    /// On since then; `None` if it was on when it was first heard.
    On(Option<Timestamp>),
}

impl Run {
    /// Notes what is heard now. Returns the span that ended, with its end if that was heard.
    fn hear(&mut self, is_on: Option<bool>, now: Timestamp) -> Option<(Timestamp, Option<Timestamp>)> {
        let next = match (is_on, *self) {
            (None, _) => Self::Unknown,
            (Some(false), _) => Self::Off,
            (Some(true), Self::On(since)) => Self::On(since),
            (Some(true), Self::Off) => Self::On(Some(now)),
            (Some(true), Self::Unknown) => Self::On(None),
        };
        let before = std::mem::replace(self, next);
        match (before, next) {
            (Self::On(Some(since)), Self::Off) => Some((since, Some(now))),
            (Self::On(Some(since)), Self::Unknown) => Some((since, None)),
            _ => None,
        }
    }
}

impl Recorder {
    /// Takes the spans that ended since the last call: runs of the equipment, and times offline.
    pub fn take_spans(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.spans)
    }

    /// Adds the time that has passed, and notes what each account tells now. A thermostat of several accounts is that
    /// of the first one that is live. Returns the intervals that are complete.
    pub fn hear(&mut self, heard: &[Heard<'_>], now: Moment) -> Vec<Recorded> {
        let complete = self.pass(now);
        let mut told: BTreeSet<&DeviceId> = BTreeSet::new();
        for Heard { home, .. } in heard.iter().filter(|heard| heard.is_live) {
            for (id, thermostat) in &home.thermostats {
                if !told.insert(id) {
                    continue;
                }
                let structure = thermostat.structure_id.as_ref().and_then(|id| home.structures.get(id));
                let track = self.tracks.entry(id.clone()).or_default();
                if !track.has_heard(thermostat, structure) {
                    track.hear(id, home, (thermostat, structure), now.wall, &mut self.spans);
                }
            }
        }
        for (id, track) in &mut self.tracks {
            if !told.contains(id) {
                (track.state, track.heard) = (None, None);
                track.hear_runs(id, [None; 3], now.wall, &mut self.spans);
            }
        }
        complete
    }

    /// Adds the time that has passed without news. Returns the intervals that are complete.
    pub fn pass(&mut self, now: Moment) -> Vec<Recorded> {
        let mut complete = Vec::new();
        let Some(last) = self.last.replace(now) else { return complete };
        let watched = now.instant.saturating_duration_since(last.instant);
        let (from, to) = (last.wall.as_millisecond(), now.wall.as_millisecond());
        let passed = i64::try_from(watched.as_millis()).unwrap_or(i64::MAX);
        if watched > LONGEST || (to - from).saturating_sub(passed).abs() > JUMP_MS {
            for (id, track) in &mut self.tracks {
                track.heard = None;
                track.hear_runs(id, [None; 3], last.wall, &mut self.spans);
            }
            return self.end();
        }
        // A clock that is corrected by a little adds no time.
        let from = to - (to - from).min(passed);
        for (id, track) in &mut self.tracks {
            track.add(id, from, to, &mut complete);
        }
        complete
    }

    /// Ends all spans, as at the end of the program. Returns the intervals as far as they are.
    pub fn end(&mut self) -> Vec<Recorded> {
        let ended = self.tracks.iter_mut().filter_map(|(id, track)| {
            let begun = track.begun.take()?;
            Some(track.recorded(id, &begun))
        });
        ended.collect()
    }
}

impl Track {
    fn has_heard(&self, thermostat: &Arc<Thermostat>, structure: Option<&Arc<Structure>>) -> bool {
        self.heard.as_ref().is_some_and(|(known, home)| {
            Arc::ptr_eq(known, thermostat)
                && match (home, structure) {
                    (Some(home), Some(structure)) => Arc::ptr_eq(home, structure),
                    (None, None) => true,
                    (Some(_), None) | (None, Some(_)) => false,
                }
        })
    }

    /// Notes what holds from now on.
    fn hear(
        &mut self,
        id: &DeviceId,
        home: &DeviceTree,
        (thermostat, structure): (&Arc<Thermostat>, Option<&Arc<Structure>>),
        now: Timestamp,
        spans: &mut Vec<Change>,
    ) {
        self.heard = Some((Arc::clone(thermostat), structure.map(Arc::clone)));
        self.state = HeldValues::of(home, thermostat);
        if let Some(name) = thermostat.name.as_ref().filter(|name| **name != self.name) {
            self.name.clone_from(name);
        }
        let zone = structure.and_then(|structure| structure.time_zone.as_ref());
        if zone.is_some_and(|zone| self.zone.as_ref() != Some(zone)) {
            self.zone = zone.cloned();
        }
        let is_offline = thermostat.is_online.map(|_| !thermostat.is_reachable());
        let runs = |part| self.state.as_ref().and_then(|it| it.runs(part));
        let told = [runs(EquipmentPart::Heat), runs(EquipmentPart::Cool), is_offline];
        self.hear_runs(id, told, now, spans);
    }

    /// Notes whether it heats, cools and is offline now. A span that is lost has no end, because nobody heard it.
    fn hear_runs(&mut self, id: &DeviceId, told: [Option<bool>; 3], now: Timestamp, spans: &mut Vec<Change>) {
        let kinds = [ChangeKind::Heating, ChangeKind::Cooling, ChangeKind::Offline];
        for ((run, is_on), kind) in
            [&mut self.heating, &mut self.cooling, &mut self.offline].into_iter().zip(told).zip(kinds)
        {
            if let Some((since, until)) = run.hear(is_on, now) {
                spans.push(Change::span(id.as_str(), &self.name, kind, since, until));
            }
        }
    }

    /// Adds a span, divided at the ends of intervals.
    fn add(&mut self, id: &DeviceId, from: i64, to: i64, complete: &mut Vec<Recorded>) {
        let mut at = from;
        while at < to {
            let start = at.div_euclid(WIDTH_MS) * WIDTH_MS;
            let end = to.min(start + WIDTH_MS);
            if self.begun.as_ref().is_some_and(|begun| begun.start != start)
                && let Some(begun) = self.begun.take()
            {
                complete.push(self.recorded(id, &begun));
            }
            if let Some(state) = &self.state {
                self.begun.get_or_insert_with(|| Begun::new(start)).add(state, (end - at).unsigned_abs());
            }
            at = end;
        }
        if self.begun.as_ref().is_some_and(|begun| begun.start + WIDTH_MS <= to)
            && let Some(begun) = self.begun.take()
        {
            complete.push(self.recorded(id, &begun));
        }
    }

    fn recorded(&self, id: &DeviceId, begun: &Begun) -> Recorded {
        Recorded {
            device: id.to_string(),
            name: if self.name.is_empty() { id.to_string() } else { self.name.clone() },
            zone: self.zone.clone(),
            interval: begun.interval(),
        }
    }
}

/// The values of a thermostat that hold until the next ones.
#[derive(Debug, Clone, PartialEq)]
struct HeldValues {
    /// The parts that run, in the order of [`EquipmentPart::ALL`].
    run: [Option<bool>; EquipmentPart::ALL.len()],
    room: Option<CentiCelsius>,
    /// Tenths of a percent.
    humidity: Option<i32>,
    low_target: Option<CentiCelsius>,
    high_target: Option<CentiCelsius>,
    mode: Option<IntervalMode>,
    is_eco: Option<bool>,
    is_away: Option<bool>,
}

impl HeldValues {
    /// True while a part runs; `None` if the service does not tell.
    fn runs(&self, part: EquipmentPart) -> Option<bool> {
        self.run.get(part as usize).copied().flatten()
    }

    /// The present values; `None` of a thermostat that is offline.
    fn of(home: &DeviceTree, thermostat: &Thermostat) -> Option<Self> {
        if !thermostat.is_reachable() {
            return None;
        }
        let (heats, cools) = match &thermostat.hvac_state {
            Some(HvacState::Heating) => (Some(true), Some(false)),
            Some(HvacState::Cooling) => (Some(false), Some(true)),
            Some(HvacState::Off) => (Some(false), Some(false)),
            Some(HvacState::Other(_)) | None => (None, None),
        };
        let (t, parts) = (thermostat, &thermostat.running_parts);
        let (mode, low, high) = match &t.hvac_mode {
            Some(HvacMode::Heat) => (Some(IntervalMode::Heat), t.target_temperature, None),
            Some(HvacMode::Cool) => (Some(IntervalMode::Cool), None, t.target_temperature),
            Some(HvacMode::HeatCool) => {
                (Some(IntervalMode::HeatCool), t.target_temperature_low, t.target_temperature_high)
            }
            Some(HvacMode::Eco) => (None, t.eco_limits().0, t.eco_limits().1),
            Some(HvacMode::Off) => (Some(IntervalMode::Off), None, None),
            Some(HvacMode::Other(_)) | None => (None, None, None),
        };
        let degrees = |temperature: Option<Temperature>| temperature.and_then(|it| CentiCelsius::of(it.celsius()));
        let structure = t.structure_id.as_ref().and_then(|id| home.structures.get(id));
        let away = structure.and_then(|structure| structure.away.as_ref());
        Some(Self {
            run: EquipmentPart::ALL.map(|part| match part {
                EquipmentPart::Heat => heats,
                EquipmentPart::HeatStage2 => parts.heat_stage2,
                EquipmentPart::HeatStage3 => parts.heat_stage3,
                EquipmentPart::AlternateHeat => parts.alternate_heat,
                EquipmentPart::AuxiliaryHeat => parts.auxiliary_heat,
                EquipmentPart::EmergencyHeat => parts.emergency_heat,
                EquipmentPart::Cool => cools,
                EquipmentPart::CoolStage2 => parts.cool_stage2,
                EquipmentPart::CoolStage3 => parts.cool_stage3,
                EquipmentPart::Fan => parts.fan.or(t.fan_timer_active),
                EquipmentPart::Humidifier => parts.humidifier,
            }),
            room: degrees(t.ambient_temperature),
            humidity: t.humidity.filter(|percent| (0..=100).contains(percent)).map(|percent| percent as i32 * 10),
            low_target: degrees(low),
            high_target: degrees(high),
            mode,
            is_eco: t.hvac_mode.as_ref().map(|mode| *mode == HvacMode::Eco),
            is_away: away.map(|away| matches!(away, Away::Away | Away::AutoAway)),
        })
    }
}

/// An interval that has begun; times in milliseconds.
#[derive(Debug)]
struct Begun {
    start: i64,
    covered: u64,
    run: [Option<u64>; EquipmentPart::ALL.len()],
    eco: Option<u64>,
    away: Option<u64>,
    room: Option<(CentiCelsius, CentiCelsius)>,
    room_mean: Weighted,
    humidity: Weighted,
    low_target: Option<CentiCelsius>,
    high_target: Option<CentiCelsius>,
    modes: [u64; 4],
}

/// A sum of values with their times.
#[derive(Debug, Default)]
struct Weighted {
    total: i64,
    millis: i64,
}

impl Weighted {
    fn add(&mut self, value: Option<i32>, millis: u64) {
        let millis = i64::try_from(millis).unwrap_or_default();
        if let Some(value) = value {
            self.total += i64::from(value) * millis;
            self.millis += millis;
        }
    }

    fn mean(&self) -> Option<i32> {
        (self.millis > 0).then(|| (self.total as f64 / self.millis as f64).round() as i32)
    }
}

const MODES: [IntervalMode; 4] = [IntervalMode::Off, IntervalMode::Heat, IntervalMode::Cool, IntervalMode::HeatCool];

impl Begun {
    fn new(start: i64) -> Self {
        Self {
            start,
            covered: 0,
            run: [None; EquipmentPart::ALL.len()],
            eco: None,
            away: None,
            room: None,
            room_mean: Weighted::default(),
            humidity: Weighted::default(),
            low_target: None,
            high_target: None,
            modes: [0; 4],
        }
    }

    fn add(&mut self, state: &HeldValues, millis: u64) {
        self.covered += millis;
        let states = [(&mut self.eco, state.is_eco), (&mut self.away, state.is_away)];
        for (sum, is_on) in self.run.iter_mut().zip(state.run).chain(states) {
            if let Some(is_on) = is_on {
                *sum = Some(sum.unwrap_or_default() + if is_on { millis } else { 0 });
            }
        }
        if let Some(room) = state.room {
            let (least, most) = self.room.unwrap_or((room, room));
            self.room = Some((least.min(room), most.max(room)));
        }
        self.room_mean.add(state.room.map(|room| room.0), millis);
        self.humidity.add(state.humidity, millis);
        // The last target counts: an earlier one is a change of its own.
        (self.low_target, self.high_target) = (state.low_target, state.high_target);
        for (sum, mode) in self.modes.iter_mut().zip(MODES) {
            *sum += if state.mode == Some(mode) { millis } else { 0 };
        }
    }

    fn interval(&self) -> Interval {
        let width = (WIDTH_MS / 1000) as u32;
        let seconds = |millis: u64| u32::try_from((millis + 500) / 1000).unwrap_or(width).min(width);
        let mut interval = Interval::new(self.start / 1000, width, IntervalSource::Recorded);
        interval.covered_s = seconds(self.covered);
        for (part, millis) in EquipmentPart::ALL.into_iter().zip(self.run) {
            interval.run.set(part, millis.map(seconds));
        }
        interval.room = self.room.zip(self.room_mean.mean()).map(|((least, most), mean)| RoomTemperatures {
            least,
            mean: CentiCelsius(mean),
            most,
        });
        interval.humidity = self.humidity.mean();
        (interval.low_target, interval.high_target) = (self.low_target, self.high_target);
        let longest =
            self.modes.iter().zip(MODES).filter(|(millis, _)| **millis > 0).max_by_key(|(millis, _)| **millis);
        interval.mode = longest.map(|(_, mode)| mode);
        (interval.eco_s, interval.away_s) = (self.eco.map(seconds), self.away.map(seconds));
        interval
    }
}

#[cfg(test)]
#[path = "recorder_tests.rs"]
mod tests;
