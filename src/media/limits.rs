//! How large a picture may be, how long it may take, and how many are kept.

use std::time::Duration;

/// Mebibytes in bytes.
const MIB: usize = 1024 * 1024;

/// The limits of one set of pictures. Tests shorten them; the program uses the default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Connecting takes at most this long.
    pub connect: Duration,
    /// Asking for a picture and reading it, redirects included, take at most this long.
    pub total: Duration,
    /// After a failure, and before a picture that was put away is loaded again, this time passes.
    pub retry_after: Duration,
    /// A picture is not loaded anew sooner than this, whatever age is asked for.
    pub least_age: Duration,
    /// So many are loaded at once; the others wait their turn.
    pub at_once: usize,
    /// No file is larger, in bytes.
    pub file_bytes: usize,
    /// No picture is wider or higher, in pixels.
    pub side: u32,
    /// No picture has more pixels.
    pub pixels: u64,
    /// What is larger is scaled down until neither side is longer, in pixels.
    pub shown_side: u32,
    /// A moving picture keeps its first frames up to so many.
    pub frames: usize,
    /// A moving picture keeps its first frames up to so many bytes of pixels.
    pub frame_bytes: usize,
    /// So many addresses are remembered.
    pub kept: usize,
    /// Addresses of so many bytes are remembered: some have the picture within.
    pub kept_address_bytes: usize,
    /// So many bytes of pixels are kept.
    pub kept_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(15),
            retry_after: Duration::from_secs(30),
            least_age: Duration::from_secs(1),
            at_once: 4,
            file_bytes: 10 * MIB,
            side: 8192,
            pixels: 32_000_000,
            shown_side: 1600,
            frames: 200,
            frame_bytes: 64 * MIB,
            kept: 512,
            kept_address_bytes: 16 * MIB,
            kept_bytes: 192 * MIB,
        }
    }
}

impl Limits {
    /// What a decoder may allocate at once: a moving picture has three layers of four bytes.
    pub(super) fn decoder_bytes(&self) -> u64 {
        self.pixels.saturating_mul(4 * 4)
    }
}
