//! Pictures and clips of what cameras saw. Google gives a picture for thirty seconds after the event
//! and to whoever has its own token, and a clip to the account's; so each is fetched at once, whether
//! or not a window is there to show it, and the home has the picture itself: neither address nor
//! token leaves this file.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use tokio::task::JoinSet;
use tokio::time::Instant;
use url::{Host, Url};

use super::listen::SdmService;
use crate::home::{Confidential, DeviceId};
use crate::http::is_loopback;
use crate::service::UnsafeRedirect;

/// Enough for a card and for the page of a camera.
pub(super) const WIDTH: &str = "640";
/// No picture of that width is larger.
pub(super) const MOST_BYTES: usize = 512 * 1024;
/// No clip of ten frames is larger; it travels with the home, as the picture does.
pub(super) const MOST_CLIP_BYTES: usize = 2 * 1024 * 1024;
/// Hosts below these are Google's and serve pictures of nobody else.
const VENDOR: [&str; 3] = [".nest.com", ".dropcam.com", ".google.com"];
/// Hosts below this are Google's too, and serve clips, except where anybody may put files.
const GOOGLE_APIS: &str = ".googleapis.com";
/// Where anybody may put files.
const STORAGE: &str = "storage.googleapis.com";

/// A picture or a clip that is to be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) device: DeviceId,
    /// What it is a picture of.
    pub(super) session: String,
    pub(super) kind: WishKind,
}

/// Of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum WishKind {
    /// A picture, by the id of the event.
    Still(String),
    /// A clip, by its address.
    Clip(Confidential),
}

impl SdmService {
    /// Fetches the pictures of what was just told, each on a task of its own: more may be told
    /// meanwhile.
    pub(super) fn fetch_images(self: &Arc<Self>, fetching: &mut JoinSet<()>) {
        while fetching.try_join_next().is_some() {}
        let wishes = std::mem::take(&mut self.state().images_wanted);
        let now = Instant::now();
        for wish in wishes {
            if let WishKind::Still(_) = wish.kind {
                // A camera takes a hundred commands an hour, over all programs of its owner.
                let asked = self.state().image_asked.get(&wish.device).copied();
                if asked.is_some_and(|asked| now.duration_since(asked) < self.times.image_gap) {
                    continue;
                }
                self.state().image_asked.insert(wish.device.clone(), now);
            }
            let service = Arc::clone(self);
            fetching.spawn(async move { service.fetch_image(&wish).await });
        }
    }

    async fn fetch_image(&self, wish: &Wish) {
        let file = match &wish.kind {
            WishKind::Still(event) => self.client.event_image(&wish.device, event).await,
            WishKind::Clip(at) => self.client.event_clip(at).await,
        };
        match file {
            // It may be too late for it already, or the camera keeps none.
            Err(failure) => tracing::info!(%failure, "there is no picture of an event"),
            Ok(picture) => {
                let Some(link) = inline(&picture) else {
                    tracing::info!("what came in place of a picture of an event is none");
                    return;
                };
                if self.state().show_image(wish, link) {
                    self.poke.notify_one();
                }
            }
        }
    }
}

/// The picture as an address that has it within.
fn inline(picture: &Bytes) -> Option<Confidential> {
    let kind = if picture.starts_with(&[0xff, 0xd8, 0xff]) {
        "image/jpeg"
    } else if picture.starts_with(b"\x89PNG") {
        "image/png"
    } else if picture.starts_with(b"GIF8") {
        "image/gif"
    } else if picture.get(4..8) == Some(b"ftyp") {
        "video/mp4"
    } else {
        return None;
    };
    Some(Confidential::new(format!("data:{kind};base64,{}", STANDARD.encode(picture))))
}

