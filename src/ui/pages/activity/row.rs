//! The rows: a change that waits, a change, and an event.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Align, Color32, Galley, Layout, Rect, Ui, Vec2, vec2};

use super::text::{
    change_icon, change_text, details_text, event_details, event_look, event_title, event_word, outcome_text,
    own_change_text, retry_of, waiting_text,
};
use crate::accounts::{AccountsReversal, JournalEntry};
use crate::engine::{HomeEvent, Phase, Record, Request, UndoStatus, WriteState};
use crate::home::{DeviceId, Slot, check_request};
use crate::media::CameraEventId;
use crate::ui::intent::{AppIntent, CameraPicture, CodeRequest, Page, UiIntent};
use crate::ui::theme::tokens::{measure, size, space};
use crate::ui::theme::{icons, regular, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    Offer, at_the_right, button_or_why_ui, button_ui, card_ui, context_menu_ui, icon_ui, quiet_button_ui, status_text,
    thumbnail_ui,
};

/// Draws the newest events of a camera or a Protect, and all that are kept on request.
pub(in crate::ui::pages) fn device_events_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId) {
    const FEW: usize = 6;
    let snapshot = view.snapshot;
    let of_device = || snapshot.events().filter(|(_, event)| event.device == *id).map(|(_, event)| event);
    let count = of_device().count();
    if count == 0 {
        return;
    }
    let all_id = ui.make_persistent_id(("all events", id));
    let mut shows_all: bool = ui.data(|data| data.get_temp(all_id)).unwrap_or_default();
    card_ui(ui, |ui| {
        ui.label(title(view.text("camera-events")));
        for event in of_device().take(if shows_all { count } else { FEW }) {
            ui.horizontal(|ui| {
                ui.spacing_mut().interact_size.y = size::TITLE;
                event_picture_ui(ui, view, event);
                let (icon, color) = event_look(view, event.kind);
                icon_ui(ui, icon, size::TITLE, color);
                ui.label(event_word(view, event.kind));
                at_the_right(ui, event.id, |ui| {
                    ui.label(small(event_details(view, event)).color(view.colors.muted));
                });
            });
        }
        if count > FEW {
            let label = if shows_all {
                view.text("camera-events-fewer")
            } else {
                view.i18n.format("camera-events-all", [("count", i64::try_from(count).unwrap_or(i64::MAX).into())])
            };
            if button_ui(ui, &label, &label).clicked() {
                shows_all = !shows_all;
                ui.data_mut(|data| data.insert_temp(all_id, shows_all));
            }
        }
    });
}

pub(super) fn row_ui(ui: &mut Ui, view: &mut ViewContext<'_>, entry: JournalEntry<'_>, standing: UndoStatus, row: f32) {
    let icon = change_icon(entry.record);
    let color = view.colors.muted;
    framed_row_ui(ui, view, icon, color, row, |ui, view| {
        let place = if row >= super::TALL_ROW { LinePlace::High } else { LinePlace::Low };
        line_ui(ui, view, entry, standing, place);
    });
}

/// Draws a change that waits, with the button that withdraws it while it was not sent.
pub(super) fn waiting_ui(ui: &mut Ui, view: &mut ViewContext<'_>, slot: &Slot, state: &WriteState, row: f32) {
    let (color, status) = status_text(view, state);
    framed_row_ui(ui, view, icons::CLOCK, color, row, |ui, view| {
        let text = waiting_text(view, slot, state);
        let cancel = view.text("cancel");
        let can_cancel = matches!(state.phase, Phase::Waiting { .. } | Phase::Conflict { .. });
        let room = if can_cancel { button_width(ui, view, &cancel) } else { 0.0 };
        let texts = RowText::new(ui, [&text, &status], [view.colors.text, color], room, row >= super::TALL_ROW);
        texts.ui(ui, |ui| {
            at_the_right(ui, slot, |ui| {
                let name = view.i18n.format("cancel-what", [("what", text.as_str().into())]);
                if can_cancel && button_ui(ui, cancel, &name).clicked() {
                    view.drafts.drop(slot);
                    view.send(AppIntent::Engine(Request::Discard(slot.clone())));
                }
            });
        });
    });
}

