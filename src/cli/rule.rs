//! `setpoint rule`: the rules that this computer carries out, as people and scripts read and write them.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde_json::{Value, json};

use super::hold::{files, is_told};
use super::rule_text::{against_json, against_text, rule_json, rule_text, run_json, run_text};
use super::{CliError, Context, print, print_block, warn};
use crate::accounts::session::{AccountSource, SessionError};
use crate::accounts::settings::Places;
use crate::automation::driver::AutomationFiles;
use crate::automation::rule::{
    Coordinates, LoadedRules, MOST_RULES, RecordedHome, Rule, RuleHistory, RuleSurroundings, Rules, SunEvent, Template,
    sun_event, try_rule,
};
use crate::automation::schedule::{ComfortLevel, ScheduleEdit, Schedules};
use crate::automation::{AutomationStore, Form as _};
use crate::clock::{Clock as _, SystemClock};
use crate::history::HistoryStore;
use crate::home::{DeviceTree, Scale, Write};
use crate::i18n::english;
use crate::presets::PresetsFile;

/// The largest text that is added, in bytes.
const MOST_BYTES: u64 = 1024 * 1024;

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

#[derive(Debug, Args)]
struct Form {
    /// Answer as JSON
    #[arg(long)]
    json: bool,
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
        What::Try { name, days, form } => try_on_history(context, &files, &name, days, &form).await,
        What::Log { name, count, form } => log(&files, name.as_deref(), count, &form),
        What::Place { latitude, longitude, form } => place(&files, Coordinates { latitude, longitude }, &form).await,
        What::Sun { date, days, form } => sun(&load(&files)?, date, days, &form),
    }
}

