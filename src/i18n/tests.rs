//! Compares the languages with each other and with the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_syntax::ast;
use fluent_syntax::parser;

use super::*;

/// The messages of a language, with the variables of each.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let parsed = parser::parse(language.source()).unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
    let mut messages = BTreeMap::new();
    for entry in parsed.body {
        let ast::Entry::Message(message) = entry else { continue };
        let mut variables = BTreeSet::new();
        pattern(message.value.as_ref().expect("a text"), &mut variables);
        let twice = messages.insert(message.id.name.to_owned(), variables);
        assert_eq!(twice, None, "{language:?} has {} twice", message.id.name);
    }
    messages
}

fn pattern(pattern_of: &ast::Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern_of.elements {
        let ast::PatternElement::Placeable { expression } = element else { continue };
        match expression {
            ast::Expression::Inline(inline) => inline_variables(inline, variables),
            ast::Expression::Select { selector, variants } => {
                inline_variables(selector, variables);
                for variant in variants {
                    pattern(&variant.value, variables);
                }
            }
        }
    }
}

fn inline_variables(inline: &ast::InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    if let ast::InlineExpression::VariableReference { id } = inline {
        variables.insert(id.name.to_owned());
    }
}

/// Calls whose first argument is certainly a message id.
const CALLS: [&str; 10] = [
    "message!(",
    "view.text(",
    "of.text(",
    "i18n.text(",
    "i18n.format(",
    "self.text(",
    "self.format(",
    "field_ui(ui, view,",
    "flag_ui(ui, view,",
    "message_ui(ui, view,",
];

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

/// Every string literal that could be a message id.
fn literals() -> (BTreeSet<String>, BTreeSet<String>) {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let (mut all, mut said) = (BTreeSet::new(), BTreeSet::new());
    let is_test = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with("tests.rs") || file.components().any(|part| part.as_os_str() == "tests")
    };
    for file in files.into_iter().filter(|file| !is_test(file)) {
        let text = std::fs::read_to_string(&file).expect("a source");
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once('"') {
            let Some((literal, next)) = after.split_once('"') else { break };
            let is_name = literal.starts_with(|c: char| c.is_ascii_lowercase())
                && literal.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            if is_name {
                all.insert(literal.to_owned());
                let before = before.trim_end();
                if CALLS.iter().any(|call| before.ends_with(call)) {
                    said.insert(literal.to_owned());
                }
            }
            rest = next;
        }
    }
    (all, said)
}

#[test]
fn every_language_has_every_message_with_the_same_variables_and_no_other() {
    let english = messages(Language::English);
    for language in Language::ALL {
        let own = messages(language);
        let missing: Vec<&String> = english.keys().filter(|id| !own.contains_key(*id)).collect();
        let unknown: Vec<&String> = own.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "{language:?} lacks {missing:?} and has {unknown:?} too many"
        );
        for (id, variables) in &english {
            assert_eq!(own.get(id), Some(variables), "the variables of {id} in {language:?}");
        }
    }
}

#[test]
fn every_message_is_used_and_exists() {
    let english = messages(Language::English);
    let (all, said) = literals();
    let unused: Vec<&String> = english.keys().filter(|id| !all.contains(*id)).collect();
    let missing: Vec<&String> = said.iter().filter(|id| !english.contains_key(*id)).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
    assert!(missing.is_empty(), "there is no text for {missing:?}");
}

/// The text inside the brackets that follow.
fn inside(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return &text[..at],
            ')' => depth -= 1,
            _ => {}
        }
    }
    text
}

/// The names before ` = ` outside of inner brackets.
fn variables_of(arguments: &str) -> BTreeSet<String> {
    let mut depth = 0_usize;
    let outside: String = arguments
        .chars()
        .filter(|c| {
            depth = if *c == '(' { depth + 1 } else { depth };
            let is_outside = depth == 0;
            depth = if *c == ')' { depth.saturating_sub(1) } else { depth };
            is_outside
        })
        .collect();
    let named = outside.split(',').filter_map(|part| Some(part.split_once(" = ")?.0.trim().to_owned()));
    named.collect()
}

#[test]
fn every_message_of_an_error_gets_its_variables() {
    let english = messages(Language::English);
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut checked = 0;
    for file in files.into_iter().filter(|file| !file.ends_with("i18n/message.rs") && !file.ends_with("i18n/tests.rs"))
    {
        let text = std::fs::read_to_string(&file).expect("a source");
        for (at, start) in text.match_indices("message!(") {
            let arguments = inside(&text[at + start.len()..]).trim_start();
            let Some((id, rest)) = arguments.strip_prefix('"').and_then(|rest| rest.split_once('"')) else { continue };
            assert_eq!(english.get(id), Some(&variables_of(rest)), "{id} in {}", file.display());
            checked += 1;
        }
    }
    assert!(checked > 200, "{checked}");
}

/// True if a message has letters outside its variables.
fn has_words(text: &str) -> bool {
    let mut outside = text
        .split('{')
        .enumerate()
        .map(|(index, part)| if index == 0 { part } else { part.split_once('}').map_or("", |(_variable, rest)| rest) });
    outside.any(|part| part.chars().any(char::is_alphabetic))
}

#[test]
fn other_languages_are_translated() {
    let english = parse(Language::English);
    for language in [Language::German, Language::French, Language::Spanish] {
        let own = parse(language);
        let is_long = |text: &str| text.len() > 12 && has_words(text);
        let same = english.iter().filter(|(id, text)| own.get(*id) == Some(text) && is_long(text)).count();
        assert!(same < 12, "{same} longer texts of {language:?} are English");
    }
}

fn parse(language: Language) -> BTreeMap<String, String> {
    let mut i18n = BTreeMap::new();
    for line in language.source().lines().filter(|line| !line.starts_with(['#', ' '])) {
        if let Some((id, text)) = line.split_once(" = ") {
            i18n.insert(id.to_owned(), text.to_owned());
        }
    }
    i18n
}

#[test]
fn languages_are_found_by_any_spelling_of_their_code() {
    for (code, language) in [
        ("de", Some(Language::German)),
        ("de_CH.UTF-8", Some(Language::German)),
        ("FR-ca", Some(Language::French)),
        ("es@euro", Some(Language::Spanish)),
        ("C", None),
        ("", None),
        ("pt-BR", None),
    ] {
        assert_eq!(Language::from_code(code), language, "{code}");
    }
}
