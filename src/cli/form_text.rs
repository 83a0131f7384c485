//! The text forms of schedules and rules, as commands take them.

use std::io::Read as _;
use std::path::Path;

use clap::Args;

use super::CliError;

/// The largest text that is taken, in bytes.
const MOST_BYTES: u64 = 2 * 1024 * 1024;

/// The form of an answer.
#[derive(Debug, Args)]
pub(super) struct Form {
    /// Answer as JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Reads a file, or standard input for `-`.
pub(super) fn read_form(file: &Path) -> Result<String, CliError> {
    let unreadable = |err: std::io::Error| CliError::usage(format!("{}: {err}", file.display()));
    if file.as_os_str() != "-" {
        return crate::files::read_text(file, MOST_BYTES).map_err(unreadable);
    }
    let mut text = String::new();
    std::io::stdin().lock().take(MOST_BYTES + 1).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(CliError::usage("the text is longer than 2 MiB, so nothing of it was taken"));
    }
    Ok(text)
}
