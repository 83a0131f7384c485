//! `setpoint decode-clip`: the process in which the program has clips of cameras decoded. Nobody types it.

use std::process::ExitCode;

use crate::media::decode_clip;

/// Decodes the clip on standard input to standard output, after this process gave up all that it does
/// not need for that.
pub(super) fn run() -> ExitCode {
    give_up();
    match decode_clip(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_broken) => ExitCode::FAILURE,
    }
}

/// No further file, connection or process, no look into other processes, a gigabyte of memory, fifteen
/// seconds of the processor. macOS does not hold a process to its limit of memory; Windows has none of this,
/// and there it is the time alone that is bounded.
fn give_up() {
    #[cfg(target_os = "linux")]
    no_files_and_no_other_processes().ok();
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
        // What is open stays so; not even what is closed can be opened again.
        limit(Resource::Nofile, 0);
    }
}

/// A kernel without Landlock leaves it at the limits.
#[cfg(target_os = "linux")]
fn no_files_and_no_other_processes() -> Result<(), landlock::RulesetError> {
    use landlock::{ABI, Access as _, AccessFs, AccessNet, Ruleset, RulesetAttr as _, Scope};
    let everything = Ruleset::default().handle_access(AccessFs::from_all(ABI::V5))?;
    let everything = everything.handle_access(AccessNet::from_all(ABI::V5))?.scope(Scope::from_all(ABI::V6))?;
    // No rule allows anything, and other processes are beyond the domain.
    everything.create()?.restrict_self().map(drop)
}
