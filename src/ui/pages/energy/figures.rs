//! The figures at the top: hours, degree days, minutes per degree day, and the loss of heat.

use egui::{Ui, vec2};

use super::Shown;
use super::period::Comparison;
use crate::history::{
    DayEnergy, DegreeDayBase, DegreeDays, EquipmentPart, HeatLoss, PerDegreeDay, PeriodKind, Sums, TooFewStretches,
    per_degree_day,
};
use crate::home::Scale;
use crate::ui::intent::{AppIntent, Preference};
use crate::ui::theme::tokens::{measure, space};
use crate::ui::theme::{light, small};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_ui, choice_ui};

/// A figure: its name, its value, and what it rests on.
struct Figure {
    name: String,
    value: String,
    about: String,
    /// True for the figure with the choice of the base of degree days.
    has_base: bool,
}

impl Figure {
    fn new(name: String, value: String, about: String) -> Self {
        Self { name, value, about, has_base: false }
    }
}

/// Smallest width of a figure's card, in points.
const WIDTH: f32 = 210.0;
/// Size of a value, in points.
const VALUE: f32 = 26.0;
/// The share of the elapsed time that must be known for a comparison.
const LEAST_KNOWN: f64 = 0.8;

/// The figures as texts: name, value, and what it rests on.
pub(super) fn figure_texts(view: &ViewContext<'_>, shown: &Shown<'_>) -> Vec<[String; 3]> {
    figures(view, shown).into_iter().map(|figure| [figure.name, figure.value, figure.about]).collect()
}

/// The words that tell on how many hours the figures rest.
pub(super) fn rests_on(view: &ViewContext<'_>, shown: &Shown<'_>) -> String {
    let (known, elapsed) = (shown.sums().covered_s / 3_600, shown.elapsed_s() / 3_600);
    let count = |hours: u64| i64::try_from(hours).unwrap_or(i64::MAX);
    view.i18n.format("energy-rests-on", [("known", count(known).into()), ("all", count(elapsed).into())])
}

/// Draws the figures in a grid.
pub(super) fn figures_ui(ui: &mut Ui, view: &mut ViewContext<'_>, shown: &Shown<'_>) {
    let figures = figures(view, shown);
    let width = ui.available_width();
    let columns = (((width + space::M) / (WIDTH + space::M)) as usize).clamp(1, figures.len().max(1));
    let each = (width - space::M * (columns as f32 - 1.0)) / columns as f32;
    for row in figures.chunks(columns) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            for figure in row {
                ui.allocate_ui_with_layout(vec2(each, 0.0), egui::Layout::top_down(egui::Align::Min), |ui| {
                    ui.set_width(each);
                    figure_ui(ui, view, shown, figure);
                });
            }
        });
    }
    ui.label(small(rests_on(view, shown)).color(view.colors.muted));
}

fn figure_ui(ui: &mut Ui, view: &mut ViewContext<'_>, shown: &Shown<'_>, figure: &Figure) {
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.set_min_height(measure::LARGE_CONTROL * 2.2);
        ui.label(small(figure.name.as_str()).color(view.colors.muted));
        ui.label(egui::RichText::new(&figure.value).font(light(VALUE)));
        ui.label(small(figure.about.as_str()).color(view.colors.muted));
        if figure.has_base {
            ui.add_space(space::XS);
            base_ui(ui, view, shown);
        }
    });
}

/// Draws the choice of the base of degree days.
fn base_ui(ui: &mut Ui, view: &mut ViewContext<'_>, shown: &Shown<'_>) {
    let title = |base: &DegreeDayBase| view.i18n.measured(base.0, shown.period.scale);
    let name = view.text("energy-base");
    ui.horizontal_wrapped(|ui| {
        ui.label(small(name.as_str()).color(view.colors.muted));
        if let Some(base) = choice_ui(ui, &name, Some(&shown.period.base), &DegreeDayBase::ALL, title) {
            view.send(AppIntent::Prefer(Preference::DegreeDayBase(base)));
        }
    });
}

