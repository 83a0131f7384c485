//! The cards of the overview.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Button, Color32, Label, Layout, RichText, Sense, Ui, UiBuilder, vec2};

use super::super::camera::{GLANCE, event_text, switch, why_dark};
use super::super::protect::{protect_name, summary};
use super::super::structure::{away_ui, away_width};
use super::arrange::CardKind;
use crate::engine::{Debounce, Phase, Request};
use crate::home::{
    Away, Camera, DeviceId, DeviceTree, HvacMode, Node, Protect, Setpoint, StructureId, Thermostat, Write,
};
use crate::media::PictureSource;
use crate::ui::chart::day_strip_ui;
use crate::ui::intent::{AppIntent, Page, UiIntent};
use crate::ui::pages::hold_end_text;
use crate::ui::theme::tokens::{measure, size, space};
use crate::ui::theme::{colors, heading, icons, light, regular, semibold, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::climate::{Doing, degrees, doing, fan_until, limits, range_steps_ui};
use crate::ui::widgets::{
    PictureCaption, PictureFrame, at_the_right, choice_ui, connection_text, focus_ring, icon_ui, one_line, picture_ui,
    quiet_button_ui, round_button_ui, status_text, toggle_ui, value_scope, why_text,
};

/// The page of a device, and the accessible name of its card.
pub(super) fn page_and_name(
    view: &ViewContext<'_>,
    home: &DeviceTree,
    kind: CardKind,
    id: &DeviceId,
) -> (Page, String) {
    let named = |message: &str, name: String| view.i18n.format(message, [("name", name.into())]);
    match kind {
        CardKind::Thermostat => {
            let name = home.thermostats.get(id).and_then(|device| device.name.as_deref());
            (Page::Thermostat(id.clone()), named("card-thermostat", view.name_or(name, "thermostat")))
        }
        CardKind::Camera => {
            let name = home.cameras.get(id).and_then(|device| device.name.as_deref());
            (Page::Camera(id.clone()), named("card-camera", view.name_or(name, "camera")))
        }
        CardKind::Protect => {
            let name = home.protects.get(id).map_or_else(|| view.text("protect"), |device| protect_name(view, device));
            (Page::Protect(id.clone()), named("card-protect", name))
        }
    }
}

/// Draws the row with the name of a home.
pub(super) fn home_row_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: Option<&StructureId>) {
    let known = id.and_then(|id| view.snapshot.shown.structures.get(id).cloned().map(|s| (id, s)));
    let Some((id, structure)) = known else {
        ui.label(heading(view.text("homeless")));
        return;
    };
    let name = view.name_or(structure.name.as_deref(), "structure");
    let label = view.i18n.format("card-home", [("name", name.as_str().into())]);
    // Cut a long name, to leave room for the switch beside it.
    let room = (ui.available_width() - away_width(ui, view) - 4.0 * space::S).max(80.0);
    if name_ui(ui, heading(name.as_str()), &label, room) {
        view.send(UiIntent::Go(Page::Structure(id.clone())));
    }
    ui.add_space(space::S);
    // The account is painted beside the name, so a screen reader needs it in the name of the switch.
    let spoken = view.i18n.disambiguate(view.snapshot, &Node::Structure(id.clone()), &name);
    let slot = Write::Away(id.clone(), Away::Home).slot();
    value_scope(ui, view, &slot, |ui, view| away_ui(ui, view, id, &structure, &spoken));
    account_line_ui(ui, view, id);
}

/// Draws the account of a home and the state of its connection, if there are several accounts.
fn account_line_ui(ui: &mut Ui, view: &ViewContext<'_>, id: &StructureId) {
    let Some(account) = view.snapshot.named_owner(&Node::Structure(id.clone())) else { return };
    if ui.available_width() < 80.0 {
        return;
    }
    let (fine, line) = connection_text(account.connection(), view);
    let name = view.i18n.localize(&account.label.name);
    let words = if fine { name } else { format!("{name} · {line}") };
    let color = if fine { view.colors.muted } else { view.colors.warning };
    ui.add_space(space::S);
    ui.add(egui::Label::new(small(words).color(color)).truncate());
}

