//! Masks tokens in everything that is shown: the account's own, if a service repeats it, and those in answers.

/// Fields that contain secrets, at any service.
const SECRETS: [&str; 6] = ["api_key", "access_token", "refresh_token", "token", "streamToken", "streamExtensionToken"];

/// The replacement.
const HIDDEN: &str = "[hidden]";

/// The minimum length of a token's beginning that is masked at a cut. Fewer characters reveal nothing, and end
/// many a text.
const LEAST_BEGUN: usize = 4;

/// The text without tokens; `own` is the account's.
pub(super) fn masked(mut text: String, own: Option<&str>) -> String {
    if let Some(own) = own.filter(|own| !own.is_empty() && text.contains(own)) {
        text = text.replace(own, "[token]");
    }
    if text.contains("auth=") {
        text = without_keys(&text);
    }
    for field in SECRETS {
        let name = format!("\"{field}\"");
        if text.contains(&name) {
            text = without(&text, &name);
        }
    }
    text
}

/// The same for bytes that may not be text. If they were cut, a beginning of the account's token at their end is
/// masked as well.
pub(super) fn masked_bytes(mut bytes: &[u8], own: Option<&str>, is_cut: bool) -> Vec<u8> {
    if let (Some(own), true) = (own, is_cut) {
        let mut begun = (LEAST_BEGUN..own.len()).rev().filter_map(|length| own.as_bytes().get(..length));
        if let Some(without) = begun.find_map(|begun| bytes.strip_suffix(begun)) {
            bytes = without;
        }
    }
    let mut kept = Vec::with_capacity(bytes.len());
    for part in bytes.utf8_chunks() {
        kept.extend_from_slice(masked(part.valid().to_owned(), own).as_bytes());
        kept.extend_from_slice(part.invalid());
    }
    kept
}

/// The text without the keys in picture links.
fn without_keys(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("auth=") {
        let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || "-._~+/=%".contains(c))).unwrap_or(after.len());
        kept.push_str(before);
        kept.push_str("auth=");
        if end > 0 {
            kept.push_str(HIDDEN);
        }
        rest = after.get(end..).unwrap_or_default();
    }
    kept.push_str(rest);
    kept
}

/// A path for storage, without a token that was typed into it.
pub(super) fn kept_path(path: &str) -> String {
    let Some((before, query)) = path.split_once('?') else { return path.to_owned() };
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((key @ ("auth" | "access_token" | "token" | "key"), value)) if !value.is_empty() => {
            format!("{key}={HIDDEN}")
        }
        Some(_) | None => pair.to_owned(),
    });
    format!("{before}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// The text with the string after each `"name":` masked.
fn without(text: &str, name: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(name) {
        kept.push_str(before);
        kept.push_str(name);
        rest = after;
        let value = after.trim_start().strip_prefix(':').map(str::trim_start).and_then(|value| value.strip_prefix('"'));
        if let Some(value) = value {
            // Of a cut string nothing remains.
            let end = end_of_string(value).unwrap_or(value.len());
            let between = after.get(..after.len() - value.len()).unwrap_or_default();
            kept.push_str(between);
            kept.push_str(HIDDEN);
            rest = value.get(end..).unwrap_or_default();
        }
    }
    kept.push_str(rest);
    kept
}

/// The position of the closing quote.
fn end_of_string(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.bytes().position(|byte| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_answers_are_masked_like_text() {
        let masked =
            |bytes: &[u8], own, is_cut| String::from_utf8_lossy(&masked_bytes(bytes, own, is_cut)).into_owned();
        let odd = b"\xff c.own-token {\"api_key\":\"k1\"} c.own-token\xfe";
        let hidden = masked(odd, Some("c.own-token"), false);
        assert!(!hidden.contains("c.own-token") && !hidden.contains("k1") && hidden.contains("[token]"), "{hidden}");
        // A token that is part of the replacement must not loop.
        assert_eq!(masked(b"\xfftoken", Some("token"), false), "\u{fffd}[token]");
        assert_eq!(masked(b"ab c.own-to", Some("c.own-token"), true), "ab ");
        assert_eq!(masked(b"ab c.own-to", Some("c.own-token"), false), "ab c.own-to");
        assert_eq!(masked(b"abc", Some("c.own-token"), true), "abc", "a letter is no token");
    }

    #[test]
    fn tokens_are_masked_in_answers() {
        let text = r#"{"api_key": "s3\"cret","x":{"token":"g.0.x"},"tokens":"stay","token":7,"said":"c.own"}"#;
        let shown = masked(text.to_owned(), Some("c.own"));
        assert_eq!(
            shown,
            r#"{"api_key": "[hidden]","x":{"token":"[hidden]"},"tokens":"stay","token":7,"said":"[token]"}"#
        );
        let link = r#"{"snapshot_url":"https://www.dropcam.com/x?auth=c.k%2F&width=1","auth=":1}"#;
        let hidden = r#"{"snapshot_url":"https://www.dropcam.com/x?auth=[hidden]&width=1","auth=":1}"#;
        assert_eq!(masked(link.to_owned(), None), hidden);
        assert_eq!(masked(r#"{"token":"cut"#.to_owned(), None), r#"{"token":"[hidden]"#);
    }

    #[test]
    fn tokens_are_masked_in_paths() {
        assert_eq!(kept_path("/devices?auth=c.x&shallow=true"), "/devices?auth=[hidden]&shallow=true");
        assert_eq!(kept_path("/devices"), "/devices");
    }
}
