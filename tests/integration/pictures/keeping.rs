//! The cache of pictures: kept pictures, reloads, and notifications.

use std::convert::Infallible;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use futures_util::stream;
use image::ImageFormat;
use jiff::{SignedDuration, Timestamp};
use setpoint::clock::Clock;
use setpoint::media::{CameraEventId, Clips, Limits, PictureError, PictureSource, Pictures, State};
use tokio::runtime::Handle;

use super::files::encoded;
use super::support::{PATIENCE, Recorder};
use super::{MINUTE, answer, link, loaded, start, status};

/// A clock that a test advances.
#[derive(Default)]
struct HandClock(AtomicI64);

impl HandClock {
    fn pass(&self, secs: i64) {
        self.0.fetch_add(secs, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

#[tokio::test]
async fn the_last_picture_stays_while_a_newer_one_is_loaded_and_when_it_cannot_be() {
    let gate = Arc::new(tokio::sync::Semaphore::new(1));
    let asked = Arc::new(AtomicUsize::new(0));
    let (opened, counter) = (Arc::clone(&gate), Arc::clone(&asked));
    let server = Recorder::start(move |_| {
        let number = counter.fetch_add(1, Ordering::SeqCst);
        if number == 1 {
            return status(500);
        }
        let file = Bytes::from(encoded(ImageFormat::Png, 10 + number as u32, 10));
        let gate = Arc::clone(&opened);
        let body = stream::once(async move {
            gate.acquire().await.expect("open").forget();
            Ok::<_, Infallible>(file)
        });
        answer("image/png", Body::from_stream(body))
    })
    .await;
    let clock = Arc::new(HandClock::default());
    let told: Arc<dyn Clock> = Arc::<HandClock>::clone(&clock);
    let pictures = Pictures::start(Handle::current(), server.url(), Limits::default(), Clips::Here, told);
    let url = link(&server, "snapshot");
    let State::Ready(first) = loaded(&pictures, &url).await else { panic!("no picture") };
    assert_eq!((first.size, first.loaded_at), ([10, 10], Timestamp::UNIX_EPOCH));

    clock.pass(59);
    let wanted = pictures.get_or_load(&url, MINUTE);
    assert_eq!((wanted.state, wanted.look_again_in), (State::Ready(Arc::clone(&first)), Some(Duration::from_secs(1))));
    clock.pass(1);
    assert_eq!(pictures.get_or_load(&url, MINUTE).state, State::Loading { previous: Some(Arc::clone(&first)) });
    let State::Failed { error, previous } = loaded(&pictures, &url).await else { panic!("no failure") };
    assert_eq!((error, previous), (PictureError::Status(500), Some(Arc::clone(&first))));

    clock.pass(29);
    assert!(pictures.get_or_load(&url, MINUTE).state.error().is_some(), "not yet tried again");
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    pictures.retry(&url);
    assert_eq!(pictures.get_or_load(&url, MINUTE).state, State::Loading { previous: Some(Arc::clone(&first)) });
    gate.add_permits(1);
    let State::Ready(second) = loaded(&pictures, &url).await else { panic!("no picture") };
    assert_eq!((second.size, second.loaded_at.as_second()), ([12, 10], 89));
    assert_ne!(second.id, first.id);
}

#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn concurrent_loads_are_bounded_and_wake_the_window() {
    let open = Arc::new(Mutex::new((0, 0)));
    let counter = Arc::clone(&open);
    let server = Recorder::start(move |_| {
        let counter = Arc::clone(&counter);
        let file = encoded(ImageFormat::Png, 2, 2);
        let body = stream::once(async move {
            {
                let mut open = counter.lock().expect("not poisoned");
                open.0 += 1;
                open.1 = open.1.max(open.0);
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
            counter.lock().expect("not poisoned").0 -= 1;
            Ok::<_, Infallible>(Bytes::from(file))
        });
        answer("image/png", Body::from_stream(body))
    })
    .await;
    let pictures = start(server.url(), Limits::default());
    let woken = Arc::new(Count::default());
    pictures.wake(Waker::from(Arc::clone(&woken)));
    let urls: Vec<_> = (0..12).map(|number| link(&server, &number.to_string())).collect();
    for url in &urls {
        pictures.get_or_load(url, MINUTE);
    }
    for url in &urls {
        assert!(matches!(loaded(&pictures, url).await, State::Ready(_)));
    }
    assert_eq!(open.lock().expect("not poisoned").1, 4);
    let began = Instant::now();
    while woken.0.load(Ordering::SeqCst) < 12 && began.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(woken.0.load(Ordering::SeqCst), 12);
}

#[tokio::test]
async fn the_cache_is_bounded() {
    let server = Recorder::start(|_| answer("image/png", encoded(ImageFormat::Png, 10, 10))).await;
    let pictures = start(server.url(), Limits { kept_bytes: 1000, ..Limits::default() });
    let urls: Vec<_> = (0..5).map(|number| link(&server, &number.to_string())).collect();
    for url in &urls {
        loaded(&pictures, url).await;
    }
    let kept: Vec<_> = urls.iter().filter(|url| pictures.get_or_load(url, MINUTE).state.picture().is_some()).collect();
    assert_eq!(kept, [&urls[3], &urls[4]], "400 bytes each");
    assert_eq!(server.seen().len(), 5);
}

#[tokio::test]
async fn dropping_it_ends_all_loads() {
    let server =
        Recorder::start(|_| answer("image/png", Body::from_stream(stream::pending::<Result<Bytes, Infallible>>())))
            .await;
    let pictures = start(server.url(), Limits::default());
    let woken = Arc::new(Count::default());
    pictures.wake(Waker::from(Arc::clone(&woken)));
    pictures.get_or_load(&link(&server, "x"), MINUTE);
    let began = Instant::now();
    while server.seen().is_empty() && began.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    drop(pictures);
    while Arc::strong_count(&woken) > 1 && began.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!((Arc::strong_count(&woken), woken.0.load(Ordering::SeqCst)), (1, 0), "all of it is gone");
}

#[tokio::test]
async fn the_picture_of_an_event_is_kept_and_shown_without_its_service() {
    let folder = tempfile::tempdir().expect("a folder");
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let server = Recorder::start(move |_| {
        counter.fetch_add(1, Ordering::SeqCst);
        answer("image/png", Body::from(encoded(ImageFormat::Png, 1000, 500)))
    })
    .await;
    let clock = Arc::new(HandClock::default());
    let begin = || {
        let told: Arc<dyn Clock> = Arc::<HandClock>::clone(&clock);
        let pictures = Pictures::start(Handle::current(), server.url(), Limits::default(), Clips::Here, told);
        pictures.keep_events_in(folder.path().join("kept"));
        pictures
    };
    let event = CameraEventId { camera: "door".into(), at: Timestamp::UNIX_EPOCH };
    let pictures = begin();
    let start = Instant::now();
    while pictures.event_file(&event).is_none() {
        pictures.keep_event(&event, &link(&server, "event"));
        assert!(start.elapsed() < PATIENCE, "the picture was not kept");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1, "loaded once");

    // The next run finds it, and loads nothing from the service.
    drop(pictures);
    let pictures = begin();
    let start = Instant::now();
    while pictures.event_file(&event).is_none() {
        assert!(start.elapsed() < PATIENCE, "the picture was not found");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let source = PictureSource::Event(event.clone());
    let picture = loop {
        match pictures.get_or_load_from(&source, Duration::MAX).state {
            State::Ready(picture) => break picture,
            State::Loading { .. } => tokio::time::sleep(Duration::from_millis(5)).await,
            State::Failed { error, .. } => panic!("{error}"),
        }
        assert!(start.elapsed() < PATIENCE, "the picture was not read");
    };
    assert_eq!((picture.size, asked.load(Ordering::SeqCst)), ([800, 400], 1));

    // After a week it is not there any more.
    clock.pass(7 * 24 * 3600);
    assert!(pictures.event_file(&event).is_none());
    pictures.keep_event(&event, &link(&server, "event"));
    drop(pictures);
    begin();
    let start = Instant::now();
    while std::fs::read_dir(folder.path().join("kept")).expect("a folder").count() > 0 {
        assert!(start.elapsed() < PATIENCE, "the picture was not deleted");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}
