//! The command palette: typed commands with completion and a preview of their writes, and a search of all
//! actions, presets and devices.

mod rows;

use egui::{
    Align2, Area, CornerRadius, Frame, Key, Label, Margin, Modal, Modifiers, Response, Role, ScrollArea, Sense, Stroke,
    StrokeKind, TextEdit, Ui, WidgetInfo, vec2,
};

use self::rows::{Does, PaletteRow, effect_text, rows};
use super::intent::{AppIntent, AutomationIntent, PresetIntent, UiIntent};
use super::theme::tokens::{measure, radius, size, space};
use super::theme::{icons, regular, small};
use super::view::ViewContext;
use super::widgets::{icon_label_ui, icon_ui};
use crate::engine::{Debounce, Origin, Request};
use crate::home::{PreviewLine, Scale, Verdict, Write, preview};
use crate::presets::Presets;
use crate::ui::widgets::name_dialog;

/// The state of the palette.
#[derive(Debug, Default)]
pub struct Palette {
    text: String,
    /// `None` in an empty field, until the user moves to a row: Enter by mistake must do nothing.
    chosen: Option<usize>,
    /// The row of the last scroll.
    seen: Option<usize>,
    has_opened: bool,
    /// The text and the snapshot version of the rows.
    made_for: Option<(String, u64)>,
    rows: Vec<PaletteRow>,
    /// The reason why the text is no command.
    remark: Option<String>,
}

const ROW: f32 = 40.0;

impl Palette {
    /// Creates a palette with a typed text.
    pub fn typed(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { chosen: first_of(&text), text, ..Self::default() }
    }

    /// Draws the palette; `true` when it closes.
    pub(super) fn ui(&mut self, ui: &Ui, view: &mut ViewContext<'_>, presets: &Presets) -> bool {
        let screen = ui.ctx().content_rect();
        let width = measure::PALETTE.min(screen.width() - 24.0);
        let area = Area::new(egui::Id::unique("palette"))
            .kind(egui::UiKind::Modal)
            .order(egui::Order::Foreground)
            .anchor(Align2::CENTER_TOP, vec2(0.0, (screen.height() * 0.12).max(12.0)));
        let frame = Frame::new()
            .fill(view.colors.surface)
            .stroke(Stroke::new(1.0, view.colors.line))
            .corner_radius(CornerRadius::same(radius::CARD))
            .inner_margin(Margin::same(12));
        let modal = Modal::new(egui::Id::unique("palette")).area(area).frame(frame).show(ui.ctx(), |ui| {
            name_dialog(ui, &view.text("action-palette"));
            ui.set_width(width - 26.0);
            self.keys(ui);
            self.field_ui(ui, view);
            self.make_rows(view, presets);
            let entered = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            self.announce(ui, view);
            let picked = self.rows_ui(ui, view, screen.height() * 0.6);
            self.hint_ui(ui, view);
            let index = picked.or(self.chosen.filter(|_| entered));
            index.is_some_and(|index| self.pick(ui, view, index))
        });
        modal.inner || modal.should_close()
    }

    /// Draws the palette inside the launcher, with rows only after the user typed. `true` if an action ran.
    pub(super) fn inline_ui(&mut self, ui: &mut Ui, view: &mut ViewContext<'_>, presets: &Presets) -> bool {
        self.keys(ui);
        self.field_ui(ui, view);
        self.make_rows(view, presets);
        if self.is_empty() {
            return false;
        }
        let entered = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        let height = ui.available_height();
        let picked = self.rows_ui(ui, view, height);
        let index = picked.or(self.chosen.filter(|_| entered));
        index.is_some_and(|index| self.pick(ui, view, index))
    }

