//! Energy: hours of heating and cooling beside those of a year before, and what the house tells. Every number says on
//! how much it rests.

mod bars;
mod cost;
mod figures;
mod filter;
mod findings;
mod import;
mod period;
mod sheet;

use self::bars::{BarChoices, bars_card_ui};
use self::cost::cost_ui;
use self::figures::figures_ui;
use self::filter::filter_ui;
use self::findings::findings_ui;
use self::import::{ImportChoices, dropped_files, import_ui};
pub use self::import::{ImportStatus, JoinProposal, JoinQuestion};
use self::period::{Comparison, Period, compared};
use super::{cards_ui, message_ui};
use crate::history::{DayEnergy, DegreeDayBase, PeriodKind, Sums};
use crate::home::{DeviceId, Scale, StructureId};
use crate::ui::chart::{ChartSpan, PeriodChoice, dates_button_ui, open_dates_ui, span_title};
use crate::ui::energy_reports::{EnergyReport, EnergyReports, EnergyRequest, ShownReports};
use crate::ui::intent::{AppIntent, HistoryIntent, Page, UiIntent};
use crate::ui::theme::tokens::space;
use crate::ui::theme::{heading, icons, small};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{choice_ui, page_heading_ui};
use egui::Ui;

/// The state of the page.
#[derive(Default)]
pub struct EnergyState {
    /// The thermostat that is shown; `None` for all of them.
    device: Option<DeviceId>,
    /// The shown span; `None` for the present month.
    span: Option<ChartSpan>,
    bars: BarChoices,
    choices: ImportChoices,
    reports: EnergyReports,
}

/// Most thermostats that are read.
const MOST_DEVICES: usize = 60;
/// The time before the end of a period that tells the loss of heat, in seconds: a year.
const HOUSE_S: i64 = 365 * 86_400;

/// The shown period with the reports of its thermostats.
struct Shown<'a> {
    period: &'a Period,
    reports: &'a [EnergyReport],
    /// The names of the thermostats of the reports.
    names: Vec<String>,
}

impl Shown<'_> {
    /// The sums of all thermostats over the period.
    fn sums(&self) -> Sums {
        sum_of_days(self.reports.iter().flat_map(|report| &report.period.days))
    }

    /// The days of a thermostat in a compared period that correspond to past days of the shown one.
    fn days_compared<'r>(&self, report: &'r EnergyReport, comparison: Comparison) -> &'r [DayEnergy] {
        let [previous, year_before] = &report.compared;
        let compared = if comparison == Comparison::Previous { previous } else { year_before };
        self.period.compared(comparison).days(compared)
    }

    /// The sums of all thermostats over the same days of a compared period.
    fn sums_compared(&self, comparison: Comparison) -> Sums {
        sum_of_days(self.reports.iter().flat_map(|report| self.days_compared(report, comparison)))
    }

    /// The name of the time that the period is compared with.
    fn compared_title(&self, view: &ViewContext<'_>, comparison: Comparison) -> String {
        let compared = self.period.compared(comparison);
        let name = span_title(view.i18n, compared.span, self.period.now, &self.period.zone);
        if compared.until.is_none() {
            return name;
        }
        view.i18n.format("energy-same-days", [("period", name.into())])
    }

    /// Seconds of the period that are past, for all thermostats.
    fn elapsed_s(&self) -> u64 {
        let (from, to) = self.period.span.bounds(&self.period.zone);
        (to.min(self.period.now) - from).max(0).unsigned_abs() * self.reports.len() as u64
    }
}

fn sum_of_days<'a>(days: impl Iterator<Item = &'a DayEnergy>) -> Sums {
    let mut all = Sums::default();
    days.for_each(|day| all.plus(&day.sums));
    all
}

