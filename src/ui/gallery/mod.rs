//! The gallery: every widget in every state, theme and language, for review and for tests.
//!
//! The gallery draws the widgets of the window with an invented home and ignores their intents. Its own texts are
//! for developers and in English.

mod cards;
mod controls;
mod dials;
mod fields;
mod looks;
mod messages;
pub(in crate::ui) mod sample;
mod trees;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Align, CentralPanel, Context, Frame, Layout, Margin, Panel, Rect, ScrollArea, Ui, UiBuilder, vec2};
use jiff::tz::TimeZone;

use super::TextureCache;
use super::curves::CurveCache;
use super::pages::Overview;
use super::summary::HomeSummary;
use super::theme::tokens::space;
use super::theme::{self, Look, colors, heading, small};
use super::view::{Draft, Drafts, ViewContext};
use super::widgets::{choice_ui, segmented_ui, toggle_ui};
use crate::accounts::AccountsView;
use crate::accounts::settings::{CostSettings, Notify, RuleSettings};
use crate::automation::driver::AutomationView;
use crate::engine::Snapshot;
use crate::home::Slot;
use crate::i18n::{Language, Localizer};
use crate::presets::Presets;

/// A group of widgets in the gallery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Buttons, switches and choices.
    Controls,
    /// Text fields, rows, facts, and write states.
    Fields,
    /// The cards of the overview.
    Cards,
    Dials,
    /// Toasts, lists of results, and empty pages.
    Messages,
    /// JSON trees.
    Trees,
    /// Icons, type and colours.
    Looks,
}

impl Group {
    /// All groups.
    pub const ALL: [Self; 7] =
        [Self::Controls, Self::Fields, Self::Cards, Self::Dials, Self::Messages, Self::Trees, Self::Looks];

    /// The title of the group.
    pub fn title(self) -> &'static str {
        match self {
            Self::Controls => "Controls",
            Self::Fields => "Fields",
            Self::Cards => "Cards",
            Self::Dials => "Dials",
            Self::Messages => "Messages",
            Self::Trees => "Trees",
            Self::Looks => "Looks",
        }
    }
}

/// The gallery as an application of its own.
pub struct Gallery {
    group: Group,
    look: Look,
    language: Language,
    percent: u32,
    stage: GalleryState,
    overview: Overview,
}

impl Gallery {
    /// Creates the gallery for a new window.
    pub fn new(ctx: &Context) -> Self {
        theme::install(ctx, Look::DARK);
        Self::showing(Group::Controls, Look::DARK, Language::English)
    }

    /// Creates a gallery that shows a given selection.
    pub fn showing(group: Group, look: Look, language: Language) -> Self {
        Self {
            group,
            look,
            language,
            percent: 100,
            stage: GalleryState::in_language(language),
            overview: Overview::default(),
        }
    }

    /// Draws the gallery.
    pub fn ui(&mut self, ui: &mut Ui) {
        ui.spacing_mut().item_spacing.y = space::S;
        let window = colors(ui).window;
        let bar = Frame::new().fill(colors(ui).surface).inner_margin(Margin::symmetric(16, 8));
        Panel::top("bar").frame(bar).resizable(false).show(ui, |ui| self.bar_ui(ui));
        CentralPanel::default().frame(Frame::new().fill(window).inner_margin(16)).show(ui, |ui| match self.group {
            Group::Cards => cards::ui(ui, &mut self.stage, &mut self.overview),
            Group::Controls => scrolling(ui, |ui| controls::ui(ui, &self.stage)),
            Group::Fields => scrolling(ui, |ui| fields::ui(ui, &mut self.stage)),
            Group::Dials => scrolling(ui, |ui| dials::ui(ui, &mut self.stage)),
            Group::Messages => scrolling(ui, |ui| messages::ui(ui, &mut self.stage)),
            Group::Trees => scrolling(ui, |ui| trees::ui(ui, &self.stage)),
            Group::Looks => scrolling(ui, looks::ui),
        });
    }