/// Draws an event with the button to its device.
pub(super) fn event_row_ui(ui: &mut Ui, view: &mut ViewContext<'_>, event: &HomeEvent, row: f32) {
    let (icon, color) = event_look(view, event.kind);
    framed_row_ui(ui, view, icon, color, row, |ui, view| {
        let (text, details) = (event_title(view, event), event_details(view, event));
        let page = if event.kind.is_alarm() {
            Page::Protect(event.device.clone())
        } else {
            Page::Camera(event.device.clone())
        };
        let open = view.text("open");
        let is_there = page.is_in(&view.snapshot.shown);
        let shows_picture = ui.available_width() >= SHORT_LINE;
        let picture = if shows_picture { THUMBNAIL.x + space::M } else { 0.0 };
        let room = picture + if is_there { button_width(ui, view, &open) } else { 0.0 };
        let colors = [view.colors.text, view.colors.muted];
        let texts = RowText::new(ui, [&text, &details], colors, room, row >= super::TALL_ROW);
        texts.ui(ui, |ui| {
            at_the_right(ui, event.id, |ui| {
                if shows_picture {
                    event_picture_ui(ui, view, event);
                }
                let name = view.i18n.format("palette-open", [("name", text.as_str().into())]);
                if is_there && button_ui(ui, open, &name).clicked() {
                    view.send(UiIntent::Go(page));
                }
            });
        });
    });
}

/// Draws a row of a title and details, with the button to a page.
pub(super) fn plain_row_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    (icon, color): (&str, Color32),
    (text, details): (&str, &str),
    page: Option<Page>,
    row: f32,
) {
    framed_row_ui(ui, view, icon, color, row, |ui, view| {
        let open = view.text("open");
        let room = if page.is_some() { button_width(ui, view, &open) } else { 0.0 };
        let colors = [view.colors.text, view.colors.muted];
        let texts = RowText::new(ui, [text, details], colors, room, row >= super::TALL_ROW);
        texts.ui(ui, |ui| {
            let Some(page) = page else { return };
            at_the_right(ui, (text, details), |ui| {
                let name = view.i18n.format("palette-open", [("name", text.into())]);
                if button_ui(ui, open, &name).clicked() {
                    view.send(UiIntent::Go(page));
                }
            });
        });
    });
}

/// Draws the kept picture of an event, if there is one. A click enlarges it.
fn event_picture_ui(ui: &mut Ui, view: &mut ViewContext<'_>, event: &HomeEvent) {
    let id = CameraEventId { camera: event.device.clone(), at: event.at };
    if event.kind.is_alarm()
        || !view.snapshot.shown.cameras.contains_key(&event.device)
        || !view.pictures.has_event(&id)
    {
        return;
    }
    let what = format!("{}, {}", event_title(view, event), event_details(view, event));
    let name = view.i18n.format("camera-enlarge", [("what", what.into())]);
    if thumbnail_ui(ui, view, id, THUMBNAIL, &name).clicked() {
        let picture = CameraPicture::Event(event.at);
        view.send(UiIntent::Enlarge { camera: event.device.clone(), picture });
    }
}

/// Size of the picture in a row, in points.
const THUMBNAIL: Vec2 = Vec2::new(64.0, 36.0);

/// Draws the frame of a row: its icon, its contents and a line below.
fn framed_row_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    icon: &str,
    color: Color32,
    row: f32,
    contents: impl FnOnce(&mut Ui, &mut ViewContext<'_>),
) {
    let height = row - ui.spacing().item_spacing.y;
    ui.allocate_ui_with_layout(vec2(ui.available_width(), height), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(height);
        icon_ui(ui, icon, size::ICON, color);
        ui.add_space(space::XS);
        contents(ui, view);
        let line = egui::Stroke::new(1.0, view.colors.line);
        ui.painter().hline(ui.max_rect().x_range(), ui.max_rect().bottom(), line);
    });
}

/// The width of a button with this label, with the space before it.
fn button_width(ui: &Ui, view: &ViewContext<'_>, label: &str) -> f32 {
    let galley = ui.painter().layout_no_wrap(label.to_owned(), regular(size::BODY), view.colors.text);
    galley.size().x + 2.0 * ui.spacing().button_padding.x + space::L
}

/// The two texts of a row, laid out in the width that its buttons leave.
struct RowText {
    title: Arc<Galley>,
    details: Arc<Galley>,
    width: f32,
}

impl RowText {
    /// The title takes up to two lines, and so do the details, if `is_high` and the title needs one only.
    fn new(ui: &Ui, [title, details]: [&str; 2], colors: [Color32; 2], buttons: f32, is_high: bool) -> Self {
        let spacing = if buttons > 0.0 { ui.spacing().item_spacing.x } else { 0.0 };
        let width = (ui.available_width() - buttons - spacing).max(80.0);
        let lay_out = |text: &str, points, color, rows| {
            let mut job = LayoutJob::simple(text.to_owned(), regular(points), color, width);
            job.wrap.max_rows = rows;
            ui.painter().layout_job(job)
        };
        let title = lay_out(title, size::BODY, colors[0], 2);
        let rows = if is_high && title.rows.len() < 2 { 2 } else { 1 };
        Self { details: lay_out(details, size::SMALL, colors[1], rows), title, width }
    }

