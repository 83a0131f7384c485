//! The week as seven lanes: blocks that begin at their starts, dragged by the mouse and moved by keys.

use egui::{
    Align, Align2, Color32, CornerRadius, CursorIcon, EventFilter, Key, Label, Layout, Modifiers, Pos2, Rect, Response,
    Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use jiff::civil::{Time, Weekday};

use super::now::short_value;
use super::{ScheduleState, ShownWeek, StartPlace, day_name};
use crate::automation::schedule::{Schedule, Start, WEEK, lane};
use crate::history::CurveSpan;
use crate::ui::curves::{CurvePlace, CurveRequest};
use crate::ui::theme::tokens::{size, space};
use crate::ui::theme::{icons, regular, semibold, small};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_ui, one_line, quiet_button_ui};

/// Minutes of the grid.
pub(super) const GRID: i32 = 15;
pub(super) const DAY: i32 = 24 * 60;
/// Height of a block and of the measured line below it, in points.
const BLOCK: f32 = 42.0;
const CURVE: f32 = 14.0;
/// Width of the names of the days, in points.
const NAMES: f32 = 136.0;

pub(super) fn minute_of(at: Time) -> i32 {
    i32::from(at.hour()) * 60 + i32::from(at.minute())
}

pub(super) fn time_at(minute: i32) -> Time {
    let minute = minute.clamp(0, DAY - 1);
    let part = |number: i32| i8::try_from(number).unwrap_or_default();
    Time::new(part(minute / 60), part(minute % 60), 0, 0).unwrap_or_default()
}

/// Moves a start to the nearest time of the grid between its neighbours. Returns true if that changed it.
pub(super) fn move_start(schedule: &mut Schedule, place: StartPlace, minute: i32) -> bool {
    let Some(day) = schedule.days.get_mut(place.lane) else { return false };
    let neighbour = |index: Option<usize>| index.and_then(|index| day.get(index)).map(|start| minute_of(start.at));
    let least = neighbour(place.index.checked_sub(1)).map_or(0, |before| before + GRID);
    let most = neighbour(Some(place.index + 1)).map_or(DAY - GRID, |after| after - GRID);
    let wanted = (minute + GRID / 2).div_euclid(GRID) * GRID;
    if least > most {
        return false;
    }
    let wanted = time_at(wanted.clamp(least, most));
    match day.get_mut(place.index) {
        Some(start) if start.at != wanted => {
            start.at = wanted;
            true
        }
        Some(_) | None => false,
    }
}

/// Adds a start to a day where there is most room, with the level that a person would choose next.
pub(super) fn add_start(schedule: &mut Schedule, day: usize, fallback: &str) -> Option<StartPlace> {
    let carried = WEEK.get(day).and_then(|weekday| schedule.at_midnight(*weekday)).unwrap_or(fallback).to_owned();
    let starts = schedule.days.get_mut(day)?;
    let bounds: Vec<i32> =
        std::iter::once(0).chain(starts.iter().map(|start| minute_of(start.at))).chain([DAY]).collect();
    let widest =
        bounds.windows(2).enumerate().max_by_key(|(_, pair)| pair.last().zip(pair.first()).map(|(b, a)| b - a));
    let (index, pair) = widest?;
    let middle = pair.iter().sum::<i32>() / 2 / GRID * GRID;
    if starts.iter().any(|start| minute_of(start.at) == middle) {
        return None;
    }
    let level = index.checked_sub(1).and_then(|before| starts.get(before)).map_or(carried, |start| start.level.clone());
    starts.insert(index, Start { at: time_at(middle), level });
    Some(StartPlace { lane: day, index })
}

/// Draws the card of lanes.
pub(super) fn week_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>) {
    let curves = measured(ui, view, week);
    card_ui(ui, |ui| {
        let width = ui.available_width();
        hours_ui(ui, view, width);
        for (index, weekday) in WEEK.into_iter().enumerate() {
            lane_ui(ui, view, state, week, (index, weekday), &curves);
        }
        ui.add_space(space::XS);
        ui.add(Label::new(small(view.text("schedule-keys")).color(view.colors.muted)).wrap());
    });
}

