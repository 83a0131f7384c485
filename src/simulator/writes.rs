//! The effects of writes on the simulated home.

use jiff::Timestamp;

use super::build::{long_name, short_name};
use super::world::{World, stop_fan};
use crate::home::{
    Away, Checked, DeviceId, DeviceTree, Eta, HvacMode, Refusal, SecurityState, StructureId, Thermostat, Write, check,
};

impl World {
    /// Makes all of these writes or none. Checks each one against the home as the earlier ones leave it.
    pub(super) fn write(&mut self, writes: &[Write], now: Timestamp) -> Result<(), Refusal> {
        let before = self.home.clone();
        let eco_before = self.eco_by_away.clone();
        for write in writes {
            let made = check(&self.home, write, now).map(|checked| self.apply_write(checked, now));
            if let Err(refusal) = made {
                self.home = before;
                self.eco_by_away = eco_before;
                return Err(refusal);
            }
        }
        self.apply_side_effects(&before, writes, now);
        Ok(())
    }

    fn apply_write(&mut self, checked: Checked, now: Timestamp) {
        let write = checked.into_write();
        if let Write::Away(id, away) = write {
            self.make_away(&id, away, now);
        } else if let Write::Eta(id, eta) = write {
            self.make_eta(&id, &eta);
        } else if let Write::Mode(id, mode) = write {
            self.eco_by_away.remove(&id);
            self.with(&id, |t| change_mode(t, mode));
        } else if let Write::FanTimer(id, true) = write {
            let minutes = self.home.thermostats.get(&id).map_or(15, |t| t.fan_minutes());
            let end = self.moment_after(minutes as f64 * 60.0, now);
            self.with(&id, |t| {
                t.fan_timer_active = Some(true);
                t.fan_timer_timeout = Some(end);
            });
        } else if let Write::FanTimer(id, false) = write {
            self.with(&id, stop_fan);
        } else if let Write::Label(id, label) = write {
            self.with(&id, |t| change_label(t, label));
        } else {
            // The others have no effect but on their own field.
            write.apply_optimistic(&mut self.home);
        }
    }

    fn with(&mut self, id: &DeviceId, change: impl FnOnce(&mut Thermostat)) {
        if let Some(thermostat) = self.home.thermostat_mut(id) {
            change(thermostat);
        }
    }

    /// Sets a structure to home or away. Away puts thermostats into eco, home ends that for the same
    /// thermostats. A thermostat that is off stays off.
    fn make_away(&mut self, id: &StructureId, away: Away, now: Timestamp) {
        let Some(structure) = self.home.structure_mut(id) else { return };
        let leaves = away == Away::Away;
        structure.away = Some(away);
        if !leaves {
            structure.wwn_security_state = Some(SecurityState::Ok);
            structure.eta_begin = Some(Timestamp::UNIX_EPOCH);
        }
        for thermostat in structure.thermostats.clone().unwrap_or_default() {
            if leaves && self.home.thermostats.get(&thermostat).is_some_and(|t| follows_away(t)) {
                self.with(&thermostat, |t| change_mode(t, HvacMode::Eco));
                self.eco_by_away.insert(thermostat.clone());
            } else if !leaves && self.eco_by_away.remove(&thermostat) {
                self.with(&thermostat, |t| {
                    if let Some(mode) = t.mode_before_eco().cloned() {
                        change_mode(t, mode);
                    }
                });
            }
            self.look_at(&thermostat, now);
        }
    }

    fn make_eta(&mut self, id: &StructureId, eta: &Eta) {
        if let Some(structure) = self.home.structure_mut(id) {
            structure.eta_begin = Some(eta.window.map_or(Timestamp::UNIX_EPOCH, |(begin, _)| begin));
        }
    }

    /// Shows the immediate effects of the writes.
    fn apply_side_effects(&mut self, before: &DeviceTree, writes: &[Write], now: Timestamp) {
        for write in writes {
            if let Write::Target(id, _) | Write::Range { thermostat: id, .. } | Write::Mode(id, _) = write {
                self.look_at(id, now);
            }
            if let Write::Streaming(id, false) = write
                && before.cameras.get(id).is_some_and(|camera| camera.is_streaming == Some(true))
            {
                self.end_event(id, now);
            }
        }
    }
}

/// True if a thermostat goes to eco when its structure is set to away.
fn follows_away(thermostat: &Thermostat) -> bool {
    let conditions = matches!(thermostat.hvac_mode, Some(HvacMode::Heat | HvacMode::Cool | HvacMode::HeatCool));
    conditions && thermostat.is_reachable() && thermostat.is_using_emergency_heat != Some(true)
}

fn change_mode(thermostat: &mut Thermostat, mode: HvacMode) {
    let is_eco = mode == HvacMode::Eco;
    let former = thermostat.hvac_mode.replace(mode);
    let was_eco = former == Some(HvacMode::Eco);
    if is_eco && !was_eco {
        thermostat.previous_hvac_mode = former;
    } else if was_eco && !is_eco {
        thermostat.previous_hvac_mode = Some(HvacMode::from_word(""));
    }
}

fn change_label(thermostat: &mut Thermostat, label: String) {
    let place = thermostat.where_name.clone().unwrap_or_default();
    thermostat.name = Some(short_name(&place, &label));
    thermostat.name_long = Some(long_name(&place, "Thermostat", &label));
    thermostat.label = Some(label);
}
