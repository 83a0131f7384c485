//! A smoke and carbon monoxide alarm. It has no writable field.

use jiff::Timestamp;

use super::ids::{StructureId, WhereId};
use super::unknown::UnknownFields;
use super::vocab::{AlarmState, BatteryHealth, RingColor};

/// A Protect. The service may leave out any field.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Protect {
    pub structure_id: Option<StructureId>,
    /// The place of the Protect.
    pub where_id: Option<WhereId>,
    /// The name of that place.
    pub where_name: Option<String>,
    pub name: Option<String>,
    /// The name with the kind of device.
    pub name_long: Option<String>,
    /// The language of its voice.
    pub locale: Option<String>,
    /// The version of the firmware.
    pub software_version: Option<String>,
    /// The last contact with the service.
    pub last_connection: Option<Timestamp>,
    /// True if the service can reach it.
    pub is_online: Option<bool>,
    /// The state of the battery.
    pub battery_health: Option<BatteryHealth>,
    /// The state of the carbon monoxide alarm.
    pub co_alarm_state: Option<AlarmState>,
    pub smoke_alarm_state: Option<AlarmState>,
    /// True during a test by its button.
    pub is_manual_test_active: Option<bool>,
    /// The time of the last test; the epoch if there was none.
    pub last_manual_test_time: Option<Timestamp>,
    /// The colour of the ring.
    pub ui_color_state: Option<RingColor>,
    /// Fields that the model does not contain, or not exactly as sent.
    pub extra: UnknownFields,
}

impl Protect {
    /// The worse of the smoke and the carbon monoxide state.
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
        // An unknown state of an alarm counts as a warning.
        AlarmState::Warning | AlarmState::Other(_) => 1,
        AlarmState::Emergency => 2,
    }
}

/// The worse of two alarm states.
pub fn worse(a: AlarmState, b: AlarmState) -> AlarmState {
    if severity(&b) > severity(&a) { b } else { a }
}
