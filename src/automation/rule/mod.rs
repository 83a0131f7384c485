//! Rules: when something happens, and if some conditions hold, then this computer acts.
//!
//! ```text
//!   form, render  the text form
//!   sentence      a rule in the words of the user's language
//!   check         what a home makes impossible, and rules that would trigger each other by turns
//!   levels        triggers at the present: true, false or unknown
//!   conditions    the same for conditions
//!   sun           sunrise and sunset
//!   subject       the device of a trigger, in the place of its name
//!   executor      the occasions that are due, as runs that are stored before they are acted upon. Pure
//!   templates     rules to begin with
//!   trial         a rule on recorded history
//! ```

mod check;
mod conditions;
mod edit;
mod executor;
mod form;
mod form_part;
mod levels;
mod moments;
mod plan;
mod present;
mod render;
mod resolve;
mod run;
mod sentence;
mod subject;
mod sun;
mod templates;
mod trial;

use jiff::SignedDuration;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

pub use self::check::RuleSurroundings;
pub use self::edit::{RuleEdit, rule_edits_between};
pub use self::executor::{KeptRules, RuleExecutor, RuleState, RuleStep, SlotNotes, WatchKey, Watched};
pub use self::present::{AccountState, RulePresent, Subject};
pub use self::render::span_text;
pub use self::run::{Act, ActKind, JudgedCondition, RuleRun, RuleSkip};
pub use self::sentence::reason_message;
pub use self::subject::has_device;
pub use self::sun::sun_event;
pub use self::templates::Template;
pub use self::trial::{
    Reading, RecordedHome, RuleAgainst, RuleHistory, RuleTrial, RuleTrialRequest, readings_of, try_rule,
};
use super::form_file::{FormFile, Loaded};
use super::problem::FormProblem;
use super::schedule::{DeviceRef, is_same_name};
use crate::home::{Away, HvacMode, Scale, Setpoint};

/// Most rules of a person.
pub const MOST_RULES: usize = 2_000;
/// Most triggers, conditions and actions of a rule, each.
pub const MOST_PARTS: usize = 50;
/// The longest text of an action, in characters.
pub const MOST_TEXT_CHARS: usize = 500;
/// The time by which an occasion may be late, unless the rule tells another one.
pub const USUAL_LATE: SignedDuration = SignedDuration::from_mins(30);
/// The number of times that a rule acts within an hour, unless it tells another one.
pub const USUAL_RATE: u32 = 6;
/// The name of the device that a trigger is about, in conditions and actions.
pub const THE_DEVICE: &str = "{device}";
/// The text of the reason, in a notification.
pub const THE_REASON: &str = "{why}";
/// The longest time of a trigger or of a delay.
pub const LONGEST_TIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Rules with the problems of their file.
pub type LoadedRules = Loaded<Rules>;
/// The file of rules.
pub type RulesFile = FormFile<Rules>;

/// One or all devices of a kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    Any,
    One(DeviceRef),
}

/// A threshold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beyond<T> {
    Above(T),
    Below(T),
}

/// Days of the week; none of them means all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Weekdays(pub [bool; 7]);

impl Weekdays {
    /// True if the day is one of them.
    pub fn has(self, lane: usize) -> bool {
        self.is_daily() || self.0.get(lane).copied().unwrap_or_default()
    }

    /// True for all days.
    pub fn is_daily(self) -> bool {
        self.0.iter().all(|day| *day) || !self.0.iter().any(|day| *day)
    }
}

/// The sun's crossing of the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SunEvent {
    Sunrise,
    Sunset,
}

/// The danger that an alarm tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    Smoke,
    CarbonMonoxide,
    Any,
}

/// A perception of a camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    Person,
    Motion,
    Sound,
    Anything,
}

/// The reason to look at a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleTrigger {
    /// A home became this. One that is so already when the rule is switched on is no reason.
    Presence {
        home: Option<String>,
        becomes: Away,
    },
    /// An arrival was announced.
    Arrival {
        home: Option<String>,
    },
    /// A time of the day, in the zone of the first home.
    Time {
        at: Time,
        days: Weekdays,
    },
    Sun {
        event: SunEvent,
        offset: SignedDuration,
        days: Weekdays,
    },
    Room {
        of: Which,
        is: Beyond<Setpoint>,
        lasts: SignedDuration,
    },
    /// Relative humidity in percent.
    Humidity {
        of: Which,
        is: Beyond<i64>,
        lasts: SignedDuration,
    },
    Camera {
        of: Which,
        sees: Seen,
    },
    /// An alarm begins, or is over.
    Alarm {
        of: Which,
        danger: Danger,
        is_over: bool,
    },
    Offline {
        of: Which,
        lasts: SignedDuration,
    },
    /// The equipment heats or cools, and the room does not follow.
    NoEffect {
        of: Which,
        lasts: SignedDuration,
    },
    /// The room becomes cold within minutes, or does so no more.
    WindowOpen {
        of: Which,
        is_over: bool,
    },
    /// An account needs a new sign-in; `None` for any.
    SignedOut {
        account: Option<String>,
    },
    /// A change was refused, or was never sent.
    FailedChange,
}

