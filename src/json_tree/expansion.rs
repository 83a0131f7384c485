//! Which containers are closed, and the lines that are left to be seen.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::JsonTree;

/// The closed containers of one tree. A line of another tree counts as open.
#[derive(Debug, Clone)]
pub struct Expansion {
    /// By line.
    is_closed: Vec<bool>,
    /// Containers that come later are closed from this depth on.
    closed_from: usize,
    /// The lines that are seen, in their order.
    pub(super) seen: Vec<u32>,
}

impl Expansion {
    /// With every container closed that stands in so many others.
    pub fn to_depth(json_tree: &JsonTree, depth: usize) -> Self {
        let is_closed = json_tree.lines().map(|line| line.can_fold() && line.depth() >= depth).collect();
        let mut expansion = Self { is_closed, closed_from: depth, seen: Vec::new() };
        expansion.look(json_tree);
        expansion
    }

    /// With everything open.
    pub fn open(json_tree: &JsonTree) -> Self {
        Self::to_depth(json_tree, usize::MAX)
    }

    /// How many lines are seen.
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// True when no row is shown, which no tree has.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// The line in a row.
    pub fn line_in(&self, row: usize) -> Option<usize> {
        self.seen.get(row).map(|line| *line as usize)
    }

    /// The row that a line stands in, or the one that hides it.
    pub fn row_of(&self, line: usize) -> usize {
        self.seen.partition_point(|seen| *seen as usize <= line).saturating_sub(1)
    }

    /// Whether a line can be seen.
    pub fn shows(&self, line: usize) -> bool {
        self.line_in(self.row_of(line)) == Some(line)
    }

    /// Whether a container is closed.
    pub fn is_closed(&self, line: usize) -> bool {
        self.is_closed.get(line).copied().unwrap_or_default()
    }

    /// Closes a container, or opens it.
    pub fn set(&mut self, json_tree: &JsonTree, line: usize, closed: bool) {
        let can_fold = json_tree.line(line).is_some_and(|line| line.can_fold());
        if let Some(is_closed) = self.is_closed.get_mut(line).filter(|is_closed| can_fold && **is_closed != closed) {
            *is_closed = closed;
            self.look(json_tree);
        }
    }

    /// Opens whatever hides a line.
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
            self.look(json_tree);
        }
    }

    /// The same containers of a newer tree closed: they are known by their place.
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
        expansion.look(new);
        expansion
    }

    /// Works out what is seen.
    fn look(&mut self, json_tree: &JsonTree) {
        self.seen.clear();
        let mut next = 0;
        while let Some(line) = json_tree.line(next) {
            self.seen.push(u32::try_from(next).unwrap_or(u32::MAX));
            next = if self.is_closed(next) { line.end() + 1 } else { next + 1 };
        }
    }
}

/// Every container that can be folded, with a number for the keys that lead to it.
fn each_container(json_tree: &JsonTree, mut each: impl FnMut(usize, u64)) {
    // Of the containers around the line.
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
