//! Triggers, conditions and actions in the words of the user's language.

use jiff::SignedDuration;
use jiff::civil::Time;

use super::render::span_text;
use super::{Action, Beyond, Condition, Danger, RuleTrigger, Seen, SunEvent, THE_DEVICE, THE_REASON, Weekdays, Which};
use crate::automation::schedule::DeviceRef;
use crate::home::{Away, Setpoint};
use crate::i18n::{Argument, Message, ToMessage, message};

/// A trigger in words, with the thing that gave the reason in the place of *any*.
pub fn reason_message(trigger: &RuleTrigger, subject: &str) -> Message {
    let mut trigger = trigger.clone();
    if let RuleTrigger::Room { of, .. }
    | RuleTrigger::Humidity { of, .. }
    | RuleTrigger::Camera { of, .. }
    | RuleTrigger::Alarm { of, .. }
    | RuleTrigger::Offline { of, .. }
    | RuleTrigger::NoEffect { of, .. }
    | RuleTrigger::WindowOpen { of, .. } = &mut trigger
        && !subject.is_empty()
    {
        *of = Which::One(DeviceRef { name: subject.to_owned(), id: None });
    }
    if let RuleTrigger::SignedOut { account } = &mut trigger {
        *account = Some(subject.to_owned()).filter(|name| !name.is_empty());
    }
    if trigger == RuleTrigger::FailedChange && !subject.is_empty() {
        return message!("rule-when-failed-of", name = subject);
    }
    trigger.to_message()
}

/// A device of a condition or action.
fn device_message(device: &DeviceRef) -> Message {
    if device.name == THE_DEVICE { message!("rule-the-device") } else { Message::verbatim(device.name.clone()) }
}

/// The days of the week.
fn days_message(days: Weekdays) -> Message {
    let is_work = |lane: usize| lane < 5;
    let chosen: Vec<usize> = (0..7).filter(|lane| days.has(*lane)).collect();
    match chosen.as_slice() {
        [_, _, _, _, _, _, _] => message!("rule-days-all"),
        work if work.len() == 5 && work.iter().all(|lane| is_work(*lane)) => message!("rule-days-work"),
        [5, 6] => message!("rule-days-weekend"),
        several => {
            let day = |lane: &usize| {
                let number = i64::try_from(*lane).unwrap_or_default().saturating_add(1);
                message!("weekday-short", weekday = number)
            };
            let mut days = several.iter().map(day);
            let first = days.next().unwrap_or_else(|| message!("rule-days-all"));
            days.fold(first, |list, day| message!("rule-days-list", days = list, day = day))
        }
    }
}

/// The kind of device that *any* stands for.
fn which(of: &Which, any: &'static str) -> Message {
    match of {
        Which::Any => Message::new(any),
        Which::One(device) => device_message(device),
    }
}

fn clock(at: Time) -> Argument {
    at.strftime("%H:%M").to_string().into()
}

fn room(of: Message, is: Beyond<Setpoint>) -> Message {
    match is {
        Beyond::Above(value) => message!("rule-room-above", of = of, value = value),
        Beyond::Below(value) => message!("rule-room-below", of = of, value = value),
    }
}

fn humidity(of: Message, is: Beyond<i64>) -> Message {
    match is {
        Beyond::Above(percent) => message!("rule-humidity-above", of = of, percent = percent),
        Beyond::Below(percent) => message!("rule-humidity-below", of = of, percent = percent),
    }
}

