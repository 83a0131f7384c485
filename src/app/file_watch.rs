//! Watches a file that other processes may change.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use super::waker::RepaintWaker;

/// Interval between checks of the file.
const INTERVAL: Duration = Duration::from_secs(1);

/// Watches modification time and size of a file until it is dropped.
pub(super) struct FileWatch {
    has_changed: Arc<AtomicBool>,
    task: AbortHandle,
}

impl FileWatch {
    /// Begins to watch. Each change wakes the window.
    pub(super) fn start(path: PathBuf, runtime: &Handle, waker: Arc<RepaintWaker>) -> Self {
        let has_changed = Arc::new(AtomicBool::new(false));
        let changed = Arc::clone(&has_changed);
        // Read before this returns, so that no change after it is missed.
        let known = stamp(&path);
        let task = runtime.spawn(async move { watch(path, known, changed, waker).await }).abort_handle();
        Self { has_changed, task }
    }

    /// True if the file changed since the last call.
    pub(super) fn take_change(&self) -> bool {
        self.has_changed.swap(false, Ordering::Acquire)
    }
}

impl Drop for FileWatch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

type Stamp = Option<(Option<SystemTime>, u64)>;

fn stamp(path: &Path) -> Stamp {
    std::fs::metadata(path).ok().map(|about| (about.modified().ok(), about.len()))
}

async fn watch(path: PathBuf, mut known: Stamp, has_changed: Arc<AtomicBool>, waker: Arc<RepaintWaker>) -> ! {
    loop {
        tokio::time::sleep(INTERVAL).await;
        let of_task = path.clone();
        let now = tokio::task::spawn_blocking(move || stamp(&of_task)).await.unwrap_or_default();
        if now != known {
            known = now;
            has_changed.store(true, Ordering::Release);
            waker.wake_now();
        }
    }
}
