//! JSON as a flat list of lines, which is folded, searched and drawn a screenful at a time.
//!
//! A line costs 24 bytes and its own text, whatever it stands in: ten megabytes of JSON are some
//! 300,000 lines. What a line is called in full is worked out when somebody asks. Numbers keep the
//! text that they came with, so that nothing is rounded on its way to the screen.

mod build;
mod diff;
mod expansion;
mod parser;
mod search;

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use self::build::Builder;
pub use self::diff::{Changed, changed_leaves};
pub use self::expansion::Expansion;

/// How deep JSON may go before it is taken for a trap rather than for an answer.
pub const MAX_DEPTH: usize = 512;

/// JSON as lines, the first of which is the whole.
#[derive(Clone)]
pub struct JsonTree {
    /// Keys and values, one after the other and without their escapes.
    text: String,
    lines: Vec<Entry>,
}

/// One line; what `a` and `b` are depends on its kind.
#[derive(Clone, Copy)]
struct Entry {
    key_at: u32,
    key_len: u32,
    /// Where the text of a value begins; the closing line of what opens; the opening line of what
    /// closes.
    a: u32,
    /// How long the text is; how many children there are.
    b: u32,
    parent: u32,
    depth: u16,
    kind: Kind,
}

/// In place of the length of a key: the line has none.
const NO_KEY: u32 = u32::MAX;
/// In place of the length of a key: it is the number of an element.
const INDEX: u32 = u32::MAX - 1;
/// In place of a parent.
const NO_PARENT: u32 = u32::MAX;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Begins an object; an empty one ends on the same line.
    Object,
    /// Begins a list; an empty one ends on the same line.
    Array,
    /// Ends an object.
    ObjectEnd,
    /// Ends a list.
    ArrayEnd,
    /// A text.
    Text,
    /// A number.
    Number,
    /// True or false.
    Bool,
    /// Nothing.
    Null,
}

/// What a line is called within what it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key<'a> {
    /// In an object.
    Name(&'a str),
    /// In a list.
    Index(usize),
}

/// Why bytes are no tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidJson {
    /// Not JSON, from a place on.
    #[error("no JSON from line {line}, column {column} on")]
    NotJson {
        /// Counted from one.
        line: usize,
        /// Counted from one, in characters.
        column: usize,
    },
    /// Not even a text.
    #[error("no text in UTF-8")]
    NotText,
    /// Containers within containers without end.
    #[error("nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// More than four gigabytes.
    #[error("too large to be shown")]
    TooLarge,
}

impl JsonTree {
    /// The lines of a value.
    pub fn of(value: &Value) -> Self {
        Builder::default().of(value)
    }

    /// The lines of a text of JSON.
    pub fn read(json: &[u8]) -> Result<Self, InvalidJson> {
        parser::scan(json)
    }

    /// How many lines there are, all unfolded; never none.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Never so: even nothing is a line.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// One line.
    pub fn line(&self, index: usize) -> Option<TreeRow<'_>> {
        let entry = self.lines.get(index)?;
        Some(TreeRow { json_tree: self, entry, index })
    }

    /// All lines.
    pub fn lines(&self) -> impl Iterator<Item = TreeRow<'_>> {
        self.lines.iter().enumerate().map(|(index, entry)| TreeRow { json_tree: self, entry, index })
    }

    /// The lines right below a container.
    pub fn children(&self, container: usize) -> impl Iterator<Item = TreeRow<'_>> {
        let line = self.line(container).filter(TreeRow::is_container);
        let (mut next, end) = line.map_or((1, 0), |line| (container + 1, line.end()));
        std::iter::from_fn(move || {
            let line = self.line(next).filter(|_| next < end)?;
            next = line.end() + 1;
            Some(line)
        })
    }

    /// The line that a JSON pointer leads to.
    pub fn find(&self, pointer: &str) -> Option<usize> {
        let mut at = 0;
        for key in pointer.split('/').skip(1) {
            let key = key.replace("~1", "/").replace("~0", "~");
            at = self.children(at).find(|child| child.key().is_some_and(|own| own.is(&key)))?.index;
        }
        (pointer.is_empty() || pointer.starts_with('/')).then_some(at)
    }

    /// The JSON of a line with all that is in it, on lines of its own.
    pub fn json(&self, index: usize) -> String {
        let mut json = String::new();
        let Some(whole) = self.line(index) else { return json };
        for line in self.lines().skip(index).take(whole.end() + 1 - index) {
            for _ in whole.depth()..line.depth() {
                json.push_str("  ");
            }
            if let (Some(Key::Name(name)), true) = (line.key(), line.index != index) {
                json.push_str(&quoted(name));
                json.push_str(": ");
            }
            match line.kind() {
                Kind::Object => json.push('{'),
                Kind::Array => json.push('['),
                Kind::ObjectEnd => json.push('}'),
                Kind::ArrayEnd => json.push(']'),
                Kind::Text => json.push_str(&quoted(line.text())),
                Kind::Number | Kind::Bool | Kind::Null => json.push_str(line.text()),
            }
            if line.is_container() && line.end() == line.index {
                json.push(if line.kind() == Kind::Object { '}' } else { ']' });
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

/// What takes long to print is named by its size.
impl std::fmt::Debug for JsonTree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Outline of {} lines", self.lines.len())
    }
}

/// A line where it stands.
#[derive(Debug, Clone, Copy)]
pub struct TreeRow<'a> {
    json_tree: &'a JsonTree,
    entry: &'a Entry,
    index: usize,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at depth {}", self.kind, self.depth)
    }
}

