//! Raw API calls for requests that the user types.

use std::sync::{Arc, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use reqwest::header::HeaderValue;
use url::Url;

use super::redirect::follow;
use super::rest::Client;
use crate::http::{Api, RawApi, Trace};
use crate::service::{Failure, UnsafeRedirect};
use crate::wwn::DocumentApi;

impl Api for Client {
    fn base(&self) -> &Url {
        &self.inner.base
    }

    fn raw(&self) -> Arc<dyn RawApi> {
        Arc::new(DocumentApi)
    }

    fn http(&self) -> &reqwest::Client {
        &self.inner.http
    }

    fn authorization(&self) -> BoxFuture<'_, Result<Option<HeaderValue>, Failure>> {
        async { Ok(Some(self.inner.authorization.clone())) }.boxed()
    }

    fn last_write(&self) -> Option<Trace> {
        self.inner.last_write.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn follow(&self, at: &Url, status: u16, location: Option<&str>, hop: u32) -> Result<Url, UnsafeRedirect> {
        follow(&self.inner.base, at, status, location, hop)
    }
}
