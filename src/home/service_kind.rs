//! The services that the program speaks to.

use serde::{Deserialize, Serialize};

/// A service, by its API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceKind {
    /// The Works with Nest API.
    #[default]
    WorksWithNest,
    /// The self-hosted server for thermostats of the first and second generation.
    NoLongerEvil,
    /// The server of the same project at nolongerevil.com.
    HostedNoLongerEvil,
    /// Google's present API.
    DeviceAccess,
}

impl ServiceKind {
    /// The kinds that a user chooses from. The address decides between a self-hosted and the hosted server.
    pub const CHOICES: [Self; 3] = [Self::WorksWithNest, Self::NoLongerEvil, Self::DeviceAccess];

    /// The name that the service uses for itself.
    pub fn title(self) -> &'static str {
        match self {
            Self::WorksWithNest => "Works with Nest",
            Self::NoLongerEvil => "No Longer Evil",
            Self::HostedNoLongerEvil => "nolongerevil.com",
            Self::DeviceAccess => "Google Device Access",
        }
    }

    /// The name in the settings, on the command line and in the ids of messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::WorksWithNest => "wwn",
            Self::NoLongerEvil | Self::HostedNoLongerEvil => "nle",
            Self::DeviceAccess => "sdm",
        }
    }

    /// The choice with this name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::CHOICES.into_iter().find(|kind| kind.word() == word)
    }

    /// True if the thermostats of the service keep a weekly schedule that the service can read and replace.
    pub fn keeps_schedules(self) -> bool {
        match self {
            Self::NoLongerEvil | Self::HostedNoLongerEvil => true,
            Self::WorksWithNest | Self::DeviceAccess => false,
        }
    }

    /// True if an account of this kind always has a token.
    pub fn needs_token(self) -> bool {
        match self {
            Self::WorksWithNest | Self::HostedNoLongerEvil | Self::DeviceAccess => true,
            Self::NoLongerEvil => false,
        }
    }
}
