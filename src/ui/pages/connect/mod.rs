//! The way from the simulated home to a real one: the question which thermostat it has, one form for the answer, and
//! what was found after the sign-in.

mod drawing;
mod fields;
mod google;
mod server;

use std::sync::Arc;

use egui::{
    Align2, CollapsingHeader, Color32, CornerRadius, Galley, Id, Response, RichText, Role, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, vec2,
};

use self::drawing::Drawing;
use super::{heading_ui, page_area};
use crate::accounts::session::{ServiceEntry, SignInFields};
use crate::engine::Connection;
use crate::home::{ServiceKind, StructureId};
use crate::sdm::setup::Report;
use crate::ui::intent::{Page, UiIntent};
use crate::ui::sign_in::SignInError;
use crate::ui::theme::tokens::{measure, radius, size, space};
use crate::ui::theme::{colors, heading, icons, regular, semibold, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    button_ui, card_ui, connection_text, focus_ring, follow_focus, icon_label_ui, is_focus_untouched, main_button_ui,
    page_heading_ui,
};

pub(super) use self::fields::unseal_ui;
pub use self::fields::{FormField, SignInForm};
pub(crate) use self::google::USUAL_PORT;

/// The progress of a sign-in.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum SignInProgress {
    /// No sign-in runs.
    #[default]
    Idle,
    /// The browser has not returned a code yet.
    WaitingForBrowser,
    /// A request to the service or the keyring runs.
    WaitingForService,
    /// A check of the set-up at Google runs.
    Checking,
    /// The result of the check.
    Checked(Report),
    /// The reason why the sign-in failed.
    Failed(SignInError),
    /// The sign-in to the account with this id succeeded.
    Done(String),
}

impl SignInProgress {
    /// The message of what runs, which no other sign-in may interrupt.
    fn working(&self) -> Option<&'static str> {
        match self {
            Self::WaitingForBrowser | Self::WaitingForService => Some("sign-in-working"),
            Self::Checking => Some("google-checking"),
            Self::Idle | Self::Checked(_) | Self::Failed(_) | Self::Done(_) => None,
        }
    }

    /// Forgets the failure of the last sign-in; one that goes on is left alone.
    pub(in crate::ui) fn forget_failure(&mut self) {
        if matches!(self, Self::Failed(_)) {
            *self = Self::Idle;
        }
    }

    /// The reason why the last sign-in failed.
    fn failure(&self) -> Option<&SignInError> {
        if let Self::Failed(why) = self { Some(why) } else { None }
    }
}

/// Draws the page.
pub(in crate::ui) fn connect_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    form: &mut SignInForm,
    progress: &mut SignInProgress,
) {
    let is_fresh = view.is_fresh;
    if let SignInProgress::Done(account) = progress {
        page_area(is_fresh, "connected").show(ui, |ui| connected_ui(ui, view, account));
        return;
    }
    let Some(kind) = form.kind else {
        question_ui(ui, view, form);
        return;
    };
    // The name of the service is shorter than the answer with all its thermostats.
    let is_any_server = kind == ServiceKind::WorksWithNest;
    let title = if is_any_server { view.text(path_title(kind)) } else { kind.title().to_owned() };
    heading_ui(ui, view, None, &title, None);
    let fields = ServiceEntry::at(kind, &form.url).sign_in;
    page_area(is_fresh, ("connect", kind)).show(ui, |ui| {
        let width = (ui.available_width() - measure::BAR).min(measure::WIDE_PAGE);
        ui.set_max_width(width);
        ui.spacing_mut().item_spacing.y = space::M;
        let other = view.text("connect-other");
        if button_ui(ui, small(other.as_str()), &other).clicked() {
            form.kind = None;
            progress.forget_failure();
        }
        if width < measure::ONE_COLUMN {
            card_ui(ui, |ui| steps_ui(ui, view, form, fields, true));
            card_ui(ui, |ui| form_ui(ui, view, form, progress, fields));
        } else {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::L;
                let column = ((width - space::L) / 2.0).floor();
                let top_down = egui::Layout::top_down(egui::Align::Min);
                ui.allocate_ui_with_layout(vec2(column, 0.0), top_down, |ui| {
                    ui.spacing_mut().item_spacing.x = space::S;
                    card_ui(ui, |ui| steps_ui(ui, view, form, fields, false));
                });
                ui.allocate_ui_with_layout(vec2(column, 0.0), top_down, |ui| {
                    ui.spacing_mut().item_spacing.x = space::S;
                    card_ui(ui, |ui| form_ui(ui, view, form, progress, fields));
                });
            });
        }
        ui.add_space(space::XL);
        follow_focus(ui);
    });
}

