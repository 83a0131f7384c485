//! Heating and cooling of rooms.
//!
//! Pure: the input is a state, a demand, and a length of time. A room leaks heat to the outside in proportion to
//! the difference, gains a little from the people in it, and changes by heating or cooling of constant power:
//! `dT/dt = leak · (outside − T) + gains ± power`. The solution between two switchings of the equipment is
//! exact, so that a step may have any length.

/// The action of the equipment in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum HvacAction {
    /// Nothing.
    #[default]
    Idle,
    /// Warms the room.
    Heating,
    /// Cools the room.
    Cooling,
}

/// The properties of a room; all rates are per hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Build {
    /// The share of the difference to the outside that the room loses in an hour.
    pub(super) leak: f64,
    /// Degrees that people, sun and machines add in an hour.
    pub(super) gains: f64,
    /// Degrees that the heating adds in an hour.
    pub(super) heating: f64,
    /// Degrees that the cooling removes in an hour.
    pub(super) cooling: f64,
    /// Relative humidity without heating or cooling, in percent.
    pub(super) humidity: f64,
}

impl Build {
    /// A room like those of most houses.
    pub(super) fn random(chance: &mut fastrand::Rng) -> Self {
        Self {
            leak: 0.035 + 0.03 * chance.f64(),
            gains: 0.05 + 0.1 * chance.f64(),
            heating: 2.5 + chance.f64(),
            cooling: 2.5 + chance.f64(),
            humidity: 40.0 + 10.0 * chance.f64(),
        }
    }
}

/// The demand of a thermostat: heat below one temperature, cool above another.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct RoomTarget {
    /// The temperature in °C below which to heat.
    pub(super) heat_below: Option<f64>,
    /// The temperature in °C above which to cool.
    pub(super) cool_above: Option<f64>,
}

/// The state of a room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RoomClimate {
    /// The air temperature in °C.
    pub(super) celsius: f64,
    /// The relative humidity in percent.
    pub(super) humidity: f64,
    /// The current action of the equipment.
    pub(super) action: HvacAction,
}

/// The equipment starts at this distance in °C beyond the demand.
const START: f64 = 0.3;
/// The equipment stops at this distance in °C on the other side, so that it does not switch all the time.
const STOP: f64 = 0.2;
/// The largest number of switchings in one step. After that many the room has settled.
const MOST_SWITCHINGS: u32 = 64;
/// The lowest and highest temperature of a room in °C, for any input.
const EXTREMES: (f64, f64) = (-60.0, 90.0);
const HUMIDITY_SETTLES_H: f64 = 2.0;

/// Advances a room by an amount of time.
pub(super) fn step(room: &mut RoomClimate, build: &Build, demand: RoomTarget, outside: f64, seconds: f64) {
    let outside = if outside.is_finite() { outside.clamp(EXTREMES.0, EXTREMES.1) } else { 0.0 };
    let mut hours = if seconds.is_finite() { seconds.max(0.0) / 3600.0 } else { 0.0 };
    settle_humidity(room, build, hours);
    for _ in 0..MOST_SWITCHINGS {
        room.action = action(room, demand);
        let end = resting_point(build, room.action, outside);
        let until_switch = next_switch(room, demand, end)
            .and_then(|threshold| Some((threshold, hours_until(room.celsius, threshold, end, build.leak)?)))
            .filter(|(_, time)| *time < hours);
        let Some((threshold, time)) = until_switch else {
            let decay = (-build.leak * hours).exp();
            room.celsius = (end + (room.celsius - end) * decay).clamp(EXTREMES.0, EXTREMES.1);
            break;
        };
        room.celsius = threshold;
        hours -= time;
    }
    room.action = action(room, demand);
}

/// Minutes until the demand is reached; `None` if the equipment is idle or cannot reach it.
pub(super) fn minutes_to_target(room: &RoomClimate, build: &Build, demand: RoomTarget, outside: f64) -> Option<f64> {
    let target = match room.action {
        HvacAction::Idle => return None,
        HvacAction::Heating => demand.heat_below?,
        HvacAction::Cooling => demand.cool_above?,
    };
    let reached = match room.action {
        HvacAction::Cooling => room.celsius <= target,
        HvacAction::Heating | HvacAction::Idle => room.celsius >= target,
    };
    if reached {
        return Some(0.0);
    }
    let end = resting_point(build, room.action, outside);
    hours_until(room.celsius, target, end, build.leak).map(|hours| hours * 60.0)
}

fn action(room: &RoomClimate, demand: RoomTarget) -> HvacAction {
    let celsius = room.celsius;
    if let Some(low) = demand.heat_below {
        let goes_on = room.action == HvacAction::Heating && celsius < low + STOP;
        if goes_on || celsius <= low - START {
            return HvacAction::Heating;
        }
    }
    if let Some(high) = demand.cool_above {
        let goes_on = room.action == HvacAction::Cooling && celsius > high - STOP;
        if goes_on || celsius >= high + START {
            return HvacAction::Cooling;
        }
    }
    HvacAction::Idle
}

/// The temperature that the room approaches if nothing changes.
fn resting_point(build: &Build, action: HvacAction, outside: f64) -> f64 {
    let power = match action {
        HvacAction::Idle => 0.0,
        HvacAction::Heating => build.heating,
        HvacAction::Cooling => -build.cooling,
    };
    outside + (build.gains + power) / build.leak
}

