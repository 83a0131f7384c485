//! The switch that lets the desktop start the program.

use std::path::Path;

use egui::Ui;

use crate::files::FileError;
use crate::platform::autostart::{AutostartError, AutostartStatus, Closed};
use crate::ui::intent::AppIntent;
use crate::ui::theme::{icons, small};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{closed_scope, icon_label_ui, plain_row_ui, toggle_ui};

/// The start with the desktop, as read last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartsWithDesktop {
    /// The status of the desktop's entry.
    pub standing: AutostartStatus,
    /// The reason why the last switch failed.
    pub failure: Option<AutostartError>,
}

impl Default for StartsWithDesktop {
    fn default() -> Self {
        Self { standing: AutostartStatus::Open { is_on: false, other: None }, failure: None }
    }
}

/// Draws the switch, and below it the reason why it is blocked or failed.
pub(super) fn starts_ui(ui: &mut Ui, view: &mut ViewContext<'_>, starts: &StartsWithDesktop) {
    let (is_on, why, remark) = match &starts.standing {
        AutostartStatus::Open { is_on, other } => {
            let remark = other.as_deref().map(|other| view.i18n.format("autostart-other", [("command", other.into())]));
            (*is_on, None, remark)
        }
        AutostartStatus::Closed { is_on, why } => {
            let why = closed_text(view, why);
            (*is_on, Some(why.clone()), Some(why))
        }
    };
    let name = view.text("settings-autostart");
    plain_row_ui(ui, view, &name, &view.text("settings-autostart-about"), |ui, view| {
        closed_scope(ui, why.as_deref(), |ui| {
            let mut on = is_on;
            if toggle_ui(ui, &mut on, &name).changed() {
                view.send(AppIntent::StartWithDesktop(on));
            }
        });
    });
    if let Some(remark) = remark {
        ui.label(small(remark).color(view.colors.muted));
    }
    if let Some(failure) = &starts.failure {
        let text = match failure {
            AutostartError::Closed(why) => closed_text(view, why),
            AutostartError::Path(path) => {
                view.i18n.format("autostart-path", [("file", path.display().to_string().into())])
            }
            AutostartError::File(file, why) => file_text(view, "autostart-not-written", file, why),
        };
        icon_label_ui(ui, icons::WARNING, small(text).color(view.colors.alarm));
    }
}

fn closed_text(view: &ViewContext<'_>, why: &Closed) -> String {
    match why {
        Closed::Sandbox => view.text("autostart-sandbox"),
        Closed::Platform => view.text("autostart-platform"),
        Closed::Nowhere => view.text("autostart-nowhere"),
        Closed::Foreign(file) => view.i18n.format("autostart-foreign", [("file", file.display().to_string().into())]),
        Closed::Unreadable(file, why) => file_text(view, "autostart-unreadable", file, why),
    }
}

fn file_text(view: &ViewContext<'_>, id: &str, file: &Path, why: &FileError) -> String {
    view.i18n.format(id, [("file", file.display().to_string().into()), ("why", view.i18n.localize(why).into())])
}
