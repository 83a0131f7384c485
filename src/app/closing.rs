//! The life cycle: which window is open, and when the program ends.
//!
//! A process that the user can neither see nor reach must never exist. Without a window there is a tray; without
//! a tray the program opens its window again or ends.

use std::time::{Duration, Instant};

use egui::ViewportCommand;

use super::{App, AppEvent, InitialView};
use crate::accounts::settings::OnClose;
use crate::platform::monitor::Monitor;
use crate::platform::tray::NEEDS_WINDOW;
use crate::ui::intent::{AppIntent, ClosingAnswer};
use crate::ui::modal::Modal;
use crate::ui::notice::Notice;
use crate::ui::window::ClosingQuestion;

/// Time that a missing tray may take to appear, after the start of the desktop or after a crash, before the
/// window opens instead.
const TRAY_PATIENCE: Duration = Duration::from_secs(15);

/// The next step of the main thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LifecycleStep {
    /// Open the window.
    Window,
    /// Open the quick launcher.
    Launcher,
    /// Wait for a call, at most until this time.
    Wait(Option<Instant>),
    /// End the program.
    End,
}

/// The effect of closing the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// The user must answer a question first.
    Ask(ClosingQuestion),
    /// The window closes and the program keeps running.
    Stay,
    /// The window hides and the program keeps running, because its tray needs a window.
    Hide,
    /// The program ends.
    Quit,
}

/// The open and the requested windows, and the tray.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lifecycle {
    wants_window: bool,
    wants_launcher: bool,
    is_ending: bool,
    /// True if there is a tray, and the time of the last change.
    tray: (bool, Instant),
    /// True if the tray needs an open window, which is then hidden instead of closed.
    tray_needs_window: bool,
    /// True for a service, which has neither window nor tray.
    is_service: bool,
    is_hidden: bool,
}

impl Lifecycle {
    pub(super) fn new(now: Instant, tray_needs_window: bool) -> Self {
        Self {
            wants_window: false,
            wants_launcher: false,
            is_ending: false,
            tray: (false, now),
            tray_needs_window,
            is_service: false,
            is_hidden: tray_needs_window,
        }
    }

    /// Runs without window and tray.
    pub(super) fn serve(&mut self) {
        self.is_service = true;
    }

    /// True if a window exists but is not visible.
    pub(super) fn is_hidden(&self) -> bool {
        self.is_hidden
    }

    pub(super) fn has_tray(&self) -> bool {
        self.tray.0
    }

    pub(super) fn tray(&mut self, is_there: bool, now: Instant) {
        if self.tray.0 != is_there {
            self.tray = (is_there, now);
        }
    }

    pub(super) fn wants_window(&mut self) {
        self.wants_window = true;
        self.is_hidden = false;
    }

    /// Hides the window.
    pub(super) fn hide(&mut self) {
        self.wants_window = false;
        self.is_hidden = true;
    }

    pub(super) fn window_closed(&mut self) {
        self.wants_window = false;
        self.wants_launcher = false;
    }

    pub(super) fn wants_launcher(&mut self, wanted: bool) {
        self.wants_launcher = wanted;
    }

    pub(super) fn is_launcher_open(&self) -> bool {
        self.wants_launcher
    }

    pub(super) fn quit(&mut self) {
        self.is_ending = true;
    }

    pub(super) fn next(&self, now: Instant) -> LifecycleStep {
        let (has_tray, since) = self.tray;
        let too_late = since + TRAY_PATIENCE;
        if self.is_ending {
            LifecycleStep::End
        } else if self.is_service {
            LifecycleStep::Wait(None)
        } else if self.tray_needs_window || self.wants_window || (!has_tray && now >= too_late) {
            LifecycleStep::Window
        } else if self.wants_launcher {
            LifecycleStep::Launcher
        } else {
            LifecycleStep::Wait((!has_tray).then_some(too_late))
        }
    }

    /// The effect of closing the window, for a chosen preference. `knows_of_no_tray` is true once the user
    /// confirmed that there is no tray.
    pub(super) fn closing(&self, chosen: Option<OnClose>, knows_of_no_tray: bool) -> Closing {
        match (self.has_tray(), chosen) {
            _ if self.is_ending => Closing::Quit,
            (_, Some(OnClose::Quit)) => Closing::Quit,
            (true, Some(OnClose::Stay)) if self.tray_needs_window => Closing::Hide,
            (true, Some(OnClose::Stay)) => Closing::Stay,
            (true, None) => Closing::Ask(ClosingQuestion::StayInTray),
            (false, _) if knows_of_no_tray => Closing::Quit,
            (false, Some(OnClose::Stay) | None) => Closing::Ask(ClosingQuestion::NoTray),
        }
    }
}

