//! Independent clients on current services: curl and python-nest through the bridge, and google-nest-sdm on
//! Google's API. The service applies each write of the vendor's guide, or the write is refused with the reason.
//!
//! `tests/clients/run` installs the Python packages and runs the tests that need them.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]
#![expect(clippy::print_stdout, reason = "each check is told, as those of the other clients are")]

use crate::support;

mod checks;
mod curl;
mod python;
