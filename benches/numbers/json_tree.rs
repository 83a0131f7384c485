//! A large answer as lines to be drawn, against reading the same bytes as plain JSON.

use serde_json::Value;
use setpoint::json_tree::{Expansion, JsonTree};
use setpoint::wwn::wire::render;

use crate::timing::{median, ratio, say, timed};
use crate::wire::estate;

/// The size of the answer.
const BYTES: usize = 10_000_000;

pub(crate) fn run() {
    let document = render(&estate(600));
    let copies = BYTES.div_ceil(document.len());
    let json = format!("[{}]", vec![document; copies].join(","));
    let Ok(json_tree) = JsonTree::read(json.as_bytes()) else {
        say("an answer as lines", "cannot be read");
        return;
    };
    let (megabytes, lines) = (json.len() / 1_000_000, json_tree.len());
    let baseline = median(9, || timed(|| serde_json::from_slice::<Value>(json.as_bytes()).ok()));
    let opened = || {
        let json_tree = JsonTree::read(json.as_bytes()).ok()?;
        Some((Expansion::open(&json_tree), json_tree))
    };
    let ours = median(9, || timed(opened));
    ratio(&format!("open {megabytes} MB of JSON as {lines} lines / JSON alone"), ours, baseline, 1.0);
    let ours = median(9, || timed(|| json_tree.search("target_temperature_f")));
    ratio("find a word in them / JSON alone", ours, baseline, 1.0);
    let ours = median(9, || timed(|| Expansion::to_depth(&json_tree, 3)));
    ratio("fold all of them / JSON alone", ours, baseline, 1.0);
}
