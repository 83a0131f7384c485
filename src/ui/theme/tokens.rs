//! Colours by meaning, spacing, radii and sizes. Nowhere else is a colour or a size spelled out.

use egui::Color32;

/// Colours of one theme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colors {
    /// Behind everything.
    pub window: Color32,
    /// Cards and bars.
    pub surface: Color32,
    /// Controls on a card.
    pub raised: Color32,
    /// Hairlines; decorative only.
    pub line: Color32,
    /// Text.
    pub text: Color32,
    /// Text that matters less.
    pub muted: Color32,
    /// Focus, links and switches that are on.
    pub accent: Color32,
    /// On the accent.
    pub on_accent: Color32,
    /// Heating.
    pub heat: Color32,
    /// Cooling.
    pub cool: Color32,
    /// Saving.
    pub eco: Color32,
    /// Something is wrong now.
    pub alarm: Color32,
    /// Something needs a look.
    pub warning: Color32,
    /// Shapes that carry meaning, such as a switch that is off.
    pub tick: Color32,
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
    warning: rgb(0xe9b44c),
    tick: rgb(0x6c7681),
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
    warning: rgb(0x8a6100),
    tick: rgb(0x7b838b),
};

#[expect(clippy::disallowed_methods, reason = "the one place where colours are spelled out")]
const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

/// Distances, in points.
pub mod space {
    /// Between things that belong together.
    pub const XS: f32 = 4.0;
    /// Between a label and its control.
    pub const S: f32 = 8.0;
    /// Between rows.
    pub const M: f32 = 12.0;
    /// Between cards, and inside of them.
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
    /// Captions.
    pub const SMALL: f32 = 13.0;
    /// Text.
    pub const BODY: f32 = 14.0;
    /// Names on cards.
    pub const TITLE: f32 = 16.0;
    /// The name of a page.
    pub const HEADING: f32 = 20.0;
    /// The temperature of a room on its card.
    pub const READING: f32 = 40.0;
    /// The same on its page.
    pub const LARGE_READING: f32 = 64.0;
}

/// Measures of the layout, in points.
pub mod measure {
    /// The narrowest card beside another.
    pub const CARD_WIDTH: f32 = 320.0;
    /// The height of a thermostat's card.
    pub const THERMOSTAT_CARD: f32 = 148.0;
    /// The height of a camera's card.
    pub const CAMERA_CARD: f32 = 96.0;
    /// The height of a Protect's card.
    pub const PROTECT_CARD: f32 = 64.0;
    /// The height of the row that names a home.
    pub const HOME_ROW: f32 = 48.0;
    /// The height of the row that names a kind of device.
    pub const KIND_ROW: f32 = 32.0;
    /// The least height of a control.
    pub const CONTROL: f32 = 32.0;
    /// The width of the rail.
    pub const RAIL: f32 = 92.0;
    /// Below this width the rail becomes a row.
    pub const NARROW: f32 = 560.0;
    /// The widest a page of controls gets.
    pub const PAGE: f32 = 760.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2 defines it.
    fn luminance(color: Color32) -> f64 {
        let linear = |byte: u8| {
            let c = f64::from(byte) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_and_shapes_can_be_seen_on_every_surface() {
        for (name, colors) in [("dark", DARK), ("light", LIGHT)] {
            for surface in [colors.window, colors.surface, colors.raised] {
                let words = [
                    colors.text,
                    colors.muted,
                    colors.heat,
                    colors.cool,
                    colors.eco,
                    colors.alarm,
                    colors.warning,
                    colors.accent,
                ];
                for word in words {
                    assert!(
                        contrast(word, surface) >= 4.5,
                        "{name}: {word:?} on {surface:?} is {}",
                        contrast(word, surface)
                    );
                }
                assert!(
                    contrast(colors.tick, surface) >= 3.0,
                    "{name}: tick on {surface:?} is {}",
                    contrast(colors.tick, surface)
                );
            }
            assert!(contrast(colors.on_accent, colors.accent) >= 4.5);
        }
    }
}