    fn height(&self) -> f32 {
        self.title.size().y + space::XS + self.details.size().y
    }

    /// Draws the texts, and then the buttons, on one line. Returns its place.
    fn ui(self, ui: &mut Ui, buttons: impl FnOnce(&mut Ui)) -> Rect {
        let line = vec2(ui.available_width(), self.height().max(measure::CONTROL));
        let shown = ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| {
            let room = vec2(self.width, self.height());
            ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                for galley in [self.title, self.details] {
                    let (is_cut, text) = (galley.elided, galley.text().to_owned());
                    let label = ui.label(galley);
                    if is_cut {
                        label.on_hover_text(text);
                    }
                }
            });
            buttons(ui);
        });
        shown.response.rect
    }
}

/// The place of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui::pages) enum LinePlace {
    /// A row of the activity.
    Low,
    /// A row of the activity whose details may take two lines.
    High,
    /// The page of the device, which has its name already.
    OwnPage,
}

/// Draws a change with its actions.
pub(in crate::ui::pages) fn line_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    entry: JournalEntry<'_>,
    standing: UndoStatus,
    place: LinePlace,
) {
    let record = entry.record;
    let change = change_text(view, record);
    let details = details_text(view, record, standing);
    let (color, _) = outcome_text(view, &record.outcome);
    let reversed = || AppIntent::Reverse(AccountsReversal::of_record(entry.id()));
    let offer = match standing {
        UndoStatus::Stands => Some(("undo", "undo-what", reversed())),
        UndoStatus::Undid => Some(("redo", "redo-what", reversed())),
        UndoStatus::Undone | UndoStatus::Superseded | UndoStatus::Nothing => {
            retry_of(view, record).map(|write| ("retry", "retry-what", AppIntent::wanting(write.clone())))
        }
    };
    // A short line omits the code button to save width; the context menu of the line shows the code as well.
    let has_code =
        view.is_developer && record.write.is_some() && (offer.is_none() || ui.available_width() >= SHORT_LINE);
    // The text wraps in the width that the buttons leave.
    let room = if has_code { CODE_BUTTON } else { 0.0 }
        + offer.as_ref().map_or(0.0, |(label, ..)| button_width(ui, view, &view.text(label)));
    let colors = [view.colors.text, color];
    let shown = if place == LinePlace::OwnPage { own_change_text(view, record) } else { change.clone() };
    let line = RowText::new(ui, [&shown, &details], colors, room, place != LinePlace::Low).ui(ui, |ui| {
        let change = change.as_str();
        at_the_right(ui, entry.id(), |ui| {
            if has_code {
                code_button_ui(ui, view, record, change);
            }
            let Some((label, name, intent)) = offer else { return };
            let (label, name) = (view.text(label), view.i18n.format(name, [("what", change.into())]));
            // If the rules refuse the undo now, block the button and show why; it may be allowed later.
            let undo = record.undo.as_ref().filter(|_| matches!(standing, UndoStatus::Stands | UndoStatus::Undid));
            let refusal = undo.and_then(|undo| check_request(&view.snapshot.shown, undo, view.now).err());
            let why_not = refusal.map(|refusal| view.i18n.localize(&refusal));
            if button_or_why_ui(ui, label, &name, why_not.as_deref()).clicked() {
                view.send(intent);
            }
        });
    });
    context_menu_ui(ui, view, line, entry.id(), None, |view| {
        let write = record.write.clone().ok_or_else(|| view.text("as-code-elsewhere"));
        vec![Offer { what: change_text(view, record), write }]
    });
}

/// Width of the code button, in points.
const CODE_BUTTON: f32 = 40.0;
/// Width below which a line has at most one button.
const SHORT_LINE: f32 = 420.0;

/// Draws the button that shows the change as code. A change from elsewhere has no write and no button.
fn code_button_ui(ui: &mut Ui, view: &mut ViewContext<'_>, record: &Record, change: &str) {
    let Some(write) = &record.write else { return };
    let name = view.i18n.format("as-code-show-what", [("what", change.into())]);
    let icon = egui::RichText::new(icons::CODE).size(size::TITLE).color(view.colors.muted);
    if quiet_button_ui(ui, icon, &name).on_hover_text(view.text("as-code-show")).clicked() {
        let account = view.snapshot.named_owner(&record.slot.node).map(|member| member.key.clone());
        view.send(UiIntent::AsCode(CodeRequest::of_write(write, account)));
    }
}
