//! The activity: changes that wait, changes with their outcome, alarms, and events of cameras.

mod filter;
mod past;
mod row;
mod skipped;
mod text;

use egui::{Align, Layout, ScrollArea, TextEdit, Ui, vec2};
use jiff::Timestamp;
use jiff::civil::Date;

use super::message_ui;
use crate::accounts::{AccountsView, EntryId, JournalEntry};
use crate::automation::driver::AutomationView;
use crate::automation::rule::RuleRun;
use crate::automation::run::{Run, RunId};
use crate::engine::{HomeEvent, UndoStatus, WriteState};
use crate::history::{Change, PeriodKind};
use crate::home::Slot;
use crate::ui::chart::{ChartSpan, span_title};
use crate::ui::theme::tokens::{measure, space};
use crate::ui::theme::{heading, icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{follow_focus, page_heading_ui, quiet_button_ui, section_heading};
use filter::TimeLineFilter;
use past::{PastChanges, change_words, is_shown, past_row_ui, shown_keys};
pub(in crate::ui) use past::{own_past_text, who as who_of};
pub(super) use row::{LinePlace, device_events_ui, line_ui};
use row::{event_row_ui, row_ui, waiting_ui};
use skipped::{is_told, rule_row_ui, skipped_row_ui};
pub(in crate::ui) use text::{change_text, outcome_line, own_change_text, retry_of, undo_intent, who_text};
use text::{details_text, event_title, outcome_text, waiting_text};
pub(super) use text::{event_details, event_word};

const ROW: f32 = 60.0;
/// Height of a row whose change takes two lines, in a narrow window.
const TALL_ROW: f32 = 80.0;

/// A row of the page.
#[derive(Debug, Clone, Copy)]
enum Entry<'a> {
    /// A change that is not sent or not confirmed yet.
    Waiting(&'a Slot, &'a WriteState),
    Change(JournalEntry<'a>),
    Event(EntryId, &'a HomeEvent),
    /// A change of the history, or a run of the equipment.
    Past(&'a Change),
    /// An occasion on which a schedule or a hold did nothing.
    Skipped(RunId, &'a Run),
    /// An occasion of a rule.
    Rule(RunId, &'a RuleRun),
}

impl Entry<'_> {
    /// The time of what happened; the future for a change that waits.
    fn at(&self) -> Timestamp {
        match self {
            Self::Waiting(..) => Timestamp::MAX,
            Self::Change(entry) => entry.record.at,
            Self::Event(_, event) => event.at,
            Self::Past(change) => change.at,
            Self::Skipped(_, run) => run.at,
            Self::Rule(_, run) => run.at,
        }
    }
}

/// The state of the page.
#[derive(Default)]
pub struct ActivityState {
    past: PastChanges,
    search: String,
    filter: TimeLineFilter,
    /// True to give the search field the focus.
    pub wants_focus: bool,
}

/// The changes that wait, and then everything that happened, newest first. `past` begins with the newest.
fn entries<'a>(
    snapshot: &'a AccountsView,
    automation: &'a AutomationView,
    past: &'a [Change],
) -> impl Iterator<Item = Entry<'a>> {
    let waiting =
        snapshot.writes().filter(|(_, state)| state.is_open()).map(|(slot, state)| Entry::Waiting(slot, state));
    let shown = shown_keys(snapshot);
    let records: Vec<Entry<'a>> = snapshot.records().map(Entry::Change).collect();
    let events = snapshot.events().map(|(id, event)| Entry::Event(id, event));
    let past = past.iter().filter(|change| !is_shown(&shown, change)).map(Entry::Past);
    let skipped = automation.runs.iter().filter(|(_, run)| is_told(run)).map(|(id, run)| Entry::Skipped(*id, run));
    let of_rules = automation.rule_runs.iter().map(|(id, run)| Entry::Rule(*id, run));
    let happened = records.into_iter().chain(events).chain(past).chain(skipped).chain(of_rules);
    let mut happened: Vec<Entry<'a>> = happened.collect();
    // Each list is in order already, which this sort makes use of.
    happened.sort_by_key(|entry| std::cmp::Reverse(entry.at()));
    waiting.chain(happened)
}

/// Draws the page.
pub(in crate::ui) fn activity_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ActivityState) {
    let narrow = ui.available_width() < measure::NARROW;
    let is_one_row = ui.available_width() >= ONE_ROW;
    let snapshot = view.snapshot;
    let past = state.past.get_or_read(ui.ctx(), (snapshot, view.now), view.curves, state.filter.node.as_ref());
    ui.horizontal(|ui| {
        page_heading_ui(ui, view, heading(view.text("activity")));
        ui.add_space(if narrow { 0.0 } else { space::L });
        search_ui(ui, view, state);
        if is_one_row {
            state.filter.ui(ui, view, &past);
        }
    });
    if !is_one_row {
        ui.horizontal_wrapped(|ui| state.filter.ui(ui, view, &past));
    }
    ui.add_space(space::S);
    if let Some(failed) = &state.past.failed {
        let words = view.i18n.format("chart-failed", [("reason", view.i18n.localize(failed).into())]);
        ui.label(small(words).color(view.colors.warning));
    }
    if entries(snapshot, view.automation, &past).next().is_none() {
        message_ui(ui, view, icons::ACTIVITY, "activity-empty", "activity-empty-about");
        return;
    }
    let standings = snapshot.standings();
    let standing = |entry: &JournalEntry<'_>| standings.get(&entry.id()).copied().unwrap_or(UndoStatus::Nothing);
    let words: Vec<String> = state.search.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let is_found = |entry: &Entry<'_>| {
        words.is_empty() || {
            let text = entry_text(view, entry, standing);
            let text = text.to_lowercase();
            words.iter().all(|word| text.contains(word))
        }
    };
    let found: Vec<Entry<'_>> =
        entries(snapshot, view.automation, &past).filter(|entry| state.filter.has(entry) && is_found(entry)).collect();
    if found.is_empty() {
        message_ui(ui, view, icons::SEARCH, "activity-none", "activity-none-about");
        return;
    }
    let rows = by_day(view, &found);
    let height = if narrow { TALL_ROW } else { ROW };
    let more = usize::from(state.past.has_more());
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, height, rows.len() + more, |ui, shown| {
        ui.set_max_width(ui.available_width() - measure::BAR);
        if shown.end > rows.len() {
            // The list goes on where the user scrolls to its end.
            state.past.read_more();
        }
        for row in rows.get(shown.start..shown.end.min(rows.len())).unwrap_or_default() {
            let entry = match row {
                TimeLineRow::Day(date) => {
                    day_ui(ui, view, *date, height);
                    continue;
                }
                TimeLineRow::Entry(entry) => entry,
            };
            match *entry {
                Entry::Waiting(slot, state) => {
                    ui.push_id(slot, |ui| waiting_ui(ui, view, slot, state, height));
                }
                Entry::Change(entry) => {
                    ui.push_id(entry.id(), |ui| row_ui(ui, view, entry, standing(&entry), height));
                }
                Entry::Event(id, event) => {
                    ui.push_id(("event", id), |ui| event_row_ui(ui, view, event, height));
                }
                Entry::Skipped(id, run) => {
                    ui.push_id(("skipped", id), |ui| skipped_row_ui(ui, view, run, height));
                }
                Entry::Rule(id, run) => {
                    ui.push_id(("rule", id), |ui| rule_row_ui(ui, view, run, height));
                }
                Entry::Past(change) => {
                    let id = ("past", &change.node, change.at.as_millisecond(), change.kind.word());
                    ui.push_id(id, |ui| past_row_ui(ui, view, change, height));
                }
            }
        }
        follow_focus(ui);
    });
}

