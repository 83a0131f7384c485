//! The allowed imports between modules, checked in the sources: a module uses only the parts that its entry in
//! the table lists.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each part of the crate with the parts that it may use, which stand above it.
const MAY_USE: [(&str, &[&str]); 30] = [
    ("i18n", &[]),
    ("clock", &[]),
    ("files", &["i18n"]),
    ("rate_limit", &[]),
    ("home", &["i18n"]),
    ("command", &["i18n", "home"]),
    ("presets", &["i18n", "files", "home"]),
    ("service", &["i18n", "rate_limit", "home"]),
    ("http", &["clock", "home", "service"]),
    ("wwn", &["clock", "rate_limit", "home", "service", "http"]),
    ("nle", &["rate_limit", "home", "service", "http"]),
    ("sdm", &["i18n", "clock", "files", "rate_limit", "home", "service", "http"]),
    ("media", &["i18n", "clock", "files", "home", "service", "http", "wwn"]),
    ("history", &["i18n", "files", "home"]),
    ("simulator", &["i18n", "clock", "home", "wwn", "history"]),
    ("engine", &["i18n", "clock", "files", "rate_limit", "home", "service"]),
    ("automation", &["i18n", "clock", "files", "home", "command", "service", "history", "simulator", "engine"]),
    ("json_tree", &["i18n"]),
    ("bridge", &["clock", "files", "home", "service", "wwn", "engine"]),
    ("snippet", &["home", "service", "http", "wwn"]),
    ("postman", &["i18n", "http"]),
    ("requests", &["i18n", "files", "home", "service", "http", "wwn", "postman"]),
    (
        "accounts",
        &["i18n", "clock", "files", "home", "service", "http", "wwn", "nle", "sdm", "history", "simulator", "engine"],
    ),
    ("platform", &["files", "accounts"]),
    ("ipc", &["clock", "files", "home", "command", "service", "engine", "accounts", "platform"]),
    (
        "ui",
        &[
            "i18n",
            "files",
            "home",
            "command",
            "presets",
            "service",
            "http",
            "wwn",
            "sdm",
            "media",
            "simulator",
            "engine",
            "history",
            "automation",
            "json_tree",
            "snippet",
            "postman",
            "requests",
            "accounts",
            "platform",
        ],
    ),
    (
        "app",
        &[
            "i18n",
            "clock",
            "files",
            "home",
            "command",
            "presets",
            "service",
            "http",
            "wwn",
            "sdm",
            "media",
            "simulator",
            "engine",
            "history",
            "automation",
            "json_tree",
            "bridge",
            "postman",
            "requests",
            "accounts",
            "platform",
            "ipc",
            "ui",
        ],
    ),
    (
        "cli",
        &[
            "i18n",
            "clock",
            "home",
            "command",
            "service",
            "http",
            "wwn",
            "sdm",
            "media",
            "simulator",
            "engine",
            "files",
            "history",
            "presets",
            "automation",
            "bridge",
            "snippet",
            "postman",
            "requests",
            "accounts",
            "platform",
            "ipc",
            "app",
        ],
    ),
    ("fuzzing", &["command", "accounts", "ipc"]),
    ("main", &["app", "cli"]),
];

/// Crates that a part must not know, with the reason.
const FORBIDDEN: [(&str, &[&str]); 11] = [
    ("home", &["tokio", "reqwest", "axum", "egui", "eframe", "std::fs", "std::net"]),
    ("engine", &["egui", "eframe", "reqwest", "axum"]),
    ("media", &["egui", "eframe", "axum"]),
    ("platform", &["egui", "eframe", "reqwest", "axum"]),
    ("ipc", &["egui", "eframe", "reqwest", "axum"]),
    ("ui", &["reqwest", "axum", "tokio::sync"]),
    ("service", &["reqwest", "axum", "egui"]),
    ("json_tree", &["egui", "eframe", "tokio", "reqwest", "axum", "std::fs", "std::net"]),
    // The generated programs may name more crates.
    ("snippet", &["axum", "egui", "std::fs", "std::net"]),
    ("requests", &["axum", "egui", "eframe"]),
    ("postman", &["tokio", "reqwest", "axum", "egui", "std::fs", "std::net"]),
];

fn sources() -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                files.insert(path.strip_prefix(&root).expect("below src").to_owned(), text);
            }
        }
    }
    files
}

