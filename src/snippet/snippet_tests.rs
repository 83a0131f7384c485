use proptest::prelude::*;
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;

use super::quote::{Charset, Printable};
use super::*;
use crate::http::{Method, base_url};
use crate::wwn::client::token_hosts;

const NEST: &str = "https://developer-api.nest.com/";
const OWN: &str = "https://nest.example.org/api";
const LOOPBACK: &str = "http://127.0.0.1:8080";

fn call(base: &str, body: &Value) -> Call {
    Call::new(base, Method::Put, "devices/thermostats/x1", Some(body.clone()), TokenFrom::default()).expect("a call")
}

fn label(label: &str) -> Call {
    call(NEST, &json!({ "label": label }))
}

#[test]
fn every_language_has_a_word_of_its_own() {
    for language in CodeLanguage::ALL {
        assert_eq!(CodeLanguage::of_word(language.word()), Some(language));
        assert_eq!(CodeLanguage::of_word(&language.word().to_uppercase()), Some(language));
    }
    assert_eq!(CodeLanguage::of_word("cobol"), None);
}

#[test]
fn templates_are_filled_in_completely() {
    for language in CodeLanguage::ALL {
        for method in Method::ALL {
            for base in [NEST, OWN, LOOPBACK] {
                let body = method.has_body().then(|| json!({"hvac_mode": "heat"}));
                for token in [TokenFrom::default(), TokenFrom::Text(SecretString::from("c.abc"))] {
                    let call = Call::new(base, method, "/devices/thermostats/x1", body.clone(), token).expect("a call");
                    let text = snippet(language, &call);
                    assert!(!text.contains(['«', '»']), "{text}");
                    assert!(text.ends_with('\n') && !text.starts_with('\n'), "{text}");
                    assert!(text.lines().count() <= 65, "{} lines of {}", text.lines().count(), language.title());
                    let has_body = text.contains("hvac_mode") || text.contains("mode heat");
                    assert_eq!(has_body, method.has_body(), "{text}");
                }
            }
        }
    }
}

#[test]
fn the_token_is_in_no_snippet_unless_it_was_given() {
    let text = TokenFrom::Text(SecretString::from("c.a-token"));
    for language in CodeLanguage::ALL {
        let from = |token| Call::new(NEST, Method::Get, "/", None, token).expect("a call");
        let with = snippet(language, &from(text.clone()));
        assert!(with.contains("c.a-token"), "{with}");
        let without = snippet(language, &from(TokenFrom::Variable("HOME_TOKEN".to_owned())));
        assert!(without.contains("HOME_TOKEN") || language == CodeLanguage::Page, "{without}");
        assert!(!format!("{:?}", from(text.clone())).contains("c.a-token"));
    }
}

#[test]
fn invalid_calls_are_refused() {
    let new = |base: &str, method, path: &str, body| Call::new(base, method, path, body, TokenFrom::default());
    assert!(matches!(new("http://nest.example.org", Method::Get, "x", None), Err(CallError::Base(_))));
    assert!(matches!(new(NEST, Method::Put, "x", None), Err(CallError::BodyMissing("PUT"))));
    assert!(matches!(new(NEST, Method::Get, "x", Some(json!(1))), Err(CallError::BodyTooMuch("GET"))));
    for (path, url) in [
        ("/structures/a b", "https://nest.example.org/api/structures/a%20b"),
        ("structures/it's$`\"\\|^{}[]", "https://nest.example.org/api/structures/it%27s%24%60%22%5C%7C%5E%7B%7D%5B%5D"),
        ("//evil.com/x", "https://nest.example.org/api/evil.com/x"),
        ("https://evil.com/x", "https://nest.example.org/api/https://evil.com/x"),
        ("x?print=pretty&a=b", "https://nest.example.org/api/x?print=pretty&a=b"),
    ] {
        assert_eq!(new(OWN, Method::Get, path, None).expect(path).url(), url);
    }
    assert!(matches!(new(OWN, Method::Get, "../../x", None), Err(CallError::Path(_))));
    for name in ["", "1A", "A B", "A;B", "Ä"] {
        let token = TokenFrom::Variable(name.to_owned());
        assert!(matches!(Call::new(NEST, Method::Get, "x", None, token), Err(CallError::Variable(_))), "{name}");
    }
    for token in ["", "c.a b", "c.a\nX: y", "c.<b>", "c.ä", "c.'"] {
        let token = TokenFrom::Text(SecretString::from(token));
        assert!(matches!(Call::new(NEST, Method::Get, "x", None, token), Err(CallError::Token)));
    }
}

