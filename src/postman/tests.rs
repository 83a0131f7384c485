//! Export and import, foreign files, and secrets that must not be in a file.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn request(name: &str, method: Method, url: &str) -> PostmanRequest {
    let body = method.has_body().then(|| r#"{"away": "home"}"#.to_owned());
    PostmanRequest {
        name: name.to_owned(),
        method,
        url: url.to_owned(),
        headers: Vec::new(),
        body,
        description: String::new(),
    }
}

fn sample() -> PostmanCollection {
    let header = Header { name: "X-Note".to_owned(), value: "a: b".to_owned() };
    let away = PostmanRequest {
        headers: vec![header],
        description: "Nobody is there".to_owned(),
        ..request("Away", Method::Put, "/structures/s1?x=1&y#z")
    };
    let inner = Folder { name: "Inner".to_owned(), folders: Vec::new(), requests: vec![away] };
    let outer = Folder {
        name: "Outer".to_owned(),
        folders: vec![inner],
        requests: vec![request("Read", Method::Get, "https://nest.example:9553/devices")],
    };
    let all = vec![request("All", Method::Get, "/"), request("Gone", Method::Delete, "/x/y")];
    PostmanCollection { name: "My home".to_owned(), folders: vec![outer], requests: all }
}

fn imported(file: &Value) -> Imported {
    import(file.to_string().as_bytes()).expect("a collection")
}

/// A file with one request.
fn with(request: &Value) -> Value {
    json!({"info": {"name": "n", "schema": "v2.1.0"}, "item": [{"name": "r", "request": request}]})
}

fn only(file: &Value) -> (PostmanRequest, Vec<String>) {
    let Imported { mut collection, remarks } = imported(file);
    (collection.requests.remove(0), remarks.iter().map(ToString::to_string).collect())
}

#[test]
fn a_collection_round_trips() {
    let file = export(&sample());
    assert_eq!(imported(&file), Imported { collection: sample(), remarks: Vec::new() });
    assert_eq!(file["auth"]["bearer"][0]["value"], "{{token}}");
    assert_eq!(file["item"][0]["request"]["url"]["raw"], "{{base_url}}/");
    let url = &file["item"][2]["item"][1]["item"][0]["request"]["url"];
    assert_eq!(
        *url,
        json!({
            "raw": "{{base_url}}/structures/s1?x=1&y#z",
            "host": ["{{base_url}}"],
            "path": ["structures", "s1"],
            "query": [{"key": "x", "value": "1"}, {"key": "y", "value": null}],
            "hash": "z",
        })
    );
}