    fn bar_ui(&mut self, ui: &mut Ui) {
        let before = self.look;
        ui.horizontal_wrapped(|ui| {
            let groups = Group::ALL.map(|group| (group, group.title().to_owned()));
            if let Some(group) = segmented_ui(ui, "Group", Some(&self.group), &groups) {
                self.group = group;
            }
            let themes = [(Some(true), "Dark".to_owned()), (Some(false), "Light".to_owned())];
            if let Some(is_dark) = segmented_ui(ui, "Theme", Some(&self.look.is_dark), &themes) {
                self.look.is_dark = is_dark;
            }
            ui.label(small("High contrast"));
            toggle_ui(ui, &mut self.look.is_high_contrast, "High contrast");
            ui.label(small("Reduced motion"));
            toggle_ui(ui, &mut self.look.is_still, "Reduced motion");
            let own_name = |language: &Language| language.own_name().to_owned();
            if let Some(language) = choice_ui(ui, "Language", Some(&self.language), &Language::ALL, own_name) {
                self.language = language;
                self.stage.i18n = Arc::new(Localizer::new(language));
            }
            let sizes = [100, 150, 200].map(|percent: u32| (percent, format!("{percent} %")));
            if let Some(percent) = segmented_ui(ui, "Size", Some(&self.percent), &sizes) {
                self.percent = percent;
                ui.ctx().set_zoom_factor(percent as f32 / 100.0);
            }
        });
        if self.look != before {
            theme::apply(ui.ctx(), self.look);
        }
    }
}

impl eframe::App for Gallery {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        Self::ui(self, ui);
    }
}

/// The state that all cells share.
struct GalleryState {
    i18n: Arc<Localizer>,
    zone: TimeZone,
    drafts: BTreeMap<String, Drafts>,
    pictures: TextureCache,
    curves: CurveCache,
}

impl GalleryState {
    fn in_language(language: Language) -> Self {
        Self {
            i18n: Arc::new(Localizer::new(language)),
            zone: TimeZone::UTC,
            drafts: BTreeMap::new(),
            pictures: TextureCache::from_source(sample::picture_or_error),
            curves: CurveCache::default(),
        }
    }

    /// Draws a cell with its own view and drops its intents.
    fn view(&mut self, ui: &mut Ui, cell: &str, snapshot: &Snapshot, draw: impl FnOnce(&mut Ui, &mut ViewContext<'_>)) {
        self.view_of_draft(ui, cell, snapshot, None, draw);
    }

    /// Draws a cell with a draft of a value.
    fn view_of_draft(
        &mut self,
        ui: &mut Ui,
        cell: &str,
        snapshot: &Snapshot,
        draft: Option<(Slot, Draft)>,
        draw: impl FnOnce(&mut Ui, &mut ViewContext<'_>),
    ) {
        let drafts = self.drafts.entry(cell.to_owned()).or_insert_with(|| {
            let mut drafts = Drafts::default();
            if let Some((slot, draft)) = draft {
                drafts.keep(slot, draft);
            }
            drafts
        });
        let mut summary = HomeSummary::default();
        let snapshot = AccountsView::of_one("simulated", Arc::new(snapshot.clone()));
        summary.refresh(&snapshot);
        let notify = Notify::default();
        let order = Arc::default();
        let presets = Presets::default();
        let automation = AutomationView::default();
        let mut view = ViewContext {
            snapshot: &snapshot,
            automation: &automation,
            device_schedules: &BTreeMap::new(),
            now: sample::now(),
            zone: &self.zone,
            i18n: &self.i18n,
            colors: colors(ui),
            home: None,
            drafts,
            pictures: &mut self.pictures,
            curves: &mut self.curves,
            summary: &summary,
            presets: &presets,
            pinned: &[],
            order: &order,
            is_compact: false,
            degree_day_base: None,
            cost: CostSettings::default(),
            filter: None,
            notify: &notify,
            outside: &RuleSettings::default(),
            is_fresh: false,
            is_developer: true,
            has_accounts: false,
            intents: Vec::new(),
            remark: None,
        };
        ui.push_id(cell, |ui| draw(ui, &mut view));
    }
}

fn scrolling(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::S);
        contents(ui);
        ui.add_space(space::XL);
    });
}

fn part_ui(ui: &mut Ui, title: &str) {
    ui.add_space(space::M);
    ui.label(heading(title));
}

/// Largest height of a cell, in points.
const CELL: f32 = 600.0;

/// Draws cells of a width in as many columns as fit, each below its caption.
fn cells_ui<T>(ui: &mut Ui, part: &str, width: f32, cells: &[(&str, T)], mut draw: impl FnMut(&mut Ui, &str, &T)) {
    part_ui(ui, part);
    let room = ui.available_width();
    let width = width.min(room);
    let columns = (((room + space::L) / (width + space::L)).floor() as usize).max(1);
    for row in cells.chunks(columns) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            for (caption, cell) in row {
                let builder = UiBuilder::new().id_salt((part, *caption)).layout(Layout::top_down(Align::Min));
                let place = Rect::from_min_size(ui.cursor().min, vec2(width, CELL));
                ui.scope_builder(builder.max_rect(place), |ui| {
                    ui.set_width(width);
                    ui.spacing_mut().item_spacing.x = space::S;
                    ui.label(small(*caption).color(colors(ui).muted));
                    draw(ui, caption, cell);
                });
            }
        });
        ui.add_space(space::S);
    }
}
