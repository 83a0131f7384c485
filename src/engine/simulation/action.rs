//! The steps of a scenario.

use fastrand::Rng;

use crate::engine::Debounce;

/// Number of thermostats.
pub(super) const THERMOSTATS: usize = 3;

/// A step of a scenario.
#[derive(Debug, Clone)]
pub(super) enum Action {
    /// Time passes, in milliseconds.
    Pass(u64),
    /// The user renames a thermostat.
    Name { thermostat: usize, number: usize, debounce: Debounce },
    /// The user sets a temperature, in half degrees.
    Target { thermostat: usize, halves: u8, debounce: Debounce },
    /// A command, or a client of the bridge, renames a thermostat: through the owner of the account, or, without
    /// one, as a command that becomes the owner.
    Other { thermostat: usize, number: usize, is_client: bool },
    /// A bridge starts; it owns the account while nothing else does.
    Serve,
    /// A preset: a name and a temperature for each thermostat, numbered from here.
    Preset { number: usize, halves: u8 },
    /// The user discards a waiting write.
    Discard { thermostat: usize, is_name: bool },
    /// The user sends a waiting write at once.
    SendNow { thermostat: usize },
    /// The user retries a failed write.
    Retry { thermostat: usize, is_name: bool },
    /// The user resolves a conflict.
    Decide { thermostat: usize, is_ours: bool },
    /// The user undoes the newest change of a temperature.
    Undo,
    /// A thermostat is changed elsewhere.
    Stranger { thermostat: usize, is_name: bool },
    /// The stream is cut, and returns after this many milliseconds.
    Cut(u64),
    /// The stream stalls for a while, and goes on.
    Silence,
    /// The owner is killed after this many disk steps, with the next one half written. If it was the program, it
    /// starts again after this many milliseconds.
    Kill { steps: usize, is_torn: bool, away: u64 },
    /// The user quits, and starts the program again later.
    Quit { away: u64 },
    /// The machine sleeps: the wall clock goes on, the monotonic clock stops.
    Sleep(u64),
    /// The wall clock is set by this many milliseconds.
    SetClock(i64),
}

/// Generates a scenario with this many writes from a seed.
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
