//! The overview: a card for every device, by home and kind.
//!
//! Rows have fixed heights, so that only what is on the screen is built: ten thousand devices
//! cost as much as ten.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Align, Layout, Rect, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::structure::away_ui;
use super::thermostat::{degrees, doing};
use super::{camera, protect};
use crate::engine::Settle;
use crate::home::{Camera, DeviceId, Home, HvacMode, Node, Protect, StructureId, Thermostat, Write};
use crate::ui::intent::{Intent, Page};
use crate::ui::theme::colors;
use crate::ui::theme::tokens::{measure, radius, size, space};
use crate::ui::view::View;
use crate::ui::widgets::{card_ui, dot_ui, toggle_ui};

/// Room for Home and Away beside the name of a home.
const AWAY_WIDTH: f32 = 170.0;

/// One row of the page.
#[derive(Debug, Clone)]
enum Row {
    Home(Option<StructureId>),
    Kind(&'static str),
    Thermostats(Vec<DeviceId>),
    Cameras(Vec<DeviceId>),
    Protects(Vec<DeviceId>),
}

impl Row {
    fn height(&self) -> f32 {
        match self {
            Self::Home(_) => measure::HOME_ROW,
            Self::Kind(_) => measure::KIND_ROW,
            Self::Thermostats(_) => measure::THERMOSTAT_CARD + space::L,
            Self::Cameras(_) => measure::CAMERA_CARD + space::L,
            Self::Protects(_) => measure::PROTECT_CARD + space::L,
        }
    }
}

type MakeRow = fn(Vec<DeviceId>) -> Row;

/// The page's rows, made anew when the devices or the width change.
#[derive(Debug, Default)]
pub struct Overview {
    rows: Vec<(f32, Row)>,
    height: f32,
    columns: usize,
    home: Option<Arc<Home>>,
}

impl Overview {
    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let home = Arc::clone(&view.snapshot.shown);
        if home.structures.is_empty() && home.device_count() == 0 {
            empty_ui(ui, view);
            return;
        }
        let width = ui.available_width() - space::S;
        let columns = ((width + space::L) / (measure::CARD_WIDTH + space::L)).floor().max(1.0) as usize;
        self.arrange(&home, columns);
        let card_width = (width - space::L * (columns as f32 - 1.0)) / columns as f32;
        ScrollArea::vertical().id_salt("overview").auto_shrink(false).show_viewport(ui, |ui, seen| {
            ui.set_height(self.height);
            let origin = ui.max_rect().min;
            let first = self.rows.partition_point(|(top, row)| top + row.height() < seen.top());
            let on_screen = self.rows.iter().skip(first).take_while(|(top, _)| *top <= seen.bottom());
            for (top, row) in on_screen {
                let place = |column: usize, width: f32, height: f32| {
                    let left = column as f32 * (card_width + space::L);
                    Rect::from_min_size(pos2(origin.x + left, origin.y + top), vec2(width, height))
                };
                match row {
                    Row::Home(id) => {
                        at(ui, place(0, width, measure::HOME_ROW), |ui| home_row_ui(ui, view, id.as_ref()));
                    }
                    Row::Kind(title) => at(ui, place(0, width, measure::KIND_ROW), |ui| {
                        let muted = colors(ui.visuals()).muted;
                        ui.label(RichText::new(*title).size(size::SMALL).color(muted));
                    }),
                    Row::Thermostats(ids) => {
                        for (column, id) in ids.iter().enumerate() {
                            let Some(thermostat) = home.thermostats.get(id) else { continue };
                            card_at(ui, place(column, card_width, measure::THERMOSTAT_CARD), id, |ui| {
                                thermostat_card_ui(ui, view, id, thermostat);
                            });
                        }
                    }
                    Row::Cameras(ids) => {
                        for (column, id) in ids.iter().enumerate() {
                            let Some(camera) = home.cameras.get(id) else { continue };
                            card_at(ui, place(column, card_width, measure::CAMERA_CARD), id, |ui| {
                                camera_card_ui(ui, view, id, camera);
                            });
                        }
                    }
                    Row::Protects(ids) => {
                        for (column, id) in ids.iter().enumerate() {
                            let Some(protect) = home.protects.get(id) else { continue };
                            card_at(ui, place(column, card_width, measure::PROTECT_CARD), id, |ui| {
                                protect_card_ui(ui, view, id, protect);
                            });
                        }
                    }
                }
            }
        });
    }

