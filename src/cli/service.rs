//! `setpoint service`: the program without a window as a service of the user.

use clap::{Args, Subcommand};
use serde_json::json;

use super::{CliError, print};
use crate::platform::user_service::{ServiceError, ServiceStatus, UserService};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Start `setpoint run` now and at each login, by the systemd of the user
    Install,
    /// Say if the service is there, if it runs, and if it does so without a login
    Status {
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Stop the service and remove it
    Remove,
}

impl From<ServiceError> for CliError {
    fn from(err: ServiceError) -> Self {
        Self::new(5, err.to_string())
    }
}

/// The sentence about services without a login.
const LINGER: &str = "it runs while you are logged in; to let it run without a login as well, call \
                      `loginctl enable-linger`";

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let service = UserService::of_user()?;
    match arguments.what {
        What::Install => {
            service.write()?;
            let status = service.status();
            if let Err(err) = service.enable() {
                let file = status.file.display();
                return Err(CliError::new(5, format!("{file} is written, but the service does not run: {err}")));
            }
            print(format!("installed: {}", status.file.display()))?;
            if status.lingers == Some(true) { Ok(()) } else { print(LINGER) }
        }
        What::Remove => {
            // Without systemd there is only the file to remove.
            let stopped = service.disable();
            if !service.remove()? {
                return print("the service is not installed");
            }
            if let Err(err) = stopped {
                super::warn(&format!("the service may still run: {err}"));
            }
            print("removed")
        }
        What::Status { json } => {
            let ServiceStatus { is_installed, state, lingers, file } = service.status();
            if json {
                let file = file.display().to_string();
                return print(json!({"installed": is_installed, "state": state, "lingers": lingers, "file": file}));
            }
            if !is_installed {
                return print("not installed; `setpoint service install` does it");
            }
            print(format!("installed: {}", file.display()))?;
            print(match &state {
                Some(state) => format!("state: {state}"),
                None => "state: not known, because there is no systemd of the user".to_owned(),
            })?;
            if lingers == Some(true) { print("it runs without a login too") } else { print(LINGER) }
        }
    }
}
