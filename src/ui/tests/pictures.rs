//! Pictures of the window: those of the README, and one of every page to look at.
//!
//! They are made by `cargo test --lib pictures -- --ignored` and need a Vulkan driver; the one in
//! software will do.

use std::path::Path;

use egui::Theme;

use super::{Bench, fixture};
use crate::engine::Phase;
use crate::home::{HvacMode, HvacState, Setpoint, Write};
use crate::ui::intent::Page;

const MARGIN: u32 = 8;

fn save(bench: Bench, size: [f32; 2], theme: Theme, folder: &str, name: &str) {
    let mut harness = bench.harness(size, theme);
    harness.run();
    // Around a view the harness leaves a margin that no window has.
    let picture = harness.render().expect("a picture");
    let (inner_width, inner_height) = (picture.width() - 2 * MARGIN, picture.height() - 2 * MARGIN);
    let picture = image::imageops::crop_imm(&picture, MARGIN, MARGIN, inner_width, inner_height).to_image();
    let colors: std::collections::BTreeSet<_> = picture.pixels().map(|pixel| pixel.0).collect();
    assert!(colors.len() > 50, "{name} is almost empty");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    picture.save(folder.join(name)).expect("saved");
}

fn pages() -> Vec<(&'static str, Bench)> {
    let thermostat = |change: fn(&mut crate::home::Thermostat)| {
        let mut bench = Bench::on(Page::Thermostat("hallway".into()));
        fixture::change(&mut bench.snapshot, "hallway", change);
        bench
    };
    let mut pending = Bench::on(Page::Thermostat("hallway".into()));
    let wish = Write::Target("hallway".into(), Setpoint::celsius(23.0));
    fixture::pending(&mut pending.snapshot, wish.clone(), Phase::Sending);
    let mut failed = Bench::on(Page::Thermostat("hallway".into()));
    let why = "Thermostat is not online".to_owned();
    fixture::pending(&mut failed.snapshot, wish, Phase::Failed { why, at: fixture::now() });
    let mut consent = Bench::on(Page::Camera("nursery".into()));
    consent.window.consent = Some("nursery".into());
    vec![
        ("overview", Bench::on(Page::Overview)),
        ("thermostat-heating", thermostat(|_| {})),
        (
            "thermostat-cooling",
            thermostat(|t| (t.hvac_mode, t.hvac_state) = (Some(HvacMode::Cool), Some(HvacState::Cooling))),
        ),
        ("thermostat-eco", thermostat(|t| (t.hvac_mode, t.hvac_state) = (Some(HvacMode::Eco), Some(HvacState::Off)))),
        ("thermostat-range", Bench::on(Page::Thermostat("bedroom".into()))),
        ("thermostat-offline", Bench::on(Page::Thermostat("studio".into()))),
        ("thermostat-pending", pending),
        ("thermostat-failed", failed),
        ("camera", Bench::on(Page::Camera("door".into()))),
        ("camera-consent", consent),
        ("protect", Bench::on(Page::Protect("bed".into()))),
        ("structure", Bench::on(Page::Structure("s".into()))),
        ("activity", Bench::on(Page::Activity)),
        ("settings", Bench::on(Page::Settings)),
    ]
}

#[test]
#[ignore = "makes the pictures of the README"]
fn readme_pictures() {
    for (theme, word) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        for (name, bench) in pages() {
            if ["overview", "thermostat-heating"].contains(&name) {
                save(bench, [1100.0, 700.0], theme, "assets/pictures", &format!("{name}-{word}.png"));
            }
        }
    }
}

#[test]
#[ignore = "makes a picture of every page, to be looked at"]
fn every_page_wide_and_narrow() {
    for (theme, word) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        for (width, height) in [(480.0, 900.0), (1180.0, 820.0)] {
            for (name, bench) in pages() {
                save(bench, [width, height], theme, "target/pictures", &format!("{name}-{word}-{width}.png"));
            }
        }
    }
}
