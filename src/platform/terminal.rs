//! Opens the desktop's terminal with a script that the user may read and run.
//!
//! The script is in a folder with mode 0700. The terminal shows it with the command that runs it, and leaves a
//! prompt; when the prompt ends, the folder is removed. The script contains no token.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

/// A script to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    pub file_name: &'static str,
    /// The interpreter: `sh`, `bash`.
    pub runs_with: &'static str,
    pub text: String,
    /// A hint that is shown before the command.
    pub hint: String,
}

/// A terminal that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terminal {
    program: PathBuf,
    /// The arguments before the command to run.
    before: &'static [&'static str],
}

/// Known terminals with the arguments before the command: the desktop's choice first, then the distribution's,
/// then those of desktops.
const KNOWN: [(&str, &[&str]); 16] = [
    ("xdg-terminal-exec", &[]),
    ("x-terminal-emulator", &["-e"]),
    ("gnome-terminal", &["--"]),
    ("ptyxis", &["--"]),
    ("kgx", &["--"]),
    ("konsole", &["-e"]),
    ("xfce4-terminal", &["-x"]),
    ("mate-terminal", &["-x"]),
    ("foot", &[]),
    ("kitty", &[]),
    ("alacritty", &["-e"]),
    ("wezterm", &["start", "--"]),
    ("ghostty", &["-e"]),
    ("lxterminal", &["-e"]),
    ("urxvt", &["-e"]),
    ("xterm", &["-e"]),
];

impl Terminal {
    /// The terminal of this desktop.
    pub fn find() -> Option<Self> {
        if cfg!(all(unix, not(target_os = "macos"))) {
            Self::find_in(&std::env::var_os("PATH")?, std::env::var_os("TERMINAL").as_deref())
        } else {
            None
        }
    }