#[test]
fn invisible_and_unsafe_characters_are_escaped_as_json() {
    let written = |text: &str, charset| {
        let printable = Printable::json(&json!(text), charset);
        printable.in_shell().trim_matches('\'').to_owned()
    };
    assert_eq!(written("Küche\n\u{202e}\u{2028}😀", Charset::Utf8), r#""Küche\n\u202e\u2028😀""#);
    assert_eq!(written("Küche😀", Charset::Ascii), r#""K\u00fcche\ud83d\ude00""#);
    assert_eq!(written("</script>", Charset::InPage), r#""\u003c/script>""#);
}

#[test]
fn quotes_are_escaped_in_each_language() {
    let printable = Printable::json(&json!(r#"it's "a" \ `b` $c"#), Charset::Utf8);
    assert_eq!(printable.in_shell(), r#"'"it'\''s \"a\" \\ `b` $c"'"#);
    assert_eq!(printable.in_powershell(), r#"'"it''s \"a\" \\ `b` $c"'"#);
    assert_eq!(printable.in_single_quotes(), r#"'"it\'s \\"a\\" \\\\ `b` $c"'"#);
    assert_eq!(printable.in_double_quotes(), r#""\"it's \\\"a\\\" \\\\ `b` $c\"""#);
    assert_eq!(printable.in_go(), printable.in_double_quotes());
    assert_eq!(Printable::json(&json!("it's"), Charset::Utf8).in_go(), "`\"it's\"`");
    assert_eq!(Printable::json(&json!("a\"#b"), Charset::Utf8).in_rust(), "r##\"\"a\\\"#b\"\"##");
}

#[test]
fn commands_match_their_requests() {
    let said = |body: Value| {
        let text = snippet(CodeLanguage::Setpoint, &call(NEST, &body));
        text.lines().filter(|line| line.starts_with("setpoint")).map(str::to_owned).collect::<Vec<_>>()
    };
    for (body, command) in [
        (json!({"target_temperature_f": 70}), "setpoint set x1 target 70F"),
        (json!({"target_temperature_c": 21.5}), "setpoint set x1 target 21.5C"),
        (json!({"target_temperature_low_c": 18, "target_temperature_high_c": 25}), "setpoint set x1 range 18C-25C"),
        (json!({"label": "Kate's Room"}), r"setpoint set x1 label 'Kate'\''s Room'"),
        (json!({"fan_timer_active": true}), "setpoint set x1 fan on"),
        (json!({"label": "--help"}), "setpoint set -- x1 label --help"),
        (json!({"hvac_mode": "heat-cool"}), "setpoint set x1 mode heat-cool"),
    ] {
        assert_eq!(said(body.clone()), [command], "{body}");
    }
    // A value without a typed command becomes a request of the API.
    for (body, command) in [
        (json!({"target_temperature_f": -5}), r#"PUT /devices/thermostats/x1 '{"target_temperature_f":-5}'"#),
        (json!({"target_temperature_low_c": 18}), r#"PUT /devices/thermostats/x1 '{"target_temperature_low_c":18}'"#),
        (json!({"label": "a\nb"}), r#"PUT /devices/thermostats/x1 '{"label":"a\nb"}'"#),
        (json!({"label": "a\u{200b}b'"}), r#"PUT /devices/thermostats/x1 '{"label":"a\u200bb'\''"}'"#),
        (json!({}), "PUT /devices/thermostats/x1 '{}'"),
        // The fan starts with its duration, and of two scales the service uses one.
        (
            json!({"fan_timer_active": true, "fan_timer_duration": 60}),
            r#"PUT /devices/thermostats/x1 '{"fan_timer_active":true,"fan_timer_duration":60}'"#,
        ),
        (
            json!({"target_temperature_c": 20, "target_temperature_f": 75}),
            r#"PUT /devices/thermostats/x1 '{"target_temperature_c":20,"target_temperature_f":75}'"#,
        ),
        (json!([1]), "PUT /devices/thermostats/x1 '[1]'"),
    ] {
        assert_eq!(said(body.clone()), [format!("setpoint request {command}")], "{body}");
    }
}

#[test]
fn a_command_for_an_account_needs_neither_address_nor_token() {
    let body = json!({"target_temperature_c": 21.5});
    let said = |account: &str, call: &Call, wording| command(account, call, wording);
    assert_eq!(
        said("The mill", &call(NEST, &body), Wording::WorksWithNest).as_deref(),
        Some("#!/bin/sh\nset -eu\nsetpoint --account='The mill' set x1 target 21.5C\n")
    );
    // For the API of the account it is a request, even if a typed command exists.
    let to_google = |method, body| {
        let base = "https://smartdevicemanagement.googleapis.com/v1";
        Call::new(base, method, "/enterprises/p/devices/d:executeCommand", body, TokenFrom::default()).expect("a call")
    };
    let posted = to_google(Method::Post, Some(json!({"command": "Fan.SetTimer"})));
    for (is_raw, raw) in [(false, ""), (true, " --raw")] {
        let said = said("-g", &posted, Wording::OfTheAccount { is_raw }).expect("a command");
        let path = "/enterprises/p/devices/d:executeCommand";
        let wanted = format!(r#"setpoint --account=-g request{raw} POST {path} '{{"command":"Fan.SetTimer"}}'"#);
        assert_eq!(said.lines().last(), Some(wanted.as_str()));
    }
    // A request that the account does not support, and a name that a shell cannot pass.
    assert_eq!(said("g", &call(NEST, &json!({"label": "a\nb"})), Wording::WorksWithNest), None);
    assert_eq!(said("a\u{202e}b", &posted, Wording::OfTheAccount { is_raw: false }), None);
}

#[test]
fn the_pattern_allows_the_documented_hosts() {
    assert_eq!(trust::pattern(&base_url(NEST).expect("good")), r"^https://([a-z0-9-]+\.)+nest\.com(:[0-9]+)?/");
    let own = r"^https://(nest\.example\.org|([a-z0-9-]+\.)+nest\.com)(:[0-9]+)?/";
    assert_eq!(trust::pattern(&base_url(OWN).expect("good")), own);
    let loopback = r"^https?://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?/";
    assert_eq!(trust::pattern(&base_url(LOOPBACK).expect("good")), loopback);
    assert!(trust::pattern(&base_url("https://192.0.2.1").expect("good")).starts_with(r"^https://([a-z0-9-]+\.)+nest"));
}

/// The program follows every address that the pattern allows.
fn agrees(base: &str, address: &str) -> Result<(), TestCaseError> {
    let base = base_url(base).expect("good");
    // A label may be invalid, such as `xn--` with garbage behind it.
    if let Ok(target) = Url::parse(address) {
        prop_assert_eq!(token_hosts(&base).check(&target), Ok(()), "{}", address);
    }
    Ok(())
}

/// Addresses that the pattern allows.
fn let_through(base: &str) -> impl Strategy<Value = String> + use<> {
    let pattern = trust::pattern(&base_url(base).expect("good"));
    let pattern = pattern.trim_start_matches('^').to_owned();
    proptest::string::string_regex(&format!("{pattern}[ -~]{{0,12}}")).expect("a pattern")
}

proptest! {
    #[test]
    fn the_vendors_pattern_is_within_the_programs_rule(address in let_through(NEST)) {
        agrees(NEST, &address)?;
    }

    #[test]
    fn a_servers_pattern_is_within_the_programs_rule(address in let_through(OWN)) {
        agrees(OWN, &address)?;
    }

    #[test]
    fn the_loopback_pattern_is_within_the_programs_rule(address in let_through(LOOPBACK)) {
        agrees(LOOPBACK, &address)?;
    }

    /// The JSON in a source is one line of visible characters with the same value.
    #[test]
    fn json_in_a_source_is_the_same_json(text in any::<String>()) {
        for charset in [Charset::Utf8, Charset::Ascii, Charset::InPage] {
            let printable = Printable::json(&json!(text), charset);
            let shell = printable.in_shell();
            let inner = shell.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).expect("quotes");
            prop_assert!(!inner.contains(char::is_control));
            let read: String = serde_json::from_str(&inner.replace("'\\''", "'")).expect("JSON");
            prop_assert_eq!(&read, &text);
        }
    }

    /// The escapes of a Rust literal are decoded by a simple decoder for Rust and C.
    #[test]
    fn quotes_of_other_languages_are_undone_by_their_rules(text in any::<String>()) {
        let printable = Printable::json(&json!(text), Charset::Ascii);
        let plain = printable.in_powershell().replace("''", "'");
        let plain = plain.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).expect("quotes");
        for (quoted, quote) in [(printable.in_single_quotes(), '\''), (printable.in_double_quotes(), '"')] {
            let mut read = String::new();
            let mut inner = quoted.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)).expect("quotes").chars();
            while let Some(c) = inner.next() {
                prop_assert!(c != quote, "ended early: {}", quoted);
                let c = if c == '\\' { inner.next().expect("something escaped") } else { c };
                read.push(c);
            }
            prop_assert_eq!(&read, plain);
        }
    }

    #[test]
    fn labels_stay_within_their_line(text in any::<String>()) {
        let lines = |label: &str, language| snippet(language, &self::label(label)).lines().count();
        for language in CodeLanguage::ALL {
            prop_assert_eq!(lines(&text, language), lines("x", language));
        }
    }
}
