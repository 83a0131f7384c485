//! Compares the languages with each other and with the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_syntax::ast;
use fluent_syntax::parser;

use super::*;

/// The messages of a language, with the variables of each.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let parsed = parser::parse(language.source()).unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
    let mut messages = BTreeMap::new();
    for entry in parsed.body {
        let ast::Entry::Message(message) = entry else { continue };
        let mut variables = BTreeSet::new();
        pattern(message.value.as_ref().expect("a text"), &mut variables);
        let twice = messages.insert(message.id.name.to_owned(), variables);
        assert_eq!(twice, None, "{language:?} has {} twice", message.id.name);
    }
    messages
}

fn pattern(pattern_of: &ast::Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern_of.elements {
        let ast::PatternElement::Placeable { expression } = element else { continue };
        match expression {
            ast::Expression::Inline(inline) => inline_variables(inline, variables),
            ast::Expression::Select { selector, variants } => {
                inline_variables(selector, variables);
                for variant in variants {
                    pattern(&variant.value, variables);
                }
            }
        }
    }
}

fn inline_variables(inline: &ast::InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    if let ast::InlineExpression::VariableReference { id } = inline {
        variables.insert(id.name.to_owned());
    }
}

/// Calls whose first argument is certainly a message id.
const CALLS: [&str; 9] = [
    "view.text(",
    "of.text(",
    "i18n.text(",
    "i18n.format(",
    "self.text(",
    "self.format(",
    "field_ui(ui, view,",
    "flag_ui(ui, view,",
    "message_ui(ui, view,",
];

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

/// Every string literal that could be a message id.
fn literals() -> (BTreeSet<String>, BTreeSet<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for part in ["app", "ui", "i18n"] {
        sources(&root.join(part), &mut files);
    }
    let (mut all, mut said) = (BTreeSet::new(), BTreeSet::new());
    for file in files.into_iter().filter(|file| !file.components().any(|part| part.as_os_str() == "tests")) {
        let text = std::fs::read_to_string(&file).expect("a source");
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once('"') {
            let Some((literal, next)) = after.split_once('"') else { break };
            let is_name = literal.starts_with(|c: char| c.is_ascii_lowercase())
                && literal.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            if is_name {
                all.insert(literal.to_owned());
                let before = before.trim_end();
                if CALLS.iter().any(|call| before.ends_with(call)) {
                    said.insert(literal.to_owned());
                }
            }
            rest = next;
        }
    }
    (all, said)
}

#[test]
fn every_language_has_every_message_with_the_same_variables_and_no_other() {
    let english = messages(Language::English);
    for language in Language::ALL {
        let own = messages(language);
        let missing: Vec<&String> = english.keys().filter(|id| !own.contains_key(*id)).collect();
        let unknown: Vec<&String> = own.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "{language:?} lacks {missing:?} and has {unknown:?} too many"
        );
        for (id, variables) in &english {
            assert_eq!(own.get(id), Some(variables), "the variables of {id} in {language:?}");
        }
    }
}

#[test]
fn every_message_is_used_and_exists() {
    let english = messages(Language::English);
    let (all, said) = literals();
    let unused: Vec<&String> = english.keys().filter(|id| !all.contains(*id)).collect();
    let missing: Vec<&String> = said.iter().filter(|id| !english.contains_key(*id)).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
    assert!(missing.is_empty(), "there is no text for {missing:?}");
}

/// True if a message has letters outside its variables.
fn has_words(text: &str) -> bool {
    let mut outside = text
        .split('{')
        .enumerate()
        .map(|(index, part)| if index == 0 { part } else { part.split_once('}').map_or("", |(_variable, rest)| rest) });
    outside.any(|part| part.chars().any(char::is_alphabetic))
}

#[test]
fn other_languages_are_translated() {
    let english = parse(Language::English);
    for language in [Language::German, Language::French, Language::Spanish] {
        let own = parse(language);
        let is_long = |text: &str| text.len() > 12 && has_words(text);
        let same = english.iter().filter(|(id, text)| own.get(*id) == Some(text) && is_long(text)).count();
        assert!(same < 12, "{same} longer texts of {language:?} are English");
    }
}

fn parse(language: Language) -> BTreeMap<String, String> {
    let mut i18n = BTreeMap::new();
    for line in language.source().lines().filter(|line| !line.starts_with(['#', ' '])) {
        if let Some((id, text)) = line.split_once(" = ") {
            i18n.insert(id.to_owned(), text.to_owned());
        }
    }
    i18n
}

/// Messages of lower layers are not English in another language, neither on the command line nor in the window.
#[test]
fn messages_of_lower_layers_are_translated() {
    fn in_words<T: std::fmt::Display>(all: &[T], say: impl Fn(&Localizer, &T) -> String) -> usize {
        let english = Localizer::new(Language::English);
        for language in [Language::German, Language::French, Language::Spanish] {
            let i18n = Localizer::new(language);
            for one in all {
                let (said, plain) = (say(&i18n, one), one.to_string());
                assert_ne!(said, say(&english, one), "{language:?}");
                assert!(!said.to_lowercase().contains(&plain.to_lowercase()), "{language:?}: {said}");
                assert!(!said.is_empty());
            }
        }
        all.len()
    }

    let mut count = in_words(&samples::reasons(), Localizer::reason);
    count += in_words(&samples::refusals(), Localizer::refusal);
    count += in_words(&samples::warnings(), Localizer::engine_warning);
    count += in_words(&samples::settings_notices(), Localizer::settings_notice);
    count += in_words(&samples::presets_notices(), Localizer::presets_notice);
    count += in_words(&samples::preset_errors(), Localizer::preset_error);
    count += in_words(&samples::vault_errors(), Localizer::vault_error);
    count += in_words(&samples::loopback_errors(), Localizer::loopback_error);
    count += in_words(&samples::session_errors(), Localizer::session_error);
    count += in_words(&samples::postman_remarks(), Localizer::postman_remark);
    count += in_words(&samples::postman_errors(), Localizer::postman_error);
    assert!(count > 180, "{count}");
}

