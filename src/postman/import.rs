//! Reads a file as a collection.

use serde_json::Value;

use super::read::{description, is_off, list, text, url};
use super::remark::{BodyKind, Remark, What, Wherein};
use super::secret::{is_secret, is_variable, scrubbed, without_secrets};
use super::variables::Variables;
use super::{BASE_VARIABLE, Folder, Header, PostmanCollection, PostmanRequest};
use crate::http::Method;
use crate::i18n::{Message, ToMessage, display_english, message};

/// The maximum size of a file.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// A collection with remarks about dropped parts of its file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    pub collection: PostmanCollection,
    /// The dropped parts.
    pub remarks: Vec<Remark>,
}

/// The reason why a file is no collection. Displays as a sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// The file is too large.
    TooLarge,
    /// The file is not JSON.
    NoJson(String),
    /// An older format.
    Old,
    /// A Postman environment.
    Environment,
    /// Other JSON.
    NoCollection,
}

impl ToMessage for ImportError {
    fn to_message(&self) -> Message {
        match self {
            Self::TooLarge => message!("postman-too-large"),
            Self::NoJson(why) => message!("postman-no-json", why = why),
            Self::Old => message!("postman-old"),
            Self::Environment => message!("postman-environment"),
            Self::NoCollection => message!("postman-no-collection"),
        }
    }
}

display_english!(ImportError);

/// Reads a collection of the formats v2.0 and v2.1, with remarks about dropped parts.
pub fn import(bytes: &[u8]) -> Result<Imported, ImportError> {
    if bytes.len() > MOST_BYTES {
        return Err(ImportError::TooLarge);
    }
    // Some programs begin a file with a byte order mark.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let file: Value = serde_json::from_slice(bytes).map_err(|err| ImportError::NoJson(err.to_string()))?;
    // The service of Postman wraps a collection in an object.
    let file = file.get("collection").filter(|inner| inner.get("info").is_some()).unwrap_or(&file);
    let (info, items) = match (file.get("info"), file.get("item").and_then(Value::as_array)) {
        (Some(info @ Value::Object(_)), Some(items)) => (info, items),
        _ if file.get("requests").is_some() && file.get("order").is_some() => return Err(ImportError::Old),
        _ if file.get("values").is_some() && file.get("_postman_variable_scope").is_some() => {
            return Err(ImportError::Environment);
        }
        _ => return Err(ImportError::NoCollection),
    };
    let mut reader = ImportReader { remarks: Vec::new(), place: Vec::new() };
    let mut variables = Variables::default();
    reader.around(file, &mut variables);
    if !description(info.get("description")).is_empty() {
        reader.remark(What::Description);
    }
    let name = reader.safe(&text(info.get("name")).unwrap_or_default(), Wherein::Name);
    let (requests, folders) = reader.items(items, &variables);
    Ok(Imported { collection: PostmanCollection { name, folders, requests }, remarks: reader.remarks })
}

struct ImportReader {
    remarks: Vec<Remark>,
    /// The names of the folders and the request around the present position.
    place: Vec<String>,
}

impl ImportReader {
    fn remark(&mut self, what: What) {
        let remark = Remark { place: self.place.clone(), what };
        super::remark::remark(&mut self.remarks, remark);
    }

    /// The text without anything that looks like a token.
    fn safe(&mut self, text: &str, wherein: Wherein) -> String {
        let (clean, had_one) = scrubbed(text);
        let clean = clean.into_owned();
        if had_one {
            self.remark(What::Secret(wherein));
        }
        clean
    }

    /// The same after replacing variables.
    fn filled(&mut self, text: &str, wherein: Wherein, variables: &Variables) -> String {
        let (filled, unknown) = variables.put_into(text);
        for name in unknown {
            self.remark(What::Variable(told(&name)));
        }
        self.safe(&filled, wherein)
    }

    /// Variables, authentication and scripts around items.
    fn around(&mut self, of: &Value, variables: &mut Variables) {
        for name in variables.read(of) {
            self.remark(What::Secret(Wherein::Variable(told(&name))));
        }
        variables.forget_base();
        if !description(of.get("description")).is_empty() {
            self.remark(What::Description);
        }
        self.sign_in(of.get("auth"));
        self.scripts(of);
    }

    /// The account authenticates; the settings of the file are only remarked on.
    fn sign_in(&mut self, auth: Option<&Value>) {
        let Some(auth) = auth.filter(|auth| auth.is_object()) else { return };
        let kind = text(auth.get("type")).unwrap_or_default();
        match kind.as_str() {
            "noauth" => self.remark(What::NoSignIn),
            "bearer" => {}
            "" => return,
            other => self.remark(What::SignIn(told(other))),
        }
        let values: Vec<&Value> = match auth.get(&kind) {
            Some(Value::Array(parts)) => parts.iter().filter_map(|part| part.get("value")).collect(),
            Some(Value::Object(parts)) => parts.values().collect(),
            Some(_) | None => Vec::new(),
        };
        let is_secret = |value: &&Value| value.as_str().is_some_and(|text| !text.is_empty() && !is_variable(text));
        if kind == "bearer" && values.iter().any(is_secret) {
            self.remark(What::Secret(Wherein::SignIn));
        }
    }

    fn scripts(&mut self, of: &Value) {
        for event in list(of.get("event")) {
            let script = event.get("script").and_then(|script| script.get("exec"));
            let is_empty = match script {
                Some(Value::String(line)) => line.trim().is_empty(),
                Some(Value::Array(lines)) => {
                    lines.iter().all(|line| line.as_str().is_some_and(|l| l.trim().is_empty()))
                }
                Some(_) | None => true,
            };
            if !is_empty {
                self.remark(What::Script(told(&text(event.get("listen")).unwrap_or_else(|| "event".to_owned()))));
            }
        }
    }

