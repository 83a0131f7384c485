//! The state of the program, by its parts.

use std::sync::Arc;

use poll_promise::Promise;
use secrecy::SecretString;

use super::account_pictures::AccountPictures;
use super::event::AppEvent;
use super::events::TrayInputVersion;
use super::notification_policy::NotificationPolicy;
use super::presets::AppPresets;
use super::requests::RequestsOnDisk;
use super::sign_in::SignedIn;
use super::window_place::{AskedAreas, OpeningWindow};
use crate::accounts::AccountsView;
use crate::accounts::settings::WindowPlace;
use crate::platform::hotkey::Hotkey;
use crate::platform::monitor::Monitor;
use crate::platform::notifications::Notifier;
use crate::platform::preferences::DesktopPreferences;
use crate::platform::tray::{Tray, TrayState};
use crate::sdm::setup::Report;
use crate::ui::pages::StartsWithDesktop;
use crate::ui::{Notice, SignInError};

/// Work in the background for the sign-in form.
#[derive(Default)]
pub(super) struct SignInTasks {
    pub(super) signing_in: Option<Promise<Result<SignedIn, SignInError>>>,
    pub(super) signing_out: Option<Promise<Option<Notice>>>,
    pub(super) checking: Option<Promise<Result<Report, SignInError>>>,
    /// The token of the running sign-in, to be restored in the form if the sign-in fails.
    pub(super) typed_token: Option<SecretString>,
}

/// The contexts of the open windows.
#[derive(Default)]
pub(super) struct Viewports {
    pub(super) window: Option<egui::Context>,
    /// The launcher, while it is open without a window.
    pub(super) launcher: Option<egui::Context>,
    /// The main window, until its first frame.
    pub(super) opening: Option<OpeningWindow>,
    /// The monitors that were asked for when the program started.
    pub(super) areas: AskedAreas,
    /// The place of the main window in the last frame.
    pub(super) place: Option<WindowPlace>,
    /// True if assistive technology read the main window in its last frame.
    pub(super) is_read: bool,
    /// The monitor with the pointer when the launcher was requested.
    pub(super) launcher_monitor: Option<Monitor>,
}

/// The desktop around the window.
pub(super) struct DesktopShell {
    pub(super) preferences: DesktopPreferences,
    pub(super) tray: Option<Tray<AppEvent>>,
    pub(super) tray_input_seen: Option<TrayInputVersion>,
    pub(super) tray_state_shown: Option<(TrayState<AppEvent>, bool)>,
    pub(super) policy: NotificationPolicy,
    /// The view that notifications were made for last.
    pub(super) notified: Option<Arc<AccountsView>>,
    pub(super) notifier: Option<Notifier<AppEvent>>,
    pub(super) hotkey: Option<Hotkey>,
    pub(super) starts: StartsWithDesktop,
    /// True if the desktop has a terminal; looked up each time a request is shown as code.
    pub(super) has_terminal: Option<bool>,
}

impl DesktopShell {
    pub(super) fn new(preferences: DesktopPreferences) -> Self {
        Self {
            preferences,
            tray: None,
            tray_input_seen: None,
            tray_state_shown: None,
            policy: NotificationPolicy::default(),
            notified: None,
            notifier: None,
            hotkey: None,
            starts: StartsWithDesktop::default(),
            has_terminal: None,
        }
    }
}

/// The files and pictures that the window shows besides the accounts.
#[derive(Default)]
pub(super) struct Library {
    pub(super) pictures: AccountPictures,
    pub(super) presets: AppPresets,
    pub(super) requests: RequestsOnDisk,
}
