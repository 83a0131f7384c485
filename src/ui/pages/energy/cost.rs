//! The cost of a period as an estimate: the rated power of the equipment, and a price that may be another one at night.

use egui::{Key, TextEdit, Ui};

use super::Shown;
use crate::accounts::settings::{CostSettings, NightPrice};
use crate::history::HoursOfDay;
use crate::ui::intent::{AppIntent, Preference};
use crate::ui::theme::tokens::space;
use crate::ui::theme::{light, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_ui, choice_ui, plain_row_ui, section_heading};

/// The share by which the power that equipment takes differs from the rated one.
const SPREAD: f64 = 0.1;
/// Width of a field, in points.
const FIELD: f32 = 70.0;
/// Size of the sum, in points.
const VALUE: f32 = 26.0;

/// Draws the card.
pub(super) fn cost_ui(ui: &mut Ui, view: &mut ViewContext<'_>, shown: &Shown<'_>) {
    let cost = view.cost;
    card_ui(ui, |ui| {
        let words = view.text("cost-title");
        let heading = ui.label(title(&words));
        section_heading(ui, &heading, &words);
        ui.spacing_mut().item_spacing.y = space::XS;
        let mut hours = HoursOfDay::default();
        shown.reports.iter().for_each(|report| hours.plus(&report.hours));
        match estimate(&hours, &cost) {
            Some(sum) => {
                let money = |sum: f64| view.i18n.decimal(sum, if sum < 100.0 { 2 } else { 0 });
                let (low, high) = (money(sum * (1.0 - SPREAD)), money(sum * (1.0 + SPREAD)));
                let words = view.i18n.format("cost-range", [("low", low.into()), ("high", high.into())]);
                ui.label(egui::RichText::new(words).font(light(VALUE)));
                ui.label(small(view.text("cost-about")).color(view.colors.muted));
            }
            None => {
                ui.label(small(view.text("cost-unknown")).color(view.colors.muted));
            }
        }
        ui.separator();
        fields_ui(ui, view, cost);
    });
}

fn fields_ui(ui: &mut Ui, view: &mut ViewContext<'_>, cost: CostSettings) {
    type Set = fn(&mut CostSettings, Option<u32>);
    let fields: [(&str, Option<u32>, Set); 3] = [
        ("cost-heating", cost.heating_w, |cost, value| cost.heating_w = value),
        ("cost-cooling", cost.cooling_w, |cost, value| cost.cooling_w = value),
        ("cost-price", cost.price, |cost, value| cost.price = value),
    ];
    for (id, present, set) in fields {
        if let Typed::Changed(value) = thousandths_ui(ui, view, id, present) {
            let mut new = cost;
            set(&mut new, value);
            view.send(AppIntent::Prefer(Preference::Cost(new)));
        }
    }
    let night = cost.night.unwrap_or_default();
    if let Typed::Changed(price) = thousandths_ui(ui, view, "cost-night", cost.night.map(|night| night.price)) {
        let night = price.map(|price| NightPrice { price, ..night });
        view.send(AppIntent::Prefer(Preference::Cost(CostSettings { night, ..cost })));
    }
    if cost.night.is_some() {
        let hours: Vec<u8> = (0..24).collect();
        let clock = |hour: &u8| format!("{hour:02}:00");
        for (id, present, is_begin) in [("cost-night-from", night.from, true), ("cost-night-to", night.to, false)] {
            let name = view.text(id);
            plain_row_ui(ui, view, &name, "", |ui, view| {
                if let Some(hour) = choice_ui(ui, &name, Some(&present), &hours, clock) {
                    let night =
                        if is_begin { NightPrice { from: hour, ..night } } else { NightPrice { to: hour, ..night } };
                    view.send(AppIntent::Prefer(Preference::Cost(CostSettings { night: Some(night), ..cost })));
                }
            });
        }
    }
}

/// The end of a frame of a field.
enum Typed {
    Unchanged,
    /// The new value in thousandths; `None` of an empty field.
    Changed(Option<u32>),
}

