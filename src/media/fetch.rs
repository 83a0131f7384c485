//! Fetches pictures: bounded in time and size, from allowed hosts only, without any token.

use std::sync::{Arc, OnceLock};

use bytes::{Bytes, BytesMut};
use reqwest::Response;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, LOCATION};
use tokio::sync::Semaphore;
use url::Url;

use super::address;
use super::clip::is_clip;
use super::decode::{Decoded, decode};
use super::decoder_process::{Clips, decode_aside};
use super::error::PictureError;
use super::limits::Limits;
use crate::home::Confidential;
use crate::http::{is_loopback, reason};
use crate::wwn::client::MAX_HOPS;

/// Loads pictures of one account.
pub(super) struct Loader {
    account: Url,
    limits: Limits,
    clips: Clips,
    /// Limits the number of concurrent loads.
    turns: Semaphore,
    /// Limits decoding to one picture at a time: each may take a hundred megabytes meanwhile.
    decoding: Arc<Semaphore>,
    here: OnceLock<reqwest::Client>,
    elsewhere: OnceLock<reqwest::Client>,
}

impl Loader {
    pub(super) fn new(account: Url, limits: Limits, clips: Clips) -> Self {
        let turns = Semaphore::new(limits.at_once);
        let decoding = Arc::new(Semaphore::new(1));
        Self { account, limits, clips, turns, decoding, here: OnceLock::new(), elsewhere: OnceLock::new() }
    }

    /// Waits for its turn, fetches and decodes.
    pub(super) async fn load(&self, link: &Confidential) -> Result<Decoded, PictureError> {
        let within = address::within(link.reveal(), self.limits.file_bytes);
        let file = if let Some(file) = within { file? } else { self.request(link).await? };
        self.decode(file).await
    }

    /// Waits for its turn, and decodes a file.
    pub(super) async fn decode(&self, file: Bytes) -> Result<Decoded, PictureError> {
        let one = Arc::clone(&self.decoding).acquire_owned().await;
        if let (Clips::Separate(program), true) = (&self.clips, is_clip(&file)) {
            return decode_aside(program, &file, &self.limits).await;
        }
        let limits = self.limits.clone();
        let decoded = tokio::task::spawn_blocking(move || {
            // Hold the permit here: the waiting task may be dropped before this ends.
            let _one = one;
            decode(&file, &limits)
        });
        // A panic of a decoder means that the picture is broken.
        decoded.await.unwrap_or(Err(PictureError::Broken))
    }

    async fn request(&self, link: &Confidential) -> Result<Bytes, PictureError> {
        let url = address::parse(&self.account, link.reveal())?;
        let host = host(&url);
        // The semaphore is never closed, so ignoring the error is safe.
        let _turn = self.turns.acquire().await;
        let file = tokio::time::timeout(self.limits.total, self.fetch(url)).await;
        file.unwrap_or(Err(PictureError::TimedOut(host)))
    }

    async fn fetch(&self, mut at: Url) -> Result<Bytes, PictureError> {
        for _ in 0..=MAX_HOPS {
            let request = self.client(&at)?.get(at.clone()).header(ACCEPT, "image/png, image/jpeg, image/gif");
            let response = request.send().await.map_err(|err| unreachable(&at, &err))?;
            let status = response.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                return self.read(&at, response).await;
            }
            let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
            at = location.and_then(|location| at.join(location).ok()).ok_or(PictureError::NotAUrl)?;
            address::check(&self.account, &at)?;
        }
        Err(PictureError::TooManyHops(MAX_HOPS))
    }

    async fn read(&self, at: &Url, mut response: Response) -> Result<Bytes, PictureError> {
        match response.status().as_u16() {
            200 => {}
            401 | 403 => return Err(PictureError::Denied),
            404 | 410 => return Err(PictureError::NotFound),
            status => return Err(PictureError::Status(status)),
        }
        if is_html(response.headers()) {
            return Err(PictureError::Page);
        }
        let limit = self.limits.file_bytes;
        let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
        if announced.is_some_and(|length| length > limit) {
            return Err(PictureError::TooLarge { limit });
        }
        let mut file = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|err| unreachable(at, &err))? {
            if file.len() + chunk.len() > limit {
                return Err(PictureError::TooLarge { limit });
            }
            file.extend_from_slice(&chunk);
        }
        Ok(file.freeze())
    }

    /// Returns the client for an address. Loading the certificates takes a while, so it happens once, and not at
    /// all for this machine.
    fn client(&self, at: &Url) -> Result<&reqwest::Client, PictureError> {
        let here = is_loopback(at);
        let slot = if here { &self.here } else { &self.elsewhere };
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        // Installing fails only if a provider is already installed.
        rustls::crypto::ring::default_provider().install_default().ok();
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(self.limits.connect)
            .referer(false)
            .user_agent(concat!("setpoint/", env!("CARGO_PKG_VERSION")));
        let builder = if here { builder.no_proxy().tls_certs_only([]) } else { builder };
        let client = builder.build().map_err(|err| PictureError::Tls(reason(&err)))?;
        Ok(slot.get_or_init(|| client))
    }
}

fn is_html(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.trim_start().to_ascii_lowercase();
    kind.starts_with("text/html") || kind.starts_with("application/xhtml")
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

fn unreachable(at: &Url, err: &reqwest::Error) -> PictureError {
    if err.is_timeout() {
        PictureError::TimedOut(host(at))
    } else {
        PictureError::Unreachable { host: host(at), reason: reason(err) }
    }
}
