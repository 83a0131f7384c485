//! Signing in from the window: the steps that wait for a service, a browser or the keyring.

use std::time::Duration;

use secrecy::SecretString;

use super::notice::Notice;
use crate::account::{Keep, Loopback, LoopbackError, Pages, Vault};
use crate::http::base_url;
use crate::sdm::{self, SdmClient, SignIn};
use crate::service::{Failure, Reason, UnusableUrl};
use crate::session::{Connected, SessionError, keep, sdm_config};
use crate::settings::{Account, AccountKind};
use crate::texts::Texts;
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
}

impl SignInError {
    /// In the person's language.
    pub fn text(&self, texts: &Texts) -> String {
        match self {
            Self::Unusable(error) => texts.unusable_url(error),
            Self::Browser(error) => texts.loopback_error(error),
            Self::Service(reason) => texts.reason(reason),
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
            let config = sdm_config(&account)?;
            let loopback = Loopback::open(client.port).await?.saying(pages);
            let page = base_url(sdm::SIGN_IN)?;
            let back = loopback.redirect_uri();
            let sign_in = SignIn::begin(page, &config.project, &config.client_id, &back, true);
            open(sign_in.page().to_string());
            let code = loopback.code(sign_in.state().to_owned(), BROWSER_PATIENCE).await?;
            Some(SdmClient::exchange(&config, &sign_in, &code, client.secret).await?.to_text())
        }
    };
    // A client that was signed in to is tried before anything of it is kept.
    Connected::to(&account, token.as_ref())?.service.look().await?;
    let Some(token) = token else { return Ok(SignedIn { account, warning: None }) };
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
