//! The past of a simulated thermostat: a year or more, by the same physics as the present. Pure.
//!
//! Each week is made for itself, from its number and the id of the thermostat alone, so every look at a time sees the
//! same, however long a stretch is asked for.

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Weekday};

use super::ids::{Series, chance};
use super::physics::{Build, HvacAction, RoomClimate, RoomTarget, outside_at, step};
use crate::history::{CentiCelsius, EquipmentPart, Interval, IntervalMode, IntervalSource, RoomTemperatures};
use crate::home::{DeviceId, HvacMode, Thermostat};

/// The width of an interval of the past, in seconds.
pub const PAST_STEP_S: i64 = 300;
/// The length of a step of the physics, in seconds.
const PHYSICS_S: i64 = 60;
/// The length of a week in seconds, and the begin of one: Monday, 5 January 1970.
const WEEK_S: i64 = 7 * 86_400;
const FIRST_WEEK: i64 = 4 * 86_400;

/// A thermostat whose past is made.
#[derive(Debug, Clone)]
pub struct Past {
    build: Build,
    seed: u64,
    zone: TimeZone,
    /// The temperature that people at home want to be heated to, and cooled to.
    heats_to: Option<f64>,
    cools_to: Option<f64>,
    has_fan: bool,
}

impl Past {
    /// The past of a thermostat that is somewhere in a zone.
    pub fn new(id: &DeviceId, thermostat: &Thermostat, zone: TimeZone) -> Self {
        // FNV-1a: the same id gives the same past in every version.
        let fold = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        let seed = id.as_str().as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, fold);
        let mut chance = chance(seed, Series::Room, 0);
        let build = Build::random(&mut chance);
        let target = thermostat.target_temperature.map_or(20.5, |target| target.celsius());
        // The target of a thermostat that cools is no temperature to heat to.
        let is_cooling = thermostat.hvac_mode == Some(HvacMode::Cool);
        let heats_to = if is_cooling { 20.5 } else { target.clamp(18.5, 22.0) };
        Self {
            build,
            seed,
            zone,
            heats_to: (thermostat.can_heat != Some(false)).then_some(heats_to),
            cools_to: (thermostat.can_cool == Some(true)).then_some(23.5),
            has_fan: thermostat.has_fan == Some(true),
        }
    }

    /// The intervals that begin within `from..to`, in seconds since 1970. The computer that would have heard them was off
    /// now and then: those hours are missing.
    pub fn intervals(&self, from: i64, to: i64) -> Vec<Interval> {
        let mut intervals = Vec::new();
        let mut week = (from - FIRST_WEEK).div_euclid(WEEK_S);
        while FIRST_WEEK + week * WEEK_S < to {
            self.week(week, (from, to), &mut intervals);
            week += 1;
        }
        intervals
    }

    fn week(&self, week: i64, (from, to): (i64, i64), intervals: &mut Vec<Interval>) {
        let begin = FIRST_WEEK + week * WEEK_S;
        // Some days before, so that the room is as it was at the end of the week before.
        let settles = begin - SETTLES_S;
        let off = self.off(week);
        let mut clock = CivilClock::new(&self.zone);
        let (hour, _, day_of_year) = clock.at(settles);
        let resting = Self::outdoor(settles, hour, day_of_year) + self.build.gains / self.build.leak;
        let (least, most) = (self.heats_to.unwrap_or(5.0) - NIGHT, self.cools_to.unwrap_or(35.0));
        let mut room = RoomClimate {
            celsius: resting.clamp(least, most),
            humidity: self.build.humidity,
            action: HvacAction::Idle,
        };
        for start in (settles..(begin + WEEK_S).min(to)).step_by(PAST_STEP_S as usize) {
            let interval = self.interval(&mut room, start, &mut clock);
            let is_off = (off.0..off.1).contains(&(start - begin));
            if start >= from.max(begin) && !is_off {
                intervals.push(interval);
            }
        }
    }

    fn interval(&self, room: &mut RoomClimate, start: i64, clock: &mut CivilClock<'_>) -> Interval {
        const STEPS: i64 = PAST_STEP_S / PHYSICS_S;
        let (hour, weekday, day_of_year) = clock.at(start);
        let outdoor = Self::outdoor(start, hour, day_of_year);
        let (demand, is_away) = self.demand(hour, weekday, day_of_year);
        let (mut least, mut mean, mut most, mut humidity) = (room.celsius, 0.0, room.celsius, 0.0);
        let (mut heat_s, mut cool_s) = (0, 0);
        for _ in 0..STEPS {
            step(room, &self.build, demand, outdoor, PHYSICS_S as f64);
            match room.action {
                HvacAction::Heating => heat_s += PHYSICS_S as u32,
                HvacAction::Cooling => cool_s += PHYSICS_S as u32,
                HvacAction::Idle => {}
            }
            (least, most) = (least.min(room.celsius), most.max(room.celsius));
            mean += room.celsius / STEPS as f64;
            humidity += room.humidity / STEPS as f64;
        }
        let width_s = PAST_STEP_S as u32;
        let mut made = Interval::new(start, width_s, IntervalSource::Simulated);
        made.covered_s = width_s;
        made.run.set(EquipmentPart::Heat, Some(heat_s));
        made.run.set(EquipmentPart::Cool, Some(cool_s));
        made.run.set(EquipmentPart::Fan, self.has_fan.then_some(heat_s.max(cool_s)));
        if let [Some(least), Some(mean), Some(most)] = [least, mean, most].map(CentiCelsius::of) {
            made.room = Some(RoomTemperatures { least, mean, most });
        }
        made.humidity = Some((humidity * 10.0).round() as i32);
        made.low_target = demand.heat_below.and_then(CentiCelsius::of);
        made.high_target = demand.cool_above.and_then(CentiCelsius::of);
        made.outdoor = CentiCelsius::of(outdoor);
        made.mode = Some(match (made.low_target, made.high_target) {
            (Some(_), Some(_)) => IntervalMode::HeatCool,
            (Some(_), None) => IntervalMode::Heat,
            (None, Some(_)) => IntervalMode::Cool,
            (None, None) => IntervalMode::Off,
        });
        made.away_s = Some(if is_away { width_s } else { 0 });
        made.eco_s = Some(0);
        made
    }

    /// Seasons, fronts that last for days, and the hour of the day. All rooms have the same weather.
    fn outdoor(start: i64, hour: f64, day_of_year: f64) -> f64 {
        const MEAN: f64 = 11.0;
        const SEASONS: f64 = 10.0;
        const FRONT_S: i64 = 3 * 86_400;
        let season = MEAN + SEASONS * ((day_of_year - 203.0) / 365.25 * std::f64::consts::TAU).cos();
        let front = |number: i64| chance(0, Series::Structure, number.unsigned_abs()).f64() * 9.0 - 4.5;
        let number = start.div_euclid(FRONT_S);
        let share = start.rem_euclid(FRONT_S) as f64 / FRONT_S as f64;
        let smooth = share * share * (3.0 - 2.0 * share);
        outside_at(hour, season + front(number) * (1.0 - smooth) + front(number + 1) * smooth)
    }

    /// The targets of an hour; true if nobody is at home.
    fn demand(&self, hour: f64, weekday: Weekday, day_of_year: f64) -> (RoomTarget, bool) {
        let is_weekend = matches!(weekday, Weekday::Saturday | Weekday::Sunday);
        let is_holiday = (218.0..232.0).contains(&day_of_year);
        let is_night = !(6.5..22.5).contains(&hour);
        let is_away = is_holiday || (!is_weekend && (8.5..17.0).contains(&hour));
        let lower = if is_away {
            AWAY
        } else if is_night {
            NIGHT
        } else {
            0.0
        };
        let half = |degrees: f64| (degrees * 2.0).round() / 2.0;
        let target = RoomTarget {
            heat_below: self.heats_to.map(|comfort| half(comfort - lower)),
            cool_above: self.cools_to.map(|comfort| half(comfort + if is_away { AWAY } else { 0.0 })),
        };
        (target, is_away)
    }

    /// The hours of a week in which the computer was off, in seconds from its begin: every other week some.
    fn off(&self, week: i64) -> (i64, i64) {
        let mut chance = chance(self.seed, Series::CameraLife, week.unsigned_abs());
        if chance.bool() {
            return (0, 0);
        }
        let from = chance.i64(1..WEEK_S / PAST_STEP_S - 150) * PAST_STEP_S;
        (from, from + chance.i64(10..140) * PAST_STEP_S)
    }
}

