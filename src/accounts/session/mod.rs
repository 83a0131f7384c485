//! Selects and opens an account: from the environment, from the settings, or the simulated home. Only this
//! module passes a token from the vault to a client.

mod owner_lock;
mod services;

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

pub use owner_lock::Ownership;
pub use services::{ServiceEntry, ServiceHandle, SignInFields, sdm_config};

use crate::accounts::settings::{Account, Places, Settings};
use crate::accounts::vault::{Keep, Vault, VaultError};
use crate::clock::Clock;
use crate::engine::{AccountLabel, AccountName, Engine, EngineWarning, Setup, StoragePaths};
use crate::home::ServiceKind;
use crate::http::{Api, base_url};
use crate::i18n::{Message, ToMessage, display_english, message};
use crate::service::{Failure, FailureKind, Service, UnusableUrl};
use crate::simulator::{Options, Simulation, StartError};
use crate::wwn::client::Client;

/// The variable with the address of a Works with Nest server, for one run.
pub const URL_VARIABLE: &str = "SETPOINT_URL";
/// The variable with the passphrase of the sealed file.
pub const PASSPHRASE_VARIABLE: &str = "SETPOINT_PASSPHRASE";
/// The variable with the token of the server in [`URL_VARIABLE`].
pub const TOKEN_VARIABLE: &str = "SETPOINT_TOKEN";

/// The source of an account.
#[derive(Debug, Clone)]
pub enum AccountSource {
    /// The environment; nothing of it is kept.
    Environment {
        /// The base URL as given.
        url: String,
        token: SecretString,
    },
    Settings(Account),
    /// The simulated home.
    Simulated,
}

/// Selects the accounts that the window shows.
#[derive(Debug, Clone)]
pub enum AccountFilter {
    /// All accounts of the settings; the simulated home if there are none.
    All,
    /// A single account.
    Only(Box<AccountSource>),
}

impl AccountFilter {
    /// Selects a single account.
    pub fn only(source: AccountSource) -> Self {
        Self::Only(Box::new(source))
    }

    /// The selected accounts in their order. A selected account that was removed from the settings is still
    /// included.
    pub fn sources(&self, settings: &Settings) -> Vec<AccountSource> {
        match self {
            Self::All if settings.accounts.is_empty() => vec![AccountSource::Simulated],
            Self::All => settings.accounts.iter().cloned().map(AccountSource::Settings).collect(),
            Self::Only(source) => match &**source {
                AccountSource::Settings(account) => {
                    let present = settings.accounts.iter().find(|other| other.id == account.id);
                    vec![AccountSource::Settings(present.unwrap_or(account).clone())]
                }
                other @ (AccountSource::Environment { .. } | AccountSource::Simulated) => vec![other.clone()],
            },
        }
    }
}

/// The reason why no account could be opened. Each displays with a remedy.
#[derive(Debug)]
pub enum SessionError {
    /// Only one of the two variables is set.
    HalfEnvironment,
    /// No account has this name.
    NoSuchAccount(String),
    /// There is no account.
    NoAccount,
    /// The base URL or token is unusable.
    Unusable(UnusableUrl),
    /// The token cannot be read.
    Vault {
        /// The account.
        name: String,
        /// The reason.
        error: VaultError,
    },
    /// The simulated home did not start.
    Simulator(StartError),
    /// The service failed.
    Service(Failure),
    /// Another process owns the engine of the account, and neither ends nor hands it over.
    InUse,
}

impl ToMessage for SessionError {
    fn to_message(&self) -> Message {
        match self {
            Self::HalfEnvironment => {
                message!("session-half-environment", url = URL_VARIABLE, token = TOKEN_VARIABLE)
            }
            Self::NoSuchAccount(name) => message!("session-no-such-account", name = name),
            Self::NoAccount => message!("session-no-account"),
            Self::Unusable(error) => error.to_message(),
            Self::Vault { name, error } => message!("about", subject = name, text = error.to_message()),
            Self::Simulator(error) => error.to_message(),
            Self::Service(failure) => failure.reason.to_message(),
            Self::InUse => message!("account-in-use"),
        }
    }
}

display_english!(SessionError);

impl From<UnusableUrl> for SessionError {
    fn from(error: UnusableUrl) -> Self {
        Self::Unusable(error)
    }
}

impl From<StartError> for SessionError {
    fn from(error: StartError) -> Self {
        Self::Simulator(error)
    }
}

