//! The filter of the time line: by kind, by who caused it, and by device.

use egui::Ui;

use super::Entry;
use super::skipped::cause_of_run;
use crate::accounts::AccountsView;
use crate::accounts::cause_of;
use crate::history::{Change, ChangeCause, ChangeKind};
use crate::home::{FieldGroup, Node};
use crate::ui::view::ViewContext;
use crate::ui::widgets::choice_ui;

/// The filter of the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct TimeLineFilter {
    kind: EntryKind,
    cause: EntryCause,
    /// The id of the device or home; `None` for all of them.
    pub(super) node: Option<String>,
}

/// A kind of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum EntryKind {
    #[default]
    All,
    /// Values that were set.
    Changes,
    /// Home and away, and announced arrivals.
    Presence,
    /// Runs of heating and cooling.
    Runs,
    Offline,
    /// Smoke and carbon monoxide.
    Alarms,
    /// Events of cameras.
    Cameras,
}

impl EntryKind {
    const ALL: [Self; 7] =
        [Self::All, Self::Changes, Self::Presence, Self::Runs, Self::Offline, Self::Alarms, Self::Cameras];

    fn message(self) -> &'static str {
        match self {
            Self::All => "activity-everything",
            Self::Changes => "activity-changes",
            Self::Presence => "activity-presence",
            Self::Runs => "activity-runs",
            Self::Offline => "activity-offline",
            Self::Alarms => "activity-alarms",
            Self::Cameras => "kind-cameras",
        }
    }

    fn of(entry: &Entry<'_>) -> Self {
        let of_group = |group| match group {
            FieldGroup::Home | FieldGroup::Arrival => Self::Presence,
            FieldGroup::Settings | FieldGroup::Climate | FieldGroup::Fan | FieldGroup::Camera => Self::Changes,
        };
        match entry {
            Entry::Waiting(slot, _) => of_group(slot.field.group()),
            Entry::Change(entry) => of_group(entry.record.slot.field.group()),
            Entry::Event(_, event) if event.kind.is_alarm() => Self::Alarms,
            Entry::Event(..) => Self::Cameras,
            Entry::Skipped(..) | Entry::Rule(..) => Self::Changes,
            Entry::Past(change) => match change.kind {
                ChangeKind::Target | ChangeKind::Range | ChangeKind::Mode | ChangeKind::Fan | ChangeKind::Setting => {
                    Self::Changes
                }
                ChangeKind::Presence | ChangeKind::Arrival => Self::Presence,
                ChangeKind::Heating | ChangeKind::Cooling => Self::Runs,
                ChangeKind::Offline => Self::Offline,
                ChangeKind::Smoke | ChangeKind::CarbonMonoxide => Self::Alarms,
                ChangeKind::Person | ChangeKind::Motion | ChangeKind::Sound | ChangeKind::Activity => Self::Cameras,
            },
        }
    }
}

/// A cause of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum EntryCause {
    #[default]
    Any,
    /// This program, wherever it was asked.
    Here,
    Of(ChangeCause),
}

impl EntryCause {
    const ALL: [Self; 11] = [
        Self::Any,
        Self::Here,
        Self::Of(ChangeCause::Window),
        Self::Of(ChangeCause::Tray),
        Self::Of(ChangeCause::Cli),
        Self::Of(ChangeCause::Bridge),
        Self::Of(ChangeCause::Rule),
        Self::Of(ChangeCause::Schedule),
        Self::Of(ChangeCause::Hold),
        Self::Of(ChangeCause::Elsewhere),
        Self::Of(ChangeCause::Presence),
    ];

    fn message(self) -> &'static str {
        match self {
            Self::Any => "activity-anybody",
            Self::Here => "activity-ours",
            Self::Of(ChangeCause::Elsewhere) => "activity-others",
            Self::Of(cause) => super::past::who(cause),
        }
    }

    fn has(self, entry: &Entry<'_>) -> bool {
        let cause = match entry {
            // Only this program has changes that wait.
            Entry::Waiting(..) => return matches!(self, Self::Any | Self::Here),
            Entry::Change(entry) => Some(cause_of(entry.record.origin)),
            Entry::Event(..) => None,
            Entry::Skipped(_, run) => Some(cause_of_run(run)),
            Entry::Rule(..) => Some(ChangeCause::Rule),
            Entry::Past(change) => change.cause,
        };
        match self {
            Self::Any => true,
            Self::Here => cause.is_some_and(ChangeCause::is_here),
            Self::Of(wanted) => cause == Some(wanted),
        }
    }
}

