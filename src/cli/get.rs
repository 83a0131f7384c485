//! `setpoint get PATH`: one value as the service has it.

use clap::Args;
use serde_json::Value;

use super::way::Way;
use super::{CliError, Context, hide, say, tame};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Such as structures/ID/away or devices/thermostats/ID; / for everything
    path: String,
    /// Put texts in quotes, as JSON has them
    #[arg(long)]
    json: bool,
    /// Show links and tokens, which are credentials, too
    #[arg(long)]
    reveal: bool,
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    let value = match context.way().await? {
        Way::Running(running) => running.value(&arguments.path)?,
        Way::Alone { client, .. } => client.value(&arguments.path).await?,
    };
    let value = if arguments.reveal { value } else { hide(&arguments.path, value) };
    match value {
        Value::String(text) if !arguments.json => say(tame(&text)),
        Value::Object(_) | Value::Array(_) => say(format!("{value:#}")),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => say(value),
    }
}
