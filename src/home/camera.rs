//! A camera as the service describes it.

use jiff::Timestamp;

use super::confidential::Confidential;
use super::ids::{StructureId, WhereId};
use super::unknown::UnknownFields;

/// A camera; every field may be missing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Camera {
    /// The structure that it is in.
    pub structure_id: Option<StructureId>,
    /// The place that it looks at.
    pub where_id: Option<WhereId>,
    /// The name of that place.
    pub where_name: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its name with the kind of device.
    pub name_long: Option<String>,
    /// Firmware.
    pub software_version: Option<String>,
    /// Whether the service can reach it.
    pub is_online: Option<bool>,
    /// Whether it is on; may be written, with the person's consent when switched on.
    pub is_streaming: Option<bool>,
    /// Whether its microphone is on.
    pub is_audio_input_enabled: Option<bool>,
    /// When it last came or went.
    pub last_is_online_change: Option<Timestamp>,
    /// Whether recordings are kept (a subscription).
    pub is_video_history_enabled: Option<bool>,
    /// Its page on the web; carries a credential.
    pub web_url: Option<Confidential>,
    /// Its page in the vendor's app; carries a credential.
    pub app_url: Option<Confidential>,
    /// Whether everybody may look.
    pub is_public_share_enabled: Option<bool>,
    /// Where everybody may look.
    pub public_share_url: Option<Confidential>,
    /// The present picture; carries a credential.
    pub snapshot_url: Option<Confidential>,
    /// Parts of the picture that have a name.
    pub activity_zones: Option<Vec<ActivityZone>>,
    /// The newest event, present or past.
    pub last_event: Option<CameraEvent>,
    /// Fields that the model does not hold, or not exactly as they came.
    pub extra: UnknownFields,
}

impl Camera {
    /// Whether writes reach it; a device that does not say is taken to be there.
    pub fn is_reachable(&self) -> bool {
        self.is_online != Some(false)
    }

    /// Whether a picture is one of its own.
    pub fn shows(&self, picture: &Confidential) -> bool {
        let of_event = self.last_event.iter().flat_map(|event| [&event.image_url, &event.animated_image_url]);
        of_event.chain([&self.snapshot_url]).flatten().any(|url| url == picture)
    }
}

/// A part of a camera's picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityZone {
    /// A number here, although events name zones by text.
    pub id: i64,
    /// As its owner named it.
    pub name: String,
}

/// Something that a camera saw or heard.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CameraEvent {
    /// A noise.
    pub has_sound: Option<bool>,
    /// A movement.
    pub has_motion: Option<bool>,
    /// A person.
    pub has_person: Option<bool>,
    /// When it began.
    pub start_time: Option<Timestamp>,
    /// When it ended; missing or before the start while it goes on.
    pub end_time: Option<Timestamp>,
    /// When the links below stop working.
    pub urls_expire_time: Option<Timestamp>,
    /// Its page on the web; carries a credential.
    pub web_url: Option<Confidential>,
    /// Its page in the vendor's app; carries a credential.
    pub app_url: Option<Confidential>,
    /// A still picture; carries a credential.
    pub image_url: Option<Confidential>,
    /// A moving picture; carries a credential.
    pub animated_image_url: Option<Confidential>,
    /// The zones in which it happened.
    pub activity_zone_ids: Option<Vec<String>>,
    /// Fields that the model does not hold, or not exactly as they came.
    pub extra: UnknownFields,
}

impl CameraEvent {
    /// `Person`, `Motion`, `Sound`, or `Activity` when the service does not say.
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

    /// Whether it had not ended when the service last spoke of it.
    pub fn is_going_on(&self) -> bool {
        match (self.start_time, self.end_time) {
            (Some(start), Some(end)) => end < start,
            (Some(_), None) => true,
            (None, _) => false,
        }
    }
}
