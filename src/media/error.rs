//! The reasons that a picture cannot be shown, in texts that help the user.
//!
//! The links to pictures carry keys, so no text here contains more of a link than its host.

use crate::i18n::{Message, ToMessage, display_english, message};

/// Bytes in a megabyte, in the usual sense.
const MIB: usize = 1024 * 1024;

/// The reason that a picture cannot be shown. Each one displays as a plain sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureError {
    /// The link is no URL, or the target of a redirect is none.
    NotAUrl,
    /// The link contains a user name or password.
    UserInfo,
    /// The link to another machine is not https.
    NotHttps(String),
    /// The host of the link does not belong to the account.
    ForeignHost(String),
    /// There are too many redirects.
    TooManyHops(u32),
    /// 401 or 403: the key in the link is not valid.
    Denied,
    /// 404 or 410.
    NotFound,
    /// Any other status than that of a picture.
    Status(u16),
    /// HTML: the login page of a network, or an error page with a success status.
    Page,
    /// The file is neither PNG, JPEG, GIF nor a clip in H.264.
    NotAPicture,
    /// The file is larger than the limit.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The picture has more pixels than the limits allow; nothing was decoded.
    TooManyPixels { width: u32, height: u32 },
    /// The file begins like a picture, but cannot be decoded to the end.
    Broken,
    /// The answer did not arrive in time, or not completely.
    TimedOut(String),
    /// There is no connection, or it broke.
    Unreachable {
        host: String,
        /// The system's error text.
        reason: String,
    },
    /// TLS could not be set up on this machine.
    Tls(String),
    /// The cache has no room beside the pictures that were requested since.
    NoRoom,
}

impl ToMessage for PictureError {
    fn to_message(&self) -> Message {
        match self {
            Self::NotAUrl | Self::UserInfo => message!("picture-bad-link"),
            Self::NotHttps(host) => message!("picture-not-https", host = host),
            Self::ForeignHost(host) => message!("picture-foreign-host", host = host),
            Self::TooManyHops(_) => message!("picture-redirects"),
            Self::Denied => message!("picture-denied"),
            Self::NotFound => message!("picture-gone"),
            Self::Status(status) => message!("picture-status", status = *status),
            Self::Page => message!("picture-page"),
            Self::NotAPicture => message!("picture-none"),
            Self::TooLarge { limit } => message!("picture-too-large", megabytes = limit / MIB),
            Self::TooManyPixels { width, height } => {
                message!("picture-too-many-pixels", width = *width, height = *height)
            }
            Self::Broken => message!("picture-broken"),
            Self::TimedOut(host) => message!("picture-timed-out", host = host),
            Self::Unreachable { host, reason } => message!("picture-unreachable", host = host).quoting(Some(reason)),
            Self::Tls(reason) => message!("no-encryption", reason = reason),
            Self::NoRoom => message!("picture-no-room"),
        }
    }
}

display_english!(PictureError);

impl PictureError {
    /// True if the same link always fails, so that an automatic retry is useless.
    pub fn is_lasting(&self) -> bool {
        match self {
            Self::NotAUrl | Self::UserInfo | Self::NotHttps(_) | Self::ForeignHost(_) => true,
            Self::TooManyHops(_)
            | Self::Denied
            | Self::NotFound
            | Self::Status(_)
            | Self::Page
            | Self::NotAPicture
            | Self::TooLarge { .. }
            | Self::TooManyPixels { .. }
            | Self::Broken
            | Self::TimedOut(_)
            | Self::Unreachable { .. }
            | Self::Tls(_)
            | Self::NoRoom => false,
        }
    }
}
