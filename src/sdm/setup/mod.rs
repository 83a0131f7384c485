//! The one-time set-up at Google: its steps, and a check of each one.
//!
//! Findings and remedies are data; the texts are in the translations. Only `ask` and `make` call Google.

mod ask;
mod make;
mod messages;
mod read;
mod steps;
#[cfg(test)]
mod tests;

use url::Url;

pub use ask::{Wanted, check_setup};
pub use steps::{SetupStep, StepLink};

use crate::service::{Reason, ServiceText};

/// Google's group whose members publish the events of Device Access.
pub const PUBLISHERS: &str = "sdm-publisher@googlegroups.com";

/// The checks, in the order of their dependencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// Google knows the OAuth client, and its secret is right.
    Client,
    /// The consent is valid, covers the needed scopes, and does not end after a week.
    Consent,
    /// The Smart Device Management API is enabled.
    DeviceApi,
    /// The first list of devices: the project belongs to the user and has devices.
    Devices,
    /// The Pub/Sub API is enabled.
    EventsApi,
    /// The subscription exists and can be pulled from.
    Subscription,
    /// The topic of the subscription exists and belongs to the user.
    Topic,
    /// Google may publish on the topic.
    Publisher,
}

impl Check {
    /// All checks, in order.
    pub const ALL: [Self; 8] = [
        Self::Client,
        Self::Consent,
        Self::DeviceApi,
        Self::Devices,
        Self::EventsApi,
        Self::Subscription,
        Self::Topic,
        Self::Publisher,
    ];

    /// The word for scripts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Consent => "consent",
            Self::DeviceApi => "device-api",
            Self::Devices => "devices",
            Self::EventsApi => "events-api",
            Self::Subscription => "subscription",
            Self::Topic => "topic",
            Self::Publisher => "publisher",
        }
    }
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq)]
pub enum CheckResult {
    /// The part is correct.
    Passed,
    /// The part was missing and has just been created.
    Made,
    /// The part works, but not as well or not for as long as possible.
    Mind(Remedy),
    /// The part does not work.
    Failed(Remedy),
    /// An earlier check must pass first.
    Untried,
}

impl CheckResult {
    /// The word for scripts.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Passed => "ok",
            Self::Made => "made",
            Self::Mind(_) => "note",
            Self::Failed(_) => "failed",
            Self::Untried => "untried",
        }
    }

    /// The remedy, if there is a problem.
    pub fn remedy(&self) -> Option<&Remedy> {
        match self {
            Self::Mind(remedy) | Self::Failed(remedy) => Some(remedy),
            Self::Passed | Self::Made | Self::Untried => None,
        }
    }
}

/// The remedy for a problem.
#[derive(Debug, Clone, PartialEq)]
pub enum Remedy {
    /// Google does not know the OAuth client: copy its id again.
    ClientUnknown,
    /// The secret belongs to another client, or was replaced.
    ClientSecret,
    /// The client does not allow the redirect address.
    RedirectAddress { back: String },
    /// The user has not signed in yet. The other checks need a sign-in.
    SignInFirst,
    /// The consent screen is in testing: each sign-in ends after seven days. Publish it.
    ConsentInTesting,
    /// The sign-in ended after the seven days of testing: publish the consent screen, sign in again.
    ConsentRanOut,
    /// The sign-in is not valid any more. Google does not give the reason.
    SignInEnded,
    /// The sign-in belongs to another OAuth client.
    AnotherClient,
    /// The user did not allow everything on Google's page: sign in again and tick everything.
    NotAllAllowed,
    /// The Smart Device Management API is disabled in the Cloud project.
    EnableDeviceApi,
    /// The Pub/Sub API is disabled in the Cloud project.
    EnableEventsApi,
    /// The Device Access project does not belong to this client or this user.
    NotYourProject,
    /// The Device Access project does not exist.
    ProjectUnknown,
    /// The user ticked no device on Google's page.
    NoDevice,
    /// The settings name no subscription: the program only reads devices once a minute.
    NoSubscription,
    /// The subscription does not exist.
    SubscriptionMissing,
    /// The account that signed in may not see the subscription.
    SubscriptionDenied,
    /// The subscription sends its messages elsewhere: the program can only read a pull subscription.
    NotAPull,
    /// Google deletes the subscription after some days without use.
    SubscriptionExpires {
        /// The number of days.
        days: u64,
    },
    /// The topic of the subscription was deleted.
    TopicDeleted,
    /// The topic is Google's own, which gets no more events from 30 November 2026 on.
    HostedTopic,
    /// The account that signed in may not see the topic.
    TopicDenied,
    /// Google may not publish on the topic.
    PublisherMissing,
    /// The user gave the role on the subscription, where it has no effect.
    PublisherOnSubscription,
    /// This account may not see who may publish.
    PolicyHidden,
    /// Google asks to wait.
    Wait,
    /// The check failed for a temporary reason: the network, or Google.
    Later(Reason),
    /// Google refuses with its own message.
    Said(ServiceText),
}

