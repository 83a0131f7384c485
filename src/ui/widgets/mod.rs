//! Controls. Each shows its value, what became of the last wish, and why it is closed.

mod card;
mod choice;
mod pair_slider;
mod row;
mod setpoint_slider;
mod status;
mod text_field;
mod toggle;
mod typed_setpoint;

pub(super) use card::{card_ui, dot_ui};
pub(super) use choice::{choice_ui, segmented_ui};
pub(super) use pair_slider::pair_slider_ui;
pub(super) use row::{row_ui, wide_row_ui};
pub(super) use setpoint_slider::setpoint_slider_ui;
pub(super) use status::connection_text;
pub(super) use text_field::text_field_ui;
pub(super) use toggle::toggle_ui;
