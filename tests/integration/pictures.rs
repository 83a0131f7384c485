//! Pictures from servers on loopback: valid, huge, broken, and missing.
#![expect(clippy::expect_used, clippy::panic, reason = "a helper of a test fails the test")]

mod files;
mod keeping;
use crate::support;

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::Response;
use files::{animation, encoded, flood, png_that_claims};
use futures_util::{StreamExt as _, stream};
use image::ImageFormat;
use setpoint::clock::SystemClock;
use setpoint::home::Confidential;
use setpoint::media::{Clips, Limits, Picture, PictureError, Pictures, State};
use setpoint::simulator::{EventKind, Options};
use support::{PATIENCE, Recorder, Seen, moved, simulation};
use tokio::runtime::Handle;
use url::Url;

const MINUTE: Duration = Duration::from_mins(1);
/// The colour of the still pictures.
const RED: [u8; 4] = [200, 10, 20, 255];

fn answer(kind: &str, body: impl Into<Body>) -> Response {
    Response::builder().header(header::CONTENT_TYPE, kind).body(body.into()).expect("a response")
}

fn status(code: u16) -> Response {
    Response::builder().status(code).body(Body::empty()).expect("a response")
}

fn link(server: &Recorder, path: &str) -> Confidential {
    Confidential::new(format!("{}{path}?auth=c.the-key", server.url()))
}

fn start(account: Url, limits: Limits) -> Pictures {
    Pictures::start(Handle::current(), account, limits, Clips::Here, SystemClock::shared())
}

