//! Checks of an intent before it runs: the cameras that it switches on, and whether it changes what the window
//! shows.

use std::collections::BTreeSet;

use super::action::Action;
use super::console::ConsoleIntent;
use super::intent::{AppIntent, Intent, PresetIntent, UiIntent};
use crate::accounts::AccountsView;
use crate::engine::Request;
use crate::home::{DeviceId, Write};
use crate::requests::writes_of;

/// A request that switches cameras on and waits for consent.
#[derive(Debug, Clone, PartialEq)]
pub struct Consent {
    /// The cameras that would be switched on.
    pub cameras: Vec<DeviceId>,
    /// The intent to run after consent.
    pub then: AppIntent,
}

/// True if an intent changes what the window shows.
pub(super) fn shows_something(intent: &Intent) -> bool {
    let is_command = |action: &Action| {
        matches!(action, Action::Undo | Action::Redo | Action::Reconnect | Action::CloseWindow | Action::Quit)
    };
    match intent {
        Intent::Ui(UiIntent::Action(action)) => !is_command(action),
        Intent::Ui(
            UiIntent::Go(_)
            | UiIntent::ShowSettings(_)
            | UiIntent::Back
            | UiIntent::ShowHome(_)
            | UiIntent::EditText(_)
            | UiIntent::Enlarge { .. }
            | UiIntent::Type(_)
            | UiIntent::AsCode(_),
        ) => true,
        Intent::App(_) => false,
    }
}

/// Returns an intent without its writes to these cameras; `None` if no write remains.
pub(super) fn without(intent: AppIntent, cameras: &[DeviceId]) -> Option<AppIntent> {
    let keep = |writes: Vec<Write>| -> Option<Vec<Write>> {
        let is_about = |write: &Write| matches!(write, Write::Streaming(camera, _) if cameras.contains(camera));
        let kept: Vec<Write> = writes.into_iter().filter(|write| !is_about(write)).collect();
        (!kept.is_empty()).then_some(kept)
    };
    if let AppIntent::Presets(PresetIntent::Apply { name, writes }) = intent {
        return keep(writes).map(|writes| AppIntent::Presets(PresetIntent::Apply { name, writes }));
    }
    if let AppIntent::Engine(Request::Apply { name, writes, origin }) = intent {
        return keep(writes).map(|writes| AppIntent::Engine(Request::Apply { name, writes, origin }));
    }
    // A partial undo would leave the batch in a mixed state, so the whole undo is dropped.
    None
}

/// The cameras that an intent would switch on.
pub(crate) fn switched_on(intent: &AppIntent, snapshot: &AccountsView) -> Vec<DeviceId> {
    let home = &snapshot.shown;
    let writes: Vec<Write> = if let AppIntent::Engine(request) = intent {
        request.writes().into_iter().cloned().collect()
    } else if let AppIntent::Reverse(reversal) = intent {
        snapshot.writes_of_reversal(reversal)
    } else if let AppIntent::Presets(PresetIntent::Apply { writes, .. }) = intent {
        writes.clone()
    } else if let AppIntent::Console(ConsoleIntent::Send { draft, .. }) = intent {
        // A raw request switches a camera on as well, so it needs the same check.
        writes_of(draft, home)
    } else {
        Vec::new()
    };
    let is_off = |camera: &DeviceId| home.cameras.get(camera).is_none_or(|camera| camera.is_streaming != Some(true));
    let on = writes.iter().filter_map(Write::switched_on_camera).filter(|camera| is_off(camera)).cloned();
    on.collect::<BTreeSet<DeviceId>>().into_iter().collect()
}
