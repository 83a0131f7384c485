//! The table of a chart: a row for each hour, day or month.

use egui::Ui;
use jiff::tz::TimeZone;

use super::period::ChartSpan;
use super::words::row_title;
use crate::history::{CentiCelsius, EquipmentPart, Sums};
use crate::home::Scale;
use crate::ui::view::ViewContext;
use crate::ui::widgets::table_ui;

/// Draws the table. `bounds` are those of the rows.
pub(super) fn curve_table_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    span: ChartSpan,
    (bounds, rows): (&[i64], &[Sums]),
    (scale, zone): (Scale, &TimeZone),
) {
    let is_told = |sums: &&Sums| sums.covered_s > 0 || sums.room_mean.seconds() > 0;
    let has_cooling = rows.iter().any(|sums| sums.run(EquipmentPart::Cool).unwrap_or_default() > 0);
    let has_outdoor = rows.iter().any(|sums| sums.outdoor.seconds() > 0);
    let has_away = rows.iter().any(|sums| sums.away_s.unwrap_or_default() > 0);
    let has_eco = rows.iter().any(|sums| sums.eco_s.unwrap_or_default() > 0);
    let headings = [
        Some("chart-column-time"),
        Some("chart-column-room"),
        Some("chart-column-heated"),
        has_cooling.then_some("chart-column-cooled"),
        has_outdoor.then_some("chart-column-outdoor"),
        has_away.then_some("away-away"),
        has_eco.then_some("mode-eco"),
        Some("chart-column-known"),
    ];
    let head: Vec<String> = headings.into_iter().flatten().map(|id| view.text(id)).collect();
    let row = |(pair, sums): (&[i64], &Sums)| {
        let [from, to] = pair else { return Vec::new() };
        let words = |seconds: Option<u64>| seconds.map(|seconds| view.i18n.seconds(seconds));
        let time = |part| words(sums.run(part));
        let room = sums
            .room_least
            .zip(sums.room_most)
            .map(|(least, most)| format!("{}–{}", view.i18n.measured(least, scale), view.i18n.measured(most, scale)));
        let outdoor = sums.outdoor.value().map(|mean| view.i18n.measured(CentiCelsius(mean), scale));
        let share = sums.covered_s as f64 / (to - from).max(1) as f64 * 100.0;
        let covered = view.i18n.format("percent", [("value", view.i18n.decimal(share.min(100.0).floor(), 0).into())]);
        let cells = [
            Some(Some(row_title(view.i18n, span.row_kind(zone), *from, zone))),
            Some(room),
            Some(time(EquipmentPart::Heat)),
            has_cooling.then(|| time(EquipmentPart::Cool)),
            has_outdoor.then_some(outdoor),
            has_away.then(|| words(sums.away_s)),
            has_eco.then(|| words(sums.eco_s)),
            Some(is_told(&sums).then_some(covered)),
        ];
        // A dash says that nothing is known.
        cells.into_iter().flatten().map(|cell| cell.unwrap_or_else(|| "–".to_owned())).collect()
    };
    let rows: Vec<Vec<String>> = bounds.windows(2).zip(rows).map(row).collect();
    table_ui(ui, view.colors, "table", &head, &rows);
}
