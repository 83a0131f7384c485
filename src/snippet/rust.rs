//! Rust with reqwest.

use super::call::Call;
use super::quote::{Charset, Printable};
use super::template::{Literals, fill};

const TEMPLATE: &str = r#"
// Cargo.toml: reqwest = { version = "0.13", features = ["blocking"] }
use std::error::Error;

use reqwest::blocking::Client;
use reqwest::{Url, redirect::Policy};

/// The token goes to these addresses alone, wherever the service redirects to.
fn is_trusted(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let is_plain = url.username().is_empty() && url.password().is_none();
    «SCHEME» && is_plain && «HOST»
}

fn main() -> Result<(), Box<dyn Error>> {
    let token = «TOKEN»;
    let client = Client::builder().redirect(Policy::none()).build()?;
    let mut url = Url::parse(«URL»)?;
    for _hop in 0..4 {
        let request = client.«method»(url.clone()).bearer_auth(&token);
        «body»let request = request.header("Content-Type", "application/json").body(«BODY»);
        let response = request.send()?;
        let status = response.status();
        if !matches!(status.as_u16(), 307 | 308) {
            println!("{}", response.text()?);
            return if status.is_success() { Ok(()) } else { Err(format!("the service answered {status}").into()) };
        }
        let location = response.headers().get("Location").ok_or("a redirect to nowhere")?.to_str()?;
        url = url.join(location)?;
        if !is_trusted(&url) {
            break;
        }
    }
    Err("not followed: a redirect to another place".into())
}
"#;

pub(super) fn snippet(call: &Call) -> String {
    let writes = Literals {
        charset: Charset::Utf8,
        literal: Printable::in_rust,
        pattern: None,
        variable: |name| format!("std::env::var(\"{name}\")?"),
    };
    fill(TEMPLATE, &writes, call)
}