/// Whether the account's own token may be sent to the address of a clip.
pub(super) fn may_ask_for_a_clip(api: &Url, at: &Url) -> Result<(), UnsafeRedirect> {
    let is_googles = at
        .domain()
        .is_some_and(|name| name.ends_with(GOOGLE_APIS) && name != STORAGE && !name.ends_with(&format!(".{STORAGE}")));
    let has_person = !at.username().is_empty() || at.password().is_some();
    if is_googles && !has_person && at.scheme() == "https" { Ok(()) } else { may_ask(api, at) }
}

/// Whether the token of a picture may be sent to this address. `api` is where the account is: one on
/// this machine may have its pictures here.
pub(super) fn may_ask(api: &Url, at: &Url) -> Result<(), UnsafeRedirect> {
    if !at.username().is_empty() || at.password().is_some() {
        return Err(UnsafeRedirect::UserInfo);
    }
    if is_loopback(api) && is_loopback(at) {
        return Ok(());
    }
    let is_own = match at.host() {
        Some(Host::Domain(name)) => {
            VENDOR.iter().any(|vendor| name.ends_with(vendor)) || api.host_str() == Some(name) && !is_loopback(at)
        }
        Some(Host::Ipv4(_) | Host::Ipv6(_)) | None => false,
    };
    if !is_own {
        return Err(UnsafeRedirect::ForeignHost(at.host_str().unwrap_or_default().to_owned()));
    }
    if at.scheme() == "https" { Ok(()) } else { Err(UnsafeRedirect::NotHttps) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_a_picture_goes_to_the_vendor_alone() {
        let ask = |at: &str| {
            let api = Url::parse(crate::sdm::API).expect("a URL");
            may_ask(&api, &Url::parse(at).expect("a URL")).is_ok()
        };
        for own in [
            "https://nexusapi-us1.camera.home.nest.com/sdm_event_snapshot/x",
            "https://www.dropcam.com/x",
            "https://home.google.com/x",
            "https://smartdevicemanagement.googleapis.com/x",
        ] {
            assert!(ask(own), "{own}");
        }
        for foreign in [
            "http://www.dropcam.com/x",
            "https://evilnest.com/x",
            "https://nest.com.evil.com/x",
            "https://storage.googleapis.com/of-anybody/x",
            "https://evilgoogle.com/x",
            "https://www.dropcam.com@evil.com/x",
            "https://user@www.dropcam.com/x",
            "https://192.168.1.1/x",
            "https://127.0.0.1/x",
            "http://127.0.0.1/x",
            "https://localhost/x",
            "ftp://www.dropcam.com/x",
        ] {
            assert!(!ask(foreign), "{foreign}");
        }
    }

    #[test]
    fn the_token_of_the_account_goes_to_google_alone() {
        let ask = |at: &str| {
            let api = Url::parse(crate::sdm::API).expect("a URL");
            may_ask_for_a_clip(&api, &Url::parse(at).expect("a URL")).is_ok()
        };
        for own in ["https://nest-camera-frontend.googleapis.com/x", "https://clips.home.nest.com/x"] {
            assert!(ask(own), "{own}");
        }
        for foreign in [
            "http://nest-camera-frontend.googleapis.com/x",
            "https://user@nest-camera-frontend.googleapis.com/x",
            "https://storage.googleapis.com/of-anybody/x",
            "https://of-anybody.storage.googleapis.com/x",
            "https://evilgoogleapis.com/x",
            "https://googleapis.com.evil.com/x",
            "https://127.0.0.1/x",
        ] {
            assert!(!ask(foreign), "{foreign}");
        }
    }

    #[test]
    fn only_a_picture_becomes_one() {
        assert!(inline(&Bytes::from_static(b"<html>")).is_none());
        assert!(inline(&Bytes::new()).is_none());
        let link = inline(&Bytes::from_static(&[0xff, 0xd8, 0xff, 0xe0])).expect("a picture");
        assert_eq!(link.reveal(), "data:image/jpeg;base64,/9j/4A==");
        assert_eq!(format!("{link:?}"), "[confidential]");
    }
}
