//! Sign-in to a Works with Nest service: the authorize page, the exchange of a PIN or code for a token, and the
//! revocation of a token.

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::Url;

use crate::http::{base_url, cause, http_client, unreachable};
use crate::service::{Failure, FailureKind, Reason, Secrets, ServiceText, UnusableUrl};

/// The sign-in addresses of a service and the credentials of the OAuth client.
#[derive(Debug, Clone)]
pub struct OAuthClient {
    /// The authorize page, for the user's browser.
    pub authorize_url: Url,
    /// The endpoint that exchanges a code for a token.
    pub token_url: Url,
    /// The public id of the OAuth client.
    pub client_id: String,
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

/// Parses the address of a page or an endpoint. The address must use https or point to this machine.
pub fn page_url(text: &str) -> Result<Url, UnusableUrl> {
    let mut url = base_url(text)?;
    // A base URL ends with a slash, the address of a page does not.
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty();
    }
    Ok(url)
}

impl OAuthClient {
    /// Parses the two addresses. Both must use https or point to this machine.
    pub fn new(
        authorize_url: &str,
        token_url: &str,
        client_id: String,
        client_secret: SecretString,
    ) -> Result<Self, UnusableUrl> {
        Ok(Self { authorize_url: page_url(authorize_url)?, token_url: page_url(token_url)?, client_id, client_secret })
    }

    /// Returns the page to open in a browser. Without `redirect_uri` the page shows a PIN to copy.
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

    /// Exchanges a PIN or code for a token.
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
        let message = if denied.error_description.is_empty() { denied.error } else { denied.error_description };
        let message = ServiceText::new(&message, &Secrets::of([&self.client_secret, code]));
        Err(Failure::new(FailureKind::SignIn, Reason::SignInRefused { status, said: message }))
    }

    /// Revokes the token at the service. `Ok` also if the service no longer knows the token.
    pub async fn revoke(token_url: &str, token: &SecretString) -> Result<(), Failure> {
        // Check the address first: the token must not go to an unchecked address.
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
