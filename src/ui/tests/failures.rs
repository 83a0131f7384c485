//! No English text of a layer below the window reaches the screen while the window has another language.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::Theme;

use super::languages::words;
use super::{UiFixture, fixture, samples, says};
use crate::accounts::vault::VaultError;
use crate::engine::{
    AccountLabel, AccountName, Batch, BatchItem, BatchLabel, Connection, EngineNotice as OwnNotice, FailureCause,
    ItemState, Origin, Outcome, Phase, Record,
};
use crate::files::FileError;
use crate::home::{HvacMode, ServiceKind, Setpoint, Write};
use crate::i18n::{Language, Localizer};
use crate::presets::PresetError;
use crate::service::{Cause, Reason, UnusableUrl};
use crate::ui::Modal;
use crate::ui::intent::{AppIntent, Page};
use crate::ui::notice::Notice;
use crate::ui::pages::SignInProgress;
use crate::ui::sign_in::SignInError;

/// All visible and accessible texts of a window in a language.
fn drawn(mut bench: UiFixture, language: Language, height: f32) -> BTreeSet<String> {
    bench.i18n = Localizer::new(language);
    let mut harness = bench.harness([1180.0, height], Theme::Dark);
    harness.run();
    words(&harness)
}

/// Fails if a text on the screen contains one of these English sentences, or if one of the expected sentences of
/// the language is missing.
fn assert_in(language: Language, drawn: &BTreeSet<String>, english: &[String], own: &[String]) {
    for sentence in english {
        let found = drawn.iter().find(|text| text.to_lowercase().contains(&sentence.to_lowercase()));
        assert_eq!(found, None, "{language:?} still says {sentence:?}");
    }
    for sentence in own {
        assert!(drawn.iter().any(|text| text.contains(sentence)), "{language:?} does not say {sentence:?}");
    }
}

const OTHERS: [Language; 3] = [Language::German, Language::French, Language::Spanish];

/// The sentences in English, of the command line and the window, and those of the window in the given language.
fn sentences<T: ToString>(all: &[T], language: Language, say: impl Fn(&Localizer, &T) -> String) -> [Vec<String>; 2] {
    let (english, i18n) = (Localizer::new(Language::English), Localizer::new(language));
    let in_english = all.iter().flat_map(|one| [one.to_string(), say(&english, one)]).collect();
    [in_english, all.iter().map(|one| say(&i18n, one)).collect()]
}

fn refused(id: u64, reason: Reason) -> Record {
    let write = Write::Target("hallway".into(), Setpoint::celsius(25.0));
    Record {
        id,
        at: fixture::now(),
        origin: Origin::Window,
        slot: write.slot(),
        name: "Hallway".to_owned(),
        from: None,
        to: write.value_text(),
        outcome: Outcome::Refused(reason),
        write: Some(write.clone()),
        undo: Some(write),
        batch: None,
        undoes: None,
    }
}

#[test]
fn the_activity_explains_every_refusal() {
    let reasons = samples::reasons();
    for language in OTHERS {
        let mut bench = UiFixture::on(Page::Activity);
        let records = reasons.iter().zip(1..).map(|(reason, id)| refused(id, reason.clone()));
        bench.snapshot.journal = Arc::new(records.collect());
        let drawn = drawn(bench, language, 400.0 + 64.0 * reasons.len() as f32);
        let [english, own] = sentences(&reasons, language, Localizer::localize);
        assert_in(language, &drawn, &english, &own);
    }
}

#[test]
fn a_refusal_is_explained_in_control_toast_and_batch() {
    let reason = Reason::ServerFailed { status: 502, said: None };
    let write = Write::Target("hallway".into(), Setpoint::celsius(25.0));
    for language in OTHERS {
        let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
        let failed = Phase::Failed { why: FailureCause::Refused(reason.clone()), at: fixture::now() };
        fixture::pending(&mut bench.snapshot, write.clone(), failed);
        bench.i18n = Localizer::new(language);
        let mut harness = bench.harness([1180.0, 1300.0], Theme::Dark);
        harness.run();
        // Records that are new since the first frame become a toast and a batch list.
        let snapshot = &mut harness.state_mut().snapshot;
        Arc::make_mut(&mut snapshot.journal).push_front(refused(9, reason.clone()));
        let item = BatchItem {
            slot: write.slot(),
            name: "Hallway".to_owned(),
            write: Write::Mode("hallway".into(), HvacMode::Eco),
            state: ItemState::Refused(FailureCause::Refused(reason.clone())),
        };
        let label = BatchLabel { id: 3, name: "x7".to_owned(), group: None };
        let batch = Batch {
            label,
            at: fixture::now(),
            origin: Origin::Window,
            kind: crate::engine::ChangeKind::Change,
            items: vec![item],
        };
        Arc::make_mut(&mut snapshot.batches).push_front(batch);
        harness.run();
        let [english, own] = sentences(std::slice::from_ref(&reason), language, Localizer::localize);
        let drawn = words(&harness);
        assert_in(language, &drawn, &english, &own);
        let times = drawn.iter().filter(|text| text.contains(&own[0])).count();
        assert!(times >= 4, "the control, the toast, the list and the last changes: {drawn:#?}");
    }
}

