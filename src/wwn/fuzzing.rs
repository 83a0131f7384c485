//! Fuzz targets for documents, requests and streams of the protocol.

use serde_json::Value;

use super::wire::{decode, home_value, node, parse, parse_put, render};
use crate::home::{DeviceTree, judge};
use crate::http::{Decoder, Event};

/// The largest size, in bytes, of a document that is certainly kept whole.
const KEPT_WHOLE: usize = 4096;

/// Checks that a document is written as it was read, as text and as values, and that its differences to an empty
/// home rebuild it.
#[expect(clippy::expect_used, reason = "a promise that is broken ends the fuzzer")]
pub(crate) fn document(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        parse_put(text).ok();
    }
    let Ok(home) = parse(data) else { return };
    let mut built = DeviceTree::default();
    built.adopt(home.clone());
    assert!(built == home, "the changes do not make the home");
    if data.len() > KEPT_WHOLE {
        return;
    }
    // A duplicate field is written once.
    let home = parse(render(&home).as_bytes()).expect("our own text can be read");
    let text = render(&home);
    let again = parse(text.as_bytes()).map(|again| render(&again));
    assert!(again.as_ref().is_ok_and(|again| *again == text), "{text} became {again:?}");
    let value = home_value(&home);
    let read: Value = serde_json::from_str(&text).unwrap_or_default();
    assert_eq!(read, value, "text and values are two documents");
    for (key, part) in value.as_object().into_iter().flatten() {
        assert_eq!(node(&home, &[key]).as_ref(), Some(part), "{key}");
        for (key_within, part) in part.as_object().into_iter().flatten() {
            assert_eq!(node(&home, &[key, key_within]).as_ref(), Some(part), "{key}/{key_within}");
        }
    }
}

/// Checks that a path in the first line and a body become writes that the rules can check, or a refusal.
#[expect(clippy::expect_used, reason = "the home of the tests can be read")]
pub(crate) fn request(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (path, body) = text.split_once('\n').unwrap_or((text, "{}"));
    let Ok(body) = serde_json::from_str::<Value>(body) else { return };
    let home = parse(include_bytes!("../../tests/data/home.json")).expect("the home of the tests");
    let path: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if let Ok(writes) = decode(&home, &path, &body) {
        judge(&home, &writes, jiff::Timestamp::UNIX_EPOCH);
    }
}

/// Checks that a stream gives the same events for every split into pieces.
pub(crate) fn event_stream(data: &[u8]) {
    const LIMIT: usize = 1000;
    let read = |size: usize| {
        let (mut decoder, mut events) = (Decoder::new(LIMIT), Vec::<Event>::new());
        let is_whole = data.chunks(size.max(1)).all(|piece| decoder.push(piece, &mut events).is_ok());
        (is_whole, events)
    };
    let (is_whole, whole) = read(data.len());
    for size in [1, 2, 7] {
        let (pieces_are_whole, pieces) = read(size);
        assert_eq!((is_whole, &whole), (pieces_are_whole, &pieces), "in pieces of {size}");
    }
    assert!(whole.iter().all(|event| event.data.len() <= LIMIT * 3), "an event without end");
}