/// Something that must be so. One that nobody knows is not so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    Presence {
        home: Option<String>,
        is: Away,
    },
    /// A span of the day, which may pass midnight: the weekdays are those of its begin.
    Between {
        from: Time,
        to: Time,
        days: Weekdays,
    },
    /// The first and the last day.
    Dates {
        first: Date,
        last: Date,
    },
    Mode {
        of: DeviceRef,
        is: HvacMode,
    },
    Room {
        of: DeviceRef,
        is: Beyond<Setpoint>,
    },
    Humidity {
        of: DeviceRef,
        is: Beyond<i64>,
    },
    /// A device of any kind can be reached, or cannot.
    Online {
        of: DeviceRef,
        is: bool,
    },
    /// A camera is on, or off.
    Camera {
        of: DeviceRef,
        is_on: bool,
    },
}

/// An act of a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A command as it is typed: `all eco`, `hallway 21 for 2h`. [`THE_DEVICE`] in it is the device of the trigger.
    Command(String),
    /// Ends a hold that a rule began.
    Resume(Which),
    /// Puts thermostats on a comfort level, each one in its mode.
    Level { of: Which, level: String },
    /// Ends Eco: the mode from before comes back.
    EndEco(Which),
    /// A preset, by its name.
    Preset(String),
    /// A notification on this computer. `{why}` in it is the trigger in words.
    Notify(String),
    /// A program of the settings, by its name.
    Program(String),
    /// A request of the settings, by its name.
    Request(String),
}

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub name: String,
    pub is_on: bool,
    /// Each one is a reason.
    pub triggers: Vec<RuleTrigger>,
    /// All of them have to hold.
    pub conditions: Vec<Condition>,
    /// In this order.
    pub actions: Vec<Action>,
    /// An occasion that is later than this is skipped.
    pub late: SignedDuration,
    /// The most times that it acts within an hour, 1 to 60.
    pub rate: u32,
}

/// The set points between which rules stay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    pub lowest: Setpoint,
    pub highest: Setpoint,
}

impl Default for Limits {
    /// A room of 10 °C saves the pipes; 30 °C is warm enough for everybody.
    fn default() -> Self {
        Self { lowest: Setpoint::celsius(10.0), highest: Setpoint::celsius(30.0) }
    }
}

/// A place on the earth, for the sun. Degrees north and east.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coordinates {
    pub latitude: f64,
    pub longitude: f64,
}

/// All rules of a person.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rules {
    pub rules: Vec<Rule>,
    pub limits: Limits,
    pub place: Option<Coordinates>,
    /// The reason why the limits of the file cannot be used: no rule changes a home without them.
    bad_limits: Option<FormProblem>,
    /// The scale of temperatures in the file that name none.
    scale: Scale,
    /// Entries of the file that cannot be used; they are written back unchanged.
    unreadable: Vec<toml::Value>,
    /// Keys of the file that are not known; they are written back unchanged.
    unknown: toml::Table,
}

impl Rules {
    /// The rule with this name, in any case.
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| is_same_name(&rule.name, name))
    }

    /// The same, to change it.
    pub fn rule_mut(&mut self, name: &str) -> Option<&mut Rule> {
        self.rules.iter_mut().find(|rule| is_same_name(&rule.name, name))
    }

    /// One rule alone, for a file of its own.
    pub fn only(rule: Rule) -> Self {
        Self { rules: vec![rule], ..Self::default() }
    }

    /// Adds a rule, or replaces the one of its name, and those entries of its name that cannot be used.
    pub fn put(&mut self, rule: Rule) {
        self.forget_unreadable(&rule.name);
        match self.rule_mut(&rule.name) {
            Some(known) => *known = rule,
            None => self.rules.push(rule),
        }
    }
}

impl Rules {
    /// Removes the rules of a name, and those entries of it that cannot be used; false if there was none.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.rules.len() + self.unreadable.len();
        self.rules.retain(|rule| !is_same_name(&rule.name, name));
        self.forget_unreadable(name);
        before != self.rules.len() + self.unreadable.len()
    }

    /// Replaces the limits, also those that cannot be used.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
        self.bad_limits = None;
        self.unknown.remove("limits");
    }

    fn forget_unreadable(&mut self, name: &str) {
        let is_it = |entry: &toml::Value| {
            entry.get("name").and_then(toml::Value::as_str).is_some_and(|known| is_same_name(known, name))
        };
        self.unreadable.retain(|entry| !is_it(entry));
    }
}

impl RuleTrigger {
    /// The time for which it has to be so.
    pub fn lasts(&self) -> SignedDuration {
        match self {
            Self::Room { lasts, .. }
            | Self::Humidity { lasts, .. }
            | Self::Offline { lasts, .. }
            | Self::NoEffect { lasts, .. } => *lasts,
            Self::Presence { .. }
            | Self::Arrival { .. }
            | Self::Time { .. }
            | Self::Sun { .. }
            | Self::Camera { .. }
            | Self::Alarm { .. }
            | Self::WindowOpen { .. }
            | Self::SignedOut { .. }
            | Self::FailedChange => SignedDuration::ZERO,
        }
    }
}

#[cfg(test)]
mod form_tests;
