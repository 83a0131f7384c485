//! The body of a response: a tree, text, bytes, or the events of a stream. Only the visible part is drawn.

use std::collections::BTreeMap;

use egui::{Align2, Key, RichText, ScrollArea, TextEdit, Ui, UiBuilder, vec2};

use crate::i18n::{ToMessage as _, message};
use crate::requests::{Body, Exchange};
use crate::ui::console::{AnswerState, BodyState, ConsoleState, Prepared, Search};
use crate::ui::theme::tokens::{size, space};
use crate::ui::theme::{icons, mono, small};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{JsonTreeAction, JsonTreeMarks, button_or_why_ui, button_ui, json_tree_ui, quiet_button_ui};

/// Height of a line of text, in points.
const LINE: f32 = 18.0;
/// Smallest height of the tree, in points.
const LEAST: f32 = 160.0;
/// Most bytes shown of a body that is not text.
const BYTES: usize = 4096;
const BYTES_A_LINE: usize = 16;

/// Draws the body of the response; `height` is the height of the whole pane.
pub(super) fn body_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ConsoleState, exchange: &Exchange, height: f32) {
    if !exchange.events.is_empty() {
        events_ui(ui, view, exchange, height);
        return;
    }
    let ConsoleState { answer, search, .. } = state;
    let Some(AnswerState::Wire { body, .. }) = answer.as_mut().map(|answer| &mut answer.state) else { return };
    let waiting = match body {
        BodyState::None if exchange.end.is_none() => "console-receiving",
        BodyState::None => "console-empty-body",
        BodyState::Preparing(_) => "console-preparing",
        BodyState::Ready(prepared) => {
            prepared_ui(ui, view, exchange, prepared, search, height);
            return;
        }
    };
    ui.label(small(view.text(waiting)).color(view.colors.muted));
}

fn prepared_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    exchange: &Exchange,
    prepared: &mut Prepared,
    search: &mut Search,
    height: f32,
) {
    let text = match exchange.body() {
        Body::Json(text) | Body::Text(text) => Some(text),
        Body::Empty | Body::Binary(_) => None,
    };
    let mut wanted = None;
    ui.horizontal_wrapped(|ui| {
        wanted = search_ui(ui, view, prepared, text.unwrap_or_default(), search);
        tools_ui(ui, view, prepared, text);
    });
    let room = vec2(ui.available_width(), (ui.available_height().min(height) - space::M).max(LEAST));
    let (rect, _) = ui.allocate_exact_size(room, egui::Sense::hover());
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| match prepared {
        Prepared::Tree { json_tree, state } => {
            let hit = search.hits.get(search.hit).copied();
            let marks = JsonTreeMarks { hits: &search.hits, hit, changed: &BTreeMap::new(), note: &|_line| None };
            let actions =
                json_tree_ui(ui, view.i18n, &view.text("console-body-part"), json_tree, state, &marks, |_, _| {});
            for ask in actions {
                match ask {
                    JsonTreeAction::Fold(line, closed) => state.fold(json_tree, line, closed),
                    JsonTreeAction::CopyPath(line) => {
                        let pointer = json_tree.line(line).map(crate::json_tree::TreeRow::pointer);
                        ui.ctx().copy_text(pointer.unwrap_or_default());
                    }
                    JsonTreeAction::CopyValue(line) => ui.ctx().copy_text(json_tree.json(line)),
                    JsonTreeAction::Selected(_) | JsonTreeAction::Toggled | JsonTreeAction::Opened(_) => {}
                }
            }
        }
        Prepared::Lines { lines, broken } => {
            if let Some(broken) = broken {
                ui.label(
                    small(view.i18n.localize(&message!("console-broken-json", why = broken.to_message())))
                        .color(view.colors.warning),
                );
            }
            let text = text.unwrap_or_default();
            let wanted = wanted.and_then(|wanted: usize| search.hits.get(wanted).copied());
            lines_ui(ui, view, lines.len(), wanted, |number| {
                let line = lines.get(number).and_then(|range| text.get(range.clone())).unwrap_or_default();
                (line.to_owned(), search.hits.binary_search(&number).is_ok())
            });
        }
        Prepared::Bytes => {
            if let Body::Binary(bytes) = exchange.body() {
                ui.label(small(view.i18n.format("console-bytes", [("count", bytes.len().to_string().into())])));
                let shown = bytes.get(..BYTES).unwrap_or(bytes);
                let count = shown.len().div_ceil(BYTES_A_LINE);
                lines_ui(ui, view, count, None, |number| (hex(shown, number), false));
            }
        }
    });
}