#[test]
fn the_banner_explains_an_unreachable_service() {
    // The test of the activity covers all reasons, so a sample is enough here.
    let reasons: Vec<Reason> = samples::reasons().into_iter().step_by(9).collect();
    for language in OTHERS {
        for reason in &reasons {
            let signed_out = Connection::SignedOut { why: reason.clone() };
            let since = fixture::now();
            let lost = Connection::Reconnecting { since, retry_at: None, why: Some(reason.clone()) };
            for connection in [signed_out, lost] {
                let mut bench = UiFixture::on(Page::Simulator);
                let said = match (&connection, reason) {
                    (Connection::Reconnecting { .. }, Reason::Unreachable { cause, .. }) => {
                        let host = Localizer::new(language).localize(&bench.snapshot.account.name);
                        Reason::Unreachable { host, cause: cause.clone() }
                    }
                    _ => reason.clone(),
                };
                bench.snapshot.connection = connection;
                let [english, own] = sentences(std::slice::from_ref(&said), language, Localizer::localize);
                assert_in(language, &drawn(bench, language, 700.0), &english, &own);
            }
        }
    }
}

#[test]
fn values_without_a_connection_say_of_when_they_are() {
    let why = Some(Reason::Unreachable { host: "x7".to_owned(), cause: Cause::NoRoute });
    let at = |secs: i64| fixture::now() - jiff::SignedDuration::from_secs(secs);
    let of = |secs, why: Option<Reason>| Connection::Reconnecting { since: at(secs), retry_at: None, why };
    for (connection, says) in [
        (Connection::Live, None),
        (of(1, None), None),
        (of(60, None), Some("as of 14:31")),
        (of(180, why), Some("as of 14:29")),
        (Connection::Closed, Some("last known")),
    ] {
        for page in [Page::Overview, Page::Thermostat("hallway".into()), Page::Protect("cellar".into())] {
            let mut bench = UiFixture::on(page.clone());
            bench.snapshot.connection = connection.clone();
            let drawn = drawn(bench, Language::English, 900.0);
            let found = drawn.iter().find(|text| text.contains("as of ") || text.contains("last known"));
            match says {
                Some(says) => {
                    assert!(found.is_some_and(|text| text.contains(says)), "{page:?} {connection:?}: {found:?}");
                }
                None => assert_eq!(found, None, "{page:?} {connection:?}"),
            }
        }
    }
}

#[test]
fn the_banner_explains_an_account_that_failed_to_open() {
    for language in OTHERS {
        for failure in samples::session_errors() {
            let [english, own] = sentences(std::slice::from_ref(&failure), language, Localizer::localize);
            let mut bench = UiFixture::on(Page::Overview);
            bench.snapshot.shown = Arc::default();
            bench.snapshot.connection = Connection::Closed;
            bench.failure = Some(failure);
            assert_in(language, &drawn(bench, language, 900.0), &english, &own);
        }
    }
}

