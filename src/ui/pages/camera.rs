//! A camera: its current picture, its last event, and its switch.

use std::time::Duration;

use egui::{Ui, vec2};
use jiff::Timestamp;

use super::activity::{device_events_ui, event_details, event_word};
use super::notify::camera_news_ui;
use super::{Columns, PageParts, columns_ui, fact_ui, gone_ui, heading_ui, recent_ui};
use crate::engine::{Debounce, HomeEvent};
use crate::home::{Camera, CameraEvent, DeviceId, Field, Node, Slot, Write};
use crate::media::{CameraEventId, PictureSource};
use crate::ui::intent::{AppIntent, CameraPicture, UiIntent};
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    PictureCaption, PictureFrame, at_the_right, button_ui, card_ui, icon_label_ui, main_button_ui, name_dialog,
    picture_ui, row_ui, toggle_ui,
};

/// Age after which a picture loads again on the camera's own page.
const FRESH: Duration = Duration::from_mins(1);
/// The same on its card.
pub(super) const GLANCE: Duration = Duration::from_mins(5);

/// Height that a page needs around a picture, in points.
const AROUND_PICTURE: f32 = 250.0;
/// Height that a picture has in any window, in points.
const LEAST_PICTURE: f32 = 180.0;

/// Draws the page.
pub(super) fn camera_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId) {
    let Some(camera) = view.snapshot.shown.cameras.get(id).cloned() else {
        gone_ui(ui, view, "camera");
        return;
    };
    let name = view.name_or(camera.name.as_deref(), "camera");
    heading_ui(ui, view, camera.structure_id.as_ref(), &name, Some(id));
    let pictures = |ui: &mut Ui, view: &mut ViewContext<'_>| {
        now_ui(ui, view, id, &camera, &name);
        event_ui(ui, view, id, &camera, &name);
    };
    let controls = |ui: &mut Ui, view: &mut ViewContext<'_>| controls_ui(ui, view, id, &camera, &name);
    let lists = |ui: &mut Ui, view: &mut ViewContext<'_>| {
        device_events_ui(ui, view, id);
        facts_ui(ui, view, &camera);
        recent_ui(ui, view, &Node::Camera(id.clone()));
    };
    columns_ui(
        ui,
        view,
        id,
        Columns::Picture,
        PageParts { main: Box::new(pictures), controls: Box::new(controls), curve: None, lists: Box::new(lists) },
    );
}

fn controls_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, camera: &Camera, name: &str) {
    super::offline_ui(ui, view, camera.is_reachable());
    let slot = Slot { node: Node::Camera(id.clone()), field: Field::Streaming };
    let about = if is_on(camera) { "camera-on-about" } else { "camera-off-about" };
    row_ui(ui, view, &slot, &view.text(about), |ui, view| {
        let mut on = is_on(camera);
        let label = view.i18n.format("camera-switch", [("device", name.into())]);
        if toggle_ui(ui, &mut on, &label).changed() {
            switch(view, id, on);
        }
    });
    camera_news_ui(ui, view, id);
}

fn is_on(camera: &Camera) -> bool {
    camera.is_streaming == Some(true)
}

/// The reason why there is no live picture; `None` if there should be one.
pub(super) fn why_dark(view: &ViewContext<'_>, camera: &Camera) -> Option<String> {
    if !camera.is_reachable() {
        return Some(match camera.last_is_online_change {
            Some(at) => view.i18n.format("offline-since", [("time", view.clock(at).into())]),
            None => view.text("offline"),
        });
    }
    (!is_on(camera)).then(|| view.text("camera-off"))
}

fn now_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, camera: &Camera, name: &str) {
    let dark = why_dark(view, camera);
    let url = camera.snapshot_url.as_ref().filter(|_| dark.is_none());
    card_ui(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(title(view.text("camera-now")));
            if let Some(url) = url {
                at_the_right(ui, "refresh", |ui| {
                    enlarge_ui(ui, view, id, CameraPicture::Now);
                    let label = view.text("camera-refresh");
                    if button_ui(ui, icons::REFRESH, &label).on_hover_text(&label).clicked() {
                        view.send(AppIntent::LoadPicture(url.clone()));
                    }
                });
            }
        });
        let label = view.i18n.format("camera-now-name", [("device", name.into())]);
        let otherwise = dark.unwrap_or_else(|| view.text("camera-no-picture"));
        let frame = PictureFrame {
            source: url.map(PictureSource::from),
            size: picture_size(ui),
            name: &label,
            caption: PictureCaption::Time,
            otherwise,
            max_age: FRESH,
            plays: false,
            enlarges: true,
        };
        if picture_ui(ui, view, &frame).double_clicked() {
            view.send(UiIntent::Enlarge { camera: id.clone(), picture: CameraPicture::Now });
        }
    });
}

