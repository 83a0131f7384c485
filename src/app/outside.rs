//! Programs and requests of rules: started without a shell and without a token, in bounded time, with bounded output.

use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

use crate::accounts::settings::{RuleMethod, RuleProgram, RuleRequest, RuleSettings};
use crate::automation::outside::{OutsideAct, OutsideActs, OutsideKind, OutsideOutcome};
use crate::automation::run::RunOutcome;
use crate::http::http_client;

/// The longest time of a program, and of a request.
const PROGRAM_TIME: Duration = Duration::from_secs(30);
const REQUEST_TIME: Duration = Duration::from_secs(15);
/// The number of acts that run at the same time; the others wait.
const MOST_AT_ONCE: usize = 4;
/// Most bytes of standard error that are reported.
const MOST_WORDS: usize = 300;
/// The time for what a program said last.
const LAST_WORDS: Duration = Duration::from_millis(100);
/// Environment variables of this program that another one does not get.
const PRIVATE: [&str; 3] = ["SETPOINT_TOKEN", "SETPOINT_URL", "SETPOINT_PASSPHRASE"];

/// The programs and requests of the settings.
pub(super) struct OutsideOfSettings {
    settings: Mutex<RuleSettings>,
    turns: Arc<Semaphore>,
}

impl Default for OutsideOfSettings {
    fn default() -> Self {
        Self { settings: Mutex::default(), turns: Arc::new(Semaphore::new(MOST_AT_ONCE)) }
    }
}

impl OutsideOfSettings {
    /// Replaces the settings.
    pub(super) fn set(&self, settings: RuleSettings) {
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner) = settings;
    }

    fn settings(&self) -> RuleSettings {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl OutsideActs for OutsideOfSettings {
    fn programs(&self) -> Vec<String> {
        self.settings().programs.into_iter().map(|program| program.name).collect()
    }

    fn requests(&self) -> Vec<String> {
        self.settings().requests.into_iter().map(|request| request.name).collect()
    }

    fn make(&self, act: OutsideAct) -> OutsideOutcome {
        let (settings, turns) = (self.settings(), Arc::clone(&self.turns));
        Box::pin(async move {
            let Ok(_turn) = turns.acquire().await else { return RunOutcome::NotSent };
            match act.kind {
                OutsideKind::Program => match settings.program(&act.name) {
                    Some(program) => start(program, &act, PROGRAM_TIME).await,
                    None => refused("the settings have no such program"),
                },
                OutsideKind::Request => match settings.request(&act.name) {
                    Some(request) => send(request, &act, REQUEST_TIME).await,
                    None => refused("the settings have no such request"),
                },
            }
        })
    }
}

fn refused(why: impl Into<String>) -> RunOutcome {
    RunOutcome::Refused(why.into())
}

/// Starts a program, and waits for its end.
async fn start(program: &RuleProgram, act: &OutsideAct, longest: Duration) -> RunOutcome {
    let mut command = Command::new(&program.path);
    command
        .args(&program.arguments)
        .env("SETPOINT_RULE", &act.rule)
        .env("SETPOINT_DEVICE", &act.subject)
        .env("SETPOINT_REASON", &act.reason)
        .current_dir(program.path.parent().unwrap_or(Path::new("/")))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    for name in PRIVATE {
        command.env_remove(name);
    }
    // A group of its own, so that what it started ends with it.
    #[cfg(unix)]
    command.process_group(0);
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(err) => return refused(format!("it cannot be started: {err}")),
    };
    let mut words = Words::default();
    let ended = tokio::time::timeout(longest, async {
        let Some(mut errors) = child.stderr.take() else { return child.wait().await };
        // Whatever it prints is read, so that it never waits. What it left running may keep the pipe open: its own end
        // is enough.
        let status = tokio::select! {
            status = child.wait() => status,
            () = words.read(&mut errors) => child.wait().await,
        };
        tokio::time::timeout(LAST_WORDS, words.read(&mut errors)).await.ok();
        status
    });
    let Ok(status) = ended.await else {
        end_group(&mut child).await;
        return refused(format!("it ran longer than {} s and was ended", longest.as_secs()));
    };
    match status {
        Ok(status) if status.success() => RunOutcome::Done,
        Ok(status) => refused(words.of(&status.to_string())),
        Err(err) => refused(format!("nobody knows how it ended: {err}")),
    }
}

/// The begin of what a program said.
#[derive(Default)]
struct Words(Vec<u8>);

impl Words {
    async fn read(&mut self, from: &mut (impl AsyncRead + Unpin)) {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = from.read(&mut buffer).await {
            let room = MOST_WORDS.saturating_sub(self.0.len()).min(count);
            self.0.extend_from_slice(buffer.get(..room).unwrap_or_default());
        }
    }

    fn of(&self, status: &str) -> String {
        let text = String::from_utf8_lossy(&self.0);
        let first: String = text.lines().next().unwrap_or_default().chars().filter(|it| !it.is_control()).collect();
        if first.is_empty() { status.to_owned() } else { format!("{status}: {first}") }
    }
}

async fn end_group(child: &mut Child) {
    #[cfg(unix)]
    if let Some(id) = child.id().and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw) {
        // The group has ended if it is not there.
        rustix::process::kill_process_group(id, rustix::process::Signal::KILL).ok();
    }
    child.kill().await.ok();
}

