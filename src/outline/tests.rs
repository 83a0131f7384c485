//! Lines, folds, search and differences of documents made up and made by chance.

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
fn told(outline: &Outline) -> Vec<String> {
    let line = |line: Line<'_>| {
        let key = line.key().map(|key| key.to_string()).unwrap_or_default();
        format!("{} {key} {}", line.depth(), line.shown(80))
    };
    outline.lines().map(line).collect()
}

#[test]
fn a_value_is_lines() {
    let outline = Outline::of(&sample());
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
    assert_eq!(told(&outline), lines);
    assert_eq!(told(&Outline::read(sample().to_string().as_bytes()).expect("JSON")), lines);
    assert_eq!(size_of::<Entry>(), 24);
}

#[test]
fn a_line_knows_its_place() {
    let outline = Outline::of(&sample());
    let at = |index: usize| outline.line(index).expect("a line");
    assert_eq!(at(5).pointer(), "/devices/thermostats/t1/humidity");
    assert_eq!(at(15).pointer(), "/list/2/deep");
    assert_eq!(at(16).pointer(), "/list/2", "what closes is called as what opens");
    assert_eq!((at(0).children(), at(1).children(), at(11).children(), at(2).children()), (3, 2, 3, 0));
    assert_eq!((at(1).end(), at(10).begin(), at(5).end()), (10, 1, 5));
    assert_eq!((at(5).parent(), at(8).parent(), at(0).parent()), (Some(4), Some(3), None));
    let names: Vec<String> = outline.children(0).filter_map(|line| line.key().map(|key| key.to_string())).collect();
    assert_eq!(names, ["devices", "list", "on"]);
    assert_eq!(outline.children(5).count(), 0);
    assert_eq!(outline.find("/list/2/deep"), Some(15));
    for nowhere in ["/list/3", "/list/02", "/nothing", "list", "/on/more"] {
        assert_eq!(outline.find(nowhere), None, "{nowhere}");
    }
}

#[test]
fn keys_with_slashes_are_escaped() {
    let outline = Outline::of(&json!({"a/b": {"~c": 1}, "": 2}));
    assert_eq!(outline.line(3).expect("a line").pointer(), "/a~1b/~0c");
    assert_eq!(outline.find("/a~1b/~0c"), Some(3));
    assert_eq!(outline.find("/"), Some(1));
}

#[test]
fn long_texts_are_cut_for_the_screen_and_kept_whole() {
    let long = "ä".repeat(500);
    let outline = Outline::of(&json!(long));
    let line = outline.line(0).expect("a line");
    assert_eq!(line.shown(3), "\"äää…\"");
    assert_eq!(line.text(), long);
    assert_eq!(Outline::of(&json!("a\nb")).line(0).expect("a line").shown(9), r#""a\nb""#);
}

#[test]
fn numbers_keep_their_text() {
    for number in ["1.0", "1e3", "123456789012345678901234567890", "-0", "1e999", "0.1000"] {
        let outline = Outline::read(number.as_bytes()).expect("a number");
        assert_eq!(outline.line(0).expect("a line").text(), number);
        assert_eq!(outline.json(0), number);
    }
}

#[test]
fn what_is_no_json_says_where() {
    let not = |line, column| Unreadable::NotJson { line, column };
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
        assert_eq!(Outline::read(text.as_bytes()).expect_err(text), why, "{text}");
    }
    assert_eq!(Outline::read(b"\"\xff\"").expect_err("no text"), Unreadable::NotText);
    let deep = "[".repeat(5_000_000);
    assert_eq!(Outline::read(deep.as_bytes()).expect_err("a trap"), Unreadable::TooDeep);
}

