//! The address of a typed path.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::Url;

use super::problem::Problem;

/// Characters that users type in a path and that an address has to encode.
const ODD: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}').add(b'|');

/// The address of a path. It has to be below the base URL, because the token goes nowhere else.
pub fn address(base: &Url, path: &str) -> Result<Url, Problem> {
    let leaves = || Problem::LeavesTheService(path.to_owned());
    let below = base.path().trim_end_matches('/');
    let typed = utf8_percent_encode(path.trim().trim_start_matches('/'), ODD).to_string();
    let origin = base.origin().ascii_serialization();
    let url = Url::parse(&format!("{origin}{below}/{typed}")).map_err(|_no_url| leaves())?;
    let is_below = url.origin() == base.origin()
        && url.username().is_empty()
        && url.path().strip_prefix(below).is_some_and(|rest| rest.starts_with('/'));
    if is_below { Ok(url) } else { Err(leaves()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_below_its_base() {
        let base = Url::parse("https://api.example.org:8443/v1").expect("a URL");
        let at = |path: &str| address(&base, path).map(String::from);
        assert_eq!(at("/devices").as_deref(), Ok("https://api.example.org:8443/v1/devices"));
        assert_eq!(
            at("devices/x:executeCommand").as_deref(),
            Ok("https://api.example.org:8443/v1/devices/x:executeCommand")
        );
        assert_eq!(at("").as_deref(), Ok("https://api.example.org:8443/v1/"));
        assert_eq!(at("status?serial=02 AA").as_deref(), Ok("https://api.example.org:8443/v1/status?serial=02%20AA"));
        assert_eq!(at("//evil.example/x").as_deref(), Ok("https://api.example.org:8443/v1/evil.example/x"));
        for path in ["../x", "a/../../x", "..", "%2e%2e/x"] {
            assert_eq!(at(path), Err(Problem::LeavesTheService(path.to_owned())), "{path}");
        }
        let root = Url::parse("http://127.0.0.1:8080/").expect("a URL");
        for path in ["@evil.example/", ":80@evil.example", "https://evil.example/x"] {
            let url = address(&root, path).expect("below");
            assert_eq!((url.host_str(), url.port()), (Some("127.0.0.1"), Some(8080)), "{path}");
        }
    }
}
