//! Many, silent or slow clients.

use std::time::Duration;

use setpoint::clock::SystemClock;
use setpoint::simulator::{Options, Simulation, start};
use setpoint::wwn::server::Connections;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::client::Scene;

const REQUEST: &[u8] = b"GET /structures HTTP/1.1\r\nHost: home\r\nConnection: close\r\n\r\n";

/// Much longer than any step of these tests takes.
const PATIENCE: Duration = Duration::from_secs(30);

async fn home(connections: Connections) -> Simulation {
    start(Options { connections, ..Options::default() }, SystemClock::shared()).await.expect("a simulated home")
}

async fn connect(url: &url::Url) -> TcpStream {
    let port = url.port().expect("a port");
    TcpStream::connect(("127.0.0.1", port)).await.expect("somebody listens")
}

/// Everything that the server sends until it closes the connection.
async fn rest(stream: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    // A reset connection has ended as well.
    let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut heard)).await;
    drop(read.expect("the other side hangs up"));
    String::from_utf8_lossy(&heard).into_owned()
}

#[tokio::test]
async fn a_surplus_connection_waits_for_a_free_place() {
    let connections = Connections { at_once: 2, ..Connections::default() };
    let home = home(connections).await;
    let (first, second) = (connect(home.url()).await, connect(home.url()).await);
    let mut third = connect(home.url()).await;
    third.write_all(REQUEST).await.expect("sent");
    let mut byte = [0];
    let early = tokio::time::timeout(Duration::from_millis(200), third.peek(&mut byte)).await;
    assert!(early.is_err(), "there is no place for it yet");
    drop(first);
    assert!(rest(&mut third).await.starts_with("HTTP/1.1 "), "now there is");
    drop(second);
    home.stop().await;
}

#[tokio::test]
async fn idle_and_endless_requests_lose_their_place() {
    let connections = Connections { at_once: 2, head: Duration::from_secs(1), ..Connections::default() };
    let home = home(connections).await;
    let mut silent = connect(home.url()).await;
    let mut slow = connect(home.url()).await;
    let dribble = async {
        // A header without end, until the server closes the connection.
        slow.write_all(b"GET / HTTP/1.1\r\nA: ").await.expect("sent");
        for _ in 0..600 {
            if slow.write_all(b"b").await.is_err() {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    };
    assert!(dribble.await, "a head without end is cut off");
    assert_eq!(rest(&mut silent).await, "", "nothing was asked, so nothing is said");
    let mut third = connect(home.url()).await;
    third.write_all(REQUEST).await.expect("sent");
    assert!(rest(&mut third).await.starts_with("HTTP/1.1 "));
    home.stop().await;
}

/// Silent connections use every slot: a connection with a request replaces a silent one, and a stream in
/// progress keeps its slot.
#[tokio::test]
async fn l12_idle_connections_make_room() {
    let quiet = Duration::from_millis(300);
    let connections = Connections { at_once: 3, quiet, ..Connections::default() };
    let keep_alive = Duration::from_millis(100);
    let scene = Scene::with(Options { connections, keep_alive, ..Options::default() }).await;
    let mut stream = scene.stream(&format!("/structures/{}/name", scene.structure())).await;
    assert_eq!(stream.next().await.expect("a put").0, "put");
    let url = scene.simulation.url().clone();
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(connect(&url).await);
    }
    for _ in 0..3 {
        let mut asking = connect(&url).await;
        asking.write_all(REQUEST).await.expect("sent");
        assert!(rest(&mut asking).await.starts_with("HTTP/1.1 "));
        assert_eq!(stream.next().await.expect("a sign of life").0, "keep-alive");
    }
    scene.simulation.stop().await;
}

/// One token must not use every connection for its streams: other clients keep theirs.
#[tokio::test]
async fn l12_streams_of_one_token_do_not_take_every_place() {
    let connections = Connections { at_once: 12, ..Connections::default() };
    let scene = Scene::with(Options { connections, ..Options::default() }).await;
    let path = format!("/structures/{}/name", scene.structure());
    let mut streams = Vec::new();
    for _ in 0..3 {
        streams.push(scene.stream(&path).await);
    }
    let http = reqwest::Client::new();
    let ask = || {
        let accept = ("accept", "text/event-stream");
        http.get(scene.api(&path)).header(accept.0, accept.1).bearer_auth(scene.simulation.token()).send()
    };
    let refused = ask().await.expect("an answer");
    assert_eq!((refused.status().as_u16(), refused.headers().contains_key("retry-after")), (429, true));
    assert_eq!(scene.get(&path).await.0, 200, "what is no stream is answered");
    drop(streams.pop());
    let again = async {
        // The server notices the end of the stream a moment later.
        while ask().await.expect("an answer").status() != 200 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, again).await.expect("the place of the one that has ended");
    scene.simulation.stop().await;
}

#[tokio::test]
async fn a_stream_lasts_longer_than_a_head_may_take() {
    let connections = Connections { head: Duration::from_secs(1), ..Connections::default() };
    let keep_alive = Duration::from_millis(400);
    let scene = Scene::with(Options { connections, keep_alive, ..Options::default() }).await;
    let mut stream = scene.stream(&format!("/structures/{}/name", scene.structure())).await;
    assert_eq!(stream.next().await.expect("a put").0, "put");
    for _ in 0..5 {
        assert_eq!(stream.next().await.expect("a sign of life").0, "keep-alive");
    }
    scene.simulation.stop().await;
}
