//! Pictures of the simulated cameras: a scene that depends on the camera, the time of day and the current event.

use std::io::Cursor;

use bytes::Bytes;
use image::codecs::gif::{GifEncoder, Repeat};
use image::{Delay, DynamicImage, Frame, ImageFormat, Rgb, RgbImage};

use super::cameras::EventKind;

/// Width and height of a still picture in pixels.
const STILL: (u32, u32) = (640, 360);
/// Width and height of an animated picture in pixels.
const MOVING: (u32, u32) = (240, 135);
const FRAMES: u32 = 8;
const FRAME_MS: u32 = 250;
/// The speed of the encoder's colour choice: 30 is the fastest and good enough for flat scenes.
const GIF_SPEED: i32 = 30;

/// The description of a picture; equal ones look the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PictureScene {
    /// The number of the scene.
    pub(super) scene: u64,
    /// Quarters of an hour since midnight.
    pub(super) quarter: u32,
    /// The kind of the current event.
    pub(super) event: Option<EventKind>,
    pub(super) animated: bool,
}

type Color = [f32; 3];

/// Draws and encodes a picture.
pub(super) fn draw(picture: &PictureScene) -> Option<Bytes> {
    let mut file = Cursor::new(Vec::new());
    if picture.animated {
        let mut encoder = GifEncoder::new_with_speed(&mut file, GIF_SPEED);
        encoder.set_repeat(Repeat::Infinite).ok()?;
        for frame in 0..FRAMES {
            let progress = frame as f32 / FRAMES as f32;
            let image = DynamicImage::from(scene(picture, MOVING, progress)).into_rgba8();
            let frame = Frame::from_parts(image, 0, 0, Delay::from_numer_denom_ms(FRAME_MS, 1));
            encoder.encode_frame(frame).ok()?;
        }
    } else {
        scene(picture, STILL, 0.5).write_to(&mut file, ImageFormat::Png).ok()?;
    }
    Some(Bytes::from(file.into_inner()))
}

/// Draws the scene at a size. `progress`, from 0 to 1, is the position of the moving object on its way.
fn scene(picture: &PictureScene, (width, height): (u32, u32), progress: f32) -> RgbImage {
    let walked = 0.15 + 0.3 * progress;
    let hour = picture.quarter as f32 / 4.0;
    // 1 at noon, 0 from eight in the evening to four in the morning.
    let light = ((hour - 12.0) / 16.0 * std::f32::consts::TAU).cos().max(0.0)
        * f32::from(u8::from((4.0..20.0).contains(&hour)));
    let hue = (picture.scene % 5) as f32 / 5.0;
    let sky_top = mix([0.03, 0.05, 0.13], [0.25 + 0.1 * hue, 0.5, 0.85], light);
    let sky_low = mix([0.10, 0.10, 0.2], [0.95, 0.78 + 0.1 * hue, 0.65], light);
    let ground = mix([0.05, 0.08, 0.07], [0.35 + 0.2 * hue, 0.5 - 0.1 * hue, 0.3], light);
    let wall = mix([0.1, 0.1, 0.12], [0.8 - 0.2 * hue, 0.72, 0.66 + 0.2 * hue], light);
    let horizon = 0.55 + 0.06 * hue;
    RgbImage::from_fn(width, height, |x, y| {
        let (u, v) = (x as f32 / width as f32, y as f32 / height as f32);
        let ridge = horizon - 0.05 - 0.04 * (u * 7.0 + hue * 9.0).sin() - 0.02 * (u * 17.0).sin();
        let mut color = if v >= horizon {
            mix(ground, darker(ground), (v - horizon) * 1.6)
        } else if v >= ridge {
            mix(sky_low, ground, 0.55)
        } else {
            mix(sky_top, sky_low, v / horizon)
        };
        color = house(color, u, v, horizon, wall, light);
        if picture.event == Some(EventKind::Person) {
            color = person(color, u - walked, v, light);
        }
        if picture.event == Some(EventKind::Motion) && near(u - walked, (v - 0.8) * 0.6, 0.035) {
            color = [0.85, 0.55, 0.25];
        }
        // Lenses are darker towards the corners.
        let vignette = 1.0 - 0.35 * ((u - 0.5).powi(2) + (v - 0.5).powi(2)) * 2.0;
        Rgb(color.map(|channel| (channel * vignette * 255.0).clamp(0.0, 255.0) as u8))
    })
}

fn mix(a: Color, b: Color, t: f32) -> Color {
    let t = t.clamp(0.0, 1.0);
    [0, 1, 2].map(|channel| a[channel] + (b[channel] - a[channel]) * t)
}

fn darker(color: Color) -> Color {
    color.map(|channel| channel * 0.6)
}

fn near(u: f32, v: f32, radius: f32) -> bool {
    u * u + v * v < radius * radius
}

fn house(color: Color, u: f32, v: f32, horizon: f32, wall: Color, light: f32) -> Color {
    let (left, right, top) = (0.58, 0.88, horizon - 0.17);
    let roof = top - 0.13 + (u - 0.73).abs() * 0.75;
    if !(0.54..0.92).contains(&u) || v > horizon + 0.06 {
        return color;
    }
    if v >= top && (left..right).contains(&u) {
        let window = (0.63..0.69).contains(&u) || (0.77..0.83).contains(&u);
        let lit = window && (top + 0.05..top + 0.12).contains(&v);
        return if lit { mix([1.0, 0.85, 0.5], [0.6, 0.75, 0.85], light) } else { wall };
    }
    if v >= roof && v < top { darker(wall) } else { color }
}

fn person(color: Color, u: f32, v: f32, light: f32) -> Color {
    let head = near(u, (v - 0.5) * 0.5625, 0.022);
    let body = (v - 0.66).abs() < 0.115 && u.abs() < 0.03;
    let legs = (0.77..0.93).contains(&v) && (0.006..0.028).contains(&u.abs());
    if head {
        mix([0.4, 0.3, 0.25], [0.9, 0.7, 0.58], light)
    } else if body {
        mix([0.15, 0.1, 0.25], [0.75, 0.25, 0.3], light)
    } else if legs {
        mix([0.05, 0.05, 0.1], [0.2, 0.25, 0.4], light)
    } else {
        color
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: PictureScene = PictureScene { scene: 0, quarter: 48, event: None, animated: false };

    #[test]
    fn day_night_and_visitors_look_different() {
        let brightness = |picture: &PictureScene| {
            let image = scene(picture, MOVING, 0.5);
            image.pixels().map(|pixel| pixel.0.iter().map(|channel| u64::from(*channel)).sum::<u64>()).sum::<u64>()
        };
        let night = PictureScene { quarter: 4, ..NOON };
        assert!(brightness(&NOON) > 2 * brightness(&night));
        let visited = PictureScene { event: Some(EventKind::Person), ..NOON };
        assert_ne!(scene(&NOON, MOVING, 0.5), scene(&visited, MOVING, 0.5));
        assert_ne!(scene(&visited, MOVING, 0.0), scene(&visited, MOVING, 1.0), "the visitor walks");
    }

    #[test]
    fn pictures_are_files_of_their_kind() {
        let still = draw(&NOON).expect("a picture");
        assert!(still.starts_with(b"\x89PNG"));
        let moving = draw(&PictureScene { animated: true, event: Some(EventKind::Motion), ..NOON }).expect("a picture");
        assert!(moving.starts_with(b"GIF89a"));
    }
}
