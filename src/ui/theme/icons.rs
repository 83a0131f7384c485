//! Icons: own drawings, set as characters of a private use, so that they stand in any text and
//! take its colour and size. A word always says the same beside them or in their accessible name.

use egui_extras::SvgGlyph;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $code:literal $file:literal),+ $(,)?) => {
        $($(#[$doc])* pub const $name: &str = $code;)+

        /// Every icon with its name.
        pub(in crate::ui) const NAMED: &[(&str, &str)] = &[$((stringify!($name), $name)),+];

        /// Every icon with the drawing for it.
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
    /// The fan.
    FAN = "\u{e109}" "fan",
    /// A camera.
    CAMERA = "\u{e10a}" "camera",
    /// A Protect.
    SHIELD = "\u{e10b}" "shield",
    /// Locked.
    LOCK = "\u{e10c}" "lock",
    /// Not reachable.
    OFFLINE = "\u{e10d}" "offline",
    /// Done.
    CHECK = "\u{e10e}" "check",
    /// Something needs a look.
    WARNING = "\u{e10f}" "warning",
    /// Back.
    BACK = "\u{e110}" "back",
    /// Onward.
    FORWARD = "\u{e111}" "forward",
    /// A list opens.
    DOWN = "\u{e112}" "down",
    /// Take back.
    UNDO = "\u{e113}" "undo",
    /// Find.
    SEARCH = "\u{e114}" "search",
    /// Away with it.
    CLOSE = "\u{e115}" "close",
    /// More.
    PLUS = "\u{e116}" "plus",
    /// Less.
    MINUS = "\u{e117}" "minus",
    /// Start.
    PLAY = "\u{e118}" "play",
    /// Again.
    REFRESH = "\u{e119}" "refresh",
    /// Edit.
    PENCIL = "\u{e11a}" "pencil",
    /// Delete.
    TRASH = "\u{e11b}" "trash",
    /// Waiting.
    CLOCK = "\u{e11c}" "clock",
    /// Humidity.
    DROP = "\u{e11d}" "drop",
    /// A person.
    PERSON = "\u{e11e}" "person",
    /// A sound.
    SOUND = "\u{e11f}" "sound",
    /// A motion.
    MOTION = "\u{e120}" "motion",
    /// Leads out of the program.
    LINK = "\u{e121}" "link",
    /// Up.
    UP = "\u{e122}" "up",
    /// Kept at hand.
    PIN = "\u{e123}" "pin",
    /// A request as code.
    CODE = "\u{e124}" "code",
    /// Things within things.
    TREE = "\u{e130}" "tree",
}

/// How far below the baseline an icon stands, in em, to be in the middle of the capitals.
const BELOW_BASELINE_EM: f32 = -0.19;
/// How high an icon is, in em.
const HEIGHT_EM: f32 = 1.12;

/// Makes the icons known to a context; a second time changes nothing.
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
