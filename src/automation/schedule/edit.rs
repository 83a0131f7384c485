//! Edits of schedules, as the window and the commands make them.

use super::{Assignment, ComfortLevel, DateSpan, DeviceRef, Schedule, Schedules, is_same_name};

/// An edit of one entry, which is named as it was before. `None` removes the entry.
#[derive(Debug, Clone, PartialEq)]
pub enum ScheduleEdit {
    /// A new name is taken over by the starts.
    Level {
        name: String,
        level: Option<ComfortLevel>,
    },
    /// A new name is taken over by thermostats and dates. With a schedule, its dates go as well.
    Schedule {
        name: String,
        schedule: Option<Schedule>,
    },
    /// Makes a schedule the active one of a thermostat, or none.
    Assign {
        thermostat: DeviceRef,
        schedule: Option<String>,
    },
    Dates {
        name: String,
        span: Option<DateSpan>,
    },
}

/// Replaces the entry that `is_it` finds, or adds one at the end.
fn put<T>(list: &mut Vec<T>, entry: Option<T>, is_it: impl Fn(&T) -> bool) {
    let at = list.iter().position(is_it);
    match (at.and_then(|at| list.get_mut(at)), entry) {
        (Some(known), Some(entry)) => *known = entry,
        (None, Some(entry)) => list.push(entry),
        (_, None) => {
            if let Some(at) = at {
                list.remove(at);
            }
        }
    }
}

impl ScheduleEdit {
    /// Makes the edit.
    pub fn apply(self, all: &mut Schedules) {
        match self {
            Self::Level { name, level } => {
                if let Some(level) = level.as_ref().filter(|level| level.name != name) {
                    let starts = all.schedules.iter_mut().flat_map(|schedule| schedule.days.iter_mut().flatten());
                    for start in starts.filter(|start| is_same_name(&start.level, &name)) {
                        start.level.clone_from(&level.name);
                    }
                }
                put(&mut all.levels, level, |level| is_same_name(&level.name, &name));
            }
            Self::Schedule { name, schedule } => {
                let new = schedule.as_ref().map(|schedule| schedule.name.clone());
                let is_this = |other: &str| is_same_name(other, &name);
                for assigned in &mut all.thermostats {
                    if assigned.schedule.as_deref().is_some_and(is_this) {
                        assigned.schedule.clone_from(&new);
                    }
                }
                match &new {
                    Some(new) => {
                        for span in all.dates.iter_mut().filter(|span| is_this(&span.schedule)) {
                            span.schedule.clone_from(new);
                        }
                    }
                    None => all.dates.retain(|span| !is_this(&span.schedule)),
                }
                put(&mut all.schedules, schedule, |schedule| is_same_name(&schedule.name, &name));
            }
            Self::Assign { thermostat, schedule } => {
                let is_same = |assigned: &Assignment| match (&assigned.thermostat.id, &thermostat.id) {
                    (Some(one), Some(other)) => one == other,
                    (Some(_) | None, _) => is_same_name(&assigned.thermostat.name, &thermostat.name),
                };
                let assigned = Assignment { thermostat: thermostat.clone(), schedule };
                put(&mut all.thermostats, Some(assigned), is_same);
            }
            Self::Dates { name, span } => put(&mut all.dates, span, |span| is_same_name(&span.name, &name)),
        }
    }
}

