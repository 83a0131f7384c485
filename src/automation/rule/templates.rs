//! Rules to begin with. Each one works without a change, in a home of any size.

use jiff::SignedDuration;
use jiff::civil::time;

use super::{
    Action, Beyond, Condition, Danger, Rule, RuleTrigger, THE_DEVICE, THE_REASON, USUAL_LATE, USUAL_RATE, Weekdays,
    Which,
};
use crate::automation::schedule::{ComfortLevel, DeviceRef, first_levels};
use crate::home::{Away, HvacMode, Scale, Setpoint};
use crate::i18n::{Localizer, Message, ToMessage, message};

/// The time of heating without effect after which something is wrong: a floor is slow.
const NO_EFFECT: SignedDuration = SignedDuration::from_hours(2);
/// The time offline that is no restart of a router.
const OFFLINE: SignedDuration = SignedDuration::from_mins(30);

/// A template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Template {
    SaveEnergy,
    Amiss,
    Welcome,
    Night,
    Window,
}

impl ToMessage for Template {
    fn to_message(&self) -> Message {
        match self {
            Self::SaveEnergy => message!("rule-template-save-energy"),
            Self::Amiss => message!("rule-template-amiss"),
            Self::Welcome => message!("rule-template-welcome"),
            Self::Night => message!("rule-template-night"),
            Self::Window => message!("rule-template-window"),
        }
    }
}

impl Template {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::SaveEnergy, Self::Amiss, Self::Welcome, Self::Night, Self::Window];

    /// The word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::SaveEnergy => "save-energy",
            Self::Amiss => "amiss",
            Self::Welcome => "welcome",
            Self::Night => "night",
            Self::Window => "window",
        }
    }

    /// The rules of the template, with names in the user's language and temperatures in the user's scale.
    pub fn rules(self, i18n: &Localizer, scale: Scale) -> Vec<Rule> {
        let name = i18n.localize(&self);
        let any = || Which::Any;
        let the_device = || DeviceRef { name: THE_DEVICE.to_owned(), id: None };
        let presence = |becomes| RuleTrigger::Presence { home: None, becomes };
        match self {
            Self::SaveEnergy => {
                vec![rule(name, vec![presence(Away::Away)], vec![Action::Command("all eco".to_owned())])]
            }
            Self::Welcome => {
                vec![rule(name, vec![presence(Away::Home)], vec![Action::EndEco(any()), Action::Resume(any())])]
            }
            Self::Night => {
                let at = RuleTrigger::Time { at: time(22, 30, 0, 0), days: Weekdays::default() };
                let [_, _, sleep] = first_levels(i18n, scale);
                vec![rule(name, vec![at], vec![Action::Level { of: any(), level: sleep.name }])]
            }
            Self::Amiss => {
                let frost = degrees(scale, 7.0, 45.0);
                let triggers = vec![
                    RuleTrigger::Alarm { of: any(), danger: Danger::Any, is_over: false },
                    RuleTrigger::Room { of: any(), is: Beyond::Below(frost), lasts: SignedDuration::ZERO },
                    RuleTrigger::NoEffect { of: any(), lasts: NO_EFFECT },
                    RuleTrigger::Offline { of: any(), lasts: OFFLINE },
                    RuleTrigger::FailedChange,
                    RuleTrigger::SignedOut { account: None },
                ];
                vec![rule(name, triggers, vec![Action::Notify(THE_REASON.to_owned())])]
            }
            Self::Window => {
                let lowest = degrees(scale, 10.0, 50.0);
                let pause = Action::Command(format!("{THE_DEVICE} {lowest} for 1h"));
                let opened = RuleTrigger::WindowOpen { of: any(), is_over: false };
                let heats = Condition::Mode { of: the_device(), is: HvacMode::Heat };
                let closed = RuleTrigger::WindowOpen { of: any(), is_over: true };
                let over = i18n.localize(&message!("rule-template-window-over"));
                vec![
                    Rule { conditions: vec![heats], ..rule(name, vec![opened], vec![pause]) },
                    rule(over, vec![closed], vec![Action::Resume(Which::One(the_device()))]),
                ]
            }
        }
    }

    /// The comfort levels that the template needs.
    pub fn levels(self, i18n: &Localizer, scale: Scale) -> Vec<ComfortLevel> {
        let [_, _, sleep] = first_levels(i18n, scale);
        if self == Self::Night { vec![sleep] } else { Vec::new() }
    }
}

fn rule(name: String, triggers: Vec<RuleTrigger>, actions: Vec<Action>) -> Rule {
    Rule { name, is_on: true, triggers, conditions: Vec::new(), actions, late: USUAL_LATE, rate: USUAL_RATE }
}

fn degrees(scale: Scale, celsius: f64, fahrenheit: f64) -> Setpoint {
    match scale {
        Scale::Celsius => Setpoint::celsius(celsius),
        Scale::Fahrenheit => Setpoint::fahrenheit(fahrenheit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automation::Form as _;
    use crate::automation::rule::Rules;
    use crate::i18n::Language;

    #[test]
    fn every_template_is_read_back_from_the_file() {
        for language in [Language::English, Language::German, Language::French, Language::Spanish] {
            let i18n = Localizer::new(language);
            for scale in [Scale::Celsius, Scale::Fahrenheit] {
                let mut all = Rules::default();
                for template in Template::ALL {
                    for rule in template.rules(&i18n, scale) {
                        all.put(rule);
                    }
                }
                assert_eq!(all.rules.len(), 6);
                let loaded = Rules::parse(&all.to_text()).expect("rules");
                assert_eq!(loaded.problems, []);
                assert_eq!(loaded.content.rules, all.rules);
            }
        }
    }
}
