//! Clients that nobody here wrote, on services that live: curl and python-nest through the bridge,
//! and Google's API as google-nest-sdm knows it. Each write of the vendor's guide is done at the
//! service, or refused with the reason.
//!
//! What needs Python packages is run by `tests/clients/run`, which installs them.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]
#![expect(clippy::print_stdout, reason = "each check is told, as those of the other clients are")]

mod support;

#[path = "old_clients/checks.rs"]
mod checks;
#[path = "old_clients/curl.rs"]
mod curl;
#[path = "old_clients/python.rs"]
mod python;
