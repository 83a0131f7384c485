//! The identity of the program on the desktop: the id that ties its windows to its menu entry, and its icon.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// The id of the program: the name of its menu entry and of its icon. A desktop may keep it for years, in a dock
/// or a start-up list, so it is not tied to a web address.
pub const ID: &str = "setpoint";

/// The id under which the desktop knows the program: a Flatpak has the id of its package.
pub fn id() -> String {
    id_in(sandbox())
}

fn id_in(sandbox: Option<String>) -> String {
    sandbox.filter(|id| !id.is_empty()).unwrap_or_else(|| ID.to_owned())
}

/// The id of the Flatpak that the program runs in.
pub(crate) fn sandbox() -> Option<String> {
    std::env::var("FLATPAK_ID").ok()
}

/// A picture with four bytes per pixel: red, green, blue, alpha, not premultiplied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Icon {
    /// Width and height, in pixels.
    pub side: u32,
    /// The pixels, row by row.
    pub rgba: Vec<u8>,
}

/// The program's icon in this size, in pixels: for windows on desktops that do not find the menu entry, and for
/// packages.
pub fn icon(side: u32) -> Option<Icon> {
    let tree = Tree::from_str(include_str!("../../assets/desktop/setpoint.svg"), &Options::default()).ok()?;
    let mut pixmap = Pixmap::new(side, side)?;
    let scale = side as f32 / tree.size().width();
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let rgba = pixmap.pixels().iter().flat_map(|pixel| {
        let pixel = pixel.demultiply();
        [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
    });
    Some(Icon { side, rgba: rgba.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_matches_the_menu_entry() {
        let entry = include_str!("../../assets/desktop/setpoint.desktop");
        for line in ["Icon", "StartupWMClass"] {
            assert!(entry.contains(&format!("\n{line}={ID}\n")), "{line}");
        }
        assert_eq!(id_in(None), ID);
        assert_eq!(id_in(Some(String::new())), ID);
        assert_eq!(id_in(Some("org.example.Setpoint".to_owned())), "org.example.Setpoint");
    }

    #[test]
    fn the_icon_is_a_round_dial() {
        let Icon { side, rgba } = icon(48).expect("an icon");
        assert_eq!(rgba.len(), (side * side * 4) as usize);
        let alpha = |x: u32, y: u32| rgba[((y * side + x) * 4 + 3) as usize];
        assert_eq!(alpha(0, 0), 0, "the corners are clear");
        assert_eq!(alpha(side / 2, side / 2), 255, "the middle is filled");
    }
}
