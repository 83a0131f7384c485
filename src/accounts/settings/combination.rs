//! Key combinations for the global hotkey, such as `Ctrl+Alt+N`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A key with its modifiers. Displays in the form that is parsed: `Ctrl+Alt+N`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Combination {
    /// The modifiers.
    pub held: Held,
    pub key: HotkeyKey,
}

/// Modifier keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
    /// The key with the logo: Super, Windows or Cmd.
    pub logo: bool,
}

/// A key that can be combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HotkeyKey {
    /// A letter, `A` to `Z`, or a digit.
    Letter(char),
    /// The space bar.
    Space,
    /// A function key, 1 to 12.
    Function(u8),
}

/// The reason why a combination cannot be a global hotkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrongKeys {
    #[error("there is no such key")]
    Unknown,
    /// Without Ctrl, Alt or the logo key, typing would open the launcher.
    #[error("hold Ctrl, Alt or Super as well")]
    NothingHeld,
}

impl Combination {
    /// A combination that does not interfere with typing.
    pub fn new(held: Held, key: HotkeyKey) -> Result<Self, WrongKeys> {
        let is_function = matches!(key, HotkeyKey::Function(_));
        if held.ctrl || held.alt || held.logo || is_function {
            Ok(Self { held, key })
        } else {
            Err(WrongKeys::NothingHeld)
        }
    }
}

impl HotkeyKey {
    /// The key with this name, in any case.
    pub fn of_name(name: &str) -> Option<Self> {
        let upper = name.to_ascii_uppercase();
        let mut chars = upper.chars();
        match (chars.next(), chars.as_str()) {
            (Some(letter), "") => letter.is_ascii_alphanumeric().then_some(Self::Letter(letter)),
            (Some('F'), number) => number.parse().ok().filter(|n| (1..=12).contains(n)).map(Self::Function),
            _ if upper == "SPACE" => Some(Self::Space),
            _ => None,
        }
    }

    /// The keysym of X11, which portals use as well: that of the lower-case letter.
    pub fn keysym(self) -> u32 {
        match self {
            Self::Letter(letter) => u32::from(letter.to_ascii_lowercase()),
            Self::Space => 0x20,
            Self::Function(number) => 0xffbd + u32::from(number),
        }
    }
}

impl fmt::Display for HotkeyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Letter(letter) => write!(f, "{letter}"),
            Self::Space => f.write_str("Space"),
            Self::Function(number) => write!(f, "F{number}"),
        }
    }
}

impl fmt::Display for Combination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Held { ctrl, alt, shift, logo } = self.held;
        for (is_held, name) in [(logo, "Super"), (ctrl, "Ctrl"), (alt, "Alt"), (shift, "Shift")] {
            if is_held {
                write!(f, "{name}+")?;
            }
        }
        self.key.fmt(f)
    }
}

impl From<Combination> for String {
    fn from(keys: Combination) -> Self {
        keys.to_string()
    }
}

impl TryFrom<String> for Combination {
    type Error = WrongKeys;

    fn try_from(text: String) -> Result<Self, WrongKeys> {
        text.parse()
    }
}

impl FromStr for Combination {
    type Err = WrongKeys;

    fn from_str(text: &str) -> Result<Self, WrongKeys> {
        let mut held = Held::default();
        let (before, key) = text.rsplit_once('+').unwrap_or(("", text));
        for name in before.split('+').filter(|name| !name.is_empty()) {
            let flag = match name.trim().to_ascii_lowercase().as_str() {
                "ctrl" | "control" => &mut held.ctrl,
                "alt" => &mut held.alt,
                "shift" => &mut held.shift,
                "super" | "logo" | "win" | "cmd" | "meta" => &mut held.logo,
                _ => return Err(WrongKeys::Unknown),
            };
            *flag = true;
        }
        Self::new(held, HotkeyKey::of_name(key.trim()).ok_or(WrongKeys::Unknown)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations_round_trip() {
        for (text, plain) in [
            ("Ctrl+Alt+N", "Ctrl+Alt+N"),
            ("ctrl + alt + n", "Ctrl+Alt+N"),
            ("Shift+Super+SPACE", "Super+Shift+Space"),
            ("f9", "F9"),
            ("Control+F12", "Ctrl+F12"),
            ("alt+7", "Alt+7"),
        ] {
            let combination: Combination = text.parse().expect(text);
            assert_eq!(combination.to_string(), plain);
            assert_eq!(plain.parse(), Ok(combination));
        }
    }

    #[test]
    fn typing_keys_and_unknown_keys_are_refused() {
        for (text, why) in [
            ("N", WrongKeys::NothingHeld),
            ("Shift+N", WrongKeys::NothingHeld),
            ("Space", WrongKeys::NothingHeld),
            ("Ctrl+F13", WrongKeys::Unknown),
            ("Ctrl+", WrongKeys::Unknown),
            ("", WrongKeys::Unknown),
            ("Hyper+N", WrongKeys::Unknown),
            ("Ctrl+ä", WrongKeys::Unknown),
            ("Ctrl+NN", WrongKeys::Unknown),
        ] {
            assert_eq!(text.parse::<Combination>(), Err(why), "{text}");
        }
    }

    #[test]
    fn keysyms_are_those_of_x11() {
        let keysym = |name| HotkeyKey::of_name(name).expect(name).keysym();
        assert_eq!([keysym("n"), keysym("7"), keysym("space")], [0x6e, 0x37, 0x20]);
        assert_eq!([keysym("F1"), keysym("F12")], [0xffbe, 0xffc9]);
    }
}
