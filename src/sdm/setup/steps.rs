//! What a person does once at Google, step by step, and on which pages.

/// Where OAuth clients are.
pub(super) const CLIENTS: &str = "https://console.cloud.google.com/auth/clients";
/// Where the consent screen is published.
pub(super) const AUDIENCE: &str = "https://console.cloud.google.com/auth/audience";
/// Where the API for devices is enabled.
pub(super) const DEVICE_API: &str =
    "https://console.cloud.google.com/apis/library/smartdevicemanagement.googleapis.com";
/// Where Pub/Sub is enabled.
pub(super) const EVENTS_API: &str = "https://console.cloud.google.com/apis/library/pubsub.googleapis.com";
/// Where topics are.
pub(super) const TOPICS: &str = "https://console.cloud.google.com/cloudpubsub/topic/list";
/// Where subscriptions are.
pub(super) const SUBSCRIPTIONS: &str = "https://console.cloud.google.com/cloudpubsub/subscription/list";
/// Where a person signs up for Device Access and finds the project's id.
pub(super) const DEVICE_ACCESS: &str = "https://console.nest.google.com/device-access";
const NEW_PROJECT: &str = "https://console.cloud.google.com/projectcreate";
const CONSENT: &str = "https://console.cloud.google.com/auth/overview";

/// A step of the set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A Cloud project, with both APIs enabled.
    CloudProject,
    /// The consent screen, filled in and published.
    Consent,
    /// The OAuth client.
    Client,
    /// The Device Access project, which costs five dollars once.
    DeviceAccess,
    /// The topic on which Google may publish; the program can make it.
    Topic,
    /// The pull subscription; the program can make it.
    Subscription,
    /// The topic's name, entered at Device Access.
    TopicThere,
    /// Signing in, with every device ticked.
    SignIn,
}

/// A page of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepLink {
    /// Make a Cloud project.
    NewProject,
    /// Enable the API for devices.
    DeviceApi,
    /// Enable Pub/Sub.
    EventsApi,
    /// Fill in the consent screen.
    Consent,
    /// Publish it.
    Audience,
    /// Make an OAuth client.
    Clients,
    /// The console of Device Access.
    DeviceAccess,
    /// The topics.
    Topics,
    /// The subscriptions.
    Subscriptions,
    /// What was consented to; another device is allowed here.
    Consents,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::CloudProject,
        Self::Consent,
        Self::Client,
        Self::DeviceAccess,
        Self::Topic,
        Self::Subscription,
        Self::TopicThere,
        Self::SignIn,
    ];

    /// The pages on which it is done.
    pub fn links(self) -> &'static [StepLink] {
        match self {
            Self::CloudProject => &[StepLink::NewProject, StepLink::DeviceApi, StepLink::EventsApi],
            Self::Consent => &[StepLink::Consent, StepLink::Audience],
            Self::Client => &[StepLink::Clients],
            Self::DeviceAccess | Self::TopicThere => &[StepLink::DeviceAccess],
            Self::Topic => &[StepLink::Topics],
            Self::Subscription => &[StepLink::Subscriptions],
            Self::SignIn => &[StepLink::Consents],
        }
    }
}

impl StepLink {
    /// Its address.
    pub fn url(self) -> &'static str {
        match self {
            Self::NewProject => NEW_PROJECT,
            Self::DeviceApi => DEVICE_API,
            Self::EventsApi => EVENTS_API,
            Self::Consent => CONSENT,
            Self::Audience => AUDIENCE,
            Self::Clients => CLIENTS,
            Self::DeviceAccess => DEVICE_ACCESS,
            Self::Topics => TOPICS,
            Self::Subscriptions => SUBSCRIPTIONS,
            Self::Consents => super::super::SIGN_IN,
        }
    }
}
