//! The editor of a request: account, method, path and body.

use egui::text::LayoutJob;
use egui::{Color32, FontSelection, Key, Modifiers, RichText, TextEdit, TextFormat, Ui};

use super::{found, path};
use crate::http::{Method, RawRequest};
use crate::requests::{FieldHint, Holds, Problem, hints};
use crate::ui::console::{ConsoleIntent, ConsoleState, ConsoleTarget};
use crate::ui::intent::{AppIntent, CodeRequest, OtherApi, UiIntent};
use crate::ui::syntax_highlighting::{Grammar, coloured};
use crate::ui::theme::regular;
use crate::ui::theme::tokens::{size, space};
use crate::ui::theme::{icons, mono, small};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    button_or_why_ui, button_ui, card_ui, choice_ui, icon_label_ui, main_button_ui, plain_row_ui, toggle_ui,
};

/// Lines of a body that show without scrolling.
const BODY_LINES: usize = 8;

pub(super) fn editor_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut ConsoleState,
    target: &ConsoleTarget,
    targets: &[ConsoleTarget],
) {
    card_ui(ui, |ui| {
        if targets.len() > 1 {
            account_ui(ui, view, state, target, targets);
        }
        ui.horizontal(|ui| {
            let name = view.text("console-method");
            let methods = Method::ALL;
            if let Some(method) =
                choice_ui(ui, &name, Some(&state.draft.method), &methods, |method| method.word().to_owned())
            {
                state.draft.method = method;
            }
            path::path_ui(ui, view, state, target);
        });
        let is_read = state.draft.method == Method::Get;
        if !is_read || !state.draft.body.is_empty() {
            body_ui(ui, view, state);
        }
        let wrong = found(state, target);
        for problem in &wrong {
            let color = if problem.is_a_guess() { view.colors.muted } else { view.colors.warning };
            icon_label_ui(ui, icons::WARNING, small(view.i18n.localize(problem)).color(color));
        }
        send_ui(ui, view, state, target, &wrong);
        if state.left.is_some() {
            let label = view.text("console-left");
            if button_ui(ui, small(&label), &label).clicked()
                && let Some((draft, is_raw)) = state.left.take()
            {
                state.load(draft, is_raw);
            }
        }
        switches_ui(ui, view, state, is_read);
        if target.api.has_document() && !is_read {
            fields_ui(ui, view, state, target);
        }
    });
}

fn account_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    state: &mut ConsoleState,
    target: &ConsoleTarget,
    targets: &[ConsoleTarget],
) {
    let keys: Vec<&str> = targets.iter().map(|target| target.key.as_str()).collect();
    let title = |key: &&str| {
        let target = targets.iter().find(|target| target.key == **key);
        target.map(|target| view.i18n.localize(&target.name)).unwrap_or_default()
    };
    let name = view.text("console-account");
    if let Some(picked) = choice_ui(ui, &name, Some(&target.key.as_str()), &keys, title) {
        state.account = Some(picked.to_owned());
    }
}

fn body_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ConsoleState) {
    ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
    let colors = view.colors;
    let mut layouter = |ui: &Ui, text: &dyn egui::TextBuffer, width: f32| {
        let mut job = coloured(Grammar::Json, text.as_str(), &mono(size::SMALL), colors);
        job.wrap.max_width = width;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let edit = TextEdit::multiline(&mut state.draft.body)
        .font(FontSelection::FontId(mono(size::SMALL)))
        .hint_text("{ \"target_temperature_c\": 21 }")
        .desired_rows(BODY_LINES)
        .desired_width(f32::INFINITY)
        .code_editor()
        .lock_focus(false)
        .layouter(&mut layouter);
    ui.add(edit).accessible_name(view.text("console-body"));
}

/// Draws the button that formats the body.
fn format_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ConsoleState) {
    let pretty = serde_json::from_str::<serde_json::Value>(&state.draft.body).ok();
    let pretty = pretty.and_then(|value| serde_json::to_string_pretty(&value).ok());
    let label = view.text("console-format");
    let why_not = match &pretty {
        None => Some(view.text("console-format-not-json")),
        Some(pretty) => (*pretty == state.draft.body).then(|| view.text("console-format-is")),
    };
    if button_or_why_ui(ui, label.as_str(), &label, why_not.as_deref()).clicked()
        && let Some(pretty) = pretty
    {
        state.draft.body = pretty;
    }
}

