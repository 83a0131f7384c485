//! `HTTPie` in bash.

use super::call::Call;
use super::quote::{Charset, Printable};
use super::template::{Literals, fill};

const TEMPLATE: &str = r#"
#!/usr/bin/env bash
set -euo pipefail
token=«TOKEN»
url=«URL»
«body»body=«BODY»
# The token goes to these addresses alone, wherever the service redirects to.
trusted=«TRUSTED»
for hop in 0 1 2 3; do
  # The token goes in as a file: others on this machine can see arguments.
  said=$(http --ignore-stdin --timeout=30 --print=hb --pretty=none \
    «body»--raw="$body" \
    «METHOD» "$url" Authorization:@<(printf 'Bearer %s' "$token")«CONTENT_TYPE»)
  read -r _ status _ <<<"$said"
  [[ $status == 30[78] ]] || break
  url=$(sed -En '/^\r?$/q; s/^location: *([^\r]*)\r?$/\1/Ip' <<<"$said")
  [[ $url =~ $trusted ]] || { echo "Not followed: a redirect to another place" >&2; exit 1; }
done
sed '1,/^\r*$/d' <<<"$said"
[[ $status == 2* ]] || { echo "The service answered $status" >&2; exit 1; }
"#;

pub(super) fn snippet(call: &Call) -> String {
    let writes = Literals {
        charset: Charset::Utf8,
        literal: Printable::in_shell,
        pattern: None,
        variable: |name| format!("${{{name}:?holds the token}}"),
    };
    let content_type = if call.body.is_some() { " Content-Type:application/json" } else { "" };
    fill(&TEMPLATE.replace("«CONTENT_TYPE»", content_type), &writes, call)
}
