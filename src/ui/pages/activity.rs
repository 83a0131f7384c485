//! The log of changes: time, origin, old and new value, and outcome.

use egui::{Color32, ScrollArea, TextEdit, Ui};

use super::message_ui;
use crate::accounts::{AccountsReversal, EntryId, JournalEntry};
use crate::engine::{Origin, Outcome, Record, UndoStatus};
use crate::home::{Field, FieldGroup, Write, check_request};
use crate::ui::intent::{AppIntent, CodeRequest, UiIntent};
use crate::ui::theme::tokens::{measure, size, space};
use crate::ui::theme::{heading, icons, regular, small};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    Offer, at_the_right, button_or_why_ui, code_menu_ui, follow_focus, icon_ui, quiet_button_ui, segmented_ui,
};

const ROW: f32 = 60.0;
/// Height of a row whose change takes two lines, in a narrow window.
const TALL_ROW: f32 = 80.0;

/// The filter by origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Whose {
    #[default]
    Everybody,
    Ours,
    Others,
}

/// The state of the page.
#[derive(Debug, Default)]
pub struct ActivityState {
    search: String,
    whose: Whose,
    /// True to give the search field the focus.
    pub wants_focus: bool,
}

/// Draws the page.
pub(in crate::ui) fn activity_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ActivityState) {
    let narrow = ui.available_width() < measure::NARROW;
    let whose_ui = |ui: &mut Ui, view: &ViewContext<'_>, state: &mut ActivityState| {
        let whose = [
            (Whose::Everybody, view.text("activity-everybody")),
            (Whose::Ours, view.text("activity-ours")),
            (Whose::Others, view.text("activity-others")),
        ];
        if let Some(picked) = segmented_ui(ui, &view.text("activity-whose"), Some(&state.whose), &whose) {
            state.whose = picked;
        }
    };
    ui.horizontal(|ui| {
        ui.label(heading(view.text("activity")));
        ui.add_space(if narrow { 0.0 } else { space::L });
        search_ui(ui, view, state);
        if !narrow {
            whose_ui(ui, view, state);
        }
    });
    if narrow {
        ui.horizontal(|ui| whose_ui(ui, view, state));
    }
    ui.add_space(space::S);
    let snapshot = view.snapshot;
    if snapshot.records().next().is_none() {
        message_ui(ui, view, icons::ACTIVITY, "activity-empty", "activity-empty-about");
        return;
    }
    let standings = snapshot.standings();
    let standing = |entry: &JournalEntry<'_>| standings.get(&entry.id()).copied().unwrap_or(UndoStatus::Nothing);
    let words: Vec<String> = state.search.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let found: Vec<JournalEntry<'_>> = snapshot
        .records()
        .filter(|entry| match state.whose {
            Whose::Everybody => true,
            Whose::Ours => entry.record.origin.is_us(),
            Whose::Others => !entry.record.origin.is_us(),
        })
        .filter(|entry| {
            words.is_empty() || {
                let record = entry.record;
                let field = view.i18n.localize(&record.slot.field);
                let (change, details) = (change_text(view, record), details_text(view, record, standing(entry)));
                let text = format!("{change} {field} {details}").to_lowercase();
                words.iter().all(|word| text.contains(word))
            }
        })
        .collect();
    if found.is_empty() {
        message_ui(ui, view, icons::SEARCH, "activity-none", "activity-none-about");
        return;
    }
    let height = if narrow { TALL_ROW } else { ROW };
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, height, found.len(), |ui, rows| {
        for entry in found.get(rows).unwrap_or_default() {
            ui.push_id(entry.id(), |ui| row_ui(ui, view, *entry, standing(entry), height));
        }
        follow_focus(ui);
    });
}

fn search_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ActivityState) {
    ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
    let edit = TextEdit::singleline(&mut state.search)
        .hint_text(format!("{} {}", icons::SEARCH, view.i18n.text("activity-search")))
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(220.0);
    let response = ui.add(edit).accessible_name(view.text("activity-search"));
    if std::mem::take(&mut state.wants_focus) {
        response.request_focus();
    }
    if !state.search.is_empty() && quiet_button_ui(ui, icons::CLOSE, &view.text("activity-clear")).clicked() {
        state.search.clear();
    }
}

/// A change as text: `Hallway: 20.0 °C → 21.5 °C`.
pub(in crate::ui) fn change_text(view: &ViewContext<'_>, record: &Record) -> String {
    let from = match &record.undo {
        Some(write) => Some(view.value(write)),
        None => record.from.clone(),
    };
    let to = match &record.write {
        Some(write) => view.value(write),
        None => record.to.clone(),
    };
    let device = view.i18n.disambiguate(view.snapshot, &record.slot.node, &record.name);
    let is_cancelled = record.write.as_ref().is_some_and(Write::is_cancelled_arrival);
    view.i18n.change(&device, record.slot.field, from.as_deref(), &to, is_cancelled)
}

