//! Controls. Each shows its value, the state of the last write, and the reason why it is blocked.

mod action_line;
mod button;
mod card;
mod choice;
pub(super) mod climate;
mod closed;
mod context_menu;
mod dial;
mod json_tree;
mod landmark;
mod line;
mod number;
mod picture;
mod row;
mod scroll;
mod status;
mod table;
mod text_field;
mod toggle;

pub(super) use action_line::{ActionLine, Bullet, action_line_ui};
pub(super) use button::{button_or_why_ui, button_ui, main_button_ui, quiet_button_ui, round_button_ui};
pub(super) use card::{card_frame, card_ui, dot_ui, icon_label_ui, icon_ui};
pub(super) use choice::{choice_ui, segmented_ui, segments_width};
pub(super) use closed::{closed_scope, focus_ring};
pub(super) use context_menu::{Offer, context_menu_ui, is_list_open, offers, value_scope};
pub(super) use dial::dial_ui;
pub(super) use json_tree::{JsonTreeAction, JsonTreeMarks, JsonTreeState, json_color, json_tree_ui};
pub(super) use landmark::{
    focus_heading, heading_id, hidden_heading, is_focus_untouched, is_heading, name_dialog, page_heading_ui,
    section_heading,
};
pub(super) use line::one_line;
pub(super) use number::{Number, number_ui};
pub(super) use picture::{PictureCaption, PictureFrame, picture_ui, thumbnail_ui};
pub(super) use row::{at_the_right, below_ui, plain_row_ui, row_ui};
pub(super) use scroll::follow_focus;
pub(super) use status::{connection_text, status_text, why_text};
pub(super) use table::table_ui;
pub(super) use text_field::{edit_text, text_field_ui};
pub(super) use toggle::toggle_ui;
