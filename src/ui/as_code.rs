//! The dialog that shows a request as code in a language of choice.
//!
//! The code never contains the token: it reads the token from the environment, and the dialog shows how to set
//! the variable.

use egui::{Modal, ScrollArea, Stroke, StrokeKind, TextEdit, Ui};

use super::focus::opens;
use super::help::dialog_frame;
use super::intent::{AppIntent, CodeRequest, Preference};
use super::syntax_highlighting::{Grammar, coloured};
use super::theme::tokens::{Colors, measure, radius, size, space};
use super::theme::{heading, icons, mono, small};
use super::view::ViewContext;
use super::widgets::{at_the_right, button_or_why_ui, button_ui, choice_ui, main_button_ui, quiet_button_ui};
use super::window::Scene;
use crate::accounts::session::TOKEN_VARIABLE;
use crate::home::ServiceKind;
use crate::platform::terminal::Script;
use crate::snippet::{Call, CodeLanguage, TokenFrom, Wording, command, curl_line, snippet};
use crate::ui::widgets::name_dialog;

/// Replaces an unknown address, as on the command line.
const PLACEHOLDER: &str = "https://server.example/";

/// The dialog with a request as code.
#[derive(Debug)]
pub struct AsCode {
    request: CodeRequest,
    language: CodeLanguage,
    base: String,
    /// The id of the message that explains why the code contains the placeholder instead of an address.
    why_placeholder: Option<&'static str>,
    /// The name of an account whose service does not speak Works with Nest. The program's own command reaches it
    /// without a bridge.
    account: Option<String>,
}

/// The code and the account that it uses.
#[derive(Debug)]
struct ShownCode {
    text: String,
    /// The same request as one line that follows no redirect.
    line: Option<String>,
    /// The account from which the program's own command takes address and token.
    account: Option<String>,
}

/// The result of a frame of the dialog, for the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DialogAction {
    Nothing,
    Close,
    /// Show this message.
    Tell(String),
}

impl AsCode {
    /// Opens a request in the language that was used last.
    pub(super) fn new(request: CodeRequest, scene: Scene<'_>) -> Self {
        let settings = scene.settings;
        let word = settings.code_language.as_deref();
        let language = word.and_then(CodeLanguage::of_word).unwrap_or(CodeLanguage::Curl);
        let key = request.account.as_deref().or(scene.shown.first().copied()).unwrap_or_default();
        let account = settings.accounts.iter().find(|account| account.id == key);
        let other = account.filter(|account| account.kind != ServiceKind::WorksWithNest);
        let (base, why_placeholder) = match (&request.other_api, account, scene.environment_url) {
            (Some(api), _, _) => (api.address.as_str(), None),
            (None, Some(_), _) if other.is_some() => (PLACEHOLDER, Some("as-code-other-api")),
            (None, Some(account), _) => (account.url.as_str(), None),
            (None, None, Some(url)) => (url, None),
            (None, None, None) => (PLACEHOLDER, Some("as-code-simulated")),
        };
        let base = base.to_owned();
        let account = other.map(|account| account.name.clone());
        Self { request, language, base, why_placeholder, account }
    }

