//! `setpoint auth`: sign in, sign out, and the places of the tokens.

use std::io::Read as _;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum, ValueHint};
use secrecy::{ExposeSecret as _, SecretString};

use super::auth_google::Google;
use super::auth_google_check::GoogleCheck;
use super::{CliError, Context, print, warn};
use crate::accounts::session::{ServiceEntry, ServiceHandle, SignInFields, keep};
use crate::accounts::settings::{Account, Places, Settings};
use crate::accounts::vault::{Keep, Loopback, VaultError};
use crate::clock::{Clock as _, SystemClock};
use crate::home::ServiceKind;
use crate::http::{base_url, local_url};
use crate::media::delete_event_pictures;
use crate::wwn::client::{OAuthClient, page_url};

/// The maximum size of a token; real ones have a few hundred characters.
const MAX_TOKEN_BYTES: u64 = 16 * 1024;
/// The maximum wait for the browser.
pub(super) const BROWSER_PATIENCE: Duration = Duration::from_mins(10);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: AuthCommand,
}

#[derive(Debug, Subcommand)]
enum AuthCommand {
    /// Show the accounts, and if their tokens can be read
    Status,
    /// Sign in to a Works with Nest or No Longer Evil server
    Login(Box<Login>),
    /// Sign in to Google Device Access, for newer Nest devices
    Google(Box<Google>),
    /// Check each part of the set-up at Google, and show remedies
    GoogleCheck(GoogleCheck),
    /// Delete the token of an account, and the account
    Logout,
}

#[derive(Debug, Args)]
struct Login {
    /// Protocol of the server: wwn, the Works with Nest API; or nle, that of No Longer Evil, which needs no
    /// token unless it is <https://nolongerevil.com>
    #[arg(long, value_enum, default_value_t = ServerKind::Wwn, hide_possible_values = true)]
    kind: ServerKind,
    /// Base URL of the server, https:// unless it is on this machine; for No Longer Evil that of
    /// its control port, such as <http://192.168.1.10:8082>
    #[arg(long, value_hint = ValueHint::Url)]
    url: String,
    /// Name of the account; the default is the host's name
    #[arg(long)]
    name: Option<String>,
    /// Read an access token from standard input
    #[arg(long, conflicts_with_all = ["authorize_url", "pin_stdin"])]
    token_stdin: bool,
    /// Page of the service for signing in
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, requires = "client_id")]
    authorize_url: Option<String>,
    /// Address that exchanges a code for a token
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, requires = "client_id")]
    token_url: Option<String>,
    #[arg(long, value_name = "ID", help = "The OAuth client; its secret is read from SETPOINT_CLIENT_SECRET")]
    #[arg(requires = "token_url")]
    client_id: Option<String>,
    /// Read a PIN from standard input instead of opening a browser
    #[arg(long, requires = "client_id")]
    pin_stdin: bool,
    #[arg(long, help = "Keep the token in a file sealed by the passphrase in SETPOINT_PASSPHRASE, not in the keyring")]
    sealed: bool,
    /// Port for the browser to come back to; 0 lets the machine choose
    #[arg(long, default_value_t = 0)]
    port: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ServerKind {
    // Doc comments here would become markup that generators of manual pages reject.
    Wwn,
    Nle,
}

impl From<ServerKind> for ServiceKind {
    fn from(kind: ServerKind) -> Self {
        match kind {
            ServerKind::Wwn => Self::WorksWithNest,
            ServerKind::Nle => Self::NoLongerEvil,
        }
    }
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    match arguments.command {
        AuthCommand::Status => status(),
        AuthCommand::Login(login) => sign_in(*login).await,
        AuthCommand::Google(google) => super::auth_google::sign_in(*google).await,
        AuthCommand::GoogleCheck(arguments) => super::auth_google_check::run(context, arguments).await,
        AuthCommand::Logout => sign_out(context).await,
    }
}

fn status() -> Result<(), CliError> {
    let settings = Context::settings();
    if settings.accounts.is_empty() {
        return print("No account; the window shows the simulated home");
    }
    let vault = Context::vault();
    for account in settings.accounts.iter().filter(|account| !account.has_token) {
        print(format!("{}  {}  no token needed", account.name, account.url))?;
    }
    for account in settings.accounts.iter().filter(|account| account.has_token) {
        let state = match vault.read(&account.id, keep(account)) {
            Ok(_) if account.is_sealed => "signed in, token in the sealed file".to_owned(),
            Ok(_) => "signed in, token in the keyring".to_owned(),
            Err(VaultError::Missing) => "signed out".to_owned(),
            Err(err) => err.to_string(),
        };
        print(format!("{}  {}  {state}", account.name, account.url))?;
    }
    Ok(())
}

