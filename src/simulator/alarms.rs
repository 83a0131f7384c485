//! Smoke, carbon monoxide and batteries, and their effect on the whole structure.

use jiff::Timestamp;

use super::world::{World, stop_fan};
use crate::home::{AlarmState, BatteryHealth, DeviceId, Protect, RingColor, StructureId, worse};

impl World {
    /// Changes a Protect and everything that depends on it; `false` if it does not exist.
    pub(super) fn change_protect(&mut self, id: &DeviceId, now: Timestamp, change: impl FnOnce(&mut Protect)) -> bool {
        let Some(protect) = self.home.protect_mut(id) else { return false };
        change(protect);
        protect.ui_color_state = Some(ring(protect));
        if protect.is_online != Some(false) {
            protect.last_connection = Some(now);
        }
        if let Some(structure) = protect.structure_id.clone() {
            self.roll_up(&structure);
        }
        true
    }

    /// Sets the state of a structure to the worst of its alarms.
    fn roll_up(&mut self, id: &StructureId) {
        let (mut smoke, mut co) = (AlarmState::Ok, AlarmState::Ok);
        for protect in self.home.protects.values().filter(|protect| protect.structure_id.as_ref() == Some(id)) {
            smoke = worse(smoke, protect.smoke_alarm_state.clone().unwrap_or(AlarmState::Ok));
            co = worse(co, protect.co_alarm_state.clone().unwrap_or(AlarmState::Ok));
        }
        let emergency = smoke == AlarmState::Emergency || co == AlarmState::Emergency;
        let Some(structure) = self.home.structure_mut(id) else { return };
        structure.smoke_alarm_state = Some(smoke);
        structure.co_alarm_state = Some(co);
        let thermostats = structure.thermostats.clone().unwrap_or_default();
        // A fan would spread the smoke.
        for thermostat in thermostats.iter().filter(|_| emergency) {
            let running = |t: &&mut crate::home::Thermostat| t.fan_timer_active == Some(true);
            if let Some(thermostat) = self.home.thermostat_mut(thermostat).filter(running) {
                stop_fan(thermostat);
            }
        }
    }
}

fn ring(protect: &Protect) -> RingColor {
    if protect.is_online == Some(false) {
        return RingColor::Gray;
    }
    match protect.worst_alarm() {
        AlarmState::Emergency => RingColor::Red,
        AlarmState::Warning | AlarmState::Other(_) => RingColor::Yellow,
        AlarmState::Ok if protect.battery_health == Some(BatteryHealth::Replace) => RingColor::Yellow,
        AlarmState::Ok => RingColor::Green,
    }
}
