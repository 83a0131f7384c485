//! The context menu of a control: undo, pin, rename and copy, and the write of its value as code.
//!
//! The menu opens by a secondary click, by a long touch, and by the menu key or Shift+F10 while the focus is in
//! the control. The area of the control decides, so the menu works for every kind of control.

use egui::{EventFilter, Id, Key, Layout, Modifiers, Popup, PopupCloseBehavior, PopupKind, Pos2, Rect, Ui, vec2};

use super::button::button_or_why_ui;
use super::closed::closed_area;
use crate::engine::UndoStatus;
use crate::home::{Field, Node, Slot, Write};
use crate::ui::intent::{AppIntent, AutomationIntent, CodeRequest, HoldLength, Intent, UiIntent};
use crate::ui::pages::{arrival_of, arrival_write, change_text, undo_intent};
use crate::ui::theme::tokens::space;
use crate::ui::view::{Draft, ViewContext};

/// A write that the menu offers as code.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    /// The name of the value, which distinguishes the entries of the menu.
    pub(crate) what: String,
    /// The write, or the reason why there is none.
    pub(crate) write: Result<Write, String>,
}

#[derive(Clone, Copy)]
struct OpenMenu {
    /// The id of the control's area.
    area: Id,
    at: Pos2,
    /// The widget that had the focus and gets it back.
    origin: Option<Id>,
    /// The frame in which it opened.
    opened: u64,
    /// The frame in which it was drawn last. If its control disappears, the menu is no longer drawn and counts
    /// as closed.
    drawn: u64,
}

/// True while the first entry must still take the focus.
fn is_opening(open: &OpenMenu) -> bool {
    open.drawn <= open.opened + 1
}

fn open_id() -> Id {
    Id::unique("context menu")
}

/// True while a list or a menu is open, which the next click elsewhere closes.
pub(crate) fn is_list_open(ui: &Ui) -> bool {
    let now = ui.ctx().cumulative_frame_nr();
    let menu: Option<OpenMenu> = ui.data(|data| data.get_temp(open_id()));
    Popup::is_any_open(ui.ctx()) || menu.is_some_and(|menu| now <= menu.drawn + 1)
}

