//! Checks of an intent before it runs: the cameras that it switches on, and whether it changes what the window
//! shows.

use std::collections::BTreeSet;

use super::action::Action;
use super::console::ConsoleIntent;
use super::intent::{Intent, PresetIntent};
use crate::console::writes_of;
use crate::engine::{Request, Snapshot};
use crate::home::{DeviceId, Write};

/// True if an intent changes what the window shows.
pub(super) fn shows_something(intent: &Intent) -> bool {
    match intent {
        Intent::Go(_) | Intent::Back | Intent::ShowHome(_) | Intent::AsCode(_) => true,
        Intent::Action(action) => match action {
            Action::Undo | Action::Redo | Action::Reconnect | Action::CloseWindow | Action::Quit => false,
            Action::Palette
            | Action::Help
            | Action::Back
            | Action::Overview
            | Action::Activity
            | Action::Search
            | Action::Presets
            | Action::Console
            | Action::Simulator
            | Action::Explorer
            | Action::Settings
            | Action::NextHome => true,
        },
        Intent::Engine(_)
        | Intent::DismissNotice(_)
        | Intent::LoadPicture(_)
        | Intent::Prefer(_)
        | Intent::StartWithDesktop(_)
        | Intent::Presets(_)
        | Intent::Console(_)
        | Intent::Simulate(_)
        | Intent::SignIn
        | Intent::SignInByBrowser
        | Intent::CheckGoogle { .. }
        | Intent::Unseal
        | Intent::Account(..)
        | Intent::OpenSimulated
        | Intent::OpenAccounts
        | Intent::Reopen
        | Intent::Closing(_)
        | Intent::InTerminal(_)
        | Intent::Pin(..)
        | Intent::CloseWindow
        | Intent::Quit => false,
    }
}

/// Returns an intent without its writes to these cameras; `None` if no write remains.
pub(super) fn without(intent: Intent, cameras: &[DeviceId]) -> Option<Intent> {
    let keep = |writes: Vec<Write>| -> Option<Vec<Write>> {
        let is_about = |write: &Write| matches!(write, Write::Streaming(camera, _) if cameras.contains(camera));
        let kept: Vec<Write> = writes.into_iter().filter(|write| !is_about(write)).collect();
        (!kept.is_empty()).then_some(kept)
    };
    if let Intent::Presets(PresetIntent::Apply { name, writes }) = intent {
        return keep(writes).map(|writes| Intent::Presets(PresetIntent::Apply { name, writes }));
    }
    if let Intent::Engine(Request::Apply { name, writes, origin }) = intent {
        return keep(writes).map(|writes| Intent::Engine(Request::Apply { name, writes, origin }));
    }
    // A partial undo would leave the batch in a mixed state, so the whole undo is dropped.
    None
}

/// The cameras that an intent would switch on.
pub(super) fn switched_on(intent: &Intent, snapshot: &Snapshot) -> Vec<DeviceId> {
    let of_record = |id: u64| {
        snapshot.journal.iter().filter(move |record| record.id == id).filter_map(|record| record.undo.as_ref())
    };
    // A raw request switches a camera on as well, so it needs the same check.
    let typed = if let Intent::Console(ConsoleIntent::Send { draft, .. }) = intent {
        writes_of(draft, &snapshot.shown)
    } else {
        Vec::new()
    };
    let writes: Vec<&Write> = match intent {
        Intent::Console(_) => typed.iter().collect(),
        Intent::Engine(Request::Set { write, .. }) => vec![write],
        Intent::Engine(Request::Apply { writes, .. }) | Intent::Presets(PresetIntent::Apply { writes, .. }) => {
            writes.iter().collect()
        }
        Intent::Engine(Request::Undo(id)) => of_record(*id).collect(),
        Intent::Engine(Request::UndoBatch(id)) => snapshot
            .journal
            .iter()
            .filter(|record| record.batch.as_ref().is_some_and(|batch| batch.id == *id))
            .filter_map(|record| record.undo.as_ref())
            .collect(),
        Intent::Engine(
            Request::SendNow(_)
            | Request::Discard(_)
            | Request::Retry(_)
            | Request::KeepMine(_)
            | Request::TakeTheirs(_)
            | Request::Withdraw(_)
            | Request::DismissNotice(_)
            | Request::Hurry,
        )
        | Intent::Presets(
            PresetIntent::Save { .. } | PresetIntent::Remove(_) | PresetIntent::PutBack | PresetIntent::Move { .. },
        )
        | Intent::Action(_)
        | Intent::Go(_)
        | Intent::Back
        | Intent::ShowHome(_)
        | Intent::DismissNotice(_)
        | Intent::LoadPicture(_)
        | Intent::Prefer(_)
        | Intent::StartWithDesktop(_)
        | Intent::Simulate(_)
        | Intent::SignIn
        | Intent::SignInByBrowser
        | Intent::CheckGoogle { .. }
        | Intent::Unseal
        | Intent::Account(..)
        | Intent::OpenSimulated
        | Intent::OpenAccounts
        | Intent::Reopen
        | Intent::Closing(_)
        | Intent::AsCode(_)
        | Intent::InTerminal(_)
        | Intent::Pin(..)
        | Intent::CloseWindow
        | Intent::Quit => Vec::new(),
    };
    let dark =
        |camera: &DeviceId| snapshot.shown.cameras.get(camera).is_none_or(|camera| camera.is_streaming != Some(true));
    let on = writes.into_iter().filter_map(|write| match write {
        Write::Streaming(camera, true) if dark(camera) => Some(camera.clone()),
        Write::Streaming(..)
        | Write::Away(..)
        | Write::StructureName(..)
        | Write::Eta(..)
        | Write::Scale(..)
        | Write::Target(..)
        | Write::Range { .. }
        | Write::Mode(..)
        | Write::FanTimer(..)
        | Write::FanDuration(..)
        | Write::Label(..) => None,
    });
    on.collect::<BTreeSet<DeviceId>>().into_iter().collect()
}
