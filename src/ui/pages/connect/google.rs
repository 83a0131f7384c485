//! Sign-in to Google Device Access: the guide through the set-up, the form with three ids that are easily
//! confused, and the result of a set-up check.

use egui::{RichText, Ui};

use super::fields::{FormField, SignInForm, field_ui, keep_ui, submit_ui};
use super::{SignInProgress, folding_ui, progress_ui};
use crate::accounts::vault::Loopback;
use crate::sdm::setup::{CheckResult, Finding, Report, SetupStep};
use crate::sdm::{looks_like_client_id, looks_like_project, looks_like_subscription};
use crate::ui::intent::AppIntent;
use crate::ui::sign_in::SignInError;
use crate::ui::theme::tokens::{size, space};
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_or_why_ui, icon_ui, main_button_ui};

/// Default port of the redirect. A web client of OAuth requires a fixed address.
pub(crate) const USUAL_PORT: u16 = 8080;

/// Draws the form and the result of the check.
pub(super) fn google_ui(ui: &mut Ui, view: &mut ViewContext<'_>, form: &mut SignInForm, progress: &mut SignInProgress) {
    let entered = ids_ui(ui, view, form, progress) | keep_ui(ui, view, form, progress);
    let is_right = looks_like_project(form.project.trim())
        && looks_like_client_id(form.client_id.trim())
        && (form.subscription.trim().is_empty() || looks_like_subscription(form.subscription.trim()))
        && (form.port.trim().is_empty() || form.port.trim().parse::<u16>().is_ok());
    let working = progress.working().or_else(|| (!is_right).then_some("google-needs-ids"));
    let why_not = working.map(|id| view.text(id));
    let needed = [(FormField::Project, "google-needs-ids"), (FormField::GoogleClient, "google-needs-ids")];
    ui.horizontal_wrapped(|ui| {
        let label = view.text("google-sign-in");
        if submit_ui(ui, view, form, progress, &label, &needed, why_not.clone(), entered) {
            view.send(AppIntent::SignInByBrowser);
        }
        let label = view.text("google-check");
        if button_or_why_ui(ui, &label, &label, why_not.as_deref()).clicked() {
            view.send(AppIntent::CheckGoogle { make: false });
        }
    });
    progress_ui(ui, view, progress);
    match progress {
        SignInProgress::Checking => {
            ui.label(RichText::new(view.text("google-checking")).color(view.colors.muted));
        }
        SignInProgress::Checked(report) | SignInProgress::Failed(SignInError::NotReady(report)) => {
            report_ui(ui, view, report, why_not.as_deref());
        }
        SignInProgress::Idle
        | SignInProgress::WaitingForBrowser
        | SignInProgress::WaitingForService
        | SignInProgress::Done(_)
        | SignInProgress::Failed(_) => {}
    }
}

/// Draws the fields for the ids, each with the error of a text in the wrong form; `true` if Enter was pressed.
fn ids_ui(ui: &mut Ui, view: &ViewContext<'_>, form: &mut SignInForm, progress: &mut SignInProgress) -> bool {
    let wrong = |text: &str, is_right: fn(&str) -> bool, id: &str| {
        let text = text.trim();
        (!text.is_empty() && !is_right(text)).then(|| view.text(id))
    };
    let is_topic = form.subscription.contains("/topics/");
    let subscription = if is_topic { "google-subscription-topic" } else { "google-subscription-wrong" };
    let port = USUAL_PORT.to_string();
    let fields = [
        (
            FormField::Project,
            "32c4c2bc-fe0d-461b-b51c-f3885afff2f0",
            wrong(&form.project, looks_like_project, "google-project-wrong"),
        ),
        (
            FormField::GoogleClient,
            "1234-abc.apps.googleusercontent.com",
            wrong(&form.client_id, looks_like_client_id, "google-client-wrong"),
        ),
        (FormField::GoogleSecret, "GOCSPX-…", None),
        (
            FormField::Subscription,
            "projects/…/subscriptions/…",
            wrong(&form.subscription, looks_like_subscription, subscription),
        ),
        (FormField::Port, &port, wrong(&form.port, |port| port.parse::<u16>().is_ok(), "google-port-wrong")),
        (FormField::Name, &view.text("sign-in-my-home"), None),
    ];
    let mut entered = false;
    for (field, hint, error) in fields {
        entered |= field_ui(ui, view, form, progress, field, hint, error);
    }
    entered
}

