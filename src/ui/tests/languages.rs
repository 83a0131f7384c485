//! Another language leaves no English word on the screen.

use std::collections::BTreeSet;

use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Bound, UiFixture, pages, press};
use crate::home::{Away, HvacMode, ServiceKind};
use crate::i18n::{Language, Localizer};
use crate::ui::Modal;
use crate::ui::intent::Page;
use crate::ui::pages::SettingsSection;
use crate::ui::palette::Palette;

/// All visible and accessible texts.
pub(super) fn words(harness: &Bound) -> BTreeSet<String> {
    let nodes = harness.query_all_by(|_| true);
    let i18n = nodes.flat_map(|node| {
        let node = node.accesskit_node();
        [node.label(), node.value(), node.description(), node.placeholder().map(str::to_owned)]
    });
    i18n.flatten().collect()
}

/// Words that are the same in every language: names, brands, and texts of the service itself.
const SAME: [&str; 41] = [
    "Hallway",
    "Bedroom",
    "Studio",
    "Front",
    "door",
    "Garden",
    "Nursery",
    "Kitchen",
    "Cellar",
    "Maple",
    "Street",
    "Night",
    "Path",
    "Protect",
    "Eco",
    "Setpoint",
    "Thermostat",
    "is",
    "not",
    "online",
    "English",
    "Deutsch",
    "Français",
    "Español",
    "Europe",
    "London",
    "Ctrl",
    "Alt",
    "Works",
    "Nest",
    "Longer",
    "Google",
    "Device",
    "Access",
    "Evil",
    // Examples of ids at Google.
    "abc",
    "apps",
    "googleusercontent",
    "com",
    "projects",
    "subscriptions",
];

/// Texts that are typed into the palette.
const TYPED: [&str; 4] = ["", "all eco", "zzz 20", "hallway 99"];

/// The words of a text that belong to a language.
fn of_a_language(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_alphabetic());
    words.filter(|word| word.chars().count() > 2 && !SAME.contains(word)).collect()
}

fn in_language(make: impl Fn() -> UiFixture, language: Language) -> BTreeSet<String> {
    let mut bench = make();
    bench.i18n = Localizer::new(language);
    words(&bench.shown())
}

fn assert_translated(what: &str, make: impl Fn() -> UiFixture) {
    let english = in_language(&make, Language::English);
    for language in [Language::German, Language::French, Language::Spanish] {
        let same: Vec<String> = in_language(&make, language)
            .intersection(&english)
            .filter(|text| of_a_language(text).len() > 1 && !TYPED.contains(&text.as_str()))
            .cloned()
            .collect();
        assert!(same.is_empty(), "{what} in {language:?} still says {same:#?}");
    }
}

#[test]
fn no_page_mixes_languages() {
    // The tree shows the document of the service in its own words.
    for page in pages().into_iter().filter(|page| *page != Page::Explorer) {
        assert_translated(&format!("{page:?}"), || UiFixture::on(page.clone()));
    }
    for section in SettingsSection::ALL {
        assert_translated(&format!("{section:?}"), || UiFixture::settings(section));
    }
    for kind in ServiceKind::CHOICES {
        assert_translated(&format!("{kind:?}"), || UiFixture::connect(kind));
    }
    assert_translated("the help sheet", || {
        let mut bench = UiFixture::on(Page::Overview);
        bench.window.modals.open(Modal::Help);
        bench
    });
    for mode in [HvacMode::Eco, HvacMode::Off, HvacMode::Other("new".into())] {
        assert_translated(&format!("{mode}"), || {
            let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
            super::fixture::change(&mut bench.snapshot, "hallway", |t| t.hvac_mode = Some(mode.clone()));
            bench
        });
    }
    assert_translated("a home that is away", || {
        let mut bench = UiFixture::on(Page::Structure("s".into()));
        super::fixture::rebuild(&mut bench.snapshot, |home| {
            home.structure_mut(&"s".into()).expect("a home").away = Some(Away::Away);
        });
        bench
    });
}

#[test]
fn the_palette_is_translated() {
    for text in TYPED {
        assert_translated(&format!("the palette with {text:?}"), || {
            let mut bench = UiFixture::on(Page::Simulator);
            bench.window.modals.open(Modal::Palette(Palette::typed(text)));
            bench
        });
    }
}

#[test]
fn the_language_changes_while_the_window_is_open() {
    let mut harness = UiFixture::settings(SettingsSection::Appearance).shown();
    let before = words(&harness);
    harness.state_mut().i18n = Localizer::new(Language::German);
    harness.run();
    let after = words(&harness);
    let fresh = in_language(|| UiFixture::settings(SettingsSection::Appearance), Language::German);
    assert_eq!(after.difference(&fresh).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_ne!(before, after);
    press(&mut harness, egui::Key::Escape);
}
