//! The schedule that a thermostat keeps itself: show it, put a schedule on it, take it over, and put a backup back.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::form_text::Form;
use super::{CliError, Context, print, warn};
use crate::accounts::session::exit_code;
use crate::automation::device_schedule::{
    ReplaceError, Replaced, ReplacedSchedule, ScheduleBackup, ScheduleReplacement, replace, take_over, to_device,
};
use crate::automation::driver::AutomationFiles;
use crate::automation::schedule::{MOST_OF_KIND, Schedule, ScheduleEdit, Schedules, WEEK, check_name};
use crate::clock::{Clock as _, SystemClock};
use crate::home::{DeviceId, DeviceSchedule, DeviceTree, ScheduledTarget, Thermostat};
use crate::i18n::english;
use crate::service::StoredSchedule;

/// A thermostat that a command names.
pub(super) struct Target<'a> {
    pub(super) id: &'a DeviceId,
    pub(super) name: &'a str,
    pub(super) thermostat: &'a Thermostat,
}

impl<'a> Target<'a> {
    /// The thermostat, if it keeps a schedule that can be read and replaced.
    pub(super) fn keeping(home: &'a DeviceTree, id: &'a DeviceId, name: &'a str) -> Result<Self, CliError> {
        let thermostat = home.thermostats.get(id).filter(|_| home.keeps_schedule(id));
        let thermostat = thermostat.ok_or_else(|| {
            CliError::usage(format!(
                "the schedule of {name} cannot be read: only a No Longer Evil server passes on what a thermostat keeps"
            ))
        })?;
        Ok(Self { id, name, thermostat })
    }

    /// The schedule as its service stores it.
    async fn read(&self, context: &Context) -> Result<StoredSchedule, CliError> {
        let stored = context.service()?.device_schedule(self.id.clone()).await?;
        if stored.unreadable > 0 {
            warn(&format!("{} entries of the schedule are not understood and left out", stored.unreadable));
        }
        Ok(stored)
    }
}

/// Prints the schedule of a thermostat.
pub(super) async fn show(context: &Context, target: &Target<'_>, form: &Form) -> Result<(), CliError> {
    let stored = target.read(context).await?;
    if form.json {
        let days = stored.schedule.as_ref().map(days_json);
        let mode = stored.schedule.as_ref().map(|schedule| schedule.mode);
        return print(json!({
            "thermostat": target.id.as_str(), "name": target.name, "mode": mode, "days": days,
            "unreadable": stored.unreadable,
        }));
    }
    match &stored.schedule {
        Some(schedule) => print_week(schedule),
        None => print(format!("{} has sent no schedule yet", target.name)),
    }
}

/// Puts a schedule of this program on a thermostat.
pub(super) async fn put(
    context: &Context,
    files: &AutomationFiles,
    target: &Target<'_>,
    (all, schedule): (&Schedules, &Schedule),
    form: &Form,
) -> Result<(), CliError> {
    let present = target.read(context).await?.schedule;
    let made = to_device(all, schedule, target.thermostat, present.as_ref());
    let made = made.map_err(|problem| CliError::new(3, english().localize(&problem)))?;
    if !all.dates.is_empty() {
        warn(&"other dates are not put on the thermostat: it knows the week alone");
    }
    let replaced = write(context, files, target, made, ReplacedSchedule::Seen(present)).await?;
    said(target, &schedule.name, &replaced, form)
}

/// Takes over the schedule of a thermostat under a name.
pub(super) async fn take(
    context: &Context,
    files: &AutomationFiles,
    target: &Target<'_>,
    name: &str,
    form: &Form,
) -> Result<(), CliError> {
    let name = check_name(name).map_err(|problem| CliError::usage(english().localize(&problem)))?;
    let stored = target.read(context).await?;
    let device = stored.schedule.filter(|schedule| !schedule.is_empty());
    let device = device.ok_or_else(|| CliError::new(3, format!("{} keeps no schedule", target.name)))?;
    let scale = target.thermostat.temperature_scale.unwrap_or_default();
    let all = super::schedule::load(files)?;
    if all.schedule(&name).is_some() {
        return Err(CliError::usage(format!("there is a schedule “{name}” already")));
    }
    let taken = take_over(&all, &device, name.clone(), scale);
    if taken.left_out > 0 {
        warn(&format!("{} starts are left out: there are too many", taken.left_out));
    }
    if taken.schedule.is_empty() || all.schedules.len() >= MOST_OF_KIND {
        return Err(CliError::new(3, "nothing was taken over: there is no room for further levels or schedules"));
    }
    if taken.rounded > 0 {
        warn(&format!("{} set points are rounded to the steps of levels", taken.rounded));
    }
    let levels = taken.new_levels.len();
    let new =
        taken.new_levels.into_iter().map(|level| ScheduleEdit::Level { name: level.name.clone(), level: Some(level) });
    let mut edits: Vec<ScheduleEdit> = new.collect();
    edits.push(ScheduleEdit::Schedule { name: name.clone(), schedule: Some(taken.schedule) });
    super::schedule::change(files, |all| {
        for edit in edits {
            edit.apply(all);
        }
    })?;
    if form.json {
        return print(json!({"schedule": name, "levels": levels, "left_out": taken.left_out}));
    }
    print(format!("{name} is the schedule that {} keeps, with {levels} new levels", target.name))
}

