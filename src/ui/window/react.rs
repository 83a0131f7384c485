//! Intents of the window itself: pages, dialogs, undo and the way back.

use egui::Ui;

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
use crate::ui::widgets::{heading_id, is_heading, is_list_open};

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
                    self.progress.forget_failure();
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
            Intent::Ui(UiIntent::Enlarge { camera, picture }) => {
                self.modals.open(Modal::Picture { camera, picture });
            }
            Intent::Ui(UiIntent::Type(text)) => self.modals.open(Modal::Palette(Palette::typed(text))),
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
        let from = self.focus_behind.page_opened(heading_id()).or(self.focused);
        self.before.push((std::mem::replace(&mut self.page, page), from));
        if self.before.len() > REMEMBERED {
            self.before.remove(0);
        }
    }

    /// True if Esc would lead back: nothing has the focus, no list or dialog is open, and no card is dragged. Ask before
    /// the frame is drawn, because what the key closes is closed afterwards.
    pub(super) fn is_escape_free(&self, ui: &Ui) -> bool {
        let is_free = self.focused.is_none_or(is_heading);
        let is_taken =
            self.modals.is_open() || is_list_open(ui) || self.recording.is_on() || self.overview.is_dragging();
        is_free && !is_taken
    }

    pub(super) fn go_back(&mut self) {
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
            // On its page, an edit of a schedule is the last thing that was done.
            Action::Undo if self.page == Page::Schedule && self.schedule.can_undo() => self.schedule.wants_undo(),
            Action::Undo if self.page == Page::Rules && self.rules.can_undo() => self.rules.wants_undo(),
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
            | Action::Energy
            | Action::Schedule
            | Action::Rules
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
