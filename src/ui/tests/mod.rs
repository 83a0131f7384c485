//! The window without a window: pages of a made-up home, found and used as a person would, by
//! role and name.

mod controls;
mod fixture;
mod pictures;
mod states;

use egui::Theme;
use egui_kittest::Harness;

use super::intent::{Intent, Page};
use super::theme;
use super::window::{Scene, Window};
use crate::engine::{Request, Snapshot};
use crate::home::Write;
use crate::settings::Appearance;

/// A window on a snapshot, with the intents that came out of it.
pub(super) struct Bench {
    pub(super) snapshot: Snapshot,
    pub(super) window: Window,
    pub(super) notices: Vec<String>,
    pub(super) account: Option<String>,
    pub(super) intents: Vec<Intent>,
}

impl Bench {
    pub(super) fn on(page: Page) -> Self {
        let mut window = Window::default();
        window.page = page;
        Self { snapshot: fixture::snapshot(), window, notices: Vec::new(), account: None, intents: Vec::new() }
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        let scene = Scene {
            snapshot: &self.snapshot,
            now: fixture::now(),
            zone: &jiff::tz::TimeZone::UTC,
            notices: &self.notices,
            appearance: Appearance::Dark,
            account: self.account.as_deref(),
            is_sealed: false,
        };
        for intent in self.window.ui(ui, scene) {
            match &intent {
                // What the application does at once.
                Intent::Go(page) => self.window.page = page.clone(),
                Intent::AskConsent(camera) => self.window.consent = Some(camera.clone()),
                Intent::Consent { .. } => self.window.consent = None,
                Intent::Engine(_)
                | Intent::DismissNotice(_)
                | Intent::Appear(_)
                | Intent::SignIn
                | Intent::SignInByBrowser
                | Intent::Unseal
                | Intent::SignOut
                | Intent::OpenSimulated
                | Intent::Reopen => {}
            }
            self.intents.push(intent);
        }
    }

    pub(super) fn harness(self, size: [f32; 2], theme: Theme) -> Harness<'static, Self> {
        Harness::builder()
            .with_size(size)
            .with_theme(theme)
            .with_context_setup(move |ctx| {
                let appearance = if theme == Theme::Dark { Appearance::Dark } else { Appearance::Light };
                theme::install(ctx, appearance);
            })
            .with_max_steps(12)
            .build_ui_state(|ui, bench: &mut Self| bench.ui(ui), self)
    }

    pub(super) fn shown(self) -> Harness<'static, Self> {
        let mut harness = self.harness([1180.0, 1300.0], Theme::Dark);
        harness.run();
        harness
    }

    /// The writes that were asked for.
    pub(super) fn writes(&self) -> Vec<Write> {
        let write = |intent: &Intent| {
            let Intent::Engine(Request::Want { write, .. }) = intent else { return None };
            Some(write.clone())
        };
        self.intents.iter().filter_map(write).collect()
    }
}
