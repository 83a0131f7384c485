//! The actions of the program that concern no particular device. Menus, keys, the help sheet and the command
//! palette all use this list.

use egui::{InputState, Key, KeyboardShortcut, Modifiers, gui_zoom};

use super::intent::Page;
use super::theme::icons;
use super::view::ViewContext;

/// An action that concerns no particular device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Opens the command palette.
    Palette,
    /// Opens the help sheet.
    Help,
    /// Undoes the newest change.
    Undo,
    /// Repeats the change that was undone last.
    Redo,
    /// Shows the previous page.
    Back,
    /// Shows all devices.
    Overview,
    /// Shows the log of changes.
    Activity,
    /// Searches the log of changes.
    Search,
    /// Shows the energy page.
    Energy,
    /// Shows the weekly schedules.
    Schedule,
    /// Shows the rules.
    Rules,
    /// Shows the presets.
    Presets,
    /// Shows the API console.
    Console,
    /// Shows the panel of the simulated home.
    Simulator,
    /// Shows the whole JSON document of the home.
    Explorer,
    /// Shows the settings.
    Settings,
    /// Shows the next home, if there are several.
    NextHome,
    /// Makes texts and controls larger.
    LargerText,
    /// Makes texts and controls smaller.
    SmallerText,
    /// Gives texts and controls their usual size.
    UsualText,
    /// Connects to the service again.
    Reconnect,
    /// Closes the window, with the same effect on the program as the close button of its frame.
    CloseWindow,
    /// Ends the program.
    Quit,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

impl Action {
    /// All actions, in the order of the help sheet.
    pub const ALL: [Self; 23] = [
        Self::Palette,
        Self::Help,
        Self::Undo,
        Self::Redo,
        Self::Back,
        Self::Overview,
        Self::Activity,
        Self::Search,
        Self::Energy,
        Self::Schedule,
        Self::Rules,
        Self::Presets,
        Self::Console,
        Self::Simulator,
        Self::Explorer,
        Self::Settings,
        Self::NextHome,
        Self::LargerText,
        Self::SmallerText,
        Self::UsualText,
        Self::Reconnect,
        Self::CloseWindow,
        Self::Quit,
    ];

