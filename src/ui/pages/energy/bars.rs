//! The hours of each part of the period as bars, beside those of a compared period, or as a table.

use egui::{Align2, Color32, CornerRadius, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::Shown;
use super::figures::{figure_texts, rests_on};
use super::period::Comparison;
use super::sheet::Sheet;
use crate::history::{EquipmentPart, Sums, csv_field};
use crate::ui::chart::{ChartSpan, row_label, row_title, span_title};
use crate::ui::intent::{AppIntent, FileToSave};
use crate::ui::theme::tokens::{size, space};
use crate::ui::theme::{regular, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, card_ui, section_heading, segmented_ui, table_ui};

/// The hours of a part of the period.
#[derive(Debug, Clone, PartialEq)]
struct Bar {
    /// The begin, as seconds since 1970.
    at: i64,
    now: Sums,
    before: Sums,
}

/// Height of the bars with their axis, in points.
const HEIGHT: f32 = 220.0;
const BELOW: f32 = 22.0;
const LEFT: f32 = 44.0;

/// The choices of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct BarChoices {
    is_table: bool,
    comparison: Comparison,
}

/// Draws the card.
pub(super) fn bars_card_ui(ui: &mut Ui, view: &mut ViewContext<'_>, shown: &Shown<'_>, choices: &mut BarChoices) {
    let comparison = shown.period.comparisons().iter().find(|of| **of == choices.comparison);
    let comparison = comparison.copied().unwrap_or_default();
    let before = shown.period.compared(comparison).span;
    let bars = bars(shown, comparison);
    let parts = [EquipmentPart::Heat, EquipmentPart::Cool]
        .into_iter()
        .filter(|part| bars.iter().any(|bar| run(&bar.now, *part) + run(&bar.before, *part) > 0));
    let parts: Vec<EquipmentPart> = parts.collect();
    card_ui(ui, |ui| {
        let words = view.text("energy-hours");
        let heading = ui.label(title(&words));
        section_heading(ui, &heading, &words);
        comparison_ui(ui, view, shown, choices);
        legend_ui(ui, view, shown, before);
        if choices.is_table {
            bar_table_ui(ui, view, shown, (&bars, before), &parts);
        } else {
            bars_ui(ui, view, shown, &bars, &parts);
        }
        ui.horizontal_wrapped(|ui| {
            let other = view.text(if choices.is_table { "chart-as-chart" } else { "chart-as-table" });
            if button_ui(ui, other.as_str(), &other).clicked() {
                choices.is_table = !choices.is_table;
            }
            let print = view.text("energy-sheet");
            if button_ui(ui, print.as_str(), &print).on_hover_text(view.text("energy-sheet-about")).clicked() {
                let sheet = sheet(view, shown, (&bars, before), &parts);
                let name = sheet.title.clone();
                view.send(AppIntent::SaveFile(FileToSave::Bytes { name, ending: "pdf", bytes: sheet.pdf() }));
            }
            let save = view.text("energy-save");
            if button_ui(ui, save.as_str(), &save).clicked() {
                let period = span_title(view.i18n, shown.period.span, i64::MAX / 2, &shown.period.zone);
                let name = format!("{} {period}", view.text("energy"));
                view.send(AppIntent::SaveFile(FileToSave::Text { name, ending: "csv", text: csv(shown) }));
            }
        });
    });
}

fn run(sums: &Sums, part: EquipmentPart) -> u64 {
    sums.run(part).unwrap_or_default()
}

/// The parts of the period, summed over the thermostats. A compared period may have a day less.
fn bars(shown: &Shown<'_>, comparison: Comparison) -> Vec<Bar> {
    let bounds = shown.period.span.rows(&shown.period.zone);
    let starts = bounds.split_last().map_or(&[][..], |(_, starts)| starts);
    let mut bars: Vec<Bar> =
        starts.iter().map(|at| Bar { at: *at, now: Sums::default(), before: Sums::default() }).collect();
    for report in shown.reports {
        for (bar, sums) in bars.iter_mut().zip(&report.period.parts) {
            bar.now.plus(sums);
        }
        let [previous, year_before] = &report.compared;
        let compared = if comparison == Comparison::Previous { previous } else { year_before };
        for (bar, sums) in bars.iter_mut().zip(&compared.parts) {
            bar.before.plus(sums);
        }
    }
    bars
}

/// Draws the choice of the period that the bars are compared with, if there are two.
fn comparison_ui(ui: &mut Ui, view: &ViewContext<'_>, shown: &Shown<'_>, choices: &mut BarChoices) {
    let comparisons = shown.period.comparisons();
    if comparisons.len() < 2 {
        return;
    }
    let title =
        |of: &Comparison| span_title(view.i18n, shown.period.compared(*of).span, shown.period.now, &shown.period.zone);
    let options: Vec<(Comparison, String)> = comparisons.iter().map(|of| (*of, title(of))).collect();
    let name = view.text("energy-compare");
    ui.horizontal_wrapped(|ui| {
        ui.label(small(name.as_str()).color(view.colors.muted));
        if let Some(picked) = segmented_ui(ui, &name, Some(&choices.comparison), &options) {
            choices.comparison = picked;
        }
    });
}

