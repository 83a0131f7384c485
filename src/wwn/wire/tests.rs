//! Tests for reading and writing documents, whole and damaged.

use serde_json::{Value, json};

use super::*;
use crate::home::{Away, Eta, HvacMode, Scale, Setpoint, Temperature, Write};

/// An artificial document with every kind of node and field.
fn sample() -> Value {
    serde_json::from_str(include_str!("../../../tests/data/home.json")).expect("the sample is JSON")
}

fn parse_value(value: &Value) -> DeviceTree {
    parse(value.to_string().as_bytes()).expect("a home")
}

/// Compares two documents. Numbers are equal if their values are: `24` and `24.0` are one temperature.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (a, b) => a == b,
    }
}

#[test]
fn a_whole_home_is_read_and_written_without_loss() {
    let document = sample();
    let home = parse_value(&document);
    assert_eq!((home.thermostats.len(), home.cameras.len(), home.protects.len()), (2, 1, 1));
    let written = home_value(&home);
    assert!(same(&document, &written), "{written:#}");
    assert_eq!(parse(render(&home).as_bytes()).expect("our own text"), home);
}

#[test]
fn the_sample_has_no_unexpected_unknown_fields() {
    let home = parse_value(&sample());
    for (id, thermostat) in &home.thermostats {
        assert!(
            thermostat.extra.members().keys().all(|key| key == "field_of_tomorrow"),
            "{id}: {:?}",
            thermostat.extra
        );
    }
    for camera in home.cameras.values() {
        assert!(camera.extra.is_empty(), "{:?}", camera.extra);
    }
    for protect in home.protects.values() {
        assert!(protect.extra.is_empty(), "{:?}", protect.extra);
    }
    for structure in home.structures.values() {
        assert!(structure.extra.members().keys().all(|key| key == "devices"), "{:?}", structure.extra);
    }
    assert_eq!(home.extra.keys().collect::<Vec<_>>(), ["devices/$company"]);
}

#[test]
fn a_field_of_a_wrong_type_is_unknown_and_the_rest_is_used() {
    let document = json!({"devices": {"thermostats": {"t": {
        "name": 7, "is_online": "yes", "humidity": null, "hvac_mode": ["heat"],
        "target_temperature_c": "warm", "target_temperature_f": 70,
        "ambient_temperature_c": 19.5, "ambient_temperature_f": 67,
        "last_connection": "yesterday", "time_to_target": 20, "structure_id": {"a": 1},
    }}}});
    let home = parse_value(&document);
    let thermostat = &home.thermostats["t"];
    assert_eq!((&thermostat.name, thermostat.is_online, thermostat.humidity), (&None, None, None));
    assert_eq!((&thermostat.hvac_mode, thermostat.time_to_target), (&None, None));
    assert_eq!(thermostat.ambient_temperature, Temperature::from_views(19.5, 67.0));
    assert_eq!(thermostat.target_temperature.map(Temperature::fahrenheit_view), Some(70.0));
    let written = node(&home, &["devices", "thermostats", "t"]).expect("there");
    for (key, value) in document["devices"]["thermostats"]["t"].as_object().expect("object") {
        assert_eq!(&written[key], value, "{key}");
    }
}

#[test]
fn nulls_and_scalars_in_place_of_objects_are_kept_and_harmless() {
    for document in [
        json!({"devices": null, "structures": 3, "metadata": "x"}),
        json!({"devices": {"thermostats": [1, 2], "cameras": null, "smoke_co_alarms": false}}),
        json!({"devices": {"thermostats": {"a/b~": null, "c": {}}}, "structures": {"s": "gone"}}),
        json!({"structures": {"s": {"thermostats": null, "wheres": [], "devices": {"$company": {}}}}}),
        json!({"devices": {"cameras": {"c": {"last_event": 5, "activity_zones": [{"id": "1"}]}}}}),
    ] {
        let written = home_value(&parse_value(&document));
        let mut expected = document.clone();
        for path in ["/devices/thermostats/c", "/devices/cameras/c", "/structures/s"] {
            let id_key = if path.starts_with("/structures") { "structure_id" } else { "device_id" };
            if let Some(Value::Object(object)) = expected.pointer_mut(path) {
                let id = path.rsplit('/').next().expect("a path");
                object.insert(id_key.to_owned(), Value::from(id));
            }
        }
        assert!(same(&expected, &written), "{expected} became {written}");
    }
}

