//! Raw API calls for requests that the user types.

use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use reqwest::header::HeaderValue;
use url::Url;

use super::client::SdmClient;
use super::raw::ProjectApi;
use crate::http::{Api, RawApi, no_redirect};
use crate::service::{Failure, UnsafeRedirect};

impl Api for SdmClient {
    fn base(&self) -> &Url {
        &self.config().api
    }

    fn raw(&self) -> Arc<dyn RawApi> {
        Arc::new(ProjectApi { project: self.config().project.clone() })
    }

    fn http(&self) -> &reqwest::Client {
        &self.http
    }

    fn authorization(&self) -> BoxFuture<'_, Result<Option<HeaderValue>, Failure>> {
        async { self.token(None).await.map(Some) }.boxed()
    }

    fn follow(&self, at: &Url, status: u16, location: Option<&str>, _hop: u32) -> Result<Url, UnsafeRedirect> {
        Err(no_redirect(status, location, at))
    }
}
