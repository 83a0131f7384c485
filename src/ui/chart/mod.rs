//! The chart of a thermostat: its curve over any span, with a summary in words, a table and a picture.
//!
//! The chart is drawn here and not by a library: see `docs/history.md` for the reasons.

mod axis;
mod card;
mod curve_shapes;
mod dates;
mod drawn_curve;
mod markers;
mod period;
mod period_choice;
mod plot;
mod shades;
mod strip;
mod table;
mod words;

pub(super) use card::history_card_ui;
pub(super) use period::{ChartSpan, date_of, midnight};
pub(super) use period_choice::{PeriodChoice, dates_button_ui, open_dates_ui};
pub(super) use strip::day_strip_ui;
pub(super) use words::{row_label, row_title, title as span_title};
