//! A camera as the service describes it.

use jiff::Timestamp;

use super::capabilities::Capabilities;
use super::confidential::Confidential;
use super::ids::{StructureId, WhereId};
use super::unknown::UnknownFields;

/// A camera. The service may leave out any field.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Camera {
    /// The fields that its service can change.
    pub capabilities: Capabilities,
    pub structure_id: Option<StructureId>,
    /// The place that the camera watches.
    pub where_id: Option<WhereId>,
    /// The name of that place.
    pub where_name: Option<String>,
    pub name: Option<String>,
    /// The name with the kind of device.
    pub name_long: Option<String>,
    /// The version of the firmware.
    pub software_version: Option<String>,
    /// True if the service can reach the camera.
    pub is_online: Option<bool>,
    /// True while the camera is on. Writable, with the user's consent for switching on.
    pub is_streaming: Option<bool>,
    /// True while the microphone is on.
    pub is_audio_input_enabled: Option<bool>,
    /// The last time that the camera went online or offline.
    pub last_is_online_change: Option<Timestamp>,
    /// True if recordings are kept (a subscription).
    pub is_video_history_enabled: Option<bool>,
    /// The web page of the camera; contains a credential.
    pub web_url: Option<Confidential>,
    /// A link into the vendor's app; contains a credential.
    pub app_url: Option<Confidential>,
    /// True if the stream is public.
    pub is_public_share_enabled: Option<bool>,
    /// The public link to the stream.
    pub public_share_url: Option<Confidential>,
    /// The link to the present picture; contains a credential.
    pub snapshot_url: Option<Confidential>,
    /// Named parts of the picture.
    pub activity_zones: Option<Vec<ActivityZone>>,
    /// The newest event, in progress or past.
    pub last_event: Option<CameraEvent>,
    /// Fields that the model does not contain, or not exactly as sent.
    pub extra: UnknownFields,
}

impl Camera {
    /// True unless the camera says that it is offline.
    pub fn is_reachable(&self) -> bool {
        self.is_online != Some(false)
    }

    /// True if the link belongs to this camera or its last event.
    pub fn shows(&self, picture: &Confidential) -> bool {
        let of_event = self.last_event.iter().flat_map(|event| [&event.image_url, &event.animated_image_url]);
        of_event.chain([&self.snapshot_url]).flatten().any(|url| url == picture)
    }
}

/// A named part of a camera's picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityZone {
    /// A number here, although events name zones by text.
    pub id: i64,
    /// The name given by the user.
    pub name: String,
}

/// An event that a camera recorded.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CameraEvent {
    /// True if the camera heard a sound.
    pub has_sound: Option<bool>,
    /// True if the camera saw motion.
    pub has_motion: Option<bool>,
    /// True if the camera saw a person.
    pub has_person: Option<bool>,
    pub start_time: Option<Timestamp>,
    /// The end of the event; missing or before the start while it is in progress.
    pub end_time: Option<Timestamp>,
    /// The expiry of the links below.
    pub urls_expire_time: Option<Timestamp>,
    /// The web page of the event; contains a credential.
    pub web_url: Option<Confidential>,
    /// A link into the vendor's app; contains a credential.
    pub app_url: Option<Confidential>,
    /// A still picture; contains a credential.
    pub image_url: Option<Confidential>,
    /// An animated picture; contains a credential.
    pub animated_image_url: Option<Confidential>,
    pub activity_zone_ids: Option<Vec<String>>,
    /// Fields that the model does not contain, or not exactly as sent.
    pub extra: UnknownFields,
}

impl CameraEvent {
    /// `Person`, `Motion`, `Sound`, or `Activity` if the service names no kind.
    pub fn title(&self) -> &'static str {
        if self.has_person == Some(true) {
            "Person"
        } else if self.has_motion == Some(true) {
            "Motion"
        } else if self.has_sound == Some(true) {
            "Sound"
        } else {
            "Activity"
        }
    }

    /// True if the event had not ended at the last report.
    pub fn is_going_on(&self) -> bool {
        match (self.start_time, self.end_time) {
            (Some(start), Some(end)) => end < start,
            (Some(_), None) => true,
            (None, _) => false,
        }
    }
}
