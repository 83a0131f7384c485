//! Settings: accounts, appearance, tray, notifications, and the pages for developers.

use egui::{Align, Align2, CornerRadius, Layout, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::accounts::{Renaming, accounts_ui};
use super::autostart::{StartsWithDesktop, starts_ui};
use super::connect::{SignInForm, SignInProgress, unseal_ui};
use super::history::{HistoryList, history_ui};
use super::hotkey::{Recording, hotkey_ui};
use super::notify::notify_ui;
use super::outside::{OutsideForm, outside_ui};
use super::scrolling;
use crate::accounts::settings::{Appearance, OnClose, Settings, TextSize};
use crate::home::Scale;
use crate::i18n::Language;
use crate::platform::hotkey::HotkeyStatus;
use crate::ui::intent::{AppIntent, Preference};
use crate::ui::theme::tokens::{measure, radius, size, space};
use crate::ui::theme::{heading, icons, regular};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_ui, choice_ui, page_heading_ui, plain_row_ui, segmented_ui, toggle_ui};

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SettingsSection {
    #[default]
    Accounts,
    Appearance,
    /// The tray, the start with the desktop, and the keys of the launcher.
    Tray,
    Notifications,
    /// Programs and requests of rules.
    Rules,
    /// The years that the history is kept for, and its deletion.
    History,
    /// The pages and menus for developers.
    Developer,
}

impl SettingsSection {
    /// All parts, in the order of the list.
    pub(in crate::ui) const ALL: [Self; 7] = [
        Self::Accounts,
        Self::Appearance,
        Self::Tray,
        Self::Notifications,
        Self::Rules,
        Self::History,
        Self::Developer,
    ];

    fn message(self) -> &'static str {
        match self {
            Self::Accounts => "settings-accounts",
            Self::Appearance => "settings-appearance",
            Self::Tray => "settings-tray",
            Self::Notifications => "notify",
            Self::Rules => "rules",
            Self::History => "settings-history",
            Self::Developer => "rail-developer",
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Self::Accounts => icons::HOME,
            Self::Appearance => icons::PENCIL,
            Self::Tray => icons::PIN,
            Self::Notifications => icons::BELL,
            Self::Rules => icons::RULE,
            Self::History => icons::ENERGY,
            Self::Developer => icons::CODE,
        }
    }
}

/// The data of the page besides the snapshot.
pub struct SettingsState<'a> {
    /// The part that is shown.
    pub section: &'a mut SettingsSection,
    /// The settings of the user.
    pub settings: &'a Settings,
    /// The contents of the sign-in form, which has the passphrase of the sealed file.
    pub form: &'a mut SignInForm,
    pub progress: &'a mut SignInProgress,
    /// The ids of the shown accounts, in the order of the snapshot.
    pub shown: &'a [&'a str],
    /// The account that is being renamed.
    pub renaming: &'a mut Renaming,
    /// True while an account waits for the passphrase of its sealed file.
    pub is_sealed: bool,
    /// True if the program has an icon in the desktop's tray.
    pub has_tray: bool,
    pub starts: &'a StartsWithDesktop,
    /// The state of the hotkey that opens the launcher.
    pub hotkey: &'a HotkeyStatus,
    /// The recording of a hotkey.
    pub recording: &'a mut Recording,
    pub history: &'a mut HistoryList,
    /// The typed programs and requests of rules.
    pub outside: &'a mut OutsideForm,
}

/// Width of the list of sections, in points.
const SECTIONS: f32 = 210.0;

/// Draws the page: the list of its sections, and the chosen one beside it, or below it in a narrow window.
pub fn settings_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: SettingsState<'_>) {
    page_heading_ui(ui, view, heading(view.text("settings")));
    ui.add_space(space::XS);
    let before = *state.section;
    if ui.available_width() < measure::ONE_COLUMN {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
            for section in SettingsSection::ALL {
                section_ui(ui, view, state.section, section, None);
            }
        });
        ui.add_space(space::XS);
        let is_fresh = view.is_fresh || before != *state.section;
        contents_ui(ui, view, is_fresh, state);
        return;
    }
    let height = ui.available_height();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        ui.allocate_ui_with_layout(vec2(SECTIONS, height), Layout::top_down(Align::Min), |ui| {
            ui.set_width(SECTIONS);
            ui.spacing_mut().item_spacing.y = space::XS;
            for section in SettingsSection::ALL {
                section_ui(ui, view, state.section, section, Some(SECTIONS));
            }
        });
        let is_fresh = view.is_fresh || before != *state.section;
        ui.allocate_ui_with_layout(vec2(ui.available_width(), height), Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            contents_ui(ui, view, is_fresh, state);
        });
    });
}

