//! The API console: a request to any account, and its response.

mod answer;
mod body;
mod editor;
mod path;
mod request_list;

use egui::{ScrollArea, Ui};

use super::message_ui;
use crate::requests::{Problem, problems};
use crate::ui::action::Action;
use crate::ui::console::{ConsoleState, ConsoleTarget};
use crate::ui::intent::UiIntent;
use crate::ui::theme::tokens::{measure, space};
use crate::ui::theme::{heading, icons};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{follow_focus, page_heading_ui, segmented_ui};

/// Share of a wide page for the request.
const REQUEST_SHARE: f32 = 0.42;

/// Draws the page; `targets` are the accounts that are open.
pub(in crate::ui) fn console_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut ConsoleState,
    targets: &[ConsoleTarget],
) {
    api_bar_ui(ui, view, Action::Console);
    ui.add_space(space::XS);
    let chosen = state.account.as_ref().and_then(|key| targets.iter().find(|target| target.key == *key));
    let Some(target) = chosen.or(targets.first()) else {
        message_ui(ui, view, icons::OFFLINE, "console-no-account", "console-no-account-about");
        return;
    };
    let width = ui.available_width() - measure::BAR;
    if width < measure::ONE_COLUMN {
        ScrollArea::vertical().id_salt("console").auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(width);
            editor::editor_ui(ui, view, state, target, targets);
            answer::answer_ui(ui, view, state, Some(measure::DIALOG));
            request_list::request_list_ui(ui, view, state);
            ui.add_space(space::XL);
            follow_focus(ui);
        });
        return;
    }
    let left = (width * REQUEST_SHARE).floor();
    let height = ui.available_height();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        ui.allocate_ui_with_layout(egui::vec2(left, height), egui::Layout::top_down(egui::Align::Min), |ui| {
            ScrollArea::vertical().id_salt("console-request").auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(left - space::M);
                ui.spacing_mut().item_spacing.x = space::S;
                editor::editor_ui(ui, view, state, target, targets);
                request_list::request_list_ui(ui, view, state);
                ui.add_space(space::XL);
                follow_focus(ui);
            });
        });
        let right = ui.available_width() - measure::BAR;
        ui.allocate_ui_with_layout(egui::vec2(right, height), egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            answer::answer_ui(ui, view, state, None);
        });
    });
}

/// Draws the heading of the pages for developers, with the links between them.
pub(in crate::ui) fn api_bar_ui(ui: &mut Ui, view: &mut ViewContext<'_>, here: Action) {
    ui.horizontal_wrapped(|ui| {
        // A narrow window has no room for the heading, and the rail says the same.
        if ui.available_width() >= measure::NARROW {
            page_heading_ui(ui, view, heading(view.text("rail-developer")));
            ui.add_space(space::S);
        }
        api_pages_ui(ui, view, here);
    });
}

/// Draws the links between the pages for developers.
pub(in crate::ui) fn api_pages_ui(ui: &mut Ui, view: &mut ViewContext<'_>, here: Action) {
    let pages =
        [(Action::Console, "console-requests"), (Action::Explorer, "console-tree"), (Action::Simulator, "simulator")];
    // Only a simulated account has a simulator.
    let offered = pages.into_iter().filter(|(page, _)| *page != Action::Simulator || view.snapshot.is_simulated());
    let pages: Vec<(Action, String)> = offered.map(|(page, word)| (page, view.text(word))).collect();
    if let Some(picked) = segmented_ui(ui, &view.text("console-pages"), Some(&here), &pages) {
        view.send(UiIntent::Action(picked));
    }
}

/// Returns the problems of the typed request that are known before it is sent.
fn found(state: &mut ConsoleState, target: &ConsoleTarget) -> Vec<Problem> {
    let document = state.document(target);
    let ConsoleTarget { base, api, .. } = target;
    let found = problems(&state.draft, base, &**api, document.as_deref(), state.is_raw);
    if found.iter().any(|problem| !problem.is_a_guess()) || state.is_raw {
        return found;
    }
    // Check the rules only if the request is otherwise correct.
    let refused = crate::requests::plan(&state.draft, base, &**api, &target.home).err();
    found.into_iter().chain(refused.filter(|problem| !problem.is_a_guess())).collect()
}