/// Draws a part that folds under its title; `is_open` is its state at first.
fn folding_ui(ui: &mut Ui, words: &str, is_open: bool, contents: impl FnOnce(&mut Ui)) {
    // A collapsing header does not wrap its title by itself.
    let room = ui.available_width() - ui.spacing().indent;
    let header = ui.painter().layout(words.to_owned(), regular(size::BODY), Color32::PLACEHOLDER, room);
    let header = CollapsingHeader::new(header).id_salt("folding").default_open(is_open);
    let shown = header.show(ui, contents);
    focus_ring(ui, &shown.header_response);
}

/// The message that names the answer of the user.
fn path_title(kind: ServiceKind) -> &'static str {
    match kind {
        ServiceKind::DeviceAccess => "connect-google",
        ServiceKind::NoLongerEvil | ServiceKind::HostedNoLongerEvil => "connect-nle",
        ServiceKind::WorksWithNest => "connect-wwn",
    }
}

fn steps_ui(ui: &mut Ui, view: &ViewContext<'_>, form: &SignInForm, fields: SignInFields, folds: bool) {
    match fields {
        SignInFields::GoogleProject => google::guide_ui(ui, view, form, folds),
        SignInFields::TokenOrClient | SignInFields::AddressOnly | SignInFields::AddressAndKey => {
            server::about_ui(ui, view, fields);
        }
    }
}

fn form_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    form: &mut SignInForm,
    progress: &mut SignInProgress,
    fields: SignInFields,
) {
    match fields {
        SignInFields::GoogleProject => google::google_ui(ui, view, form, progress),
        SignInFields::TokenOrClient => server::token_ui(ui, view, form, progress),
        SignInFields::AddressOnly => server::server_ui(ui, view, form, progress, false),
        SignInFields::AddressAndKey => server::server_ui(ui, view, form, progress, true),
    }
}

/// Draws the question, with a picture and a short text for each answer.
fn question_ui(ui: &mut Ui, view: &mut ViewContext<'_>, form: &mut SignInForm) {
    let name = view.text("connect-title");
    heading_ui(ui, view, None, &name, None);
    page_area(view.is_fresh, "connect").show(ui, |ui| {
        let width = (ui.available_width() - measure::BAR).min(measure::WIDE_PAGE);
        ui.set_max_width(width);
        ui.label(title(view.text("connect-question")));
        ui.add_space(space::S);
        let columns = if width < measure::ONE_COLUMN { 1 } else { 3 };
        // Whole points, so that rounding wraps no card.
        let card = ((width - space::L * (columns - 1) as f32) / columns as f32).floor();
        let answers = [
            (ServiceKind::DeviceAccess, Drawing::NewThermostats, "connect-google-about"),
            (ServiceKind::NoLongerEvil, Drawing::OldThermostat, "connect-nle-about"),
            (ServiceKind::WorksWithNest, Drawing::Server, "connect-wwn-about"),
        ];
        let mut picked = None;
        let answers =
            answers.map(|(kind, drawing, about)| Answer::new(ui, view, (kind, drawing), about, card, columns == 1));
        let highest = answers.iter().map(|answer| answer.height).fold(0.0, f32::max);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::L, space::L);
            for answer in answers {
                let kind = answer.kind;
                if answer_ui(ui, answer, vec2(card, highest)).clicked() {
                    picked = Some(kind);
                }
            }
        });
        if let Some(kind) = picked {
            form.kind = Some(kind);
            ui.ctx().request_repaint();
        }
        ui.add_space(space::M);
        ui.label(small(view.text("connect-hint")).color(view.colors.muted));
        ui.add_space(space::XL);
        follow_focus(ui);
    });
}

