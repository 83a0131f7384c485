//! `setpoint schedule`: the weekly schedules that this computer keeps, as people and scripts read and write them.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::form_text::{Form, read_form};
use super::hold::{files, is_told};
use super::schedule_device::{self, Target};
use super::simulated::{SimulatedHome, try_on_simulated_day};
use super::{CliError, Context, print, print_raw, warn};
use crate::accounts::settings::Places;
use crate::automation::Form as _;
use crate::automation::driver::AutomationFiles;
use crate::automation::schedule::{
    Against, DeviceRef, LoadedSchedules, Schedule, ScheduleEdit, Schedules, WEEK, try_schedule,
};
use crate::automation::simulated_trial::Tried;
use crate::clock::{Clock as _, SystemClock};
use crate::command::Named;
use crate::history::{ChangeKind, ChangeQuery, HistoryStore};
use crate::home::{DeviceId, DeviceTree, Node};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List the schedules, and which thermostat has which
    List(Form),
    /// Show the week of a schedule
    Show {
        /// Name of the schedule
        name: String,
        #[command(flatten)]
        form: Form,
    },
    /// Make a schedule the active one of a thermostat: schedule set hallway Weekdays, or schedule set hallway off. A
    /// thermostat that keeps its schedule itself gets the whole week
    Set {
        /// Thermostat by name or id, or by a unique part of its name
        thermostat: String,
        /// Name of the schedule; off for none
        schedule: String,
        #[command(flatten)]
        form: Form,
    },
    /// Show the week that a thermostat keeps itself (No Longer Evil)
    Device {
        /// Thermostat by name or id, or by a unique part of its name
        thermostat: String,
        #[command(flatten)]
        form: Form,
    },
    /// Make a schedule of this program from the week that a thermostat keeps itself
    Take {
        /// Thermostat by name or id, or by a unique part of its name
        thermostat: String,
        /// Name of the new schedule
        name: String,
        #[command(flatten)]
        form: Form,
    },
    /// List the weeks that a thermostat kept before they were replaced
    Backups {
        /// Thermostat by name or id, or by a unique part of its name
        thermostat: String,
        #[command(flatten)]
        form: Form,
    },
    /// Put a week back on a thermostat that it kept before
    Restore {
        /// Thermostat by name or id, or by a unique part of its name
        thermostat: String,
        /// The time of the backup; the newest one without it
        time: Option<String>,
        #[command(flatten)]
        form: Form,
    },
    /// Print all schedules as TOML
    Export(Form),
    /// Read schedules from a file of TOML, or from standard input; those of the same name are replaced
    Import {
        /// The file; - for standard input
        file: PathBuf,
        /// Replace all schedules instead of adding to them
        #[arg(long)]
        replace: bool,
        #[command(flatten)]
        form: Form,
    },
    /// Try a schedule on the changes of the last days: how often it would have set a value, and against whose wishes
    Try {
        /// Name of the schedule
        name: String,
        /// Thermostat by name or id, or by a unique part of its name
        thermostat: String,
        /// The number of days
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3660))]
        days: u16,
        /// Try on a simulated day in a copy of the home instead
        #[arg(long, conflicts_with = "days")]
        simulated: bool,
        #[command(flatten)]
        form: Form,
    },
    /// Say what is in force now on each thermostat, since when, why, and what comes next
    Now(Form),
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    let files = files(context)?;
    match arguments.what {
        What::List(form) => list(&load(&files)?, &form),
        What::Show { name, form } => show(&load(&files)?, &name, &form),
        What::Export(form) => export(&load(&files)?, &form),
        What::Set { thermostat, schedule, form } => set(context, &files, &thermostat, &schedule, &form).await,
        What::Import { file, replace, form } => import(&files, &file, replace, &form).await,
        What::Try { name, thermostat, simulated: true, form, .. } => {
            let (home, (id, _)) = named(context, &thermostat).await?;
            let schedules = load(&files)?;
            let schedule = find(&schedules, &name)?.clone();
            let (presets, programs, requests) = (Vec::new(), Vec::new(), Vec::new());
            let of = SimulatedHome { home, presets, schedules, programs, requests };
            let name = schedule.name.clone();
            try_on_simulated_day(&name, Tried::Schedule { schedule, thermostat: id }, of, &form)
        }
        What::Try { name, thermostat, days, form, .. } => {
            try_on_history(context, &files, (&name, &thermostat), days, &form).await
        }
        What::Now(form) => super::schedule_now::now(context, &files, &form).await,
        What::Device { thermostat, form } => {
            let (home, (id, name)) = named(context, &thermostat).await?;
            schedule_device::show(context, &Target::keeping(&home, &id, &name)?, &form).await
        }
        What::Take { thermostat, name: new, form } => {
            let (home, (id, name)) = named(context, &thermostat).await?;
            let target = Target::keeping(&home, &id, &name)?;
            schedule_device::take(context, &files, &target, &new, &form).await?;
            tell().await;
            Ok(())
        }
        What::Backups { thermostat, form } => {
            let (home, (id, name)) = named(context, &thermostat).await?;
            schedule_device::backups(&files, &Target::keeping(&home, &id, &name)?, &form)
        }
        What::Restore { thermostat, time, form } => {
            let (home, (id, name)) = named(context, &thermostat).await?;
            let target = Target::keeping(&home, &id, &name)?;
            schedule_device::restore(context, &files, &target, time.as_deref(), &form).await
        }
    }
}

