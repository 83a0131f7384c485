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

use super::waker::RepaintWaker;
use super::window_place::AskedAreas;
use super::{
    App, AppEvent, AppSetup, InitialView, LaunchOptions, LauncherWindow, LifecycleStep, MainWindow, launcher_viewport,
};
use crate::accounts::session::{AccountFilter, AccountSource, SessionError};
use crate::accounts::settings::{LoadedSettings, Places, Settings};
use crate::accounts::vault::Vault;
use crate::bridge::write_remote;
use crate::clock::SystemClock;
use crate::ipc::protocol::IpcRequest;
use crate::ipc::{self, Acquire, Bridged, Codec, InstanceLock, SharedAccounts};
use crate::media::Clips;
use crate::platform::EventSender;
use crate::platform::autostart::Autostart;
use crate::platform::tray::NEEDS_WINDOW;
use crate::platform::{identity, sleep};
use crate::ui::Notice;

/// Time between two attempts of a service to become the instance.
const WAIT_FOR_SEAT: Duration = Duration::from_secs(1);

/// The channels through which the program is reached from outside of its window.
pub struct AppChannels {
    /// Wakes the receiver of `event_receiver`.
    pub waker: Arc<RepaintWaker>,
    /// The sender of calls.
    pub events: EventSender<AppEvent>,
    /// The receiver of calls.
    pub event_receiver: Receiver<AppEvent>,
    /// The accounts that other processes of the same user may use.
    pub open: SharedAccounts,
}

impl AppChannels {
    /// Creates the channels.
    pub fn new() -> Self {
        let (sender, event_receiver): (Sender<AppEvent>, Receiver<AppEvent>) = mpsc::channel();
        let waiting = sender.clone();
        // An open window is woken by a repaint instead, and polls by itself.
        let waker = RepaintWaker::new(move || drop(waiting.send(AppEvent::Poll)));
        let events = EventSender::new(sender, waker.waker());
        Self { waker, events, event_receiver, open: SharedAccounts::default() }
    }
}

impl Default for AppChannels {
    fn default() -> Self {
        Self::new()
    }
}

/// The reason why the program ended early.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
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

impl RunError {
    /// The exit code of the process.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Session(err) => err.exit_code(),
            Self::Runtime(_) | Self::NoWindow(_) => 5,
        }
    }
}

/// The reason why the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RunEnd {
    Quit,
    /// A program with a window takes over from a service.
    Yielded,
}

/// Runs until the user quits, or closes the window while there is no tray. A service that gave way to a window goes on
/// when that has ended.
pub fn run(start: &LaunchOptions) -> Result<(), RunError> {
    while run_once(start.clone())? == RunEnd::Yielded {
        tracing::info!("a program with a window has taken over; waiting for its end");
    }
    Ok(())
}

