//! The schedule that a thermostat keeps itself: read, replaced with the shown one, taken over, and put back.

use egui::{Label, RichText, Ui};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

use super::{ScheduleState, ShownWeek, day_name};
use crate::automation::MAX_NAME_CHARS;
use crate::automation::device_schedule::{
    DeviceScheduleOutcome, KnownDeviceSchedule, ReplacedSchedule, ScheduleBackup, ScheduleReplacement, take_over,
    to_device,
};
use crate::automation::schedule::{MOST_OF_KIND, ScheduleEdit, Schedules, WEEK, check_name, lane};
use crate::home::{DeviceId, DeviceSchedule, DeviceStart, Scale, ScheduledTarget, Setpoint, Temperature, Thermostat};
use crate::i18n::Message;
use crate::ui::intent::{AppIntent, DeviceScheduleIntent};
use crate::ui::theme::tokens::space;
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_or_why_ui, button_ui, card_ui, icon_label_ui, main_button_ui, plain_row_ui};

/// Backups that the page lists; the command line lists all.
const LISTED: usize = 5;

/// A thermostat that keeps its schedule itself.
#[derive(Clone, Copy)]
pub(super) struct Keeper<'a> {
    pub(super) id: &'a DeviceId,
    pub(super) thermostat: &'a Thermostat,
}

impl<'a> Keeper<'a> {
    /// The thermostat, if its service can read and replace what it keeps.
    pub(super) fn of(view: &ViewContext<'_>, id: &'a DeviceId, thermostat: &'a Thermostat) -> Option<Self> {
        view.snapshot.shown.keeps_schedule(id).then_some(Self { id, thermostat })
    }

    fn name(self, view: &ViewContext<'_>) -> String {
        view.name_or(self.thermostat.name.as_deref(), "thermostat")
    }

    fn named(self, view: &ViewContext<'_>, key: &str) -> String {
        let name = self.name(view);
        view.i18n.format(key, [("name", name.into())])
    }

    fn known(self, view: &ViewContext<'_>) -> Option<KnownDeviceSchedule> {
        view.device_schedules.get(self.id).cloned()
    }

    fn kept(self, view: &ViewContext<'_>) -> Option<DeviceSchedule> {
        view.device_schedules.get(self.id)?.read.as_ref()?.schedule.clone()
    }

    fn value(self, view: &ViewContext<'_>, target: ScheduledTarget) -> String {
        let scale = view.i18n.scale_of(self.thermostat);
        // A learned set point lies between two steps.
        let exact = |temperature: Temperature| match scale {
            Scale::Celsius => Setpoint::celsius(temperature.celsius()),
            Scale::Fahrenheit => Setpoint::fahrenheit(temperature.fahrenheit()),
        };
        let degrees = |temperature: Temperature| view.i18n.degrees(exact(temperature));
        let (low, high) = target.temperatures();
        high.map_or_else(|| degrees(low), |high| format!("{}–{}", degrees(low), degrees(high)))
    }

    /// The set point that the thermostat follows now, and the next one.
    pub(super) fn now_texts(self, view: &ViewContext<'_>) -> (String, Option<String>) {
        let Some(kept) = self.kept(view).filter(|kept| !kept.is_empty()) else {
            return (self.named(view, "device-keeps"), None);
        };
        let structure = view.snapshot.shown.structure_of(self.id);
        let zone: TimeZone = structure.and_then(|(_, structure)| structure.zone()).unwrap_or_else(|| view.zone.clone());
        let now = view.now.to_zoned(zone);
        let second = u32::try_from(now.time().duration_since(jiff::civil::Time::midnight()).as_secs()).unwrap_or(0);
        let Some(target) = kept.at(now.weekday(), second) else { return (self.named(view, "device-keeps"), None) };
        let present = view.i18n.format("device-now", [("value", self.value(view, target).into())]);
        let next = kept.next_start(now.weekday(), second).map(|(days, start)| {
            let weekday = now.weekday().wrapping_add(i64::from(days));
            let time = clock(start.second);
            let at = if days == 0 { time } else { format!("{} {time}", day_name(view.i18n, weekday)) };
            view.i18n.format("device-next", [("value", self.value(view, start.target).into()), ("time", at.into())])
        });
        (present, next)
    }
}

fn clock(second: u32) -> String {
    format!("{:02}:{:02}", second / 3600, second % 3600 / 60)
}

/// Asks for the schedule of a thermostat that was not read yet, and again when the page is opened.
pub(super) fn read_if_new(view: &mut ViewContext<'_>, keeper: Keeper<'_>) {
    let is_busy = view.device_schedules.get(keeper.id).map(|known| known.is_busy);
    if is_busy.is_none() || (view.is_fresh && is_busy == Some(false)) {
        view.send(AppIntent::DeviceSchedule(DeviceScheduleIntent::Read(keeper.id.clone())));
    }
}

