//! The journal: each change with its time, origin, old value, new value and outcome.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::batch::BatchLabel;
use crate::home::{Slot, Write};
use crate::service::Reason;

/// Number of records of our own changes in memory; the file keeps more.
const KEPT: usize = 500;
/// Number of records of external changes in memory. The separate bound keeps a busy thermostat from pushing out
/// the user's own records.
const KEPT_OF_OTHERS: usize = 300;
/// The maximum length of a name or value in a record, in characters. Reasons are bounded elsewhere.
const LONGEST_WORDS: usize = 256;
/// The maximum length of a write in a record, as text. A longer value, which only a service can invent, is not
/// kept for undo.
const LONGEST_VALUE: usize = 4096;

/// The source of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A control in the window.
    Window,
    /// The system tray.
    Tray,
    /// The command line.
    Cli,
    /// An old client, through the bridge.
    Bridge,
    /// A rule of this program.
    Rule,
    /// A schedule that this program keeps.
    Schedule,
    /// The end of a hold.
    Hold,
    /// The device itself, another app, or a schedule.
    Elsewhere,
    /// The service, following *away* that was set from here.
    AfterAway,
    /// The service, following *home* that was set from here.
    AfterHome,
}

impl Origin {
    /// True if this program was asked for the change.
    pub fn is_us(self) -> bool {
        match self {
            Self::Window | Self::Tray | Self::Cli | Self::Bridge | Self::Rule | Self::Schedule | Self::Hold => true,
            Self::Elsewhere | Self::AfterAway | Self::AfterHome => false,
        }
    }

    /// True if a person, a client or another app made the change: a schedule leaves it alone until its next start.
    pub fn is_by_hand(self) -> bool {
        match self {
            Self::Window | Self::Tray | Self::Cli | Self::Bridge | Self::Elsewhere => true,
            Self::Rule | Self::Schedule | Self::Hold | Self::AfterAway | Self::AfterHome => false,
        }
    }
}

/// The outcome of a write.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "OutcomeForm", into = "OutcomeForm")]
pub enum Outcome {
    /// Confirmed by the service.
    Done,
    /// Accepted by the service, and replaced before it was confirmed.
    Accepted,
    /// Refused, with the reason.
    Refused(Reason),
    /// Accepted, but not shown in time. A late confirmation makes it done.
    Unconfirmed,
    /// Sent without an answer. A value that the service shows later may make it done.
    MayHaveArrived(Reason),
    /// Not sent before its expiry.
    Expired,
    /// Discarded before it was sent.
    Discarded,
}

impl Outcome {
    /// True if the value may have changed, so that an undo makes sense.
    pub fn may_stand(&self) -> bool {
        match self {
            Self::Done | Self::Accepted | Self::Unconfirmed | Self::MayHaveArrived(_) => true,
            Self::Refused(_) | Self::Expired | Self::Discarded => false,
        }
    }
}

/// The serialized form of an outcome: a word, with the reason as data beside it.
///
/// ```json
/// "outcome": "refused",
/// "reason": {"server_failed": {"status": 502, "said": null}}
/// ```
///
/// Version 0.1 wrote an English sentence as well, as in `"outcome": {"refused": "the service failed"}`, and no
/// reason beside the words of a service. A reason of a newer version is shown as its JSON.
#[derive(Serialize, Deserialize)]
struct OutcomeForm {
    outcome: WordForm,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Value>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WordForm {
    Word(Word),
    Sentence(OldWord),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Done,
    Accepted,
    Refused,
    Unconfirmed,
    MayHaveArrived,
    Expired,
    Discarded,
}

/// The words of 0.1 that had a sentence.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OldWord {
    Refused(String),
    MayHaveArrived(String),
}

impl TryFrom<OutcomeForm> for Outcome {
    type Error = &'static str;

    fn try_from(OutcomeForm { outcome, reason }: OutcomeForm) -> Result<Self, Self::Error> {
        let known = reason.as_ref().and_then(|reason| serde_json::from_value(reason.clone()).ok());
        let of_data =
            || known.clone().or_else(|| reason.as_ref().map(|reason| Reason::service_text(reason.to_string())));
        Ok(match outcome {
            WordForm::Word(Word::Done) => Self::Done,
            WordForm::Word(Word::Accepted) => Self::Accepted,
            WordForm::Word(Word::Refused) => Self::Refused(of_data().ok_or(NO_REASON)?),
            WordForm::Word(Word::MayHaveArrived) => Self::MayHaveArrived(of_data().ok_or(NO_REASON)?),
            WordForm::Word(Word::Unconfirmed) => Self::Unconfirmed,
            WordForm::Word(Word::Expired) => Self::Expired,
            WordForm::Word(Word::Discarded) => Self::Discarded,
            WordForm::Sentence(OldWord::Refused(sentence)) => {
                Self::Refused(known.unwrap_or_else(|| Reason::service_text(sentence)))
            }
            WordForm::Sentence(OldWord::MayHaveArrived(sentence)) => {
                Self::MayHaveArrived(known.unwrap_or_else(|| Reason::service_text(sentence)))
            }
        })
    }
}

