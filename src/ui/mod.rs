//! The window: an egui application on the engine's snapshots.
//!
//! Views are functions of a snapshot and of the state of the window; they return [`intent::Intent`]s. I/O runs
//! in the engine and in the sign-in, on the runtime. The window repaints on a change and is idle otherwise.

pub(crate) mod action;
mod as_code;
mod banner;
mod chart;
pub(crate) mod consent;
pub(crate) mod console;
pub(crate) mod curves;
mod dialogs;
pub(crate) mod energy_reports;
mod focus;
mod gallery;
mod help;
pub(crate) mod intent;
mod keys;
pub(crate) mod launcher;
pub(crate) mod modal;
mod moved_page;
pub(crate) mod notice;
pub mod pages;
mod palette;
mod shell;
mod sign_in;
mod summary;
mod syntax_highlighting;
pub(crate) mod texture_cache;
pub mod theme;
mod toast;
mod view;
mod widgets;
pub(crate) mod window;

#[cfg(test)]
mod tests;

pub use action::Action;
pub use as_code::AsCode;
pub use consent::Consent;
pub use curves::{CurveCache, CurveRequest, HistoryLookup, ReadCurve, TriedRule};
pub use energy_reports::{EnergyRead, EnergyReport, EnergyRequest, PeriodReport};
pub use gallery::{Gallery, Group};
pub use intent::{
    AppIntent, ClosingAnswer, CodeRequest, Intent, Page, Preference, PresetIntent, SimulatorCommand, UiIntent,
};
pub use launcher::{LAUNCHER_SIZE, Launcher, LauncherEnd};
pub use modal::{Modal, Modals};
pub use notice::Notice;
pub use pages::StartsWithDesktop;
pub use palette::Palette;
pub use sign_in::SignInError;
pub use summary::HomeSummary;
pub use texture_cache::TextureCache;
pub use view::{Draft, Drafts, ViewContext};
pub use window::{ClosingQuestion, Scene, UiState};
