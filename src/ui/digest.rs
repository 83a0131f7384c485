//! What every frame asks of the whole home, worked out once for each home that the engine shows:
//! ten thousand devices must not cost a frame more than ten.

use std::sync::Arc;

use crate::home::{AlarmState, DeviceId, Home, StructureId};

/// What was worked out for a home.
#[derive(Debug, Default)]
pub struct Digest {
    of: Option<Arc<Home>>,
    homes: Vec<Option<StructureId>>,
    alarmed: Vec<DeviceId>,
    mixes_scales: bool,
}

impl Digest {
    /// Takes a home; the one that was taken last costs nothing.
    pub(super) fn look(&mut self, home: &Arc<Home>) {
        if self.of.as_ref().is_some_and(|known| Arc::ptr_eq(known, home)) {
            return;
        }
        self.of = Some(Arc::clone(home));
        let mut named: Vec<(String, &StructureId)> = home
            .structures
            .iter()
            .map(|(id, structure)| (structure.name.as_deref().unwrap_or_default().to_lowercase(), id))
            .collect();
        named.sort();
        self.homes = std::iter::once(None).chain(named.into_iter().map(|(_, id)| Some(id.clone()))).collect();
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