const NO_REASON: &str = "the reason is missing";

impl From<Outcome> for OutcomeForm {
    fn from(outcome: Outcome) -> Self {
        let (word, reason) = match outcome {
            Outcome::Done => (Word::Done, None),
            Outcome::Accepted => (Word::Accepted, None),
            Outcome::Refused(reason) => (Word::Refused, Some(reason)),
            Outcome::MayHaveArrived(reason) => (Word::MayHaveArrived, Some(reason)),
            Outcome::Unconfirmed => (Word::Unconfirmed, None),
            Outcome::Expired => (Word::Expired, None),
            Outcome::Discarded => (Word::Discarded, None),
        };
        let reason = reason.and_then(|reason| serde_json::to_value(reason).ok());
        Self { outcome: WordForm::Word(word), reason }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Unique within one file; increases with each record. A later line with the same id replaces an earlier
    /// one.
    pub id: u64,
    /// The time of the request.
    pub at: Timestamp,
    /// The source of the change.
    #[serde(rename = "who")]
    pub origin: Origin,
    /// The value that was changed.
    pub slot: Slot,
    /// The name of the device or structure at that time.
    pub name: String,
    /// The old value as text, if it was known.
    pub from: Option<String>,
    /// The requested value as text.
    pub to: String,
    #[serde(flatten)]
    pub outcome: Outcome,
    /// The requested write, if it is known.
    #[serde(rename = "wish", default, skip_serializing_if = "Option::is_none")]
    pub write: Option<Write>,
    /// The write that restores the old value.
    pub undo: Option<Write>,
    /// The batch that the change belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<BatchLabel>,
    /// The record that this change reverses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<u64>,
}

impl Record {
    /// Cuts names, values and writes to their maximum lengths.
    fn bounded(mut self) -> Self {
        let fits = |write: &Write| write.text().is_none_or(|text| text.len() <= LONGEST_VALUE);
        self.write = self.write.filter(fits);
        self.undo = self.undo.filter(fits);
        for text in [&mut self.name, &mut self.to].into_iter().chain(&mut self.from) {
            if let Some((end, _)) = text.char_indices().nth(LONGEST_WORDS) {
                text.truncate(end);
                text.push('…');
                text.shrink_to_fit();
            }
        }
        self
    }
}

/// Drops the oldest records beyond the two limits.
fn trim(newest_first: &mut VecDeque<Record>) {
    for (is_us, kept) in [(true, KEPT), (false, KEPT_OF_OTHERS)] {
        let of_these = |record: &&Record| record.origin.is_us() == is_us;
        let mut beyond = newest_first.iter().filter(of_these).count().saturating_sub(kept);
        while beyond > 0 {
            beyond -= 1;
            if let Some(oldest) = newest_first.iter().rposition(|record| record.origin.is_us() == is_us) {
                newest_first.remove(oldest);
            }
        }
    }
}

/// The newest records, newest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Journal {
    records: Arc<VecDeque<Record>>,
    last_id: u64,
}

impl Journal {
    /// Starts with the records of a file, oldest first.
    pub(super) fn from_records(records: Vec<Record>) -> Self {
        let last_id = records.iter().map(|record| record.id).max().unwrap_or_default();
        let mut newest_first: VecDeque<Record> = records.into_iter().rev().map(Record::bounded).collect();
        trim(&mut newest_first);
        Self { records: Arc::new(newest_first), last_id }
    }

    /// Adds a record and assigns its id.
    pub(super) fn add(&mut self, record: Record) -> Record {
        let mut record = record.bounded();
        self.last_id = self.last_id.saturating_add(1);
        record.id = self.last_id;
        let records = Arc::make_mut(&mut self.records);
        records.push_front(record.clone());
        trim(records);
        record
    }

    /// Changes the outcome of a record. Returns the changed record; `None` if it is too old to be in memory.
    pub(super) fn amend(&mut self, id: u64, outcome: Outcome) -> Option<Record> {
        let at = self.records.iter().position(|record| record.id == id)?;
        let record = Arc::make_mut(&mut self.records).get_mut(at)?;
        record.outcome = outcome;
        Some(record.clone())
    }

    /// The records, newest first. Cloning the result is cheap.
    pub(super) fn records(&self) -> Arc<VecDeque<Record>> {
        Arc::clone(&self.records)
    }

