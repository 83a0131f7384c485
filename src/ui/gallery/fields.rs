//! Text fields, rows, facts, and write states.

use egui::Ui;
use jiff::SignedDuration;

use super::{GalleryState, cells_ui, sample};
use crate::engine::{FailureCause, Phase, Snapshot, WaitReason};
use crate::home::{Field, HvacMode, Node, Setpoint, Slot, Write};
use crate::service::Reason;
use crate::ui::pages::fact_ui;
use crate::ui::theme::icons;
use crate::ui::view::Draft;
use crate::ui::widgets::{below_ui, card_ui, plain_row_ui, row_ui, text_field_ui, toggle_ui};

/// Draws the group.
pub(super) fn ui(ui: &mut Ui, stage: &mut GalleryState) {
    let snapshot = sample::snapshot();
    let label = Slot { node: Node::Thermostat("hallway".into()), field: Field::Label };
    let long = "x".repeat(300);
    let i18n: [(&str, Option<&str>); 3] = [("clean", None), ("changed", Some("Upstairs")), ("refused", Some(&long))];
    cells_ui(ui, "Text field", 420.0, &i18n, |ui, caption, text| {
        let draft = text.map(|text| (label.clone(), Draft::Text(text.to_owned())));
        stage.view_of_draft(ui, caption, &snapshot, draft, |ui, view| {
            let name = view.text("field-label");
            row_ui(ui, view, &label, &view.text("label-about"), |ui, view| {
                text_field_ui(ui, view, &label, &name, "Hall");
            });
        });
    });
    cells_ui(ui, "Row", 420.0, &rows(), |ui, caption, (snapshot, field)| {
        let slot = Slot { node: Node::Thermostat("hallway".into()), field: *field };
        stage.view(ui, caption, snapshot, |ui, view| {
            let name = view.i18n.localize(&*field);
            row_ui(ui, view, &slot, &view.text("fan-about"), |ui, _| {
                toggle_ui(ui, &mut false, &name);
            });
        });
    });
    cells_ui(ui, "Facts", 420.0, &[("short", "Nestflow"), ("long", &"Nestflow, ".repeat(20))], |ui, caption, value| {
        stage.view(ui, caption, &snapshot, |ui, view| {
            card_ui(ui, |ui| {
                fact_ui(ui, view, icons::DROP, "fact-humidity", &view.i18n.format("percent", [("value", 48.into())]));
                fact_ui(ui, view, icons::CLOCK, "fact-last-connection", &view.clock(sample::ago(1)));
                fact_ui(ui, view, icons::SETTINGS, "fact-software", value);
                plain_row_ui(ui, view, &view.text("settings-contrast"), "", |ui, view| {
                    toggle_ui(ui, &mut true, &view.text("settings-contrast"));
                });
            });
        });
    });
    cells_ui(ui, "The phases and outcomes of a write", 420.0, &phases(), |ui, caption, phase| {
        let snapshot = on_its_way(phase.clone());
        stage.view(ui, caption, &snapshot, |ui, view| {
            card_ui(ui, |ui| below_ui(ui, view, &example_write().slot()));
        });
    });
}

fn rows() -> [(&'static str, (Snapshot, Field)); 4] {
    let changed = |change: fn(&mut crate::home::Thermostat)| {
        let mut snapshot = sample::snapshot();
        sample::change(&mut snapshot, "hallway", change);
        snapshot
    };
    [
        ("open", (changed(|_| {}), Field::FanTimer)),
        ("closed", (changed(|t| t.has_fan = Some(false)), Field::FanTimer)),
        ("closed, with a way out", (changed(|t| t.hvac_mode = Some(HvacMode::Eco)), Field::Target)),
        ("closed, offline is said once on the page", (changed(|t| t.is_online = Some(false)), Field::FanTimer)),
    ]
}

pub(super) fn example_write() -> Write {
    Write::Target("hallway".into(), Setpoint::celsius(23.0))
}

/// Every phase of a write, with every wait reason.
pub(super) fn phases() -> Vec<(&'static str, Phase)> {
    let soon = Some(sample::now() + SignedDuration::from_millis(450));
    let expires = sample::now() + SignedDuration::from_hours(1);
    let waiting = |hold, until| Phase::Waiting { reason: hold, until, expires };
    let theirs = Write::Target("hallway".into(), Setpoint::celsius(18.0));
    vec![
        ("settling", waiting(WaitReason::Settling, soon)),
        ("offline", waiting(WaitReason::Offline, None)),
        ("rate limit", waiting(WaitReason::RateLimited, Some(expires))),
        ("rate limit of unknown length", waiting(WaitReason::RateLimited, None)),
        ("the service asks to wait", waiting(WaitReason::ServiceAsks, Some(expires))),
        ("the service asks to wait, for an unknown time", waiting(WaitReason::ServiceAsks, None)),
        ("sent and not answered", waiting(WaitReason::Unanswered, None)),
        ("signed out", waiting(WaitReason::SignIn, None)),
        ("after another", waiting(WaitReason::Turn, None)),
        ("sending", Phase::Sending),
        ("confirming", Phase::Confirming),
        ("conflict", Phase::Conflict { theirs: theirs.clone() }),
        ("accepted and not shown", Phase::Failed { why: FailureCause::NotShown(Some(theirs)), at: sample::now() }),
        ("may have arrived", Phase::Failed { why: FailureCause::MayHaveArrived(Reason::NoAnswer), at: sample::now() }),
        (
            "failed",
            Phase::Failed {
                why: FailureCause::Refused(Reason::service_text("Thermostat is not online")),
                at: sample::now(),
            },
        ),
    ]
}

/// The home with a pending write in a phase.
pub(super) fn on_its_way(phase: Phase) -> Snapshot {
    let mut snapshot = sample::snapshot();
    sample::pending(&mut snapshot, example_write(), phase);
    for state in snapshot.writes.values_mut() {
        state.since = sample::now() - SignedDuration::from_millis(450);
    }
    snapshot
}
