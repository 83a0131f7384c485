//! The menu of the tray. On some desktops every click opens it, so the most used entries come first.

use super::event::AppEvent;
use super::tray::{TrayInput, connection_lines};
use crate::accounts::JournalEntry;
use crate::engine::{Debounce, Origin, Request};
use crate::home::{
    Away, Camera, DeviceId, Field, HvacMode, Node, Slot, Structure, StructureId, Thermostat, Verdict, Write, blocked,
    check, name_order, preview,
};
use crate::platform::tray::MenuEntry;
use crate::ui::intent::{AutomationIntent, HoldLength};

/// The maximum length of a list; the window has the rest.
const MOST: usize = 12;
/// The durations of the fan in the menu, in minutes; the window has the rest.
const FAN_MINUTES: [i64; 3] = [15, 30, 60];

/// The menu for a snapshot.
pub(super) fn menu(of: TrayInput<'_>, pinned: &[(DeviceId, &Thermostat)]) -> Vec<MenuEntry<AppEvent>> {
    let mut entries = Vec::new();
    entries.extend(connections(of));
    if !entries.is_empty() {
        entries.push(MenuEntry::Line);
    }
    entries.extend(pinned.iter().map(|(id, thermostat)| thermostat_menu(of, id, thermostat)));
    entries.extend(structures(of));
    entries.extend(cameras(of));
    entries.extend(presets(of));
    entries.extend([MenuEntry::Line, undo(of), MenuEntry::Line]);
    entries.extend([
        MenuEntry::Item { label: of.text("tray-open"), event: Some(AppEvent::Open(None)) },
        MenuEntry::Item { label: of.text("tray-launcher"), event: Some(AppEvent::Launcher) },
        MenuEntry::Item { label: of.text("tray-quit"), event: Some(AppEvent::Quit) },
    ]);
    entries
}

fn connections(of: TrayInput<'_>) -> impl Iterator<Item = MenuEntry<AppEvent>> {
    let lines = connection_lines(of).into_iter();
    lines.map(|label| MenuEntry::Item { label, event: Some(AppEvent::Open(None)) })
}

impl TrayInput<'_> {
    /// The label and event for a write; a refused write has no event and the reason in its label.
    fn offer(&self, label: String, write: Write, debounce: Debounce) -> (String, Option<AppEvent>) {
        match check(self.home(), &write, self.now) {
            Ok(_) => {
                (label, Some(AppEvent::Request(Request::Set { write, debounce, origin: Origin::Tray, seen: None })))
            }
            Err(refusal) => (format!("{label} ({})", self.i18n.localize(&refusal)), None),
        }
    }

    fn item(&self, label: String, write: Write, debounce: Debounce) -> MenuEntry<AppEvent> {
        let (label, event) = self.offer(label, write, debounce);
        MenuEntry::Item { label, event }
    }
}

fn thermostat_menu(of: TrayInput<'_>, id: &DeviceId, thermostat: &Thermostat) -> MenuEntry<AppEvent> {
    let mut entries = Vec::new();
    for (id_of_text, direction) in [("tray-warmer", 1.0), ("tray-cooler", -1.0)] {
        if let Some(write) = of.stepped(id, direction) {
            let label = of.i18n.format(id_of_text, [("value", of.i18n.value(&write, of.now, of.zone).into())]);
            entries.push(of.item(label, write, Debounce::Step));
        }
    }
    if entries.is_empty() {
        let slot = Write::Target(id.clone(), crate::home::Setpoint::celsius(20.0)).slot();
        if let Some(refusal) = blocked(of.home(), &slot) {
            entries.push(MenuEntry::Item { label: of.i18n.localize(&refusal), event: None });
        }
    }
    entries.push(MenuEntry::Line);
    let modes: Vec<HvacMode> = thermostat.modes();
    entries.push(MenuEntry::Choice {
        chosen: modes.iter().position(|mode| thermostat.hvac_mode.as_ref() == Some(mode)),
        options: modes
            .iter()
            .map(|mode| of.offer(of.i18n.localize(mode), Write::Mode(id.clone(), mode.clone()), Debounce::Now))
            .collect(),
    });
    if thermostat.has_fan == Some(true) {
        entries.extend([MenuEntry::Line, fan(of, id, thermostat)]);
    }
    let slot = Slot { node: Node::Thermostat(id.clone()), field: thermostat.main_field() };
    if slot.field != Field::Mode && blocked(of.home(), &slot).is_none() {
        entries.extend([MenuEntry::Line, hold(of, id)]);
    }
    let at = Some(Node::Thermostat(id.clone()));
    let open = AppEvent::Open(at);
    entries.extend([MenuEntry::Line, MenuEntry::Item { label: of.text("open"), event: Some(open) }]);
    MenuEntry::Sub { label: of.line(id, thermostat), entries }
}