/// The temperature at which the equipment switches, if the room gets there.
fn next_switch(room: &RoomClimate, demand: RoomTarget, end: f64) -> Option<f64> {
    match room.action {
        HvacAction::Heating => demand.heat_below.map(|low| low + STOP),
        HvacAction::Cooling => demand.cool_above.map(|high| high - STOP),
        HvacAction::Idle if end < room.celsius => demand.heat_below.map(|low| low - START),
        HvacAction::Idle => demand.cool_above.map(|high| high + START),
    }
}

/// Hours from one temperature to another on the way to a third; `None` if it is not on the way.
fn hours_until(from: f64, to: f64, end: f64, leak: f64) -> Option<f64> {
    let left = (to - end) / (from - end);
    (left > 0.0 && left < 1.0).then(|| -left.ln() / leak).filter(|hours| hours.is_finite())
}

fn settle_humidity(room: &mut RoomClimate, build: &Build, hours: f64) {
    let end = match room.action {
        HvacAction::Cooling => build.humidity - 8.0,
        HvacAction::Heating => build.humidity - 4.0,
        HvacAction::Idle => build.humidity,
    };
    let decay = (-hours / HUMIDITY_SETTLES_H).exp();
    room.humidity = (end + (room.humidity - end) * decay).clamp(5.0, 95.0);
}

/// The outdoor temperature at an hour of the day: warmest at three in the afternoon.
pub(super) fn outside_at(hour: f64, mean: f64) -> f64 {
    const SWING: f64 = 4.5;
    let turn = (hour - 15.0) / 24.0 * std::f64::consts::TAU;
    mean + SWING * turn.cos()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BUILD: Build = Build { leak: 0.05, gains: 0.1, heating: 3.0, cooling: 3.0, humidity: 45.0 };

    fn room(celsius: f64) -> RoomClimate {
        RoomClimate { celsius, humidity: 45.0, action: HvacAction::Idle }
    }

    fn heat(low: f64) -> RoomTarget {
        RoomTarget { heat_below: Some(low), cool_above: None }
    }

    proptest! {
        #[test]
        fn any_step_stays_within_bounds(
            celsius in -60.0_f64..90.0,
            low in prop::option::of(9.0_f64..20.0),
            gap in prop::option::of(1.5_f64..12.0),
            outside in prop::num::f64::ANY,
            seconds in prop::num::f64::ANY,
        ) {
            let mut room = room(celsius);
            let demand = RoomTarget { heat_below: low, cool_above: gap.map(|gap| low.unwrap_or(20.0) + gap) };
            step(&mut room, &BUILD, demand, outside, seconds);
            prop_assert!((EXTREMES.0..=EXTREMES.1).contains(&room.celsius), "{room:?}");
            prop_assert!((5.0..=95.0).contains(&room.humidity), "{room:?}");
            if let Some(minutes) = minutes_to_target(&room, &BUILD, demand, 5.0) {
                prop_assert!(minutes.is_finite() && minutes >= 0.0);
            }
        }

        #[test]
        fn a_room_without_heating_goes_towards_the_outside(celsius in 10.0_f64..30.0, seconds in 1.0_f64..1e7) {
            let build = Build { gains: 0.0, ..BUILD };
            let mut room = room(celsius);
            step(&mut room, &build, RoomTarget::default(), 0.0, seconds);
            prop_assert!(room.celsius < celsius && room.celsius >= 0.0, "{room:?}");
        }

        #[test]
        fn heating_reaches_and_keeps_the_target(
            celsius in 5.0_f64..18.0, low in 18.5_f64..25.0, outside in -20.0_f64..10.0, days in 1.0_f64..1000.0,
        ) {
            let mut room = room(celsius);
            step(&mut room, &BUILD, heat(low), outside, days * 86_400.0);
            prop_assert!((low - START - 1e-9..=low + STOP + 1e-9).contains(&room.celsius), "{room:?}");
        }

        #[test]
        fn many_short_steps_are_one_long_step(celsius in 10.0_f64..25.0, steps in 1_u32..200) {
            let (mut long, mut short) = (room(celsius), room(celsius));
            step(&mut long, &BUILD, heat(20.0), 5.0, 60.0 * f64::from(steps));
            for _ in 0..steps {
                step(&mut short, &BUILD, heat(20.0), 5.0, 60.0);
            }
            prop_assert!((long.celsius - short.celsius).abs() < 1e-6, "{long:?} {short:?}");
        }
    }

    #[test]
    fn a_new_target_acts_at_once() {
        let mut room = room(19.5);
        step(&mut room, &BUILD, heat(21.0), 5.0, 0.0);
        assert_eq!(room.action, HvacAction::Heating);
        let minutes = minutes_to_target(&room, &BUILD, heat(21.0), 5.0).expect("heating");
        assert!((20.0..90.0).contains(&minutes), "{minutes}");
        step(&mut room, &BUILD, heat(15.0), 5.0, 0.0);
        assert_eq!(room.action, HvacAction::Idle);
    }

    #[test]
    fn a_warm_room_is_cooled_to_the_target() {
        let mut room = room(29.0);
        let demand = RoomTarget { heat_below: Some(18.0), cool_above: Some(24.0) };
        step(&mut room, &BUILD, demand, 33.0, 1.0);
        assert_eq!(room.action, HvacAction::Cooling);
        step(&mut room, &BUILD, demand, 33.0, 86_400.0);
        assert!((23.7..=24.4).contains(&room.celsius), "{room:?}");
    }
}
