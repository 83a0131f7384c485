//! Memory that parsing a document takes, counted by an allocator.

use peak_alloc::PeakAlloc;
use setpoint::wwn::wire::{parse, render};

#[global_allocator]
static COUNTED: PeakAlloc = PeakAlloc;

/// Large enough that the fixed cost of a document is negligible.
const BYTES: usize = 4 * 1024 * 1024;

/// Returns `{before}`, then `{entry}` for 0, 1, 2… separated by commas up to `BYTES`, then `{after}`.
fn filled(before: &str, entry: impl Fn(usize) -> String, after: &str) -> String {
    let mut json = String::with_capacity(BYTES + 1024);
    json.push_str(before);
    for number in 0.. {
        if number > 0 {
            json.push(',');
        }
        json.push_str(&entry(number));
        if json.len() >= BYTES {
            break;
        }
    }
    json.push_str(after);
    json
}

fn documents() -> Vec<(&'static str, String)> {
    let of_thermostat = |before: &str| format!("{{\"devices\":{{\"thermostats\":{{\"t\":{{{before}");
    let of_structure = |before: &str| format!("{{\"structures\":{{\"s\":{{{before}");
    let of_camera = |before: &str| format!("{{\"devices\":{{\"cameras\":{{\"c\":{{{before}");
    let long = "x".repeat(BYTES);
    vec![
        ("small objects in an unknown node", filled("{\"x\":[", |_| "{\"\":0}".to_owned(), "]}")),
        ("numbers in an unknown node", filled("{\"x\":[", |_| "0".to_owned(), "]}")),
        ("unknown nodes", filled("{", |n| format!("\"{n}\":0"), "}")),
        ("unknown devices", filled("{\"devices\":{", |n| format!("\"{n}\":{{}}"), "}}")),
        ("empty thermostats", filled("{\"devices\":{\"thermostats\":{", |n| format!("\"{n}\":{{}}"), "}}}")),
        ("empty structures", filled("{\"structures\":{", |n| format!("\"{n}\":{{}}"), "}}")),
        ("numbers for thermostats", filled("{\"devices\":{\"thermostats\":{", |n| format!("\"{n}\":0"), "}}}")),
        ("unknown fields", filled(&of_thermostat(""), |n| format!("\"f{n}\":0"), "}}}}")),
        ("one field again and again", filled(&of_thermostat(""), |_| "\"label\":[]".to_owned(), "}}}}")),
        ("a label of objects", filled(&of_thermostat("\"label\":["), |_| "{\"\":0}".to_owned(), "]}}}}")),
        ("short ids", filled(&of_structure("\"thermostats\":["), |n| format!("\"{}\"", n % 10), "]}}}")),
        (
            "short places",
            filled(
                &of_structure("\"wheres\":{"),
                |n| format!("\"{n}\":{{\"where_id\":\"{n}\",\"name\":\"\"}}"),
                "}}}}",
            ),
        ),
        ("zones", filled(&of_camera("\"activity_zones\":["), |_| "{\"id\":1,\"name\":\"\"}".to_owned(), "]}}}}")),
        (
            "zones of an event",
            filled(&of_camera("\"last_event\":{\"activity_zone_ids\":["), |_| "\"\"".to_owned(), "]}}}}}"),
        ),
        (
            "thermostats with unknown fields",
            filled(
                "{\"devices\":{\"thermostats\":{",
                |n| {
                    format!(
                        "\"{n}\":{{\"device_id\":\"{n}\",\"name\":\"n{n}\",\"a\":[],\"b\":{{}},\"c\":null,\"d\":0}}"
                    )
                },
                "}}}",
            ),
        ),
        ("a long label", format!("{}\"label\":\"{long}\"}}}}}}}}", of_thermostat(""))),
        ("a long id", format!("{{\"devices\":{{\"thermostats\":{{\"{long}\":{{}}}}}}}}")),
        ("a long word", format!("{}\"hvac_mode\":\"{long}\"}}}}}}}}", of_thermostat(""))),
    ]
}

#[test]
fn m8_a_document_costs_at_most_four_times_its_size() {
    let mut over = Vec::new();
    for (kind, json) in documents() {
        let before = COUNTED.current_usage();
        COUNTED.reset_peak_usage();
        let home = parse(json.as_bytes()).expect("a home");
        let parsing = times(COUNTED.peak_usage() - before, &json);
        let kept = times(COUNTED.current_usage() - before, &json);
        COUNTED.reset_peak_usage();
        let shown = home.clone();
        let text = render(&shown);
        let rendering = times(COUNTED.peak_usage() - before, &json);
        assert!(parse(text.as_bytes()).is_ok(), "{kind}");
        println!(
            "{kind}: {parsing:.1} while it is read, {kept:.1} kept, {rendering:.1} with a copy and the text of it"
        );
        if parsing > 4.0 || kept > 4.0 || rendering > 8.0 {
            over.push(kind);
        }
    }
    assert_eq!(over, Vec::<&str>::new());
}

fn times(bytes: usize, json: &str) -> f64 {
    bytes as f64 / json.len() as f64
}
