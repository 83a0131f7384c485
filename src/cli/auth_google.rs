//! `setpoint auth google`: signs in to Google Device Access.

use std::io::BufRead as _;

use clap::{Args, ValueHint};
use secrecy::SecretString;

use super::auth::{BROWSER_PATIENCE, id_of, keep_account, not_kept};
use super::auth_google_check::complain_of;
use super::{CliError, Context, warn};
use crate::accounts::session::sdm_config;
use crate::accounts::settings::Account;
use crate::accounts::vault::{Keep, Loopback};
use crate::home::ServiceKind;
use crate::http::base_url;
use crate::sdm::setup::{Wanted, check_setup};
use crate::sdm::{self, GoogleSignIn, SdmClient, looks_like_client_id, looks_like_project, looks_like_subscription};

/// The address at which the browser ends if no port of this machine waits for it.
const PASTE_FROM: &str = "https://www.google.com";

#[derive(Debug, Args)]
pub(super) struct Google {
    /// The Device Access project: a UUID from console.nest.google.com/device-access
    #[arg(long, value_name = "UUID")]
    project: String,
    #[arg(long, value_name = "ID", help = "The OAuth client; its secret is read from SETPOINT_CLIENT_SECRET")]
    client_id: String,
    /// The pull subscription of your own Pub/Sub topic, such as projects/P/subscriptions/S; without
    /// it the devices are only read once a minute
    #[arg(long, value_name = "NAME")]
    subscription: Option<String>,
    /// Name of the account
    #[arg(long, default_value = "Google")]
    name: String,
    /// Port for the browser to come back to; an OAuth client of the kind "Web application" needs
    /// exactly <http://127.0.0.1:PORT/callback> among its addresses
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Paste the address that the browser ends at, instead of waiting for it to come back; needs
    /// <https://www.google.com> among the client's addresses
    #[arg(long)]
    paste: bool,
    /// Do not bind the code to this program, for clients that do not allow it
    #[arg(long)]
    no_pkce: bool,
    #[arg(long, help = "Keep the token in a file sealed by the passphrase in SETPOINT_PASSPHRASE, not in the keyring")]
    sealed: bool,
    /// Another address of the API, for tests
    #[arg(long, value_hint = ValueHint::Url, hide = true, default_value = sdm::API)]
    api_url: String,
    /// Another address of Pub/Sub, for tests
    #[arg(long, value_hint = ValueHint::Url, hide = true)]
    events_url: Option<String>,
    /// Another address for tokens, for tests
    #[arg(long, value_hint = ValueHint::Url, hide = true)]
    token_url: Option<String>,
    /// Another page to sign in on, for tests
    #[arg(long, value_hint = ValueHint::Url, hide = true, default_value = sdm::SIGN_IN)]
    sign_in_url: String,
}

impl Google {
    /// Checks the forms of the three ids, which are easily mixed up.
    fn check(&self) -> Result<(), CliError> {
        if !looks_like_project(&self.project) {
            return Err(CliError::usage(format!(
                "“{}” is no Device Access project: that is a UUID such as 32c4c2bc-fe0d-461b-b51c-f3885afff2f0, and \
                 not the id of a Cloud project",
                self.project
            )));
        }
        if !looks_like_client_id(&self.client_id) {
            return Err(CliError::usage(format!(
                "“{}” is no OAuth client: its id ends in .apps.googleusercontent.com",
                self.client_id
            )));
        }
        match self.subscription.as_deref() {
            Some(name) if name.contains("/topics/") => Err(CliError::usage(
                "that is a topic; what is wanted is a pull subscription to it: projects/P/subscriptions/S",
            )),
            Some(name) if !looks_like_subscription(name) => {
                Err(CliError::usage(format!("“{name}” is no subscription: it is written projects/P/subscriptions/S")))
            }
            Some(_) | None => Ok(()),
        }
    }
}

pub(super) async fn sign_in(google: Google) -> Result<(), CliError> {
    google.check()?;
    let Google { project, client_id, subscription, name, port, paste, no_pkce, sealed, .. } = google;
    let place = if sealed { Keep::SealedFile } else { Keep::Keyring };
    // A code works once: check first that the token can be kept.
    Context::vault().probe(place).map_err(|err| not_kept(&err))?;
    let url = base_url(&google.api_url).map_err(CliError::usage)?.to_string();
    let id = id_of(&name, ServiceKind::DeviceAccess, &url, Some(&project))?;
    let account = Account {
        id,
        kind: ServiceKind::DeviceAccess,
        name,
        url,
        token_url: google.token_url,
        client_id: Some(client_id.clone()),
        project: Some(project.clone()),
        subscription,
        events_url: google.events_url,
        is_sealed: sealed,
        has_token: true,
        ..Account::default()
    };
    let config = sdm_config(&account).map_err(CliError::usage)?;
    let pages = base_url(&google.sign_in_url).map_err(CliError::usage)?;
    let secret = SecretString::from(std::env::var("SETPOINT_CLIENT_SECRET").unwrap_or_default());
    let begin = |back: &str| GoogleSignIn::begin(pages.clone(), &project, &client_id, back, !no_pkce);
    let (sign_in, code) = code(begin, (!paste).then_some(port)).await?;
    let secret = SdmClient::exchange(&config, &sign_in, &code, secret).await?;
    let described = match keep_account(account, Some(&secret.to_text()), place).await {
        Ok(described) => described,
        Err(err) => {
            // Google accepted the sign-in, so a part of the set-up is probably missing.
            if let Ok(report) = check_setup(config, Wanted::SignedIn(secret), false).await {
                complain_of(&report);
            }
            return Err(err);
        }
    };
    warn(
        &"if Google signs you out after seven days, the consent screen is still in testing; `setpoint auth \
          google-check` tells whether it is, and whether events can come",
    );
    super::print(described)
}

/// Opens Google's page and receives the code, by a port of this machine or by pasting.
async fn code(
    begin: impl Fn(&str) -> GoogleSignIn,
    port: Option<u16>,
) -> Result<(GoogleSignIn, SecretString), CliError> {
    let tell = |sign_in: &GoogleSignIn| warn(&format!("open this page to sign in: {}", sign_in.page()));
    let Some(port) = port else {
        let sign_in = begin(PASTE_FROM);
        tell(&sign_in);
        warn(&"then paste the address of the page that the browser ended at:");
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        read.map_err(|err| CliError::usage(format!("the address cannot be read: {err}")))?;
        let code = sign_in.code_in(&line).map_err(|err| CliError::new(4, err.to_string()))?;
        return Ok((sign_in, code));
    };
    let loopback = Loopback::open(port).await.map_err(|err| CliError::new(5, err.to_string()))?;
    let sign_in = begin(&loopback.redirect_uri());
    tell(&sign_in);
    let code = loopback.code(sign_in.state().to_owned(), BROWSER_PATIENCE).await;
    Ok((sign_in, code.map_err(|err| CliError::new(4, err.to_string()))?))
}
