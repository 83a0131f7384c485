//! Programs and requests that a person entered for rules: a rule names one, and cannot make up another.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use toml::{Table, Value};
use url::Url;

/// Most programs, and most requests.
pub const MOST_OUTSIDE: usize = 100;
/// Most arguments of a program, and their longest text in bytes.
pub const MOST_ARGUMENTS: usize = 50;
const LONGEST_ARGUMENT: usize = 2_000;
/// The longest body of a request, in bytes.
pub const LONGEST_BODY: usize = 16 * 1024;

/// A program with fixed arguments, which no shell reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleProgram {
    pub name: String,
    pub path: PathBuf,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<String>,
}

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RuleMethod {
    Get,
    #[default]
    Post,
    Put,
}

/// A request to an address of the person's choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRequest {
    pub name: String,
    #[serde(default)]
    pub method: RuleMethod,
    pub url: String,
    /// Sent by POST and PUT as it is. Empty sends the occasion as JSON. GET sends no body.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
}

/// The reason why a program or a request cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnusableOutside {
    NotAbsolute,
    NoSuchFile,
    TooLong,
    NoAddress,
}

impl UnusableOutside {
    /// The id of its message.
    pub fn message(self) -> &'static str {
        match self {
            Self::NotAbsolute => "outside-not-absolute",
            Self::NoSuchFile => "outside-no-file",
            Self::TooLong => "outside-too-long",
            Self::NoAddress => "outside-no-address",
        }
    }
}

impl RuleProgram {
    /// Checks the program as it is entered.
    ///
    /// # Errors
    /// The path is not absolute or no file, or the arguments are too many or too long.
    pub fn check(&self) -> Result<(), UnusableOutside> {
        if !self.path.is_absolute() {
            return Err(UnusableOutside::NotAbsolute);
        }
        let is_long = |text: &String| text.len() > LONGEST_ARGUMENT || text.contains('\0');
        if self.arguments.len() > MOST_ARGUMENTS || self.arguments.iter().any(is_long) {
            return Err(UnusableOutside::TooLong);
        }
        if is_file(&self.path) { Ok(()) } else { Err(UnusableOutside::NoSuchFile) }
    }
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|found| found.is_file())
}

impl RuleRequest {
    /// Checks the request as it is entered.
    ///
    /// # Errors
    /// The address is none of the web, or the body is too long.
    pub fn check(&self) -> Result<(), UnusableOutside> {
        if self.body.len() > LONGEST_BODY || self.url.len() > LONGEST_ARGUMENT {
            return Err(UnusableOutside::TooLong);
        }
        self.address().map(drop).ok_or(UnusableOutside::NoAddress)
    }

    /// The address, if it is one of the web.
    pub fn address(&self) -> Option<Url> {
        let url = Url::parse(self.url.trim()).ok()?;
        (matches!(url.scheme(), "http" | "https") && url.host().is_some()).then_some(url)
    }
}

/// The programs and the requests.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(into = "Table")]
pub struct RuleSettings {
    pub programs: Vec<RuleProgram>,
    pub requests: Vec<RuleRequest>,
    /// Entries that cannot be used, as TOML; they are written back unchanged.
    unusable: String,
}

impl RuleSettings {
    pub(super) fn from_table(mut table: Table) -> Self {
        let (programs, unusable_programs) = read(table.remove("programs"));
        let (requests, unusable_requests) = read(table.remove("requests"));
        let mut unusable = table;
        for (key, values) in [("programs", unusable_programs), ("requests", unusable_requests)] {
            if !values.is_empty() {
                unusable.insert(key.to_owned(), Value::Array(values));
            }
        }
        Self { programs, requests, unusable: toml::to_string(&unusable).unwrap_or_default() }
    }

    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// The program with this name.
    pub fn program(&self, name: &str) -> Option<&RuleProgram> {
        self.programs.iter().find(|program| program.name == name)
    }

    /// The request with this name.
    pub fn request(&self, name: &str) -> Option<&RuleRequest> {
        self.requests.iter().find(|request| request.name == name)
    }
}

fn read<T: DeserializeOwned>(value: Option<Value>) -> (Vec<T>, Vec<Value>) {
    let entries = match value {
        Some(Value::Array(entries)) => entries,
        Some(other) => vec![other],
        None => Vec::new(),
    };
    let (mut usable, mut unusable) = (Vec::new(), Vec::new());
    for entry in entries {
        match entry.clone().try_into() {
            Ok(read) if usable.len() < MOST_OUTSIDE => usable.push(read),
            Ok(_) | Err(_) => unusable.push(entry),
        }
    }
    (usable, unusable)
}

impl From<RuleSettings> for Table {
    fn from(settings: RuleSettings) -> Self {
        let mut table: Self = settings.unusable.parse().unwrap_or_default();
        let programs = settings.programs.iter().filter_map(|it| Value::try_from(it).ok());
        let requests = settings.requests.iter().filter_map(|it| Value::try_from(it).ok());
        for (key, values) in [("programs", programs.collect::<Vec<_>>()), ("requests", requests.collect::<Vec<_>>())] {
            let kept = match table.remove(key) {
                Some(Value::Array(kept)) => kept,
                Some(_) | None => Vec::new(),
            };
            let all: Vec<Value> = values.into_iter().chain(kept).collect();
            if !all.is_empty() {
                table.insert(key.to_owned(), Value::Array(all));
            }
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_it_was_written_and_nonsense_stays_in_the_file() {
        let text = r#"
            later = 1
            [[programs]]
            name = "Lights"
            path = "/usr/bin/true"
            arguments = ["on", "two words"]
            [[programs]]
            name = "Half"
            [[requests]]
            name = "Hook"
            url = "http://127.0.0.1:8123/api/webhook/x"
            [[requests]]
            name = "Bad"
        "#;
        let settings = RuleSettings::from_table(text.parse().expect("a table"));
        let program = settings.program("Lights").expect("a program");
        assert_eq!((program.arguments.len(), program.check()), (2, Ok(())));
        let hook = settings.request("Hook").expect("a request");
        assert_eq!((hook.method, hook.check()), (RuleMethod::Post, Ok(())));
        assert_eq!((settings.programs.len(), settings.requests.len()), (1, 1));
        let again = Table::from(settings.clone());
        assert_eq!(again.get("programs").and_then(Value::as_array).map(Vec::len), Some(2));
        assert_eq!(RuleSettings::from_table(again), settings);
    }

    #[test]
    fn what_is_no_program_and_no_address_is_not_taken() {
        let program = |path: &str| RuleProgram { name: "x".to_owned(), path: path.into(), arguments: Vec::new() };
        assert_eq!(program("true").check(), Err(UnusableOutside::NotAbsolute));
        assert_eq!(program("/nowhere/at/all").check(), Err(UnusableOutside::NoSuchFile));
        let many = RuleProgram { arguments: vec![String::new(); MOST_ARGUMENTS + 1], ..program("/bin/sh") };
        assert_eq!(many.check(), Err(UnusableOutside::TooLong));
        let request = |url: &str| RuleRequest {
            name: "x".to_owned(),
            method: RuleMethod::Get,
            url: url.to_owned(),
            body: String::new(),
        };
        for address in ["file:///etc/passwd", "nowhere", ""] {
            assert_eq!(request(address).check(), Err(UnusableOutside::NoAddress));
        }
        let long = RuleRequest { body: "x".repeat(LONGEST_BODY + 1), ..request("http://localhost") };
        assert_eq!(long.check(), Err(UnusableOutside::TooLong));
    }
}
