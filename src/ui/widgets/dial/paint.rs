//! Drawing of the dial.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, Ui, Vec2, pos2};

use super::geometry::Arc;
use super::handle::Handle;
use super::{HandleEnd, Subject, Targets, typed, value_of};
use crate::engine::{Phase, WaitReason};
use crate::home::{HvacMode, Scale, Setpoint, Temperature};
use crate::ui::theme::tokens::{Colors, motion, size};
use crate::ui::theme::{icons, is_still, light, regular, semibold};
use crate::ui::view::{Draft, ViewContext};
use crate::ui::widgets::climate::{Doing, degrees, limits, span};

/// The measures of a dial, scaled from the full width of 380 points.
pub(super) struct Face {
    pub(super) arc: Arc,
    /// The radius of the disc.
    pub(super) disc: f32,
    /// Font size of the number in the middle.
    pub(super) number: f32,
    /// The width of the track.
    track: f32,
    /// Size as a share of a full dial.
    share: f32,
}

impl Face {
    /// The centre of the text below the number.
    pub(super) fn below(&self) -> Pos2 {
        self.arc.center + Vec2::DOWN * 54.0 * self.share
    }

    pub(super) fn new(rect: Rect, side: f32, scale: Scale) -> Self {
        let share = side / crate::ui::theme::tokens::measure::DIAL;
        let center = pos2(rect.center().x, rect.top() + side / 2.0);
        // Leave room outside of the track for a handle and for the mark of the confirmed target.
        let arc = Arc { center, radius: side / 2.0 - 22.0 * share.max(0.6), range: scale.range() };
        Self { disc: arc.radius - 34.0 * share, number: size::DIAL * share, track: (16.0 * share).max(9.0), share, arc }
    }
}

/// Paints the dial without the field of a typed number.
pub(super) fn paint(
    ui: &Ui,
    view: &ViewContext<'_>,
    face: &Face,
    subject: &Subject<'_>,
    targets: Targets,
    doing: &Doing,
    handles: &[Handle],
) {
    if !ui.is_rect_visible(Rect::from_center_size(face.arc.center, Vec2::splat(face.arc.radius * 2.5))) {
        return;
    }
    let painter = ui.painter();
    let colors = view.colors;
    painter.circle_filled(face.arc.center, face.disc, doing.disc.unwrap_or(colors.raised));
    track(painter, face, subject, colors);
    ticks(view, painter, face, doing);
    let shown = moving(ui, subject, targets, handles);
    fill(painter, face, subject, shown, colors);
    room(view, painter, face, subject);
    confirmed(painter, face, subject, view, targets);
    pending(ui, view, face, subject);
    for handle in handles {
        knob(painter, face, subject, shown, handle, colors);
    }
    words(view, painter, face, subject, targets, doing, handles);
}

fn arc_line(painter: &Painter, points: Vec<Pos2>, width: f32, color: Color32) {
    if let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) {
        painter.add(Shape::line(points, Stroke::new(width, color)));
        for end in [first, last] {
            painter.circle_filled(end, width / 2.0, color);
        }
    }
}

/// Paints the whole track; the part outside of the lock is thinner.
fn track(painter: &Painter, face: &Face, subject: &Subject<'_>, colors: &Colors) {
    let (start, end) = (*face.arc.range.start(), *face.arc.range.end());
    let allowed = subject.thermostat.setpoint_range(subject.scale);
    let (least, most) = (*allowed.start(), *allowed.end());
    if (least, most) != (start, end) {
        arc_line(painter, face.arc.line(start, end, 0.0), face.track * 0.3, colors.line);
    }
    arc_line(painter, face.arc.line(least, most, 0.0), face.track, colors.line);
    if colors.track != colors.line {
        arc_line(painter, face.arc.line(least, most, 0.0), face.track - 3.0, colors.track);
    }
    // The eco limits are marks on the inside. In Eco the fill shows them.
    if subject.thermostat.hvac_mode == Some(HvacMode::Eco) {
        return;
    }
    let at = |t: Option<Temperature>| t.map(|t| t.view(subject.scale));
    let (low, high) = subject.thermostat.eco_limits();
    let eco = at(low).zip(at(high));
    if let Some((low, high)) = eco.filter(|(low, high)| low < high) {
        let inward = -face.track * 0.5 - 5.0 * face.share;
        arc_line(painter, face.arc.line(low, high, inward), 2.0, colors.eco);
    }
}

