//! Intents of the window itself: pages, dialogs, undo and the way back.

use egui::{Key, Popup, Ui};

use super::{REMEMBERED, Scene, UiState, text_size};
use crate::accounts::AccountsReversal;
use crate::accounts::settings::TextSize;
use crate::ui::action::Action;
use crate::ui::as_code::AsCode;
use crate::ui::consent::{Consent, switched_on, without};
use crate::ui::dialogs::ConsentAnswer;
use crate::ui::intent::{AppIntent, Intent, Page, UiIntent};
use crate::ui::modal::Modal;
use crate::ui::palette::Palette;
use crate::ui::widgets::is_heading;

impl UiState {
    /// Returns the intent that remains after the answer about cameras.
    pub(super) fn answered(&mut self, answer: ConsentAnswer) -> Option<AppIntent> {
        let consent = self.modals.take_consent()?;
        match answer {
            ConsentAnswer::SwitchOn => Some(consent.then),
            ConsentAnswer::KeepOff => without(consent.then, &consent.cameras),
            ConsentAnswer::Nothing => None,
        }
    }

    /// Handles an intent of the window; returns one of the program, unless it waits for consent.
    pub(super) fn handle(&mut self, intent: Intent, scene: Scene<'_>) -> Option<AppIntent> {
        match intent {
            Intent::Ui(UiIntent::Go(page)) => {
                if page == Page::Connect {
                    // The way to another home begins with the question.
                    self.form.kind = None;
                }
                self.open_page(page);
            }
            Intent::Ui(UiIntent::ShowSettings(section)) => {
                self.settings_section = section;
                self.open_page(Page::Settings);
            }
            Intent::Ui(UiIntent::Back) => self.go_back(),
            Intent::Ui(UiIntent::ShowHome(home)) => self.home = home,
            Intent::Ui(UiIntent::EditText(slot)) => {
                self.open_page(Page::of(&slot.node));
                self.edits = Some(slot);
            }
            Intent::Ui(UiIntent::Enlarge { camera, is_event }) => {
                self.modals.open(Modal::Picture { camera, is_event });
            }
            Intent::Ui(UiIntent::AsCode(request)) => {
                self.modals.open(Modal::AsCode(Box::new(AsCode::new(request, scene))));
            }
            Intent::Ui(UiIntent::Action(action)) => return self.act(action, scene),
            Intent::App(intent) => return self.with_consent(intent, scene),
        }
        None
    }

    /// Returns the intent, or keeps it and asks if it switches a camera on: no undo, no preset and no palette
    /// command may do that unasked.
    fn with_consent(&mut self, intent: AppIntent, scene: Scene<'_>) -> Option<AppIntent> {
        let cameras = switched_on(&intent, scene.snapshot);
        if cameras.is_empty() {
            return Some(intent);
        }
        self.modals.open(Modal::Consent(Consent { cameras, then: intent }));
        None
    }

    pub(crate) fn open_page(&mut self, page: Page) {
        if page == self.page {
            return;
        }
        self.is_fresh = true;
        self.before.push((std::mem::replace(&mut self.page, page), self.focused));
        if self.before.len() > REMEMBERED {
            self.before.remove(0);
        }
    }

    /// Esc leads back when nothing else wants it: no control has the focus, and no list or dialog is open.
    pub(super) fn go_back_by_escape(&mut self, ui: &Ui) {
        // In this frame the key has taken the focus from its control already.
        let is_free = self.focused.is_none_or(is_heading);
        let is_plain = is_free && !self.modals.is_open() && !Popup::is_any_open(ui.ctx()) && !self.recording.is_on();
        if is_plain && !self.before.is_empty() && ui.input(|input| input.key_pressed(Key::Escape)) {
            self.go_back();
            ui.ctx().request_repaint();
        }
    }

    fn go_back(&mut self) {
        (self.page, self.returns_to) = self.before.pop().unwrap_or_default();
    }

    fn act(&mut self, action: Action, scene: Scene<'_>) -> Option<AppIntent> {
        self.modals.close_help();
        if let Some(page) = action.page() {
            self.activity.wants_focus = action == Action::Search;
            self.open_page(page);
            return None;
        }
        match action {
            Action::Palette => {
                let typed = std::mem::take(&mut self.typed_ahead);
                self.modals.open(Modal::Palette(Palette::typed(typed)));
            }
            Action::Help => self.modals.open(Modal::Help),
            Action::CloseWindow => return Some(AppIntent::CloseWindow),
            Action::Quit => return Some(AppIntent::Quit),
            Action::Undo => return self.reverse(scene.snapshot.next_undo(), scene),
            Action::Redo => return self.reverse(scene.snapshot.next_redo(), scene),
            Action::Back => self.go_back(),
            Action::NextHome => {
                let homes = self.summary.homes();
                let present = homes.iter().position(|home| *home == self.home).unwrap_or_default();
                self.home = homes.get(present + 1).cloned().flatten().filter(|_| homes.len() > 2);
            }
            Action::LargerText => return Some(text_size(scene.settings.text_size.larger())),
            Action::SmallerText => return Some(text_size(scene.settings.text_size.smaller())),
            Action::UsualText => return Some(text_size(TextSize::default())),
            Action::Reconnect => return Some(AppIntent::Reopen),
            Action::Overview
            | Action::Activity
            | Action::Search
            | Action::Presets
            | Action::Console
            | Action::Simulator
            | Action::Explorer
            | Action::Settings => {}
        }
        None
    }

    fn reverse(&mut self, reversal: Option<AccountsReversal>, scene: Scene<'_>) -> Option<AppIntent> {
        self.with_consent(AppIntent::Reverse(reversal?), scene)
    }
}
