//! The gallery: no part panics, lacks a glyph or lacks a name, in any look and language.

use std::path::Path;

use egui::Theme;
use egui_kittest::Harness;

use crate::i18n::Language;
use crate::ui::theme::{self, Look};
use crate::ui::{Gallery, Group};

fn looks() -> [(&'static str, Look); 4] {
    let still = |look| Look { is_still: true, ..look };
    let strong = |look| Look { is_high_contrast: true, ..look };
    [
        ("dark", still(Look::DARK)),
        ("light", still(Look::LIGHT)),
        ("dark-contrast", strong(still(Look::DARK))),
        ("light-contrast", strong(still(Look::LIGHT))),
    ]
}

fn shown(group: Group, look: Look, language: Language, size: [f32; 2], pixels: f32) -> Harness<'static, Gallery> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_theme(if look.is_dark == Some(true) { Theme::Dark } else { Theme::Light })
        .with_pixels_per_point(pixels)
        .with_context_setup(move |ctx| theme::install(ctx, look))
        .with_max_steps(12)
        .build_ui_state(|ui, gallery: &mut Gallery| gallery.ui(ui), Gallery::showing(group, look, language));
    harness.run();
    harness
}

#[test]
fn everything_is_drawn_in_every_look_and_language() {
    for group in Group::ALL {
        for (_, look) in looks() {
            for language in Language::ALL {
                shown(group, look, language, [1180.0, 6000.0], 1.0);
            }
        }
        shown(group, Look { is_still: true, ..Look::DARK }, Language::German, [360.0, 800.0], 2.0);
    }
}

#[test]
#[ignore = "makes pictures of the gallery, to be looked at"]
fn the_gallery_as_pictures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    std::fs::create_dir_all(&folder).expect("a folder");
    let still = |look| Look { is_still: true, ..look };
    let all = looks().map(|(word, look)| (word.to_owned(), look, Language::English, [1180.0, 2400.0], 1.0));
    let others = [
        ("german-480".to_owned(), still(Look::DARK), Language::German, [480.0, 4000.0], 1.0),
        ("french-480".to_owned(), still(Look::LIGHT), Language::French, [480.0, 4000.0], 1.0),
        ("german-1600".to_owned(), still(Look::LIGHT), Language::German, [1600.0, 2000.0], 1.0),
        ("french-1600".to_owned(), still(Look::DARK), Language::French, [1600.0, 2000.0], 1.0),
        ("english-200".to_owned(), still(Look::DARK), Language::English, [800.0, 2000.0], 2.0),
    ];
    for group in Group::ALL {
        for (word, look, language, size, pixels) in all.iter().chain(&others) {
            let mut harness = shown(group, *look, *language, *size, *pixels);
            let name = format!("gallery-{}-{word}.png", group.title().to_lowercase());
            harness.render().expect("a Vulkan driver").save(folder.join(name)).expect("saved");
        }
    }
}
