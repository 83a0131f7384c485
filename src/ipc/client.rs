//! The client of the control socket: a later start of the program, or a command.

use std::io;
use std::path::Path;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, ReadHalf, WriteHalf, split};
use tokio::time::timeout;

use super::protocol::{IpcRequest, IpcResponse, LONGEST_LINE, PROTOCOL, RequestLine};
use super::{PeerError, transport};

/// The maximum wait for an answer that needs no service.
const PATIENCE: Duration = Duration::from_secs(5);
/// The maximum wait for a change, which takes as long as the service does.
const PATIENCE_FOR_WRITES: Duration = Duration::from_secs(40);

/// A connection to the running program.
pub struct Peer {
    read: BufReader<ReadHalf<transport::ClientStream>>,
    write: WriteHalf<transport::ClientStream>,
}

impl Peer {
    /// Connects to the program behind a socket.
    pub async fn reach(socket: &Path) -> Result<Self, PeerError> {
        let stream = match timeout(PATIENCE, transport::connect(socket)).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(_nobody)) => return Err(PeerError::Nobody),
            Err(_late) => return Err(PeerError::Odd("it took nobody in".to_owned())),
        };
        if transport::wrong_user(&stream).map_err(|err| PeerError::Odd(err.to_string()))?.is_some() {
            return Err(PeerError::WrongUser);
        }
        let (read, write) = split(stream);
        Ok(Self { read: BufReader::new(read), write })
    }

    /// Sends a question and waits for its answer.
    pub async fn ask(&mut self, ask: IpcRequest) -> Result<IpcResponse, PeerError> {
        let patience = if matches!(ask, IpcRequest::Set { .. } | IpcRequest::Bridged { .. }) {
            PATIENCE_FOR_WRITES
        } else {
            PATIENCE
        };
        self.send(ask).await?;
        match timeout(patience, self.next()).await {
            Ok(Ok(Some(answer))) => Ok(answer),
            Ok(Ok(None)) => Err(PeerError::Unanswered("it closed the line".to_owned())),
            Ok(Err(PeerError::Odd(why))) => Err(PeerError::Unanswered(why)),
            Ok(Err(err)) => Err(err),
            Err(_late) => Err(PeerError::Unanswered("it took too long".to_owned())),
        }
    }

    /// Sends a question with several answers; see [`Peer::next`].
    pub async fn send(&mut self, ask: IpcRequest) -> Result<(), PeerError> {
        let odd = |err: String| PeerError::Odd(err);
        let mut line = serde_json::to_vec(&RequestLine { protocol: PROTOCOL, ask })
            .map_err(|err| PeerError::Odd(err.to_string()))?;
        line.push(b'\n');
        let sent = timeout(PATIENCE, self.write.write_all(&line)).await;
        sent.map_err(|_late| odd("it does not listen".to_owned()))?.map_err(|err| odd(err.to_string()))
    }

    /// Waits for the next answer; `None` after the connection is closed.
    pub async fn next(&mut self) -> Result<Option<IpcResponse>, PeerError> {
        let mut line = Vec::new();
        let mut bounded = (&mut self.read).take(LONGEST_LINE as u64);
        let read: io::Result<usize> = bounded.read_until(b'\n', &mut line).await;
        match read {
            Ok(0) => Ok(None),
            Ok(_) => serde_json::from_slice(&line).map(Some).map_err(|err| PeerError::Odd(err.to_string())),
            Err(err) => Err(PeerError::Odd(err.to_string())),
        }
    }
}
