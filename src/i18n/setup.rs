//! The set-up of Google Device Access: its steps and problems.

use super::Localizer;
use crate::sdm::setup::{Check, CheckResult, Finding, PUBLISHERS, Remedy, SetupStep, StepLink};

impl Localizer {
    /// The title of a step, without its number.
    pub fn setup_step(&self, step: SetupStep) -> String {
        self.text(match step {
            SetupStep::CloudProject => "google-step-cloud",
            SetupStep::Consent => "google-step-consent",
            SetupStep::Client => "google-step-client",
            SetupStep::DeviceAccess => "google-step-access",
            SetupStep::Subscription => "google-step-subscription",
            SetupStep::SignIn => "google-step-sign-in",
            SetupStep::Check => "google-step-check",
            SetupStep::TopicThere => "google-step-topic",
        })
        .into_owned()
    }

    /// The instructions of a step. `back` is the address to which the browser returns.
    pub fn setup_step_about(&self, step: SetupStep, back: &str) -> String {
        let text = |id: &str| self.text(id).into_owned();
        match step {
            SetupStep::CloudProject => text("google-step-cloud-about"),
            SetupStep::Consent => text("google-step-consent-about"),
            SetupStep::Client => self.format("google-step-client-about", [("address", back.into())]),
            SetupStep::DeviceAccess => text("google-step-access-about"),
            SetupStep::Subscription => self.format("google-step-subscription-about", [("group", PUBLISHERS.into())]),
            SetupStep::SignIn => text("google-step-sign-in-about"),
            SetupStep::Check => text("google-step-check-about"),
            SetupStep::TopicThere => text("google-step-topic-about"),
        }
    }

    /// The title of a link.
    pub fn setup_link(&self, link: StepLink) -> String {
        self.text(match link {
            StepLink::NewProject => "google-link-new-project",
            StepLink::DeviceApi => "google-link-device-api",
            StepLink::EventsApi => "google-link-events-api",
            StepLink::Consent => "google-link-consent",
            StepLink::Audience => "google-link-audience",
            StepLink::Clients => "google-link-clients",
            StepLink::DeviceAccess => "google-link-access",
            StepLink::Topics => "google-link-topics",
            StepLink::Subscriptions => "google-link-subscriptions",
            StepLink::Consents => "google-link-consents",
        })
        .into_owned()
    }

    /// The subject of a check.
    pub fn setup_check(&self, check: Check) -> String {
        self.text(match check {
            Check::Client => "google-check-client",
            Check::Consent => "google-check-consent",
            Check::DeviceApi => "google-check-device-api",
            Check::Devices => "google-check-devices",
            Check::EventsApi => "google-check-events-api",
            Check::Subscription => "google-check-subscription",
            Check::Topic => "google-check-topic",
            Check::Publisher => "google-check-publisher",
        })
        .into_owned()
    }

    /// A check with its result.
    pub fn setup_finding(&self, finding: &Finding) -> String {
        let verdict = self.text(match &finding.verdict {
            CheckResult::Passed => "google-verdict-passed",
            CheckResult::Made => "google-verdict-made",
            CheckResult::Mind(_) => "google-verdict-mind",
            CheckResult::Failed(_) => "google-verdict-failed",
            CheckResult::Untried => "google-verdict-untried",
        });
        let check = self.setup_check(finding.check);
        self.format("google-finding", [("check", check.into()), ("verdict", verdict.into())])
    }

    /// A problem with its remedy.
    pub fn setup_remedy(&self, remedy: &Remedy) -> String {
        let of_group = |id: &str| self.format(id, [("group", PUBLISHERS.into())]);
        let id = match remedy {
            Remedy::ClientUnknown => "google-remedy-client-unknown",
            Remedy::ClientSecret => "google-remedy-client-secret",
            Remedy::RedirectAddress { back } => {
                return self.format("google-remedy-redirect", [("address", back.as_str().into())]);
            }
            Remedy::SignInFirst => "google-remedy-sign-in-first",
            Remedy::ConsentInTesting => "google-remedy-testing",
            Remedy::ConsentRanOut => "google-remedy-ran-out",
            Remedy::SignInEnded => "google-remedy-ended",
            Remedy::AnotherClient => "google-remedy-another-client",
            Remedy::NotAllAllowed => "google-remedy-not-all",
            Remedy::EnableDeviceApi => "google-remedy-device-api",
            Remedy::EnableEventsApi => "google-remedy-events-api",
            Remedy::NotYourProject => "google-remedy-not-yours",
            Remedy::ProjectUnknown => "google-remedy-no-project",
            Remedy::NoDevice => "google-remedy-no-device",
            Remedy::NoSubscription => "google-remedy-no-subscription",
            Remedy::SubscriptionMissing => "google-remedy-no-such-subscription",
            Remedy::SubscriptionDenied => "google-remedy-subscription-denied",
            Remedy::NotAPull => "google-remedy-not-a-pull",
            Remedy::SubscriptionExpires { days } => {
                let days = i64::try_from(*days).unwrap_or(i64::MAX);
                return self.format("google-remedy-expires", [("days", days.into())]);
            }
            Remedy::TopicDeleted => "google-remedy-topic-deleted",
            Remedy::HostedTopic => "google-remedy-hosted",
            Remedy::TopicDenied => "google-remedy-topic-denied",
            Remedy::PublisherMissing => return of_group("google-remedy-publisher"),
            Remedy::PublisherOnSubscription => return of_group("google-remedy-publisher-there"),
            Remedy::PolicyHidden => return of_group("google-remedy-policy-hidden"),
            Remedy::Wait => "google-remedy-wait",
            Remedy::Later(reason) => {
                return self.format("google-remedy-later", [("reason", self.reason(reason).into())]);
            }
            Remedy::Said(said) => return self.format("google-remedy-said", [("said", said.as_str().into())]),
        };
        self.text(id).into_owned()
    }
}