/// Draws the search field and the buttons from match to match. Returns the match to scroll to.
fn search_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    prepared: &mut Prepared,
    text: &str,
    search: &mut Search,
) -> Option<usize> {
    ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
    let edit = TextEdit::singleline(&mut search.text)
        .hint_text(view.text("console-search"))
        .align(Align2::LEFT_CENTER)
        .desired_width(180.0);
    let field = ui.add(edit).accessible_name(view.text("console-search"));
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if entered {
        field.request_focus();
    }
    if search.done != search.text {
        search.hits = found(prepared, text, search.text.trim());
        search.done.clone_from(&search.text);
        search.hit = 0;
        return go_to(prepared, search, 0);
    }
    if search.text.is_empty() {
        return None;
    }
    let count = search.hits.len();
    let words = if count == 0 { "0".to_owned() } else { format!("{} / {count}", search.hit + 1) };
    ui.label(small(words).color(view.colors.muted));
    let (before, after) = (view.text("console-hit-before"), view.text("console-hit-after"));
    let is_back = quiet_button_ui(ui, icons::BACK, &before).on_hover_text(&before).clicked();
    let is_on = quiet_button_ui(ui, icons::FORWARD, &after).on_hover_text(&after).clicked() || entered;
    match (is_back, is_on, count) {
        (_, _, 0) | (false, false, _) => None,
        (true, _, _) => go_to(prepared, search, (search.hit + count - 1) % count),
        (false, true, _) => go_to(prepared, search, (search.hit + 1) % count),
    }
}

/// Makes a match the current one.
fn go_to(prepared: &mut Prepared, search: &mut Search, hit: usize) -> Option<usize> {
    let line = *search.hits.get(hit)?;
    search.hit = hit;
    if let Prepared::Tree { json_tree, state } = prepared {
        state.select(json_tree, line);
    }
    Some(hit)
}

fn tools_ui(ui: &mut Ui, view: &ViewContext<'_>, prepared: &mut Prepared, text: Option<&str>) {
    if let Prepared::Tree { json_tree, state } = prepared {
        let (fold, unfold) = (view.text("console-fold"), view.text("console-unfold"));
        if button_ui(ui, small(&fold), &fold).clicked() {
            state.fold_all(json_tree);
        }
        if button_ui(ui, small(&unfold), &unfold).clicked() {
            state.unfold_all(json_tree);
        }
    }
    let copy = view.text("console-copy-body");
    let why_not = text.is_none().then(|| view.text("console-copy-bytes"));
    if button_or_why_ui(ui, small(&copy), &copy, why_not.as_deref()).clicked()
        && let Some(text) = text
    {
        ui.ctx().copy_text(text.to_owned());
    }
}

/// The indices of the lines that match a search.
fn found(prepared: &Prepared, text: &str, wanted: &str) -> Vec<usize> {
    if wanted.is_empty() {
        return Vec::new();
    }
    match prepared {
        Prepared::Tree { json_tree, .. } => json_tree.search(wanted),
        Prepared::Lines { lines, .. } => {
            let wanted = wanted.to_lowercase();
            let has = |(_, range): &(usize, &std::ops::Range<usize>)| {
                text.get((*range).clone()).is_some_and(|line| line.to_lowercase().contains(&wanted))
            };
            lines.iter().enumerate().filter(has).map(|(number, _)| number).collect()
        }
        Prepared::Bytes => Vec::new(),
    }
}

/// Draws the visible lines of a text; `line` returns a line and true if it is a match.
fn lines_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    count: usize,
    wanted: Option<usize>,
    line: impl Fn(usize) -> (String, bool),
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::both().id_salt("console-lines").auto_shrink(false);
    if let Some(wanted) = wanted {
        area = area.vertical_scroll_offset(wanted as f32 * LINE);
    }
    area.show_rows(ui, LINE, count, |ui, rows| {
        for number in rows {
            let (text, is_hit) = line(number);
            let mut text = RichText::new(text).font(mono(size::SMALL)).color(view.colors.text);
            if is_hit {
                text = text.color(view.colors.accent);
            }
            ui.add_sized(
                [0.0, LINE],
                egui::Label::new(text).wrap_mode(egui::TextWrapMode::Extend).halign(egui::Align::Min),
            );
        }
    });
}

/// A line of a hex dump: `00000010  89 50 4e 47 …  .PNG`.
fn hex(bytes: &[u8], number: usize) -> String {
    let start = number * BYTES_A_LINE;
    let line = bytes.get(start..bytes.len().min(start + BYTES_A_LINE)).unwrap_or_default();
    let figures: Vec<String> = line.iter().map(|byte| format!("{byte:02x}")).collect();
    let letters = line.iter().map(|byte| if byte.is_ascii_graphic() { char::from(*byte) } else { '.' });
    format!("{start:08x}  {:<47}  {}", figures.join(" "), letters.collect::<String>())
}

/// Draws the events of a stream, the latest first.
fn events_ui(ui: &mut Ui, view: &ViewContext<'_>, exchange: &Exchange, height: f32) {
    let count = exchange.events.len() + exchange.dropped_events;
    let mut words = view.i18n.format("console-event-count", [("count", count.to_string().into())]);
    if exchange.dropped_events > 0 {
        let dropped = exchange.dropped_events.to_string();
        words = format!("{words}; {}", view.i18n.format("console-events-dropped", [("count", dropped.into())]));
    }
    ui.label(small(words).color(view.colors.muted));
    let room = vec2(ui.available_width(), (ui.available_height().min(height) - space::M).max(LEAST));
    let (rect, _) = ui.allocate_exact_size(room, egui::Sense::hover());
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        lines_ui(ui, view, exchange.events.len(), None, |number| {
            let event = exchange.events.iter().rev().nth(number);
            let text = event.map(|event| {
                // An event with a whole home is one very long line.
                let data: String = event.data.chars().take(400).collect();
                format!("{:>7.1} s  {:<12} {data}", event.after.as_secs_f64(), event.name)
            });
            (text.unwrap_or_default(), false)
        });
    });
}
