//! Toasts, lists of results, and empty pages.

use std::sync::Arc;

use egui::{Frame, Stroke, Ui, vec2};

use super::{GalleryState, cells_ui, sample};
use crate::accounts::{AccountId, JournalEntry};
use crate::engine::{
    Batch, BatchItem, BatchLabel, ChangeKind, Connection, FailureCause, ItemState, Origin, Outcome, Record, Snapshot,
    WaitReason,
};
use crate::home::{HvacMode, Refusal, Setpoint, Write};
use crate::service::{Cause, Reason};
use crate::ui::pages::{Overview, list_ui};
use crate::ui::theme::colors;
use crate::ui::theme::tokens::measure;
use crate::ui::toast::{Toast, toast_ui};

/// Draws the group.
pub(super) fn ui(ui: &mut Ui, stage: &mut GalleryState) {
    let snapshot = sample::snapshot();
    cells_ui(ui, "Toast", measure::TOAST, &outcomes(), |ui, caption, outcome| {
        let Some(first) = snapshot.journal.front() else { return };
        let record = Record { outcome: outcome.clone(), ..first.clone() };
        let width = ui.available_width();
        let entry = JournalEntry { account: AccountId::new(0), record: &record };
        stage.view(ui, caption, &snapshot, |ui, view| {
            toast_ui(ui, view, &Toast::of(entry, ChangeKind::Change, sample::now()), width);
        });
    });
    cells_ui(ui, "List of results", measure::TOAST + 40.0, &batches(), |ui, caption, batch| {
        let width = ui.available_width();
        let snapshot = Snapshot { batches: Arc::new([batch.clone()].into()), ..snapshot.clone() };
        stage.view(ui, caption, &snapshot, |ui, view| {
            if let Some(batch) = view.snapshot.latest_batch() {
                list_ui(ui, view, &batch, width, 400.0, &mut true);
            }
        });
    });
    cells_ui(ui, "Nothing to show", 420.0, &connections(), |ui, caption, connection| {
        let mut snapshot = sample::snapshot();
        snapshot.shown = Arc::default();
        snapshot.connection = connection.clone();
        let name = crate::engine::AccountName::Own("Mill Lane".to_owned());
        let account = crate::engine::AccountLabel { name, ..(*snapshot.account).clone() };
        snapshot.account = Arc::new(account);
        Frame::new().stroke(Stroke::new(1.0, colors(ui).line)).show(ui, |ui| {
            let size = vec2(ui.available_width(), 320.0);
            ui.allocate_ui(size, |ui| {
                ui.set_min_size(size);
                stage.view(ui, caption, &snapshot, |ui, view| Overview::default().ui(ui, view));
            });
        });
    });
}

fn outcomes() -> [(&'static str, Outcome); 5] {
    [
        ("done", Outcome::Done),
        ("refused", Outcome::Refused(Reason::service_text("Thermostat is not online"))),
        ("never shown", Outcome::Unconfirmed),
        ("may have arrived", Outcome::MayHaveArrived(Reason::NoAnswer)),
        ("expired", Outcome::Expired),
    ]
}

fn batches() -> [(&'static str, Batch); 3] {
    let batch = |id, kind, states: Vec<ItemState>| {
        let items = states.into_iter().enumerate().map(|(index, state)| {
            let write = if index % 2 == 0 {
                Write::Mode("hallway".into(), HvacMode::Eco)
            } else {
                Write::Target("bedroom".into(), Setpoint::celsius(17.0))
            };
            let name = if index % 2 == 0 { "Hallway" } else { "Bedroom" };
            BatchItem { slot: write.slot(), name: name.to_owned(), write, state }
        });
        let label = BatchLabel { id, name: "Night".to_owned(), group: None };
        Batch { label, at: sample::now(), origin: Origin::Window, kind, items: items.collect() }
    };
    let going_on = vec![
        ItemState::Done,
        ItemState::Confirming,
        ItemState::Sending,
        ItemState::Waiting(WaitReason::Turn),
        ItemState::Conflict,
    ];
    let over = vec![
        ItemState::Done,
        ItemState::Unchanged,
        ItemState::Refused(FailureCause::Refused(Reason::Rule(Refusal::NoFan))),
        ItemState::Unconfirmed,
        ItemState::MayHaveArrived,
        ItemState::Expired,
        ItemState::Discarded,
        ItemState::Replaced,
    ];
    let back = vec![ItemState::Done, ItemState::Done];
    [
        ("going on", batch(1, ChangeKind::Change, going_on)),
        ("over", batch(2, ChangeKind::Change, over)),
        ("withdrawn", batch(3, ChangeKind::Undo, back)),
    ]
}

fn connections() -> [(&'static str, Connection); 5] {
    let why = Reason::Unreachable { host: "127.0.0.1".to_owned(), cause: Cause::Refused };
    [
        ("empty", Connection::Live),
        ("connecting", Connection::Connecting),
        ("offline", Connection::Reconnecting { since: sample::ago(5), retry_at: None, why: Some(why) }),
        ("signed out", Connection::SignedOut { why: Reason::Withdrawn }),
        ("closed", Connection::Closed),
    ]
}
