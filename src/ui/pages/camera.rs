//! A camera: whether it is on, and the last thing that it saw.

use egui::Ui;

use super::{fact_ui, gone_ui, heading_ui, scrolling};
use crate::engine::Settle;
use crate::home::{CameraEvent, DeviceId, Field, Node, Slot, Write};
use crate::ui::intent::Intent;
use crate::ui::view::View;
use crate::ui::widgets::{card_ui, row_ui, toggle_ui};

/// Draws the page.
pub(super) fn camera_ui(ui: &mut Ui, view: &mut View<'_>, id: &DeviceId) {
    let Some(camera) = view.snapshot.shown.cameras.get(id).cloned() else {
        gone_ui(ui, view, "Camera");
        return;
    };
    let name = camera.name.clone().unwrap_or_else(|| "Camera".to_owned());
    heading_ui(ui, view, camera.structure_id.as_ref(), &name);
    scrolling(ui, "camera", |ui| {
        let slot = Slot { node: Node::Camera(id.clone()), field: Field::Streaming };
        let about = if camera.is_streaming == Some(true) {
            "It sees and records what happens"
        } else {
            "It sees nothing and records nothing"
        };
        row_ui(ui, view, &slot, about, |ui, view| {
            let mut on = camera.is_streaming == Some(true);
            if toggle_ui(ui, &mut on, &format!("{name} camera")).changed() {
                switch(view, id, on);
            }
        });
        card_ui(ui, |ui| {
            match &camera.last_event {
                Some(event) => fact_ui(ui, "Last event", &event_text(view, event)),
                None => fact_ui(ui, "Last event", "none"),
            }
            if let Some(zones) = camera.activity_zones.as_ref().filter(|zones| !zones.is_empty()) {
                let names: Vec<&str> = zones.iter().map(|zone| zone.name.as_str()).collect();
                fact_ui(ui, "Activity zones", &names.join(", "));
            }
            let yes_no = |value: Option<bool>| value.map(|value| if value { "yes" } else { "no" });
            for (fact, value) in [
                ("Microphone on", camera.is_audio_input_enabled),
                ("Video history", camera.is_video_history_enabled),
                ("Shared with everybody", camera.is_public_share_enabled),
            ] {
                if let Some(value) = yes_no(value) {
                    fact_ui(ui, fact, value);
                }
            }
            if let Some(at) = camera.last_is_online_change {
                fact_ui(ui, if camera.is_reachable() { "Online since" } else { "Offline since" }, &view.clock(at));
            }
            if let Some(version) = &camera.software_version {
                fact_ui(ui, "Software", version);
            }
        });
    });
}

/// Off is sent at once; on needs the person's consent, as the vendor asks of every client.
pub(super) fn switch(view: &mut View<'_>, id: &DeviceId, on: bool) {
    if on {
        view.ask(Intent::AskConsent(id.clone()));
    } else {
        view.want(Write::Streaming(id.clone(), false), Settle::Now);
    }
}

/// `Person · 14:02`.
pub(super) fn event_text(view: &View<'_>, event: &CameraEvent) -> String {
    match event.start_time {
        Some(start) if event.is_going_on() => format!("{} since {}", event.title(), view.clock(start)),
        Some(start) => format!("{} · {}", event.title(), view.clock(start)),
        None => event.title().to_owned(),
    }
}
