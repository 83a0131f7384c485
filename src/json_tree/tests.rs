//! Rows, expansion, search and differences of fixed and random documents.

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn sample() -> Value {
    json!({
        "devices": {
            "cameras": {},
            "thermostats": {"t1": {"humidity": 45, "name": "Flur \"oben\"", "target_temperature_c": 20.5}},
        },
        "list": [1, [], {"deep": null}],
        "on": true,
    })
}

/// `depth key kind text`.
fn told(json_tree: &JsonTree) -> Vec<String> {
    let line = |line: TreeRow<'_>| {
        let key = line.key().map(|key| key.to_string()).unwrap_or_default();
        format!("{} {key} {}", line.depth(), line.shown(80))
    };
    json_tree.lines().map(line).collect()
}

#[test]
fn a_value_becomes_rows() {
    let json_tree = JsonTree::of(&sample());
    let lines = [
        "0  {",
        "1 devices {",
        "2 cameras {}",
        "2 thermostats {",
        "3 t1 {",
        "4 humidity 45",
        r#"4 name "Flur \"oben\"""#,
        "4 target_temperature_c 20.5",
        "3  }",
        "2  }",
        "1  }",
        "1 list [",
        "2 0 1",
        "2 1 []",
        "2 2 {",
        "3 deep null",
        "2  }",
        "1  ]",
        "1 on true",
        "0  }",
    ];
    assert_eq!(told(&json_tree), lines);
    assert_eq!(told(&JsonTree::read(sample().to_string().as_bytes()).expect("JSON")), lines);
    assert_eq!(size_of::<PackedRow>(), 24);
}

#[test]
fn rows_know_their_place() {
    let json_tree = JsonTree::of(&sample());
    let at = |index: usize| json_tree.line(index).expect("a line");
    assert_eq!(at(5).pointer(), "/devices/thermostats/t1/humidity");
    assert_eq!(at(15).pointer(), "/list/2/deep");
    assert_eq!(at(16).pointer(), "/list/2", "what closes is called as what opens");
    assert_eq!((at(0).children(), at(1).children(), at(11).children(), at(2).children()), (3, 2, 3, 0));
    assert_eq!((at(1).end(), at(10).begin(), at(5).end()), (10, 1, 5));
    assert_eq!((at(5).parent(), at(8).parent(), at(0).parent()), (Some(4), Some(3), None));
    let names: Vec<String> = json_tree.children(0).filter_map(|line| line.key().map(|key| key.to_string())).collect();
    assert_eq!(names, ["devices", "list", "on"]);
    assert_eq!(json_tree.children(5).count(), 0);
    assert_eq!(json_tree.find("/list/2/deep"), Some(15));
    for nowhere in ["/list/3", "/list/02", "/nothing", "list", "/on/more"] {
        assert_eq!(json_tree.find(nowhere), None, "{nowhere}");
    }
}

#[test]
fn keys_with_slashes_are_escaped() {
    let json_tree = JsonTree::of(&json!({"a/b": {"~c": 1}, "": 2}));
    assert_eq!(json_tree.line(3).expect("a line").pointer(), "/a~1b/~0c");
    assert_eq!(json_tree.find("/a~1b/~0c"), Some(3));
    assert_eq!(json_tree.find("/"), Some(1));
}

