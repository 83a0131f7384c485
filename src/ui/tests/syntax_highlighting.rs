//! Syntax highlighting: the highlighted pieces, and that no text is lost.

use proptest::prelude::*;
use serde_json::json;

use crate::http::Method;
use crate::snippet::{Call, CodeLanguage, TokenFrom, snippet};
use crate::ui::syntax_highlighting::{Grammar, TokenKind, parts};

const ALL: [Grammar; 9] = [
    Grammar::Shell,
    Grammar::PowerShell,
    Grammar::Go,
    Grammar::JavaScript,
    Grammar::Python,
    Grammar::Java,
    Grammar::Rust,
    Grammar::Json,
    Grammar::Http,
];

fn code(language: CodeLanguage) -> String {
    let body = json!({"label": "it's \"a\" // # `b` $c"});
    let token = TokenFrom::default();
    let call = Call::new("https://nest.example/", Method::Put, "devices/thermostats/x", Some(body), token);
    snippet(language, &call.expect("a call"))
}

/// The pieces of one kind.
fn of_kind(grammar: Grammar, part: TokenKind, text: &str) -> Vec<&str> {
    parts(grammar, text).into_iter().filter(|(found, _)| *found == part).map(|(_, piece)| piece).collect()
}

#[test]
fn comments_strings_and_keywords_are_highlighted_in_every_language() {
    for language in CodeLanguage::ALL.into_iter().filter(|language| *language != CodeLanguage::Setpoint) {
        let text = code(language);
        let grammar = Grammar::of(language);
        let comments = of_kind(grammar, TokenKind::Comment, &text).join("\n");
        assert!(
            comments.contains("The token goes to these addresses alone") || language == CodeLanguage::Page,
            "{language:?}: {comments}"
        );
        assert!(!comments.contains("label"), "{language:?}: a text was taken for a comment: {comments}");
        let i18n = of_kind(grammar, TokenKind::Text, &text);
        assert!(i18n.iter().any(|text| text.contains("label") && text.contains("# `b`")), "{language:?}: {i18n:?}");
        assert!(i18n.iter().all(|text| !text.contains('\n')), "{language:?}: a text did not end: {i18n:?}");
        assert!(!of_kind(grammar, TokenKind::Word, &text).is_empty(), "{language:?}");
    }
}

#[test]
fn json_keys_and_http_headers_are_highlighted() {
    let text = r#"{"a": [1.5, -2, true, null, "b:"]}"#;
    assert_eq!(of_kind(Grammar::Json, TokenKind::Name, text), ["\"a\""]);
    assert_eq!(of_kind(Grammar::Json, TokenKind::Text, text), ["\"b:\""]);
    assert_eq!(of_kind(Grammar::Json, TokenKind::Number, text), ["1.5", "-2"]);
    assert_eq!(of_kind(Grammar::Json, TokenKind::Word, text), ["true", "null"]);
    let text = "PUT /x HTTP/1.1\nContent-Type: application/json\n\n{\"a\": 1}";
    assert_eq!(of_kind(Grammar::Http, TokenKind::Word, text), ["PUT"]);
    assert_eq!(of_kind(Grammar::Http, TokenKind::Name, text), ["Content-Type", "\"a\""]);
    assert_eq!(of_kind(Grammar::Http, TokenKind::Number, text), ["1"]);
}

#[test]
fn a_slash_after_a_value_divides() {
    assert_eq!(of_kind(Grammar::JavaScript, TokenKind::Text, "const a = /^b[/]\\/c/i; x / y / z"), ["/^b[/]\\/c/i"]);
    assert_eq!(of_kind(Grammar::Rust, TokenKind::Text, "let x = r#\"a\"b\"#;"), ["r#\"a\"b\"#"]);
    assert_eq!(of_kind(Grammar::Python, TokenKind::Text, "f\"a{b}\" + rf'c'"), ["f\"a{b}\"", "rf'c'"]);
}

proptest! {
    #[test]
    fn highlighting_any_text_loses_nothing(text in any::<String>()) {
        for grammar in ALL {
            let whole: String = parts(grammar, &text).into_iter().map(|(_, piece)| piece).collect();
            prop_assert_eq!(&whole, &text);
        }
    }

    #[test]
    fn highlighting_code_loses_nothing(text in "[rbf#\"'`/\\\\$ {}:\n a-c0-9-]{0,60}") {
        for grammar in ALL {
            let whole: String = parts(grammar, &text).into_iter().map(|(_, piece)| piece).collect();
            prop_assert_eq!(&whole, &text);
        }
    }
}