    /// Searches a path; `own` is the user's choice in the environment.
    fn find_in(path: &OsStr, own: Option<&OsStr>) -> Option<Self> {
        let program_of =
            |name: &Path| std::env::split_paths(path).map(|folder| folder.join(name)).find(|file| is_program(file));
        let known = |(name, before): &(&str, &'static [&'static str])| {
            program_of(Path::new(name)).map(|program| Self { program, before })
        };
        // The first two follow the choice of the desktop or the user, which goes before a program's own
        // variable.
        let (chosen, others) = KNOWN.split_at_checked(2)?;
        let own = || {
            let own = Path::new(own.filter(|own| !own.is_empty())?);
            let program = program_of(own)?;
            let name = own.file_name()?;
            let before = KNOWN.iter().find(|(known, _)| OsStr::new(known) == name).map_or(&["-e"][..], |(_, b)| b);
            Some(Self { program, before })
        };
        chosen.iter().find_map(known).or_else(own).or_else(|| others.iter().find_map(known))
    }

    /// Opens the terminal with a script. The terminal outlives this program.
    pub fn open(&self, script: &Script) -> io::Result<()> {
        let folder = runtime_folder().ok_or(io::ErrorKind::NotFound)?;
        self.open_in(&folder, script)
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    fn open_in(&self, folder: &Path, script: &Script) -> io::Result<()> {
        use std::os::unix::process::CommandExt as _;
        use std::process::{Command, Stdio};
        let opener = write(folder, script)?;
        let mut command = Command::new(&self.program);
        command.args(self.before).arg("sh").arg(&opener);
        // A later user of the prompt must not see the token of this run.
        for secret in [crate::accounts::session::TOKEN_VARIABLE, crate::accounts::session::PASSPHRASE_VARIABLE] {
            command.env_remove(secret);
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // Signals to the program's own group, such as Ctrl+C, are not meant for the terminal.
        let mut child = command.process_group(0).spawn()?;
        let waits = move || {
            if let Err(err) = child.wait() {
                tracing::debug!("a terminal's end was not seen: {err}");
            }
        };
        std::thread::Builder::new().name("terminal".to_owned()).spawn(waits)?;
        Ok(())
    }

    #[cfg(not(all(unix, not(target_os = "macos"))))]
    #[expect(clippy::unused_self, reason = "there is none to open")]
    fn open_in(&self, _folder: &Path, _script: &Script) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(file).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

/// A folder that is removed with the session, else one for data that may be lost.
fn runtime_folder() -> Option<PathBuf> {
    let dirs = directories::BaseDirs::new()?;
    Some(dirs.runtime_dir().unwrap_or_else(|| dirs.cache_dir()).join("setpoint"))
}

/// Shows the script and its command, and leaves a prompt. In bash the command is the newest of the history, so
/// that the up arrow brings it back. Ctrl+C is left to the programs at the prompt: a signal that is ignored here
/// would be ignored there too.
#[cfg(all(unix, not(target_os = "macos")))]
const OPENER: &str = r#"#!/bin/sh
trap 'rm -rf -- "$folder"' EXIT
trap 'exit 129' HUP TERM
trap : INT
cat -- "$folder/$name"
printf '\n%s\n  %s\n\n' "$hint" "$runs_with $folder/$name"
case ${SHELL##*/} in
bash)
    printf '%s\n' '[ ! -f ~/.bashrc ] || . ~/.bashrc' "history -s '$runs_with $folder/$name'" >"$folder/bashrc"
    "$SHELL" --rcfile "$folder/bashrc" -i
    ;;
*) "${SHELL:-/bin/sh}" ;;
esac
"#;

/// Writes the script and its opener into a folder of their own; returns the path of the opener.
#[cfg(all(unix, not(target_os = "macos")))]
fn write(runtime: &Path, script: &Script) -> io::Result<PathBuf> {
    use std::io::Write as _;
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
    let folder = runtime.join(format!("snippet-{}", uuid::Uuid::new_v4().simple()));
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
    let put = |name: &str, text: &str| {
        let path = folder.join(name);
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        file.write_all(text.as_bytes())?;
        Ok::<PathBuf, io::Error>(path)
    };
    put(script.file_name, &script.text)?;
    let values = [
        ("folder", folder.to_str().ok_or(io::ErrorKind::InvalidInput)?),
        ("name", script.file_name),
        ("runs_with", script.runs_with),
        ("hint", &script.hint),
    ];
    let lines = values.map(|(name, value)| format!("{name}='{}'\n", value.replace('\'', "'\\''")));
    put("show.sh", &OPENER.replacen('\n', &format!("\n{}", lines.concat()), 1))
}

#[cfg(test)]
#[cfg(all(unix, not(target_os = "macos")))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::time::Duration;

    use super::*;

    fn program(folder: &Path, name: &str, text: &str) -> PathBuf {
        let path = folder.join(name);
        fs::write(&path, text).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("made a program");
        path
    }

    fn script() -> Script {
        Script {
            file_name: "snippet.sh",
            runs_with: "sh",
            text: "echo \"It's ${SETPOINT_TOKEN:-no token}\"\n".to_owned(),
            hint: "C'est prêt :".to_owned(),
        }
    }

    #[test]
    fn the_desktops_terminal_has_precedence_over_the_users_and_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().as_os_str();
        let found = |own: Option<&str>| {
            let found = Terminal::find_in(path, own.map(OsStr::new))?;
            Some((found.program.file_name()?.to_str()?.to_owned(), found.before.join(" ")))
        };
        let is = |name: &str, before: &str| Some((name.to_owned(), before.to_owned()));
        assert_eq!(found(None), None);
        fs::write(folder.path().join("konsole"), "no program").expect("written");
        assert_eq!(found(None), None);
        program(folder.path(), "xterm", "");
        assert_eq!(found(None), is("xterm", "-e"));
        program(folder.path(), "gnome-terminal", "");
        assert_eq!(found(None), is("gnome-terminal", "--"));
        program(folder.path(), "mine", "");
        assert_eq!(found(Some("mine")), is("mine", "-e"));
        assert_eq!(found(Some("xterm")), is("xterm", "-e"));
        assert_eq!(found(Some("gone")), is("gnome-terminal", "--"));
        assert_eq!(found(Some("")), is("gnome-terminal", "--"));
        program(folder.path(), "x-terminal-emulator", "");
        assert_eq!(found(Some("mine")), is("x-terminal-emulator", "-e"));
        program(folder.path(), "xdg-terminal-exec", "");
        assert_eq!(found(Some("mine")), is("xdg-terminal-exec", ""));
    }

    #[test]
    fn the_script_is_for_its_owner_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let opener = write(folder.path(), &script()).expect("written");
        let own = opener.parent().expect("a folder");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(own), 0o700);
        for name in ["snippet.sh", "show.sh"] {
            assert_eq!(mode(&own.join(name)), 0o600, "{name}");
        }
        assert_eq!(fs::read_to_string(own.join("snippet.sh")).expect("there"), script().text);
    }

    /// Findings L15: runs the test below again in a process that has both secrets in its environment.
    #[test]
    fn l15_a_terminal_knows_neither_the_token_nor_the_passphrase_of_the_program() {
        let itself = std::env::current_exe().expect("a path");
        let ran = std::process::Command::new(itself)
            .args(["--exact", &format!("{}::{SHOWS}", module_path!().trim_start_matches("setpoint::"))])
            .env(crate::accounts::session::TOKEN_VARIABLE, "c.a-token")
            .env(crate::accounts::session::PASSPHRASE_VARIABLE, "a passphrase")
            .output()
            .expect("it runs");
        let output = String::from_utf8_lossy(&ran.stdout);
        assert!(ran.status.success() && output.contains("1 passed"), "{output}");
    }

    const SHOWS: &str = "the_terminal_shows_the_script_leaves_a_prompt_without_the_token_and_cleans_up";

    /// Uses stand-ins for the terminal and for the shell in it.
    #[test]
    fn the_terminal_shows_the_script_leaves_a_prompt_without_the_token_and_cleans_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let output = folder.path().join("said");
        for shell in ["bash", "fish"] {
            let run = folder.path().join("run");
            let shell = program(
                folder.path(),
                shell,
                &format!(
                    "#!/bin/sh\necho \"prompt $* ${{SETPOINT_TOKEN:-none}}, ${{SETPOINT_PASSPHRASE:-none}}\"\n\
                     cat {}/*/bashrc\n",
                    run.display()
                ),
            );
            let text = format!(
                "#!/bin/sh\nshift\nSHELL={} \"$@\" >{output} 2>&1\nmv {output} {output}.done\n",
                shell.display(),
                output = output.display()
            );
            let terminal = Terminal { program: program(folder.path(), "terminal", &text), before: &["-e"] };
            terminal.open_in(&run, &script()).expect("opened");
            let done = output.with_extension("done");
            let waited = (0..500).any(|_| {
                std::thread::sleep(Duration::from_millis(10));
                done.exists()
            });
            assert!(waited, "the terminal did not end");
            let shown = fs::read_to_string(&done).expect("there");
            assert!(shown.starts_with(&script().text), "{shown}");
            assert!(shown.contains("C'est prêt :\n  sh ") && shown.contains("/snippet.sh\n"), "{shown}");
            assert!(shown.lines().any(|line| line.starts_with("prompt") && line.ends_with(" none, none")), "{shown}");
            let is_bash = shell.ends_with("bash");
            assert_eq!(shown.contains("history -s 'sh "), is_bash, "{shown}");
            assert_eq!(fs::read_dir(&run).expect("there").count(), 0, "nothing stays behind");
            fs::remove_file(&done).expect("removed");
        }
    }
}