    /// The depth of JSON bounds the recursion.
    fn items(&mut self, items: &[Value], variables: &Variables) -> (Vec<PostmanRequest>, Vec<Folder>) {
        let (mut requests, mut folders) = (Vec::new(), Vec::new());
        for item in items {
            let name = text(item.get("name"));
            if let Some(request) = item.get("request").filter(|request| !request.is_null()) {
                let shown = name.clone().or_else(|| url(Some(request)).map(|(url, _)| url)).unwrap_or_default();
                self.place.push(told(&shown));
                requests.extend(self.request(item, request, name, variables));
                self.place.pop();
            } else if let Some(inner) = item.get("item").and_then(Value::as_array) {
                self.place.push(told(name.as_deref().unwrap_or_default()));
                let mut own = variables.clone();
                self.around(item, &mut own);
                let name = self.safe(&name.unwrap_or_default(), Wherein::Name);
                let (requests, inner) = self.items(inner, &own);
                self.place.pop();
                folders.push(Folder { name, folders: inner, requests });
            } else {
                self.remark(What::Odd);
            }
        }
        (requests, folders)
    }

    fn request(
        &mut self,
        item: &Value,
        request: &Value,
        name: Option<String>,
        variables: &Variables,
    ) -> Option<PostmanRequest> {
        self.scripts(item);
        if !list(item.get("response")).is_empty() {
            self.remark(What::Examples);
        }
        // A request may be nothing but an address.
        let place = if request.is_string() { Some(request) } else { request.get("url") };
        let word = text(request.get("method")).unwrap_or_else(|| "GET".to_owned());
        let Some(method) = Method::of_word(&word) else {
            self.remark(What::Method(told(&word)));
            return None;
        };
        let Some((address, off)) = url(place).filter(|(url, _)| !url.trim().is_empty()) else {
            self.remark(What::NoAddress);
            return None;
        };
        for name in off {
            self.remark(What::QueryOff(told(&name)));
        }
        self.sign_in(request.get("auth"));
        let url = self.address(&address, variables);
        let headers = self.headers(request.get("header"), variables);
        let body = self.body(request.get("body"), method, variables);
        let name = name.unwrap_or_else(|| format!("{} {url}", method.word()));
        Some(PostmanRequest {
            name: self.safe(&name, Wherein::Name),
            method,
            url,
            headers,
            body,
            description: self.safe(&description(request.get("description")), Wherein::Description),
        })
    }

    /// A path if the address is that of the service.
    fn address(&mut self, address: &str, variables: &Variables) -> String {
        // The value of a variable may end with spaces too.
        let filled = self.filled(address, Wherein::Address, variables);
        let (clean, found) = without_secrets(filled.trim());
        for wherein in found {
            self.remark(What::Secret(wherein));
        }
        let base = format!("{{{{{BASE_VARIABLE}}}}}");
        match clean.strip_prefix(&base) {
            Some(rest) if rest.starts_with('/') => rest.to_owned(),
            Some(rest) => format!("/{rest}"),
            None => clean,
        }
    }

    /// A list of names and values, or lines in one text.
    fn headers(&mut self, headers: Option<&Value>, variables: &Variables) -> Vec<Header> {
        let lines = text(headers).unwrap_or_default();
        let of_lines = lines.lines().filter_map(|line| line.split_once(':'));
        let of_lines = of_lines.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned(), false));
        let of_list = list(headers).iter().filter_map(|header| {
            Some((text(header.get("key"))?, text(header.get("value")).unwrap_or_default(), is_off(header)))
        });
        let all: Vec<(String, String, bool)> = of_lines.chain(of_list).collect();
        let mut kept = Vec::new();
        for (name, value, is_off) in all {
            if is_secret(&name) {
                let scheme = value.split_once(' ').map_or(value.as_str(), |(_, rest)| rest);
                if !value.is_empty() && !is_variable(scheme) {
                    self.remark(What::Secret(Wherein::Header(told(&name))));
                }
            } else if is_off {
                self.remark(What::HeaderOff(told(&name)));
            } else {
                let value = self.filled(&value, Wherein::Header(told(&name)), variables);
                let name = self.safe(&name, Wherein::Name);
                kept.push(Header { name, value });
            }
        }
        kept
    }

    fn body(&mut self, body: Option<&Value>, method: Method, variables: &Variables) -> Option<String> {
        let body = body.filter(|body| body.is_object())?;
        let mode = text(body.get("mode")).unwrap_or_else(|| "raw".to_owned());
        if mode != "raw" {
            let is_empty = body.get(&mode).is_none_or(|inner| match inner {
                Value::Array(parts) => parts.is_empty(),
                Value::Object(parts) => parts.is_empty(),
                Value::String(text) => text.is_empty(),
                Value::Null => true,
                Value::Bool(_) | Value::Number(_) => false,
            });
            if !is_empty {
                let kind = match mode.as_str() {
                    "urlencoded" | "formdata" => BodyKind::Form,
                    "file" => BodyKind::File,
                    "graphql" => BodyKind::GraphQl,
                    other => BodyKind::Other(told(other)),
                };
                self.remark(What::Body(kind));
            }
            return None;
        }
        let raw = text(body.get("raw"))?;
        if is_off(body) {
            self.remark(What::BodyOff);
            return None;
        }
        if !method.has_body() {
            if !raw.trim().is_empty() {
                self.remark(What::BodyTooMuch(method.word()));
            }
            return None;
        }
        Some(self.filled(&raw, Wherein::Body, variables))
    }
}

/// A short part of a foreign text, without tokens.
fn told(text: &str) -> String {
    scrubbed(text).0.chars().take(64).collect()
}
