//! Text that others chose, such as names of devices, before it is shown.

/// A text of a home has no more bytes. A longer one counts as unknown: no screen has room for it, and each copy
/// of the home would carry it.
pub const LONGEST_TEXT: usize = 4096;
/// No service's ids have as many bytes. What has a longer one is left out: it would stand in every request,
/// record and log line.
pub const LONGEST_ID: usize = 256;

/// Whether a character moves the cursor, reorders or hides the text around it: controls, marks and
/// overrides of the writing direction, separators of lines, characters without a width, tags.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The character, or a space in place of one that is not to be shown.
pub fn printable(c: char) -> char {
    if is_unprintable(c) { ' ' } else { c }
}
