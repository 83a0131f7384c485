//! All that is drawn, as a function of a scene and of what the person is in the middle of.

use egui::{CentralPanel, Frame, Margin, RichText, Ui};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::intent::{Intent, Page};
use super::pages::{Overview, SettingsState, SignInForm, SignInProgress, page_ui, settings_ui};
use super::shell::{badge_ui, consent_ui, rail_ui};
use super::theme::colors;
use super::theme::tokens::{measure, size, space};
use super::view::{Drafts, View};
use crate::engine::Snapshot;
use crate::home::DeviceId;
use crate::settings::Appearance;

/// What there is to draw.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The account.
    pub snapshot: &'a Snapshot,
    /// The time of day.
    pub now: Timestamp,
    /// Where the person is.
    pub zone: &'a TimeZone,
    /// What went wrong outside of the account.
    pub notices: &'a [String],
    /// Light or dark.
    pub appearance: Appearance,
    /// The account in the settings, if it is the one that is open.
    pub account: Option<&'a str>,
    /// Whether the account waits for the passphrase of its sealed file.
    pub is_sealed: bool,
}

/// What the person is in the middle of.
#[derive(Default)]
pub struct Window {
    /// Which page is shown.
    pub page: Page,
    /// Values that a hand is still on.
    pub drafts: Drafts,
    /// A camera that waits for consent.
    pub consent: Option<DeviceId>,
    /// What was typed to sign in.
    pub form: SignInForm,
    /// How far that is.
    pub progress: SignInProgress,
    overview: Overview,
}

impl Window {
    /// Draws everything and returns what the person asked for.
    pub fn ui(&mut self, ui: &mut Ui, scene: Scene<'_>) -> Vec<Intent> {
        let Scene { snapshot, now, zone, notices, appearance, account, is_sealed } = scene;
        ui.spacing_mut().item_spacing.y = space::S;
        self.drafts.settle(snapshot);
        let mut view = View { snapshot, now, zone, drafts: &mut self.drafts, intents: Vec::new(), remark: None };
        rail_ui(ui, &mut view, &self.page);
        badge_ui(ui, &mut view);
        let colors = colors(ui.visuals());
        let margin = if ui.available_width() < measure::NARROW { 12 } else { 24 };
        let frame = Frame::new().fill(colors.window).inner_margin(Margin::symmetric(margin, 16));
        CentralPanel::default().frame(frame).show(ui, |ui| {
            for (index, notice) in notices.iter().enumerate() {
                ui.horizontal_wrapped(|ui| {
                    ui.label(RichText::new(notice).size(size::SMALL).color(colors.warning));
                    if ui.button("Dismiss").accessible_name("Dismiss this notice").clicked() {
                        view.ask(Intent::DismissNotice(index));
                    }
                });
            }
            match &self.page {
                Page::Overview => self.overview.ui(ui, &mut view),
                Page::Settings => {
                    let state = SettingsState {
                        appearance,
                        form: &mut self.form,
                        progress: &self.progress,
                        account,
                        is_sealed,
                    };
                    settings_ui(ui, &mut view, state);
                }
                page @ (Page::Structure(_)
                | Page::Thermostat(_)
                | Page::Camera(_)
                | Page::Protect(_)
                | Page::Activity) => page_ui(ui, &mut view, page),
            }
        });
        if let Some(camera) = &self.consent {
            consent_ui(ui, &mut view, camera);
        }
        view.intents
    }
}
