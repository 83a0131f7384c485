//! Exported collections, read by Postman's own library and checked against the published schema of
//! the format. `tests/snippets/run` installs both.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]
#![expect(clippy::print_stdout, reason = "tests/snippets/run shows what was read")]

use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use setpoint::home::{Away, HvacMode, Setpoint, Write};
use setpoint::http::Method;
use setpoint::postman::{Folder, Header, PostmanCollection, PostmanRequest, export};
use setpoint::wwn::wire;

/// Number of random collections.
const RANDOM: usize = 150;

/// The folder of a Node.js with the packages; `None` if they are not installed.
fn packages() -> Option<PathBuf> {
    let folder = std::env::var_os("SETPOINT_NODE").map(PathBuf::from);
    let folder = folder.filter(|folder| folder.join("node_modules/postman-collection").is_dir());
    if folder.is_none() {
        println!("skipped: Postman's own library is not here");
        assert!(std::env::var_os("SETPOINT_SNIPPETS_ALL").is_none(), "the collections have to be read");
    }
    folder
}

/// The requests that Postman's library has to find.
fn wanted(collection: &PostmanCollection) -> Vec<Value> {
    fn all(folders: &[String], requests: &[PostmanRequest], inner: &[Folder], found: &mut Vec<Value>) {
        for request in requests {
            let is_path = request.url.starts_with('/');
            let headers: Vec<Value> = request.headers.iter().map(|header| json!([header.name, header.value])).collect();
            found.push(json!({
                "folders": folders,
                "name": request.name,
                "method": request.method.word(),
                "url": if is_path { format!("{{{{base_url}}}}{}", request.url) } else { request.url.clone() },
                "headers": headers,
                "body": request.body,
                "description": request.description,
            }));
        }
        for folder in inner {
            let mut folders = folders.to_vec();
            folders.push(folder.name.clone());
            all(&folders, &folder.requests, &folder.folders, found);
        }
    }
    let mut found = Vec::new();
    all(&[], &collection.requests, &collection.folders, &mut found);
    found
}

/// A collection that a user might keep of a home.
fn of_a_home() -> PostmanCollection {
    let request = |name: &str, write: &Write| {
        let wire::WriteRequest { path, body } = wire::request(write);
        let headers = vec![Header { name: "X-Note".to_owned(), value: "ä: \"b\"".to_owned() }];
        let body = Some(serde_json::to_string_pretty(&body).expect("JSON"));
        PostmanRequest {
            name: name.to_owned(),
            method: Method::Put,
            url: path,
            headers,
            body,
            description: "Noted.".to_owned(),
        }
    };
    let read = |name: &str, method: Method, url: &str| PostmanRequest {
        name: name.to_owned(),
        method,
        url: url.to_owned(),
        headers: Vec::new(),
        body: None,
        description: String::new(),
    };
    let writes = vec![
        request("Warmer", &Write::Target("hallway".into(), Setpoint::celsius(21.5))),
        request("Eco", &Write::Mode("hallway".into(), HvacMode::Eco)),
    ];
    let away = request("Nobody at home", &Write::Away("s".into(), Away::Away));
    let inner = Folder { name: "Küche \"2\"".to_owned(), folders: Vec::new(), requests: writes };
    let home = Folder { name: "Home".to_owned(), folders: vec![inner], requests: vec![away] };
    let empty = Folder { name: "Empty".to_owned(), ..Folder::default() };
    let requests = vec![
        read("Everything", Method::Get, "/"),
        read("One field", Method::Get, "/devices/thermostats/hallway/hvac_mode?x=1&y#z"),
        read("Elsewhere", Method::Delete, "https://home.example.org:9553/structures/s"),
    ];
    PostmanCollection { name: "Mill Lane".to_owned(), folders: vec![home, empty], requests }
}

fn any_collection() -> impl Strategy<Value = PostmanCollection> {
    let text = || any::<String>();
    let url = prop_oneof![
        "/[a-zA-Z0-9_./äß-]{0,20}[a-z](\\?[a-c]=[0-9ü]{0,6}(&d=[a-z]{0,3})?)?(#[a-z]{1,3})?",
        "https?://[a-z]{1,6}\\.example(:[0-9]{2,4})?/[a-z0-9/]{0,12}(\\?[a-c]{1,2}(=[a-z]{0,3})?)?",
    ];
    let header = ("X-[A-Z][a-z]{1,8}-No", "[ -~äß]{0,20}").prop_map(|(name, value)| Header { name, value });
    let headers = proptest::collection::vec(header, 0..3);
    let methods = prop_oneof![
        Just(Method::Get),
        Just(Method::Put),
        Just(Method::Patch),
        Just(Method::Post),
        Just(Method::Delete)
    ];
    let request =
        (text(), methods, url, headers, text(), text()).prop_map(|(name, method, url, headers, body, about)| {
            let body = method.has_body().then_some(body);
            PostmanRequest { name, method, url, headers, body, description: about }
        });
    let requests = proptest::collection::vec(request, 0..4).boxed();
    let folder = (text(), requests.clone()).prop_map(|(name, requests)| Folder { name, folders: Vec::new(), requests });
    let outer = (text(), proptest::collection::vec(folder.clone(), 0..3), requests.clone())
        .prop_map(|(name, folders, requests)| Folder { name, folders, requests });
    (text(), proptest::collection::vec(outer, 0..3), requests).prop_map(|(name, folders, requests)| PostmanCollection {
        name,
        folders,
        requests,
    })
}

#[test]
#[ignore = "tests/snippets/run has it run with everything installed"]
fn postmans_own_library_reads_what_is_exported_and_the_schema_fits() {
    let Some(packages) = packages() else { return };
    let mut runner = TestRunner::deterministic();
    let random = (0..RANDOM).map(|_| any_collection().new_tree(&mut runner).expect("a collection").current());
    let all: Vec<Value> = std::iter::once(of_a_home())
        .chain(random)
        .map(|collection| json!({ "file": export(&collection), "requests": wanted(&collection) }))
        .collect();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("collections.json");
    std::fs::write(&file, Value::from(all).to_string()).expect("written");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postman/read.cjs");
    // Node.js looks for packages from the folder of the script.
    let own = packages.join("read.cjs");
    std::fs::copy(script, &own).expect("copied");
    let output = Command::new("node").arg(own).arg(file).output().expect("Node.js runs");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", said(&output.stdout), said(&output.stderr));
    println!("{}", said(&output.stdout).trim());
}