impl From<Failure> for SessionError {
    fn from(failure: Failure) -> Self {
        Self::Service(failure)
    }
}

impl SessionError {
    /// The exit code of a command: 2 usage, 3 refused, 4 sign in, 5 unreachable.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::HalfEnvironment | Self::NoSuchAccount(_) | Self::Unusable(_) => 2,
            Self::NoAccount | Self::Vault { .. } => 4,
            Self::Simulator(_) | Self::InUse => 5,
            Self::Service(failure) => exit_code(failure.kind),
        }
    }
}

/// The place of an account's token.
pub fn keep(account: &Account) -> Keep {
    if account.is_sealed { Keep::SealedFile } else { Keep::Keyring }
}

/// The exit code for a failed call.
pub fn exit_code(kind: FailureKind) -> u8 {
    match kind {
        FailureKind::Refused | FailureKind::Gone => 3,
        FailureKind::SignIn => 4,
        // For example, a hotel's network answered instead of the service.
        FailureKind::Offline | FailureKind::Busy(_) | FailureKind::Bug => 5,
    }
}

impl AccountSource {
    /// The id in the settings and in file names.
    pub fn key(&self) -> &str {
        match self {
            Self::Settings(account) => &account.id,
            Self::Simulated => "simulated",
            Self::Environment { .. } => "environment",
        }
    }

    /// The name for messages of commands.
    pub fn name(&self) -> &str {
        match self {
            Self::Settings(account) => &account.name,
            Self::Simulated | Self::Environment { .. } => self.key(),
        }
    }

    /// The service, which the address decides too.
    pub fn service_kind(&self) -> ServiceKind {
        match self {
            Self::Settings(account) => ServiceEntry::at(account.kind, &account.url).kind,
            Self::Simulated | Self::Environment { .. } => ServiceKind::WorksWithNest,
        }
    }

    /// The address for display, as far as it is known before opening.
    pub fn place(&self) -> String {
        match self {
            Self::Settings(account) => account.url.clone(),
            Self::Simulated => String::new(),
            Self::Environment { url, .. } => url.clone(),
        }
    }

    /// True for the same account, whatever its name.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Settings(one), Self::Settings(other)) => *one == Account { name: one.name.clone(), ..other.clone() },
            (Self::Simulated, Self::Simulated) | (Self::Environment { .. }, Self::Environment { .. }) => true,
            (Self::Settings(_) | Self::Simulated | Self::Environment { .. }, _) => false,
        }
    }

    /// The account in the environment, if any.
    pub fn from_environment(read: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, SessionError> {
        let set = |name| read(name).filter(|value| !value.is_empty());
        match (set(URL_VARIABLE), set(TOKEN_VARIABLE)) {
            (Some(url), Some(token)) => Ok(Some(Self::Environment { url, token: SecretString::from(token) })),
            (None, None) => Ok(None),
            (Some(_), None) | (None, Some(_)) => Err(SessionError::HalfEnvironment),
        }
    }

    /// The named account, else the first one.
    pub fn from_settings(settings: &Settings, name: Option<&str>) -> Result<Option<Self>, SessionError> {
        match name {
            Some(name) => match settings.account(name) {
                Some(account) => Ok(Some(Self::Settings(account.clone()))),
                None => Err(SessionError::NoSuchAccount(name.to_owned())),
            },
            None => Ok(settings.accounts.first().cloned().map(Self::Settings)),
        }
    }

    /// Connects to the service of an account in the environment or the settings. Asks the keyring, so it may
    /// block for seconds.
    ///
    /// `places` has the folder for lists that are costly to read.
    pub fn connect(&self, vault: &Vault, places: Option<&Places>) -> Result<ServiceHandle, SessionError> {
        match self {
            Self::Environment { url, token } => Ok(ServiceHandle::of_client(Client::new(base_url(url)?, token)?)),
            Self::Settings(account) => {
                let token = account.has_token.then(|| vault.read(&account.id, keep(account))).transpose();
                let token = token.map_err(|error| SessionError::Vault { name: account.name.clone(), error })?;
                let folder = places.map(|places| places.of_account(&account.id));
                ServiceHandle::to(account, token.as_ref(), folder.as_deref())
            }
            Self::Simulated => Err(SessionError::NoAccount),
        }
    }
}

