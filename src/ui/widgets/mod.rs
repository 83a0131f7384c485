//! Controls. Each shows its value, what became of the last wish, and why it is closed.

mod card;
mod choice;
mod pair_slider;
mod row;
mod setpoint_slider;
mod status;
mod text_field;
mod toggle;

pub use card::{card_ui, dot_ui};
pub use choice::{choice_ui, segmented_ui};
pub use pair_slider::pair_slider_ui;
pub use row::{row_ui, wide_row_ui};
pub use setpoint_slider::setpoint_slider_ui;
pub use status::connection_text;
pub use text_field::text_field_ui;
pub use toggle::toggle_ui;
