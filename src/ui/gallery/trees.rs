//! A JSON tree with every kind of highlight.

use std::collections::BTreeMap;

use egui::{Ui, vec2};
use serde_json::json;

use super::{GalleryState, cells_ui};
use crate::json_tree::{JsonTree, TreeRow};
use crate::ui::theme::icons;
use crate::ui::widgets::{JsonTreeMarks, JsonTreeState, json_tree_ui};

/// Draws the group.
pub(super) fn ui(ui: &mut Ui, stage: &GalleryState) {
    let json_tree = JsonTree::of(&json!({
        "kinds": {"text": "a \"text\"", "number": 20.5, "true": true, "null": null, "empty": {}, "none": []},
        "named": {"name": "Hallway", "list": [1, 2, 3]},
        "deep": [[[[["within"]]]]],
        "long": "a text that goes on and on ".repeat(20),
    }));
    let found = json_tree.search("text");
    let changed: BTreeMap<usize, f32> = json_tree.search("number").into_iter().zip([1.0]).collect();
    let note = |line: TreeRow<'_>| (line.text() == "true").then(|| (icons::PENCIL, "can be changed".to_owned()));
    let marks = JsonTreeMarks { hits: &found, hit: found.first().copied(), changed: &changed, note: &note };
    let nothing = JsonTreeMarks { hits: &[], hit: None, changed: &BTreeMap::new(), note: &|_| None };
    let cells = [("open, with hits and a change", (usize::MAX, &marks)), ("folded", (1, &nothing))];
    cells_ui(ui, "Tree", 480.0, &cells, |ui, caption, (depth, marks)| {
        // The gallery keeps no state of the tree.
        let mut state = JsonTreeState::to_depth(&json_tree, *depth);
        ui.allocate_ui(vec2(ui.available_width(), 640.0), |ui| {
            json_tree_ui(ui, &stage.i18n, caption, &json_tree, &mut state, marks, |_, _| {});
        });
    });
}
