//! Clips are decoded in a process of their own.
//!
//! H.264 is decoded by C code, a clip comes from wherever a service says, and a mistake in the decoder
//! would be a mistake in the process that has the tokens. The other process gets the file and nothing
//! else: no environment, no token, and on Unix no further file, connection or process, a gigabyte of
//! memory and some seconds of the processor; on Linux no look into this process (`cli/decode_clip.rs`). What it answers is checked as if a
//! stranger had said it.
//!
//! The question is the limits, five numbers of eight bytes each, and the file; the answer a kind in one
//! byte, and behind it the frames or the size that is too large. Numbers begin with their low byte.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{ChildStdin, Command};

use super::decode::{Decoded, decode};
use super::error::PictureError;
use super::limits::Limits;
use super::{Frame, clip};

/// The command of this program that decodes a clip.
pub(crate) const COMMAND: &str = "decode-clip";
/// Far more than any clip within the limits needs.
const WITHIN: Duration = Duration::from_secs(20);

/// The process in which clips are decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clips {
    /// In a process of their own, by this program.
    Aside(PathBuf),
    /// In this process; for tests.
    Here,
}

impl Clips {
    /// By the program that runs.
    pub fn of_program() -> Self {
        // The link leads to the program even after a newer one was installed in its place.
        let link = Path::new("/proc/self/exe");
        let program = if link.exists() { Ok(link.to_owned()) } else { std::env::current_exe() };
        Self::Aside(program.unwrap_or_else(|_unknown| PathBuf::from("setpoint")))
    }
}

/// Has a clip decoded by another process, which ends with this call at the latest.
pub(super) async fn decode_aside(program: &Path, file: &[u8], limits: &Limits) -> Result<Decoded, PictureError> {
    let asked = async {
        let mut command = Command::new(program);
        command.arg(COMMAND).env_clear().kill_on_drop(true);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        #[cfg(windows)]
        {
            const CREATE_NO_WINDOW: u32 = 0x0800_0000;
            command.creation_flags(CREATE_NO_WINDOW);
            // No program starts there without it.
            command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        }
        let mut process = command.spawn()?;
        let (Some(question), Some(mut answer)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(io::Error::other("no pipes"));
        };
        // Whoever answers before the end of the question knows enough.
        ask(question, file, limits).await.ok();
        let decoded = read_answer(&mut answer, limits).await?;
        // Nobody listens any more to one that goes on.
        drop(answer);
        process.wait().await?;
        Ok(decoded)
    };
    match tokio::time::timeout(WITHIN, asked).await {
        Ok(Ok(decoded)) => decoded,
        Ok(Err(err)) => {
            tracing::warn!(%err, "a clip was not decoded");
            Err(PictureError::Broken)
        }
        Err(_late) => {
            tracing::warn!("decoding a clip took too long");
            Err(PictureError::Broken)
        }
    }
}

async fn ask(mut question: ChildStdin, file: &[u8], limits: &Limits) -> io::Result<()> {
    let numbers = [
        u64::from(limits.side),
        limits.pixels,
        u64::from(limits.shown_side),
        limits.frames as u64,
        limits.frame_bytes as u64,
    ];
    question.write_all(&numbers.map(u64::to_le_bytes).concat()).await?;
    question.write_all(file).await?;
    question.shutdown().await
}

/// Answers one question: the whole life of the other process.
pub fn answer(mut question: impl Read, mut out: impl Write) -> io::Result<()> {
    let mut number = || {
        let mut bytes = [0; 8];
        question.read_exact(&mut bytes).map(|()| u64::from_le_bytes(bytes))
    };
    let small = |number: u64| u32::try_from(number).map_err(io::Error::other);
    let large = |number: u64| usize::try_from(number).map_err(io::Error::other);
    let limits = Limits {
        side: small(number()?)?,
        pixels: number()?,
        shown_side: small(number()?)?,
        frames: large(number()?)?,
        frame_bytes: large(number()?)?,
        ..Limits::default()
    };
    let mut file = Vec::new();
    question.take(limits.file_bytes as u64).read_to_end(&mut file)?;
    let decoded = if clip::is_clip(&file) { decode(&file, &limits) } else { Err(PictureError::NotAPicture) };
    match decoded {
        Ok(decoded) => write_frames(&mut out, &decoded)?,
        Err(PictureError::TooManyPixels { width, height }) => {
            out.write_all(&[TOO_MANY_PIXELS])?;
            out.write_all(&[width, height].map(u32::to_le_bytes).concat())?;
        }
        Err(PictureError::NotAPicture) => out.write_all(&[NOT_A_PICTURE])?,
        Err(_broken) => out.write_all(&[BROKEN])?,
    }
    out.flush()
}

const FRAMES: u8 = 0;
const BROKEN: u8 = 1;
const NOT_A_PICTURE: u8 = 2;
const TOO_MANY_PIXELS: u8 = 3;

fn write_frames(out: &mut impl Write, decoded: &Decoded) -> io::Result<()> {
    let Decoded { frames, size, original_size, is_cut } = decoded;
    let count = u32::try_from(frames.len()).map_err(io::Error::other)?;
    out.write_all(&[FRAMES, u8::from(*is_cut)])?;
    let numbers = [count, size[0], size[1], original_size[0], original_size[1]];
    out.write_all(&numbers.map(u32::to_le_bytes).concat())?;
    for frame in frames {
        let delay = u32::try_from(frame.delay.as_millis()).unwrap_or(u32::MAX);
        out.write_all(&delay.to_le_bytes())?;
        out.write_all(&frame.rgba)?;
    }
    Ok(())
}

/// Reads an answer, within the limits that were asked for.
async fn read_answer(
    answer: &mut (impl AsyncRead + Unpin),
    limits: &Limits,
) -> io::Result<Result<Decoded, PictureError>> {
    match answer.read_u8().await? {
        FRAMES => {}
        NOT_A_PICTURE => return Ok(Err(PictureError::NotAPicture)),
        TOO_MANY_PIXELS => {
            let (width, height) = (answer.read_u32_le().await?, answer.read_u32_le().await?);
            return Ok(Err(PictureError::TooManyPixels { width, height }));
        }
        _ => return Ok(Err(PictureError::Broken)),
    }
    let is_cut = answer.read_u8().await? != 0;
    let mut numbers = [0; 5];
    for number in &mut numbers {
        *number = answer.read_u32_le().await?;
    }
    let [count, width, height, original_width, original_height] = numbers;
    let frame_bytes = (u64::from(width) * u64::from(height)).saturating_mul(4);
    let all_bytes = frame_bytes.saturating_mul(u64::from(count));
    let is_within = width.max(height) <= limits.shown_side
        && (1..=limits.frames as u64).contains(&u64::from(count))
        && frame_bytes > 0
        && (count == 1 || all_bytes <= limits.frame_bytes as u64);
    if !is_within {
        return Err(io::Error::other("more frames than were asked for"));
    }
    let mut frames = Vec::new();
    for _ in 0..count {
        let delay = Duration::from_millis(u64::from(answer.read_u32_le().await?));
        let mut rgba = vec![0; usize::try_from(frame_bytes).map_err(io::Error::other)?];
        answer.read_exact(&mut rgba).await?;
        frames.push(Frame { rgba, delay });
    }
    let original_size = [original_width, original_height];
    Ok(Ok(Decoded { frames, size: [width, height], original_size, is_cut }))
}
