//! The rows of the overview: which devices stand where, and how high each row is.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::accounts::AccountsView;
use crate::home::{DeviceId, DeviceTree, StructureId, name_order};
use crate::ui::summary::in_order;
use crate::ui::theme::tokens::{measure, space};

/// The kind of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CardKind {
    Thermostat,
    Camera,
    Protect,
}

impl CardKind {
    /// The message with the name of the kind.
    fn title(self) -> &'static str {
        match self {
            Self::Thermostat => "kind-climate",
            Self::Camera => "kind-cameras",
            Self::Protect => "kind-safety",
        }
    }

    /// The height of a card of this width.
    fn height(self, width: f32, is_compact: bool) -> f32 {
        match (self, is_compact) {
            (Self::Thermostat, false) => measure::THERMOSTAT_CARD,
            (Self::Thermostat, true) => measure::COMPACT_CARD,
            // The picture keeps its shape while the card grows.
            (Self::Camera, false) => {
                let picture = (width - 2.0 * CARD_MARGIN) * PICTURE_SHAPE;
                (picture + CAMERA_TITLE).clamp(measure::CAMERA_CARD, MOST_CAMERA)
            }
            (Self::Camera, true) | (Self::Protect, _) => measure::PROTECT_CARD,
        }
    }
}

/// Margin of a card on each side, in points.
const CARD_MARGIN: f32 = 18.0;
/// Height of a picture for its width.
const PICTURE_SHAPE: f32 = 0.5;
/// Height of the title and the margins of a camera's card, in points.
const CAMERA_TITLE: f32 = 84.0;
/// Largest height of a camera's card, in points.
const MOST_CAMERA: f32 = 380.0;

/// A row of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum OverviewRow {
    Invitation,
    /// The presets.
    Presets,
    /// The filter and the choice of the compact view.
    Tools,
    Home(Option<StructureId>),
    Kind(&'static str),
    /// Cards side by side.
    Cards {
        kind: CardKind,
        ids: Vec<DeviceId>,
        /// Number of cards that a full row has.
        columns: usize,
        /// True if a device of the row has a failed change, for which each card of the row has room.
        has_failure: bool,
    },
    /// The message that the filter fits nothing.
    Nothing,
}

impl OverviewRow {
    /// The devices of the row.
    pub(super) fn devices(&self) -> &[DeviceId] {
        match self {
            Self::Cards { ids, .. } => ids,
            Self::Invitation | Self::Presets | Self::Tools | Self::Home(_) | Self::Kind(_) | Self::Nothing => &[],
        }
    }

    /// The height in a page of this width.
    pub(super) fn height(&self, width: f32, is_compact: bool) -> f32 {
        match self {
            Self::Invitation => measure::INVITATION,
            Self::Presets | Self::Tools => measure::TOOLS,
            Self::Home(_) => measure::HOME_ROW,
            Self::Kind(_) => measure::KIND_ROW,
            Self::Cards { kind, columns, has_failure, .. } => {
                let failure = if *has_failure { measure::FAILURE } else { 0.0 };
                kind.height(card_width(width, *columns), is_compact) + failure + space::L
            }
            Self::Nothing => measure::HOME_ROW * 3.0,
        }
    }
}

/// The width of a card in a full row.
pub(super) fn card_width(width: f32, columns: usize) -> f32 {
    (width - space::L * (columns as f32 - 1.0)) / columns as f32
}

/// The number of columns for some cards: few cards grow to fill the row, up to the largest width of a card.
fn columns(width: f32, cards: usize) -> usize {
    let of = |card: f32| ((width + space::L) / (card + space::L)).max(1.0);
    let (least, most) = (of(measure::WIDEST_CARD).ceil() as usize, of(measure::CARD_WIDTH).floor() as usize);
    cards.clamp(least.min(most), most)
}

/// The choices that the rows depend on, besides the devices.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Arrangement {
    /// The only home that is shown.
    pub(super) only: Option<StructureId>,
    /// The accounts, in order.
    pub(super) accounts: Vec<String>,
    pub(super) is_simulated: bool,
    /// The Protects with an alarm.
    pub(super) alarmed: Vec<DeviceId>,
    /// The devices with a failed change.
    pub(super) failed: Vec<DeviceId>,
    /// The pinned devices, which come first.
    pub(super) pinned: Vec<DeviceId>,
    /// The order that the user gave.
    pub(super) order: Arc<[DeviceId]>,
    /// The words that a name must contain, in lower case.
    pub(super) words: Vec<String>,
    /// The words for a thermostat, a camera and a Protect, which the filter finds too.
    pub(super) kinds: [String; 3],
    pub(super) is_compact: bool,
    pub(super) has_presets: bool,
    /// True if the page has so many devices that a filter helps.
    pub(super) has_tools: bool,
    /// Number of columns for one card and for many, which change with the width of the page.
    pub(super) columns: (usize, usize),
}