#[test]
fn folds_hide_what_is_in_a_container() {
    let outline = Outline::of(&sample());
    let mut folds = Folds::open(&outline);
    assert_eq!(folds.len(), outline.len());
    folds.set(&outline, 1, true);
    let seen: Vec<usize> = (0..folds.len()).filter_map(|row| folds.line_in(row)).collect();
    assert_eq!(seen, [0, 1, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    assert!(folds.is_closed(1) && !folds.shows(5) && folds.shows(11));
    assert_eq!((folds.row_of(5), folds.row_of(11)), (1, 2), "a hidden line is where it is hidden");
    folds.set(&outline, 2, true);
    assert!(!folds.is_closed(2), "an empty container has nothing to hide");
    let mut folds = Folds::to_depth(&outline, 1);
    assert_eq!(folds.len(), 5);
    folds.reveal(&outline, 5);
    assert!(folds.shows(5) && folds.is_closed(11));
    folds.set(&outline, 14, true);
    folds.reveal(&outline, 16);
    assert!(folds.shows(16), "what closes a container is revealed with it");
}

#[test]
fn folds_are_carried_to_a_newer_document() {
    let old = Outline::of(&sample());
    let mut folds = Folds::to_depth(&old, 2);
    folds.set(&old, 3, false);
    let mut newer = sample();
    newer["a"] = json!({"new": {"deep": {"x": 1}}});
    newer["devices"]["thermostats"]["t0"] = json!({"humidity": 1});
    let new = Outline::of(&newer);
    let carried = folds.carried(&old, &new);
    let is_closed = |pointer: &str| carried.is_closed(new.find(pointer).expect("a line"));
    assert!(!is_closed("/devices/thermostats") && is_closed("/devices/thermostats/t1") && is_closed("/list/2"));
    assert!(is_closed("/devices/thermostats/t0") && is_closed("/a/new") && !is_closed("/a"));
    assert_eq!(carried.carried(&new, &old).len(), folds.len());
}

#[test]
fn lines_are_found_in_any_case() {
    let outline =
        Outline::of(&json!({"Hvac_Mode": "heat", "name": "KÜCHE heating", "n": 42, "on": true, "list": ["x"]}));
    let found = |text: &str| -> Vec<String> {
        let lines = outline.search(text).into_iter().filter_map(|line| outline.line(line));
        lines.map(Line::pointer).collect()
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
fn changes_are_told_leaf_by_leaf() {
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

/// Any JSON, with keys that are awkward now and then.
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
    fn every_line_leads_to_its_value(value in any_json()) {
        let outline = Outline::of(&value);
        for line in outline.lines() {
            let pointer = line.pointer();
            let meant = value.pointer(&pointer);
            prop_assert!(meant.is_some(), "{pointer}");
            prop_assert_eq!(outline.find(&pointer), Some(line.begin()));
            if !line.is_end() {
                let json: Value = serde_json::from_str(&outline.json(line.index())).expect("JSON");
                prop_assert_eq!(Some(&json), meant);
            }
            if line.kind() == Kind::Text {
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
    fn text_and_value_make_the_same_lines(value in any_json()) {
        let read = Outline::read(value.to_string().as_bytes()).expect("JSON");
        prop_assert_eq!(told(&read), told(&Outline::of(&value)));
        let pretty = serde_json::to_string_pretty(&value).expect("JSON");
        prop_assert_eq!(&read.json(0), &pretty);
        prop_assert_eq!(told(&Outline::read(pretty.as_bytes()).expect("JSON")), told(&read));
    }

    #[test]
    fn what_is_json_is_what_serde_says(value in any_json(), at in any::<prop::sample::Index>(), by in prop::sample::select(b"{}[]\",:\\u0123-+.eE tfn\n\x00\xc3".to_vec())) {
        let mut json = value.to_string().into_bytes();
        let at = at.index(json.len());
        json[at] = by;
        match serde_json::from_slice::<Value>(&json) {
            Ok(value) => {
                let read = Outline::read(&json).expect("JSON");
                let again: Value = serde_json::from_str(&read.json(0)).expect("JSON");
                // A key that is there twice is two lines, and one value.
                prop_assert_eq!(again, value);
            }
            Err(err) if err.to_string().contains("out of range") => {}
            Err(err) => prop_assert!(Outline::read(&json).is_err(), "{err}: {}", String::from_utf8_lossy(&json)),
        }
    }

    #[test]
    fn what_is_seen_is_what_no_fold_hides(value in any_json(), closed in prop::collection::vec(any::<bool>(), 64)) {
        let outline = Outline::of(&value);
        let mut folds = Folds::open(&outline);
        for line in outline.lines() {
            folds.set(&outline, line.index(), closed.get(line.index()).copied().unwrap_or_default());
        }
        let hidden = |line: Line<'_>| outline.lines().any(|container| {
            folds.is_closed(container.index()) && container.index() < line.index() && line.index() <= container.end()
        });
        let seen: Vec<usize> = outline.lines().filter(|line| !hidden(*line)).map(Line::index).collect();
        let shown: Vec<usize> = (0..folds.len()).filter_map(|row| folds.line_in(row)).collect();
        prop_assert_eq!(&seen, &shown);
        for line in outline.lines() {
            prop_assert_eq!(folds.shows(line.index()), seen.contains(&line.index()));
            let mut revealed = folds.clone();
            revealed.reveal(&outline, line.index());
            prop_assert!(revealed.shows(line.index()));
        }
        prop_assert_eq!(folds.carried(&outline, &outline).seen, folds.seen);
    }

    #[test]
    fn changes_say_what_both_documents_say(old in any_json(), new in any_json()) {
        let changes = changed_leaves(&old, &new);
        prop_assert_eq!(changes.is_empty(), old == new);
        for Changed { pointer, old: was, new: is } in changes {
            prop_assert_ne!(&was, &is);
            // An element that is new stands where nothing stood.
            prop_assert_eq!(old.pointer(&pointer), was.as_ref(), "{} before", pointer);
            prop_assert_eq!(new.pointer(&pointer), is.as_ref(), "{} after", pointer);
        }
    }
}
