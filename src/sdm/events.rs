//! Events from Pub/Sub. They arrive at least once, in any order, often late. A trait is stored only if it is
//! newer than the known one, by the clock of the service.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::Value;

use super::home::SdmState;
use super::images::{ImageKind, ImageRequest};
use super::wire::{last_part, traits};
use crate::home::{CameraEvent, Confidential, DeviceId};
use crate::http::json_value;

/// The prefix of the name of each event.
const EVENTS: &str = "sdm.devices.events.";

/// The number of remembered sessions of a camera: further events of a past session may arrive late.
const SESSIONS: usize = 8;

/// A message with the id for its acknowledgement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PulledMessage {
    pub(super) ack: String,
    id: String,
    /// `None` if the payload cannot be read. Such a message is acknowledged too, or the service would send it
    /// again forever.
    payload: Option<Value>,
}

/// The action that a message requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    Nothing,
    /// Read the list: devices were added or removed, or one is not known.
    ReadAll,
}

/// Parses the answer of a pull.
pub(super) fn messages(answer: &Value) -> Vec<PulledMessage> {
    let list = answer.get("receivedMessages").and_then(Value::as_array).into_iter().flatten();
    let read = |value: &Value| {
        let ack = value.get("ackId")?.as_str()?.to_owned();
        let message = value.get("message");
        let id = message.and_then(|message| message.get("messageId")?.as_str()).unwrap_or(&ack).to_owned();
        let data = message.and_then(|message| message.get("data")?.as_str());
        let decoded = data.and_then(|data| STANDARD.decode(data).ok());
        Some(PulledMessage { ack, id, payload: decoded.and_then(|bytes| json_value(&bytes).ok()) })
    };
    list.filter_map(read).collect()
}

pub(super) fn apply_message(state: &mut SdmState, message: &PulledMessage) -> Then {
    if !state.is_first(&message.id) {
        return Then::Nothing;
    }
    let Some(payload) = &message.payload else {
        tracing::warn!(message = message.id, "an event that cannot be read was left out");
        return Then::Nothing;
    };
    let at = payload.get("timestamp").and_then(Value::as_str).and_then(|text| text.parse::<Timestamp>().ok());
    let is_history = at.is_some_and(|at| state.is_history(at));
    if payload.get("relationUpdate").is_some() {
        state.forget_strangers();
        return if is_history { Then::Nothing } else { Then::ReadAll };
    }
    let Some(update) = payload.get("resourceUpdate") else { return Then::Nothing };
    let name = update.get("name").and_then(Value::as_str).and_then(last_part);
    let (Some(name), Some(at)) = (name, at) else { return Then::Nothing };
    let id = DeviceId::new(name);
    if !state.devices.contains_key(&id) {
        // Read the list once for an unknown device, not for each of its events.
        return if !is_history && state.is_new(&id) { Then::ReadAll } else { Then::Nothing };
    }
    if let Some(changed) = update.get("traits") {
        take_traits(state, &id, changed, at);
    }
    if let Some(events) = update.get("events") {
        let is_over = payload.get("eventThreadState").and_then(Value::as_str).is_none_or(|word| word == "ENDED");
        let wanted = state.images_wanted.len();
        take_events(state, &id, events, at, is_over);
        take_clip(state, &id, events);
        if is_history {
            state.images_wanted.truncate(wanted);
        }
    }
    Then::Nothing
}

fn take_traits(state: &mut SdmState, id: &DeviceId, changed: &Value, at: Timestamp) {
    let changed = traits(changed);
    for name in changed.keys() {
        state.no_longer_assume(id, name);
    }
    let Some(device) = state.devices.get_mut(id) else { return };
    // The setpoints of another mode are not valid in this mode.
    let is_another_mode = changed.contains_key("ThermostatMode");
    for (name, fields) in changed {
        if device.told_at.get(&name).is_some_and(|told| *told > at) {
            continue;
        }
        device.told_at.insert(name.clone(), at);
        let known = device.traits.entry(name);
        if known.key() == "ThermostatTemperatureSetpoint" && is_another_mode {
            *known.or_default() = fields;
        } else {
            known.or_default().extend(fields);
        }
    }
}