/// An answer to the question, with its texts laid out for its card.
struct Answer {
    kind: ServiceKind,
    drawing: Drawing,
    name: Arc<Galley>,
    about: Arc<Galley>,
    /// True if the drawing stands beside the texts, false if above them.
    is_beside: bool,
    /// The height of the card, in points.
    height: f32,
}

impl Answer {
    /// Space inside the edge of a card, in points.
    const MARGIN: f32 = 18.0;
    /// Width and height of a drawing beside texts, in points.
    const BESIDE: f32 = 96.0;
    /// Height of a drawing above texts, in points.
    const ABOVE: f32 = 112.0;

    fn new(
        ui: &Ui,
        view: &ViewContext<'_>,
        (kind, drawing): (ServiceKind, Drawing),
        about: &str,
        width: f32,
        is_beside: bool,
    ) -> Self {
        let colors = view.colors;
        let beside = if is_beside { Self::BESIDE + space::L } else { 0.0 };
        let room = width - 2.0 * Self::MARGIN - beside;
        let lay_out = |text, font, color| ui.painter().layout(text, font, color, room);
        let name = lay_out(view.text(path_title(kind)), semibold(size::TITLE), colors.text);
        let about = lay_out(view.text(about), regular(size::SMALL), colors.muted);
        let texts = name.size().y + space::XS + about.size().y;
        let inner = if is_beside { texts.max(Self::BESIDE) } else { Self::ABOVE + space::S + texts };
        Self { kind, drawing, name, about, is_beside, height: inner + 2.0 * Self::MARGIN }
    }
}

/// Draws one answer as a button.
fn answer_ui(ui: &mut Ui, answer: Answer, room: egui::Vec2) -> Response {
    let Answer { drawing, name, about, is_beside, .. } = answer;
    let (rect, response) = ui.allocate_exact_size(room, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.text()));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(about.text()));
    let colors = colors(ui);
    let (fill, edge) = match (response.is_pointer_button_down_on(), response.has_focus(), response.hovered()) {
        (true, ..) => (colors.raised, Stroke::new(1.0, colors.accent)),
        (false, true, _) => (colors.surface, Stroke::new(2.0, colors.accent)),
        (false, false, true) => (colors.raised, Stroke::new(1.0, colors.tick)),
        (false, false, false) => (colors.surface, Stroke::new(1.0, colors.line)),
    };
    ui.painter().rect(rect, CornerRadius::same(radius::CARD), fill, edge, StrokeKind::Inside);
    let inner = rect.shrink(Answer::MARGIN);
    let (drawn, at) = if is_beside {
        let drawn = inner.with_max_x(inner.left() + Answer::BESIDE).with_max_y(inner.top() + Answer::BESIDE);
        (drawn, inner.left_top() + vec2(Answer::BESIDE + space::L, 0.0))
    } else {
        (inner.with_max_y(inner.top() + Answer::ABOVE), inner.left_top() + vec2(0.0, Answer::ABOVE + space::S))
    };
    drawing::draw(ui.painter(), drawn.shrink(4.0), drawing, colors);
    let below = vec2(0.0, name.size().y + space::XS);
    ui.painter().galley(at, name, colors.text);
    ui.painter().galley(at + below, about, colors.muted);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Draws what was found in the home of an account that was just signed in to.
