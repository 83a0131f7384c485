//! A chart in words: its title, its summary, the values at a time, its table.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::period::{ChartSpan, date_of, midnight};
use super::plot::in_scale;
use crate::history::{CentiCelsius, Curve, EquipmentPart, PeriodKind, Sums};
use crate::home::Scale;
use crate::i18n::Localizer;

impl Localizer {
    /// `Tue 24`.
    pub(crate) fn weekday_and_day(&self, date: Date) -> String {
        let day = i64::from(date.day());
        self.format("chart-weekday-day", [("weekday", self.weekday(date).into()), ("day", day.into())])
    }

    fn weekday(&self, date: Date) -> String {
        let number = i64::from(date.weekday().to_monday_one_offset());
        self.format("weekday-short", [("weekday", number.into())])
    }

    /// `24 Nov`.
    pub(crate) fn day_and_month(&self, date: Date) -> String {
        self.format("chart-day-month", [("day", i64::from(date.day()).into()), ("month", self.month(date).into())])
    }

    /// `Nov`.
    pub(crate) fn month(&self, date: Date) -> String {
        self.format("month-short", [("month", i64::from(date.month()).into())])
    }

    /// `Tue 24 Nov`.
    pub(crate) fn full_day(&self, date: Date) -> String {
        self.format(
            "chart-full-day",
            [("weekday", self.weekday(date).into()), ("day", self.day_and_month(date).into())],
        )
    }

    /// A length of time in seconds, to the minute; shorter ones in seconds.
    pub(crate) fn seconds(&self, seconds: u64) -> String {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        if seconds > 0 && seconds < 60 {
            return self.format("duration-s", [("seconds", seconds.into())]);
        }
        self.minutes((seconds + 30) / 60)
    }

    /// `20.3°` of a scale.
    pub(crate) fn measured(&self, degrees: CentiCelsius, scale: Scale) -> String {
        format!("{}°", self.decimal(in_scale(degrees, scale), 1))
    }
}

/// The title of a span.
pub(in crate::ui) fn title(i18n: &Localizer, span: ChartSpan, now: i64, zone: &TimeZone) -> String {
    let today = date_of(now, zone);
    match span {
        ChartSpan::Period(PeriodKind::Day, date) if date == today => i18n.text("chart-today").into_owned(),
        ChartSpan::Period(PeriodKind::Day, date) if date.tomorrow().ok() == Some(today) => {
            i18n.text("chart-yesterday").into_owned()
        }
        ChartSpan::Period(PeriodKind::Day, date) if date.year() == today.year() => i18n.full_day(date),
        ChartSpan::Period(PeriodKind::Day, date) => format!("{} {}", i18n.full_day(date), date.year()),
        ChartSpan::Period(PeriodKind::Week, first) => {
            let last = PeriodKind::Week.next(first).yesterday().unwrap_or(first);
            let year = if last.year() == today.year() { String::new() } else { format!(" {}", last.year()) };
            format!("{} – {}{year}", i18n.day_and_month(first), i18n.day_and_month(last))
        }
        ChartSpan::Period(PeriodKind::Month, first) => format!("{} {}", i18n.month(first), first.year()),
        ChartSpan::Period(PeriodKind::Year, first) => first.year().to_string(),
        ChartSpan::Free { from, to } if [from, to].iter().all(|at| midnight(date_of(*at, zone), zone) == *at) => {
            let (first, last) = (date_of(from, zone), date_of(to - 1, zone));
            let is_one_year = first.year() == last.year();
            let first_year = if is_one_year { String::new() } else { format!(" {}", first.year()) };
            let last_year =
                if is_one_year && last.year() == today.year() { String::new() } else { format!(" {}", last.year()) };
            format!("{}{first_year} – {}{last_year}", i18n.day_and_month(first), i18n.day_and_month(last))
        }
        ChartSpan::Free { from, to } => {
            format!("{} – {}", moment(i18n, from, to - from, zone), moment(i18n, to, to - from, zone))
        }
    }
}

