//! Labels that have a special meaning in one language or another.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use setpoint::home::{DeviceId, Write};
use setpoint::simulator::Options;
use setpoint::snippet::CodeLanguage;

use super::guide::{call_of, shown};
use super::toolchain::Toolchain;
use crate::support::simulation;

/// Labels with the end of a literal, or the beginning of other syntax, in at least one language.
const CHOSEN: [&str; 12] = [
    "it's \"quoted\" `back` \\ and \\\" and \\'",
    "$HOME ${HOME} $(id) `id` %PATH% !! #{1+1} {{x}} {x} %s %d",
    "line\nbreak\r\ntab\tnul\u{1}\u{7f}",
    "Küche – 寝室 – غرفة – 😀👩‍👩‍👧",
    "\u{2028}\u{2029}\u{202e}\u{feff}\u{200b}\u{85}",
    "\\u0041 \\\\u0041 \\x41 \\n \\0 \\N{BULLET} \\U0001F600",
    "</script><!-- --> ]]> &amp; ' or 1=1 --",
    "'''\"\"\"```\"#\"##\"###",
    "‘curly’ “quotes” ‚low‛ „quotes‟",
    "@/etc/passwd",
    "-rf --help",
    "\\",
];

/// Number of additional random labels: fewer for a language that has to build each program.
fn more(language: CodeLanguage) -> usize {
    match language {
        CodeLanguage::Curl
        | CodeLanguage::Node
        | CodeLanguage::Page
        | CodeLanguage::PowerShell
        | CodeLanguage::Python
        | CodeLanguage::Setpoint => 24,
        CodeLanguage::Python2 | CodeLanguage::PythonRequests => 16,
        CodeLanguage::Httpie | CodeLanguage::Go | CodeLanguage::Java | CodeLanguage::OkHttp | CodeLanguage::Rust => 8,
    }
}

fn labels(language: CodeLanguage) -> Vec<String> {
    let mut runner = TestRunner::default();
    let odd = "[\\x01-\\x2f:-@\\[-`{-\\x7f\u{80}-\u{2fff}\u{1f300}-\u{1f6ff}a-c]{1,60}";
    let strategy = prop_oneof![odd, "\\PC{1,60}"];
    let random = (0..more(language)).map(|_| strategy.new_tree(&mut runner).expect("a label").current());
    CHOSEN.into_iter().map(str::to_owned).chain(random).collect()
}

pub(crate) async fn every_label_arrives_unchanged(toolchain: &mut Toolchain) -> usize {
    let home = simulation(Options::default()).await;
    let thermostat: DeviceId = home.home().borrow().thermostats.keys().next().expect("one").clone();
    let mut count = 0;
    for label in labels(toolchain.language) {
        let write = Write::Label(thermostat.clone(), label.clone());
        let call = call_of(&write, &home, toolchain.language);
        let ran = toolchain.run(&call, Some(home.token())).await;
        assert!(ran.succeeded, "{label:?}: {ran:?}");
        assert!(shown(&home, &write).await, "{label:?}: {ran:?}");
        count += 1;
    }
    home.stop().await;
    count
}

pub(crate) async fn every_label_is_parsed(toolchain: &mut Toolchain) -> usize {
    let home = simulation(Options::default()).await;
    let thermostat: DeviceId = home.home().borrow().thermostats.keys().next().expect("one").clone();
    let labels = labels(toolchain.language);
    for label in &labels {
        let call = call_of(&Write::Label(thermostat.clone(), label.clone()), &home, toolchain.language);
        let ran = toolchain.run(&call, None).await;
        assert!(ran.succeeded, "{label:?}: {ran:?}");
    }
    home.stop().await;
    labels.len()
}
