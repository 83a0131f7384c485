//! The rows of the palette for a text.

use crate::accounts::AccountsReversal;
use crate::accounts::settings::Appearance;
use crate::command::{
    Detail, Many, ParseError, TimedCommand, complete, find, held_thermostats, parse_in, present_setpoint, split_hold,
    translate,
};
use crate::home::{DeviceId, DeviceTree, HoldEnd, Node, PreviewLine, Verdict, Write, name_order, preview};
use crate::presets::{Presets, Starter, suggestions};
use crate::ui::action::Action;
use crate::ui::intent::{Page, Preference};
use crate::ui::keys::shortcut_text;
use crate::ui::pages::{change_text, hold_end_text};
use crate::ui::theme::icons;
use crate::ui::view::ViewContext;

/// Most rows; a longer list would not be read.
const MOST: usize = 40;

/// A row of the palette.
#[derive(Debug, Clone)]
pub(super) struct PaletteRow {
    pub(super) icon: &'static str,
    pub(super) title: String,
    /// The name that a search compares, if it is not the title.
    pub(super) searched: Option<String>,
    pub(super) detail: String,
    /// The shortcut, if there is one.
    pub(super) keys: Option<String>,
    /// The preview of its writes.
    pub(super) preview: Vec<PreviewLine>,
    pub(super) does: Does,
}

impl PaletteRow {
    /// The name that a search compares.
    fn name(&self) -> &str {
        self.searched.as_deref().unwrap_or(&self.title)
    }

    /// The accessible name.
    pub(super) fn accessible_name(&self) -> String {
        if self.detail.is_empty() { self.title.clone() } else { format!("{}, {}", self.title, self.detail) }
    }
}

/// The effect of picking a row.
#[derive(Debug, Clone)]
pub(super) enum Does {
    /// Requests writes.
    Write(Vec<Write>),
    /// Requests set points and holds them until an end.
    Hold(Vec<Write>, HoldEnd),
    /// Replaces the typed text.
    Complete(String),
    /// Runs an action.
    Act(Action),
    /// Applies a preset.
    Apply(String, Vec<Write>),
    /// Shows a page.
    Open(Page),
    /// Changes a preference.
    Prefer(Preference),
}

/// The rows for a text, and the reason why the text is no command, if there are no rows.
pub(super) fn rows(view: &ViewContext<'_>, presets: &Presets, text: &str) -> (Vec<PaletteRow>, Option<String>) {
    let typed = text.trim();
    let home = &view.snapshot.shown;
    let mut rows = Vec::new();
    let mut remark = None;
    // The words of the user's language, and those of a preset without the words around its name.
    let translated = translate(typed, &view.text("command-words"));
    let named = translate(typed, &view.text("command-fillers"));
    if !typed.is_empty() {
        let read = |text: &str| parse_in(home, text, view.now, view.i18n.scale());
        let parsed = match (read(typed), &translated) {
            (Err(why), Some(translated)) => read(translated).map_err(|_in_english| why),
            (parsed, _) => parsed,
        };
        let hold = || translated.as_deref().into_iter().chain([typed]).find_map(|text| hold_of(view, text));
        match parsed {
            Ok(writes) if !writes.is_empty() => rows.push(understood(view, home, typed, writes)),
            Ok(_) => {}
            Err(why) => match hold() {
                Some(Ok((writes, ends))) => rows.push(understood_hold(view, typed, writes, ends)),
                Some(Err(why)) => remark = Some(view.i18n.localize(&why)),
                None => remark = Some(view.i18n.localize(&why)),
            },
        }
        rows.extend(complete(home, text, view.i18n.scale()).into_iter().map(|completion| PaletteRow {
            icon: icons::FORWARD,
            title: completion.title,
            searched: None,
            detail: detail(view, &completion.detail),
            keys: None,
            preview: Vec::new(),
            does: Does::Complete(completion.text),
        }));
    }
    let is_named =
        |row: &PaletteRow| named.as_ref().is_some_and(|named| closeness(row.name(), named) == Closeness::Exact);
    let mut found: Vec<PaletteRow> =
        preset_rows(view, presets).chain(level_rows(view)).filter(|row| fits(row, typed) || is_named(row)).collect();
    if !typed.is_empty() {
        let is_typed = |name: &str| {
            let has_name = |text: &str| closeness(name, text) == Closeness::Exact;
            has_name(typed) || named.as_deref().is_some_and(has_name)
        };
        found.extend(suggested_rows(view, presets, is_typed));
    }
    found.extend(action_rows(view).filter(|row| fits(row, typed)));
    if !typed.is_empty() {
        found.extend(other_rows(view).filter(|row| fits(row, typed)));
    }
    let mut pages: Vec<PaletteRow> = page_rows(view, home).filter(|row| fits(row, typed)).collect();
    pages.sort_by(|one, other| name_order(one.name(), other.name()));
    found.extend(pages);
    if !typed.is_empty() {
        found.sort_by_key(|row| closeness(row.name(), typed));
    }
    // Completions of the text come before what it finds, unless it names something exactly. A preset with the name
    // of a device must not be what Enter does.
    let has_others = !rows.is_empty();
    let (mut exact, found): (Vec<_>, Vec<_>) = found.into_iter().partition(|row| {
        let is_preset = matches!(row.does, Does::Apply(..));
        let is_exact = closeness(row.name(), typed) == Closeness::Exact || is_preset && is_named(row);
        is_exact && !(is_preset && has_others)
    });
    exact.sort_by_key(|row| matches!(row.does, Does::Apply(..)));
    let at = rows.iter().take_while(|row| matches!(row.does, Does::Write(_) | Does::Hold(..))).count();
    rows.splice(at..at, exact);
    rows.extend(found);
    rows.truncate(MOST);
    // While a row matches, the text may be an unfinished command, so show no error.
    let remark = remark.filter(|_| rows.is_empty());
    (rows, remark)
}