/// Paints the ticks, and the number of each tenth degree on the edge of the disc.
fn ticks(view: &ViewContext<'_>, painter: &Painter, face: &Face, doing: &Doing) {
    let outer = -face.track / 2.0 - 10.0 * face.share;
    let inward = face.disc - face.arc.radius - 13.0 * face.share;
    let color = if doing.disc.is_some() { view.colors.on_disc } else { view.colors.muted };
    for (degrees, is_long) in face.arc.ticks() {
        let length = if is_long { 10.0 } else { 6.0 } * face.share;
        let line = [face.arc.at(degrees, outer), face.arc.at(degrees, outer - length)];
        painter.line_segment(line, Stroke::new(1.5, view.colors.tick));
        // A small dial has no room for numbers beside its words.
        if degrees % 10.0 == 0.0 && face.share >= 0.7 {
            let number = view.i18n.decimal(degrees, 0);
            painter.text(face.arc.at(degrees, inward), Align2::CENTER_CENTER, number, regular(size::TICK), color);
        }
    }
}

/// The targets, animated: a jump shows as a move.
fn moving(ui: &Ui, subject: &Subject<'_>, targets: Targets, handles: &[Handle]) -> Targets {
    let follows_a_hand = ui.input(|input| input.pointer.any_down());
    let time = if is_still(ui) || follows_a_hand { 0.0 } else { motion::MOVE_SECS };
    let slide = |end: HandleEnd, degrees: f64| {
        let id = handles.iter().find(|handle| handle.end == end).map_or(subject.dial, |handle| handle.id);
        f64::from(ui.ctx().animate_value_with_time(id.with("moving"), degrees as f32, time))
    };
    match targets {
        Targets::Single(degrees) => Targets::Single(slide(HandleEnd::Single, degrees)),
        Targets::Range(low, high) => Targets::Range(slide(HandleEnd::Low, low), slide(HandleEnd::High, high)),
        Targets::Nothing => Targets::Nothing,
    }
}

/// Paints the fill of the mode: from the cold end to the target, from the target to the warm end, or between
/// both targets.
fn fill(painter: &Painter, face: &Face, subject: &Subject<'_>, targets: Targets, colors: &Colors) {
    let t = subject.thermostat;
    let allowed = t.setpoint_range(subject.scale);
    let (from, to, color) = match (targets, &t.hvac_mode) {
        (Targets::Single(target), Some(HvacMode::Cool)) => (target, *allowed.end(), colors.cool),
        (Targets::Single(target), _) => (*allowed.start(), target, colors.heat),
        (Targets::Range(low, high), _) => (low, high, colors.eco),
        (Targets::Nothing, Some(HvacMode::Eco)) => {
            let (low, high) = t.eco_limits();
            let at = |t: Option<Temperature>, otherwise| t.map_or(otherwise, |t: Temperature| t.view(subject.scale));
            (at(low, *face.arc.range.start()), at(high, *face.arc.range.end()), colors.eco)
        }
        (Targets::Nothing, _) => return,
    };
    if from < to {
        arc_line(painter, face.arc.line(from, to, 0.0), face.track, color);
    }
}

/// Paints the room temperature as a mark across the track. The words on the disc have its number.
fn room(view: &ViewContext<'_>, painter: &Painter, face: &Face, subject: &Subject<'_>) {
    let Some(ambient) = subject.thermostat.ambient_temperature else { return };
    let at = ambient.view(subject.scale);
    let half = face.track / 2.0 + 3.0 * face.share;
    let line = [face.arc.at(at, -half), face.arc.at(at, half)];
    // An outline in the colour of the window separates the mark from the fill.
    painter.line_segment(line, Stroke::new(7.0 * face.share.max(0.7), view.colors.window));
    painter.line_segment(line, Stroke::new(3.5 * face.share.max(0.7), view.colors.text));
}

