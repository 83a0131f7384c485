//! Ids in the form of the real ones. They are the same in every run with one seed.

/// The kind of an id; each kind has its own series.
#[derive(Debug, Clone, Copy)]
pub(super) enum Series {
    Structure = 1,
    Thermostat,
    Protect,
    Camera,
    Where,
    Secret,
    Room,
    CameraLife,
}

/// Returns the random generator of the n-th item of a kind.
pub(super) fn chance(seed: u64, series: Series, n: u64) -> fastrand::Rng {
    let mut mixed = seed;
    for part in [series as u64, n] {
        // The finalizer of SplitMix64: it maps similar inputs to unrelated outputs.
        mixed = mixed.wrapping_add(part).wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
    }
    fastrand::Rng::with_seed(mixed)
}

/// Returns the n-th id of a kind: 32 characters for thermostats and Protects, 54 for the rest.
pub(super) fn id(seed: u64, series: Series, n: u64) -> String {
    let length = match series {
        Series::Thermostat | Series::Protect | Series::Secret => 32,
        Series::Structure | Series::Camera | Series::Where | Series::Room | Series::CameraLife => 54,
    };
    let mut chance = chance(seed, series, n);
    // A letter or digit comes first, so that no command line parses the id as an option.
    let mut id = String::from(chance.alphanumeric());
    id.extend((1..length).map(|_| match chance.u8(0..64) {
        62 => '-',
        63 => '_',
        _ => chance.alphanumeric(),
    }));
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_depend_on_seed_kind_and_number_alone() {
        assert_eq!(id(1, Series::Thermostat, 0), id(1, Series::Thermostat, 0));
        let others = [id(2, Series::Thermostat, 0), id(1, Series::Protect, 0), id(1, Series::Thermostat, 1)];
        assert!(!others.contains(&id(1, Series::Thermostat, 0)));
        assert_eq!(id(1, Series::Thermostat, 0).len(), 32);
        assert_eq!(id(1, Series::Structure, 0).len(), 54);
    }
}
