//! The trial on a simulated day, of a rule and of a schedule.

use std::path::Path;

use egui::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::UiFixture;
use super::{click, says};
use crate::ui::theme::Look;

const RULE: &str = "Save energy when everybody has left";

fn rules() -> Harness<'static, UiFixture> {
    super::rules::page(super::rules::RULES).shown()
}

/// Lets frames pass; a frame of the tests is a quarter of a second.
fn frames(harness: &mut Harness<'static, UiFixture>, count: usize) {
    for _ in 0..count {
        harness.step();
    }
}

#[test]
fn a_rule_acts_on_the_day_while_it_passes() {
    let mut harness = rules();
    click(&mut harness, &format!("Try {RULE} on a simulated day"));
    assert!(says(&harness, "Simulated day, 05:"), "the day begins early");
    assert!(says(&harness, "600 times as fast"));
    frames(&mut harness, 20);
    assert!(!says(&harness, "Simulated day, 05:00"), "it passes by itself");
    click(&mut harness, "Pause");
    let shown = |harness: &Harness<'static, UiFixture>| {
        harness.query_all_by_label_contains("Simulated day, ").next().map(|node| node.rect())
    };
    assert!(shown(&harness).is_some());
    click(&mut harness, "Go on");
    click(&mut harness, "To the end of the day");
    assert!(says(&harness, "The simulated day is over"));
    assert!(says(&harness, "08:30  Everybody leaves"));
    assert!(harness.query_by_role_and_label(Role::Button, "Pause").is_none());
    assert_eq!(harness.state().intents, [], "nothing reaches the real home");
    click(&mut harness, "Close the trial");
    assert!(!says(&harness, "The simulated day is over"));
}

#[test]
fn a_rule_that_the_home_cannot_carry_out_says_why() {
    let mut harness = rules();
    click(&mut harness, "Try Cellar on a simulated day");
    assert!(says(&harness, "there is no “Cellar” here"));
}

#[test]
fn a_schedule_sets_its_levels_on_the_day() {
    let mut harness = super::schedule::page(super::schedule::WEEK).shown();
    click(&mut harness, "Try on a simulated day");
    click(&mut harness, "To the end of the day");
    for words in ["Home begins: 20.5", "Away begins: 18.5", "Sleep begins: 17.0"] {
        assert!(says(&harness, words) || says(&harness, "08:00"), "{words}");
    }
    assert_eq!(harness.state().intents, []);
}

/// Draws the card; run it to look at it.
#[test]
#[ignore = "draws pictures for people"]
fn pictures_of_simulated_day() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (word, look) in [("dark", Look::DARK), ("light", Look::LIGHT)] {
        for (width, height) in [(360.0, 2_000.0), (1_180.0, 1_100.0)] {
            for name in ["simulated-rule", "simulated-schedule"] {
                let bench = match name {
                    "simulated-rule" => super::rules::page(super::rules::RULES),
                    _ => super::schedule::page(super::schedule::WEEK),
                };
                let mut harness = bench.looking([width, height], Look { is_still: true, ..look }, 1.0);
                harness.run_ok();
                let button = match name {
                    "simulated-rule" => format!("Try {RULE} on a simulated day"),
                    _ => "Try on a simulated day".to_owned(),
                };
                harness.get_by_label(&button).click_accesskit();
                harness.run_ok();
                harness.get_by_label("To the end of the day").click_accesskit();
                harness.run_ok();
                let picture = harness.render().expect("a picture");
                picture.save(folder.join(format!("{name}-{word}-{width}.png"))).expect("saved");
            }
        }
    }
}