fn legend_ui(ui: &mut Ui, view: &ViewContext<'_>, shown: &Shown<'_>, before: ChartSpan) {
    let name = |span| span_title(view.i18n, span, shown.period.now, &shown.period.zone);
    let (now, before) = (name(shown.period.span), name(before));
    ui.label(
        small(view.i18n.format("energy-legend", [("now", now.into()), ("before", before.into())]))
            .color(view.colors.muted),
    );
}

fn color(view: &ViewContext<'_>, part: EquipmentPart) -> Color32 {
    if part == EquipmentPart::Cool { view.colors.cool } else { view.colors.heat }
}

fn bars_ui(ui: &mut Ui, view: &ViewContext<'_>, shown: &Shown<'_>, bars: &[Bar], parts: &[EquipmentPart]) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let plot = Rect::from_min_max(pos2(rect.left() + LEFT, rect.top() + space::S), rect.max - vec2(0.0, BELOW));
    let height = |seconds: u64, most: u64| seconds as f32 / most.max(1) as f32 * plot.height();
    let total = |sums: &Sums| parts.iter().map(|part| run(sums, *part)).sum::<u64>();
    let most = bars.iter().map(|bar| total(&bar.now).max(total(&bar.before))).max().unwrap_or_default();
    let step = hour_step(most);
    let top = (most.div_ceil(step) * step).max(step);
    for n in 0..=top / step {
        let y = plot.bottom() - height(n * step, top);
        ui.painter().hline(plot.x_range(), y, Stroke::new(1.0, view.colors.line));
        let words = view.i18n.seconds(n * step);
        let at = pos2(plot.left() - space::S, y);
        ui.painter().text(at, Align2::RIGHT_CENTER, words, regular(size::TICK), view.colors.muted);
    }
    let each = plot.width() / bars.len().max(1) as f32;
    let mut free = f32::MIN;
    for (index, bar) in bars.iter().enumerate() {
        let left = plot.left() + each * index as f32;
        let width = (each * 0.36).min(28.0);
        let middle = left + each / 2.0;
        for (sums, from, fade) in [(&bar.now, middle - width - 1.0, 1.0), (&bar.before, middle + 1.0, 0.35)] {
            let mut bottom = plot.bottom();
            for part in parts {
                let part_height = height(run(sums, *part), top);
                let place = Rect::from_min_max(pos2(from, bottom - part_height), pos2(from + width, bottom));
                ui.painter().rect_filled(place, CornerRadius::same(2), color(view, *part).gamma_multiply(fade));
                bottom -= part_height;
            }
        }
        let words = row_label(view.i18n, shown.period.span.row_kind(&shown.period.zone), bar.at, &shown.period.zone);
        let galley = ui.painter().layout_no_wrap(words, regular(size::TICK), view.colors.muted);
        let start = (middle - galley.size().x / 2.0).min(plot.right() - galley.size().x);
        if start >= free {
            free = start + galley.size().x + space::S;
            ui.painter().galley(pos2(start, plot.bottom() + space::XS), galley, view.colors.muted);
        }
    }
    let hovered = response.hover_pos().and_then(|at| {
        let index = ((at.x - plot.left()) / each).floor();
        (index >= 0.0).then(|| bars.get(index as usize)).flatten()
    });
    let words = hovered.map(|bar| bar_words(view, shown, bar, parts));
    let all: Vec<String> = bars.iter().map(|bar| bar_words(view, shown, bar, parts)).collect();
    let said = format!("{}: {}", view.text("energy-hours"), all.join("; "));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    ui.label(small(words.unwrap_or_else(|| view.text("energy-point"))).color(view.colors.muted));
}

/// A bar in words: its time, its hours, and those of a year before.
fn bar_words(view: &ViewContext<'_>, shown: &Shown<'_>, bar: &Bar, parts: &[EquipmentPart]) -> String {
    let zone = &shown.period.zone;
    let mut words = vec![row_title(view.i18n, shown.period.span.row_kind(zone), bar.at, zone)];
    for part in parts {
        let id = if *part == EquipmentPart::Cool { "chart-cooled" } else { "chart-heated" };
        let time = |sums: &Sums| sums.run(*part).map_or_else(|| "–".to_owned(), |seconds| view.i18n.seconds(seconds));
        let now = view.i18n.format(id, [("time", time(&bar.now).into())]);
        words.push(view.i18n.format("energy-and-before", [("now", now.into()), ("before", time(&bar.before).into())]));
    }
    words.join(", ")
}

/// A round number of seconds for the lines behind the bars: at most five of them.
fn hour_step(most: u64) -> u64 {
    const STEPS: [u64; 19] =
        [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_200, 1_500, 3_000, 6_000, 12_000, 30_000, 60_000, 120_000, 300_000];
    let minutes = most.div_ceil(60).max(1);
    STEPS.into_iter().find(|step| step * 4 >= minutes).unwrap_or(minutes.div_ceil(4)) * 60
}