/// Draws the control of a value with its context menu. Blocks the control if the rules do not allow a write.
pub(crate) fn value_scope<R>(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    slot: &Slot,
    contents: impl FnOnce(&mut Ui, &mut ViewContext<'_>) -> R,
) -> R {
    let reason = view.blocked(slot).map(|refusal| view.i18n.localize(&refusal));
    let area = closed_area(ui, reason.as_deref(), |ui| contents(ui, view));
    context_menu_ui(ui, view, area.response.rect, slot, Some(slot), |view| offers(view, slot));
    area.inner
}

/// Opens and draws the menu of an area that was drawn in this frame. `slot` is the value of its control, if it has one.
pub(crate) fn context_menu_ui(
    ui: &Ui,
    view: &mut ViewContext<'_>,
    area: Rect,
    salt: impl std::hash::Hash + std::fmt::Debug,
    slot: Option<&Slot>,
    offers: impl FnOnce(&ViewContext<'_>) -> Vec<Offer>,
) {
    let id = ui.unique_id().with(("context menu", salt));
    let now = ui.ctx().cumulative_frame_nr();
    let mut open: Option<OpenMenu> = ui.data(|data| data.get_temp(open_id()));
    // A nested area opened its menu in this frame already.
    let is_taken = open.is_some_and(|open| open.opened == now && open.area != id);
    if !is_taken && let Some((at, origin)) = menu_requested(ui, area) {
        open = Some(OpenMenu { area: id, at, origin, opened: now, drawn: now });
    }
    let Some(mut open) = open.filter(|open| open.area == id && now <= open.drawn + 1) else { return };
    open.drawn = now;
    let mut entries = slot.map(|slot| entries(view, slot)).unwrap_or_default();
    if view.is_developer {
        entries.extend(code_entries(view, offers(view)));
    }
    let is_open = !entries.is_empty() && menu_ui(ui, view, open, entries);
    if is_opening(&open) {
        ui.ctx().request_repaint();
    }
    ui.data_mut(|data| {
        if is_open {
            data.insert_temp(open_id(), open);
        } else {
            data.remove::<OpenMenu>(open_id());
        }
    });
    if !is_open && let Some(origin) = open.origin {
        ui.memory_mut(|memory| memory.request_focus(origin));
    }
}

/// Returns the position of a requested menu and the widget that had the focus; `None` if no menu was requested.
fn menu_requested(ui: &Ui, area: Rect) -> Option<(Pos2, Option<Id>)> {
    let (clicked, by_key, pointer) = ui.input(|input| {
        let by_key = input.key_pressed(Key::F10) || input.key_pressed(Key::Menu);
        (input.pointer.secondary_clicked(), by_key, input.pointer.interact_pos())
    });
    let touched = ui.ctx().viewport(|viewport| viewport.interact_widgets.long_touched);
    // The common case in nearly every frame of every control, so check it first.
    if !clicked && !by_key && touched.is_none() {
        return None;
    }
    let focused = ui.memory(|memory| memory.focused());
    let is_here = |id: Id| {
        let widget = ui.ctx().viewport(|viewport| viewport.this_pass.widgets.get(id).copied())?;
        (widget.layer_id == ui.layer_id() && area.contains(widget.rect.center())).then_some(widget.rect)
    };
    if let Some(at) = pointer.filter(|_| clicked && ui.rect_contains_pointer(area)) {
        return Some((at, focused));
    }
    if let Some(at) = pointer.filter(|_| touched.is_some_and(|id| is_here(id).is_some())) {
        return Some((at, focused));
    }
    let at = focused.and_then(is_here)?.left_bottom();
    let by_key = ui.input_mut(|input| {
        input.consume_key(Modifiers::SHIFT, Key::F10) || input.consume_key(Modifiers::NONE, Key::Menu)
    });
    by_key.then_some((at, focused))
}

/// An entry of the menu.
struct Entry {
    label: String,
    /// The accessible name, which says what it is about.
    name: String,
    does: Result<EntryAction, String>,
}

enum EntryAction {
    Send(Intent),
    Copy(String),
}

/// The entries for the value of a control: what people do with it.
fn entries(view: &ViewContext<'_>, slot: &Slot) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |id: &str, what: &str, does: EntryAction| {
        let label = view.text(id);
        let name = format!("{label}: {what}");
        entries.push(Entry { label, name, does: Ok(does) });
    };
    let field = view.i18n.localize(&slot.field);
    let newest = view.snapshot.records().find(|entry| entry.record.slot == *slot);
    if let Some(entry) = newest
        && view.snapshot.standings().get(&entry.id()) == Some(&UndoStatus::Stands)
        && let Some(undo) = undo_intent(entry.id(), entry.record)
    {
        add("undo", &change_text(view, entry.record), EntryAction::Send(undo.into()));
    }
    let device = slot.node.device();
    let name = slot.node.name(&view.snapshot.shown).to_owned();
    if let Some(id) = device {
        let is_pinned = view.pinned.contains(id);
        let pin = AppIntent::Pin(id.clone(), !is_pinned);
        add(if is_pinned { "unpin" } else { "pin" }, &name, EntryAction::Send(pin.into()));
    }
    if let (Node::Thermostat(id), Field::Target | Field::Range) = (&slot.node, slot.field)
        && view.blocked(slot).is_none()
    {
        let held = view.automation.holds.get(id).filter(|held| held.hold.is_shown_by(&view.snapshot.shown));
        let intent = match held {
            Some(_) => AutomationIntent::EndHold(id.clone()),
            None => AutomationIntent::HoldPresent { thermostat: id.clone(), length: HoldLength::Minutes(120) },
        };
        let key = if held.is_some() { "hold-end" } else { "hold-two-hours" };
        add(key, &name, EntryAction::Send(AppIntent::Automation(intent).into()));
    }
    let name_field = match &slot.node {
        Node::Structure(_) => Some(Field::Name),
        Node::Thermostat(_) => Some(Field::Label),
        Node::Camera(_) => None,
    };
    let named = name_field.map(|field| Slot { node: slot.node.clone(), field });
    if let Some(named) = named.filter(|named| view.blocked(named).is_none()) {
        add("rename", &name, EntryAction::Send(UiIntent::EditText(named).into()));
    }
    if let Some(write) = shown(view, slot) {
        add("copy-value", &field, EntryAction::Copy(view.value(&write)));
    }
    entries
}

/// The entries that show a write as code.
fn code_entries(view: &ViewContext<'_>, offers: Vec<Offer>) -> Vec<Entry> {
    let is_alone = offers.len() == 1;
    let entry = |offer: Offer| {
        let name = view.i18n.format("as-code-show-what", [("what", offer.what.into())]);
        let label = if is_alone { view.text("as-code-show") } else { name.clone() };
        let does = offer.write.map(|write| {
            let account = view.snapshot.named_owner(&write.slot().node).map(|member| member.key.clone());
            EntryAction::Send(UiIntent::AsCode(CodeRequest::of_write(&write, account)).into())
        });
        Entry { label, name, does }
    };
    offers.into_iter().map(entry).collect()
}

/// Draws the menu; `false` once it is closed.
fn menu_ui(ui: &Ui, view: &mut ViewContext<'_>, open: OpenMenu, entries: Vec<Entry>) -> bool {
    let mut is_open = true;
    let popup = Popup::new(open.area.with("popup"), ui.ctx().clone(), open.at, ui.layer_id())
        .kind(PopupKind::Menu)
        .layout(Layout::top_down_justified(egui::Align::Min))
        .gap(space::XS)
        .accessible_name(view.text("context-menu"))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .open_bool(&mut is_open);
    let mut picked = None;
    popup.show(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, space::XS);
        let mut ids = Vec::with_capacity(entries.len());
        for (index, Entry { label, name, does }) in entries.into_iter().enumerate() {
            let closed = does.as_ref().err().map(String::as_str);
            let response = ui.push_id(index, |ui| button_or_why_ui(ui, label, &name, closed)).inner;
            if index == 0 && is_opening(&open) {
                response.request_focus();
            }
            ids.push(response.id);
            if let (true, Ok(action)) = (response.clicked(), does) {
                picked = Some(action);
            }
        }
        move_by_arrows(ui, &ids);
    });
    match picked {
        Some(EntryAction::Send(intent)) => view.send(intent),
        Some(EntryAction::Copy(text)) => ui.ctx().copy_text(text),
        None => return is_open,
    }
    false
}