    /// True if the field is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn keys(&mut self, ui: &Ui) {
        let (down, up, tab) = ui.input_mut(|input| {
            (
                input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown),
                input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp),
                input.consume_key(Modifiers::NONE, Key::Tab),
            )
        });
        if down + up > 0 {
            let last = self.rows.len().saturating_sub(1);
            self.chosen = Some(match self.chosen {
                Some(chosen) => (chosen + down).min(last).saturating_sub(up),
                None => down.saturating_sub(1).min(last),
            });
        }
        if tab {
            let completed = self.rows.iter().skip(self.chosen.unwrap_or_default()).find_map(|row| match &row.does {
                Does::Complete(text) => Some(text.clone()),
                Does::Write(_) | Does::Hold(..) | Does::Act(_) | Does::Apply(..) | Does::Open(_) | Does::Prefer(_) => {
                    None
                }
            });
            if let Some(text) = completed {
                self.replace_text(ui, text);
            }
        }
    }

    fn replace_text(&mut self, ui: &Ui, text: String) {
        let id = field_id();
        let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
        let end = egui::text::CCursor::new(text.chars().count());
        state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
        state.store(ui.ctx(), id);
        self.chosen = first_of(&text);
        self.text = text;
        ui.memory_mut(|memory| memory.request_focus(id));
    }

    fn field_ui(&mut self, ui: &mut Ui, view: &ViewContext<'_>) {
        let before = self.text.clone();
        if !self.has_opened {
            // Request the focus before drawing, so that keys typed in this frame go to the field.
            ui.memory_mut(|memory| memory.request_focus(field_id()));
        }
        let edit = TextEdit::singleline(&mut self.text)
            .id(field_id())
            .font(regular(size::TITLE + 2.0))
            .hint_text(hint(view))
            .align(Align2::LEFT_CENTER)
            .margin(Margin::symmetric(10, 8))
            .lock_focus(true)
            .desired_width(f32::INFINITY);
        let response = ui.add(edit).accessible_name(view.text("palette-name"));
        // A window in the background cannot give a field the focus, and a request in every frame would keep the
        // input method of X11 from settling.
        let is_in_front = ui.input(|input| input.focused);
        if !std::mem::replace(&mut self.has_opened, true) || (is_in_front && !response.has_focus()) {
            response.request_focus();
        }
        if self.text != before {
            self.chosen = first_of(&self.text);
        }
    }

    fn make_rows(&mut self, view: &ViewContext<'_>, presets: &Presets) {
        let wanted = (self.text.clone(), view.snapshot.version);
        if self.made_for.as_ref() != Some(&wanted) {
            (self.rows, self.remark) = rows(view, presets, &self.text);
            self.made_for = Some(wanted);
        }
        let last = self.rows.len().saturating_sub(1);
        self.chosen = self.chosen.map(|chosen| chosen.min(last));
        // A preset shows its changes before Enter, as a sentence does.
        for (index, row) in self.rows.iter_mut().enumerate() {
            let Does::Apply(_, writes) = &row.does else { continue };
            if self.chosen != Some(index) {
                row.preview.clear();
                row.detail = view.text("palette-preset");
            } else if row.preview.is_empty() {
                row.preview = preview(&view.snapshot.shown, writes, view.now);
                row.detail = format!("{} · {}", view.text("palette-preset"), effect_text(view, &row.preview));
            }
        }
    }

    /// Announces the chosen row to screen readers, because the focus stays in the field.
    fn announce(&self, ui: &Ui, view: &ViewContext<'_>) {
        let chosen = self.chosen.and_then(|chosen| Some((chosen, self.rows.get(chosen)?)));
        let announcement = chosen.map(|(chosen, row)| {
            let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
            let place = view.i18n.format(
                "palette-chosen",
                [
                    ("row", row.accessible_name().into()),
                    ("number", number(chosen + 1).into()),
                    ("count", number(self.rows.len()).into()),
                ],
            );
            let preview = row.preview.iter().map(|line| preview_text(view, line));
            std::iter::once(place).chain(preview).collect::<Vec<_>>().join("\n")
        });
        let nowhere = egui::Rect::from_min_size(ui.cursor().min, egui::Vec2::ZERO);
        let response = ui.interact(nowhere, egui::Id::unique("palette chosen"), Sense::hover());
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(Role::Status);
            node.set_live(egui::accesskit::Live::Polite);
            node.set_label(announcement.unwrap_or_default());
        });
    }

    /// Draws the rows; returns the index of a clicked one.
    fn rows_ui(&mut self, ui: &mut Ui, view: &ViewContext<'_>, height: f32) -> Option<usize> {
        let mut picked = None;
        let mut seen = self.seen;
        if let Some(remark) = &self.remark {
            ui.add_space(space::XS);
            let label = icon_label_ui(ui, icons::WARNING, small(remark.as_str()).color(view.colors.warning));
            ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
        }
        ui.add_space(space::XS);
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for (index, row) in self.rows.iter().enumerate() {
                let is_chosen = self.chosen == Some(index);
                let response = row_ui(ui, view, row, is_chosen);
                // Scroll only once, because a scroll in every frame never settles.
                if is_chosen && self.seen != Some(index) {
                    response.scroll_to_me(None);
                    seen = Some(index);
                }
                if response.clicked() {
                    picked = Some(index);
                }
                ui.scope(|ui| {
                    ui.spacing_mut().interact_size.y = 20.0;
                    ui.spacing_mut().item_spacing.y = 0.0;
                    if !row.preview.is_empty() {
                        ui.add_space(space::XS);
                    }
                    for line in &row.preview {
                        preview_ui(ui, view, line);
                    }
                });
            }
        });
        self.seen = seen;
        picked
    }

    fn hint_ui(&self, ui: &mut Ui, view: &ViewContext<'_>) {
        ui.separator();
        let count = i64::try_from(self.rows.len()).unwrap_or_default();
        let text = view.i18n.format("palette-keys", [("count", count.into())]);
        ui.add(Label::new(small(text).color(view.colors.muted)).wrap());
    }

    /// Runs a row; `true` if the palette closes.
    fn pick(&mut self, ui: &Ui, view: &mut ViewContext<'_>, index: usize) -> bool {
        let Some(row) = self.rows.get(index) else { return false };
        match row.does.clone() {
            Does::Complete(text) => {
                self.replace_text(ui, text);
                return false;
            }
            // Keep the palette open if no write is allowed, so that the user can read why and edit.
            Does::Write(_) if row.preview.iter().all(|line| line.verdict != Verdict::Allowed) => return false,
            Does::Hold(..) if row.preview.iter().any(|line| matches!(line.verdict, Verdict::Refused(_))) => {
                return false;
            }
            Does::Hold(writes, ends) => {
                let name = self.text.trim().to_owned();
                view.send(AppIntent::Automation(AutomationIntent::Hold { name, writes, ends }));
            }
            Does::Write(writes) => request(view, self.text.trim(), writes),
            Does::Act(action) => view.send(UiIntent::Action(action)),
            Does::Apply(name, writes) => view.send(AppIntent::Presets(PresetIntent::Apply { name, writes })),
            Does::Open(page) => view.send(UiIntent::Go(page)),
            Does::Prefer(preference) => view.send(AppIntent::Prefer(preference)),
        }
        true
    }
}

