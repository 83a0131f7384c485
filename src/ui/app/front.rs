//! The window on the application: what eframe calls.

use std::borrow::BorrowMut;
use std::time::Duration;

use super::{App, look};
use crate::engine::Connection;
use crate::ui::theme::{self, Look};

/// How long the first frame waits to hear what the desktop prefers.
const FIRST_LOOK: Duration = Duration::from_millis(40);

/// A window on an application, which it borrows, or owns where there is no other window to come.
pub struct Front<A: BorrowMut<App>> {
    app: A,
    look: Look,
    has_shown_a_home: bool,
}

impl<A: BorrowMut<App>> Front<A> {
    /// A window that is about to be drawn for the first time.
    pub fn new(ctx: &egui::Context, mut app: A) -> Self {
        let shown = app.borrow_mut();
        // A window that changes its colours before one's eyes looks broken.
        let look = look(&shown.setup.settings, shown.desktop.first(FIRST_LOOK));
        theme::install(ctx, look);
        shown.window_opened(ctx);
        Self { app, look, has_shown_a_home: false }
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
        app.close_if_asked(ctx);
        self.follow_desktop(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let app = self.app.borrow_mut();
        let snapshot = app.snapshot();
        let ctx = ui.ctx().clone();
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label("Setpoint"));
        for intent in app.draw(ui, &snapshot) {
            app.carry_out(intent);
            ctx.request_repaint();
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