async fn sign_in(login: Login) -> Result<(), CliError> {
    let kind = ServiceKind::from(login.kind);
    let service = ServiceEntry::at(kind, &login.url);
    let needs_token = service.kind.needs_token();
    let has_token = needs_token || login.token_stdin;
    let base = if has_token { base_url(&login.url) } else { local_url(&login.url) }.map_err(CliError::usage)?;
    if service.sign_in == SignInFields::AddressAndKey && !login.token_stdin {
        return Err(CliError::usage("this server wants a key of your account there: pass it with --token-stdin"));
    }
    for url in [&login.authorize_url, &login.token_url].into_iter().flatten() {
        page_url(url).map_err(CliError::usage)?;
    }
    let place = if login.sealed { Keep::SealedFile } else { Keep::Keyring };
    // A PIN works once: check first that the token can be kept.
    if has_token {
        Context::vault().probe(place).map_err(|err| not_kept(&err))?;
    }
    let token = match (has_token, login.token_stdin) {
        (false, _) => None,
        (true, true) => Some(secret_from_stdin("token")?),
        (true, false) => Some(token_by_oauth(&login).await?),
    };
    let name = login.name.clone().unwrap_or_else(|| base.host_str().unwrap_or("home").to_owned());
    let id = id_of(&name, kind, base.as_str(), None)?;
    let account = Account {
        id,
        kind,
        name,
        url: base.to_string(),
        authorize_url: login.authorize_url,
        token_url: login.token_url,
        client_id: login.client_id,
        is_sealed: has_token && login.sealed,
        has_token,
        ..Account::default()
    };
    let described = keep_account(account, token.as_ref(), place).await?;
    if !has_token {
        warn(
            &"this server has no sign-in: everybody who can reach it can change the heating; keep it in your own \
              network",
        );
    }
    print(described)
}

/// The id of the account that is signed in to again, or a new one.
pub(super) fn id_of(name: &str, kind: ServiceKind, url: &str, project: Option<&str>) -> Result<String, CliError> {
    match Context::settings().account(name) {
        None => Ok(new_id(name)),
        Some(known) if known.is_at(kind, url, project) => Ok(known.id.clone()),
        Some(known) => Err(CliError::usage(format!(
            "“{}” is an account at {} already: pass another --name, or sign out of that one first",
            known.name, known.url
        ))),
    }
}

/// Tries an account and keeps it with its token; returns warnings.
pub(super) async fn keep_account(
    account: Account,
    token: Option<&SecretString>,
    place: Keep,
) -> Result<String, CliError> {
    let home = ServiceHandle::to(&account, token, None)?.service.fetch().await?;
    let (id, vault) = (account.id.clone(), Context::vault());
    let older = vault.read(&id, place).ok();
    if let Some(token) = token {
        vault.write(&id, token, place).map_err(|err| not_kept(&err))?;
    }
    let devices = match home.device_count() {
        0 => "no devices yet".to_owned(),
        1 => "1 device".to_owned(),
        count => format!("{count} devices"),
    };
    let described = format!("{} ({devices})", account.name);
    let places = Places::of_user().ok_or_else(|| CliError::new(5, "there is no home folder to keep settings in"))?;
    let account = Account { sign_in: SystemClock.now().as_millisecond(), ..account };
    if let Err(err) = Settings::update(&places.settings(), |settings| settings.put_account(account)) {
        // The token of an account without an entry would never be found again; that of an existing account
        // stays.
        match older {
            Some(older) => vault.write(&id, &older, place).ok(),
            None => vault.delete(&id, place).ok(),
        };
        return Err(CliError::new(5, format!("the settings cannot be saved: {err}")));
    }
    Ok(match (token, place) {
        (None, _) => format!("Added {described}"),
        (Some(_), Keep::SealedFile) => format!("Signed in to {described}; the token is in the sealed file"),
        (Some(_), Keep::Keyring | Keep::Memory) => format!("Signed in to {described}; the token is in the keyring"),
    })
}

