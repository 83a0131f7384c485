//! The homes that the simulator offers.

use jiff::Timestamp;

use super::build::{HomeBuilder, ThermostatPlan};
use super::ids::{Series, chance};
use super::options::HomePlan;
use crate::home::{BatteryHealth, HvacMode, Scale, Training};

const LONDON: (&str, &str, &str) = ("GB", "N1 9GU", "Europe/London");
const BOULDER: (&str, &str, &str) = ("US", "80302", "America/Denver");

/// Thermostats in each structure of an estate.
const ROOMS_PER_HOUSE: u32 = 20;

/// Builds the device tree of a plan.
pub(super) fn build(plan: HomePlan, seed: u64, now: Timestamp, pictures: String) -> HomeBuilder {
    let mut builder = HomeBuilder::new(seed, now, pictures);
    match plan {
        HomePlan::Apartment => apartment(&mut builder),
        HomePlan::House => house(&mut builder),
        HomePlan::Estate(count) => estate(&mut builder, count, seed),
    }
    builder
}

fn plan(place: &str) -> ThermostatPlan {
    ThermostatPlan {
        place: place.to_owned(),
        label: "",
        can_heat: true,
        can_cool: true,
        has_fan: true,
        mode: HvacMode::Heat,
        scale: Scale::Celsius,
        target: 21.0,
        range: (19.0, 26.0),
        ambient: 19.5,
        training: Training::Ready,
    }
}

fn apartment(builder: &mut HomeBuilder) {
    let home = builder.structure("Apartment", BOULDER);
    builder.thermostat(&home, &ThermostatPlan { scale: Scale::Fahrenheit, target: 20.0, ..plan("Living room") });
    builder.camera(&home, "Entryway", true);
    builder.protect(&home, "Hallway", BatteryHealth::Ok);
}

fn house(builder: &mut HomeBuilder) {
    let home = builder.structure("Maple Street", LONDON);
    builder.thermostat(&home, &plan("Hallway"));
    let bedroom = ThermostatPlan {
        has_fan: false,
        mode: HvacMode::HeatCool,
        range: (18.0, 24.0),
        ambient: 20.2,
        target: 20.0,
        ..plan("Bedroom")
    };
    builder.thermostat(&home, &bedroom);
    let studio = ThermostatPlan {
        can_cool: false,
        has_fan: false,
        target: 18.5,
        ambient: 18.6,
        training: Training::Training,
        ..plan("Studio")
    };
    builder.thermostat(&home, &studio);
    builder.camera(&home, "Front door", true);
    builder.camera(&home, "Garden", true);
    builder.camera(&home, "Nursery", false);
    builder.protect(&home, "Kitchen", BatteryHealth::Ok);
    builder.protect(&home, "Cellar", BatteryHealth::Replace);
    builder.protect(&home, "Bedroom", BatteryHealth::Ok);
}

fn estate(builder: &mut HomeBuilder, count: u32, seed: u64) {
    let houses = count.div_ceil(ROOMS_PER_HOUSE);
    let homes: Vec<_> = (1..=houses).map(|n| builder.structure(&format!("House {n}"), LONDON)).collect();
    for (index, home) in homes.iter().enumerate() {
        let first = index as u32 * ROOMS_PER_HOUSE;
        for n in first + 1..=count.min(first + ROOMS_PER_HOUSE) {
            let mut chance = chance(seed, Series::Structure, u64::from(n) << 32);
            let mode = match chance.u8(0..4) {
                0 => HvacMode::HeatCool,
                1 => HvacMode::Eco,
                _ => HvacMode::Heat,
            };
            let target = 18.0 + f64::from(chance.u8(0..8)) / 2.0;
            let ambient = target - 0.2 + 0.6 * chance.f64();
            builder.thermostat(home, &ThermostatPlan { mode, target, ambient, ..plan(&format!("Room {n}")) });
            if n % 2 == 0 {
                builder.camera(home, &format!("Yard {}", n / 2), true);
            }
            if n % 4 == 0 {
                builder.protect(home, &format!("Landing {}", n / 4), BatteryHealth::Ok);
            }
        }
    }
}
