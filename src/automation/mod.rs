//! Holds, schedules and rules: what this computer does to a home by itself, and why.
//!
//! ```text
//!   schedule   weekly comfort levels, with the level in force at an instant. Pure
//!   device_schedule
//!              the schedule that a thermostat keeps itself, read and replaced as a whole
//!   rule       when something happens, and if some conditions hold, then this computer acts
//!   hold       a set point that a person chose for a time
//!   recorded   changes of the history, as the writes that they were
//!   outside    programs and requests that a person entered, by their names
//!   run        one occasion and its outcome, kept for good
//!   executor   what is due at the present, as steps that are stored before they are acted upon. Pure
//!   simulated_trial
//!              a rule or schedule on a simulated day in a copy of the home
//!   store      the file of holds and runs
//!   driver     the thread that carries them out through the engines
//! ```

mod civil;
pub mod device_schedule;
pub mod driver;
pub mod executor;
mod form;
mod form_file;
pub mod hold;
pub mod outside;
mod problem;
mod recorded;
pub mod rule;
pub mod run;
pub mod schedule;
pub mod simulated_trial;
mod store;

pub use self::form::{MAX_NAME_CHARS, time_of_day};
pub use self::form_file::{Form, FormFile, Loaded};
pub use self::problem::{FormProblem, Place};
pub use self::store::{AutomationStore, OpenedStore, StoreError};