fn detail(view: &ViewContext<'_>, detail: &Detail) -> String {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let counted = |id: &str, count: usize| view.i18n.format(id, [("count", number(count).into())]);
    match detail {
        Detail::Nothing => String::new(),
        Detail::Now(write) => view.i18n.format("detail-now", [("value", view.value(write).into())]),
        Detail::For(minutes) => view.i18n.format("detail-for", [("time", view.i18n.minutes(*minutes).into())]),
        Detail::Count(Many::Homes, count) => counted("detail-homes", *count),
        Detail::Count(Many::Thermostats, count) => counted("detail-thermostats", *count),
        Detail::Count(Many::Fans, count) => counted("detail-fans", *count),
        Detail::Count(Many::Cameras, count) => counted("detail-cameras", *count),
        Detail::Arrival => view.text("detail-arrival"),
        Detail::NoArrival => view.text("detail-no-arrival"),
        Detail::NewName => view.text("detail-new-name"),
    }
}

fn understood(view: &ViewContext<'_>, home: &DeviceTree, typed: &str, writes: Vec<Write>) -> PaletteRow {
    let lines = preview(home, &writes, view.now);
    let detail = effect_text(view, &lines);
    PaletteRow {
        icon: icons::CHECK,
        title: typed.to_owned(),
        searched: None,
        detail,
        keys: Some("⏎".to_owned()),
        preview: lines,
        does: Does::Write(writes),
    }
}

/// A command with the end of a hold: `hallway 21 until 22:00`, or `hallway until 22:00` for the present value. `None`
/// of a text without an end.
fn hold_of(view: &ViewContext<'_>, text: &str) -> Option<Result<(Vec<Write>, HoldEnd), ParseError>> {
    let home = &view.snapshot.shown;
    let TimedCommand { command, ends } = split_hold(text, &view.now.to_zoned(view.zone.clone()))?;
    let present = || match find(home, command).ok()?.node {
        Node::Thermostat(id) => present_setpoint(home, &id),
        Node::Structure(_) | Node::Camera(_) => None,
    };
    let writes = match (parse_in(home, command, view.now, view.i18n.scale()), present()) {
        (Ok(writes), _) => writes,
        (Err(_), Some(write)) => vec![write],
        (Err(why), None) => return Some(Err(why)),
    };
    let ends = match (held_thermostats(&writes), ends) {
        (Err(why), _) | (Ok(_), Err(why)) => return Some(Err(why)),
        (Ok(held), Ok(ends)) => {
            let without = |id: &&DeviceId| !view.automation.in_force.contains_key(*id);
            if ends == HoldEnd::NextStart
                && let Some(id) = held.iter().find(without)
            {
                let name = Node::Thermostat(id.clone()).name(home).to_owned();
                return Some(Err(ParseError::NoNextStart { name }));
            }
            ends
        }
    };
    Some(Ok((writes, ends)))
}

