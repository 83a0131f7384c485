//! Names that nobody expects, many devices with one name, and devices that vanish while they are shown.

use std::sync::Arc;

use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;

use super::widths::{AROUND, beside};
use super::{Bound, UiFixture, fixture, press, press_with, says};
use crate::engine::Snapshot;
use crate::home::{DeviceId, Thermostat, Write};
use crate::ui::Modal;
use crate::ui::consent::Consent;
use crate::ui::intent::{AppIntent, CameraPicture, Page};
use crate::ui::palette::Palette;

fn name_all(snapshot: &mut Snapshot, name: &str) {
    fixture::rebuild(snapshot, |home| {
        home.structures.values_mut().for_each(|structure| Arc::make_mut(structure).name = Some(name.to_owned()));
        for thermostat in home.thermostats.values_mut().map(Arc::make_mut) {
            (thermostat.name, thermostat.label) = (Some(name.to_owned()), Some(name.to_owned()));
        }
        home.cameras.values_mut().for_each(|camera| Arc::make_mut(camera).name = Some(name.to_owned()));
        home.protects.values_mut().for_each(|protect| Arc::make_mut(protect).name = Some(name.to_owned()));
    });
}

#[test]
fn no_name_is_too_long_or_too_strange() {
    let names = [
        "x".repeat(10_000),
        "בית קיץ ".repeat(1250),
        "e\u{301}\u{302}\u{323}".repeat(2500),
        "\u{202e}moorleveL\u{200f}\n\t\u{0}".repeat(100),
    ];
    for name in &names {
        for page in [
            Page::Overview,
            Page::Thermostat("hallway".into()),
            Page::Camera("front".into()),
            Page::Structure("s".into()),
            Page::Activity,
        ] {
            for [width, height] in [[480.0, 700.0], [800.0, 480.0]] {
                let mut harness = UiFixture::on(page.clone()).harness([width + 2.0 * AROUND, height], Theme::Light);
                // The fonts of the system, which have other scripts, are not there in tests.
                harness.ctx.set_missing_glyph_policy(egui::epaint::text::MissingGlyphPolicy::Tofu);
                name_all(&mut harness.state_mut().snapshot, name);
                harness.run();
                let start: String = name.chars().take(6).collect();
                assert_eq!(beside(&harness, width), Vec::<String>::new(), "{start:?} on {page:?}");
            }
        }
    }
}

#[test]
fn two_thousand_devices_may_have_one_name() {
    let mut bench = UiFixture::on(Page::Overview);
    fixture::rebuild(&mut bench.snapshot, |home| {
        let hallway = Thermostat { label: None, ..(*home.thermostats[&DeviceId::from("hallway")]).clone() };
        let hallway = Arc::new(hallway);
        for number in 0..2000 {
            home.thermostats.insert(format!("same-{number}").into(), Arc::clone(&hallway));
        }
    });
    bench.window.modals.open(Modal::Palette(Palette::typed("hallway 22")));
    let mut harness = bench.shown();
    harness.run();
    press(&mut harness, Key::Escape);
    assert!(says(&harness, "Hallway"));
    for _ in 0..30 {
        press(&mut harness, Key::Tab);
    }
    let focused = harness.query_by(|node| node.is_focused()).map(|node| node.rect());
    assert!(focused.is_some_and(|rect| rect.is_positive()), "{focused:?}");
}

fn without(harness: &mut Bound, id: &str) {
    fixture::rebuild(&mut harness.state_mut().snapshot, |home| {
        home.thermostats.remove(&DeviceId::from(id));
        home.cameras.remove(&DeviceId::from(id));
    });
    harness.run();
}

#[test]
fn a_device_may_vanish_while_it_is_shown() {
    // Its page with the menu of a control open.
    let mut harness = UiFixture::on(Page::Thermostat("hallway".into())).shown();
    harness.get_by_role_and_label(egui::Role::Switch, "Fan").focus();
    harness.run();
    press_with(&mut harness, Modifiers::SHIFT, Key::F10);
    assert!(says(&harness, "Pin to the tray and launcher"));
    without(&mut harness, "hallway");
    assert!(says(&harness, "No longer there") && !says(&harness, "Rename"), "the menu goes with its control");

    // The page of a camera with a question about it, which is answered afterwards.
    let mut bench = UiFixture::on(Page::Camera("nursery".into()));
    let then = AppIntent::wanting(Write::Streaming("nursery".into(), true));
    bench.window.modals.open(Modal::Consent(Consent { cameras: vec!["nursery".into()], then }));
    let mut harness = bench.shown();
    without(&mut harness, "nursery");
    press(&mut harness, Key::Escape);
    assert!(says(&harness, "No longer there"));
    assert_eq!(harness.state().writes(), []);

    // The enlarged picture closes.
    let mut bench = UiFixture::on(Page::Camera("nursery".into()));
    bench.window.modals.open(Modal::Picture { camera: "nursery".into(), picture: CameraPicture::Now });
    let mut harness = bench.shown();
    without(&mut harness, "nursery");
    assert!(!harness.state().window.modals.is_open());

    // A home without devices.
    let mut harness = UiFixture::on(Page::Overview).shown();
    fixture::rebuild(&mut harness.state_mut().snapshot, |home| *home = crate::home::DeviceTree::default());
    harness.run();
    assert!(says(&harness, "This account has no devices"));
}