#[test]
fn unknown_words_are_kept() {
    let home = parse_value(&json!({"devices": {"thermostats": {"t": {"hvac_mode": "emergency"}}}}));
    assert_eq!(home.thermostats["t"].hvac_mode, Some(HvacMode::Other("emergency".into())));
    assert_eq!(node(&home, &["devices", "thermostats", "t", "hvac_mode"]), Some(json!("emergency")));
}

#[test]
fn inconsistent_views_are_kept_verbatim() {
    let document = json!({"ambient_temperature_c": 20.0, "ambient_temperature_f": 90, "device_id": "t"});
    let home = parse_value(&json!({"devices": {"thermostats": {"t": document}}}));
    let written = node(&home, &["devices", "thermostats", "t"]).expect("there");
    assert!(same(&document, &written), "{written}");
    assert_eq!(home.thermostats["t"].ambient_temperature, Temperature::from_celsius(20.0));
}

#[test]
fn an_absurd_temperature_is_kept_as_unknown() {
    let document = json!({"ambient_temperature_c": 1e300, "ambient_temperature_f": -1e300, "device_id": "t"});
    let home = parse_value(&json!({"devices": {"thermostats": {"t": document}}}));
    assert_eq!(home.thermostats["t"].ambient_temperature, None);
    assert!(same(&document, &node(&home, &["devices", "thermostats", "t"]).expect("there")));
}

#[test]
fn text_that_is_no_home_is_an_error_and_no_panic() {
    for text in ["", "{", "[]", "null", "7", "\"x\"", "{\"devices\": {\"thermostats\": {\"a\": {\"b\"", "\u{0}"] {
        assert!(parse(text.as_bytes()).is_err(), "{text:?} was taken for a home");
    }
    let deep = "[".repeat(100_000);
    assert!(parse(deep.as_bytes()).is_err());
    assert!(parse(&[0xff, 0xfe, 0x00]).is_err());
}

#[test]
fn a_put_carries_a_home_or_nothing() {
    assert!(parse_put("{\"path\":\"/\",\"data\":{}}").expect("a put").is_some());
    assert!(parse_put("{\"path\":\"\",\"data\":{}}").expect("a put").is_some());
    assert!(parse_put("{\"path\":\"/\",\"data\":null}").expect("a put").is_none());
    assert!(parse_put("{\"path\":\"/\"}").expect("a put").is_none());
    let of_a_leaf = "{\"path\":\"/structures/s/away\",\"data\":\"home\"}";
    assert!(parse_put(of_a_leaf).expect("a put").is_none(), "nobody asked for it");
    assert!(parse_put("{\"data\": {\"devices\":").is_err());
}

#[test]
fn writes_are_encoded_as_in_the_guide() {
    let cases = [
        (Write::Away("s".into(), Away::Home), "/structures/s", json!({"away": "home"})),
        (Write::StructureName("s".into(), "X".to_owned()), "/structures/s", json!({"name": "X"})),
        (Write::Scale("t".into(), Scale::Fahrenheit), "/devices/thermostats/t", json!({"temperature_scale": "F"})),
        (
            Write::Target("t".into(), Setpoint::fahrenheit(70.0)),
            "/devices/thermostats/t",
            json!({"target_temperature_f": 70}),
        ),
        (
            Write::Target("t".into(), Setpoint::celsius(21.0)),
            "/devices/thermostats/t",
            json!({"target_temperature_c": 21.0}),
        ),
        (
            Write::Range {
                thermostat: "t".into(),
                low: Some(Setpoint::celsius(18.5)),
                high: Some(Setpoint::celsius(24.0)),
            },
            "/devices/thermostats/t",
            json!({"target_temperature_low_c": 18.5, "target_temperature_high_c": 24.0}),
        ),
        (Write::Mode("t".into(), HvacMode::HeatCool), "/devices/thermostats/t", json!({"hvac_mode": "heat-cool"})),
        (Write::FanTimer("t".into(), true), "/devices/thermostats/t", json!({"fan_timer_active": true})),
        (Write::FanDuration("t".into(), 30), "/devices/thermostats/t", json!({"fan_timer_duration": 30})),
        (Write::Label("t".into(), "Kate's Room".to_owned()), "/devices/thermostats/t", json!({"label": "Kate's Room"})),
        (Write::Streaming("c".into(), true), "/devices/cameras/c", json!({"is_streaming": true})),
    ];
    for (write, path, body) in cases {
        assert_eq!(request(&write), WriteRequest { path: path.to_owned(), body }, "{write:?}");
    }
    let begin = jiff::Timestamp::from_second(1_446_331_379).expect("in range");
    let eta = Write::Eta("s".into(), Eta { trip_id: "trip".to_owned(), window: Some((begin, begin)) });
    assert_eq!(
        request(&eta).body,
        json!({"eta": {
            "trip_id": "trip",
            "estimated_arrival_window_begin": "2015-10-31T22:42:59.000Z",
            "estimated_arrival_window_end": "2015-10-31T22:42:59.000Z",
        }})
    );
}

