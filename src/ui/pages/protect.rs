//! A Protect: smoke, carbon monoxide and battery. All of it is read-only.

use egui::accesskit::Live;
use egui::{Align, Button, Color32, Frame, Id, Label, Layout, Margin, Panel, RichText, Stroke, Ui};

use super::activity::device_events_ui;
use super::{cards_ui, fact_ui, gone_ui, heading_ui};
use crate::home::{AlarmSentence, AlarmState, BatteryHealth, DeviceId, Protect};
use crate::ui::intent::{Page, UiIntent};
use crate::ui::theme::tokens::{size, space};
use crate::ui::theme::{icons, regular, semibold, small};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_ui, icon_ui};

/// Draws the page.
pub(super) fn protect_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId) {
    let Some(protect) = view.snapshot.shown.protects.get(id).cloned() else {
        gone_ui(ui, view, "protect");
        return;
    };
    let name = protect_name(view, &protect);
    heading_ui(ui, view, protect.structure_id.as_ref(), &name, None);
    let state = |ui: &mut Ui, view: &mut ViewContext<'_>| {
        card_ui(ui, |ui| {
            let Summary { color, icon, words } = summary(view, id, &protect);
            ui.horizontal_wrapped(|ui| {
                icon_ui(ui, icon, size::TARGET, color);
                ui.label(RichText::new(words).font(semibold(size::TARGET)).color(color));
            });
            match view.i18n.alarm(&protect, alarm_since(view, id)) {
                Some(alarm) => {
                    ui.label(alarm.title);
                    ui.label(alarm.advice);
                }
                None => drop(ui.label(small(view.text("protect-about")).color(view.colors.muted))),
            }
        });
        device_events_ui(ui, view, id);
    };
    let facts = |ui: &mut Ui, view: &mut ViewContext<'_>| facts_ui(ui, view, &protect);
    cards_ui(ui, view, id, [Box::new(state), Box::new(facts)]);
}

fn facts_ui(ui: &mut Ui, view: &ViewContext<'_>, protect: &Protect) {
    card_ui(ui, |ui| {
        let i18n = view.i18n;
        fact_ui(ui, view, icons::FLAME, "fact-smoke", &i18n.localize(&protect.smoke_alarm_state));
        fact_ui(ui, view, icons::DROP, "fact-co", &i18n.localize(&protect.co_alarm_state));
        fact_ui(ui, view, icons::MOTION, "fact-battery", &i18n.localize(&protect.battery_health));
        if protect.is_manual_test_active == Some(true) {
            fact_ui(ui, view, icons::PLAY, "fact-test", &view.text("fact-test-runs"));
        }
        if let Some(at) = protect.last_manual_test_time.filter(|at| *at != jiff::Timestamp::UNIX_EPOCH) {
            fact_ui(ui, view, icons::CHECK, "fact-last-test", &view.clock(at));
        }
        if let Some(at) = protect.last_connection {
            fact_ui(ui, view, icons::CLOCK, "fact-last-connection", &view.clock(at));
        }
        if let Some(version) = &protect.software_version {
            fact_ui(ui, view, icons::SETTINGS, "fact-software", version);
        }
    });
}

/// Draws a bar for each alarm that goes on, on top of every page and of the launcher.
pub(in crate::ui) fn alarms_ui(ui: &mut Ui, view: &mut ViewContext<'_>) {
    // Many alarms must not push the page out of the window.
    let more = view.summary.alarmed().len().saturating_sub(MOST_ALARMS);
    let alarmed = view.summary.alarmed().iter().take(MOST_ALARMS).filter_map(|id| {
        let protect = view.snapshot.shown.protects.get(id)?;
        Some((id, view.i18n.alarm(protect, alarm_since(view, id))?))
    });
    let alarms: Vec<(&DeviceId, AlarmSentence)> = alarmed.collect();
    if alarms.is_empty() {
        return;
    }
    for (index, (id, alarm)) in alarms.into_iter().enumerate() {
        let fill = if alarm.is_emergency { view.colors.alarm } else { view.colors.warning };
        let frame = Frame::new().fill(fill).inner_margin(Margin::symmetric(16, 10));
        let panel = Panel::top(Id::unique(("alarm", index))).frame(frame).resizable(false).show_separator_line(false);
        panel.show(ui, |ui| alarm_ui(ui, view, id, alarm, if index + 1 == MOST_ALARMS { more } else { 0 }));
    }
}

