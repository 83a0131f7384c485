//! Signing in from the window: the steps that wait for a service, a browser or the keyring.

use std::time::Duration;

use secrecy::SecretString;

use crate::account::{Keep, Loopback, Vault};
use crate::session::keep;
use crate::settings::Account;
use crate::wwn::client::{Client, OAuthClient, base_url};

/// How long a browser may take.
const BROWSER_PATIENCE: Duration = Duration::from_mins(10);

/// Where a token comes from.
pub(super) enum Source {
    /// It was pasted.
    Token(SecretString),
    /// A PIN was copied from the sign-in page.
    Pin(OAuthClient, SecretString),
    /// The browser is to bring a code; the page is opened by the function given.
    Browser(OAuthClient, Box<dyn Fn(String) + Send + Sync>),
}

/// An account that has just been signed in to.
pub(super) struct SignedIn {
    pub(super) account: Account,
    /// Said when the token could not be kept for the next start.
    pub(super) warning: Option<String>,
}

/// Gets a token, tries it, and keeps it.
pub(super) async fn sign_in(account: Account, source: Source, vault: Vault, place: Keep) -> Result<SignedIn, String> {
    let base = base_url(&account.url).map_err(|err| err.to_string())?;
    let token = match source {
        Source::Token(token) => token,
        Source::Pin(oauth, pin) => oauth.exchange(&pin).await.map_err(|err| err.message)?,
        Source::Browser(oauth, open) => {
            let loopback = Loopback::open(0).await.map_err(|err| err.to_string())?;
            let state = uuid::Uuid::new_v4().simple().to_string();
            open(oauth.page(&state, Some(&loopback.redirect_uri())).to_string());
            let code = loopback.code(state, BROWSER_PATIENCE).await.map_err(|err| err.to_string())?;
            oauth.exchange(&code).await.map_err(|err| err.message)?
        }
    };
    let client = Client::new(base, &token).map_err(|err| err.to_string())?;
    client.home().await.map_err(|failure| failure.message)?;
    let id = account.id.clone();
    let kept = tokio::task::spawn_blocking(move || {
        vault.keep_for_now(&id, &token);
        vault.write(&id, &token, place)
    })
    .await
    .map_err(|err| err.to_string())?;
    let warning = kept.err().map(|err| format!("The token is kept only while Setpoint runs: {err}"));
    Ok(SignedIn { account, warning })
}

/// Gives a token back where the service can take it, and forgets it.
pub(super) async fn sign_out(account: Account, vault: Vault) -> Option<String> {
    let (id, place) = (account.id.clone(), keep(&account));
    let reading = vault.clone();
    let token = tokio::task::spawn_blocking(move || reading.read(&id, place).ok()).await.ok().flatten();
    let token_url = account.token_url.clone();
    let mut warning = None;
    if let (Some(token), Some(url)) = (token, token_url)
        && let Err(failure) = OAuthClient::revoke(&url, &token).await
    {
        warning = Some(format!("The service was not told of the sign-out: {failure}"));
    }
    let deleted = tokio::task::spawn_blocking(move || vault.delete(&account.id, place)).await;
    match deleted {
        Ok(Ok(())) => warning,
        Ok(Err(err)) => Some(format!("The token could not be deleted from the keyring: {err}")),
        Err(err) => Some(err.to_string()),
    }
}
