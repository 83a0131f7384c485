//! The picture of a camera, with a text while there is none.

use std::time::Duration;

use egui::{Align2, Color32, CornerRadius, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::media::{CameraEventId, PictureSource};
use crate::ui::texture_cache::PictureView;
use crate::ui::theme::tokens::{radius, size, space};
use crate::ui::theme::{icons, is_still, regular};
use crate::ui::view::ViewContext;

/// The parameters of a picture.
pub(crate) struct PictureFrame<'a> {
    pub(crate) source: Option<PictureSource>,
    /// The size of its place; the whole picture is shown in it.
    pub(crate) size: Vec2,
    /// The accessible name.
    pub(crate) name: &'a str,
    /// The caption on the picture.
    pub(crate) caption: PictureCaption,
    /// The text if there is no source.
    pub(crate) otherwise: String,
    /// Age after which the picture loads again.
    pub(crate) max_age: Duration,
    /// True if a moving picture can be played.
    pub(crate) plays: bool,
    /// True if the picture takes clicks, so that a double click can enlarge it.
    pub(crate) enlarges: bool,
}

/// The caption on a picture.
#[derive(Debug, Clone)]
pub(crate) enum PictureCaption {
    /// A text.
    Text(String),
    /// The time when the picture was loaded.
    Time,
}

/// Height of the caption with its margins, in points.
const WORDS: f32 = 36.0;

/// Draws a picture. A press on a moving picture plays or stops it.
pub(crate) fn picture_ui(ui: &mut Ui, view: &mut ViewContext<'_>, frame: &PictureFrame<'_>) -> Response {
    let sense = match (frame.plays, frame.enlarges) {
        (true, _) => Sense::click(),
        // Keys enlarge it by its button.
        (false, true) => Sense::CLICK,
        (false, false) => Sense::hover(),
    };
    let (rect, response) = ui.allocate_exact_size(frame.size, sense);
    let corner = CornerRadius::same(radius::CONTROL);
    ui.painter().rect_filled(rect, corner, view.colors.raised);
    let Some(source) = &frame.source else {
        placeholder(ui, view, rect, icons::OFFLINE, &frame.otherwise);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("{}: {}", frame.name, frame.otherwise)));
        return response;
    };
    let started_id = response.id.with("plays since");
    let started: Option<jiff::Timestamp> = ui.data(|data| data.get_temp(started_id)).flatten();
    let since = started.and_then(|started| Duration::try_from(view.now.duration_since(started)).ok());
    // Cards beside the visible ones are drawn for screen readers; nobody sees their pictures.
    let page = if ui.is_rect_visible(rect) {
        view.pictures.page(ui.ctx(), source, frame.max_age, since)
    } else {
        PictureView::default()
    };
    if let Some(texture) = &page.texture {
        egui::Image::from_texture(texture).corner_radius(corner).paint_at(ui, fitted(texture.size_vec2(), rect));
    }
    let words = match &frame.caption {
        PictureCaption::Text(words) => Some(words.clone()),
        PictureCaption::Time => {
            let at = page.loaded_at.map(|at| view.clock(at));
            at.map(|time| view.i18n.format("picture-still", [("time", time.into())]))
        }
    };
    // Screen readers do not read painted text, so the name includes it.
    let caption = match (&page.error, page.texture.is_some(), page.is_loading) {
        (Some(error), _, _) => Some(view.i18n.localize(error)),
        (None, false, true) => Some(view.text("picture-loading")),
        (None, _, _) => None,
    };
    if page.texture.is_none() {
        let icon = if page.error.is_some() { icons::WARNING } else { icons::CAMERA };
        // Leave room for the caption at the bottom.
        let bottom = if words.is_some() { WORDS } else { 0.0 };
        let room = rect.with_max_y(rect.bottom() - bottom);
        placeholder(ui, view, room, icon, caption.as_deref().unwrap_or_default());
    } else if let Some(caption) = caption.as_ref().filter(|_| page.error.is_some()) {
        // Keep the last good picture, and show above it why there is no newer one.
        veil(ui, view, rect, caption, Align2::LEFT_TOP);
    }
    if let Some(words) = &words {
        veil(ui, view, rect, words, Align2::LEFT_BOTTOM);
    }
    let can_play = frame.plays && page.moves;
    if can_play && started.is_none() {
        play_mark(ui, view, rect, &response);
    }
    if can_play && response.clicked() {
        let next = if started.is_some() { None } else { Some(view.now) };
        ui.data_mut(|data| data.insert_temp(started_id, next));
    }
    let play = if started.is_some() { "picture-stop" } else { "picture-play" };
    let play = can_play.then(|| view.text(play));
    let more: Vec<String> = [words, caption, play].into_iter().flatten().collect();
    let name = if more.is_empty() { frame.name.to_owned() } else { format!("{}: {}", frame.name, more.join(", ")) };
    let role = if can_play { Role::Button } else { Role::Image };
    response.widget_info(|| WidgetInfo::labeled(role, true, &name));
    super::closed::focus_ring(ui, &response);
    response
}

