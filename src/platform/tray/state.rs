//! The contents of the tray: icon, tooltip and menu.

/// The state that the icon shows, each with a shape of its own that needs no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrayIcon {
    /// A Protect reports smoke or carbon monoxide.
    Alarm,
    /// The account has to be signed in.
    SignIn,
    /// The service is unreachable, or was not reached yet.
    Offline,
    /// A thermostat heats.
    Heating,
    /// A thermostat cools.
    Cooling,
    /// All pinned thermostats are in Eco.
    Eco,
    /// Nothing runs.
    Idle,
}

impl TrayIcon {
    /// All states.
    pub const ALL: [Self; 7] =
        [Self::Alarm, Self::SignIn, Self::Offline, Self::Heating, Self::Cooling, Self::Eco, Self::Idle];
}

/// Everything that the tray shows.
#[derive(Debug, Clone, PartialEq)]
pub struct TrayState<E> {
    pub icon: TrayIcon,
    /// The state in words, and the name of the home.
    pub title: String,
    /// A line for each pinned thermostat, or the reason why there is none.
    pub lines: Vec<String>,
    pub menu: Vec<MenuEntry<E>>,
    /// The events for a turn of the wheel over the icon, if the settings allow it.
    pub steps: Option<Steps<E>>,
}

/// A step of the first pinned setpoint in either direction; `None` if the rules refuse it.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps<E> {
    /// Warmer.
    pub up: Option<E>,
    /// Cooler.
    pub down: Option<E>,
}

/// One entry of the menu. An entry without an event is disabled; its label contains the reason.
#[derive(Debug, Clone, PartialEq)]
pub enum MenuEntry<E> {
    /// An action.
    Item {
        label: String,
        /// The event of a click.
        event: Option<E>,
    },
    /// A switch.
    Check {
        label: String,
        is_on: bool,
        /// The event of a click.
        event: Option<E>,
    },
    /// One of several options.
    Choice {
        /// The chosen option; `None` if it is none of these.
        chosen: Option<usize>,
        /// The labels and events.
        options: Vec<(String, Option<E>)>,
    },
    /// A submenu.
    Sub { label: String, entries: Vec<Self> },
    /// A separator.
    Line,
}
