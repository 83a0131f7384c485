//! A home: Home or Away, the arrival, and the name.

use egui::Ui;
use jiff::{SignedDuration, Timestamp};

use super::{cards_ui, fact_ui, gone_ui, heading_ui, recent_ui};
use crate::engine::Debounce;
use crate::home::{Away, Eta, Field, Node, Refusal, SecurityState, Slot, Structure, StructureId, Write};
use crate::ui::theme::icons;
use crate::ui::view::{Draft, ViewContext};
use crate::ui::widgets::{
    button_or_why_ui, button_ui, card_ui, choice_ui, icon_label_ui, row_ui, segmented_ui, segments_width, text_field_ui,
};

/// Length of the arrival window in minutes, from the announced time.
const ARRIVAL_WINDOW_MIN: i64 = 15;
/// The id of this program's trips, so that a later one replaces an earlier one.
const TRIP: &str = "setpoint";

/// Draws the page.
pub(super) fn structure_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &StructureId) {
    let Some(structure) = view.snapshot.shown.structures.get(id).cloned() else {
        gone_ui(ui, view, "structure");
        return;
    };
    let name = view.name_or(structure.name.as_deref(), "structure");
    heading_ui(ui, view, None, &name, None);
    let settings = |ui: &mut Ui, view: &mut ViewContext<'_>| {
        let slot = |field| Slot { node: Node::Structure(id.clone()), field };
        security_ui(ui, view, &structure);
        row_ui(ui, view, &slot(Field::Away), &view.text("away-about"), |ui, view| {
            let name = view.i18n.localize(&Field::Away);
            away_ui(ui, view, id, &structure, &name);
        });
        eta_row_ui(ui, view, &slot(Field::Eta), id, &structure);
        row_ui(ui, view, &slot(Field::Name), "", |ui, view| {
            let confirmed = structure.name.clone().unwrap_or_default();
            let label = view.text("structure-name");
            text_field_ui(ui, view, &slot(Field::Name), &label, &confirmed);
        });
    };
    let state = |ui: &mut Ui, view: &mut ViewContext<'_>| {
        facts_ui(ui, view, &structure);
        recent_ui(ui, view, &Node::Structure(id.clone()));
    };
    cards_ui(ui, view, id, [Box::new(settings), Box::new(state)]);
}

/// Draws Home or Away as two buttons.
pub(crate) fn away_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &StructureId, structure: &Structure, name: &str) {
    let chosen = match &structure.away {
        Some(Away::AutoAway) => Some(Away::Away),
        other => other.clone(),
    };
    let options = away_options(view);
    if let Some(away) = segmented_ui(ui, name, chosen.as_ref(), &options) {
        view.request(Write::Away(id.clone(), away), Debounce::Now);
    }
}

fn away_options(view: &ViewContext<'_>) -> [(Away, String); 2] {
    [Away::Home, Away::Away].map(|away| (away.clone(), view.i18n.localize(&away)))
}

/// The width of the buttons for Home and Away, in points.
pub(super) fn away_width(ui: &Ui, view: &ViewContext<'_>) -> f32 {
    segments_width(ui, away_options(view).iter().map(|(_, title)| title.as_str()))
}

/// The time of an announced arrival; `None` if it has passed.
pub(crate) fn arrival_of(structure: &Structure, now: Timestamp) -> Option<Timestamp> {
    structure.eta_begin.filter(|begin| *begin != Timestamp::UNIX_EPOCH && *begin > now)
}

/// The write that announces an arrival at this time, or else at the picked time.
pub(crate) fn arrival_write(view: &ViewContext<'_>, id: &StructureId, begin: Option<Timestamp>) -> Write {
    let slot = Slot { node: Node::Structure(id.clone()), field: Field::Eta };
    let begin = begin.unwrap_or_else(|| after(view.now, minutes_until(view, &slot)));
    trip(id, Some(begin))
}

fn minutes_until(view: &ViewContext<'_>, slot: &Slot) -> i64 {
    match view.drafts.of(slot) {
        Some(Draft::Number(minutes)) => *minutes as i64,
        Some(Draft::Pair(..) | Draft::Text(_)) | None => 30,
    }
}

fn after(time: Timestamp, minutes: i64) -> Timestamp {
    time.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(time)
}