#[test]
fn exports_contain_no_token() {
    const TOKEN: &str = "c.Abcdefghijklmnopqrstuvwxyz0123456789";
    let mut request = request(TOKEN, Method::Put, &format!("https://me:pass@nest.example/x?auth={TOKEN}&a=b"));
    request.body = Some(format!(r#"{{"token": "{TOKEN}", "ring": "c.5"}}"#));
    request.description = format!("with {TOKEN}.");
    for (name, value) in [("Authorization", "Bearer x"), ("Cookie", "crumb=1"), ("X-Note", TOKEN)] {
        request.headers.push(Header { name: name.to_owned(), value: value.to_owned() });
    }
    let folder = Folder { name: TOKEN.to_owned(), requests: vec![request], folders: Vec::new() };
    let file = export(&PostmanCollection { name: TOKEN.to_owned(), folders: vec![folder], requests: Vec::new() });
    let text = file.to_string();
    for secret in ["Abcdef", "pass", "Bearer x", "crumb"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let request = &file["item"][0]["item"][0]["request"];
    assert_eq!(request["url"]["raw"], "https://nest.example/x?a=b");
    assert_eq!(request["body"]["raw"], r#"{"token": "{{token}}", "ring": "c.5"}"#);
    assert_eq!(request["header"], json!([{"key": "X-Note", "value": "{{token}}"}]));
}

#[test]
fn imports_drop_tokens_with_a_remark() {
    const TOKEN: &str = "c.Abcdefghijklmnopqrstuvwxyz0123456789";
    let mut file = with(&json!({
        "method": "PUT",
        "url": {"raw": format!("{{{{host}}}}/structures?auth={TOKEN}")},
        "header": [
            {"key": "authorization", "value": format!("Bearer {TOKEN}")},
            {"key": "X-Api-Key", "value": "k123"},
            {"key": "X-Other", "value": "{{my_token}}"},
        ],
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": TOKEN}]},
        "body": {"mode": "raw", "raw": format!("\"{TOKEN}\"")},
    }));
    file["variable"] = json!([
        {"key": "host", "value": "https://nest.example"},
        {"key": "token", "value": TOKEN},
        {"key": "my_token", "value": TOKEN},
        {"key": "odd", "value": TOKEN},
    ]);
    let (request, remarks) = only(&file);
    assert_eq!(request.url, "https://nest.example/structures");
    assert_eq!(request.headers, [Header { name: "X-Other".to_owned(), value: "{{my_token}}".to_owned() }]);
    assert_eq!(request.body.as_deref(), Some("\"{{token}}\""));
    assert_eq!(
        remarks,
        [
            "a secret in the variable token was not imported",
            "a secret in the variable my_token was not imported",
            "a secret in the variable odd was not imported",
            "r: a secret in the sign-in was not imported",
            "r: a secret in the address was not imported",
            "r: a secret in the header authorization was not imported",
            "r: a secret in the header X-Api-Key was not imported",
            "r: a secret in the body was not imported",
        ]
    );
    let all = format!("{:?}", imported(&file));
    assert!(!all.contains("Abcdef") && !all.contains("k123"), "{all}");
}

#[test]
fn an_address_is_read_in_every_shape() {
    let url = |url: Value| only(&with(&json!({"url": url}))).0.url;
    assert_eq!(url(json!("{{base_url}}/structures")), "/structures");
    assert_eq!(url(json!("{{base_url}}structures")), "/structures");
    assert_eq!(url(json!("https://nest.example/x")), "https://nest.example/x");
    assert_eq!(url(json!({"raw": "{{base_url}}/a"})), "/a");
    let parts = json!({
        "protocol": "https", "host": ["nest", "example"], "port": "9553", "path": ["a", ":id", "b"],
        "query": [{"key": "x", "value": "1"}, {"key": "y"}], "variable": [{"key": "id", "value": "7"}],
    });
    assert_eq!(url(parts), "https://nest.example:9553/a/7/b?x=1&y");
    assert_eq!(url(json!({"host": "{{base_url}}", "path": "/a/b"})), "/a/b");
    // The account has the address of the service, whatever the file contains.
    let mut file = with(&json!({"url": "{{base_url}}/a"}));
    file["variable"] = json!([{"key": "base_url", "value": "https://elsewhere.example"}]);
    assert_eq!(only(&file).0.url, "/a");
    let (request, remarks) = only(&with(&json!("https://nest.example/only")));
    assert_eq!((request.method, request.url.as_str()), (Method::Get, "https://nest.example/only"));
    assert_eq!(remarks, Vec::<String>::new());
}

#[test]
fn dropped_parts_are_reported() {
    let remarks = |request: Value| only(&with(&request)).1;
    let url = "{{base_url}}/x";
    let body = |mode: &str, inner: Value| json!({"url": url, "method": "POST", "body": {"mode": mode, mode: inner}});
    for (request, said) in [
        (body("urlencoded", json!([{"key": "a"}])), "r: the body was not imported: it is a form"),
        (body("file", json!({"src": "/etc/x"})), "r: the body was not imported: it is a file"),
        (body("graphql", json!({"query": "q"})), "r: the body was not imported: it is a query of GraphQL"),
        (json!({"url": url, "body": {"mode": "raw", "raw": "x"}}), "r: the body was not imported, as GET takes none"),
        (
            json!({"url": url, "method": "PUT", "body": {"mode": "raw", "raw": "x", "disabled": true}}),
            "r: the body, which was switched off, was not imported",
        ),
        (
            json!({"url": url, "header": [{"key": "A", "value": "b", "disabled": true}]}),
            "r: the header A, which was switched off, was not imported",
        ),
        (
            json!({"url": {"raw": "{{base_url}}/x?a=1&b=2", "host": ["{{base_url}}"], "path": ["x"],
                "query": [{"key": "a", "value": "1"}, {"key": "b", "value": "2", "disabled": true}]}}),
            "r: b in the query, which was switched off, was not imported",
        ),
        (
            json!({"url": url, "auth": {"type": "basic", "basic": [{"key": "password", "value": "pw"}]}}),
            "r: the sign-in by basic was not imported; the account signs in",
        ),
        (json!({"url": url, "auth": {"type": "noauth"}}), "r: it asks for no sign-in; here the account signs in"),
        (json!({"url": "{{nobody}}/x"}), "r: the variable nobody has no value and stays unchanged"),
    ] {
        assert_eq!(remarks(request.clone()), [said], "{request}");
    }
    let mut file = with(&json!({"url": url}));
    file["event"] = json!([
        {"listen": "prerequest", "script": {"exec": ["pm.x()"]}},
        {"listen": "test", "script": {"exec": ["", " "]}},
    ]);
    file["info"]["description"] = json!({"content": "About", "type": "text/plain"});
    file["item"][0]["response"] = json!([{"code": 200}]);
    for odd in [
        json!({"name": "h", "request": {"method": "HEAD", "url": url}}),
        json!({"name": "e", "request": {}}),
        json!({}),
    ] {
        file["item"].as_array_mut().expect("a list").push(odd);
    }
    let said: Vec<String> = imported(&file).remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "the script prerequest was not imported",
            "the description was not imported",
            "r: the examples of answers were not imported",
            "h: the request was not imported, as HEAD is no method that can be sent here",
            "e: the request was not imported, as it has no address",
            "an entry that is neither a request nor a folder was not imported",
        ]
    );
}

#[test]
fn variables_are_replaced_and_recursion_is_bounded() {
    let mut file = with(&json!({
        "method": "PUT",
        "url": "{{base_url}}/{{kind}}/{{id}}",
        "header": "X-Kind: {{kind}}\nX-Odd: {{",
        "body": {"mode": "raw", "raw": "{\"a\": {{n}}, \"b\": \"{{ loop }}\"}"},
    }));
    file["variable"] = json!([
        {"key": "kind", "value": "{{part}}s"}, {"key": "part", "value": "structure"},
        {"key": "n", "value": 5}, {"id": "id", "value": "x"},
        {"key": "loop", "value": "{{loop}}{{loop}}"}, {"key": "off", "value": "x", "disabled": true},
    ]);
    let (request, _) = only(&file);
    assert_eq!(request.url, "/structures/x");
    let header = |name: &str, value: &str| Header { name: name.to_owned(), value: value.to_owned() };
    assert_eq!(request.headers, [header("X-Kind", "structures"), header("X-Odd", "{{")]);
    let body = request.body.expect("a body");
    assert!(body.starts_with("{\"a\": 5, \"b\": \"{{loop}}") && body.len() < 10_000, "{}", body.len());
}

#[test]
fn other_files_are_refused_by_kind() {
    let refused = |text: &str| import(text.as_bytes()).expect_err("no collection");
    assert!(matches!(refused("no json"), ImportError::NoJson(_)));
    assert!(matches!(refused(&"[".repeat(5_000)), ImportError::NoJson(_)), "too deep");
    assert_eq!(refused("[]"), ImportError::NoCollection);
    assert_eq!(refused(r#"{"info": 1, "item": []}"#), ImportError::NoCollection);
    assert_eq!(refused(r#"{"id": "1", "requests": [], "order": []}"#), ImportError::Old);
    assert_eq!(refused(r#"{"values": [], "_postman_variable_scope": "environment"}"#), ImportError::Environment);
    assert_eq!(import(&vec![b' '; 17 * 1024 * 1024]).expect_err("too large"), ImportError::TooLarge);
    // With a byte order mark, and wrapped as by the service of Postman.
    let file = json!({"collection": export(&sample())});
    assert_eq!(import(format!("\u{feff}{file}").as_bytes()).expect("a collection").collection, sample());
}

fn text() -> impl Strategy<Value = String> {
    // Nothing that looks like a secret, which would be dropped.
    any::<String>().prop_filter("a token", |text| !secret::scrubbed(text).1)
}

fn any_request() -> impl Strategy<Value = PostmanRequest> {
    let url = prop_oneof![
        "/[a-zA-Z0-9_:.~%/äß -]{0,20}[a-z](\\?[a-c]=[0-9ü&=]{0,6})?(#[a-z]{0,3})?",
        "https?://[a-z]{1,6}\\.example(:[0-9]{2,4})?(/[a-z0-9/]{0,12})?(\\?[a-c]{1,2}(=[a-z]{0,3})?)?",
    ];
    let header = ("X-[A-Z][a-z]{1,8}", text()).prop_map(|(name, value)| Header { name, value });
    let headers = proptest::collection::vec(header, 0..3);
    let method = prop_oneof![
        Just(Method::Get),
        Just(Method::Put),
        Just(Method::Patch),
        Just(Method::Post),
        Just(Method::Delete)
    ];
    (text(), method, url, headers, proptest::option::of(text()), text()).prop_map(
        |(name, method, url, headers, body, description)| {
            let headers: Vec<Header> = headers.into_iter().filter(|header| !secret::is_secret(&header.name)).collect();
            let body = body.filter(|_| method.has_body());
            PostmanRequest { name, method, url, headers, body, description }
        },
    )
}

fn any_folder() -> impl Strategy<Value = Folder> {
    let leaf = (text(), proptest::collection::vec(any_request(), 0..3)).prop_map(|(name, requests)| Folder {
        name,
        folders: Vec::new(),
        requests,
    });
    leaf.prop_recursive(3, 12, 3, |inner| {
        let requests = proptest::collection::vec(any_request(), 0..2);
        (text(), proptest::collection::vec(inner, 0..3), requests).prop_map(|(name, folders, requests)| Folder {
            name,
            folders,
            requests,
        })
    })
}

/// A file of a few megabytes must not take gigabytes or minutes.
#[test]
fn a_huge_repetitive_file_is_read() {
    let braces = "{{".repeat(2_000_000);
    let (request, _) = only(&with(&json!({"method": "PUT", "url": "/x", "body": {"mode": "raw", "raw": braces}})));
    assert_eq!(request.body.as_deref(), Some(braces.as_str()));

    let items: Vec<Value> = (0..5_000).map(|number| json!({"name": number.to_string(), "request": {}})).collect();
    let folder = json!({"name": "x".repeat(4_000_000), "item": items});
    let remarks = imported(&json!({"info": {"name": "n", "schema": "v2.1.0"}, "item": [folder]})).remarks;
    assert_eq!(remarks.last().map(|remark| &remark.what), Some(&What::More));
    assert!(remarks.iter().flat_map(|remark| &remark.place).all(|name| name.len() < 100));

    let variables: Vec<String> = (0..200_000).map(|number| format!("{{{{a{number}}}}}")).collect();
    let variables = variables.concat();
    let (_, remarks) = only(&with(&json!({"method": "PUT", "url": "/x", "body": {"mode": "raw", "raw": variables}})));
    assert!(remarks.len() < 400, "{}", remarks.len());
}

/// A token may stand wherever a name may.
#[test]
fn remarks_contain_no_token() {
    const TOKEN: &str = "c.A0AaAAAAaaAA0Aa0A0a0AA0A";
    let variable = format!("{{{{{TOKEN}}}}}");
    let file = with(&json!({
        "method": "PUT",
        "auth": {"type": TOKEN},
        "url": {"raw": format!("{{{{base_url}}}}/x?{TOKEN}=1"), "query": [{"key": TOKEN, "disabled": true}]},
        "header": [{"key": TOKEN, "value": variable}, {"key": TOKEN, "value": "1", "disabled": true}],
        "body": {"mode": TOKEN, TOKEN: "1"},
    }));
    let read = imported(&file);
    assert!(!format!("{read:?}").contains(TOKEN), "{read:?}");
    let file = with(&json!({"method": TOKEN, "url": "/x"}));
    assert!(!format!("{:?}", imported(&file)).contains(TOKEN));
}

proptest! {
    #[test]
    fn exports_can_be_imported(
        name in text(),
        folders in proptest::collection::vec(any_folder(), 0..3),
        requests in proptest::collection::vec(any_request(), 0..4),
    ) {
        let collection = PostmanCollection { name, folders, requests };
        let file = export(&collection).to_string();
        let back = import(file.as_bytes()).expect("a collection");
        prop_assert_eq!(&back.collection, &collection);
        // The remaining remarks are about braces that look like a variable.
        let is_variable = |remark: &Remark| matches!(remark.what, What::Variable(_));
        prop_assert!(back.remarks.iter().all(is_variable), "{:?}", back.remarks);
        // A second round changes nothing.
        prop_assert_eq!(export(&back.collection).to_string(), file);
    }

    #[test]
    fn no_bytes_make_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        import(&bytes).ok();
    }

    #[test]
    fn imports_contain_no_token(
        token in "(c\\.[A-Za-z0-9]{24,40}|nlapi_[a-z0-9]{16,30}|ya29\\.[A-Za-z0-9_-]{24,30})",
        before in "[ /?=\"':{]{0,4}",
        after in "[ /?&=\"'}]{0,4}",
    ) {
        let around = format!("{before}{token}{after}");
        let (clean, had_one) = secret::scrubbed(&around);
        prop_assert!(had_one && !clean.contains(&token));
        let all = PostmanCollection {
            name: around.clone(),
            requests: vec![PostmanRequest {
                headers: vec![Header { name: "X-A".to_owned(), value: around.clone() }],
                body: Some(around.clone()),
                description: around.clone(),
                ..request(&around, Method::Put, &format!("/x?y={around}"))
            }],
            folders: Vec::new(),
        };
        let out = export(&all).to_string();
        prop_assert!(!out.contains(&token), "{}", out);
        // The form of other programs.
        let file = with(&json!({"method": "PUT", "url": format!("{{{{base_url}}}}/x?y={around}"), "header": [
            {"key": "X-A", "value": around}], "body": {"mode": "raw", "raw": around}, "description": around}));
        let all = format!("{:?}", imported(&file));
        prop_assert!(!all.contains(&token), "{}", all);
    }
}