fn export(all: &Schedules, form: &Form) -> Result<(), CliError> {
    let text = all.to_text();
    if !form.json {
        return print_raw(text.trim_end());
    }
    let table: toml::Table = toml::from_str(&text).map_err(|err| CliError::new(5, err.to_string()))?;
    print(as_json(toml::Value::Table(table)))
}

/// The same as JSON, with dates as text.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(is_true) => is_true.into(),
        toml::Value::Datetime(at) => at.to_string().into(),
        toml::Value::Array(list) => list.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, as_json(value))).collect())
        }
    }
}

async fn named(context: &Context, thermostat: &str) -> Result<(DeviceTree, (DeviceId, String)), CliError> {
    let home = home(context).await?;
    let named = find_thermostat(&home, thermostat)?;
    Ok((home, named))
}

/// Reads the file, and warns of entries that cannot be used.
pub(super) fn load(files: &AutomationFiles) -> Result<Schedules, CliError> {
    let LoadedSchedules { content: schedules, problems } =
        files.schedules.load().map_err(|problem| CliError::new(5, problem.to_string()))?;
    for problem in &problems {
        warn(problem);
    }
    Ok(schedules)
}

fn list(all: &Schedules, form: &Form) -> Result<(), CliError> {
    let users = |schedule: &Schedule| -> Vec<&str> {
        let assigned = all.thermostats.iter().filter(|it| it.schedule.as_deref() == Some(schedule.name.as_str()));
        assigned.map(|it| it.thermostat.name.as_str()).collect()
    };
    if form.json {
        let entries: Vec<Value> = all
            .schedules
            .iter()
            .map(|schedule| json!({"name": schedule.name, "thermostats": users(schedule)}))
            .collect();
        return print(Value::Array(entries));
    }
    if all.schedules.is_empty() {
        return print("there is no schedule; make one in the window, or with `setpoint schedule import`");
    }
    for schedule in &all.schedules {
        let users = users(schedule);
        let active = if users.is_empty() { "not active".to_owned() } else { format!("active on {}", users.join(", ")) };
        print(format!("{}  ({active})", schedule.name))?;
    }
    for span in &all.dates {
        print(format!("{} to {}: {}  ({})", span.from, span.to, span.schedule, span.name))?;
    }
    Ok(())
}