/// Lists the backups of a thermostat.
pub(super) fn backups(files: &AutomationFiles, target: &Target<'_>, form: &Form) -> Result<(), CliError> {
    let backups = kept(files, target)?;
    if form.json {
        let entry = |backup: &ScheduleBackup| json!({"taken": backup.taken.to_string(), "days": backup.schedule.as_ref().map(days_json)});
        return print(Value::Array(backups.iter().map(entry).collect()));
    }
    if backups.is_empty() {
        return print(format!("no schedule of {} was replaced yet", target.name));
    }
    for backup in &backups {
        let starts = backup.schedule.as_ref().map_or(0, |schedule| schedule.days.iter().map(Vec::len).sum());
        print(format!("{}  {starts} starts a week", clock(backup.taken)))?;
    }
    Ok(())
}

/// Puts a backup back: the one with this time, or the newest one.
pub(super) async fn restore(
    context: &Context,
    files: &AutomationFiles,
    target: &Target<'_>,
    time: Option<&str>,
    form: &Form,
) -> Result<(), CliError> {
    let backups = kept(files, target)?;
    let is_it = |backup: &&ScheduleBackup| {
        time.is_none_or(|time| clock(backup.taken) == time || backup.taken.to_string() == time)
    };
    let backup = backups.iter().find(is_it).ok_or_else(|| {
        CliError::usage(match time {
            Some(time) => format!("there is no backup of {time}; `setpoint schedule backups` lists them"),
            None => format!("no schedule of {} was replaced yet", target.name),
        })
    })?;
    let schedule = backup.schedule.clone().filter(|schedule| !schedule.is_empty());
    let schedule = schedule.ok_or_else(|| {
        CliError::new(
            3,
            if backup.unreadable > 0 {
                "nothing of that schedule is understood; the file of the backups has it as it was"
            } else {
                "the thermostat had no schedule at that time"
            },
        )
    })?;
    if backup.unreadable > 0 {
        warn(&format!("{} entries of that schedule are not understood, and are not put back", backup.unreadable));
    }
    let replaced = write(context, files, target, schedule, ReplacedSchedule::Any).await?;
    said(target, &format!("the schedule of before {}", clock(backup.taken)), &replaced, form)
}

fn kept(files: &AutomationFiles, target: &Target<'_>) -> Result<Vec<ScheduleBackup>, CliError> {
    files.backups.of(target.id).map_err(|err| CliError::new(5, english().localize(&err)))
}

async fn write(
    context: &Context,
    files: &AutomationFiles,
    target: &Target<'_>,
    schedule: DeviceSchedule,
    replaces: ReplacedSchedule,
) -> Result<Replaced, CliError> {
    let (thermostat, name) = (target.id.clone(), target.name.to_owned());
    let wanted = ScheduleReplacement { thermostat, name, schedule, replaces };
    let replaced = replace(&context.service()?, &files.backups, wanted, SystemClock.now()).await;
    replaced.map_err(|err| {
        let code = err
            .failure()
            .map_or(if matches!(err, ReplaceError::NoBackup(_)) { 5 } else { 3 }, |failure| exit_code(failure.kind));
        CliError::new(code, english().localize(&err))
    })
}

fn said(target: &Target<'_>, name: &str, replaced: &Replaced, form: &Form) -> Result<(), CliError> {
    if form.json {
        return print(json!({
            "thermostat": target.id.as_str(), "name": target.name, "schedule": name, "replaced": replaced.is_new,
        }));
    }
    let target = target.name;
    print(if replaced.is_new {
        format!("{target} keeps {name} from now on, once it has connected; the schedule of before is kept as a backup")
    } else {
        format!("{target} keeps {name} already")
    })
}

fn clock(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn days_json(schedule: &DeviceSchedule) -> Value {
    let start = |second: u32, target: ScheduledTarget| {
        let (low, high) = target.temperatures();
        let value = match (target, high) {
            (ScheduledTarget::Heat(_), _) => json!({"heat": low.celsius()}),
            (ScheduledTarget::Cool(_), _) => json!({"cool": low.celsius()}),
            (ScheduledTarget::Range { .. }, high) => {
                json!({"heat": low.celsius(), "cool": high.map(crate::home::Temperature::celsius)})
            }
        };
        json!({"at": time(second), "celsius": value})
    };
    let days = WEEK.iter().map(|weekday| {
        let starts = schedule.day(*weekday).iter().map(|one| start(one.second, one.target));
        (format!("{weekday:?}").to_lowercase(), Value::Array(starts.collect()))
    });
    Value::Object(days.collect())
}

fn print_week(schedule: &DeviceSchedule) -> Result<(), CliError> {
    for weekday in WEEK {
        let starts = schedule.day(weekday).iter().map(|start| {
            let (low, high) = start.target.temperatures();
            let high = high.map_or_else(String::new, |high| format!("–{:.1}", high.celsius()));
            format!("{} {:.1}{high} °C", time(start.second), low.celsius())
        });
        let starts: Vec<String> = starts.collect();
        let day = format!("{weekday:?}").to_lowercase();
        print(format!("{day:<10} {}", if starts.is_empty() { "–".to_owned() } else { starts.join(", ") }))?;
    }
    Ok(())
}

fn time(second: u32) -> String {
    format!("{:02}:{:02}", second / 3600, second % 3600 / 60)
}
