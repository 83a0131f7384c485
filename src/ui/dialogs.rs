//! Modal questions: consent to switch cameras on, the fate of the program when its window closes, and the writes
//! that a link proposes.

use egui::{Modal, Ui};

use super::focus::opens;
use super::help::dialog_frame;
use super::intent::{AppIntent, ClosingAnswer, UiIntent};
use super::palette::preview_ui;
use super::theme::heading;
use super::theme::tokens::{measure, space};
use super::view::ViewContext;
use super::widgets::{button_ui, main_button_ui};
use super::window::ClosingQuestion;
use crate::command::link::Link;
use crate::engine::{Debounce, Origin, Request};
use crate::home::{DeviceId, Verdict, preview};
use crate::ui::widgets::name_dialog;

/// The answer to the question whether cameras may be switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConsentAnswer {
    /// The cameras may be switched on.
    SwitchOn,
    /// The cameras stay off; the other writes of the request are made.
    KeepOff,
    /// The whole request is dropped.
    Nothing,
}

/// Asks whether cameras may be switched on; `Some` once the user answered.
pub(super) fn consent_ui(ui: &Ui, view: &ViewContext<'_>, cameras: &[DeviceId]) -> Option<ConsentAnswer> {
    let names: Vec<String> = cameras
        .iter()
        .map(|id| view.snapshot.shown.cameras.get(id).and_then(|camera| camera.name.clone()))
        .map(|name| view.name_or(name.as_deref(), "camera"))
        .collect();
    let name = names.join(", ");
    let modal = Modal::new(egui::Id::unique("consent")).frame(dialog_frame(view)).show(ui.ctx(), |ui| {
        ui.set_max_width((measure::DIALOG - 40.0).min(ui.ctx().content_rect().width() - 72.0));
        let title = view.i18n.format("consent-title", [("device", name.into())]);
        name_dialog(ui, &title);
        ui.label(heading(title));
        ui.label(view.text("consent-about"));
        ui.add_space(space::M);
        let mut answer = None;
        ui.horizontal_wrapped(|ui| {
            let (on, off) = (view.text("consent-on"), view.text("consent-off"));
            if main_button_ui(ui, &on, &on, None).clicked() {
                answer = Some(ConsentAnswer::SwitchOn);
            }
            let keep_off = button_ui(ui, &off, &off);
            // The harmless answer has the focus, so that Enter alone does not switch a camera on.
            if opens(ui, "consent opens") && !keep_off.has_focus() {
                keep_off.request_focus();
            }
            if keep_off.clicked() {
                answer = Some(ConsentAnswer::KeepOff);
            }
        });
        answer
    });
    modal.inner.or(modal.should_close().then_some(ConsentAnswer::Nothing))
}

/// Asks whether the program keeps running when its window closes; `Some` once the user answered.
pub(super) fn closing_ui(ui: &Ui, view: &ViewContext<'_>, question: ClosingQuestion) -> Option<ClosingAnswer> {
    let (title, about) = match question {
        ClosingQuestion::StayInTray => ("closing-title", "closing-about"),
        ClosingQuestion::NoTray => ("closing-no-tray-title", "closing-no-tray-about"),
    };
    let modal = Modal::new(egui::Id::unique("closing")).frame(dialog_frame(view)).show(ui.ctx(), |ui| {
        ui.set_max_width((measure::DIALOG - 40.0).min(ui.ctx().content_rect().width() - 72.0));
        name_dialog(ui, &view.text(title));
        ui.label(heading(view.text(title)));
        ui.label(view.text(about));
        ui.add_space(space::M);
        let mut answer = None;
        ui.horizontal_wrapped(|ui| {
            let (stay, quit, cancel) = (view.text("closing-stay"), view.text("closing-quit"), view.text("cancel"));
            let main = match question {
                ClosingQuestion::StayInTray => {
                    let main = main_button_ui(ui, &stay, &stay, None);
                    answer = answer.or(main.clicked().then_some(ClosingAnswer::Stay));
                    if button_ui(ui, &quit, &quit).clicked() {
                        answer = Some(ClosingAnswer::Quit);
                    }
                    main
                }
                ClosingQuestion::NoTray => {
                    let main = main_button_ui(ui, &quit, &quit, None);
                    answer = answer.or(main.clicked().then_some(ClosingAnswer::Quit));
                    main
                }
            };
            if opens(ui, "closing opens") && !main.has_focus() {
                main.request_focus();
            }
            if button_ui(ui, &cancel, &cancel).clicked() {
                answer = Some(ClosingAnswer::Cancel);
            }
        });
        answer
    });
    modal.inner.or(modal.should_close().then_some(ClosingAnswer::Cancel))
}

/// Shows the writes that a link proposes; `true` once they were requested or declined.
pub(super) fn link_ui(ui: &Ui, view: &mut ViewContext<'_>, link: &Link) -> bool {
    // The names of a link resolve only after the first snapshot of the home arrived.
    let home = &view.snapshot.shown;
    if home.structures.is_empty() && home.device_count() == 0 {
        return false;
    }
    let resolved = link.resolve(&view.snapshot.shown, view.now);
    if let Ok((node, writes)) = &resolved
        && writes.is_empty()
    {
        if let Some(node) = node {
            view.send(UiIntent::Go(super::intent::Page::of(node)));
        }
        return true;
    }
    let modal = Modal::new(egui::Id::unique("link")).frame(dialog_frame(view)).show(ui.ctx(), |ui| {
        ui.set_max_width((measure::DIALOG - 40.0).min(ui.ctx().content_rect().width() - 72.0));
        name_dialog(ui, &view.text("link-title"));
        ui.label(heading(view.text("link-title")));
        let cancel = view.text("cancel");
        let writes = match &resolved {
            Ok((_, writes)) => writes,
            Err(why) => {
                ui.label(view.i18n.localize(why));
                ui.add_space(space::M);
                let close = view.text("close");
                let response = main_button_ui(ui, &close, &close, None);
                if opens(ui, "link opens") && !response.has_focus() {
                    response.request_focus();
                }
                return response.clicked();
            }
        };
        ui.label(view.text("link-about"));
        ui.add_space(space::S);
        let lines = preview(&view.snapshot.shown, writes, view.now);
        for line in &lines {
            preview_ui(ui, view, line);
        }
        ui.add_space(space::M);
        let can_do = lines.iter().any(|line| line.verdict == Verdict::Allowed);
        ui.horizontal(|ui| {
            let apply = view.text("apply");
            let done = can_do && main_button_ui(ui, &apply, &apply, None).clicked();
            let declined = button_ui(ui, &cancel, &cancel);
            // The harmless answer has the focus, because the author of a link may count on a quick Enter.
            if opens(ui, "link opens") && !declined.has_focus() {
                declined.request_focus();
            }
            if done {
                ask(view, writes.clone());
            }
            done || declined.clicked()
        })
        .inner
    });
    modal.inner || modal.should_close()
}

/// Requests one write as a control does, and several as one batch with one undo.
fn ask(view: &mut ViewContext<'_>, mut writes: Vec<crate::home::Write>) {
    if writes.len() > 1 {
        let name = view.text("link-name");
        view.send(AppIntent::Engine(Request::Apply { name, writes, origin: Origin::Window }));
    } else if let Some(write) = writes.pop() {
        view.send(AppIntent::set(write, Debounce::Now, None));
    }
}
