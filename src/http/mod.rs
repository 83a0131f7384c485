//! The HTTP parts that every client of a service needs: addresses that may receive a token, answers within
//! bounds, server-sent events. The module knows no protocol above HTTP.

mod address;
mod answer;
mod api;
mod host_policy;
mod raw;
mod sse;

pub use address::{base_url, is_loopback, local_url};
pub(crate) use address::{cause, http_client, reason, unreachable};
pub use answer::Answer;
pub(crate) use answer::{MAX_ANSWER, json_value, read_answer, too_large};
pub(crate) use api::no_redirect;
pub use api::{Api, Trace};
pub use host_policy::HostPolicy;
pub use raw::{DecodeError, ExampleThermostat, Method, RawApi, RawRequest, known_thermostat, range_of};
pub(crate) use sse::{Decoder, Event, TooLarge};
