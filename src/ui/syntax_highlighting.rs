//! Syntax highlighting of snippets, JSON and HTTP.
//!
//! Each grammar is a handful of rules: comment marks, quotes and keywords. They are not a parser, but enough to
//! read a page of code.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId};

use super::theme::tokens::Colors;
use crate::snippet::CodeLanguage;

/// The language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// sh and bash.
    Shell,
    /// `PowerShell`.
    PowerShell,
    Go,
    /// JavaScript.
    JavaScript,
    /// Python, old and new.
    Python,
    Java,
    Rust,
    Json,
    /// A request or a response: a first line, headers, and a body that may be JSON.
    Http,
}

impl Grammar {
    /// Returns the grammar of a snippet.
    pub(crate) fn of(language: CodeLanguage) -> Self {
        match language {
            CodeLanguage::Curl | CodeLanguage::Httpie | CodeLanguage::Setpoint => Self::Shell,
            CodeLanguage::PowerShell => Self::PowerShell,
            CodeLanguage::Go => Self::Go,
            CodeLanguage::Node | CodeLanguage::Page => Self::JavaScript,
            CodeLanguage::Python | CodeLanguage::PythonRequests | CodeLanguage::Python2 => Self::Python,
            CodeLanguage::Java | CodeLanguage::OkHttp => Self::Java,
            CodeLanguage::Rust => Self::Rust,
        }
    }
}

/// The kind of a piece of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Any other text.
    Plain,
    Comment,
    /// A string literal.
    Text,
    Number,
    /// A keyword.
    Word,
    /// A variable, the name of a header, or a JSON key.
    Name,
}

impl TokenKind {
    fn color(self, colors: &Colors) -> Color32 {
        match self {
            Self::Plain => colors.text,
            Self::Comment => colors.muted,
            Self::Text => colors.eco,
            Self::Number => colors.heat,
            Self::Word => colors.accent,
            Self::Name => colors.warning,
        }
    }
}

/// Lays a text out in the colours of its grammar. The text does not wrap, because code is read line by line.
pub(crate) fn coloured(grammar: Grammar, text: &str, font: &FontId, colors: &Colors) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = f32::INFINITY;
    for (part, piece) in parts(grammar, text) {
        job.append(piece, 0.0, TextFormat::simple(font.clone(), part.color(colors)));
    }
    job
}

/// The opening quote, the closing quote, and true if a backslash escapes the next character.
type Quote = (&'static str, &'static str, bool);

/// The rules of a language.
struct Rules {
    comments: &'static [&'static str],
    quotes: &'static [Quote],
    words: &'static str,
    /// True if a dollar sign begins a name.
    has_dollar: bool,
    /// Letters that may precede a quote and belong to the literal.
    prefixes: &'static str,
    /// True if slashes may enclose a regular expression.
    has_patterns: bool,
}

const SHELL: Rules = Rules {
    comments: &["#"],
    quotes: &[("'", "'", false), ("\"", "\"", true)],
    words: "if then elif else fi for in do done while until case esac break continue exit export set read trap exec",
    has_dollar: true,
    prefixes: "",
    has_patterns: false,
};
const POWERSHELL: Rules = Rules {
    quotes: &[("'", "'", false), ("\"", "\"", false)],
    words: "if elseif else for foreach while do break continue return throw try catch finally function param in \
            -not -and -or -eq -ne -ge -gt -le -lt -match -cmatch -cnotmatch -notin -in",
    ..SHELL
};
const GO: Rules = Rules {
    comments: &["//"],
    quotes: &[("\"", "\"", true), ("`", "`", false)],
    words: "package import func var const type struct interface return if else for range switch case default defer go \
            break continue nil true false error string int byte map chan",
    has_dollar: false,
    ..SHELL
};
const JAVASCRIPT: Rules = Rules {
    quotes: &[("\"", "\"", true), ("'", "'", true), ("`", "`", true)],
    words: "const let var function async await return if else for while of in new throw try catch finally class \
            import export default from null undefined true false typeof",
    has_patterns: true,
    ..GO
};
const PYTHON: Rules = Rules {
    quotes: &[("\"\"\"", "\"\"\"", true), ("'''", "'''", true), ("\"", "\"", true), ("'", "'", true)],
    words: "import from as def class return if elif else for while in not and or is try except finally raise with \
            lambda pass break continue None True False print",
    has_dollar: false,
    prefixes: "bfru",
    ..SHELL
};
const JAVA: Rules = Rules {
    quotes: &[("\"", "\"", true), ("'", "'", true)],
    words: "import package public private static final class extends implements throws void int boolean return if else \
            for while new throw try catch finally null true false this",
    ..GO
};
const RUST: Rules = Rules {
    quotes: &[("\"", "\"", true)],
    words: "use fn let mut const static struct enum impl trait pub mod return if else for while loop in match break \
            continue true false dyn self Self as move ref where",
    prefixes: "b",
    ..GO
};
const JSON: Rules = Rules {
    comments: &[],
    quotes: &[("\"", "\"", true)],
    words: "true false null",
    has_dollar: false,
    prefixes: "",
    has_patterns: false,
};