fn bar_table_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    shown: &Shown<'_>,
    (bars, before): (&[Bar], ChartSpan),
    parts: &[EquipmentPart],
) {
    let zone = &shown.period.zone;
    let word = |part: EquipmentPart| {
        view.text(if part == EquipmentPart::Cool { "chart-column-cooled" } else { "chart-column-heated" })
    };
    let before = span_title(view.i18n, before, shown.period.now, zone);
    let mut head = vec![view.text("chart-column-time")];
    head.extend(parts.iter().flat_map(|part| [word(*part), format!("{} ({before})", word(*part))]));
    let row = |bar: &Bar| {
        let cells = parts.iter().flat_map(|part| [&bar.now, &bar.before].map(|sums| sums.run(*part)));
        let words = cells.map(|seconds| seconds.map_or_else(|| "–".to_owned(), |seconds| view.i18n.seconds(seconds)));
        let title = row_title(view.i18n, shown.period.span.row_kind(zone), bar.at, zone);
        std::iter::once(title).chain(words).collect()
    };
    let rows: Vec<Vec<String>> = bars.iter().map(row).collect();
    table_ui(ui, view.colors, "energy table", &head, &rows);
}

/// The period as a sheet to print.
fn sheet(
    view: &ViewContext<'_>,
    shown: &Shown<'_>,
    (bars, before): (&[Bar], ChartSpan),
    parts: &[EquipmentPart],
) -> Sheet {
    let zone = &shown.period.zone;
    let kind = shown.period.span.row_kind(zone);
    let title = |span| span_title(view.i18n, span, i64::MAX / 2, zone);
    let (now, before) = (title(shown.period.span), title(before));
    let total = |sums: &Sums| parts.iter().map(|part| run(sums, *part)).sum::<u64>();
    let time = |sums: &Sums, part| sums.run(part).map_or_else(|| "–".to_owned(), |seconds| view.i18n.seconds(seconds));
    let mut head = vec![view.text("chart-column-time")];
    for part in parts {
        let id = if *part == EquipmentPart::Cool { "chart-column-cooled" } else { "chart-column-heated" };
        head.extend([view.text(id), format!("{} ({before})", view.text(id))]);
    }
    let row = |bar: &Bar| {
        let cells = parts.iter().flat_map(|part| [time(&bar.now, *part), time(&bar.before, *part)]);
        std::iter::once(row_title(view.i18n, kind, bar.at, zone)).chain(cells).collect()
    };
    let names = shown.names.join(", ");
    Sheet {
        title: format!("{} {now}", view.text("energy")),
        figures: figure_texts(view, shown),
        bars: bars
            .iter()
            .map(|bar| (row_label(view.i18n, kind, bar.at, zone), total(&bar.now), total(&bar.before)))
            .collect(),
        legend: view.i18n.format("energy-legend", [("now", now.as_str().into()), ("before", before.into())]),
        head,
        rows: bars.iter().map(row).collect(),
        footer: format!("Setpoint · {names} · {}", rests_on(view, shown)),
    }
}

/// The parts of the period as CSV, for each thermostat: times with their offset, seconds. Unknown values are empty.
fn csv(shown: &Shown<'_>) -> String {
    let columns = ["", "_previous", "_year_before"].map(|end| format!("heat_s{end},cool_s{end},covered_s{end}"));
    let mut text = format!("device,from,{}\n", columns.join(","));
    let local = |second: i64| {
        let at = jiff::Timestamp::from_second(second).unwrap_or_default().to_zoned(shown.period.zone.clone());
        at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    };
    let seconds = |sums: Option<&Sums>, part| {
        sums.and_then(|sums| sums.run(part)).map(|seconds| seconds.to_string()).unwrap_or_default()
    };
    let bounds = shown.period.span.rows(&shown.period.zone);
    for (report, name) in shown.reports.iter().zip(&shown.names) {
        let name = csv_field(name);
        let [previous, year_before] = &report.compared;
        for (index, at) in bounds.iter().take(bounds.len().saturating_sub(1)).enumerate() {
            let mut fields = vec![name.clone(), local(*at)];
            for sums in [&report.period, previous, year_before].map(|period| period.parts.get(index)) {
                fields.push(seconds(sums, EquipmentPart::Heat));
                fields.push(seconds(sums, EquipmentPart::Cool));
                fields.push(sums.map_or(0, |sums| sums.covered_s).to_string());
            }
            text.push_str(&fields.join(","));
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_behind_the_bars_are_round_and_few() {
        for (seconds, step) in
            [(0, 60), (3_600, 900), (20 * 3_600, 18_000), (400 * 3_600, 360_000), (640 * 3_600, 720_000)]
        {
            assert_eq!(hour_step(seconds), step, "{seconds}");
            assert!(seconds.div_ceil(hour_step(seconds)) <= 4, "{seconds}");
        }
    }
}
