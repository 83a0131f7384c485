//! Design tokens: colours by meaning, spacing, radii and sizes. No other file spells out a colour or a size.

use egui::Color32;

/// Colours of one theme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colors {
    /// Background of the window.
    pub window: Color32,
    /// Background of cards and bars.
    pub surface: Color32,
    /// Background of controls on a card.
    pub raised: Color32,
    /// Hairlines; decorative only.
    pub line: Color32,
    pub text: Color32,
    /// Secondary text.
    pub muted: Color32,
    /// Focus, links and switches that are on.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    pub heat: Color32,
    pub cool: Color32,
    /// Eco mode.
    pub eco: Color32,
    /// Alarms and errors.
    pub alarm: Color32,
    /// Text on the bar of an alarm or a warning.
    pub on_alarm: Color32,
    /// Warnings.
    pub warning: Color32,
    /// Shapes that carry meaning, such as a switch that is off.
    pub tick: Color32,
    /// The disc of the dial while it heats.
    pub disc_heat: Color32,
    /// The disc of the dial while it cools.
    pub disc_cool: Color32,
    /// The disc of the dial in eco mode.
    pub disc_eco: Color32,
    /// Text on a coloured disc.
    pub on_disc: Color32,
    /// The empty part of the dial's track, inside its edge of the colour of lines.
    pub track: Color32,
    /// Edge of a chosen item on the rail and in lists, beside its background.
    pub chosen_edge: Color32,
    /// Background of text on a picture.
    pub veil: Color32,
    /// Text on the veil.
    pub on_veil: Color32,
}

/// Light text on dark.
pub const DARK: Colors = Colors {
    window: rgb(0x101214),
    surface: rgb(0x181b1f),
    raised: rgb(0x21252b),
    line: rgb(0x2e343c),
    text: rgb(0xeceef1),
    muted: rgb(0xa6aeb8),
    accent: rgb(0x8ab4ff),
    on_accent: rgb(0x101214),
    heat: rgb(0xf2742b),
    cool: rgb(0x4a9dff),
    eco: rgb(0x4fb477),
    alarm: rgb(0xff6b6b),
    on_alarm: rgb(0x101214),
    warning: rgb(0xe9b44c),
    tick: rgb(0x6c7681),
    disc_heat: rgb(0xb84d00),
    disc_cool: rgb(0x0062c4),
    disc_eco: rgb(0x23663f),
    on_disc: rgb(0xffffff),
    track: rgb(0x2e343c),
    chosen_edge: Color32::TRANSPARENT,
    veil: veil(0xb8),
    on_veil: rgb(0xffffff),
};

/// Dark text on light.
pub const LIGHT: Colors = Colors {
    window: rgb(0xf4f3ef),
    surface: rgb(0xffffff),
    raised: rgb(0xf0eee9),
    line: rgb(0xdedad2),
    text: rgb(0x1b1e22),
    muted: rgb(0x59616b),
    accent: rgb(0x1f5fbf),
    on_accent: rgb(0xffffff),
    heat: rgb(0xad4700),
    cool: rgb(0x0f62bd),
    eco: rgb(0x276f48),
    alarm: rgb(0xc42b2b),
    on_alarm: rgb(0xffffff),
    warning: rgb(0x8a6100),
    tick: rgb(0x7b838b),
    disc_heat: rgb(0xb84d00),
    disc_cool: rgb(0x0062c4),
    disc_eco: rgb(0x23663f),
    on_disc: rgb(0xffffff),
    track: rgb(0xdedad2),
    chosen_edge: Color32::TRANSPARENT,
    veil: veil(0xb8),
    on_veil: rgb(0xffffff),
};

/// Light text on black, for more contrast.
pub const DARK_HIGH_CONTRAST: Colors = Colors {
    window: rgb(0x000000),
    surface: rgb(0x000000),
    raised: rgb(0x14171a),
    line: rgb(0x9aa3ad),
    text: rgb(0xffffff),
    muted: rgb(0xdde1e6),
    accent: rgb(0xa8c8ff),
    on_accent: rgb(0x000000),
    heat: rgb(0xff9a5c),
    cool: rgb(0x8cc2ff),
    eco: rgb(0x7fe0a3),
    alarm: rgb(0xff9c9c),
    on_alarm: rgb(0x000000),
    warning: rgb(0xffd166),
    tick: rgb(0xb4bcc5),
    disc_heat: rgb(0x8a3800),
    disc_cool: rgb(0x004a94),
    disc_eco: rgb(0x164a2c),
    on_disc: rgb(0xffffff),
    track: rgb(0x14171a),
    chosen_edge: rgb(0xb4bcc5),
    veil: veil(0xff),
    on_veil: rgb(0xffffff),
};

