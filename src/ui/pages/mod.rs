//! Pages: functions of a view that draw and return intents.

mod activity;
mod camera;
mod overview;
mod protect;
mod settings;
mod structure;
mod thermostat;

use egui::{RichText, ScrollArea, Ui};

pub use overview::Overview;
pub use settings::{SettingsState, SignInForm, SignInProgress, settings_ui};

use super::intent::{Intent, Page};
use super::theme::colors;
use super::theme::tokens::{measure, size, space};
use super::view::View;
use crate::home::StructureId;

/// Draws the page of one device or home, or the activity.
pub fn page_ui(ui: &mut Ui, view: &mut View<'_>, page: &Page) {
    match page {
        // Drawn elsewhere: they keep a state of their own.
        Page::Overview | Page::Settings => {}
        Page::Structure(id) => structure::structure_ui(ui, view, id),
        Page::Thermostat(id) => thermostat::thermostat_ui(ui, view, id),
        Page::Camera(id) => camera::camera_ui(ui, view, id),
        Page::Protect(id) => protect::protect_ui(ui, view, id),
        Page::Activity => activity::activity_ui(ui, view),
    }
}

/// A page that scrolls, no wider than is good to read.
fn scrolling(ui: &mut Ui, salt: &str, contents: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().id_salt(salt).auto_shrink(false).show(ui, |ui| {
        let width = (ui.available_width() - space::XS).min(measure::PAGE);
        ui.set_max_width(width);
        ui.spacing_mut().item_spacing.y = space::M;
        contents(ui);
        ui.add_space(space::XL);
    });
}

/// The way back, and the name of the page.
fn heading_ui(ui: &mut Ui, view: &mut View<'_>, structure: Option<&StructureId>, title: &str) {
    let muted = colors(ui.visuals()).muted;
    ui.horizontal_wrapped(|ui| {
        if ui.button("Back").accessible_name("Back to the overview").clicked() {
            view.ask(Intent::Go(Page::Overview));
        }
        let home = structure.and_then(|id| view.snapshot.shown.structures.get_key_value(id));
        if let Some((id, home)) = home {
            let name = home.name.as_deref().unwrap_or("Home");
            if ui.link(RichText::new(name).color(muted)).clicked() {
                view.ask(Intent::Go(Page::Structure(id.clone())));
            }
            ui.label(RichText::new("›").color(muted));
        }
        ui.label(RichText::new(title).size(size::HEADING));
    });
}

/// Said in place of a device that is gone.
fn gone_ui(ui: &mut Ui, view: &mut View<'_>, what: &str) {
    heading_ui(ui, view, None, what);
    ui.label(format!("This {} is no longer in the account.", what.to_lowercase()));
}

/// A fact that cannot be changed: its name and its value.
fn fact_ui(ui: &mut Ui, name: &str, value: &str) {
    let muted = colors(ui.visuals()).muted;
    ui.scope(|ui| {
        // A fact is no control: its row is as high as its text.
        ui.spacing_mut().interact_size.y = size::SMALL;
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(name).size(size::SMALL).color(muted));
            ui.label(RichText::new(value).size(size::SMALL));
        });
    });
}