impl Remedy {
    /// The page on which to apply the remedy.
    pub fn link(&self) -> Option<StepLink> {
        match self {
            Self::ClientUnknown | Self::ClientSecret | Self::RedirectAddress { .. } => Some(StepLink::Clients),
            Self::ConsentInTesting | Self::ConsentRanOut => Some(StepLink::Audience),
            Self::EnableDeviceApi => Some(StepLink::DeviceApi),
            Self::EnableEventsApi => Some(StepLink::EventsApi),
            Self::NotYourProject | Self::ProjectUnknown => Some(StepLink::DeviceAccess),
            Self::NoDevice => Some(StepLink::Consents),
            Self::NoSubscription
            | Self::SubscriptionMissing
            | Self::SubscriptionDenied
            | Self::NotAPull
            | Self::SubscriptionExpires { .. } => Some(StepLink::Subscriptions),
            Self::TopicDeleted
            | Self::HostedTopic
            | Self::TopicDenied
            | Self::PublisherMissing
            | Self::PublisherOnSubscription
            | Self::PolicyHidden => Some(StepLink::Topics),
            Self::SignInFirst
            | Self::SignInEnded
            | Self::AnotherClient
            | Self::NotAllAllowed
            | Self::Wait
            | Self::Later(_)
            | Self::Said(_) => None,
        }
    }

    /// True if the program can apply the remedy itself.
    pub fn can_be_made(&self) -> bool {
        matches!(self, Self::SubscriptionMissing | Self::PublisherMissing | Self::PublisherOnSubscription)
    }
}

/// One check and its result.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub check: Check,
    pub verdict: CheckResult,
}

/// The state of the set-up.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// One finding for each check, in order.
    pub findings: Vec<Finding>,
    /// The Cloud project, if known: its id, or its number.
    pub cloud: Option<String>,
    /// The user's own topic. The user also has to enter it at Device Access; only the console there shows it.
    pub topic: Option<String>,
}

impl Report {
    /// True if no check failed.
    pub fn is_well(&self) -> bool {
        self.failed().is_none()
    }

    /// The first check that failed.
    pub fn failed(&self) -> Option<&Finding> {
        self.findings.iter().find(|finding| matches!(finding.verdict, CheckResult::Failed(_)))
    }

    /// True if the program can create something that is missing.
    pub fn can_make(&self) -> bool {
        self.findings.iter().filter_map(|finding| finding.verdict.remedy()).any(Remedy::can_be_made)
    }

    /// The page on which to fix a finding, in the user's own Cloud project if it is a page of a project.
    pub fn page(&self, finding: &Finding) -> Option<Url> {
        finding.verdict.remedy()?.link()?.page(self.cloud.as_deref())
    }

    fn put(&mut self, check: Check, verdict: CheckResult) {
        self.findings.retain(|finding| finding.check != check);
        self.findings.push(Finding { check, verdict });
        self.findings.sort_by_key(|finding| finding.check);
    }

    /// Adds [`CheckResult::Untried`] for checks without a finding.
    fn complete(mut self) -> Self {
        for check in Check::ALL {
            if self.findings.iter().all(|finding| finding.check != check) {
                self.put(check, CheckResult::Untried);
            }
        }
        self
    }
}
