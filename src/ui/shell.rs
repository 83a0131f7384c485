//! What surrounds the pages: the rail, the badge of the service, notices and the question of
//! consent.

use egui::{Frame, Key, Margin, Modal, Panel, RichText, Ui};

use super::intent::{Intent, Page};
use super::theme::colors;
use super::theme::tokens::{measure, size, space};
use super::view::View;
use super::widgets::{connection_text, dot_ui};
use crate::engine::{Connection, Request};
use crate::home::DeviceId;

const DESTINATIONS: [(&str, Page); 3] =
    [("Home", Page::Overview), ("Activity", Page::Activity), ("Settings", Page::Settings)];

/// Draws the rail beside the page, or above it where there is little room.
pub(super) fn rail_ui(ui: &mut Ui, view: &mut View<'_>, page: &Page) {
    let colors = colors(ui.visuals());
    let frame = Frame::new().fill(colors.surface).inner_margin(Margin::same(8));
    let narrow = ui.available_width() < measure::NARROW;
    let mut buttons = |ui: &mut Ui| {
        for (title, target) in &DESTINATIONS {
            // A device's page belongs to the overview.
            let here = match page {
                Page::Overview | Page::Structure(_) | Page::Thermostat(_) | Page::Camera(_) | Page::Protect(_) => {
                    *target == Page::Overview
                }
                Page::Activity | Page::Settings => page == target,
            };
            let button = egui::Button::selectable(here, *title);
            let response = if narrow { ui.add(button) } else { ui.add_sized([measure::RAIL - 16.0, 40.0], button) };
            if response.clicked() {
                view.ask(Intent::Go(target.clone()));
            }
        }
    };
    if narrow {
        Panel::top("rail").frame(frame).show(ui, |ui| ui.horizontal(|ui| buttons(ui)));
    } else {
        Panel::left("rail")
            .frame(frame)
            .exact_size(measure::RAIL)
            .resizable(false)
            .show(ui, |ui| ui.vertical(|ui| buttons(ui)));
    }
}

/// Draws which service is live, and how the line to it is.
pub(super) fn badge_ui(ui: &mut Ui, view: &mut View<'_>) {
    let colors = colors(ui.visuals());
    let frame = Frame::new().fill(colors.surface).inner_margin(Margin::symmetric(24, 12));
    Panel::top("badge").frame(frame).show(ui, |ui| {
        let (fine, line) = connection_text(&view.snapshot.connection, view);
        let color = if fine { colors.eco } else { colors.warning };
        ui.horizontal_wrapped(|ui| {
            dot_ui(ui, color);
            let name = &view.snapshot.account.name;
            let badge = ui.label(RichText::new(format!("{name} · {line}")).size(size::BODY));
            badge.on_hover_text(&view.snapshot.account.place);
        });
        let why = match &view.snapshot.connection {
            Connection::Reconnecting { why, .. } | Connection::SignedOut { why } => Some(why.clone()),
            Connection::Connecting | Connection::Live | Connection::Stale { .. } => None,
        };
        if let Some(why) = why {
            ui.label(RichText::new(why).size(size::SMALL).color(colors.muted));
        }
        if matches!(view.snapshot.connection, Connection::SignedOut { .. }) && ui.button("Sign in again").clicked() {
            view.ask(Intent::Go(Page::Settings));
        }
        for notice in view.snapshot.notices.iter() {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(&notice.text).size(size::SMALL).color(colors.warning));
                if ui.button("Dismiss").accessible_name("Dismiss notice").clicked() {
                    view.intents.push(Intent::Engine(Request::DismissNotice(notice.id)));
                }
            });
        }
    });
}

/// Asks whether a camera may be switched on.
pub(super) fn consent_ui(ui: &Ui, view: &mut View<'_>, camera: &DeviceId) {
    let name = view.snapshot.shown.cameras.get(camera).and_then(|camera| camera.name.clone());
    let name = name.unwrap_or_else(|| "the camera".to_owned());
    let modal = Modal::new(egui::Id::unique("consent")).show(ui.ctx(), |ui| {
        ui.set_max_width(380.0);
        ui.label(RichText::new(format!("Switch on {name}?")).size(size::HEADING));
        ui.label("It will see and may record who is there. Everybody who lives there should know.");
        ui.add_space(space::M);
        let mut answer = None;
        ui.horizontal(|ui| {
            if ui.button("Switch on").clicked() {
                answer = Some(true);
            }
            let keep_off = ui.button("Keep it off");
            // The harmless answer has the focus, so that Enter alone switches nothing on.
            if ui.memory(|memory| memory.focused().is_none()) {
                keep_off.request_focus();
            }
            if keep_off.clicked() || ui.input(|input| input.key_pressed(Key::Escape)) {
                answer = Some(false);
            }
        });
        answer
    });
    let given = modal.inner.or(modal.should_close().then_some(false));
    if let Some(given) = given {
        view.ask(Intent::Consent { camera: camera.clone(), given });
    }
}
