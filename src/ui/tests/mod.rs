//! The window without a window: pages of a made-up home, found and used as a person would, by
//! role and name.

mod controls;
mod dial;
mod fixture;
mod pictures;
mod states;

use egui::Theme;
use egui_kittest::Harness;

use super::intent::{Intent, Page};
use super::picture_book::PictureBook;
use super::theme::{self, Look};
use super::window::{Scene, Window};
use crate::engine::{Request, Snapshot};
use crate::home::Write;
use crate::presets::Presets;
use crate::settings::Settings;
use crate::simulator::Conditions;
use crate::texts::{Language, Texts};

/// A window on a snapshot, with the intents that came out of it.
pub(super) struct Bench {
    pub(super) snapshot: Snapshot,
    pub(super) window: Window,
    pub(super) notices: Vec<String>,
    pub(super) account: Option<String>,
    pub(super) settings: Settings,
    pub(super) presets: Presets,
    pub(super) texts: Texts,
    pub(super) now: jiff::Timestamp,
    pub(super) intents: Vec<Intent>,
}

impl Bench {
    pub(super) fn on(page: Page) -> Self {
        let mut window = Window::default();
        window.page = page;
        window.pictures = PictureBook::from_source(fixture::picture);
        Self {
            snapshot: fixture::snapshot(),
            window,
            notices: Vec::new(),
            account: None,
            settings: Settings::default(),
            presets: fixture::presets(),
            texts: Texts::new(Language::English),
            now: fixture::now(),
            intents: Vec::new(),
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        let is_simulated = self.snapshot.account.is_simulated;
        let conditions = Conditions { outdoor_celsius: 4.0, is_outdoor_fixed: false, hour: 14.5, speed: 1.0 };
        let scene = Scene {
            snapshot: &self.snapshot,
            now: self.now,
            zone: &jiff::tz::TimeZone::UTC,
            texts: &self.texts,
            notices: &self.notices,
            settings: &self.settings,
            presets: &self.presets,
            removed_preset: None,
            conditions: is_simulated.then_some(conditions),
            account: self.account.as_deref(),
            is_sealed: false,
        };
        self.intents.extend(self.window.ui(ui, scene));
    }

    pub(super) fn harness(self, size: [f32; 2], theme: Theme) -> Harness<'static, Self> {
        let look = if theme == Theme::Dark { Look::DARK } else { Look::LIGHT };
        // Nothing moves, so that a test need not wait.
        self.looking(size, Look { is_still: true, ..look }, 1.0)
    }

    pub(super) fn looking(self, size: [f32; 2], look: Look, pixels: f32) -> Harness<'static, Self> {
        let theme = if look.is_dark == Some(true) { Theme::Dark } else { Theme::Light };
        Harness::builder()
            .with_size(size)
            .with_theme(theme)
            .with_pixels_per_point(pixels)
            .with_context_setup(move |ctx| theme::install(ctx, look))
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
