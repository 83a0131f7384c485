//! The command line, for users, scripts and tests.
//!
//! Standard output is the answer only, diagnostics go to standard error. Exit codes: 0 done,
//! 2 usage, 3 refused, 4 sign in, 5 unreachable.

mod auth;
mod auth_google;
mod auth_google_check;
mod backend;
mod decode_clip;
mod form_text;
mod get;
mod history;
mod history_changes;
mod history_export;
mod hold;
mod open;
mod relay;
mod request;
mod request_files;
mod rule;
mod rule_add;
mod rule_sun;
mod rule_surroundings;
mod rule_text;
mod schedule;
mod schedule_device;
mod schedule_now;
mod serve;
mod service;
mod set;
mod set_report;
mod simulate;
mod simulated;
mod snippet;
mod status;
mod watch;

use std::fmt;
use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};
use secrecy::SecretString;
use serde_json::Value;

use crate::accounts::session::{
    AccountSource, PASSPHRASE_VARIABLE, SessionError, TOKEN_VARIABLE, URL_VARIABLE, exit_code,
};
use crate::accounts::settings::{Places, Settings};
use crate::accounts::vault::{SealedFile, Vault};
use crate::app::{InitialView, LaunchOptions};
use crate::automation::StoreError;
use crate::command::link::Link;
use crate::home::{is_confidential, is_unprintable};
use crate::service::Failure;

/// The description in `--help`.
const ABOUT: &str = "Control Nest homes: thermostats, cameras and Protects.

Without a command it opens the window; without an account, that shows a simulated home.";

/// The text below the options in `--help`.
const AFTER: &str = "\
Examples:
  setpoint status
  setpoint set hallway target 21.5
  setpoint set \"all eco\"

Environment:
  SETPOINT_URL, SETPOINT_TOKEN  a Works with Nest server for the window and for any command,
                                instead of the accounts
  SETPOINT_PASSPHRASE           opens the sealed file with tokens, where one is used
  SETPOINT_LOG                  how much is said on standard error: error, warn, info, debug

Exit codes:
  0 done, 2 usage, 3 refused, 4 sign in, 5 unreachable";

/// The arguments of the program.
#[derive(Debug, Parser)]
#[command(name = "setpoint", version, about = "Control Nest homes: thermostats, cameras and Protects")]
#[command(long_about = ABOUT, after_long_help = AFTER, max_term_width = 100)]
pub struct Arguments {
    /// Use this account, by its name; without it, the first one
    #[arg(long, global = true, value_name = "NAME")]
    account: Option<String>,
    /// Open the simulated home, whatever accounts there are
    #[arg(long, conflicts_with = "account")]
    simulated: bool,
    /// Start in the tray, without a window
    #[arg(long)]
    hidden: bool,
    /// A command; without one, the window opens
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show every home and device
    Status(status::Arguments),
    /// Show one value by its path, such as structures/ID/away
    Get(get::Arguments),
    /// Change something: set hallway target 21.5
    Set(set::Arguments),
    /// Set a temperature for a time: hold hallway 21 until 22:00
    Hold(hold::Arguments),
    /// List, add, try and switch the rules: when something happens, then this computer acts
    Rule(rule::Arguments),
    /// List, show, choose, export and import the weekly schedules
    Schedule(schedule::Arguments),
    /// Send a request of the API: request PUT /devices/thermostats/ID '{"label":"Den"}'
    Request(request::Arguments),
    /// Print one line for every change, until interrupted
    Watch(watch::Arguments),
    /// Take in an export of Google Takeout, and sum or print what thermostats did
    History(history::Arguments),
    /// Serve a simulated home behind a Works with Nest server
    Simulate(simulate::Arguments),
    /// Print a request as code: snippet python put devices/thermostats/ID '{"label":"Den"}'
    Snippet(snippet::Arguments),
    /// Serve the Works with Nest API in front of an account, for old clients
    Serve(serve::Arguments),
    /// Keep schedules, holds and rules without a window, until interrupted; a window that opens takes over meanwhile
    Run,
    /// Install `setpoint run` as a service of the user, or remove it
    Service(service::Arguments),
    /// Open the quick launcher; bind this to a key of your desktop
    Launcher,
    /// Open the window; with a setpoint:// link, show what it would do, and ask
    Open(open::Arguments),
    /// Sign in, sign out, or see where the tokens are
    Auth(auth::Arguments),
    /// Decode a clip from standard input, for the program itself
    #[command(hide = true)]
    DecodeClip,
}

/// The result of the arguments.
pub enum Invocation {
    /// The program with its window has to start.
    Start(LaunchOptions),
    /// A command has ended.
    Done(ExitCode),
}