/// Polls until the picture is no longer loading.
async fn loaded(pictures: &Pictures, url: &Confidential) -> State {
    let began = Instant::now();
    loop {
        let state = pictures.get_or_load(url, MINUTE).state;
        if !state.is_loading() {
            return state;
        }
        assert!(began.elapsed() < PATIENCE, "it is still loading");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// The state of a picture after the server's answer.
async fn outcome(limits: Limits, respond: impl Fn(&Seen) -> Response + Send + Sync + 'static) -> State {
    let server = Recorder::start(respond).await;
    loaded(&start(server.url(), limits), &link(&server, "picture")).await
}

async fn picture(respond: impl Fn(&Seen) -> Response + Send + Sync + 'static) -> Arc<Picture> {
    match outcome(Limits::default(), respond).await {
        State::Ready(picture) => picture,
        other @ (State::Loading { .. } | State::Failed { .. }) => panic!("{other:?}"),
    }
}

async fn failure(limits: Limits, respond: impl Fn(&Seen) -> Response + Send + Sync + 'static) -> PictureError {
    match outcome(limits, respond).await {
        State::Failed { error, previous: None } => {
            let sentence = error.to_string();
            assert!(!sentence.contains("the-key") && !sentence.contains("auth="), "{sentence}");
            error
        }
        other @ (State::Failed { .. } | State::Loading { .. } | State::Ready(_)) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_png_and_a_jpeg_are_shown() {
    let png = picture(|_| answer("image/png", encoded(ImageFormat::Png, 64, 48))).await;
    assert_eq!((png.size, png.original_size, png.moves(), png.is_cut), ([64, 48], [64, 48], false, false));
    assert_eq!(png.frames[0].rgba, RED.repeat(64 * 48));
    assert_eq!(png.showing(MINUTE).next_in, None);
    // The servers of cameras sometimes send a wrong type.
    let jpeg = picture(|_| answer("application/octet-stream", encoded(ImageFormat::Jpeg, 64, 48))).await;
    assert_eq!(jpeg.size, [64, 48]);
    let near = |a: u8, b: u8| a.abs_diff(b) < 12;
    assert!(jpeg.frames[0].rgba.chunks(4).all(|pixel| pixel.iter().zip(RED).all(|(a, b)| near(*a, b))));
}

#[tokio::test]
async fn a_gif_moves() {
    let gif = picture(|_| answer("image/gif", animation(5, 40, 30, 200))).await;
    assert_eq!((gif.size, gif.frames.len(), gif.is_cut), ([40, 30], 5, false));
    assert!(gif.frames.iter().all(|frame| frame.delay == Duration::from_millis(200)));
    assert!(gif.frames[0].rgba[0] > gif.frames[4].rgba[0], "the frames differ");
    assert_eq!(gif.showing(Duration::from_millis(450)).frame, 2);
    let hasty = picture(|_| answer("image/gif", animation(2, 4, 4, 0))).await;
    assert_eq!(hasty.frames[0].delay, Duration::from_millis(100));
}

#[tokio::test]
async fn a_large_picture_is_scaled_down() {
    let wide = picture(|_| answer("image/png", encoded(ImageFormat::Png, 4000, 1000))).await;
    assert_eq!((wide.size, wide.original_size), ([1600, 400], [4000, 1000]));
    assert_eq!(wide.bytes(), 1600 * 400 * 4);
    assert_eq!(wide.frames[0].rgba[..4], RED);
    let high = picture(|_| answer("image/png", encoded(ImageFormat::Png, 1, 8000))).await;
    assert_eq!(high.size, [1, 1600]);
}

#[tokio::test]
async fn a_long_animation_keeps_its_beginning() {
    let many = picture(|_| answer("image/gif", animation(210, 2, 2, 50))).await;
    assert_eq!((many.frames.len(), many.is_cut), (200, true));
    let limits = Limits { frame_bytes: 10_000, ..Limits::default() };
    let large = outcome(limits, |_| answer("image/gif", animation(6, 30, 30, 50))).await;
    let State::Ready(large) = large else { panic!("{large:?}") };
    assert_eq!((large.frames.len(), large.is_cut), (2, true), "3,600 bytes a frame");
    let half = picture(|_| {
        let mut file = animation(6, 30, 30, 50);
        file.truncate(file.len() * 2 / 3);
        answer("image/gif", file)
    })
    .await;
    assert!(half.is_cut && (1..6).contains(&half.frames.len()), "{half:?}");
}

#[tokio::test]
async fn fifty_megabytes_are_not_read() {
    let sent = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&sent);
    let error = failure(Limits::default(), move |_| answer("image/png", flood(&counter))).await;
    assert_eq!(error, PictureError::TooLarge { limit: 10 * 1024 * 1024 });
    assert_eq!(error.to_string(), "The picture is larger than 10 MB, so it was not loaded");
    assert!(sent.load(Ordering::SeqCst) < 30 * 1024 * 1024, "{} bytes were sent", sent.load(Ordering::SeqCst));

    let sent = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&sent);
    let announced = failure(Limits::default(), move |_| {
        let mut response = answer("image/png", flood(&counter));
        response.headers_mut().insert(header::CONTENT_LENGTH, (50 * 1024 * 1024).into());
        response
    });
    assert_eq!(announced.await, PictureError::TooLarge { limit: 10 * 1024 * 1024 });
    assert!(sent.load(Ordering::SeqCst) < 10 * 1024 * 1024, "{} bytes were sent", sent.load(Ordering::SeqCst));
}

#[tokio::test]
async fn too_many_pixels_are_not_decoded() {
    let began = Instant::now();
    let error = failure(Limits::default(), |_| answer("image/png", png_that_claims(40_000, 40_000))).await;
    assert_eq!(error, PictureError::TooManyPixels { width: 40_000, height: 40_000 });
    let header = failure(Limits::default(), |_| answer("image/png", png_that_claims(40_000, 40_000)[..33].to_vec()));
    assert_eq!(header.await, PictureError::TooManyPixels { width: 40_000, height: 40_000 });
    // Each side is within its limit, but the product is not.
    let error = failure(Limits::default(), |_| answer("image/png", png_that_claims(8000, 8000))).await;
    assert_eq!(error, PictureError::TooManyPixels { width: 8000, height: 8000 });
    let gif = failure(Limits::default(), |_| {
        let mut file = animation(2, 4, 4, 50);
        file[6..10].fill(0xff);
        answer("image/gif", file)
    });
    assert_eq!(gif.await, PictureError::TooManyPixels { width: 65_535, height: 65_535 });
    let jpeg = failure(Limits::default(), |_| {
        let mut file = encoded(ImageFormat::Jpeg, 8, 8);
        let sof = file.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame");
        file[sof + 5..sof + 9].copy_from_slice(&[0x9c, 0x40, 0x9c, 0x40]);
        answer("image/jpeg", file)
    });
    assert_eq!(jpeg.await, PictureError::TooManyPixels { width: 40_000, height: 40_000 });
    assert!(began.elapsed() < PATIENCE);
}

#[tokio::test]
async fn a_truncated_picture_is_refused() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif] {
        let error = failure(Limits::default(), move |_| {
            let mut file = encoded(format, 200, 200);
            file.truncate(file.len() / 2);
            answer("image/png", file)
        });
        assert_eq!(error.await, PictureError::Broken, "{format:?}");
    }
    let error = failure(Limits::default(), |_| answer("image/png", png_that_claims(0, 10))).await;
    assert_eq!(error, PictureError::Broken);
}

