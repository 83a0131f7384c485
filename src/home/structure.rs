//! A structure: one home with its places and the devices in it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::ids::{DeviceId, WhereId};
use super::unknown::UnknownFields;
use super::words::{AlarmState, Away, SecurityState};

/// A structure; every field may be missing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Structure {
    /// As its owner named it; may be written.
    pub name: Option<String>,
    /// Thermostats in it.
    pub thermostats: Option<Vec<DeviceId>>,
    /// Protects in it.
    pub smoke_co_alarms: Option<Vec<DeviceId>>,
    /// Cameras in it.
    pub cameras: Option<Vec<DeviceId>>,
    /// Whether anybody is at home; may be written.
    pub away: Option<Away>,
    /// ISO 3166 alpha-2.
    pub country_code: Option<String>,
    /// Needs a permission of its own.
    pub postal_code: Option<String>,
    /// IANA name.
    pub time_zone: Option<String>,
    /// The start of an energy rush hour, while one is planned.
    pub peak_period_start_time: Option<Timestamp>,
    /// Its end.
    pub peak_period_end_time: Option<Timestamp>,
    /// Whether the owner takes part in rush hours.
    pub rhr_enrollment: Option<bool>,
    /// When somebody is expected at home; the epoch when nobody said.
    pub eta_begin: Option<Timestamp>,
    /// The worst carbon monoxide state of its alarms.
    pub co_alarm_state: Option<AlarmState>,
    /// The worst smoke state of its alarms.
    pub smoke_alarm_state: Option<AlarmState>,
    /// Whether a person was seen while away.
    pub wwn_security_state: Option<SecurityState>,
    /// Its places.
    pub wheres: Option<BTreeMap<WhereId, Where>>,
    /// Fields that the model does not hold, or not exactly as they came (partner products too).
    pub extra: UnknownFields,
}

/// A place in a structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Where {
    /// As the list of presets or the owner named it.
    pub name: String,
}