    /// Returns the code, or the id of the message that explains why there is none.
    fn code(&self) -> Result<ShownCode, &'static str> {
        let CodeRequest { method, path, body, .. } = &self.request;
        let token = TokenFrom::Variable(TOKEN_VARIABLE.to_owned());
        let call = Call::new(&self.base, *method, path, body.clone(), token).map_err(|_wrong| "as-code-no-request")?;
        if let (CodeLanguage::Setpoint, Some(account)) = (self.language, &self.account) {
            let wording = match &self.request.other_api {
                Some(api) => Wording::OfTheAccount { is_raw: api.is_raw },
                None => Wording::WorksWithNest,
            };
            match (command(account, &call, wording), wording) {
                (Some(text), _) => return Ok(ShownCode { text, line: None, account: Some(account.clone()) }),
                // The request is in the API of this account, which no Works with Nest server understands; the
                // token does not fit either.
                (None, Wording::OfTheAccount { .. }) => return Err("as-code-no-request"),
                // The bridge understands the request, so the snippet below works.
                (None, Wording::WorksWithNest) => {}
            }
        }
        let line = if self.language == CodeLanguage::Curl { curl_line(&call) } else { None };
        Ok(ShownCode { text: snippet(self.language, &call), line, account: None })
    }

    /// Draws the dialog.
    pub(super) fn ui(&mut self, ui: &Ui, view: &mut ViewContext<'_>, has_terminal: bool) -> DialogAction {
        let width = ui.ctx().content_rect().width();
        let mut action = DialogAction::Nothing;
        let modal = Modal::new(egui::Id::unique("as code")).frame(dialog_frame(view)).show(ui.ctx(), |ui| {
            ui.set_width((width - 64.0).min(measure::WIDE_PAGE));
            ui.spacing_mut().item_spacing.y = space::S;
            let close = view.text("close");
            let is_done = ui
                .horizontal(|ui| {
                    name_dialog(ui, &view.text("as-code"));
                    ui.label(heading(view.text("as-code")));
                    at_the_right(ui, "close", |ui| quiet_button_ui(ui, icons::CLOSE, &close).clicked())
                })
                .inner;
            if is_done {
                action = DialogAction::Close;
            }
            self.request_ui(ui, view);
            let code = self.code();
            if let Some(done) = self.buttons_ui(ui, view, code.as_ref(), has_terminal) {
                action = done;
            }
            if let Ok(ShownCode { line: Some(line), .. }) = &code
                && let Some(told) = line_ui(ui, view, line)
            {
                action = told;
            }
            match &code {
                Ok(code) => {
                    let above = if code.line.is_some() { LINE } else { 0.0 };
                    code_ui(ui, view.colors, &view.text("as-code-name"), self.language, &code.text, above);
                }
                Err(why) => drop(ui.label(small(view.text(why)).color(view.colors.warning))),
            }
            if let Ok(code) = &code {
                self.notes_ui(ui, view, code);
            }
        });
        if modal.should_close() { DialogAction::Close } else { action }
    }

    /// Draws method, path and body on one line.
    fn request_ui(&self, ui: &mut Ui, view: &ViewContext<'_>) {
        let CodeRequest { method, path, body, .. } = &self.request;
        let body = body.as_ref().map(|body| format!(" {body}")).unwrap_or_default();
        let line = format!("{} {path}{body}", method.word());
        let job = coloured(Grammar::Http, &line, &mono(size::SMALL), view.colors);
        ui.add(egui::Label::new(job).truncate()).on_hover_text(line);
    }

    fn buttons_ui(
        &mut self,
        ui: &mut Ui,
        view: &mut ViewContext<'_>,
        code: Result<&ShownCode, &&'static str>,
        has_terminal: bool,
    ) -> Option<DialogAction> {
        let why_none = code.err().map(|why| view.text(why));
        let mut action = None;
        ui.horizontal_wrapped(|ui| {
            let name = view.text("as-code-language");
            let title = |language: &CodeLanguage| language.title().to_owned();
            if let Some(picked) = choice_ui(ui, &name, Some(&self.language), &CodeLanguage::ALL, title) {
                self.language = picked;
                view.send(AppIntent::Prefer(Preference::CodeLanguage(picked)));
            }
            let copy = view.text("as-code-copy");
            let response = main_button_ui(ui, &copy, &copy, why_none.as_deref());
            // Copy changes nothing and is the most frequent use of the dialog, so it gets the focus.
            if opens(ui, "as code opens") && !response.has_focus() {
                response.request_focus();
            }
            if let (true, Ok(code)) = (response.clicked(), code) {
                ui.ctx().copy_text(code.text.clone());
                let language = self.language.title();
                action = Some(DialogAction::Tell(view.i18n.format("as-code-copied", [("language", language.into())])));
            }
            let terminal = view.text("as-code-terminal");
            let runs_with = runs_with(self.language);
            let why_not = match (&why_none, runs_with, has_terminal) {
                (Some(why), _, _) => Some(why.clone()),
                (None, None, _) => Some(view.text("as-code-terminal-shell")),
                (None, Some(_), false) => Some(view.text("as-code-terminal-none")),
                (None, Some(_), true) => None,
            };
            let clicked = button_or_why_ui(ui, &terminal, &terminal, why_not.as_deref()).clicked();
            if let (true, Some(runs_with), Ok(code)) = (clicked, runs_with, code) {
                let hint = match &code.account {
                    Some(_) => view.text("as-code-terminal-hint-account"),
                    None => view.i18n.format("as-code-terminal-hint", [("variable", TOKEN_VARIABLE.into())]),
                };
                let (file_name, text) = (self.language.file_name(), code.text.clone());
                view.send(AppIntent::InTerminal(Script { file_name, runs_with, text, hint }));
            }
        });
        action
    }

    /// Draws the notes below the code: the source of the token, and why the address is a placeholder.
    fn notes_ui(&self, ui: &mut Ui, view: &ViewContext<'_>, code: &ShownCode) {
        if let Some(account) = &code.account {
            let text = view.i18n.format("as-code-account", [("account", account.as_str().into())]);
            ui.label(small(text));
            return;
        }
        match token_line(self.language) {
            Some(line) => {
                ui.label(small(view.i18n.format("as-code-token", [("variable", TOKEN_VARIABLE.into())])));
                let job = coloured(Grammar::of(self.language_of_shell()), line, &mono(size::SMALL), view.colors);
                ui.add(egui::Label::new(job).selectable(true).wrap());
            }
            None => drop(ui.label(small(view.text("as-code-token-page")))),
        }
        if let Some(why) = self.why_placeholder {
            let text = view.i18n.format(why, [("address", PLACEHOLDER.into())]);
            ui.label(small(text).color(view.colors.warning));
        }
    }

    /// The language of the line that sets the token variable.
    fn language_of_shell(&self) -> CodeLanguage {
        if is_in_powershell(self.language) { CodeLanguage::PowerShell } else { CodeLanguage::Curl }
    }
}