/// The write of an arrival from this time on; `None` cancels the trip.
fn trip(id: &StructureId, begin: Option<Timestamp>) -> Write {
    let window = begin.map(|begin| (begin, after(begin, ARRIVAL_WINDOW_MIN)));
    Write::Eta(id.clone(), Eta { trip_id: TRIP.to_owned(), window })
}

fn eta_row_ui(ui: &mut Ui, view: &mut ViewContext<'_>, slot: &Slot, id: &StructureId, structure: &Structure) {
    let announced = arrival_of(structure, view.now);
    let is_away = matches!(structure.away, Some(Away::Away | Away::AutoAway));
    let about = match announced {
        Some(begin) => view.i18n.format("eta-expected", [("time", view.clock(begin).into())]),
        None if is_away => view.text("eta-about"),
        None => view.text("eta-only-away"),
    };
    row_ui(ui, view, slot, &about, |ui, view| {
        let mut minutes = minutes_until(view, slot);
        if announced.is_some() {
            let (label, name) = (view.text("cancel"), view.text("eta-cancel-name"));
            if button_ui(ui, label, &name).clicked() {
                view.request(trip(id, None), Debounce::Now);
            }
        }
        let options = [15, 30, 45, 60, 90, 120, 180];
        let title = |minutes: &i64| view.i18n.format("eta-in", [("time", view.i18n.minutes(*minutes).into())]);
        let name = view.text("eta-when");
        if let Some(picked) = choice_ui(ui, &name, Some(&minutes), &options, title) {
            view.drafts.keep(slot.clone(), Draft::Number(picked as f64));
            // The user may pick a time and announce it within one frame.
            minutes = picked;
        }
        let lacks = match (is_away, structure.thermostats.as_ref().is_some_and(|list| !list.is_empty())) {
            (false, _) => Some(Refusal::NotAway),
            (true, false) => Some(Refusal::NoThermostat),
            (true, true) => None,
        };
        let why_not = lacks.map(|refusal| view.i18n.localize(&refusal));
        let (label, name) = (view.text("eta-announce"), view.text("eta-announce-name"));
        if button_or_why_ui(ui, label, &name, why_not.as_deref()).clicked() {
            view.request(trip(id, Some(after(view.now, minutes))), Debounce::Now);
        }
    });
}

/// Draws the alarm of a camera that saw a person while nobody should be at home. It comes before all other
/// contents.
fn security_ui(ui: &mut Ui, view: &ViewContext<'_>, structure: &Structure) {
    if structure.wwn_security_state == Some(SecurityState::Deter) {
        card_ui(ui, |ui| {
            let text = crate::ui::theme::title(view.i18n.text("security-deter")).color(view.colors.alarm);
            icon_label_ui(ui, icons::WARNING, text);
        });
    }
}

fn facts_ui(ui: &mut Ui, view: &ViewContext<'_>, structure: &Structure) {
    card_ui(ui, |ui| {
        let i18n = view.i18n;
        fact_ui(ui, view, icons::FLAME, "fact-smoke", &i18n.localize(&structure.smoke_alarm_state));
        fact_ui(ui, view, icons::DROP, "fact-co", &i18n.localize(&structure.co_alarm_state));
        let security = match &structure.wwn_security_state {
            Some(SecurityState::Ok) => Some(view.text("security-ok")),
            Some(SecurityState::Deter) => Some(view.text("security-deter")),
            Some(SecurityState::Other(word)) => Some(word.to_string()),
            None => None,
        };
        if let Some(security) = security {
            fact_ui(ui, view, icons::SHIELD, "fact-security", &security);
        }
        if let Some((start, end)) = structure.peak_period_start_time.zip(structure.peak_period_end_time) {
            let hours = format!("{}–{}", view.clock(start), view.clock(end));
            fact_ui(ui, view, icons::MOTION, "fact-rush-hour", &hours);
        } else if structure.rhr_enrollment == Some(true) {
            fact_ui(ui, view, icons::MOTION, "fact-rush-hour", &view.text("rush-hour-none"));
        }
        for (icon, name, value) in [
            (icons::CLOCK, "fact-time-zone", &structure.time_zone),
            (icons::GLOBE, "fact-country", &structure.country_code),
            (icons::PLACE, "fact-postal-code", &structure.postal_code),
        ] {
            if let Some(value) = value {
                fact_ui(ui, view, icon, name, value);
            }
        }
    });
}
