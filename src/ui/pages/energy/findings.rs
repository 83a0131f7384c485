//! The thermostats one by one, and what is worth a look.

use egui::Ui;
use jiff::Timestamp;

use super::figures::compared_words;
use super::period::Comparison;
use super::{Shown, sum_of_days};
use crate::history::{EquipmentPart, OpenWindow, ShortCycles};
use crate::home::Scale;
use crate::ui::theme::{small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_ui, section_heading};

/// Most findings that are listed.
const MOST: usize = 8;

/// Draws both cards.
pub(super) fn findings_ui(ui: &mut Ui, view: &ViewContext<'_>, shown: &Shown<'_>) {
    if shown.reports.len() > 1 {
        card_ui(ui, |ui| {
            heading_ui(ui, &view.text("energy-each"));
            each_ui(ui, view, shown);
        });
    }
    // What was found, with its time, its title and its details.
    let mut found: Vec<(i64, String, String)> = Vec::new();
    for (report, name) in shown.reports.iter().zip(&shown.names) {
        let titled = |id: &str| view.i18n.format(id, [("device", name.as_str().into())]);
        let windows = report.opened.iter();
        found.extend(windows.map(|it| (it.from, titled("energy-window"), window_words(view, shown, it))));
        let cycles = report.short_cycles.iter();
        found.extend(cycles.map(|it| (it.from, titled("energy-cycles"), cycles_words(view, shown, it))));
    }
    found.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    card_ui(ui, |ui| {
        heading_ui(ui, &view.text("energy-look"));
        if found.is_empty() {
            ui.label(small(view.text("energy-nothing")).color(view.colors.muted));
        }
        for (_, title, details) in found.into_iter().take(MOST) {
            ui.separator();
            ui.label(title);
            ui.label(small(details).color(view.colors.muted));
        }
        let starts: usize = shown.reports.iter().map(|report| report.least_starts).sum();
        if starts > 0 {
            ui.separator();
            ui.label(small(view.i18n.format("energy-starts", [("count", starts.into())])).color(view.colors.muted));
        }
    });
}

fn heading_ui(ui: &mut Ui, words: &str) {
    let heading = ui.label(title(words));
    section_heading(ui, &heading, words);
}

/// Draws the hours of each thermostat, with the difference to the compared periods.
fn each_ui(ui: &mut Ui, view: &ViewContext<'_>, shown: &Shown<'_>) {
    let elapsed = shown.elapsed_s() / shown.reports.len().max(1) as u64;
    for (report, name) in shown.reports.iter().zip(&shown.names) {
        let sums = sum_of_days(report.period.days.iter());
        let share = (sums.covered_s as f64 / elapsed.max(1) as f64 * 100.0).min(100.0).floor();
        let known = view.i18n.format("percent", [("value", view.i18n.decimal(share, 0).into())]);
        let parts = [(EquipmentPart::Heat, "chart-heated"), (EquipmentPart::Cool, "chart-cooled")];
        let ran = |(part, id): &(EquipmentPart, &str)| {
            let seconds = sums.run(*part).filter(|seconds| *part == EquipmentPart::Heat || *seconds > 0)?;
            Some(view.i18n.format(id, [("time", view.i18n.seconds(seconds).into())]))
        };
        let mut words: Vec<String> = parts.iter().filter_map(ran).collect();
        words.push(view.i18n.format("energy-known", [("percent", known.into())]));
        ui.separator();
        ui.label(name.as_str());
        ui.label(small(words.join(" · ")));
        if sums.run(EquipmentPart::Heat).is_some() {
            let compared = |of: &Comparison| {
                let before = sum_of_days(shown.days_compared(report, *of).iter());
                compared_words(view, shown, *of, EquipmentPart::Heat, (&sums, &before), elapsed)
            };
            let lines: Vec<String> = shown.period.comparisons().iter().map(compared).collect();
            ui.label(small(lines.join("\n")).color(view.colors.muted));
        }
    }
}

/// The day of a span, and the clock at its begin and its end.
fn span_words(view: &ViewContext<'_>, shown: &Shown<'_>, (from, to): (i64, i64)) -> [String; 3] {
    let time = |second: i64| Timestamp::from_second(second).unwrap_or_default().to_zoned(shown.period.zone.clone());
    let clock = |at: &jiff::Zoned| format!("{:02}:{:02}", at.hour(), at.minute());
    let (from, to) = (time(from), time(to));
    [view.i18n.full_day(from.date()), clock(&from), clock(&to)]
}

fn cycles_words(view: &ViewContext<'_>, shown: &Shown<'_>, cycles: &ShortCycles) -> String {
    let [day, from, to] = span_words(view, shown, (cycles.from, cycles.to));
    let values = [
        ("day", day.into()),
        ("from", from.into()),
        ("to", to.into()),
        ("runs", cycles.runs.into()),
        ("longest", view.i18n.seconds(cycles.longest_s.unsigned_abs()).into()),
    ];
    view.i18n.format("energy-cycles-about", values)
}

fn window_words(view: &ViewContext<'_>, shown: &Shown<'_>, window: &OpenWindow) -> String {
    let [day, from, to] = span_words(view, shown, (window.from, window.to));
    let steps = if shown.period.scale == Scale::Fahrenheit { 1.8 } else { 1.0 };
    let values = [
        ("day", day.into()),
        ("from", from.into()),
        ("to", to.into()),
        ("fall", view.i18n.decimal(window.fall_per_h() * steps, 1).into()),
    ];
    view.i18n.format("energy-window-about", values)
}
