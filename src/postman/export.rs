//! Writes a collection as a file.

use serde_json::{Map, Value, json};

use super::secret::{is_secret, scrubbed, without_secrets};
use super::{BASE_VARIABLE, Folder, PostmanCollection, PostmanRequest, TOKEN_VARIABLE, VENDOR_URL};

const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// A collection in the format v2.1, without anything that looks like a token.
pub fn export(collection: &PostmanCollection) -> Value {
    let variable = |name: &str| format!("{{{{{name}}}}}");
    json!({
        "info": { "name": safe(&collection.name), "schema": SCHEMA },
        "auth": {
            "type": "bearer",
            "bearer": [{ "key": "token", "value": variable(TOKEN_VARIABLE), "type": "string" }],
        },
        "variable": [
            { "key": BASE_VARIABLE, "value": VENDOR_URL, "type": "string" },
            { "key": TOKEN_VARIABLE, "value": "", "type": "string" },
        ],
        "item": items(&collection.requests, &collection.folders),
    })
}

fn safe(text: &str) -> String {
    scrubbed(text).0.into_owned()
}

fn items(requests: &[PostmanRequest], folders: &[Folder]) -> Vec<Value> {
    let folder =
        |folder: &Folder| json!({ "name": safe(&folder.name), "item": items(&folder.requests, &folder.folders) });
    requests.iter().map(item).chain(folders.iter().map(folder)).collect()
}

fn item(request: &PostmanRequest) -> Value {
    let headers = request.headers.iter().filter(|header| !is_secret(&header.name));
    let headers: Vec<Value> =
        headers.map(|header| json!({ "key": header.name, "value": safe(&header.value) })).collect();
    let mut inner = Map::new();
    inner.insert("method".to_owned(), request.method.word().into());
    inner.insert("header".to_owned(), headers.into());
    inner.insert("url".to_owned(), url(&request.url));
    if let Some(body) = &request.body {
        let language = json!({ "raw": { "language": "json" } });
        inner.insert("body".to_owned(), json!({ "mode": "raw", "raw": safe(body), "options": language }));
    }
    if !request.description.is_empty() {
        inner.insert("description".to_owned(), safe(&request.description).into());
    }
    json!({ "name": safe(&request.name), "request": inner, "response": [] })
}

/// An address in its parts, with the whole of it beside them; readers use either.
fn url(url: &str) -> Value {
    let (url, _) = without_secrets(url);
    let (front, hash) = url.split_once('#').map_or((url.as_str(), None), |(front, hash)| (front, Some(hash)));
    let (place, query) = front.split_once('?').map_or((front, None), |(place, query)| (place, Some(query)));
    let base = format!("{{{{{BASE_VARIABLE}}}}}");
    let mut parts = Map::new();
    let whole = place.split_once("://").filter(|_| !place.starts_with('/'));
    let path = if let Some((protocol, rest)) = whole {
        let (host, path) = rest.split_once('/').map_or((rest, None), |(host, path)| (host, Some(path)));
        let (host, port) =
            host.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or((host, None), |(h, p)| (h, Some(p)));
        parts.insert("raw".to_owned(), url.clone().into());
        parts.insert("protocol".to_owned(), protocol.into());
        parts.insert("host".to_owned(), host.split('.').collect::<Vec<_>>().into());
        parts.extend(port.map(|port| ("port".to_owned(), port.into())));
        path
    } else {
        let path = place.strip_prefix('/').unwrap_or(place);
        let tail = url.strip_prefix('/').unwrap_or(&url);
        parts.insert("raw".to_owned(), format!("{base}/{tail}").into());
        parts.insert("host".to_owned(), vec![base].into());
        Some(path)
    };
    parts.extend(path.map(|path| ("path".to_owned(), path.split('/').collect::<Vec<_>>().into())));
    if let Some(query) = query {
        let pair = |part: &str| {
            let (key, value) = part.split_once('=').map_or((part, None), |(key, value)| (key, Some(value)));
            json!({ "key": key, "value": value })
        };
        parts.insert("query".to_owned(), query.split('&').map(pair).collect::<Vec<_>>().into());
    }
    parts.extend(hash.map(|hash| ("hash".to_owned(), hash.into())));
    Value::Object(parts)
}

fn is_port(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}
