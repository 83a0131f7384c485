//! What was changed: when, by whom, from what to what, and what came of it.

use egui::{RichText, ScrollArea, Ui};

use crate::engine::{Outcome, Record, Request, Who};
use crate::home::Write;
use crate::ui::intent::Intent;
use crate::ui::theme::colors;
use crate::ui::theme::tokens::{size, space};
use crate::ui::view::View;

const ROW: f32 = 56.0;

/// Draws the page.
pub(super) fn activity_ui(ui: &mut Ui, view: &mut View<'_>) {
    ui.label(RichText::new("Activity").size(size::HEADING));
    let records = std::sync::Arc::clone(&view.snapshot.journal);
    if records.is_empty() {
        ui.label("Nothing was changed yet. Changes from here and from elsewhere appear in this list.");
        return;
    }
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, records.len(), |ui, rows| {
        for record in records.range(rows) {
            ui.push_id(record.id, |ui| row_ui(ui, view, record));
        }
    });
}

fn row_ui(ui: &mut Ui, view: &mut View<'_>, record: &Record) {
    let colors = colors(ui.visuals());
    let (color, outcome) = match &record.outcome {
        Outcome::Done => (colors.muted, "done".to_owned()),
        Outcome::Accepted => (colors.muted, "accepted".to_owned()),
        Outcome::Refused(why) => (colors.alarm, why.clone()),
        Outcome::Unconfirmed => (colors.warning, "accepted, but never shown".to_owned()),
        Outcome::Expired => (colors.warning, "waited too long".to_owned()),
        Outcome::Discarded => (colors.muted, "taken back".to_owned()),
    };
    let height = ROW - ui.spacing().item_spacing.y;
    ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
        ui.set_min_height(height);
        let change = match &record.from {
            Some(from) => format!("from {from} to {}", record.to),
            None => record.to.clone(),
        };
        let what = format!("{} · {} {change}", record.name, record.slot.field.title());
        let who = format!("{} · {} · ", view.clock(record.at), record.who.title());
        let undoable = record.undo.is_some() && record.who != Who::Elsewhere && record.outcome == Outcome::Done;
        egui::Sides::new().shrink_left().truncate().show(
            ui,
            |ui| {
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = space::XS;
                    ui.label(what.clone());
                    ui.horizontal(|ui| {
                        ui.spacing_mut().item_spacing.x = 0.0;
                        ui.label(RichText::new(who).size(size::SMALL).color(colors.muted));
                        ui.label(RichText::new(outcome).size(size::SMALL).color(color));
                    });
                });
            },
            |ui| {
                if undoable && ui.button("Undo").accessible_name(format!("Undo {what}")).clicked() {
                    // A camera is never switched on without consent, not even to undo.
                    view.ask(match &record.undo {
                        Some(Write::Streaming(camera, true)) => Intent::AskConsent(camera.clone()),
                        Some(_) | None => Intent::Engine(Request::Undo(record.id)),
                    });
                }
            },
        );
    });
}
