//! The picture of a camera: while it loads, after a failure, and while it plays.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use egui::Role;
use egui_kittest::kittest::Queryable as _;
use jiff::SignedDuration;

use super::{Bound, UiFixture, click, fixture, press, says};
use crate::home::Confidential;
use crate::media::{Frame, Lookup, Picture, PictureError, State};
use crate::ui::intent::{AppIntent, CameraPicture, Page};
use crate::ui::texture_cache::TextureCache;

const NOW: &str = "Picture of Front door";
const EVENT: &str = "Last event of Front door";

fn picture(url: &Confidential) -> Option<Arc<Picture>> {
    fixture::picture(url, Duration::ZERO).state.picture().cloned()
}

/// The page of a camera whose pictures are all in one state.
fn door(state: impl Fn(&Confidential) -> State + 'static) -> Bound {
    let mut bench = UiFixture::on(Page::Camera("door".into()));
    bench.window.pictures = TextureCache::from_source(move |url, _| Lookup { state: state(url), look_again_in: None });
    bench.shown()
}

#[test]
fn loading_is_announced_over_the_last_picture() {
    let harness = door(|_| State::Loading { previous: None });
    assert!(says(&harness, &format!("{NOW}: Loading…")));
    let harness = door(|url| State::Loading { previous: picture(url) });
    let still = format!("{NOW}: 14:32, still picture");
    assert!(harness.query_by_role_and_label(Role::Image, &still).is_some(), "nobody waits for what is there");
}

#[test]
fn a_loaded_picture_says_of_when_it_is() {
    let harness = door(|url| State::Ready(picture(url).expect("a picture")));
    assert!(harness.query_by_role_and_label(Role::Image, &format!("{NOW}: 14:32, still picture")).is_some());
    assert!(says(&harness, &format!("{EVENT}: Person · 14:30")));
}

#[test]
fn a_failed_picture_shows_the_reason() {
    for (error, words) in [
        (PictureError::Page, "The service sent a page instead of a picture; does this network ask you to sign in?"),
        (PictureError::TooLarge { limit: 16 * 1024 * 1024 }, "The picture is larger than 16 MB"),
        (PictureError::TooManyPixels { width: 90_000, height: 60_000 }, "90000 × 60000 pixels"),
        (PictureError::NotFound, "does not have this picture any more"),
        (PictureError::Denied, "The link has expired"),
        (PictureError::Broken, "damaged or incomplete"),
        (PictureError::NotAPicture, "neither a PNG, JPEG or GIF"),
        (PictureError::TimedOut("home.nest.com".to_owned()), "home.nest.com did not send the picture in time"),
        (PictureError::NoRoom, "Too many pictures"),
    ] {
        for has_previous in [false, true] {
            let error = error.clone();
            let harness = door(move |url| {
                let previous = picture(url).filter(|_| has_previous);
                State::Failed { error: error.clone(), previous }
            });
            assert!(says(&harness, words), "nothing says {words:?}, older one: {has_previous}");
        }
    }
}

#[test]
fn a_new_picture_is_asked_for_by_hand() {
    let mut harness = door(|url| State::Ready(picture(url).expect("a picture")));
    click(&mut harness, "Load a new picture");
    let url = Confidential::new("https://home.nest.com/door".to_owned());
    assert_eq!(harness.state().intents, [AppIntent::LoadPicture(url)]);
}

#[test]
fn an_animation_plays_by_the_clock_and_stops() {
    let moving = |url: &Confidential| {
        let still = picture(url).expect("a picture");
        let rgba = still.frames.first().expect("a frame").rgba.clone();
        let frame = || Frame { rgba: rgba.clone(), delay: Duration::from_millis(500) };
        let (id, size, loaded_at) = (still.id, still.size, still.loaded_at);
        let frames = vec![frame(), frame()];
        State::Ready(Arc::new(Picture { id, frames, size, original_size: size, is_cut: false, loaded_at }))
    };
    let mut harness = door(moving);
    let play = format!("{EVENT}: Person · 14:30, press to play");
    let stop = format!("{EVENT}: Person · 14:30, press to stop");
    harness.get_by_role_and_label(Role::Button, &play).click();
    // A playing picture requests frames for ever, so `run` would not end.
    harness.step();
    harness.step();
    assert!(harness.query_by_role_and_label(Role::Button, &stop).is_some());
    harness.state_mut().now += SignedDuration::from_millis(700);
    harness.step();
    harness.get_by_role_and_label(Role::Button, &stop).click();
    harness.step();
    harness.run();
    assert!(harness.query_by_role_and_label(Role::Button, &play).is_some());
}

