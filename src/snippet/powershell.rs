//! `PowerShell`, from the version of Windows on, which reads sources in the code page of the machine.

use super::call::Call;
use super::quote::{Charset, Printable};
use super::template::{Literals, fill};

const TEMPLATE: &str = r#"
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Net.Http
$token = «TOKEN»
«variable»if (-not $token) { throw '«VARIABLE» has to hold the token' }
$url = [Uri]::new(«URL»)
«body»$body = «BODY»
# The token goes to these addresses alone, wherever the service redirects to.
$trusted = «TRUSTED»
$handler = [System.Net.Http.HttpClientHandler]::new()
$handler.AllowAutoRedirect = $false
$client = [System.Net.Http.HttpClient]::new($handler)
for ($hop = 0; ; $hop++) {
    $request = [System.Net.Http.HttpRequestMessage]::new([System.Net.Http.HttpMethod]::new('«METHOD»'), $url)
    $request.Headers.Authorization = [System.Net.Http.Headers.AuthenticationHeaderValue]::new('Bearer', $token)
    «body»$request.Content = [System.Net.Http.StringContent]::new($body, [Text.Encoding]::UTF8, 'application/json')
    $response = $client.SendAsync($request).GetAwaiter().GetResult()
    $status = [int]$response.StatusCode
    if ($status -notin 307, 308) { break }
    $url = [Uri]::new($url, $response.Headers.Location)
    if ($hop -ge 3 -or $url.AbsoluteUri -cnotmatch $trusted) { throw 'Not followed: a redirect to another place' }
}
$response.Content.ReadAsStringAsync().GetAwaiter().GetResult()
if (-not $response.IsSuccessStatusCode) { throw "The service answered $status" }
"#;

pub(super) fn snippet(call: &Call) -> String {
    let writes = Literals {
        charset: Charset::Ascii,
        literal: Printable::in_powershell,
        pattern: None,
        variable: |name| format!("$env:{name}"),
    };
    fill(TEMPLATE, &writes, call)
}
