//! The node of the document that the path of a request names.
//!
//! The service grew out of Firebase, so paths with a `.json` suffix, a trailing slash or doubled slashes name
//! the same node as the plain path.

use percent_encoding::percent_decode_str;

/// The keys from the root of the document down to a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DataPath {
    keys: Vec<String>,
}

impl DataPath {
    /// Parses the path of a URL; `None` if the path is not valid text, so that it names no node.
    pub(super) fn parse(path: &str) -> Option<Self> {
        let decoded = path.split('/').map(|key| percent_decode_str(key).decode_utf8());
        let mut keys = Vec::new();
        for key in decoded {
            keys.push(key.ok()?.into_owned());
        }
        if let Some(last) = keys.last_mut()
            && let Some(plain) = last.strip_suffix(".json")
        {
            *last = plain.to_owned();
        }
        keys.retain(|key| !key.is_empty());
        Some(Self { keys })
    }

    /// The keys, in the form that the wire functions take.
    pub(super) fn keys(&self) -> Vec<&str> {
        self.keys.iter().map(String::as_str).collect()
    }
}

impl std::fmt::Display for DataPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.keys.is_empty() {
            return f.write_str("/");
        }
        self.keys.iter().try_for_each(|key| write!(f, "/{key}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spellings_of_one_node_are_one_path() {
        for spelling in ["/structures/a/eta", "/structures/a/eta/", "/structures/a/eta.json", "//structures/%61/eta"] {
            let path = DataPath::parse(spelling).expect("text");
            assert_eq!(path.keys(), ["structures", "a", "eta"], "for {spelling}");
            assert_eq!(path.to_string(), "/structures/a/eta");
        }
        for root in ["/", "", "/.json", "//"] {
            let path = DataPath::parse(root).expect("text");
            assert_eq!((path.keys(), path.to_string()), (vec![], "/".to_owned()), "for {root:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_name_nothing() {
        assert_eq!(DataPath::parse("/structures/%ff%fe"), None);
    }

    #[test]
    fn an_encoded_slash_stays_inside_its_key() {
        let path = DataPath::parse("/structures/a%2Fb").expect("text");
        assert_eq!(path.keys(), ["structures", "a/b"]);
    }
}
