//! The look: tokens, fonts, icons, and the egui styles that they define.

mod fonts;
pub mod icons;
pub mod tokens;

use egui::style::{Selection, WidgetVisuals};
use egui::{
    Context, CornerRadius, FontFamily, FontId, Id, Stroke, Style, TextStyle, Theme, ThemePreference, Vec2, Visuals,
};

pub use fonts::{heading, light, mono, regular, semibold, small, title};

use self::tokens::{Colors, measure, motion, radius, size, space};

/// The look of the window, by the settings or the desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// True for dark, false for light; `None` leaves the choice to egui and the platform.
    pub is_dark: Option<bool>,
    /// True for more contrast of edges and text.
    pub is_high_contrast: bool,
    /// True if reduced motion is on.
    pub is_still: bool,
}

impl Look {
    /// The dark look.
    pub const DARK: Self = Self { is_dark: Some(true), is_high_contrast: false, is_still: false };
    /// The light look.
    pub const LIGHT: Self = Self { is_dark: Some(false), is_high_contrast: false, is_still: false };
}

/// Installs fonts, icons and a look. Call it once for each context.
pub fn install(ctx: &Context, look: Look) {
    ctx.set_fonts(fonts::definitions());
    icons::install(ctx);
    apply(ctx, look);
}

/// Changes the look.
pub fn apply(ctx: &Context, look: Look) {
    let (dark, light) = if look.is_high_contrast {
        (&tokens::DARK_HIGH_CONTRAST, &tokens::LIGHT_HIGH_CONTRAST)
    } else {
        (&tokens::DARK, &tokens::LIGHT)
    };
    ctx.set_style_of(Theme::Dark, style(Theme::Dark, dark, look));
    ctx.set_style_of(Theme::Light, style(Theme::Light, light, look));
    ctx.set_theme(match look.is_dark {
        None => ThemePreference::System,
        Some(false) => ThemePreference::Light,
        Some(true) => ThemePreference::Dark,
    });
    ctx.data_mut(|data| data.insert_temp(look_id(), look));
}

fn look_id() -> Id {
    Id::unique("look")
}

fn look(ctx: &Context) -> Look {
    ctx.data(|data| data.get_temp(look_id())).unwrap_or(Look::DARK)
}

/// The colours of the current theme.
pub fn colors(ctx: &Context) -> &'static Colors {
    match (ctx.theme(), look(ctx).is_high_contrast) {
        (Theme::Dark, false) => &tokens::DARK,
        (Theme::Dark, true) => &tokens::DARK_HIGH_CONTRAST,
        (Theme::Light, false) => &tokens::LIGHT,
        (Theme::Light, true) => &tokens::LIGHT_HIGH_CONTRAST,
    }
}

/// True if reduced motion is on.
pub fn is_still(ctx: &Context) -> bool {
    look(ctx).is_still
}

fn style(theme: Theme, colors: &Colors, look: Look) -> Style {
    let mut style = theme.default_style();
    style.text_styles = [
        (TextStyle::Small, size::SMALL),
        (TextStyle::Body, size::BODY),
        (TextStyle::Button, size::BODY),
        (TextStyle::Heading, size::HEADING),
    ]
    .into_iter()
    .map(|(style, points)| (style, FontId::new(points, FontFamily::Proportional)))
    .chain([(TextStyle::Monospace, FontId::new(size::SMALL, FontFamily::Monospace))])
    .collect();
    style.animation_time = if look.is_still { 0.0 } else { motion::MOVE_SECS };
    style.spacing.item_spacing = Vec2::new(space::S, space::S);
    style.spacing.button_padding = Vec2::new(space::M, 6.0);
    style.spacing.interact_size = Vec2::new(measure::CONTROL, measure::CONTROL);
    style.spacing.combo_width = 100.0;
    style.spacing.icon_width = 14.0;
    style.spacing.window_margin = egui::Margin::same(20);
    style.spacing.menu_margin = egui::Margin::same(8);
    style.visuals = visuals(theme, colors, look);
    style
}

/// Share of the accent in the background of selected text.
const MARKED: f32 = 0.35;

/// Highlights the chosen option of an egui list: text on the accent.
pub fn mark_chosen(ui: &mut egui::Ui) {
    let colors = colors(ui);
    ui.visuals_mut().selection = Selection { bg_fill: colors.accent, stroke: Stroke::new(1.0, colors.on_accent) };
}

fn visuals(theme: Theme, colors: &Colors, look: Look) -> Visuals {
    let mut visuals = theme.default_visuals();
    visuals.panel_fill = colors.window;
    visuals.window_fill = colors.surface;
    visuals.window_stroke = Stroke::new(1.0, colors.line);
    visuals.window_corner_radius = CornerRadius::same(radius::CARD);
    visuals.menu_corner_radius = CornerRadius::same(radius::CONTROL);
    visuals.extreme_bg_color = colors.raised;
    visuals.faint_bg_color = colors.raised;
    visuals.text_edit_bg_color = Some(colors.raised);
    visuals.hyperlink_color = colors.accent;
    visuals.warn_fg_color = colors.warning;
    visuals.error_fg_color = colors.alarm;
    visuals.weak_text_color = Some(colors.muted);
    // egui draws this stroke as the edge of a focused text field.
    let marked = colors.raised.lerp_to_gamma(colors.accent, MARKED);
    visuals.selection = Selection { bg_fill: marked, stroke: Stroke::new(2.0, colors.accent) };
    // Text in disabled widgets must stay readable, because the reason is beside it.
    visuals.disabled_alpha = if look.is_high_contrast { 0.8 } else { 0.6 };
    let look = |fill, edge: Stroke, text| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: edge,
        corner_radius: CornerRadius::same(radius::CONTROL),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let line = Stroke::new(1.0, colors.line);
    let strong = Stroke::new(1.0, colors.tick);
    let focus = Stroke::new(2.0, colors.accent);
    visuals.widgets.noninteractive = look(colors.surface, line, colors.text);
    visuals.widgets.inactive = look(colors.raised, line, colors.text);
    visuals.widgets.hovered = look(colors.raised, strong, colors.text);
    visuals.widgets.active = look(colors.raised, focus, colors.text);
    visuals.widgets.open = look(colors.raised, strong, colors.text);
    visuals
}