fn presence(home: Option<&str>, is: &Away, texts: [&'static str; 4]) -> Message {
    let [away, away_of, at_home, at_home_of] = texts;
    match (home, *is == Away::Away) {
        (None, true) => Message::new(away),
        (None, false) => Message::new(at_home),
        (Some(name), true) => Message::new(away_of).with("home", name),
        (Some(name), false) => Message::new(at_home_of).with("home", name),
    }
}

impl ToMessage for RuleTrigger {
    fn to_message(&self) -> Message {
        let what = match self {
            Self::Presence { home, becomes } => {
                let texts = ["rule-when-away", "rule-when-away-of", "rule-when-home", "rule-when-home-of"];
                presence(home.as_deref(), becomes, texts)
            }
            Self::Arrival { home: None } => message!("rule-when-arrival"),
            Self::Arrival { home: Some(home) } => message!("rule-when-arrival-of", home = home),
            Self::Time { at, days } => message!("rule-when-time", time = clock(*at), days = days_message(*days)),
            Self::Sun { event, offset, days } => sun(*event, *offset, *days),
            Self::Room { of, is, .. } => room(which(of, "rule-any-room"), *is),
            Self::Humidity { of, is, .. } => humidity(which(of, "rule-any-room"), *is),
            Self::Camera { of, sees } => {
                let of = which(of, "rule-any-camera");
                match sees {
                    Seen::Person => message!("rule-when-person", of = of),
                    Seen::Motion => message!("rule-when-motion", of = of),
                    Seen::Sound => message!("rule-when-sound", of = of),
                    Seen::Anything => message!("rule-when-anything", of = of),
                }
            }
            Self::Alarm { of, danger, is_over } => {
                let of = which(of, "rule-any-alarm");
                match (danger, is_over) {
                    (Danger::Smoke, false) => message!("rule-when-smoke", of = of),
                    (Danger::CarbonMonoxide, false) => message!("rule-when-co", of = of),
                    (Danger::Any, false) => message!("rule-when-alarm", of = of),
                    (Danger::Smoke, true) => message!("rule-when-smoke-over", of = of),
                    (Danger::CarbonMonoxide, true) => message!("rule-when-co-over", of = of),
                    (Danger::Any, true) => message!("rule-when-alarm-over", of = of),
                }
            }
            Self::Offline { of, .. } => message!("rule-offline", of = which(of, "rule-any-device")),
            Self::NoEffect { of, .. } => message!("rule-when-no-effect", of = which(of, "rule-any-thermostat")),
            Self::WindowOpen { of, is_over: false } => {
                message!("rule-when-window-open", of = which(of, "rule-any-room"))
            }
            Self::WindowOpen { of, is_over: true } => {
                message!("rule-when-window-closed", of = which(of, "rule-any-room"))
            }
            Self::SignedOut { account: None } => message!("rule-when-signed-out"),
            Self::SignedOut { account: Some(account) } => message!("rule-when-signed-out-of", account = account),
            Self::FailedChange => message!("rule-when-failed"),
        };
        match self.lasts() {
            SignedDuration::ZERO => what,
            lasts => message!("rule-for", what = what, time = span_text(lasts)),
        }
    }
}

fn sun(event: SunEvent, offset: SignedDuration, days: Weekdays) -> Message {
    let (days, time) = (days_message(days), span_text(offset.abs()));
    match (event, offset.is_zero(), offset.is_negative()) {
        (SunEvent::Sunrise, true, _) => message!("rule-when-sunrise", days = days),
        (SunEvent::Sunset, true, _) => message!("rule-when-sunset", days = days),
        (SunEvent::Sunrise, false, true) => message!("rule-when-before-sunrise", time = time, days = days),
        (SunEvent::Sunset, false, true) => message!("rule-when-before-sunset", time = time, days = days),
        (SunEvent::Sunrise, false, false) => message!("rule-when-after-sunrise", time = time, days = days),
        (SunEvent::Sunset, false, false) => message!("rule-when-after-sunset", time = time, days = days),
    }
}

impl ToMessage for Condition {
    fn to_message(&self) -> Message {
        match self {
            Self::Presence { home, is } => {
                let texts = ["rule-if-away", "rule-if-away-of", "rule-if-home", "rule-if-home-of"];
                presence(home.as_deref(), is, texts)
            }
            Self::Between { from, to, days } => {
                message!("rule-if-between", from = clock(*from), to = clock(*to), days = days_message(*days))
            }
            Self::Dates { first, last } => {
                message!("rule-if-dates", first = first.to_string(), last = last.to_string())
            }
            Self::Mode { of, is } => message!("rule-if-mode", of = device_message(of), mode = is.to_message()),
            Self::Room { of, is } => room(device_message(of), *is),
            Self::Humidity { of, is } => humidity(device_message(of), *is),
            Self::Online { of, is: true } => message!("rule-if-online", of = device_message(of)),
            Self::Online { of, is: false } => message!("rule-offline", of = device_message(of)),
            Self::Camera { of, is_on: true } => message!("rule-if-camera-on", of = device_message(of)),
            Self::Camera { of, is_on: false } => message!("rule-if-camera-off", of = device_message(of)),
        }
    }
}

impl ToMessage for Action {
    fn to_message(&self) -> Message {
        match self {
            Self::Command(text) => message!("rule-then-command", command = text),
            Self::Level { of, level } => {
                message!("rule-then-level", of = which(of, "rule-all-thermostats"), level = level)
            }
            Self::EndEco(of) => message!("rule-then-end-eco", of = which(of, "rule-all-thermostats")),
            Self::Resume(of) => message!("rule-then-resume", of = which(of, "rule-all-thermostats")),
            Self::Preset(name) => message!("rule-then-preset", name = name),
            Self::Notify(text) if text == THE_REASON => message!("rule-then-notify-why"),
            Self::Notify(text) => message!("rule-then-notify", text = text),
            Self::Program(name) => message!("rule-then-program", name = name),
            Self::Request(name) => message!("rule-then-request", name = name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automation::Form as _;
    use crate::automation::rule::Rules;
    use crate::i18n::{Language, Localizer};

    #[test]
    fn a_rule_reads_as_a_sentence() {
        let text = r#"
            [[rule]]
            name = "A"
            when = [
                { time = "22:30", days = ["monday", "wednesday", "sunday"] }, { sun = "sunset", offset = "-30 min" },
                { room = "any", above = 25, for = "10 min" }, { alarm = "smoke" }, { presence = "away", home = "Loft" },
            ]
            if = [{ mode = "heat", of = "Hallway" }, { from = "22:00", to = "06:00" }]
            then = [{ level = "Sleep" }, { notify = "{why}" }, { end-eco = "Hallway" }]
        "#;
        let rule = Rules::parse(text).expect("rules").content.rules.remove(0);
        let words = |localizer: &Localizer| -> Vec<String> {
            let triggers = rule.triggers.iter().map(|it| localizer.localize(it));
            let conditions = rule.conditions.iter().map(|it| localizer.localize(it));
            triggers.chain(conditions).chain(rule.actions.iter().map(|it| localizer.localize(it))).collect()
        };
        assert_eq!(
            words(&Localizer::new(Language::English)),
            [
                "at 22:30, Mon, Wed, Sun",
                "30 min before sunset, every day",
                "a room is warmer than 25.0\u{a0}°C for 10 min",
                "a smoke alarm tells of smoke",
                "everybody has left Loft",
                "Hallway is in the mode Heat",
                "between 22:00 and 06:00, every day",
                "put all thermostats on Sleep",
                "notify the reason",
                "end Eco of Hallway",
            ]
        );
        assert_eq!(words(&Localizer::new(Language::German))[2], "ein Raum ist wärmer als 25,0\u{a0}°C, 10 min lang");
        let reason = reason_message(&rule.triggers[2], "Hallway");
        assert_eq!(crate::i18n::english().localize(&reason), "Hallway is warmer than 25.0\u{a0}°C for 10 min");
    }
}
