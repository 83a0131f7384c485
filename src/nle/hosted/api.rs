//! Raw API calls for requests that the user types. Each one counts toward the rate limit of the key.

use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use reqwest::header::HeaderValue;
use tokio::time::Instant;
use url::Url;

use super::client::HostedClient;
use super::raw::HostedApi;
use crate::http::{Api, RawApi, no_redirect};
use crate::service::{Failure, UnsafeRedirect};

impl Api for HostedClient {
    fn base(&self) -> &Url {
        &self.base
    }

    fn raw(&self) -> Arc<dyn RawApi> {
        Arc::new(HostedApi)
    }

    fn http(&self) -> &reqwest::Client {
        &self.http
    }

    fn authorization(&self) -> BoxFuture<'_, Result<Option<HeaderValue>, Failure>> {
        async { Ok(Some(self.authorization.clone())) }.boxed()
    }

    fn follow(&self, at: &Url, status: u16, location: Option<&str>, _hop: u32) -> Result<Url, UnsafeRedirect> {
        Err(no_redirect(status, location, at))
    }

    fn calling(&self) {
        self.rate_limit().called(Instant::now());
    }
}