fn hours_ui(ui: &mut Ui, view: &ViewContext<'_>, width: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, 18.0), Sense::hover());
    let lane = lane_rect(rect);
    for hour in [0, 6, 12, 18, 24] {
        let x = egui::lerp(lane.left()..=lane.right(), hour as f32 / 24.0);
        let align = if hour == 24 { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
        let text = format!("{hour:02}:00");
        ui.painter().text(pos2(x, rect.center().y), align, text, regular(size::SMALL), view.colors.muted);
    }
}

fn lane_rect(rect: Rect) -> Rect {
    Rect::from_min_max(pos2(rect.left() + NAMES, rect.top()), rect.max)
}

fn lane_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut ScheduleState,
    week: &ShownWeek<'_>,
    (index, weekday): (usize, Weekday),
    curves: &[Vec<(f32, f32)>; 7],
) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), BLOCK + CURVE + 6.0), Sense::hover());
    let names = Rect::from_min_max(rect.min, pos2(rect.left() + NAMES - space::S, rect.top() + BLOCK));
    let day = day_name(view.i18n, weekday);
    // A child of its own, so that the lane keeps its height.
    let mut row = ui.new_child(UiBuilder::new().max_rect(names).layout(Layout::left_to_right(Align::Center)));
    let galley = one_line(&row, &day, semibold(size::BODY), view.colors.text, NAMES - 48.0);
    row.label(galley);
    let label = view.i18n.format("schedule-add-on", [("day", day.as_str().into())]);
    row.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if quiet_button_ui(ui, icons::PLUS, &label).on_hover_text(&label).clicked() {
            add(view, state, week, index);
        }
    });
    let lane = lane_rect(rect);
    let block = Rect::from_min_max(lane.min, pos2(lane.right(), lane.top() + BLOCK));
    let now = view.now.to_zoned(view.zone.clone());
    let is_today = now.weekday() == weekday;
    let x_at = |minute: i32| egui::lerp(block.left()..=block.right(), minute as f32 / DAY as f32);
    let starts = week.schedule.day(weekday).to_vec();
    let first = starts.first().map_or(DAY, |start| minute_of(start.at));
    if first > 0
        && let Some(level) = week.schedule.at_midnight(weekday)
    {
        let carried = Rect::from_min_max(block.min, pos2(x_at(first), block.bottom()));
        let is_now = is_today && week.is_active && minute_of(now.time()) < first;
        block_ui(ui, view, week, carried, &BlockOf { level, time: None, is_now, is_selected: false });
    }
    for (number, start) in starts.iter().enumerate() {
        let from = minute_of(start.at);
        let to = starts.get(number + 1).map_or(DAY, |next| minute_of(next.at));
        let rect = Rect::from_min_max(pos2(x_at(from), block.top()), pos2(x_at(to), block.bottom()));
        let place = StartPlace { lane: index, index: number };
        let minute = minute_of(now.time());
        let is_now = is_today && week.is_active && minute >= from && minute < to;
        let of =
            BlockOf { level: &start.level, time: Some(start.at), is_now, is_selected: state.selected == Some(place) };
        block_ui(ui, view, week, rect, &of);
        start_ui(ui, view, state, week, (place, start, &day), (rect, block));
    }
    if is_today {
        let x = x_at(minute_of(now.time()));
        let ends = [pos2(x, block.top() - 3.0), pos2(x, rect.bottom() - 2.0)];
        ui.painter().line_segment(ends, Stroke::new(2.0, view.colors.alarm));
    }
    let below = Rect::from_min_max(pos2(lane.left(), block.bottom() + 2.0), pos2(lane.right(), block.bottom() + CURVE));
    let at = |(share, height): &(f32, f32)| {
        pos2(egui::lerp(below.left()..=below.right(), *share), egui::lerp(below.bottom()..=below.top(), *height))
    };
    let points: Vec<Pos2> = curves.get(index).map(|day| day.iter().map(at).collect()).unwrap_or_default();
    ui.painter().line(points, Stroke::new(1.0, view.colors.muted));
}

/// A block of a lane.
struct BlockOf<'a> {
    level: &'a str,
    /// `None` for the level that goes on from the day before.
    time: Option<Time>,
    is_now: bool,
    is_selected: bool,
}

