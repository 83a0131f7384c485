//! One interface to the stand-ins for current services: a home with a thermostat, whose commands are recorded,
//! and an account at it.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::json;
use setpoint::nle::{NleClient, NleService, NleTimes};
use setpoint::sdm::{SdmClient, SdmConfig, SdmSecret, SdmService, SdmTimes};
use setpoint::service::Service;

use super::nle::Nle;
use super::sdm::{CLIENT, CLIENT_SECRET, CODE, PROJECT, REFRESH, SUBSCRIPTION, Sdm};
use super::user::User;

/// The serial number of the thermostat at No Longer Evil.
pub(crate) const SERIAL: &str = "02AA01AB50120001";

/// A service and the one home behind it.
pub(crate) enum Stub {
    Nle(Nle),
    Sdm(Sdm),
}

impl Stub {
    /// The id of the only home.
    pub(crate) fn home(&self) -> String {
        match self {
            // The server has no name for the home, so its id contains the address of the server.
            Self::Nle(server) => {
                let url = url::Url::parse(&server.url).expect("a URL");
                format!("home-{}-{}", url.host_str().expect("a host"), url.port().expect("a port"))
            }
            Self::Sdm(_) => "home".to_owned(),
        }
    }

    /// The received commands, each as its name and its parameters.
    pub(crate) fn commands(&self) -> Vec<String> {
        let commands = match self {
            Self::Nle(server) => server.commands(),
            Self::Sdm(server) => server.commands(),
        };
        commands.into_iter().map(|(_, name, value)| format!("{name} {value}")).collect()
    }

    /// Makes the thermostats apply the commands and report. Google's stand-in does so by itself.
    pub(crate) fn report(&self) {
        match self {
            Self::Nle(server) => {
                let last = server.commands().into_iter().rfind(|(_, name, _)| name == "set_away");
                let is_eco = last.is_some_and(|(_, _, value)| value == true);
                let mode = if is_eco { "manual-eco" } else { "schedule" };
                server.report(SERIAL, &json!({"eco": {"mode": mode}}), &json!({"away": is_eco}));
            }
            Self::Sdm(_) => {}
        }
    }

    /// Adds the account to the settings of this user.
    pub(crate) async fn add_to(&self, user: &User) {
        match self {
            Self::Nle(server) => user.add_nle(server).await,
            Self::Sdm(server) => assert_eq!(user.sign_in(server, CODE).await.0, 0),
        }
    }

    /// The service as the window uses it.
    pub(crate) fn service(&self) -> Arc<dyn Service> {
        match self {
            Self::Nle(server) => {
                let client = NleClient::new(&server.url, None).expect("a client");
                NleService::new(client, "Mill Lane", NleTimes::default())
            }
            Self::Sdm(server) => {
                let tokens = format!("{}/token", server.url);
                let addresses = [server.url.as_str(), server.url.as_str(), tokens.as_str()];
                let config = SdmConfig::new(addresses, PROJECT, CLIENT, Some(SUBSCRIPTION.to_owned()));
                let secret = SdmSecret {
                    refresh_token: SecretString::from(REFRESH),
                    client_secret: SecretString::from(CLIENT_SECRET),
                    issued: None,
                };
                let client = SdmClient::new(config.expect("addresses"), secret).expect("a client");
                let times = SdmTimes { after_command: Duration::from_millis(100), ..SdmTimes::default() };
                SdmService::new(client, "Google", times)
            }
        }
    }
}