/// Paints the confirmed target outside of the track, while another target is shown.
fn confirmed(painter: &Painter, face: &Face, subject: &Subject<'_>, view: &ViewContext<'_>, targets: Targets) {
    let confirmed = subject.confirmed_targets(view);
    for end in [HandleEnd::Single, HandleEnd::Low, HandleEnd::High] {
        let (Some(was), Some(is)) = (value_of(confirmed, end), value_of(targets, end)) else { continue };
        if was != is {
            let outward = face.track / 2.0 + 8.0 * face.share;
            painter.circle_filled(face.arc.at(was, outward), 4.0, view.colors.muted);
        }
    }
}

/// Paints a thin ring around the disc. It fills during the debounce of a pending write and stays full until the
/// write is confirmed.
fn pending(ui: &Ui, view: &ViewContext<'_>, face: &Face, subject: &Subject<'_>) {
    let Some(state) = view.state(&subject.slot) else { return };
    let share = match &state.phase {
        Phase::Waiting { reason: WaitReason::Settling, until: Some(until), .. } => {
            let left = until.as_millisecond() - view.now.as_millisecond();
            let whole = (until.as_millisecond() - state.since.as_millisecond()).max(1) as f32;
            if !is_still(ui) && left > 0 {
                ui.ctx().request_repaint_after(std::time::Duration::from_millis(33));
            }
            if is_still(ui) { 1.0 } else { (1.0 - left as f32 / whole).clamp(0.02, 1.0) }
        }
        Phase::Waiting { .. } | Phase::Sending | Phase::Confirming => 1.0,
        Phase::Conflict { .. } | Phase::Failed { .. } => return,
    };
    let radius = face.disc + 5.0 * face.share;
    let count = (share * 90.0).ceil() as usize;
    let points: Vec<Pos2> = (0..=count)
        .map(|index| {
            let angle = std::f32::consts::TAU * (share * index as f32 / count.max(1) as f32 - 0.25);
            face.arc.center + Vec2::angled(angle) * radius
        })
        .collect();
    let stroke = Stroke::new(2.5, view.colors.accent);
    if share < 1.0 {
        ui.painter().add(Shape::line(points, stroke));
    } else {
        // A whole ring would look like the focus.
        ui.painter().extend(Shape::dashed_line(&points, stroke, 6.0 * face.share, 6.0 * face.share));
    }
}

fn knob(painter: &Painter, face: &Face, subject: &Subject<'_>, targets: Targets, handle: &Handle, colors: &Colors) {
    let Some(degrees) = value_of(targets, handle.end) else {
        if handle.has_focus {
            painter.circle_stroke(face.arc.center, face.disc + 5.0, Stroke::new(2.5, colors.accent));
        }
        return;
    };
    let at = face.arc.at(degrees, 0.0);
    let color = match (handle.end, &subject.thermostat.hvac_mode) {
        (HandleEnd::High, _) | (HandleEnd::Single, Some(HvacMode::Cool)) => colors.cool,
        (HandleEnd::Low | HandleEnd::Single, _) => colors.heat,
    };
    let radius = (13.0 * face.share).max(9.0);
    let radius = if handle.is_hovered || handle.has_focus { radius + 1.5 } else { radius };
    if handle.has_focus {
        painter.circle_filled(at, radius + 5.5, colors.accent);
        painter.circle_filled(at, radius + 3.0, colors.window);
    }
    painter.circle_filled(at, radius, colors.text);
    painter.circle_filled(at, radius - 3.5 * face.share.max(0.8), color);
}

