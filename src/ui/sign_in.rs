//! Signing in from the window: the steps that wait for a service, a browser or the keyring.

use std::time::Duration;

use secrecy::SecretString;

use super::notice::Notice;
use crate::account::{Keep, Loopback, LoopbackError, Pages, Vault, VaultError};
use crate::http::base_url;
use crate::i18n::Localizer;
use crate::sdm::setup::{Report, Wanted, check_setup};
use crate::sdm::{self, SdmClient, SdmSecret, SignIn};
use crate::service::{Failure, Reason, UnusableUrl};
use crate::session::{Connected, SessionError, keep, sdm_config};
use crate::settings::{Account, AccountKind};
use crate::wwn::client::OAuthClient;

/// How long a browser may take.
const BROWSER_PATIENCE: Duration = Duration::from_mins(10);

/// Where a token comes from.
pub(super) enum Source {
    /// There is none, and none is needed.
    Nowhere,
    /// It was pasted.
    Token(SecretString),
    /// A PIN was copied from the sign-in page.
    Pin(OAuthClient, SecretString),
    /// The browser is to bring a code; the page is opened by the function given.
    Browser(OAuthClient, Pages, Open),
    /// The same at Google.
    Google(GoogleClient, Pages, Open),
}

/// Opens a page in the browser.
pub(super) type Open = Box<dyn Fn(String) + Send + Sync>;

/// What a sign-in at Google needs beside the account.
pub(super) struct GoogleClient {
    /// The OAuth client's own.
    pub(super) secret: SecretString,
    /// Where the browser comes back to.
    pub(super) port: u16,
}

/// Why a sign-in did not work.
#[derive(Debug, Clone, PartialEq)]
pub enum SignInError {
    /// An address or the token cannot be used.
    Unusable(UnusableUrl),
    /// The browser did not bring a code.
    Browser(LoopbackError),
    /// The service said no, or cannot be reached.
    Service(Reason),
    /// A token cannot be read.
    Vault(VaultError),
    /// Google let the person in, and something of the set-up is missing.
    NotReady(Report),
}

impl SignInError {
    /// In the person's language.
    pub fn text(&self, i18n: &Localizer) -> String {
        match self {
            Self::Unusable(error) => i18n.unusable_url(error),
            Self::Browser(error) => i18n.loopback_error(error),
            Self::Service(reason) => i18n.reason(reason),
            Self::Vault(error) => i18n.vault_error(error),
            Self::NotReady(_) => i18n.text("google-not-ready").into_owned(),
        }
    }
}

impl From<UnusableUrl> for SignInError {
    fn from(error: UnusableUrl) -> Self {
        Self::Unusable(error)
    }
}

impl From<SessionError> for SignInError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Unusable(error) => Self::Unusable(error),
            SessionError::Service(failure) => failure.into(),
            SessionError::HalfEnvironment
            | SessionError::NoSuchAccount(_)
            | SessionError::NoAccount
            | SessionError::Vault { .. }
            | SessionError::InUse
            | SessionError::Simulator(_) => Self::Service(Reason::Program(error.to_string())),
        }
    }
}

impl From<LoopbackError> for SignInError {
    fn from(error: LoopbackError) -> Self {
        Self::Browser(error)
    }
}

impl From<Failure> for SignInError {
    fn from(failure: Failure) -> Self {
        Self::Service(failure.reason)
    }
}

/// An account that has just been signed in to.
pub(super) struct SignedIn {
    pub(super) account: Account,
    /// Said when the token could not be kept for the next start.
    pub(super) warning: Option<Notice>,
}

/// Gets a token, tries it, and keeps it.
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
    // A client that was signed in to is tried before anything of it is kept.
    Connected::to(&account, token.as_ref(), None)?.service.look().await?;
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

/// What a sign-in that is waiting for the set-up is called in the vault. It is there for this run.
fn unfinished(account: &Account) -> String {
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    format!("unfinished {} {}", part(&account.project), part(&account.client_id))
}

/// Signs in at Google. Where Google lets a person in and the home cannot be read all the same, the
/// set-up is checked, and the sign-in kept for when it is complete.
async fn sign_in_at_google(
    account: Account,
    client: GoogleClient,
    pages: Pages,
    open: Open,
    vault: Vault,
    place: Keep,
) -> Result<SignedIn, SignInError> {
    let config = sdm_config(&account)?;
    // What is kept for this run only is at hand: nothing here waits for a keyring.
    let unfinished = unfinished(&account);
    if let Ok(token) = vault.read(&unfinished, Keep::Memory)
        && let Ok(home) = Connected::to(&account, Some(&token), None)?.service.look().await
        && home.device_count() > 0
    {
        vault.delete(&unfinished, Keep::Memory).ok();
        return keep_token(account, token, vault, place).await;
    }
    let loopback = Loopback::open(client.port).await?.saying(pages);
    let page = base_url(sdm::SIGN_IN)?;
    let back = loopback.redirect_uri();
    let sign_in = SignIn::begin(page, &config.project, &config.client_id, &back, true);
    open(sign_in.page().to_string());
    let code = loopback.code(sign_in.state().to_owned(), BROWSER_PATIENCE).await?;
    let secret = SdmClient::exchange(&config, &sign_in, &code, client.secret).await?;
    let token = secret.to_text();
    if Connected::to(&account, Some(&token), None)?.service.look().await.is_err() {
        vault.keep_for_now(&unfinished, &token);
        return Err(SignInError::NotReady(check_setup(config, Wanted::SignedIn(secret), false).await?));
    }
    vault.delete(&unfinished, Keep::Memory).ok();
    keep_token(account, token, vault, place).await
}

/// Checks the set-up at Google: as the person who signed in, or as nobody yet.
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

/// Gives a token back where the service can take it, and forgets it.
pub(super) async fn sign_out(account: Account, vault: Vault) -> Option<Notice> {
    if !account.has_token {
        return None;
    }
    let (id, place) = (account.id.clone(), keep(&account));
    let reading = vault.clone();
    let token = tokio::task::spawn_blocking(move || reading.read(&id, place).ok()).await.ok().flatten();
    // A token of another kind is not for that address.
    let token_url = account.token_url.clone().filter(|_| account.kind == AccountKind::WorksWithNest);
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
