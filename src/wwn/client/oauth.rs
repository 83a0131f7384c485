//! Signing in to a Works with Nest service: the authorize page, the exchange of a PIN or code for
//! a token, and giving the token back.

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::Url;

use crate::http::{base_url, cause, http_client, unreachable};
use crate::service::{Failure, FailureKind, Reason, Said, Secrets, UnusableUrl};

/// Where to sign in, and as which OAuth client.
#[derive(Debug, Clone)]
pub struct OAuthClient {
    /// The page for a person.
    pub authorize_url: Url,
    /// Where a code becomes a token.
    pub token_url: Url,
    /// Public.
    pub client_id: String,
    /// Not public.
    pub client_secret: SecretString,
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
}

#[derive(Deserialize, Default)]
struct Denied {
    #[serde(default)]
    error: String,
    #[serde(default)]
    error_description: String,
}

/// Reads the address of a page or an endpoint: https, or on this machine.
pub fn page_url(text: &str) -> Result<Url, UnusableUrl> {
    let mut url = base_url(text)?;
    // What is right for a base is wrong for a page.
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty();
    }
    Ok(url)
}

impl OAuthClient {
    /// Reads the two addresses; both are https, or on this machine.
    pub fn new(
        authorize_url: &str,
        token_url: &str,
        client_id: String,
        client_secret: SecretString,
    ) -> Result<Self, UnusableUrl> {
        Ok(Self { authorize_url: page_url(authorize_url)?, token_url: page_url(token_url)?, client_id, client_secret })
    }

    /// The page to open in a browser. Without `redirect_uri` it shows a PIN to copy.
    pub fn page(&self, state: &str, redirect_uri: Option<&str>) -> Url {
        let mut url = self.authorize_url.clone();
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("client_id", &self.client_id).append_pair("state", state);
            query.append_pair("response_type", "code");
            if let Some(redirect_uri) = redirect_uri {
                query.append_pair("redirect_uri", redirect_uri);
            }
        }
        url
    }

    /// Turns a PIN or code into a token.
    pub async fn exchange(&self, code: &SecretString) -> Result<SecretString, Failure> {
        let http = http_client(&self.token_url).map_err(unusable)?;
        let form = [
            ("client_id", self.client_id.as_str()),
            ("client_secret", self.client_secret.expose_secret()),
            ("code", code.expose_secret().trim()),
            ("grant_type", "authorization_code"),
        ];
        let sent = http.post(self.token_url.clone()).form(&form).timeout(super::rest::CALL_TIMEOUT).send().await;
        let response = sent.map_err(|err| unreachable(&self.token_url, &err))?;
        let status = response.status().as_u16();
        let body = response.bytes().await.map_err(|err| Failure::offline(Reason::BrokeOff(cause(&err))))?;
        if status == 200 {
            let granted: Granted = serde_json::from_slice(&body).map_err(|_err| Failure::bug(Reason::NoToken))?;
            return Ok(SecretString::from(granted.access_token));
        }
        let denied: Denied = serde_json::from_slice(&body).unwrap_or_default();
        let said = if denied.error_description.is_empty() { denied.error } else { denied.error_description };
        let said = Said::new(&said, &Secrets::of([&self.client_secret, code]));
        Err(Failure::new(FailureKind::SignIn, Reason::SignInRefused { status, said }))
    }

    /// Gives the token back, so that nobody can use it any more. Fine when it is gone already.
    pub async fn revoke(token_url: &str, token: &SecretString) -> Result<(), Failure> {
        // The token must not go to an address that nobody checked.
        let token_url = &page_url(token_url).map_err(unusable)?;
        let http = http_client(token_url).map_err(unusable)?;
        let mut url = token_url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop().push("access_tokens").push(token.expose_secret());
        }
        let sent = http.delete(url).timeout(super::rest::CALL_TIMEOUT).send().await;
        let status = sent.map_err(|err| unreachable(token_url, &err))?.status();
        match status.as_u16() {
            200..=299 | 404 => Ok(()),
            status => Err(Failure::bug(Reason::SignOutRefused { status })),
        }
    }
}

fn unusable(err: UnusableUrl) -> Failure {
    Failure::bug(Reason::Address(err))
}