    pub(super) fn find(&self, id: u64) -> Option<&Record> {
        self.records.iter().find(|record| record.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::{Field, Node, Refusal, Setpoint};
    use crate::service::{Cause, UnsafeRedirect};

    fn record(id: u64) -> Record {
        Record {
            id,
            at: Timestamp::UNIX_EPOCH,
            origin: Origin::Window,
            slot: Slot { node: Node::Thermostat("t".into()), field: Field::Target },
            name: "Hallway".to_owned(),
            from: Some("20.0 °C".to_owned()),
            to: "21.5 °C".to_owned(),
            outcome: Outcome::Refused(Reason::service_text("offline")),
            undo: None,
            write: None,
            batch: None,
            undoes: None,
        }
    }

    #[test]
    fn ids_go_on_where_the_file_ended_and_memory_is_bounded() {
        let mut journal = Journal::from_records((1..=600).map(record).collect());
        assert_eq!(journal.records().len(), 500);
        assert_eq!(journal.records().front().map(|record| record.id), Some(600));
        assert_eq!(journal.add(record(0)).id, 601);
        assert_eq!(journal.records().len(), 500);
        assert!(journal.find(601).is_some() && journal.find(1).is_none());
    }

    #[test]
    fn m9_external_changes_do_not_push_out_our_records() {
        let mut journal = Journal::from_records((1..=20).map(record).collect());
        for _ in 0..2000 {
            journal.add(Record { origin: Origin::Elsewhere, ..record(0) });
        }
        let records = journal.records();
        assert_eq!(records.iter().filter(|record| record.origin.is_us()).count(), 20);
        assert_eq!(records.len(), 320);
        assert!(records.iter().rev().is_sorted_by_key(|record| record.id), "in the order of time");
        assert_eq!(records.front().map(|record| record.id), Some(2020));
    }

    #[test]
    fn m9_a_record_has_a_bound_in_bytes() {
        let long = "ä".repeat(2_000_000);
        let label = |text: &str| Some(Write::Label("t".into(), text.to_owned()));
        let mut journal = Journal::default();
        let kept = journal.add(Record {
            name: long.clone(),
            from: Some(long.clone()),
            to: long.clone(),
            undo: label(&long),
            write: label("Hall"),
            ..record(0)
        });
        assert!(serde_json::to_string(&kept).expect("plain data").len() < 4096);
        assert!(kept.to.ends_with("ä…") && kept.from.as_ref().is_some_and(|from| from.ends_with("ä…")));
        assert_eq!((kept.undo, kept.write), (None, label("Hall")));
    }

    #[test]
    fn records_keep_their_form_on_disk() {
        let json = serde_json::to_string(&record(7)).expect("plain data");
        assert_eq!(
            json,
            r#"{"id":7,"at":"1970-01-01T00:00:00Z","who":"window","slot":{"node":{"thermostat":"t"},"field":"target"},"name":"Hallway","from":"20.0 °C","to":"21.5 °C","outcome":"refused","reason":{"said":"offline"},"undo":null}"#
        );
        assert_eq!(serde_json::from_str::<Record>(&json).expect("its own form"), record(7));
    }

    #[test]
    fn a_reason_is_kept_as_data_without_a_sentence() {
        for reason in [
            Reason::Rule(Refusal::Offline),
            Reason::Rule(Refusal::AboveLock(Setpoint::celsius(24.5), Setpoint::fahrenheit(70.0))),
            Reason::Unreachable { host: "example.org".to_owned(), cause: Cause::UnknownHost },
            Reason::Redirect(UnsafeRedirect::ForeignHost("evil.example".to_owned())),
            Reason::ServerFailed { status: 502, said: Some("no".to_owned().into()) },
            Reason::Withdrawn,
        ] {
            for outcome in [Outcome::Refused(reason.clone()), Outcome::MayHaveArrived(reason.clone())] {
                let record = Record { outcome, ..record(7) };
                let json = serde_json::to_string(&record).expect("plain data");
                assert!(!json.contains(&reason.to_string()), "{json}");
                assert_eq!(serde_json::from_str::<Record>(&json).expect("its own form"), record);
            }
        }
    }

    #[test]
    fn records_of_other_versions_are_read() {
        let json = serde_json::to_string(&record(7)).expect("plain data");
        let with = |outcome: &str| json.replace(r#""outcome":"refused","reason":{"said":"offline"}"#, outcome);
        let offline = Outcome::Refused(Reason::Rule(Refusal::Offline));
        for (form, outcome) in [
            (r#""outcome":{"refused":"offline"}"#, Outcome::Refused(Reason::service_text("offline"))),
            (r#""outcome":{"refused":"It is offline"},"reason":{"rule":"offline"}"#, offline),
            (
                r#""outcome":{"may_have_arrived":"no"},"reason":{"solar_flare":3}"#,
                Outcome::MayHaveArrived(Reason::service_text("no")),
            ),
            (
                r#""outcome":"refused","reason":{"solar_flare":3}"#,
                Outcome::Refused(Reason::service_text("{\"solar_flare\":3}")),
            ),
        ] {
            let read = serde_json::from_str::<Record>(&with(form)).expect("readable");
            assert_eq!(read.outcome, outcome, "{form}");
        }
        assert!(serde_json::from_str::<Record>(&with(r#""outcome":"refused""#)).is_err());
        assert!(serde_json::from_str::<Record>("{\"id\":1}").is_err());
    }
}
