//! What the tests change about the made-up home of the gallery.

use std::sync::Arc;

use crate::engine::Snapshot;
use crate::home::{Abilities, Field, Home, HvacMode, ServiceName, Setpoint, Write};
use crate::presets::Presets;
pub(super) use crate::ui::gallery::sample::{change, home, now, pending, picture, snapshot};

/// What a service may not be able to change.
pub(super) const NLE: Abilities =
    Abilities::lacking(ServiceName::NoLongerEvil, &[Field::Name, Field::Eta, Field::Label, Field::Streaming]);

/// Changes anything else of a snapshot's home.
pub(super) fn rebuild(snapshot: &mut Snapshot, change: impl FnOnce(&mut Home)) {
    let mut home = (*snapshot.shown).clone();
    change(&mut home);
    snapshot.shown = Arc::new(home);
    snapshot.confirmed = Arc::clone(&snapshot.shown);
}

/// One preset.
pub(super) fn presets() -> Presets {
    let mut presets = Presets::default();
    let night = vec![
        Write::Mode("hallway".into(), HvacMode::Heat),
        Write::Target("hallway".into(), Setpoint::celsius(17.0)),
        Write::FanTimer("hallway".into(), false),
        Write::Streaming("door".into(), true),
    ];
    presets.add("Night", night, &home()).expect("a name that is free");
    presets
}
