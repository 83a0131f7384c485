//! Builds rows from a value or a text.

use serde_json::Value;

use super::{INDEX, JsonKind, JsonTree, MAX_DEPTH, NO_KEY, NO_PARENT, PackedRow};

/// The rows so far.
#[derive(Default)]
pub(super) struct TreeBuilder {
    pub(super) text: String,
    lines: Vec<PackedRow>,
    /// The open containers: their row, and their number of children.
    open: Vec<(u32, u32)>,
    /// The key of the next row, if it has a name.
    name: Option<(u32, u32)>,
}

impl TreeBuilder {
    /// Reserves room for the rows of a text of this size.
    pub(super) fn for_bytes(bytes: usize) -> Self {
        // Values need less than their quotes and keys; a row takes some thirty bytes of text.
        Self { text: String::with_capacity(bytes / 2), lines: Vec::with_capacity(bytes / 32), ..Self::default() }
    }

    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The text from `start` to its end becomes the key of the next row.
    pub(super) fn name_from(&mut self, start: usize) {
        self.name = Some((number(start), number(self.text.len() - start)));
    }

    /// The text from `start` to its end becomes a value.
    pub(super) fn value_from(&mut self, kind: JsonKind, start: usize) {
        let (a, b) = (number(start), number(self.text.len() - start));
        self.push(kind, a, b);
    }

    pub(super) fn value(&mut self, kind: JsonKind, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.value_from(kind, start);
    }

    pub(super) fn begin(&mut self, kind: JsonKind) {
        let line = number(self.lines.len());
        // An empty container ends in its own row.
        self.push(kind, line, 0);
        self.open.push((line, 0));
    }

    pub(super) fn end(&mut self) {
        let Some((line, children)) = self.open.pop() else { return };
        let end = number(self.lines.len());
        let Some(entry) = self.lines.get_mut(line as usize).filter(|_| children > 0) else { return };
        (entry.a, entry.b) = (end, children);
        let kind = if entry.kind == JsonKind::Object { JsonKind::ObjectEnd } else { JsonKind::ArrayEnd };
        let closing = PackedRow { key_at: 0, key_len: NO_KEY, a: line, b: 0, kind, ..*entry };
        self.lines.push(closing);
    }

    fn push(&mut self, kind: JsonKind, a: u32, b: u32) {
        let depth = u16::try_from(self.open.len()).unwrap_or(u16::MAX);
        let (parent, number) = match self.open.last_mut() {
            Some((line, children)) => {
                *children += 1;
                (*line, *children - 1)
            }
            None => (NO_PARENT, 0),
        };
        let (key_at, key_len) = match self.name.take() {
            Some(name) => name,
            None if parent == NO_PARENT => (0, NO_KEY),
            None => (number, INDEX),
        };
        self.lines.push(PackedRow { key_at, key_len, a, b, parent, depth, kind });
    }

    pub(super) fn finish(mut self) -> JsonTree {
        self.text.shrink_to_fit();
        self.lines.shrink_to_fit();
        JsonTree { text: self.text, lines: self.lines }
    }

    pub(super) fn of(mut self, value: &Value) -> JsonTree {
        self.add(value);
        self.finish()
    }

    fn add(&mut self, value: &Value) {
        match value {
            Value::Null => self.value(JsonKind::Null, "null"),
            Value::Bool(value) => self.value(JsonKind::Bool, if *value { "true" } else { "false" }),
            Value::Number(number) => self.value(JsonKind::Number, &number.to_string()),
            Value::String(text) => self.value(JsonKind::Text, text),
            // The parser admits no value of this depth.
            Value::Array(_) | Value::Object(_) if self.depth() >= MAX_DEPTH => self.value(JsonKind::Text, "…"),
            Value::Array(values) => {
                self.begin(JsonKind::Array);
                for value in values {
                    self.add(value);
                }
                self.end();
            }
            Value::Object(values) => {
                self.begin(JsonKind::Object);
                for (name, value) in values {
                    let start = self.text.len();
                    self.text.push_str(name);
                    self.name_from(start);
                    self.add(value);
                }
                self.end();
            }
        }
    }
}

/// The largest number if the place does not fit.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX - 2)
}