/// A time with as much of its date as a span of this length needs.
fn moment(i18n: &Localizer, at: i64, length: i64, zone: &TimeZone) -> String {
    let time = Timestamp::from_second(at).unwrap_or_default().to_zoned(zone.clone());
    let day = i18n.day_and_month(time.date());
    if length > 200 * 86_400 {
        return format!("{day} {}", time.year());
    }
    if length > 20 * 86_400 { day } else { format!("{day} {:02}:{:02}", time.hour(), time.minute()) }
}

/// The facts of a curve: the range of the room, the time of heating and cooling, and the gaps.
pub(super) fn facts(i18n: &Localizer, curve: &Curve, scale: Scale) -> Vec<String> {
    if curve.is_empty() {
        return vec![i18n.text("chart-empty").into_owned()];
    }
    let mut facts = Vec::new();
    if let Some((least, most)) = curve.room_range() {
        let low = i18n.decimal(in_scale(least, scale), 1);
        facts.push(i18n.format("chart-room", [("low", low.into()), ("high", i18n.measured(most, scale).into())]));
    }
    facts.extend(run_facts(i18n, &curve.sums));
    for (id, seconds) in [("chart-away", curve.sums.away_s), ("chart-eco", curve.sums.eco_s)] {
        let seconds = seconds.filter(|seconds| *seconds > 0);
        facts.extend(seconds.map(|seconds| i18n.format(id, [("time", i18n.seconds(seconds).into())])));
    }
    let unknown: i64 = curve.gaps.iter().map(|(from, to)| to - from).sum();
    let time = i18n.seconds(unknown.unsigned_abs());
    facts.push(match curve.gaps.len() {
        0 => i18n.text("chart-no-gap").into_owned(),
        1 => i18n.format("chart-gap", [("time", time.into())]),
        count => {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            i18n.format("chart-gaps", [("count", count.into()), ("time", time.into())])
        }
    });
    facts
}

/// The time of heating and cooling. Equipment that never ran is not named, unless none ran.
fn run_facts(i18n: &Localizer, sums: &Sums) -> Vec<String> {
    let (heated, cooled) = (sums.run(EquipmentPart::Heat), sums.run(EquipmentPart::Cool));
    let mut facts = Vec::new();
    if let Some(seconds) = heated.filter(|seconds| *seconds > 0 || cooled.unwrap_or_default() == 0) {
        facts.push(i18n.format("chart-heated", [("time", i18n.seconds(seconds).into())]));
    }
    if let Some(seconds) = cooled.filter(|seconds| *seconds > 0) {
        facts.push(i18n.format("chart-cooled", [("time", i18n.seconds(seconds).into())]));
    }
    facts
}

