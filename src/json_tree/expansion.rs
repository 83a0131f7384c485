//! Collapsed containers, and the rows that remain visible.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::JsonTree;

/// The collapsed containers of one tree. A row of another tree counts as expanded.
#[derive(Debug, Clone)]
pub struct Expansion {
    /// By row.
    is_closed: Vec<bool>,
    /// The depth from which new containers are collapsed.
    closed_from: usize,
    /// The visible rows, in order.
    pub(super) seen: Vec<u32>,
}

impl Expansion {
    /// Collapses every container from this depth on.
    pub fn to_depth(json_tree: &JsonTree, depth: usize) -> Self {
        let is_closed = json_tree.lines().map(|line| line.can_fold() && line.depth() >= depth).collect();
        let mut expansion = Self { is_closed, closed_from: depth, seen: Vec::new() };
        expansion.update_visible(json_tree);
        expansion
    }

    /// Expands everything.
    pub fn open(json_tree: &JsonTree) -> Self {
        Self::to_depth(json_tree, usize::MAX)
    }

    /// The number of visible rows.
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// Always false: a tree has at least one row.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// The index of a visible row in the tree.
    pub fn line_in(&self, row: usize) -> Option<usize> {
        self.seen.get(row).map(|line| *line as usize)
    }

    /// The visible position of a row, or of the row that hides it.
    pub fn row_of(&self, line: usize) -> usize {
        self.seen.partition_point(|seen| *seen as usize <= line).saturating_sub(1)
    }

    /// True if a row is visible.
    pub fn shows(&self, line: usize) -> bool {
        self.line_in(self.row_of(line)) == Some(line)
    }

    /// True if a container is collapsed.
    pub fn is_closed(&self, line: usize) -> bool {
        self.is_closed.get(line).copied().unwrap_or_default()
    }

    /// Collapses or expands a container.
    pub fn set(&mut self, json_tree: &JsonTree, line: usize, closed: bool) {
        let can_fold = json_tree.line(line).is_some_and(|line| line.can_fold());
        if let Some(is_closed) = self.is_closed.get_mut(line).filter(|is_closed| can_fold && **is_closed != closed) {
            *is_closed = closed;
            self.update_visible(json_tree);
        }
    }

    /// Expands every container that hides a row.
    pub fn reveal(&mut self, json_tree: &JsonTree, line: usize) {
        let mut hides = json_tree.line(line).map(|line| line.begin()).filter(|begin| *begin != line);
        hides = hides.or_else(|| json_tree.line(line)?.parent());
        let mut opened = false;
        while let Some(container) = hides {
            if let Some(is_closed) = self.is_closed.get_mut(container) {
                opened |= std::mem::take(is_closed);
            }
            hides = json_tree.line(container).and_then(|line| line.parent());
        }
        if opened {
            self.update_visible(json_tree);
        }
    }

    /// The same containers of a newer tree, identified by their place.
    #[must_use]
    pub fn carried(&self, old: &JsonTree, new: &JsonTree) -> Self {
        let mut known = HashSet::new();
        let mut closed = HashSet::new();
        each_container(old, |line, place| {
            known.insert(place);
            if self.is_closed(line) {
                closed.insert(place);
            }
        });
        let mut expansion = Self { is_closed: vec![false; new.len()], closed_from: self.closed_from, seen: Vec::new() };
        each_container(new, |line, place| {
            let is_deep = new.line(line).is_some_and(|line| line.depth() >= self.closed_from);
            if let Some(is_closed) = expansion.is_closed.get_mut(line) {
                *is_closed = if known.contains(&place) { closed.contains(&place) } else { is_deep };
            }
        });
        expansion.update_visible(new);
        expansion
    }

    /// Updates the visible rows.
    fn update_visible(&mut self, json_tree: &JsonTree) {
        self.seen.clear();
        let mut next = 0;
        while let Some(line) = json_tree.line(next) {
            self.seen.push(u32::try_from(next).unwrap_or(u32::MAX));
            next = if self.is_closed(next) { line.end() + 1 } else { next + 1 };
        }
    }
}

/// Visits every container that can be collapsed, with a hash of its path.
fn each_container(json_tree: &JsonTree, mut each: impl FnMut(usize, u64)) {
    // Hashes of the containers around the row.
    let mut places: Vec<u64> = Vec::new();
    for line in json_tree.lines().filter(|line| line.can_fold() && line.is_container()) {
        places.truncate(line.depth());
        let mut hasher = DefaultHasher::new();
        places.last().hash(&mut hasher);
        line.key().map(|key| key.to_string()).hash(&mut hasher);
        let place = hasher.finish();
        places.push(place);
        each(line.index(), place);
    }
}
