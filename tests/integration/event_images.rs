//! Pictures and clips of camera events at Google: fetched at once, with a token that is sent to no other host.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use crate::support;

use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Value, json};
use setpoint::clock::SystemClock;
use setpoint::engine::Engine;
use setpoint::home::Confidential;
use setpoint::media::{Clips, Limits, Pictures, State};
use setpoint::sdm::{SdmClient, SdmConfig, SdmSecret, SdmService, SdmTimes};
use support::engine::{engine_on, live};
use support::images::IMAGE_TOKEN;
use support::sdm::{CLIENT, CLIENT_SECRET, PROJECT, REFRESH, SUBSCRIPTION, Sdm};
use support::until;

/// Later than any list that the tests read.
const LATER: &str = "2100-01-01T00:00:01Z";

fn engine(server: &Sdm, image_gap: Duration) -> Engine {
    let tokens = format!("{}/token", server.url);
    let addresses = [server.url.as_str(), server.url.as_str(), tokens.as_str()];
    let config = SdmConfig::new(addresses, PROJECT, CLIENT, Some(SUBSCRIPTION.to_owned())).expect("addresses");
    let (refresh_token, client_secret) = (SecretString::from(REFRESH), SecretString::from(CLIENT_SECRET));
    let client = SdmClient::new(config, SdmSecret { refresh_token, client_secret, issued: None }).expect("a client");
    let times = SdmTimes { image_gap, ..SdmTimes::default() };
    engine_on(SdmService::new(client, "Google", times))
}

/// A camera that keeps pictures of events.
async fn camera() -> Sdm {
    let server = Sdm::start().await;
    let traits = json!({"sdm.devices.traits.CameraMotion": {}, "sdm.devices.traits.CameraEventImage": {}});
    server.add("camera", "CAMERA", "Garden", &traits);
    server
}

/// A small picture as a file.
fn file() -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(16, 9, image::Rgb([200, 10, 20]));
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, image::ImageFormat::Jpeg).expect("written");
    file.into_inner()
}

fn keep(server: &Sdm, event: &str) {
    server.images(|images| images.files.insert(event.to_owned(), file()));
}

fn move_something(server: &Sdm, event: &str, at: &str) {
    server.publish_event(event, "camera", at, "CameraMotion.Motion", &json!({"eventThreadState": "STARTED"}));
}

fn shown(engine: &Engine) -> Option<Confidential> {
    engine.snapshot().confirmed.cameras["camera"].last_event.as_ref()?.image_url.clone()
}

fn played(engine: &Engine) -> Option<Confidential> {
    engine.snapshot().confirmed.cameras["doorbell"].last_event.as_ref()?.animated_image_url.clone()
}

/// Publishes a clip, and a person in the same message if `with` contains one.
fn tell_of_clip(server: &Sdm, id: &str, session: &str, url: &str, with: Value) {
    let mut events = with;
    events["sdm.devices.events.CameraClipPreview.ClipPreview"] = json!({"eventSessionId": session, "previewUrl": url});
    let name = format!("enterprises/{PROJECT}/devices/doorbell");
    let update = json!({"name": name, "events": events});
    server.publish(
        id,
        &json!({"eventId": id, "timestamp": LATER, "userId": "u", "eventThreadId": "t",
        "eventThreadState": "UPDATED", "resourceUpdate": update}),
    );
}

fn person(session: &str, event: &str) -> Value {
    json!({"sdm.devices.events.CameraPerson.Person": {"eventSessionId": session, "eventId": event}})
}

/// The beginning of an MP4 file. The tests of pictures cover decoding.
const CLIP: &[u8] = b"\0\0\0\x10ftypisom\0\0\0\0";

#[tokio::test]
async fn a_clip_belongs_to_its_event_in_either_order() {
    for order in ["later", "together", "earlier", "of another event"] {
        let server = Sdm::start().await;
        let engine = engine(&server, Duration::ZERO);
        live(&engine).await;
        server.images(|images| images.files.insert("one".to_owned(), CLIP.to_vec()));
        let at = format!("{}/clip/one", server.url);
        let seen = |id: &str| server.publish_event(id, "doorbell", LATER, "CameraPerson.Person", &json!({}));
        match order {
            "later" => {
                seen("e");
                tell_of_clip(&server, "c", "session of e", &at, json!({}));
            }
            "together" => tell_of_clip(&server, "c", "s", &at, person("s", "e")),
            "earlier" => {
                tell_of_clip(&server, "c", "session of e", &at, json!({}));
                seen("e");
            }
            _ => {
                seen("e");
                tell_of_clip(&server, "c", "session of an older one", &at, json!({}));
                until("it to be taken", || server.acknowledged().iter().any(|ack| ack.ends_with('c')).then_some(()))
                    .await;
                tokio::time::sleep(Duration::from_millis(100)).await;
                assert_eq!((played(&engine), server.images(|images| images.asked.len())), (None, 0));
                continue;
            }
        }
        let link = until("the clip", || played(&engine)).await;
        assert!(link.reveal().starts_with("data:video/mp4;base64,") && !link.reveal().contains("127.0.0.1"), "{order}");
        let event = engine.snapshot().confirmed.cameras["doorbell"].last_event.clone().expect("an event");
        assert_eq!(event.has_person, Some(true), "{order}");
        // The next message of the thread repeats the clip.
        tell_of_clip(&server, "again", if order == "together" { "s" } else { "session of e" }, &at, json!({}));
        until("it to be taken", || server.acknowledged().iter().any(|ack| ack.ends_with("again")).then_some(())).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(server.images(|images| images.asked.len()), 1, "{order}: it was fetched once");
    }
}

