//! The file with the settings, as the fuzzer makes it.

use toml::Table;

use super::Settings;

/// Settings that were read are written, read and written the same.
#[expect(clippy::expect_used, reason = "a promise that is broken ends the fuzzer")]
pub(crate) fn file(data: &[u8]) {
    let Some(table) = std::str::from_utf8(data).ok().and_then(|text| text.parse::<Table>().ok()) else { return };
    let read = Settings::from_table(table).settings;
    let text = read.to_text().expect("settings can be written");
    let again = Settings::from_table(text.parse().expect("our own text is read")).settings;
    assert!(read == again, "{text}");
}
