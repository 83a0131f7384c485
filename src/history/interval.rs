//! Intervals: spans of time of a thermostat, with the seconds of its equipment, temperatures and mode. Pure.

/// A part of the equipment, with a column of seconds in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EquipmentPart {
    /// Any stage of heating.
    Heat,
    HeatStage2,
    HeatStage3,
    /// A second fuel beside a heat pump.
    AlternateHeat,
    /// Strips beside a heat pump.
    AuxiliaryHeat,
    EmergencyHeat,
    /// Any stage of cooling.
    Cool,
    CoolStage2,
    CoolStage3,
    Fan,
    Humidifier,
}

impl EquipmentPart {
    /// All parts, in the order of their columns.
    pub const ALL: [Self; 11] = [
        Self::Heat,
        Self::HeatStage2,
        Self::HeatStage3,
        Self::AlternateHeat,
        Self::AuxiliaryHeat,
        Self::EmergencyHeat,
        Self::Cool,
        Self::CoolStage2,
        Self::CoolStage3,
        Self::Fan,
        Self::Humidifier,
    ];

    /// The name of the column.
    pub fn column(self) -> &'static str {
        match self {
            Self::Heat => "heat_s",
            Self::HeatStage2 => "heat2_s",
            Self::HeatStage3 => "heat3_s",
            Self::AlternateHeat => "alternate_s",
            Self::AuxiliaryHeat => "auxiliary_s",
            Self::EmergencyHeat => "emergency_s",
            Self::Cool => "cool_s",
            Self::CoolStage2 => "cool2_s",
            Self::CoolStage3 => "cool3_s",
            Self::Fan => "fan_s",
            Self::Humidifier => "humidifier_s",
        }
    }
}

/// Seconds of each part of the equipment; `None` where the source does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunSeconds([Option<u32>; EquipmentPart::ALL.len()]);

impl RunSeconds {
    /// The seconds of a part.
    pub fn get(&self, equipment: EquipmentPart) -> Option<u32> {
        self.0.get(equipment as usize).copied().flatten()
    }

    /// Sets the seconds of a part.
    pub fn set(&mut self, equipment: EquipmentPart, seconds: Option<u32>) {
        if let Some(slot) = self.0.get_mut(equipment as usize) {
            *slot = seconds;
        }
    }

    /// True if at least one part is known.
    pub fn is_known(&self) -> bool {
        self.0.iter().any(Option::is_some)
    }

    /// The seconds of all parts, in the order of [`EquipmentPart::ALL`].
    pub fn all(&self) -> [Option<u32>; EquipmentPart::ALL.len()] {
        self.0
    }
}

/// The origin of an interval. The numbers are stored and keep their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum IntervalSource {
    /// Heard from a service by this program.
    Recorded = 1,
    /// `HvacRuntime.jsonl` of Google Takeout, since 2024.
    TakeoutRuntime = 2,
    /// `…-sensors.csv` of Google Takeout, until about 2021.
    TakeoutSensors = 3,
    /// `…-summary.json` of Google Takeout, until about 2021.
    TakeoutSummary = 4,
    /// Made up by the simulator.
    Simulated = 5,
}

impl IntervalSource {
    const ALL: [Self; 5] =
        [Self::Recorded, Self::TakeoutRuntime, Self::TakeoutSensors, Self::TakeoutSummary, Self::Simulated];

    /// The source with a stored number; `None` for one of a newer program.
    pub fn of_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|source| *source as u8 == number)
    }

    /// The word in exports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::TakeoutRuntime => "takeout-runtime",
            Self::TakeoutSensors => "takeout-sensors",
            Self::TakeoutSummary => "takeout-summary",
            Self::Simulated => "simulated",
        }
    }
}

/// The mode that lasted longest in an interval. The numbers are stored and keep their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum IntervalMode {
    Off = 1,
    Heat = 2,
    Cool = 3,
    HeatCool = 4,
}

impl IntervalMode {
    /// The mode with a stored number; `None` for one of a newer program.
    pub fn of_number(number: u8) -> Option<Self> {
        [Self::Off, Self::Heat, Self::Cool, Self::HeatCool].into_iter().find(|mode| *mode as u8 == number)
    }

    /// The word in exports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Heat => "heat",
            Self::Cool => "cool",
            Self::HeatCool => "heat-cool",
        }
    }
}

/// A temperature in hundredths of a degree Celsius, as the store keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CentiCelsius(pub i32);

/// The temperatures that a room or its surroundings can have, in degrees Celsius.
const CREDIBLE: std::ops::RangeInclusive<f64> = -60.0..=80.0;

impl CentiCelsius {
    /// Rounds to hundredths; `None` for a number that is no temperature of a room.
    pub fn of(celsius: f64) -> Option<Self> {
        CREDIBLE.contains(&celsius).then(|| Self((celsius * 100.0).round() as i32))
    }