/// The edits that lead from one state to another, for an undo.
pub fn edits_between(from: &Schedules, to: &Schedules) -> Vec<ScheduleEdit> {
    let mut edits = Vec::new();
    let (mut removals, changed) = (Vec::new(), |same: bool| !same);
    for level in to.levels.iter().filter(|level| changed(from.levels.contains(level))) {
        edits.push(ScheduleEdit::Level { name: level.name.clone(), level: Some(level.clone()) });
    }
    for level in from.levels.iter().filter(|level| to.level(&level.name).is_none()) {
        removals.push(ScheduleEdit::Level { name: level.name.clone(), level: None });
    }
    for schedule in to.schedules.iter().filter(|schedule| changed(from.schedules.contains(schedule))) {
        edits.push(ScheduleEdit::Schedule { name: schedule.name.clone(), schedule: Some(schedule.clone()) });
    }
    for schedule in from.schedules.iter().filter(|schedule| to.schedule(&schedule.name).is_none()) {
        removals.push(ScheduleEdit::Schedule { name: schedule.name.clone(), schedule: None });
    }
    for span in from.dates.iter().filter(|span| changed(to.dates.iter().any(|other| other.name == span.name))) {
        removals.push(ScheduleEdit::Dates { name: span.name.clone(), span: None });
    }
    for span in to.dates.iter().filter(|span| changed(from.dates.contains(span))) {
        edits.push(ScheduleEdit::Dates { name: span.name.clone(), span: Some(span.clone()) });
    }
    let assign = |thermostat: &DeviceRef, schedule| ScheduleEdit::Assign { thermostat: thermostat.clone(), schedule };
    let is_in = |list: &[Assignment], thermostat: &DeviceRef| list.iter().any(|it| it.thermostat == *thermostat);
    for new in from.thermostats.iter().filter(|it| changed(is_in(&to.thermostats, &it.thermostat))) {
        removals.push(assign(&new.thermostat, None));
    }
    for assigned in &to.thermostats {
        removals.push(assign(&assigned.thermostat, assigned.schedule.clone()));
    }
    edits.extend(removals);
    edits
}

#[cfg(test)]
mod tests {
    use super::super::samples::{level, schedule, schedules};
    use super::*;
    use jiff::civil::date;

    fn apply(all: &Schedules, edits: Vec<ScheduleEdit>) -> Schedules {
        let mut all = all.clone();
        for edit in edits {
            edit.apply(&mut all);
        }
        all
    }

    #[test]
    fn an_edit_keeps_the_names_together_and_is_undone() {
        let before = schedules(&["daily 06:30 Home", "daily 22:00 Sleep"]);
        let span = DateSpan {
            name: "Christmas".to_owned(),
            from: date(2026, 12, 20),
            to: date(2027, 1, 3),
            schedule: "Weekdays".to_owned(),
            thermostats: Vec::new(),
        };
        let hallway = before.thermostats[0].thermostat.clone();
        let renamed = Schedule { name: "Week".to_owned(), ..before.schedules[0].clone() };
        let edits = [
            vec![ScheduleEdit::Dates { name: span.name.clone(), span: Some(span) }],
            vec![ScheduleEdit::Schedule { name: "Weekdays".to_owned(), schedule: Some(renamed) }],
            vec![ScheduleEdit::Level { name: "home".to_owned(), level: Some(level("At home", 21.0, 25.0)) }],
            vec![ScheduleEdit::Schedule {
                name: "Vacation".to_owned(),
                schedule: Some(schedule("Vacation", &["daily 12:00 Sleep"])),
            }],
            vec![ScheduleEdit::Assign { thermostat: hallway, schedule: Some("Vacation".to_owned()) }],
            vec![ScheduleEdit::Schedule { name: "Week".to_owned(), schedule: None }],
            vec![ScheduleEdit::Level { name: "Away".to_owned(), level: None }],
        ];
        let mut states = vec![before];
        for edit in edits {
            states.push(apply(states.last().expect("a state"), edit));
        }
        let renamed = &states[3];
        assert_eq!(renamed.schedules[0].days[0][0].level, "At home");
        assert_eq!(
            (renamed.thermostats[0].schedule.as_deref(), renamed.dates[0].schedule.as_str()),
            (Some("Week"), "Week")
        );
        let last = states.last().expect("a state");
        assert_eq!((last.dates.len(), last.schedules.len(), last.levels.len()), (0, 1, 2));
        for (at, pair) in states.windows(2).enumerate() {
            let [before, after] = pair else { continue };
            let mut undone = apply(after, edits_between(after, before));
            let mut before = before.clone();
            for all in [&mut undone, &mut before] {
                all.levels.sort_by(|one, other| one.name.cmp(&other.name));
                all.schedules.sort_by(|one, other| one.name.cmp(&other.name));
            }
            assert_eq!(undone, before, "step {at}");
        }
    }
}
