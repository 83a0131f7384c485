//! The starts of a year as a wall clock meets them, minute by minute: another way to the same instants than
//! `civil::instant_of`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::automation::schedule::Schedules;
use crate::home::{DeviceId, DeviceTree};

/// Minutes of a year that a wall clock shows, with a few days more.
pub(in crate::automation) struct YearClock {
    pub(in crate::automation) zone: TimeZone,
    pub(in crate::automation) begin: Timestamp,
    /// For each minute since the begin, the latest civil minute that the clock has shown so far, since `first_day`.
    latest: Vec<u32>,
    first_day: Date,
}

/// A start as the clock meets it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::automation) struct MetStart {
    pub(in crate::automation) at: Timestamp,
    pub(in crate::automation) level: String,
}

const DAY: u32 = 24 * 60;
const DAYS: u32 = 368;

impl YearClock {
    /// The clock of a zone, made once.
    pub(in crate::automation) fn of(zone: &'static str, year: i16) -> Arc<Self> {
        static CLOCKS: OnceLock<Mutex<BTreeMap<&str, Arc<YearClock>>>> = OnceLock::new();
        let mut clocks = CLOCKS.get_or_init(Mutex::default).lock().expect("no test panicked with it");
        Arc::clone(clocks.entry(zone).or_insert_with(|| Arc::new(Self::new(zone, year))))
    }

    fn new(name: &str, year: i16) -> Self {
        let zone = TimeZone::get(name).expect("a zone");
        let first_day = date(year, 1, 1);
        let begin = first_day.to_zoned(zone.clone()).expect("a day").timestamp();
        let mut shown = 0;
        let latest = (0..DAYS * DAY)
            .map(|minute| {
                let at = begin + SignedDuration::from_mins(i64::from(minute));
                let civil = at.to_zoned(zone.clone()).datetime();
                let since = civil.duration_since(first_day.at(0, 0, 0, 0)).as_mins();
                shown = u32::try_from(since).expect("after the begin").max(shown);
                shown
            })
            .collect();
        Self { zone, begin, latest, first_day }
    }

    pub(in crate::automation) fn end(&self) -> Timestamp {
        self.begin + SignedDuration::from_mins(i64::from((DAYS - 2) * DAY))
    }

    /// Every instant at which the clock meets a time of the day on some days of the week, counted from Monday.
    pub(in crate::automation) fn meets(&self, time: jiff::civil::Time, on: impl Fn(usize) -> bool) -> Vec<Timestamp> {
        let minute_of_day =
            u32::try_from(time.hour()).expect("an hour") * 60 + u32::try_from(time.minute()).expect("one");
        let first_lane = u32::try_from(self.first_day.weekday().to_monday_zero_offset()).expect("a day");
        let is_meant = |civil: u32| {
            let lane = usize::try_from((first_lane + civil / DAY) % 7).expect("a day");
            civil % DAY == minute_of_day && on(lane)
        };
        let mut met = Vec::new();
        let mut before = None;
        for (minute, shown) in self.latest.iter().enumerate() {
            let from = before.map_or(0, |before: u32| before + 1);
            let at = self.begin + SignedDuration::from_mins(i64::try_from(minute).expect("a minute"));
            met.extend((from..=*shown).filter(|civil| is_meant(*civil)).map(|_| at));
            before = Some(*shown);
        }
        // Two midnights at one instant, where a day is skipped, are one.
        met.dedup();
        met
    }

    /// Every start that the clock meets. Of several in a skipped hour the last one is met.
    pub(in crate::automation) fn starts(&self, all: &Schedules, id: &DeviceId, home: &DeviceTree) -> Vec<MetStart> {
        let of = all.of(id, home).expect("a schedule");
        let mut by_minute: BTreeMap<u32, String> = BTreeMap::new();
        for day in 0..DAYS {
            let today = self.first_day.checked_add(jiff::Span::new().days(i64::from(day))).expect("a day");
            let schedule = of.on(today);
            let minute = |time: jiff::civil::Time| {
                day * DAY
                    + u32::try_from(time.hour()).expect("an hour") * 60
                    + u32::try_from(time.minute()).expect("a minute")
            };
            if of.on(today.yesterday().expect("a day")).name != schedule.name {
                let level = schedule.at_midnight(today.weekday()).expect("a level");
                by_minute.insert(day * DAY, level.to_owned());
            }
            for start in schedule.day(today.weekday()) {
                by_minute.insert(minute(start.at), start.level.clone());
            }
        }
        let mut met = Vec::new();
        let mut before = 0;
        for (minute, shown) in self.latest.iter().enumerate() {
            let passed = if minute == 0 { 0..=0 } else { before + 1..=*shown };
            before = *shown;
            if let Some((_, level)) = by_minute.range(passed.start().min(passed.end())..=passed.end()).next_back()
                && (minute == 0 || passed.start() <= passed.end())
            {
                let at = self.begin + SignedDuration::from_mins(i64::try_from(minute).expect("a minute"));
                met.push(MetStart { at, level: level.clone() });
            }
        }
        met
    }
}
