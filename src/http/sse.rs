//! Decodes server-sent events while their bytes arrive.
//!
//! A put of a large home is one line of many megabytes that arrives in thousands of pieces, so the decoder reads
//! each byte once. A line or event that exceeds a limit ends the stream, so that it cannot exhaust the memory.

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Event {
    /// `put`, `keep-alive`, `auth_revoked`, …; `message` when the server names none.
    pub name: String,
    /// The data, with its lines joined.
    pub data: String,
}

/// The event was larger than allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLarge;

/// Collects bytes and returns complete events.
#[derive(Debug)]
pub(crate) struct Decoder {
    limit: usize,
    at_start: bool,
    line: Vec<u8>,
    /// The last byte was a carriage return; a following line feed belongs to it.
    after_return: bool,
    name: String,
    data: String,
    has_data: bool,
}

impl Decoder {
    /// Creates a decoder that fails on events of more than `limit` bytes.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            at_start: true,
            line: Vec::new(),
            after_return: false,
            name: String::new(),
            data: String::new(),
            has_data: false,
        }
    }

    /// Decodes the next bytes and appends every completed event.
    pub(crate) fn push(&mut self, mut bytes: &[u8], events: &mut Vec<Event>) -> Result<(), TooLarge> {
        if !bytes.is_empty() && std::mem::take(&mut self.after_return) {
            bytes = bytes.strip_prefix(b"\n").unwrap_or(bytes);
        }
        while let Some(end) = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            let (line, rest) = bytes.split_at(end);
            self.grow(line)?;
            self.end_line(events);
            let is_return = rest.first() == Some(&b'\r');
            let skip = if is_return && rest.get(1) == Some(&b'\n') { 2 } else { 1 };
            self.after_return = is_return && rest.len() == 1;
            bytes = rest.get(skip..).unwrap_or_default();
        }
        self.grow(bytes)
    }

    fn grow(&mut self, bytes: &[u8]) -> Result<(), TooLarge> {
        if self.line.len() + self.data.len() + bytes.len() > self.limit {
            return Err(TooLarge);
        }
        self.line.extend_from_slice(bytes);
        Ok(())
    }

    fn end_line(&mut self, events: &mut Vec<Event>) {
        let mut line = std::mem::take(&mut self.line);
        // The stream may begin with a byte order mark.
        if std::mem::take(&mut self.at_start) && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        if line.is_empty() {
            self.end_event(events);
            return;
        }
        let (field, value) = match line.iter().position(|byte| *byte == b':') {
            // A line that begins with a colon is a comment.
            Some(0) => return,
            Some(colon) => {
                let value = line.get(colon + 1..).unwrap_or_default();
                (line.get(..colon).unwrap_or_default(), value.strip_prefix(b" ").unwrap_or(value))
            }
            None => (line.as_slice(), &b""[..]),
        };
        match field {
            b"event" => self.name = String::from_utf8_lossy(value).into_owned(),
            b"data" => {
                if self.has_data {
                    self.data.push('\n');
                }
                self.has_data = true;
                self.data.push_str(&String::from_utf8_lossy(value));
            }
            // Ids and retry times mean nothing on this service: every connection starts from the beginning.
            _ => {}
        }
    }

    fn end_event(&mut self, events: &mut Vec<Event>) {
        let name = std::mem::take(&mut self.name);
        let data = std::mem::take(&mut self.data);
        let has_data = std::mem::take(&mut self.has_data);
        if has_data || !name.is_empty() {
            let name = if name.is_empty() { "message".to_owned() } else { name };
            events.push(Event { name, data });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(pieces: &[&[u8]]) -> Vec<(String, String)> {
        let mut decoder = Decoder::new(1000);
        let mut events = Vec::new();
        for piece in pieces {
            decoder.push(piece, &mut events).expect("small");
        }
        events.into_iter().map(|event| (event.name, event.data)).collect()
    }

    fn event(name: &str, data: &str) -> (String, String) {
        (name.to_owned(), data.to_owned())
    }

    #[test]
    fn the_recorded_form_is_parsed() {
        let text = b"event: put\ndata: {\"path\":\"/\"}\n\nevent: keep-alive\ndata: null\n\n";
        assert_eq!(decode(&[text]), [event("put", "{\"path\":\"/\"}"), event("keep-alive", "null")]);
    }

    #[test]
    fn comments_blank_lines_and_unknown_fields_are_harmless() {
        let text = b": hello\n\n\nid: 7\nretry: 10\nevent:put\ndata:a\ndata: b\n\nevent: keep-alive\n\n";
        assert_eq!(decode(&[text]), [event("put", "a\nb"), event("keep-alive", "")]);
    }

    #[test]
    fn a_byte_order_mark_costs_no_event() {
        assert_eq!(decode(&[b"\xef\xbb\xbfevent: put\ndata: {}\n\n"]), [event("put", "{}")]);
    }

    #[test]
    fn a_half_event_is_not_an_event() {
        assert_eq!(decode(&[b"event: put\ndata: {\"path\""]), []);
    }

    #[test]
    fn an_event_past_the_limit_ends_the_stream() {
        let mut decoder = Decoder::new(10);
        let mut events = Vec::new();
        assert!(decoder.push(b"data: 0123456789", &mut events).is_err());
        let mut decoder = Decoder::new(30);
        let many = (0..20).try_for_each(|_| decoder.push(b"data: xx\n", &mut events));
        assert!(many.is_err());
    }

    proptest! {
        /// The events are the same for all splits of the bytes.
        #[test]
        fn chunk_boundaries_do_not_matter(cuts in proptest::collection::vec(0_usize..70, 0..6), ending in 0_usize..3) {
            let newline = ["\n", "\r\n", "\r"][ending];
            let text = "event: put\ndata: {\"a\": \"é\"}\n\n: c\nevent: keep-alive\ndata: null\n\n".replace('\n', newline);
            let bytes = text.as_bytes();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> = cuts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
            prop_assert_eq!(decode(&pieces), [event("put", "{\"a\": \"é\"}"), event("keep-alive", "null")]);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut events = Vec::new();
            Decoder::new(100).push(&bytes, &mut events).ok();
        }
    }
}
