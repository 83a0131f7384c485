//! Splits a long text into lines that can be drawn a screenful at a time, however long its own lines are.

use std::ops::Range;

/// The lines of a text as byte ranges. A line of more than `width` characters continues in the next one.
pub fn lines(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        let mut from = start;
        // Most lines are short, and their characters need not be counted.
        if end - start > width {
            let whole = text.get(start..end).unwrap_or_default();
            for (at, _) in whole.char_indices().skip(width).step_by(width.max(1)) {
                found.push(from..start + at);
                from = start + at;
            }
        }
        found.push(from..end);
        start += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str, width: usize) -> Vec<&str> {
        lines(text, width).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn lines_end_where_the_text_does_or_at_the_width() {
        assert_eq!(cut("one\r\ntwo\n\nfour", 10), ["one", "two", "", "four"]);
        assert_eq!(cut("äöüäöüä", 3), ["äöü", "äöü", "ä"]);
        assert_eq!(cut("abcdef", 3), ["abc", "def"]);
        assert_eq!(cut("", 3), [""; 0]);
    }

    proptest! {
        #[test]
        fn no_byte_is_lost(text in "[a-zä\n]{0,200}", width in 1_usize..20) {
            let joined: String = cut(&text, width).concat();
            prop_assert_eq!(joined, text.replace('\n', ""));
            for line in cut(&text, width) {
                prop_assert!(line.chars().count() <= width);
            }
        }
    }
}
