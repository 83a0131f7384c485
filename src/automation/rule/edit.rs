//! Edits of rules, as the window makes them.

use super::{Coordinates, Limits, Rule, Rules};

/// An edit of one entry, which is named as it was before. `None` removes it.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleEdit {
    Rule { name: String, rule: Option<Box<Rule>> },
    Limits(Limits),
    Place(Option<Coordinates>),
}

impl RuleEdit {
    /// An edit that adds a rule, or replaces the one of its name.
    pub fn put(rule: Rule) -> Self {
        Self::Rule { name: rule.name.clone(), rule: Some(Box::new(rule)) }
    }

    /// Makes the edit.
    pub fn apply(self, all: &mut Rules) {
        match self {
            Self::Rule { name, rule: Some(rule) } => match all.rule_mut(&name) {
                Some(known) => *known = *rule,
                None => all.rules.push(*rule),
            },
            Self::Rule { name, rule: None } => {
                all.remove(&name);
            }
            Self::Limits(limits) => all.set_limits(limits),
            Self::Place(place) => all.place = place,
        }
    }
}

/// The edits that lead from one state to another, for an undo.
pub fn rule_edits_between(from: &Rules, to: &Rules) -> Vec<RuleEdit> {
    let gone = from.rules.iter().filter(|rule| to.rule(&rule.name).is_none());
    let changed = to.rules.iter().filter(|rule| from.rule(&rule.name) != Some(rule));
    let mut edits: Vec<RuleEdit> = gone.map(|rule| RuleEdit::Rule { name: rule.name.clone(), rule: None }).collect();
    edits.extend(changed.map(|rule| RuleEdit::put(rule.clone())));
    if from.limits != to.limits {
        edits.push(RuleEdit::Limits(to.limits));
    }
    if from.place != to.place {
        edits.push(RuleEdit::Place(to.place));
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automation::rule::Template;
    use crate::home::Scale;
    use crate::i18n::english;

    #[test]
    fn an_edit_is_made_and_undone() {
        let before = Rules { rules: Template::Window.rules(english(), Scale::Celsius), ..Rules::default() };
        let mut after = before.clone();
        let renamed = Rule { name: "Airing".to_owned(), ..before.rules[0].clone() };
        for edit in [
            RuleEdit::Rule { name: before.rules[0].name.to_uppercase(), rule: Some(Box::new(renamed)) },
            RuleEdit::Rule { name: before.rules[1].name.clone(), rule: None },
            RuleEdit::put(Template::Night.rules(english(), Scale::Celsius).remove(0)),
            RuleEdit::Place(Some(Coordinates { latitude: 1.0, longitude: 2.0 })),
        ] {
            edit.apply(&mut after);
        }
        assert_eq!(after.rules.iter().map(|rule| rule.name.as_str()).collect::<Vec<_>>(), ["Airing", "Night"]);
        let mut undone = after.clone();
        for edit in rule_edits_between(&after, &before) {
            edit.apply(&mut undone);
        }
        assert_eq!(undone, before);
    }
}
