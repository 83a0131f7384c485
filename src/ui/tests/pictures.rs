//! Pictures of the window: those of the README, which must be current, and one of every page for review.
//!
//! They need a Vulkan driver; a software driver is enough. `UPDATE_PICTURES=1 cargo test --lib pictures` redraws
//! those of the README, `cargo test --lib pictures -- --ignored` all others.

use std::path::{Path, PathBuf};

use image::RgbaImage;

use super::{UiFixture, fixture, samples};
use crate::engine::{AlarmLevel, Connection, EngineWarning, EventKind, FailureCause, HomeEvent, Phase, WaitReason};
use crate::home::{AlarmState, HvacMode, HvacState, Scale, ServiceKind, Setpoint, Write};
use crate::i18n::{Language, Localizer};
use crate::service::{Cause, Reason, UnusableUrl};
use crate::ui::Modal;
use crate::ui::consent::Consent;
use crate::ui::intent::{AppIntent, CodeRequest, Page, UiIntent};
use crate::ui::launcher::{LAUNCHER_SIZE, Launcher};
use crate::ui::notice::Notice;
use crate::ui::pages::{SettingsSection, SignInProgress};
use crate::ui::palette::Palette;
use crate::ui::sign_in::SignInError;
use crate::ui::theme::Look;
use crate::ui::view::Draft;

const MARGIN: u32 = 8;

/// Largest difference of a colour channel between drivers.
const ROUNDING: u8 = 12;

fn draw(bench: UiFixture, size: [f32; 2], look: Look, scale: u32) -> Result<RgbaImage, String> {
    let around = 2.0 * MARGIN as f32;
    let look = Look { is_still: true, ..look };
    let mut harness = bench.looking([size[0] + around, size[1] + around], look, scale as f32);
    harness.run();
    // The harness adds a margin around a view, which no window has.
    let picture = harness.render()?;
    let margin = MARGIN * scale;
    let (width, height) = (picture.width() - 2 * margin, picture.height() - 2 * margin);
    Ok(image::imageops::crop_imm(&picture, margin, margin, width, height).to_image())
}

const LOOKS: [(&str, Look); 4] = [
    ("dark", Look::DARK),
    ("light", Look::LIGHT),
    ("dark-contrast", Look { is_high_contrast: true, ..Look::DARK }),
    ("light-contrast", Look { is_high_contrast: true, ..Look::LIGHT }),
];

/// The pages of the README, in both themes.
const OF_README: [&str; 10] = [
    "overview",
    "thermostat-heating",
    "thermostat-cooling",
    "thermostat-range",
    "thermostat-eco",
    "camera",
    "energy",
    "activity",
    "palette",
    "launcher",
];

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// The share of pixels that differ.
fn difference(a: &RgbaImage, b: &RgbaImage) -> f64 {
    if a.dimensions() != b.dimensions() {
        return 1.0;
    }
    let differ = |(a, b): &(&image::Rgba<u8>, &image::Rgba<u8>)| {
        a.0.iter().zip(b.0.iter()).any(|(a, b)| a.abs_diff(*b) > ROUNDING)
    };
    let different = a.pixels().zip(b.pixels()).filter(differ).count();
    different as f64 / f64::from(a.width() * a.height())
}

/// Pages that depend on the desktop around the window.
fn pages_of_desktop() -> Vec<(&'static str, UiFixture)> {
    let launcher = |text: &str| {
        let mut bench = UiFixture::on(Page::Overview);
        bench.launcher = true;
        bench.window.launcher = Launcher::typed(text);
        bench
    };
    let mut outcome = launcher("");
    outcome.window.launcher = Launcher::asked(fixture::now() - jiff::SignedDuration::from_mins(5));
    let mut closing = UiFixture::on(Page::Overview);
    closing.window.modals.open(Modal::Closing(crate::ui::window::ClosingQuestion::NoTray));
    let mut link = UiFixture::on(Page::Overview);
    let proposed = crate::command::link::Link::parse("setpoint://thermostat/hallway?mode=cool&target=99");
    link.window.modals.open(Modal::Link(proposed.expect("a link")));
    vec![
        ("launcher", launcher("")),
        ("launcher-typed", launcher("hallway 21.5")),
        ("launcher-outcome", outcome),
        ("closing-no-tray", closing),
        ("link", link),
    ]
}

