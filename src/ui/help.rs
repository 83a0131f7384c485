//! The help sheet with all keys.

use egui::{Align, CornerRadius, Frame, Key, Layout, Margin, Modal, RichText, Stroke, Ui, vec2};

use super::action::Action;
use super::keys::shortcut_text;
use super::theme::tokens::{measure, radius, size, space};
use super::theme::{heading, icons, regular, semibold, small};
use super::view::ViewContext;
use super::widgets::{at_the_right, icon_ui, main_button_ui};
use crate::ui::widgets::name_dialog;

pub(super) fn dialog_frame(view: &ViewContext<'_>) -> Frame {
    Frame::new()
        .fill(view.colors.surface)
        .stroke(Stroke::new(1.0, view.colors.line))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin::same(20))
}

/// Draws the help sheet: every key, from the same list as the menus and the palette. `true` when it closes.
pub(super) fn help_ui(ui: &Ui, view: &ViewContext<'_>) -> bool {
    let modal = Modal::new(egui::Id::unique("help")).frame(dialog_frame(view)).show(ui.ctx(), |ui| {
        name_dialog(ui, &view.text("help-title"));
        ui.set_max_width(measure::PALETTE);
        ui.set_width(measure::PALETTE.min(ui.ctx().content_rect().width() - 72.0));
        let close = view.text("close");
        // The close button comes before the keys, so that it is visible however long the list is.
        let response = ui
            .horizontal(|ui| {
                ui.label(heading(view.text("help-title")));
                at_the_right(ui, "close", |ui| main_button_ui(ui, &close, &close, None))
            })
            .inner;
        let height = ui.ctx().content_rect().height() - 200.0;
        // `min_scrolled_height` gives the full height at once; otherwise the area grows a little in each frame.
        let area = egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        // Help begins at its top whenever it opens: then the button has no focus yet.
        let area = if response.has_focus() { area } else { area.vertical_scroll_offset(0.0) };
        area.show(ui, |ui| {
            // No widget in the list takes the focus, so this code handles the keys that scroll.
            ui.scroll_with_delta(vec2(0.0, -scrolled_by_keys(ui, height)));
            // Leave room for the scroll bar beside the keys, when it is wide too.
            ui.set_max_width(ui.available_width() - space::XL);
            for action in Action::ALL.into_iter().filter(|action| action.is_offered(view)) {
                let keys = shortcut_text(view.i18n, action);
                help_row_ui(ui, view, action.icon(), &view.text(action.text()), &keys);
            }
            help_row_ui(ui, view, icons::UNDO, &view.text("help-menu"), &view.text("help-menu-keys"));
            help_row_ui(ui, view, icons::FORWARD, &view.text("help-order"), &view.text("help-order-keys"));
            help_row_ui(ui, view, icons::FORWARD, &view.text("help-regions"), "F6");
            ui.separator();
            ui.label(semibold_label(&view.text("help-dial")));
            for (keys, text) in [
                ("help-dial-arrows-keys", "help-dial-arrows"),
                ("help-dial-pages-keys", "help-dial-pages"),
                ("help-dial-ends-keys", "help-dial-ends"),
                ("help-dial-digits-keys", "help-dial-digits"),
                ("help-dial-enter-keys", "help-dial-enter"),
                ("help-dial-escape-keys", "help-dial-escape"),
                ("help-dial-wheel-keys", "help-dial-wheel"),
            ] {
                help_row_ui(ui, view, "", &view.text(text), &view.text(keys));
            }
            ui.separator();
            marks_ui(ui, view);
            ui.separator();
            about_ui(ui, view);
        });
        // The close button is the only widget here that takes the focus. The previous widget gets the focus back
        // later.
        if !response.has_focus() {
            response.request_focus();
        }
        response.clicked()
    });
    modal.inner || modal.should_close()
}

/// Draws a mark of the dial into a rectangle.
type Mark<'a> = dyn Fn(&egui::Painter, egui::Rect) + 'a;

/// Explains the marks of the dial, each beside a drawing of it.
fn marks_ui(ui: &mut Ui, view: &ViewContext<'_>) {
    ui.label(semibold_label(&view.text("help-marks")));
    let colors = view.colors;
    let marks: [(&str, &Mark<'_>); 5] = [
        ("help-mark-target", &|painter, rect| {
            painter.circle(rect.center(), 7.0, colors.raised, Stroke::new(3.0, colors.heat));
        }),
        ("help-mark-room", &|painter, rect| {
            painter.line_segment([rect.center_top(), rect.center_bottom()], Stroke::new(3.0, colors.text));
        }),
        ("help-mark-way", &|painter, rect| {
            painter.line_segment([rect.left_center(), rect.right_center()], Stroke::new(6.0, colors.heat));
        }),
        ("help-mark-eco", &|painter, rect| {
            painter.line_segment([rect.left_center(), rect.right_center()], Stroke::new(2.0, colors.eco));
        }),
        ("help-mark-confirmed", &|painter, rect| {
            painter.circle_filled(rect.center(), 4.0, colors.muted);
        }),
    ];
    for (text, mark) in marks {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(24.0, 18.0), egui::Sense::hover());
            mark(ui.painter(), rect);
            ui.add(egui::Label::new(view.text(text)).wrap());
        });
    }
}

/// Says the version of the program and its licences.
fn about_ui(ui: &mut Ui, view: &ViewContext<'_>) {
    let version = env!("CARGO_PKG_VERSION");
    ui.label(semibold_label(&view.i18n.format("help-version", [("version", version.into())])));
    ui.add(egui::Label::new(small(view.text("help-licences")).color(view.colors.muted)).wrap());
}

/// Distance in points by which the pressed keys scroll down a text of this height.
fn scrolled_by_keys(ui: &Ui, height: f32) -> f32 {
    const LINE: f32 = 40.0;
    let ways = [
        (Key::ArrowDown, LINE),
        (Key::ArrowUp, -LINE),
        (Key::PageDown, height - LINE),
        (Key::PageUp, LINE - height),
        (Key::End, f32::from(u16::MAX)),
        (Key::Home, -f32::from(u16::MAX)),
    ];
    let count = |key| ui.input_mut(|input| input.count_and_consume_key(egui::Modifiers::NONE, key)) as f32;
    ways.into_iter().map(|(key, by)| by * count(key)).sum()
}

fn semibold_label(text: &str) -> RichText {
    RichText::new(text).font(semibold(size::BODY))
}

fn help_row_ui(ui: &mut Ui, view: &ViewContext<'_>, icon: &str, text: &str, keys: &str) {
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 24.0;
        if !icon.is_empty() {
            icon_ui(ui, icon, size::BODY, view.colors.muted);
        }
        // The label wraps in the width that the keys leave.
        let keys_width = ui.painter().layout_no_wrap(keys.to_owned(), regular(size::SMALL), view.colors.muted).size().x;
        let room = ui.available_width() - keys_width - space::M;
        ui.scope(|ui| {
            ui.set_max_width(room);
            ui.add(egui::Label::new(text).wrap());
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(small(keys).color(view.colors.muted));
        });
    });
}
