//! The window: an egui application on the engine's snapshots.
//!
//! Views are functions of a snapshot and of the state of the window; they return [`intent::Intent`]s. I/O runs
//! in the engine and in the sign-in, on the runtime. The window repaints on a change and is idle otherwise.

mod action;
mod app;
mod as_code;
mod bell;
mod colouring;
mod console;
mod dialogs;
mod digest;
mod focus;
mod gallery;
mod gate;
mod help;
mod intent;
mod keys;
mod launcher;
mod life;
mod notice;
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

pub use action::Action;
pub use app::{App, AppSetup, Front};
pub use as_code::AsCode;
pub use bell::Bell;
pub use digest::Digest;
pub use gallery::{Gallery, Group};
pub use intent::{ClosingAnswer, CodeRequest, Happening, Intent, Page, Preference, PresetIntent};
pub use launcher::{LAUNCHER_SIZE, Launcher, LauncherEnd};
pub use life::{Doors, LifeError, run};
pub use notice::Notice;
pub use pages::StartsWithDesktop;
pub use palette::Palette;
pub use picture_book::PictureBook;
pub use sign_in::SignInError;
pub use view::{Draft, Drafts, View};
pub use window::{ClosingQuestion, Consent, Scene, Window};
