//! Icons with their names, the type scale, and all colours with their contrast.

use egui::{Color32, CornerRadius, FontId, RichText, Sense, Ui, vec2};

use super::{cells_ui, part_ui};
use crate::ui::theme::tokens::{contrast, radius, size};
use crate::ui::theme::{colors, icons, light, regular, semibold, small};

/// Draws the group.
pub(super) fn ui(ui: &mut Ui) {
    cells_ui(ui, "Icons", 92.0, icons::NAMED, |ui, _, icon| {
        ui.label(RichText::new(*icon).size(size::ICON + 4.0));
    });
    part_ui(ui, "Type");
    for (name, font) in fonts() {
        let sample = format!("{name} {} · 21.5° Wärmer à 19,5\u{a0}°C – ¿qué?", font.size);
        ui.add(egui::Label::new(RichText::new(sample).font(font)).truncate());
    }
    colors_ui(ui);
    ui.label(small("contrast on the window, on a card, on a control").color(colors(ui).muted));
}

fn fonts() -> [(&'static str, FontId); 9] {
    [
        ("rail", regular(size::RAIL)),
        ("small", regular(size::SMALL)),
        ("body", regular(size::BODY)),
        ("title", semibold(size::TITLE)),
        ("icon", regular(size::ICON)),
        ("heading", semibold(size::HEADING)),
        ("target", regular(size::TARGET)),
        ("reading", light(size::READING)),
        ("dial", light(size::DIAL)),
    ]
}

fn colors_ui(ui: &mut Ui) {
    let c = colors(ui);
    let disc = [c.disc_heat, c.disc_cool, c.disc_eco];
    let surfaces = [c.window, c.surface, c.raised];
    let accent = [c.accent; 1];
    let veil = [Color32::WHITE.blend(c.veil); 1];
    let all: [(&str, (Color32, &[Color32])); 20] = [
        ("window", (c.window, &[])),
        ("surface", (c.surface, &[])),
        ("raised", (c.raised, &[])),
        ("line", (c.line, &surfaces)),
        ("text", (c.text, &surfaces)),
        ("muted", (c.muted, &surfaces)),
        ("accent", (c.accent, &surfaces)),
        ("heat", (c.heat, &surfaces)),
        ("cool", (c.cool, &surfaces)),
        ("eco", (c.eco, &surfaces)),
        ("alarm", (c.alarm, &surfaces)),
        ("warning", (c.warning, &surfaces)),
        ("tick", (c.tick, &surfaces)),
        ("on_accent, on the accent", (c.on_accent, &accent)),
        ("on_disc, on each disc", (c.on_disc, &disc)),
        ("on_veil, on a white picture", (c.on_veil, &veil)),
        ("disc_heat", (c.disc_heat, &surfaces)),
        ("disc_cool", (c.disc_cool, &surfaces)),
        ("disc_eco", (c.disc_eco, &surfaces)),
        ("veil", (c.veil, &[])),
    ];
    cells_ui(ui, "Colours", 210.0, &all, |ui, _, (color, surfaces)| {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(56.0, 28.0), Sense::hover());
            let corner = CornerRadius::same(radius::CONTROL);
            let edge = egui::Stroke::new(1.0, c.tick);
            ui.painter().rect(rect, corner, *color, edge, egui::StrokeKind::Inside);
            let ratios: Vec<String> =
                surfaces.iter().map(|surface| format!("{:.1}", contrast(*color, *surface))).collect();
            ui.label(small(ratios.join("  ")));
        });
    });
}
