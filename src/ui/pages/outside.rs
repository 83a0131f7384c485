//! The settings of rules: programs and requests that they may name.

use egui::{TextEdit, Ui};

use crate::accounts::settings::{MOST_OUTSIDE, RuleMethod, RuleProgram, RuleRequest, RuleSettings, UnusableOutside};
use crate::automation::schedule::check_name;
use crate::ui::intent::{AppIntent, Preference};
use crate::ui::theme::tokens::space;
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, card_ui, choice_ui, plain_row_ui, quiet_button_ui};

/// Width of a field, in points.
const FIELD: f32 = 360.0;

/// The typed fields of both cards.
#[derive(Debug, Default)]
pub struct OutsideForm {
    program: [String; 3],
    request: [String; 3],
    method: RuleMethod,
    /// The reason why the last entry was not taken, and true if it was a program.
    remark: Option<(bool, String)>,
}

/// Draws the cards.
pub(super) fn outside_ui(ui: &mut Ui, view: &mut ViewContext<'_>, rules: &RuleSettings, form: &mut OutsideForm) {
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(title(view.text("outside-programs")));
        ui.label(small(view.text("outside-programs-about")).color(view.colors.muted));
        for (at, program) in rules.programs.iter().enumerate() {
            let about = format!("{} {}", program.path.display(), program.arguments.join(" "));
            if entry_ui(ui, view, &program.name, &about) {
                let mut rules = rules.clone();
                rules.programs.remove(at);
                view.send(AppIntent::Prefer(Preference::Rules(rules)));
            }
        }
        ui.separator();
        let names = ["rule-name", "outside-path", "outside-arguments"];
        fields_ui(ui, view, names, &mut form.program, 2);
        let label = view.text("outside-add-program");
        if button_ui(ui, format!("{} {label}", icons::PLUS), &label).clicked() {
            match typed_program(view, rules, &form.program) {
                Ok(program) => {
                    let mut rules = rules.clone();
                    rules.programs.push(program);
                    view.send(AppIntent::Prefer(Preference::Rules(rules)));
                    (form.program, form.remark) = (Default::default(), None);
                }
                Err(why) => form.remark = Some((true, why)),
            }
        }
        remark_ui(ui, view, form, true);
    });
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(title(view.text("outside-requests")));
        ui.label(small(view.text("outside-requests-about")).color(view.colors.muted));
        for (at, request) in rules.requests.iter().enumerate() {
            if entry_ui(ui, view, &request.name, &format!("{} {}", word(request.method), host(request))) {
                let mut rules = rules.clone();
                rules.requests.remove(at);
                view.send(AppIntent::Prefer(Preference::Rules(rules)));
            }
        }
        ui.separator();
        fields_ui(ui, view, ["rule-name", "outside-url", "outside-body"], &mut form.request, 2);
        let methods = [RuleMethod::Post, RuleMethod::Put, RuleMethod::Get];
        let name = view.text("outside-method");
        if let Some(picked) = choice_ui(ui, &name, Some(&form.method), &methods, |method| word(*method).to_owned()) {
            form.method = picked;
        }
        let label = view.text("outside-add-request");
        if button_ui(ui, format!("{} {label}", icons::PLUS), &label).clicked() {
            match typed_request(view, rules, form) {
                Ok(request) => {
                    let mut rules = rules.clone();
                    rules.requests.push(request);
                    view.send(AppIntent::Prefer(Preference::Rules(rules)));
                    (form.request, form.remark) = (Default::default(), None);
                }
                Err(why) => form.remark = Some((false, why)),
            }
        }
        remark_ui(ui, view, form, false);
    });
}

fn word(method: RuleMethod) -> &'static str {
    match method {
        RuleMethod::Get => "GET",
        RuleMethod::Post => "POST",
        RuleMethod::Put => "PUT",
    }
}

/// The host of a request: its path may be a secret.
fn host(request: &RuleRequest) -> String {
    request.address().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// Draws an entry; `true` if it shall be removed.
fn entry_ui(ui: &mut Ui, view: &mut ViewContext<'_>, name: &str, about: &str) -> bool {
    let mut is_removed = false;
    plain_row_ui(ui, view, name, about, |ui, view| {
        let removes = view.i18n.format("rule-remove-of", [("rule", name.into())]);
        is_removed = quiet_button_ui(ui, icons::TRASH, &removes).on_hover_text(&removes).clicked();
    });
    is_removed
}

/// Draws the fields of an entry; those from `long` on have several lines.
fn fields_ui(ui: &mut Ui, view: &ViewContext<'_>, names: [&'static str; 3], texts: &mut [String; 3], long: usize) {
    for (at, (name, text)) in names.into_iter().zip(texts).enumerate() {
        let name = view.text(name);
        ui.label(small(name.as_str()).color(view.colors.muted));
        let field = if at < long { TextEdit::singleline(text) } else { TextEdit::multiline(text).desired_rows(2) };
        ui.add(field.desired_width(FIELD.min(ui.available_width()))).accessible_name(name);
    }
}

fn remark_ui(ui: &mut Ui, view: &ViewContext<'_>, form: &OutsideForm, is_program: bool) {
    if let Some((_, remark)) = form.remark.as_ref().filter(|(of_program, _)| *of_program == is_program) {
        let label = ui.label(small(remark.as_str()).color(view.colors.alarm));
        ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
    }
}

fn checked_name(view: &ViewContext<'_>, name: &str, is_taken: bool, count: usize) -> Result<String, String> {
    let name = check_name(name).map_err(|problem| view.i18n.localize(&problem.why()))?;
    if is_taken {
        return Err(view.text("schedule-name-in-use"));
    }
    if count >= MOST_OUTSIDE {
        return Err(view.i18n.format("schedule-too-many", [("most", MOST_OUTSIDE.to_string().into())]));
    }
    Ok(name)
}

fn typed_program(
    view: &ViewContext<'_>,
    rules: &RuleSettings,
    [name, path, arguments]: &[String; 3],
) -> Result<RuleProgram, String> {
    let name = checked_name(view, name, rules.program(name.trim()).is_some(), rules.programs.len())?;
    let arguments = arguments.lines().map(str::to_owned).filter(|line| !line.is_empty()).collect();
    let program = RuleProgram { name, path: path.trim().into(), arguments };
    program.check().map(|()| program).map_err(|why| unusable(view, why))
}

fn typed_request(view: &ViewContext<'_>, rules: &RuleSettings, form: &OutsideForm) -> Result<RuleRequest, String> {
    let [name, url, body] = &form.request;
    let name = checked_name(view, name, rules.request(name.trim()).is_some(), rules.requests.len())?;
    let request = RuleRequest { name, method: form.method, url: url.trim().to_owned(), body: body.trim().to_owned() };
    request.check().map(|()| request).map_err(|why| unusable(view, why))
}

fn unusable(view: &ViewContext<'_>, why: UnusableOutside) -> String {
    view.text(why.message())
}