/// Draws the page.
pub(in crate::ui) fn energy_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut EnergyState,
    import: &ImportStatus,
) {
    let mut devices = devices(view);
    // An export can be looked at without any account.
    devices.extend(state.reports.others().iter().cloned());
    if devices.is_empty() && state.reports.is_read() || !view.curves.has_history() {
        page_heading_ui(ui, view, heading(view.text("energy")));
        message_ui(ui, view, icons::ENERGY, "energy-empty", "energy-empty-about");
        return;
    }
    let period = period(view, state, &devices);
    tools_ui(ui, view, state, &period, &devices);
    ui.add_space(space::S);
    let is_of_home = |id: &DeviceId| view.snapshot.shown.thermostats.contains_key(id);
    let has_home = devices.iter().any(|(id, _)| is_of_home(id));
    let wanted: Vec<DeviceId> = devices
        .iter()
        .map(|(id, _)| id.clone())
        .filter(|id| match &state.device {
            Some(wanted) => wanted == id,
            // All thermostats are those of the home; without one, those of the history.
            None => is_of_home(id) || !has_home,
        })
        .take(MOST_DEVICES)
        .collect();
    let (_, end) = period.span.bounds(&period.zone);
    // The begin of a day, so that the same reports are wanted for the whole day.
    let house_end = end.min(period.now).div_euclid(86_400) * 86_400;
    let request = EnergyRequest {
        devices: wanted,
        parts: period.span.rows(&period.zone),
        compared: period.compared.map(|compared| compared.span.rows(&period.zone)),
        base: period.base,
        zone: period.zone.clone(),
        house: (house_end - HOUSE_S, house_end),
        filter: view.filter.and_then(|filter| {
            let changed = filter.changed.to_zoned(period.zone.clone()).ok()?;
            Some((changed.timestamp().as_second(), filter.is_forced_air))
        }),
    };
    let read = state.reports.get_or_read(ui.ctx(), (view.snapshot, view.now), view.curves, request);
    contents_ui(ui, view, (state, import), &period, &devices, &read);
}

fn contents_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    (state, import): (&mut EnergyState, &ImportStatus),
    period: &Period,
    devices: &[(DeviceId, String)],
    read: &ShownReports,
) {
    if let Some(failed) = &read.failed {
        let words = view.i18n.format("chart-failed", [("reason", view.i18n.localize(failed).into())]);
        ui.label(small(words).color(view.colors.warning));
        return;
    }
    if read.is_reading {
        ui.label(small(view.text("chart-reading")).color(view.colors.muted));
        return;
    }
    let name =
        |report: &EnergyReport| devices.iter().find(|(id, _)| *id == report.device).map(|(_, name)| name.clone());
    let names = read.read.reports.iter().map(|report| name(report).unwrap_or_default()).collect();
    let shown = Shown { period, reports: &read.read.reports, names };
    let (bars, choices) = (&mut state.bars, &mut state.choices);
    let left = |ui: &mut Ui, view: &mut ViewContext<'_>| {
        figures_ui(ui, view, &shown);
        bars_card_ui(ui, view, &shown, bars);
    };
    let right = |ui: &mut Ui, view: &mut ViewContext<'_>| {
        findings_ui(ui, view, &shown);
        cost_ui(ui, view, &shown);
        filter_ui(ui, view, &shown);
        import_ui(ui, view, import, choices);
    };
    cards_ui(ui, view, "energy", [Box::new(left), Box::new(right)]);
}

/// Takes in files that are dropped on the window, and shows their progress. The API console takes files of its own.
pub(in crate::ui) fn take_dropped_files(ui: &Ui, view: &mut ViewContext<'_>, page: &Page) {
    if *page == Page::Console {
        return;
    }
    let files = dropped_files(ui);
    if !files.is_empty() && view.curves.has_history() {
        view.send(AppIntent::History(HistoryIntent::Import(files)));
        view.send(UiIntent::Go(Page::Energy));
    }
}

/// The thermostats of the shown home with their names, in natural order.
fn devices(view: &ViewContext<'_>) -> Vec<(DeviceId, String)> {
    let is_shown = |structure: Option<&StructureId>| view.home.is_none_or(|home| structure == Some(home));
    let thermostats = view.snapshot.shown.thermostats.iter();
    let mut devices: Vec<(DeviceId, String)> = thermostats
        .filter(|(_, thermostat)| is_shown(thermostat.structure_id.as_ref()))
        .map(|(id, thermostat)| (id.clone(), view.name_or(thermostat.name.as_deref(), "thermostat")))
        .collect();
    devices.sort_by(|one, other| alphanumeric_sort::compare_str(&one.1, &other.1));
    devices
}

