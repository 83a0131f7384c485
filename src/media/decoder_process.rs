//! Decodes clips in a separate process.
//!
//! C code decodes H.264, a clip may come from any source that the service names, and the decoder must not run in
//! the process that holds the tokens: a bug in it could expose them. The other process gets the file and nothing
//! else: no environment, no token, and on Unix no further file, connection or process, a gigabyte of memory and
//! some seconds of the processor; on Linux no access to this process (`cli/decode_clip.rs`). This process checks
//! the answer as untrusted input.
//!
//! The question consists of the limits, five numbers of eight bytes each, and the file; the answer consists of a
//! kind in one byte, and then the frames or the size that is too large. Numbers are little-endian.

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

/// The subcommand of this program that decodes a clip.
pub(crate) const COMMAND: &str = "decode-clip";
/// Time limit. No clip within the limits needs that long.
const WITHIN: Duration = Duration::from_secs(20);

/// The process that decodes clips.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clips {
    /// A separate process of this program.
    Separate(PathBuf),
    /// This process; for tests.
    Here,
}

impl Clips {
    /// Uses the running program.
    pub fn of_program() -> Self {
        // The link leads to the running program even if an update has replaced its file.
        let link = Path::new("/proc/self/exe");
        let program = if link.exists() { Ok(link.to_owned()) } else { std::env::current_exe() };
        Self::Separate(program.unwrap_or_else(|_unknown| PathBuf::from("setpoint")))
    }
}

/// Decodes a clip in another process, which ends with this call at the latest.
pub(super) async fn decode_aside(program: &Path, file: &[u8], limits: &Limits) -> Result<Decoded, PictureError> {
    let decoding = async {
        let mut command = Command::new(program);
        command.arg(COMMAND).env_clear().kill_on_drop(true);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        #[cfg(windows)]
        {
            const CREATE_NO_WINDOW: u32 = 0x0800_0000;
            command.creation_flags(CREATE_NO_WINDOW);
            // No program starts on Windows without this variable.
            command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        }
        let mut process = command.spawn()?;
        let (Some(question), Some(mut answer)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(io::Error::other("no pipes"));
        };
        // A process that answers before it has read everything knows enough, so a failed write is no error.
        ask(question, file, limits).await.ok();
        let decoded = read_answer(&mut answer, limits).await?;
        // Close the pipe, so that a process that goes on writing ends.
        drop(answer);
        process.wait().await?;
        Ok(decoded)
    };
    match tokio::time::timeout(WITHIN, decoding).await {
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

/// Answers one question. This is the whole run of the other process.
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

/// Reads an answer within the given limits.
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
