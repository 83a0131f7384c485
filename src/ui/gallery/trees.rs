//! A tree of JSON with everything that stands out in one.

use std::collections::BTreeMap;

use egui::{Ui, vec2};
use serde_json::json;

use super::{Stage, cells_ui};
use crate::outline::{Line, Outline};
use crate::ui::theme::icons;
use crate::ui::widgets::{OutlineMarks, OutlineState, outline_ui};

/// Draws the group.
pub(super) fn ui(ui: &mut Ui, stage: &Stage) {
    let outline = Outline::of(&json!({
        "kinds": {"text": "a \"text\"", "number": 20.5, "true": true, "null": null, "empty": {}, "none": []},
        "named": {"name": "Hallway", "list": [1, 2, 3]},
        "deep": [[[[["within"]]]]],
        "long": "a text that goes on and on ".repeat(20),
    }));
    let found = outline.search("text");
    let changed: BTreeMap<usize, f32> = outline.search("number").into_iter().zip([1.0]).collect();
    let note = |line: Line<'_>| (line.text() == "true").then(|| (icons::PENCIL, "can be changed".to_owned()));
    let marks = OutlineMarks { hits: &found, hit: found.first().copied(), changed: &changed, note: &note };
    let nothing = OutlineMarks { hits: &[], hit: None, changed: &BTreeMap::new(), note: &|_| None };
    let cells = [("open, with hits and a change", (usize::MAX, &marks)), ("folded", (1, &nothing))];
    cells_ui(ui, "Tree", 480.0, &cells, |ui, caption, (depth, marks)| {
        // The gallery forgets what is done with it.
        let mut state = OutlineState::to_depth(&outline, *depth);
        ui.allocate_ui(vec2(ui.available_width(), 640.0), |ui| {
            outline_ui(ui, &stage.texts, caption, &outline, &mut state, marks, |_, _| {});
        });
    });
}
