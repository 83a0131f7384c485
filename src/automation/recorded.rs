//! Changes of the history, as the writes that they were.

use crate::command::{Typed, range, temperature};
use crate::history::{Change, ChangeCause, ChangeKind};
use crate::home::{Away, HvacMode, Scale, Setpoint, Write};

/// True for a change by a person, or by something else than this program's schedules, holds and rules.
pub(super) fn is_by_hand(cause: ChangeCause) -> bool {
    match cause {
        ChangeCause::Window | ChangeCause::Tray | ChangeCause::Cli | ChangeCause::Bridge | ChangeCause::Elsewhere => {
            true
        }
        ChangeCause::Rule | ChangeCause::Schedule | ChangeCause::Hold | ChangeCause::Presence => false,
    }
}

/// The write of a recorded change of climate or presence; `None` for others, and for a text that is none.
pub(super) fn write_of(change: &Change) -> Option<Write> {
    let text = change.after.as_deref()?;
    let node = change.node.as_str();
    match change.kind {
        ChangeKind::Range => {
            // The log writes `18.0°–24.0 °C`, with the unit once.
            let (low, high) = range(&text.replace("°–", "–"), Scale::Celsius)?;
            let low = Setpoint { scale: high.scale, ..low };
            Some(Write::Range { thermostat: node.into(), low: Some(low), high: Some(high) })
        }
        ChangeKind::Target => {
            let Some(Typed::Absolute(setpoint)) = temperature(text, Scale::Celsius) else { return None };
            Some(Write::Target(node.into(), setpoint))
        }
        ChangeKind::Mode => {
            let mode = HvacMode::KNOWN.iter().find(|mode| mode.title() == text)?;
            Some(Write::Mode(node.into(), mode.clone()))
        }
        ChangeKind::Presence => {
            let away = Away::KNOWN.iter().find(|away| away.as_str() == text)?;
            Some(Write::Away(node.into(), away.clone()))
        }
        ChangeKind::Fan
        | ChangeKind::Arrival
        | ChangeKind::Setting
        | ChangeKind::Heating
        | ChangeKind::Cooling
        | ChangeKind::Offline
        | ChangeKind::Smoke
        | ChangeKind::CarbonMonoxide
        | ChangeKind::Person
        | ChangeKind::Motion
        | ChangeKind::Sound
        | ChangeKind::Activity => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_log_writes_is_read_back() {
        let writes = [
            (ChangeKind::Target, Write::Target("t1".into(), Setpoint::celsius(20.5))),
            (ChangeKind::Target, Write::Target("t1".into(), Setpoint::fahrenheit(68.0))),
            (
                ChangeKind::Range,
                Write::Range {
                    thermostat: "t1".into(),
                    low: Some(Setpoint::celsius(18.0)),
                    high: Some(Setpoint::celsius(24.0)),
                },
            ),
            (ChangeKind::Mode, Write::Mode("t1".into(), HvacMode::HeatCool)),
            (ChangeKind::Presence, Write::Away("t1".into(), Away::AutoAway)),
        ];
        for (kind, write) in writes {
            let at = jiff::Timestamp::UNIX_EPOCH;
            let told = Change { after: Some(write.value_text()), ..Change::span("t1", "Hallway", kind, at, None) };
            assert_eq!(write_of(&told), Some(write));
        }
    }
}
