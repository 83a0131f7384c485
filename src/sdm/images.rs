//! Pictures and clips of camera events. A picture is available for thirty seconds after the event and needs its
//! own token, a clip needs the token of the account; so the program fetches each one at once, even if no window
//! is open. The device tree contains the picture itself, so that no address or token leaves this file.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use tokio::task::JoinSet;
use tokio::time::Instant;
use url::Url;

use super::listen::SdmService;
use crate::home::{Confidential, DeviceId};
use crate::http::HostPolicy;

/// The width in pixels, enough for a card and for the page of a camera.
pub(super) const WIDTH: &str = "640";
/// The largest size of a picture, in bytes. No picture of that width is larger.
pub(super) const MOST_BYTES: usize = 512 * 1024;
/// The largest size of a clip, in bytes. No clip of ten frames is larger; the device tree contains it, as it
/// does the picture.
pub(super) const MOST_CLIP_BYTES: usize = 2 * 1024 * 1024;
/// Domains of Google. Hosts below them serve no pictures of other parties.
const VENDOR: &[&str] = &[".nest.com", ".dropcam.com", ".google.com"];
/// The same with the domain of Google that serves clips, except for [`STORAGE`].
const CLIP_VENDOR: &[&str] = &[".nest.com", ".dropcam.com", ".google.com", ".googleapis.com"];
/// A host on which anyone may store files.
const STORAGE: &[&str] = &["storage.googleapis.com"];

/// A picture or a clip to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ImageRequest {
    pub(super) device: DeviceId,
    /// The session of the event that the picture shows.
    pub(super) session: String,
    pub(super) kind: ImageKind,
}

/// The kind of file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ImageKind {
    /// A picture; the id of the event.
    Still(String),
    /// A clip; its address.
    Clip(Confidential),
}

impl SdmService {
    /// Fetches the requested pictures, each one on a task of its own, so that further events can arrive
    /// meanwhile.
    pub(super) fn fetch_images(self: &Arc<Self>, fetching: &mut JoinSet<()>) {
        while fetching.try_join_next().is_some() {}
        let requests = std::mem::take(&mut self.state().images_wanted);
        let now = Instant::now();
        for request in requests {
            if let ImageKind::Still(_) = request.kind {
                // A camera accepts a hundred commands an hour, over all programs of the user.
                let last = self.state().image_asked.get(&request.device).copied();
                if last.is_some_and(|last| now.duration_since(last) < self.times.image_gap) {
                    continue;
                }
                self.state().image_asked.insert(request.device.clone(), now);
            }
            let service = Arc::clone(self);
            fetching.spawn(async move { service.fetch_image(&request).await });
        }
    }

    async fn fetch_image(&self, request: &ImageRequest) {
        let file = match &request.kind {
            ImageKind::Still(event) => self.client.event_image(&request.device, event).await,
            ImageKind::Clip(at) => self.client.event_clip(at).await,
        };
        match file {
            // The picture may have expired, or the camera keeps none.
            Err(failure) => tracing::info!(%failure, "there is no picture of an event"),
            Ok(picture) => {
                let Some(link) = inline(&picture) else {
                    tracing::info!("the answer is not a picture of the event");
                    return;
                };
                if self.state().show_image(request, link) {
                    self.poke.notify_one();
                }
            }
        }
    }
}

/// Returns the picture as a `data:` URL; `None` if the file is no known image or video.
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

/// The hosts that the account's own token may be sent to for a clip.
pub(super) fn clip_hosts(api: &Url) -> HostPolicy<'_> {
    HostPolicy::new(api, CLIP_VENDOR).denying(STORAGE).leaving_this_machine()
}

/// The hosts that the token of a picture may be sent to.
pub(super) fn picture_hosts(api: &Url) -> HostPolicy<'_> {
    HostPolicy::new(api, VENDOR).leaving_this_machine()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_a_picture_goes_only_to_the_vendor() {
        let ask = |at: &str| {
            let api = Url::parse(crate::sdm::API).expect("a URL");
            picture_hosts(&api).check(&Url::parse(at).expect("a URL")).is_ok()
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
    fn the_token_of_the_account_goes_only_to_google() {
        let ask = |at: &str| {
            let api = Url::parse(crate::sdm::API).expect("a URL");
            clip_hosts(&api).check(&Url::parse(at).expect("a URL")).is_ok()
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
    fn only_pictures_are_decoded() {
        assert!(inline(&Bytes::from_static(b"<html>")).is_none());
        assert!(inline(&Bytes::new()).is_none());
        let link = inline(&Bytes::from_static(&[0xff, 0xd8, 0xff, 0xe0])).expect("a picture");
        assert_eq!(link.reveal(), "data:image/jpeg;base64,/9j/4A==");
        assert_eq!(format!("{link:?}"), "[confidential]");
    }
}
