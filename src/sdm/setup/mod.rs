//! The set-up that a person makes once at Google: its steps, and whether each of them is done.
//!
//! What was found and what helps against it is data; the words are in the texts. Only `ask` and
//! `make` talk to Google.

mod ask;
mod make;
mod read;
mod steps;
#[cfg(test)]
mod tests;

use url::Url;

pub use ask::{Wanted, check_setup};
pub use steps::{Step, StepLink};

use crate::service::{Reason, Said};

/// Google's group whose members publish the events of Device Access.
pub const PUBLISHERS: &str = "sdm-publisher@googlegroups.com";

/// What is tried, in the order in which one thing needs another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// Google knows the OAuth client, and its secret is right.
    Client,
    /// The consent holds, covers what is needed, and does not end after a week.
    Consent,
    /// The Smart Device Management API is enabled.
    DeviceApi,
    /// The first list of devices: the project is the person's own, and has devices.
    Devices,
    /// The Pub/Sub API is enabled.
    EventsApi,
    /// The subscription is there and can be pulled from.
    Subscription,
    /// Its topic is there and the person's own.
    Topic,
    /// Google may publish on the topic.
    Publisher,
}

impl Check {
    /// All of them, in order.
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

    /// For scripts.
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

/// What came of a check.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// As it should be.
    Passed,
    /// It was missing, and was made just now.
    Made,
    /// It works, but not as well or not for as long as it could.
    Mind(Remedy),
    /// It does not work.
    Failed(Remedy),
    /// Something before it has to work first.
    Untried,
}

impl Verdict {
    /// For scripts.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Passed => "ok",
            Self::Made => "made",
            Self::Mind(_) => "note",
            Self::Failed(_) => "failed",
            Self::Untried => "untried",
        }
    }

    /// What helps, if anything is wrong.
    pub fn remedy(&self) -> Option<&Remedy> {
        match self {
            Self::Mind(remedy) | Self::Failed(remedy) => Some(remedy),
            Self::Passed | Self::Made | Self::Untried => None,
        }
    }
}

/// What is to be done about something that is wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum Remedy {
    /// Google does not know the OAuth client: copy its id anew.
    ClientUnknown,
    /// The secret is of another client, or was replaced.
    ClientSecret,
    /// The client does not allow the address that the browser comes back to.
    RedirectAddress {
        /// That address.
        back: String,
    },
    /// Nobody has signed in yet; the rest can be tried after that.
    SignInFirst,
    /// The consent screen is in testing: each sign-in ends after seven days. Publish it.
    ConsentInTesting,
    /// The sign-in ended after the seven days of testing: publish the consent screen, sign in again.
    ConsentRanOut,
    /// The sign-in does not hold any more, for a reason that Google does not tell.
    SignInEnded,
    /// The sign-in is of another OAuth client than this one.
    AnotherClient,
    /// On Google's page not everything was allowed: sign in again and tick everything.
    NotAllAllowed,
    /// The Smart Device Management API is switched off in the Cloud project.
    EnableDeviceApi,
    /// The Pub/Sub API is switched off in the Cloud project.
    EnableEventsApi,
    /// The Device Access project does not belong to this client or this person.
    NotYourProject,
    /// There is no such Device Access project.
    ProjectUnknown,
    /// No device was ticked on Google's page.
    NoDevice,
    /// No subscription was named: devices are only read once a minute.
    NoSubscription,
    /// There is no such subscription.
    SubscriptionMissing,
    /// The account that signed in may not see the subscription.
    SubscriptionDenied,
    /// The subscription sends its messages elsewhere: only a pull subscription can be read.
    NotAPull,
    /// Google deletes the subscription after so many days without use.
    SubscriptionExpires {
        /// After how many.
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
    /// The role was given on the subscription, where it does nothing.
    PublisherOnSubscription,
    /// Who may publish cannot be seen by this account.
    PolicyHidden,
    /// Google asks to wait.
    Wait,
    /// It could not be tried: the network, or a moment of Google's.
    Later(Reason),
    /// Google refuses it in words of its own.
    Said(Said),
}

impl Remedy {
    /// Where it is done.
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

    /// Whether the program can do it itself.
    pub fn can_be_made(&self) -> bool {
        matches!(self, Self::SubscriptionMissing | Self::PublisherMissing | Self::PublisherOnSubscription)
    }
}

/// One check and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What was tried.
    pub check: Check,
    /// What came of it.
    pub verdict: Verdict,
}

/// How the set-up stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// One finding for each check, in order.
    pub findings: Vec<Finding>,
    /// The Cloud project, as far as it is known: its id, or its number.
    pub cloud: Option<String>,
    /// The person's own topic. It also has to be entered at Device Access, which only the console
    /// there shows.
    pub topic: Option<String>,
}

impl Report {
    /// Whether nothing stands in the way.
    pub fn is_well(&self) -> bool {
        self.failed().is_none()
    }

    /// The first check that failed.
    pub fn failed(&self) -> Option<&Finding> {
        self.findings.iter().find(|finding| matches!(finding.verdict, Verdict::Failed(_)))
    }

    /// Whether the program can make something that is missing.
    pub fn can_make(&self) -> bool {
        self.findings.iter().filter_map(|finding| finding.verdict.remedy()).any(Remedy::can_be_made)
    }

    /// The page where what was found is put right, in the person's own Cloud project where it is one
    /// of those.
    pub fn page(&self, finding: &Finding) -> Option<Url> {
        finding.verdict.remedy()?.link()?.page(self.cloud.as_deref())
    }

    fn put(&mut self, check: Check, verdict: Verdict) {
        self.findings.retain(|finding| finding.check != check);
        self.findings.push(Finding { check, verdict });
        self.findings.sort_by_key(|finding| finding.check);
    }

    /// What was not reached is said to be untried.
    fn complete(mut self) -> Self {
        for check in Check::ALL {
            if self.findings.iter().all(|finding| finding.check != check) {
                self.put(check, Verdict::Untried);
            }
        }
        self
    }
}