/// Number of devices from which on a filter and a compact view are offered.
pub(super) const MANY_DEVICES: usize = 12;

impl Arrangement {
    /// The numbers of columns at a width.
    pub(super) fn columns_at(width: f32) -> (usize, usize) {
        (columns(width, 1), columns(width, usize::MAX))
    }

    fn is_found(&self, name: &str, kind: CardKind, home: &str) -> bool {
        self.words.is_empty() || {
            let [thermostat, camera, protect] = &self.kinds;
            let kind = match kind {
                CardKind::Thermostat => thermostat,
                CardKind::Camera => camera,
                CardKind::Protect => protect,
            };
            let text = format!("{name} {kind} {home}").to_lowercase();
            self.words.iter().all(|word| text.contains(word.as_str()))
        }
    }

    /// The ids of some devices: the pinned ones first, then in the order of the user, then by name and id.
    fn ids<T>(
        &self,
        devices: &BTreeMap<DeviceId, Arc<T>>,
        kind: CardKind,
        home: &str,
        keep: impl Fn(&T) -> bool,
        name: impl Fn(&T) -> Option<&str>,
    ) -> Vec<DeviceId> {
        let places: BTreeMap<&DeviceId, usize> = self.order.iter().zip(0..).collect();
        let mut kept: Vec<(bool, usize, &str, &DeviceId)> = devices
            .iter()
            .filter(|(_, device)| keep(device))
            .map(|(id, device)| (id, name(device).unwrap_or_default()))
            .filter(|(_, name)| self.is_found(name, kind, home))
            .map(|(id, name)| (!self.pinned.contains(id), places.get(id).copied().unwrap_or(usize::MAX), name, id))
            .collect();
        kept.sort_by(|(pin, place, name, id), (other_pin, other_place, other_name, other_id)| {
            let by_place = (pin, place).cmp(&(other_pin, other_place));
            by_place.then_with(|| name_order(name, other_name)).then_with(|| id.cmp(other_id))
        });
        kept.into_iter().map(|(.., id)| id.clone()).collect()
    }

    /// The ids of the devices of a kind within a home.
    fn of_kind(
        &self,
        home: &DeviceTree,
        kind: CardKind,
        name: &str,
        within: impl Fn(Option<&StructureId>) -> bool,
    ) -> Vec<DeviceId> {
        match kind {
            CardKind::Thermostat => {
                self.ids(&home.thermostats, kind, name, |t| within(t.structure_id.as_ref()), |t| t.name.as_deref())
            }
            CardKind::Camera => {
                self.ids(&home.cameras, kind, name, |c| within(c.structure_id.as_ref()), |c| c.name.as_deref())
            }
            CardKind::Protect => {
                self.ids(&home.protects, kind, name, |p| within(p.structure_id.as_ref()), |p| p.name.as_deref())
            }
        }
    }

    /// The devices among which one may be moved: those of its kind and home that are pinned as it is, in the order
    /// without a filter and without an alarm.
    pub(super) fn section(&self, home: &DeviceTree, id: &DeviceId) -> Vec<DeviceId> {
        let thermostat = home.thermostats.get(id).map(|t| (CardKind::Thermostat, t.structure_id.as_ref()));
        let camera = || home.cameras.get(id).map(|c| (CardKind::Camera, c.structure_id.as_ref()));
        let protect = || home.protects.get(id).map(|p| (CardKind::Protect, p.structure_id.as_ref()));
        let Some((kind, own)) = thermostat.or_else(camera).or_else(protect) else { return Vec::new() };
        let known = |id: Option<&StructureId>| id.filter(|id| home.structures.contains_key(*id)).cloned();
        let own = known(own);
        let plain = Self { words: Vec::new(), ..self.clone() };
        let mut section = plain.of_kind(home, kind, "", |id| known(id) == own);
        section.retain(|other| self.pinned.contains(other) == self.pinned.contains(id));
        section
    }