/// Black text on white, for more contrast.
pub const LIGHT_HIGH_CONTRAST: Colors = Colors {
    window: rgb(0xffffff),
    surface: rgb(0xffffff),
    raised: rgb(0xf3f3f3),
    line: rgb(0x50565d),
    text: rgb(0x000000),
    muted: rgb(0x2c3138),
    accent: rgb(0x003f9e),
    on_accent: rgb(0xffffff),
    heat: rgb(0x7a2f00),
    cool: rgb(0x003f8a),
    eco: rgb(0x0d4a2a),
    alarm: rgb(0x8f0000),
    on_alarm: rgb(0xffffff),
    warning: rgb(0x5a3d00),
    tick: rgb(0x444a51),
    disc_heat: rgb(0x8a3800),
    disc_cool: rgb(0x004a94),
    disc_eco: rgb(0x164a2c),
    on_disc: rgb(0xffffff),
    track: rgb(0xf3f3f3),
    chosen_edge: rgb(0x444a51),
    veil: veil(0xff),
    on_veil: rgb(0xffffff),
};

#[expect(clippy::disallowed_methods, reason = "the one place where colours are spelled out")]
const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

#[expect(clippy::disallowed_methods, reason = "the one place where colours are spelled out")]
const fn veil(alpha: u8) -> Color32 {
    Color32::from_black_alpha(alpha)
}

