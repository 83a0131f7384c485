//! The numbers that matter, each against a baseline in the same run: `cargo bench`.
//!
//! Ratios are of medians. Nothing here fails on a slow machine; a line says whether the target
//! of the design is met. What needs a display or a program that is not there says so.

mod engine;
mod frame;
mod json_tree;
mod processes;
mod timing;
mod tray;
mod wire;

fn main() {
    // `cargo test --benches` runs this too, and has nothing to check here.
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
