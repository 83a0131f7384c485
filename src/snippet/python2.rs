//! Python 2 with its standard library; Python 3 runs it as well. Python 2 reads sources as ASCII.

use super::call::Call;
use super::python::in_raw_quotes;
use super::quote::{Charset, Printable};
use super::template::{Literals, fill};

const TEMPLATE: &str = r#"
from __future__ import print_function

import os
import re
import sys

try:
    from urllib.error import HTTPError
    from urllib.parse import urljoin
    from urllib.request import HTTPRedirectHandler, Request, build_opener
except ImportError:
    from urllib2 import HTTPError, HTTPRedirectHandler, Request, build_opener
    from urlparse import urljoin

token = «TOKEN»
url = «URL»
«body»body = «BODY»
# The token goes to these addresses alone, wherever the service redirects to.
trusted = re.compile(«TRUSTED»)


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


opener = build_opener(NoRedirect)
for hop in range(4):
    request = Request(url«DATA»)
    request.get_method = lambda: "«METHOD»"
    request.add_header("Authorization", "Bearer " + token)
    «body»request.add_header("Content-Type", "application/json")
    try:
        response = opener.open(request, timeout=30)
    except HTTPError as error:
        response = error
    if response.code not in (307, 308):
        break
    url = urljoin(url, response.headers["Location"])
    if not trusted.match(url):
        sys.exit("Not followed: a redirect to another place")
print(response.read().decode("utf-8"))
if response.code // 100 != 2:
    sys.exit("The service answered %d" % response.code)
"#;

pub(super) fn snippet(call: &Call) -> String {
    let writes = Literals {
        charset: Charset::Ascii,
        literal: Printable::in_single_quotes,
        pattern: Some(in_raw_quotes),
        variable: |name| format!("os.environ[\"{name}\"]"),
    };
    let data = if call.body.is_some() { ", body.encode(\"ascii\")" } else { "" };
    fill(&TEMPLATE.replace("«DATA»", data), &writes, call)
}
