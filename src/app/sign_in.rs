//! Sign-in from the window: the steps that wait for a service, a browser or the keyring.

use std::time::Duration;

use secrecy::SecretString;

use crate::accounts::session::{ServiceHandle, keep, sdm_config};
use crate::accounts::settings::Account;
use crate::accounts::vault::{Keep, Loopback, Pages, Vault, VaultError};
use crate::home::ServiceKind;
use crate::http::base_url;
use crate::sdm::setup::{Report, Wanted, check_setup};
use crate::sdm::{self, GoogleSignIn, SdmClient, SdmSecret};
use crate::service::Failure;
use crate::ui::{Notice, SignInError};
use crate::wwn::client::OAuthClient;

/// Time limit for the sign-in in the browser.
const BROWSER_PATIENCE: Duration = Duration::from_mins(10);

/// The source of a token.
pub(super) enum Source {
    /// The service needs no token.
    Nowhere,
    /// The user pasted the token.
    Token(SecretString),
    /// The user copied a PIN from the sign-in page.
    Pin(OAuthClient, SecretString),
    /// The browser brings a code; the given function opens the page.
    Browser(OAuthClient, Pages, OpenPage),
    /// The browser brings a code from Google.
    Google(GoogleClient, Pages, OpenPage),
}

/// Opens a page in the browser.
pub(super) type OpenPage = Box<dyn Fn(String) + Send + Sync>;

/// The data that a sign-in at Google needs besides the account.
pub(super) struct GoogleClient {
    /// The secret of the OAuth client.
    pub(super) secret: SecretString,
    /// The local port of the redirect.
    pub(super) port: u16,
}

/// The result of a sign-in.
pub(super) struct SignedIn {
    pub(super) account: Account,
    /// The warning that the token could not be stored for the next start.
    pub(super) warning: Option<Notice>,
}

/// Obtains a token, tests it with one request for the home, and stores it.
pub(super) async fn sign_in(
    account: Account,
    source: Source,
    vault: Vault,
    place: Keep,
) -> Result<SignedIn, SignInError> {
    let token = match source {
        Source::Nowhere => None,
        Source::Token(token) => Some(token),
        Source::Pin(oauth, pin) => Some(oauth.exchange(&pin).await?),
        Source::Browser(oauth, pages, open) => {
            let loopback = Loopback::open(0).await?.saying(pages);
            let state = uuid::Uuid::new_v4().simple().to_string();
            open(oauth.page(&state, Some(&loopback.redirect_uri())).to_string());
            let code = loopback.code(state, BROWSER_PATIENCE).await?;
            Some(oauth.exchange(&code).await?)
        }
        Source::Google(client, pages, open) => {
            return sign_in_at_google(account, client, pages, open, vault, place).await;
        }
    };
    // Test the new token before it is stored.
    ServiceHandle::to(&account, token.as_ref(), None)?.service.fetch().await?;
    match token {
        None => Ok(SignedIn { account, warning: None }),
        Some(token) => keep_token(account, token, vault, place).await,
    }
}

async fn keep_token(account: Account, token: SecretString, vault: Vault, place: Keep) -> Result<SignedIn, SignInError> {
    let id = account.id.clone();
    let kept = tokio::task::spawn_blocking(move || {
        vault.keep_for_now(&id, &token);
        vault.write(&id, &token, place)
    })
    .await
    .map_err(Failure::of_program)?;
    let warning = kept.err().map(Notice::TokenNotKept);
    Ok(SignedIn { account, warning })
}

/// The vault key of a sign-in that waits for the set-up. The vault keeps it in memory, for this run only.
fn unfinished(account: &Account) -> String {
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    format!("unfinished {} {}", part(&account.project), part(&account.client_id))
}

