//! The metric of ENERGY STAR for connected thermostats, as EPA's package `thermostat` 1.7 computes it (`core.py`):
//! core days, the demand of a house, its comfort temperature, and the savings against keeping that all day.

use super::epa_days::EpaDay;

/// Fewest minutes of heating, or cooling, of a core day.
const LEAST_RUN_MIN: f64 = 30.0;
/// Most hours of a core day without a temperature, indoors and outdoors apart.
const MOST_MISSING: usize = 2;
/// Fewest core days that tell something. The package has no such limit.
const LEAST_DAYS: usize = 3;
/// The constants of demand that are tried, in degrees Fahrenheit.
const SEARCHED_F: f64 = 40.0;

/// Heating or cooling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Season {
    Heating,
    Cooling,
}

/// The metric of a season.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EnergyStar {
    pub core_days: usize,
    /// Minutes of the equipment on core days.
    pub runtime_min: f64,
    /// The comfort temperature in degrees Fahrenheit: the 90th percentile of the room while heating, the 10th while
    /// cooling.
    pub comfort_f: f64,
    /// The difference to the outdoors without demand, in degrees Fahrenheit.
    pub tau_f: f64,
    /// Minutes for each degree Fahrenheit of demand.
    pub alpha: f64,
    /// The mean demand of a core day, in degrees Fahrenheit.
    pub mean_demand_f: f64,
    /// The runtime that was saved against keeping the comfort temperature, in percent.
    pub savings_percent: f64,
    /// The error of the model of runtime, as a share of the mean runtime.
    pub cv_rmse: f64,
}

/// The number of core days that were found, if they are too few.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFewCoreDays {
    pub found: usize,
    pub needed: usize,
}

/// A core day: its runtime, and pairs of room and outdoors by hour.
struct CoreDay {
    runtime: f64,
    hours: Vec<(Option<f64>, Option<f64>)>,
}

/// Computes the metric of days in order.
pub fn energy_star(days: &[EpaDay], season: Season) -> Result<EnergyStar, TooFewCoreDays> {
    let core = core_days(days, season);
    if core.len() < LEAST_DAYS {
        return Err(TooFewCoreDays { found: core.len(), needed: LEAST_DAYS });
    }
    let runtime: f64 = core.iter().map(|day| day.runtime).sum();
    let tau_f = fitted_tau(&core, season, runtime);
    let demands: Vec<f64> = core.iter().map(|day| demand(day, season, tau_f, None)).collect();
    let alpha = runtime / demands.iter().sum::<f64>();
    let mut rooms: Vec<f64> = core.iter().flat_map(|day| day.hours.iter().filter_map(|(room, _)| *room)).collect();
    let comfort_f = quantile(&mut rooms, if season == Season::Heating { 0.9 } else { 0.1 });
    let baseline: f64 = core.iter().map(|day| (alpha * demand(day, season, tau_f, Some(comfort_f))).max(0.0)).sum();
    let errors = core.iter().zip(&demands).map(|(day, demand)| (day.runtime - alpha * demand).powi(2));
    let count = core.len() as f64;
    Ok(EnergyStar {
        core_days: core.len(),
        runtime_min: runtime,
        comfort_f,
        tau_f,
        alpha,
        mean_demand_f: demands.iter().sum::<f64>() / count,
        savings_percent: (baseline - runtime) / baseline * 100.0,
        cv_rmse: (errors.sum::<f64>() / count).sqrt() / (runtime / count),
    })
}

fn core_days(days: &[EpaDay], season: Season) -> Vec<CoreDay> {
    let hours = |of: fn(&EpaDay) -> &[Option<f64>]| {
        interpolated(&days.iter().flat_map(|day| of(day).iter().copied()).collect::<Vec<_>>())
    };
    let (rooms, outdoors) = (hours(|day| &day.room_f), hours(|day| &day.outdoor_f));
    // A thermostat that never tells of one kind has none of it.
    let has_other = |of: fn(&EpaDay) -> Option<f64>| days.iter().any(|day| of(day).is_some());
    let has_heating = has_other(|day| day.heat_min);
    let has_cooling = has_other(|day| day.cool_min);
    let is_none = |minutes: Option<f64>, has: bool| !has || minutes.is_some_and(|minutes| minutes <= 0.0);
    let mut core = Vec::new();
    for ((day, rooms), outdoors) in days.iter().zip(rooms.chunks(24)).zip(outdoors.chunks(24)) {
        let (runtime, is_pure) = match season {
            Season::Heating => (day.heat_min, is_none(day.cool_min, has_cooling)),
            Season::Cooling => (day.cool_min, is_none(day.heat_min, has_heating)),
        };
        let missing = |hours: &[Option<f64>]| hours.iter().filter(|hour| hour.is_none()).count();
        let Some(runtime) = runtime.filter(|runtime| *runtime >= LEAST_RUN_MIN && is_pure) else { continue };
        if missing(rooms) <= MOST_MISSING && missing(outdoors) <= MOST_MISSING {
            core.push(CoreDay { runtime, hours: rooms.iter().copied().zip(outdoors.iter().copied()).collect() });
        }
    }
    core
}