    fn arrange(&mut self, home: &Arc<Home>, columns: usize) {
        let same = self.columns == columns && self.home.as_ref().is_some_and(|old| same_devices(old, home));
        self.home = Some(Arc::clone(home));
        if same {
            return;
        }
        self.columns = columns;
        self.rows.clear();
        let mut top = 0.0;
        let mut push = |row: Row| {
            let height = row.height();
            self.rows.push((top, row));
            top += height;
        };
        let mut named: Vec<(String, &StructureId)> =
            home.structures.iter().map(|(id, s)| (s.name.clone().unwrap_or_default().to_lowercase(), id)).collect();
        named.sort();
        let structures = named.into_iter().map(|(_, id)| Some(id.clone())).chain([None]);
        for structure in structures {
            // Devices of no known home come last.
            let within = |id: Option<&StructureId>| match &structure {
                Some(own) => id == Some(own),
                None => id.is_none_or(|id| !home.structures.contains_key(id)),
            };
            let thermostats = ids(&home.thermostats, |t| within(t.structure_id.as_ref()), |t| t.name.as_deref());
            let cameras = ids(&home.cameras, |c| within(c.structure_id.as_ref()), |c| c.name.as_deref());
            let protects = ids(&home.protects, |p| within(p.structure_id.as_ref()), |p| p.name.as_deref());
            if structure.is_none() && thermostats.is_empty() && cameras.is_empty() && protects.is_empty() {
                continue;
            }
            push(Row::Home(structure.clone()));
            let kinds: [(&str, Vec<DeviceId>, MakeRow); 3] = [
                ("Climate", thermostats, Row::Thermostats),
                ("Cameras", cameras, Row::Cameras),
                ("Safety", protects, Row::Protects),
            ];
            for (title, ids, row) in kinds {
                if !ids.is_empty() {
                    push(Row::Kind(title));
                    ids.chunks(columns).for_each(|chunk| push(row(chunk.to_vec())));
                }
            }
        }
        self.height = top + space::XL;
    }
}

/// Devices by name, as a person would look for them; the id decides between equal names.
fn ids<T>(
    devices: &BTreeMap<DeviceId, Arc<T>>,
    keep: impl Fn(&T) -> bool,
    name: impl Fn(&T) -> Option<&str>,
) -> Vec<DeviceId> {
    let mut kept: Vec<(String, &DeviceId)> = devices
        .iter()
        .filter(|(_, device)| keep(device))
        .map(|(id, device)| (name(device).unwrap_or_default().to_lowercase(), id))
        .collect();
    kept.sort();
    kept.into_iter().map(|(_, id)| id.clone()).collect()
}

/// Whether the rows are the same; values on the cards do not matter.
fn same_devices(old: &Arc<Home>, new: &Arc<Home>) -> bool {
    Arc::ptr_eq(old, new)
        || (old.structures.keys().eq(new.structures.keys())
            && places(&old.thermostats, |t| t.structure_id.as_ref())
                .eq(places(&new.thermostats, |t| t.structure_id.as_ref()))
            && places(&old.cameras, |c| c.structure_id.as_ref()).eq(places(&new.cameras, |c| c.structure_id.as_ref()))
            && places(&old.protects, |p| p.structure_id.as_ref())
                .eq(places(&new.protects, |p| p.structure_id.as_ref())))
}

fn places<T>(
    devices: &BTreeMap<DeviceId, Arc<T>>,
    structure: impl Fn(&T) -> Option<&StructureId>,
) -> impl Iterator<Item = (&DeviceId, Option<&StructureId>)> {
    devices.iter().map(move |(id, device)| (id, structure(device)))
}

