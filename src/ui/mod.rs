//! The window: an egui application on the engine's snapshots.
//!
//! Views are functions of a snapshot and of the state of the window; they return [`intent::Intent`]s. I/O runs
//! in the engine and in the sign-in, on the runtime. The window repaints on a change and is idle otherwise.

mod action;
mod app;
mod as_code;
mod consent;
mod console;
mod dialogs;
mod focus;
mod gallery;
mod help;
mod intent;
mod keys;
mod launcher;
mod notice;
pub mod pages;
mod palette;
mod run;
mod shell;
mod sign_in;
mod summary;
mod syntax_highlighting;
mod texture_cache;
pub mod theme;
mod toast;
mod view;
mod waker;
mod widgets;
mod window;

#[cfg(test)]
mod tests;

pub use action::Action;
pub use app::{App, AppSetup, MainWindow};
pub use as_code::AsCode;
pub use consent::Consent;
pub use gallery::{Gallery, Group};
pub use intent::{ClosingAnswer, CodeRequest, Intent, Page, Preference, PresetIntent, SimulatorCommand};
pub use launcher::{LAUNCHER_SIZE, Launcher, LauncherEnd};
pub use notice::Notice;
pub use pages::StartsWithDesktop;
pub use palette::Palette;
pub use run::{AppChannels, RunError, run};
pub use sign_in::SignInError;
pub use summary::HomeSummary;
pub use texture_cache::TextureCache;
pub use view::{Draft, Drafts, ViewContext};
pub use waker::RepaintWaker;
pub use window::{ClosingQuestion, Scene, UiState};