/// The outcome of a change as text, with its colour.
pub(in crate::ui) fn outcome_text(view: &ViewContext<'_>, outcome: &Outcome) -> (Color32, String) {
    let colors = view.colors;
    match outcome {
        Outcome::Done => (colors.muted, view.text("outcome-done")),
        Outcome::Accepted => (colors.muted, view.text("outcome-accepted")),
        Outcome::Refused(why) => {
            (colors.alarm, view.i18n.format("outcome-refused", [("why", view.i18n.localize(why).into())]))
        }
        Outcome::Unconfirmed => (colors.warning, view.text("outcome-unconfirmed")),
        Outcome::MayHaveArrived(why) => {
            (colors.warning, view.i18n.format("outcome-may-have-arrived", [("why", view.i18n.localize(why).into())]))
        }
        Outcome::Expired => (colors.warning, view.text("outcome-expired")),
        Outcome::Discarded => (colors.muted, view.text("outcome-discarded")),
    }
}

fn who_text(view: &ViewContext<'_>, origin: Origin) -> String {
    view.text(match origin {
        Origin::Window => "who-window",
        Origin::Tray => "who-tray",
        Origin::Cli => "who-cli",
        Origin::Bridge => "who-bridge",
        Origin::Rule => "who-rule",
        Origin::Elsewhere => "who-elsewhere",
        Origin::AfterAway => "who-after-away",
        Origin::AfterHome => "who-after-home",
    })
}

/// Time, origin, batch, outcome and undo status of a change, as text.
fn details_text(view: &ViewContext<'_>, record: &Record, standing: UndoStatus) -> String {
    let origin = who_text(view, record.origin);
    let mut parts = vec![view.clock(record.at), origin];
    parts.extend(record.batch.as_ref().map(|batch| batch.name.clone()));
    parts.extend(record.undoes.map(|_| view.text("change-undone")));
    parts.push(outcome_text(view, &record.outcome).1);
    match standing {
        UndoStatus::Undone => parts.push(view.text("standing-undone")),
        UndoStatus::Superseded => parts.push(view.text("standing-superseded")),
        UndoStatus::Stands | UndoStatus::Undid | UndoStatus::Nothing => {}
    }
    parts.join(" · ")
}

/// The intent that undoes a recent change.
pub(in crate::ui) fn undo_intent(id: EntryId, record: &Record) -> Option<AppIntent> {
    let undoable = record.origin.is_us() && record.outcome.may_stand() && record.undo.is_some();
    undoable.then(|| AppIntent::Reverse(AccountsReversal::of_record(id)))
}

/// The write of a failed change, if a retry can help: `None` if the rules refuse it or the home shows its value
/// already.
pub(in crate::ui) fn retry_of<'a>(view: &ViewContext<'_>, record: &'a Record) -> Option<&'a Write> {
    let failed = match record.outcome {
        Outcome::Refused(_) | Outcome::Unconfirmed | Outcome::MayHaveArrived(_) | Outcome::Expired => {
            record.origin.is_us()
        }
        Outcome::Done | Outcome::Accepted | Outcome::Discarded => false,
    };
    let home = &view.snapshot.shown;
    let write = record.write.as_ref().filter(|write| failed && !write.is_shown_by(home))?;
    check_request(home, write, view.now).is_ok().then_some(write)
}

fn row_ui(ui: &mut Ui, view: &mut ViewContext<'_>, entry: JournalEntry<'_>, standing: UndoStatus, row: f32) {
    let height = row - ui.spacing().item_spacing.y;
    ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
        ui.set_min_height(height);
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.add_space(space::M);
                let icon = field_icon(entry.record.slot.field);
                icon_ui(ui, icon, size::ICON, view.colors.muted);
            });
            ui.add_space(space::XS);
            ui.vertical(|ui| line_ui(ui, view, entry, standing));
        });
        let line = egui::Stroke::new(1.0, view.colors.line);
        ui.painter().hline(ui.max_rect().x_range(), ui.max_rect().bottom(), line);
    });
}

/// Draws a text on at most two lines.
fn two_lines_ui(ui: &mut Ui, text: &str, color: Color32) {
    let mut job = egui::text::LayoutJob::simple(text.to_owned(), regular(size::BODY), color, ui.available_width());
    job.wrap.max_rows = 2;
    ui.label(job);
}

/// The icon for a kind of value.
fn field_icon(field: Field) -> &'static str {
    match field.group() {
        FieldGroup::Home => icons::HOME,
        FieldGroup::Arrival => icons::CLOCK,
        FieldGroup::Settings => icons::PENCIL,
        FieldGroup::Climate => icons::FLAME,
        FieldGroup::Fan => icons::FAN,
        FieldGroup::Camera => icons::CAMERA,
    }
}

/// Draws a change with its actions.
pub(super) fn line_ui(ui: &mut Ui, view: &mut ViewContext<'_>, entry: JournalEntry<'_>, standing: UndoStatus) {
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
        + offer.as_ref().map_or(0.0, |(label, ..)| {
            let galley = ui.painter().layout_no_wrap(view.text(label), regular(size::BODY), view.colors.text);
            galley.size().x + 2.0 * ui.spacing().button_padding.x + space::L
        });
    let line = ui.horizontal(|ui| {
        let width = (ui.available_width() - room).max(80.0);
        ui.allocate_ui(egui::vec2(width, size::SMALL * 3.0), |ui| {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                two_lines_ui(ui, &change, view.colors.text);
                ui.add(egui::Label::new(small(details).color(color)).truncate());
            });
        });
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
    code_menu_ui(ui, view, line.response.rect, entry.id(), |view| {
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
