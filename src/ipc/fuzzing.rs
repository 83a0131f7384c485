//! Questions and answers of the control socket, as the fuzzer makes them.

use super::protocol::{IpcResponse, PROTOCOL, RequestLine};
use super::server::understood;

/// A question that was understood is said and understood the same; answers are read or not.
#[expect(clippy::expect_used, reason = "a promise that is broken ends the fuzzer")]
pub(crate) fn question(data: &[u8]) {
    serde_json::from_slice::<IpcResponse>(data).ok();
    let Ok(ask) = understood(data) else { return };
    let line = serde_json::to_vec(&RequestLine { protocol: PROTOCOL, ask: ask.clone() }).expect("a question is JSON");
    assert_eq!(understood(&line), Ok(ask));
}