/// Draws a name as a link to its page; `true` if it was clicked.
fn name_ui(ui: &mut Ui, text: RichText, name: &str, room: f32) -> bool {
    ui.scope(|ui| {
        ui.spacing_mut().button_padding.x = 0.0;
        ui.spacing_mut().interact_size.y = ui.spacing().interact_size.y.min(24.0);
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.set_max_width(room);
        let response = ui.add(Button::new(text).frame(false).truncate()).accessible_name(name);
        focus_ring(ui, &response);
        let muted = colors(ui).muted;
        icon_ui(ui, icons::FORWARD, size::SMALL, muted);
        response.clicked()
    })
    .inner
}

/// Draws a line of a card with a fixed height, so that all cards have the same height.
fn line_ui<R>(ui: &mut Ui, height: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    // A child that is larger than the line must not move the lines below.
    let layout = Layout::left_to_right(Align::Center);
    let mut line = ui.new_child(UiBuilder::new().id_salt(("line", height as i32)).max_rect(rect).layout(layout));
    line.spacing_mut().interact_size.y = height.min(measure::CONTROL);
    contents(&mut line)
}

pub(super) fn thermostat_card_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat) {
    let name = view.name_or(thermostat.name.as_deref(), "thermostat");
    let doing = doing_on_card(view, id, thermostat);
    line_ui(ui, 24.0, |ui| {
        let label = view.i18n.format("card-thermostat", [("name", name.as_str().into())]);
        let room = ui.available_width() - 150.0;
        if name_ui(ui, title(name.as_str()), &label, room) {
            view.send(UiIntent::Go(Page::Thermostat(id.clone())));
        }
        at_the_right(ui, "doing", |ui| doing_ui(ui, &doing));
    });
    line_ui(ui, 58.0, |ui| {
        let is_current = thermostat.is_reachable() && view.outdated(&Node::Thermostat(id.clone())).is_none();
        let color = if is_current { view.colors.text } else { view.colors.muted };
        // A range leaves less room for the reading.
        let is_range = thermostat.hvac_mode == Some(HvacMode::HeatCool);
        let points = if is_range && ui.available_width() < NARROW_CARD { size::READING - 8.0 } else { size::READING };
        reading_ui(ui, view, thermostat, color, points);
        let room = ui.available_width();
        at_the_right(ui, "target", |ui| target_ui(ui, view, id, thermostat, &name, room));
    });
    line_ui(ui, measure::CONTROL, |ui| {
        let slot = Write::Mode(id.clone(), HvacMode::Off).slot();
        let label = view.i18n.format("card-mode", [("device", name.as_str().into())]);
        let picked = value_scope(ui, view, &slot, |ui, view| {
            let modes = thermostat.modes();
            choice_ui(ui, &label, thermostat.hvac_mode.as_ref(), &modes, |mode| view.i18n.localize(mode))
        });
        if let Some(mode) = picked {
            view.request(Write::Mode(id.clone(), mode), Debounce::Now);
        }
        let (color, words) = facts(view, id, thermostat, &doing);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| facts_ui(ui, words, color));
    });
    day_strip_ui(ui, view, id, thermostat);
}

/// Draws a summary at the right edge, on up to two lines.
fn facts_ui(ui: &mut Ui, words: String, color: Color32) {
    let mut job = LayoutJob::simple(words.clone(), regular(size::SMALL), color, ui.available_width());
    job.wrap.max_rows = 2;
    job.halign = Align::RIGHT;
    let galley = ui.painter().layout_job(job);
    let is_cut = galley.elided;
    let response = ui.label(galley);
    if is_cut {
        response.on_hover_text(words);
    }
}

/// Draws the newest failed change of a device: the reason first, on up to two lines, with a cross.
pub(super) fn failure_ui(ui: &mut Ui, view: &mut ViewContext<'_>, node: &Node) {
    let failed = view.snapshot.writes().filter(|(slot, _)| slot.node == *node).filter_map(|(slot, state)| {
        let Phase::Failed { why, at } = &state.phase else { return None };
        Some((*at, slot.clone(), why_text(view, why), status_text(view, state)))
    });
    let failed = failed.max_by_key(|(at, ..)| *at).map(|(_, slot, why, status)| (slot, why, status));
    let Some((slot, why, (color, status))) = failed else { return };
    let field = view.i18n.localize(&slot.field);
    line_ui(ui, measure::FAILURE - space::S, |ui| {
        let room = ui.available_width() - measure::CONTROL - space::S;
        let mut job = LayoutJob::simple(why, regular(size::SMALL), color, room);
        job.wrap.max_rows = 2;
        let galley = ui.painter().layout_job(job);
        ui.allocate_ui_with_layout(vec2(room, galley.size().y), Layout::top_down(Align::Min), |ui| {
            ui.label(galley).on_hover_text(format!("{field} · {status}"));
        });
        at_the_right(ui, "dismiss", |ui| {
            let label = format!("{}, {field}", view.text("dismiss"));
            if quiet_button_ui(ui, icons::CLOSE, &label).on_hover_text(&label).clicked() {
                view.send(AppIntent::Engine(Request::Discard(slot)));
            }
        });
    });
}

