//! The window on the application: what eframe calls.

use std::borrow::BorrowMut;
use std::time::{Duration, Instant};

use egui::{Pos2, ViewportBuilder, ViewportId, X11WindowType};

use super::{App, Next, look};
use crate::desktop::identity;
use crate::desktop::monitor::Monitor;
use crate::engine::{Connection, Snapshot};
use crate::ui::launcher::LAUNCHER_SIZE;
use crate::ui::theme::{self, Look};

/// How long the first frame waits to hear what the desktop prefers.
const FIRST_LOOK: Duration = Duration::from_millis(40);

/// A window on an application, which it borrows, or owns where there is no other window to come.
pub struct Front<A: BorrowMut<App>> {
    app: A,
    look: Look,
    has_shown_a_home: bool,
    /// Whether the window goes with this frame. Nothing is drawn in it: what a screen reader was
    /// told of has to be taken back before, as its bridge keeps for ever what is not.
    is_last: bool,
}

impl<A: BorrowMut<App>> Front<A> {
    /// A window that is about to be drawn for the first time.
    pub fn new(ctx: &egui::Context, mut app: A) -> Self {
        let shown = app.borrow_mut();
        // A window that changes its colours before one's eyes looks broken.
        let look = look(&shown.setup.settings, shown.desktop.first(FIRST_LOOK));
        theme::install(ctx, look);
        shown.window_opened(ctx);
        Self { app, look, has_shown_a_home: false, is_last: false }
    }

    /// What is drawn.
    pub fn app(&self) -> &App {
        self.app.borrow()
    }

    /// Makes the look what the person chose, or else what the desktop prefers.
    fn follow_desktop(&mut self, ctx: &egui::Context) {
        let app = self.app.borrow();
        let look = look(&app.setup.settings, app.desktop.current());
        if self.look != look {
            self.look = look;
            theme::apply(ctx, look);
        }
    }
}

impl<A: BorrowMut<App>> eframe::App for Front<A> {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        let app = self.app.borrow_mut();
        app.tend();
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
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label("Setpoint"));
        for intent in app.draw(ui, &snapshot) {
            app.carry_out(intent);
            ctx.request_repaint();
        }
        if app.life.is_launcher_open() {
            launcher_above(&ctx, app, &snapshot);
        }
        if !self.has_shown_a_home && snapshot.connection == Connection::Live {
            self.has_shown_a_home = true;
            // The benchmark of the start waits for this line.
            tracing::info!("the overview is painted");
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.app.borrow_mut().window_closed();
    }
}

/// How the launcher's window is made: small, without a frame, above the others, and on the monitor
/// that the pointer is on. Where that is not known, the window manager chooses.
pub(in crate::ui) fn launcher_viewport(monitor: Option<&Monitor>) -> ViewportBuilder {
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

/// Where the launcher opens, in points of a size.
fn launcher_place(monitor: &Monitor, pixels_per_point: f32) -> Pos2 {
    let [x, y] = Monitor { scale: pixels_per_point, ..*monitor }.place(LAUNCHER_SIZE);
    Pos2::new(x, y) / pixels_per_point
}

/// The launcher beside a window that is open.
fn launcher_above(ctx: &egui::Context, app: &mut App, snapshot: &Snapshot) {
    let id = ViewportId::from_hash_of("launcher");
    let viewport = launcher_viewport(app.launcher_monitor.as_ref());
    let is_done = ctx.show_viewport_immediate(id, viewport, |ui, _class| {
        let is_done = app.draw_launcher(ui, snapshot);
        is_done || ui.input(|input| input.viewport().close_requested()) || app.launcher_left(ui)
    });
    if is_done {
        app.life.wants_launcher(false);
        ctx.request_repaint();
    }
}

impl App {
    /// Whether the launcher had the focus and has lost it: whoever goes elsewhere is done with it.
    fn launcher_left(&mut self, ui: &egui::Ui) -> bool {
        let is_focused = ui.input(|input| input.viewport().focused) == Some(true);
        let had_focus = std::mem::replace(&mut self.window.launcher.had_focus, is_focused);
        had_focus && !is_focused
    }
}

/// The launcher on its own, while no window is open.
pub(in crate::ui) struct LauncherFront<'a> {
    app: &'a mut App,
    frames: u32,
    /// As with the window.
    is_last: bool,
}

impl<'a> LauncherFront<'a> {
    /// A launcher that is about to be drawn for the first time.
    pub(in crate::ui) fn new(ctx: &egui::Context, app: &'a mut App) -> Self {
        theme::install(ctx, look(&app.setup.settings, app.desktop.first(FIRST_LOOK)));
        app.launcher_opened(ctx);
        Self { app, frames: 0, is_last: false }
    }

    /// How many pixels make a point is known for certain once there is a window; where another
    /// number was expected, it stands in the wrong place.
    fn correct_place(&self, ctx: &egui::Context) {
        let pixels_per_point = ctx.pixels_per_point();
        if let Some(monitor) = &self.app.launcher_monitor
            && (pixels_per_point - monitor.scale).abs() > 0.01
        {
            ctx.send_viewport_cmd(egui::ViewportCommand::OuterPosition(launcher_place(monitor, pixels_per_point)));
        }
    }
}

impl eframe::App for LauncherFront<'_> {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        if self.frames == 0 {
            self.correct_place(ctx);
        }
        if self.frames == 1 {
            // The benchmark of the launcher waits for this line: the frame before is on the screen.
            tracing::info!("the launcher is painted");
        }
        self.is_last = ctx.input(|input| input.viewport().close_requested());
        self.app.tend();
        if self.app.life.next(Instant::now()) == Next::Window {
            // Something was asked for that belongs into the window.
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