fn find<'s>(all: &'s Schedules, name: &str) -> Result<&'s Schedule, CliError> {
    all.schedule(name).ok_or_else(|| {
        let known: Vec<&str> = all.schedules.iter().map(|schedule| schedule.name.as_str()).collect();
        CliError::usage(format!("there is no schedule “{name}”; there are: {}", known.join(", ")))
    })
}

fn show(all: &Schedules, name: &str, form: &Form) -> Result<(), CliError> {
    let schedule = find(all, name)?;
    let days = WEEK.map(|weekday| (format!("{weekday:?}").to_lowercase(), schedule.day(weekday)));
    if form.json {
        let days: serde_json::Map<String, Value> = days
            .into_iter()
            .map(|(day, starts)| {
                let starts = starts
                    .iter()
                    .map(|start| json!({"at": start.at.strftime("%H:%M").to_string(), "level": start.level}));
                (day, Value::Array(starts.collect()))
            })
            .collect();
        return print(json!({"name": schedule.name, "days": days}));
    }
    for (day, starts) in days {
        let starts: Vec<String> =
            starts.iter().map(|start| format!("{} {}", start.at.strftime("%H:%M"), start.level)).collect();
        print(format!("{day:<10} {}", if starts.is_empty() { "–".to_owned() } else { starts.join(", ") }))?;
    }
    for level in &all.levels {
        let ends = [("heat", level.heat), ("cool", level.cool)];
        let ends: Vec<String> =
            ends.iter().filter_map(|(mode, setpoint)| Some(format!("{mode} {}", (*setpoint)?))).collect();
        print(format!("{:<10} {}", level.name, ends.join(", ")))?;
    }
    Ok(())
}

async fn set(
    context: &Context,
    files: &AutomationFiles,
    thermostat: &str,
    schedule: &str,
    form: &Form,
) -> Result<(), CliError> {
    let (home, (id, name)) = named(context, thermostat).await?;
    let is_off = matches!(schedule.to_lowercase().as_str(), "off" | "none");
    let all = load(files)?;
    if home.keeps_schedule(&id) {
        let is_assigned = all.thermostats.iter().any(|it| it.thermostat.find(&home) == Some(&id));
        if is_off && is_assigned {
            let thermostat = DeviceRef { name: name.clone(), id: Some(id.clone()) };
            let edit = ScheduleEdit::Assign { thermostat, schedule: None };
            change(files, move |all| edit.apply(all))?;
            return print(format!("{name}: no schedule of this computer is active; the thermostat keeps its own"));
        }
        if is_off {
            return Err(CliError::new(3, format!("{name} keeps its schedule itself; switch it off on the thermostat")));
        }
        let schedule = find(&all, schedule)?;
        let target = Target::keeping(&home, &id, &name)?;
        return schedule_device::put(context, files, &target, (&all, schedule), form).await;
    }
    let schedule = if is_off { None } else { Some(find(&all, schedule)?.name.clone()) };
    let edit = ScheduleEdit::Assign {
        thermostat: DeviceRef { name: name.clone(), id: Some(id.clone()) },
        schedule: schedule.clone(),
    };
    change(files, move |all| edit.apply(all))?;
    tell().await;
    if form.json {
        return print(json!({"thermostat": id.as_str(), "name": name, "schedule": schedule}));
    }
    print(match schedule {
        Some(schedule) => format!("{name}: {schedule} is active"),
        None => format!("{name}: no schedule is active"),
    })
}

fn find_thermostat(home: &DeviceTree, name: &str) -> Result<(DeviceId, String), CliError> {
    match crate::command::find(home, name).map_err(CliError::usage)? {
        Named { node: Node::Thermostat(id), name, .. } => Ok((id, name)),
        Named { name, .. } => Err(CliError::usage(format!("{name} is no thermostat, so it has no schedule"))),
    }
}

