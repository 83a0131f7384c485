//! Sign-in to Google Device Access: the guide, the ids, and the result of a set-up check.

use egui::Role;
use egui_kittest::kittest::Queryable as _;

use super::{Bound, UiFixture, assert_closed, click, says, type_into};
use crate::home::ServiceKind;
use crate::i18n::Language;
use crate::sdm::setup::{Check, CheckResult, Finding, Remedy, Report, SetupStep};
use crate::service::{Cause, Reason};
use crate::ui::intent::{AppIntent, Page};
use crate::ui::pages::SignInProgress;
use crate::ui::sign_in::SignInError;

/// The empty form for Google.
fn bench() -> UiFixture {
    UiFixture::connect(ServiceKind::DeviceAccess)
}

/// A window high enough for the whole page.
fn shown(bench: UiFixture) -> Bound {
    let mut harness = bench.harness([1180.0, 4200.0], egui::Theme::Dark);
    harness.run();
    harness
}

/// Types the ids that a sign-in needs.
fn type_ids(harness: &mut Bound) {
    let form = &mut harness.state_mut().window.form;
    form.project = "32c4c2bc-fe0d-461b-b51c-f3885afff2f0".to_owned();
    form.client_id = "1234-abc.apps.googleusercontent.com".to_owned();
    form.subscription = "projects/p/subscriptions/s".to_owned();
    form.port = "8090".to_owned();
    harness.run();
}

/// Every remedy, with a check that can lead to it.
pub(super) fn every_remedy() -> Vec<Finding> {
    let remedies = [
        (Check::Client, Remedy::ClientUnknown),
        (Check::Client, Remedy::ClientSecret),
        (Check::Client, Remedy::RedirectAddress { back: "http://127.0.0.1:8080/callback".to_owned() }),
        (Check::Consent, Remedy::SignInFirst),
        (Check::Consent, Remedy::ConsentInTesting),
        (Check::Consent, Remedy::ConsentRanOut),
        (Check::Consent, Remedy::SignInEnded),
        (Check::Consent, Remedy::AnotherClient),
        (Check::Consent, Remedy::NotAllAllowed),
        (Check::DeviceApi, Remedy::EnableDeviceApi),
        (Check::Devices, Remedy::NotYourProject),
        (Check::Devices, Remedy::ProjectUnknown),
        (Check::Devices, Remedy::NoDevice),
        (Check::EventsApi, Remedy::EnableEventsApi),
        (Check::Subscription, Remedy::NoSubscription),
        (Check::Subscription, Remedy::SubscriptionMissing),
        (Check::Subscription, Remedy::SubscriptionDenied),
        (Check::Subscription, Remedy::NotAPull),
        (Check::Subscription, Remedy::SubscriptionExpires { days: 31 }),
        (Check::Topic, Remedy::TopicDeleted),
        (Check::Topic, Remedy::HostedTopic),
        (Check::Topic, Remedy::TopicDenied),
        (Check::Publisher, Remedy::PublisherMissing),
        (Check::Publisher, Remedy::PublisherOnSubscription),
        (Check::Publisher, Remedy::PolicyHidden),
        (Check::Devices, Remedy::Wait),
        (Check::Devices, Remedy::Later(Reason::Unreachable { host: "x7".to_owned(), cause: Cause::Refused })),
        (Check::Devices, Remedy::Said(crate::service::ServiceText::from("x7".to_owned()))),
    ];
    remedies.map(|(check, remedy)| Finding { check, verdict: CheckResult::Failed(remedy) }).into()
}

/// A half finished set-up.
pub(super) fn half_done() -> Report {
    let finding = |check, verdict| Finding { check, verdict };
    Report {
        findings: vec![
            finding(Check::Client, CheckResult::Passed),
            finding(Check::Consent, CheckResult::Mind(Remedy::ConsentInTesting)),
            finding(Check::DeviceApi, CheckResult::Passed),
            finding(Check::Devices, CheckResult::Failed(Remedy::NoDevice)),
            finding(Check::EventsApi, CheckResult::Made),
            finding(Check::Subscription, CheckResult::Passed),
            finding(Check::Topic, CheckResult::Passed),
            finding(Check::Publisher, CheckResult::Failed(Remedy::PublisherOnSubscription)),
        ],
        cloud: Some("my-home-1234".to_owned()),
        topic: Some("projects/my-home-1234/topics/nest".to_owned()),
    }
}

#[test]
fn the_three_ids_of_google_are_checked_as_they_are_typed() {
    let mut harness = shown(UiFixture::on(Page::Connect));
    click(&mut harness, "Nest Thermostat, Thermostat E, Learning Thermostat 3rd or 4th generation");
    assert_closed(&mut harness, "Sign in at Google", "Type the project and the OAuth client first");
    for (field, wrong, why) in [
        ("Device Access project", "my-cloud", "not the id of a Cloud project"),
        ("OAuth client ID", "1234", "ends in .apps.googleusercontent.com"),
        ("Pub/Sub subscription", "projects/p/topics/t", "That is a topic"),
        ("Port for the browser to come back to", "web", "That is no port"),
    ] {
        type_into(&mut harness, field, wrong);
        assert!(says(&harness, why), "{field}: {wrong}");
    }
    let form = &mut harness.state_mut().window.form;
    form.project = "32c4c2bc-fe0d-461b-b51c-f3885afff2f0".to_owned();
    form.client_id = "1234-abc.apps.googleusercontent.com".to_owned();
    form.subscription = "projects/p/subscriptions/s".to_owned();
    form.port = "8090".to_owned();
    harness.run();
    assert!(!says(&harness, "That is no"));
    click(&mut harness, "Sign in at Google");
    assert_eq!(harness.state().intents, [AppIntent::SignInByBrowser]);
}

