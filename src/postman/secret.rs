//! Secrets, which must neither be in a file nor be taken from one.

use std::borrow::Cow;

use super::TOKEN_VARIABLE;
use super::remark::Wherein;

/// The prefixes of the services' tokens, with their minimum lengths.
const TOKENS: [(&str, usize); 4] = [("c.", 24), ("nlapi_", 16), ("ya29.", 24), ("1//", 24)];

/// True if a header, variable or query part of this name is secret.
pub(super) fn is_secret(name: &str) -> bool {
    const NAMES: [&str; 16] = [
        "authorization",
        "proxyauthorization",
        "cookie",
        "setcookie",
        "xapikey",
        "apikey",
        "auth",
        "token",
        "accesstoken",
        "refreshtoken",
        "bearer",
        "bearertoken",
        "secret",
        "clientsecret",
        "password",
        "passphrase",
    ];
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    NAMES.contains(&plain.as_str()) || plain.ends_with("token")
}

/// True if a value is only a variable, which is no secret in itself.
pub(super) fn is_variable(value: &str) -> bool {
    let name = value.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
    name.is_some_and(|name| !name.contains(['{', '}']))
}

/// The text with the variable in place of everything that looks like a token, and true if there was any.
pub(super) fn scrubbed(text: &str) -> (Cow<'_, str>, bool) {
    let mut clean = String::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let begins = !text.get(..at).is_some_and(|before| before.ends_with(is_in_token));
        let found = TOKENS.iter().find(|(start, _)| begins && rest.starts_with(start)).and_then(|(start, least)| {
            let inner = rest.get(start.len()..)?;
            let length = inner.find(|c| !is_in_token(c)).unwrap_or(inner.len());
            (length >= *least).then_some(start.len() + length)
        });
        if let Some(length) = found {
            clean.push_str(text.get(kept..at).unwrap_or_default());
            clean.extend(["{{", TOKEN_VARIABLE, "}}"]);
            at += length;
            kept = at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    if kept == 0 {
        return (Cow::Borrowed(text), false);
    }
    clean.push_str(text.get(kept..).unwrap_or_default());
    (Cow::Owned(clean), true)
}

fn is_in_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// An address without credentials: a user name and password before the host, and secrets in the query. The
/// second result has their places.
pub(super) fn without_secrets(url: &str) -> (String, Vec<Wherein>) {
    let mut found = Vec::new();
    let mut rest = url.to_owned();
    if let Some(start) = rest.find("://").map(|at| at + 3) {
        let end = rest.get(start..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(rest.len(), |at| start + at);
        if let Some(at) = rest.get(start..end).and_then(|host| host.rfind('@')) {
            rest.replace_range(start..=start + at, "");
            found.push(Wherein::Address);
        }
    }
    let (front, fragment) = rest.split_once('#').map_or((rest.as_str(), None), |(front, hash)| (front, Some(hash)));
    let Some((path, query)) = front.split_once('?') else { return (clean(&rest, &mut found), found) };
    let parts: Vec<&str> = query
        .split('&')
        .filter(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let drops = is_secret(name) && !value.is_empty();
            if drops && !is_variable(value) {
                found.push(Wherein::Query);
            }
            !drops
        })
        .collect();
    let mut url = path.to_owned();
    if !parts.is_empty() {
        url = format!("{url}?{}", parts.join("&"));
    }
    if let Some(fragment) = fragment {
        url = format!("{url}#{fragment}");
    }
    (clean(&url, &mut found), found)
}

fn clean(url: &str, found: &mut Vec<Wherein>) -> String {
    let (clean, had_one) = scrubbed(url);
    if had_one {
        found.push(Wherein::Address);
    }
    clean.into_owned()
}
