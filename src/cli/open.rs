//! `setpoint open [LINK]`: the command that the desktop runs for a link, and for the program's icon.

use clap::{Args, ValueHint};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[arg(help = "Such as \"setpoint://thermostat/hallway?target=21\"", value_hint = ValueHint::Url)]
    link: Option<String>,
}

impl Arguments {
    /// The link. A menu may pass an empty argument instead of none.
    pub(super) fn link(&self) -> Option<&str> {
        self.link.as_deref().filter(|link| !link.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::super::{Arguments, Command, definition};

    #[test]
    fn a_menu_opens_without_a_link_and_with_one() {
        for (given, link) in [
            (["setpoint", "open"].as_slice(), None),
            (&["setpoint", "open", ""], None),
            (&["setpoint", "open", "setpoint://home/maple"], Some("setpoint://home/maple")),
        ] {
            let arguments = Arguments::try_parse_from(given).expect("understood");
            let Some(Command::Open(open)) = arguments.command else { panic!("another command") };
            assert_eq!(open.link(), link, "{given:?}");
        }
    }

    #[test]
    fn the_definition_is_sound() {
        definition().debug_assert();
    }
}