#[test]
fn the_server_parses_the_clients_requests() {
    let home = parse_value(&sample());
    let begin = jiff::Timestamp::from_second(1_446_331_379).expect("in range");
    let writes = [
        Write::Away("structure-1".into(), Away::Away),
        Write::StructureName("structure-1".into(), "X".to_owned()),
        Write::Eta("structure-1".into(), Eta { trip_id: "t".to_owned(), window: Some((begin, begin)) }),
        Write::Eta("structure-1".into(), Eta { trip_id: "t".to_owned(), window: None }),
        Write::Scale("thermostat-1".into(), Scale::Celsius),
        Write::Target("thermostat-1".into(), Setpoint::fahrenheit(70.0)),
        Write::Range { thermostat: "thermostat-1".into(), low: Some(Setpoint::celsius(18.5)), high: None },
        Write::Mode("thermostat-1".into(), HvacMode::Eco),
        Write::FanTimer("thermostat-1".into(), false),
        Write::FanDuration("thermostat-1".into(), 30),
        Write::Label("thermostat-1".into(), "a \"b\"\n🔥".to_owned()),
        Write::Streaming("camera-1".into(), false),
    ];
    for write in writes {
        let WriteRequest { path, body } = request(&write);
        let path: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        assert_eq!(decode(&home, &path, &body), Ok(vec![write]));
    }
}

#[test]
fn a_leaf_takes_a_bare_value() {
    let home = parse_value(&sample());
    let path = ["devices", "thermostats", "thermostat-1", "target_temperature_f"];
    let expected = Write::Target("thermostat-1".into(), Setpoint::fahrenheit(72.0));
    assert_eq!(decode(&home, &path, &json!(72)), Ok(vec![expected]));
}

#[test]
fn forbidden_requests_are_distinguished() {
    let home = parse_value(&sample());
    let thermostat = ["devices", "thermostats", "thermostat-1"];
    let no_permission = |fields: &[&str]| Err(Incoming::NoPermission(fields.iter().map(|f| (*f).to_owned()).collect()));
    assert_eq!(decode(&home, &[], &json!({})), Err(Incoming::NotWritable));
    assert_eq!(decode(&home, &["devices", "thermostats"], &json!({"a": {}})), Err(Incoming::NotWritable));
    assert_eq!(decode(&home, &["nothing"], &json!({})), Err(Incoming::NotFound));
    assert_eq!(decode(&home, &thermostat, &json!({"fan_timer_timeout": "x"})), no_permission(&["fan_timer_timeout"]));
    assert_eq!(decode(&home, &thermostat, &json!({"label": "a", "humidity": 1})), no_permission(&["humidity"]));
    let protect = ["devices", "smoke_co_alarms", "protect-1"];
    assert_eq!(decode(&home, &protect, &json!({"battery_health": "ok"})), no_permission(&["battery_health"]));
    assert_eq!(
        decode(&home, &thermostat, &json!({"target_temperature_c": "hot"})),
        Err(Incoming::WrongFormat("target_temperature_c".to_owned(), "hot".to_owned()))
    );
    assert_eq!(decode(&home, &thermostat, &json!({"fan_timer_active": "on"})), Err(Incoming::Unspecified));
    assert_eq!(decode(&home, &thermostat, &json!({"temperature_scale": "D"})), Err(Incoming::Unspecified));
    for body in [json!(null), json!([]), json!(7), json!({})] {
        assert_eq!(decode(&home, &thermostat, &body), Err(Incoming::NotWritable), "{body}");
    }
}
