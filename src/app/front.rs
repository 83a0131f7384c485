//! The windows of the application: the implementations of `eframe::App`.

use std::borrow::BorrowMut;
use std::time::{Duration, Instant};

use egui::{Pos2, ViewportBuilder, ViewportId, X11WindowType};

use super::{App, LifecycleStep, appearance};
use crate::accounts::AccountsView;
use crate::accounts::settings::TextSize;
use crate::engine::Connection;
use crate::platform::identity;
use crate::platform::monitor::Monitor;
use crate::ui::launcher::LAUNCHER_SIZE;
use crate::ui::theme::{self, Look};

/// Longest wait of the first frame for the preferences of the desktop.
const FIRST_LOOK: Duration = Duration::from_millis(40);

/// The main window. It borrows the application, or owns it if no other window follows.
pub struct MainWindow<A: BorrowMut<App>> {
    app: A,
    look: Look,
    text_size: TextSize,
    has_shown_a_home: bool,
    /// True if the window closes with this frame. The frame draws nothing, so that AccessKit removes all nodes;
    /// its bridge keeps nodes for ever that are not removed before the window closes.
    is_last: bool,
}

impl<A: BorrowMut<App>> MainWindow<A> {
    /// Creates the window before its first frame.
    pub fn new(ctx: &egui::Context, mut app: A) -> Self {
        let shown = app.borrow_mut();
        // Wait briefly for the preferences, because a change of colours after the first frame looks broken.
        let look = appearance(&shown.setup.settings, shown.shell.preferences.first(FIRST_LOOK));
        theme::install(ctx, look);
        let text_size = shown.setup.settings.text_size;
        set_text_size(ctx, text_size);
        shown.window_opened(ctx);
        Self { app, look, text_size, has_shown_a_home: false, is_last: false }
    }

    /// The application that the window draws.
    pub fn app(&self) -> &App {
        self.app.borrow()
    }

    /// Applies the look and the text size of the settings, or else of the desktop.
    fn follow_desktop(&mut self, ctx: &egui::Context) {
        let app = self.app.borrow();
        let look = appearance(&app.setup.settings, app.shell.preferences.current());
        if self.look != look {
            self.look = look;
            theme::apply(ctx, look);
        }
        if self.text_size != app.setup.settings.text_size {
            self.text_size = app.setup.settings.text_size;
            set_text_size(ctx, self.text_size);
        }
    }
}

impl<A: BorrowMut<App>> eframe::App for MainWindow<A> {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        let app = self.app.borrow_mut();
        app.poll();
        app.follow_window(ctx);
        self.is_last = app.is_closed_now(ctx);
        self.follow_desktop(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if self.is_last {
            return;
        }
        let app = self.app.borrow_mut();
        let snapshot = app.snapshot();
        let ctx = ui.ctx().clone();
        let title = app.window.title().to_owned();
        let named = ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(title));
        app.viewports.is_read = named.is_some();
        for intent in app.draw(ui, &snapshot) {
            app.dispatch(intent);
            ctx.request_repaint();
        }
        if app.lifecycle.is_launcher_open() {
            launcher_above(&ctx, app, &snapshot);
        }
        if !self.has_shown_a_home && snapshot.connection == Connection::Live {
            self.has_shown_a_home = true;
            // The benchmark of the start waits for this log line.
            tracing::info!("overview painted");
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.app.borrow_mut().window_closed();
    }
}

/// Applies the text size of the settings. Its keys are actions of the program, which also keep it.
fn set_text_size(ctx: &egui::Context, size: TextSize) {
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    ctx.set_zoom_factor(size.factor());
}

