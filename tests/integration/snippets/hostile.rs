//! A server that redirects to places that must not receive the token.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::json;
use setpoint::http::Method;
use setpoint::snippet::{Call, CodeLanguage, TokenFrom};
use tokio::net::TcpListener;

use super::toolchain::Toolchain;
use crate::support::{Recorder, TOKEN, moved};

/// Another host for a snippet, but still on this machine.
const FOREIGN: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// No redirect leads a snippet to another host, or into a loop. The test counts every connection to the foreign
/// host, whatever it sends.
pub(crate) async fn the_token_goes_nowhere_else(toolchain: &mut Toolchain) -> usize {
    let language = toolchain.language;
    if language == CodeLanguage::Setpoint {
        // The program itself treats each address of this machine as this machine: tests/integration/client.rs has its
        // redirects.
        return 0;
    }
    let visits = Arc::new(AtomicUsize::new(0));
    let foreign = TcpListener::bind((FOREIGN, 0)).await.expect("a port");
    let there = foreign.local_addr().expect("an address").port();
    let counted = Arc::clone(&visits);
    tokio::spawn(async move {
        while let Ok((_closed, _)) = foreign.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    let next = Arc::new(Mutex::new((307, String::new())));
    let answer = Arc::clone(&next);
    let front = Recorder::start(move |_| {
        let (status, location) = answer.lock().expect("not poisoned").clone();
        moved(status, &location)
    })
    .await;
    let here = front.address.port();
    let body = Some(json!({"label": "x"}));
    let call = Call::new(front.url().as_str(), Method::Put, "devices/thermostats/x", body, TokenFrom::default());
    let call = call.expect("a call");
    let redirects = [
        (307, format!("http://127.0.0.2:{there}/x"), 1),
        (308, format!("//127.0.0.2:{there}/x"), 1),
        (307, format!("http://127.0.0.1:{here}@127.0.0.2:{there}/x"), 1),
        (307, format!("http://u:p@127.0.0.1:{here}/x"), 1),
        (307, format!("http://127.0.0.2:{there}\\@127.0.0.1:{here}/x"), 1),
        (307, format!("http://127.0.0.2:{there}#@127.0.0.1:{here}/x"), 1),
        (307, format!("http://127.0.0.2:{there}/?http://127.0.0.1:{here}/"), 1),
        (307, format!("\t HTTP://127.0.0.2:{there}/http://127.0.0.1/"), 1),
        (307, "ftp://127.0.0.1/x".to_owned(), 1),
        (307, "file:///etc/hostname".to_owned(), 1),
        (307, String::new(), 4),
        (302, format!("http://127.0.0.2:{there}/x"), 1),
        (303, format!("http://127.0.0.1:{here}/x"), 1),
        // A loop: the first call and three redirects.
        (307, format!("http://127.0.0.1:{here}/x"), 4),
    ];
    let count = redirects.len();
    for (status, location, most) in redirects {
        *next.lock().expect("not poisoned") = (status, location.clone());
        let before = front.seen().len();
        let ran = toolchain.run(&call, Some(TOKEN)).await;
        assert!(!ran.succeeded, "{language:?} took {status} to {location}: {ran:?}");
        let seen = front.seen().split_off(before);
        assert!((1..=most).contains(&seen.len()), "{language:?}, {status} to {location}: {} calls", seen.len());
        for one in seen {
            // A snippet that follows a redirect keeps method, body and header.
            assert_eq!((one.method.as_str(), one.body.as_str()), ("PUT", r#"{"label":"x"}"#), "{language:?}");
            assert_eq!(one.authorization.as_deref(), Some(format!("Bearer {TOKEN}").as_str()), "{language:?}");
        }
        assert_eq!(visits.load(Ordering::SeqCst), 0, "{language:?} went along with {status} to {location}: {ran:?}");
    }
    count
}