fn understood_hold(view: &ViewContext<'_>, typed: &str, writes: Vec<Write>, ends: HoldEnd) -> PaletteRow {
    let PaletteRow { detail, preview, .. } = understood(view, &view.snapshot.shown, typed, writes.clone());
    let end = view.i18n.format("palette-held", [("end", hold_end_text(view, ends, None).into())]);
    PaletteRow {
        icon: icons::CLOCK,
        title: typed.to_owned(),
        searched: None,
        detail: format!("{detail} · {end}"),
        keys: Some("⏎".to_owned()),
        preview,
        does: Does::Hold(writes, ends),
    }
}

/// The number of changes and of those that are refused, in the words of the result of a batch.
pub(super) fn effect_text(view: &ViewContext<'_>, lines: &[PreviewLine]) -> String {
    let count = |is_of: fn(&Verdict) -> bool| {
        let count = lines.iter().filter(|line| is_of(&line.verdict)).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    };
    let changes = count(|verdict| *verdict == Verdict::Allowed);
    let refused = count(|verdict| matches!(verdict, Verdict::Refused(_)));
    let changes = view.i18n.format("palette-sets", [("count", changes.into())]);
    if refused == 0 {
        return changes;
    }
    format!("{changes} · {}", view.i18n.format("palette-refused", [("count", refused.into())]))
}

fn action_rows<'a>(view: &'a ViewContext<'_>) -> impl Iterator<Item = PaletteRow> + 'a {
    let shown = Action::ALL.into_iter().filter(|action| *action != Action::Palette && action.is_offered(view));
    shown.map(|action| {
        let detail = match action {
            Action::Undo => view.snapshot.next_undo().and_then(|undo| describe(view, &undo)),
            Action::Redo => view.snapshot.next_redo().and_then(|redo| describe(view, &redo)),
            Action::Palette
            | Action::Help
            | Action::Back
            | Action::Overview
            | Action::Activity
            | Action::Search
            | Action::Energy
            | Action::Schedule
            | Action::Rules
            | Action::Presets
            | Action::Console
            | Action::Simulator
            | Action::Explorer
            | Action::Settings
            | Action::NextHome
            | Action::LargerText
            | Action::SmallerText
            | Action::UsualText
            | Action::Reconnect
            | Action::CloseWindow
            | Action::Quit => None,
        };
        PaletteRow {
            icon: action.icon(),
            title: view.text(action.text()),
            searched: None,
            detail: detail.unwrap_or_default(),
            keys: Some(shortcut_text(view.i18n, action)),
            preview: Vec::new(),
            does: Does::Act(action),
        }
    })
}

/// The change that an undo or redo reverts, as text.
fn describe(view: &ViewContext<'_>, reversal: &AccountsReversal) -> Option<String> {
    let record = view.snapshot.reversed_records(reversal).into_iter().next()?.record;
    let batch = record.batch.as_ref().filter(|_| reversal.is_of_batch());
    Some(batch.map_or_else(|| change_text(view, record), |batch| batch.name.clone()))
}

fn preset_rows<'a>(view: &'a ViewContext<'_>, presets: &'a Presets) -> impl Iterator<Item = PaletteRow> + 'a {
    presets.list().iter().map(|preset| preset_row(view, &preset.name, preset.writes.clone()))
}

