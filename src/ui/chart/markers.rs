//! The changes within a span: a mark on the target for each, with who made it.

use egui::{Align2, Painter, Pos2, Stroke, pos2, vec2};

use super::plot::Plot;
use crate::engine::{Outcome, Record};
use crate::history::{CentiCelsius, Change, Curve};
use crate::home::{DeviceId, Field, FieldValue, Node, Setpoint, Write};
use crate::i18n::Localizer;
use crate::ui::curves::MOST_CHANGES;
use crate::ui::pages::{own_change_text, own_past_text, who_text};
use crate::ui::theme::regular;
use crate::ui::theme::tokens::{size, space};
use crate::ui::view::ViewContext;

/// A change that the chart marks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Marker {
    pub(super) at: i64,
    /// The change and who made it, in words.
    pub(super) words: String,
    who: String,
    /// The target that was set, if the change set one.
    target: Option<CentiCelsius>,
}

/// Most marks of a chart: more would hide the curve.
const MOST: usize = 60;
/// Distance in points within which the pointer is on a mark.
const REACH: f32 = 9.0;

/// The changes of a thermostat within a span, the newest first: those of the log, and those of the history.
pub(super) fn markers(
    view: &ViewContext<'_>,
    device: &DeviceId,
    (from, to): (i64, i64),
    changes: &[Change],
) -> Vec<Marker> {
    let is_of = |record: &Record| {
        let fields = [Field::Target, Field::Range, Field::Mode];
        record.slot.node == Node::Thermostat(device.clone())
            && fields.contains(&record.slot.field)
            && record.outcome == Outcome::Done
            && (from..to).contains(&record.at.as_second())
    };
    let records: Vec<&Record> =
        view.snapshot.records().map(|entry| entry.record).filter(|record| is_of(record)).collect();
    let marker = |record: &&Record| {
        let who = who_text(view, record.origin);
        let words = format!("{} · {} · {who}", view.clock(record.at), own_change_text(view, record));
        Marker { at: record.at.as_second(), words, who, target: record.write.as_ref().and_then(target) }
    };
    let mut markers: Vec<Marker> = records.iter().map(marker).collect();
    let is_logged = |change: &Change| {
        let at = change.at.as_millisecond();
        records.iter().any(|record| record.at.as_millisecond() == at)
    };
    let past = |change: &Change| {
        let (words, who) = own_past_text(view, change);
        let said = [Some(view.clock(change.at)), Some(words), who.clone()];
        let words = said.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        Marker { at: change.at.as_second(), words, who: who.unwrap_or_default(), target: None }
    };
    markers.extend(changes.iter().filter(|change| !is_logged(change)).map(past));
    markers.sort_by_key(|marker| std::cmp::Reverse(marker.at));
    markers
}

/// The marks that are drawn: none of too many, which the summary counts.
pub(super) fn drawn(markers: &[Marker]) -> &[Marker] {
    if markers.len() > MOST { &[] } else { markers }
}

/// The number of the changes in words, if they are too many to be marked.
pub(super) fn count_fact(i18n: &Localizer, markers: &[Marker]) -> Option<String> {
    (markers.len() > MOST).then(|| {
        let id = if markers.len() >= MOST_CHANGES { "chart-changes-more" } else { "chart-changes" };
        let count = i64::try_from(markers.len().min(MOST_CHANGES)).unwrap_or(i64::MAX);
        i18n.format(id, [("count", count.into())])
    })
}

fn target(write: &Write) -> Option<CentiCelsius> {
    let degrees = |setpoint: &Setpoint| CentiCelsius::of(setpoint.temperature()?.celsius());
    match write.value() {
        FieldValue::Setpoint(setpoint) => degrees(&setpoint),
        FieldValue::Range(low, high) => low.as_ref().or(high.as_ref()).and_then(degrees),
        FieldValue::Presence(_)
        | FieldValue::Text(_)
        | FieldValue::Arrival(_)
        | FieldValue::Scale(_)
        | FieldValue::Mode(_)
        | FieldValue::Switch(_)
        | FieldValue::Minutes(_) => None,
    }
}

/// The places of the marks: on the target that was set, or else on the one that held then, or at the top.
pub(super) fn places(plot: &Plot, curve: &Curve, markers: &[Marker]) -> Vec<Pos2> {
    let place = |marker: &Marker| {
        let held = curve.room.iter().find(|point| (point.start..point.end).contains(&marker.at));
        let held = held.and_then(|point| point.low_target.or(point.high_target));
        let top = plot.rect.top() + space::S;
        let y = marker.target.or(held).map_or(top, |degrees| plot.y(degrees)).clamp(top, plot.rect.bottom() - space::S);
        pos2(plot.x(marker.at), y)
    };
    markers.iter().map(place).collect()
}

/// The mark under the pointer.
pub(super) fn pointed(markers: &[Marker], places: &[Pos2], at: Pos2) -> Option<usize> {
    let distances = places.iter().take(markers.len()).map(|place| place.distance(at)).enumerate();
    let near = distances.filter(|(_, distance)| *distance <= REACH);
    near.min_by(|one, other| one.1.total_cmp(&other.1)).map(|(index, _)| index)
}

/// Draws the marks, with who made the change where there is room for it.
pub(super) fn paint(painter: &Painter, view: &ViewContext<'_>, plot: &Plot, markers: &[Marker], places: &[Pos2]) {
    // From left to right: a text that would cover the next mark is left out.
    let mut order: Vec<(&Marker, Pos2)> = markers.iter().zip(places.iter().copied()).collect();
    order.sort_by(|one, other| one.1.x.total_cmp(&other.1.x));
    for (index, (marker, place)) in order.iter().enumerate() {
        painter.circle(*place, 4.0, view.colors.surface, Stroke::new(2.0, view.colors.accent));
        let galley = painter.layout_no_wrap(marker.who.clone(), regular(size::TICK), view.colors.muted);
        let next = order.get(index + 1).map_or(plot.rect.right(), |(_, next)| next.x);
        let left = place.x + space::S;
        if left + galley.size().x + space::S <= next {
            let text = Align2::LEFT_CENTER.anchor_size(pos2(left, place.y - 9.0), galley.size());
            painter.rect_filled(text.expand2(vec2(2.0, 0.0)), 2.0, view.colors.surface.gamma_multiply(0.7));
            painter.galley(text.min, galley, view.colors.muted);
        }
    }
}
