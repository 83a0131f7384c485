//! `setpoint rule add`: rules of a template or of a file, checked before they are saved.

use std::path::Path;

use serde_json::json;

use super::form_text::{Form, read_form};
use super::rule::{change, load};
use super::rule_surroundings::Surroundings;
use super::{CliError, Context, print, warn};
use crate::automation::Form as _;
use crate::automation::driver::AutomationFiles;
use crate::automation::rule::{LoadedRules, MOST_RULES, Rule, Rules, Template};
use crate::automation::schedule::{ComfortLevel, ScheduleEdit, Schedules};
use crate::i18n::english;

/// Adds rules, checked against the home of the account.
pub(super) async fn add(
    context: &Context,
    files: &AutomationFiles,
    file: Option<&Path>,
    template: Option<Template>,
    form: &Form,
) -> Result<(), CliError> {
    let surroundings = Surroundings::of(context, files).await?;
    let (new, levels) = match (template, file) {
        (Some(template), _) => {
            let scale = surroundings.scale();
            let is_new = |level: &ComfortLevel| surroundings.schedules.level(&level.name).is_none();
            let levels = template.levels(english(), scale).into_iter().filter(is_new).collect();
            (template.rules(english(), scale), levels)
        }
        (None, Some(file)) => (read(file)?, Vec::new()),
        (None, None) => return Err(CliError::usage("name a file or a template")),
    };
    let mut all = load(files)?;
    for rule in &new {
        all.put(rule.clone());
    }
    if all.rules.len() > MOST_RULES {
        return Err(CliError::usage(format!("nothing was added: there would be more than {MOST_RULES} rules")));
    }
    // The devices of other accounts are not known here.
    let is_whole = surroundings.accounts.len() <= 1;
    for rule in &new {
        match surroundings.problem_of(rule, &all, &levels) {
            Some(problem) if is_whole => return Err(CliError::usage(format!("nothing was added: {problem}"))),
            Some(problem) => warn(&format!("with the devices of this account alone, {problem}")),
            None => {}
        }
    }
    for (one, other) in surroundings.surroundings(&levels, |surroundings| surroundings.chasing(&all)) {
        if new.iter().any(|rule| rule.name == one || rule.name == other) {
            warn(&english().format("rule-chases", [("one", one.into()), ("other", other.into())]));
        }
    }
    if !levels.is_empty() {
        let edit = move |schedules: &mut Schedules| {
            for level in levels {
                ScheduleEdit::Level { name: level.name.clone(), level: Some(level) }.apply(schedules);
            }
        };
        files.schedules.update(edit).map_err(|problem| CliError::new(5, problem.to_string()))?;
    }
    let names: Vec<String> = new.iter().map(|rule| rule.name.clone()).collect();
    change(files, move |all| new.into_iter().for_each(|rule| all.put(rule))).await?;
    if form.json {
        return print(json!({"added": names}));
    }
    print(format!("added: {}", names.join(", ")))
}

fn read(file: &Path) -> Result<Vec<Rule>, CliError> {
    let text = read_form(file)?;
    let LoadedRules { content, problems } = Rules::parse(&text).map_err(CliError::usage)?;
    match problems.first() {
        Some(first) => Err(CliError::usage(format!("nothing was added: {first}"))),
        None if content.rules.is_empty() => Err(CliError::usage("there is no [[rule]] in the text")),
        None => Ok(content.rules),
    }
}
