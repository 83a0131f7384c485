//! A structure: one home with its places and devices.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::capabilities::Capabilities;
use super::ids::{DeviceId, WhereId};
use super::unknown::UnknownFields;
use super::vocab::{AlarmState, Away, SecurityState};

/// A structure. The service may leave out any field.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Structure {
    /// The fields that its service can change.
    pub capabilities: Capabilities,
    /// The name given by the owner. Writable.
    pub name: Option<String>,
    /// The ids of its thermostats.
    pub thermostats: Option<Vec<DeviceId>>,
    /// The ids of its Protects.
    pub smoke_co_alarms: Option<Vec<DeviceId>>,
    /// The ids of its cameras.
    pub cameras: Option<Vec<DeviceId>>,
    /// Home or away. Writable.
    pub away: Option<Away>,
    /// ISO 3166 alpha-2.
    pub country_code: Option<String>,
    /// Needs a permission of its own.
    pub postal_code: Option<String>,
    /// IANA name.
    pub time_zone: Option<String>,
    /// The start of an energy rush hour, while one is planned.
    pub peak_period_start_time: Option<Timestamp>,
    /// The end of the rush hour.
    pub peak_period_end_time: Option<Timestamp>,
    /// True if the owner takes part in rush hours.
    pub rhr_enrollment: Option<bool>,
    /// The expected arrival; the epoch if there is none.
    pub eta_begin: Option<Timestamp>,
    /// The worst carbon monoxide state of its Protects.
    pub co_alarm_state: Option<AlarmState>,
    /// The worst smoke state of its Protects.
    pub smoke_alarm_state: Option<AlarmState>,
    /// `deter` if a person was seen while away.
    pub wwn_security_state: Option<SecurityState>,
    /// The places of the structure.
    pub wheres: Option<BTreeMap<WhereId, Where>>,
    /// Fields that the model does not contain, or not exactly as sent (partner products too).
    pub extra: UnknownFields,
}

impl Structure {
    /// The time zone of the home; `None` if the service tells none, or a name that is unknown here.
    pub fn zone(&self) -> Option<TimeZone> {
        TimeZone::get(self.time_zone.as_deref()?).ok()
    }
}

/// A place in a structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Where {
    /// The name from the vendor's list or by the owner.
    pub name: String,
}
