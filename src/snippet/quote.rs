//! Texts as literals of each language.

use std::fmt::Write as _;

use serde_json::Value;

/// A text of one line in which every character shows: what the literals below are made of, so that
/// none of them has to know how its language writes a line break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Printable(String);

/// Which characters stand as they are in a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    /// Sources of the language are UTF-8.
    Utf8,
    /// Some who read the language take sources for something older.
    Ascii,
    /// The source stands within a page, where `<` may begin something else.
    InPage,
}

impl Printable {
    /// JSON in its shortest form. Every character that does not show, or that would not be safe in
    /// the source, is written as JSON escapes it, which each language leaves alone.
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

    /// An address, which has none but ASCII characters once it was parsed.
    pub(super) fn url(url: &str) -> Self {
        Self::ascii(url)
    }

    /// Leaves out whatever is not ASCII or does not show.
    pub(super) fn ascii(text: &str) -> Self {
        Self(text.chars().filter(|c| matches!(c, ' '..='~')).collect())
    }

    /// A word for a command, which may be in any script; `None` where a character does not show.
    pub(super) fn word(text: &str) -> Option<Self> {
        text.chars().all(shows).then(|| Self(text.to_owned()))
    }

    /// In a shell.
    pub(super) fn in_shell(&self) -> String {
        format!("'{}'", self.0.replace('\'', "'\\''"))
    }

    /// In `PowerShell`.
    pub(super) fn in_powershell(&self) -> String {
        format!("'{}'", self.0.replace('\'', "''"))
    }

    /// In JavaScript and Python, where the other quotes are those of JSON.
    pub(super) fn in_single_quotes(&self) -> String {
        format!("'{}'", self.0.replace('\\', "\\\\").replace('\'', "\\'"))
    }

    /// In Java. Each backslash is doubled, so none of them begins what Java reads as `\u`.
    pub(super) fn in_double_quotes(&self) -> String {
        format!("\"{}\"", self.0.replace('\\', "\\\\").replace('"', "\\\""))
    }

    /// In Go.
    pub(super) fn in_go(&self) -> String {
        if self.0.contains('`') { self.in_double_quotes() } else { format!("`{}`", self.0) }
    }

    /// In Rust.
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

/// Whether a character can be seen, and does nothing to those around it.
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
