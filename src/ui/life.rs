//! The life cycle of the program: one process that opens and closes its window.
//!
//! ```text
//!   start ──> window ──closed──> is a tray there, and is the program to stay?
//!               ^                   │ yes                      │ no
//!               │                   v                          v
//!               └──tray, link── nothing open ──quit, signal──> send what can be sent, end
//! ```
//!
//! The main thread waits for a request to open a window, opens it, and waits again when the window closes.
//! Engine, tray and runtime run on other threads throughout. No graphics library is loaded before the first
//! window.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use egui::{IconData, ViewportBuilder};

use super::app::{App, AppSetup, Front, LauncherFront, Next, launcher_viewport};
use super::bell::Bell;
use super::notice::Notice;
use crate::account::Vault;
use crate::bridge::write_remote;
use crate::clock::SystemClock;
use crate::desktop::autostart::Autostart;
use crate::desktop::identity;
use crate::desktop::instance::talk::Ask;
use crate::desktop::instance::{self, Bridged, Claim, OpenDoor, Seat, Wire};
use crate::desktop::tray::Tray;
use crate::desktop::{Call, Caller, Start, With};
use crate::media::Clips;
use crate::session::{Choice, Selection, SessionError};
use crate::settings::{Loaded, Places, Settings};

/// The channels through which the program is reached from outside of its window.
pub struct Doors {
    /// Wakes the receiver of `calls`.
    pub bell: Arc<Bell>,
    /// The sender of calls.
    pub caller: Caller,
    /// The receiver of calls.
    pub calls: Receiver<Call>,
    /// The accounts that other processes of the same user may use.
    pub open: OpenDoor,
}

impl Doors {
    /// Creates the channels.
    pub fn new() -> Self {
        let (sender, calls): (Sender<Call>, Receiver<Call>) = mpsc::channel();
        let waiting = sender.clone();
        // An open window is woken by a repaint instead, and polls by itself.
        let bell = Bell::new(move || drop(waiting.send(Call::Look)));
        let caller = Caller::new(sender, bell.waker());
        Self { bell, caller, calls, open: OpenDoor::default() }
    }
}

impl Default for Doors {
    fn default() -> Self {
        Self::new()
    }
}

/// The reason why the program ended early.
#[derive(Debug, thiserror::Error)]
pub enum LifeError {
    /// No account could be chosen.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// No runtime.
    #[error("no runtime could be started: {0}")]
    Runtime(#[from] std::io::Error),
    /// No display, or no graphics.
    #[error("no window could be opened ({0}); the commands work without one: `setpoint --help`")]
    NoWindow(String),
}

impl LifeError {
    /// The exit code of the process.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Session(err) => err.exit_code(),
            Self::Runtime(_) | Self::NoWindow(_) => 5,
        }
    }
}

/// Runs until the user quits, or closes the window while there is no tray.
pub fn run(start: Start) -> Result<(), LifeError> {
    let places = Places::of_user();
    let seat = match places.as_ref().map(|places| seat(places, &start)) {
        Some(Seating::Told) => return Ok(()),
        Some(Seating::Ours(seat)) => Some(seat),
        Some(Seating::None) | None => None,
    };
    let Loaded { settings, notices } =
        places.as_ref().map(|places| Settings::load(&places.settings())).unwrap_or_default();
    let selection = choose(&settings, start.account.as_deref(), start.is_simulated)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("setpoint-worker")
        .enable_all()
        .build()?;
    let doors = Doors::new();
    runtime.spawn(signals(doors.caller.clone()));
    if let Some(seat) = seat {
        let (open, caller) = (doors.open.clone(), doors.caller.clone());
        runtime.spawn(async move {
            let bridged: Bridged =
                Arc::new(|access, writes| Box::pin(write_remote(access, SystemClock::shared(), writes)));
            let wire = Wire { render: crate::wwn::wire::render, bridged };
            if let Err(err) = instance::serve(seat, open, caller, wire).await {
                tracing::warn!(%err, "other starts of the program cannot reach this one");
            }
        });
    }
    let setup = AppSetup {
        runtime: runtime.handle().clone(),
        selection,
        settings,
        notices: notices.into_iter().map(Notice::Settings).collect(),
        places,
        vault: Vault::on_keyring(),
        clock: SystemClock::shared(),
        zone: jiff::tz::TimeZone::system(),
        doors,
        autostart: Autostart::of_person(),
        clips: Clips::of_program(),
    };
    let mut app = App::new(setup);
    app.start_notifications();
    if !Tray::NEEDS_WINDOW {
        app.start_tray();
        app.start_hotkey();
    }
    app.begin(start.with);
    let ended = live(&mut app);
    let left = app.end();
    if left > 0 {
        let text = app.i18n().format("left-unsent", [("count", i64::try_from(left).unwrap_or(i64::MAX).into())]);
        writeln!(std::io::stderr(), "setpoint: {text}").ok();
    }
    // A call to the keyring may hang for ever, so do not wait for it.
    runtime.shutdown_background();
    ended
}

/// The result of claiming the single instance.
enum Seating {
    /// This process is the instance.
    Ours(Seat),
    /// Another process is the instance and received the request of this start.
    Told,
    /// The claim failed, so this process runs without it.
    None,
}