    /// The rows for a device tree in a page of this width.
    pub(super) fn rows(&self, home: &DeviceTree, snapshot: &AccountsView, width: f32) -> Vec<OverviewRow> {
        let mut rows = Vec::new();
        if self.is_simulated {
            rows.push(OverviewRow::Invitation);
        }
        if self.has_presets {
            rows.push(OverviewRow::Presets);
        }
        if self.has_tools {
            rows.push(OverviewRow::Tools);
        }
        // The top bar shows the name of a single home.
        let names_homes = self.only.is_none() && home.structures.len() != 1;
        let structures = in_order(snapshot).into_iter().map(Some).chain([None]);
        let mut has_cards = false;
        for structure in structures.filter(|structure| self.only.is_none() || *structure == self.only) {
            // Devices without a known home come last.
            let within = |id: Option<&StructureId>| match &structure {
                Some(own) => id == Some(own),
                None => id.is_none_or(|id| !home.structures.contains_key(id)),
            };
            let name = structure.as_ref().and_then(|id| home.structures.get(id)?.name.as_deref()).unwrap_or_default();
            let [thermostats, cameras, mut protects] = [CardKind::Thermostat, CardKind::Camera, CardKind::Protect]
                .map(|kind| self.of_kind(home, kind, name, within));
            let is_empty = thermostats.is_empty() && cameras.is_empty() && protects.is_empty();
            if is_empty && (structure.is_none() || !self.words.is_empty()) {
                continue;
            }
            has_cards |= !is_empty;
            if names_homes || structure.is_none() {
                rows.push(OverviewRow::Home(structure.clone()));
            }
            let is_alarmed = protects.iter().any(|id| self.alarmed.contains(id));
            if is_alarmed {
                let place = |id: &DeviceId| self.alarmed.iter().position(|other| other == id);
                protects.sort_by_key(|id| place(id).unwrap_or(usize::MAX));
            }
            let mut kinds =
                [(CardKind::Thermostat, thermostats), (CardKind::Camera, cameras), (CardKind::Protect, protects)];
            if is_alarmed {
                // Safety comes first while an alarm lasts.
                kinds.rotate_right(1);
            }
            for (kind, ids) in kinds {
                self.cards(&mut rows, kind, &ids, width);
            }
        }
        if !has_cards && !self.words.is_empty() {
            rows.push(OverviewRow::Nothing);
        }
        rows
    }

    fn cards(&self, rows: &mut Vec<OverviewRow>, kind: CardKind, ids: &[DeviceId], width: f32) {
        if ids.is_empty() {
            return;
        }
        rows.push(OverviewRow::Kind(kind.title()));
        let columns = columns(width, ids.len());
        for ids in ids.chunks(columns) {
            let has_failure = ids.iter().any(|id| self.failed.contains(id));
            rows.push(OverviewRow::Cards { kind, ids: ids.to_vec(), columns, has_failure });
        }
    }
}

/// True if both device trees give the same rows; values on the cards do not matter.
pub(super) fn same_devices(old: &Arc<DeviceTree>, new: &Arc<DeviceTree>) -> bool {
    Arc::ptr_eq(old, new)
        || (old.structures.keys().eq(new.structures.keys())
            && places(&old.thermostats, |t| (t.structure_id.as_ref(), t.name.as_deref()))
                .eq(places(&new.thermostats, |t| (t.structure_id.as_ref(), t.name.as_deref())))
            && places(&old.cameras, |c| (c.structure_id.as_ref(), c.name.as_deref()))
                .eq(places(&new.cameras, |c| (c.structure_id.as_ref(), c.name.as_deref())))
            && places(&old.protects, |p| (p.structure_id.as_ref(), p.name.as_deref()))
                .eq(places(&new.protects, |p| (p.structure_id.as_ref(), p.name.as_deref()))))
}

type Place<'a> = (Option<&'a StructureId>, Option<&'a str>);

fn places<T>(
    devices: &BTreeMap<DeviceId, Arc<T>>,
    place: impl Fn(&T) -> Place<'_>,
) -> impl Iterator<Item = (&DeviceId, Place<'_>)> {
    devices.iter().map(move |(id, device)| (id, place(device)))
}

/// The order of the devices of a section after one of them was moved before or behind another.
pub(super) fn moved(section: &[DeviceId], id: &DeviceId, to: usize) -> Vec<DeviceId> {
    let Some(from) = section.iter().position(|other| other == id) else { return section.to_vec() };
    let mut order = section.to_vec();
    let device = order.remove(from);
    order.insert(to.min(order.len()), device);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_cards_fill_the_row_and_none_is_too_wide_or_too_narrow() {
        for width in [300.0, 456.0, 720.0, 1060.0, 1400.0, 1780.0, 3700.0] {
            for cards in [1, 2, 3, 4, 7, 40] {
                let columns = columns(width, cards);
                let card = card_width(width, columns);
                assert!(card <= measure::WIDEST_CARD + 0.5, "{card} wide at {width}");
                assert!(card >= measure::CARD_WIDTH - 0.5 || columns == 1, "{card} wide at {width}");
                if card < measure::WIDEST_CARD / 2.0 - space::L {
                    assert!(columns <= cards, "{cards} cards leave room empty at {width}");
                }
            }
        }
    }

    #[test]
    fn a_device_moves_within_its_section() {
        let section = ["a", "b", "c", "d"].map(DeviceId::from);
        let after = |id: &str, to| moved(&section, &id.into(), to).iter().map(DeviceId::to_string).collect::<String>();
        assert_eq!(after("a", 2), "bcad");
        assert_eq!(after("d", 0), "dabc");
        assert_eq!(after("b", 99), "acdb");
        assert_eq!(after("x", 1), "abcd");
    }
}
