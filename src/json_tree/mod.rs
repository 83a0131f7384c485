//! JSON as a flat list of rows, which can be collapsed, searched and drawn a screenful at a time.
//!
//! A row costs 24 bytes and its own text, whatever its depth: ten megabytes of JSON are some 300,000 rows. The
//! path of a row is computed on demand. Numbers keep their text, so that nothing is rounded.

mod build;
mod diff;
mod expansion;
mod parser;
mod search;

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use self::build::TreeBuilder;
pub use self::diff::{Changed, changed_leaves};
pub use self::expansion::Expansion;

use crate::i18n::{Message, ToMessage, display_english, message};

/// The maximum depth; deeper JSON is hostile.
pub const MAX_DEPTH: usize = 512;

/// JSON as rows; the first one is the whole document.
#[derive(Clone)]
pub struct JsonTree {
    /// Keys and values, concatenated and without escapes.
    text: String,
    lines: Vec<PackedRow>,
}

/// One row; the meaning of `a` and `b` depends on its kind.
#[derive(Clone, Copy)]
struct PackedRow {
    key_at: u32,
    key_len: u32,
    /// The start of a value's text; the closing row of an opening one; the opening row of a closing one.
    a: u32,
    /// The length of the text; the number of children.
    b: u32,
    parent: u32,
    depth: u16,
    kind: JsonKind,
}

/// A key length that means: no key.
const NO_KEY: u32 = u32::MAX;
/// A key length that means: the key is the index of an element.
const INDEX: u32 = u32::MAX - 1;
/// A parent that means: none.
const NO_PARENT: u32 = u32::MAX;

/// The kind of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonKind {
    /// Opens an object; an empty one ends in the same row.
    Object,
    /// Opens an array; an empty one ends in the same row.
    Array,
    /// Closes an object.
    ObjectEnd,
    /// Closes an array.
    ArrayEnd,
    /// A string.
    Text,
    Number,
    Bool,
    Null,
}

/// The key of a row in its container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKey<'a> {
    /// In an object.
    Name(&'a str),
    /// In a list.
    Index(usize),
}

/// The reason why bytes have no tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidJson {
    /// Not JSON from this position on.
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
    },
    /// Not UTF-8.
    NotText,
    TooDeep,
    /// More than four gigabytes.
    TooLarge,
}

impl ToMessage for InvalidJson {
    fn to_message(&self) -> Message {
        match self {
            Self::NotJson { line, column } => message!("json-not-json", line = *line, column = *column),
            Self::NotText => message!("json-not-text"),
            Self::TooDeep => message!("json-too-deep", levels = MAX_DEPTH),
            Self::TooLarge => message!("json-too-large"),
        }
    }
}

display_english!(InvalidJson);

impl JsonTree {
    /// Builds the tree of a value.
    pub fn of(value: &Value) -> Self {
        TreeBuilder::default().of(value)
    }

    /// Parses a text into a tree.
    pub fn read(json: &[u8]) -> Result<Self, InvalidJson> {
        parser::scan(json)
    }

    /// The number of rows; at least one.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Always false: even `null` is a row.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The row at an index.
    pub fn line(&self, index: usize) -> Option<TreeRow<'_>> {
        let entry = self.lines.get(index)?;
        Some(TreeRow { json_tree: self, entry, index })
    }

    /// All rows.
    pub fn lines(&self) -> impl Iterator<Item = TreeRow<'_>> {
        self.lines.iter().enumerate().map(|(index, entry)| TreeRow { json_tree: self, entry, index })
    }

    /// The direct children of a container.
    pub fn children(&self, container: usize) -> impl Iterator<Item = TreeRow<'_>> {
        let line = self.line(container).filter(TreeRow::is_container);
        let (mut next, end) = line.map_or((1, 0), |line| (container + 1, line.end()));
        std::iter::from_fn(move || {
            let line = self.line(next).filter(|_| next < end)?;
            next = line.end() + 1;
            Some(line)
        })
    }

    /// The row of a JSON pointer.
    pub fn find(&self, pointer: &str) -> Option<usize> {
        let mut at = 0;
        for key in pointer.split('/').skip(1) {
            let key = key.replace("~1", "/").replace("~0", "~");
            at = self.children(at).find(|child| child.key().is_some_and(|own| own.is(&key)))?.index;
        }
        (pointer.is_empty() || pointer.starts_with('/')).then_some(at)
    }

    /// The JSON of a row with its descendants, pretty-printed.
    pub fn json(&self, index: usize) -> String {
        let mut json = String::new();
        let Some(whole) = self.line(index) else { return json };
        for line in self.lines().skip(index).take(whole.end() + 1 - index) {
            for _ in whole.depth()..line.depth() {
                json.push_str("  ");
            }
            if let (Some(RowKey::Name(name)), true) = (line.key(), line.index != index) {
                json.push_str(&quoted(name));
                json.push_str(": ");
            }
            match line.kind() {
                JsonKind::Object => json.push('{'),
                JsonKind::Array => json.push('['),
                JsonKind::ObjectEnd => json.push('}'),
                JsonKind::ArrayEnd => json.push(']'),
                JsonKind::Text => json.push_str(&quoted(line.text())),
                JsonKind::Number | JsonKind::Bool | JsonKind::Null => json.push_str(line.text()),
            }
            if line.is_container() && line.end() == line.index {
                json.push(if line.kind() == JsonKind::Object { '}' } else { ']' });
            }
            let is_last = line.index == whole.end();
            let opens = line.is_container() && line.end() != line.index;
            let is_before_end = self.line(line.index + 1).is_some_and(|next| next.is_end());
            if !is_last {
                json.push_str(if opens || is_before_end { "\n" } else { ",\n" });
            }
        }
        json
    }

    fn span(&self, at: u32, len: u32) -> &str {
        let at = at as usize;
        self.text.get(at..at.saturating_add(len as usize)).unwrap_or_default()
    }
}

