//! The fields that a service can change.
//!
//! The source are the mapping tables of each service. The control of a field that the service lacks is blocked
//! with that reason.

use super::refusal::Refusal;
use super::service_kind::ServiceKind;
use super::write::Field;

/// The fields that a service can change. The default is all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Capabilities {
    lacks: Option<(ServiceKind, &'static [Field])>,
}

impl Capabilities {
    /// All fields except these.
    pub const fn lacking(service: ServiceKind, fields: &'static [Field]) -> Self {
        Self { lacks: Some((service, fields)) }
    }

    /// The service that lacks fields; `None` if it has all.
    pub fn service(self) -> Option<ServiceKind> {
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