/// The menu of a hold: its end, and how long the present value is held.
fn hold(of: TrayInput<'_>, id: &DeviceId) -> MenuEntry<AppEvent> {
    let held = of.held(id);
    let for_length = |length| Some(AppEvent::Hold(AutomationIntent::HoldPresent { thermostat: id.clone(), length }));
    let mut options = vec![(of.text("hold-none"), Some(AppEvent::Hold(AutomationIntent::EndHold(id.clone()))))];
    let chosen = match &held {
        Some(end) => {
            // A press on the present hold changes nothing.
            options.push((end.clone(), None));
            1
        }
        None => 0,
    };
    for minutes in HoldLength::MENU {
        let label = of.i18n.format("hold-for-length", [("length", of.i18n.minutes(minutes).into())]);
        options.push((label, for_length(HoldLength::Minutes(minutes))));
    }
    if of.automation.in_force.contains_key(id) {
        options.push((of.text("hold-until-next"), for_length(HoldLength::NextStart)));
    }
    options.push((of.text("hold-until-ended"), for_length(HoldLength::Unlimited)));
    MenuEntry::Sub { label: of.text("hold-name"), entries: vec![MenuEntry::Choice { chosen: Some(chosen), options }] }
}

fn fan(of: TrayInput<'_>, id: &DeviceId, thermostat: &Thermostat) -> MenuEntry<AppEvent> {
    let runs = thermostat.fan_timer_active == Some(true);
    let mut options = vec![of.offer(of.text("off"), Write::FanTimer(id.clone(), false), Debounce::Now)];
    let mut chosen = (!runs).then_some(0);
    for minutes in FAN_MINUTES {
        if thermostat.running_fan() == Some(minutes) {
            chosen = Some(options.len());
        }
        let label = of.i18n.minutes(minutes);
        let name = format!("{} · {label}", of.text("field-fan"));
        let writes = Write::fan_for(id, minutes).to_vec();
        let refused = writes.iter().find_map(|write| check(of.home(), write, of.now).err());
        options.push(match refused {
            None => (label, Some(AppEvent::Request(Request::Apply { name, writes, origin: Origin::Tray }))),
            Some(refusal) => (format!("{label} ({})", of.i18n.localize(&refusal)), None),
        });
    }
    MenuEntry::Sub { label: of.text("field-fan"), entries: vec![MenuEntry::Choice { chosen, options }] }
}

fn structures(of: TrayInput<'_>) -> Vec<MenuEntry<AppEvent>> {
    let structures: Vec<(&StructureId, &Structure)> =
        of.home().structures.iter().map(|(id, structure)| (id, &**structure)).take(MOST).collect();
    if structures.is_empty() {
        return Vec::new();
    }
    let mut entries = vec![MenuEntry::Line];
    for (id, structure) in &structures {
        let name = structure.name.clone().unwrap_or_else(|| of.text("structure"));
        let name = of.i18n.disambiguate(of.snapshot, &Node::Structure((*id).clone()), &name);
        let offer = |away: Away| of.offer(of.i18n.localize(&away), Write::Away((*id).clone(), away), Debounce::Now);
        let chosen = match structure.away {
            Some(Away::Home) => Some(0),
            Some(Away::Away | Away::AutoAway) => Some(1),
            Some(Away::Unknown | Away::Other(_)) | None => None,
        };
        let label = match chosen {
            Some(_) => {
                format!("{name} · {}", structure.away.as_ref().map(|away| of.i18n.localize(away)).unwrap_or_default())
            }
            None => name,
        };
        let choice = MenuEntry::Choice { chosen, options: vec![offer(Away::Home), offer(Away::Away)] };
        entries.push(MenuEntry::Sub { label, entries: vec![choice] });
    }
    entries
}

