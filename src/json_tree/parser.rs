//! Parses JSON in one pass directly into rows.
//!
//! A value of ten megabytes of JSON would take several times as much memory, and round numbers that fit no
//! machine type. The parser accepts the same documents as `serde_json` (a test compares them), and numbers that
//! are too large for it.

use super::build::TreeBuilder;
use super::{InvalidJson, JsonKind, JsonTree, MAX_DEPTH};

pub(super) fn scan(json: &[u8]) -> Result<JsonTree, InvalidJson> {
    if json.len() >= (u32::MAX / 2) as usize {
        return Err(InvalidJson::TooLarge);
    }
    let text = std::str::from_utf8(json).map_err(|_not_text| InvalidJson::NotText)?;
    let lines = TreeBuilder::for_bytes(text.len());
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: 0, open: Vec::new(), lines };
    match scanner.document() {
        Ok(()) => Ok(scanner.lines.finish()),
        Err(Stop::Deep) => Err(InvalidJson::TooDeep),
        Err(Stop::Here) => Err(scanner.trouble()),
    }
}

/// The reason for an early end.
enum Stop {
    /// Invalid JSON at the present position.
    Here,
    /// Too deep.
    Deep,
}

struct OpenContainer {
    is_object: bool,
    has_children: bool,
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    open: Vec<OpenContainer>,
    lines: TreeBuilder,
}

impl Scanner<'_> {
    fn document(&mut self) -> Result<(), Stop> {
        self.space();
        self.value()?;
        while let Some(OpenContainer { is_object, has_children }) = self.open.last_mut() {
            let (is_object, has_children) = (*is_object, std::mem::replace(has_children, true));
            self.space();
            if self.take(if is_object { b'}' } else { b']' }) {
                self.lines.end();
                self.open.pop();
                continue;
            }
            if has_children {
                self.expect(b',')?;
                self.space();
            }
            if is_object {
                let start = self.string()?;
                self.lines.name_from(start);
                self.space();
                self.expect(b':')?;
                self.space();
            }
            self.value()?;
        }
        self.space();
        if self.at == self.bytes.len() { Ok(()) } else { Err(Stop::Here) }
    }

    /// A whole value, or the beginning of a container.
    fn value(&mut self) -> Result<(), Stop> {
        match self.peek() {
            Some(b'{') => self.container(true),
            Some(b'[') => self.container(false),
            Some(b'"') => {
                let start = self.string()?;
                self.lines.value_from(JsonKind::Text, start);
                Ok(())
            }
            Some(b't') => self.word(JsonKind::Bool, "true"),
            Some(b'f') => self.word(JsonKind::Bool, "false"),
            Some(b'n') => self.word(JsonKind::Null, "null"),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) | None => Err(Stop::Here),
        }
    }

    fn container(&mut self, is_object: bool) -> Result<(), Stop> {
        if self.lines.depth() >= MAX_DEPTH {
            return Err(Stop::Deep);
        }
        self.at += 1;
        self.lines.begin(if is_object { JsonKind::Object } else { JsonKind::Array });
        self.open.push(OpenContainer { is_object, has_children: false });
        Ok(())
    }

    fn word(&mut self, kind: JsonKind, word: &str) -> Result<(), Stop> {
        if !self.rest().starts_with(word) {
            return Err(Stop::Here);
        }
        self.at += word.len();
        self.lines.value(kind, word);
        Ok(())
    }

    fn number(&mut self) -> Result<(), Stop> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _is_signed = self.take(b'-') || self.take(b'+');
            self.digits()?;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        self.lines.value(JsonKind::Number, text);
        Ok(())
    }

    /// At least one digit.
    fn digits(&mut self) -> Result<(), Stop> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(Stop::Here) }
    }

    /// Appends a string to the text without quotes and escapes; returns its start there.
    fn string(&mut self) -> Result<usize, Stop> {
        self.expect(b'"')?;
        let start = self.lines.text.len();
        loop {
            let plain = self.at;
            let stops = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
            let rest = self.bytes.get(plain..).unwrap_or_default();
            self.at += rest.iter().position(stops).ok_or(Stop::Here)?;
            self.lines.text.push_str(self.text.get(plain..self.at).unwrap_or_default());
            if self.take(b'"') {
                return Ok(start);
            }
            // Characters below a space have to be escaped.
            self.expect(b'\\')?;
            let escaped = self.escape()?;
            self.lines.text.push(escaped);
        }
    }

    fn escape(&mut self) -> Result<char, Stop> {
        let escaped = match self.peek().ok_or(Stop::Here)? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                return self.unicode();
            }
            _ => return Err(Stop::Here),
        };
        self.at += 1;
        Ok(escaped)
    }

    /// Four hex digits, and four more after a high surrogate.
    fn unicode(&mut self) -> Result<char, Stop> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first).ok_or(Stop::Here);
        }
        self.expect(b'\\')?;
        self.expect(b'u')?;
        let second = self.hex()?.checked_sub(0xdc00).filter(|half| *half < 0x400).ok_or(Stop::Here)?;
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + second).ok_or(Stop::Here)
    }

    fn hex(&mut self) -> Result<u32, Stop> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(Stop::Here)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Stop::Here);
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).map_err(|_no_number| Stop::Here)
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_it = self.peek() == Some(byte);
        self.at += usize::from(is_it);
        is_it
    }

    fn expect(&mut self, byte: u8) -> Result<(), Stop> {
        if self.take(byte) { Ok(()) } else { Err(Stop::Here) }
    }

    /// The position of the error, for display.
    fn trouble(&self) -> InvalidJson {
        let read = self.bytes.get(..self.at).unwrap_or_default();
        let line = read.split(|byte| *byte == b'\n').count();
        let since = read.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let column = String::from_utf8_lossy(read.get(since..).unwrap_or_default()).chars().count() + 1;
        InvalidJson::NotJson { line, column }
    }
}
