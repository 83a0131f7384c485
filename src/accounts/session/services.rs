//! The table of services: how a user signs in to each, and how its accounts connect.

use std::path::Path;
use std::sync::Arc;

use secrecy::SecretString;
use url::Url;

use super::SessionError;
use crate::accounts::settings::Account;
use crate::accounts::vault::VaultError;
use crate::clock::SystemClock;
use crate::home::ServiceKind;
use crate::http::{Api, base_url, is_loopback};
use crate::nle::{self, HostedClient, HostedService, HostedTimes, NleClient, NleService, NleTimes, is_hosted};
use crate::sdm::{self, SdmClient, SdmConfig, SdmSecret, SdmService, SdmTimes};
use crate::service::{Service, UnusableUrl, WriteLimits};
use crate::wwn::client::{Client, StreamTimes, WwnService};

/// A service as one entry of the table.
#[derive(Debug)]
pub struct ServiceEntry {
    pub kind: ServiceKind,
    /// The data that a user enters to sign in.
    pub sign_in: SignInFields,
    connect: Connect,
}

/// Connects to the service of an account with its token; the folder contains the account's files.
type Connect = fn(&Account, Option<&SecretString>, Option<&Path>) -> Result<ServiceHandle, SessionError>;

/// The data that a user enters to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInFields {
    /// An address, and a token or the client of the service's own page.
    TokenOrClient,
    /// An address; a token only for a proxy before the server.
    AddressOnly,
    AddressAndKey,
    /// A project and a client at Google.
    GoogleProject,
}

static SERVICES: [ServiceEntry; 4] = [
    ServiceEntry { kind: ServiceKind::WorksWithNest, sign_in: SignInFields::TokenOrClient, connect: to_wwn },
    ServiceEntry { kind: ServiceKind::NoLongerEvil, sign_in: SignInFields::AddressOnly, connect: to_own_server },
    ServiceEntry { kind: ServiceKind::HostedNoLongerEvil, sign_in: SignInFields::AddressAndKey, connect: to_hosted },
    ServiceEntry { kind: ServiceKind::DeviceAccess, sign_in: SignInFields::GoogleProject, connect: to_sdm },
];

impl ServiceEntry {
    /// The service that a user means by a choice and an address.
    pub fn at(choice: ServiceKind, address: &str) -> &'static Self {
        let is_hosted = choice == ServiceKind::NoLongerEvil && is_hosted(address);
        let kind = if is_hosted { ServiceKind::HostedNoLongerEvil } else { choice };
        SERVICES.iter().find(|service| service.kind == kind).unwrap_or(&SERVICES[0])
    }
}

/// A service that is ready for use.
pub struct ServiceHandle {
    pub service: Arc<dyn Service>,
    /// The same for requests of the API page.
    pub api: Arc<dyn Api>,
    /// The address of the service.
    pub base: Url,
    pub(super) limits: WriteLimits,
}

impl ServiceHandle {
    /// Connects to the service of an account with its token, if it has one. `folder` contains the account's
    /// files.
    pub fn to(account: &Account, token: Option<&SecretString>, folder: Option<&Path>) -> Result<Self, SessionError> {
        (ServiceEntry::at(account.kind, &account.url).connect)(account, token, folder)
    }

    pub(super) fn of_client(client: Client) -> Self {
        let base = client.base().clone();
        // A server on this machine is a simulation with limits of its own; a real home is spared.
        let limits = if is_loopback(&base) { WriteLimits::SIMULATED } else { WriteLimits::REAL };
        let api = Arc::new(client.clone());
        Self { service: WwnService::new(client, StreamTimes::default()), api, base, limits }
    }
}

fn unusable(account: &Account, error: VaultError) -> SessionError {
    SessionError::Vault { name: account.name.clone(), error }
}

fn present<'a>(account: &Account, token: Option<&'a SecretString>) -> Result<&'a SecretString, SessionError> {
    token.ok_or_else(|| unusable(account, VaultError::Missing))
}

fn to_wwn(
    account: &Account,
    token: Option<&SecretString>,
    _folder: Option<&Path>,
) -> Result<ServiceHandle, SessionError> {
    let token = present(account, token)?;
    Ok(ServiceHandle::of_client(Client::new(base_url(&account.url)?, token)?))
}

fn to_own_server(
    account: &Account,
    token: Option<&SecretString>,
    _folder: Option<&Path>,
) -> Result<ServiceHandle, SessionError> {
    let client = NleClient::new(&account.url, token)?;
    let base = client.base().clone();
    let api = Arc::new(client.clone());
    let service = NleService::new(client, account.name.clone(), NleTimes::default());
    Ok(ServiceHandle { service, api, base, limits: nle::LIMITS })
}

fn to_hosted(
    account: &Account,
    token: Option<&SecretString>,
    _folder: Option<&Path>,
) -> Result<ServiceHandle, SessionError> {
    let client = Arc::new(HostedClient::new(&account.url, present(account, token)?)?);
    let base = client.base().clone();
    let api = Arc::<HostedClient>::clone(&client);
    let service = HostedService::new(client, account.name.clone(), HostedTimes::default());
    Ok(ServiceHandle { service, api, base, limits: nle::HOSTED_LIMITS })
}

fn to_sdm(
    account: &Account,
    token: Option<&SecretString>,
    folder: Option<&Path>,
) -> Result<ServiceHandle, SessionError> {
    let secret = SdmSecret::from_text(present(account, token)?);
    let secret = secret.ok_or_else(|| unusable(account, VaultError::Damaged))?;
    let client = Arc::new(SdmClient::new(sdm_config(account)?, secret)?);
    let base = client.config().api.clone();
    let api = Arc::<SdmClient>::clone(&client);
    let cache = folder.map(|folder| sdm::Cache::new(folder.join("lists.json"), SystemClock::shared()));
    let service = SdmService::with_cache(client, account.name.clone(), SdmTimes::default(), cache);
    Ok(ServiceHandle { service, api, base, limits: sdm::LIMITS })
}

/// The configuration of an account at Google Device Access, with Google's addresses unless the account has
/// others.
pub fn sdm_config(account: &Account) -> Result<SdmConfig, UnusableUrl> {
    let events = account.events_url.as_deref().unwrap_or(sdm::EVENTS);
    let tokens = account.token_url.as_deref().unwrap_or(sdm::TOKENS);
    let (project, client_id) = (account.project.as_deref().unwrap_or_default(), account.client_id.as_deref());
    let addresses = [account.url.as_str(), events, tokens];
    SdmConfig::new(addresses, project, client_id.unwrap_or_default(), account.subscription.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_choice_has_an_entry_and_the_address_decides_between_two_servers() {
        for kind in [ServiceKind::HostedNoLongerEvil].into_iter().chain(ServiceKind::CHOICES) {
            assert_eq!(ServiceEntry::at(kind, "http://192.168.1.10:8082").kind, kind);
        }
        let hosted = ServiceEntry::at(ServiceKind::NoLongerEvil, "https://nolongerevil.com");
        assert_eq!((hosted.kind, hosted.sign_in), (ServiceKind::HostedNoLongerEvil, SignInFields::AddressAndKey));
        assert_eq!(
            ServiceEntry::at(ServiceKind::WorksWithNest, "https://nolongerevil.com").kind,
            ServiceKind::default()
        );
    }
}