/// Number of alarms with a bar of their own.
const MOST_ALARMS: usize = 3;

/// The begin of an alarm that goes on, as text.
fn alarm_since(view: &ViewContext<'_>, id: &DeviceId) -> Option<String> {
    let going_on = view.snapshot.events().filter(|(_, event)| event.kind.is_alarm() && event.until.is_none());
    let begins = going_on.filter(|(_, event)| event.device == *id).map(|(_, event)| event.at);
    begins.min().map(|at| view.clock(at))
}

fn alarm_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, alarm: AlarmSentence, more: usize) {
    let color = view.colors.on_alarm;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        icon_ui(ui, icons::WARNING, size::TARGET, color);
        let open = view.text("open");
        let button = ui.painter().layout_no_wrap(open.clone(), regular(size::SMALL), color).size().x;
        let room = ui.available_width() - button - 2.0 * ui.spacing().button_padding.x - space::M;
        let spoken = format!("{}. {}", alarm.title, alarm.advice);
        ui.scope(|ui| {
            ui.set_max_width(room);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let text = RichText::new(alarm.title.as_str()).font(semibold(size::TITLE)).color(color);
                let title = ui.add(Label::new(text).wrap());
                ui.ctx().accesskit_node_builder(title.id, |node| node.set_live(Live::Assertive));
                ui.add(Label::new(RichText::new(alarm.advice).color(color)).wrap());
                if more > 0 {
                    let more = i64::try_from(more).unwrap_or(i64::MAX).into();
                    ui.label(RichText::new(view.i18n.format("alarms-more", [("count", more)])).color(color));
                }
            });
        });
        let name = view.i18n.format("palette-open", [("name", spoken.into())]);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = small(open).color(color);
            let button = Button::new(text).fill(Color32::TRANSPARENT).stroke(Stroke::new(1.0, color));
            if ui.add(button).accessible_name(name).clicked() {
                view.send(UiIntent::Go(Page::Protect(id.clone())));
            }
        });
    });
}

/// The name of a Protect: `Kitchen Protect`.
pub(super) fn protect_name(view: &ViewContext<'_>, protect: &Protect) -> String {
    match protect.name.as_deref() {
        Some(name) => view.i18n.format("protect-of", [("place", name.into())]),
        None => view.text("protect"),
    }
}

/// The most severe state of a Protect, as colour, icon and text.
pub(super) struct Summary {
    pub(super) color: Color32,
    pub(super) icon: &'static str,
    pub(super) words: String,
}

/// Returns the most severe state of a Protect.
pub(super) fn summary(view: &ViewContext<'_>, id: &DeviceId, protect: &Protect) -> Summary {
    let colors = view.colors;
    let of = |state: &Option<AlarmState>, wanted: &AlarmState| state.as_ref() == Some(wanted);
    let warning = |words| Summary { color: colors.warning, icon: icons::WARNING, words };
    for (state, color, both, smoke, co) in [
        (AlarmState::Emergency, colors.alarm, "emergency-both", "emergency-smoke", "emergency-co"),
        (AlarmState::Warning, colors.warning, "warning-both", "warning-smoke", "warning-co"),
    ] {
        let id = match (of(&protect.smoke_alarm_state, &state), of(&protect.co_alarm_state, &state)) {
            (true, true) => both,
            (true, false) => smoke,
            (false, true) => co,
            (false, false) => continue,
        };
        return Summary { color, icon: icons::WARNING, words: view.text(id) };
    }
    if protect.is_online == Some(false) {
        return Summary { color: colors.warning, icon: icons::OFFLINE, words: view.text("offline") };
    }
    if protect.battery_health == Some(BatteryHealth::Replace) {
        return warning(view.text("battery-low"));
    }
    match protect.worst_alarm() {
        AlarmState::Other(word) => warning(view.i18n.format("alarm-unknown", [("word", word.to_string().into())])),
        AlarmState::Ok | AlarmState::Warning | AlarmState::Emergency => {
            // Nobody knows that all is clear while nothing is heard of it.
            if let Some(words) = view.outdated_protect(id) {
                return Summary { color: colors.muted, icon: icons::OFFLINE, words };
            }
            Summary { color: colors.eco, icon: icons::CHECK, words: view.text("all-clear") }
        }
    }
}
