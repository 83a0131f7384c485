//! Everything that a rule may name, and the place and the limits of all rules.

use egui::{Key, TextEdit, Ui};

use super::RulesState;
use crate::automation::rule::{Coordinates, Limits, RuleEdit, RuleSurroundings, Rules};
use crate::command::{Typed, temperature};
use crate::home::{Scale, Setpoint, Write};
use crate::ui::theme::tokens::space;
use crate::ui::theme::{small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_ui, plain_row_ui};

/// Width of a field, in points.
const FIELD: f32 = 84.0;

/// The names that rules may use.
pub(super) struct Named {
    accounts: Vec<String>,
    pub(super) presets: Vec<(String, Vec<Write>)>,
    pub(super) programs: Vec<String>,
    pub(super) requests: Vec<String>,
}

impl Named {
    pub(super) fn of(view: &ViewContext<'_>) -> Self {
        let accounts = view.snapshot.accounts.iter().map(|account| view.i18n.localize(&account.label.name)).collect();
        let presets = view.presets.list().iter().map(|preset| (preset.name.clone(), preset.writes.clone())).collect();
        let programs = view.outside.programs.iter().map(|program| program.name.clone()).collect();
        let requests = view.outside.requests.iter().map(|request| request.name.clone()).collect();
        Self { accounts, presets, programs, requests }
    }

    pub(super) fn check<T>(&self, view: &ViewContext<'_>, f: impl FnOnce(&RuleSurroundings<'_>) -> T) -> T {
        f(&RuleSurroundings {
            now: view.now,
            zone: view.zone,
            home: &view.snapshot.shown,
            accounts: &self.accounts,
            presets: &self.presets,
            levels: &view.automation.schedules.content.levels,
            programs: &self.programs,
            requests: &self.requests,
        })
    }
}

/// The scale in which a person types temperatures: that of the first thermostat.
pub(super) fn scale_of(view: &ViewContext<'_>) -> Scale {
    view.snapshot.shown.thermostats.values().next().map_or(Scale::Celsius, |it| view.i18n.scale_of(it))
}

/// The fields of the card.
#[derive(Debug, Default)]
pub(super) struct SurroundingsForm {
    /// The field with the focus and its text.
    typed: Option<(&'static str, String)>,
    /// The reason why the last typed value was not taken.
    remark: Option<String>,
}

/// Draws the card.
pub(super) fn surroundings_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut RulesState, all: &Rules) {
    if all.rules.is_empty() {
        return;
    }
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(title(view.text("rule-limits")));
        ui.label(small(view.text("rule-limits-about")).color(view.colors.muted));
        let degrees = |pick: fn(Coordinates) -> f64| all.place.map(|place| pick(place).to_string()).unwrap_or_default();
        let fields = [
            ("rule-lowest", view.i18n.number(all.limits.lowest)),
            ("rule-highest", view.i18n.number(all.limits.highest)),
            ("rule-latitude", degrees(|place| place.latitude)),
            ("rule-longitude", degrees(|place| place.longitude)),
        ];
        for (key, present) in &fields {
            let name = view.text(key);
            let mut entered = None;
            plain_row_ui(ui, view, &name, "", |ui, view| entered = field_ui(ui, view, state, key, present));
            if let Some(text) = entered {
                take(view, state, all, key, &text);
            }
        }
        if let Some(remark) = &state.surroundings.remark {
            let label = ui.label(small(remark.as_str()).color(view.colors.alarm));
            ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
        }
    });
}

/// Draws a field; `Some` if a text was entered.
fn field_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    state: &mut RulesState,
    key: &'static str,
    present: &str,
) -> Option<String> {
    let name = view.text(key);
    let form = &mut state.surroundings;
    let mut text = form.typed.take_if(|(typed, _)| *typed == key).map_or_else(|| present.to_owned(), |(_, text)| text);
    let field = ui.add(TextEdit::singleline(&mut text).desired_width(FIELD)).accessible_name(name);
    let is_cancelled = ui.input(|input| input.key_pressed(Key::Escape));
    if field.lost_focus() && text != present && !is_cancelled {
        return Some(text);
    }
    if field.has_focus() && text != present {
        form.typed = Some((key, text));
    }
    None
}

fn take(view: &mut ViewContext<'_>, state: &mut RulesState, all: &Rules, key: &str, text: &str) {
    let edit = if key == "rule-lowest" || key == "rule-highest" {
        limits_edit(view, all.limits, key == "rule-lowest", text)
    } else {
        place_edit(view, all.place, key == "rule-latitude", text)
    };
    match edit {
        Ok(edit) => {
            state.surroundings.remark = None;
            state.edit(view, vec![edit]);
        }
        Err(why) => state.surroundings.remark = Some(why),
    }
}

fn limits_edit(view: &ViewContext<'_>, present: Limits, is_lowest: bool, text: &str) -> Result<RuleEdit, String> {
    let refused = || view.i18n.format("schedule-no-temperature", [("text", text.into())]);
    let Some(Typed::Absolute(typed)) = temperature(text, present.lowest.scale) else { return Err(refused()) };
    if !typed.scale.range().contains(&typed.degrees) {
        return Err(refused());
    }
    let limits = if is_lowest { Limits { lowest: typed, ..present } } else { Limits { highest: typed, ..present } };
    let celsius = |setpoint: Setpoint| setpoint.temperature().map(|it| it.celsius());
    if celsius(limits.lowest) > celsius(limits.highest) {
        return Err(view.text("rule-limits-crossed"));
    }
    Ok(RuleEdit::Limits(limits))
}

fn place_edit(
    view: &ViewContext<'_>,
    present: Option<Coordinates>,
    is_latitude: bool,
    text: &str,
) -> Result<RuleEdit, String> {
    if text.trim().is_empty() {
        return Ok(RuleEdit::Place(None));
    }
    let most = if is_latitude { 90.0 } else { 180.0 };
    let number = text.trim().replace(',', ".").parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
    let number = number.ok_or_else(|| view.i18n.format("rule-no-number", [("text", text.into())]))?;
    let place = present.unwrap_or(Coordinates { latitude: 0.0, longitude: 0.0 });
    Ok(RuleEdit::Place(Some(if is_latitude {
        Coordinates { latitude: number, ..place }
    } else {
        Coordinates { longitude: number, ..place }
    })))
}