/// Draws the card of the compact view: one line with the name, the room and the target.
pub(super) fn compact_thermostat_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat) {
    let name = view.name_or(thermostat.name.as_deref(), "thermostat");
    let doing = doing_on_card(view, id, thermostat);
    line_ui(ui, measure::LARGE_CONTROL, |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let is_range = thermostat.hvac_mode == Some(HvacMode::HeatCool);
        let room = (ui.available_width() - if is_range { RANGE_STEPS } else { TARGET_STEPS }).max(80.0);
        ui.allocate_ui_with_layout(vec2(room, measure::LARGE_CONTROL), Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.spacing_mut().interact_size.y = 21.0;
            let label = view.i18n.format("card-thermostat", [("name", name.as_str().into())]);
            ui.horizontal(|ui| {
                if name_ui(ui, title(name.as_str()), &label, room - space::L) {
                    view.send(UiIntent::Go(Page::Thermostat(id.clone())));
                }
            });
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                let room = degrees(view, thermostat, thermostat.ambient_temperature);
                let is_outdated = view.outdated(&Node::Thermostat(id.clone())).is_some();
                let color = if is_outdated { view.colors.muted } else { view.colors.text };
                ui.label(RichText::new(room).font(semibold(size::BODY)).color(color));
                icon_ui(ui, doing.icon, size::SMALL, doing.color);
                let (color, words) = compact_facts(view, id, thermostat, &doing);
                // Beside a range the icon has to do.
                if is_range && words == doing.words {
                    return;
                }
                ui.add(Label::new(small(words.as_str()).color(color)).truncate()).on_hover_text(words);
            });
        });
        at_the_right(ui, "target", |ui| target_ui(ui, view, id, thermostat, &name, 0.0));
    });
}

/// Width of the step buttons of a range with their numbers, in points.
const RANGE_STEPS: f32 = 196.0;
/// Width of the step buttons of a target with its number, in points.
const TARGET_STEPS: f32 = 172.0;

/// The state of a pending write, or else the activity.
fn compact_facts(view: &ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat, doing: &Doing) -> (Color32, String) {
    let node = Node::Thermostat(id.clone());
    let is_pending = view.snapshot.writes().any(|(slot, state)| slot.node == node && state.is_open());
    if is_pending { facts(view, id, thermostat, doing) } else { (doing.color, doing.words.clone()) }
}

/// Draws the room temperature, with its unit if other thermostats use another one.
fn reading_ui(ui: &mut Ui, view: &ViewContext<'_>, thermostat: &Thermostat, color: Color32, points: f32) {
    let ambient = thermostat.ambient_temperature.filter(|_| view.summary.mixes_scales() && view.i18n.scale().is_none());
    let Some(ambient) = ambient.map(|ambient| ambient.setpoint(view.i18n.scale_of(thermostat))) else {
        let room = degrees(view, thermostat, thermostat.ambient_temperature);
        ui.label(RichText::new(room).font(light(points)).color(color));
        return;
    };
    let mut job = LayoutJob::simple_singleline(view.i18n.number(ambient), light(points), color);
    // This line height aligns the unit with the tops of the digits.
    let line_height = Some(points * 0.7);
    let unit = TextFormat { valign: Align::TOP, line_height, ..TextFormat::simple(regular(size::TITLE), color) };
    job.append(ambient.scale.sign(), space::XS, unit);
    ui.label(job);
}

/// The activity, without the limits of Eco, which the card shows as the target.
fn doing_on_card(view: &ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat) -> Doing {
    let doing = doing(view, id, thermostat);
    if doing.disc == Some(view.colors.disc_eco) {
        return Doing { words: doing.lead.clone(), ..doing };
    }
    doing
}