fn block_ui(ui: &Ui, view: &ViewContext<'_>, week: &ShownWeek<'_>, rect: Rect, of: &BlockOf<'_>) {
    let rect = Rect::from_min_max(rect.min + vec2(0.5, 0.0), rect.max - vec2(0.5, 0.0));
    let colors = view.colors;
    let tint = level_color(view, week, of.level);
    let share = if of.time.is_none() { 0.12 } else { 0.26 };
    let (fill, text) =
        if of.is_now { (tint.1, colors.on_disc) } else { (mixed(colors.surface, tint.0, share), colors.text) };
    let corner = CornerRadius::same(6);
    ui.painter().rect_filled(rect, corner, fill);
    if of.is_selected {
        ui.painter().rect_stroke(rect, corner, Stroke::new(2.0, colors.accent), StrokeKind::Inside);
    }
    let room = rect.width() - 12.0;
    if room < 14.0 {
        return;
    }
    let words = format!("{} {}", of.level, short_value(view, week, of.level));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let galley = one_line(ui, &words, semibold(size::SMALL), text, room);
    painter.galley(rect.left_top() + vec2(6.0, 4.0), galley, text);
    if let Some(time) = of.time {
        let at = time.strftime("%H:%M").to_string();
        let muted = if of.is_now { colors.on_disc } else { colors.muted };
        let galley = one_line(ui, &at, regular(size::SMALL), muted, room);
        painter.galley(rect.left_top() + vec2(6.0, 21.0), galley, muted);
    }
}

/// The colour of a level, and of its block while it is in force: the warmest is warm, the coolest is cool.
fn level_color(view: &ViewContext<'_>, week: &ShownWeek<'_>, name: &str) -> (Color32, Color32) {
    let celsius = |name: &str| {
        let level = week.all.level(name)?;
        level.heat.or(level.cool)?.temperature().map(|temperature| temperature.celsius())
    };
    let all = || week.all.levels.iter().filter_map(|level| celsius(&level.name));
    let (least, most) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    let colors = view.colors;
    match celsius(name) {
        Some(own) if own >= most && most > least => (colors.heat, colors.disc_heat),
        Some(own) if own <= least => (colors.cool, colors.disc_cool),
        Some(_) | None => (colors.eco, colors.disc_eco),
    }
}

fn mixed(from: Color32, to: Color32, share: f32) -> Color32 {
    from.lerp_to_gamma(to, share)
}

/// The control of a start, over its block.
fn start_ui(
    ui: &Ui,
    view: &mut ViewContext<'_>,
    state: &mut ScheduleState,
    week: &ShownWeek<'_>,
    (place, start, day): (StartPlace, &Start, &str),
    (rect, lane_block): (Rect, Rect),
) {
    let id = ui.make_persistent_id(("start", place.lane, place.index));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let name = view.i18n.format(
        "schedule-start",
        [
            ("day", day.into()),
            ("time", start.at.strftime("%H:%M").to_string().into()),
            ("level", start.level.as_str().into()),
            ("value", short_value(view, week, &start.level).into()),
        ],
    );
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, state.selected == Some(place), &name));
    if response.has_focus() {
        ui.painter().rect_stroke(rect, CornerRadius::same(6), Stroke::new(2.0, view.colors.accent), StrokeKind::Inside);
    }
    if response.clicked() || response.drag_started() {
        state.selected = Some(place);
        response.request_focus();
    }
    drag(ui, view, state, week, &response, (place, lane_block));
    if response.has_focus() {
        keys(ui, view, state, week, &response, place);
    }
}

fn drag(
    ui: &Ui,
    view: &mut ViewContext<'_>,
    state: &mut ScheduleState,
    week: &ShownWeek<'_>,
    response: &Response,
    (place, lane_block): (StartPlace, Rect),
) {
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    let grabbed_id = response.id.with("grabbed");
    if response.drag_started() {
        let at =
            week.schedule.days.get(place.lane).and_then(|day| day.get(place.index)).map(|start| minute_of(start.at));
        let pressed = ui.input(|input| input.pointer.press_origin()).map(|pos| minute_at(pos, lane_block));
        let offset = pressed.zip(at).map_or(0, |(pressed, at)| pressed - at);
        ui.data_mut(|data| data.insert_temp(grabbed_id, offset));
        state.dragged = Some(week.schedule.clone());
    }
    if response.dragged()
        && let (Some(pos), Some(dragged)) = (response.interact_pointer_pos(), &mut state.dragged)
    {
        let offset: i32 = ui.data(|data| data.get_temp(grabbed_id)).unwrap_or_default();
        move_start(dragged, place, minute_at(pos, lane_block) - offset);
    }
    if response.drag_stopped()
        && let Some(dragged) = state.dragged.take()
        && week.all.schedule(&dragged.name) != Some(&dragged)
    {
        state.put(view, dragged);
    }
    // Esc leaves the start where it was.
    if state.dragged.is_some() && ui.input(|input| input.key_pressed(Key::Escape)) {
        state.dragged = None;
    }
}