#[test]
fn an_expired_event_is_not_loaded() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let mut bench = UiFixture::on(Page::Camera("door".into()));
    bench.window.pictures = TextureCache::from_source(move |url, max_age| {
        counted.fetch_add(usize::from(url.reveal().ends_with("event")), Ordering::Relaxed);
        fixture::picture(url, max_age)
    });
    fixture::rebuild(&mut bench.snapshot, |home| {
        let event = home.camera_mut(&"door".into()).expect("a camera").last_event.as_mut().expect("an event");
        event.urls_expire_time = Some(fixture::now());
    });
    let harness = bench.shown();
    assert!(says(&harness, &format!("{EVENT}: The picture of this event has expired")));
    assert_eq!(asked.load(Ordering::Relaxed), 0);
}

#[test]
fn a_camera_that_is_off_or_offline_shows_no_picture() {
    let harness = UiFixture::on(Page::Camera("nursery".into())).shown();
    assert!(says(&harness, "Picture of Nursery: Off"));
    let mut bench = UiFixture::on(Page::Camera("door".into()));
    fixture::rebuild(&mut bench.snapshot, |home| {
        home.camera_mut(&"door".into()).expect("a camera").is_online = Some(false);
    });
    assert!(says(&bench.shown(), &format!("{NOW}: Offline")));
}

#[test]
fn an_enlarged_event_says_when_its_picture_has_expired() {
    let mut bench = UiFixture::on(Page::Camera("door".into()));
    bench.window.pictures = TextureCache::from_source(fixture::picture);
    fixture::rebuild(&mut bench.snapshot, |home| {
        let camera = home.camera_mut(&"door".into()).expect("a camera");
        if let Some(event) = &mut camera.last_event {
            event.urls_expire_time = Some(fixture::now());
        }
    });
    bench.window.modals.open(crate::ui::Modal::Picture { camera: "door".into(), picture: CameraPicture::LastEvent });
    let harness = bench.shown();
    assert_eq!(harness.query_all_by_label_contains("The picture of this event has expired").count(), 2);
}

#[test]
fn an_event_that_expired_shows_the_picture_that_was_kept() {
    let mut bench = UiFixture::on(Page::Camera("door".into()));
    fixture::rebuild(&mut bench.snapshot, |home| {
        let event = home.camera_mut(&"door".into()).expect("a camera").last_event.as_mut().expect("an event");
        event.urls_expire_time = Some(fixture::now());
    });
    let harness = bench.shown();
    assert!(harness.query_by_role_and_label(Role::Image, &format!("{EVENT}: Person · 14:30")).is_some());
    assert!(!says(&harness, "has expired"));
}

#[test]
fn a_kept_picture_in_the_list_of_events_is_enlarged() {
    for page in [Page::Camera("door".into()), Page::Activity] {
        let mut harness = UiFixture::on(page).shown();
        let label = "Enlarge: Front door: Person, 14:30";
        harness.get_by_role_and_label(Role::Button, label).focus();
        harness.run();
        press(&mut harness, egui::Key::Enter);
        assert!(harness.query_by_role_and_label(Role::Image, "Front door: Person · 14:30").is_some());
        press(&mut harness, egui::Key::Escape);
        assert!(harness.query_by_role_and_label(Role::Image, "Front door: Person · 14:30").is_none());
        let bench = harness.state_mut();
        bench.window.pictures = TextureCache::from_source(fixture::picture);
        harness.run();
        assert!(harness.query_by_role_and_label(Role::Button, label).is_none(), "no picture, no button");
    }
}

#[test]
fn a_picture_that_nobody_sees_is_not_loaded() {
    let asked = |height| {
        let loads = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&loads);
        let mut bench = UiFixture::on(Page::Overview);
        bench.window.pictures = TextureCache::from_source(move |url, age| {
            counter.fetch_add(1, Ordering::SeqCst);
            fixture::picture(url, age)
        });
        let mut harness = bench.harness([1180.0, height], egui::Theme::Dark);
        harness.run();
        assert!(harness.query_all_by_label_contains("Front door").count() > 0, "a screen reader finds the card");
        loads.load(Ordering::SeqCst)
    };
    assert_eq!(asked(480.0), 0);
    assert!(asked(900.0) > 0);
}
