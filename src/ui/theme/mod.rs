//! The look: tokens, and egui's styles made of them.

pub mod tokens;

use egui::style::{Selection, WidgetVisuals};
use egui::{CornerRadius, FontFamily, FontId, Stroke, Style, TextStyle, Theme, ThemePreference, Vec2, Visuals};

use self::tokens::{Colors, DARK, LIGHT, measure, radius, size, space};
use crate::settings::Appearance;

/// The colours of the theme that is shown.
pub fn colors(visuals: &Visuals) -> &'static Colors {
    if visuals.dark_mode { &DARK } else { &LIGHT }
}

/// Makes both styles and picks one.
pub fn install(ctx: &egui::Context, appearance: Appearance) {
    ctx.set_style_of(Theme::Dark, style(Theme::Dark, &DARK));
    ctx.set_style_of(Theme::Light, style(Theme::Light, &LIGHT));
    choose(ctx, appearance);
}

/// Picks a style.
pub fn choose(ctx: &egui::Context, appearance: Appearance) {
    ctx.set_theme(match appearance {
        Appearance::System => ThemePreference::System,
        Appearance::Light => ThemePreference::Light,
        Appearance::Dark => ThemePreference::Dark,
    });
}

fn style(theme: Theme, colors: &Colors) -> Style {
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
    style.spacing.item_spacing = Vec2::new(space::S, space::S);
    style.spacing.button_padding = Vec2::new(space::M, 6.0);
    style.spacing.interact_size = Vec2::new(measure::CONTROL, measure::CONTROL);
    style.spacing.slider_width = 280.0;
    style.spacing.combo_width = 140.0;
    style.spacing.icon_width = 18.0;
    style.spacing.window_margin = egui::Margin::same(20);
    style.spacing.menu_margin = egui::Margin::same(8);
    style.visuals = visuals(theme, colors);
    style
}

fn visuals(theme: Theme, colors: &Colors) -> Visuals {
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
    visuals.selection = Selection { bg_fill: colors.accent, stroke: Stroke::new(1.0, colors.on_accent) };
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
    // A slider's handle has to be seen on its rail.
    visuals.widgets.inactive.fg_stroke = Stroke::new(1.5, colors.text);
    visuals.slider_trailing_fill = false;
    visuals
}
