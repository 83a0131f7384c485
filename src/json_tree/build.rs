//! Lines as they come, from a value or from a text.

use serde_json::Value;

use super::{Entry, INDEX, JsonTree, Kind, MAX_DEPTH, NO_KEY, NO_PARENT};

/// The lines so far.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) text: String,
    lines: Vec<Entry>,
    /// The containers that are still open: their line, and how many children came.
    open: Vec<(u32, u32)>,
    /// The key that the next line has, where it is a name.
    name: Option<(u32, u32)>,
}

impl Builder {
    /// With room for the lines of a text of so many bytes.
    pub(super) fn for_bytes(bytes: usize) -> Self {
        // Values take less than their quotes and keys; lines are some thirty bytes long.
        Self { text: String::with_capacity(bytes / 2), lines: Vec::with_capacity(bytes / 32), ..Self::default() }
    }

    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The text from here on to its end is the key of the next line.
    pub(super) fn name_from(&mut self, start: usize) {
        self.name = Some((number(start), number(self.text.len() - start)));
    }

    /// The text from here on to its end is a value.
    pub(super) fn value_from(&mut self, kind: Kind, start: usize) {
        let (a, b) = (number(start), number(self.text.len() - start));
        self.push(kind, a, b);
    }

    pub(super) fn value(&mut self, kind: Kind, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.value_from(kind, start);
    }

    pub(super) fn begin(&mut self, kind: Kind) {
        let line = number(self.lines.len());
        // An empty one ends where it begins.
        self.push(kind, line, 0);
        self.open.push((line, 0));
    }

    pub(super) fn end(&mut self) {
        let Some((line, children)) = self.open.pop() else { return };
        let end = number(self.lines.len());
        let Some(entry) = self.lines.get_mut(line as usize).filter(|_| children > 0) else { return };
        (entry.a, entry.b) = (end, children);
        let kind = if entry.kind == Kind::Object { Kind::ObjectEnd } else { Kind::ArrayEnd };
        let closing = Entry { key_at: 0, key_len: NO_KEY, a: line, b: 0, kind, ..*entry };
        self.lines.push(closing);
    }

    fn push(&mut self, kind: Kind, a: u32, b: u32) {
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
        self.lines.push(Entry { key_at, key_len, a, b, parent, depth, kind });
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
            Value::Null => self.value(Kind::Null, "null"),
            Value::Bool(value) => self.value(Kind::Bool, if *value { "true" } else { "false" }),
            Value::Number(number) => self.value(Kind::Number, &number.to_string()),
            Value::String(text) => self.value(Kind::Text, text),
            // No text of JSON becomes a value so deep.
            Value::Array(_) | Value::Object(_) if self.depth() >= MAX_DEPTH => self.value(Kind::Text, "…"),
            Value::Array(values) => {
                self.begin(Kind::Array);
                for value in values {
                    self.add(value);
                }
                self.end();
            }
            Value::Object(values) => {
                self.begin(Kind::Object);
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

/// Beyond what fits, a place where nothing is.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX - 2)
}