/// Draws the row that puts the shown schedule on the thermostat, and says whether it is there.
pub(super) fn put_row_ui(ui: &mut Ui, view: &mut ViewContext<'_>, week: &ShownWeek<'_>, keeper: Keeper<'_>) {
    let known = keeper.known(view).unwrap_or_default();
    let read = known.read.as_ref().map(|stored| stored.schedule.clone());
    let present = read.clone().flatten();
    let made = to_device(week.all, week.schedule, keeper.thermostat, present.as_ref());
    let is_understood = known.read.as_ref().is_none_or(|stored| stored.unreadable == 0);
    let is_there =
        is_understood && made.as_ref().is_ok_and(|made| present.as_ref().is_some_and(|present| present.is_same(made)));
    let label = keeper.named(view, "device-put");
    let about = view.text("device-put-about");
    plain_row_ui(ui, view, &label, &about, |ui, view| {
        if is_there {
            let text = keeper.named(view, "device-same");
            icon_label_ui(ui, icons::CHECK, RichText::new(text));
            return;
        }
        let why = match &made {
            Err(problem) => Some(view.i18n.localize(problem)),
            Ok(_) if known.is_busy || read.is_none() => Some(view.text("device-wait")),
            Ok(_) => None,
        };
        let short = view.text("device-put-short");
        let asked = if why.is_some() {
            button_or_why_ui(ui, short.as_str(), &label, why.as_deref()).clicked()
        } else {
            main_button_ui(ui, short.as_str(), &label, None).clicked()
        };
        if let (true, Ok(schedule)) = (asked, made) {
            send(view, keeper, schedule, ReplacedSchedule::Seen(present));
        }
    });
    if matches!(known.outcome, Some(DeviceScheduleOutcome::NotReplaced(_))) {
        outcome_ui(ui, view, keeper, &known);
    }
}

fn send(view: &mut ViewContext<'_>, keeper: Keeper<'_>, schedule: DeviceSchedule, replaces: ReplacedSchedule) {
    let name = keeper.name(view);
    let wanted = ScheduleReplacement { thermostat: keeper.id.clone(), name, schedule, replaces };
    view.send(AppIntent::DeviceSchedule(DeviceScheduleIntent::Replace(Box::new(wanted))));
}

/// Draws the card with the schedule that the thermostat keeps.
pub(super) fn device_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut ScheduleState,
    all: &Schedules,
    keeper: Keeper<'_>,
) {
    let known = keeper.known(view).unwrap_or_default();
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(title(keeper.named(view, "device-title")));
        outcome_ui(ui, view, keeper, &known);
        let kept = keeper.kept(view).filter(|kept| !kept.is_empty());
        match (&kept, &known.read) {
            (Some(kept), _) => days_ui(ui, view, keeper, kept),
            (None, Some(_)) => {
                ui.add(Label::new(small(keeper.named(view, "device-none")).color(view.colors.muted)).wrap());
            }
            (None, None) => {}
        }
        let unreadable = known.read.as_ref().map_or(0, |stored| stored.unreadable);
        if unreadable > 0 {
            let count = i64::try_from(unreadable).unwrap_or(i64::MAX);
            let text = view.i18n.format("device-left-out", [("count", count.into())]);
            icon_label_ui(ui, icons::WARNING, small(text).color(view.colors.warning));
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let why = known.is_busy.then(|| view.text("device-wait"));
            let again = format!("{} {}", icons::REFRESH, view.text("device-again"));
            if button_or_why_ui(ui, again, &keeper.named(view, "device-again-name"), why.as_deref()).clicked() {
                view.send(AppIntent::DeviceSchedule(DeviceScheduleIntent::Read(keeper.id.clone())));
            }
            let take = view.text("device-take");
            if let Some(kept) = &kept
                && button_ui(ui, take.as_str(), &take).clicked()
            {
                take_ui(view, state, all, (keeper, kept));
            }
        });
        backups_ui(ui, view, keeper, &known);
    });
}