impl App {
    /// Opens the window or launcher that the start requests.
    pub fn open_initial_view(&mut self, with: InitialView) {
        match with {
            InitialView::Window => self.show_window(None),
            InitialView::Launcher => self.handle_event(AppEvent::Launcher),
            InitialView::Tray => {}
            InitialView::Service => self.lifecycle.serve(),
            InitialView::Link(link) => self.handle_event(AppEvent::Link(link)),
        }
    }

    /// The next step of the main thread while no window is open.
    pub fn next(&mut self, now: Instant) -> LifecycleStep {
        let next = self.lifecycle.next(now);
        if next == LifecycleStep::Window
            && !self.lifecycle.has_tray()
            && !self.lifecycle.wants_window
            && !self.lifecycle.tray_needs_window
        {
            // The start was for the tray, or the tray disappeared; tell the user why the window opens.
            self.notice(Notice::NoTray);
            self.show_window(None);
        }
        match next {
            LifecycleStep::Wait(until) => LifecycleStep::Wait([until, self.news_at(now)].into_iter().flatten().min()),
            LifecycleStep::Window | LifecycleStep::Launcher | LifecycleStep::End => next,
        }
    }

    /// Ends the program. Returns the number of pending writes that could not be sent.
    pub fn end(&mut self) -> usize {
        self.shell.tray = None;
        self.automation.stop();
        let left = self.accounts.close();
        self.history = None;
        if left > 0 {
            tracing::warn!(left, "changes could not be sent before the end; they are kept for the next start");
        }
        left
    }

