//! JavaScript for a page. A browser hides the target of a redirect from a page, and a page has no environment:
//! this snippet asks for the token and follows no redirect.

use super::call::Call;
use super::node::content_type;
use super::quote::{Charset, Printable};
use super::template::{Literals, fill};

const TEMPLATE: &str = r#"
// A page cannot see where a redirect leads, so none is followed: where the service redirects, put
// the address that it redirects to here. A token does not belong into the text of a page either.
const url = «URL»;

async function call(token) {
  const response = await fetch(url, {
    method: "«METHOD»",
    headers: { Authorization: `Bearer ${token}`«CONTENT_TYPE» },
    «body»body: «BODY»,
    redirect: "error",
    credentials: "omit",
    referrerPolicy: "no-referrer",
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`The service answered ${response.status}: ${answer}`);
  return answer;
}

const token = «TOKEN»;
if (token) console.log(await call(token));
"#;

pub(super) fn snippet(call: &Call) -> String {
    let writes = Literals {
        charset: Charset::InPage,
        literal: Printable::in_single_quotes,
        pattern: None,
        variable: |_no_environment| "prompt(\"Access token\")".to_owned(),
    };
    fill(&TEMPLATE.replace("«CONTENT_TYPE»", content_type(call)), &writes, call)
}