fn period(view: &ViewContext<'_>, state: &mut EnergyState, devices: &[(DeviceId, String)]) -> Period {
    if state.device.as_ref().is_some_and(|device| !devices.iter().any(|(id, _)| id == device)) {
        state.device = None;
    }
    let thermostats = &view.snapshot.shown.thermostats;
    let first = state.device.as_ref().or(devices.first().map(|(id, _)| id)).and_then(|id| thermostats.get(id));
    let structure = first.and_then(|thermostat| view.snapshot.shown.structures.get(thermostat.structure_id.as_ref()?));
    let zone = structure.and_then(|structure| structure.zone()).unwrap_or_else(|| view.zone.clone());
    let country = structure.and_then(|structure| structure.country_code.as_deref()).unwrap_or_default();
    let now = view.now.as_second();
    let span = state.span.unwrap_or_else(|| ChartSpan::around(PeriodKind::Month, now, &zone));
    Period {
        span,
        compared: Comparison::ALL.map(|comparison| compared(span, comparison, now, &zone)),
        zone,
        base: view.degree_day_base.unwrap_or_else(|| DegreeDayBase::of_country(country)),
        scale: first.map_or(Scale::Celsius, |thermostat| view.i18n.scale_of(thermostat)),
        now,
    }
}

/// Draws the heading with the choices: which thermostat, which period, the one before and after.
fn tools_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    state: &mut EnergyState,
    period: &Period,
    devices: &[(DeviceId, String)],
) {
    let (width, kinds) = (ui.available_width(), PeriodChoice::width(ui, view));
    let dates = egui::Id::unique("energy dates");
    let choices_ui = |ui: &mut Ui, view: &ViewContext<'_>, state: &mut EnergyState| {
        let choice = PeriodChoice { span: period.span, zone: &period.zone, now: period.now };
        let kind = choice.kinds_ui(ui, view, kinds + STEPS > width);
        ui.spacing_mut().item_spacing.x = space::XS;
        let earlier = choice.step_ui(ui, view, false);
        ui.label(span_title(view.i18n, period.span, period.now, &period.zone));
        let later = choice.step_ui(ui, view, true);
        dates_button_ui(ui, view, choice, dates);
        state.span = kind.or(earlier).or(later).or(state.span);
    };
    let is_wide = width > kinds + STEPS + 360.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        page_heading_ui(ui, view, heading(view.text("energy")));
        device_choice_ui(ui, view, state, devices);
        if is_wide {
            choices_ui(ui, view, state);
        }
    });
    if !is_wide {
        ui.horizontal(|ui| choices_ui(ui, view, state));
    }
    let choice = PeriodChoice { span: period.span, zone: &period.zone, now: period.now };
    state.span = open_dates_ui(ui, view, choice, dates).or(state.span);
}

/// Width of the buttons to the period before and after with its name between them, and to the dates, in points.
const STEPS: f32 = 250.0;

/// Draws the choice of a thermostat, if there are several.
fn device_choice_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut EnergyState, devices: &[(DeviceId, String)]) {
    if devices.len() < 2 {
        return;
    }
    let ids = devices.iter().map(|(id, _)| Some(id.clone()));
    let all: Vec<Option<DeviceId>> = std::iter::once(None).chain(ids).collect();
    let title = |device: &Option<DeviceId>| {
        let Some(id) = device else { return view.text("energy-all") };
        let named = devices.iter().find(|(known, _)| known == id);
        named.map(|(_, name)| name.clone()).unwrap_or_default()
    };
    if let Some(picked) = choice_ui(ui, &view.text("thermostat"), Some(&state.device), &all, title) {
        state.device = picked;
    }
}