/// Draws the request as one line, with a button that copies it.
fn line_ui(ui: &mut Ui, view: &ViewContext<'_>, line: &str) -> Option<DialogAction> {
    let mut told = None;
    ui.horizontal_wrapped(|ui| {
        ui.label(small(view.text("as-code-line")));
        let copy = view.text("as-code-copy");
        if button_ui(ui, small(&copy), &view.text("as-code-line-copy")).clicked() {
            ui.ctx().copy_text(line.to_owned());
            told = Some(DialogAction::Tell(view.i18n.format("as-code-copied", [("language", "curl".into())])));
        }
    });
    let job = coloured(Grammar::of(CodeLanguage::Curl), line, &mono(size::SMALL), view.colors);
    ui.add(egui::Label::new(job).selectable(true).wrap());
    ui.label(small(view.text("as-code-script")).color(view.colors.muted));
    told
}

/// Returns the shell that runs a snippet in a terminal, for languages of a shell.
fn runs_with(language: CodeLanguage) -> Option<&'static str> {
    match language {
        CodeLanguage::Curl | CodeLanguage::Setpoint => Some("sh"),
        CodeLanguage::Httpie => Some("bash"),
        CodeLanguage::PowerShell
        | CodeLanguage::Go
        | CodeLanguage::Node
        | CodeLanguage::Python
        | CodeLanguage::PythonRequests
        | CodeLanguage::Python2
        | CodeLanguage::Java
        | CodeLanguage::OkHttp
        | CodeLanguage::Rust
        | CodeLanguage::Page => None,
    }
}

fn is_in_powershell(language: CodeLanguage) -> bool {
    language == CodeLanguage::PowerShell || (cfg!(windows) && runs_with(language).is_none())
}

/// The line that sets the variable without leaving the token in the shell history. `None` for a page, which asks
/// for the token itself.
fn token_line(language: CodeLanguage) -> Option<&'static str> {
    if language == CodeLanguage::Page {
        None
    } else if is_in_powershell(language) {
        Some("$env:SETPOINT_TOKEN = Read-Host")
    } else {
        Some("read -rs SETPOINT_TOKEN && export SETPOINT_TOKEN")
    }
}

/// Largest height above and below the code, in points.
const AROUND: f32 = 330.0;
/// The same for narrow windows, in which texts take more lines.
const AROUND_IN_NARROW: f32 = 450.0;
/// Smallest height of the code in points, so that some lines show even in the smallest window.
const LEAST: f32 = 72.0;
/// Height of the line above the script with its words, in points.
const LINE: f32 = 84.0;

/// Draws the code. The user can select and copy parts of it; it scrolls both ways. `above` is the height of
/// what stands above it only for this language, in points.
fn code_ui(ui: &mut Ui, colors: &'static Colors, name: &str, language: CodeLanguage, code: &str, above: f32) {
    let screen = ui.ctx().content_rect();
    let around = above + if screen.width() < measure::NARROW { AROUND_IN_NARROW } else { AROUND };
    let height = (screen.height() - around).clamp(LEAST, 480.0);
    let frame = egui::Frame::new()
        .fill(colors.raised)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(radius::CONTROL)
        .inner_margin(space::S);
    let framed = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let area = ScrollArea::both().id_salt(language.word()).max_height(height).min_scrolled_height(height);
        area.auto_shrink([false, true]).show(ui, |ui| {
            let job = coloured(Grammar::of(language), code, &mono(size::SMALL), colors);
            let mut layouter = |ui: &Ui, _text: &dyn egui::TextBuffer, _width: f32| {
                ui.ctx().fonts_mut(|fonts| fonts.layout_job(job.clone()))
            };
            // A read-only text still takes the focus, the arrow keys and Ctrl+A.
            let mut fixed = code;
            let edit = TextEdit::multiline(&mut fixed)
                .font(mono(size::SMALL))
                .layouter(&mut layouter)
                .frame(egui::Frame::NONE)
                .desired_rows(1)
                .desired_width(f32::INFINITY);
            ui.add(edit).accessible_name(name).has_focus()
        })
    });
    if framed.inner.inner {
        // The text may be wider than its visible part, so the frame shows the focus.
        let edge = Stroke::new(2.0, colors.accent);
        ui.painter().rect_stroke(framed.response.rect, radius::CONTROL, edge, StrokeKind::Inside);
    }
}
