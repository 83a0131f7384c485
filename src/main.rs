//! Arguments in, a window or one command out.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use setpoint::app;
use setpoint::cli::{self, Invocation};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    no_core_dumps();
    // Standard output is for answers only.
    let filter = EnvFilter::try_from_env("SETPOINT_LOG").unwrap_or_else(|_unset| EnvFilter::new("warn"));
    let has_colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(has_colour).init();
    match cli::run() {
        Invocation::Done(code) => code,
        Invocation::Start(start) => match app::run(&start) {
            Ok(()) => ExitCode::SUCCESS,
            Err(err) => {
                writeln!(std::io::stderr(), "setpoint: {err}").ok();
                ExitCode::from(err.exit_code())
            }
        },
    }
}

/// A core dump would contain tokens.
fn no_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // A system that forbids the limit keeps its own.
        setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).ok();
    }
}