/// Draws a field for a number with up to three decimals, which is kept in thousandths. The value changes when the field
/// is left or Enter is pressed; Esc takes back what was typed.
fn thousandths_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &str, present: Option<u32>) -> Typed {
    let name = view.text(id);
    let mut typed = Typed::Unchanged;
    plain_row_ui(ui, view, &name, "", |ui, view| {
        let text_id = ui.make_persistent_id(("typed", id));
        let shown = present.map(|value| number_text(view, value)).unwrap_or_default();
        let mut text: String = ui.data(|data| data.get_temp(text_id)).unwrap_or_else(|| shown.clone());
        ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
        let field = ui.add(TextEdit::singleline(&mut text).desired_width(FIELD)).accessible_name(&name);
        if field.changed() {
            ui.data_mut(|data| data.insert_temp(text_id, text.clone()));
        }
        let value = parsed(&text);
        if value.is_err() && !field.has_focus() {
            let label = ui.label(small(view.text("cost-no-number")).color(view.colors.warning));
            ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
        }
        if !field.lost_focus() {
            return;
        }
        let is_cancelled = ui.input(|input| input.key_pressed(Key::Escape));
        if is_cancelled || value.is_ok() {
            ui.data_mut(|data| data.remove::<String>(text_id));
        }
        if let Ok(value) = value
            && !is_cancelled
            && text.trim() != shown
        {
            typed = Typed::Changed(value);
        }
    });
    typed
}

fn number_text(view: &ViewContext<'_>, thousandths: u32) -> String {
    let text = view.i18n.decimal(f64::from(thousandths) / 1_000.0, 3);
    let text = text.trim_end_matches('0');
    text.trim_end_matches(['.', ',']).to_owned()
}

#[derive(Debug, PartialEq, Eq)]
struct NotANumber;

/// Reads a number with a point or a comma; an empty text is none.
fn parsed(text: &str) -> Result<Option<u32>, NotANumber> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Ok(None);
    }
    let number: f64 = text.parse().map_err(|_no_number| NotANumber)?;
    if (0.0..1_000_000.0).contains(&number) { Ok(Some((number * 1_000.0).round() as u32)) } else { Err(NotANumber) }
}

/// The cost at rated power; `None` without a price, or without a power for what ran.
fn estimate(hours: &HoursOfDay, cost: &CostSettings) -> Option<f64> {
    let price = cost.price?;
    let price_at = |hour: u8| match cost.night {
        Some(night) if night.has(hour) => night.price,
        Some(_) | None => price,
    };
    let mut sum = 0.0;
    let mut is_known = false;
    for (seconds, watts) in [(&hours.heat_s, cost.heating_w), (&hours.cool_s, cost.cooling_w)] {
        if seconds.iter().sum::<u64>() == 0 {
            continue;
        }
        let watts = watts?;
        is_known = true;
        for (hour, seconds) in (0_u8..).zip(seconds) {
            let kwh = *seconds as f64 / 3_600.0 * f64::from(watts) / 1_000.0;
            sum += kwh * f64::from(price_at(hour)) / 1_000.0;
        }
    }
    is_known.then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_price_counts_at_night_and_nothing_is_guessed() {
        let mut hours = HoursOfDay::default();
        hours.heat_s[12] = 3_600;
        hours.heat_s[23] = 7_200;
        let cost = CostSettings {
            heating_w: Some(10_000),
            cooling_w: None,
            price: Some(300),
            night: Some(NightPrice { from: 22, to: 6, price: 200 }),
        };
        // 10 kWh at 0.30 and 20 kWh at 0.20.
        assert_eq!(estimate(&hours, &cost), Some(7.0));
        assert_eq!(estimate(&hours, &CostSettings { night: None, ..cost }), Some(9.0));
        assert_eq!(estimate(&hours, &CostSettings { price: None, ..cost }), None);
        hours.cool_s[12] = 60;
        assert_eq!(estimate(&hours, &cost), None, "the power of the cooling is not known");
        assert_eq!(estimate(&HoursOfDay::default(), &cost), None);
    }

    #[test]
    fn numbers_are_read_with_a_point_or_a_comma() {
        assert_eq!([parsed("0,28"), parsed(" 24 "), parsed("")], [Ok(Some(280)), Ok(Some(24_000)), Ok(None)]);
        for wrong in ["x", "-1", "NaN", "1e9"] {
            assert_eq!(parsed(wrong), Err(NotANumber), "{wrong}");
        }
    }
}
