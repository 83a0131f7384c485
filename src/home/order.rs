//! The order of names for people.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::DeviceId;

/// Compares two names as a person would order them: without regard to case, and numbers by their value, so that
/// `Room 2` stands before `Room 10`.
pub fn name_order(one: &str, other: &str) -> Ordering {
    alphanumeric_sort::compare_str(one.to_lowercase(), other.to_lowercase())
}

/// The ids of devices, ordered by name.
pub fn by_name<T>(devices: &BTreeMap<DeviceId, T>, name: impl Fn(&T) -> Option<&str>) -> Vec<&DeviceId> {
    let mut named: Vec<(String, &DeviceId)> =
        devices.iter().map(|(id, device)| (name(device).unwrap_or_default().to_lowercase(), id)).collect();
    named.sort_by(|(one, _), (other, _)| alphanumeric_sort::compare_str(one, other));
    named.into_iter().map(|(_, id)| id).collect()
}

/// The first few of many devices by name, without ordering all of them.
pub fn first_by_name<T>(devices: impl Iterator<Item = T>, name: impl Fn(&T) -> &str, most: usize) -> Vec<T> {
    let mut first: Vec<T> = Vec::new();
    for device in devices {
        let is_later = |other: &T| name_order(name(other), name(&device)) != Ordering::Greater;
        if first.len() == most && first.last().is_none_or(is_later) {
            continue;
        }
        first.insert(first.partition_point(is_later), device);
        first.truncate(most);
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_few_are_those_of_the_whole_order() {
        let names: Vec<String> = (0..200).map(|number| format!("Room {}", number * 37 % 200)).collect();
        let first = first_by_name(names.iter(), |name| name, 12);
        let expected: Vec<String> = (0..12).map(|number| format!("Room {number}")).collect();
        assert_eq!(first, expected.iter().collect::<Vec<_>>());
        assert!(first_by_name(names.iter(), |name| name, 0).is_empty());
    }

    #[test]
    fn numbers_are_ordered_by_value_and_case_does_not_matter() {
        let mut names = ["Room 10", "room 2", "Attic", "Room 1", "ärmel", "Room 2b", "Room", "", "100 W", "9 W"];
        names.sort_by(|one, other| name_order(one, other));
        assert_eq!(names, ["", "9 W", "100 W", "Attic", "Room", "Room 1", "room 2", "Room 2b", "Room 10", "ärmel"]);
    }
}
