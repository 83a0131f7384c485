//! The benchmarks, each against a baseline in the same run: `cargo bench`.
//!
//! Ratios are of medians. A slow machine fails nothing; each line says whether the target of the design is met.
//! A measurement that needs a missing display or program says so.

mod engine;
mod frame;
mod json_tree;
mod processes;
mod timing;
mod tray;
mod wire;

fn main() {
    // `cargo test --benches` also runs this program, and has nothing to check here.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    timing::heading();
    wire::run();
    json_tree::run();
    frame::run();
    engine::run();
    tray::run();
    processes::run();
}