/// The values at a time.
pub(super) fn readout(
    i18n: &Localizer,
    curve: &Curve,
    at: i64,
    scale: Scale,
    (length, zone): (i64, &TimeZone),
) -> String {
    let time = Timestamp::from_second(at).unwrap_or_default().to_zoned(zone.clone());
    let clock = format!("{:02}:{:02}", time.hour(), time.minute());
    let when = if length <= 26 * 3_600 { clock } else { format!("{} {clock}", i18n.full_day(time.date())) };
    let mut parts = vec![when];
    let of_degrees =
        |id: &str, degrees: CentiCelsius| i18n.format(id, [("degrees", i18n.measured(degrees, scale).into())]);
    let room = curve.room.iter().find(|point| (point.start..point.end).contains(&at));
    if let Some(point) = room {
        parts.extend(point.room.map(|room| of_degrees("chart-at-room", room.mean)));
        parts.extend(point.low_target.map(|target| of_degrees("chart-at-low", target)));
        parts.extend(point.high_target.map(|target| of_degrees("chart-at-high", target)));
    }
    if let Some(point) = curve.run.iter().find(|point| (point.start..point.end).contains(&at)) {
        for (whole, part, seconds) in [
            ("doing-heating", "chart-heated", point.heat_s),
            ("doing-cooling", "chart-cooled", point.cool_s),
            ("away-away", "chart-away", point.away_s),
            ("mode-eco", "chart-eco", point.eco_s),
        ] {
            if seconds > 0 {
                let time = i18n.seconds(u64::from(seconds));
                parts.push(if i64::from(seconds) >= point.end - point.start {
                    i18n.text(whole).into_owned()
                } else {
                    i18n.format(part, [("time", time.into())])
                });
            }
        }
    }
    if let Some(point) = curve.outdoor.iter().find(|point| (point.start..point.end).contains(&at)) {
        parts.push(of_degrees("chart-at-outdoor", point.outdoor));
    }
    if let Some(tenths) = room.and_then(|point| point.humidity) {
        let percent = i18n.format("percent", [("value", i18n.decimal(f64::from(tenths) / 10.0, 0).into())]);
        parts.push(i18n.format("chart-at-humidity", [("percent", percent.into())]));
    }
    if parts.len() == 1 {
        parts.push(i18n.text("chart-no-data").into_owned());
    }
    parts.join(" · ")
}

/// The name of a row of the table, from its begin.
pub(in crate::ui) fn row_title(i18n: &Localizer, kind: Option<PeriodKind>, at: i64, zone: &TimeZone) -> String {
    let time = Timestamp::from_second(at).unwrap_or_default().to_zoned(zone.clone());
    match kind {
        None => format!("{:02}:{:02}", time.hour(), time.minute()),
        Some(PeriodKind::Month) => format!("{} {}", i18n.month(time.date()), time.year()),
        Some(PeriodKind::Day | PeriodKind::Week | PeriodKind::Year) => i18n.full_day(time.date()),
    }
}

/// The short name of a row, for an axis.
pub(in crate::ui) fn row_label(i18n: &Localizer, kind: Option<PeriodKind>, at: i64, zone: &TimeZone) -> String {
    let time = Timestamp::from_second(at).unwrap_or_default().to_zoned(zone.clone());
    match kind {
        None => format!("{:02}:{:02}", time.hour(), time.minute()),
        Some(PeriodKind::Month) => i18n.month(time.date()),
        Some(PeriodKind::Day | PeriodKind::Week | PeriodKind::Year) => i18n.weekday_and_day(time.date()),
    }
}

/// The rows as CSV for other programs: times with their offset, degrees Celsius, seconds. Unknown values are empty.
pub(super) fn csv(bounds: &[i64], rows: &[Sums], zone: &TimeZone) -> String {
    let mut text =
        "from,to,room_min_c,room_mean_c,room_max_c,heat_s,cool_s,fan_s,outdoor_c,away_s,eco_s,covered_s\n".to_owned();
    let local = |second: i64| {
        let at = Timestamp::from_second(second).unwrap_or_default().to_zoned(zone.clone());
        at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    };
    let degrees = |degrees: Option<CentiCelsius>| degrees.map(|it| it.celsius().to_string()).unwrap_or_default();
    let seconds = |seconds: Option<u64>| seconds.map(|it| it.to_string()).unwrap_or_default();
    for (pair, sums) in bounds.windows(2).zip(rows) {
        let [from, to] = pair else { continue };
        let fields = [
            local(*from),
            local(*to),
            degrees(sums.room_least),
            degrees(sums.room_mean.value().map(CentiCelsius)),
            degrees(sums.room_most),
            seconds(sums.run(EquipmentPart::Heat)),
            seconds(sums.run(EquipmentPart::Cool)),
            seconds(sums.run(EquipmentPart::Fan)),
            degrees(sums.outdoor.value().map(CentiCelsius)),
            seconds(sums.away_s),
            seconds(sums.eco_s),
            sums.covered_s.to_string(),
        ];
        text.push_str(&fields.join(","));
        text.push('\n');
    }
    text
}
