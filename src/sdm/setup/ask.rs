//! Checks each part of the set-up with Google, one after the other.

use reqwest::Method;
use secrecy::SecretString;
use serde_json::Value;

use super::make::{make_publisher, make_subscription};
use super::read::{self, No, object};
use super::{Check, CheckResult, Remedy, Report};
use crate::sdm::client::try_client;
use crate::sdm::{SdmClient, SdmConfig, SdmSecret};
use crate::service::UnusableUrl;

/// The credentials for the checks.
pub enum Wanted {
    /// The account is signed in.
    SignedIn(SdmSecret),
    /// No account is signed in yet: only the client can be checked.
    Client {
        secret: SecretString,
        /// The redirect address.
        back: String,
    },
}

/// Checks the set-up. With `make`, creates a missing topic, publisher right or subscription.
pub async fn check_setup(config: SdmConfig, wanted: Wanted, make: bool) -> Result<Report, UnusableUrl> {
    let mut report = Report { cloud: cloud_of(config.subscription.as_deref()), ..Report::default() };
    match wanted {
        Wanted::Client { secret, back } => {
            let client = match try_client(&config, &secret, &back).await {
                Ok(answer) => read::client(&answer, &back),
                Err(failure) => CheckResult::Failed(Remedy::Later(failure.reason)),
            };
            if client == CheckResult::Passed {
                report.put(Check::Consent, CheckResult::Mind(Remedy::SignInFirst));
            }
            report.put(Check::Client, client);
        }
        Wanted::SignedIn(secret) => {
            let mut asking = Asking { client: SdmClient::new(config, secret)?, report, make };
            asking.all().await;
            report = asking.report;
        }
    }
    Ok(report.complete())
}

/// Returns `P` of `projects/P/subscriptions/S`.
pub(super) fn cloud_of(resource: Option<&str>) -> Option<String> {
    let rest = resource?.strip_prefix("projects/")?;
    rest.split('/').next().filter(|id| !id.is_empty()).map(str::to_owned)
}

/// A check in progress.
pub(super) struct Asking {
    pub(super) client: SdmClient,
    pub(super) report: Report,
    /// True if the check creates missing parts.
    make: bool,
}

impl Asking {
    async fn all(&mut self) {
        let (client, consent) = match self.client.refreshed().await {
            Ok(answer) => read::token(&answer, self.client.issued()),
            Err(failure) => (CheckResult::Failed(Remedy::Later(failure.reason)), CheckResult::Untried),
        };
        let is_in =
            matches!(consent, CheckResult::Passed | CheckResult::Mind(_) | CheckResult::Failed(Remedy::NotAllAllowed));
        self.report.put(Check::Client, client);
        self.report.put(Check::Consent, consent);
        if !is_in {
            return;
        }
        let list = object(self.client.list_answer().await);
        self.note_project(&list);
        let (api, devices) = read::devices(list);
        self.report.put(Check::DeviceApi, api);
        self.report.put(Check::Devices, devices);
        self.events().await;
    }

    async fn events(&mut self) {
        let Some(name) = self.client.config().subscription.clone() else {
            self.report.put(Check::Subscription, CheckResult::Mind(Remedy::NoSubscription));
            return;
        };
        let (found, now) = self.get(&name).await;
        let found = match found {
            Err(No::Missing) if self.make => make_subscription(self, &name).await,
            found => found.map(|found| (found, CheckResult::Passed)),
        };
        let (found, made) = match found {
            Ok(found) => found,
            Err(no) => {
                let verdict = match no {
                    No::Missing => CheckResult::Failed(Remedy::SubscriptionMissing),
                    No::Denied => CheckResult::Failed(Remedy::SubscriptionDenied),
                    No::Disabled(_) | No::Scopes | No::Exists | No::Other(_) => self.other(no),
                };
                self.report.put(Check::Subscription, verdict);
                return;
            }
        };
        self.report.put(Check::EventsApi, CheckResult::Passed);
        let itself = read::subscription(&found);
        self.report.put(Check::Subscription, if itself == CheckResult::Passed { made } else { itself });
        match read::topic(&found, now) {
            Err(verdict) => self.report.put(Check::Topic, verdict),
            Ok(topic) => self.topic(&name, topic).await,
        }
    }

    async fn topic(&mut self, subscription: &str, topic: String) {
        match self.get(&topic).await.0 {
            Ok(_) => {
                // Keep the verdict of a topic that was created a moment ago.
                if self.report.findings.iter().all(|finding| finding.check != Check::Topic) {
                    self.report.put(Check::Topic, CheckResult::Passed);
                }
                self.report.topic = Some(topic.clone());
            }
            Err(no) => {
                let verdict = match no {
                    No::Missing => CheckResult::Failed(Remedy::TopicDeleted),
                    No::Denied => CheckResult::Failed(Remedy::TopicDenied),
                    No::Disabled(_) | No::Scopes | No::Exists | No::Other(_) => self.other(no),
                };
                self.report.put(Check::Topic, verdict);
                return;
            }
        }
        let verdict = match self.get(&format!("{topic}:getIamPolicy")).await.0 {
            Ok(policy) if read::lets_google_publish(&policy) => CheckResult::Passed,
            Ok(policy) if self.make => make_publisher(self, &topic, policy).await,
            Ok(_) => {
                let mistaken = self.get(&format!("{subscription}:getIamPolicy")).await.0;
                let is_there = mistaken.is_ok_and(|policy| read::lets_google_publish(&policy));
                CheckResult::Failed(if is_there { Remedy::PublisherOnSubscription } else { Remedy::PublisherMissing })
            }
            Err(No::Denied) => CheckResult::Mind(Remedy::PolicyHidden),
            Err(no) => self.other(no),
        };
        self.report.put(Check::Publisher, verdict);
    }

    /// Returns the verdict of a failure that means the same for every check.
    pub(super) fn other(&mut self, no: No) -> CheckResult {
        let result = Err(no);
        self.note_project(&result);
        match result {
            Ok(()) | Err(No::Exists) => CheckResult::Untried,
            Err(No::Disabled(_)) => {
                self.report.put(Check::EventsApi, CheckResult::Failed(Remedy::EnableEventsApi));
                CheckResult::Untried
            }
            Err(No::Scopes) => CheckResult::Failed(Remedy::NotAllAllowed),
            Err(No::Denied) => CheckResult::Failed(Remedy::TopicDenied),
            Err(No::Missing) => CheckResult::Failed(Remedy::SubscriptionMissing),
            Err(No::Other(remedy)) => CheckResult::Failed(remedy),
        }
    }

    /// Stores the Cloud project: Google names the project whose API is disabled.
    fn note_project<T>(&mut self, answer: &Result<T, No>) {
        if let Err(No::Disabled(Some(number))) = answer {
            self.report.cloud = Some(number.clone());
        }
    }

    async fn get(&self, what: &str) -> (Result<Value, No>, Option<jiff::Timestamp>) {
        let answer = self.client.events_answer(Method::GET, what, None).await;
        let now = answer.as_ref().ok().and_then(|answer| answer.date);
        (object(answer), now)
    }
}
