//! The server of the control socket.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use serde_json::value::RawValue;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, ReadHalf, WriteHalf, split};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::protocol::{IpcRequest, IpcResponse, LONGEST_QUESTION, PROTOCOL, RequestLine};
use super::{InstanceLock, SharedAccounts, transport};
use crate::command::link::Link;
use crate::engine::{Access, Connection, Origin, Snapshot, SubmitOutcome, WaitLimits};
use crate::home::{DeviceTree, Write};
use crate::platform::EventSender;

/// The maximum wait for a question.
const PATIENCE: Duration = Duration::from_secs(5);
/// The maximum waits for the outcome of a change; after that it stays in the queue, and the answer says so.
const WAIT_FOR_WRITES: WaitLimits = WaitLimits { within: Duration::from_secs(20), for_service: Duration::from_secs(3) };
/// The maximum number of connections with a question; more wait.
const MOST_VISITORS: usize = 16;
/// The maximum number of watchers, which have places of their own because they stay.
const MOST_WATCHERS: usize = 256;
/// The maximum number of writes in one question.
const MOST_WRITES: usize = 20_000;

/// An event that another process of the same user sends.
#[derive(Debug, Clone, PartialEq)]
pub enum IpcEvent {
    /// Open or raise the window.
    Window,
    /// Open the quick launcher, or close it if it is open.
    Launcher,
    /// Show what a link would do, and ask.
    Link(Link),
    /// A hold or a schedule changed on the disk.
    Automation,
    /// A program with a window takes over from a service.
    Yield,
    /// Send pending changes, and quit.
    Quit,
}

/// The conversions to and from the form of the API, which this module does not know.
#[derive(Clone)]
pub struct Codec {
    /// Renders a home as JSON of the API.
    pub render: fn(&DeviceTree) -> String,
    /// Makes the writes of a client of the bridge; returns the error in the API's form.
    pub bridged: Bridged,
    /// True if this process has no window, and gives way to one that opens it.
    pub is_service: bool,
}

/// Makes writes through an engine.
pub type Bridged = Arc<dyn Fn(Access, Vec<Write>) -> BoxFuture<'static, Option<String>> + Send + Sync>;

/// Serves connections until the program ends, and holds the lock meanwhile.
pub async fn serve<E: From<IpcEvent> + Send + 'static>(
    seat: InstanceLock,
    shared: SharedAccounts,
    events: EventSender<E>,
    codec: Codec,
) -> io::Result<()> {
    let mut listener = transport::Listener::open(seat.socket()?)?;
    let (places, watchers) = (Arc::new(Semaphore::new(MOST_VISITORS)), Arc::new(Semaphore::new(MOST_WATCHERS)));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return Ok(()) };
        let stream = match listener.accept().await {
            Ok(stream) => stream,
            Err(err) => {
                // For example, no file handle is free; that may pass.
                tracing::warn!(%err, "the control socket cannot accept a connection");
                tokio::time::sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        let (shared, events, codec, watchers) = (shared.clone(), events.clone(), codec.clone(), Arc::clone(&watchers));
        tokio::spawn(async move {
            if let Err(err) = visit(stream, &shared, &events, &codec, place, watchers).await {
                tracing::debug!(%err, "a visitor left early");
            }
        });
    }
}

async fn visit<E: From<IpcEvent>>(
    stream: transport::ServerStream,
    shared: &SharedAccounts,
    events: &EventSender<E>,
    codec: &Codec,
    place: OwnedSemaphorePermit,
    watchers: Arc<Semaphore>,
) -> io::Result<()> {
    if let Some(user) = transport::wrong_user(&stream)? {
        tracing::warn!(user, "another user connected to the control socket; they were not let in");
        return Ok(());
    }
    let (read, write) = split(stream);
    let mut connection = ClientConnection { read: BufReader::new(read), write };
    let question = timeout(PATIENCE, connection.question()).await.map_err(|_late| io::ErrorKind::TimedOut)??;
    if question.is_empty() {
        // The client only checked that a program is running.
        return Ok(());
    }
    let ask = match understood(&question) {
        Ok(ask) => ask,
        Err(why) => {
            tracing::warn!(%why, "an invalid message");
            return connection.send(&IpcResponse::Wrong(why)).await;
        }
    };
    let wants_window =
        matches!(ask, IpcRequest::Window | IpcRequest::Launcher | IpcRequest::Link(_) | IpcRequest::Tray);
    if codec.is_service && wants_window {
        events.send(IpcEvent::Yield);
        return connection.send(&IpcResponse::Yields).await;
    }
    match ask {
        // The running program is in the tray already.
        IpcRequest::Tray => connection.send(&IpcResponse::Done).await,
        IpcRequest::Window => connection.pass_on(events, IpcEvent::Window).await,
        IpcRequest::Launcher => connection.pass_on(events, IpcEvent::Launcher).await,
        IpcRequest::Quit => connection.pass_on(events, IpcEvent::Quit).await,
        IpcRequest::Automation => connection.pass_on(events, IpcEvent::Automation).await,
        IpcRequest::Link(text) => match Link::parse(&text) {
            Ok(link) => connection.pass_on(events, IpcEvent::Link(link)).await,
            Err(err) => connection.send(&IpcResponse::Wrong(err.to_string())).await,
        },
        IpcRequest::Home(account) => {
            let answer = match shared.access(&account) {
                Some(mut access) => home_of(&access.snapshot(), codec.render),
                None => IpcResponse::NotOpen,
            };
            connection.send(&answer).await
        }
        IpcRequest::Watch(account) => match (shared.access(&account), watchers.try_acquire_owned()) {
            (Some(access), Ok(_watching)) => {
                drop(place);
                connection.watch(access, codec.render).await
            }
            (Some(_), Err(_)) => {
                connection.send(&IpcResponse::Wrong("too many follow the home already".to_owned())).await
            }
            (None, _) => connection.send(&IpcResponse::NotOpen).await,
        },
        IpcRequest::Bridged { account, writes } => match shared.access(&account) {
            Some(access) => connection.bridged((codec.bridged)(access, writes)).await,
            None => connection.send(&IpcResponse::NotOpen).await,
        },
        IpcRequest::Set { account, name, writes } => {
            let answer = match shared.access(&account) {
                Some(access) => match access.submit_and_wait(name, writes, Origin::Cli, WAIT_FOR_WRITES).await {
                    Some(SubmitOutcome { records, unchanged, superseded, waiting }) => {
                        IpcResponse::Set { records, unchanged, superseded, waiting }
                    }
                    None => IpcResponse::Wrong("the running program is too busy to take this".to_owned()),
                },
                None => IpcResponse::NotOpen,
            };
            connection.send(&answer).await
        }
    }
}