/// The size of a picture: as large as the window lets it, with the name of the page and the title of its card in sight.
fn picture_size(ui: &Ui) -> egui::Vec2 {
    let width = ui.available_width();
    let most = (ui.ctx().content_rect().height() - AROUND_PICTURE).max(LEAST_PICTURE);
    vec2(width, (width * 9.0 / 16.0).min(most))
}

/// Draws the button that shows a picture in the whole window.
fn enlarge_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, picture: CameraPicture) {
    let what = view.text(if picture == CameraPicture::Now { "camera-now" } else { "camera-last-event" });
    let label = view.i18n.format("camera-enlarge", [("what", what.into())]);
    if button_ui(ui, icons::ENLARGE, &label).on_hover_text(&label).clicked() {
        view.send(UiIntent::Enlarge { camera: id.clone(), picture });
    }
}

/// Draws a picture of a camera in the whole window; `true` when it closes.
pub(in crate::ui) fn enlarged_ui(ui: &Ui, view: &mut ViewContext<'_>, id: &DeviceId, picture: CameraPicture) -> bool {
    let Some(camera) = view.snapshot.shown.cameras.get(id).cloned() else { return true };
    let name = view.name_or(camera.name.as_deref(), "camera");
    let window = ui.ctx().content_rect();
    let frame = egui::Frame::new().fill(view.colors.surface).inner_margin(egui::Margin::same(12));
    let modal = egui::Modal::new(egui::Id::unique("enlarged")).frame(frame).show(ui.ctx(), |ui| {
        let (width, height) = (window.width() - 48.0, window.height() - 96.0);
        let size = vec2(width.min(height * 16.0 / 9.0), height.min(width * 9.0 / 16.0));
        ui.set_width(size.x);
        name_dialog(ui, &name);
        let close = view.text("close");
        let is_closed = ui
            .horizontal(|ui| {
                ui.label(title(name.as_str()));
                at_the_right(ui, "close", |ui| main_button_ui(ui, &close, &close, None))
            })
            .inner;
        if ui.memory(|memory| memory.focused().is_none()) {
            is_closed.request_focus();
        }
        let Some(frame) = enlarged_frame(view, id, &camera, picture, &name, size) else { return true };
        picture_ui(ui, view, &frame).double_clicked() || is_closed.clicked()
    });
    modal.inner || modal.should_close()
}

/// The enlarged picture; `None` if there is no such event any more.
fn enlarged_frame<'n>(
    view: &ViewContext<'_>,
    id: &DeviceId,
    camera: &Camera,
    picture: CameraPicture,
    name: &'n str,
    size: egui::Vec2,
) -> Option<PictureFrame<'n>> {
    let (source, caption, otherwise) = match picture {
        CameraPicture::Now => {
            let dark = why_dark(view, camera);
            let url = camera.snapshot_url.as_ref().filter(|_| dark.is_none());
            let otherwise = dark.unwrap_or_else(|| no_picture_text(view, None));
            (url.map(PictureSource::from), PictureCaption::Time, otherwise)
        }
        CameraPicture::LastEvent => {
            let event = camera.last_event.as_ref()?;
            let caption = PictureCaption::Text(event_text(view, event));
            (event_source(view, id, event), caption, no_picture_text(view, Some(event)))
        }
        CameraPicture::Event(at) => {
            let is_it = |(_, event): &(_, &HomeEvent)| event.device == *id && event.at == at && !event.kind.is_alarm();
            let (_, event) = view.snapshot.events().find(is_it)?;
            let words = format!("{} · {}", event_word(view, event.kind), event_details(view, event));
            (kept_source(view, id, at), PictureCaption::Text(words), view.text("camera-event-expired"))
        }
    };
    let is_now = picture == CameraPicture::Now;
    let max_age = if is_now { FRESH } else { Duration::MAX };
    Some(PictureFrame { source, size, name, caption, otherwise, max_age, plays: !is_now, enlarges: true })
}

fn is_expired(view: &ViewContext<'_>, event: &CameraEvent) -> bool {
    event.urls_expire_time.is_some_and(|at| at <= view.now)
}

/// The picture of an event: from its service until it expires, and then the kept one.
fn event_source(view: &ViewContext<'_>, id: &DeviceId, event: &CameraEvent) -> Option<PictureSource> {
    let links = [&event.animated_image_url, &event.image_url];
    let url = links.into_iter().flatten().next().filter(|_| !is_expired(view, event));
    url.map(PictureSource::from).or_else(|| kept_source(view, id, event.start_time?))
}

