//! Python 3 with requests.

use super::call::Call;
use super::python::WRITES;
use super::template::fill;

const TEMPLATE: &str = r#"
import os
import re
import sys
from urllib.parse import urljoin

import requests

token = «TOKEN»
url = «URL»
«body»body = «BODY»
# The token goes to these addresses alone, wherever the service redirects to.
trusted = re.compile(«TRUSTED»)


# A plain header would give way to a password that ~/.netrc has for the host.
def with_token(request):
    request.headers["Authorization"] = f"Bearer {token}"
    return request


for hop in range(4):
    response = requests.request(
        "«METHOD»",
        url,
        «body»data=body.encode(),
        «body»headers={"Content-Type": "application/json"},
        auth=with_token,
        allow_redirects=False,
        timeout=30,
    )
    if response.status_code not in (307, 308):
        break
    url = urljoin(url, response.headers["Location"])
    if not trusted.match(url):
        sys.exit("Not followed: a redirect to another place")
print(response.text)
if not response.ok or response.is_redirect:
    sys.exit(f"The service answered {response.status_code}")
"#;

pub(super) fn snippet(call: &Call) -> String {
    fill(TEMPLATE, &WRITES, call)
}