fn doing_ui(ui: &mut Ui, doing: &Doing) {
    ui.spacing_mut().item_spacing.x = space::XS;
    icon_ui(ui, doing.icon, size::BODY, doing.color);
    ui.label(RichText::new(&doing.words).font(regular(size::BODY)).color(doing.color));
}

/// The state of a pending write, or else a summary: remaining time, fan, humidity.
fn facts(view: &ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat, doing: &Doing) -> (egui::Color32, String) {
    let node = Node::Thermostat(id.clone());
    // A failure has a line of its own.
    let of_node = view.snapshot.writes().find(|(slot, state)| slot.node == node && state.is_open());
    if let Some((slot, state)) = of_node {
        let (color, status) = status_text(view, state);
        let words = match state.phase {
            // Nothing else on the card names the field.
            Phase::Conflict { .. } => format!("{} · {status}", view.i18n.localize(&slot.field)),
            Phase::Failed { .. } | Phase::Waiting { .. } | Phase::Sending | Phase::Confirming => status,
        };
        return (color, words);
    }
    let mut facts = Vec::new();
    let held = view.automation.holds.get(id).filter(|held| held.hold.is_shown_by(&view.snapshot.shown));
    facts.extend(held.map(|held| {
        let end = hold_end_text(view, held.hold.ends, held.ends);
        view.i18n.format("palette-held", [("end", end.into())])
    }));
    facts.extend(doing.more.clone());
    if let Some(until) = fan_until(view, thermostat) {
        facts.push(view.i18n.format("card-fan-until", [("time", view.clock(until).into())]));
    }
    // The humidity of an offline thermostat is out of date.
    let humidity = thermostat.humidity.filter(|_| thermostat.is_reachable());
    facts.extend(humidity.map(|humidity| view.i18n.format("card-humidity", [("value", humidity.into())])));
    (view.colors.muted, facts.join(" · "))
}

/// Width inside a card below which a reading beside a range is smaller, in points.
const NARROW_CARD: f32 = 330.0;
/// Width in points in which a range has large numbers.
const WIDE_RANGE: f32 = 230.0;

/// Draws the target of a thermostat with its step buttons, in a width of `room`.
fn target_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat, name: &str, room: f32) {
    let scale = view.i18n.scale_of(thermostat);
    match &thermostat.hvac_mode {
        Some(HvacMode::Heat | HvacMode::Cool) => {
            let Some(target) = thermostat.target_temperature else { return };
            let present = target.setpoint(scale);
            let step = |by: f64| {
                let range = thermostat.setpoint_range(scale);
                let degrees = (present.degrees + by).clamp(*range.start(), *range.end());
                Write::Target(id.clone(), Setpoint { degrees, scale }.rounded())
            };
            value_scope(ui, view, &step(0.0).slot(), |ui, view| {
                if ui.ctx().content_rect().width() < measure::NARROW {
                    // A long reading leaves little room in a narrow window.
                    ui.spacing_mut().item_spacing.x = space::XS;
                }
                for (icon, label, by) in
                    [(icons::MINUS, "card-cooler", -scale.step()), (icons::PLUS, "card-warmer", scale.step())]
                {
                    if by > 0.0 {
                        let is_outdated = view.outdated(&Node::Thermostat(id.clone())).is_some();
                        target_label_ui(ui, view, &view.i18n.degrees(present), is_outdated);
                    }
                    let label = view.i18n.format(label, [("device", name.into())]);
                    let can = step(by) != step(0.0);
                    if round_button_ui(ui, icon, &label, can).clicked() {
                        view.request(step(by), Debounce::Step);
                    }
                }
            });
        }
        Some(HvacMode::HeatCool) => {
            let size = if room < WIDE_RANGE { size::BODY } else { size::HEADING };
            range_steps_ui(ui, view, id, thermostat, name, size);
        }
        Some(HvacMode::Eco) => {
            if let Some(limits) = limits(view, thermostat) {
                let is_outdated = view.outdated(&Node::Thermostat(id.clone())).is_some();
                let color = if is_outdated { view.colors.muted } else { view.colors.eco };
                ui.label(RichText::new(limits).size(size::TARGET).color(color));
            }
        }
        Some(HvacMode::Off | HvacMode::Other(_)) | None => {}
    }
}

