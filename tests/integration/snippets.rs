//! Snippets, run for real: each write of the guide against the simulated home and its redirect, labels with
//! every kind of quote, refusals, and redirects that must not receive the token.
//!
//! A language without installed tools is skipped with a line. `tests/snippets/run` installs them and runs all
//! languages, including those that take long to build.
#![expect(clippy::expect_used, reason = "a test says what was wrong by failing")]
#![expect(clippy::print_stdout, reason = "tests/snippets/run adds the counts up")]

mod command;
mod guide;
mod hostile;
mod labels;
mod published;
mod toolchain;

use setpoint::snippet::CodeLanguage;
use toolchain::Toolchain;

/// Runs all tests of one language. `tests/snippets/run` reads the counts.
async fn all_of(language: CodeLanguage) {
    let Some(mut toolchain) = Toolchain::find(language) else { return };
    let writes = guide::every_write_is_made(&mut toolchain).await;
    let refusals = guide::what_is_refused_is_a_failure(&mut toolchain).await;
    let labels = labels::every_label_arrives_unchanged(&mut toolchain).await;
    let hostile = hostile::the_token_goes_nowhere_else(&mut toolchain).await;
    let ran = writes + refusals + labels + hostile;
    println!(
        "{}: {writes} writes and reads, {refusals} failures, {labels} labels, {hostile} redirects",
        language.title()
    );
    println!("{ran} passed, 0 failed");
}

#[tokio::test]
async fn curl() {
    all_of(CodeLanguage::Curl).await;
}

#[tokio::test]
async fn python() {
    all_of(CodeLanguage::Python).await;
}

#[tokio::test]
async fn python_with_requests() {
    all_of(CodeLanguage::PythonRequests).await;
}

#[tokio::test]
async fn python_2_on_python_3() {
    all_of(CodeLanguage::Python2).await;
}

#[tokio::test]
async fn node() {
    all_of(CodeLanguage::Node).await;
}

#[tokio::test]
async fn a_page() {
    all_of(CodeLanguage::Page).await;
}

#[tokio::test]
async fn the_own_command() {
    all_of(CodeLanguage::Setpoint).await;
}

#[tokio::test]
#[ignore = "takes long; tests/snippets/run runs it"]
async fn httpie() {
    all_of(CodeLanguage::Httpie).await;
}

#[tokio::test]
#[ignore = "takes long to build; tests/snippets/run runs it"]
async fn go() {
    all_of(CodeLanguage::Go).await;
}

#[tokio::test]
#[ignore = "takes long to build; tests/snippets/run runs it"]
async fn java() {
    all_of(CodeLanguage::Java).await;
}

#[tokio::test]
#[ignore = "takes long to build; tests/snippets/run runs it"]
async fn java_with_okhttp() {
    all_of(CodeLanguage::OkHttp).await;
}

#[tokio::test]
#[ignore = "takes long to build; tests/snippets/run runs it"]
async fn rust() {
    all_of(CodeLanguage::Rust).await;
}

#[tokio::test]
async fn the_scripts_of_the_vendors_guide_work() {
    published::the_programs_are_those_of_the_guide();
    published::every_program_of_the_guide_works(&[
        CodeLanguage::Node,
        CodeLanguage::Python,
        CodeLanguage::PythonRequests,
    ])
    .await;
}

#[tokio::test]
#[ignore = "takes long to build; tests/snippets/run runs it"]
async fn the_compiled_programs_of_the_vendors_guide_work() {
    published::every_program_of_the_guide_works(&[CodeLanguage::Go, CodeLanguage::OkHttp]).await;
}

#[tokio::test]
#[ignore = "needs tree-sitter; tests/snippets/run runs it"]
async fn powershell_is_parsed() {
    let Some(mut toolchain) = Toolchain::find(CodeLanguage::PowerShell) else { return };
    let parsed =
        guide::every_write_is_parsed(&mut toolchain).await + labels::every_label_is_parsed(&mut toolchain).await;
    println!("PowerShell: {parsed} parsed, none run");
    println!("{parsed} passed, 0 failed");
}