/// Pages that depend on services other than the simulated one.
fn pages_of_services() -> Vec<(&'static str, UiFixture)> {
    let mut nle = UiFixture::connect(ServiceKind::NoLongerEvil);
    nle.window.form.token = "x".to_owned();
    nle.settings.hotkey = "Ctrl+Alt+N".parse().ok();
    nle.hotkey = crate::platform::hotkey::HotkeyStatus::Denied;
    nle.settings.notify.quiet = Some((22, 7));
    let mut hosted = UiFixture::connect(ServiceKind::NoLongerEvil);
    hosted.window.form.url = "https://nolongerevil.com".to_owned();
    let mut google = UiFixture::connect(ServiceKind::DeviceAccess);
    google.window.form.project = "my-cloud".to_owned();
    google.window.form.subscription = "projects/p/topics/t".to_owned();
    let mut checked = UiFixture::connect(ServiceKind::DeviceAccess);
    checked.window.form.project = "32c4c2bc-fe0d-461b-b51c-f3885afff2f0".to_owned();
    checked.window.form.client_id = "1234-abc.apps.googleusercontent.com".to_owned();
    checked.window.progress = SignInProgress::Checked(super::google::half_done());
    let mut guide = UiFixture::connect(ServiceKind::DeviceAccess);
    guide.i18n = Localizer::new(Language::German);
    guide.window.progress = SignInProgress::Failed(SignInError::NotReady(super::google::half_done()));
    let lacking = |page| {
        let mut bench = UiFixture::on(page);
        fixture::rebuild(&mut bench.snapshot, |home| *home = std::mem::take(home).with_capabilities(fixture::NLE));
        bench
    };
    vec![
        ("connect-hosted", hosted),
        ("several-overview", UiFixture::on_several(Page::Overview)),
        ("several-settings", UiFixture::on_several(Page::Settings)),
        ("connect-nle", nle),
        ("connect-google", google),
        ("connect-google-checked", checked),
        ("connect-google-guide-german", guide),
        ("lacking-structure", lacking(Page::Structure("s".into()))),
        ("lacking-thermostat", lacking(Page::Thermostat("hallway".into()))),
    ]
}

/// Requests as code, in several languages, and the help sheet with its entry.
fn pages_of_code() -> Vec<(&'static str, UiFixture)> {
    let shown = |mut bench: UiFixture, word: &str, write: &Write, account: Option<&str>| {
        bench.settings.code_language = Some(word.to_owned());
        let request = CodeRequest::of_write(write, account.map(str::to_owned));
        bench.window.queued_intents.push(UiIntent::AsCode(request).into());
        bench
    };
    let page = || Page::Thermostat("hallway".into());
    let target = Write::Target("hallway".into(), Setpoint::celsius(21.5));
    let label = Write::Label("hallway".into(), "Kate's Room".to_owned());
    let mut german_help = UiFixture::on(Page::Overview);
    german_help.i18n = Localizer::new(Language::German);
    german_help.window.modals.open(Modal::Help);
    let mut german = UiFixture::on_several(page());
    german.i18n = Localizer::new(Language::German);
    german.has_terminal = false;
    let mut google = super::as_code::at_google(crate::snippet::CodeLanguage::Setpoint);
    google.window.queued_intents.push(UiIntent::AsCode(super::as_code::to_google(false)).into());
    vec![
        ("code-curl", shown(UiFixture::on_several(page()), "curl", &label, Some("mill"))),
        ("code-go", shown(UiFixture::on(page()), "go", &target, None)),
        ("code-rust", shown(UiFixture::on(page()), "rust", &label, None)),
        ("code-powershell-german", shown(german, "powershell", &target, Some("cottage"))),
        ("code-google", google),
        ("help-german", german_help),
    ]
}

/// The settings, and the way to a home of one's own.
fn pages_of_settings() -> Vec<(&'static str, UiFixture)> {
    let mut connected = UiFixture::on(Page::Connect);
    connected.window.progress = SignInProgress::Done("simulated".to_owned());
    let mut failed_sign_in = UiFixture::connect(ServiceKind::WorksWithNest);
    failed_sign_in.i18n = Localizer::new(Language::German);
    failed_sign_in.window.progress = SignInProgress::Failed(SignInError::Unusable(UnusableUrl::Plaintext));
    vec![
        ("settings", UiFixture::on(Page::Settings)),
        ("settings-appearance", UiFixture::settings(SettingsSection::Appearance)),
        ("settings-tray", UiFixture::settings(SettingsSection::Tray)),
        ("settings-history", UiFixture::settings(SettingsSection::History)),
        ("settings-notifications", UiFixture::settings(SettingsSection::Notifications)),
        ("settings-developer", UiFixture::settings(SettingsSection::Developer)),
        ("connect", UiFixture::on(Page::Connect)),
        ("connect-wwn", UiFixture::connect(ServiceKind::WorksWithNest)),
        ("connected", connected),
        ("sign-in-german", failed_sign_in),
    ]
}