/// Sends a request. Its answer counts by its status alone, and no redirect is followed.
async fn send(request: &RuleRequest, act: &OutsideAct, longest: Duration) -> RunOutcome {
    let Some(url) = request.address() else { return refused("its address is none of the web") };
    let client = match http_client(&url) {
        Ok(client) => client,
        Err(err) => return refused(err.to_string()),
    };
    let method = match request.method {
        RuleMethod::Get => reqwest::Method::GET,
        RuleMethod::Post => reqwest::Method::POST,
        RuleMethod::Put => reqwest::Method::PUT,
    };
    let mut built = client.request(method, url).timeout(longest);
    if request.method != RuleMethod::Get {
        let occasion = json!({
            "rule": act.rule, "subject": act.subject, "reason": act.reason, "at": act.at.to_string(),
        });
        let is_json = request.body.is_empty() || request.body.trim_start().starts_with(['{', '[']);
        let body = if request.body.is_empty() { occasion.to_string() } else { request.body.clone() };
        let kind = if is_json { "application/json" } else { "text/plain; charset=utf-8" };
        built = built.header(reqwest::header::CONTENT_TYPE, kind).body(body);
    }
    match built.send().await {
        Ok(answer) if answer.status().is_success() => RunOutcome::Done,
        Ok(answer) if answer.status().is_redirection() => {
            refused(format!("it answered {} to go elsewhere, which is not followed", answer.status().as_u16()))
        }
        Ok(answer) => refused(format!("it answered {}", answer.status())),
        // The address may have a secret of the person's, so it is not repeated.
        Err(err) if err.is_timeout() => refused(format!("it did not answer within {} s", longest.as_secs())),
        Err(err) if err.is_connect() => refused("it cannot be reached"),
        Err(_) => RunOutcome::MayHaveArrived,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};

    use super::*;

    /// The time of what never ends, and that of what ends at once on a machine that has time for it.
    const SHORT: Duration = Duration::from_secs(2);
    const LONG: Duration = Duration::from_secs(30);

    fn act(kind: OutsideKind) -> OutsideAct {
        OutsideAct {
            kind,
            name: "x".to_owned(),
            rule: "Night".to_owned(),
            subject: "Hallway".to_owned(),
            reason: "at 22:30".to_owned(),
            at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[cfg(unix)]
    async fn run(script: &str, longest: Duration) -> RunOutcome {
        let arguments = vec!["-c".to_owned(), script.to_owned()];
        let program = RuleProgram { name: "x".to_owned(), path: "/bin/sh".into(), arguments };
        start(&program, &act(OutsideKind::Program), longest).await
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_program_ends_whatever_it_does() {
        assert_eq!(run("test \"$SETPOINT_RULE $SETPOINT_DEVICE\" = 'Night Hallway'", LONG).await, RunOutcome::Done);
        let failed = run("echo no lamp >&2; exit 3", LONG).await;
        assert_eq!(failed, refused("exit status: 3: no lamp"));
        assert_eq!(run("head -c 300000000 /dev/zero; head -c 3000000 /dev/zero >&2", LONG).await, RunOutcome::Done);
        let hung = run("sleep 60 & echo $! >&2; sleep 60", SHORT).await;
        assert_eq!(hung, refused("it ran longer than 2 s and was ended"));
        // What it leaves behind keeps nobody waiting.
        assert_eq!(run("sleep 3 2>&2 & exit 0", LONG).await, RunOutcome::Done);
        let missing = RuleProgram { name: "x".to_owned(), path: "/nowhere".into(), arguments: Vec::new() };
        let outcome = start(&missing, &act(OutsideKind::Program), LONG).await;
        assert!(matches!(&outcome, RunOutcome::Refused(why) if why.starts_with("it cannot be started")), "{outcome:?}");
    }

    /// Answers one request with a text, and returns it.
    fn served(answer: &'static str, then: fn(&mut TcpStream)) -> (String, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        let thread = std::thread::Builder::new().spawn(move || {
            let (mut stream, _) = listener.accept().expect("a call");
            let mut heard = [0; 4096];
            let count = stream.read(&mut heard).expect("a request");
            stream.write_all(answer.as_bytes()).expect("an answer");
            then(&mut stream);
            String::from_utf8_lossy(&heard[..count]).into_owned()
        });
        (url, thread.expect("a thread"))
    }

    async fn answered(answer: &'static str, longest: Duration, then: fn(&mut TcpStream)) -> (RunOutcome, String) {
        let (url, thread) = served(answer, then);
        let request = RuleRequest { name: "x".to_owned(), method: RuleMethod::Post, url, body: String::new() };
        let outcome = send(&request, &act(OutsideKind::Request), longest).await;
        (outcome, thread.join().expect("served"))
    }

    #[tokio::test]
    async fn a_request_carries_the_occasion_and_no_token_and_follows_nobody() {
        let (outcome, heard) = answered("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", LONG, |_| {}).await;
        assert_eq!(outcome, RunOutcome::Done);
        assert!(heard.starts_with("POST /hook HTTP/1.1") && !heard.to_lowercase().contains("authorization"), "{heard}");
        let redirect = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
        let (outcome, _) = answered(redirect, LONG, |_| {}).await;
        assert_eq!(outcome, refused("it answered 302 to go elsewhere, which is not followed"));
        let (outcome, _) = answered("", SHORT, |_| std::thread::sleep(Duration::from_secs(3))).await;
        assert_eq!(outcome, refused("it did not answer within 2 s"));
        // A body without an end is not read.
        let endless = "HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\nx";
        assert_eq!(answered(endless, LONG, |_| {}).await.0, RunOutcome::Done);
    }
}
