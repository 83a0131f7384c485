//! curl in any shell. Its own `--location-trusted` would send the token to any host.

use super::call::{Call, TokenFrom};
use super::quote::{Charset, Printable};
use super::template::{Literals, fill};

const TEMPLATE: &str = r#"
#!/bin/sh
set -eu
token=«TOKEN»
url=«URL»
«body»body=«BODY»
# The token goes to these addresses alone, wherever the service redirects to.
trusted=«TRUSTED»
for hop in 0 1 2 3; do
  # The token goes in by standard input: others on this machine can see arguments.
  said=$(printf 'Authorization: Bearer %s\n' "$token" |
    curl --silent --show-error --globoff --max-time 30 --request «METHOD» --header @- \
      «body»--header 'Content-Type: application/json' --data-raw "$body" \
      --write-out '\n%{http_code} %{redirect_url}' "$url")
  last=$(printf '%s\n' "$said" | tail -n 1)
  status=${last%% *}
  case $status in 307 | 308) url=${last#* } ;; *) break ;; esac
  printf '%s\n' "$url" | LC_ALL=C grep -Eq "$trusted" ||
    { echo "Not followed: a redirect to another place" >&2; exit 1; }
done
printf '%s\n' "$said" | sed '$d'
case $status in 2??) ;; *) echo "The service answered $status" >&2; exit 1 ;; esac
"#;

/// The request as one line, which follows no redirect; `None` if it would contain the token.
pub fn curl_line(call: &Call) -> Option<String> {
    let TokenFrom::Variable(token) = &call.token else { return None };
    let url = call.printable_url().in_shell();
    let body = call.body.as_ref().map(|body| {
        let json = Printable::json(body, Charset::Utf8).in_shell();
        format!(" -H 'Content-Type: application/json' --data-raw {json}")
    });
    let body = body.unwrap_or_default();
    let method = call.method.word();
    Some(format!(r#"curl -X {method} -H "Authorization: Bearer ${token}"{body} {url}"#))
}

pub(super) fn snippet(call: &Call) -> String {
    let writes = Literals {
        charset: Charset::Utf8,
        literal: Printable::in_shell,
        pattern: None,
        variable: |name| format!("${{{name}:?holds the token}}"),
    };
    fill(TEMPLATE, &writes, call)
}