pub(super) fn understood(question: &[u8]) -> Result<IpcRequest, String> {
    let line: RequestLine = serde_json::from_slice(question).map_err(|err| format!("not a question: {err}"))?;
    if line.protocol != PROTOCOL {
        return Err(format!("the running program speaks version {PROTOCOL}, and this is {}", line.protocol));
    }
    if let IpcRequest::Set { writes, .. } | IpcRequest::Bridged { writes, .. } = &line.ask
        && (writes.is_empty() || writes.len() > MOST_WRITES)
    {
        return Err(format!("{} writes at once", writes.len()));
    }
    Ok(line.ask)
}

fn home_of(snapshot: &Snapshot, render: fn(&DeviceTree) -> String) -> IpcResponse {
    match &snapshot.connection {
        Connection::Connecting | Connection::Closed => IpcResponse::NoHome(None),
        connection if is_unseen(&snapshot.confirmed) && !connection.is_online() => {
            IpcResponse::NoHome(Some(why(connection)))
        }
        Connection::Live
        | Connection::Stale { .. }
        | Connection::Reconnecting { .. }
        | Connection::SignedOut { .. } => match RawValue::from_string(render(&snapshot.confirmed)) {
            Ok(json) => IpcResponse::Home(json),
            Err(err) => IpcResponse::Wrong(err.to_string()),
        },
    }
}

fn is_unseen(home: &DeviceTree) -> bool {
    home.structures.is_empty() && home.device_count() == 0
}

fn why(connection: &Connection) -> String {
    match connection {
        Connection::Reconnecting { why, .. } => why.as_ref().map(ToString::to_string).unwrap_or_default(),
        Connection::SignedOut { why } => why.to_string(),
        Connection::Connecting | Connection::Live | Connection::Stale { .. } | Connection::Closed => String::new(),
    }
}

struct ClientConnection {
    read: BufReader<ReadHalf<transport::ServerStream>>,
    write: WriteHalf<transport::ServerStream>,
}

impl ClientConnection {
    /// Reads one line of bounded length.
    async fn question(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        let mut bounded = (&mut self.read).take(LONGEST_QUESTION as u64);
        bounded.read_until(b'\n', &mut line).await?;
        Ok(line)
    }

    async fn send(&mut self, answer: &IpcResponse) -> io::Result<()> {
        let mut line = serde_json::to_vec(answer).map_err(io::Error::other)?;
        line.push(b'\n');
        timeout(PATIENCE, self.write.write_all(&line)).await.map_err(|_late| io::ErrorKind::TimedOut)?
    }

    async fn pass_on<E: From<IpcEvent>>(&mut self, events: &EventSender<E>, call: IpcEvent) -> io::Result<()> {
        events.send(call);
        self.send(&IpcResponse::Done).await
    }

    /// Runs the writes of a client of the bridge. A client that disconnects withdraws its unsent writes.
    async fn bridged(&mut self, writing: BoxFuture<'static, Option<String>>) -> io::Result<()> {
        let mut end = [0];
        let error = tokio::select! {
            error = writing => error,
            _left = self.read.read(&mut end) => return Ok(()),
        };
        self.send(&IpcResponse::Bridged(error)).await
    }

    /// Sends the home now and after each change, until the client leaves or the account is closed.
    async fn watch(&mut self, mut access: Access, render: fn(&DeviceTree) -> String) -> io::Result<()> {
        let mut sent: Option<Arc<DeviceTree>> = None;
        loop {
            let snapshot = access.snapshot();
            let is_new = sent.as_ref().is_none_or(|sent| *sent != snapshot.confirmed);
            if is_new {
                self.send(&home_of(&snapshot, render)).await?;
                sent = Some(Arc::clone(&snapshot.confirmed));
            }
            let mut end = [0];
            tokio::select! {
                changed = access.changed() => if !changed { return Ok(()) },
                // A watcher sends nothing more: a read means that it disconnected.
                _left = self.read.read(&mut end) => return Ok(()),
            }
        }
    }
}