#[test]
fn the_guide_leads_through_every_step_with_its_pages_and_folds() {
    let mut harness = shown(bench());
    for (number, step) in SetupStep::ALL.into_iter().enumerate() {
        let called = harness.state().i18n.localize(&step);
        assert!(says(&harness, &format!("Step {}: {called}", number + 1)));
        for link in step.links() {
            let name = harness.state().i18n.localize(link);
            let found = harness.query_all_by_role_and_label(Role::Link, &name).count();
            assert!(found > 0, "there is no link “{name}”");
        }
    }
    assert!(says(&harness, "http://127.0.0.1:8080/callback"), "the address is said to be copied");
    type_ids(&mut harness);
    assert!(says(&harness, "http://127.0.0.1:8090/callback"), "that of the port that was chosen");
    // In a narrow window the guide stands above the form, and is folded for a user with a project.
    let narrow = |bench: UiFixture| {
        let mut harness = bench.harness([700.0, 4200.0], egui::Theme::Dark);
        harness.run();
        harness
    };
    let mut harness = narrow(bench());
    click(&mut harness, "Set it up at Google, step by step");
    assert!(!says(&harness, "Make a Device Access project"));
    let mut bench = bench();
    bench.window.form.project = "32c4c2bc-fe0d-461b-b51c-f3885afff2f0".to_owned();
    let mut harness = narrow(bench);
    assert!(!says(&harness, "Make a Device Access project"));
    click(&mut harness, "Set it up at Google, step by step");
    assert!(says(&harness, "Make a Device Access project"));
}

#[test]
fn the_set_up_is_checked_and_what_is_missing_can_be_made() {
    let mut harness = shown(bench());
    assert_closed(&mut harness, "Check the set-up", "Type the project and the OAuth client first");
    type_ids(&mut harness);
    click(&mut harness, "Check the set-up");
    assert_eq!(harness.state().intents, [AppIntent::CheckGoogle { make: false }]);
    harness.state_mut().window.progress = SignInProgress::Checking;
    harness.run();
    for name in ["Check the set-up", "Sign in at Google"] {
        assert_closed(&mut harness, name, "Asking Google about each part");
    }
    harness.state_mut().window.progress = SignInProgress::Checked(half_done());
    harness.run();
    for words in [
        "Put this right, then check again",
        "OAuth client and its secret: in order",
        "Sign-in and consent: works, but",
        "Google will sign you out after seven days",
        "Device Access project and its devices: not in order",
        "No device is allowed yet",
        "Cloud Pub/Sub API enabled: made just now",
        "The role was given on the subscription",
        "projects/my-home-1234/topics/nest",
    ] {
        assert!(says(&harness, words), "{words}");
    }
    click(&mut harness, "Make what is missing");
    assert_eq!(harness.state().intents.last(), Some(&AppIntent::CheckGoogle { make: true }));
    let mut well = half_done();
    for finding in &mut well.findings {
        finding.verdict = CheckResult::Passed;
    }
    harness.state_mut().window.progress = SignInProgress::Checked(well);
    harness.run();
    assert!(says(&harness, "Everything is in order"));
    assert!(harness.query_by_label("Make what is missing").is_none());
}

#[test]
fn a_sign_in_to_a_set_up_that_is_not_complete_says_what_is_missing() {
    let mut harness = shown(bench());
    type_ids(&mut harness);
    harness.state_mut().window.progress = SignInProgress::Failed(SignInError::NotReady(half_done()));
    harness.run();
    assert!(says(&harness, "Google let you in, but the set-up is not complete"));
    assert!(says(&harness, "No device is allowed yet"));
    click(&mut harness, "Sign in at Google");
    assert_eq!(harness.state().intents, [AppIntent::SignInByBrowser]);
    // The result is about Google, so the form of another service does not show it.
    harness.state_mut().window.progress = SignInProgress::Checked(half_done());
    click(&mut harness, "Another thermostat");
    click(&mut harness, "Nest Learning Thermostat, 1st or 2nd generation");
    assert!(!says(&harness, "No device is allowed yet"));
}

#[test]
fn every_remedy_has_words_of_its_own_in_every_language() {
    let english = crate::i18n::Localizer::new(Language::English);
    let mut all = std::collections::BTreeSet::new();
    for language in Language::ALL {
        let i18n = crate::i18n::Localizer::new(language);
        for finding in every_remedy() {
            let remedy = finding.verdict.remedy().expect("a remedy");
            let said = i18n.localize(remedy);
            assert!(language == Language::English || said != english.localize(remedy), "{language:?}: {said}");
            assert!(all.insert((language.code(), said.clone())), "{said} is said twice");
        }
    }
}