/// The part of the crate that a file belongs to.
fn part(path: &Path) -> String {
    let first = path.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").trim_end_matches("_tests").to_owned()
}

/// Source lines without comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"))
}

/// The names that follow `prefix` in a line: `home` of `crate::home::Write`.
fn names_after<'a>(line: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    line.match_indices(prefix).filter_map(move |(at, _)| {
        let rest = line.get(at + prefix.len()..)?;
        rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().filter(|name| !name.is_empty())
    })
}

#[test]
fn every_module_imports_only_the_listed_ones() {
    let table: BTreeMap<&str, &[&str]> = MAY_USE.into_iter().collect();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let own = part(&path);
        if own == "lib" {
            continue;
        }
        let Some(allowed) = table.get(own.as_str()) else {
            wrong.push(format!("{own} ({}) is not in the table", path.display()));
            continue;
        };
        let prefix = if own == "main" { "setpoint::" } else { "crate::" };
        for line in code(&text) {
            for used in names_after(line, prefix) {
                if used != own && table.contains_key(used) && !allowed.contains(&used) {
                    wrong.push(format!("{}: {own} must not use {used}: {line}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_module_uses_only_those_above_it() {
    for (index, (name, used)) in MAY_USE.iter().enumerate() {
        let above: Vec<&str> = MAY_USE[..index].iter().map(|(name, _)| *name).collect();
        let below: Vec<&&str> = used.iter().filter(|used| !above.contains(*used)).collect();
        assert!(below.is_empty(), "{name} uses what stands below it, or nowhere: {below:?}");
    }
}

#[test]
fn crates_are_used_only_where_allowed() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let own = part(&path);
        for (_, crates) in FORBIDDEN.iter().filter(|(part, _)| *part == own) {
            for name in *crates {
                let used = code(&text)
                    .find(|line| line.contains(&format!("{name}::")) || line.starts_with(&format!("use {name}")));
                if let Some(line) = used {
                    wrong.push(format!("{}: {own} must not know {name}: {line}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn wire_types_do_not_leave_their_folder() {
    for (path, text) in sources() {
        if part(&path) != "wwn" {
            let leaked = code(&text).find(|line| line.contains("wwn::wire::Request") || line.contains("ErrorBody"));
            assert_eq!(leaked, None, "{}", path.display());
        }
        if part(&path) != "nle" {
            let leaked = code(&text).find(|line| line.contains("nle::wire"));
            assert_eq!(leaked, None, "{}", path.display());
        }
    }
}

/// Findings L16: `deny.toml` checks licences, sources and advisories of all dependencies.
#[test]
fn l16_the_crates_that_are_built_in_are_kept_to_a_list_of_rules() {
    let read = |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path);
    let rules = read("deny.toml");
    for part in
        ["[advisories]", "[licenses]", "[bans]", "[sources]", "yanked = \"deny\"", "unknown-registry = \"deny\""]
    {
        assert!(rules.lines().any(|line| line.trim() == part), "deny.toml does not have {part}");
    }
    let runs = read("tests/run");
    for check in ["cargo deny check bans licenses sources", "cargo deny check advisories"] {
        assert!(runs.contains(check), "tests/run does not ask for it: {check}");
    }
}

#[test]
fn the_map_names_every_module() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("lib.rs");
    for (name, _) in MAY_USE {
        assert!(map.contains(&format!("//! {name}")) || name == "main", "lib.rs does not explain {name}");
    }
}

/// True for the declaration of an item that other modules can use. Fields and variants may go without a doc
/// comment, if their name says it all.
fn is_public_item(line: &str) -> bool {
    let kinds = ["fn ", "async fn ", "struct ", "enum ", "trait ", "type ", "const ", "static "];
    line.trim_start().strip_prefix("pub ").is_some_and(|rest| kinds.iter().any(|kind| rest.starts_with(kind)))
}

#[test]
fn public_items_have_a_doc_comment() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let lines: Vec<&str> = text.lines().collect();
        for (number, line) in lines.iter().enumerate().filter(|(_, line)| is_public_item(line)) {
            let above = lines.iter().take(number).rev().map(|line| line.trim());
            // Attributes may stand between, and in a macro the comment is a parameter.
            let documented = above
                .take_while(|line| !line.is_empty() && *line != "}")
                .any(|line| line.starts_with("///") || line.starts_with("$("));
            if !documented {
                wrong.push(format!("{}:{}: {line}", path.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