/// The document with a search result, and requests to the API.
fn pages_of_the_api() -> Vec<(&'static str, UiFixture)> {
    vec![
        ("explorer", super::explorer::looked_for("target_temperature_low_c")),
        ("explorer-closed", super::explorer::looked_for("target_temperature_f")),
        ("explorer-long", super::explorer::looked_for("notes")),
        ("several-explorer", UiFixture::on_several(Page::Explorer)),
        ("console", super::console::pictured()),
        ("console-written", super::console::pictured_written()),
        ("console-error", super::console::pictured_error()),
        ("console-kept", super::console::pictured_kept()),
    ]
}

/// Writes that are unconfirmed, not shown, or may have arrived; and very long names.
fn pages_of_doubt() -> Vec<(&'static str, UiFixture)> {
    let hallway = |phase| {
        let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
        let wish = Write::Target("hallway".into(), Setpoint::celsius(23.0));
        fixture::pending(&mut bench.snapshot, wish, phase);
        bench
    };
    let failed = |why| Phase::Failed { why, at: fixture::now() };
    let unanswered = Phase::Waiting { reason: WaitReason::Unanswered, until: None, expires: fixture::now() };
    let later = Some(fixture::now() + jiff::SignedDuration::from_hours(3));
    let asked = Phase::Waiting { reason: WaitReason::ServiceAsks, until: later, expires: fixture::now() };
    let shown = Write::Target("hallway".into(), Setpoint::celsius(20.5));
    let long = |mut bench: UiFixture| {
        super::widths::names_at_length(&mut bench);
        bench
    };
    vec![
        ("doubt-unanswered", hallway(unanswered)),
        ("doubt-asked", hallway(asked)),
        ("doubt-not-shown", hallway(failed(FailureCause::NotShown(Some(shown))))),
        ("doubt-may-have-arrived", hallway(failed(FailureCause::MayHaveArrived(Reason::NoAnswer)))),
        ("long-overview", long(UiFixture::on(Page::Overview))),
        ("long-thermostat", long(UiFixture::on(Page::Thermostat("hallway".into())))),
        ("long-structure", long(UiFixture::on(Page::Structure("s".into())))),
        ("long-several", long(UiFixture::on_several(Page::Overview))),
    ]
}

/// Removes all facts of a thermostat that its controls do not show.
fn without_facts(thermostat: &mut crate::home::Thermostat) {
    *thermostat = crate::home::Thermostat {
        humidity: None,
        last_connection: None,
        software_version: None,
        eco_temperature_low: None,
        eco_temperature_high: None,
        is_locked: None,
        is_using_emergency_heat: None,
        ..std::mem::take(thermostat)
    };
}

/// The overview with an emergency and a warning.
fn alarmed() -> UiFixture {
    let mut alarm = UiFixture::on(Page::Overview);
    fixture::rebuild(&mut alarm.snapshot, |home| {
        let mut smoke = |id: &str, state| {
            home.protect_mut(&id.into()).expect("a Protect").smoke_alarm_state = Some(state);
        };
        smoke("kitchen", AlarmState::Emergency);
        smoke("cellar", AlarmState::Warning);
    });
    let mut events = (*alarm.snapshot.events).clone();
    for (device, level) in [("kitchen", AlarmLevel::Emergency), ("cellar", AlarmLevel::Warning)] {
        let (id, device, kind) = (10, device.into(), EventKind::Smoke(level));
        events.push_front(std::sync::Arc::new(HomeEvent {
            id,
            at: fixture::now(),
            until: None,
            device,
            name: String::new(),
            kind,
        }));
    }
    alarm.snapshot.events = std::sync::Arc::new(events);
    alarm
}

fn palette(text: &str) -> UiFixture {
    let mut fixture = UiFixture::on(Page::Overview);
    fixture.window.modals.open(Modal::Palette(Palette::typed(text)));
    fixture
}

