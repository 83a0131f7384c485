//! Several accounts at once: their texts and their actions.

use egui::Role;
use egui_kittest::kittest::Queryable as _;

use super::{Bound, UiFixture, click, says, type_into};
use crate::ui::intent::{AccountIntent, AppIntent, Page};

fn shown(page: Page) -> Bound {
    let mut harness = UiFixture::on_several(page).harness([1180.0, 3200.0], egui::Theme::Dark);
    harness.run();
    harness
}

#[test]
fn the_overview_shows_all_homes_and_offline_accounts() {
    let mut harness = shown(Page::Overview);
    for name in ["Hallway, thermostat", "Attic, thermostat"] {
        assert!(harness.query_by_label(name).is_some(), "{name}");
    }
    assert!(says(&harness, "1 of 3 accounts not connected"));
    assert!(says(&harness, "Mill Lane") && says(&harness, "Cottage server"));
    let why = "Parents cannot be reached";
    let found: Vec<_> = harness.query_all_by_label_contains(why).collect();
    assert!(!found.is_empty(), "the banner names the account");
    drop(found);
    let retry = harness.get_by(|node| {
        node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("Try now (Parents "))
    });
    retry.click();
    harness.run();
    let reopen = AppIntent::Account("google".to_owned(), AccountIntent::Reopen);
    assert_eq!(harness.state().intents, [reopen]);
}

#[test]
fn an_account_is_moved_and_renamed() {
    let mut harness = shown(Page::Settings);
    assert!(harness.query_by_label("Move Mill Lane up").is_none(), "it is the first");
    click(&mut harness, "Move Parents up");
    click(&mut harness, "Move Mill Lane down");
    click(&mut harness, "Rename Cottage server");
    click(&mut harness, "Call it Cottage server");
    assert_eq!(harness.state().intents.len(), 2, "the same name is no change");
    type_into(&mut harness, "Name of Cottage server", " by the sea");
    click(&mut harness, "Call it Cottage server by the sea");
    let of = |id: &str, intent| AppIntent::Account(id.to_owned(), intent);
    let expected = [
        of("google", AccountIntent::Move { up: true }),
        of("mill", AccountIntent::Move { up: false }),
        of("cottage", AccountIntent::Rename("Cottage server by the sea".to_owned())),
    ];
    assert_eq!(harness.state().intents, expected);
    harness.run();
    assert!(harness.query_by_label("Name of Cottage server").is_none(), "the field is gone");
}

#[test]
fn accounts_show_their_budget_and_missing_capabilities() {
    let harness = shown(Page::Settings);
    assert!(
        says(&harness, "1 device · 20 changes can be sent at once")
            || says(&harness, "one device · 20 changes can be sent at once")
    );
    let lacks = "No Longer Evil cannot change:";
    assert_eq!(harness.query_all_by_label_contains(lacks).count(), 1, "of that account alone");
}
