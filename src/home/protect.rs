//! A smoke and carbon monoxide alarm. Nothing of it can be written.

use jiff::Timestamp;

use super::ids::{StructureId, WhereId};
use super::unknown::UnknownFields;
use super::words::{AlarmState, BatteryHealth, RingColor};

/// A Protect; every field may be missing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Protect {
    /// The structure that it is in.
    pub structure_id: Option<StructureId>,
    /// The place that it hangs in.
    pub where_id: Option<WhereId>,
    /// The name of that place.
    pub where_name: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its name with the kind of device.
    pub name_long: Option<String>,
    /// The language that it speaks.
    pub locale: Option<String>,
    /// Firmware.
    pub software_version: Option<String>,
    /// When it last spoke to the service.
    pub last_connection: Option<Timestamp>,
    /// Whether the service can reach it.
    pub is_online: Option<bool>,
    /// The battery.
    pub battery_health: Option<BatteryHealth>,
    /// Carbon monoxide.
    pub co_alarm_state: Option<AlarmState>,
    /// Smoke.
    pub smoke_alarm_state: Option<AlarmState>,
    /// Whether somebody pressed its button to test it.
    pub is_manual_test_active: Option<bool>,
    /// When somebody last did; the epoch when never.
    pub last_manual_test_time: Option<Timestamp>,
    /// The colour of its ring.
    pub ui_color_state: Option<RingColor>,
    /// Fields that the model does not hold, or not exactly as they came.
    pub extra: UnknownFields,
}

impl Protect {
    /// The worse of smoke and gas, with the word for it.
    pub fn worst_alarm(&self) -> AlarmState {
        let states = [&self.smoke_alarm_state, &self.co_alarm_state];
        let mut worst = AlarmState::Ok;
        for state in states.into_iter().flatten() {
            if severity(state) > severity(&worst) {
                worst = state.clone();
            }
        }
        worst
    }
}

fn severity(state: &AlarmState) -> u8 {
    match state {
        AlarmState::Ok => 0,
        // An unknown state of an alarm deserves a look.
        AlarmState::Warning | AlarmState::Other(_) => 1,
        AlarmState::Emergency => 2,
    }
}

/// The worse of two alarm states.
pub fn worse(a: AlarmState, b: AlarmState) -> AlarmState {
    if severity(&b) > severity(&a) { b } else { a }
}
