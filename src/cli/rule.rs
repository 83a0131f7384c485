//! `setpoint rule`: the rules that this computer carries out, as people and scripts read and write them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::form_text::Form;
use super::hold::{files, is_told};
use super::rule_add::add;
use super::rule_sun::{place, sun};
use super::rule_surroundings::Surroundings;
use super::rule_text::{against_json, against_text, rule_json, rule_text, run_json, run_text};
use super::simulated::{SimulatedHome, try_on_simulated_day};
use super::{CliError, Context, print, print_block, warn};
use crate::accounts::settings::Places;
use crate::automation::driver::AutomationFiles;
use crate::automation::rule::{
    Coordinates, LoadedRules, RecordedHome, Rule, RuleHistory, RuleRun, Rules, Template, try_rule,
};
use crate::automation::simulated_trial::Tried;
use crate::automation::{AutomationStore, Form as _};
use crate::clock::{Clock as _, SystemClock};
use crate::history::HistoryStore;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List the rules with their sentences
    List(Form),
    /// Show one rule, and its last runs
    Show {
        /// Name of the rule
        name: String,
        #[command(flatten)]
        form: Form,
    },
    /// Add rules from a template, from a file of TOML, or from standard input; one of the same name is replaced
    Add {
        /// The file; - for standard input
        #[arg(required_unless_present = "template")]
        file: Option<PathBuf>,
        /// A rule to begin with: save-energy, amiss, welcome, night or window
        #[arg(long, conflicts_with = "file", value_parser = template)]
        template: Option<Template>,
        #[command(flatten)]
        form: Form,
    },
    /// Switch a rule on
    Enable {
        /// Name of the rule
        name: String,
        #[command(flatten)]
        form: Form,
    },
    /// Switch a rule off
    Disable {
        /// Name of the rule
        name: String,
        #[command(flatten)]
        form: Form,
    },
    /// Remove a rule
    Remove {
        /// Name of the rule
        name: String,
        #[command(flatten)]
        form: Form,
    },
    /// Try a rule on the recorded history: when it would have acted, and against whose wishes
    Try {
        /// Name of the rule
        name: String,
        /// The number of days
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3660))]
        days: u16,
        /// Try on a simulated day in a copy of the home instead: people leave and return, a window is opened
        #[arg(long, conflicts_with = "days")]
        simulated: bool,
        #[command(flatten)]
        form: Form,
    },
    /// Show each occasion of the rules: the trigger, the conditions with their values, and what became of each act
    Log {
        /// Only of this rule
        name: Option<String>,
        /// The number of occasions, the newest first
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
        count: u32,
        #[command(flatten)]
        form: Form,
    },
    /// Set the place for sunrise and sunset, in degrees north and east: rule place 52.52 13.40
    #[command(allow_negative_numbers = true)]
    Place {
        #[arg(value_parser = clap::value_parser!(f64))]
        latitude: f64,
        #[arg(value_parser = clap::value_parser!(f64))]
        longitude: f64,
        #[command(flatten)]
        form: Form,
    },
    /// Print sunrise and sunset at the place of the rules
    Sun {
        /// The first day; today without one
        date: Option<Date>,
        /// The number of days
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=3660))]
        days: u16,
        #[command(flatten)]
        form: Form,
    },
}

/// Reads the word of a template.
fn template(word: &str) -> Result<Template, String> {
    Template::ALL.into_iter().find(|template| template.word() == word).ok_or_else(|| {
        let known = Template::ALL.map(Template::word);
        format!("known are {}", known.join(", "))
    })
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    let files = files(context)?;
    match arguments.what {
        What::List(form) => list(context, &files, &form).await,
        What::Show { name, form } => show(&files, &name, &form),
        What::Add { file, template, form } => add(context, &files, file.as_deref(), template, &form).await,
        What::Enable { name, form } => switch(context, &files, &name, true, &form).await,
        What::Disable { name, form } => switch(context, &files, &name, false, &form).await,
        What::Remove { name, form } => remove(&files, &name, &form).await,
        What::Try { name, simulated: true, form, .. } => try_on_simulated(context, &files, &name, &form).await,
        What::Try { name, days, form, .. } => try_on_history(context, &files, &name, days, &form).await,
        What::Log { name, count, form } => log(&files, name.as_deref(), count, &form),
        What::Place { latitude, longitude, form } => place(&files, Coordinates { latitude, longitude }, &form).await,
        What::Sun { date, days, form } => sun(&load(&files)?, date, days, &form),
    }
}

