//! Holds, schedules and rules: what this computer does to a home by itself, and why.
//!
//! ```text
//!   schedule   weekly comfort levels, with the level in force at an instant. Pure
//!   hold       a set point that a person chose for a time
//!   run        one occasion and its outcome, kept for good
//!   executor   what is due at the present, as steps that are stored before they are acted upon. Pure
//!   store      the file of holds and runs
//!   driver     the thread that carries them out through the engines
//! ```

mod civil;
pub mod driver;
pub mod executor;
pub mod hold;
pub mod run;
pub mod schedule;
mod store;

pub use self::store::{AutomationStore, OpenedStore, StoreError};
