//! Icons: own drawings in a private use area of Unicode, so that they work in any text and take its colour and
//! size. Each icon has a word of the same meaning beside it or in its accessible name.

use egui_extras::SvgGlyph;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $code:literal $file:literal),+ $(,)?) => {
        $($(#[$doc])* pub const $name: &str = $code;)+

        /// Every icon with its name.
        pub(in crate::ui) const NAMED: &[(&str, &str)] = &[$((stringify!($name), $name)),+];

        /// Every icon with its drawing.
        const DRAWINGS: &[(&str, &[u8])] = &[
            $(($name, include_bytes!(concat!("../../../assets/icons/", $file, ".svg")))),+
        ];
    };
}

icons! {
    /// A house.
    HOME = "\u{e100}" "home",
    /// Lines of a log.
    ACTIVITY = "\u{e101}" "activity",
    /// A flag.
    PRESET = "\u{e102}" "preset",
    /// A flask.
    SIMULATOR = "\u{e103}" "simulator",
    /// Two sliders.
    SETTINGS = "\u{e104}" "settings",
    /// A question mark.
    HELP = "\u{e105}" "help",
    /// Heating.
    FLAME = "\u{e106}" "flame",
    /// Cooling.
    SNOW = "\u{e107}" "snow",
    /// Saving.
    LEAF = "\u{e108}" "leaf",
    FAN = "\u{e109}" "fan",
    CAMERA = "\u{e10a}" "camera",
    /// A Protect.
    SHIELD = "\u{e10b}" "shield",
    LOCK = "\u{e10c}" "lock",
    /// Not reachable.
    OFFLINE = "\u{e10d}" "offline",
    /// Done.
    CHECK = "\u{e10e}" "check",
    WARNING = "\u{e10f}" "warning",
    BACK = "\u{e110}" "back",
    FORWARD = "\u{e111}" "forward",
    /// Open a list.
    DOWN = "\u{e112}" "down",
    UNDO = "\u{e113}" "undo",
    SEARCH = "\u{e114}" "search",
    CLOSE = "\u{e115}" "close",
    /// Increase.
    PLUS = "\u{e116}" "plus",
    /// Decrease.
    MINUS = "\u{e117}" "minus",
    PLAY = "\u{e118}" "play",
    /// Repeat.
    REFRESH = "\u{e119}" "refresh",
    /// Edit.
    PENCIL = "\u{e11a}" "pencil",
    /// Delete.
    TRASH = "\u{e11b}" "trash",
    /// Waiting.
    CLOCK = "\u{e11c}" "clock",
    /// Humidity.
    DROP = "\u{e11d}" "drop",
    PERSON = "\u{e11e}" "person",
    SOUND = "\u{e11f}" "sound",
    MOTION = "\u{e120}" "motion",
    /// Link to a page outside of the program.
    LINK = "\u{e121}" "link",
    UP = "\u{e122}" "up",
    /// Pinned.
    PIN = "\u{e123}" "pin",
    /// A request as code.
    CODE = "\u{e124}" "code",
    /// A country.
    GLOBE = "\u{e125}" "globe",
    /// A place on a map.
    PLACE = "\u{e126}" "place",
    /// A part of a picture.
    ZONE = "\u{e127}" "zone",
    /// Move up in a list, or a higher value.
    RAISE = "\u{e128}" "raise",
    /// Move down in a list, or a lower value.
    LOWER = "\u{e129}" "lower",
    /// Heat and cool.
    RANGE = "\u{e12a}" "range",
    /// Off.
    POWER = "\u{e12b}" "power",
    /// Show larger.
    ENLARGE = "\u{e12c}" "enlarge",
    /// Notifications.
    BELL = "\u{e12d}" "bell",
    TREE = "\u{e130}" "tree",
    /// Bars.
    ENERGY = "\u{e131}" "energy",
    /// Days.
    CALENDAR = "\u{e132}" "calendar",
    /// One thing that leads to others.
    RULE = "\u{e133}" "rule",
}

/// Distance of an icon below the baseline in em, which centres it on capital letters.
const BELOW_BASELINE_EM: f32 = -0.19;
/// Height of an icon, in em.
const HEIGHT_EM: f32 = 1.12;

/// Adds the icons to a context; a repeated call has no effect.
pub fn install(ctx: &egui::Context) {
    for (character, drawing) in DRAWINGS {
        match SvgGlyph::from_bytes(drawing) {
            Ok(glyph) => {
                let glyph = glyph.with_height(HEIGHT_EM).with_baseline_offset(BELOW_BASELINE_EM);
                ctx.add_glyph_rasterizer(glyph.into_rasterizer(*character));
            }
            Err(err) => tracing::error!("an icon cannot be drawn: {err}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drawing_is_an_svg_and_every_character_is_its_own() {
        let mut characters: Vec<&str> = DRAWINGS.iter().map(|(character, _)| *character).collect();
        for (character, drawing) in DRAWINGS {
            assert!(SvgGlyph::from_bytes(drawing).is_ok(), "{character:?}");
        }
        characters.sort_unstable();
        characters.dedup();
        assert_eq!(characters.len(), DRAWINGS.len());
    }
}