/// Requests one write as a control does, and several as one batch with one undo.
fn request(view: &mut ViewContext<'_>, text: &str, mut writes: Vec<Write>) {
    if writes.len() > 1 {
        let name = text.to_owned();
        view.send(AppIntent::Engine(Request::Apply { name, writes, origin: Origin::Window }));
    } else if let Some(write) = writes.pop() {
        view.send(AppIntent::set(write, Debounce::Now, None));
    }
}

/// The hint of the field, with a device that is there.
pub(super) fn hint(view: &ViewContext<'_>) -> String {
    let first = view.summary.first_thermostat().and_then(|id| view.snapshot.shown.thermostats.get(id));
    let named = first.and_then(|t| Some((t.name.as_ref()?, view.i18n.scale_of(t))));
    let example = named.map_or_else(
        || "cameras off".to_owned(),
        |(name, scale)| match scale {
            Scale::Celsius => format!("{} {}", name.to_lowercase(), view.i18n.decimal(21.5, 1)),
            Scale::Fahrenheit => format!("{} 71", name.to_lowercase()),
        },
    );
    view.i18n.format("palette-hint", [("example", example.into())])
}

/// The row that a typed text chooses.
fn first_of(text: &str) -> Option<usize> {
    (!text.trim().is_empty()).then_some(0)
}

