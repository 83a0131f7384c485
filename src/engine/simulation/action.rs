//! One thing after another that happens in a story.

use fastrand::Rng;

use crate::engine::Debounce;

/// So many thermostats there are.
pub(super) const THERMOSTATS: usize = 3;

/// Something that happens.
#[derive(Debug, Clone)]
pub(super) enum Action {
    /// Time passes, in milliseconds.
    Pass(u64),
    /// A person names a thermostat.
    Name { thermostat: usize, number: usize, debounce: Debounce },
    /// A person sets a temperature, in half degrees.
    Target { thermostat: usize, halves: u8, debounce: Debounce },
    /// A command, or an old client of the bridge, names a thermostat: through whoever owns the account, or,
    /// where nobody does, a command as its owner.
    Other { thermostat: usize, number: usize, is_client: bool },
    /// A bridge is started; it owns the account whenever nobody else does.
    Serve,
    /// A preset: a name and a temperature for each thermostat, numbered from here.
    Preset { number: usize, halves: u8 },
    /// A person takes back what waits.
    Discard { thermostat: usize, is_name: bool },
    /// A person wants it now.
    SendNow { thermostat: usize },
    /// A person tries what failed again.
    Retry { thermostat: usize, is_name: bool },
    /// Of two values, a person takes ours or theirs.
    Decide { thermostat: usize, is_ours: bool },
    /// A person undoes the newest change of a temperature.
    Undo,
    /// Somebody else changes a thermostat.
    Stranger { thermostat: usize, is_name: bool },
    /// The stream is cut, and comes back after so many milliseconds.
    Cut(u64),
    /// The stream says nothing for a while, and goes on.
    Silence,
    /// The process that owns the account is killed after so many steps of the disk, the next one half written, and starts
    /// again after so many milliseconds if it was the program.
    Kill { steps: usize, is_torn: bool, away: u64 },
    /// A person quits, and starts the program again later.
    Quit { away: u64 },
    /// The machine sleeps: the clock of the wall goes on, the other does not.
    Sleep(u64),
    /// Somebody sets the clock of the wall by so many milliseconds.
    SetClock(i64),
}

/// A story from a seed, with so many writes in it.
pub(super) fn story(seed: u64, writes: usize) -> Vec<Action> {
    let mut rng = Rng::with_seed(seed);
    let mut actions = Vec::new();
    let mut number = 0;
    while number < writes {
        actions.push(Action::Pass(pause(&mut rng)));
        let thermostat = rng.usize(..THERMOSTATS);
        let debounce = *rng.choice(&[Debounce::Now, Debounce::Drag, Debounce::Step]).unwrap_or(&Debounce::Now);
        let halves = rng.u8(18..64);
        let is_name = rng.bool();
        let action = match rng.u8(..100) {
            0..28 => {
                number += 1;
                Action::Name { thermostat, number, debounce }
            }
            28..40 => {
                number += 1;
                Action::Other { thermostat, number, is_client: rng.bool() }
            }
            40..55 => {
                number += 1;
                Action::Target { thermostat, halves, debounce }
            }
            55..58 => {
                number += THERMOSTATS;
                Action::Preset { number, halves }
            }
            58..63 => Action::Discard { thermostat, is_name },
            63..65 => Action::SendNow { thermostat },
            65..70 => Action::Retry { thermostat, is_name },
            70..76 => Action::Decide { thermostat, is_ours: rng.bool() },
            76 => Action::Undo,
            77 => Action::Serve,
            78..83 => Action::Stranger { thermostat, is_name },
            83..88 => Action::Cut(rng.u64(100..90_000)),
            88..90 => Action::Silence,
            90..95 => Action::Kill { steps: rng.usize(..6), is_torn: rng.bool(), away: rng.u64(100..60_000) },
            95..97 => Action::Quit { away: rng.u64(1000..120_000) },
            97..98 => Action::Sleep(rng.u64(60_000..10_800_000)),
            _ => Action::SetClock(rng.i64(-3_600_000..3_600_000)),
        };
        actions.push(action);
    }
    actions
}

fn pause(rng: &mut Rng) -> u64 {
    match rng.u8(..10) {
        0..3 => rng.u64(..50),
        3..8 => rng.u64(50..4000),
        8 => rng.u64(4000..40_000),
        _ => rng.u64(40_000..1_200_000),
    }
}
