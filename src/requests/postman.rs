//! Converts collections from and to Postman's form.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use url::Url;

use super::history::{Collection, Saved};
use crate::http::RawRequest;
use crate::postman::{self, Remark, What};

/// Headers that every request has anyway.
const USUAL: [&str; 2] = ["accept", "content-type"];
/// The maximum size of a collection.
const MOST_BYTES: u64 = 32 * 1024 * 1024;
/// The content type of a stream of events.
const STREAM: &str = "text/event-stream";

/// Converts a collection to Postman's form.
pub fn to_postman(collection: &Collection) -> postman::PostmanCollection {
    let requests = collection.requests.iter().map(|Saved { name, draft }| {
        let accept =
            draft.wants_stream.then(|| postman::Header { name: "Accept".to_owned(), value: STREAM.to_owned() });
        let path = format!("/{}", draft.path.trim_start_matches('/'));
        postman::PostmanRequest {
            name: name.clone(),
            method: draft.method,
            url: path,
            headers: accept.into_iter().collect(),
            body: (!draft.body.trim().is_empty()).then(|| draft.body.clone()),
            description: String::new(),
        }
    });
    postman::PostmanCollection { name: collection.name.clone(), folders: Vec::new(), requests: requests.collect() }
}

/// Converts a collection of Postman: each folder becomes a collection. The second result lists the parts that
/// were dropped, as text.
pub fn from_postman(collection: &postman::PostmanCollection) -> (Vec<Collection>, Vec<Remark>) {
    let (mut collections, mut remarks) = (Vec::new(), Vec::new());
    take(&collection.name, &collection.requests, &mut collections, &mut remarks);
    folders(&collection.name, &collection.folders, &mut collections, &mut remarks);
    (collections, remarks)
}

/// Reads the file of a collection, up to the maximum size.
pub fn read_collection(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if u64::try_from(read).is_ok_and(|read| read <= MOST_BYTES) {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::FileTooLarge.into())
    }
}

fn folders(name: &str, below: &[postman::Folder], collections: &mut Vec<Collection>, remarks: &mut Vec<Remark>) {
    for folder in below {
        let name = format!("{name} / {}", folder.name);
        take(&name, &folder.requests, collections, remarks);
        folders(&name, &folder.folders, collections, remarks);
    }
}

/// A file may contain names of any length.
fn short(name: &str) -> String {
    name.chars().take(120).collect()
}

fn take(
    name: &str,
    requests: &[postman::PostmanRequest],
    collections: &mut Vec<Collection>,
    remarks: &mut Vec<Remark>,
) {
    if requests.is_empty() {
        return;
    }
    let mut saved: Vec<Saved> = Vec::new();
    let (mut taken, mut numbers) = (HashSet::new(), HashMap::new());
    for request in requests {
        // A name may occur many times, and each request is kept.
        let mut own = request.name.clone();
        while !taken.insert(own.clone()) {
            let number: &mut u32 = numbers.entry(&request.name).or_insert(1);
            *number += 1;
            own = format!("{} {number}", request.name);
        }
        let mut remark = |what| postman::remark(remarks, Remark { place: vec![short(name), short(&own)], what });
        let mut wants_stream = false;
        for header in &request.headers {
            if header.name.eq_ignore_ascii_case("accept") && header.value.contains(STREAM) {
                wants_stream = true;
            } else if !USUAL.iter().any(|usual| header.name.eq_ignore_ascii_case(usual)) {
                remark(What::Header(header.name.clone()));
            }
        }
        let path = if request.url.starts_with('/') {
            request.url.clone()
        } else {
            let path = Url::parse(&request.url).map_or_else(
                |_no_address| request.url.clone(),
                |url| {
                    let query = url.query().map_or_else(String::new, |query| format!("?{query}"));
                    format!("{}{query}", url.path())
                },
            );
            remark(What::Elsewhere);
            path
        };
        let body = request.body.clone().unwrap_or_default();
        saved.push(Saved { name: own, draft: RawRequest { method: request.method, path, body, wants_stream } });
    }
    collections.push(Collection { name: name.to_owned(), requests: saved });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Method;

    #[test]
    fn a_collection_round_trips() {
        let draft = |method, path: &str, body: &str, wants_stream| RawRequest {
            method,
            path: path.to_owned(),
            body: body.to_owned(),
            wants_stream,
        };
        let requests = vec![
            Saved { name: "all".to_owned(), draft: draft(Method::Get, "/", "", true) },
            Saved { name: "warm".to_owned(), draft: draft(Method::Put, "/devices/x", "{\"label\":\"ä\"}", false) },
        ];
        let own = Collection { name: "Mornings".to_owned(), requests };
        let text = postman::export(&to_postman(&own)).to_string();
        let imported = postman::import(text.as_bytes()).expect("a collection");
        assert!(imported.remarks.is_empty(), "{:?}", imported.remarks);
        assert_eq!(from_postman(&imported.collection), (vec![own], Vec::new()));
    }

    #[test]
    fn folders_become_collections_and_dropped_parts_are_reported() {
        let request = |name: &str, url: &str| postman::PostmanRequest {
            name: name.to_owned(),
            method: Method::Get,
            url: url.to_owned(),
            headers: vec![postman::Header { name: "X-Own".to_owned(), value: "1".to_owned() }],
            body: None,
            description: String::new(),
        };
        let folder = postman::Folder {
            name: "Cameras".to_owned(),
            folders: Vec::new(),
            requests: vec![request("one", "/devices/cameras"), request("one", "https://developer-api.nest.com/x?a=1")],
        };
        let collection =
            postman::PostmanCollection { name: "Nest".to_owned(), folders: vec![folder], requests: Vec::new() };
        let (collections, remarks) = from_postman(&collection);
        assert_eq!(collections.len(), 1);
        assert_eq!(collections[0].name, "Nest / Cameras");
        let named: Vec<(&str, &str)> =
            collections[0].requests.iter().map(|saved| (saved.name.as_str(), saved.draft.path.as_str())).collect();
        assert_eq!(named, [("one", "/devices/cameras"), ("one 2", "/x?a=1")]);
        assert_eq!(remarks.len(), 3, "{remarks:?}");
    }

    #[test]
    fn ten_thousand_requests_of_one_name_are_kept() {
        let request = postman::PostmanRequest {
            name: "New Request".to_owned(),
            method: Method::Get,
            url: "/".to_owned(),
            headers: Vec::new(),
            body: None,
            description: String::new(),
        };
        let requests = vec![request; 10_000];
        let (collections, remarks) =
            from_postman(&postman::PostmanCollection { name: "Nest".to_owned(), folders: Vec::new(), requests });
        let kept = &collections[0].requests;
        assert_eq!((kept.len(), kept[9_999].name.as_str(), remarks.len()), (10_000, "New Request 10000", 0));
    }
}