fn connected_ui(ui: &mut Ui, view: &mut ViewContext<'_>, account: &str) {
    let colors = view.colors;
    let found = view.snapshot.accounts.iter().find(|found| found.key == account);
    let connection = found.map_or(Connection::Connecting, |found| found.connection().clone());
    let is_live = matches!(connection, Connection::Live | Connection::Stale { .. });
    ui.vertical_centered(|ui| {
        ui.set_max_width(measure::DIALOG.min(ui.available_width()));
        ui.add_space(space::XL * 2.0);
        let (rect, _) = ui.allocate_exact_size(vec2(120.0, 120.0), Sense::hover());
        drawing::home(ui.painter(), rect, is_live, colors);
        ui.add_space(space::M);
        page_heading_ui(ui, view, heading(view.text(if is_live { "connected-title" } else { "connected-reading" })));
        let Some(found) = found.filter(|_| is_live) else {
            let (_, line) = connection_text(&connection, view);
            ui.label(RichText::new(line).color(colors.muted));
            return;
        };
        let home = &found.snapshot.confirmed;
        for (id, structure) in &home.structures {
            let name = view.name_or(structure.name.as_deref(), "structure");
            ui.label(title(name));
            ui.label(RichText::new(inventory(view, home, Some(id))).color(colors.muted));
        }
        if home.structures.is_empty() {
            ui.label(RichText::new(inventory(view, home, None)).color(colors.muted));
        }
    });
    ui.vertical_centered(|ui| {
        ui.add_space(space::L);
        let label = view.text("connected-open");
        let response = main_button_ui(ui, &label, &label, None);
        // Enter goes on, unless the user moved the focus meanwhile.
        if is_focus_untouched(ui) {
            response.request_focus();
        }
        if response.clicked() {
            view.send(UiIntent::Go(Page::Overview));
        }
    });
}

/// The devices of a home, or of the whole account: `3 thermostats, 2 cameras`.
fn inventory(view: &ViewContext<'_>, home: &crate::home::DeviceTree, within: Option<&StructureId>) -> String {
    let of = |id: Option<&StructureId>| within.is_none() || id == within;
    let counts = [
        ("count-thermostats", home.thermostats.values().filter(|t| of(t.structure_id.as_ref())).count()),
        ("count-cameras", home.cameras.values().filter(|c| of(c.structure_id.as_ref())).count()),
        ("count-protects", home.protects.values().filter(|p| of(p.structure_id.as_ref())).count()),
    ];
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let found: Vec<String> = counts
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .map(|(id, number)| view.i18n.format(id, [("count", count(number).into())]))
        .collect();
    if found.is_empty() { view.text("connected-nothing") } else { found.join(", ") }
}

/// Draws a numbered step of an explanation.
fn step_ui(ui: &mut Ui, view: &ViewContext<'_>, number: usize, text: &str) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let (rect, _) = ui.allocate_exact_size(vec2(22.0, 22.0), Sense::hover());
        ui.painter().circle_filled(rect.center(), 11.0, view.colors.raised);
        let number = number.to_string();
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, number, semibold(size::SMALL), view.colors.text);
        ui.add(egui::Label::new(text).wrap());
    });
}

/// Draws the progress below a form, unless an error stands beside its field.
fn progress_ui(ui: &mut Ui, view: &ViewContext<'_>, progress: &SignInProgress) {
    let waiting = match progress {
        // Only the form for Google shows the state of a check.
        SignInProgress::Idle | SignInProgress::Checking | SignInProgress::Checked(_) | SignInProgress::Done(_) => {
            return;
        }
        SignInProgress::WaitingForBrowser => "sign-in-waiting-browser",
        SignInProgress::WaitingForService => "sign-in-waiting-service",
        SignInProgress::Failed(why) => {
            if fields::field_of(why).is_none() {
                let text = RichText::new(why.text(view.i18n)).color(view.colors.alarm);
                let response = icon_label_ui(ui, icons::WARNING, text);
                announce(ui, response.id);
            }
            return;
        }
    };
    let response = ui.label(RichText::new(view.text(waiting)).color(view.colors.muted));
    announce(ui, response.id);
}

/// Makes a screen reader say a text when it appears.
fn announce(ui: &Ui, id: Id) {
    ui.ctx().accesskit_node_builder(id, |node| node.set_live(egui::accesskit::Live::Polite));
}
