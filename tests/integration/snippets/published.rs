//! The programs of the vendor's own guide, as published but for the address, the device and the token. Any other
//! change of a program is stated with the reason.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use setpoint::home::{Scale, Write};
use setpoint::http::Method;
use setpoint::simulator::{Options, Simulation};
use setpoint::snippet::CodeLanguage;
use setpoint::wwn::client::Client;
use setpoint::wwn::server::Certificate;
use setpoint::wwn::wire;

use super::guide::shown;
use super::toolchain::{Toolchain, node_module};
use crate::support::simulation;

/// One program of the guide.
struct Program {
    file: &'static str,
    language: CodeLanguage,
    /// True if the program uses https for any address.
    is_encrypted: bool,
    /// Changes of the published text: the original, the replacement, and the reason.
    changes: &'static [(&'static str, &'static str, &'static str)],
}

const PROGRAMS: [Program; 5] = [
    Program { file: "write.go", language: CodeLanguage::Go, is_encrypted: false, changes: &[] },
    Program { file: "write.js", language: CodeLanguage::Node, is_encrypted: false, changes: &[] },
    Program { file: "write_2.py", language: CodeLanguage::PythonRequests, is_encrypted: false, changes: &[] },
    Program { file: "write_3.py", language: CodeLanguage::Python, is_encrypted: true, changes: &[] },
    Program {
        file: "NestWrite.java",
        language: CodeLanguage::OkHttp,
        is_encrypted: false,
        changes: &[(
            r#"\"F\"}\"");"#,
            r#"\"F\"}");"#,
            "the text that it sends ends with a quote too many, and is no JSON: refused with 400 as published",
        )],
    },
];

/// The text of a program for a home. The address has no scheme if the program adds it.
fn filled_in(program: &Program, home: &Simulation, id: &str, changed: bool) -> String {
    let file = folder().join(program.file);
    let mut text = std::fs::read_to_string(file).expect("a program");
    if changed {
        for (published, instead, _) in program.changes {
            assert!(text.contains(published), "{}: {published}", program.file);
            text = text.replace(published, instead);
        }
    }
    let front = home.url().as_str().trim_end_matches('/').to_owned();
    let host = front.split_once("://").expect("an address").1.to_owned();
    let text = text.replace("https://developer-api.nest.com", &front).replace("developer-api.nest.com", &host);
    text.replace("YOUR_TOKEN_HERE", home.token()).replace("device_id", id)
}

/// A certificate for this machine that only the program trusts.
fn certificate(folder: &Path) -> Certificate {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    std::fs::write(&certificate, made.cert.pem()).expect("written");
    std::fs::write(&key, made.signing_key.serialize_pem()).expect("written");
    Certificate::read(&certificate, &key).expect("usable")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snippets/published")
}

/// Runs a program, which has to change the scale. A program that is known to fail as published also runs
/// unchanged.
async fn run(program: &Program) -> usize {
    let Some(mut toolchain) = Toolchain::find(program.language) else { return 0 };
    if program.language == CodeLanguage::Node && !node_module("request") {
        println!("skipped: {} of the guide, whose library is not here", program.file);
        return 0;
    }
    let made = tempfile::tempdir().expect("a folder");
    let certificate = program.is_encrypted.then(|| certificate(made.path()));
    let home = simulation(Options { certificate, ..Options::default() }).await;
    toolchain.trusts = program.is_encrypted.then(|| made.path().join("cert.pem"));
    let thermostat = home.home().borrow().thermostats.keys().next().expect("one").clone();
    let to = |scale| Write::Scale(thermostat.clone(), scale);
    if !program.is_encrypted {
        // The scale is Celsius at the start, so that Fahrenheit is a change.
        let client = Client::new(home.url().clone(), &SecretString::from(home.token())).expect("a client");
        let request = wire::request(&to(Scale::Celsius));
        let method = Method::Put.word().parse().expect("a method");
        client.call(method, &request.path, Some(&request.body)).await.expect("answered");
    }
    assert!(shown(&home, &to(Scale::Celsius)).await, "it has to be a change");
    let mut count = 1;
    // A changed scheme only adapts the address. Any other change corrects a fault of the program.
    if program.changes.iter().any(|(_, _, why)| why.contains("as published")) {
        let ran = toolchain.run_text(&filled_in(program, &home, thermostat.as_str(), false), None).await;
        let scale =
            home.home().borrow().thermostats.get(&thermostat).and_then(|thermostat| thermostat.temperature_scale);
        assert_eq!(scale, Some(Scale::Celsius), "it works as published by now: {ran:?}");
        count += 1;
    }
    let ran = toolchain.run_text(&filled_in(program, &home, thermostat.as_str(), true), None).await;
    assert!(ran.succeeded, "{}: {ran:?}", program.file);
    assert!(shown(&home, &to(Scale::Fahrenheit)).await, "{}: {ran:?}", program.file);
    let how = match program.changes {
        [] => "as published".to_owned(),
        changes => changes.iter().map(|(_, _, why)| *why).collect::<Vec<_>>().join("; "),
    };
    println!("the guide's {} ({}): changed the scale; {how}", program.file, program.language.title());
    home.stop().await;
    count
}

/// Runs all programs whose tools are installed.
pub(crate) async fn every_program_of_the_guide_works(languages: &[CodeLanguage]) {
    let mut count = 0;
    for program in PROGRAMS.iter().filter(|program| languages.contains(&program.language)) {
        count += run(program).await;
    }
    println!("{count} passed, 0 failed");
}

/// The lines of a copy of the guide between two markers that belong to a program.
fn lines_of<'a>(guide: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    let begins = guide.lines().position(|line| line.starts_with(from)).expect("the beginning");
    let lines = guide.lines().skip(begins).take_while(|line| !line.starts_with(to));
    lines.map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// The first line that the program does not contain in this order.
fn missing<'a>(lines: &[&'a str], program: &str) -> Option<&'a str> {
    let mut own = program.lines().map(str::trim);
    lines.iter().find(|line| !own.any(|other| other == **line)).copied()
}

/// If `SETPOINT_GUIDE` names a copy of the guide, its text equals the programs here.
pub(crate) fn the_programs_are_those_of_the_guide() {
    let Some(file) = std::env::var_os("SETPOINT_GUIDE") else { return };
    let guide = std::fs::read_to_string(file).expect("a copy of the guide");
    for (file, from, to) in [
        ("write.go", "package main", "\"use strict\""),
        ("write.js", "\"use strict\"", "To use the Node.js"),
        ("write_2.py", "import hashlib", "Python 3"),
        ("write_3.py", "import http.client", "import java.io"),
        ("NestWrite.java", "import java.io", "To use the Java"),
    ] {
        let program = std::fs::read_to_string(folder().join(file)).expect("a program");
        let lines = lines_of(&guide, from, to);
        assert!(lines.len() > 8, "{file}: {lines:?}");
        assert_eq!(missing(&lines, &program), None, "{file}");
    }
    println!("the programs are those of the guide");
}