fn seat(places: &Places, start: &Start) -> Seating {
    let socket = instance::socket_of(&places.config, &places.data);
    let ask = match &start.with {
        With::Window => Some(Ask::Window),
        With::Launcher => Some(Ask::Launcher),
        With::Link(link) => Some(Ask::Link(link.text.clone())),
        // The running program is in the tray already.
        With::Tray => None,
    };
    // The running instance may be about to end, or may not listen yet.
    for _ in 0..50 {
        match instance::claim(&socket) {
            Ok(Claim::First(seat)) => return Seating::Ours(seat),
            Ok(Claim::Taken) => match ask.clone().map(|ask| instance::tell(&socket, ask)) {
                None | Some(Ok(())) => return Seating::Told,
                Some(Err(err)) => tracing::debug!(%err, "the running program was not told"),
            },
            Err(err) => {
                tracing::warn!(%err, path = %socket.display(), "whether the program runs already is unknown");
                return Seating::None;
            }
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    tracing::warn!("the running program does not answer; this one opens beside it");
    Seating::None
}

fn live(app: &mut App) -> Result<(), LifeError> {
    loop {
        match app.next(Instant::now()) {
            Next::End => return Ok(()),
            Next::Window => open(app)?,
            Next::Launcher => open_launcher(app)?,
            Next::Wait(until) => wait(app, until),
        }
    }
}

/// Waits for a call, or until a time, while no window is open.
fn wait(app: &mut App, until: Option<Instant>) {
    let heard = match until {
        None => app.calls().recv().map_err(|_gone| RecvTimeoutError::Disconnected),
        Some(until) => app.calls().recv_timeout(until.saturating_duration_since(Instant::now())),
    };
    match heard {
        Ok(call) => app.answer(call),
        Err(RecvTimeoutError::Timeout) => {}
        // The app itself holds a sender, so this cannot happen; if it does, do not spin.
        Err(RecvTimeoutError::Disconnected) => std::thread::sleep(Duration::from_secs(1)),
    }
    app.tend();
}

/// Opens the window and blocks until it closes.
fn open(app: &mut App) -> Result<(), LifeError> {
    let options = eframe::NativeOptions {
        viewport: window_viewport(),
        renderer: eframe::Renderer::Glow,
        ..eframe::NativeOptions::default()
    };
    let front = &mut *app;
    let opened =
        eframe::run_native("Setpoint", options, Box::new(move |cc| Ok(Box::new(Front::new(&cc.egui_ctx, front)))));
    app.window_closed();
    opened.map_err(|err| LifeError::NoWindow(err.to_string()))
}

fn window_viewport() -> ViewportBuilder {
    let viewport = ViewportBuilder::default()
        .with_title("Setpoint")
        .with_app_id(identity::id())
        .with_inner_size([1180.0, 820.0])
        .with_min_inner_size([360.0, 420.0]);
    match identity::icon(64) {
        Some(identity::Icon { side, rgba }) => viewport.with_icon(IconData { rgba, width: side, height: side }),
        None => viewport,
    }
}

/// Opens the launcher and blocks until it closes.
fn open_launcher(app: &mut App) -> Result<(), LifeError> {
    let options = eframe::NativeOptions {
        viewport: launcher_viewport(app.launcher_monitor()),
        renderer: eframe::Renderer::Glow,
        ..eframe::NativeOptions::default()
    };
    let front = &mut *app;
    let opened = eframe::run_native(
        "Setpoint launcher",
        options,
        Box::new(move |cc| Ok(Box::new(LauncherFront::new(&cc.egui_ctx, front)))),
    );
    app.launcher_closed();
    opened.map_err(|err| LifeError::NoWindow(err.to_string()))
}

fn choose(settings: &Settings, account: Option<&str>, simulated: bool) -> Result<Selection, SessionError> {
    if simulated {
        return Ok(Selection::only(Choice::Simulated));
    }
    if account.is_none()
        && let Some(choice) = Choice::from_environment(|name| std::env::var(name).ok())?
    {
        return Ok(Selection::only(choice));
    }
    match account {
        None => Ok(Selection::All),
        Some(_) => Ok(Choice::from_settings(settings, account)?.map_or(Selection::All, Selection::only)),
    }
}

/// Turns the first signal that asks the program to end into [`Call::Quit`]; the second one ends the process.
#[cfg(unix)]
async fn signals(caller: Caller) {
    use tokio::signal::unix::{SignalKind, signal};
    let heard = [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()].map(signal);
    let [Ok(mut term), Ok(mut int), Ok(mut hup)] = heard else {
        tracing::warn!("signals cannot be heard; they end the program at once");
        return;
    };
    let mut is_first = true;
    loop {
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
            _ = hup.recv() => {}
        }
        if !std::mem::replace(&mut is_first, false) {
            tracing::warn!("ended by a second signal");
            #[expect(clippy::exit, reason = "somebody asked twice; what is unsent is in the queue on disk")]
            std::process::exit(1);
        }
        caller.call(Call::Quit);
    }
}

/// Turns Ctrl+C into [`Call::Quit`].
#[cfg(not(unix))]
async fn signals(caller: Caller) {
    if tokio::signal::ctrl_c().await.is_ok() {
        caller.call(Call::Quit);
    }
}