/// Reads the file, and warns of entries that cannot be used.
fn load(files: &AutomationFiles) -> Result<Rules, CliError> {
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

fn runs(
    files: &AutomationFiles,
    rule: Option<&str>,
    most: usize,
) -> Result<Vec<crate::automation::rule::RuleRun>, CliError> {
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

/// Everything that rules may name, of the account of this command.
struct Surroundings {
    home: DeviceTree,
    accounts: Vec<String>,
    presets: Vec<(String, Vec<Write>)>,
    schedules: Schedules,
    programs: Vec<String>,
    requests: Vec<String>,
}

impl Surroundings {
    async fn of(context: &Context, files: &AutomationFiles) -> Result<Self, CliError> {
        let home = context.backend().await?.home().await?;
        let settings = Context::settings();
        let accounts = settings.accounts;
        let schedules = files.schedules.load().map(|loaded| loaded.content).unwrap_or_default();
        let presets = presets(context).iter().map(|(name, writes)| (name.clone(), writes.clone())).collect();
        Ok(Self {
            home,
            accounts: accounts.into_iter().map(|account| account.name).collect(),
            presets,
            schedules,
            programs: settings.rules.programs.into_iter().map(|program| program.name).collect(),
            requests: settings.rules.requests.into_iter().map(|request| request.name).collect(),
        })
    }

    /// The first problem of a rule, with further comfort levels.
    fn problem_of(&self, rule: &Rule, all: &Rules, levels: &[ComfortLevel]) -> Option<String> {
        self.surroundings(levels, |surroundings| surroundings.problem_of(rule, all)).map(|problem| problem.to_string())
    }

    /// Calls a function with the surroundings and further comfort levels.
    fn surroundings<T>(&self, levels: &[ComfortLevel], f: impl FnOnce(&RuleSurroundings<'_>) -> T) -> T {
        let levels: Vec<ComfortLevel> = self.schedules.levels.iter().chain(levels).cloned().collect();
        f(&RuleSurroundings {
            now: SystemClock.now(),
            zone: &TimeZone::system(),
            home: &self.home,
            accounts: &self.accounts,
            presets: &self.presets,
            levels: &levels,
            programs: &self.programs,
            requests: &self.requests,
        })
    }
}

fn presets(context: &Context) -> Vec<(String, Vec<Write>)> {
    let Some(places) = Places::of_user() else { return Vec::new() };
    let folder = match context.source() {
        Ok(AccountSource::Settings(_)) => places.of_account("all"),
        Ok(AccountSource::Simulated) | Err(SessionError::NoAccount) => places.of_account("simulated"),
        Ok(AccountSource::Environment { .. }) | Err(_) => return Vec::new(),
    };
    let loaded = PresetsFile::in_folder(&folder).load();
    loaded.presets.list().iter().map(|preset| (preset.name.clone(), preset.writes.clone())).collect()
}

async fn add(
    context: &Context,
    files: &AutomationFiles,
    file: Option<&Path>,
    template: Option<Template>,
    form: &Form,
) -> Result<(), CliError> {
    let surroundings = Surroundings::of(context, files).await?;
    let (new, levels) = match (template, file) {
        (Some(template), _) => {
            let scale = scale_of(&surroundings.home);
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

/// The scale of most thermostats.
fn scale_of(home: &DeviceTree) -> Scale {
    let fahrenheit = home.thermostats.values().filter(|it| it.scale() == Scale::Fahrenheit).count();
    if fahrenheit * 2 > home.thermostats.len() { Scale::Fahrenheit } else { Scale::Celsius }
}

fn read(file: &Path) -> Result<Vec<Rule>, CliError> {
    let unreadable = |err: std::io::Error| CliError::usage(format!("{}: {err}", file.display()));
    let text = if file.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().lock().take(MOST_BYTES + 1).read_to_string(&mut text).map_err(unreadable)?;
        if text.len() as u64 > MOST_BYTES {
            return Err(CliError::usage("the text is longer than 1 MiB, so nothing was added"));
        }
        text
    } else {
        crate::files::read_text(file, MOST_BYTES).map_err(unreadable)?
    };
    let LoadedRules { content, problems } = Rules::parse(&text).map_err(CliError::usage)?;
    match problems.first() {
        Some(first) => Err(CliError::usage(format!("nothing was added: {first}"))),
        None if content.rules.is_empty() => Err(CliError::usage("there is no [[rule]] in the text")),
        None => Ok(content.rules),
    }
}

async fn change(files: &AutomationFiles, change: impl FnOnce(&mut Rules)) -> Result<(), CliError> {
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

async fn place(files: &AutomationFiles, place: Coordinates, form: &Form) -> Result<(), CliError> {
    let is_within = |degrees: f64, most: f64| (-most..=most).contains(&degrees);
    if !is_within(place.latitude, 90.0) || !is_within(place.longitude, 180.0) {
        return Err(CliError::usage("a latitude is between -90 and 90 degrees, a longitude between -180 and 180"));
    }
    // A file that is no TOML is not replaced by this.
    load(files)?;
    change(files, move |all| all.place = Some(place)).await?;
    if form.json {
        return print(json!({"latitude": place.latitude, "longitude": place.longitude}));
    }
    print(format!("the sun is that of {}, {}", place.latitude, place.longitude))
}

fn sun(all: &Rules, first: Option<Date>, days: u16, form: &Form) -> Result<(), CliError> {
    let place = all.place.ok_or_else(|| {
        CliError::usage("the rules have no place yet; set one: setpoint rule place LATITUDE LONGITUDE")
    })?;
    let zone = TimeZone::system();
    let first = first.unwrap_or_else(|| SystemClock.now().to_zoned(zone.clone()).date());
    let dates = (0..days).filter_map(|day| first.checked_add(i32::from(day).days()).ok());
    let events = |date: Date| [SunEvent::Sunrise, SunEvent::Sunset].map(|event| sun_event(event, date, place, &zone));
    if form.json {
        let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
        let days = dates.map(|date| {
            let [rise, set] = events(date).map(text);
            json!({"date": date.to_string(), "sunrise": rise, "sunset": set})
        });
        return print(Value::Array(days.collect()));
    }
    let text = |at: Option<Timestamp>| {
        at.map_or_else(|| "none".to_owned(), |at| at.to_zoned(zone.clone()).strftime("%H:%M").to_string())
    };
    for date in dates {
        let [rise, set] = events(date).map(text);
        print(format!("{date}  sunrise {rise}  sunset {set}"))?;
    }
    Ok(())
}