/// The words of an entry, which a search looks at.
fn entry_text<'a>(
    view: &ViewContext<'_>,
    entry: &Entry<'a>,
    standing: impl Fn(&JournalEntry<'a>) -> UndoStatus,
) -> String {
    match entry {
        Entry::Waiting(slot, state) => waiting_text(view, slot, state),
        Entry::Change(entry) => {
            let record = entry.record;
            let field = view.i18n.localize(&record.slot.field);
            let (change, details) = (change_text(view, record), details_text(view, record, standing(entry)));
            let (who, outcome) = (who_text(view, record.origin), outcome_text(view, &record.outcome).1);
            format!("{change} {field} {details} {who} {outcome}")
        }
        Entry::Event(_, event) => format!("{} {}", event_title(view, event), event_details(view, event)),
        Entry::Past(change) => {
            let (title, details) = change_words(view, change);
            format!("{title} {details}")
        }
        Entry::Skipped(_, run) => {
            let (title, details) = skipped::words(view, run);
            format!("{title} {details}")
        }
        Entry::Rule(_, run) => {
            let (title, details) = skipped::rule_words(view, run);
            format!("{title} {details}")
        }
    }
}

/// A row of the list.
enum TimeLineRow<'a> {
    /// The day of the entries below.
    Day(Date),
    Entry(Entry<'a>),
}

/// The entries with a heading above those of each day. Those that wait have none.
fn by_day<'a>(view: &ViewContext<'_>, found: &[Entry<'a>]) -> Vec<TimeLineRow<'a>> {
    let mut rows = Vec::with_capacity(found.len());
    // The list begins with the present day, which needs no heading.
    let mut last = Some(view.now.to_zoned(view.zone.clone()).date());
    for entry in found {
        if !matches!(entry, Entry::Waiting(..)) {
            let date = entry.at().to_zoned(view.zone.clone()).date();
            if last.replace(date) != Some(date) {
                rows.push(TimeLineRow::Day(date));
            }
        }
        rows.push(TimeLineRow::Entry(*entry));
    }
    rows
}

/// Draws the heading of a day.
fn day_ui(ui: &mut Ui, view: &ViewContext<'_>, date: Date, height: f32) {
    let words = span_title(view.i18n, ChartSpan::Period(PeriodKind::Day, date), view.now.as_second(), view.zone);
    let area = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(area, Layout::bottom_up(Align::Min), |ui| {
        ui.set_min_size(area);
        ui.add_space(space::S);
        let heading = ui.label(title(&words));
        section_heading(ui, &heading, &words);
    });
}

/// Width from which on the filters stand beside the search, in points.
const ONE_ROW: f32 = 960.0;

fn search_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ActivityState) {
    ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
    let width = (ui.available_width() - measure::CONTROL - 3.0 * space::S).clamp(80.0, 220.0);
    let edit = TextEdit::singleline(&mut state.search)
        .hint_text(view.text("activity-search"))
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(width);
    let response = ui.add(edit).accessible_name(view.text("activity-search"));
    if std::mem::take(&mut state.wants_focus) {
        response.request_focus();
    }
    if state.search.is_empty() {
        // The filters beside the search keep their place.
        ui.add_space(measure::CONTROL + ui.spacing().item_spacing.x);
    } else {
        ui.allocate_ui(egui::Vec2::splat(measure::CONTROL), |ui| {
            if quiet_button_ui(ui, icons::CLOSE, &view.text("activity-clear")).clicked() {
                state.search.clear();
            }
        });
    }
}