#[test]
fn long_texts_are_cut_for_the_screen_and_kept_whole() {
    let long = "ä".repeat(500);
    let json_tree = JsonTree::of(&json!(long));
    let line = json_tree.line(0).expect("a line");
    assert_eq!(line.shown(3), "\"äää…\"");
    assert_eq!(line.text(), long);
    assert_eq!(JsonTree::of(&json!("a\nb")).line(0).expect("a line").shown(9), r#""a\nb""#);
}

#[test]
fn numbers_keep_their_text() {
    for number in ["1.0", "1e3", "123456789012345678901234567890", "-0", "1e999", "0.1000"] {
        let json_tree = JsonTree::read(number.as_bytes()).expect("a number");
        assert_eq!(json_tree.line(0).expect("a line").text(), number);
        assert_eq!(json_tree.json(0), number);
    }
}

#[test]
fn syntax_errors_have_a_position() {
    let not = |line, column| InvalidJson::NotJson { line, column };
    for (text, why) in [
        ("", not(1, 1)),
        ("{\n  \"ä\" 1}", not(2, 7)),
        ("[1,]", not(1, 4)),
        ("[1 2]", not(1, 4)),
        ("{} x", not(1, 4)),
        ("01", not(1, 2)),
        ("\"\\ud800\"", not(1, 8)),
        ("\"a\nb\"", not(1, 3)),
        ("[", not(1, 2)),
    ] {
        assert_eq!(JsonTree::read(text.as_bytes()).expect_err(text), why, "{text}");
    }
    assert_eq!(JsonTree::read(b"\"\xff\"").expect_err("no text"), InvalidJson::NotText);
    let deep = "[".repeat(5_000_000);
    assert_eq!(JsonTree::read(deep.as_bytes()).expect_err("a trap"), InvalidJson::TooDeep);
}

#[test]
fn collapsed_containers_hide_their_rows() {
    let json_tree = JsonTree::of(&sample());
    let mut expansion = Expansion::open(&json_tree);
    assert_eq!(expansion.len(), json_tree.len());
    expansion.set(&json_tree, 1, true);
    let seen: Vec<usize> = (0..expansion.len()).filter_map(|row| expansion.line_in(row)).collect();
    assert_eq!(seen, [0, 1, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    assert!(expansion.is_closed(1) && !expansion.shows(5) && expansion.shows(11));
    assert_eq!((expansion.row_of(5), expansion.row_of(11)), (1, 2), "a hidden line is where it is hidden");
    expansion.set(&json_tree, 2, true);
    assert!(!expansion.is_closed(2), "an empty container has nothing to hide");
    let mut expansion = Expansion::to_depth(&json_tree, 1);
    assert_eq!(expansion.len(), 5);
    expansion.reveal(&json_tree, 5);
    assert!(expansion.shows(5) && expansion.is_closed(11));
    expansion.set(&json_tree, 14, true);
    expansion.reveal(&json_tree, 16);
    assert!(expansion.shows(16), "what closes a container is revealed with it");
}

#[test]
fn collapsed_containers_are_carried_to_a_newer_document() {
    let old = JsonTree::of(&sample());
    let mut expansion = Expansion::to_depth(&old, 2);
    expansion.set(&old, 3, false);
    let mut newer = sample();
    newer["a"] = json!({"new": {"deep": {"x": 1}}});
    newer["devices"]["thermostats"]["t0"] = json!({"humidity": 1});
    let new = JsonTree::of(&newer);
    let carried = expansion.carried(&old, &new);
    let is_closed = |pointer: &str| carried.is_closed(new.find(pointer).expect("a line"));
    assert!(!is_closed("/devices/thermostats") && is_closed("/devices/thermostats/t1") && is_closed("/list/2"));
    assert!(is_closed("/devices/thermostats/t0") && is_closed("/a/new") && !is_closed("/a"));
    assert_eq!(carried.carried(&new, &old).len(), expansion.len());
}

#[test]
fn rows_are_found_in_any_case() {
    let json_tree =
        JsonTree::of(&json!({"Hvac_Mode": "heat", "name": "KÜCHE heating", "n": 42, "on": true, "list": ["x"]}));
    let found = |text: &str| -> Vec<String> {
        let lines = json_tree.search(text).into_iter().filter_map(|line| json_tree.line(line));
        lines.map(TreeRow::pointer).collect()
    };
    assert_eq!(found("HEAT"), ["/Hvac_Mode", "/name"]);
    assert_eq!(found("hvac_mode"), ["/Hvac_Mode"]);
    assert_eq!(found("küche"), ["/name"]);
    assert_eq!(found("4"), ["/n"]);
    assert_eq!(found("tru"), ["/on"]);
    assert_eq!(found(""), [""; 0]);
    assert_eq!(found("nowhere to be found at all in here"), [""; 0]);
}

#[test]
fn changes_are_listed_by_leaf() {
    let old = json!({"a": 1, "b": {"c": [1, 2, 3], "d": "x"}, "e": {}, "f": {"g": 1}});
    let new = json!({"a": 1, "b": {"c": [1, 5], "d": "y"}, "e": {"n": {"m": 1}}, "f": 2, "h": []});
    let told: Vec<String> = changed_leaves(&old, &new)
        .into_iter()
        .map(|Changed { pointer, old, new }| {
            let text = |value: Option<Value>| value.map_or_else(|| "–".to_owned(), |value| value.to_string());
            format!("{pointer} {} {}", text(old), text(new))
        })
        .collect();
    assert_eq!(told, ["/b/c/1 2 5", "/b/c/2 3 –", r#"/b/d "x" "y""#, "/e/n/m – 1", r#"/f {"g":1} 2"#, "/h – []"]);
}

/// Any JSON, sometimes with awkward keys.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("[a-c~/]{0,3}|.{0,4}", inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn every_row_has_a_pointer_to_its_value(value in any_json()) {
        let json_tree = JsonTree::of(&value);
        for line in json_tree.lines() {
            let pointer = line.pointer();
            let meant = value.pointer(&pointer);
            prop_assert!(meant.is_some(), "{pointer}");
            prop_assert_eq!(json_tree.find(&pointer), Some(line.begin()));
            if !line.is_end() {
                let json: Value = serde_json::from_str(&json_tree.json(line.index())).expect("JSON");
                prop_assert_eq!(Some(&json), meant);
            }
            if line.kind() == JsonKind::Text {
                prop_assert_eq!(Some(line.text()), meant.and_then(Value::as_str));
            }
            let children = meant.map_or(0, |meant| match meant {
                Value::Object(values) => values.len(),
                Value::Array(values) => values.len(),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
            });
            prop_assert!(line.is_end() || line.children() == children);
        }
    }

    #[test]
    fn text_and_value_make_the_same_rows(value in any_json()) {
        let read = JsonTree::read(value.to_string().as_bytes()).expect("JSON");
        prop_assert_eq!(told(&read), told(&JsonTree::of(&value)));
        let pretty = serde_json::to_string_pretty(&value).expect("JSON");
        prop_assert_eq!(&read.json(0), &pretty);
        prop_assert_eq!(told(&JsonTree::read(pretty.as_bytes()).expect("JSON")), told(&read));
    }

    #[test]
    fn the_parser_agrees_with_serde(value in any_json(), at in any::<prop::sample::Index>(), by in prop::sample::select(b"{}[]\",:\\u0123-+.eE tfn\n\x00\xc3".to_vec())) {
        let mut json = value.to_string().into_bytes();
        let at = at.index(json.len());
        json[at] = by;
        match serde_json::from_slice::<Value>(&json) {
            Ok(value) => {
                let read = JsonTree::read(&json).expect("JSON");
                let again: Value = serde_json::from_str(&read.json(0)).expect("JSON");
                // A duplicate key is two rows and one value.
                prop_assert_eq!(again, value);
            }
            Err(err) if err.to_string().contains("out of range") => {}
            Err(err) => prop_assert!(JsonTree::read(&json).is_err(), "{err}: {}", String::from_utf8_lossy(&json)),
        }
    }

    #[test]
    fn visible_rows_are_those_in_no_collapsed_container(value in any_json(), closed in prop::collection::vec(any::<bool>(), 64)) {
        let json_tree = JsonTree::of(&value);
        let mut expansion = Expansion::open(&json_tree);
        for line in json_tree.lines() {
            expansion.set(&json_tree, line.index(), closed.get(line.index()).copied().unwrap_or_default());
        }
        let hidden = |line: TreeRow<'_>| json_tree.lines().any(|container| {
            expansion.is_closed(container.index()) && container.index() < line.index() && line.index() <= container.end()
        });
        let seen: Vec<usize> = json_tree.lines().filter(|line| !hidden(*line)).map(TreeRow::index).collect();
        let shown: Vec<usize> = (0..expansion.len()).filter_map(|row| expansion.line_in(row)).collect();
        prop_assert_eq!(&seen, &shown);
        for line in json_tree.lines() {
            prop_assert_eq!(expansion.shows(line.index()), seen.contains(&line.index()));
            let mut revealed = expansion.clone();
            revealed.reveal(&json_tree, line.index());
            prop_assert!(revealed.shows(line.index()));
        }
        prop_assert_eq!(expansion.carried(&json_tree, &json_tree).seen, expansion.seen);
    }

    #[test]
    fn changes_match_both_documents(old in any_json(), new in any_json()) {
        let changes = changed_leaves(&old, &new);
        prop_assert_eq!(changes.is_empty(), old == new);
        for Changed { pointer, old: was, new: is } in changes {
            prop_assert_ne!(&was, &is);
            // A new element has no old value.
            prop_assert_eq!(old.pointer(&pointer), was.as_ref(), "{} before", pointer);
            prop_assert_eq!(new.pointer(&pointer), is.as_ref(), "{} after", pointer);
        }
    }
}
