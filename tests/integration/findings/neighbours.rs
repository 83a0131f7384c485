//! Other users of the machine, and other processes of the same user.

use std::process::Stdio;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};

use super::SERIAL;
use crate::support::nle::Nle;
use crate::support::user::User;
use crate::support::{PATIENCE, until};

#[cfg(unix)]
fn mode(path: &std::path::Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::symlink_metadata(path).expect("there").permissions().mode() & 0o777
}

/// All paths below a folder, and the folder itself.
fn all_below(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut all = vec![folder.to_owned()];
    let mut next = 0;
    while let Some(path) = all.get(next).cloned() {
        next += 1;
        if path.is_dir() {
            all.extend(std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path()));
        }
    }
    all
}

/// Other users must not read when the home was occupied, hold the lock or add records.
#[cfg(unix)]
#[tokio::test]
async fn m14_files_and_folders_are_private_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt as _;
    for umask in ["000", "022"] {
        let server = Nle::start(&[SERIAL]).await;
        let user = User::new();
        let run = async |arguments: &[&str]| {
            let mut command = tokio::process::Command::new("/bin/sh");
            command.args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_setpoint")]);
            command.args(arguments).env_clear().env("HOME", user.home.path()).stdin(Stdio::null());
            command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
            let output = tokio::time::timeout(PATIENCE, command.output()).await.expect("in time").expect("it runs");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        };
        run(&["auth", "login", "--kind", "nle", "--url", &server.url]).await;
        run(&["set", "room", "target", "20.5"]).await;
        let closed = || {
            let home = user.home.path();
            let of_program = [home.join(".config/setpoint"), home.join(".local/share/setpoint")];
            for path in of_program.iter().flat_map(|folder| all_below(folder)) {
                assert_eq!(mode(&path) & 0o077, 0, "{umask}: {} is {:o}", path.display(), mode(&path));
            }
        };
        closed();
        let account = user.account_folder();
        assert!(account.join("journal.jsonl").is_file() && account.join("lock").is_file());
        // The next change restricts the permissions that an earlier version left open.
        let open = |path: &std::path::Path, mode: u32| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("set");
        };
        open(&account.join("journal.jsonl"), 0o644);
        open(&account.join("lock"), 0o644);
        open(&account, 0o755);
        open(account.parent().expect("accounts"), 0o777);
        open(&user.home.path().join(".local/share/setpoint"), 0o755);
        run(&["set", "room", "target", "21.5"]).await;
        closed();
    }
}

/// A running program that does not answer keeps its engine: no command writes past its budget and its queue.
#[cfg(unix)]
#[tokio::test]
async fn l8_a_hanging_program_is_not_bypassed() {
    let server = Nle::start(&[SERIAL]).await;
    let user = User::new();
    user.add_nle(&server).await;
    let bridge = user.serve().await;
    // The bridge takes commands before it is stopped.
    assert_eq!(user.run(&["set", "room", "target", "20.5"]).await.0, 0);
    until("the first record", || (user.journal().len() == 1).then_some(())).await;
    let pid = bridge.child.id().expect("it runs").to_string();
    let signal = |name: &str| {
        let sent = std::process::Command::new("kill").args([name, &pid]).status().expect("kill runs");
        assert!(sent.success());
    };
    signal("-STOP");
    let mut command = user.command(&["set", "room", "target", "22.5"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let mut complaints = BufReader::new(child.stderr.take().expect("piped"));
    let mut line = String::new();
    let read = tokio::time::timeout(PATIENCE, complaints.read_line(&mut line)).await;
    read.expect("in time").expect("read");
    assert!(line.contains("the running program"), "{line}");
    // Enough time for the command to write without the bridge, which it must not do.
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(server.commands().len(), 1);
    signal("-CONT");
    let ended = tokio::time::timeout(PATIENCE, child.wait_with_output()).await.expect("in time").expect("it ended");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stdout));
    assert_eq!(server.commands().len(), 2);
    // The engine of the bridge writes the record.
    let records = || Some(user.journal()).filter(|records| records.len() == 2);
    let records = until("the second record", records).await;
    assert_eq!((&records[1]["who"], &records[1]["id"]), (&json!("cli"), &json!(2)));
}

/// A command that sends a request to a running program, and one that only checks for it, cause no warning.
#[tokio::test]
async fn l9_commands_leave_no_warning_in_the_log_of_a_running_program() {
    let server = Nle::start(&[SERIAL]).await;
    let user = User::new();
    user.add_nle(&server).await;
    let mut command = user.command(&["serve"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let mut ready = BufReader::new(child.stdout.take().expect("piped")).lines();
    tokio::time::timeout(PATIENCE, ready.next_line()).await.expect("in time").expect("read").expect("a line");
    for arguments in [&["set", "room", "target", "22.5"][..], &["status"], &["status", "--json"], &["get", "/"]] {
        let (code, _, complained) = user.run(arguments).await;
        assert_eq!((code, complained.as_str()), (0, ""), "{arguments:?}");
    }
    assert_eq!(user.journal().len(), 1, "they asked the bridge");
    let pid = child.id().expect("it runs").to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs").success());
    let mut log = String::new();
    let read = async { child.stderr.take().expect("piped").read_to_string(&mut log).await };
    tokio::time::timeout(PATIENCE, read).await.expect("in time").expect("text");
    assert!(log.contains("stopping"), "{log}");
    assert!(!log.contains("WARN") && !log.contains("an invalid message"), "{log}");
}

/// A core dump would contain tokens.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn l15_no_memory_is_dumped() {
    let user = User::new();
    let mut command = user.command(&["simulate"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
    let mut ready = BufReader::new(child.stdout.take().expect("piped")).lines();
    tokio::time::timeout(PATIENCE, ready.next_line()).await.expect("in time").expect("read").expect("a line");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id().expect("it runs"))).expect("limits");
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("a limit");
    let numbers: Vec<&str> = core.split_whitespace().filter(|word| word.parse::<u64>().is_ok()).collect();
    assert_eq!(numbers, ["0", "0"], "{core}");
}
