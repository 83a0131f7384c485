//! Ends a connection whose client has stopped reading.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// A stream wrapper. Writes fail after `patience` without progress; reads have no time limit.
pub(super) struct Stall<S> {
    inner: S,
    patience: Duration,
    /// Runs while a write waits.
    timer: Pin<Box<Sleep>>,
    is_waiting: bool,
}

impl<S> Stall<S> {
    pub(super) fn new(inner: S, patience: Duration) -> Self {
        Self { inner, patience, timer: Box::pin(sleep(patience)), is_waiting: false }
    }

    fn watched<T>(&mut self, cx: &mut Context<'_>, progress: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if progress.is_ready() {
            self.is_waiting = false;
            return progress;
        }
        if !self.is_waiting {
            self.is_waiting = true;
            // If the sum overflows, use a year: no program runs longer.
            let late = Instant::now().checked_add(self.patience);
            self.timer.as_mut().reset(late.unwrap_or_else(|| Instant::now() + Duration::from_secs(86_400 * 365)));
        }
        self.timer.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Stall<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Stall<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let progress = Pin::new(&mut self.inner).poll_write(cx, buf);
        self.watched(cx, progress)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let progress = Pin::new(&mut self.inner).poll_write_vectored(cx, bufs);
        self.watched(cx, progress)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let progress = Pin::new(&mut self.inner).poll_flush(cx);
        self.watched(cx, progress)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let progress = Pin::new(&mut self.inner).poll_shutdown(cx);
        self.watched(cx, progress)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_stalled_reader_is_dropped_and_a_slow_one_is_not() {
        let (near, mut far) = duplex(8);
        let mut stall = Stall::new(near, Duration::from_secs(60));
        let reading = tokio::spawn(async move {
            let mut read = [0; 8];
            for _ in 0..6 {
                tokio::time::sleep(Duration::from_secs(25)).await;
                far.read_exact(&mut read).await.expect("something is written");
            }
            far
        });
        stall.write_all(&[7; 48]).await.expect("it is read, slowly");
        let far = reading.await.expect("read");
        let stopped = tokio::time::timeout(Duration::from_secs(600), stall.write_all(&[7; 48])).await;
        assert_eq!(stopped.expect("it ends").expect_err("nobody reads").kind(), io::ErrorKind::TimedOut);
        drop(far);
    }
}