/// Splits a text into pieces, in order and without a gap.
pub(crate) fn parts(grammar: Grammar, text: &str) -> Vec<(TokenKind, &str)> {
    let rules = match grammar {
        Grammar::Shell => &SHELL,
        Grammar::PowerShell => &POWERSHELL,
        Grammar::Go => &GO,
        Grammar::JavaScript => &JAVASCRIPT,
        Grammar::Python => &PYTHON,
        Grammar::Java => &JAVA,
        Grammar::Rust => &RUST,
        Grammar::Json => &JSON,
        Grammar::Http => return http(text),
    };
    let mut pieces = Pieces { text, at: 0, found: Vec::new() };
    while let Some(c) = pieces.rest().chars().next() {
        let (part, length) = next(grammar, rules, &pieces, c);
        pieces.take(part, length.max(c.len_utf8()));
    }
    pieces.found
}

struct Pieces<'a> {
    text: &'a str,
    at: usize,
    found: Vec<(TokenKind, &'a str)>,
}

impl<'a> Pieces<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> &'a str {
        self.text.get(..self.at).unwrap_or_default()
    }

    fn take(&mut self, part: TokenKind, length: usize) {
        let piece = self.rest().get(..length).unwrap_or(self.rest());
        // Merge neighbours of the same kind, to keep the number of pieces low.
        match self.found.last_mut() {
            Some((last, so_far)) if *last == part => {
                let start = self.at - so_far.len();
                *so_far = self.text.get(start..self.at + piece.len()).unwrap_or(piece);
            }
            Some(_) | None => self.found.push((part, piece)),
        }
        self.at += piece.len();
    }
}

fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn length_while(text: &str, is_in: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_in(c)).unwrap_or(text.len())
}

/// Returns the kind and the length in bytes of the next piece.
fn next(grammar: Grammar, rules: &Rules, pieces: &Pieces<'_>, c: char) -> (TokenKind, usize) {
    let rest = pieces.rest();
    let previous = pieces.before().chars().next_back();
    // In a shell `#` begins a comment only where a word begins.
    let begins_word = c != '#' || previous.is_none_or(char::is_whitespace);
    if begins_word && rules.comments.iter().any(|comment| rest.starts_with(comment)) {
        return (TokenKind::Comment, rest.find('\n').unwrap_or(rest.len()));
    }
    let prefix = length_while(rest, |c| rules.prefixes.contains(c));
    let quoted = rest.get(prefix..).unwrap_or_default();
    if prefix < 3
        && !previous.is_some_and(|c| prefix > 0 && is_in_word(c))
        && let Some(quote) = rules.quotes.iter().find(|(open, ..)| quoted.starts_with(open))
    {
        let length = prefix + length_of_text(quoted, quote);
        let is_key =
            grammar == Grammar::Json && rest.get(length..).is_some_and(|after| after.trim_start().starts_with(':'));
        return (if is_key { TokenKind::Name } else { TokenKind::Text }, length);
    }
    if grammar == Grammar::Rust
        && let Some(length) = length_of_raw_text(rest)
        && !previous.is_some_and(is_in_word)
    {
        return (TokenKind::Text, length);
    }
    if grammar == Grammar::Shell && c == '\\' {
        // A single-quoted shell string closes before an escaped quote (`'\''`), so colour `\'` as part of it.
        let escaped = rest.chars().nth(1).map_or(0, char::len_utf8);
        return (if rest.starts_with("\\'") { TokenKind::Text } else { TokenKind::Plain }, 1 + escaped);
    }
    if rules.has_patterns
        && c == '/'
        && let Some(length) = length_of_pattern(pieces.before(), rest)
    {
        return (TokenKind::Text, length);
    }
    if rules.has_dollar && c == '$' {
        let length = length_of_name(rest);
        return (if length == 1 { TokenKind::Plain } else { TokenKind::Name }, length);
    }
    if c.is_ascii_digit() || (grammar == Grammar::Json && c == '-') {
        return (TokenKind::Number, length_while(rest, |c| is_in_word(c) || matches!(c, '.' | '-' | '+')).max(1));
    }
    let is_dashed = grammar == Grammar::PowerShell && c == '-' && previous.is_none_or(|c| " (".contains(c));
    if is_in_word(c) || is_dashed {
        let first = usize::from(is_dashed);
        let length = first + length_while(rest.get(first..).unwrap_or_default(), is_in_word);
        let word = rest.get(..length).unwrap_or_default();
        let is_word = rules.words.split(' ').any(|known| known == word);
        return (if is_word { TokenKind::Word } else { TokenKind::Plain }, length);
    }
    (TokenKind::Plain, c.len_utf8())
}