/// Merges the events of one session into one; a later one may add details. All events of one message belong
/// together.
fn take_events(state: &mut SdmState, id: &DeviceId, events: &Value, at: Timestamp, is_over: bool) {
    let Some(device) = state.devices.get_mut(id) else { return };
    let named = events.as_object().into_iter().flatten();
    let known: Vec<(CameraEventKind, &Value)> = named
        .filter_map(|(name, fields)| Some((CameraEventKind::of(name.strip_prefix(EVENTS).unwrap_or(name))?, fields)))
        .collect();
    if known.is_empty() {
        return;
    }
    let session = known.iter().find_map(|(_, fields)| fields.get("eventSessionId")?.as_str());
    let is_same = session.is_some_and(|session| device.sessions.last().is_some_and(|last| last == session));
    let is_past = !is_same && session.is_some_and(|session| device.sessions.iter().any(|past| past == session));
    let is_newer = device.last_event.as_ref().and_then(|event| event.start_time).is_none_or(|last| at > last);
    if is_past || !is_same && !is_newer {
        return;
    }
    let mut event = device.last_event.take().filter(|_| is_same).unwrap_or_default();
    event.start_time = Some(event.start_time.map_or(at, |start| start.min(at)));
    if is_over {
        event.end_time = Some(at);
    }
    let pictured = known.iter().find_map(|(_, fields)| fields.get("eventId")?.as_str()).map(str::to_owned);
    for (seen, fields) in known {
        note(&mut event, seen, fields);
    }
    device.last_event = Some(event);
    // Newer cameras have events without pictures.
    let has_pictures = device.traits.contains_key("CameraEventImage");
    let request = session.zip(pictured).filter(|_| has_pictures && !is_same);
    let request = request.map(|(session, event)| ImageRequest {
        device: id.clone(),
        session: session.to_owned(),
        kind: ImageKind::Still(event),
    });
    if let Some(session) = session.filter(|_| !is_same) {
        device.sessions.push(session.to_owned());
        if device.sessions.len() > SESSIONS {
            device.sessions.remove(0);
        }
    }
    state.images_wanted.extend(request);
}

/// Requests the clip of the last event. The clip may arrive before the event itself.
fn take_clip(state: &mut SdmState, id: &DeviceId, events: &Value) {
    let fields = events.get(format!("{EVENTS}CameraClipPreview.ClipPreview"));
    let text = |key: &str| fields.and_then(|fields| fields.get(key)?.as_str());
    if let (Some(session), Some(at)) = (text("eventSessionId"), text("previewUrl")) {
        state.early_clips.insert(id.clone(), (session.to_owned(), Confidential::new(at)));
    }
    let Some(device) = state.devices.get(id) else { return };
    let is_of_the_last = |(session, _): &(String, Confidential)| device.sessions.last() == Some(session);
    if !state.early_clips.get(id).is_some_and(is_of_the_last) {
        return;
    }
    let has_one = device.last_event.as_ref().is_some_and(|event| event.animated_image_url.is_some());
    if let Some((session, at)) = state.early_clips.remove(id).filter(|_| !has_one) {
        state.images_wanted.push(ImageRequest { device: id.clone(), session, kind: ImageKind::Clip(at) });
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CameraEventKind {
    Person,
    Motion,
    Sound,
}

impl CameraEventKind {
    /// Returns the kind of an event; `None` for a clip, which belongs to another event, and for unknown kinds.
    fn of(kind: &str) -> Option<Self> {
        match kind {
            // A doorbell chime counts as a person, because a person rings it.
            "CameraPerson.Person" | "DoorbellChime.Chime" => Some(Self::Person),
            "CameraMotion.Motion" => Some(Self::Motion),
            "CameraSound.Sound" => Some(Self::Sound),
            _ => None,
        }
    }
}

fn note(event: &mut CameraEvent, seen: CameraEventKind, fields: &Value) {
    match seen {
        CameraEventKind::Person => event.has_person = Some(true),
        CameraEventKind::Motion => event.has_motion = Some(true),
        CameraEventKind::Sound => event.has_sound = Some(true),
    }
    let zones = fields.get("zones").and_then(Value::as_array).into_iter().flatten();
    let zones: Vec<String> =
        zones.filter_map(|zone| zone.as_str()).filter(|zone| !zone.is_empty()).map(str::to_owned).collect();
    if !zones.is_empty() {
        event.activity_zone_ids = Some(zones);
    }
}
