//! Text from others, such as names of devices, before it is shown.

/// The maximum length of a text, in bytes. A longer text counts as unknown: no screen has room for it, and each
/// copy of the tree would contain it.
pub const LONGEST_TEXT: usize = 4096;
/// The maximum length of an id, in bytes; ids of every known service are shorter. A node with a longer id is
/// left out, because the id would be in every request, record and log line.
pub const LONGEST_ID: usize = 256;

/// True if a character moves the cursor, or reorders or hides the text around it: controls, marks and overrides
/// of the writing direction, line separators, characters without a width, tags.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The character, or a space in place of an unprintable one.
pub fn printable(c: char) -> char {
    if is_unprintable(c) { ' ' } else { c }
}