/// Draws the fields that can be written at the path; a click inserts a field into the body.
fn fields_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ConsoleState, target: &ConsoleTarget) {
    let found = hints(&target.home, &state.draft.path);
    if found.is_empty() {
        return;
    }
    ui.add_space(space::XS);
    ui.label(small(view.text("console-fields")).color(view.colors.muted));
    let is_whole = segments_below(&state.draft.path) && found.len() == 1;
    for hint in found.iter().filter(|hint| hint.closed.is_none()) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            field_ui(ui, view, state, hint, is_whole);
            ui.label(small(view.i18n.localize(&hint.holds)).color(view.colors.muted));
        });
    }
    // Group the blocked fields by their reason.
    let mut reasons: Vec<String> =
        found.iter().filter_map(|hint| hint.closed.as_ref()).map(|why| view.i18n.localize(why)).collect();
    reasons.dedup();
    for reason in reasons {
        icon_label_ui(ui, icons::LOCK, small(reason.as_str()).color(view.colors.muted));
        ui.horizontal_wrapped(|ui| {
            for hint in &found {
                if hint.closed.as_ref().is_some_and(|why| view.i18n.localize(why) == reason) {
                    field_ui(ui, view, state, hint, is_whole);
                }
            }
        });
    }
}

/// True if a path names a field of a device or home, so that the body is the value of this field.
fn segments_below(path: &str) -> bool {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    match segments.first() {
        Some(&"structures") => segments.len() > 2,
        Some(_) => segments.len() > 3,
        None => false,
    }
}

fn field_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ConsoleState, hint: &FieldHint, is_whole: bool) {
    let label = view.i18n.format("console-field", [("name", hint.name.as_str().into())]);
    if button_ui(ui, RichText::new(&hint.name).font(mono(size::SMALL)), &label).clicked() {
        insert(&mut state.draft, hint, is_whole);
    }
}

/// Inserts a field with its current value into the body. If the path names the field, its value becomes the
/// body.
fn insert(draft: &mut RawRequest, hint: &FieldHint, is_whole: bool) {
    let now = hint.now.clone().filter(|now| !now.is_null());
    let value = now.unwrap_or_else(|| match &hint.holds {
        Holds::Words(words) => words.first().cloned().unwrap_or_default().into(),
        Holds::Degrees { low, .. } => (*low).into(),
        Holds::Minutes(minutes) => minutes.first().copied().unwrap_or_default().into(),
        Holds::Truth => true.into(),
        Holds::Text(_) => String::new().into(),
        Holds::Trip => serde_json::json!({ "trip_id": "", "estimated_arrival_window_begin": 0 }),
    });
    let body = if is_whole {
        value
    } else {
        let mut fields = match serde_json::from_str(&draft.body) {
            Ok(serde_json::Value::Object(fields)) => fields,
            // Do not overwrite a body that cannot be parsed, unless it is empty.
            Ok(_) | Err(_) if !draft.body.trim().is_empty() => return,
            Ok(_) | Err(_) => serde_json::Map::new(),
        };
        fields.insert(hint.name.clone(), value);
        serde_json::Value::Object(fields)
    };
    draft.body = serde_json::to_string_pretty(&body).unwrap_or_default();
}

fn switches_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ConsoleState, is_read: bool) {
    if is_read {
        let (name, about) = (view.text("console-stream"), view.text("console-stream-about"));
        plain_row_ui(ui, view, &name, &about, |ui, _| {
            toggle_ui(ui, &mut state.draft.wants_stream, &name);
        });
        return;
    }
    state.draft.wants_stream = false;
    let (name, about) = (view.text("console-raw"), view.text("console-raw-about"));
    plain_row_ui(ui, view, &name, &about, |ui, _| {
        toggle_ui(ui, &mut state.is_raw, &name);
    });
    if state.is_raw {
        let text = small(view.text("console-raw-warning")).color(view.colors.warning);
        icon_label_ui(ui, icons::WARNING, text);
    }
}

