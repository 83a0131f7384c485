//! `setpoint set` where the program runs: the running engine makes the writes.

use jiff::Timestamp;
use serde_json::Value;

use super::set::{change_text, done_line, json, record};
use super::way::Running;
use super::{CliError, say};
use crate::desktop::instance::talk;
use crate::engine::{Outcome, Record};
use crate::home::{Home, PreviewLine, Write};
use crate::wwn::wire;

/// Lets the running program make the writes, so that its budget, journal and undo count.
pub(super) async fn through(
    running: Running,
    home: &Home,
    lines: &[PreviewLine],
    text: String,
    is_json: bool,
    now: Timestamp,
) -> Result<(), CliError> {
    let writes: Vec<Write> = lines.iter().map(|line| line.to.clone()).collect();
    let heard = running.set(text, writes).await?;
    let (records, unchanged, waiting) = match heard {
        talk::Answer::Set { records, unchanged, waiting } => (records, unchanged, waiting),
        talk::Answer::Wrong(why) => return Err(CliError::new(5, why)),
        talk::Answer::Done
        | talk::Answer::NotOpen
        | talk::Answer::NoHome(_)
        | talk::Answer::Home(_)
        | talk::Answer::Bridged(_) => {
            return Err(CliError::new(
                5,
                "the running program closed the account meanwhile; nothing is known to be set",
            ));
        }
    };
    let (mut answers, mut problem) = (Vec::new(), None);
    for line in lines {
        let what = format!("{}: {}", line.name, change_text(line.slot.field, &line.to.value_text()));
        let (text, answer, err) = if let Some(found) = records.iter().find(|record| record.slot == line.slot) {
            let err = failed(found);
            let text = match &err {
                None => done_line(found),
                Some(err) => format!("{what} was refused: {err}"),
            };
            (text, json(found)?, err)
        } else {
            let (word, text, err) = if unchanged.contains(&line.slot) {
                ("unchanged", format!("{what} already"), None)
            } else {
                let waiting = waiting.iter().find(|waiting| waiting.slot == line.slot);
                let why = waiting.map_or("nothing was heard of it yet", |waiting| waiting.why.as_str());
                let until = waiting.and_then(|waiting| waiting.expires);
                let until = until.map_or_else(String::new, |at| format!(", at the latest at {}", wire::time_text(at)));
                let err = format!("{what} waits in the running program: {why}{until}");
                ("waiting", err.clone(), Some(CliError::new(5, err)))
            };
            let mut unsent = json(&record(home, &line.to, Outcome::Discarded, now))?;
            if let Some(outcome) = unsent.get_mut("outcome") {
                *outcome = Value::from(word);
            }
            (text, unsent, err)
        };
        let is_single = lines.len() == 1;
        if !(is_json || is_single && err.is_some()) {
            say(text)?;
        }
        answers.push(answer);
        problem = problem.or(err);
    }
    if is_json {
        say(if lines.len() == 1 { answers.pop().unwrap_or_default() } else { Value::Array(answers) })?;
    }
    problem.map_or(Ok(()), Err)
}

/// What is to be said of a record that came to no good end.
fn failed(record: &Record) -> Option<CliError> {
    match &record.outcome {
        Outcome::Done | Outcome::Accepted => None,
        Outcome::Refused(why) => Some(CliError::new(3, why.to_string())),
        Outcome::Unconfirmed => Some(CliError::new(5, "the service accepted it, but does not show it")),
        Outcome::Expired => Some(CliError::new(5, "it waited too long for the service and was given up")),
        Outcome::Discarded => Some(CliError::new(3, "it was taken back in the running program")),
    }
}
