//! What every frame asks of the whole home, worked out once for each home that the engine shows:
//! ten thousand devices must not cost a frame more than ten.

use std::sync::Arc;

use crate::engine::Snapshot;
use crate::home::{AlarmState, DeviceId, Home, Structure, StructureId};

/// What was worked out for a home.
#[derive(Debug, Default)]
pub struct Digest {
    of: Option<Arc<Home>>,
    homes: Vec<Option<StructureId>>,
    alarmed: Vec<DeviceId>,
    mixes_scales: bool,
}

/// The homes of a snapshot: the accounts in the order of their owner, the homes of each by name.
pub(super) fn in_order(snapshot: &Snapshot) -> Vec<StructureId> {
    let account_of =
        |id: &StructureId| snapshot.members.iter().position(|member| member.confirmed.structures.contains_key(id));
    let place = |(id, structure): (&StructureId, &Arc<Structure>)| {
        (account_of(id), structure.name.as_deref().unwrap_or_default().to_lowercase(), id.clone())
    };
    let mut placed: Vec<_> = snapshot.shown.structures.iter().map(place).collect();
    placed.sort();
    placed.into_iter().map(|(_, _, id)| id).collect()
}

impl Digest {
    /// Takes a home; the one that was taken last costs nothing.
    pub(super) fn look(&mut self, snapshot: &Snapshot) {
        let home = &snapshot.shown;
        if self.of.as_ref().is_some_and(|known| Arc::ptr_eq(known, home)) {
            return;
        }
        self.of = Some(Arc::clone(home));
        self.homes = std::iter::once(None).chain(in_order(snapshot).into_iter().map(Some)).collect();
        let mut scales = home.thermostats.values().map(|thermostat| thermostat.scale());
        let first = scales.next();
        self.mixes_scales = scales.any(|scale| Some(scale) != first);
        let at = |wanted: AlarmState| {
            let protects = home.protects.iter();
            protects.filter(move |(_, protect)| protect.worst_alarm() == wanted).map(|(id, _)| id.clone())
        };
        self.alarmed = at(AlarmState::Emergency).chain(at(AlarmState::Warning)).collect();
    }

    /// All homes as one, then each by its name.
    pub(super) fn homes(&self) -> &[Option<StructureId>] {
        &self.homes
    }

    /// Whether some thermostats are in °C and some in °F: a number alone does not say which.
    pub(super) fn mixes_scales(&self) -> bool {
        self.mixes_scales
    }

    /// The Protects that warn of smoke or carbon monoxide, the worst first.
    pub(super) fn alarmed(&self) -> &[DeviceId] {
        &self.alarmed
    }
}
