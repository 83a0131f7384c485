//! The icon, the tooltip and the menu of the tray, as a function of the accounts.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::event::AppEvent;
use super::tray_menu as menu;
use crate::accounts::AccountsView;
use crate::automation::driver::AutomationView;
use crate::engine::{Connection, Debounce, Origin, Request};
use crate::home::{
    AlarmState, DeviceId, DeviceTree, Field, HvacMode, HvacState, Node, Temperature, Thermostat, Write, first_by_name,
};
use crate::i18n::Localizer;
use crate::platform::tray::{Steps, TrayIcon, TrayState};
use crate::presets::Presets;

/// The maximum number of thermostats in the menu; the window has them all.
const MOST_PINNED: usize = 6;

/// The input of the state.
#[derive(Clone, Copy)]
pub(super) struct TrayInput<'a> {
    /// The present snapshot.
    pub(super) snapshot: &'a AccountsView,
    /// Holds and schedules.
    pub(super) automation: &'a AutomationView,
    pub(super) presets: &'a Presets,
    /// The pinned thermostats, in order; if empty, the first ones by name.
    pub(super) pinned: &'a [DeviceId],
    /// True if the wheel over the icon moves the first pinned setpoint.
    pub(super) scrolls: bool,
    /// The localizer of the user's language.
    pub i18n: &'a Localizer,
    /// The present time.
    pub(super) now: Timestamp,
    /// The time zone of the user.
    pub(super) zone: &'a TimeZone,
}

/// The state for a snapshot.
pub(super) fn tray_state(of: TrayInput<'_>) -> TrayState<AppEvent> {
    let pinned = of.pinned_thermostats();
    let icon = icon(of.snapshot, &pinned);
    let mut lines: Vec<String> = connection_lines(of);
    lines.extend(pinned.iter().map(|(id, thermostat)| of.line(id, thermostat)));
    let first = pinned.first().filter(|_| of.scrolls);
    let steps = first.map(|(id, _)| Steps { up: of.step(id, 1.0), down: of.step(id, -1.0) });
    let title = format!("{} · {}", of.i18n.accounts(of.snapshot), of.icon_words(icon));
    TrayState { icon, title, lines, menu: menu::menu(of, &pinned), steps }
}

/// The most urgent state.
fn icon(snapshot: &AccountsView, pinned: &[(DeviceId, &Thermostat)]) -> TrayIcon {
    let home = &snapshot.shown;
    if home.protects.values().any(|protect| protect.worst_alarm() != AlarmState::Ok) {
        return TrayIcon::Alarm;
    }
    match snapshot.connection {
        Connection::SignedOut { .. } | Connection::Closed => return TrayIcon::SignIn,
        Connection::Connecting | Connection::Reconnecting { .. } => return TrayIcon::Offline,
        Connection::Live | Connection::Stale { .. } => {}
    }
    let does = |state: &HvacState| pinned.iter().any(|(_, t)| t.is_reachable() && t.hvac_state.as_ref() == Some(state));
    if does(&HvacState::Heating) {
        TrayIcon::Heating
    } else if does(&HvacState::Cooling) {
        TrayIcon::Cooling
    } else if !pinned.is_empty() && pinned.iter().all(|(_, t)| t.hvac_mode == Some(HvacMode::Eco)) {
        TrayIcon::Eco
    } else if !pinned.is_empty() && pinned.iter().all(|(_, t)| !t.is_reachable()) {
        TrayIcon::Offline
    } else {
        TrayIcon::Idle
    }
}

/// The problems of the connections, with the name of the account if there are several.
pub(super) fn connection_lines(of: TrayInput<'_>) -> Vec<String> {
    let lines = of.snapshot.accounts.iter().filter_map(|account| {
        let line = connection_line(of, account.connection())?;
        let name = of.i18n.localize(&account.label.name);
        Some(if of.snapshot.has_several() {
            of.i18n.format("account-line", [("name", name.into()), ("line", line.into())])
        } else {
            line
        })
    });
    lines.collect()
}

fn connection_line(of: TrayInput<'_>, connection: &Connection) -> Option<String> {
    match connection {
        Connection::Connecting => Some(of.text("connecting")),
        Connection::Reconnecting { since, .. } => {
            let time = of.i18n.clock(*since, of.now, of.zone);
            Some(of.i18n.format("offline-since", [("time", time.into())]))
        }
        Connection::SignedOut { .. } => Some(of.text("tray-sign-in")),
        Connection::Closed => Some(of.text("line-closed")),
        Connection::Live | Connection::Stale { .. } => None,
    }
}

