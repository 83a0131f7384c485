//! The icons of the tray: SVGs drawn at the sizes that trays ask for.

use std::sync::{Mutex, PoisonError};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::state::TrayIcon;

/// The sizes of panels at 100 % and 200 %, in pixels.
const SIZES: [u32; 4] = [22, 24, 32, 48];
/// The colour of parts without a colour of their own.
const INK_ON_DARK: &str = "#f2f3f5";
const INK_ON_LIGHT: &str = "#24282d";

/// A picture with four bytes per pixel: alpha, red, green, blue, not premultiplied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct IconPixmap {
    pub(super) side: u32,
    pub(super) argb: Vec<u8>,
}

fn source(icon: TrayIcon) -> &'static str {
    match icon {
        TrayIcon::Alarm => include_str!("../../../assets/tray/alarm.svg"),
        TrayIcon::SignIn => include_str!("../../../assets/tray/sign-in.svg"),
        TrayIcon::Offline => include_str!("../../../assets/tray/offline.svg"),
        TrayIcon::Heating => include_str!("../../../assets/tray/heating.svg"),
        TrayIcon::Cooling => include_str!("../../../assets/tray/cooling.svg"),
        TrayIcon::Eco => include_str!("../../../assets/tray/eco.svg"),
        TrayIcon::Idle => include_str!("../../../assets/tray/idle.svg"),
    }
}

/// An icon for a panel, in all sizes. Each is drawn once, because a tray asks again and again.
pub(super) fn pictures(icon: TrayIcon, is_dark: bool) -> Vec<IconPixmap> {
    /// Icon and kind of panel, with the pictures.
    type Drawn = Vec<((TrayIcon, bool), Vec<IconPixmap>)>;
    static DRAWN: Mutex<Drawn> = Mutex::new(Vec::new());
    let mut drawn = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, pictures)) = drawn.iter().find(|(key, _)| *key == (icon, is_dark)) {
        return pictures.clone();
    }
    let pictures: Vec<IconPixmap> = SIZES.into_iter().filter_map(|side| draw(icon, is_dark, side)).collect();
    drawn.push(((icon, is_dark), pictures.clone()));
    pictures
}

fn draw(icon: TrayIcon, is_dark: bool, side: u32) -> Option<IconPixmap> {
    let svg = source(icon).replace("currentColor", if is_dark { INK_ON_DARK } else { INK_ON_LIGHT });
    let tree = Tree::from_str(&svg, &Options::default()).ok()?;
    let mut pixmap = Pixmap::new(side, side)?;
    let scale = side as f32 / tree.size().width();
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let argb = pixmap.pixels().iter().flat_map(|pixel| {
        let pixel = pixel.demultiply();
        [pixel.alpha(), pixel.red(), pixel.green(), pixel.blue()]
    });
    Some(IconPixmap { side, argb: argb.collect() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The pixels that a picture covers, whatever its colours.
    fn shape(icon: TrayIcon) -> Vec<bool> {
        let picture = draw(icon, true, 22).expect("drawn");
        picture.argb.chunks(4).map(|pixel| pixel[0] > 127).collect()
    }

    #[test]
    fn icons_differ_in_shape() {
        let shapes: Vec<Vec<bool>> = TrayIcon::ALL.into_iter().map(shape).collect();
        for (index, one) in shapes.iter().enumerate() {
            assert!(one.iter().any(|covered| *covered), "{:?} is empty", TrayIcon::ALL[index]);
            for other in shapes.iter().skip(index + 1) {
                let different = one.iter().zip(other).filter(|(one, other)| one != other).count();
                assert!(different >= 24, "{:?} is too like another: {different} pixels", TrayIcon::ALL[index]);
            }
        }
    }

    #[test]
    fn every_icon_has_every_size_for_both_panels() {
        for icon in TrayIcon::ALL {
            for is_dark in [true, false] {
                let sides: BTreeSet<u32> = pictures(icon, is_dark).iter().map(|picture| picture.side).collect();
                assert_eq!(sides, BTreeSet::from(SIZES), "{icon:?}");
                for picture in pictures(icon, is_dark) {
                    assert_eq!(picture.argb.len(), (picture.side * picture.side * 4) as usize);
                }
            }
        }
        assert_ne!(pictures(TrayIcon::Idle, true), pictures(TrayIcon::Idle, false));
    }
}
