//! What a person does once at Google, step by step, and on which pages.

use url::Url;

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
    /// A pull subscription and its topic; the program can make them.
    Subscription,
    /// Signing in, with every device ticked.
    SignIn,
    /// Having the program check it all, and make what is missing.
    Check,
    /// The topic's name, entered at Device Access. It comes last: the topic has to be there.
    TopicThere,
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
        Self::Subscription,
        Self::SignIn,
        Self::Check,
        Self::TopicThere,
    ];

    /// The pages on which it is done.
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
    /// Its address.
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

    /// Its address in a Cloud project, whose id or number may be known.
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
