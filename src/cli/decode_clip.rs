//! `setpoint decode-clip`: the process in which the program has clips of cameras decoded. Nobody types it.

use std::process::ExitCode;

use crate::pictures::decode_clip;

/// Decodes the clip on standard input to standard output, after this process gave up all that it does
/// not need for that.
pub(super) fn run() -> ExitCode {
    give_up();
    match decode_clip(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_broken) => ExitCode::FAILURE,
    }
}

/// No further file, connection or process, a gigabyte of memory, fifteen seconds of the processor.
/// macOS does not hold a process to the first of its limits on memory; Windows has none of this, and there
/// it is the time alone that is bounded.
fn give_up() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        const MEMORY: u64 = 1024 * 1024 * 1024;
        let limit = |resource, most| {
            // What cannot be limited is bounded by whoever waits for the answer.
            setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).ok();
        };
        limit(Resource::As, MEMORY);
        limit(Resource::Cpu, 15);
        limit(Resource::Fsize, 0);
        limit(Resource::Nproc, 0);
        // Input, output and errors are open already.
        limit(Resource::Nofile, 3);
    }
}
