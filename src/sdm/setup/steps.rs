//! The steps of the one-time set-up at Google, and their pages.

use url::Url;

/// A step of the set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupStep {
    /// Create a Cloud project and enable both APIs.
    CloudProject,
    /// Fill in and publish the consent screen.
    Consent,
    /// Create the OAuth client.
    Client,
    /// Create the Device Access project, which costs five dollars once.
    DeviceAccess,
    /// Create a pull subscription and its topic; the program can do it.
    Subscription,
    /// Sign in, with every device ticked.
    SignIn,
    /// Let the program check everything and create missing parts.
    Check,
    /// Enter the topic's name at Device Access. This step is the last one because the topic must exist.
    TopicThere,
}

/// A page of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepLink {
    /// Create a Cloud project.
    NewProject,
    /// Enable the API for devices.
    DeviceApi,
    /// Enable Pub/Sub.
    EventsApi,
    /// Fill in the consent screen.
    Consent,
    /// Publish the consent screen.
    Audience,
    /// Create an OAuth client.
    Clients,
    /// The console of Device Access.
    DeviceAccess,
    Topics,
    Subscriptions,
    /// The given consents; the user allows another device here.
    Consents,
}

impl SetupStep {
    /// All steps, in order.
    pub const ALL: [Self; 8] = [
        Self::CloudProject,
        Self::Consent,
        Self::Client,
        Self::DeviceAccess,
        Self::Subscription,
        Self::SignIn,
        Self::Check,
        Self::TopicThere,
    ];

    /// The pages of the step.
    pub fn links(self) -> &'static [StepLink] {
        match self {
            Self::CloudProject => &[StepLink::NewProject, StepLink::DeviceApi, StepLink::EventsApi],
            Self::Consent => &[StepLink::Consent, StepLink::Audience],
            Self::Client => &[StepLink::Clients],
            Self::DeviceAccess | Self::TopicThere => &[StepLink::DeviceAccess],
            Self::Subscription => &[StepLink::Topics, StepLink::Subscriptions],
            Self::SignIn => &[StepLink::Consents],
            Self::Check => &[],
        }
    }
}

impl StepLink {
    /// The address of the page.
    pub fn url(self) -> &'static str {
        match self {
            Self::NewProject => "https://console.cloud.google.com/projectcreate",
            Self::DeviceApi => "https://console.cloud.google.com/apis/library/smartdevicemanagement.googleapis.com",
            Self::EventsApi => "https://console.cloud.google.com/apis/library/pubsub.googleapis.com",
            Self::Consent => "https://console.cloud.google.com/auth/overview",
            Self::Audience => "https://console.cloud.google.com/auth/audience",
            Self::Clients => "https://console.cloud.google.com/auth/clients",
            Self::DeviceAccess => "https://console.nest.google.com/device-access",
            Self::Topics => "https://console.cloud.google.com/cloudpubsub/topic/list",
            Self::Subscriptions => "https://console.cloud.google.com/cloudpubsub/subscription/list",
            Self::Consents => crate::sdm::SIGN_IN,
        }
    }

    /// The address of the page in a Cloud project; `cloud` is its id or number, if known.
    pub fn page(self, cloud: Option<&str>) -> Option<Url> {
        let mut page = Url::parse(self.url()).ok()?;
        let of_project = match self {
            Self::NewProject | Self::DeviceAccess | Self::Consents => false,
            Self::DeviceApi
            | Self::EventsApi
            | Self::Consent
            | Self::Audience
            | Self::Clients
            | Self::Topics
            | Self::Subscriptions => true,
        };
        if let Some(cloud) = cloud.filter(|_| of_project) {
            page.query_pairs_mut().append_pair("project", cloud);
        }
        Some(page)
    }
}
