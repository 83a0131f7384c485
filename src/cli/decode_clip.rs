//! `setpoint decode-clip`: the process that decodes clips of cameras for the program.

use std::process::ExitCode;

use crate::media::decode_clip;

/// Drops all privileges, then decodes the clip on standard input to standard output.
pub(super) fn run() -> ExitCode {
    give_up();
    match decode_clip(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_broken) => ExitCode::FAILURE,
    }
}

/// Forbids further files, connections, processes and access to other processes, and limits memory to a gigabyte
/// and processor time to fifteen seconds. macOS does not enforce the limit of memory; Windows has none of this,
/// so only the time is limited there.
fn give_up() {
    #[cfg(target_os = "linux")]
    no_files_and_no_other_processes().ok();
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        const MEMORY: u64 = 1024 * 1024 * 1024;
        let limit = |resource, most| {
            // The parent process limits what cannot be limited here.
            setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).ok();
        };
        limit(Resource::As, MEMORY);
        limit(Resource::Cpu, 15);
        limit(Resource::Fsize, 0);
        limit(Resource::Nproc, 0);
        // Open files stay open, but no closed one can be opened again.
        limit(Resource::Nofile, 0);
    }
}

/// Without Landlock in the kernel only the limits apply.
#[cfg(target_os = "linux")]
fn no_files_and_no_other_processes() -> Result<(), landlock::RulesetError> {
    use landlock::{ABI, Access as _, AccessFs, AccessNet, Ruleset, RulesetAttr as _, Scope};
    let everything = Ruleset::default().handle_access(AccessFs::from_all(ABI::V5))?;
    let everything = everything.handle_access(AccessNet::from_all(ABI::V5))?.scope(Scope::from_all(ABI::V6))?;
    // No rule allows anything, and other processes are outside the domain.
    everything.create()?.restrict_self().map(drop)
}
