//! Delivers resolutions after their records are on disk, so that a resolution remains true after a crash.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use super::request::{RequestId, Resolved, Ticket};
use super::storage::DiskThread;

/// Resolutions that wait for the disk, in order, and the handles that receive them.
#[derive(Default)]
pub(super) struct Delivery {
    receivers: HashMap<RequestId, mpsc::Sender<Resolved>>,
    undelivered: VecDeque<Undelivered>,
}

struct Undelivered {
    resolved: Resolved,
    /// The number of the disk job with its record.
    place: u64,
    /// The time of delivery if the disk hangs.
    at_latest: Instant,
}

impl Delivery {
    /// Registers a handle.
    pub(super) fn register(&mut self, ticket: Ticket) -> RequestId {
        // Dropped handles receive nothing any more.
        self.receivers.retain(|_, sender| !sender.is_closed());
        self.receivers.insert(ticket.id, ticket.sender);
        ticket.id
    }

    /// Adds resolutions whose records were just handed to the disk, and delivers those that are written.
    pub(super) fn add_resolutions(&mut self, ends: Vec<Resolved>, disk: Option<&DiskThread>, patience: Duration) {
        let now = Instant::now();
        let place = disk.map_or(0, DiskThread::handed_over);
        let at_latest = now + patience;
        let awaited = ends.into_iter().filter(|resolved| self.receivers.contains_key(&resolved.request));
        self.undelivered.extend(awaited.map(|resolved| Undelivered { resolved, place, at_latest }));
        let written = disk.map_or(u64::MAX, DiskThread::written);
        while self.undelivered.front().is_some_and(|first| first.place <= written || first.at_latest <= now) {
            self.deliver_first();
        }
    }

    /// Waits until the first resolution can be delivered.
    pub(super) async fn ready(&self, disk: Option<&DiskThread>) {
        match (self.undelivered.front(), disk) {
            (Some(first), Some(disk)) => {
                timeout_at(first.at_latest, disk.until(first.place)).await.ok();
            }
            (Some(_), None) => {}
            (None, _) => std::future::pending().await,
        }
    }

    /// Delivers everything, after the disk thread has ended.
    pub(super) fn finish(mut self, ends: Vec<Resolved>) {
        self.add_resolutions(ends, None, Duration::ZERO);
    }

    fn deliver_first(&mut self) {
        let Some(Undelivered { resolved, .. }) = self.undelivered.pop_front() else { return };
        if let Some(sender) = self.receivers.get(&resolved.request) {
            // The channel has room for each write, and a dropped receiver needs nothing.
            sender.try_send(resolved).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc as threads;

    use super::*;
    use crate::engine::core::ToDisk;
    use crate::engine::request::{Resolution, WriteHandle};
    use crate::engine::storage::StoragePaths;
    use crate::home::{Slot, Write};

    const PATIENCE: Duration = Duration::from_secs(60);

    fn slot() -> Slot {
        Write::FanTimer("t".into(), true).slot()
    }

    fn end_of(request: RequestId) -> Vec<Resolved> {
        vec![Resolved { request, slot: slot(), resolution: Resolution::NoOp }]
    }

    fn asked(delivery: &mut Delivery) -> (WriteHandle, RequestId) {
        let (handle, ticket) = WriteHandle::new(std::iter::once(slot()));
        (handle, delivery.register(ticket))
    }

    #[tokio::test]
    async fn a_resolution_is_delivered_after_its_record_is_on_disk() {
        let folder = tempfile::tempdir().expect("a folder");
        // A folder in place of the queue file: the write fails, and the thread waits for the report to return.
        std::fs::create_dir_all(folder.path().join("queue.json/in the way")).expect("a folder");
        let (go_on, wait) = threads::channel::<()>();
        let paths = StoragePaths::in_folder(folder.path());
        let disk = DiskThread::start(paths, move |_| {
            wait.recv().ok();
        })
        .expect("a thread");
        disk.send(ToDisk::Queue(Vec::new()));
        let mut delivery = Delivery::default();
        let (mut handle, request) = asked(&mut delivery);
        delivery.add_resolutions(end_of(request), Some(&disk), PATIENCE);
        let early = tokio::time::timeout(Duration::from_millis(50), handle.next()).await;
        assert!(early.is_err(), "told before it was written: {early:?}");
        go_on.send(()).expect("the disk waits");
        delivery.ready(Some(&disk)).await;
        delivery.add_resolutions(Vec::new(), Some(&disk), PATIENCE);
        assert!(handle.next().await.is_some(), "told");
    }

    #[tokio::test]
    async fn resolutions_are_delivered_without_a_working_disk() {
        let mut delivery = Delivery::default();
        let (mut handle, request) = asked(&mut delivery);
        delivery.add_resolutions(end_of(request), None, PATIENCE);
        assert!(handle.next().await.is_some(), "told");

        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("queue.json/in the way")).expect("a folder");
        let (_go_on, wait) = threads::channel::<()>();
        let paths = StoragePaths::in_folder(folder.path());
        let disk = DiskThread::start(paths, move |_| {
            wait.recv().ok();
        })
        .expect("a thread");
        disk.send(ToDisk::Queue(Vec::new()));
        let (mut handle, request) = asked(&mut delivery);
        delivery.add_resolutions(end_of(request), Some(&disk), Duration::ZERO);
        assert!(handle.next().await.is_some(), "told");
    }
}
