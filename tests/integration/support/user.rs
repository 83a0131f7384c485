//! A user at a terminal, with a separate home folder.

use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, Command};

use super::nle::Nle;
use super::sdm::{CLIENT, CLIENT_SECRET, PROJECT, SUBSCRIPTION, Sdm};

/// A running bridge, killed when it is dropped.
pub(crate) struct Bridge {
    pub(crate) child: Child,
    /// The address for clients, which redirects to `api`.
    pub(crate) front: String,
    /// The address after the redirect.
    pub(crate) api: String,
    pub(crate) token: String,
}

pub(crate) struct User {
    pub(crate) home: TempDir,
}

impl User {
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a folder") }
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_setpoint"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.home.path())
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .env("SETPOINT_PASSPHRASE", "a passphrase of the tests")
            .env("SETPOINT_CLIENT_SECRET", CLIENT_SECRET)
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    pub(crate) async fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = tokio::time::timeout(super::PATIENCE, self.command(arguments).output()).await;
        let output = output.expect("in time").expect("the program runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().expect("a code"), text(&output.stdout), text(&output.stderr))
    }

    /// Runs the program with this standard input.
    pub(crate) async fn run_with(&self, arguments: &[&str], input: &str) -> (i32, String, String) {
        let mut command = self.command(arguments);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        child.stdin.take().expect("piped").write_all(input.as_bytes()).await.expect("written");
        let output = tokio::time::timeout(super::PATIENCE, child.wait_with_output()).await;
        let output = output.expect("in time").expect("it ended");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().expect("a code"), text(&output.stdout), text(&output.stderr))
    }

    /// Adds an account at a server of No Longer Evil.
    pub(crate) async fn add_nle(&self, server: &Nle) {
        self.add_nle_as(server, "Mill Lane").await;
    }

    /// The same under another name.
    pub(crate) async fn add_nle_as(&self, server: &Nle, name: &str) {
        let arguments = ["auth", "login", "--kind", "nle", "--url", &server.url, "--name", name];
        let (code, said, complained) = self.run(&arguments).await;
        assert_eq!(code, 0, "{complained}");
        assert!(said.contains(&format!("{name} (")) && said.contains(" device"), "{said}");
        assert!(complained.contains("has no sign-in"), "{complained}");
    }

    /// Adds an account at a Works with Nest server, its token in the sealed file.
    pub(crate) async fn add_wwn(&self, url: &str) {
        let arguments = ["auth", "login", "--url", url, "--name", "Mill Lane", "--token-stdin", "--sealed"];
        let (code, said, complained) = self.run_with(&arguments, "c.a-token-of-the-tests").await;
        assert_eq!(code, 0, "{said}{complained}");
    }

    /// The folder of the only account.
    pub(crate) fn account_folder(&self) -> std::path::PathBuf {
        let accounts = self.home.path().join(".local/share/setpoint/accounts");
        let mut all = std::fs::read_dir(accounts).expect("accounts").map(|entry| entry.expect("an entry").path());
        all.next().expect("an account")
    }

    /// The journal records of the only account, each in its last version.
    pub(crate) fn journal(&self) -> Vec<Value> {
        let mut records = std::collections::BTreeMap::new();
        for file in ["journal.jsonl", "elsewhere.jsonl"] {
            let text = std::fs::read_to_string(self.account_folder().join(file)).unwrap_or_default();
            for line in text.lines() {
                let record: Value = serde_json::from_str(line).expect("a record");
                records.insert(record["id"].as_u64().expect("an id"), record);
            }
        }
        records.into_values().collect()
    }

    /// Deletes the stored budgets, so that no limit of a service applies.
    pub(crate) fn forget_limits(&self) {
        let accounts = self.home.path().join(".local/share/setpoint/accounts");
        for account in std::fs::read_dir(accounts).into_iter().flatten().flatten() {
            std::fs::remove_file(account.path().join("budget.json")).ok();
        }
    }

    /// Starts the bridge, and reads its addresses and its token.
    pub(crate) async fn serve(&self) -> Bridge {
        self.forget_limits();
        let mut command = self.command(&["serve"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let line = tokio::time::timeout(super::PATIENCE, lines.next_line()).await.expect("in time");
        let ready: Value = serde_json::from_str(&line.expect("read").expect("a line")).expect("JSON");
        let text = |key: &str| ready[key].as_str().expect("a text").to_owned();
        Bridge { front: text("url"), api: text("api"), token: text("token"), child }
    }

    /// Signs in by pasting the redirect address with this code.
    pub(crate) async fn sign_in(&self, server: &Sdm, code: &str) -> (i32, String, String) {
        let token_url = format!("{}/token", server.url);
        let arguments = [
            ["auth", "google", "--paste", "--sealed"].as_slice(),
            &["--project", PROJECT, "--client-id", CLIENT, "--subscription", SUBSCRIPTION],
            &["--api-url", &server.url, "--events-url", &server.url, "--token-url", &token_url],
            &["--sign-in-url", &server.url],
        ]
        .concat();
        let mut command = self.command(&arguments);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        let mut said = BufReader::new(child.stderr.take().expect("piped"));
        let mut line = String::new();
        said.read_line(&mut line).await.expect("a line");
        let page: url::Url = line.split_whitespace().last().expect("a page").parse().expect("a URL");
        assert!(page.path().ends_with(&format!("/{PROJECT}/auth")), "{page}");
        let state = page.query_pairs().find(|(key, _)| key == "state").expect("a state").1.into_owned();
        let pasted = format!("https://www.google.com/?state={state}&code={code}&scope=x\n");
        child.stdin.take().expect("piped").write_all(pasted.as_bytes()).await.expect("written");
        let mut rest = String::new();
        said.read_to_string(&mut rest).await.expect("read");
        let output = child.wait_with_output().await.expect("it ended");
        (output.status.code().expect("a code"), String::from_utf8_lossy(&output.stdout).into_owned(), rest)
    }
}
