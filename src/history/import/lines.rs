//! Lines of a file that may be hostile: each is bounded, and numbered from one.

use std::io::{self, BufRead, BufReader, Read};

use super::refusal::RefusalReason;

/// Longest line in bytes; a line of an export has about 1,200.
pub(super) const MOST_LINE: usize = 64 * 1024;

/// Calls `take` with each line, without its end, until it returns an error. A line that is too long or no text is an
/// `Err` with the reason.
pub(super) fn each_line<E: From<io::Error>>(
    reader: &mut dyn Read,
    mut take: impl FnMut(u64, Result<&str, RefusalReason>) -> Result<(), E>,
) -> Result<(), E> {
    let mut reader = BufReader::with_capacity(MOST_LINE, reader);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let count = reader.by_ref().take(MOST_LINE as u64 + 1).read_until(b'\n', &mut line)?;
        if count == 0 {
            break;
        }
        if count > MOST_LINE && line.last() != Some(&b'\n') {
            skip_line(&mut reader)?;
            take(number, Err(RefusalReason::Long))?;
            continue;
        }
        let bytes = line.strip_prefix(b"\xef\xbb\xbf").filter(|_| number == 1).unwrap_or(&line);
        match std::str::from_utf8(bytes) {
            Ok(text) => take(number, Ok(text.trim_end_matches(['\n', '\r'])))?,
            Err(_) => take(number, Err(RefusalReason::NotText))?,
        }
    }
    Ok(())
}

fn skip_line(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let count = end.map_or(buffer.len(), |at| at + 1);
        reader.consume(count);
        if end.is_some() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<(u64, Result<String, RefusalReason>)> {
        let mut found = Vec::new();
        let mut reader = bytes;
        each_line::<io::Error>(&mut reader, |number, line| {
            found.push((number, line.map(str::to_owned)));
            Ok(())
        })
        .expect("readable");
        found
    }

    #[test]
    fn ends_of_lines_and_marks_of_the_byte_order_are_no_part_of_a_line() {
        let found = lines(b"\xef\xbb\xbfone\r\ntwo\n\nlast");
        let texts: Vec<&str> = found.iter().map(|(_, line)| line.as_deref().expect("text")).collect();
        assert_eq!(texts, ["one", "two", "", "last"]);
    }

    #[test]
    fn a_long_line_and_a_broken_one_stop_no_other() {
        let mut bytes = vec![b'x'; MOST_LINE * 3];
        bytes.extend_from_slice(b"\nnext\n\xff\xfe\nlast\n");
        let found = lines(&bytes);
        assert_eq!(found.len(), 4);
        assert!(found[0].1.is_err() && found[2].1.is_err());
        assert_eq!((found[1].1.as_deref(), found[3].1.as_deref()), (Ok("next"), Ok("last")));
    }

    #[test]
    fn a_line_of_just_the_longest_length_is_read() {
        let mut bytes = vec![b'x'; MOST_LINE - 1];
        bytes.push(b'\n');
        assert_eq!(lines(&bytes).len(), 1);
        assert!(lines(&bytes)[0].1.is_ok());
    }
}