/// Draws the name of a section, which chooses it. Without a width it is as wide as its text.
fn section_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    chosen: &mut SettingsSection,
    section: SettingsSection,
    width: Option<f32>,
) {
    let (name, is_chosen) = (view.text(section.message()), *chosen == section);
    let color = if is_chosen { view.colors.text } else { view.colors.muted };
    let galley = ui.painter().layout_no_wrap(name.clone(), regular(size::BODY), color);
    let icon = if width.is_some() { size::TITLE + space::M } else { 0.0 };
    let width = width.unwrap_or(galley.size().x + 2.0 * space::M);
    let (rect, response) = ui.allocate_exact_size(vec2(width, measure::CONTROL + space::XS), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Tab, true, &name));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(is_chosen));
    let corner = CornerRadius::same(radius::CONTROL);
    if is_chosen || response.hovered() {
        ui.painter().rect_filled(rect, corner, view.colors.raised);
    }
    if is_chosen {
        ui.painter().rect_stroke(rect, corner, Stroke::new(1.5, view.colors.chosen_edge), StrokeKind::Inside);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, corner, Stroke::new(2.0, view.colors.accent), StrokeKind::Inside);
    }
    let at = rect.left_center() + vec2(space::M, 0.0);
    if icon > 0.0 {
        ui.painter().text(at, Align2::LEFT_CENTER, section.icon(), regular(size::TITLE), color);
    }
    ui.painter().galley(at + vec2(icon, -galley.size().y / 2.0), galley, color);
    if response.clicked() {
        *chosen = section;
    }
}

fn contents_ui(ui: &mut Ui, view: &mut ViewContext<'_>, is_fresh: bool, state: SettingsState<'_>) {
    let SettingsState {
        section,
        settings,
        form,
        progress,
        shown,
        renaming,
        is_sealed,
        has_tray,
        starts,
        hotkey,
        recording,
        history,
        outside,
    } = state;
    scrolling(ui, is_fresh, ("settings", section.message()), |ui| {
        if is_sealed {
            unseal_ui(ui, view, form, progress);
        }
        match section {
            SettingsSection::Accounts => accounts_ui(ui, view, settings, shown, renaming),
            SettingsSection::Appearance => look_ui(ui, view, settings),
            SettingsSection::Tray => {
                desktop_ui(ui, view, settings, has_tray, starts);
                card_ui(ui, |ui| hotkey_ui(ui, view, settings.hotkey, hotkey, recording));
            }
            SettingsSection::Notifications => notify_ui(ui, view, &settings.notify),
            SettingsSection::Rules => outside_ui(ui, view, &settings.rules, outside),
            SettingsSection::History => history_ui(ui, view, &settings.energy, history),
            SettingsSection::Developer => developer_ui(ui, view, settings),
        }
    });
}

fn developer_ui(ui: &mut Ui, view: &mut ViewContext<'_>, settings: &Settings) {
    card_ui(ui, |ui| {
        let name = view.text("settings-developer");
        plain_row_ui(ui, view, &name, &view.text("settings-developer-about"), |ui, view| {
            let options = [
                (None, view.text("settings-developer-simulated")),
                (Some(true), view.text("on")),
                (Some(false), view.text("off")),
            ];
            if let Some(picked) = segmented_ui(ui, &name, Some(&settings.developer), &options) {
                view.send(AppIntent::Prefer(Preference::Developer(picked)));
            }
        });
    });
}

