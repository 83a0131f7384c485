//! Node.js from version 18 on, with its own fetch.

use super::call::Call;
use super::quote::{Charset, Printable};
use super::template::{Literals, fill};

const TEMPLATE: &str = r#"
"use strict";

// The token goes to these addresses alone, wherever the service redirects to.
const trusted = «TRUSTED»;

async function call(token) {
  let url = «URL»;
  for (let hop = 0; ; hop++) {
    const response = await fetch(url, {
      method: "«METHOD»",
      headers: { Authorization: `Bearer ${token}`«CONTENT_TYPE» },
      «body»body: «BODY»,
      redirect: "manual",
      signal: AbortSignal.timeout(30_000),
    });
    if (response.status !== 307 && response.status !== 308) {
      console.log(await response.text());
      if (!response.ok) throw new Error(`The service answered ${response.status}`);
      return;
    }
    url = new URL(response.headers.get("Location"), url).href;
    if (hop >= 3 || !trusted.test(url)) throw new Error("Not followed: a redirect to another place");
  }
}

const token = «TOKEN»;
«variable»if (!token) throw new Error("«VARIABLE» has to hold the token");
call(token).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
"#;

pub(super) fn snippet(call: &Call) -> String {
    let writes = Literals {
        charset: Charset::Utf8,
        literal: Printable::in_single_quotes,
        pattern: Some(|pattern| format!("/{}/", pattern.replace('/', "\\/"))),
        variable: |name| format!("process.env.{name}"),
    };
    fill(&TEMPLATE.replace("«CONTENT_TYPE»", content_type(call)), &writes, call)
}

/// The content type header, if there is a body.
pub(super) fn content_type(call: &Call) -> &'static str {
    if call.body.is_some() { ", \"Content-Type\": \"application/json\"" } else { "" }
}
