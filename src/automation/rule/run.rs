//! Runs of rules: each occasion, with the conditions as they were, and what became of each act. They are kept for good.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Condition, RuleTrigger};
use crate::automation::run::{RunOutcome, Skip};
use crate::home::{DeviceId, Write};
use crate::i18n::{Message, ToMessage, message};

/// The reason why a rule did not act on an occasion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleSkip {
    /// A condition did not hold.
    NotSo,
    /// Nobody knew if a condition held.
    Unknown,
    /// The occasion was later than the rule allows; with the number of those before it.
    Late { earlier: u64 },
    /// The state was over before the rule could act: it acted too often before, or its thermostat was out of reach.
    Missed,
    /// A rule caused it: rules do not set off one another.
    ByRule(String),
}

impl ToMessage for RuleSkip {
    fn to_message(&self) -> Message {
        match self {
            Self::NotSo => message!("rule-skip-not-so"),
            Self::Unknown => message!("rule-skip-unknown"),
            Self::Late { earlier: 0 } => message!("rule-skip-late"),
            Self::Late { earlier } => {
                message!(
                    "rule-skip-late-several",
                    count = i64::try_from(*earlier).unwrap_or(i64::MAX).saturating_add(1)
                )
            }
            Self::Missed => message!("rule-skip-missed"),
            Self::ByRule(rule) => message!("rule-skip-by-rule", rule = rule),
        }
    }
}

/// A condition with what was so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JudgedCondition {
    pub condition: Condition,
    /// `None` if nobody knew.
    pub holds: Option<bool>,
    /// The value that was compared, as text.
    pub value: Option<String>,
}

/// The kind of an act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    Write(Write),
    EndHold(DeviceId),
    /// A comfort level that a thermostat cannot take.
    Level(String),
    /// Eco that is not ended.
    EndEco(DeviceId),
    Notify(String),
    Program(String),
    Request(String),
    /// A command that could not be understood.
    Command(String),
    /// A preset that is not there.
    Preset(String),
}

/// One act of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Act {
    pub kind: ActKind,
    /// The name of the device or home at that time.
    #[serde(default)]
    pub name: String,
    /// The value before.
    #[serde(default)]
    pub before: Option<Write>,
    /// The end of the hold that begins with a write.
    #[serde(default)]
    pub holds_until: Option<crate::home::HoldEnd>,
    pub outcome: RunOutcome,
}

impl Act {
    /// An act that is about to be made.
    pub(super) fn open(kind: ActKind, name: &str) -> Self {
        Self { kind, name: name.to_owned(), before: None, holds_until: None, outcome: RunOutcome::Open }
    }

    /// The same with an outcome.
    pub(super) fn ended(self, outcome: RunOutcome) -> Self {
        Self { outcome, ..self }
    }

    pub(super) fn skipped(self, skip: Skip) -> Self {
        self.ended(RunOutcome::Skipped(skip))
    }
}

/// One occasion of a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleRun {
    /// The name of the rule at that time.
    pub rule: String,
    pub trigger: RuleTrigger,
    /// The name of the device, home or account that gave the reason; empty for a time.
    pub subject: String,
    /// The time for which it was due.
    pub due: Timestamp,
    /// The time at which it was handled.
    pub at: Timestamp,
    #[serde(default)]
    pub conditions: Vec<JudgedCondition>,
    #[serde(default)]
    pub acts: Vec<Act>,
    /// The reason why nothing was done.
    #[serde(default)]
    pub skip: Option<RuleSkip>,
}

impl RuleRun {
    /// True while an act has no outcome.
    pub fn is_open(&self) -> bool {
        self.acts.iter().any(|act| act.outcome == RunOutcome::Open)
    }

    /// True if something was done, or tried.
    pub fn acted(&self) -> bool {
        self.acts.iter().any(|act| !matches!(act.outcome, RunOutcome::Skipped(_)))
    }

    /// The writes that are about to be made, or were.
    pub fn writes(&self) -> impl Iterator<Item = (&Write, &RunOutcome)> {
        self.acts.iter().filter_map(|act| {
            let ActKind::Write(write) = &act.kind else { return None };
            Some((write, &act.outcome))
        })
    }
}
