//! Presses on a page that has just moved, because a bar came above it or went.

use std::time::Duration;

use egui::{Id, Rect, Sense, Ui};

/// Time after a move in which a press does nothing, in seconds: longer than a person needs to see the move.
const SETTLES_SECS: f64 = 0.5;

/// Swallows presses on the page for a moment after its top edge has moved: they were meant for what stood under the
/// pointer before.
pub(super) fn guard_moved_page(ui: &Ui, page: Rect) {
    let id = Id::unique("page top");
    let now = ui.input(|input| input.time);
    let last: Option<(f32, f64)> = ui.data(|data| data.get_temp(id));
    let (top, moved_at) = last.unwrap_or((page.top(), f64::NEG_INFINITY));
    let moved_at = if (top - page.top()).abs() > 1.0 { now } else { moved_at };
    ui.data_mut(|data| data.insert_temp(id, (page.top(), moved_at)));
    let left = SETTLES_SECS - (now - moved_at);
    if left <= 0.0 {
        return;
    }
    // The last widget of a layer is above the others.
    ui.interact(page, id, Sense::CLICK | Sense::DRAG);
    ui.ctx().request_repaint_after(Duration::try_from_secs_f64(left).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use egui::{Event, PointerButton, Pos2, RawInput, Vec2};

    use super::*;

    #[test]
    fn a_press_right_after_a_move_does_nothing_and_a_later_one_does() {
        let (ctx, clicks) = (egui::Context::default(), Cell::new(0));
        let frame = |time: f64, top: f32, events: Vec<Event>| {
            let screen = Rect::from_min_size(Pos2::ZERO, Vec2::splat(400.0));
            let input = RawInput { time: Some(time), screen_rect: Some(screen), events, ..Default::default() };
            let mut output = ctx.run_ui(input, |ui| {
                let page = Rect::from_min_max(egui::pos2(0.0, top), screen.max);
                if ui.put(page, egui::Button::new("page")).clicked() {
                    clicks.set(clicks.get() + 1);
                }
                guard_moved_page(ui, page);
            });
            output.textures_delta.clear();
        };
        let pos = egui::pos2(200.0, 200.0);
        let button = |pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        };
        let click = |time: f64, top: f32| {
            frame(time, top, vec![Event::PointerMoved(pos)]);
            frame(time + 0.02, top, vec![button(true)]);
            frame(time + 0.04, top, vec![button(false)]);
            clicks.take()
        };
        frame(0.0, 50.0, Vec::new());
        assert_eq!(click(1.0, 50.0), 1, "nothing has moved");
        assert_eq!(click(2.0, 100.0), 0, "a bar came");
        assert_eq!(click(3.0, 100.0), 1, "the page rests");
        assert_eq!(click(4.0, 50.0), 0, "the bar went");
    }
}