impl TimeLineFilter {
    /// True for the entries that are shown.
    pub(super) fn has(&self, entry: &Entry<'_>) -> bool {
        let is_of = |node: &str| self.node.as_deref().is_none_or(|wanted| wanted == node);
        let of_node = |node: &Node| match node {
            Node::Structure(id) => is_of(id.as_str()),
            Node::Thermostat(id) | Node::Camera(id) => is_of(id.as_str()),
        };
        let is_of_device = match entry {
            Entry::Waiting(slot, _) => of_node(&slot.node),
            Entry::Change(entry) => of_node(&entry.record.slot.node),
            Entry::Event(_, event) => is_of(event.device.as_str()),
            Entry::Skipped(_, run) => is_of(run.thermostat.as_str()),
            Entry::Rule(_, run) => self.node.is_none() || run.writes().any(|(write, _)| of_node(&write.slot().node)),
            Entry::Past(change) => is_of(&change.node),
        };
        let is_of_kind = self.kind == EntryKind::All || self.kind == EntryKind::of(entry);
        is_of_device && is_of_kind && self.cause.has(entry)
    }

    /// Draws the three choices.
    pub(super) fn ui(&mut self, ui: &mut Ui, view: &ViewContext<'_>, past: &[Change]) {
        let name = view.text("activity-kind");
        let title = |kind: &EntryKind| view.text(kind.message());
        self.kind = choice_ui(ui, &name, Some(&self.kind), &EntryKind::ALL, title).unwrap_or(self.kind);
        wrap(ui);
        let name = view.text("activity-whose");
        let title = |cause: &EntryCause| view.text(cause.message());
        self.cause = choice_ui(ui, &name, Some(&self.cause), &EntryCause::ALL, title).unwrap_or(self.cause);
        let nodes = nodes(view, past);
        let ids: Vec<Option<String>> =
            std::iter::once(None).chain(nodes.iter().map(|(id, _)| Some(id.clone()))).collect();
        let title = |node: &Option<String>| {
            let Some(id) = node else { return view.text("activity-devices") };
            nodes.iter().find(|(known, _)| known == id).map_or_else(|| id.clone(), |(_, name)| name.clone())
        };
        wrap(ui);
        let name = view.text("activity-device");
        if let Some(picked) = choice_ui(ui, &name, Some(&self.node), &ids, title) {
            self.node = picked;
        }
    }
}

/// Least width of a list, in points.
const LIST: f32 = 150.0;

/// Begins a line where the next list would not fit, which a wrapping layout does not see.
fn wrap(ui: &mut Ui) {
    if ui.layout().main_wrap() && ui.available_size_before_wrap().x < LIST {
        ui.end_row();
    }
}

/// Most devices of the history that no home has any more and that are a choice.
const MOST_FORMER: usize = 50;

/// The devices and homes with their names: those that are there, and those of which the history tells.
fn nodes(view: &ViewContext<'_>, past: &[Change]) -> Vec<(String, String)> {
    let mut nodes = present_nodes(view, view.snapshot);
    let mut former: Vec<(String, String)> = Vec::new();
    for change in past {
        let is_known = |known: &[(String, String)]| known.iter().any(|(id, _)| *id == change.node);
        if former.len() < MOST_FORMER && !is_known(&nodes) && !is_known(&former) {
            former.push((change.node.clone(), change.name.clone()));
        }
    }
    former.sort_by(|one, other| alphanumeric_sort::compare_str(&one.1, &other.1));
    nodes.extend(former);
    nodes
}

fn present_nodes(view: &ViewContext<'_>, snapshot: &AccountsView) -> Vec<(String, String)> {
    let home = &snapshot.shown;
    let named = |id: &str, node: Option<Node>, name: Option<&str>, kind: &str| {
        let name = view.name_or(name, kind);
        let name = node.map_or_else(|| name.clone(), |node| view.i18n.disambiguate(snapshot, &node, &name));
        (id.to_owned(), name)
    };
    let mut structures: Vec<(String, String)> = Vec::new();
    for (id, structure) in &home.structures {
        structures.push(named(id.as_str(), Some(Node::Structure(id.clone())), structure.name.as_deref(), "structure"));
    }
    let mut devices: Vec<(String, String)> = Vec::new();
    for (id, thermostat) in &home.thermostats {
        let node = Some(Node::Thermostat(id.clone()));
        devices.push(named(id.as_str(), node, thermostat.name.as_deref(), "thermostat"));
    }
    for (id, protect) in &home.protects {
        devices.push(named(id.as_str(), None, protect.name.as_deref(), "protect"));
    }
    for (id, camera) in &home.cameras {
        devices.push(named(id.as_str(), Some(Node::Camera(id.clone())), camera.name.as_deref(), "camera"));
    }
    devices.sort_by(|one, other| alphanumeric_sort::compare_str(&one.1, &other.1));
    structures.extend(devices);
    structures
}
