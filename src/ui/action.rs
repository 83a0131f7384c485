//! What a person can ask the program to do: the one list that menus, keys, the help sheet and the
//! command palette come from.

use egui::{InputState, Key, KeyboardShortcut, Modifiers};

use super::intent::Page;
use super::theme::icons;

/// Something to do that is about no device in particular.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Opens the command palette.
    Palette,
    /// Opens the help sheet.
    Help,
    /// Takes back the newest change.
    Undo,
    /// Makes again what was taken back.
    Redo,
    /// Shows the page before.
    Back,
    /// Shows all devices.
    Overview,
    /// Shows what was changed.
    Activity,
    /// Looks for something in what was changed.
    Search,
    /// Shows the presets.
    Presets,
    /// Shows the requests to the API.
    Console,
    /// Shows the panel of the simulated home.
    Simulator,
    /// Shows the whole document of the home.
    Explorer,
    /// Shows the settings.
    Settings,
    /// Shows the next home of several.
    NextHome,
    /// Connects to the service again.
    Reconnect,
    /// Closes the window; what becomes of the program is as when its frame is used.
    CloseWindow,
    /// Ends the program.
    Quit,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

impl Action {
    /// All of them, in the order of the help sheet.
    pub const ALL: [Self; 17] = [
        Self::Palette,
        Self::Help,
        Self::Undo,
        Self::Redo,
        Self::Back,
        Self::Overview,
        Self::Activity,
        Self::Search,
        Self::Presets,
        Self::Console,
        Self::Simulator,
        Self::Explorer,
        Self::Settings,
        Self::NextHome,
        Self::Reconnect,
        Self::CloseWindow,
        Self::Quit,
    ];

    /// The message that names it.
    pub fn text(self) -> &'static str {
        match self {
            Self::Palette => "action-palette",
            Self::Help => "action-help",
            Self::Undo => "action-undo",
            Self::Redo => "action-redo",
            Self::Back => "action-back",
            Self::Overview => "action-overview",
            Self::Activity => "action-activity",
            Self::Search => "action-search",
            Self::Presets => "action-presets",
            Self::Console => "action-console",
            Self::Simulator => "action-simulator",
            Self::Explorer => "action-explorer",
            Self::Settings => "action-settings",
            Self::NextHome => "action-next-home",
            Self::Reconnect => "action-reconnect",
            Self::CloseWindow => "action-close-window",
            Self::Quit => "action-quit",
        }
    }

    /// The icon beside its name.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Palette => icons::FORWARD,
            Self::Help => icons::HELP,
            Self::Undo => icons::UNDO,
            Self::Redo | Self::Reconnect => icons::REFRESH,
            Self::Back => icons::BACK,
            Self::Overview | Self::NextHome => icons::HOME,
            Self::Activity => icons::ACTIVITY,
            Self::Search => icons::SEARCH,
            Self::Presets => icons::PRESET,
            Self::Console => icons::CODE,
            Self::Simulator => icons::SIMULATOR,
            Self::Explorer => icons::TREE,
            Self::Settings => icons::SETTINGS,
            Self::CloseWindow | Self::Quit => icons::CLOSE,
        }
    }

    /// The key that asks for it.
    pub fn shortcut(self) -> KeyboardShortcut {
        let (modifiers, key) = match self {
            Self::Palette => (CTRL, Key::K),
            Self::Help => (Modifiers::NONE, Key::F1),
            Self::Undo => (CTRL, Key::Z),
            Self::Redo => (CTRL_SHIFT, Key::Z),
            Self::Back => (Modifiers::ALT, Key::ArrowLeft),
            Self::Overview => (CTRL, Key::Num1),
            Self::Activity => (CTRL, Key::Num2),
            Self::Presets => (CTRL, Key::Num3),
            Self::Simulator => (CTRL, Key::Num4),
            Self::Console => (CTRL, Key::Num5),
            Self::Explorer => (CTRL, Key::E),
            Self::Settings => (CTRL, Key::Comma),
            Self::Search => (CTRL, Key::F),
            Self::NextHome => (CTRL, Key::H),
            Self::Reconnect => (Modifiers::NONE, Key::F5),
            Self::CloseWindow => (CTRL, Key::W),
            Self::Quit => (CTRL, Key::Q),
        };
        KeyboardShortcut::new(modifiers, key)
    }

    /// The page that it shows, for those that show one.
    pub fn page(self) -> Option<Page> {
        match self {
            Self::Overview => Some(Page::Overview),
            Self::Activity | Self::Search => Some(Page::Activity),
            Self::Presets => Some(Page::Presets),
            Self::Console => Some(Page::Console),
            Self::Simulator => Some(Page::Simulator),
            Self::Explorer => Some(Page::Explorer),
            Self::Settings => Some(Page::Settings),
            Self::Palette
            | Self::Help
            | Self::Undo
            | Self::Redo
            | Self::Back
            | Self::NextHome
            | Self::Reconnect
            | Self::CloseWindow
            | Self::Quit => None,
        }
    }

    /// Whether a text field has a meaning of its own for the key.
    fn belongs_to_texts(self) -> bool {
        match self {
            Self::Undo | Self::Redo | Self::Back => true,
            Self::Palette
            | Self::Help
            | Self::Overview
            | Self::Activity
            | Self::Search
            | Self::Presets
            | Self::Console
            | Self::Simulator
            | Self::Explorer
            | Self::Settings
            | Self::NextHome
            | Self::Reconnect
            | Self::CloseWindow
            | Self::Quit => false,
        }
    }

    /// Takes the keys that were pressed out of the input; longer shortcuts first.
    pub(super) fn pressed(input: &mut InputState, is_typing: bool) -> Vec<Self> {
        let mut all = Self::ALL;
        all.sort_by_key(|action| !action.shortcut().modifiers.shift);
        let open = all.into_iter().filter(|action| !(is_typing && action.belongs_to_texts()));
        open.filter(|action| input.consume_shortcut(&action.shortcut())).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_actions_share_a_key() {
        let keys: BTreeSet<String> = Action::ALL
            .into_iter()
            .map(|action| {
                let KeyboardShortcut { modifiers, logical_key } = action.shortcut();
                format!("{modifiers:?} {logical_key:?}")
            })
            .collect();
        assert_eq!(keys.len(), Action::ALL.len());
    }

    #[test]
    fn every_action_is_in_the_list_once() {
        let all: BTreeSet<Action> = Action::ALL.into_iter().collect();
        assert_eq!(all.len(), Action::ALL.len());
    }
}
