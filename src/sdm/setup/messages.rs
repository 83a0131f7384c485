//! The messages of the steps, checks and remedies.

use super::{Check, CheckResult, Finding, PUBLISHERS, Remedy, SetupStep, StepLink};
use crate::i18n::{Message, ToMessage, message};

impl ToMessage for SetupStep {
    fn to_message(&self) -> Message {
        match self {
            Self::CloudProject => message!("google-step-cloud"),
            Self::Consent => message!("google-step-consent"),
            Self::Client => message!("google-step-client"),
            Self::DeviceAccess => message!("google-step-access"),
            Self::Subscription => message!("google-step-subscription"),
            Self::SignIn => message!("google-step-sign-in"),
            Self::Check => message!("google-step-check"),
            Self::TopicThere => message!("google-step-topic"),
        }
    }
}

impl SetupStep {
    /// The instructions. `back` is the address to which the browser returns.
    pub fn about(self, back: &str) -> Message {
        match self {
            Self::CloudProject => message!("google-step-cloud-about"),
            Self::Consent => message!("google-step-consent-about"),
            Self::Client => message!("google-step-client-about", address = back),
            Self::DeviceAccess => message!("google-step-access-about"),
            Self::Subscription => message!("google-step-subscription-about", group = PUBLISHERS),
            Self::SignIn => message!("google-step-sign-in-about"),
            Self::Check => message!("google-step-check-about"),
            Self::TopicThere => message!("google-step-topic-about"),
        }
    }
}

impl ToMessage for StepLink {
    fn to_message(&self) -> Message {
        match self {
            Self::NewProject => message!("google-link-new-project"),
            Self::DeviceApi => message!("google-link-device-api"),
            Self::EventsApi => message!("google-link-events-api"),
            Self::Consent => message!("google-link-consent"),
            Self::Audience => message!("google-link-audience"),
            Self::Clients => message!("google-link-clients"),
            Self::DeviceAccess => message!("google-link-access"),
            Self::Topics => message!("google-link-topics"),
            Self::Subscriptions => message!("google-link-subscriptions"),
            Self::Consents => message!("google-link-consents"),
        }
    }
}

impl ToMessage for Check {
    fn to_message(&self) -> Message {
        match self {
            Self::Client => message!("google-check-client"),
            Self::Consent => message!("google-check-consent"),
            Self::DeviceApi => message!("google-check-device-api"),
            Self::Devices => message!("google-check-devices"),
            Self::EventsApi => message!("google-check-events-api"),
            Self::Subscription => message!("google-check-subscription"),
            Self::Topic => message!("google-check-topic"),
            Self::Publisher => message!("google-check-publisher"),
        }
    }
}

impl ToMessage for Finding {
    fn to_message(&self) -> Message {
        let verdict = match &self.verdict {
            CheckResult::Passed => message!("google-verdict-passed"),
            CheckResult::Made => message!("google-verdict-made"),
            CheckResult::Mind(_) => message!("google-verdict-mind"),
            CheckResult::Failed(_) => message!("google-verdict-failed"),
            CheckResult::Untried => message!("google-verdict-untried"),
        };
        message!("google-finding", check = self.check.to_message(), verdict = verdict)
    }
}

impl ToMessage for Remedy {
    fn to_message(&self) -> Message {
        match self {
            Self::ClientUnknown => message!("google-remedy-client-unknown"),
            Self::ClientSecret => message!("google-remedy-client-secret"),
            Self::RedirectAddress { back } => message!("google-remedy-redirect", address = back),
            Self::SignInFirst => message!("google-remedy-sign-in-first"),
            Self::ConsentInTesting => message!("google-remedy-testing"),
            Self::ConsentRanOut => message!("google-remedy-ran-out"),
            Self::SignInEnded => message!("google-remedy-ended"),
            Self::AnotherClient => message!("google-remedy-another-client"),
            Self::NotAllAllowed => message!("google-remedy-not-all"),
            Self::EnableDeviceApi => message!("google-remedy-device-api"),
            Self::EnableEventsApi => message!("google-remedy-events-api"),
            Self::NotYourProject => message!("google-remedy-not-yours"),
            Self::ProjectUnknown => message!("google-remedy-no-project"),
            Self::NoDevice => message!("google-remedy-no-device"),
            Self::NoSubscription => message!("google-remedy-no-subscription"),
            Self::SubscriptionMissing => message!("google-remedy-no-such-subscription"),
            Self::SubscriptionDenied => message!("google-remedy-subscription-denied"),
            Self::NotAPull => message!("google-remedy-not-a-pull"),
            Self::SubscriptionExpires { days } => message!("google-remedy-expires", days = *days),
            Self::TopicDeleted => message!("google-remedy-topic-deleted"),
            Self::HostedTopic => message!("google-remedy-hosted"),
            Self::TopicDenied => message!("google-remedy-topic-denied"),
            Self::PublisherMissing => message!("google-remedy-publisher", group = PUBLISHERS),
            Self::PublisherOnSubscription => message!("google-remedy-publisher-there", group = PUBLISHERS),
            Self::PolicyHidden => message!("google-remedy-policy-hidden", group = PUBLISHERS),
            Self::Wait => message!("google-remedy-wait"),
            Self::Later(reason) => message!("google-remedy-later", reason = reason.to_message()),
            Self::Said(said) => message!("google-remedy-said", said = said.as_str()),
        }
    }
}