#[tokio::test]
async fn a_page_or_anything_else_is_not_a_picture() {
    let page = "<!doctype html><title>Welcome</title>";
    assert_eq!(failure(Limits::default(), move |_| answer("text/html; charset=utf-8", page)).await, PictureError::Page);
    let disguised = failure(Limits::default(), |_| answer("image/jpeg", "\u{feff}\n <HTML><body>No"));
    assert_eq!(disguised.await, PictureError::Page);
    for body in ["{\"error\":\"no\"}", "", "RIFF\0\0\0\0WEBPVP8 ", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"] {
        let error = failure(Limits::default(), move |_| answer("image/png", body)).await;
        assert_eq!(error, PictureError::NotAPicture, "{body}");
    }
}

#[tokio::test]
async fn refusals_are_distinguished() {
    for (code, error) in [
        (404, PictureError::NotFound),
        (410, PictureError::NotFound),
        (401, PictureError::Denied),
        (403, PictureError::Denied),
        (500, PictureError::Status(500)),
        (204, PictureError::Status(204)),
        (304, PictureError::Status(304)),
    ] {
        assert_eq!(failure(Limits::default(), move |_| status(code)).await, error);
    }
}

#[tokio::test]
async fn redirects_are_followed_without_any_token_three_times() {
    let server = Recorder::start(|seen| match seen.path.as_str() {
        "/3" => moved(302, "/2"),
        "/2" => moved(307, "/1"),
        "/1" => moved(301, "/0"),
        "/0" => answer("image/png", encoded(ImageFormat::Png, 2, 2)),
        _ => moved(308, "/3"),
    })
    .await;
    let pictures = start(server.url(), Limits::default());
    assert!(matches!(loaded(&pictures, &link(&server, "3")).await, State::Ready(_)));
    assert_eq!(server.seen().len(), 4);
    assert!(server.seen().iter().all(|seen| seen.authorization.is_none()));
    let state = loaded(&pictures, &link(&server, "4")).await;
    assert_eq!(state.error(), Some(&PictureError::TooManyHops(3)));
    assert_eq!(server.seen().len(), 8);
}

#[tokio::test]
async fn a_foreign_host_is_never_asked() {
    // The trap listens on every address of this machine, so it receives any connection.
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).await.expect("a port");
    let trap = Recorder::start_on(listener, |_| answer("image/png", encoded(ImageFormat::Png, 2, 2)));
    let port = trap.address.port();
    let control = start(Url::parse("http://localhost/").expect("a URL"), Limits::default());
    let reachable = Confidential::new(format!("http://127.0.0.1:{port}/"));
    assert!(matches!(loaded(&control, &reachable).await, State::Ready(_)), "the trap works");
    let heard = trap.seen().len();

    for (target, error) in [
        (format!("http://0.0.0.0:{port}/x?auth=c.the-key"), PictureError::ForeignHost("0.0.0.0".into())),
        (format!("http://localhost.:{port}/x?auth=c.the-key"), PictureError::ForeignHost("localhost.".into())),
        (format!("http://name:word@127.0.0.1:{port}/x"), PictureError::UserInfo),
        (format!("//0.0.0.0:{port}/x"), PictureError::ForeignHost("0.0.0.0".into())),
        ("http://www.dropcam.com/x".to_owned(), PictureError::NotHttps("www.dropcam.com".into())),
        ("file:///etc/hostname".to_owned(), PictureError::NotAUrl),
    ] {
        let redirect = target.clone();
        assert_eq!(failure(Limits::default(), move |_| moved(302, &redirect)).await, error, "{target}");
    }
    // The link itself must not lead there either: an account elsewhere may not use this machine.
    let elsewhere = start(Url::parse("https://developer-api.nest.com/").expect("a URL"), Limits::default());
    for path in ["127.0.0.1", "localhost", "0.0.0.0"] {
        let url = Confidential::new(format!("http://{path}:{port}/x?auth=c.the-key"));
        assert_eq!(loaded(&elsewhere, &url).await.error(), Some(&PictureError::ForeignHost(path.into())));
    }
    assert_eq!(trap.seen().len(), heard, "{:?}", trap.seen());
}

