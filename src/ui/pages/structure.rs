//! A home: whether anybody is there, when somebody comes, and what it is called.

use egui::{RichText, Ui};
use jiff::{SignedDuration, Timestamp};

use super::{fact_ui, gone_ui, heading_ui, scrolling};
use crate::engine::Settle;
use crate::home::{AlarmState, Away, Eta, Field, Node, SecurityState, Slot, Structure, StructureId, Write};
use crate::ui::theme::colors;
use crate::ui::view::{Draft, View};
use crate::ui::widgets::{card_ui, choice_ui, row_ui, segmented_ui, text_field_ui};

/// The window of an arrival: it may take so much longer than announced.
const ARRIVAL_WINDOW_MIN: i64 = 15;
/// Names the trips that this program announces, so that a later one replaces an earlier one.
const TRIP: &str = "setpoint";

/// Draws the page.
pub(super) fn structure_ui(ui: &mut Ui, view: &mut View<'_>, id: &StructureId) {
    let Some(structure) = view.snapshot.shown.structures.get(id).cloned() else {
        gone_ui(ui, view, "Home");
        return;
    };
    let name = structure.name.clone().unwrap_or_else(|| "Home".to_owned());
    heading_ui(ui, view, None, &name);
    scrolling(ui, "structure", |ui| {
        let slot = |field| Slot { node: Node::Structure(id.clone()), field };
        row_ui(ui, view, &slot(Field::Away), "Away switches the thermostats to Eco", |ui, view| {
            away_ui(ui, view, id, &structure);
        });
        eta_row_ui(ui, view, &slot(Field::Eta), id, &structure);
        row_ui(ui, view, &slot(Field::Name), "", |ui, view| {
            let confirmed = structure.name.clone().unwrap_or_default();
            let slot = slot(Field::Name);
            text_field_ui(ui, view, &slot, "Home name", &confirmed, |name| Write::StructureName(id.clone(), name));
        });
        facts_ui(ui, view, &structure);
    });
}

/// Home or away, as two buttons.
pub(super) fn away_ui(ui: &mut Ui, view: &mut View<'_>, id: &StructureId, structure: &Structure) {
    let name = structure.name.as_deref().unwrap_or("Home");
    let chosen = match &structure.away {
        Some(Away::AutoAway) => Some(Away::Away),
        other => other.clone(),
    };
    let options = [(Away::Home, "Home"), (Away::Away, "Away")];
    if let Some(away) = segmented_ui(ui, name, chosen.as_ref(), &options) {
        view.want(Write::Away(id.clone(), away), Settle::Now);
    }
}

fn eta_row_ui(ui: &mut Ui, view: &mut View<'_>, slot: &Slot, id: &StructureId, structure: &Structure) {
    let announced = structure.eta_begin.filter(|begin| *begin != Timestamp::UNIX_EPOCH && *begin > view.now);
    let is_away = matches!(structure.away, Some(Away::Away | Away::AutoAway));
    let about = match announced {
        Some(begin) => format!("Expected at {}", view.clock(begin)),
        None if is_away => "Tell the thermostats when somebody comes home".to_owned(),
        None => "Can be announced while the home is set to away".to_owned(),
    };
    row_ui(ui, view, slot, &about, |ui, view| {
        let minutes = match view.drafts.of(slot) {
            Some(Draft::Number(minutes)) => *minutes as i64,
            Some(Draft::Pair(..) | Draft::Text(_)) | None => 30,
        };
        let write = |window| Write::Eta(id.clone(), Eta { trip_id: TRIP.to_owned(), window });
        let announce = |ui: &mut Ui, view: &mut View<'_>| {
            let can = is_away && structure.thermostats.as_ref().is_some_and(|list| !list.is_empty());
            if ui.add_enabled(can, egui::Button::new("Announce")).accessible_name("Announce arrival").clicked() {
                let at = |minutes| view.now.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(view.now);
                let window = (at(minutes), at(minutes + ARRIVAL_WINDOW_MIN));
                view.want(write(Some(window)), Settle::Now);
            }
        };
        let options = [15, 30, 45, 60, 90, 120, 180];
        let title = |minutes: &i64| format!("in {minutes} min");
        if let Some(minutes) = choice_ui(ui, "Arrival", Some(&minutes), &options, title) {
            view.drafts.keep(slot.clone(), Draft::Number(minutes as f64));
        }
        announce(ui, view);
        if announced.is_some() && ui.button("Cancel").accessible_name("Cancel arrival").clicked() {
            view.want(write(None), Settle::Now);
        }
    });
}

fn facts_ui(ui: &mut Ui, view: &View<'_>, structure: &Structure) {
    card_ui(ui, |ui| {
        let colors = colors(ui.visuals());
        if structure.wwn_security_state == Some(SecurityState::Deter) {
            ui.label(RichText::new("A camera saw a person while nobody should be at home").color(colors.alarm));
        }
        let alarm = |state: Option<&AlarmState>| state.map_or("unknown", AlarmState::as_str).to_owned();
        fact_ui(ui, "Smoke", &alarm(structure.smoke_alarm_state.as_ref()));
        fact_ui(ui, "Carbon monoxide", &alarm(structure.co_alarm_state.as_ref()));
        if let (Some(start), Some(end)) = (structure.peak_period_start_time, structure.peak_period_end_time) {
            fact_ui(ui, "Energy rush hour", &format!("{} to {}", view.clock(start), view.clock(end)));
        }
        for (name, value) in [
            ("Time zone", &structure.time_zone),
            ("Country", &structure.country_code),
            ("Postal code", &structure.postal_code),
        ] {
            if let Some(value) = value {
                fact_ui(ui, name, value);
            }
        }
    });
}
