//! Commands in other languages, and words of speech: each word is replaced by the one that the parser knows.

/// Replaces the words of a text by a table such as `alle=all wärmer=warmer`. Words without an entry, such as names,
/// stay; an entry without a right side leaves the word out. `None` if nothing changes.
pub fn translate(text: &str, table: &str) -> Option<String> {
    let meaning = |word: &str| {
        let word = word.to_lowercase();
        table.split_whitespace().filter_map(|entry| entry.split_once('=')).find(|(known, _)| *known == word)
    };
    let mut is_changed = false;
    let words: Vec<&str> = text
        .split_whitespace()
        .filter_map(|word| match meaning(word) {
            Some((_, known)) => {
                is_changed = true;
                Some(known).filter(|known| !known.is_empty())
            }
            None => Some(word),
        })
        .collect();
    (is_changed && !words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_replaced_and_names_stay() {
        let table = "alle=all wärmer=warmer bitte=";
        assert_eq!(translate("Alle eco", table).as_deref(), Some("all eco"));
        assert_eq!(translate("Studio WÄRMER bitte", table).as_deref(), Some("Studio warmer"));
        assert_eq!(translate("studio 20", table), None);
        assert_eq!(translate("bitte", table), None);
    }
}
