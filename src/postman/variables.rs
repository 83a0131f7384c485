//! The variables of a file: `{{name}}`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::read::{list, text};
use super::secret::is_secret;
use super::{BASE_VARIABLE, TOKEN_VARIABLE};

/// The maximum depth of variables within variables.
const DEEPEST: usize = 8;
/// The maximum length of a text after replacements.
const LONGEST: usize = 1 << 20;

/// The values of a collection's variables, without secrets.
#[derive(Debug, Default, Clone)]
pub(super) struct Variables {
    values: BTreeMap<String, String>,
    /// Known names that stay: the address, the token.
    kept: Vec<String>,
}

impl Variables {
    /// Reads the variables of a collection or a folder; returns the names of secret ones.
    pub(super) fn read(&mut self, of: &Value) -> Vec<String> {
        let mut secrets = Vec::new();
        for variable in list(of.get("variable")) {
            let Some(name) = text(variable.get("key").or_else(|| variable.get("id"))) else { continue };
            let value = match variable.get("value") {
                Some(Value::String(value)) => value.clone(),
                Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
                Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => String::new(),
            };
            let is_hidden = variable.get("type").and_then(Value::as_str) == Some("secret");
            let looks_so = super::secret::scrubbed(&value).1;
            if name == TOKEN_VARIABLE || is_secret(&name) || is_hidden || looks_so {
                if !value.is_empty() {
                    secrets.push(name.clone());
                }
                self.kept.push(name);
            } else if variable.get("disabled").and_then(Value::as_bool) != Some(true) && !value.is_empty() {
                self.values.insert(name, value);
            }
        }
        secrets
    }

    /// Replaces variables in a text. Unknown ones stay and are returned.
    pub(super) fn put_into(&self, text: &str) -> (String, Vec<String>) {
        let mut unknown = Vec::new();
        let filled = self.fill(text, DEEPEST, &mut unknown);
        unknown.sort();
        unknown.dedup();
        (filled, unknown)
    }

    fn fill(&self, text: &str, depth: usize, unknown: &mut Vec<String>) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            filled.push_str(before);
            // Names are short, so a file of nothing but braces is not scanned again from each of them.
            let near = after.get(..after.floor_char_boundary(LONGEST_NAME + 2)).unwrap_or_default();
            let name = near.split_once("}}").map(|(name, _)| name).filter(|name| is_name(name));
            let found = name.and_then(|name| Some((name, after.get(name.len() + 2..)?)));
            let Some((name, behind)) = found else {
                filled.push_str("{{");
                rest = after;
                continue;
            };
            match self.values.get(name.trim()) {
                Some(value) if depth > 0 && filled.len() + value.len() < LONGEST => {
                    filled.push_str(&self.fill(value, depth - 1, unknown));
                }
                Some(_) | None => {
                    if !self.is_kept(name.trim()) {
                        unknown.push(name.trim().to_owned());
                    }
                    filled.extend(["{{", name, "}}"]);
                }
            }
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }

    fn is_kept(&self, name: &str) -> bool {
        [BASE_VARIABLE, TOKEN_VARIABLE].contains(&name) || self.kept.iter().any(|kept| kept == name)
    }

    /// Forgets the address of the service, which the account has.
    pub(super) fn forget_base(&mut self) {
        self.values.remove(BASE_VARIABLE);
    }
}

/// The maximum length of a name, in bytes.
const LONGEST_NAME: usize = 200;

fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && name.len() <= LONGEST_NAME && !name.contains(['{', '}', '\n'])
}
