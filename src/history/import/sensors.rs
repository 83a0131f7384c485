//! `YYYY-MM-sensors.csv`: temperature and humidity of each quarter of an hour, as Google Takeout wrote it until about
//! 2021. No recording of such a file has been seen here; the columns are those that readers of others name.

use jiff::civil::{Date, Time};

use super::refusal::{RefusalReason, shortened};
use crate::history::interval::{CentiCelsius, Interval, IntervalSource, RoomTemperatures};

/// The width of a row, in seconds.
const WIDTH: u32 = 900;

/// The places of the columns in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SensorColumns {
    date: usize,
    time: usize,
    temperature: usize,
    humidity: usize,
}

/// The places that the columns have without a header.
const USUAL: SensorColumns = SensorColumns { date: 0, time: 1, temperature: 2, humidity: 3 };

/// The columns of a header; `None` for a row of values.
pub(super) fn sensor_columns(line: &str) -> Option<SensorColumns> {
    let names: Vec<String> = fields(line).map(str::to_lowercase).collect();
    let of = |name: &str| names.iter().position(|known| known == name);
    let (date, time) = (of("date")?, of("time")?);
    Some(SensorColumns {
        date,
        time,
        temperature: of("avg(temp)").unwrap_or(USUAL.temperature),
        humidity: of("avg(humidity)").unwrap_or(USUAL.humidity),
    })
}

/// Reads a row; `Ok(None)` if it has no value. The error is a reason for a person.
pub(super) fn sensor_row(line: &str, columns: Option<SensorColumns>) -> Result<Option<Interval>, RefusalReason> {
    let columns = columns.unwrap_or(USUAL);
    let fields: Vec<&str> = fields(line).collect();
    let field = |index: usize| fields.get(index).copied().unwrap_or_default();
    let no_time = |index: usize| RefusalReason::NoTime(shortened(field(index)));
    let date: Date = field(columns.date).parse().map_err(|_no_date| no_time(columns.date))?;
    let time: Time = field(columns.time).parse().map_err(|_no_time| no_time(columns.time))?;
    let at = jiff::tz::TimeZone::UTC.to_timestamp(date.to_datetime(time));
    let at = at.map_err(|_no_time| no_time(columns.date))?;
    let number = |name: &'static str, text: &str| match text {
        "" => Ok(None),
        text => text.parse::<f64>().map(Some).map_err(|_no_number| RefusalReason::Value(name, shortened(text))),
    };
    let mut interval = Interval::new(at.as_second(), WIDTH, IntervalSource::TakeoutSensors);
    if let Some(celsius) = number("avg(temp)", field(columns.temperature))? {
        let mean = CentiCelsius::of(celsius).ok_or_else(|| RefusalReason::Value("avg(temp)", celsius.to_string()))?;
        interval.room = Some(RoomTemperatures { least: mean, mean, most: mean });
    }
    if let Some(percent) = number("avg(humidity)", field(columns.humidity))? {
        if !(0.0..=100.0).contains(&percent) {
            return Err(RefusalReason::Value("avg(humidity)", percent.to_string()));
        }
        interval.humidity = Some((percent * 10.0).round() as i32);
    }
    interval.check()?;
    Ok((interval.room.is_some() || interval.humidity.is_some()).then_some(interval))
}

fn fields(line: &str) -> impl Iterator<Item = &str> {
    line.split(',').map(|field| field.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "Date,Time,avg(temp),avg(humidity),max(pir),max(nearPir)";

    #[test]
    fn a_row_is_read_by_the_names_of_its_header_or_by_its_places() {
        let other = sensor_columns("Time,Date,avg(humidity),avg(temp)").expect("a header");
        for (columns, line) in [
            (sensor_columns(HEADER), "2019-08-01,05:15,21.37,48.5,0,12"),
            (None, "2019-08-01,05:15,21.37,48.5,0,12"),
            (Some(other), "05:15,2019-08-01,48.5,21.37"),
        ] {
            let interval = sensor_row(line, columns).expect(line).expect("values");
            assert_eq!((interval.start, interval.covered_s), (1_564_636_500, 0), "it tells nothing of the equipment");
            assert_eq!(interval.room.map(|room| room.mean), Some(CentiCelsius(2137)));
            assert_eq!(interval.humidity, Some(485));
        }
    }

    #[test]
    fn an_empty_field_is_a_hole_and_never_zero() {
        assert_eq!(sensor_row("2019-08-01,05:15,,", None), Ok(None));
        let only_humidity = sensor_row("2019-08-01,05:15,,48", None).expect("a row").expect("a value");
        assert_eq!((only_humidity.room, only_humidity.humidity), (None, Some(480)));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for line in [
            "",
            "x,y",
            "2019-08-01,25:00,21,48",
            "2019-02-30,05:15,21,48",
            "2019-08-01,05:15,warm,48",
            "2019-08-01,05:15,21,101",
            "2019-08-01,05:15,500,48",
        ] {
            sensor_row(line, None).expect_err(line);
        }
        assert_eq!(sensor_columns("2019-08-01,05:15,21,48"), None);
    }
}
