//! The benchmarks, each against a baseline in the same run: `cargo bench`, or some of them: `cargo bench -- frame history`.
//!
//! Ratios are of medians. A slow machine fails nothing; each line says whether the target of the design is met.
//! A measurement that needs a missing display or program says so.

mod engine;
mod frame;
mod history;
mod json_tree;
mod processes;
mod rules;
mod timing;
mod tray;
mod wire;

fn main() {
    // `cargo test --benches` also runs this program, and has nothing to check here.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    timing::heading();
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let all: [(&str, fn()); 8] = [
        ("wire", wire::run),
        ("json_tree", json_tree::run),
        ("frame", frame::run),
        ("engine", engine::run),
        ("history", history::run),
        ("rules", rules::run),
        ("tray", tray::run),
        ("processes", processes::run),
    ];
    for (_, run) in all.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|one| one == name)) {
        run();
    }
}
