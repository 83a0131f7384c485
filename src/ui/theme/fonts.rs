//! Typefaces: Inter in three weights, with tabular figures, and a monospace face for code.
//!
//! eframe's `system_fonts` supplies the scripts that Inter does not have.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontId, RichText};

use super::tokens::size;

const LIGHT: &str = "Inter Light";
const REGULAR: &str = "Inter";
const SEMIBOLD: &str = "Inter SemiBold";
const MONO: &str = "JetBrains Mono";

/// The fonts of the program.
pub(super) fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let files: [(&str, &[u8]); 4] = [
        (LIGHT, include_bytes!("../../../assets/fonts/Inter-Light.ttf")),
        (REGULAR, include_bytes!("../../../assets/fonts/Inter-Regular.ttf")),
        (SEMIBOLD, include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf")),
        (MONO, include_bytes!("../../../assets/fonts/JetBrainsMonoNL-Regular.ttf")),
    ];
    for (name, file) in files {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(file)));
    }
    let families = [(FontFamily::Proportional, REGULAR), (light_family(), LIGHT), (semibold_family(), SEMIBOLD)];
    for (family, name) in families {
        fonts.families.insert(family, vec![name.to_owned()]);
    }
    // Characters that the monospace face lacks come from Inter instead of an arbitrary system font.
    fonts.families.insert(FontFamily::Monospace, vec![MONO.to_owned(), REGULAR.to_owned()]);
    fonts
}

fn light_family() -> FontFamily {
    FontFamily::Name(LIGHT.into())
}

fn semibold_family() -> FontFamily {
    FontFamily::Name(SEMIBOLD.into())
}

/// A font for large numbers.
pub fn light(points: f32) -> FontId {
    FontId::new(points, light_family())
}

/// A font for text.
pub fn regular(points: f32) -> FontId {
    FontId::proportional(points)
}

/// A font for code.
pub fn mono(points: f32) -> FontId {
    FontId::monospace(points)
}

/// A font for names and headings.
pub fn semibold(points: f32) -> FontId {
    FontId::new(points, semibold_family())
}

/// The heading of a page.
pub fn heading(text: impl Into<String>) -> RichText {
    RichText::new(text).font(semibold(size::HEADING))
}

/// A name on a card or of a row.
pub fn title(text: impl Into<String>) -> RichText {
    RichText::new(text).font(semibold(size::TITLE))
}

/// A caption.
pub fn small(text: impl Into<String>) -> RichText {
    RichText::new(text).size(size::SMALL)
}