#[test]
fn words_of_services_and_names_are_shown_verbatim() {
    use crate::engine::AccountName;
    use crate::service::Reason;

    let i18n = Localizer::new(Language::German);
    assert_eq!(i18n.reason(&Reason::service_text("Thermostat is not online")), "Thermostat is not online");
    let failed = i18n.reason(&Reason::ServerFailed { status: 502, said: Some("bad gateway".to_owned().into()) });
    assert!(failed.contains("502") && failed.ends_with("(bad gateway)"), "{failed}");
    assert_eq!(i18n.account(&AccountName::Own("Mill Lane".to_owned())), "Mill Lane");
    assert_eq!(i18n.account(&AccountName::Simulated), "Simuliertes Zuhause");
}

#[test]
fn the_page_in_the_browser_is_in_the_persons_language() {
    let pages = Localizer::new(Language::French).browser_pages();
    assert_eq!(pages.language, "fr");
    for text in [&pages.signed_in, &pages.refused, &pages.no_code, &pages.not_ours] {
        assert!(!text.contains(['<', '>', '&']), "it becomes HTML: {text}");
    }
    assert!(pages.signed_in.contains("Vous êtes connecté"));
    // The command line opens the same pages in English.
    let english = Localizer::new(Language::English).browser_pages();
    assert_eq!(english, crate::accounts::vault::Pages::default());
}

#[test]
fn errors_in_commands_are_translated_and_quote_the_text() {
    use crate::command::{Expected, Kind, ParseError, ValueSubject};
    use crate::home::Field;

    let german = Localizer::new(Language::German);
    let value = "warm".to_owned();
    let about = ValueSubject::Field(Field::FanTimer);
    let no_value = ParseError::NoSuchValue { value, about, expected: Expected::OnOffMinutes };
    assert_eq!(
        german.misunderstood(&no_value),
        "„warm“ ist kein Wert für „Lüfter“; schreiben Sie on, off oder Minuten"
    );
    let kinds = [Kind::Thermostat, Kind::Fan, Kind::Camera, Kind::Home];
    let expected = [
        Expected::OnOff,
        Expected::Temperature,
        Expected::TwoTemperatures,
        Expected::Mode,
        Expected::OfThermostat,
        Expected::OnOffMinutes,
        Expected::Minutes,
        Expected::Arrival,
        Expected::Scale,
        Expected::HomeAway,
        Expected::OfHome,
    ];
    let mut all: Vec<ParseError> = kinds.map(|kind| ParseError::NothingOfKind { kind }).into();
    all.extend(expected.map(|expected| ParseError::NoSuchValue {
        value: "x7".to_owned(),
        about: ValueSubject::Kind(Kind::Home),
        expected,
    }));
    all.extend([
        ParseError::NoSuchName { name: "x7".to_owned(), known: Vec::new() },
        ParseError::Ambiguous { name: "x7".to_owned(), candidates: Vec::new() },
        ParseError::NothingAsked { name: "x7".to_owned(), example: "eco" },
        ParseError::NoSuchField { field: "x7".to_owned(), known: Vec::new() },
        ParseError::TooMuch("x7".to_owned()),
        ParseError::NoPresentValue(Field::Target),
        ParseError::OtherScale { value: "x7".to_owned(), scale: crate::home::Scale::Fahrenheit },
    ]);
    let english = Localizer::new(Language::English);
    for language in [Language::German, Language::French, Language::Spanish] {
        let i18n = Localizer::new(language);
        let said: Vec<String> = all.iter().map(|why| i18n.misunderstood(why)).collect();
        for (why, said) in all.iter().zip(&said) {
            assert_ne!(*said, english.misunderstood(why));
            assert_ne!(*said, why.to_string());
        }
        assert_eq!(said.iter().collect::<BTreeSet<_>>().len(), said.len(), "each says something of its own");
    }
}

#[test]
fn numbers_and_plurals_follow_the_language() {
    use crate::home::Setpoint;

    let say = |language, count: i64| Localizer::new(language).format("settings-writes-left", [("count", count.into())]);
    assert_eq!(say(Language::English, 1), "One change can be sent at once");
    assert_eq!(say(Language::English, 1200), "1200 changes can be sent at once");
    assert_ne!(say(Language::German, 1), say(Language::German, 2));
    assert_eq!(Localizer::new(Language::English).temperature(Setpoint::celsius(21.5)), "21.5\u{a0}°C");
    for language in [Language::German, Language::French, Language::Spanish] {
        assert_eq!(Localizer::new(language).temperature(Setpoint::celsius(21.5)), "21,5\u{a0}°C");
        assert_eq!(Localizer::new(language).degrees(Setpoint::fahrenheit(71.0)), "71°");
    }
}

#[test]
fn languages_are_found_by_any_spelling_of_their_code() {
    for (code, language) in [
        ("de", Some(Language::German)),
        ("de_CH.UTF-8", Some(Language::German)),
        ("FR-ca", Some(Language::French)),
        ("es@euro", Some(Language::Spanish)),
        ("C", None),
        ("", None),
        ("pt-BR", None),
    ] {
        assert_eq!(Language::from_code(code), language, "{code}");
    }
}
