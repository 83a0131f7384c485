//! Python 3 with its standard library.

use super::call::Call;
use super::quote::{Charset, Printable};
use super::template::{Literals, fill};

const TEMPLATE: &str = r#"
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

token = «TOKEN»
url = «URL»
«body»body = «BODY»
# The token goes to these addresses alone, wherever the service redirects to.
trusted = re.compile(«TRUSTED»)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


opener = urllib.request.build_opener(NoRedirect)
for hop in range(4):
    request = urllib.request.Request(url, method="«METHOD»")
    request.add_header("Authorization", f"Bearer {token}")
    «body»request.add_header("Content-Type", "application/json")
    «body»request.data = body.encode()
    try:
        response = opener.open(request, timeout=30)
    except urllib.error.HTTPError as error:
        response = error
    if response.code not in (307, 308):
        break
    url = urllib.parse.urljoin(url, response.headers["Location"])
    if not trusted.match(url):
        sys.exit("Not followed: a redirect to another place")
print(response.read().decode())
if response.code // 100 != 2:
    sys.exit(f"The service answered {response.code}")
"#;

pub(super) fn snippet(call: &Call) -> String {
    fill(TEMPLATE, &WRITES, call)
}

pub(super) const WRITES: Literals = Literals {
    charset: Charset::Utf8,
    literal: Printable::in_single_quotes,
    pattern: Some(in_raw_quotes),
    variable: |name| format!("os.environ[\"{name}\"]"),
};

/// A pattern contains backslashes and none of these quotes.
pub(super) fn in_raw_quotes(pattern: &str) -> String {
    format!("r\"{pattern}\"")
}