fn figures(view: &ViewContext<'_>, shown: &Shown<'_>) -> Vec<Figure> {
    let sums = shown.sums();
    let before: Vec<(Comparison, Sums)> =
        shown.period.comparisons().iter().map(|of| (*of, shown.sums_compared(*of))).collect();
    let mut figures = Vec::new();
    let runs = [(EquipmentPart::Heat, "chart-column-heated"), (EquipmentPart::Cool, "chart-column-cooled")];
    for (part, id) in runs {
        let Some(seconds) = sums.run(part) else { continue };
        let had = before.iter().any(|(_, before)| before.run(part).unwrap_or_default() > 0);
        if part == EquipmentPart::Cool && seconds == 0 && !had {
            continue;
        }
        let lines = before
            .iter()
            .map(|(of, before)| compared_words(view, shown, *of, part, (&sums, before), shown.elapsed_s()));
        let about = lines.collect::<Vec<_>>().join("\n");
        figures.push(Figure::new(view.text(id), view.i18n.seconds(seconds), about));
    }
    if figures.is_empty() {
        let (name, value) = (view.text("chart-column-heated"), "–".to_owned());
        figures.push(Figure::new(name, value, view.text("chart-empty")));
    }
    figures.push(degree_days_figure(view, shown));
    figures.push(ratio_figure(view, shown));
    figures.push(house_figure(view, shown));
    figures.push(star_figure(view, shown));
    figures
}

/// The savings of ENERGY STAR, of the thermostat with most core days.
fn star_figure(view: &ViewContext<'_>, shown: &Shown<'_>) -> Figure {
    let name = view.text("energy-star");
    let known = shown.reports.iter().zip(&shown.names);
    let told = known.filter_map(|(report, device)| Some((report.star.ok()?, device)));
    let Some((star, device)) = told.max_by_key(|(star, _)| star.core_days) else {
        let found = shown.reports.iter().filter_map(|report| report.star.err()).map(|few| few.found).max();
        let needed = shown.reports.iter().filter_map(|report| report.star.err()).map(|few| few.needed).max();
        let values = [("found", found.unwrap_or_default().into()), ("needed", needed.unwrap_or_default().into())];
        return Figure::new(name, "–".to_owned(), view.i18n.format("energy-few-core-days", values));
    };
    let comfort = match shown.period.scale {
        Scale::Celsius => (star.comfort_f - 32.0) / 1.8,
        Scale::Fahrenheit => star.comfort_f,
    };
    let percent = view.i18n.decimal(star.savings_percent, 1);
    let values = [
        ("device", device.as_str().into()),
        ("comfort", view.i18n.decimal(comfort, 1).into()),
        ("count", star.core_days.into()),
    ];
    let value = view.i18n.format("percent", [("value", percent.into())]);
    Figure::new(name, value, view.i18n.format("energy-star-about", values))
}

/// The difference of a part of the equipment to a compared period, as far as both are known. `elapsed_s` are the
/// seconds of which the sums could tell.
pub(super) fn compared_words(
    view: &ViewContext<'_>,
    shown: &Shown<'_>,
    comparison: Comparison,
    part: EquipmentPart,
    (sums, before): (&Sums, &Sums),
    elapsed_s: u64,
) -> String {
    let name = shown.compared_title(view, comparison);
    let [now, then] = [sums, before].map(|sums| sums.run(part).unwrap_or_default() as f64);
    let least = LEAST_KNOWN * elapsed_s.max(1) as f64;
    if (sums.covered_s as f64) < least || (before.covered_s as f64) < least || then <= 0.0 {
        return view.i18n.format("energy-no-comparison", [("period", name.into())]);
    }
    // A period that is not over yet is compared with the same share of the one before.
    let share = sums.covered_s as f64 / before.covered_s as f64;
    let change = now / (then * share) - 1.0;
    let percent = view.i18n.decimal((change * 100.0).abs().round(), 0);
    let id = if percent == "0" {
        "energy-same"
    } else if change > 0.0 {
        "energy-more"
    } else {
        "energy-less"
    };
    view.i18n.format(id, [("percent", percent.into()), ("period", name.into())])
}

/// The degree days of a period, of the thermostat that knows most of it: several have the same weather.
fn degree_days<'a>(periods: impl Iterator<Item = &'a [DayEnergy]>) -> DegreeDays {
    let of = |days: &[DayEnergy]| days.iter().map(|day| day.degree_days).fold(DegreeDays::default(), DegreeDays::plus);
    periods.map(of).max_by_key(|degree_days| degree_days.known_s).unwrap_or_default()
}

