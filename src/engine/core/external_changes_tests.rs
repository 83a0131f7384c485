//! Changes that follow from home and away, and changes by others.

use std::sync::Arc;

use super::*;
use crate::engine::Debounce;
use crate::engine::core::tests::{Scenario, showing, target};
use crate::engine::storage::Stored;
use crate::service::Update;

/// A home with a thermostat that heats, and the engine that follows it.
struct Family {
    scenario: Scenario,
    home: DeviceTree,
}

impl Family {
    fn live() -> Self {
        let mut home = *showing(20.0);
        let structure = Structure { away: Some(Away::Home), ..Structure::default() };
        home.structures.insert("s".into(), Arc::new(structure));
        home.thermostat_mut(&"t".into()).expect("there").structure_id = Some("s".into());
        let mut family = Self { scenario: Scenario::with(Stored::default()), home };
        family.report();
        family
    }

    fn report(&mut self) {
        let now = self.scenario.now();
        self.scenario.core.update(Update::Home(Box::new(self.home.clone())), now);
    }

    /// Reports a changed value.
    fn show(&mut self, write: &Write) {
        write.apply_optimistic(&mut self.home);
        self.report();
    }

    /// Sets home or away from here; the service applies it.
    fn set(&mut self, away: Away) {
        let write = Write::Away("s".into(), away);
        self.scenario.want(write.clone(), Debounce::Now);
        assert_eq!(self.scenario.pass(0), std::slice::from_ref(&write));
        let now = self.scenario.now();
        self.scenario.core.answered(&write.slot(), Ok(()), now);
        write.apply_optimistic(&mut self.home);
    }

    /// The origin of the newest record.
    fn origin(&mut self) -> (Origin, String) {
        let journal = self.scenario.snapshot().journal;
        journal.front().map(|record| (record.origin, record.to.clone())).expect("a record")
    }
}

#[test]
fn effects_of_away_are_distinguished_from_external_changes() {
    let mode = |mode| Write::Mode("t".into(), mode);
    // In the same report, and a few seconds later.
    let mut at_once = Family::live();
    at_once.set(Away::Away);
    at_once.show(&mode(HvacMode::Eco));
    assert!(at_once.scenario.outcomes().contains(&(Origin::AfterAway, "Eco".to_owned(), Outcome::Done)));
    let mut family = Family::live();
    family.set(Away::Away);
    family.report();
    family.scenario.pass(4_000);
    family.show(&mode(HvacMode::Eco));
    assert_eq!(family.origin(), (Origin::AfterAway, "Eco".to_owned()));
    assert_eq!(family.scenario.snapshot().next_undo().map(|_| ()), Some(()), "away itself can be taken back");
    family.set(Away::Home);
    family.show(&mode(HvacMode::Heat));
    let journal = family.scenario.outcomes();
    assert!(journal.contains(&(Origin::AfterHome, "Heat".to_owned(), Outcome::Done)), "{journal:?}");
    // A target that is moved a moment later does not follow from home or away, nor does Eco after a while.
    family.show(&target(23.0));
    assert_eq!(family.origin(), (Origin::Elsewhere, "23.0 °C".to_owned()));
    family.set(Away::Away);
    family.report();
    family.scenario.pass(11_000);
    family.show(&mode(HvacMode::Eco));
    assert_eq!(family.origin(), (Origin::Elsewhere, "Eco".to_owned()));
    // If somebody else set away, everything that follows from it is theirs.
    let mut theirs = Family::live();
    theirs.show(&Write::Away("s".into(), Away::Away));
    theirs.show(&mode(HvacMode::Eco));
    assert_eq!(theirs.origin(), (Origin::Elsewhere, "Eco".to_owned()));
}