/// Reads the file, and warns of entries that cannot be used.
pub(super) fn load(files: &AutomationFiles) -> Result<Rules, CliError> {
    let LoadedRules { content, problems } =
        files.rules.load().map_err(|problem| CliError::new(5, problem.to_string()))?;
    for problem in &problems {
        warn(problem);
    }
    Ok(content)
}

fn find<'r>(all: &'r Rules, name: &str) -> Result<&'r Rule, CliError> {
    all.rule(name).ok_or_else(|| {
        let known: Vec<&str> = all.rules.iter().map(|rule| rule.name.as_str()).collect();
        CliError::usage(match known.as_slice() {
            [] => format!("there is no rule “{name}”; there is none at all"),
            known => format!("there is no rule “{name}”; there are: {}", known.join(", ")),
        })
    })
}

async fn list(context: &Context, files: &AutomationFiles, form: &Form) -> Result<(), CliError> {
    let all = load(files)?;
    // Without a home, only the file is known.
    let surroundings = Surroundings::of(context, files).await.ok();
    let paused = paused(files, &all)?;
    let problem = |rule: &Rule| {
        let of_home = surroundings.as_ref().filter(|_| rule.is_on)?.problem_of(rule, &all, &[]);
        of_home.or_else(|| Some(format!("it acted too often, and waits until {}", clock(*paused.get(&rule.name)?))))
    };
    if form.json {
        let entries = all.rules.iter().map(|rule| {
            let mut entry = rule_json(rule);
            if let Value::Object(fields) = &mut entry {
                fields.insert("problem".to_owned(), problem(rule).into());
                let until = paused.get(&rule.name).map(ToString::to_string);
                fields.insert("paused_until".to_owned(), until.into());
            }
            entry
        });
        return print(Value::Array(entries.collect()));
    }
    if all.rules.is_empty() {
        return print("there is no rule; begin with `setpoint rule add --template save-energy`");
    }
    for rule in &all.rules {
        print_block(rule_text(rule))?;
        if let Some(problem) = problem(rule) {
            print(format!("  ! {problem}"))?;
        }
    }
    Ok(())
}

fn clock(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%H:%M").to_string()
}

/// The ends of the pauses of rules that acted too often.
fn paused(files: &AutomationFiles, all: &Rules) -> Result<BTreeMap<String, Timestamp>, CliError> {
    if !files.store.exists() {
        return Ok(BTreeMap::new());
    }
    let recent = AutomationStore::open(&files.store)?.store.load_rules(SystemClock.now())?.recent;
    let paused = all.rules.iter().filter_map(|rule| {
        let of_rule: Vec<Timestamp> = recent.iter().filter(|(name, _)| *name == rule.name).map(|(_, at)| *at).collect();
        let first = of_rule.first().filter(|_| of_rule.len() >= rule.rate as usize)?;
        Some((rule.name.clone(), first.checked_add(SignedDuration::from_hours(1)).ok()?))
    });
    Ok(paused.collect())
}

fn show(files: &AutomationFiles, name: &str, form: &Form) -> Result<(), CliError> {
    let all = load(files)?;
    let rule = find(&all, name)?;
    let runs = runs(files, Some(&rule.name), 5)?;
    if form.json {
        let mut shown = rule_json(rule);
        if let Value::Object(fields) = &mut shown {
            fields.insert("toml".to_owned(), Rules::only(rule.clone()).to_text().into());
            fields.insert("runs".to_owned(), runs.iter().map(run_json).collect());
        }
        return print(shown);
    }
    print_block(rule_text(rule))?;
    for run in &runs {
        print_block(run_text(run, &TimeZone::system()))?;
    }
    Ok(())
}

fn runs(files: &AutomationFiles, rule: Option<&str>, most: usize) -> Result<Vec<RuleRun>, CliError> {
    if !files.store.exists() {
        return Ok(Vec::new());
    }
    let runs = AutomationStore::open(&files.store)?.store.rule_runs(rule, most)?;
    Ok(runs.into_iter().map(|(_, run)| run).collect())
}

fn log(files: &AutomationFiles, name: Option<&str>, count: u32, form: &Form) -> Result<(), CliError> {
    let runs = runs(files, name, usize::try_from(count).unwrap_or(usize::MAX))?;
    if let Some(name) = name.filter(|_| runs.is_empty()) {
        find(&load(files)?, name)?;
    }
    if form.json {
        return print(Value::Array(runs.iter().map(run_json).collect()));
    }
    if runs.is_empty() {
        return print("no rule had an occasion yet");
    }
    for run in &runs {
        print_block(run_text(run, &TimeZone::system()))?;
    }
    Ok(())
}

