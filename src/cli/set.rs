//! `setpoint set WHAT FIELD VALUE`: one write.

use clap::Args;

use super::{CliError, Context, complain, say};
use crate::clock::{Clock as _, SystemClock};
use crate::engine::{Outcome, Record, StoragePaths, Who};
use crate::home::{Home, Write, check};
use crate::language::{find, understand};
use crate::service::Failure;
use crate::session::Choice;
use crate::settings::Places;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A device or home, by name or id; a part of the name is enough while it is unique
    what: String,
    /// target, range, mode, fan, fan-duration, label, scale; streaming; away, name, eta
    field: String,
    /// Such as 21.5, 70F, +1, 18-24, heat, on, away
    #[arg(allow_hyphen_values = true)]
    value: String,
    /// The answer as JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    let now = SystemClock.now();
    let choice = context.choice()?;
    let client = choice.client(&Context::vault())?;
    let home = client.home().await?;
    let named = find(&home, &arguments.what).map_err(CliError::usage)?;
    let write = understand(&home, &named.node, &arguments.field, &arguments.value, now).map_err(CliError::usage)?;
    let result = match check(&home, &write, now) {
        Ok(checked) => client.write(&checked).await.map_err(CliError::from),
        Err(refusal) => Err(CliError::new(3, refusal.sentence())),
    };
    let outcome = match &result {
        Ok(()) => Outcome::Accepted,
        Err(err) => Outcome::Refused(err.message.clone()),
    };
    let record = record(&home, &write, outcome, now);
    keep(&choice, &record);
    result?;
    if arguments.json {
        let answer = serde_json::to_value(&record).map_err(|err| Failure::bug(err.to_string()))?;
        return say(answer);
    }
    let from = record.from.map_or_else(String::new, |from| format!(" (was {from})"));
    say(format!("{}: {} {}{from}", record.name, record.slot.field.title().to_lowercase(), record.to))
}

fn record(home: &Home, write: &Write, outcome: Outcome, at: jiff::Timestamp) -> Record {
    let slot = write.slot();
    let base = slot.present(home, write.scale());
    Record {
        id: u64::try_from(at.as_millisecond()).unwrap_or_default(),
        at,
        who: Who::Cli,
        name: slot.node.name(home).to_owned(),
        from: base.as_ref().map(Write::value_text),
        to: write.value_text(),
        outcome,
        undo: base,
        slot,
    }
}

/// Only an account has a journal; a server from the environment leaves nothing behind.
fn keep(choice: &Choice, record: &Record) {
    let Choice::Account(account) = choice else { return };
    let Some(places) = Places::of_user() else { return };
    let paths = StoragePaths::in_folder(&places.of_account(&account.id));
    if let Err(err) = paths.append(record) {
        complain(&format!("the activity log could not be written: {err}"));
    }
}
