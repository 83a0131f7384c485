//! `setpoint set WHAT FIELD VALUE`: one write; `setpoint set "all eco"`: a sentence, which may be
//! several.

use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use serde_json::Value;

use super::way::Way;
use super::{CliError, Context, complain, say, set_through};
use crate::clock::{Clock as _, SystemClock};
use crate::engine::{Outcome, Record, StoragePaths, Who};
use crate::home::{Field, Home, PreviewLine, ServiceName, Verdict, Write, check_wish, preview};
use crate::language::{find, sentence, understand};
use crate::service::{Failure, FailureKind, Reason, Service};
use crate::session::{Choice, exit_code};
use crate::settings::Places;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A device or home by name or id, where a part of the name is enough while it is unique; or a
    /// whole sentence, such as "all eco", "hallway fan 30", "cameras off" or away
    what: String,
    /// Of a thermostat: target, range, mode, fan, fan-duration, label, scale. Of a camera:
    /// streaming. Of a home: away, name, eta
    #[arg(allow_negative_numbers = true)]
    field: Option<String>,
    /// Such as 21.5, 70F, +1, 18-24, heat, on, away
    #[arg(allow_hyphen_values = true)]
    value: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Arguments {
    /// As it was typed.
    pub(super) fn text(&self) -> String {
        let words = [Some(&self.what), self.field.as_ref(), self.value.as_ref()];
        words.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// Words of another command that say the same.
    pub(super) fn of_words(words: &[String]) -> Option<Self> {
        let (what, rest) = words.split_first()?;
        let (field, value) = match rest {
            [] => (None, None),
            [field] => (Some(field.clone()), None),
            [field, value] => (Some(field.clone()), Some(value.clone())),
            _ => return None,
        };
        Some(Self { what: what.clone(), field, value, json: false })
    }

    pub(super) fn writes(&self, home: &Home, now: Timestamp) -> Result<Vec<Write>, CliError> {
        let text = self.text();
        let (Some(field), Some(value)) = (&self.field, &self.value) else {
            return sentence(home, &text, now).map_err(CliError::usage);
        };
        let strict = find(home, &self.what).and_then(|named| understand(home, &named.node, field, value, now));
        match strict {
            Ok(write) => Ok(vec![write]),
            // `set front door off` has three words and is a sentence all the same.
            Err(err) => sentence(home, &text, now).map_err(|_in_its_words| CliError::usage(err)),
        }
    }
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    let now = SystemClock.now();
    let way = context.way().await?;
    let home = way.home().await?;
    let writes = arguments.writes(&home, now)?;
    make(way, &home, &writes, arguments.text(), arguments.json, now).await
}

/// Makes writes and says what became of them; `text` is what they were called.
pub(super) async fn make(
    way: Way,
    home: &Home,
    writes: &[Write],
    text: String,
    is_json: bool,
    now: Timestamp,
) -> Result<(), CliError> {
    let lines = preview(home, writes, now);
    let (choice, service) = match way {
        Way::Running(running) => return set_through::through(running, home, &lines, text, is_json, now).await,
        Way::Alone { choice, service, .. } => (choice, service),
    };
    let mut sender = Sender { choice: &choice, service: &service, home, after: home.clone(), now, count: 0 };
    if let [line] = lines.as_slice() {
        let (record, result) = sender.send(&line.to).await;
        result?;
        if matches!(line.to, Write::FanDuration(..)) && home.abilities.service() == Some(ServiceName::DeviceAccess) {
            complain(
                &"Google keeps no duration for the fan, and this command forgets it as it ends: start the fan along \
                  with it, as in “hallway fan 30”, or set it while Setpoint runs",
            );
        }
        return if is_json { say(json(&record)?) } else { say(done_line(&record)) };
    }
    let (mut answers, mut problem) = (Vec::new(), None);
    for line in &lines {
        let (answer, err) = sender.one_of_many(line, problem.as_ref()).await?;
        if !is_json {
            say(answer.text)?;
        }
        answers.push(answer.json);
        problem = problem.or(err);
    }
    if is_json {
        say(Value::Array(answers))?;
    }
    problem.map_or(Ok(()), Err)
}

/// What a script and a person are told of one write of several.
struct Answer {
    text: String,
    json: Value,
}

struct Sender<'a> {
    choice: &'a Choice,
    service: &'a Arc<dyn Service>,
    home: &'a Home,
    /// The home with what was accepted painted over it.
    after: Home,
    now: Timestamp,
    /// How many records were made: each has a number of its own.
    count: u64,
}

impl Sender<'_> {
    /// Sends one write and writes down what came of it.
    async fn send(&mut self, write: &Write) -> (Record, Result<(), CliError>) {
        let result = match check_wish(&self.after, write, self.now) {
            Ok(checked) => Arc::clone(self.service).write(checked).await.map_err(CliError::from),
            Err(refusal) => Err(CliError::from(Failure::refused(refusal))),
        };
        let outcome = match &result {
            Ok(()) => Outcome::Accepted,
            Err(err) => {
                let reason = err.reason.clone();
                Outcome::Refused(reason.unwrap_or_else(|| Reason::Program(err.message.clone())))
            }
        };
        if result.is_ok() {
            write.paint(&mut self.after);
        }
        let mut record = record(self.home, write, outcome, self.now);
        record.id = record.id.saturating_add(self.count);
        self.count += 1;
        keep(self.choice, &record);
        (record, result)
    }

    /// One line of several. When the service could not be reached before, it is not asked again.
    async fn one_of_many(
        &mut self,
        line: &PreviewLine,
        problem: Option<&CliError>,
    ) -> Result<(Answer, Option<CliError>), CliError> {
        let what = format!("{}: {}", line.name, change_text(line.slot.field, &line.to.value_text()));
        let unsent = |word: &str| {
            let mut json = json(&record(self.home, &line.to, Outcome::Discarded, self.now))?;
            if let Some(outcome) = json.get_mut("outcome") {
                *outcome = Value::from(word);
            }
            Ok::<Value, CliError>(json)
        };
        if line.verdict == Verdict::Unchanged {
            return Ok((Answer { text: format!("{what} already"), json: unsent("unchanged")? }, None));
        }
        if problem.is_some_and(|err| err.code != exit_code(FailureKind::Refused)) {
            return Ok((Answer { text: format!("{what} was not sent"), json: unsent("not_sent")? }, None));
        }
        let (record, result) = self.send(&line.to).await;
        let text = match &result {
            Ok(()) => done_line(&record),
            Err(err) => format!("{what} was refused: {err}"),
        };
        Ok((Answer { text, json: json(&record)? }, result.err()))
    }
}

pub(super) fn json(record: &Record) -> Result<Value, CliError> {
    serde_json::to_value(record).map_err(|err| Failure::of_program(err).into())
}

/// `target temperature 21.5 °C`; where the value says of itself what it is of, `away`.
pub(super) fn change_text(field: Field, value: &str) -> String {
    if field == Field::Away { value.to_owned() } else { format!("{} {value}", field.title().to_lowercase()) }
}

pub(super) fn done_line(record: &Record) -> String {
    let from = record.from.as_ref().map_or_else(String::new, |from| format!(" (was {from})"));
    format!("{}: {}{from}", record.name, change_text(record.slot.field, &record.to))
}

pub(super) fn record(home: &Home, write: &Write, outcome: Outcome, at: Timestamp) -> Record {
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
        wish: Some(write.clone()),
        batch: None,
        undoes: None,
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