fn degree_days_figure(view: &ViewContext<'_>, shown: &Shown<'_>) -> Figure {
    let now = degree_days(shown.reports.iter().map(|report| report.period.days.as_slice()));
    let name = view.text("energy-degree-days");
    if now.known_s == 0 {
        return Figure::new(name, "–".to_owned(), view.text("energy-no-outdoor"));
    }
    let unit = |value: f64| match shown.period.scale {
        Scale::Celsius => format!("{} °C·d", view.i18n.decimal(value, 0)),
        Scale::Fahrenheit => format!("{} °F·d", view.i18n.decimal(value * 1.8, 0)),
    };
    let before = |of: &Comparison| {
        let then = degree_days(shown.reports.iter().map(|report| shown.days_compared(report, *of)));
        let period = shown.compared_title(view, *of);
        let values = || [("value", unit(then.heating).into()), ("period", period.into())];
        (then.known_s > 0).then(|| view.i18n.format("energy-before", values()))
    };
    let lines: Vec<String> = shown.period.comparisons().iter().filter_map(before).collect();
    let about = if lines.is_empty() {
        view.i18n.format("energy-days", [("count", i64::try_from(now.known_s / 86_400).unwrap_or(i64::MAX).into())])
    } else {
        lines.join("\n")
    };
    Figure { has_base: true, ..Figure::new(name, unit(now.heating), about) }
}

/// Minutes of heating for each degree day, of all thermostats together.
fn ratio(shown: &Shown<'_>) -> Option<PerDegreeDay> {
    let days: Vec<&DayEnergy> = shown.reports.iter().flat_map(|report| &report.period.days).collect();
    per_degree_day(days.into_iter())
}

fn ratio_figure(view: &ViewContext<'_>, shown: &Shown<'_>) -> Figure {
    let name = view.text("energy-per-degree-day");
    let Some(ratio) = ratio(shown) else {
        let id = if shown.period.span.kind() == Some(PeriodKind::Day) { "energy-longer" } else { "energy-no-ratio" };
        return Figure::new(name, "–".to_owned(), view.text(id));
    };
    let minutes = match shown.period.scale {
        Scale::Celsius => ratio.heating_min,
        Scale::Fahrenheit => ratio.heating_min / 1.8,
    };
    let value = view.i18n.format("duration-min", [("minutes", view.i18n.decimal(minutes, 1).into())]);
    let count = i64::try_from(ratio.days).unwrap_or(i64::MAX);
    Figure::new(name, value, view.i18n.format("energy-whole-days", [("count", count.into())]))
}

fn house_figure(view: &ViewContext<'_>, shown: &Shown<'_>) -> Figure {
    let name = view.text("energy-house");
    let told = shown.reports.iter().filter_map(|report| report.house.ok()).max_by_key(|house| house.stretches);
    let Some(house) = told else {
        let why = shown.reports.iter().filter_map(|report| report.house.err()).max_by_key(|why| match why {
            TooFewStretches::Few { found, .. } => *found,
            TooFewStretches::Unclear => usize::MAX,
        });
        let about = match why {
            Some(TooFewStretches::Few { found, needed }) => {
                view.i18n.format("energy-few-stretches", [("found", found.into()), ("needed", needed.into())])
            }
            Some(TooFewStretches::Unclear) | None => view.text("energy-unclear"),
        };
        return Figure::new(name, "–".to_owned(), about);
    };
    house_words(view, shown, &house, name)
}

fn house_words(view: &ViewContext<'_>, shown: &Shown<'_>, house: &HeatLoss, name: String) -> Figure {
    let scale = shown.period.scale;
    let degrees = |celsius: f64| match scale {
        Scale::Celsius => celsius,
        Scale::Fahrenheit => celsius * 1.8 + 32.0,
    };
    let steps = |celsius: f64| if scale == Scale::Fahrenheit { celsius * 1.8 } else { celsius };
    let hours = |hours: f64| view.i18n.decimal(hours, usize::from(hours < 10.0));
    let value = view.i18n.format(
        "energy-loses",
        [
            ("loss", view.i18n.decimal(steps(house.loss_per_h(20.0, 0.0)), 1).into()),
            ("outdoor", view.i18n.decimal(degrees(0.0), 0).into()),
        ],
    );
    let about = view.i18n.format(
        "energy-house-about",
        [
            ("constant", hours(house.time_constant_h).into()),
            ("constant_error", hours(rounded_up(2.0 * house.time_constant_error_h)).into()),
            ("balance", view.i18n.decimal(degrees(house.balance_point_c), 1).into()),
            ("balance_error", view.i18n.decimal(rounded_up(steps(2.0 * house.balance_point_error_c)), 1).into()),
            ("count", house.stretches.into()),
        ],
    );
    Figure::new(name, value, about)
}

/// An error to one decimal, so that none is called zero.
fn rounded_up(error: f64) -> f64 {
    (error * 10.0).ceil() / 10.0
}