/// Length in bytes of a literal up to and including its closing quote, or of the whole rest if there is none.
fn length_of_text(text: &str, (open, close, has_escapes): &Quote) -> usize {
    let mut at = open.len();
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(close) {
            return at + close.len();
        }
        let mut characters = rest.chars();
        let is_escape = characters.next() == Some('\\') && *has_escapes;
        let escaped = if is_escape { characters.next().map_or(0, char::len_utf8) } else { 0 };
        at += rest.chars().next().map_or(1, char::len_utf8) + escaped;
    }
    text.len()
}

/// Length in bytes of Rust's `r#"…"#`, if the text begins with one.
fn length_of_raw_text(text: &str) -> Option<usize> {
    let hashes = length_while(text.strip_prefix('r')?, |c| c == '#');
    let inner = text.get(1 + hashes..)?.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(inner.find(&end).map_or(text.len(), |at| 2 + hashes + at + end.len()))
}

/// Length in bytes of JavaScript's `/…/`, if a value may stand here; elsewhere a slash divides.
fn length_of_pattern(before: &str, text: &str) -> Option<usize> {
    let last = before.trim_end().chars().next_back();
    if !last.is_none_or(|c| "=(,:!&|?{};".contains(c)) {
        return None;
    }
    let line = text.get(..text.find('\n').unwrap_or(text.len()))?;
    let (mut is_escaped, mut is_in_set) = (false, false);
    for (at, c) in line.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => is_in_set = true,
            ']' => is_in_set = false,
            '/' if !is_in_set => {
                let flags = line.get(at + 1..).map_or(0, |rest| length_while(rest, |c| c.is_ascii_lowercase()));
                return Some(at + 1 + flags);
            }
            _ => {}
        }
    }
    None
}

/// Length in bytes of `$name`, `$env:NAME` or `${name…}`.
fn length_of_name(text: &str) -> usize {
    let name = text.get(1..).unwrap_or_default();
    if name.starts_with('{') {
        return text.find('}').map_or(text.len(), |end| end + 1);
    }
    1 + length_while(name, |c| is_in_word(c) || c == ':')
}

/// Splits an HTTP message: the first word of the first line and the header names stand out. The body after the
/// empty line is JSON or plain.
fn http(text: &str) -> Vec<(TokenKind, &str)> {
    let end = text.find("\n\n").map(|at| at + 2).or_else(|| text.find("\r\n\r\n").map(|at| at + 4));
    let (head, body) = text.split_at_checked(end.unwrap_or(text.len())).unwrap_or((text, ""));
    let mut found = Vec::new();
    for (number, line) in head.split_inclusive('\n').enumerate() {
        let is_first = number == 0;
        let name = if is_first { line.find(' ') } else { line.find(':') };
        let (name, rest) = line.split_at_checked(name.unwrap_or(0)).unwrap_or(("", line));
        found.push((if is_first { TokenKind::Word } else { TokenKind::Name }, name));
        found.push((TokenKind::Plain, rest));
    }
    if body.trim_start().starts_with(['{', '[']) {
        found.extend(parts(Grammar::Json, body));
    } else {
        found.push((TokenKind::Plain, body));
    }
    found.retain(|(_, piece)| !piece.is_empty());
    found
}
