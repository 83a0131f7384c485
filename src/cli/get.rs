//! `setpoint get PATH`: prints one value.

use clap::Args;
use serde_json::Value;

use super::{CliError, Context, print, print_block, redact, sanitize};
use crate::home::DeviceTree;
use crate::wwn::wire;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Path such as structures/ID/away or devices/thermostats/ID; / for everything
    path: String,
    /// Quote texts, as in JSON
    #[arg(long)]
    json: bool,
    /// Show links and tokens too, which are credentials
    #[arg(long)]
    reveal: bool,
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    let home = context.backend().await?.home().await?;
    let value = value_at(&home, &arguments.path)?;
    let value = if arguments.reveal { value } else { redact(&arguments.path, value) };
    match value {
        Value::String(text) if !arguments.json => print(sanitize(&text)),
        Value::Object(_) | Value::Array(_) => print_block(format!("{value:#}")),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => print(value),
    }
}

/// The value at a path of the Works with Nest API.
fn value_at(home: &DeviceTree, path: &str) -> Result<Value, CliError> {
    let keys: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    wire::node(home, &keys).ok_or_else(|| CliError::new(3, format!("there is nothing at {path}")))
}