#[tokio::test]
async fn a_slow_server_times_out() {
    let limits = || Limits { total: Duration::from_millis(200), ..Limits::default() };
    let file = encoded(ImageFormat::Png, 64, 64);
    let error = failure(limits(), move |_| {
        let begin = stream::iter([Ok::<_, Infallible>(Bytes::from(file[..20].to_vec()))]);
        answer("image/png", Body::from_stream(begin.chain(stream::pending())))
    })
    .await;
    assert_eq!(error, PictureError::TimedOut("127.0.0.1".into()));
    let silent = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let url = format!("http://{}/x?auth=c.the-key", silent.local_addr().expect("an address"));
    let pictures = start(Url::parse(&url).expect("a URL"), limits());
    let state = loaded(&pictures, &Confidential::new(url)).await;
    assert_eq!(state.error(), Some(&PictureError::TimedOut("127.0.0.1".into())));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable() {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let url = format!("http://{}/x?auth=c.the-key", listener.local_addr().expect("an address"));
    drop(listener);
    let pictures = start(Url::parse(&url).expect("a URL"), Limits::default());
    let state = loaded(&pictures, &Confidential::new(url)).await;
    let error = state.error().expect("an error");
    assert!(matches!(error, PictureError::Unreachable { host, .. } if host == "127.0.0.1"), "{error:?}");
    assert!(!error.to_string().contains("the-key"), "{error}");
}

#[tokio::test]
async fn the_simulated_homes_cameras_are_seen() {
    let simulation = simulation(Options::default()).await;
    let mut home = simulation.home();
    let camera = home.borrow().cameras.keys().next().expect("a camera").clone();
    assert!(simulation.controls().camera_event(&camera, EventKind::Person));
    let seen = home.wait_for(|home| {
        let event = home.cameras.get(&camera).and_then(|camera| camera.last_event.as_ref());
        event.is_some_and(|event| event.has_person == Some(true) && event.animated_image_url.is_some())
    });
    let home = tokio::time::timeout(PATIENCE, seen).await.expect("in time").expect("alive").clone();
    let camera = &home.cameras[&camera];
    let event = camera.last_event.as_ref().expect("an event");

    let pictures = start(simulation.url().clone(), Limits::default());
    let snapshot = camera.snapshot_url.as_ref().expect("a link");
    let State::Ready(still) = loaded(&pictures, snapshot).await else { panic!("no snapshot") };
    assert_eq!((still.size, still.moves()), ([640, 360], false));
    let State::Ready(still) = loaded(&pictures, event.image_url.as_ref().expect("a link")).await else {
        panic!("no picture of the event")
    };
    assert_eq!(still.size, [640, 360]);
    let State::Ready(moving) = loaded(&pictures, event.animated_image_url.as_ref().expect("a link")).await else {
        panic!("no moving picture")
    };
    assert_eq!((moving.size, moving.frames.len(), moving.is_cut), ([240, 135], 8, false));
    assert_eq!(moving.frames[0].delay, Duration::from_millis(250));

    let spoilt = Confidential::new(snapshot.reveal().replace("auth=", "auth=x"));
    assert_eq!(loaded(&pictures, &spoilt).await.error(), Some(&PictureError::Denied));
    simulation.stop().await;
}
