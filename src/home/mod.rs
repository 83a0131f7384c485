//! The home model: structures, thermostats, cameras and Protects, the writes to them, and the rules that refuse
//! a write.
//!
//! Pure: no I/O, no clock, no async. The model is the vendor's document with names and types; each service maps
//! to and from it. The service may leave out any field, and unknown fields are kept.

mod camera;
mod capabilities;
mod confidential;
mod device_schedule;
mod field;
mod hold_end;
mod ids;
mod localized;
mod model;
mod order;
mod protect;
mod refusal;
mod rules;
mod running_parts;
mod service_kind;
mod structure;
mod text;
mod thermostat;
mod units;
mod unknown;
mod vocab;
mod write;
mod write_order;

pub use camera::{ActivityZone, Camera, CameraEvent};
pub use capabilities::Capabilities;
pub use confidential::{Confidential, is_confidential};
pub use device_schedule::{DeviceSchedule, DeviceStart, ScheduleMode, ScheduledTarget};
pub use field::{FieldEntry, FieldGroup, FieldValue, ValueKind, field_of_key, is_field_key};
pub use hold_end::HoldEnd;
pub use ids::{DeviceId, StructureId, WhereId};
pub use localized::AlarmSentence;
pub use model::{Change, DeviceTree, Metadata};
pub use order::{by_name, first_by_name, name_order};
pub use protect::{Protect, worse};
pub use refusal::{Equipment, Refusal, SetpointField};
pub use rules::{Checked, blocked, check, check_request};
pub use running_parts::RunningParts;
pub use service_kind::ServiceKind;
pub use structure::{Structure, Where};
pub use text::{LONGEST_ID, LONGEST_TEXT, is_unprintable, printable};
pub use thermostat::{FAN_DURATIONS_MIN, MAX_LABEL_CHARS, Precision, Thermostat, TimeToTarget};
pub use units::{
    MAX_SETPOINT_C, MAX_SETPOINT_F, MIN_GAP_C, MIN_GAP_F, MIN_SETPOINT_C, MIN_SETPOINT_F, Scale, Setpoint, Temperature,
    humidity_percent,
};
pub use unknown::{Unknown, UnknownFields, UnknownText};
pub use vocab::{AlarmState, Away, BatteryHealth, HvacMode, HvacState, RingColor, SecurityState, Training};
pub use write::{Eta, Field, Node, Slot, Write};
pub use write_order::{PreviewLine, Verdict, arrange, in_order, judge, preview};