fn look_ui(ui: &mut Ui, view: &mut ViewContext<'_>, settings: &Settings) {
    card_ui(ui, |ui| {
        let name = view.text("settings-appearance");
        plain_row_ui(ui, view, &name, &view.text("settings-appearance-about"), |ui, view| {
            let options = [
                (Appearance::System, view.text("as-the-desktop")),
                (Appearance::Light, view.text("settings-light")),
                (Appearance::Dark, view.text("settings-dark")),
            ];
            if let Some(picked) = segmented_ui(ui, &name, Some(&settings.appearance), &options) {
                view.send(AppIntent::Prefer(Preference::Appearance(picked)));
            }
        });
        ui.separator();
        let name = view.text("settings-text-size");
        plain_row_ui(ui, view, &name, &view.text("settings-text-size-about"), |ui, view| {
            let title = |size: &TextSize| view.i18n.format("percent", [("value", i64::from(size.percent()).into())]);
            if let Some(picked) = choice_ui(ui, &name, Some(&settings.text_size), &TextSize::OFFERED, title) {
                view.send(AppIntent::Prefer(Preference::TextSize(picked)));
            }
        });
        ui.separator();
        let name = view.text("settings-scale");
        plain_row_ui(ui, view, &name, &view.text("settings-scale-about"), |ui, view| {
            let options = [
                (None, view.text("settings-scale-own")),
                (Some(Scale::Celsius), Scale::Celsius.sign().to_owned()),
                (Some(Scale::Fahrenheit), Scale::Fahrenheit.sign().to_owned()),
            ];
            if let Some(picked) = segmented_ui(ui, &name, Some(&settings.scale), &options) {
                view.send(AppIntent::Prefer(Preference::Scale(picked)));
            }
        });
        ui.separator();
        flag_ui(ui, view, "settings-contrast", settings.high_contrast, Preference::HighContrast);
        ui.separator();
        flag_ui(ui, view, "settings-motion", settings.reduced_motion, Preference::ReducedMotion);
        ui.separator();
        let name = view.text("settings-language");
        plain_row_ui(ui, view, &name, "", |ui, view| {
            let chosen = settings.language.as_deref().and_then(Language::from_code);
            let options: Vec<Option<Language>> = std::iter::once(None).chain(Language::ALL.map(Some)).collect();
            let title = |language: &Option<Language>| match language {
                Some(language) => language.own_name().to_owned(),
                None => view.text("as-the-desktop"),
            };
            if let Some(picked) = choice_ui(ui, &name, Some(&chosen), &options, title) {
                view.send(AppIntent::Prefer(Preference::Language(picked)));
            }
        });
    });
}

/// Draws the settings of the desktop: the tray, and the effect of closing the window.
fn desktop_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    settings: &Settings,
    has_tray: bool,
    starts: &StartsWithDesktop,
) {
    card_ui(ui, |ui| {
        starts_ui(ui, view, starts);
        ui.separator();
        let name = view.text("settings-on-close");
        let about = view.text(if has_tray { "settings-on-close-about" } else { "closing-no-tray-about" });
        plain_row_ui(ui, view, &name, &about, |ui, view| {
            let options = [
                (None, view.text("settings-on-close-ask")),
                (Some(OnClose::Stay), view.text("settings-on-close-stay")),
                (Some(OnClose::Quit), view.text("settings-on-close-quit")),
            ];
            if let Some(picked) = segmented_ui(ui, &name, Some(&settings.on_close), &options) {
                view.send(AppIntent::Prefer(Preference::OnClose(picked)));
            }
        });
        ui.separator();
        let name = view.text("settings-tray-scrolls");
        plain_row_ui(ui, view, &name, &view.text("settings-tray-scrolls-about"), |ui, view| {
            let mut is_on = settings.tray_scrolls;
            if toggle_ui(ui, &mut is_on, &name).changed() {
                view.send(AppIntent::Prefer(Preference::TrayScrolls(is_on)));
            }
        });
    });
}

fn flag_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    id: &str,
    value: Option<bool>,
    preference: impl Fn(Option<bool>) -> Preference,
) {
    let name = view.text(id);
    plain_row_ui(ui, view, &name, "", |ui, view| {
        let options =
            [(None, view.text("as-the-desktop")), (Some(true), view.text("on")), (Some(false), view.text("off"))];
        if let Some(picked) = segmented_ui(ui, &name, Some(&value), &options) {
            view.send(AppIntent::Prefer(preference(picked)));
        }
    });
}