/// Relative luminance as WCAG 2 defines it.
fn luminance(color: Color32) -> f64 {
    let linear = |byte: u8| {
        let c = f64::from(byte) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

/// The contrast of two colours as WCAG 2 defines it: 1 to 21.
pub fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Distances, in points.
pub mod space {
    /// Between parts of one item.
    pub const XS: f32 = 4.0;
    /// Between a label and its control.
    pub const S: f32 = 8.0;
    /// Between rows.
    pub const M: f32 = 12.0;
    /// Between cards, and inside cards.
    pub const L: f32 = 16.0;
    /// Around a page.
    pub const XL: f32 = 24.0;
}

/// Corner radii, in points.
pub mod radius {
    /// Controls.
    pub const CONTROL: u8 = 8;
    /// Cards.
    pub const CARD: u8 = 16;
}

/// Sizes of text, in points.
pub mod size {
    /// Captions and details.
    pub const SMALL: f32 = 13.0;
    /// Body text.
    pub const BODY: f32 = 14.0;
    /// Names on cards.
    pub const TITLE: f32 = 15.0;
    /// The name of a page.
    pub const HEADING: f32 = 20.0;
    /// The target on a card.
    pub const TARGET: f32 = 22.0;
    /// The room temperature on a card.
    pub const READING: f32 = 46.0;
    /// The number in the middle of a dial of full size.
    pub const DIAL: f32 = 76.0;
    /// The word below an icon on the rail.
    pub const RAIL: f32 = 11.0;
    /// The numbers of the dial's scale.
    pub const TICK: f32 = 11.0;
    /// An icon without text.
    pub const ICON: f32 = 20.0;
}

/// Measures of the layout, in points.
pub mod measure {
    /// Smallest width of a card beside another.
    pub const CARD_WIDTH: f32 = 328.0;
    /// The height of a thermostat's card.
    pub const THERMOSTAT_CARD: f32 = 166.0 + super::space::S + STRIP;
    /// The height of the strip with the last day on a thermostat's card.
    pub const STRIP: f32 = 36.0;
    /// The height of a thermostat's card in the compact view.
    pub const COMPACT_CARD: f32 = 76.0;
    /// Largest width of a card beside others.
    pub const WIDEST_CARD: f32 = 640.0;
    /// The height that a failed change adds to a card.
    pub const FAILURE: f32 = 48.0;
    /// The height of the row with the filter.
    pub const TOOLS: f32 = 52.0;
    /// Smallest height of a camera's card.
    pub const CAMERA_CARD: f32 = 196.0;
    /// The height of a Protect's card.
    pub const PROTECT_CARD: f32 = 52.0;
    /// The height of the row with the name of a home.
    pub const HOME_ROW: f32 = 52.0;
    /// The height of the row that invites from the simulated home to a real one.
    pub const INVITATION: f32 = 56.0;
    /// The height of the row with the name of a kind of device.
    pub const KIND_ROW: f32 = 34.0;
    /// Smallest height of a control.
    pub const CONTROL: f32 = 32.0;
    /// The height of a control that is used often.
    pub const LARGE_CONTROL: f32 = 44.0;
    /// Space at the right of a page for its scroll bar, which covers nothing there.
    pub const BAR: f32 = 12.0;
    /// The width of the rail.
    pub const RAIL: f32 = 76.0;
    /// The height of the top bar.
    pub const TOP_BAR: f32 = 60.0;
    /// Width of the window below which the rail becomes a row and cards form one column.
    pub const NARROW: f32 = 560.0;
    /// Width of the window below which the columns of a page stack.
    pub const ONE_COLUMN: f32 = 800.0;
    /// Width of a page of cards from which it has two columns.
    pub const TWO_COLUMNS: f32 = 1000.0;
    /// Largest width of a page of controls.
    pub const PAGE: f32 = 760.0;
    /// Largest width of a page of two columns.
    pub const WIDE_PAGE: f32 = 1240.0;
    /// Width of a page from which on it has a third column.
    pub const THREE_COLUMNS: f32 = 1360.0;
    /// Largest width of a dial.
    pub const DIAL: f32 = 380.0;
    /// The width of the dial's column.
    pub const DIAL_COLUMN: f32 = 470.0;
    /// Largest width of a dialog.
    pub const DIALOG: f32 = 420.0;
    /// The width of the command palette.
    pub const PALETTE: f32 = 620.0;
    /// Largest width of a toast.
    pub const TOAST: f32 = 420.0;
}

/// Durations of animations, in seconds.
pub mod motion {
    /// Duration of a move.
    pub const MOVE_SECS: f32 = 0.18;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each theme with the lowest allowed contrast of its text.
    const THEMES: [(&str, Colors, f64); 4] = [
        ("dark", DARK, 4.5),
        ("light", LIGHT, 4.5),
        ("dark, high contrast", DARK_HIGH_CONTRAST, 7.0),
        ("light, high contrast", LIGHT_HIGH_CONTRAST, 7.0),
    ];

    fn assert_contrast(name: &str, color: Color32, surface: Color32, least: f64) {
        let is = contrast(color, surface);
        assert!(is >= least, "{name}: {color:?} on {surface:?} is {is:.2}, not {least}");
    }

    #[test]
    fn text_and_shapes_have_enough_contrast() {
        for (name, c, least) in THEMES {
            for surface in [c.window, c.surface, c.raised] {
                for word in [c.text, c.muted, c.heat, c.cool, c.eco, c.alarm, c.warning, c.accent] {
                    assert_contrast(name, word, surface, least);
                }
                assert_contrast(name, c.tick, surface, 3.0);
            }
            assert_contrast(name, c.on_accent, c.accent, least);
            assert_contrast(name, c.on_alarm, c.alarm, least);
            assert_contrast(name, c.on_alarm, c.warning, least);
        }
    }

    #[test]
    fn text_on_discs_and_pictures_has_enough_contrast() {
        for (name, c, least) in THEMES {
            for disc in [c.disc_heat, c.disc_cool, c.disc_eco] {
                assert_contrast(name, c.on_disc, disc, least);
            }
            // White is the brightest picture behind a veil.
            let worst = Color32::WHITE.blend(c.veil);
            assert_contrast(name, c.on_veil, worst, least);
        }
    }

    #[test]
    fn high_contrast_has_visible_edges() {
        for (name, c, _) in THEMES.into_iter().skip(2) {
            assert_contrast(name, c.line, c.surface, 3.0);
            assert_contrast(name, c.chosen_edge, c.surface, 3.0);
        }
    }

    #[test]
    fn the_filled_part_of_the_dial_stands_out_from_the_empty_one() {
        for (name, c, _) in THEMES {
            for fill in [c.heat, c.cool, c.eco] {
                assert_contrast(name, fill, c.track, 3.0);
            }
        }
    }
}
