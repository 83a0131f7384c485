//! Controls of the simulated home: weather, visitors, smoke, offline devices.

use std::sync::Arc;

use jiff::SignedDuration;

use super::cameras::EventKind;
use super::life::Life;
use super::options::is_speed;
use crate::home::{AlarmState, BatteryHealth, DeviceId, Setpoint, StructureId};
use crate::wwn::server::{ApiService, Fault};

/// The weather and the speed of time in the simulated home.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conditions {
    /// The outdoor temperature in degrees Celsius.
    pub outdoor_celsius: f64,
    /// True if the user set the outdoor temperature, false if it follows the time of day.
    pub is_outdoor_fixed: bool,
    /// Simulated hours since midnight, below 24.
    pub hour: f64,
    /// Simulated seconds in a real second.
    pub speed: f64,
}

/// Changes things that no client of the service can change. Each method that takes a device returns `false` if
/// it does not exist; clones control the same home.
#[derive(Clone)]
pub struct Controls {
    pub(super) life: Arc<Life>,
    pub(super) service: ApiService,
}

impl Controls {
    /// The weather and the speed of time.
    pub fn conditions(&self) -> Conditions {
        self.life.read(|world| Conditions {
            outdoor_celsius: world.outdoor(),
            is_outdoor_fixed: world.is_outdoor_fixed(),
            hour: world.hour(),
            speed: world.speed,
        })
    }

    /// Announces an energy rush hour of `hours` hours from now on, or cancels it with 0; `false` if the
    /// structure does not exist or there are more than 24 hours.
    pub fn rush_hour(&self, structure: &StructureId, hours: u32) -> bool {
        let length = SignedDuration::from_hours(i64::from(hours));
        hours <= 24
            && self.life.change(|world, now| {
                let Some(structure) = world.home.structure_mut(structure) else { return false };
                let window = (hours > 0).then(|| (now, now.checked_add(length).unwrap_or(now)));
                structure.peak_period_start_time = window.map(|(start, _)| start);
                structure.peak_period_end_time = window.map(|(_, end)| end);
                true
            })
    }

    /// Fixes the outdoor temperature at this many degrees Celsius.
    pub fn set_outdoor(&self, celsius: f64) {
        self.life.change(|world, _| {
            world.set_outside(Some(celsius));
            true
        });
    }

    /// Makes the outdoor temperature follow the time of day again.
    pub fn release_outdoor(&self) {
        self.life.change(|world, _| {
            world.set_outside(None);
            true
        });
    }

    /// Starts an event of a camera; `false` also if the camera is off or offline.
    pub fn camera_event(&self, camera: &DeviceId, kind: EventKind) -> bool {
        self.life.change(|world, now| world.stage(camera, kind, now))
    }

    /// Sets the smoke alarm of a Protect.
    pub fn smoke(&self, protect: &DeviceId, state: AlarmState) -> bool {
        self.life.change(|world, now| world.change_protect(protect, now, |p| p.smoke_alarm_state = Some(state)))
    }

    /// Sets the carbon monoxide alarm of a Protect.
    pub fn co(&self, protect: &DeviceId, state: AlarmState) -> bool {
        self.life.change(|world, now| world.change_protect(protect, now, |p| p.co_alarm_state = Some(state)))
    }

    /// Sets the battery of a Protect.
    pub fn battery(&self, protect: &DeviceId, health: BatteryHealth) -> bool {
        self.life.change(|world, now| world.change_protect(protect, now, |p| p.battery_health = Some(health)))
    }

    /// Takes any device offline or online.
    pub fn set_online(&self, device: &DeviceId, online: bool) -> bool {
        self.life.change(|world, now| world.set_online(device, online, now))
    }

    /// Locks a thermostat to setpoints between two limits, or unlocks it.
    pub fn lock(&self, thermostat: &DeviceId, limits: Option<(Setpoint, Setpoint)>) -> bool {
        self.life.change(|world, _| {
            let Some(thermostat) = world.home.thermostat_mut(thermostat) else { return false };
            thermostat.is_locked = Some(limits.is_some());
            if let Some((low, high)) = limits {
                thermostat.locked_temp_min = low.temperature();
                thermostat.locked_temp_max = high.temperature();
            }
            true
        })
    }

    /// Switches a heat pump to emergency heat or back.
    pub fn emergency_heat(&self, thermostat: &DeviceId, on: bool) -> bool {
        self.life.change(|world, _| {
            let Some(thermostat) = world.home.thermostat_mut(thermostat) else { return false };
            thermostat.is_using_emergency_heat = Some(on);
            true
        })
    }

    /// Sets the speed of time; `false` if the speed is out of range.
    pub fn set_speed(&self, speed: f64) -> bool {
        is_speed(speed)
            && self.life.change(|world, now| {
                world.set_speed(speed, now);
                true
            })
    }

    /// Replaces the faults of the service. [`Fault::Offline`] has no effect here; use [`Self::set_online`].
    pub fn set_faults(&self, faults: Vec<Fault>) {
        self.service.replace_faults(faults);
    }

    /// Revokes a token, as the user does on the vendor's page; `false` if it was not valid.
    pub fn revoke(&self, token: &str) -> bool {
        self.service.revoke(token)
    }
}