    pub(super) fn quit(&mut self) {
        self.lifecycle.quit();
        for ctx in [&self.viewports.window, &self.viewports.launcher].into_iter().flatten() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
            ctx.request_repaint();
        }
    }

    /// Handles a request of the desktop to close the window; `true` if the window closes.
    pub(super) fn is_closed_now(&mut self, ctx: &egui::Context) -> bool {
        if !ctx.input(|input| input.viewport().close_requested()) {
            return false;
        }
        let settings = &self.setup.settings;
        match self.lifecycle.closing(settings.on_close, settings.knows_of_no_tray) {
            Closing::Stay => true,
            Closing::Hide => {
                self.remember_window();
                self.lifecycle.hide();
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                ctx.send_viewport_cmd(ViewportCommand::Visible(false));
                false
            }
            Closing::Quit => {
                self.lifecycle.quit();
                true
            }
            Closing::Ask(question) => {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                self.window.modals.open(Modal::Closing(question));
                ctx.request_repaint();
                false
            }
        }
    }

    pub(super) fn closing(&mut self, answer: ClosingAnswer) {
        let question = self.window.modals.take_closing();
        match (answer, question) {
            (ClosingAnswer::Cancel, _) | (_, None) => return,
            (ClosingAnswer::Stay, Some(_)) => self.setup.settings.on_close = Some(OnClose::Stay),
            (ClosingAnswer::Quit, Some(ClosingQuestion::StayInTray)) => {
                self.setup.settings.on_close = Some(OnClose::Quit);
            }
            (ClosingAnswer::Quit, Some(ClosingQuestion::NoTray)) => self.setup.settings.knows_of_no_tray = true,
        }
        self.save_settings();
        if answer == ClosingAnswer::Quit {
            self.dispatch(AppIntent::Quit);
        } else {
            self.close_window();
        }
    }

    /// Requests to close the window, as the close button of its frame does.
    pub(super) fn close_window(&self) {
        if let Some(ctx) = &self.viewports.window {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    pub(super) fn window_opened(&mut self, ctx: &egui::Context) {
        self.setup.channels.waker.window(Some(ctx.clone()));
        self.viewports.window = Some(ctx.clone());
        if NEEDS_WINDOW && self.shell.tray.is_none() {
            self.start_tray();
            self.start_hotkey();
        }
        if self.lifecycle.is_hidden() {
            ctx.send_viewport_cmd(ViewportCommand::Visible(false));
        }
    }

    /// Cleans up after the window closed.
    pub fn window_closed(&mut self) {
        self.remember_window();
        self.setup.channels.waker.window(None);
        self.viewports.window = None;
        self.lifecycle.window_closed();
        self.window.lose_textures();
        if !self.lifecycle.has_tray() {
            // Without window and tray nothing could reach the program, so end it.
            self.lifecycle.quit();
        }
    }

    /// The monitor on which the launcher opens.
    pub fn launcher_monitor(&self) -> Option<&Monitor> {
        self.viewports.launcher_monitor.as_ref()
    }

    pub(super) fn launcher_opened(&mut self, ctx: &egui::Context) {
        self.setup.channels.waker.window(Some(ctx.clone()));
        self.viewports.launcher = Some(ctx.clone());
    }

    /// Cleans up after the launcher closed. The window may open next.
    pub fn launcher_closed(&mut self) {
        self.setup.channels.waker.window(None);
        self.viewports.launcher = None;
        self.lifecycle.wants_launcher(false);
        self.window.lose_textures();
        if !self.lifecycle.has_tray() && self.lifecycle.next(Instant::now()) != LifecycleStep::Window {
            self.lifecycle.quit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_asks_once_and_remembers_the_choice() {
        let start = Instant::now();
        let mut lifecycle = Lifecycle::new(start, false);
        assert_eq!(lifecycle.closing(None, false), Closing::Ask(ClosingQuestion::NoTray));
        assert_eq!(lifecycle.closing(None, true), Closing::Quit);
        assert_eq!(lifecycle.closing(Some(OnClose::Stay), true), Closing::Quit, "there is nothing to stay in");
        lifecycle.tray(true, start);
        assert_eq!(lifecycle.closing(None, true), Closing::Ask(ClosingQuestion::StayInTray));
        assert_eq!(lifecycle.closing(Some(OnClose::Stay), false), Closing::Stay);
        assert_eq!(lifecycle.closing(Some(OnClose::Quit), false), Closing::Quit);
        lifecycle.quit();
        assert_eq!(lifecycle.closing(Some(OnClose::Stay), false), Closing::Quit);
    }

    #[test]
    fn the_program_never_runs_without_window_and_tray() {
        let start = Instant::now();
        let mut lifecycle = Lifecycle::new(start, false);
        // Started for the tray, which may take a while to appear.
        assert_eq!(lifecycle.next(start), LifecycleStep::Wait(Some(start + TRAY_PATIENCE)));
        assert_eq!(lifecycle.next(start + TRAY_PATIENCE), LifecycleStep::Window);
        lifecycle.tray(true, start);
        assert_eq!(lifecycle.next(start + TRAY_PATIENCE * 100), LifecycleStep::Wait(None));
        // The panel crashed; the tray may or may not come back.
        let crash = start + Duration::from_hours(1);
        lifecycle.tray(false, crash);
        lifecycle.tray(false, crash + Duration::from_secs(5));
        assert_eq!(lifecycle.next(crash + Duration::from_secs(6)), LifecycleStep::Wait(Some(crash + TRAY_PATIENCE)));
        assert_eq!(lifecycle.next(crash + TRAY_PATIENCE), LifecycleStep::Window);
        lifecycle.quit();
        assert_eq!(lifecycle.next(start), LifecycleStep::End);
    }

    #[test]
    fn a_service_opens_no_window() {
        let start = Instant::now();
        let mut lifecycle = Lifecycle::new(start, true);
        lifecycle.serve();
        lifecycle.wants_window();
        assert_eq!(lifecycle.next(start + TRAY_PATIENCE * 2), LifecycleStep::Wait(None));
        lifecycle.quit();
        assert_eq!(lifecycle.next(start), LifecycleStep::End);
    }

    #[test]
    fn a_tray_that_needs_a_window_gets_a_hidden_one() {
        let start = Instant::now();
        let mut lifecycle = Lifecycle::new(start, true);
        assert_eq!(lifecycle.next(start), LifecycleStep::Window, "started for the tray, a window comes all the same");
        assert!(lifecycle.is_hidden(), "and is not seen");
        lifecycle.tray(true, start);
        lifecycle.wants_window();
        assert!(!lifecycle.is_hidden());
        assert_eq!(lifecycle.closing(Some(OnClose::Stay), false), Closing::Hide);
        lifecycle.hide();
        assert!(lifecycle.is_hidden());
        assert_eq!(lifecycle.next(start), LifecycleStep::Window, "it is never without one");
        assert_eq!(lifecycle.closing(Some(OnClose::Quit), false), Closing::Quit);
        lifecycle.quit();
        assert_eq!(lifecycle.next(start), LifecycleStep::End);
    }
}