fn cameras(of: TrayInput<'_>) -> Option<MenuEntry<AppEvent>> {
    let mut cameras: Vec<(&DeviceId, &Camera)> =
        of.home().cameras.iter().map(|(id, camera)| (id, &**camera)).take(MOST).collect();
    cameras.sort_by(|(_, one), (_, other)| {
        name_order(one.name.as_deref().unwrap_or_default(), other.name.as_deref().unwrap_or_default())
    });
    let entries: Vec<MenuEntry<AppEvent>> = cameras
        .into_iter()
        .map(|(id, camera)| {
            let is_on = camera.is_streaming == Some(true);
            let name = camera.name.clone().unwrap_or_else(|| of.text("camera"));
            let name = of.i18n.disambiguate(of.snapshot, &Node::Camera(id.clone()), &name);
            let (label, event) = of.offer(name, Write::Streaming(id.clone(), !is_on), Debounce::Now);
            MenuEntry::Check { label, is_on, event }
        })
        .collect();
    (!entries.is_empty()).then(|| MenuEntry::Sub { label: of.text("tray-cameras"), entries })
}

fn presets(of: TrayInput<'_>) -> Option<MenuEntry<AppEvent>> {
    let entries: Vec<MenuEntry<AppEvent>> = of
        .presets
        .list()
        .iter()
        .take(MOST)
        .map(|preset| {
            let useful = preview(of.home(), &preset.writes, of.now).iter().any(|line| line.verdict == Verdict::Allowed);
            let label = if useful { preset.name.clone() } else { format!("{} ✓", preset.name) };
            MenuEntry::Item { label, event: useful.then_some(AppEvent::Preset(preset.id)) }
        })
        .chain(levels(of))
        .take(MOST)
        .collect();
    (!entries.is_empty()).then(|| MenuEntry::Sub { label: of.text("presets"), entries })
}

/// The comfort levels for all thermostats. A preset of the same name hides its level.
fn levels(of: TrayInput<'_>) -> impl Iterator<Item = MenuEntry<AppEvent>> {
    let levels = of.automation.schedules.content.levels.iter();
    let free = levels.filter(move |level| of.presets.find(&level.name).is_none());
    free.map(move |level| (level.name.clone(), level.on_all(of.home()))).filter(|(_, writes)| !writes.is_empty()).map(
        move |(name, writes)| {
            let useful = preview(of.home(), &writes, of.now).iter().any(|line| line.verdict == Verdict::Allowed);
            let label = if useful { name.clone() } else { format!("{name} ✓") };
            let request = Request::Apply { name, writes, origin: Origin::Tray };
            MenuEntry::Item { label, event: useful.then_some(AppEvent::Request(request)) }
        },
    )
}

fn undo(of: TrayInput<'_>) -> MenuEntry<AppEvent> {
    let reversal = of.snapshot.next_undo();
    let entry = reversal.as_ref().and_then(|reversal| of.snapshot.reversed_records(reversal).into_iter().next());
    match (reversal, entry) {
        (Some(reversal), Some(JournalEntry { record, .. })) => {
            let what = if let Some(batch) = &record.batch {
                batch.name.clone()
            } else {
                let name = of.i18n.disambiguate(of.snapshot, &record.slot.node, &record.name);
                format!("{name} · {}", of.i18n.localize(&record.slot.field))
            };
            let label = of.i18n.format("tray-undo", [("what", what.into())]);
            MenuEntry::Item { label, event: Some(AppEvent::Reverse(reversal)) }
        }
        (None, _) | (_, None) => MenuEntry::Item { label: of.text("tray-nothing-to-undo"), event: None },
    }
}