/// Time in which a room forgets how it began, in seconds: several of its time constants.
const SETTLES_S: i64 = 4 * 86_400;

/// Degrees by which a night, and an empty home, is kept cooler.
const NIGHT: f64 = 2.5;
const AWAY: f64 = 3.0;

/// The civil hour, weekday and day of the year of times in order. A change of the clock counts from the next full hour on.
struct CivilClock<'a> {
    zone: &'a TimeZone,
    hour: Option<(i64, f64, Weekday, f64)>,
}

impl<'a> CivilClock<'a> {
    fn new(zone: &'a TimeZone) -> Self {
        Self { zone, hour: None }
    }

    fn at(&mut self, second: i64) -> (f64, Weekday, f64) {
        let full = second.div_euclid(3_600) * 3_600;
        let (_, hour, weekday, day) = if let Some(known) = self.hour.filter(|(known, ..)| *known == full) {
            known
        } else {
            let at = Timestamp::from_second(full).unwrap_or_default().to_zoned(self.zone.clone());
            let hour = f64::from(at.hour()) + f64::from(at.minute()) / 60.0;
            *self.hour.insert((full, hour, at.weekday(), f64::from(at.day_of_year())))
        };
        (hour + (second - full) as f64 / 3_600.0, weekday, day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_357_920;

    fn past() -> Past {
        let thermostat = Thermostat { can_heat: Some(true), can_cool: Some(true), ..Thermostat::default() };
        Past::new(&"hallway".into(), &thermostat, TimeZone::get("Europe/London").expect("a zone"))
    }

    #[test]
    fn a_year_has_seasons_and_every_look_sees_the_same() {
        let year = past().intervals(NOW - 365 * 86_400, NOW);
        assert!((95_000..=105_120).contains(&year.len()), "{}", year.len());
        let hours = |part| year.iter().filter_map(|one| one.run.get(part)).map(u64::from).sum::<u64>() / 3_600;
        let (heating, cooling) = (hours(EquipmentPart::Heat), hours(EquipmentPart::Cool));
        assert!((500..3_000).contains(&heating), "{heating} h of heating");
        assert!((5..600).contains(&cooling), "{cooling} h of cooling");
        let day = past().intervals(NOW - 86_400, NOW);
        assert_eq!(year.get(year.len() - day.len()..), Some(day.as_slice()));
        assert!(year.iter().all(|one| one.check().is_ok()), "an interval contradicts itself");
        let rooms: Vec<RoomTemperatures> = year.iter().filter_map(|one| one.room).collect();
        assert_eq!(rooms.len(), year.len());
        assert!(rooms.iter().all(|room| (10.0..32.0).contains(&room.mean.celsius()) && room.least <= room.most));
        // A seam between two weeks would look like an open window.
        let pairs = year.windows(2).filter(|pair| pair[0].end() == pair[1].start);
        let falls = pairs.filter_map(|pair| Some(pair[0].room?.mean.0 - pair[1].room?.mean.0));
        assert!(falls.max() < Some(60), "a room fell by more than half a degree in five minutes");
        assert!(year.windows(2).any(|pair| pair[1].start - pair[0].end() > PAST_STEP_S), "there is no gap");
    }
}