/// Parses the arguments and runs the command, if there is one.
pub fn run() -> Invocation {
    let arguments = Arguments::parse();
    let Arguments { account, simulated, hidden, command } = arguments;
    let start = |with| Invocation::Start(LaunchOptions { account: account.clone(), is_simulated: simulated, with });
    let command = match command {
        None => return start(if hidden { InitialView::Tray } else { InitialView::Window }),
        Some(Command::Launcher) => return start(InitialView::Launcher),
        Some(Command::Run) => match can_serve(account.as_deref(), simulated) {
            Ok(()) => return start(InitialView::Service),
            Err(err) => {
                warn(&err);
                return Invocation::Done(ExitCode::from(err.code));
            }
        },
        // The process drops its privileges before it opens anything.
        Some(Command::DecodeClip) => return Invocation::Done(decode_clip::run()),
        Some(Command::Open(arguments)) => match arguments.link().map(Link::parse).transpose() {
            Ok(link) => return start(link.map_or(InitialView::Window, InitialView::Link)),
            Err(err) => {
                warn(&err);
                return Invocation::Done(ExitCode::from(2));
            }
        },
        Some(command) => command,
    };
    if hidden {
        warn(&"--hidden starts the program in the tray; it goes with no command");
        return Invocation::Done(ExitCode::from(2));
    }
    if simulated {
        warn(&"--simulated opens the window on the simulated home; for commands, start one with `setpoint simulate`");
        return Invocation::Done(ExitCode::from(2));
    }
    let context = Context { account };
    let result = match command {
        Command::Status(arguments) => on_runtime(status::run(&context, arguments)),
        Command::Get(arguments) => on_runtime(get::run(&context, arguments)),
        Command::Set(arguments) => on_runtime(set::run(&context, arguments)),
        Command::Hold(arguments) => on_runtime(hold::run(&context, arguments)),
        Command::Rule(arguments) => on_runtime(rule::run(&context, arguments)),
        Command::Schedule(arguments) => on_runtime(schedule::run(&context, arguments)),
        Command::Request(arguments) => on_runtime(request::run(&context, arguments)),
        Command::Watch(arguments) => on_runtime(watch::run(&context, arguments)),
        Command::History(arguments) => history::run(arguments),
        Command::Service(arguments) => service::run(&arguments),
        Command::Simulate(arguments) => on_runtime(simulate::run(arguments)),
        Command::Snippet(arguments) => on_runtime(snippet::run(&context, arguments)),
        Command::Serve(arguments) => on_runtime(serve::run(&context, arguments)),
        Command::Auth(arguments) => on_runtime(auth::run(&context, arguments)),
        // Handled above.
        Command::Launcher | Command::Run | Command::Open(_) | Command::DecodeClip => Ok(()),
    };
    Invocation::Done(match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            // The reader of the answer closed the pipe.
            if !err.message.is_empty() {
                warn(&err);
            }
            ExitCode::from(err.code)
        }
    })
}

/// Refuses a service without an account: the simulated home would be gone with it.
fn can_serve(account: Option<&str>, is_simulated: bool) -> Result<(), CliError> {
    if is_simulated {
        return Ok(());
    }
    Context { account: account.map(str::to_owned) }.source().map(drop).map_err(CliError::from)
}

/// The definition for clap, for manual pages and shell completions.
pub fn definition() -> clap::Command {
    Arguments::command()
}

/// One thread is enough for a command, and starts faster.
fn on_runtime(command: impl Future<Output = Result<(), CliError>>) -> Result<(), CliError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|err| CliError::new(5, format!("no runtime could be started: {err}")))?;
    let result = runtime.block_on(Box::pin(command));
    // A call to the keyring may hang for ever; the command does not wait for it.
    runtime.shutdown_background();
    result
}

/// The failure of a command, with its exit code.
#[derive(Debug)]
struct CliError {
    code: u8,
    message: String,
}