/// Draws the steps at Google with links to their pages. Above the form they fold, and are open for a user without a
/// project.
pub(super) fn guide_ui(ui: &mut Ui, view: &ViewContext<'_>, form: &SignInForm, folds: bool) {
    let back = Loopback::redirect_to(form.port.trim().parse().unwrap_or(USUAL_PORT));
    ui.label(small(view.text("sign-in-about-sdm")).color(view.colors.muted));
    let steps_ui = |ui: &mut Ui| {
        ui.label(small(view.text("google-guide-about")).color(view.colors.muted));
        for (number, step) in SetupStep::ALL.into_iter().enumerate() {
            step_ui(ui, view, number + 1, step, &back);
        }
    };
    if !folds {
        ui.label(title(view.text("google-guide")));
        steps_ui(ui);
        return;
    }
    folding_ui(ui, &view.text("google-guide"), form.project.is_empty(), steps_ui);
}

fn step_ui(ui: &mut Ui, view: &ViewContext<'_>, number: usize, step: SetupStep, back: &str) {
    ui.add_space(space::S);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let called = view.i18n.localize(&step);
        let number = number.to_string();
        ui.label(title(view.i18n.format("google-step", [("number", number.into()), ("title", called.into())])));
        ui.label(small(view.i18n.localize(&step.about(back))));
        for link in step.links() {
            ui.hyperlink_to(small(view.i18n.localize(link)), link.url());
        }
    });
}

/// Draws the result of a check, with a remedy for each finding.
fn report_ui(ui: &mut Ui, view: &mut ViewContext<'_>, report: &Report, why_not: Option<&str>) {
    ui.add_space(space::XS);
    let all = if report.is_well() { "google-well" } else { "google-not-well" };
    ui.label(title(view.text(all)));
    for finding in &report.findings {
        finding_ui(ui, view, report, finding);
    }
    if let Some(topic) = &report.topic {
        ui.add_space(space::XS);
        let note = view.i18n.format("google-topic-note", [("topic", topic.as_str().into())]);
        ui.label(small(note).color(view.colors.muted));
    }
    if report.can_make() {
        ui.add_space(space::XS);
        ui.label(small(view.text("google-make-about")).color(view.colors.muted));
        let label = view.text("google-make");
        if main_button_ui(ui, &label, &label, why_not).clicked() {
            view.send(AppIntent::CheckGoogle { make: true });
        }
    }
}

fn finding_ui(ui: &mut Ui, view: &ViewContext<'_>, report: &Report, finding: &Finding) {
    let colors = view.colors;
    let (icon, color) = match finding.verdict {
        CheckResult::Passed | CheckResult::Made => (icons::CHECK, colors.eco),
        CheckResult::Mind(_) => (icons::WARNING, colors.warning),
        CheckResult::Failed(_) => (icons::WARNING, colors.alarm),
        CheckResult::Untried => (icons::CLOCK, colors.muted),
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        icon_ui(ui, icon, size::TITLE, color);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            let is_untried = finding.verdict == CheckResult::Untried;
            let text = if is_untried { colors.muted } else { colors.text };
            ui.label(RichText::new(view.i18n.localize(finding)).color(text));
            let Some(remedy) = finding.verdict.remedy() else { return };
            ui.label(small(view.i18n.localize(remedy)));
            if let (Some(link), Some(page)) = (remedy.link(), report.page(finding)) {
                ui.hyperlink_to(small(view.i18n.localize(&link)), page);
            }
        });
    });
}