fn at(ui: &mut Ui, rect: Rect, contents: impl FnOnce(&mut Ui)) {
    let builder = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder.id_salt((rect.min.y as i64, "row")), contents);
}

fn card_at(ui: &mut Ui, rect: Rect, id: &DeviceId, contents: impl FnOnce(&mut Ui)) {
    let builder = UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min));
    ui.scope_builder(builder.id_salt(id), |ui| {
        card_ui(ui, |ui| {
            ui.set_height(rect.height() - 34.0);
            contents(ui);
        });
    });
}

fn empty_ui(ui: &mut Ui, view: &View<'_>) {
    ui.vertical_centered(|ui| {
        ui.add_space(space::XL * 3.0);
        if view.snapshot.connection.is_online() {
            ui.label(RichText::new("This account has no devices").size(size::HEADING));
        } else {
            ui.label(RichText::new("Waiting for the service…").size(size::HEADING));
        }
    });
}

fn home_row_ui(ui: &mut Ui, view: &mut View<'_>, id: Option<&StructureId>) {
    let Some((id, structure)) = id.and_then(|id| view.snapshot.shown.structures.get(id).cloned().map(|s| (id, s)))
    else {
        ui.label(RichText::new("Devices without a home").size(size::TITLE));
        return;
    };
    let name = structure.name.as_deref().unwrap_or("Home");
    // A long name gives way to the switch beside it.
    let room = (ui.available_width() - AWAY_WIDTH).max(80.0);
    let heading = egui::Button::new(RichText::new(name).size(size::HEADING).color(colors(ui.visuals()).accent));
    let most = ui.painter().layout_no_wrap(
        name.to_owned(),
        egui::FontId::proportional(size::HEADING),
        egui::Color32::PLACEHOLDER,
    );
    let width = (most.size().x + 2.0 * space::XS).min(room);
    let link = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding.x = space::XS;
            ui.set_max_width(width);
            ui.add(heading.frame(false).truncate()).accessible_name(format!("{name}, home"))
        })
        .inner;
    focus_ring(ui, &link);
    if link.clicked() {
        view.ask(Intent::Go(Page::Structure(id.clone())));
    }
    ui.add_space(space::S);
    away_ui(ui, view, id, &structure);
}

/// The name of a device as a way to its page; `true` when it was taken.
fn name_ui(ui: &mut Ui, name: &str, kind: &str) -> bool {
    let label = RichText::new(name).size(size::TITLE).strong();
    let button = egui::Button::new(label).frame(false).truncate();
    let response = ui.add(button).accessible_name(format!("{name}, {kind}"));
    focus_ring(ui, &response);
    response.clicked()
}

/// What has no frame of its own shows the focus by a ring.
fn focus_ring(ui: &Ui, response: &egui::Response) {
    if response.has_focus() {
        let ring = egui::Stroke::new(2.0, colors(ui.visuals()).accent);
        ui.painter().rect_stroke(
            response.rect.expand(3.0),
            f32::from(radius::CONTROL),
            ring,
            egui::StrokeKind::Outside,
        );
    }
}

fn thermostat_card_ui(ui: &mut Ui, view: &mut View<'_>, id: &DeviceId, thermostat: &Thermostat) {
    let colors = colors(ui.visuals());
    let name = thermostat.name.as_deref().unwrap_or("Thermostat");
    let (chosen, ()) = egui::Sides::new().shrink_left().truncate().show(
        ui,
        |ui| name_ui(ui, name, "thermostat"),
        |ui| {
            let (color, words) = doing(thermostat, colors);
            ui.label(RichText::new(words).color(color));
            dot_ui(ui, color);
        },
    );
    if chosen {
        view.ask(Intent::Go(Page::Thermostat(id.clone())));
    }
    let online = thermostat.is_reachable();
    egui::Sides::new().show(
        ui,
        |ui| {
            let color = if online { colors.text } else { colors.muted };
            ui.label(
                RichText::new(degrees(thermostat, thermostat.ambient_temperature)).size(size::READING).color(color),
            );
        },
        |ui| target_ui(ui, view, id, thermostat, name),
    );
    let busy = view.snapshot.is_busy(&Node::Thermostat(id.clone()));
    let mut facts = vec![thermostat.hvac_mode.as_ref().map_or("unknown", HvacMode::title).to_owned()];
    if busy {
        facts.push("changing…".to_owned());
    } else {
        facts.extend(thermostat.humidity.map(|humidity| format!("{humidity} % humidity")));
    }
    ui.label(RichText::new(facts.join(" · ")).size(size::SMALL).color(colors.muted));
}