/// An open account, with its simulated home if it is one.
pub struct Session {
    pub engine: Engine,
    service: Arc<dyn Service>,
    api: Arc<dyn Api>,
    base: Url,
    simulation: Option<Simulation>,
    /// Keeps other processes off the files of this account.
    owner_lock: Option<owner_lock::OwnerLock>,
}

impl Session {
    /// Becomes the owner of an account and opens it. Blocking calls run on other threads.
    pub async fn open(
        source: AccountSource,
        vault: Vault,
        places: Option<&Places>,
        clock: Arc<dyn Clock>,
        ownership: Ownership,
    ) -> Result<Self, SessionError> {
        let Owned { owner_lock, storage, notices } = own(&source, places, ownership).await?;
        let (connected, simulation) = match &source {
            AccountSource::Simulated => {
                let simulation = crate::simulator::start(Options::default(), Arc::clone(&clock)).await?;
                let token = SecretString::from(simulation.token());
                (ServiceHandle::of_client(Client::new(simulation.url().clone(), &token)?), Some(simulation))
            }
            // Only the keyring may block; a thread for it costs a short command a tenth of a millisecond.
            AccountSource::Environment { .. } => (source.connect(&vault, places)?, None),
            AccountSource::Settings(_) => {
                let (requested, places) = (source.clone(), places.cloned());
                let connected = tokio::task::spawn_blocking(move || requested.connect(&vault, places.as_ref())).await;
                (connected.map_err(Failure::of_program)??, None)
            }
        };
        let ServiceHandle { service, api, base, limits } = connected;
        let place = base.host_str().map_or_else(String::new, |host| match base.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        });
        let name = match &source {
            AccountSource::Simulated => AccountName::Simulated,
            AccountSource::Environment { .. } => AccountName::Environment,
            AccountSource::Settings(account) => AccountName::Own(account.name.clone()),
        };
        let account = AccountLabel { name, place };
        let engine = Engine::start(Setup { account, limits, storage, notices, clock }, Arc::clone(&service));
        Ok(Self { engine, service, api, base, simulation, owner_lock })
    }

    /// True if another process asked for this account; a caller that can use that process closes this session
    /// then.
    pub fn is_wanted(&self) -> bool {
        self.owner_lock.as_ref().is_some_and(owner_lock::OwnerLock::is_wanted)
    }

    /// The service, for calls beside the engine.
    pub fn service(&self) -> &Arc<dyn Service> {
        &self.service
    }

    /// The service for requests of the API page.
    pub fn api(&self) -> &Arc<dyn Api> {
        &self.api
    }

    /// The base URL of the service, from which pictures of its cameras may come.
    pub fn base(&self) -> &Url {
        &self.base
    }

    /// The simulated home, if the account is one.
    pub fn simulation(&self) -> Option<&Simulation> {
        self.simulation.as_ref()
    }

    /// Sends pending writes for at most `within`, and ends. Returns the number of writes left.
    pub async fn close(self, within: Duration) -> usize {
        let left = self.engine.shut_down(within).await;
        if let Some(simulation) = self.simulation {
            simulation.stop().await;
        }
        left
    }
}

/// The files of an account, with their lock.
#[derive(Default)]
struct Owned {
    owner_lock: Option<owner_lock::OwnerLock>,
    storage: Option<StoragePaths>,
    notices: Vec<EngineWarning>,
}

/// Becomes the owner of an account. A simulated home and a server from the environment have no files.
async fn own(source: &AccountSource, places: Option<&Places>, ownership: Ownership) -> Result<Owned, SessionError> {
    let (AccountSource::Settings(account), Some(places)) = (source, places) else { return Ok(Owned::default()) };
    let folder = places.of_account(&account.id);
    // An earlier version may have left the parent folders open to others.
    for above in [places.data.clone(), places.data.join("accounts")] {
        if let Err(err) = crate::files::make_own(&above)
            && err.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%err, path = %above.display(), "a folder stays open to others");
        }
    }
    match owner_lock::acquire(&folder, ownership).await {
        Ok(owner_lock) => Ok(Owned {
            owner_lock: Some(owner_lock),
            storage: Some(StoragePaths::in_folder(&folder)),
            notices: Vec::new(),
        }),
        Err(owner_lock::OwnerLockError::InUse) => Err(SessionError::InUse),
        Err(owner_lock::OwnerLockError::Unknown(warning)) => Ok(Owned { notices: vec![warning], ..Owned::default() }),
    }
}
