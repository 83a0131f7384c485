//! The window: an egui application on the engine's snapshots.
//!
//! Views are functions of a snapshot and of what the person is in the middle of; they return
//! [`intent::Intent`]s. I/O happens in the engine and in the sign-in, on the runtime; the window
//! is woken when something changed and draws nothing otherwise.

mod action;
mod app;
mod digest;
mod focus;
mod gallery;
mod intent;
pub mod pages;
mod palette;
mod picture_book;
mod shell;
mod sign_in;
pub mod theme;
mod toast;
mod view;
mod widgets;
mod window;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use egui::ViewportBuilder;

pub use action::Action;
pub use app::{App, AppSetup};
pub use digest::Digest;
pub use gallery::{Gallery, Group};
pub use intent::{Happening, Intent, Page, Preference, PresetIntent};
pub use palette::Palette;
pub use picture_book::PictureBook;
pub use view::{Draft, Drafts, View};
pub use window::{Consent, Scene, Window};

use crate::account::Vault;
use crate::clock::SystemClock;
use crate::session::{Choice, SessionError};
use crate::settings::{Loaded, Places, Settings};

/// Why no window opened.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
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

impl WindowError {
    /// What the program ends with.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Session(err) => err.exit_code(),
            Self::Runtime(_) | Self::NoWindow(_) => 5,
        }
    }
}

/// Opens the window and stays until it is closed.
pub fn run(account: Option<&str>, simulated: bool) -> Result<(), WindowError> {
    let places = Places::of_user();
    let Loaded { settings, notices } =
        places.as_ref().map(|places| Settings::load(&places.settings())).unwrap_or_default();
    let choice = choose(&settings, account, simulated)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("setpoint-worker")
        .enable_all()
        .build()?;
    let setup = AppSetup {
        runtime: runtime.handle().clone(),
        choice,
        settings,
        notices,
        places,
        vault: Vault::on_keyring(),
        clock: SystemClock::shared(),
        zone: jiff::tz::TimeZone::system(),
    };
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("Setpoint")
            .with_app_id("setpoint")
            .with_inner_size([1180.0, 820.0])
            .with_min_inner_size([360.0, 420.0]),
        renderer: eframe::Renderer::Glow,
        ..eframe::NativeOptions::default()
    };
    let opened = eframe::run_native("Setpoint", options, Box::new(|cc| Ok(Box::new(App::new(&cc.egui_ctx, setup)))));
    // A call to the keyring may hang for ever; the end of the program does not wait for it.
    runtime.shutdown_background();
    opened.map_err(|err| WindowError::NoWindow(err.to_string()))
}

fn choose(settings: &Settings, account: Option<&str>, simulated: bool) -> Result<Choice, SessionError> {
    if simulated {
        return Ok(Choice::Simulated);
    }
    if account.is_none()
        && let Some(choice) = Choice::from_environment(|name| std::env::var(name).ok())?
    {
        return Ok(choice);
    }
    Ok(Choice::from_settings(settings, account)?.unwrap_or(Choice::Simulated))
}

/// Wakes a window when there is something new to draw.
struct Repaint(egui::Context);

impl std::task::Wake for Repaint {
    fn wake(self: Arc<Self>) {
        self.0.request_repaint();
    }
}
