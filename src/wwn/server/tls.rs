//! The server behind a certificate, for clients on other machines.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ConfigBuilder, ServerConfig, WantsVerifier};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// A client that does not finish its greeting by then is not waited for.
const GREETING: Duration = Duration::from_secs(10);
/// So many greetings may be under way; more wait at the door.
const GREETINGS: usize = 64;

/// A certificate with its key.
#[derive(Clone)]
pub struct Certificate(Arc<ServerConfig>);

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Certificate")
    }
}

/// Why a certificate cannot be used. Each says which file.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The file cannot be read.
    #[error("{} cannot be read: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: String,
    },
    /// It holds no certificate.
    #[error("{} holds no certificate in PEM form", .0.display())]
    NoCertificate(PathBuf),
    /// The two do not go together, or are of a kind that is too old.
    #[error("certificate and key cannot be used: {0}")]
    Unusable(String),
}

impl Certificate {
    /// Reads a certificate, with those that vouch for it after it, and its key; both as PEM.
    pub fn read(certificate: &Path, key: &Path) -> Result<Self, CertificateError> {
        let unreadable = |path: &Path, error: String| CertificateError::Unreadable { path: path.to_owned(), error };
        let chain = CertificateDer::pem_file_iter(certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|err| unreadable(certificate, err.to_string()))?;
        if chain.is_empty() {
            return Err(CertificateError::NoCertificate(certificate.to_owned()));
        }
        let key = PrivateKeyDer::from_pem_file(key).map_err(|err| unreadable(key, err.to_string()))?;
        let config = builder().and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key));
        let mut config = config.map_err(|err| CertificateError::Unusable(err.to_string()))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(Arc::new(config)))
    }
}

fn builder() -> Result<ConfigBuilder<ServerConfig, WantsVerifier>, rustls::Error> {
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
}

/// Greets clients aside, so that one which takes its time keeps nobody waiting.
pub(super) struct TlsListener {
    greeted: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
    accepting: AbortHandle,
}

impl TlsListener {
    pub(super) fn new(listener: TcpListener, Certificate(config): Certificate) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (sender, greeted) = mpsc::channel(GREETINGS);
        let acceptor = TlsAcceptor::from(config);
        let accepting = tokio::spawn(accept(listener, acceptor, sender)).abort_handle();
        Ok(Self { greeted, address, accepting })
    }
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(
    mut listener: TcpListener,
    acceptor: TlsAcceptor,
    greeted: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    let places = Arc::new(tokio::sync::Semaphore::new(GREETINGS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        // This one waits and tries again when the machine is out of file handles.
        let (stream, peer) = Listener::accept(&mut listener).await;
        stream.set_nodelay(true).ok();
        let (acceptor, greeted) = (acceptor.clone(), greeted.clone());
        tokio::spawn(async move {
            match tokio::time::timeout(GREETING, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => drop(greeted.send((stream, peer)).await),
                Ok(Err(err)) => tracing::debug!(%err, "a client did not agree on encryption"),
                Err(_late) => tracing::debug!("a client did not finish its greeting"),
            }
            drop(place);
        });
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.greeted.recv().await {
            Some(client) => client,
            // Nobody comes any more; the server ends by being told to.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}