/// Changes the file, and lets a running program look at it again.
pub(super) async fn change(files: &AutomationFiles, change: impl FnOnce(&mut Rules)) -> Result<(), CliError> {
    files.rules.update(change).map_err(|problem| CliError::new(5, problem.to_string()))?;
    if !is_told().await {
        warn(&"no Setpoint is running, so no rule is carried out until one runs");
    }
    Ok(())
}

async fn switch(
    context: &Context,
    files: &AutomationFiles,
    name: &str,
    is_on: bool,
    form: &Form,
) -> Result<(), CliError> {
    let all = load(files)?;
    let rule = find(&all, name)?.clone();
    if is_on
        && let Ok(surroundings) = Surroundings::of(context, files).await
        && let Some(problem) = surroundings.problem_of(&rule, &all, &[])
    {
        warn(&problem);
    }
    let name = rule.name.clone();
    change(files, move |all| {
        if let Some(rule) = all.rule_mut(&rule.name) {
            rule.is_on = is_on;
        }
    })
    .await?;
    if form.json {
        return print(json!({"name": name, "on": is_on}));
    }
    print(format!("{name}: {}", if is_on { "on" } else { "off" }))
}

async fn remove(files: &AutomationFiles, name: &str, form: &Form) -> Result<(), CliError> {
    let mut all = load(files)?;
    let known = all.rule(name).map(|rule| rule.name.clone());
    if !all.remove(name) {
        // Its error names those that there are.
        find(&all, name)?;
    }
    let name = known.unwrap_or_else(|| name.to_owned());
    let removed = name.clone();
    change(files, move |all| {
        all.remove(&removed);
    })
    .await?;
    if form.json { print(json!({"removed": name})) } else { print(format!("{name}: removed")) }
}

async fn try_on_simulated(context: &Context, files: &AutomationFiles, name: &str, form: &Form) -> Result<(), CliError> {
    let all = load(files)?;
    let rule = Box::new(find(&all, name)?.clone());
    let Surroundings { home, presets, schedules, programs, requests, .. } = Surroundings::of(context, files).await?;
    let name = rule.name.clone();
    let of = SimulatedHome { home, presets, schedules, programs, requests };
    try_on_simulated_day(&name, Tried::Rule { rule, all: Box::new(all) }, of, form)
}

async fn try_on_history(
    context: &Context,
    files: &AutomationFiles,
    name: &str,
    days: u16,
    form: &Form,
) -> Result<(), CliError> {
    let all = load(files)?;
    let rule = find(&all, name)?;
    let surroundings = Surroundings::of(context, files).await?;
    let to = SystemClock.now();
    let from = to.checked_sub(SignedDuration::from_hours(i64::from(days) * 24)).unwrap_or(Timestamp::MIN);
    let places = Places::of_user().ok_or_else(|| CliError::new(5, "there is no folder of the user"))?;
    let store = HistoryStore::open_to_read(&HistoryStore::file_in(&places.data))?;
    let recorded = match store {
        Some(store) => RecordedHome::read(&store, &surroundings.home, (from, to))?,
        None => RecordedHome::default(),
    };
    let zone = TimeZone::system();
    let history = RuleHistory {
        from,
        to,
        home: &surroundings.home,
        zone: &zone,
        recorded: &recorded,
        presets: &surroundings.presets,
        schedules: &surroundings.schedules,
        programs: &surroundings.programs,
        requests: &surroundings.requests,
    };
    let trial = try_rule(rule, &all, &history).map_err(CliError::usage)?;
    if form.json {
        return print(json!({
            "rule": rule.name, "days": days, "since": trial.since.map(|at| at.to_string()),
            "acted": trial.acted, "skipped": trial.skipped, "has_unseen_triggers": trial.has_unseen,
            "runs": trial.runs.iter().map(run_json).collect::<Vec<_>>(),
            "against": trial.against.iter().map(against_json).collect::<Vec<_>>(),
        }));
    }
    let Some(since) = trial.since else { return print("nothing was recorded in this time") };
    print(format!(
        "{}, {days} days, recorded from {}: acts {}, occasions without an act {}, changes by hand against it {}",
        rule.name,
        since.to_zoned(zone.clone()).strftime("%Y-%m-%d"),
        trial.acted,
        trial.skipped,
        trial.against.len()
    ))?;
    if trial.has_unseen {
        print("no history tells of failed changes and accounts, so these triggers are left out")?;
    }
    for run in &trial.runs {
        print_block(run_text(run, &zone))?;
    }
    for one in &trial.against {
        print(against_text(one, &zone))?;
    }
    Ok(())
}
