//! What the service behind a home can do: for some less than the devices in it could.
//!
//! The mapping tables of each service are the source; what is not possible is shown closed with the
//! reason, and never pretended.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::write::Field;

/// A service that can do less than the Works with Nest API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceName {
    /// The self-hosted server for thermostats of the first and second generation.
    NoLongerEvil,
    /// The one that the same project runs for others.
    HostedNoLongerEvil,
    /// Google's present API.
    DeviceAccess,
}

impl ServiceName {
    /// What it calls itself.
    pub fn title(self) -> &'static str {
        match self {
            Self::NoLongerEvil => "No Longer Evil",
            Self::HostedNoLongerEvil => "nolongerevil.com",
            Self::DeviceAccess => "Google Device Access",
        }
    }
}

/// What a service can change. The default is everything that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Abilities {
    lacks: Option<(ServiceName, &'static [Field])>,
}

impl Abilities {
    /// All but these.
    pub const fn lacking(service: ServiceName, fields: &'static [Field]) -> Self {
        Self { lacks: Some((service, fields)) }
    }

    /// The service that lacks something; `None` for one that has it all.
    pub fn service(self) -> Option<ServiceName> {
        self.lacks.map(|(service, _)| service)
    }

    /// What it cannot change.
    pub fn lacking_fields(self) -> &'static [Field] {
        self.lacks.map_or(&[], |(_, fields)| fields)
    }

    /// Passes a value that the service can change, or says that it cannot.
    pub fn check(self, field: Field) -> Result<(), Refusal> {
        match self.lacks {
            Some((service, fields)) if fields.contains(&field) => Err(Refusal::ServiceLacks { service, field }),
            Some(_) | None => Ok(()),
        }
    }
}