fn send_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut ConsoleState,
    target: &ConsoleTarget,
    wrong: &[Problem],
) {
    let blocks = wrong.iter().find(|problem| !problem.is_a_guess());
    let why_not = blocks.map(|problem| view.i18n.localize(problem));
    let is_pressed = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    ui.horizontal_wrapped(|ui| {
        let label = view.text(if state.is_raw { "console-send-raw" } else { "console-send" });
        let clicked = main_button_ui(ui, &label, &label, why_not.as_deref()).clicked();
        if clicked || is_pressed && why_not.is_none() {
            let (account, draft) = (target.key.clone(), state.draft.clone());
            view.send(AppIntent::Console(ConsoleIntent::Send { account, draft, is_raw: state.is_raw }));
        }
        if state.is_waiting() {
            let label = view.text("console-stop");
            if button_ui(ui, label.as_str(), &label).clicked() {
                view.send(AppIntent::Console(ConsoleIntent::Stop));
            }
        }
        if state.draft.method.has_body() {
            format_ui(ui, view, state);
        }
        examples_ui(ui, view, state, target);
        let label = view.text("console-as-code");
        let body = serde_json::from_str(&state.draft.body).ok();
        let is_code = body.is_some() == state.draft.method.has_body();
        let why_not = (!is_code).then(|| view.text("console-as-code-not"));
        if button_or_why_ui(ui, label.as_str(), &label, why_not.as_deref()).clicked() {
            let (method, path) = (state.draft.method, state.draft.path.clone());
            let api = || OtherApi { address: target.base.to_string(), is_raw: state.is_raw };
            let other_api = (!target.api.has_document()).then(api);
            view.send(UiIntent::AsCode(CodeRequest {
                method,
                path,
                body,
                account: Some(target.key.clone()),
                other_api,
            }));
        }
    });
}

fn examples_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ConsoleState, target: &ConsoleTarget) {
    let label = view.text("console-examples");
    let title = |draft: &RawRequest| {
        let body = draft.body.split_whitespace().collect::<Vec<_>>().join(" ");
        let stream = if draft.wants_stream { icons::REFRESH } else { "" };
        format!("{} {} {body}{stream}", draft.method.word(), draft.path)
    };
    let response = ui
        .menu_button(label.as_str(), |ui| {
            ui.set_max_width(420.0);
            for draft in target.api.examples(&target.home) {
                let wire = title(&draft);
                let mut job = LayoutJob::default();
                if let Some(does) = effect(view, &draft, target) {
                    job.append(&does, 0.0, TextFormat::simple(regular(size::BODY), view.colors.text));
                    job.append("\n", 0.0, TextFormat::default());
                }
                job.append(&wire, 0.0, TextFormat::simple(mono(size::SMALL), view.colors.muted));
                let name = job.text.replace('\n', ": ").replace(icons::REFRESH, "");
                let button = egui::Button::new(job).fill(Color32::TRANSPARENT).truncate();
                if ui.add(button).accessible_name(name).clicked() {
                    state.load(draft, false);
                    ui.close();
                }
            }
        })
        .response;
    response.accessible_name(label);
}

/// Says in one sentence what a request does; `None` if it stands for no write of this home.
fn effect(view: &ViewContext<'_>, draft: &RawRequest, target: &ConsoleTarget) -> Option<String> {
    if !draft.method.has_body() {
        return (draft.path == "/")
            .then(|| view.text(if draft.wants_stream { "console-example-follow" } else { "console-example-read" }));
    }
    let path: Vec<&str> = draft.path.split('/').filter(|segment| !segment.is_empty()).collect();
    let body = serde_json::from_str(&draft.body).ok()?;
    let writes = target.api.decode(&target.home, &path, &body).ok()?;
    let [write] = writes.as_slice() else { return None };
    let device = write.slot().node.name(&target.home).to_owned();
    let value = view.value(write);
    Some(view.i18n.format("console-example-set", [("device", device.into()), ("value", value.into())]))
}