/// The viewport of the launcher: small, without a frame, on top, and on the monitor with the pointer. If that
/// monitor is unknown, the window manager chooses the place.
pub(crate) fn launcher_viewport(monitor: Option<&Monitor>) -> ViewportBuilder {
    let viewport = ViewportBuilder::default()
        .with_title("Setpoint launcher")
        .with_app_id(identity::id())
        .with_inner_size(LAUNCHER_SIZE)
        .with_resizable(false)
        .with_decorations(false)
        .with_taskbar(false)
        .with_always_on_top()
        .with_window_type(X11WindowType::Dialog);
    match monitor {
        Some(monitor) => viewport.with_position(launcher_place(monitor, monitor.scale)),
        None => viewport,
    }
}

/// The position of the launcher, in points.
fn launcher_place(monitor: &Monitor, pixels_per_point: f32) -> Pos2 {
    let [x, y] = Monitor { scale: pixels_per_point, ..*monitor }.place(LAUNCHER_SIZE);
    Pos2::new(x, y) / pixels_per_point
}

/// Draws the launcher while the main window is open.
fn launcher_above(ctx: &egui::Context, app: &mut App, snapshot: &AccountsView) {
    let id = ViewportId::from_hash_of("launcher");
    let viewport = launcher_viewport(app.viewports.launcher_monitor.as_ref());
    let is_done = ctx.show_viewport_immediate(id, viewport, |ui, _class| {
        let is_done = app.draw_launcher(ui, snapshot);
        is_done || ui.input(|input| input.viewport().close_requested()) || app.launcher_left(ui)
    });
    if is_done {
        app.lifecycle.wants_launcher(false);
        ctx.request_repaint();
    }
}

impl App {
    /// True if the launcher just lost the focus, which means that the user left it.
    fn launcher_left(&mut self, ui: &egui::Ui) -> bool {
        let is_focused = ui.input(|input| input.viewport().focused) == Some(true);
        let had_focus = std::mem::replace(&mut self.window.launcher.had_focus, is_focused);
        had_focus && !is_focused
    }
}

/// The launcher while no window is open.
pub(crate) struct LauncherWindow<'a> {
    app: &'a mut App,
    frames: u32,
    /// True if the launcher closes with this frame; see [`MainWindow`].
    is_last: bool,
}

impl<'a> LauncherWindow<'a> {
    /// Creates the launcher before its first frame.
    pub(crate) fn new(ctx: &egui::Context, app: &'a mut App) -> Self {
        theme::install(ctx, appearance(&app.setup.settings, app.shell.preferences.first(FIRST_LOOK)));
        set_text_size(ctx, app.setup.settings.text_size);
        app.launcher_opened(ctx);
        Self { app, frames: 0, is_last: false }
    }

    /// Moves the launcher if the scale factor of its window differs from the expected one. Only an open window
    /// knows the factor for certain.
    fn correct_place(&self, ctx: &egui::Context) {
        let pixels_per_point = ctx.pixels_per_point();
        if let Some(monitor) = &self.app.viewports.launcher_monitor
            && (pixels_per_point - monitor.scale).abs() > 0.01
        {
            ctx.send_viewport_cmd(egui::ViewportCommand::OuterPosition(launcher_place(monitor, pixels_per_point)));
        }
    }
}

impl eframe::App for LauncherWindow<'_> {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        if self.frames == 0 {
            self.correct_place(ctx);
        }
        if self.frames == 1 {
            // The benchmark of the launcher waits for this log line. The previous frame is on the screen by now.
            tracing::info!("launcher painted");
        }
        self.is_last = ctx.input(|input| input.viewport().close_requested());
        self.app.poll();
        if self.app.lifecycle.next(Instant::now()) == LifecycleStep::Window {
            // An intent needs the main window, so the launcher closes.
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if self.is_last {
            return;
        }
        let snapshot = self.app.snapshot();
        let ctx = ui.ctx().clone();
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label("Setpoint launcher"));
        if self.app.draw_launcher(ui, &snapshot) || self.app.launcher_left(ui) {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        self.frames += 1;
        if self.frames == 1 {
            ctx.request_repaint();
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.app.launcher_closed();
    }
}