async fn try_on_history(
    context: &Context,
    files: &AutomationFiles,
    (name, thermostat): (&str, &str),
    days: u16,
    form: &Form,
) -> Result<(), CliError> {
    let (all, home) = (load(files)?, home(context).await?);
    let schedule = find(&all, name)?;
    let (id, device) = find_thermostat(&home, thermostat)?;
    let thermostat = home.thermostats.get(&id).ok_or_else(|| CliError::usage("the thermostat is gone"))?;
    let to = SystemClock.now();
    let from = to.checked_sub(SignedDuration::from_hours(i64::from(days) * 24)).unwrap_or(Timestamp::MIN);
    let places = Places::of_user().ok_or_else(|| CliError::new(5, "there is no folder of the user"))?;
    let query = ChangeQuery {
        node: Some(id.as_str().to_owned()),
        kinds: &[ChangeKind::Target, ChangeKind::Range],
        from: Some(from),
        to: Some(to),
        most: 1_000_000,
    };
    let history = HistoryStore::open_to_read(&HistoryStore::file_in(&places.data));
    let changes = match history.map_err(|err| CliError::new(5, err.to_string()))? {
        Some(history) => history.changes(&query).map_err(|err| CliError::new(5, err.to_string()))?,
        None => Vec::new(),
    };
    let zone = home.structure_of(&id).and_then(|(_, structure)| structure.zone()).unwrap_or_else(TimeZone::system);
    let of = all.as_active(schedule, &id, &home);
    let trial = try_schedule(&of, (&id, thermostat), (from, to), &zone, &changes);
    let against = |one: &Against| {
        json!({
            "at": one.at.to_string(), "chosen": one.chosen.value_text(), "by": one.by.word(),
            "level": one.level, "since": one.start.to_string(), "planned": one.planned.value_text(),
        })
    };
    if form.json {
        return print(json!({
            "schedule": schedule.name, "thermostat": id.as_str(), "name": device, "days": days,
            "starts": trial.starts, "sets": trial.sets, "without_setpoint": trial.without_setpoint,
            "changes_by_hand": trial.changes, "against": trial.against.iter().map(against).collect::<Vec<_>>(),
        }));
    }
    print(format!(
        "{device}, {days} days: {} would have set {} values at {} starts; {} of {} changes by hand were for another one",
        schedule.name,
        trial.sets,
        trial.starts,
        trial.against.len(),
        trial.changes
    ))?;
    for one in &trial.against {
        let at = one.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M");
        print(format!(
            "{at}: {} by {}, instead of {}, {}",
            one.chosen.value_text(),
            one.by.word(),
            one.level,
            one.planned.value_text()
        ))?;
    }
    Ok(())
}

/// Changes the file, and warns of entries that cannot be used.
pub(super) fn change(files: &AutomationFiles, change: impl FnOnce(&mut Schedules)) -> Result<(), CliError> {
    let updated = files.schedules.update(change).map_err(|problem| CliError::new(5, problem.to_string()))?;
    for problem in &updated.problems {
        warn(problem);
    }
    Ok(())
}

/// Tells the running program of a change.
async fn tell() {
    if !is_told().await {
        warn(&"no Setpoint is running, so no schedule is carried out until one runs");
    }
}

async fn import(files: &AutomationFiles, file: &std::path::Path, replace: bool, form: &Form) -> Result<(), CliError> {
    let text = read_form(file)?;
    let LoadedSchedules { content: new, problems } = Schedules::parse(&text).map_err(CliError::usage)?;
    if let Some(first) = problems.first() {
        // Half of a week would be worse than none.
        for problem in problems.iter().skip(1) {
            warn(problem);
        }
        return Err(CliError::usage(format!("nothing was imported: {first}")));
    }
    let (count, levels) = (new.schedules.len(), new.levels.len());
    change(files, move |all| all.import(&new, replace))?;
    tell().await;
    if form.json {
        return print(json!({"schedules": count, "levels": levels}));
    }
    print(format!("imported {count} schedules and {levels} levels"))
}

/// The home of the account.
pub(super) async fn home(context: &Context) -> Result<DeviceTree, CliError> {
    context.backend().await?.home().await
}