/// Paints the text on the disc.
fn words(
    view: &ViewContext<'_>,
    painter: &Painter,
    face: &Face,
    subject: &Subject<'_>,
    targets: Targets,
    doing: &Doing,
    handles: &[Handle],
) {
    let is_outdated = view.outdated(&subject.slot.node).is_some();
    let (strong, weak) = match doing.disc {
        Some(_) => (view.colors.on_disc, view.colors.on_disc),
        None if is_outdated => (view.colors.muted, view.colors.muted),
        None => (view.colors.text, view.colors.muted),
    };
    let lead_color = if doing.disc.is_some() { strong } else { doing.color };
    let center = face.arc.center;
    let row = |down: f32| pos2(center.x, center.y + down * face.share);
    let text = |at: Pos2, text: String, font: FontId, color: Color32| {
        let galley = painter.layout_no_wrap(text, font, color);
        // Shrink a long word to fit on a small dial.
        painter.galley(at - galley.size() / 2.0, galley, color);
    };
    let caption = regular((15.0 * face.share).max(size::SMALL));
    // Activity and remaining time are about the confirmed target, so they do not fit a pending one.
    let is_wish = targets != Targets::Nothing && targets != subject.confirmed_targets(view);
    let is_typed = matches!(view.drafts.of(&subject.slot), Some(Draft::Text(_)));
    let is_off = targets == Targets::Nothing && subject.thermostat.hvac_mode == Some(HvacMode::Off);
    if is_typed && targets != Targets::Nothing {
        let end = painter.ctx().data(|data| data.get_temp(subject.dial.with("end"))).unwrap_or(HandleEnd::Single);
        let (lead, color) = typed::lead(view, subject, end);
        text(row(-52.0), lead, caption.clone(), if doing.disc.is_some() { strong } else { color });
    } else if is_wish {
        text(row(-52.0), view.text("dial-set-to"), caption.clone(), lead_color);
    } else if !is_off || !subject.thermostat.is_reachable() {
        text(row(-52.0), format!("{} {}", doing.icon, doing.lead), caption.clone(), lead_color);
    }
    if !is_typed {
        let held = handles.iter().any(|handle| handle.has_focus);
        let (number, wanted) = number(view, subject, targets);
        let mut points = face.number * wanted;
        let widest = face.disc * if held { 1.62 } else { 1.66 };
        let mut galley = painter.layout_no_wrap(number.clone(), light(points), strong);
        if galley.size().x > widest {
            points *= widest / galley.size().x;
            galley = painter.layout_no_wrap(number, light(points), strong);
        }
        painter.galley(center - galley.size() / 2.0, galley, strong);
    }
    if !is_typed {
        let room = degrees(view, subject.thermostat, subject.thermostat.ambient_temperature);
        let room = view.i18n.format("dial-room", [("degrees", room.into())]);
        match doing.more.as_ref().filter(|_| !is_wish) {
            Some(more) => {
                let line = format!("{room} · {more}");
                let down = face.below().y - center.y;
                let most = 2.0 * (face.disc.powi(2) - down.powi(2)).max(0.0).sqrt() - 64.0 * face.share;
                let fits = painter.layout_no_wrap(line.clone(), caption.clone(), weak).size().x <= most;
                text(face.below(), if fits { line } else { room }, caption.clone(), weak);
                if !fits && subject.thermostat.has_leaf != Some(true) {
                    text(row(80.0), more.clone(), caption.clone(), weak);
                }
            }
            None => text(face.below(), room, caption.clone(), weak),
        }
    }
    if subject.thermostat.has_leaf == Some(true) {
        let leaf = format!("{} {}", icons::LEAF, view.i18n.text("saves-energy"));
        let color = if doing.disc.is_some() { strong } else { view.colors.eco };
        text(row(82.0), leaf, semibold(size::SMALL), color);
    }
}

/// The text of the number in the middle, and its preferred font size.
fn number(view: &ViewContext<'_>, subject: &Subject<'_>, targets: Targets) -> (String, f32) {
    let at = |degrees| Setpoint { degrees, scale: subject.scale };
    match (targets, &subject.thermostat.hvac_mode) {
        (Targets::Single(degrees), _) => (view.i18n.degrees(at(degrees)), 1.0),
        (Targets::Range(low, high), _) => (span(view, at(low), at(high)), 1.0),
        (Targets::Nothing, Some(HvacMode::Eco)) => {
            (limits(view, subject.thermostat).unwrap_or_else(|| "–".to_owned()), 1.0)
        }
        (Targets::Nothing, Some(HvacMode::Off)) => (view.i18n.text("mode-off").into_owned(), 0.75),
        (Targets::Nothing, _) => ("–".to_owned(), 1.0),
    }
}
