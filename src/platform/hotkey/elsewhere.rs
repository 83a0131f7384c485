//! Global hotkeys on Windows and macOS, by the `global-hotkey` crate. Like the tray there, they belong to the
//! thread and event loop of the windows.

use std::cell::RefCell;
use std::task::Waker;

use global_hotkey::hotkey::{Code, HotKey, Modifiers};
use global_hotkey::{Error, GlobalHotKeyEvent, GlobalHotKeyManager, HotKeyState};
use tokio::runtime::Handle;

use super::HotkeyStatus;
use crate::accounts::settings::{Combination, HotkeyKey};
use crate::platform::{DesktopEvent, EventSender, ProgramEvent};

/// Holds the requested hotkey. Dropping it releases the key.
pub struct Hotkey {
    /// `None` if the system provides no hotkeys.
    system: Option<GlobalHotKeyManager>,
    held: RefCell<(Option<HotKey>, HotkeyStatus)>,
}

impl Hotkey {
    /// Starts without a hotkey; a press sends an event.
    pub fn start<E: ProgramEvent>(_runtime: &Handle, events: EventSender<E>, _waker: Waker) -> Self {
        GlobalHotKeyEvent::set_event_handler(Some(move |event: GlobalHotKeyEvent| {
            if event.state == HotKeyState::Pressed {
                events.send(DesktopEvent::Launcher);
            }
        }));
        let system = GlobalHotKeyManager::new();
        if let Err(err) = &system {
            tracing::warn!(%err, "the hotkey of the launcher is unavailable");
        }
        Self { system: system.ok(), held: RefCell::default() }
    }

    /// Requests another hotkey, or none.
    pub fn request(&self, keys: Option<Combination>) {
        let mut held = self.held.borrow_mut();
        let wanted = keys.map(hotkey);
        if held.0 == wanted && held.1 != HotkeyStatus::Off {
            return;
        }
        if let (Some(system), Some(old)) = (&self.system, held.0.take())
            && let Err(err) = system.unregister(old)
        {
            tracing::debug!(%err, "the keys were not ours any more");
        }
        *held = match (&self.system, wanted) {
            (_, None) => (None, HotkeyStatus::Off),
            (None, Some(_)) => (None, HotkeyStatus::Unavailable),
            (Some(system), Some(keys)) => match system.register(keys) {
                Ok(()) => (Some(keys), HotkeyStatus::Held { keys: None }),
                Err(Error::AlreadyRegistered(_)) => (None, HotkeyStatus::Denied),
                Err(err) => {
                    tracing::warn!(%err, "the hotkey of the launcher is unavailable");
                    (None, HotkeyStatus::Unavailable)
                }
            },
        };
    }

    /// The present status.
    pub fn status(&self) -> HotkeyStatus {
        self.held.borrow().1.clone()
    }
}

fn hotkey(keys: Combination) -> HotKey {
    let held = keys.held;
    let flags = [
        (held.ctrl, Modifiers::CONTROL),
        (held.alt, Modifiers::ALT),
        (held.shift, Modifiers::SHIFT),
        (held.logo, Modifiers::META),
    ];
    let mods = flags.into_iter().filter(|(is_held, _)| *is_held).fold(Modifiers::empty(), |all, (_, one)| all | one);
    HotKey::new(Some(mods), code(keys.key))
}

/// The name of the key in the crate.
fn code(key: HotkeyKey) -> Code {
    let name = match key {
        HotkeyKey::Letter(letter) if letter.is_ascii_digit() => format!("Digit{letter}"),
        HotkeyKey::Letter(letter) => format!("Key{letter}"),
        HotkeyKey::Space => "Space".to_owned(),
        HotkeyKey::Function(number) => format!("F{number}"),
    };
    name.parse().unwrap_or(Code::Unidentified)
}
