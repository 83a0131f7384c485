//! `setpoint watch`: prints one line for every value that changes.

use std::sync::Arc;

use clap::Args;
use serde_json::json;
use tokio::sync::mpsc;

use super::backend::{CommandBackend, RunningProgram};
use super::relay::signed_in_anew;
use super::{CliError, Context, print, redact, warn};
use crate::clock::{Clock as _, SystemClock};
use crate::home::DeviceTree;
use crate::ipc::protocol::IpcResponse;
use crate::service::Update;
use crate::wwn::wire;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Print one JSON object per line, with "at", "path", "from" and "to"
    #[arg(long)]
    json: bool,
    /// End after N changes
    #[arg(long, value_name = "N")]
    count: Option<usize>,
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    let (source, service) = match context.backend().await? {
        CommandBackend::Running(running) => return through(*running, arguments).await,
        CommandBackend::Direct { source, service } => (source, service),
        // Only writes own the engine.
        CommandBackend::Own(_) => return Err(CliError::new(5, "this way cannot be watched")),
    };
    let (updates, mut heard) = mpsc::channel(16);
    let listener = tokio::spawn(Arc::clone(&service).listen(updates));
    let mut watching = Watching { home: None, said: 0, arguments };
    let result = loop {
        let update = tokio::select! {
            update = heard.recv() => update,
            interrupted = tokio::signal::ctrl_c() => {
                interrupted.ok();
                break Ok(());
            }
            // The old token is not used any more.
            () = signed_in_anew(&source) => break Err(CliError::new(4, "somebody signed in anew, or out; start again")),
        };
        match update {
            Some(Update::Home(home)) => match watching.print_changes(*home) {
                Ok(true) => {}
                Ok(false) => break Ok(()),
                Err(err) => break Err(err),
            },
            Some(Update::Lost { failure, retry_in }) => {
                warn(&format!("{failure}; trying again in {} s", retry_in.as_secs().max(1)));
            }
            Some(Update::Stalled) => warn(&"the service has been silent for a while"),
            Some(Update::SignedOut(failure)) => break Err(failure.into()),
            Some(Update::Connecting | Update::Alive) => {}
            None => break Ok(()),
        }
    };
    listener.abort();
    result
}

/// Follows the home of the running program.
async fn through(running: RunningProgram, arguments: Arguments) -> Result<(), CliError> {
    let mut peer = running.watch().await?;
    let mut watching = Watching { home: None, said: 0, arguments };
    loop {
        let answer = tokio::select! {
            answer = peer.next() => answer,
            interrupted = tokio::signal::ctrl_c() => {
                interrupted.ok();
                return Ok(());
            }
        };
        match answer.map_err(|err| CliError::new(5, err.to_string()))? {
            Some(IpcResponse::Home(json)) => {
                let home = wire::parse(json.get().as_bytes()).map_err(|err| CliError::new(5, err.to_string()))?;
                if !watching.print_changes(home)? {
                    return Ok(());
                }
            }
            Some(IpcResponse::NoHome(_)) => warn(&"the running program has not reached the service yet"),
            Some(
                IpcResponse::Done
                | IpcResponse::Yields
                | IpcResponse::NotOpen
                | IpcResponse::Bridged(_)
                | IpcResponse::Set { .. }
                | IpcResponse::Wrong(_),
            )
            | None => {
                return Err(CliError::new(5, "the running program closed the account"));
            }
        }
    }
}

struct Watching {
    home: Option<DeviceTree>,
    said: usize,
    arguments: Arguments,
}

impl Watching {
    /// Prints the differences; `false` after the requested number.
    fn print_changes(&mut self, newer: DeviceTree) -> Result<bool, CliError> {
        let Some(home) = &mut self.home else {
            let (devices, homes) = (newer.device_count(), newer.structures.len());
            warn(&format!("watching devices: {devices}, homes: {homes}"));
            self.home = Some(newer);
            return Ok(true);
        };
        let before = home.clone();
        let at = SystemClock.now();
        for change in home.adopt(newer) {
            for (path, from, to) in wire::changed_fields(&before, home, &change) {
                if self.arguments.count.is_some_and(|count| self.said >= count) {
                    return Ok(false);
                }
                self.said += 1;
                if self.arguments.json {
                    print(
                        json!({"at": wire::time_text(at), "path": path, "from": redact(&path, from), "to": redact(&path, to)}),
                    )?;
                } else {
                    print(format!("{path}  {} → {}", redact(&path, from), redact(&path, to)))?;
                }
            }
        }
        Ok(self.arguments.count.is_none_or(|count| self.said < count))
    }
}
