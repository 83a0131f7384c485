//! Replacing the schedule of a thermostat at a service that fails.

use std::sync::Mutex;

use futures_util::future::BoxFuture;
use serde_json::Value;
use tokio::sync::mpsc;

use super::*;
use crate::home::{Checked, DeviceStart, DeviceTree, ScheduleMode, ScheduledTarget, Temperature};
use crate::service::{FailureKind, Reason, Update};

/// A service with one schedule.
struct Scripted {
    stored: Mutex<Option<DeviceSchedule>>,
    answer: fn() -> Result<(), Failure>,
    /// The schedule that a write leaves; `None` leaves the one before.
    stores: fn(DeviceSchedule) -> Option<DeviceSchedule>,
    /// The reads that are answered; the later ones fail.
    reads: Mutex<usize>,
    writes: Mutex<usize>,
}

impl Service for Scripted {
    fn listen(self: Arc<Self>, _updates: mpsc::Sender<Update>) -> BoxFuture<'static, ()> {
        Box::pin(async {})
    }

    fn write(self: Arc<Self>, _write: Checked) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(async { Ok(()) })
    }

    fn fetch(self: Arc<Self>) -> BoxFuture<'static, Result<DeviceTree, Failure>> {
        Box::pin(async { Ok(DeviceTree::default()) })
    }

    fn device_schedule(self: Arc<Self>, _id: DeviceId) -> BoxFuture<'static, Result<StoredSchedule, Failure>> {
        Box::pin(async move {
            let mut left = self.reads.lock().expect("not poisoned");
            *left = left.checked_sub(1).ok_or_else(|| Failure::offline(Reason::NoAnswer))?;
            let schedule = self.stored.lock().expect("not poisoned").clone();
            Ok(StoredSchedule { schedule, unreadable: 0, original: Value::Null })
        })
    }

    fn set_device_schedule(
        self: Arc<Self>,
        _id: DeviceId,
        schedule: DeviceSchedule,
    ) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(async move {
            *self.writes.lock().expect("not poisoned") += 1;
            if let Some(schedule) = (self.stores)(schedule) {
                *self.stored.lock().expect("not poisoned") = Some(schedule);
            }
            (self.answer)()
        })
    }
}

fn week(degrees: f64) -> DeviceSchedule {
    let mut days: [Vec<DeviceStart>; 7] = Default::default();
    let target = ScheduledTarget::Heat(Temperature::from_celsius(degrees).expect("a temperature"));
    days[0].push(DeviceStart { second: 0, target });
    DeviceSchedule { name: String::new(), mode: ScheduleMode::Heat, days }
}

/// The result with its number of writes and of backups.
async fn replaced(service: Scripted, replaces: ReplacedSchedule) -> (Result<bool, ReplaceError>, usize, usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let backups = ScheduleBackups::in_folder(folder.path());
    let service = Arc::new(service);
    let wanted =
        ScheduleReplacement { thermostat: "t1".into(), name: "Hallway".to_owned(), schedule: week(21.0), replaces };
    let opened: Arc<dyn Service> = Arc::<Scripted>::clone(&service);
    let result = replace(&opened, &backups, wanted, Timestamp::UNIX_EPOCH).await;
    let writes = *service.writes.lock().expect("not poisoned");
    (result.map(|replaced| replaced.is_new), writes, backups.of(&"t1".into()).expect("backups").len())
}

fn service(stored: Option<DeviceSchedule>, reads: usize) -> Scripted {
    Scripted {
        stored: Mutex::new(stored),
        answer: || Ok(()),
        stores: Some,
        reads: Mutex::new(reads),
        writes: Mutex::new(0),
    }
}

#[tokio::test]
async fn a_schedule_is_replaced_once_with_a_backup() {
    let any = || ReplacedSchedule::Any;
    assert_eq!(replaced(service(Some(week(17.0)), 2), any()).await, (Ok(true), 1, 1));
    assert_eq!(replaced(service(None, 2), ReplacedSchedule::Seen(None)).await, (Ok(true), 1, 1));
    assert_eq!(replaced(service(Some(week(21.01)), 2), any()).await, (Ok(false), 0, 0), "it is there already");
}

#[tokio::test]
async fn nothing_is_written_over_a_schedule_that_was_not_read_or_seen() {
    let (result, writes, backups) = replaced(service(Some(week(17.0)), 0), ReplacedSchedule::Any).await;
    assert!(matches!(result, Err(ReplaceError::Unread(_))), "{result:?}");
    assert_eq!((writes, backups), (0, 0));
    for seen in [None, Some(week(18.0))] {
        let result = replaced(service(Some(week(17.0)), 2), ReplacedSchedule::Seen(seen)).await;
        assert_eq!(result, (Err(ReplaceError::ChangedMeanwhile), 0, 0));
    }
}

#[tokio::test]
async fn the_outcome_is_true_after_an_answer_that_was_lost() {
    let lost = || Err(Failure::offline(Reason::NoAnswer));
    let arrived = Scripted { answer: lost, ..service(Some(week(17.0)), 2) };
    assert_eq!(replaced(arrived, ReplacedSchedule::Any).await, (Ok(true), 1, 1));
    let not_arrived = Scripted { answer: lost, stores: |_| None, ..service(Some(week(17.0)), 2) };
    let (result, ..) = replaced(not_arrived, ReplacedSchedule::Any).await;
    assert_eq!(result, Err(ReplaceError::Refused(Failure::offline(Reason::NoAnswer))));
    let unknown = Scripted { answer: lost, ..service(Some(week(17.0)), 1) };
    let (result, writes, backups) = replaced(unknown, ReplacedSchedule::Any).await;
    assert_eq!(result, Err(ReplaceError::MayHaveArrived(Failure::offline(Reason::NoAnswer))));
    assert_eq!((writes, backups), (1, 1));
}

#[tokio::test]
async fn another_stored_schedule_and_a_refusal_are_told() {
    let other = Scripted { stores: |_| Some(week(9.0)), ..service(Some(week(17.0)), 2) };
    assert_eq!(replaced(other, ReplacedSchedule::Any).await.0, Err(ReplaceError::StoredOther));
    let refuses = || Err(Failure::new(FailureKind::Refused, Reason::Unexplained));
    let refused = Scripted { answer: refuses, stores: |_| None, ..service(Some(week(17.0)), 2) };
    let (result, ..) = replaced(refused, ReplacedSchedule::Any).await;
    assert!(matches!(result, Err(ReplaceError::Refused(_))), "{result:?}");
}
