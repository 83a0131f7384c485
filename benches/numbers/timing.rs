//! Medians and their output.
#![expect(clippy::print_stdout, reason = "a benchmark prints its numbers")]

use std::time::{Duration, Instant};

/// The median time of several runs, after one warm-up run that does not count.
pub(crate) fn median(runs: usize, mut run: impl FnMut() -> Duration) -> Duration {
    run();
    let mut times: Vec<Duration> = (0..runs).map(|_| run()).collect();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The duration of a call.
pub(crate) fn timed<T>(call: impl FnOnce() -> T) -> Duration {
    let started = Instant::now();
    std::hint::black_box(call());
    started.elapsed()
}

pub(crate) fn heading() {
    println!("{:<56} {:>12} {:>12} {:>8} {:>8}", "what", "setpoint", "baseline", "ratio", "target");
}

/// Prints a ratio with its target.
pub(crate) fn ratio(what: &str, ours: Duration, baseline: Duration, target: f64) {
    let ratio = ours.as_secs_f64() / baseline.as_secs_f64().max(1e-12);
    let met = if ratio <= target { "met" } else { "missed" };
    println!("{what:<56} {:>12} {:>12} {ratio:>8.2} {target:>6.2} {met}", text(ours), text(baseline));
}

/// Prints a duration with its limit.
pub(crate) fn limit(what: &str, ours: Duration, target: Duration) {
    let met = if ours <= target { "met" } else { "missed" };
    println!("{what:<56} {:>12} {:>12} {:>8} {:>8} {met}", text(ours), "", "", text(target));
}

/// Prints plain numbers.
pub(crate) fn plain(what: &str, ours: f64, baseline: f64, unit: &str, target: f64) {
    let ratio = ours / baseline.max(1e-12);
    let met = if ratio <= target { "met" } else { "missed" };
    let (ours, baseline) = (format!("{ours:.1} {unit}"), format!("{baseline:.1} {unit}"));
    println!("{what:<56} {ours:>12} {baseline:>12} {ratio:>8.2} {target:>6.2} {met}");
}

/// Prints a text.
pub(crate) fn say(what: &str, words: &str) {
    println!("{what:<56} {words}");
}

fn text(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    if micros < 1000.0 { format!("{micros:.1} µs") } else { format!("{:.2} ms", micros / 1000.0) }
}
