//! The device tree with writes applied optimistically, for display while they are pending.

use super::model::DeviceTree;
use super::write::Write;

impl Write {
    /// Applies the requested value only; side effects are left to the service.
    pub fn apply_optimistic(&self, home: &mut DeviceTree) {
        match self {
            Self::Away(id, away) => {
                if let Some(structure) = home.structure_mut(id) {
                    structure.away = Some(away.clone());
                }
            }
            Self::StructureName(id, name) => {
                if let Some(structure) = home.structure_mut(id) {
                    structure.name = Some(name.clone());
                }
            }
            Self::Eta(id, eta) => {
                if let Some(structure) = home.structure_mut(id) {
                    structure.eta_begin = eta.window.map(|(begin, _)| begin);
                }
            }
            Self::Scale(id, scale) => {
                if let Some(thermostat) = home.thermostat_mut(id) {
                    thermostat.temperature_scale = Some(*scale);
                }
            }
            Self::Target(id, setpoint) => {
                if let Some(thermostat) = home.thermostat_mut(id) {
                    thermostat.target_temperature = setpoint.temperature();
                }
            }
            Self::Range { thermostat, low, high } => {
                if let Some(thermostat) = home.thermostat_mut(thermostat) {
                    if let Some(low) = low {
                        thermostat.target_temperature_low = low.temperature();
                    }
                    if let Some(high) = high {
                        thermostat.target_temperature_high = high.temperature();
                    }
                }
            }
            Self::Mode(id, mode) => {
                if let Some(thermostat) = home.thermostat_mut(id) {
                    thermostat.hvac_mode = Some(mode.clone());
                }
            }
            Self::FanTimer(id, on) => {
                if let Some(thermostat) = home.thermostat_mut(id) {
                    thermostat.fan_timer_active = Some(*on);
                }
            }
            Self::FanDuration(id, minutes) => {
                if let Some(thermostat) = home.thermostat_mut(id) {
                    thermostat.fan_timer_duration = Some(*minutes);
                }
            }
            Self::Label(id, label) => {
                if let Some(thermostat) = home.thermostat_mut(id) {
                    thermostat.label = Some(label.clone());
                }
            }
            Self::Streaming(id, on) => {
                if let Some(camera) = home.camera_mut(id) {
                    camera.is_streaming = Some(*on);
                }
            }
        }
    }

    /// The scale of its setpoints, if it has any.
    pub fn scale(&self) -> Option<super::Scale> {
        if let Self::Target(_, setpoint) = self {
            return Some(setpoint.scale);
        }
        let Self::Range { low, high, .. } = self else { return None };
        low.or(*high).map(|setpoint| setpoint.scale)
    }
}
