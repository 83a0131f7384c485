//! Clips that are decoded in a separate process.

#![expect(clippy::expect_used, reason = "a test says what was wrong by failing")]

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use setpoint::clock::SystemClock;
use setpoint::home::Confidential;
use setpoint::media::{Clips, Limits, Picture, PictureError, Pictures, State};
use tokio::runtime::Handle;

const PROGRAM: &str = env!("CARGO_BIN_EXE_setpoint");
/// Much longer than any step of these tests takes.
const PATIENCE: Duration = Duration::from_secs(30);

fn clip(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus/clip").join(name);
    std::fs::read(path).expect("a clip")
}

async fn decoded(file: &[u8], clips: Clips, limits: Limits) -> Result<Arc<Picture>, PictureError> {
    let account = "https://home.example/".parse().expect("a URL");
    let pictures = Pictures::start(Handle::current(), account, limits, clips, SystemClock::shared());
    let link = Confidential::new(format!("data:video/mp4;base64,{}", STANDARD.encode(file)));
    let end = async {
        loop {
            match pictures.get_or_load(&link, Duration::MAX).state {
                State::Ready(picture) => return Ok(picture),
                State::Failed { error, .. } => return Err(error),
                State::Loading { .. } => tokio::time::sleep(Duration::from_millis(5)).await,
            }
        }
    };
    tokio::time::timeout(PATIENCE, end).await.expect("an end")
}

fn aside() -> Clips {
    Clips::Separate(PathBuf::from(PROGRAM))
}

#[tokio::test(flavor = "multi_thread")]
async fn l16_a_clip_is_the_same_from_another_process() {
    for name in ["plain", "each", "place", "movie"] {
        let file = clip(name);
        let here = decoded(&file, Clips::Here, Limits::default()).await.expect("a clip");
        let there = decoded(&file, aside(), Limits::default()).await.expect("a clip");
        assert!(here.frames == there.frames && here.size == there.size, "{name}");
        assert_eq!((here.original_size, here.is_cut), (there.original_size, there.is_cut), "{name}");
        assert!(here.moves(), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_of_a_clip_are_reported_from_another_process() {
    let file = clip("plain");
    let small = Limits { pixels: 100, ..Limits::default() };
    let too_large = decoded(&file, aside(), small.clone()).await.map(drop);
    assert_eq!(too_large, decoded(&file, Clips::Here, small).await.map(drop));
    assert!(matches!(too_large, Err(PictureError::TooManyPixels { .. })), "{too_large:?}");
    let few = Limits { frames: 2, ..Limits::default() };
    let cut = decoded(&file, aside(), few).await.expect("a clip");
    assert_eq!((cut.frames.len(), cut.is_cut), (2, true));
    let half = file.get(..file.len() / 2).expect("half");
    assert_eq!(decoded(half, aside(), Limits::default()).await.map(drop), Err(PictureError::Broken));
    // A program that does not exist, one that fails at once, and one with unexpected output.
    for program in ["/nonexistent/setpoint", "/bin/false", "/bin/echo"] {
        let clips = Clips::Separate(PathBuf::from(program));
        let answer = decoded(&file, clips, Limits::default()).await.map(drop);
        assert_eq!(answer, Err(PictureError::Broken), "{program}");
    }
}

/// The process has no environment, cannot open files, and may use one gigabyte of memory.
#[cfg(target_os = "linux")]
#[test]
fn l16_the_process_has_dropped_its_privileges() {
    let mut command = Command::new(PROGRAM);
    command.arg("decode-clip").env_clear().stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut process = command.spawn().expect("started");
    let folder = PathBuf::from(format!("/proc/{}", process.id()));
    let limit = |name: &str| {
        let limits = std::fs::read_to_string(folder.join("limits")).expect("limits");
        let line = limits.lines().find(|line| line.starts_with(name)).expect("the limit").to_owned();
        line.split_whitespace().rev().nth(if name == "Max processes" { 1 } else { 2 }).map(str::to_owned)
    };
    // The program sets this limit last: once it holds, all limits hold.
    for _ in 0..500 {
        if limit("Max open files").as_deref() == Some("0") {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(limit("Max open files").as_deref(), Some("0"));
    let status = std::fs::read_to_string(folder.join("status")).expect("the status");
    assert!(status.lines().any(|line| line.starts_with("NoNewPrivs:") && line.ends_with('1')), "{status}");
    assert_eq!(limit("Max address space").as_deref(), Some("1073741824"));
    assert_eq!(limit("Max core file size").as_deref(), Some("0"));
    assert_eq!(std::fs::read(folder.join("environ")).expect("the environment"), Vec::<u8>::new());
    drop(process.stdin.take());
    let mut answer = Vec::new();
    process.stdout.take().expect("a pipe").read_to_end(&mut answer).expect("read");
    assert!(!process.wait().expect("ended").success() && answer.is_empty(), "there was no question");
}