    /// The temperature in degrees Celsius.
    pub fn celsius(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// The temperatures of the room in an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomTemperatures {
    pub least: CentiCelsius,
    pub mean: CentiCelsius,
    pub most: CentiCelsius,
}

/// A span of time of one thermostat, from one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// Seconds since 1970, UTC.
    pub start: i64,
    pub width_s: u32,
    /// Seconds of the span in which the equipment was observed. The rest is unknown, not off.
    pub covered_s: u32,
    pub source: IntervalSource,
    pub run: RunSeconds,
    pub room: Option<RoomTemperatures>,
    /// Relative humidity in tenths of a percent.
    pub humidity: Option<i32>,
    /// The temperature that heating keeps.
    pub low_target: Option<CentiCelsius>,
    /// The temperature that cooling keeps.
    pub high_target: Option<CentiCelsius>,
    pub outdoor: Option<CentiCelsius>,
    pub mode: Option<IntervalMode>,
    /// Seconds in Eco.
    pub eco_s: Option<u32>,
    /// Seconds in which nobody was at home.
    pub away_s: Option<u32>,
}

impl Interval {
    /// An interval of which nothing is known.
    pub fn new(start: i64, width_s: u32, source: IntervalSource) -> Self {
        Self {
            start,
            width_s,
            covered_s: 0,
            source,
            run: RunSeconds::default(),
            room: None,
            humidity: None,
            low_target: None,
            high_target: None,
            outdoor: None,
            mode: None,
            eco_s: None,
            away_s: None,
        }
    }

    /// The end, in seconds since 1970.
    pub fn end(&self) -> i64 {
        self.start + i64::from(self.width_s)
    }

    /// This interval with the rest of the same span, which was watched at other times within it.
    pub fn plus(&self, rest: &Self) -> Self {
        let covered_s = self.covered_s.saturating_add(rest.covered_s).min(self.width_s);
        let sum = |one: Option<u32>, other: Option<u32>| {
            let both = one.into_iter().chain(other).reduce(u32::saturating_add);
            both.map(|seconds| seconds.min(self.width_s))
        };
        let mut run = self.run;
        for part in EquipmentPart::ALL {
            run.set(part, sum(self.run.get(part), rest.run.get(part)));
        }
        let weighed = |one: i32, other: i32| {
            let (this, that) = (f64::from(self.covered_s), f64::from(rest.covered_s));
            let mean = (f64::from(one) * this + f64::from(other) * that) / (this + that).max(1.0);
            mean.round() as i32
        };
        let room = match (self.room, rest.room) {
            (Some(one), Some(other)) => Some(RoomTemperatures {
                least: one.least.min(other.least),
                mean: CentiCelsius(weighed(one.mean.0, other.mean.0)),
                most: one.most.max(other.most),
            }),
            (one, other) => one.or(other),
        };
        let humidity = match (self.humidity, rest.humidity) {
            (Some(one), Some(other)) => Some(weighed(one, other)),
            (one, other) => one.or(other),
        };
        let longer = if rest.covered_s > self.covered_s { rest } else { self };
        Self {
            covered_s,
            run,
            room,
            humidity,
            low_target: rest.low_target,
            high_target: rest.high_target,
            outdoor: rest.outdoor.or(self.outdoor),
            mode: longer.mode.or(self.mode).or(rest.mode),
            eco_s: sum(self.eco_s, rest.eco_s),
            away_s: sum(self.away_s, rest.away_s),
            ..self.clone()
        }
    }

    /// The part of the interval within a span of time; `None` if none of it is. Seconds are divided in proportion, so
    /// that all parts together have those of the whole.
    pub fn part(&self, from: i64, to: i64) -> Option<Self> {
        let (begin, end) = (self.start.max(from), self.end().min(to));
        let width_s = u32::try_from(end - begin).ok().filter(|width| *width > 0)?;
        if width_s == self.width_s {
            return Some(self.clone());
        }
        let up_to = |seconds: u32, at: i64| {
            u64::from(seconds) * (at - self.start).unsigned_abs() / u64::from(self.width_s.max(1))
        };
        let share = |seconds: u32| u32::try_from(up_to(seconds, end) - up_to(seconds, begin)).unwrap_or_default();
        let mut run = self.run;
        for part in EquipmentPart::ALL {
            run.set(part, self.run.get(part).map(share));
        }
        Some(Self {
            start: begin,
            width_s,
            covered_s: share(self.covered_s),
            run,
            eco_s: self.eco_s.map(share),
            away_s: self.away_s.map(share),
            ..self.clone()
        })
    }

    /// Checks what no span of time can contradict.
    pub fn check(&self) -> Result<(), Implausible> {
        if !(LEAST_WIDTH..=MOST_WIDTH).contains(&self.width_s) {
            return Err(Implausible::Width(self.width_s));
        }
        if !TIMES.contains(&self.start) {
            return Err(Implausible::Time(self.start));
        }
        let longest = self.run.all().into_iter().flatten().chain([self.covered_s]).chain(self.eco_s).chain(self.away_s);
        match longest.max().filter(|seconds| *seconds > self.width_s) {
            Some(seconds) => Err(Implausible::Seconds { seconds, width: self.width_s }),
            None => Ok(()),
        }
    }
}

/// Shortest and longest width of an interval, in seconds: a minute, and a day with a repeated hour.
const LEAST_WIDTH: u32 = 60;
pub(super) const MOST_WIDTH: u32 = 25 * 3600;

/// The times that a thermostat can tell of: before 2010 there was none, and in 2100 this program is gone.
const TIMES: std::ops::Range<i64> = 1_262_304_000..4_102_444_800;

/// A contradiction in an interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Implausible {
    Width(u32),
    Time(i64),
    Seconds { seconds: u32, width: u32 },
}
