//! Headings, and the names of dialogs, for keys and screen readers.

use egui::{
    FontSelection, Id, Pos2, Rect, Response, Role, Sense, TextWrapMode, Ui, UiKind, Vec2, WidgetInfo, WidgetText,
};

use crate::ui::view::ViewContext;

/// Draws the heading of a page. It takes the focus when the page was opened, so that a screen reader says where the
/// user is and Tab leads to the first control; it is no stop of Tab otherwise.
pub(crate) fn page_heading_ui(ui: &mut Ui, view: &ViewContext<'_>, text: impl Into<WidgetText>) -> Response {
    let text: WidgetText = text.into();
    let words = text.text().to_owned();
    let style = FontSelection::Default;
    let galley = text.into_galley(ui, Some(TextWrapMode::Extend), f32::INFINITY, style);
    let (rect, _) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.painter().galley(rect.min, galley, view.colors.text);
    heading_at(ui, view, rect, &words)
}

/// The heading of a page that shows none, for screen readers only.
pub(crate) fn hidden_heading(ui: &Ui, view: &ViewContext<'_>, at: Pos2, words: &str) {
    heading_at(ui, view, Rect::from_min_size(at, Vec2::splat(1.0)), words);
}

fn heading_at(ui: &Ui, view: &ViewContext<'_>, rect: Rect, words: &str) -> Response {
    let id = heading_id();
    let is_stop = view.is_fresh || ui.memory(|memory| memory.has_focus(id));
    if view.is_fresh {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let response = ui.interact(rect, id, if is_stop { Sense::focusable_noninteractive() } else { Sense::hover() });
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, words));
    ui.ctx().accesskit_node_builder(id, |node| node.set_level(1));
    response
}

/// The id of the heading of the shown page.
pub(crate) fn heading_id() -> Id {
    Id::unique("page heading")
}

/// Moves the focus to the heading of the page. Call it before the heading is drawn.
pub(crate) fn focus_heading(ui: &Ui) {
    ui.memory_mut(|memory| memory.request_focus(heading_id()));
}

/// True if the focus is on the heading, or nowhere: the user has not moved it since the page was opened.
pub(crate) fn is_focus_untouched(ui: &Ui) -> bool {
    ui.memory(|memory| memory.focused()).is_none_or(is_heading)
}

/// True for the heading of a page.
pub(crate) fn is_heading(id: Id) -> bool {
    id == heading_id()
}

/// Marks a text as the heading of a part of the page. `name` is the text: a heading has a name, while a text has a value.
pub(crate) fn section_heading(ui: &Ui, response: &Response, name: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Heading);
        node.set_label(name);
        node.set_level(2);
    });
}

/// Names the dialog whose contents are drawn here.
pub(crate) fn name_dialog(ui: &Ui, name: &str) {
    let Some(dialog) = ui.stack().iter().find(|stack| stack.kind() == Some(UiKind::Modal)) else { return };
    ui.ctx().accesskit_node_builder(dialog.unique_id, |node| {
        node.set_label(name);
        node.set_modal();
    });
}