/// Prints only the size, because a tree may be huge.
impl std::fmt::Debug for JsonTree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Outline of {} lines", self.lines.len())
    }
}

/// A row of a tree.
#[derive(Debug, Clone, Copy)]
pub struct TreeRow<'a> {
    json_tree: &'a JsonTree,
    entry: &'a PackedRow,
    index: usize,
}

impl std::fmt::Debug for PackedRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at depth {}", self.kind, self.depth)
    }
}

impl<'a> TreeRow<'a> {
    /// The index in the tree.
    pub fn index(self) -> usize {
        self.index
    }

    /// The number of containers around it.
    pub fn depth(self) -> usize {
        usize::from(self.entry.depth)
    }

    /// The kind.
    pub fn kind(self) -> JsonKind {
        self.entry.kind
    }

    /// The key; `None` for the whole document and for a closing row.
    pub fn key(self) -> Option<RowKey<'a>> {
        let PackedRow { key_at, key_len, .. } = *self.entry;
        match key_len {
            NO_KEY => None,
            INDEX => Some(RowKey::Index(key_at as usize)),
            len => Some(RowKey::Name(self.json_tree.span(key_at, len))),
        }
    }

    /// The full text of a value, without quotes; empty for a container.
    pub fn text(self) -> &'a str {
        match self.entry.kind {
            JsonKind::Text | JsonKind::Number | JsonKind::Bool | JsonKind::Null => {
                self.json_tree.span(self.entry.a, self.entry.b)
            }
            JsonKind::Object | JsonKind::Array | JsonKind::ObjectEnd | JsonKind::ArrayEnd => "",
        }
    }

    /// The value as JSON in one line, cut after `most` characters.
    pub fn shown(self, most: usize) -> Cow<'a, str> {
        match self.entry.kind {
            JsonKind::Object | JsonKind::Array if self.end() == self.index => {
                Cow::Borrowed(if self.entry.kind == JsonKind::Object { "{}" } else { "[]" })
            }
            JsonKind::Object => Cow::Borrowed("{"),
            JsonKind::Array => Cow::Borrowed("["),
            JsonKind::ObjectEnd => Cow::Borrowed("}"),
            JsonKind::ArrayEnd => Cow::Borrowed("]"),
            JsonKind::Bool | JsonKind::Null => Cow::Borrowed(self.text()),
            JsonKind::Number => shortened(self.text(), most),
            JsonKind::Text => match shortened(self.text(), most) {
                Cow::Borrowed(whole) => Cow::Owned(quoted(whole)),
                Cow::Owned(cut) => Cow::Owned(quoted(&cut)),
            },
        }
    }

    /// True if it opens an object or an array.
    pub fn is_container(&self) -> bool {
        matches!(self.entry.kind, JsonKind::Object | JsonKind::Array)
    }

    /// True if it closes one.
    pub fn is_end(self) -> bool {
        matches!(self.entry.kind, JsonKind::ObjectEnd | JsonKind::ArrayEnd)
    }

    /// True if it can be collapsed: an empty container has nothing to hide.
    pub fn can_fold(self) -> bool {
        self.end() != self.index
    }

    /// The last row of a container; of anything else, itself.
    pub fn end(self) -> usize {
        if self.is_container() { self.entry.a as usize } else { self.index }
    }

    /// The opening row of a closing one; of anything else, itself.
    pub fn begin(self) -> usize {
        if self.is_end() { self.entry.a as usize } else { self.index }
    }

    /// The number of children of a container.
    pub fn children(self) -> usize {
        if self.is_container() { self.entry.b as usize } else { 0 }
    }

    /// The row of the container around it.
    pub fn parent(self) -> Option<usize> {
        (self.entry.parent != NO_PARENT).then_some(self.entry.parent as usize)
    }

    /// The JSON pointer, which is the path in the API as well.
    pub fn pointer(self) -> String {
        let mut keys = Vec::new();
        let mut at = self.json_tree.line(self.begin());
        while let Some(line) = at {
            keys.extend(line.key());
            at = line.parent().and_then(|parent| self.json_tree.line(parent));
        }
        let mut pointer = String::new();
        for key in keys.into_iter().rev() {
            pointer.push('/');
            key.push_to(&mut pointer);
        }
        pointer
    }
}

impl RowKey<'_> {
    /// True if the key has this text in a JSON pointer.
    pub fn is(self, text: &str) -> bool {
        match self {
            RowKey::Name(name) => name == text,
            // In a JSON pointer `01` is no index.
            RowKey::Index(index) => text.parse() == Ok(index) && (text == "0" || !text.starts_with(['0', '+'])),
        }
    }

    fn push_to(self, pointer: &mut String) {
        match self {
            RowKey::Name(name) if name.contains(['~', '/']) => pointer.push_str(&escaped(name)),
            RowKey::Name(name) => pointer.push_str(name),
            RowKey::Index(index) => write!(pointer, "{index}").unwrap_or_default(),
        }
    }
}

impl std::fmt::Display for RowKey<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            RowKey::Name(name) => f.write_str(name),
            RowKey::Index(index) => index.fmt(f),
        }
    }
}

/// A key in the form of a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The beginning of a text, with an ellipsis if it is cut.
fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((cut, _)) => Cow::Owned(format!("{}…", text.get(..cut).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests;
