//! An X server without a screen, for tests.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// A server of 320 x 240 pixels that ends when it is dropped.
pub(super) struct XServer {
    server: Child,
    pub(super) display: String,
}

impl XServer {
    /// Starts a server on a free display; prints a line and returns `None` if none is available.
    pub(super) fn start() -> Option<Self> {
        let server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "320x240x24", "-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut server = match server {
            Ok(server) => server,
            Err(err) => {
                println!("skipped: Xvfb cannot be started ({err}); it is in Debian's package xvfb");
                return None;
            }
        };
        let mut number = String::new();
        BufReader::new(server.stdout.take().expect("piped")).read_line(&mut number).expect("its number");
        assert!(!number.trim().is_empty(), "Xvfb ended without saying its number");
        Some(Self { server, display: format!(":{}", number.trim()) })
    }
}

impl Drop for XServer {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}