/// What the thermostat aims at, with steps where one setpoint can be stepped.
fn target_ui(ui: &mut Ui, view: &mut View<'_>, id: &DeviceId, thermostat: &Thermostat, name: &str) {
    let colors = colors(ui.visuals());
    match &thermostat.hvac_mode {
        Some(HvacMode::Heat | HvacMode::Cool) => {
            let Some(target) = thermostat.target_temperature else { return };
            let scale = thermostat.scale();
            let present = target.setpoint(scale);
            let step = |by: f64| {
                let range = thermostat.setpoint_range(scale);
                let degrees = (present.degrees + by).clamp(*range.start(), *range.end());
                Write::Target(id.clone(), crate::home::Setpoint { degrees, scale }.rounded())
            };
            let open = view.closed(&step(0.0).slot()).is_none();
            ui.add_enabled_ui(open, |ui| {
                if ui.button("+").accessible_name(format!("Warmer, {name}")).clicked() {
                    view.want(step(scale.step()), Settle::Step);
                }
                ui.label(RichText::new(present.short()).size(size::HEADING));
                if ui.button("−").accessible_name(format!("Cooler, {name}")).clicked() {
                    view.want(step(-scale.step()), Settle::Step);
                }
            });
        }
        Some(HvacMode::HeatCool) => {
            ui.label(
                RichText::new(degrees(thermostat, thermostat.target_temperature_high))
                    .size(size::HEADING)
                    .color(colors.cool),
            );
            ui.label("–");
            ui.label(
                RichText::new(degrees(thermostat, thermostat.target_temperature_low))
                    .size(size::HEADING)
                    .color(colors.heat),
            );
        }
        Some(HvacMode::Eco | HvacMode::Off | HvacMode::Other(_)) | None => {}
    }
}

fn camera_card_ui(ui: &mut Ui, view: &mut View<'_>, id: &DeviceId, camera: &Camera) {
    let colors = colors(ui.visuals());
    let name = camera.name.as_deref().unwrap_or("Camera");
    let open = camera.is_reachable();
    let (chosen, ()) = egui::Sides::new().shrink_left().truncate().show(
        ui,
        |ui| name_ui(ui, name, "camera"),
        |ui| {
            ui.add_enabled_ui(open, |ui| {
                let mut on = camera.is_streaming == Some(true);
                if toggle_ui(ui, &mut on, &format!("{name} camera")).changed() {
                    camera::switch(view, id, on);
                }
            });
        },
    );
    if chosen {
        view.ask(Intent::Go(Page::Camera(id.clone())));
    }
    let text = match (&camera.last_event, open) {
        (_, false) => "Offline".to_owned(),
        (Some(event), true) => camera::event_text(view, event),
        (None, true) => "No events".to_owned(),
    };
    let color = if open { colors.muted } else { colors.warning };
    ui.label(RichText::new(text).size(size::SMALL).color(color));
}

fn protect_card_ui(ui: &mut Ui, view: &mut View<'_>, id: &DeviceId, protect: &Protect) {
    let name = protect.name.as_deref().unwrap_or("Protect");
    let (color, words) = protect::summary(protect, colors(ui.visuals()));
    let (chosen, ()) = egui::Sides::new().shrink_left().truncate().show(
        ui,
        |ui| name_ui(ui, &format!("{name} Protect"), "Protect"),
        |ui| {
            ui.label(RichText::new(words).color(color));
            dot_ui(ui, color);
        },
    );
    if chosen {
        view.ask(Intent::Go(Page::Protect(id.clone())));
    }
}