    /// The id of the message that names the action.
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
            Self::Energy => "action-energy",
            Self::Schedule => "action-schedule",
            Self::Rules => "action-rules",
            Self::Presets => "action-presets",
            Self::Console => "action-console",
            Self::Simulator => "action-simulator",
            Self::Explorer => "action-explorer",
            Self::Settings => "action-settings",
            Self::NextHome => "action-next-home",
            Self::LargerText => "action-larger-text",
            Self::SmallerText => "action-smaller-text",
            Self::UsualText => "action-usual-text",
            Self::Reconnect => "action-reconnect",
            Self::CloseWindow => "action-close-window",
            Self::Quit => "action-quit",
        }
    }

    /// The icon beside the name of the action.
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
            Self::Energy => icons::ENERGY,
            Self::Schedule => icons::CALENDAR,
            Self::Rules => icons::RULE,
            Self::Presets => icons::PRESET,
            Self::Console => icons::CODE,
            Self::Simulator => icons::SIMULATOR,
            Self::Explorer => icons::TREE,
            Self::LargerText => icons::PLUS,
            Self::SmallerText => icons::MINUS,
            Self::UsualText => icons::CHECK,
            Self::Settings => icons::SETTINGS,
            Self::CloseWindow => icons::CLOSE,
            Self::Quit => icons::POWER,
        }
    }

    /// The key of the action.
    pub fn shortcut(self) -> KeyboardShortcut {
        let (modifiers, key) = match self {
            Self::Palette => (CTRL, Key::K),
            Self::Help => (Modifiers::NONE, Key::F1),
            Self::Undo => (CTRL, Key::Z),
            Self::Redo => (CTRL_SHIFT, Key::Z),
            Self::Back => (Modifiers::ALT, Key::ArrowLeft),
            Self::Overview => (CTRL, Key::Num1),
            Self::Activity => (CTRL, Key::Num2),
            Self::Energy => (CTRL, Key::Num3),
            Self::Schedule => (CTRL, Key::Num7),
            Self::Rules => (CTRL, Key::Num8),
            Self::Presets => (CTRL, Key::Num4),
            Self::Console => (CTRL, Key::Num5),
            Self::Simulator => (CTRL, Key::Num6),
            Self::Explorer => (CTRL, Key::E),
            Self::Settings => (CTRL, Key::Comma),
            Self::Search => (CTRL, Key::F),
            Self::NextHome => (CTRL, Key::H),
            Self::LargerText => (CTRL, Key::Plus),
            Self::SmallerText => (CTRL, Key::Minus),
            Self::UsualText => (CTRL, Key::Num0),
            Self::Reconnect => (Modifiers::NONE, Key::F5),
            Self::CloseWindow => (CTRL, Key::W),
            Self::Quit => (CTRL, Key::Q),
        };
        KeyboardShortcut::new(modifiers, key)
    }

    /// The page that the action shows, if it shows one.
    pub fn page(self) -> Option<Page> {
        match self {
            Self::Overview => Some(Page::Overview),
            Self::Activity | Self::Search => Some(Page::Activity),
            Self::Energy => Some(Page::Energy),
            Self::Schedule => Some(Page::Schedule),
            Self::Rules => Some(Page::Rules),
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
            | Self::LargerText
            | Self::SmallerText
            | Self::UsualText
            | Self::Reconnect
            | Self::CloseWindow
            | Self::Quit => None,
        }
    }

    /// True unless the action is for developers and their pages are not shown, or concerns what this home does not have.
    pub(super) fn is_offered(self, view: &ViewContext<'_>) -> bool {
        match self {
            Self::Console | Self::Explorer => view.is_developer,
            Self::Simulator => view.is_developer && view.snapshot.is_simulated(),
            Self::NextHome => view.snapshot.shown.structures.len() > 1,
            Self::Palette
            | Self::Help
            | Self::Undo
            | Self::Redo
            | Self::Back
            | Self::Overview
            | Self::Activity
            | Self::Search
            | Self::Energy
            | Self::Schedule
            | Self::Rules
            | Self::Presets
            | Self::Settings
            | Self::LargerText
            | Self::SmallerText
            | Self::UsualText
            | Self::Reconnect
            | Self::CloseWindow
            | Self::Quit => true,
        }
    }

    /// True if a text field uses the key of the action itself.
    fn belongs_to_texts(self) -> bool {
        match self {
            Self::Undo | Self::Redo | Self::Back => true,
            Self::Palette
            | Self::Help
            | Self::Overview
            | Self::Activity
            | Self::Search
            | Self::Energy
            | Self::Schedule
            | Self::Rules
            | Self::Presets
            | Self::Console
            | Self::Simulator
            | Self::Explorer
            | Self::Settings
            | Self::NextHome
            | Self::LargerText
            | Self::SmallerText
            | Self::UsualText
            | Self::Reconnect
            | Self::CloseWindow
            | Self::Quit => false,
        }
    }

    /// Consumes the pressed keys of actions from the input, the longer shortcuts first. While the user types,
    /// keys that a text field uses itself are left alone.
    pub(super) fn pressed(input: &mut InputState, is_typing: bool) -> Vec<Self> {
        let mut all = Self::ALL;
        all.sort_by_key(|action| !action.shortcut().modifiers.shift);
        let open = all.into_iter().filter(|action| !(is_typing && action.belongs_to_texts()));
        open.filter(|action| {
            // On many keyboards the plus sign needs Shift, so the key alone counts too, as in browsers.
            let second = (*action == Self::LargerText).then_some(gui_zoom::kb_shortcuts::ZOOM_IN_SECONDARY);
            let keys = [Some(action.shortcut()), second];
            keys.into_iter().flatten().any(|keys| input.consume_shortcut(&keys))
        })
        .collect()
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