/// A row for each comfort level, which puts all thermostats on it.
fn level_rows(view: &ViewContext<'_>) -> impl Iterator<Item = PaletteRow> {
    let detail = view.text("palette-level");
    let row = move |(name, writes)| PaletteRow {
        icon: icons::CALENDAR,
        title: String::clone(&name),
        searched: None,
        detail: detail.clone(),
        keys: None,
        preview: Vec::new(),
        does: Does::Apply(name, writes),
    };
    view.levels().into_iter().map(row)
}

fn preset_row(view: &ViewContext<'_>, name: &str, writes: Vec<Write>) -> PaletteRow {
    PaletteRow {
        icon: icons::PRESET,
        title: name.to_owned(),
        searched: None,
        detail: view.text("palette-preset"),
        keys: None,
        preview: Vec::new(),
        does: Does::Apply(name.to_owned(), writes),
    }
}

/// The suggested presets that a text names, unless the user has made one of that name.
fn suggested_rows(view: &ViewContext<'_>, presets: &Presets, is_named: impl Fn(&str) -> bool) -> Vec<PaletteRow> {
    let is_new = |starter: &Starter| {
        let name = view.i18n.localize(starter);
        is_named(&name) && presets.find(&name).is_none()
    };
    // Each suggestion looks at the whole home, so the names come first.
    if !Starter::ALL.iter().any(is_new) {
        return Vec::new();
    }
    let suggested = suggestions(&view.snapshot.shown, view.now).into_iter().filter(|offer| is_new(&offer.starter));
    suggested.map(|offer| preset_row(view, &view.i18n.localize(&offer.starter), offer.writes)).collect()
}

fn page_rows<'a>(view: &'a ViewContext<'_>, home: &'a DeviceTree) -> impl Iterator<Item = PaletteRow> + 'a {
    let row = |icon, name: String, kind: &str, page| PaletteRow {
        icon,
        title: view.i18n.format("palette-open", [("name", name.as_str().into())]),
        searched: Some(name),
        detail: view.text(kind),
        keys: None,
        preview: Vec::new(),
        does: Does::Open(page),
    };
    let named = crate::command::names(home).into_iter().map(move |named| {
        let (icon, kind) = match &named.node {
            Node::Structure(_) => (icons::HOME, "structure"),
            Node::Thermostat(_) => (icons::FLAME, "thermostat"),
            Node::Camera(_) => (icons::CAMERA, "camera"),
        };
        row(icon, named.name, kind, Page::of(&named.node))
    });
    let protects = home.protects.iter().map(move |(id, protect)| {
        let name = view.name_or(protect.name.as_deref(), "protect");
        row(icons::SHIELD, name, "protect", Page::Protect(id.clone()))
    });
    named.chain(protects)
}

/// The closeness of a name to a typed text, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    Exact,
    Begins,
    Contains,
}

fn closeness(name: &str, typed: &str) -> Closeness {
    let (name, typed) = (name.to_lowercase(), typed.to_lowercase());
    if name == typed {
        Closeness::Exact
    } else if name.starts_with(&typed) {
        Closeness::Begins
    } else {
        Closeness::Contains
    }
}

/// Rows for what people type without knowing the words of the program: the look, and the way to sign in.
fn other_rows<'a>(view: &'a ViewContext<'_>) -> impl Iterator<Item = PaletteRow> + 'a {
    let row = |icon, id: &str, does| PaletteRow {
        icon,
        title: view.text(id),
        searched: None,
        detail: String::new(),
        keys: None,
        preview: Vec::new(),
        does,
    };
    let look = |appearance| Does::Prefer(Preference::Appearance(appearance));
    [
        row(icons::PENCIL, "palette-dark", look(Appearance::Dark)),
        row(icons::PENCIL, "palette-light", look(Appearance::Light)),
        row(icons::PENCIL, "palette-system", look(Appearance::System)),
        row(icons::HOME, "palette-sign-in", Does::Open(Page::Connect)),
    ]
    .into_iter()
}

/// True if every typed word begins a word of the row.
fn fits(row: &PaletteRow, typed: &str) -> bool {
    let title = row.title.to_lowercase();
    typed.to_lowercase().split_whitespace().all(|word| title.split_whitespace().any(|known| known.starts_with(word)))
}