fn target_label_ui(ui: &mut Ui, view: &ViewContext<'_>, degrees: &str, is_outdated: bool) {
    ui.vertical(|ui| {
        ui.set_width(62.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.vertical_centered(|ui| {
            let color = if is_outdated { view.colors.muted } else { view.colors.text };
            ui.label(RichText::new(degrees).size(size::TARGET).color(color));
            ui.label(small(view.text("card-target")).color(view.colors.muted));
        });
    });
}

/// The largest share of the width of a camera's card that its last event takes.
const EVENT: f32 = 0.45;

/// Draws the card of a camera: its switch and, unless the view is compact, its picture.
pub(super) fn camera_card_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    id: &DeviceId,
    camera: &Camera,
    is_compact: bool,
) {
    let name = view.name_or(camera.name.as_deref(), "camera");
    ui.horizontal(|ui| {
        let label = view.i18n.format("card-camera", [("name", name.as_str().into())]);
        let event = camera.last_event.as_ref().filter(|_| why_dark(view, camera).is_none());
        let event = event.map(|event| event_text(view, event));
        let most = ui.available_width() * EVENT;
        let event = event.map(|event| (one_line(ui, &event, regular(size::SMALL), view.colors.muted, most), event));
        let beside = event.as_ref().map_or(0.0, |(text, _)| text.size().x + space::S);
        let room = ui.available_width() - 70.0 - beside;
        if name_ui(ui, title(name.as_str()), &label, room) {
            view.send(UiIntent::Go(Page::Camera(id.clone())));
        }
        at_the_right(ui, "switch", |ui| {
            // Beside the name, because the picture below is not that of the event.
            if let Some((text, event)) = event {
                ui.label(text).on_hover_text(event);
            }
            let slot = Write::Streaming(id.clone(), false).slot();
            value_scope(ui, view, &slot, |ui, view| {
                let mut on = camera.is_streaming == Some(true);
                let label = view.i18n.format("camera-switch", [("device", name.as_str().into())]);
                if toggle_ui(ui, &mut on, &label).changed() {
                    switch(view, id, on);
                }
            });
        });
    });
    if is_compact {
        return;
    }
    let dark = why_dark(view, camera);
    let is_failed = view.snapshot.writes().any(|(slot, state)| slot.node.device() == Some(id) && !state.is_open());
    let failure = if is_failed { measure::FAILURE } else { 0.0 };
    let size = vec2(ui.available_width(), ui.available_height() - failure);
    let label = view.i18n.format("camera-now-name", [("device", name.as_str().into())]);
    let url = camera.snapshot_url.as_ref().filter(|_| dark.is_none());
    let otherwise = dark.unwrap_or_else(|| view.text("camera-no-picture"));
    picture_ui(
        ui,
        view,
        &PictureFrame {
            source: url.map(PictureSource::from),
            size,
            name: &label,
            caption: PictureCaption::Time,
            otherwise,
            max_age: GLANCE,
            plays: false,
            enlarges: false,
        },
    );
}

/// Smallest width of a name on the card of a Protect, in points.
const LEAST_NAME: f32 = 60.0;

pub(super) fn protect_card_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, protect: &Protect) {
    let name = protect_name(view, protect);
    let summary = summary(view, id, protect);
    // A Protect has no control, so its row is only as high as its text.
    ui.spacing_mut().interact_size.y = 18.0;
    line_ui(ui, 22.0, |ui| {
        let label = view.i18n.format("card-protect", [("name", name.as_str().into())]);
        let most = ui.available_width() - LEAST_NAME - size::BODY - 2.0 * space::L;
        let words = one_line(ui, &summary.words, semibold(size::SMALL), summary.color, most);
        let room = (ui.available_width() - words.size().x - size::BODY - 2.0 * space::L).max(LEAST_NAME);
        if name_ui(ui, title(name.as_str()), &label, room) {
            view.send(UiIntent::Go(Page::Protect(id.clone())));
        }
        at_the_right(ui, "summary", |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            icon_ui(ui, summary.icon, size::BODY, summary.color);
            let is_cut = words.elided;
            let label = ui.label(words);
            if is_cut {
                label.on_hover_text(&summary.words);
            }
        });
    });
}
