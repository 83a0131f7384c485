//! The JSON document of the shown home, cached while its page is open, and its recent changes.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use egui::Ui;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::home::{DeviceTree, is_confidential};
use crate::json_tree::{JsonTree, TreeRow, changed_leaves};
use crate::ui::theme::is_still;
use crate::ui::widgets::JsonTreeState;
use crate::wwn::wire::home_value;

/// Time that a change stays highlighted.
const MARKED_FOR: SignedDuration = SignedDuration::from_secs(6);
/// Interval between steps of a fading highlight. Finer steps are not visible, and each step costs a frame.
const FADE_STEP: SignedDuration = SignedDuration::from_millis(250);
/// Depth that is expanded at first: the list of devices, but not their fields.
const FIRST_DEPTH: usize = 3;
/// Replaces a value that must not reach a screen.
pub(super) const HIDDEN: &str = "••••••";

/// A document with its tree.
#[derive(Debug)]
pub(super) struct Document {
    of: Arc<DeviceTree>,
    value: Value,
    pub(super) json_tree: JsonTree,
    pub(super) tree: JsonTreeState,
    /// The time of the last change, by line.
    changed: BTreeMap<usize, Timestamp>,
}

impl Document {
    pub(super) fn new(home: &Arc<DeviceTree>) -> Self {
        let value = shown_value(home);
        let json_tree = JsonTree::of(&value);
        let tree = JsonTreeState::to_depth(&json_tree, FIRST_DEPTH);
        Self { of: Arc::clone(home), value, json_tree, tree, changed: BTreeMap::new() }
    }

    /// Updates the document if the device tree is a new one. `true` if it was updated.
    pub(super) fn update(&mut self, home: &Arc<DeviceTree>, now: Timestamp) -> bool {
        self.changed.retain(|_, since| now.duration_since(*since) < MARKED_FOR);
        if Arc::ptr_eq(&self.of, home) {
            return false;
        }
        let value = shown_value(home);
        let json_tree = JsonTree::of(&value);
        let mut changed = BTreeMap::new();
        for (line, since) in &self.changed {
            let pointer = self.json_tree.line(*line).map(TreeRow::pointer);
            changed.extend(pointer.and_then(|pointer| json_tree.find(&pointer)).map(|line| (line, *since)));
        }
        for change in changed_leaves(&self.value, &value) {
            changed.extend(json_tree.find(&change.pointer).map(|line| (line, now)));
        }
        self.tree = self.tree.carried(&self.json_tree, &json_tree);
        (self.of, self.value, self.json_tree, self.changed) = (Arc::clone(home), value, json_tree, changed);
        true
    }

    /// Removes the highlights, because changes while the page was hidden are not news.
    pub(super) fn forget_changes(&mut self) {
        self.changed.clear();
    }

    /// The remaining strength of each highlight, 1 to 0. Requests a repaint for the next step while there is a
    /// highlight.
    pub(super) fn marks(&self, ui: &Ui, now: Timestamp) -> BTreeMap<usize, f32> {
        let still = is_still(ui);
        let left = |since: &Timestamp| MARKED_FOR - now.duration_since(*since);
        if let Some(next) = self.changed.values().map(left).min() {
            let step = if still { next } else { next.min(FADE_STEP) };
            let wait = Duration::try_from(step.max(SignedDuration::from_millis(20))).unwrap_or_default();
            ui.ctx().request_repaint_after(wait);
        }
        let share = |since: &Timestamp| {
            if still { 1.0 } else { (left(since).as_secs_f32() / MARKED_FOR.as_secs_f32()).clamp(0.0, 1.0) }
        };
        self.changed.iter().map(|(line, since)| (*line, share(since))).collect()
    }
}

/// The document without values that must not reach a screen: tokens, and links that contain a credential.
fn shown_value(home: &DeviceTree) -> Value {
    let mut value = home_value(home);
    hide(&mut value);
    value
}

fn hide(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                if let Some(text) = value.as_str() {
                    if is_confidential(key) && !text.is_empty() {
                        *value = Value::from(HIDDEN);
                    }
                } else {
                    hide(value);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(hide),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// True if the value of a line is hidden.
pub(super) fn is_hidden(line: TreeRow<'_>) -> bool {
    line.text() == HIDDEN
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn credentials_are_hidden_everywhere() {
        let mut value = json!({
            "metadata": {"access_token": "c.secret", "client_version": 1},
            "devices": {"cameras": {"a": {"snapshot_url": "https://x/?auth=c.secret", "last_event": {"image_url": "c.secret"}}}},
            "odd": [{"refresh_Token": "c.secret", "empty_token": "", "token_count": 3}],
        });
        hide(&mut value);
        assert!(!value.to_string().contains("secret"), "{value}");
        assert_eq!(value.pointer("/odd/0/token_count"), Some(&json!(3)));
        assert_eq!(value.pointer("/odd/0/empty_token"), Some(&json!("")));
    }
}