/// Draws the kept picture of an event as a button of this size; the picture loads when it comes into sight.
pub(crate) fn thumbnail_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    event: CameraEventId,
    size: Vec2,
    name: &str,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if ui.is_rect_visible(rect) {
        let corner = CornerRadius::same(radius::CONTROL / 2);
        ui.painter().rect_filled(rect, corner, view.colors.raised);
        let page = view.pictures.page(ui.ctx(), &PictureSource::Event(event), Duration::MAX, None);
        if let Some(texture) = &page.texture {
            let part = cut(texture.size_vec2(), rect);
            egui::Image::from_texture(texture).uv(part).corner_radius(corner).paint_at(ui, rect);
        }
        if response.hovered() {
            ui.painter().rect_stroke(rect, corner, (1.0, view.colors.text), egui::StrokeKind::Inside);
        }
        super::closed::focus_ring(ui, &response);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// The place of a whole picture in a rectangle.
fn fitted(texture: Vec2, rect: Rect) -> Rect {
    let scale = (rect.width() / texture.x.max(1.0)).min(rect.height() / texture.y.max(1.0));
    Rect::from_center_size(rect.center(), texture * scale)
}

/// The part of a texture that fills a rectangle without distortion, in texture coordinates.
fn cut(texture: Vec2, rect: Rect) -> Rect {
    let (wide, wanted) = (texture.x / texture.y.max(1.0), rect.width() / rect.height().max(1.0));
    let share = if wide > wanted { vec2(wanted / wide, 1.0) } else { vec2(1.0, wide / wanted) };
    Rect::from_center_size(pos2(0.5, 0.5), share)
}

fn placeholder(ui: &Ui, view: &ViewContext<'_>, rect: Rect, icon: &str, words: &str) {
    let color = view.colors.muted;
    let galley = ui.painter().layout(words.to_owned(), regular(size::SMALL), color, rect.width() - 2.0 * space::L);
    let top = rect.center().y - (galley.size().y + size::ICON + space::S) / 2.0;
    let icon_at = pos2(rect.center().x, top);
    ui.painter().text(icon_at, Align2::CENTER_TOP, icon, regular(size::ICON), color);
    let at = pos2(rect.center().x - galley.size().x / 2.0, top + size::ICON + space::S);
    ui.painter().galley(at, galley, color);
}

/// Draws a text on a dark background, so that it is readable on any picture.
fn veil(ui: &Ui, view: &ViewContext<'_>, rect: Rect, words: &str, corner: Align2) {
    let color = view.colors.on_veil;
    let widest = rect.width() - 2.0 * space::XL;
    let galley = ui.painter().layout(words.to_owned(), regular(size::SMALL), color, widest);
    let box_size = galley.size() + vec2(14.0, 8.0);
    let inner = rect.shrink(10.0);
    let at = corner.align_size_within_rect(box_size, inner);
    ui.painter().rect_filled(at, CornerRadius::same(6), view.colors.veil);
    ui.painter().galley(at.min + vec2(7.0, 4.0), galley, color);
}

fn play_mark(ui: &Ui, view: &ViewContext<'_>, rect: Rect, response: &Response) {
    let radius = if response.hovered() && !is_still(ui) { 26.0 } else { 24.0 };
    ui.painter().circle_filled(rect.center(), radius, view.colors.veil);
    let color: Color32 = view.colors.on_veil;
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icons::PLAY, regular(size::ICON), color);
}
