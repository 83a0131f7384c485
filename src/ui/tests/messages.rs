//! Messages of other parts in every language.

use std::collections::BTreeSet;

use super::samples;
use crate::accounts::vault::Pages;
use crate::i18n::{Language, Localizer, ToMessage, english};

/// Messages of lower layers are not English in another language, neither on the command line nor in the window.
#[test]
fn messages_of_lower_layers_are_translated() {
    fn in_words<T: ToMessage + std::fmt::Display>(all: &[T]) -> usize {
        for language in [Language::German, Language::French, Language::Spanish] {
            let i18n = Localizer::new(language);
            for one in all {
                let (said, plain) = (i18n.localize(one), one.to_string());
                assert_ne!(said, english().localize(one), "{language:?}");
                assert!(!said.to_lowercase().contains(&plain.to_lowercase()), "{language:?}: {said}");
                assert!(!said.is_empty());
            }
        }
        all.len()
    }

    let mut count = in_words(&samples::reasons());
    count += in_words(&samples::refusals());
    count += in_words(&samples::warnings());
    count += in_words(&samples::settings_notices());
    count += in_words(&samples::presets_notices());
    count += in_words(&samples::preset_errors());
    count += in_words(&samples::vault_errors());
    count += in_words(&samples::loopback_errors());
    count += in_words(&samples::session_errors());
    count += in_words(&samples::postman_remarks());
    count += in_words(&samples::postman_errors());
    assert!(count > 180, "{count}");
}

#[test]
fn words_of_services_and_names_are_shown_verbatim() {
    use crate::engine::AccountName;
    use crate::service::Reason;

    let i18n = Localizer::new(Language::German);
    assert_eq!(i18n.localize(&Reason::service_text("Thermostat is not online")), "Thermostat is not online");
    let failed = i18n.localize(&Reason::ServerFailed { status: 502, said: Some("bad gateway".to_owned().into()) });
    assert!(failed.contains("502") && failed.ends_with("(bad gateway)"), "{failed}");
    assert_eq!(i18n.localize(&AccountName::Own("Mill Lane".to_owned())), "Mill Lane");
    assert_eq!(i18n.localize(&AccountName::Simulated), "Simuliertes Zuhause");
}

#[test]
fn the_page_in_the_browser_is_in_the_persons_language() {
    let pages = Pages::localized(&Localizer::new(Language::French));
    assert_eq!(pages.language, "fr");
    for text in [&pages.signed_in, &pages.refused, &pages.no_code, &pages.not_ours] {
        assert!(!text.contains(['<', '>', '&']), "it becomes HTML: {text}");
    }
    assert!(pages.signed_in.contains("Vous êtes connecté"));
    // The command line opens the same pages in English.
    assert_eq!(Pages::localized(english()).language, "en");
}

#[test]
fn errors_in_commands_are_translated_and_quote_the_text() {
    use crate::command::{Expected, Kind, ParseError, ValueSubject};
    use crate::home::Field;

    let german = Localizer::new(Language::German);
    let value = "warm".to_owned();
    let about = ValueSubject::Field(Field::FanTimer);
    let no_value = ParseError::NoSuchValue { value, about, expected: Expected::OnOffMinutes };
    assert_eq!(german.localize(&no_value), "„warm“ ist kein Wert für „Lüfter“; schreiben Sie on, off oder Minuten");
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
        let said: Vec<String> = all.iter().map(|why| i18n.localize(why)).collect();
        for (why, said) in all.iter().zip(&said) {
            assert_ne!(*said, english.localize(why));
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