/// The kept picture of the event that began then.
fn kept_source(view: &ViewContext<'_>, id: &DeviceId, at: Timestamp) -> Option<PictureSource> {
    let event = CameraEventId { camera: id.clone(), at };
    view.pictures.has_event(&event).then_some(PictureSource::Event(event))
}

/// The reason why there is no picture.
fn no_picture_text(view: &ViewContext<'_>, event: Option<&CameraEvent>) -> String {
    let is_expired = event.is_some_and(|event| is_expired(view, event));
    view.text(if is_expired { "camera-event-expired" } else { "camera-no-picture" })
}

fn event_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, camera: &Camera, name: &str) {
    card_ui(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(title(view.text("camera-last-event")));
            if camera.last_event.is_some() {
                at_the_right(ui, "enlarge", |ui| enlarge_ui(ui, view, id, CameraPicture::LastEvent));
            }
        });
        let Some(event) = &camera.last_event else {
            ui.label(small(view.text("camera-no-event")).color(view.colors.muted));
            return;
        };
        let words = event_text(view, event);
        icon_label_ui(ui, event_icon(event), small(words.as_str()));
        let zones = zones(camera, event);
        if !zones.is_empty() {
            let text = view.i18n.format("camera-in-zones", [("zones", zones.join(", ").into())]);
            ui.label(small(text).color(view.colors.muted));
        }
        let otherwise = no_picture_text(view, Some(event));
        let label = view.i18n.format("camera-event-name", [("device", name.into())]);
        let frame = PictureFrame {
            source: event_source(view, id, event),
            size: picture_size(ui),
            name: &label,
            caption: PictureCaption::Text(words),
            otherwise,
            max_age: Duration::MAX,
            plays: true,
            enlarges: true,
        };
        if picture_ui(ui, view, &frame).double_clicked() {
            view.send(UiIntent::Enlarge { camera: id.clone(), picture: CameraPicture::LastEvent });
        }
    });
}

fn facts_ui(ui: &mut Ui, view: &ViewContext<'_>, camera: &Camera) {
    card_ui(ui, |ui| {
        if let Some(zones) = camera.activity_zones.as_ref().filter(|zones| !zones.is_empty()) {
            let names: Vec<&str> = zones.iter().map(|zone| zone.name.as_str()).collect();
            fact_ui(ui, view, icons::ZONE, "fact-zones", &names.join(", "));
        }
        for (icon, name, value) in [
            (icons::SOUND, "fact-microphone", camera.is_audio_input_enabled),
            (icons::CLOCK, "fact-video-history", camera.is_video_history_enabled),
            (icons::LINK, "fact-shared", camera.is_public_share_enabled),
        ] {
            if let Some(value) = value {
                fact_ui(ui, view, icon, name, &view.text(if value { "yes" } else { "no" }));
            }
        }
        if let Some(at) = camera.last_is_online_change {
            let name = if camera.is_reachable() { "fact-online-since" } else { "fact-offline-since" };
            fact_ui(ui, view, icons::CHECK, name, &view.clock(at));
        }
        if let Some(version) = &camera.software_version {
            fact_ui(ui, view, icons::SETTINGS, "fact-software", version);
        }
    });
}

/// Requests to switch a camera. The window asks for consent before a camera is switched on, as the vendor
/// requires of every client.
pub(super) fn switch(view: &mut ViewContext<'_>, id: &DeviceId, on: bool) {
    view.request(Write::Streaming(id.clone(), on), Debounce::Now);
}

/// An event as text: `Person · 14:02`.
pub(super) fn event_text(view: &ViewContext<'_>, event: &CameraEvent) -> String {
    let what = view.i18n.localize(event);
    match event.start_time {
        Some(start) if event.is_going_on() => {
            view.i18n.format("event-since", [("what", what.into()), ("time", view.clock(start).into())])
        }
        Some(start) => format!("{what} · {}", view.clock(start)),
        None => what,
    }
}

fn event_icon(event: &CameraEvent) -> &'static str {
    match (event.has_person, event.has_motion, event.has_sound) {
        (Some(true), _, _) => icons::PERSON,
        (_, Some(true), _) => icons::MOTION,
        (_, _, Some(true)) => icons::SOUND,
        (_, _, _) => icons::CAMERA,
    }
}

/// The names of an event's zones.
fn zones(camera: &Camera, event: &CameraEvent) -> Vec<String> {
    let known = camera.activity_zones.as_deref().unwrap_or_default();
    let ids = event.activity_zone_ids.as_deref().unwrap_or_default();
    known.iter().filter(|zone| ids.contains(&zone.id.to_string())).map(|zone| zone.name.clone()).collect()
}