/// Moves the focus among the entries, from the last one to the first, and not to the page behind.
fn move_by_arrows(ui: &Ui, ids: &[Id]) {
    let focused = ui.memory(|memory| memory.focused());
    let Some(at) = ids.iter().position(|id| Some(*id) == focused) else { return };
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(ids[at], filter));
    let pressed = |key| ui.input(|input| usize::from(input.key_pressed(key)));
    let by = pressed(Key::ArrowDown) + (ids.len() - 1) * pressed(Key::ArrowUp);
    if by > 0 {
        ui.memory_mut(|memory| memory.request_focus(ids[(at + by) % ids.len()]));
    }
}

/// The writes of a control, for the values that it shows.
pub(crate) fn offers(view: &ViewContext<'_>, slot: &Slot) -> Vec<Offer> {
    // The fields of the fan share a row.
    let fields: Vec<Field> =
        if slot.field == Field::FanTimer { Field::FAN.iter().rev().copied().collect() } else { vec![slot.field] };
    let offer = |field: &Field| {
        let slot = Slot { node: slot.node.clone(), field: *field };
        let write = shown(view, &slot).ok_or_else(|| view.text("as-code-no-value"));
        Offer { what: view.i18n.localize(field), write }
    };
    fields.iter().map(offer).collect()
}

fn shown(view: &ViewContext<'_>, slot: &Slot) -> Option<Write> {
    match (&slot.node, slot.field, view.drafts.of(slot)) {
        (Node::Structure(id), Field::Eta, _) => {
            let announced =
                view.snapshot.shown.structures.get(id).and_then(|structure| arrival_of(structure, view.now));
            Some(arrival_write(view, id, announced))
        }
        (Node::Structure(id), Field::Name, Some(Draft::Text(name))) => {
            Some(Write::StructureName(id.clone(), name.clone()))
        }
        (Node::Thermostat(id), Field::Label, Some(Draft::Text(label))) => Some(Write::Label(id.clone(), label.clone())),
        _ => slot.present(&view.snapshot.shown, None),
    }
}