#[test]
fn notices_are_translated() {
    let full = || FileError::Full;
    let mut notices = vec![
        Notice::SettingsNotSaved(full()),
        Notice::PresetsNotSaved(full()),
        Notice::Preset(PresetError::NameMissing),
        Notice::SignOutNotTold(Reason::Unreachable { host: "x7".to_owned(), cause: Cause::NoRoute }),
        Notice::TokenNotDeleted(VaultError::Silent),
        Notice::Program("x7".to_owned()),
        Notice::NotTaken,
        Notice::NoTray,
        Notice::NothingHappened,
    ];
    notices.extend(samples::settings_notices().into_iter().map(Notice::Settings));
    notices.extend(samples::presets_notices().into_iter().map(Notice::Presets));
    notices.extend(samples::vault_errors().into_iter().map(Notice::TokenNotKept));
    let warnings = samples::warnings();
    let english = Localizer::new(Language::English);
    for language in OTHERS {
        let i18n = Localizer::new(language);
        let mut bench = UiFixture::on(Page::Presets);
        bench.notices.clone_from(&notices);
        let own_notices = warnings.iter().zip(1..).map(|(warning, id)| OwnNotice { id, warning: warning.clone() });
        bench.snapshot.notices = Arc::new(own_notices.collect());
        let drawn = drawn(bench, language, 4000.0);
        let [in_english, own] = sentences(&warnings, language, Localizer::localize);
        assert_in(language, &drawn, &in_english, &own);
        let in_english: Vec<String> = notices.iter().map(|notice| notice.text(&english)).collect();
        let own: Vec<String> = notices.iter().map(|notice| notice.text(&i18n)).collect();
        assert_in(language, &drawn, &in_english, &own);
    }
}

#[test]
fn a_failed_sign_in_shows_the_reason() {
    let errors = samples::loopback_errors().into_iter().map(SignInError::Browser);
    let errors = errors.chain([
        SignInError::Unusable(UnusableUrl::Plaintext),
        SignInError::Service(Reason::NoToken),
        SignInError::Service(Reason::SignInRefused { status: 400, said: None }),
    ]);
    let errors: Vec<SignInError> = errors.collect();
    let english = Localizer::new(Language::English);
    for language in OTHERS {
        let i18n = Localizer::new(language);
        for error in &errors {
            let mut bench = UiFixture::connect(ServiceKind::WorksWithNest);
            bench.window.progress = SignInProgress::Failed(error.clone());
            let drawn = drawn(bench, language, 1700.0);
            assert_in(language, &drawn, &[error.text(&english)], &[error.text(&i18n)]);
        }
    }
}

#[test]
fn accounts_without_a_name_of_their_own_are_named_in_the_language() {
    for (name, own) in [
        (AccountName::Simulated, "Simuliertes Zuhause"),
        (AccountName::Environment, "Server aus den Umgebungsvariablen"),
    ] {
        let mut bench = UiFixture::on(Page::Settings);
        bench.snapshot.account = Arc::new(AccountLabel { name, place: "127.0.0.1".to_owned() });
        let drawn = drawn(bench, Language::German, 1300.0);
        assert_in(Language::German, &drawn, &["environment".to_owned(), "simulated".to_owned()], &[own.to_owned()]);
    }
}

#[test]
fn keys_are_named_in_the_language() {
    for (language, undo, redo, back) in [
        (Language::English, "Ctrl+Z", "Ctrl+Shift+Z", "Alt+Left arrow"),
        (Language::German, "Strg+Z", "Strg+Umschalt+Z", "Alt+Pfeil links"),
        (Language::French, "Ctrl+Z", "Ctrl+Maj+Z", "Alt+Flèche gauche"),
        (Language::Spanish, "Ctrl+Z", "Ctrl+Mayús+Z", "Alt+Flecha izquierda"),
    ] {
        let mut bench = UiFixture::on(Page::Overview);
        bench.window.modals.open(Modal::Help);
        let drawn = drawn(bench, language, 1300.0);
        for keys in [undo, redo, back] {
            assert!(drawn.contains(keys), "{language:?} does not name {keys}");
        }
    }
}

#[test]
fn closed_and_signed_out_accounts_are_distinguished() {
    let mut bench = UiFixture::on(Page::Overview);
    bench.snapshot.shown = Arc::default();
    bench.snapshot.connection = Connection::Closed;
    bench.snapshot.account = Arc::new(AccountLabel { name: AccountName::Own("x7".to_owned()), place: String::new() });
    let error = VaultError::Silent;
    bench.failure = Some(crate::accounts::session::SessionError::Vault { name: "x7".to_owned(), error });
    let mut harness = bench.shown();
    assert!(says(&harness, "This account cannot be opened") && says(&harness, "x7: The keyring did not answer"));
    assert!(!says(&harness, "Signed out"));
    super::click(&mut harness, "Try now");
    assert_eq!(std::mem::take(&mut harness.state_mut().intents), [AppIntent::Reopen]);
    super::click(&mut harness, "Open the simulated home");
    assert_eq!(harness.state().intents, [AppIntent::OpenSimulated]);
}
