//! Details and actions of the selected line.

use egui::accesskit::Live;
use egui::{Label, RichText, ScrollArea, Ui};

use super::document::{Document, is_hidden};
use super::edit::edit_ui;
use super::leaf::{page, writable};
use crate::json_tree::{JsonKind, TreeRow};
use crate::ui::intent::UiIntent;
use crate::ui::theme::tokens::{measure, size, space};
use crate::ui::theme::{icons, mono, semibold, small};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    JsonTreeAction, at_the_right, button_or_why_ui, button_ui, card_ui, icon_label_ui, quiet_button_ui,
};

/// Largest height of a value before it scrolls, in points.
const VALUE_HEIGHT: f32 = 160.0;

/// Draws the details; returns an action as the tree does.
pub(super) fn detail_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    document: &Document,
    line: TreeRow<'_>,
    copied: bool,
    closing: Option<&mut bool>,
) -> Option<JsonTreeAction> {
    let pointer = line.pointer();
    let home = std::sync::Arc::clone(&view.snapshot.shown);
    let about = page(&home, &pointer);
    let leaf = writable(&home, &pointer);
    // In a narrow window the control alone shows the value.
    let is_said = leaf.is_some() && closing.is_some();
    card_ui(ui, |ui| {
        let key = line.key().map(|key| key.to_string());
        let title = key.clone().unwrap_or_else(|| view.text("explorer-tree"));
        let title = Label::new(RichText::new(title).font(semibold(size::TITLE))).truncate();
        match closing {
            Some(is_closed) => {
                ui.horizontal(|ui| {
                    let room = ui.available_width() - measure::CONTROL - space::S;
                    ui.scope(|ui| {
                        ui.set_max_width(room);
                        ui.add(title);
                    });
                    at_the_right(ui, "close", |ui| {
                        let close = view.text("explorer-close");
                        *is_closed = quiet_button_ui(ui, icons::CLOSE, &close).on_hover_text(&close).clicked();
                    });
                });
            }
            None => {
                ui.add(title);
            }
        }
        if !pointer.is_empty() {
            let path = RichText::new(&pointer).font(mono(size::RAIL + 1.0)).color(view.colors.muted);
            ui.add(Label::new(path).wrap().selectable(true));
        }
        if let Some(owner) = about.as_ref().and_then(|(_, node)| view.snapshot.named_owner(node.as_ref()?)) {
            let name = view.i18n.localize(&owner.label.name);
            let text = view.i18n.format("explorer-account", [("name", name.into())]);
            ui.label(small(text).color(view.colors.muted));
        }
        if !is_said {
            ui.add_space(space::XS);
            value_ui(ui, view, line);
        }
    });
    match (&leaf, line.key()) {
        (Some(leaf), Some(key)) => edit_ui(ui, view, leaf, &key.to_string()),
        _ if line.is_container() => {}
        _ => {
            let text = small(view.text("explorer-read-only")).color(view.colors.muted);
            icon_label_ui(ui, icons::LOCK, text);
        }
    }
    buttons_ui(ui, view, document, line, about.map(|(page, _)| page), copied)
}

/// Draws the complete value.
fn value_ui(ui: &mut Ui, view: &ViewContext<'_>, line: TreeRow<'_>) {
    if is_hidden(line) {
        icon_label_ui(ui, icons::LOCK, small(view.text("explorer-confidential")).color(view.colors.muted));
        return;
    }
    if line.is_container() {
        let count = i64::try_from(line.children()).unwrap_or(i64::MAX);
        ui.label(small(view.i18n.format("json-tree-entries", [("count", count.into())])).color(view.colors.muted));
        return;
    }
    let color = crate::ui::widgets::json_color(line.kind(), view.colors);
    let is_empty = line.kind() == JsonKind::Text && line.text().is_empty();
    let (text, color) = if is_empty { ("\"\"", view.colors.muted) } else { (line.text(), color) };
    ScrollArea::vertical().id_salt("value").max_height(VALUE_HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
        ui.add(Label::new(RichText::new(text).font(mono(size::TITLE)).color(color)).wrap().selectable(true));
    });
}

fn buttons_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    document: &Document,
    line: TreeRow<'_>,
    page: Option<crate::ui::intent::Page>,
    copied: bool,
) -> Option<JsonTreeAction> {
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        let code = view.text("as-code");
        if button_ui(ui, &code, &code).clicked() {
            let code = super::code_of(view, &document.json_tree, line);
            view.send(UiIntent::AsCode(code));
        }
        let path = view.text("json-tree-copy-path");
        if button_ui(ui, &path, &path).clicked() {
            action = Some(JsonTreeAction::CopyPath(line.index()));
        }
        let value = view.text("json-tree-copy-value");
        let why_not = is_hidden(line).then(|| view.text("explorer-confidential"));
        if button_or_why_ui(ui, &value, &value, why_not.as_deref()).clicked() {
            action = Some(JsonTreeAction::CopyValue(line.index()));
        }
        if let Some(page) = page {
            let open = view.text("explorer-open");
            if button_ui(ui, &open, &open).clicked() {
                view.send(UiIntent::Go(page));
            }
        }
        if line.can_fold() {
            let (id, is_closed) = if document.tree.is_closed(line.index()) {
                ("explorer-unfold", true)
            } else {
                ("explorer-fold", false)
            };
            let text = view.text(id);
            if button_ui(ui, &text, &text).clicked() {
                action = Some(JsonTreeAction::Fold(line.index(), !is_closed));
            }
        }
        if copied {
            let status =
                ui.label(small(format!("{} {}", icons::CHECK, view.text("explorer-copied"))).color(view.colors.eco));
            ui.ctx().accesskit_node_builder(status.id, |node| node.set_live(Live::Polite));
        }
    });
    action
}
