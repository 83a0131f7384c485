//! The reasons that a picture cannot be shown, in texts that help the user.
//!
//! The links to pictures carry keys, so no text here contains more of a link than its host.

/// Bytes in a megabyte, in the usual sense.
const MIB: usize = 1024 * 1024;

/// The reason that a picture cannot be shown. Each one displays as a plain sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The link is no URL, or the target of a redirect is none.
    #[error("the link to the picture is not a web address")]
    NotAUrl,
    /// The link contains a user name or password.
    #[error("the link to the picture holds a user name or password, so it was not followed")]
    UserInfo,
    /// The link to another machine is not https.
    #[error("the picture would come from {0} without encryption, so it was not asked for")]
    NotHttps(String),
    /// The host of the link does not belong to the account.
    #[error("the picture would come from {0}, which does not belong to the service, so it was not asked for")]
    ForeignHost(String),
    /// There are too many redirects.
    #[error("the service redirected more than {0} times on the way to the picture")]
    TooManyHops(u32),
    /// 401 or 403: the key in the link is not valid.
    #[error("the service does not accept the link to the picture; links expire, and the next event brings a new one")]
    Denied,
    /// 404 or 410.
    #[error("the service does not have this picture any more")]
    NotFound,
    /// Any other status than that of a picture.
    #[error("the service answered {0} in place of a picture")]
    Status(u16),
    /// HTML: the login page of a network, or an error page with a success status.
    #[error("the service sent a page instead of a picture; does this network ask to sign in?")]
    Page,
    /// The file is neither PNG, JPEG, GIF nor a clip in H.264.
    #[error("the service sent something that is neither a PNG, JPEG or GIF picture nor a clip that can be shown")]
    NotAPicture,
    /// The file is larger than the limit.
    #[error("the picture is larger than {} MB, so it was not loaded", .limit / MIB)]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The picture has more pixels than the limits allow; nothing was decoded.
    #[error("the picture claims {width} × {height} pixels, which is too many to show")]
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The file begins like a picture, but cannot be decoded to the end.
    #[error("the picture arrived damaged or incomplete")]
    Broken,
    /// The answer did not arrive in time, or not completely.
    #[error("{0} did not send the picture in time")]
    TimedOut(String),
    /// There is no connection, or it broke.
    #[error("the picture cannot be loaded from {host}: {reason}")]
    Unreachable {
        /// The host.
        host: String,
        /// The system's error text.
        reason: String,
    },
    /// TLS could not be set up on this machine.
    #[error("encryption could not be set up: {0}")]
    Tls(String),
    /// The cache has no room beside the pictures that were requested since.
    #[error("too many pictures are open at once; this one comes back when there is room")]
    NoRoom,
}

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