fn field_id() -> egui::Id {
    egui::Id::unique("palette field")
}

fn row_ui(ui: &mut Ui, view: &ViewContext<'_>, row: &PaletteRow, is_chosen: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, row.accessible_name()));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(is_chosen));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let colors = view.colors;
    let corner = CornerRadius::same(radius::CONTROL);
    if is_chosen || response.hovered() {
        ui.painter().rect_filled(rect, corner, colors.raised);
    }
    if is_chosen {
        ui.painter().rect_stroke(rect, corner, Stroke::new(1.0, colors.tick), StrokeKind::Inside);
    }
    let inner = rect.shrink2(vec2(12.0, 0.0));
    let icon_at = inner.left_center();
    ui.painter().text(icon_at, Align2::LEFT_CENTER, row.icon, regular(size::TITLE), colors.muted);
    let keys = row.keys.clone().unwrap_or_default();
    let right = ui.painter().layout_no_wrap(keys, regular(size::SMALL), colors.muted);
    let right_edge = inner.right() - right.size().x;
    ui.painter().galley(egui::pos2(right_edge, inner.center().y - right.size().y / 2.0), right, colors.muted);
    let clip = egui::Rect::from_min_max(rect.min, egui::pos2(right_edge - space::S, rect.bottom()));
    let painter = ui.painter().with_clip_rect(clip.intersect(ui.clip_rect()));
    let title = painter.layout_no_wrap(row.title.clone(), regular(size::BODY), colors.text);
    let title_at = egui::pos2(inner.left() + 30.0, inner.center().y - title.size().y / 2.0);
    let after = title_at.x + title.size().x + space::M;
    painter.galley(title_at, title, colors.text);
    let detail_at = egui::pos2(after, inner.center().y);
    painter.text(detail_at, Align2::LEFT_CENTER, &row.detail, regular(size::SMALL), colors.muted);
    response
}

/// The effect of one write of a command, as text.
fn preview_text(view: &ViewContext<'_>, line: &PreviewLine) -> String {
    // A value that stays is not said twice.
    let from = line.from.as_ref().filter(|_| line.verdict == Verdict::Allowed).map(|from| view.value(from));
    let to = view.value(&line.to);
    let is_cancelled = line.to.is_cancelled_arrival();
    let change = view.i18n.change(&line.name, line.slot.field, from.as_deref(), &to, is_cancelled);
    match &line.verdict {
        Verdict::Allowed => change,
        Verdict::Unchanged => format!("{change} · {}", view.text("preview-unchanged")),
        Verdict::Refused(refusal) => format!("{change} · {}", view.i18n.localize(refusal)),
    }
}

pub(super) fn preview_ui(ui: &mut Ui, view: &ViewContext<'_>, line: &PreviewLine) {
    let (icon, color) = match &line.verdict {
        // A tick would look like done.
        Verdict::Allowed => (icons::FORWARD, view.colors.accent),
        Verdict::Unchanged => (icons::MINUS, view.colors.muted),
        Verdict::Refused(_) => (icons::WARNING, view.colors.warning),
    };
    let text = preview_text(view, line);
    ui.horizontal_top(|ui| {
        ui.add_space(42.0);
        icon_ui(ui, icon, size::SMALL, color);
        // A long reason wraps below its own first line.
        ui.vertical(|ui| ui.add(Label::new(small(text).color(view.colors.muted)).wrap()));
    });
}