fn minute_at(pos: Pos2, lane_block: Rect) -> i32 {
    ((pos.x - lane_block.left()) / lane_block.width().max(1.0) * DAY as f32).round() as i32
}

fn keys(
    ui: &Ui,
    view: &mut ViewContext<'_>,
    state: &mut ScheduleState,
    week: &ShownWeek<'_>,
    response: &Response,
    place: StartPlace,
) {
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let (by, removes) = ui.input_mut(|input| {
        let mut count = |modifiers, key| i32::try_from(input.count_and_consume_key(modifiers, key)).unwrap_or_default();
        let hours = count(Modifiers::SHIFT, Key::ArrowRight) - count(Modifiers::SHIFT, Key::ArrowLeft);
        let quarters = count(Modifiers::NONE, Key::ArrowRight) - count(Modifiers::NONE, Key::ArrowLeft);
        let removes = count(Modifiers::NONE, Key::Delete) + count(Modifiers::NONE, Key::Backspace) > 0;
        (hours * 60 + quarters * GRID, removes)
    });
    let mut schedule = week.schedule.clone();
    if removes {
        remove(view, state, week, place);
    } else if by != 0 {
        let Some(start) = schedule.days.get(place.lane).and_then(|day| day.get(place.index)) else { return };
        let wanted = minute_of(start.at) + by;
        state.selected = Some(place);
        if move_start(&mut schedule, place, wanted) {
            state.put(view, schedule);
        }
    }
}

fn add(view: &mut ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>, day: usize) {
    let mut schedule = week.schedule.clone();
    let fallback = week.all.levels.first().map(|level| level.name.clone()).unwrap_or_default();
    if let Some(place) = add_start(&mut schedule, day, &fallback) {
        state.put(view, schedule);
        state.selected = Some(place);
    }
}

/// Removes a start, unless the schedule would have none.
pub(super) fn remove(view: &mut ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>, place: StartPlace) {
    let mut schedule = week.schedule.clone();
    if let Some(day) = schedule.days.get_mut(place.lane)
        && place.index < day.len()
    {
        day.remove(place.index);
    }
    if schedule.is_empty() {
        state.remark = Some(view.text("schedule-last-start"));
        return;
    }
    state.selected = None;
    state.put(view, schedule);
}

/// The measured temperature of the last seven days, each as points of the day and of the height.
fn measured(ui: &Ui, view: &mut ViewContext<'_>, week: &ShownWeek<'_>) -> [Vec<(f32, f32)>; 7] {
    let mut days: [Vec<(f32, f32)>; 7] = Default::default();
    if !view.curves.has_history() {
        return days;
    }
    let today = view.now.to_zoned(view.zone.clone()).date();
    let Ok(first) = today.checked_sub(jiff::Span::new().days(6)) else { return days };
    let Ok(from) = first.to_zoned(view.zone.clone()) else { return days };
    let to = view.now.as_second() / 900 * 900;
    let span = CurveSpan { from: from.timestamp().as_second(), to, step_s: 1_800 };
    let request = CurveRequest { span, rows: Vec::new(), has_changes: false };
    let place = (CurvePlace::Week, week.id);
    let read = view.curves.get_or_read(ui.ctx(), (view.snapshot, view.now), place, request).read;
    let Some((least, most)) = read.curve.room_range() else { return days };
    let range = f32::from(i16::try_from(most.0 - least.0).unwrap_or(i16::MAX)).max(100.0);
    for point in &read.curve.room {
        let (Some(room), Ok(at)) = (point.room, jiff::Timestamp::from_second(point.start)) else { continue };
        let at = at.to_zoned(view.zone.clone());
        let height = f32::from(i16::try_from(room.mean.0 - least.0).unwrap_or(i16::MAX)) / range;
        if let Some(day) = days.get_mut(lane(at.weekday())) {
            day.push((minute_of(at.time()) as f32 / DAY as f32, height));
        }
    }
    days
}
