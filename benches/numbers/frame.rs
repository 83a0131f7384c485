//! One frame of the overview on the processor, with a thousand devices against ten.

use std::sync::Arc;
use std::time::Duration;

use egui::{Context, RawInput, Rect, pos2, vec2};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use setpoint::engine::{AccountLabel, Connection, Snapshot};
use setpoint::settings::Appearance;
use setpoint::ui::{Scene, Window, theme};

use crate::timing::{median, ratio, timed};
use crate::wire::estate;

fn frame_of(thermostats: u32) -> (usize, Duration) {
    let home = estate(thermostats);
    let devices = home.device_count();
    let label = AccountLabel { name: "Bench".to_owned(), place: String::new(), is_simulated: true };
    let mut snapshot = Snapshot::empty(Arc::new(label));
    snapshot.connection = Connection::Live;
    snapshot.confirmed = Arc::new(home);
    snapshot.shown = Arc::clone(&snapshot.confirmed);
    let ctx = Context::default();
    theme::install(&ctx, Appearance::Dark);
    let mut window = Window::default();
    let zone = TimeZone::UTC;
    let mut frame = || {
        let screen_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1180.0, 820.0)));
        let input = RawInput { screen_rect, ..RawInput::default() };
        let mut output = ctx.run_ui(input, |ui| {
            let scene = Scene {
                snapshot: &snapshot,
                now: Timestamp::UNIX_EPOCH,
                zone: &zone,
                notices: &[],
                appearance: Appearance::Dark,
                account: None,
                is_sealed: false,
            };
            window.ui(ui, scene);
        });
        // Nobody draws here, so nobody takes the textures.
        output.textures_delta.clear();
        ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point)
    };
    // The first frames lay out fonts.
    for _ in 0..10 {
        frame();
    }
    (devices, median(100, || timed(&mut frame)))
}

pub(crate) fn run() {
    let (few, baseline) = frame_of(6);
    for thermostats in [600, 6_000] {
        let (many, ours) = frame_of(thermostats);
        ratio(&format!("a frame of the overview, {many} devices / {few}"), ours, baseline, 1.5);
    }
}
