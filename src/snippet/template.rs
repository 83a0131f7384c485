//! Fills in the template of a language.

use super::call::{Call, TokenFrom};
use super::quote::{Charset, Printable};
use super::trust;

/// The literals of a language.
pub(super) struct Literals {
    pub(super) charset: Charset,
    /// A text as a literal.
    pub(super) literal: fn(&Printable) -> String,
    /// A pattern as a literal; `None` uses the literal for texts.
    pub(super) pattern: Option<fn(&str) -> String>,
    /// The token from an environment variable.
    pub(super) variable: fn(&str) -> String,
}

/// Fills a request into a template. Names in `«»` are replaced. A line that begins with `«body»` remains only
/// with a body, one that begins with `«variable»` only if the token comes from the environment. Replacements are
/// not scanned again.
pub(super) fn fill(template: &str, writes: &Literals, call: &Call) -> String {
    let literal = writes.literal;
    let body = call.body.as_ref().map(|body| literal(&Printable::json(body, writes.charset)));
    let pattern = trust::pattern(&call.base);
    let (token, variable) = match &call.token {
        TokenFrom::Variable(name) => ((writes.variable)(name), Some(name.clone())),
        TokenFrom::Text(token) => (literal(&Printable::ascii(secrecy::ExposeSecret::expose_secret(token))), None),
    };
    let (scheme, host) = trust::condition_in_rust(&call.base);
    let value_of = |name: &str| match name {
        "URL" => literal(&call.printable_url()),
        "METHOD" => call.method.word().to_owned(),
        "method" => call.method.word().to_lowercase(),
        "BODY" => body.clone().unwrap_or_default(),
        "TRUSTED" => writes.pattern.map_or_else(|| literal(&Printable::ascii(&pattern)), |write| write(&pattern)),
        "TOKEN" => token.clone(),
        "VARIABLE" => variable.clone().unwrap_or_default(),
        "SCHEME" => scheme.clone(),
        "HOST" => host.clone(),
        // A test fills in every template.
        other => format!("«{other}»"),
    };
    let mut text = String::new();
    for line in template.trim_start_matches('\n').lines() {
        let indentation: String = line.chars().take_while(|c| c.is_whitespace()).collect();
        let rest = line.trim_start();
        let (is_there, rest) = match (rest.strip_prefix("«body»"), rest.strip_prefix("«variable»")) {
            (Some(rest), _) => (body.is_some(), rest),
            (None, Some(rest)) => (variable.is_some(), rest),
            (None, None) => (true, rest),
        };
        if is_there {
            text.push_str(&indentation);
            put(rest, &value_of, &mut text);
            text.push('\n');
        }
    }
    text
}

fn put(line: &str, value_of: &impl Fn(&str) -> String, text: &mut String) {
    let mut rest = line;
    while let Some((before, (name, after))) =
        rest.split_once('«').and_then(|(before, after)| Some((before, after.split_once('»')?)))
    {
        text.push_str(before);
        text.push_str(&value_of(name));
        rest = after;
    }
    text.push_str(rest);
}