impl<'a> TreeRow<'a> {
    /// Which line it is.
    pub fn index(self) -> usize {
        self.index
    }

    /// In how many containers it stands.
    pub fn depth(self) -> usize {
        usize::from(self.entry.depth)
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        self.entry.kind
    }

    /// What it is called; the whole and what closes a container are called nothing.
    pub fn key(self) -> Option<Key<'a>> {
        let Entry { key_at, key_len, .. } = *self.entry;
        match key_len {
            NO_KEY => None,
            INDEX => Some(Key::Index(key_at as usize)),
            len => Some(Key::Name(self.json_tree.span(key_at, len))),
        }
    }

    /// The whole text of a value, without quotes; nothing for a container.
    pub fn text(self) -> &'a str {
        match self.entry.kind {
            Kind::Text | Kind::Number | Kind::Bool | Kind::Null => self.json_tree.span(self.entry.a, self.entry.b),
            Kind::Object | Kind::Array | Kind::ObjectEnd | Kind::ArrayEnd => "",
        }
    }

    /// The value as JSON writes it, on one line and cut after so many characters.
    pub fn shown(self, most: usize) -> Cow<'a, str> {
        match self.entry.kind {
            Kind::Object | Kind::Array if self.end() == self.index => {
                Cow::Borrowed(if self.entry.kind == Kind::Object { "{}" } else { "[]" })
            }
            Kind::Object => Cow::Borrowed("{"),
            Kind::Array => Cow::Borrowed("["),
            Kind::ObjectEnd => Cow::Borrowed("}"),
            Kind::ArrayEnd => Cow::Borrowed("]"),
            Kind::Bool | Kind::Null => Cow::Borrowed(self.text()),
            Kind::Number => shortened(self.text(), most),
            Kind::Text => match shortened(self.text(), most) {
                Cow::Borrowed(whole) => Cow::Owned(quoted(whole)),
                Cow::Owned(cut) => Cow::Owned(quoted(&cut)),
            },
        }
    }

    /// Whether it begins an object or a list.
    pub fn is_container(&self) -> bool {
        matches!(self.entry.kind, Kind::Object | Kind::Array)
    }

    /// Whether it closes one.
    pub fn is_end(self) -> bool {
        matches!(self.entry.kind, Kind::ObjectEnd | Kind::ArrayEnd)
    }

    /// Whether it can be folded: an empty container has nothing to hide.
    pub fn can_fold(self) -> bool {
        self.end() != self.index
    }

    /// The last line of a container; of anything else, itself.
    pub fn end(self) -> usize {
        if self.is_container() { self.entry.a as usize } else { self.index }
    }

    /// The line that begins what this one closes; of anything else, itself.
    pub fn begin(self) -> usize {
        if self.is_end() { self.entry.a as usize } else { self.index }
    }

    /// How many children a container has.
    pub fn children(self) -> usize {
        if self.is_container() { self.entry.b as usize } else { 0 }
    }

    /// The line of the container that it stands in.
    pub fn parent(self) -> Option<usize> {
        (self.entry.parent != NO_PARENT).then_some(self.entry.parent as usize)
    }

    /// Its JSON pointer, which is its path in the API as well.
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

impl Key<'_> {
    /// Whether it is spelled so.
    pub fn is(self, text: &str) -> bool {
        match self {
            Key::Name(name) => name == text,
            // As JSON pointers have it: `01` is no element.
            Key::Index(index) => text.parse() == Ok(index) && (text == "0" || !text.starts_with(['0', '+'])),
        }
    }

    fn push_to(self, pointer: &mut String) {
        match self {
            Key::Name(name) if name.contains(['~', '/']) => pointer.push_str(&escaped(name)),
            Key::Name(name) => pointer.push_str(name),
            Key::Index(index) => write!(pointer, "{index}").unwrap_or_default(),
        }
    }
}

impl std::fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Key::Name(name) => f.write_str(name),
            Key::Index(index) => index.fmt(f),
        }
    }
}

/// A key as a JSON pointer writes it.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The beginning of a text with a mark where it is cut.
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