fn pages() -> Vec<(&'static str, UiFixture)> {
    let thermostat = |change: fn(&mut crate::home::Thermostat)| {
        let mut bench = UiFixture::on(Page::Thermostat("hallway".into()));
        fixture::change(&mut bench.snapshot, "hallway", change);
        bench
    };
    let mut pending = UiFixture::on(Page::Thermostat("hallway".into()));
    let wish = Write::Target("hallway".into(), Setpoint::celsius(23.0));
    fixture::pending(&mut pending.snapshot, wish.clone(), Phase::Sending);
    let mut failed = UiFixture::on(Page::Thermostat("hallway".into()));
    let why = FailureCause::Refused(Reason::service_text("Thermostat is not online"));
    let mut failed_on_card = UiFixture::on(Page::Overview);
    let long = FailureCause::Refused(Reason::service_text("The thermostat is asleep and will not wake before noon"));
    fixture::pending(&mut failed_on_card.snapshot, wish.clone(), Phase::Failed { why: long, at: fixture::now() });
    fixture::pending(&mut failed.snapshot, wish, Phase::Failed { why, at: fixture::now() });
    let mut consent = UiFixture::on(Page::Camera("nursery".into()));
    let then = AppIntent::wanting(Write::Streaming("nursery".into(), true));
    consent.window.modals.open(Modal::Consent(Consent { cameras: vec!["nursery".into()], then }));
    let mut help = UiFixture::on(Page::Overview);
    help.window.modals.open(Modal::Help);
    let mut empty = UiFixture::on(Page::Overview);
    empty.snapshot.shown = std::sync::Arc::default();
    let mut offline = UiFixture::on(Page::Overview);
    offline.snapshot.connection = Connection::Reconnecting {
        since: fixture::now(),
        retry_at: Some(fixture::now()),
        why: Some(Reason::Unreachable { host: "127.0.0.1".to_owned(), cause: Cause::Refused }),
    };
    let mut as_of = thermostat(|_| {});
    as_of.snapshot.connection = offline.snapshot.connection.clone();
    let mut scales = UiFixture::on(Page::Overview);
    fixture::change(&mut scales.snapshot, "bedroom", |t| t.temperature_scale = Some(Scale::Fahrenheit));
    let mut typed = thermostat(|_| {});
    typed.window.drafts.keep(Write::Target("hallway".into(), Setpoint::celsius(21.0)).slot(), Draft::Text("99".into()));
    let mut signed_out = UiFixture::on(Page::Overview);
    signed_out.snapshot.shown = std::sync::Arc::default();
    signed_out.snapshot.connection = Connection::SignedOut { why: Reason::TokenRefused { said: None } };
    let mut closed = UiFixture::on(Page::Overview);
    closed.snapshot.shown = std::sync::Arc::default();
    closed.snapshot.connection = Connection::Closed;
    let name = crate::engine::AccountName::Own("Mill Lane".to_owned());
    closed.snapshot.account = std::sync::Arc::new(crate::engine::AccountLabel { name, place: String::new() });
    let error = crate::accounts::vault::VaultError::Locked("org.freedesktop.Secret.Error.IsLocked".to_owned());
    closed.failure = Some(crate::accounts::session::SessionError::Vault { name: "Mill Lane".to_owned(), error });
    let mut notices = UiFixture::on(Page::Activity);
    notices.i18n = Localizer::new(Language::German);
    notices.snapshot.connection = offline.snapshot.connection.clone();
    notices.notices.extend(samples::settings_notices().into_iter().take(2).map(Notice::Settings));
    let warning = EngineWarning::NotLocked(crate::files::FileError::Denied);
    notices.snapshot.notices = std::sync::Arc::new(vec![crate::engine::EngineNotice { id: 1, warning }]);
    let mut misunderstood = palette("hallway targt 21");
    misunderstood.i18n = Localizer::new(Language::German);
    let mut pages = pages_of_desktop();
    pages.extend(pages_of_services());
    pages.extend(pages_of_settings());
    pages.extend(pages_of_code());
    pages.extend(pages_of_the_api());
    pages.extend(pages_of_doubt());
    pages.extend(vec![
        ("overview", UiFixture::on(Page::Overview)),
        ("thermostat-heating", thermostat(|_| {})),
        (
            "thermostat-cooling",
            thermostat(|t| (t.hvac_mode, t.hvac_state) = (Some(HvacMode::Cool), Some(HvacState::Cooling))),
        ),
        ("thermostat-eco", thermostat(|t| (t.hvac_mode, t.hvac_state) = (Some(HvacMode::Eco), Some(HvacState::Off)))),
        ("thermostat-range", UiFixture::on(Page::Thermostat("bedroom".into()))),
        ("thermostat-offline", UiFixture::on(Page::Thermostat("studio".into()))),
        ("thermostat-silent", thermostat(without_facts)),
        ("thermostat-as-of", as_of),
        ("thermostat-pending", pending),
        ("thermostat-failed", failed),
        ("camera", UiFixture::on(Page::Camera("door".into()))),
        ("camera-consent", consent),
        ("protect", UiFixture::on(Page::Protect("bed".into()))),
        ("structure", UiFixture::on(Page::Structure("s".into()))),
        ("activity", UiFixture::on(Page::Activity)),
        ("energy", UiFixture::on(Page::Energy)),
        ("presets", UiFixture::on(Page::Presets)),
        ("simulator", UiFixture::on(Page::Simulator)),
        ("palette", palette("hallway 22")),
        ("palette-empty", palette("")),
        ("palette-preset", palette("night")),
        ("help", help),
        ("empty", empty),
        ("offline", offline),
        ("alarm", alarmed()),
        ("scales", scales),
        ("card-failure", failed_on_card),
        ("forty", super::overview::forty(false)),
        ("forty-compact", super::overview::forty(true)),
        ("typed", typed),
        ("signed-out", signed_out),
        ("closed", closed),
        ("notices-german", notices),
        ("misunderstood-german", misunderstood),
    ]);
    pages
}

