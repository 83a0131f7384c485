//! Everything that reads what others wrote, as functions of bytes: for the fuzzer of `tests/fuzz`, and
//! for the tests, which give them all that the fuzzer ever found of interest. Each panics where a promise
//! is broken.

use crate::accounts::settings;
use crate::command::link::Link;
use crate::ipc;
use crate::{command, engine, history, home, media, nle, postman, sdm, service, wwn};

/// The name of a corpus and of a binary, and what is asked of each input.
type Target = (&'static str, fn(&[u8]));

/// Each kind of text or file that others write.
pub const TARGETS: [Target; 15] = [
    ("wwn_document", wwn::fuzzing::document),
    ("wwn_request", wwn::fuzzing::request),
    ("nle", nle::fuzzing::answers),
    ("nle_hosted", nle::fuzzing::hosted_answers),
    ("sdm", sdm::fuzzing::answers),
    ("events", wwn::fuzzing::event_stream),
    ("picture", media::fuzzing::picture),
    ("clip", media::fuzzing::clip),
    ("export", history::fuzzing::export),
    ("postman", postman_file),
    ("settings", settings::fuzzing::file),
    ("journal", engine::fuzzing::journal),
    ("queue", engine::fuzzing::queue),
    ("socket", ipc::fuzzing::question),
    ("sentence", sentence),
];

/// Runs one target; `false` when there is none of this name.
pub fn run(name: &str, data: &[u8]) -> bool {
    let target = TARGETS.iter().find(|(target, _)| *target == name);
    target.is_some_and(|(_, run)| {
        run(data);
        true
    })
}

/// A collection that was taken over and written is read as it was.
fn postman_file(data: &[u8]) {
    let Ok(imported) = postman::import(data) else { return };
    let text = postman::export(&imported.collection).to_string();
    let again = postman::import(text.as_bytes());
    let text_again = again.map(|again| postman::export(&again.collection).to_string());
    assert_eq!(text_again.as_deref(), Ok(text.as_str()));
}

/// A sentence becomes writes that the rules can be asked about, a list of what could follow, a link, or
/// the words of a service.
#[expect(clippy::expect_used, reason = "the home of the tests can be read")]
fn sentence(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let home = wwn::wire::parse(include_bytes!("../tests/data/home.json")).expect("the home of the tests");
    let now = jiff::Timestamp::UNIX_EPOCH;
    if let Ok(writes) = command::parse(&home, text, now) {
        assert!(!writes.is_empty(), "understood, and nothing to do");
        home::judge(&home, &writes, now);
    }
    for completion in command::complete(&home, text, None) {
        // What is offered is never an empty thing to press.
        assert!(!completion.text.is_empty());
    }
    if let Ok(link) = Link::parse(text) {
        assert_eq!(Link::parse(&link.text), Ok(link));
    }
    service::fuzzing::said(text);
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    /// Files in a folder and the folders within.
    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { files(&path, found) } else { found.push(path) }
        }
    }

    #[test]
    fn the_corpus_violates_no_property() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
        for (name, run) in TARGETS {
            let mut found = Vec::new();
            files(&corpus.join(name), &mut found);
            assert!(!found.is_empty(), "there is nothing to begin with for {name}");
            for file in found {
                // A panic's message is preceded by the file.
                println!("{}", file.display());
                run(&fs::read(&file).expect("a file of the corpus"));
            }
        }
    }

    /// Recordings of the real services, where a folder of them is present.
    #[test]
    fn the_recordings_violate_no_property() {
        let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures");
        for (folder, targets) in [
            ("wwn", &["wwn_document", "wwn_request", "events"][..]),
            ("nle", &["nle", "nle_hosted"]),
            ("sdm", &["sdm"]),
        ] {
            let mut found = Vec::new();
            files(&beside.join(folder), &mut found);
            for (file, target) in found.iter().flat_map(|file| targets.iter().map(move |target| (file, target))) {
                println!("{} for {target}", file.display());
                assert!(run(target, &fs::read(file).expect("a recording")));
            }
        }
    }
}
