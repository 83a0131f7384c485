//! Limits on the size, the load time and the number of pictures.

use std::time::Duration;

/// Mebibytes in bytes.
const MIB: usize = 1024 * 1024;

/// The limits of one image cache. Tests reduce them; the program uses the default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Time limit of a connect.
    pub connect: Duration,
    /// Time limit of a fetch, redirects included.
    pub total: Duration,
    /// Time after a failure or an eviction until a picture is loaded again.
    pub retry_after: Duration,
    /// The shortest time between two loads of a picture, regardless of the requested age.
    pub least_age: Duration,
    /// The largest number of concurrent loads; the others wait.
    pub at_once: usize,
    /// The largest file, in bytes.
    pub file_bytes: usize,
    /// The largest width or height, in pixels.
    pub side: u32,
    /// The largest number of pixels.
    pub pixels: u64,
    /// The largest width or height after scaling down, in pixels.
    pub shown_side: u32,
    /// The largest number of frames of an animated picture; it keeps the first ones.
    pub frames: usize,
    /// The largest size of the frames of an animated picture, in bytes of pixels; it keeps the first ones.
    pub frame_bytes: usize,
    /// The largest number of addresses.
    pub kept: usize,
    /// The largest total size of the addresses, in bytes: a `data:` URL contains the picture.
    pub kept_address_bytes: usize,
    /// The largest total size of the pixels, in bytes.
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
    /// The largest allocation of a decoder: an animated picture has three layers of four bytes per pixel.
    pub(super) fn decoder_bytes(&self) -> u64 {
        self.pixels.saturating_mul(4 * 4)
    }
}