/// Fills the first and the last value of each hole, on the straight line across it, as the package does.
fn interpolated(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut filled = values.to_vec();
    let known: Vec<usize> = (0..values.len()).filter(|at| values.get(*at).copied().flatten().is_some()).collect();
    let value = |at: usize| values.get(at).copied().flatten();
    let mut fill = |at: usize, with: Option<f64>| {
        if let Some(slot) = filled.get_mut(at) {
            *slot = with;
        }
    };
    for pair in known.windows(2) {
        let [from, to] = pair else { continue };
        if to - from < 2 {
            continue;
        }
        let (Some(first), Some(last)) = (value(*from), value(*to)) else { continue };
        let step = (last - first) / (to - from) as f64;
        fill(from + 1, Some(first + step));
        fill(to - 1, Some(last - step));
    }
    if let Some(first) = known.first().filter(|first| **first > 0) {
        fill(first - 1, value(*first));
    }
    if let Some(last) = known.last() {
        fill(last + 1, value(*last));
    }
    filled
}

/// The demand of a day, with the room as it was or at a baseline.
fn demand(day: &CoreDay, season: Season, tau: f64, baseline: Option<f64>) -> f64 {
    let hour = |(room, outdoor): &(Option<f64>, Option<f64>)| {
        let difference = baseline.or(*room)? - (*outdoor)?;
        Some(match season {
            Season::Heating => (difference - tau).max(0.0),
            Season::Cooling => (tau - difference).max(0.0),
        })
    };
    day.hours.iter().filter_map(hour).sum::<f64>() / 24.0
}

/// The constant with the least squares of the errors of daily runtimes: the best of a grid, then refined around it.
fn fitted_tau(core: &[CoreDay], season: Season, runtime: f64) -> f64 {
    let error = |tau: f64| {
        let demands: Vec<f64> = core.iter().map(|day| demand(day, season, tau, None)).collect();
        let all: f64 = demands.iter().sum();
        if all <= 0.0 {
            return f64::INFINITY;
        }
        let alpha = runtime / all;
        core.iter().zip(&demands).map(|(day, demand)| (day.runtime - alpha * demand).powi(2)).sum()
    };
    let (mut center, mut reach) = (0.0, SEARCHED_F);
    for _ in 0..9 {
        let grid = (-20..=20).map(|n| center + reach * f64::from(n) / 20.0);
        center = grid.min_by(|one, other| error(*one).total_cmp(&error(*other))).unwrap_or(center);
        reach /= 8.0;
    }
    center
}

/// The quantile of values on the straight line between its neighbours.
fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = share * values.len().saturating_sub(1) as f64;
    let (low, high) = (at.floor(), at.ceil());
    let value = |at: f64| values.get(at as usize).copied().unwrap_or_default();
    value(low) + (value(high) - value(low)) * (at - low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_at_their_ends_only() {
        let holes = [None, None, Some(1.0), None, Some(3.0), None, None, None, None, Some(8.0), None, None];
        let filled = [
            None,
            Some(1.0),
            Some(1.0),
            Some(2.0),
            Some(3.0),
            Some(4.0),
            None,
            None,
            Some(7.0),
            Some(8.0),
            Some(8.0),
            None,
        ];
        assert_eq!(interpolated(&holes), filled);
        assert_eq!(interpolated(&[]), []);
    }

    fn day(n: i64, outdoor: f64) -> EpaDay {
        let date = jiff::civil::date(2026, 1, 1).checked_add(jiff::Span::new().days(n)).expect("a date");
        // Twelve minutes for each degree below a room of 70 °F less 5.
        let room: [Option<f64>; 24] = std::array::from_fn(|hour| Some(if hour < 6 { 64.0 } else { 70.0 }));
        let demand: f64 = room.iter().flatten().map(|room| (room - outdoor - 5.0).max(0.0)).sum::<f64>() / 24.0;
        EpaDay {
            date,
            heat_min: Some(12.0 * demand),
            cool_min: Some(0.0),
            auxiliary_min: [None; 24],
            emergency_min: [None; 24],
            room_f: room,
            outdoor_f: [Some(outdoor); 24],
            low_target_f: [None; 24],
            high_target_f: [None; 24],
        }
    }

    #[test]
    fn a_known_house_is_found() {
        let days: Vec<EpaDay> = (0..40).map(|n| day(n, 20.0 + (n % 9) as f64 * 4.0)).collect();
        let star = energy_star(&days, Season::Heating).expect("core days");
        assert_eq!(star.core_days, 40);
        assert!((star.tau_f - 5.0).abs() < 0.01 && (star.alpha - 12.0).abs() < 0.01, "{star:?}");
        assert_eq!(star.comfort_f, 70.0);
        // The nights at 64 °F save a quarter of a day's six degrees.
        let saved = 1.5 * 12.0 * 40.0;
        let expected = saved / (star.runtime_min + saved) * 100.0;
        assert!((star.savings_percent - expected).abs() < 0.2, "{star:?} {expected}");
        let few = energy_star(days.get(..2).expect("days"), Season::Heating);
        assert_eq!(few, Err(TooFewCoreDays { found: 2, needed: LEAST_DAYS }));
        assert_eq!(energy_star(&days, Season::Cooling), Err(TooFewCoreDays { found: 0, needed: LEAST_DAYS }));
    }
}
