//! Why a picture cannot be shown, in words that a person can do something with.
//!
//! The links to pictures carry keys, so no text here holds more of one than its host.

/// Bytes in a megabyte as people count them.
const MIB: usize = 1024 * 1024;

/// Why a picture cannot be shown. Each displays as a plain sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The link is no URL, or a redirect led to none.
    #[error("the link to the picture is not a web address")]
    NotAUrl,
    /// A user name or password in the link.
    #[error("the link to the picture holds a user name or password, so it was not followed")]
    UserInfo,
    /// A link to another machine that is not https.
    #[error("the picture would come from {0} without encryption, so it was not asked for")]
    NotHttps(String),
    /// A link to a host that has nothing to do with the account.
    #[error("the picture would come from {0}, which does not belong to the service, so it was not asked for")]
    ForeignHost(String),
    /// One redirect after another.
    #[error("the service redirected more than {0} times on the way to the picture")]
    TooManyHops(u32),
    /// 401 or 403: the key in the link is not good.
    #[error("the service does not accept the link to the picture; links expire, and the next event brings a new one")]
    Denied,
    /// 404 or 410.
    #[error("the service does not have this picture any more")]
    NotFound,
    /// Any other answer than a picture.
    #[error("the service answered {0} in place of a picture")]
    Status(u16),
    /// HTML: a network's sign-in page, or an error page that claims success.
    #[error("the service sent a page instead of a picture; does this network ask to sign in?")]
    Page,
    /// Neither PNG, JPEG, GIF nor a clip in H.264.
    #[error("the service sent something that is neither a PNG, JPEG or GIF picture nor a clip that can be shown")]
    NotAPicture,
    /// The file is larger than the limit, which is given in bytes.
    #[error("the picture is larger than {} MB, so it was not loaded", .limit / MIB)]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// More pixels than the limits allow; nothing of it was decoded.
    #[error("the picture claims {width} × {height} pixels, which is too many to show")]
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// It begins like a picture, but cannot be decoded to the end.
    #[error("the picture arrived damaged or incomplete")]
    Broken,
    /// No answer in time, or not all of it.
    #[error("{0} did not send the picture in time")]
    TimedOut(String),
    /// No connection, or one that broke off.
    #[error("the picture cannot be loaded from {host}: {reason}")]
    Unreachable {
        /// The host.
        host: String,
        /// What the system says.
        reason: String,
    },
    /// Encryption could not be set up on this machine.
    #[error("encryption could not be set up: {0}")]
    Tls(String),
    /// There is no room beside the pictures that were wanted since.
    #[error("too many pictures are open at once; this one comes back when there is room")]
    NoRoom,
}

impl PictureError {
    /// Whether the same link can never do better, so that trying again by itself is useless.
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