#[tokio::test]
async fn the_account_token_is_not_sent_to_a_foreign_clip_host() {
    let server = Sdm::start().await;
    let engine = engine(&server, Duration::ZERO);
    live(&engine).await;
    server.images(|images| images.files.insert("two".to_owned(), CLIP.to_vec()));
    for (number, at) in
        ["https://clips.example.net/x", "https://storage.googleapis.com/x", "no address", ""].iter().enumerate()
    {
        let session = format!("s{number}");
        tell_of_clip(&server, &format!("c{number}"), &session, at, person(&session, "e"));
        until("it to be taken", || {
            server.acknowledged().iter().any(|ack| ack.ends_with(&format!("c{number}"))).then_some(())
        })
        .await;
    }
    let at = format!("{}/clip/two", server.url);
    server.publish_event("e2", "doorbell", "2100-01-01T00:00:09Z", "CameraPerson.Person", &json!({}));
    tell_of_clip(&server, "last", "session of e2", &at, json!({}));
    until("the clip of the next event", || played(&engine)).await;
}

fn generated(server: &Sdm) -> Vec<String> {
    let commands = server.commands().into_iter().filter(|(_, name, _)| name == "CameraEventImage.GenerateImage");
    commands.filter_map(|(_, _, params)| params["eventId"].as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn the_last_event_has_its_picture_and_the_token_stays_behind() {
    let server = camera().await;
    keep(&server, "before");
    move_something(&server, "before", "2026-01-01T10:00:00Z");
    let engine = engine(&server, Duration::ZERO);
    live(&engine).await;
    keep(&server, "e1");
    move_something(&server, "e1", LATER);
    let link = until("the picture", || shown(&engine)).await;
    assert_eq!(generated(&server), ["e1"], "for what was before the start it is too late");
    let asked = server.images(|images| images.asked.clone());
    assert_eq!(asked, [("width=640".to_owned(), format!("Basic {IMAGE_TOKEN}"))]);
    assert!(!link.reveal().contains(IMAGE_TOKEN) && !link.reveal().contains("127.0.0.1"));
    // The link contains the picture, so drawing it needs no request.
    let account = server.url.parse().expect("a URL");
    let limits = Limits::default();
    let pictures =
        Pictures::start(tokio::runtime::Handle::current(), account, limits, Clips::Here, SystemClock::shared());
    let picture = until("it to be decoded", || match pictures.get_or_load(&link, Duration::MAX).state {
        State::Ready(picture) => Some(picture),
        State::Loading { .. } | State::Failed { .. } => None,
    })
    .await;
    assert_eq!(picture.size, [16, 9]);
    assert_eq!(server.images(|images| images.asked.len()), 1, "it was asked for once");
    // Further data of the same event keeps the picture; the next event has its own.
    server.publish_event(
        "e1-again",
        "camera",
        "2100-01-01T00:00:03Z",
        "CameraMotion.Motion",
        &json!({"eventThreadState": "ENDED"}),
    );
    keep(&server, "e1-again");
    until("the next", || (generated(&server).len() == 2).then_some(())).await;
}

#[tokio::test]
async fn a_camera_is_not_asked_too_often_and_one_without_pictures_not_at_all() {
    let server = camera().await;
    let engine = engine(&server, Duration::from_secs(3600));
    live(&engine).await;
    for (event, at) in [("e1", LATER), ("e2", "2100-01-01T00:00:05Z")] {
        keep(&server, event);
        move_something(&server, event, at);
        until("it to be taken", || server.acknowledged().iter().any(|ack| ack.ends_with(event)).then_some(())).await;
    }
    server.publish_event("d1", "doorbell", LATER, "CameraPerson.Person", &json!({}));
    until("it to be taken", || server.acknowledged().iter().any(|ack| ack.ends_with("d1")).then_some(())).await;
    until("the first", || (generated(&server) == ["e1"]).then_some(())).await;
    assert_eq!(shown(&engine), None, "a picture of an earlier event is not one of the last");
}

#[tokio::test]
async fn foreign_late_and_invalid_pictures_are_dropped() {
    for trouble in ["elsewhere", "late", "none", "huge"] {
        let server = camera().await;
        let engine = engine(&server, Duration::ZERO);
        live(&engine).await;
        if trouble != "late" {
            keep(&server, "e1");
        }
        server.images(|images| match trouble {
            "elsewhere" => images.elsewhere = Some("https://pictures.example.net/x".to_owned()),
            "none" => drop(images.files.insert("e1".to_owned(), b"<html>Welcome</html>".to_vec())),
            "huge" => drop(images.files.insert("e1".to_owned(), [file(), vec![0; 600 * 1024]].concat())),
            _ => {}
        });
        move_something(&server, "e1", LATER);
        until("it to be asked for", || (generated(&server) == ["e1"]).then_some(())).await;
        // The next event is shown as usual.
        keep(&server, "e2");
        server.images(|images| images.elsewhere = None);
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(shown(&engine), None, "{trouble}");
        move_something(&server, "e2", "2100-01-01T00:00:09Z");
        until("the picture", || shown(&engine)).await;
    }
}
