//! The documents for readers: every link and path in them leads to a file.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// Every document of the project.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.to_owned(), root.join("docs"), root.join("docs/services")];
    let entries = folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("a folder"));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect()
}

/// The text between each `open` and the next `close`.
fn between<'a>(text: &'a str, open: &str, close: char) -> Vec<&'a str> {
    text.split(open).skip(1).filter_map(|rest| rest.split(close).next()).collect()
}

#[test]
fn every_link_and_path_leads_to_a_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut dead = Vec::new();
    for document in documents() {
        let text = std::fs::read_to_string(&document).expect("a document");
        let folder = document.parent().expect("a folder");
        let links = between(&text, "](", ')').into_iter().chain(between(&text, "src=\"", '"'));
        let links = links.chain(between(&text, "srcset=\"", '"')).filter(|link| !link.contains("://"));
        let targets = links.map(|link| folder.join(link.split('#').next().unwrap_or_default()));
        let code = between(&text, "`", '`').into_iter();
        let code = code.filter(|code| code.starts_with("src/") || code.starts_with("docs/"));
        let paths = code.filter(|code| !code.contains("NAME")).map(|code| root.join(code));
        dead.extend(targets.chain(paths).filter(|path| !path.exists()).map(|path| (document.clone(), path)));
    }
    assert!(documents().len() > 15, "documents are missing");
    assert_eq!(dead, []);
}

/// The text of every source file.
fn sources(folder: &Path, into: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(std::fs::read_to_string(path).expect("a source file"));
        }
    }
}

/// A function that a document names as `Type::name` is in a file with that type.
#[test]
fn every_named_function_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    sources(&root.join("src"), &mut texts);
    let mut named = 0;
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(root.join(document)).expect(document);
        let spans = text.split('`').skip(1).step_by(2).filter(|span| !span.contains(' '));
        for path in spans.filter(|span| span.starts_with(char::is_uppercase)) {
            let Some((of, name)) = path.split_once("::") else { continue };
            let definitions = [format!("fn {name}("), format!("fn {name}<"), format!("    {name} {{")];
            let has = |text: &String| text.contains(of) && definitions.iter().any(|found| text.contains(found));
            assert!(texts.iter().any(has), "{document}: {path}");
            named += 1;
        }
    }
    assert!(named > 10, "{named} functions are named");
}

/// A name that a document gives as "`name` in `src/file.rs`" occurs in that file.
#[test]
fn every_name_is_in_the_file_that_a_document_gives() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut named = 0;
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(root.join(document)).expect(document);
        for (name, rest) in text.split("` in `src/").zip(text.split("` in `src/").skip(1)) {
            let name = name.rsplit('`').next().unwrap_or_default();
            let file = rest.split('`').next().unwrap_or_default();
            let source = std::fs::read_to_string(root.join("src").join(file)).unwrap_or_default();
            let mut words = source.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            assert!(words.any(|word| word == name), "{document}: {name} in {file}");
            named += 1;
        }
    }
    assert!(named > 2, "{named} names are given with a file");
}

/// Each command in the documents exists in the program.
#[test]
fn every_command_is_known() {
    for document in documents() {
        let text = std::fs::read_to_string(&document).expect("a document");
        for line in text.lines().filter(|line| line.starts_with("setpoint ")) {
            let words: Vec<&str> = line.split_whitespace().skip(1).collect();
            let is_nested = words.first().is_some_and(|first| *first == "auth");
            let command: Vec<&str> = words.into_iter().take(if is_nested { 2 } else { 1 }).collect();
            if command.first().is_some_and(|first| first.starts_with("--")) {
                continue;
            }
            let help = Command::new(env!("CARGO_BIN_EXE_setpoint")).args(&command).arg("--help").output();
            assert!(help.expect("started").status.success(), "{}: {line}", document.display());
        }
    }
}
