//! Text as literals of each language.

use std::fmt::Write as _;

use serde_json::Value;

/// A text of one line with visible characters only: the base of the literals below, so that none has to encode
/// line breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Printable(String);

/// The characters that a source may contain unescaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    /// Sources of the language are UTF-8.
    Utf8,
    /// Some readers of the language decode sources in an older charset.
    Ascii,
    /// The source is within a page, where `<` may begin a tag.
    InPage,
}

impl Printable {
    /// JSON in its shortest form. Invisible and unsafe characters are JSON escapes, which each language leaves
    /// alone.
    pub(super) fn json(value: &Value, charset: Charset) -> Self {
        let mut text = String::new();
        for c in value.to_string().chars() {
            let stays = match charset {
                Charset::Utf8 => shows(c),
                Charset::Ascii => matches!(c, ' '..='~'),
                Charset::InPage => shows(c) && c != '<',
            };
            if stays {
                text.push(c);
            } else {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(text, "\\u{unit:04x}").ok();
                }
            }
        }
        Self(text)
    }

    /// An address, which is ASCII after parsing.
    pub(super) fn url(url: &str) -> Self {
        Self::ascii(url)
    }

    /// Drops characters that are invisible or not ASCII.
    pub(super) fn ascii(text: &str) -> Self {
        Self(text.chars().filter(|c| matches!(c, ' '..='~')).collect())
    }

    /// A word for a command, in any script; `None` for invisible characters.
    pub(super) fn word(text: &str) -> Option<Self> {
        text.chars().all(shows).then(|| Self(text.to_owned()))
    }

    /// A literal for a shell.
    pub(super) fn in_shell(&self) -> String {
        format!("'{}'", self.0.replace('\'', "'\\''"))
    }

    /// A literal for `PowerShell`.
    pub(super) fn in_powershell(&self) -> String {
        format!("'{}'", self.0.replace('\'', "''"))
    }

    /// A literal for JavaScript and Python, in single quotes because JSON uses the others.
    pub(super) fn in_single_quotes(&self) -> String {
        format!("'{}'", self.0.replace('\\', "\\\\").replace('\'', "\\'"))
    }

    /// A literal for Java. Each backslash is doubled, so that Java sees no `\u`.
    pub(super) fn in_double_quotes(&self) -> String {
        format!("\"{}\"", self.0.replace('\\', "\\\\").replace('"', "\\\""))
    }

    /// A literal for Go.
    pub(super) fn in_go(&self) -> String {
        if self.0.contains('`') { self.in_double_quotes() } else { format!("`{}`", self.0) }
    }

    /// A literal for Rust.
    pub(super) fn in_rust(&self) -> String {
        if !self.0.contains(['"', '\\']) {
            return format!("\"{}\"", self.0);
        }
        let mut hashes = "#".to_owned();
        while self.0.contains(&format!("\"{hashes}")) {
            hashes.push('#');
        }
        format!("r{hashes}\"{}\"{hashes}", self.0)
    }
}

/// True if a character is visible and does not affect those around it.
fn shows(c: char) -> bool {
    let hides = matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}'
            | '\u{3164}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{ffff}'
            | '\u{e0000}'..
    );
    !c.is_control() && !hides && (c == ' ' || !c.is_whitespace())
}
