//! The fields that a service can change.
//!
//! The source are the mapping tables of each service. The control of a field that the service lacks is blocked
//! with that reason.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::write::Field;

/// A service that can do less than the Works with Nest API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceName {
    /// The self-hosted server for thermostats of the first and second generation.
    NoLongerEvil,
    /// The server of the same project at nolongerevil.com.
    HostedNoLongerEvil,
    /// Google's present API.
    DeviceAccess,
}

impl ServiceName {
    /// The name that the service uses for itself.
    pub fn title(self) -> &'static str {
        match self {
            Self::NoLongerEvil => "No Longer Evil",
            Self::HostedNoLongerEvil => "nolongerevil.com",
            Self::DeviceAccess => "Google Device Access",
        }
    }
}

/// The fields that a service can change. The default is all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Capabilities {
    lacks: Option<(ServiceName, &'static [Field])>,
}

impl Capabilities {
    /// All fields except these.
    pub const fn lacking(service: ServiceName, fields: &'static [Field]) -> Self {
        Self { lacks: Some((service, fields)) }
    }

    /// The service that lacks fields; `None` if it has all.
    pub fn service(self) -> Option<ServiceName> {
        self.lacks.map(|(service, _)| service)
    }

    /// The fields that the service cannot change.
    pub fn lacking_fields(self) -> &'static [Field] {
        self.lacks.map_or(&[], |(_, fields)| fields)
    }

    /// Refuses a field that the service cannot change.
    pub fn check(self, field: Field) -> Result<(), Refusal> {
        match self.lacks {
            Some((service, fields)) if fields.contains(&field) => Err(Refusal::ServiceLacks { service, field }),
            Some(_) | None => Ok(()),
        }
    }
}