fn outcome_ui(ui: &mut Ui, view: &ViewContext<'_>, keeper: Keeper<'_>, known: &KnownDeviceSchedule) {
    if known.is_busy {
        ui.label(small(view.text("device-busy")).color(view.colors.muted));
        return;
    }
    let (text, is_good) = match &known.outcome {
        None | Some(DeviceScheduleOutcome::Read) => return,
        Some(DeviceScheduleOutcome::Replaced) => (keeper.named(view, "device-replaced"), true),
        Some(DeviceScheduleOutcome::Unchanged) => (keeper.named(view, "device-unchanged"), true),
        Some(DeviceScheduleOutcome::Unread(failure)) => {
            let why = view.i18n.localize(failure);
            (view.i18n.localize(&Message::new("device-unread").with("why", why)), false)
        }
        Some(DeviceScheduleOutcome::NotReplaced(error)) => (view.i18n.localize(error), false),
    };
    let (icon, color) = if is_good { (icons::CHECK, view.colors.text) } else { (icons::WARNING, view.colors.warning) };
    let label = icon_label_ui(ui, icon, small(text).color(color));
    ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

/// Draws a line for each run of days with the same starts.
fn days_ui(ui: &mut Ui, view: &ViewContext<'_>, keeper: Keeper<'_>, kept: &DeviceSchedule) {
    for (first, last) in runs_of_days(kept) {
        let days = if first == last {
            day_name(view.i18n, first)
        } else {
            let names = [("from", day_name(view.i18n, first).into()), ("to", day_name(view.i18n, last).into())];
            view.i18n.format("device-days", names)
        };
        let start = |start: &DeviceStart| format!("{} {}", clock(start.second), keeper.value(view, start.target));
        let starts: Vec<String> = kept.day(first).iter().map(start).collect();
        let starts = if starts.is_empty() {
            let value = kept.at_midnight(first).map_or_else(String::new, |target| keeper.value(view, target));
            view.i18n.format("schedule-goes-on", [("level", value.into())])
        } else {
            starts.join(" · ")
        };
        ui.add(Label::new(format!("{days}: {starts}")).wrap());
    }
}

fn runs_of_days(kept: &DeviceSchedule) -> Vec<(Weekday, Weekday)> {
    let mut runs: Vec<(Weekday, Weekday)> = Vec::new();
    for weekday in WEEK {
        match runs.last_mut() {
            Some((_, last)) if kept.days.get(lane(*last)) == kept.days.get(lane(weekday)) => *last = weekday,
            Some(_) | None => runs.push((weekday, weekday)),
        }
    }
    runs
}

/// Makes a schedule of this program from the one of the thermostat, and shows it.
fn take_ui(
    view: &mut ViewContext<'_>,
    state: &mut ScheduleState,
    all: &Schedules,
    (keeper, kept): (Keeper<'_>, &DeviceSchedule),
) {
    // A name that is too long would be refused by the file.
    let cut = |text: String| text.chars().take(MAX_NAME_CHARS - 4).collect::<String>().trim().to_owned();
    let base = cut(keeper.named(view, "device-take-name"));
    let numbered = |number: usize| if number == 1 { base.clone() } else { format!("{base} {number}") };
    let free = (1..MOST_OF_KIND).map(numbered).find(|name| all.schedule(name).is_none());
    let Some(name) = free.filter(|name| check_name(name).is_ok() && all.schedules.len() < MOST_OF_KIND) else {
        state.remark = Some(view.text("device-take-full"));
        return;
    };
    let taken = take_over(all, kept, name.clone(), view.i18n.scale_of(keeper.thermostat));
    if taken.schedule.is_empty() {
        state.remark = Some(view.text("device-take-full"));
        return;
    }
    let new = taken.new_levels.into_iter();
    let mut edits: Vec<ScheduleEdit> =
        new.map(|level| ScheduleEdit::Level { name: level.name.clone(), level: Some(level) }).collect();
    edits.push(ScheduleEdit::Schedule { name: name.clone(), schedule: Some(taken.schedule) });
    state.selected = None;
    state.edit(view, edits);
    state.schedule = Some(name);
    if taken.left_out > 0 {
        let count = i64::try_from(taken.left_out).unwrap_or(i64::MAX);
        state.remark = Some(view.i18n.format("device-take-left-out", [("count", count.into())]));
    } else if taken.rounded > 0 {
        let count = i64::try_from(taken.rounded).unwrap_or(i64::MAX);
        state.remark = Some(view.i18n.format("device-take-rounded", [("count", count.into())]));
    }
}

fn backups_ui(ui: &mut Ui, view: &mut ViewContext<'_>, keeper: Keeper<'_>, known: &KnownDeviceSchedule) {
    if known.backups.is_empty() {
        return;
    }
    ui.separator();
    ui.label(small(view.text("device-backups")).color(view.colors.muted));
    for (index, backup) in known.backups.iter().take(LISTED).enumerate() {
        let time = view.clock(backup.taken);
        ui.push_id(("backup", index), |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                let starts: usize = starts_of(backup);
                let count = i64::try_from(starts).unwrap_or(i64::MAX);
                let arguments = [("time", time.as_str().into()), ("starts", count.into())];
                ui.label(view.i18n.format("device-backup", arguments));
                if backup.unreadable > 0 {
                    let count = i64::try_from(backup.unreadable).unwrap_or(i64::MAX);
                    let text = view.i18n.format("device-backup-left-out", [("count", count.into())]);
                    ui.label(small(text).color(view.colors.warning));
                }
                let name = view.i18n.format("device-put-back-name", [("time", time.as_str().into())]);
                let why = if starts == 0 {
                    Some(view.text("device-backup-empty"))
                } else {
                    known.is_busy.then(|| view.text("device-wait"))
                };
                let asked = button_or_why_ui(ui, view.text("device-put-back"), &name, why.as_deref()).clicked();
                if asked && let Some(schedule) = backup.schedule.clone() {
                    let seen = known.read.as_ref().map(|stored| stored.schedule.clone());
                    let replaces = seen.map_or(ReplacedSchedule::Any, ReplacedSchedule::Seen);
                    send(view, keeper, schedule, replaces);
                }
            });
        });
    }
}

fn starts_of(backup: &ScheduleBackup) -> usize {
    backup.schedule.as_ref().map_or(0, |schedule| schedule.days.iter().map(Vec::len).sum())
}