impl CliError {
    fn new(code: u8, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    fn usage(message: impl fmt::Display) -> Self {
        Self::new(2, message.to_string())
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<SessionError> for CliError {
    fn from(err: SessionError) -> Self {
        // The window shows a button where a command has to name another command.
        let remedy = if matches!(err, SessionError::NoAccount) {
            format!(
                "there is no account yet; sign in with `setpoint auth login`, or start a simulated home with \
                 `setpoint simulate` and set {URL_VARIABLE} and {TOKEN_VARIABLE} to what it prints"
            )
        } else if matches!(err, SessionError::NoSuchAccount(_)) {
            format!("{err}; `setpoint auth status` lists them")
        } else {
            err.to_string()
        };
        Self::new(err.exit_code(), remedy)
    }
}

impl From<StoreError> for CliError {
    fn from(err: StoreError) -> Self {
        Self::new(5, err.to_string())
    }
}

impl From<Failure> for CliError {
    fn from(failure: Failure) -> Self {
        Self { code: exit_code(failure.kind), message: failure.to_string() }
    }
}

/// The common options of all commands.
struct Context {
    account: Option<String>,
}

impl Context {
    fn source(&self) -> Result<AccountSource, SessionError> {
        // A named account has precedence over a server from the environment.
        if self.account.is_none()
            && let Some(source) = AccountSource::from_environment(|name| std::env::var(name).ok())?
        {
            return Ok(source);
        }
        let settings = Self::settings();
        AccountSource::from_settings(&settings, self.account.as_deref())?.ok_or(SessionError::NoAccount)
    }

    /// All accounts of the settings.
    fn all_sources(&self) -> Result<Vec<AccountSource>, CliError> {
        if self.account.is_some() {
            return Err(CliError::usage("--all serves every account: leave out --account"));
        }
        let accounts = Self::settings().accounts;
        if accounts.is_empty() {
            return Err(SessionError::NoAccount.into());
        }
        Ok(accounts.into_iter().map(AccountSource::Settings).collect())
    }

    /// The keyring, and the sealed file if its passphrase is in the environment.
    fn vault() -> Vault {
        let vault = Vault::on_keyring();
        let passphrase = std::env::var(PASSPHRASE_VARIABLE).ok().filter(|passphrase| !passphrase.is_empty());
        if let (Some(passphrase), Some(places)) = (passphrase, Places::of_user()) {
            vault.unseal(SealedFile::new(places.sealed_tokens(), SecretString::from(passphrase)));
        }
        vault
    }

    fn settings() -> Settings {
        let Some(places) = Places::of_user() else { return Settings::default() };
        let loaded = Settings::load(&places.settings());
        for notice in loaded.notices {
            warn(&notice);
        }
        loaded.settings
    }
}

/// Prints one line of the answer.
fn print(line: impl fmt::Display) -> Result<(), CliError> {
    write_answer(&escaped(&line.to_string(), false))
}

/// Prints an answer of several lines: code, or JSON for display.
fn print_block(text: impl fmt::Display) -> Result<(), CliError> {
    write_answer(&escaped(&text.to_string(), true))
}

/// Prints an answer for programs, unchanged.
fn print_raw(text: impl fmt::Display) -> Result<(), CliError> {
    write_answer(&text.to_string())
}

fn write_answer(text: &str) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(|err| {
        let had_enough = err.kind() == std::io::ErrorKind::BrokenPipe;
        if had_enough { CliError::new(0, "") } else { CliError::new(5, format!("the answer cannot be written: {err}")) }
    })
}

/// The text with escapes for everything that a terminal would obey, or that would reorder or hide other words.
/// The escapes are valid JSON for the same text.
fn escaped(text: &str, has_lines: bool) -> String {
    let is_shown = |c: char| !is_unprintable(c) || (has_lines && matches!(c, '\n' | '\t'));
    if text.chars().all(is_shown) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_shown(c) {
            shown.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                fmt::Write::write_fmt(&mut shown, format_args!("\\u{unit:04x}")).ok();
            }
        }
    }
    shown
}

/// A text of the service within a line, with replacements for everything that a terminal would obey.
fn sanitize(text: &str) -> String {
    text.chars().map(|c| if is_unprintable(c) { '\u{fffd}' } else { c }).collect()
}

/// Replaces links of cameras and the token, which are credentials.
fn redact(path: &str, value: Value) -> Value {
    let field = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if is_confidential(field) && value.is_string() {
        return Value::from("[confidential]");
    }
    match value {
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(key, value)| (key.clone(), redact(&key, value))).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => value,
    }
}

/// Prints one line to standard error.
fn warn(line: &impl fmt::Display) {
    writeln!(std::io::stderr().lock(), "setpoint: {}", escaped(&line.to_string(), true)).ok();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Findings M7: the name of a device must not control another user's terminal.
    #[test]
    fn m7_terminal_output_is_escaped() {
        let hostile = "a\u{1b}]52;c;cHduZWQ=\u{7}\u{1b}[2Jb\u{202e}c\r\nd\u{9b}31m";
        for shown in [escaped(hostile, false), escaped(hostile, true), sanitize(hostile)] {
            assert!(!shown.contains(|c: char| is_unprintable(c) && c != '\n'), "{shown:?}");
        }
        assert_eq!(escaped("a\u{202e}b", false), "a\\u202eb");
        // The JSON has the same meaning.
        let json = serde_json::json!({ "name": hostile, "\u{e0041}": 1 });
        let back: Value = serde_json::from_str(&escaped(&json.to_string(), false)).expect("JSON");
        assert_eq!(back, json);
        assert_eq!(escaped("{\n\t\"a\": 1\n}", true), "{\n\t\"a\": 1\n}");
        assert_eq!(escaped("Größe 21,5 °C → 👩‍👩‍👧", false), "Größe 21,5 °C → 👩‍👩‍👧");
    }
}