#[test]
fn the_pictures_of_the_readme_are_current() {
    let update = std::env::var_os("UPDATE_PICTURES").is_some();
    for (word, look) in LOOKS.into_iter().take(2) {
        for (name, bench) in pages().into_iter().filter(|(name, _)| OF_README.contains(name)) {
            let size = if bench.launcher { LAUNCHER_SIZE } else { [1280.0, 820.0] };
            let drawn = match draw(bench, size, look, 1) {
                Ok(drawn) => drawn,
                Err(err) => {
                    assert!(std::env::var_os("CI").is_none(), "no pictures without a Vulkan driver: {err}");
                    println!("no Vulkan driver here, so the pictures were not compared: {err}");
                    return;
                }
            };
            let path = folder("assets/pictures").join(format!("{name}-{word}.png"));
            if update {
                drawn.save(&path).expect("saved");
            }
            let kept = image::open(&path).expect("a picture of the README").into_rgba8();
            let difference = difference(&drawn, &kept);
            if difference > 0.002 {
                let new = folder("target/pictures").join(format!("{name}-{word}.new.png"));
                drawn.save(&new).expect("saved");
                panic!("{} is not current ({difference:.3} differs): see {}", path.display(), new.display());
            }
        }
    }
}

#[test]
#[ignore = "makes a picture of every page, to be looked at"]
fn every_page_wide_and_narrow() {
    let sizes =
        [([360.0, 780.0], 1), ([480.0, 700.0], 1), ([1180.0, 820.0], 1), ([1900.0, 1000.0], 1), ([1920.0, 1080.0], 2)];
    // `PICTURES_OF=a,b` limits the run to some pages, which is much faster; `PICTURES_IN` names another language.
    let only = std::env::var("PICTURES_OF").unwrap_or_default();
    let language = std::env::var("PICTURES_IN").ok();
    let known = language.as_deref().map(|code| Language::from_code(code).expect("a known language"));
    for (word, look) in LOOKS {
        // High contrast changes only colours, so one size is enough.
        let sizes = if look.is_high_contrast { &sizes[2..3] } else { &sizes[..] };
        for (size, scale) in sizes {
            let is_wanted = |name: &str| only.split(',').any(|only| name.contains(only));
            for (name, mut bench) in pages().into_iter().filter(|(name, _)| is_wanted(name)) {
                if let Some(known) = known {
                    bench.i18n = Localizer::new(known);
                }
                // The launcher has a fixed size.
                let size = if bench.launcher { &LAUNCHER_SIZE } else { size };
                let picture = draw(bench, *size, look, *scale).expect("a Vulkan driver");
                let suffix = language.as_ref().map(|code| format!("-{code}")).unwrap_or_default();
                let file = format!("{name}-{word}-{}x{scale}{suffix}.png", size[0]);
                picture.save(folder("target/pictures").join(file)).expect("saved");
            }
        }
    }
}

/// Pages that are longer than a window, complete.
#[test]
#[ignore = "makes a picture of every long page, to be looked at"]
fn every_long_page_whole() {
    for (word, look) in LOOKS.into_iter().take(2) {
        for (width, height) in [(1180.0, 3000.0), (360.0, 5200.0)] {
            for (name, bench) in pages().into_iter().filter(|(name, _)| name.starts_with("settings")) {
                let picture = draw(bench, [width, height], look, 1).expect("a Vulkan driver");
                let file = format!("whole-{name}-{word}-{width}.png");
                picture.save(folder("target/pictures").join(file)).expect("saved");
            }
        }
    }
}
