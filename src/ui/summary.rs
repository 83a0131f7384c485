//! A summary of the device tree that every frame needs. It is computed once for each device tree that the engine
//! shows, so that a frame with ten thousand devices costs no more than one with ten.

use std::sync::Arc;

use crate::accounts::AccountsView;
use crate::home::{AlarmState, DeviceId, DeviceTree, Structure, StructureId, first_by_name, name_order};

/// The summary of a device tree.
#[derive(Debug, Default)]
pub struct HomeSummary {
    of: Option<Arc<DeviceTree>>,
    homes: Vec<Option<StructureId>>,
    alarmed: Vec<DeviceId>,
    mixes_scales: bool,
    first_thermostat: Option<DeviceId>,
}

/// The homes of a snapshot, ordered by account (in the user's order) and then by name.
pub(super) fn in_order(snapshot: &AccountsView) -> Vec<StructureId> {
    let account_of = |id: &StructureId| {
        snapshot.accounts.iter().position(|account| account.snapshot.confirmed.structures.contains_key(id))
    };
    let place = |(id, structure): (&StructureId, &Arc<Structure>)| {
        (account_of(id), structure.name.clone().unwrap_or_default(), id.clone())
    };
    let mut placed: Vec<_> = snapshot.shown.structures.iter().map(place).collect();
    placed.sort_by(|(account, name, id), (other, other_name, other_id)| {
        account.cmp(other).then_with(|| name_order(name, other_name)).then_with(|| id.cmp(other_id))
    });
    placed.into_iter().map(|(_, _, id)| id).collect()
}

impl HomeSummary {
    /// Recomputes the summary if the snapshot has a new device tree.
    pub(super) fn refresh(&mut self, snapshot: &AccountsView) {
        let home = &snapshot.shown;
        if self.of.as_ref().is_some_and(|known| Arc::ptr_eq(known, home)) {
            return;
        }
        self.of = Some(Arc::clone(home));
        self.homes = std::iter::once(None).chain(in_order(snapshot).into_iter().map(Some)).collect();
        let mut scales = home.thermostats.values().map(|thermostat| thermostat.scale());
        let first = scales.next();
        self.mixes_scales = scales.any(|scale| Some(scale) != first);
        let named = home.thermostats.iter().filter_map(|(id, thermostat)| Some((thermostat.name.as_deref()?, id)));
        self.first_thermostat = first_by_name(named, |(name, _)| name, 1).pop().map(|(_, id)| id.clone());
        let at = |wanted: AlarmState| {
            let protects = home.protects.iter();
            protects.filter(move |(_, protect)| protect.worst_alarm() == wanted).map(|(id, _)| id.clone())
        };
        self.alarmed = at(AlarmState::Emergency).chain(at(AlarmState::Warning)).collect();
    }

    /// The choices of a home: all homes together (`None`), then each home, ordered by account and name.
    pub(super) fn homes(&self) -> &[Option<StructureId>] {
        &self.homes
    }

    /// True if some thermostats are in °C and some in °F, so that a number needs its scale.
    pub(super) fn mixes_scales(&self) -> bool {
        self.mixes_scales
    }

    /// The first thermostat by name.
    pub(super) fn first_thermostat(&self) -> Option<&DeviceId> {
        self.first_thermostat.as_ref()
    }

    /// The Protects that warn of smoke or carbon monoxide, emergencies first.
    pub(super) fn alarmed(&self) -> &[DeviceId] {
        &self.alarmed
    }
}