async fn token_by_oauth(login: &Login) -> Result<SecretString, CliError> {
    let (Some(token_url), Some(client_id)) = (&login.token_url, &login.client_id) else {
        return Err(CliError::usage("pass --token-stdin, or --token-url and --client-id for a PIN or a browser"));
    };
    let authorize_url = login.authorize_url.as_ref().unwrap_or(token_url);
    let secret = SecretString::from(std::env::var("SETPOINT_CLIENT_SECRET").unwrap_or_default());
    let oauth = OAuthClient::new(authorize_url, token_url, client_id.clone(), secret).map_err(CliError::usage)?;
    let code = if login.pin_stdin {
        secret_from_stdin("PIN")?
    } else {
        let loopback = Loopback::open(login.port).await.map_err(|err| CliError::new(5, err.to_string()))?;
        let state = uuid::Uuid::new_v4().simple().to_string();
        let page = oauth.page(&state, Some(&loopback.redirect_uri()));
        warn(&format!("open this page to sign in: {page}"));
        loopback.code(state, BROWSER_PATIENCE).await.map_err(|err| CliError::new(4, err.to_string()))?
    };
    Ok(oauth.exchange(&code).await?)
}

/// Secrets come by standard input: every user of the machine can see arguments.
fn secret_from_stdin(what: &str) -> Result<SecretString, CliError> {
    let mut text = String::new();
    let read = std::io::stdin().lock().take(MAX_TOKEN_BYTES).read_to_string(&mut text);
    read.map_err(|err| CliError::usage(format!("the {what} cannot be read: {err}")))?;
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(CliError::usage(format!("no {what} came by standard input")));
    }
    Ok(SecretString::from(text))
}

async fn sign_out(context: &Context) -> Result<(), CliError> {
    let settings = Context::settings();
    let wanted = context.account.as_deref();
    let account = match wanted {
        Some(name) => settings.account(name),
        None => settings.accounts.first(),
    };
    let Some(account) = account.cloned() else { return Err(CliError::usage("there is no such account")) };
    let vault = Context::vault();
    let token = if account.has_token {
        match vault.read(&account.id, keep(&account)) {
            Ok(token) => Some(token),
            Err(VaultError::Missing | VaultError::Damaged) => None,
            Err(err) => return Err(CliError::new(4, err.to_string())),
        }
    } else {
        None
    };
    let token = token.filter(|token| !token.expose_secret().is_empty());
    // A token of another service must not go to that address.
    let token_url = account.token_url.as_ref().filter(|_| account.kind == ServiceKind::WorksWithNest);
    if let (Some(token), Some(token_url)) = (token, token_url)
        && let Err(failure) = OAuthClient::revoke(token_url, &token).await
    {
        warn(&format!("the service was not told ({failure}); the token is forgotten here all the same"));
    }
    if account.has_token {
        vault.delete(&account.id, keep(&account)).map_err(|err| CliError::new(4, err.to_string()))?;
    }
    let places = Places::of_user().ok_or_else(|| CliError::new(5, "there is no home folder"))?;
    Settings::update(&places.settings(), |settings| settings.accounts.retain(|other| other.id != account.id))
        .map_err(|err| CliError::new(5, format!("the settings cannot be saved: {err}")))?;
    let pictures = places.event_pictures(&account.id);
    if let Err(err) = delete_event_pictures(&pictures) {
        warn(&format!("the pictures of camera events in {} cannot be deleted ({err})", pictures.display()));
    }
    print(format!("Signed out of {}", account.name))
}

/// The error for a token that cannot be kept, with remedies.
pub(super) fn not_kept(err: &VaultError) -> CliError {
    if *err == VaultError::PassphraseNeeded {
        return CliError::usage("set SETPOINT_PASSPHRASE to the passphrase of the sealed file");
    }
    CliError::new(
        4,
        format!(
            "{err}. The token was not kept; set SETPOINT_URL and SETPOINT_TOKEN to use it for now, or pass --sealed \
             to keep it in a file that a passphrase seals"
        ),
    )
}

/// Readable and unique: it names a folder and a secret.
pub(super) fn new_id(name: &str) -> String {
    let readable: String =
        name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(32).collect();
    let unique = uuid::Uuid::new_v4().simple().to_string();
    format!("{}-{}", readable.trim_matches('-'), unique.get(..8).unwrap_or_default())
}
