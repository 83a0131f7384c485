//! Sign-in at Google from the window while the set-up is incomplete, with a stub server for Google and a stub
//! browser.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::*;
use crate::accounts::vault::MemoryStore;
use crate::i18n::english;
use crate::sdm::setup::{Check, CheckResult, Remedy};

const DISABLED: &str = r#"{"error":{"code":403,"status":"PERMISSION_DENIED","message":
    "Smart Device Management API has not been used in project 77 before or it is disabled."}}"#;
const DEVICES: &str = r#"{"devices":[{"name":"enterprises/p/devices/t","type":"sdm.devices.types.THERMOSTAT"}]}"#;
const TOKEN: &str = r#"{"access_token":"ya29.x","expires_in":3599,"refresh_token":"1//r"}"#;

/// A stub of Google: any code gives a token, and devices exist once the API is enabled.
struct Google {
    url: String,
    is_enabled: Arc<AtomicBool>,
}

impl Google {
    fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let url = format!("http://{}/v1", listener.local_addr().expect("an address"));
        let is_enabled = Arc::new(AtomicBool::new(false));
        let enabled = Arc::clone(&is_enabled);
        let serve = move || {
            // No test makes more requests than this.
            for stream in listener.incoming().take(100).flatten() {
                answer(stream, enabled.load(Ordering::SeqCst)).ok();
            }
        };
        std::thread::Builder::new().name("google".to_owned()).spawn(serve).expect("a thread");
        Self { url, is_enabled }
    }

    fn account(&self) -> Account {
        Account {
            id: "google".to_owned(),
            kind: ServiceKind::DeviceAccess,
            url: self.url.clone(),
            token_url: Some(format!("{}/token", self.url)),
            events_url: Some(self.url.clone()),
            project: Some("32c4c2bc-fe0d-461b-b51c-f3885afff2f0".to_owned()),
            client_id: Some("1234-abc.apps.googleusercontent.com".to_owned()),
            has_token: true,
            ..Account::default()
        }
    }
}

fn answer(mut stream: TcpStream, is_enabled: bool) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or_default();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let (status, body) = match first.split(' ').nth(1).unwrap_or_default() {
        path if path.ends_with("/token") => ("200 OK", TOKEN),
        path if path.ends_with("/devices") && is_enabled => ("200 OK", DEVICES),
        path if path.ends_with("/devices") => ("403 Forbidden", DISABLED),
        _ => ("200 OK", "{}"),
    };
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

/// A stub browser that grants everything and counts how often it was opened.
fn browser(asked: &Arc<AtomicUsize>) -> Source {
    let asked = Arc::clone(asked);
    let open = move |page: String| {
        asked.fetch_add(1, Ordering::SeqCst);
        let page: url::Url = page.parse().expect("a URL");
        let part = |key: &str| page.query_pairs().find(|(name, _)| name == key).expect("there").1.into_owned();
        let back: url::Url = part("redirect_uri").parse().expect("a URL");
        let request = format!("GET /callback?state={}&code=4/x HTTP/1.0\r\nHost: x\r\n\r\n", part("state"));
        let go = move || {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, back.port().expect("a port"))).expect("a way");
            stream.write_all(request.as_bytes()).expect("sent");
            stream.read_to_end(&mut Vec::new()).ok();
        };
        std::thread::Builder::new().name("browser".to_owned()).spawn(go).expect("a thread");
    };
    let client = GoogleClient { secret: SecretString::from("GOCSPX-s"), port: 0 };
    Source::Google(client, Pages::localized(english()), Box::new(open))
}

#[tokio::test]
async fn a_set_up_that_is_completed_later_needs_no_second_consent() {
    let google = Google::start();
    let vault = Vault::on(Arc::new(MemoryStore::default()));
    let asked = Arc::new(AtomicUsize::new(0));
    let try_it = || sign_in(google.account(), browser(&asked), vault.clone(), Keep::Keyring);
    let check = || {
        let (secret, back) = (SecretString::from("GOCSPX-s"), "http://127.0.0.1:8080/callback".to_owned());
        check_google(google.account(), secret, back, vault.clone(), false)
    };
    let found = |report: &crate::sdm::setup::Report, check| {
        report.findings.iter().find(|finding| finding.check == check).expect("there").verdict.clone()
    };
    let before = check().await.expect("a report");
    assert_eq!(found(&before, Check::Consent), CheckResult::Mind(Remedy::SignInFirst), "nobody is in yet");

    let error = try_it().await.map(drop).expect_err("the API is not enabled");
    let SignInError::NotReady(report) = &error else { panic!("{error:?}") };
    assert_eq!(found(report, Check::DeviceApi), CheckResult::Failed(Remedy::EnableDeviceApi));
    assert_eq!(report.cloud.as_deref(), Some("77"));
    assert!(!format!("{error:?}").contains("1//r"), "what is kept is shown nowhere");
    let read = vault.read("google", Keep::Keyring).map(drop);
    assert!(read.is_err(), "an account that does not work is not kept");

    google.is_enabled.store(true, Ordering::SeqCst);
    let report = check().await.expect("a report");
    assert_eq!(found(&report, Check::Devices), CheckResult::Passed, "as the person who is in already");
    let signed_in = try_it().await.map_err(|error| format!("{error:?}")).expect("signed in");
    assert_eq!((signed_in.account.id.as_str(), signed_in.warning), ("google", None));
    assert_eq!(asked.load(Ordering::SeqCst), 1, "the browser was not needed again");
    assert!(vault.read("google", Keep::Keyring).is_ok());
    // A further sign-in opens the browser again.
    try_it().await.map(drop).map_err(|error| format!("{error:?}")).expect("signed in");
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}