fn run_once(start: LaunchOptions) -> Result<RunEnd, RunError> {
    let places = Places::of_user();
    let is_service = start.with == InitialView::Service;
    let seat = match places.as_ref().map(|places| if is_service { wait_for_seat(places) } else { seat(places, &start) })
    {
        Some(Seating::Told) => return Ok(RunEnd::Quit),
        Some(Seating::Ours(seat)) => Some(seat),
        Some(Seating::None) | None => None,
    };
    let areas = match start.with {
        InitialView::Window | InitialView::Link(_) => AskedAreas::ask(),
        InitialView::Launcher | InitialView::Tray | InitialView::Service => AskedAreas::default(),
    };
    let LoadedSettings { settings, notices } =
        places.as_ref().map(|places| Settings::load(&places.settings())).unwrap_or_default();
    let selection = choose(&settings, start.account.as_deref(), start.is_simulated)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("setpoint-worker")
        .enable_all()
        .build()?;
    let channels = AppChannels::new();
    runtime.spawn(signals(channels.events.clone()));
    if let Some(seat) = seat {
        let (open, events) = (channels.open.clone(), channels.events.clone());
        runtime.spawn(async move {
            let bridged: Bridged =
                Arc::new(|access, writes| Box::pin(write_remote(access, SystemClock::shared(), writes)));
            let wire = Codec { render: crate::wwn::wire::render, bridged, is_service };
            if let Err(err) = ipc::serve(seat, open, events, wire).await {
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
        channels,
        autostart: Autostart::of_person(),
        clips: Clips::of_program(),
    };
    sleep::follow(&setup.runtime, setup.channels.events.clone());
    let mut app = App::new(setup);
    app.know_areas(areas);
    app.start_notifications();
    if !NEEDS_WINDOW && !is_service {
        app.start_tray();
        app.start_hotkey();
    }
    app.open_initial_view(start.with);
    let ended = main_loop(&mut app);
    let left = app.end();
    if left > 0 {
        let text = app.i18n().format("left-unsent", [("count", i64::try_from(left).unwrap_or(i64::MAX).into())]);
        writeln!(std::io::stderr(), "setpoint: {text}").ok();
    }
    // A call to the keyring may hang for ever, so do not wait for it.
    runtime.shutdown_background();
    ended.map(|()| if app.has_yielded { RunEnd::Yielded } else { RunEnd::Quit })
}

/// The result of claiming the single instance.
enum Seating {
    /// This process is the instance.
    Ours(InstanceLock),
    /// Another process is the instance and received the request of this start.
    Told,
    /// The claim failed, so this process runs without it.
    None,
}

/// Waits until no other process is the instance.
fn wait_for_seat(places: &Places) -> Seating {
    let socket = ipc::socket_of(&places.config, &places.data);
    let mut has_said = false;
    loop {
        match ipc::acquire(&socket) {
            Ok(Acquire::First(seat)) => return Seating::Ours(seat),
            Ok(Acquire::Taken) => {}
            Err(err) => tracing::warn!(%err, path = %socket.display(), "cannot tell if the program is already running"),
        }
        if !std::mem::replace(&mut has_said, true) {
            tracing::info!("Setpoint runs already; this service waits for its end");
        }
        std::thread::sleep(WAIT_FOR_SEAT);
    }
}

fn seat(places: &Places, start: &LaunchOptions) -> Seating {
    let socket = ipc::socket_of(&places.config, &places.data);
    let ask = match &start.with {
        InitialView::Window => Some(IpcRequest::Window),
        InitialView::Launcher => Some(IpcRequest::Launcher),
        InitialView::Link(link) => Some(IpcRequest::Link(link.text.clone())),
        InitialView::Tray => Some(IpcRequest::Tray),
        InitialView::Service => None,
    };
    // The running instance may be about to end, or may not listen yet.
    for _ in 0..50 {
        match ipc::acquire(&socket) {
            Ok(Acquire::First(seat)) => return Seating::Ours(seat),
            Ok(Acquire::Taken) => match ask.clone().map(|ask| ipc::notify_running(&socket, ask)) {
                None | Some(Ok(ipc::Told::Done)) => return Seating::Told,
                // A service ends, and this process takes its place.
                Some(Ok(ipc::Told::Yields)) => {}
                Some(Err(err)) => tracing::debug!(%err, "the running program was not told"),
            },
            Err(err) => {
                tracing::warn!(%err, path = %socket.display(), "cannot tell if the program is already running");
                return Seating::None;
            }
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    tracing::warn!("the running program does not answer; this one opens beside it");
    Seating::None
}

fn main_loop(app: &mut App) -> Result<(), RunError> {
    loop {
        match app.next(Instant::now()) {
            LifecycleStep::End => return Ok(()),
            LifecycleStep::Window => open(app)?,
            LifecycleStep::Launcher => open_launcher(app)?,
            LifecycleStep::Wait(until) => wait_for_event(app, until),
        }
    }
}

/// Waits for a call, or until a time, while no window is open.
fn wait_for_event(app: &mut App, until: Option<Instant>) {
    let heard = match until {
        None => app.event_receiver().recv().map_err(|_gone| RecvTimeoutError::Disconnected),
        Some(until) => app.event_receiver().recv_timeout(until.saturating_duration_since(Instant::now())),
    };
    match heard {
        Ok(call) => app.handle_event(call),
        Err(RecvTimeoutError::Timeout) => {}
        // The app itself holds a sender, so this cannot happen; if it does, do not spin.
        Err(RecvTimeoutError::Disconnected) => std::thread::sleep(Duration::from_secs(1)),
    }
    app.poll();
}

/// Opens the window and blocks until it closes.
fn open(app: &mut App) -> Result<(), RunError> {
    let options = eframe::NativeOptions {
        viewport: app.opening_window().apply(window_viewport()),
        renderer: eframe::Renderer::Glow,
        ..eframe::NativeOptions::default()
    };
    let front = &mut *app;
    let opened =
        eframe::run_native("Setpoint", options, Box::new(move |cc| Ok(Box::new(MainWindow::new(&cc.egui_ctx, front)))));
    app.window_closed();
    opened.map_err(|err| RunError::NoWindow(err.to_string()))
}

fn window_viewport() -> ViewportBuilder {
    let viewport = ViewportBuilder::default().with_title("Setpoint").with_app_id(identity::id());
    match identity::icon(64) {
        Some(identity::Icon { side, rgba }) => viewport.with_icon(IconData { rgba, width: side, height: side }),
        None => viewport,
    }
}

/// Opens the launcher and blocks until it closes.
fn open_launcher(app: &mut App) -> Result<(), RunError> {
    let options = eframe::NativeOptions {
        viewport: launcher_viewport(app.launcher_monitor()),
        renderer: eframe::Renderer::Glow,
        ..eframe::NativeOptions::default()
    };
    let front = &mut *app;
    let opened = eframe::run_native(
        "Setpoint launcher",
        options,
        Box::new(move |cc| Ok(Box::new(LauncherWindow::new(&cc.egui_ctx, front)))),
    );
    app.launcher_closed();
    opened.map_err(|err| RunError::NoWindow(err.to_string()))
}

fn choose(settings: &Settings, account: Option<&str>, simulated: bool) -> Result<AccountFilter, SessionError> {
    if simulated {
        return Ok(AccountFilter::only(AccountSource::Simulated));
    }
    if account.is_none()
        && let Some(source) = AccountSource::from_environment(|name| std::env::var(name).ok())?
    {
        return Ok(AccountFilter::only(source));
    }
    match account {
        None => Ok(AccountFilter::All),
        Some(_) => Ok(AccountSource::from_settings(settings, account)?.map_or(AccountFilter::All, AccountFilter::only)),
    }
}

/// Turns the first signal that asks the program to end into [`AppEvent::Quit`]; the second one ends the process.
#[cfg(unix)]
async fn signals(events: EventSender<AppEvent>) {
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
        events.send(AppEvent::Quit);
    }
}

/// Turns Ctrl+C into [`AppEvent::Quit`].
#[cfg(not(unix))]
async fn signals(events: EventSender<AppEvent>) {
    if tokio::signal::ctrl_c().await.is_ok() {
        events.send(AppEvent::Quit);
    }
}