impl<'a> TrayInput<'a> {
    pub(super) fn home(&self) -> &'a DeviceTree {
        &self.snapshot.shown
    }

    pub(super) fn text(&self, id: &str) -> String {
        self.i18n.text(id).into_owned()
    }

    /// The pinned thermostats that still exist, else the first ones by name.
    pub(super) fn pinned_thermostats(&self) -> Vec<(DeviceId, &'a Thermostat)> {
        let home = self.home();
        let pinned = self.pinned.iter().filter_map(|id| Some((id.clone(), &**home.thermostats.get(id)?)));
        let pinned: Vec<_> = pinned.take(MOST_PINNED).collect();
        if !pinned.is_empty() {
            return pinned;
        }
        let all = home.thermostats.iter().map(|(id, thermostat)| (id, &**thermostat));
        let first = first_by_name(all, |(_, thermostat)| thermostat.name.as_deref().unwrap_or_default(), MOST_PINNED);
        first.into_iter().map(|(id, thermostat)| (id.clone(), thermostat)).collect()
    }

    pub(super) fn name(&self, thermostat: &Thermostat) -> String {
        thermostat.name.clone().unwrap_or_else(|| self.text("thermostat"))
    }

    fn degrees(&self, thermostat: &Thermostat, temperature: Option<Temperature>) -> String {
        let text = |t: Temperature| self.i18n.degrees(t.setpoint(self.i18n.scale_of(thermostat)));
        temperature.map_or_else(|| "–".to_owned(), text)
    }

    /// `Hallway 20.5° → 21.5°, heating`.
    pub(super) fn line(&self, id: &DeviceId, thermostat: &Thermostat) -> String {
        let node = Node::Thermostat(id.clone());
        let name = self.i18n.disambiguate(self.snapshot, &node, &self.name(thermostat));
        if !thermostat.is_reachable() {
            return format!("{name}, {}", self.text("offline").to_lowercase());
        }
        let room = self.degrees(thermostat, thermostat.ambient_temperature);
        let target = match &thermostat.hvac_mode {
            Some(HvacMode::Heat | HvacMode::Cool) => {
                format!(" → {}", self.degrees(thermostat, thermostat.target_temperature))
            }
            Some(HvacMode::HeatCool) => format!(
                " → {}–{}",
                self.degrees(thermostat, thermostat.target_temperature_low),
                self.degrees(thermostat, thermostat.target_temperature_high)
            ),
            Some(HvacMode::Eco | HvacMode::Off | HvacMode::Other(_)) | None => String::new(),
        };
        let doing = match (&thermostat.hvac_state, &thermostat.hvac_mode) {
            (Some(HvacState::Heating), _) => self.text("doing-heating").to_lowercase(),
            (Some(HvacState::Cooling), _) => self.text("doing-cooling").to_lowercase(),
            (_, Some(HvacMode::Eco)) => self.text("mode-eco"),
            (_, Some(HvacMode::Off)) => self.text("mode-off").to_lowercase(),
            (_, Some(HvacMode::Heat | HvacMode::Cool | HvacMode::HeatCool)) => {
                self.text("doing-holding").to_lowercase()
            }
            (_, Some(HvacMode::Other(_)) | None) => self.text("unknown"),
        };
        let held = self.held(id).map(|end| format!(", {end}")).unwrap_or_default();
        format!("{name} {room}{target}, {doing}{held}")
    }

    /// The end of the hold of a thermostat: `held until 22:00`.
    pub(super) fn held(&self, id: &DeviceId) -> Option<String> {
        let held = self.automation.holds.get(id).filter(|held| held.hold.is_shown_by(self.home()))?;
        let end = match held.ends {
            Some(at) => self.i18n.format("hold-until", [("time", self.i18n.clock(at, self.now, self.zone).into())]),
            None => self.text("hold-until-ended"),
        };
        Some(self.i18n.format("palette-held", [("end", end.into())]))
    }

    /// The write for one step warmer (`1.0`) or cooler (`-1.0`).
    pub(super) fn stepped(&self, id: &DeviceId, direction: f64) -> Option<Write> {
        let thermostat = self.home().thermostats.get(id)?;
        if thermostat.main_field() == Field::Mode {
            return None;
        }
        let scale = self.i18n.scale_of(thermostat);
        thermostat.moved_by(id, direction * scale.step(), scale)
    }

    fn step(&self, id: &DeviceId, direction: f64) -> Option<AppEvent> {
        let write = self.stepped(id, direction)?;
        crate::home::check(self.home(), &write, self.now).ok()?;
        Some(AppEvent::Request(Request::Set { write, debounce: Debounce::Step, origin: Origin::Tray, seen: None }))
    }

    fn icon_words(&self, icon: TrayIcon) -> String {
        self.text(match icon {
            TrayIcon::Alarm => "tray-alarm",
            TrayIcon::SignIn => "tray-sign-in",
            TrayIcon::Offline => "offline",
            TrayIcon::Heating => "doing-heating",
            TrayIcon::Cooling => "doing-cooling",
            TrayIcon::Eco => "mode-eco",
            TrayIcon::Idle => "doing-holding",
        })
    }
}

#[cfg(test)]
#[path = "tray_tests.rs"]
mod tests;
