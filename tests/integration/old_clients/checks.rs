//! Checks that are printed one a line and counted, as those of the other clients are.

use std::process::Output;
use std::time::Duration;

use tokio::process::Command;

/// Checks of one client.
pub(super) struct Checks {
    client: &'static str,
    passed: u32,
    failed: Vec<String>,
}

impl Checks {
    pub(super) fn of(client: &'static str) -> Self {
        Self { client, passed: 0, failed: Vec::new() }
    }

    /// Counts one check. It passes if there is no problem.
    pub(super) fn check(&mut self, name: &str, problem: Option<String>) {
        match problem {
            None => {
                self.passed += 1;
                println!("ok    {}: {name}", self.client);
            }
            Some(problem) => {
                println!("FAIL  {}: {name}: {problem}", self.client);
                self.failed.push(format!("{name}: {problem}"));
            }
        }
    }

    /// Prints the closing line, which `tests/clients/run` adds up. The test fails if any check failed.
    pub(super) fn finish(self) {
        println!("{} passed, {} failed", self.passed, self.failed.len());
        assert_eq!(self.failed, Vec::<String>::new(), "{}", self.client);
        assert!(self.passed > 0, "{} was not asked for anything", self.client);
    }
}

/// Describes the difference, if there is one.
pub(super) fn differs<T: PartialEq + std::fmt::Debug>(what: &str, is: &T, wanted: &T) -> Option<String> {
    (is != wanted).then(|| format!("{what} {is:?} instead of {wanted:?}"))
}

/// Runs a client to its end. Panics after this time.
pub(super) async fn run(mut command: Command, within: Duration) -> Output {
    let output = tokio::time::timeout(within, command.kill_on_drop(true).output()).await;
    output.expect("it ends in time").expect("it runs")
}