/// Signs in at Google. If the sign-in succeeds but the home cannot be read, this checks the set-up and keeps the
/// token until the set-up is complete.
async fn sign_in_at_google(
    account: Account,
    client: GoogleClient,
    pages: Pages,
    open: OpenPage,
    vault: Vault,
    place: Keep,
) -> Result<SignedIn, SignInError> {
    let config = sdm_config(&account)?;
    // A token in memory is read at once, without waiting for a keyring.
    let unfinished = unfinished(&account);
    if let Ok(token) = vault.read(&unfinished, Keep::Memory)
        && let Ok(home) = ServiceHandle::to(&account, Some(&token), None)?.service.fetch().await
        && home.device_count() > 0
    {
        vault.delete(&unfinished, Keep::Memory).ok();
        return keep_token(account, token, vault, place).await;
    }
    let loopback = Loopback::open(client.port).await?.saying(pages);
    let page = base_url(sdm::SIGN_IN)?;
    let back = loopback.redirect_uri();
    let sign_in = GoogleSignIn::begin(page, &config.project, &config.client_id, &back, true);
    open(sign_in.page().to_string());
    let code = loopback.code(sign_in.state().to_owned(), BROWSER_PATIENCE).await?;
    let secret = SdmClient::exchange(&config, &sign_in, &code, client.secret).await?;
    let token = secret.to_text();
    if ServiceHandle::to(&account, Some(&token), None)?.service.fetch().await.is_err() {
        vault.keep_for_now(&unfinished, &token);
        return Err(SignInError::NotReady(check_setup(config, Wanted::SignedIn(secret), false).await?));
    }
    vault.delete(&unfinished, Keep::Memory).ok();
    keep_token(account, token, vault, place).await
}

/// Checks the set-up at Google, with the token of a sign-in or, before one, with the OAuth client alone.
pub(super) async fn check_google(
    account: Account,
    client_secret: SecretString,
    back: String,
    vault: Vault,
    make: bool,
) -> Result<Report, SignInError> {
    let config = sdm_config(&account)?;
    let (unfinished, id, place) = (unfinished(&account), account.id.clone(), keep(&account));
    let reading = tokio::task::spawn_blocking(move || match vault.read(&unfinished, Keep::Memory) {
        Ok(token) => Ok(token),
        Err(_) if id.is_empty() => Err(VaultError::Missing),
        Err(_) => vault.read(&id, place),
    });
    let wanted = match reading.await.map_err(Failure::of_program)? {
        Ok(token) => Wanted::SignedIn(SdmSecret::from_text(&token).ok_or(SignInError::Vault(VaultError::Damaged))?),
        Err(VaultError::Missing) => Wanted::Client { secret: client_secret, back },
        Err(error) => return Err(SignInError::Vault(error)),
    };
    Ok(check_setup(config, wanted, make).await?)
}

/// Revokes a token if the service supports it, and deletes it from the vault.
pub(super) async fn sign_out(account: Account, vault: Vault) -> Option<Notice> {
    if !account.has_token {
        return None;
    }
    let (id, place) = (account.id.clone(), keep(&account));
    let reading = vault.clone();
    let token = tokio::task::spawn_blocking(move || reading.read(&id, place).ok()).await.ok().flatten();
    // Only a Works with Nest account has a token for this address.
    let token_url = account.token_url.clone().filter(|_| account.kind == ServiceKind::WorksWithNest);
    let mut warning = None;
    if let (Some(token), Some(url)) = (token, token_url)
        && let Err(failure) = OAuthClient::revoke(&url, &token).await
    {
        warning = Some(Notice::SignOutNotTold(failure.reason));
    }
    let deleted = tokio::task::spawn_blocking(move || vault.delete(&account.id, place)).await;
    match deleted {
        Ok(Ok(())) => warning,
        Ok(Err(err)) => Some(Notice::TokenNotDeleted(err)),
        Err(err) => Some(Notice::Program(err.to_string())),
    }
}

#[cfg(test)]
#[path = "sign_in_tests.rs"]
mod tests;
