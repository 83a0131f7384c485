//! The bus of the desktop: that of the session, or one of a test.

use futures_util::StreamExt as _;
use zbus::{Connection, MessageStream};

#[cfg(test)]
pub(super) use private::PrivateBus;

/// A bus to connect to.
#[derive(Debug, Clone)]
pub(super) enum Bus {
    /// The session bus from the environment.
    Session,
    /// The bus of the whole system.
    System,
    /// The bus of a test.
    #[cfg(test)]
    Address(String),
}

impl Bus {
    /// Opens a separate connection.
    pub(super) async fn connect(&self) -> zbus::Result<Connection> {
        match self {
            Self::Session => Connection::session().await,
            Self::System => Connection::system().await,
            #[cfg(test)]
            Self::Address(address) => zbus::connection::Builder::address(address.as_str())?.build().await,
        }
    }

    /// Waits until the bus is gone, or was never there.
    pub(super) async fn gone(&self) {
        match self.connect().await {
            Ok(connection) => {
                let mut messages = MessageStream::from(connection);
                while let Some(Ok(_)) = messages.next().await {}
            }
            Err(err) => tracing::debug!(%err, "there is no session bus"),
        }
    }
}

#[cfg(test)]
mod private {
    use std::fs;
    use std::io::{BufRead as _, BufReader};
    use std::process::{Child, Command, Stdio};

    use zbus::Connection;

    use super::Bus;

    /// A bus without other clients and services. Dropping it kills it.
    pub(in crate::platform) struct PrivateBus {
        daemon: Child,
        address: String,
        _folder: tempfile::TempDir,
    }

    impl PrivateBus {
        /// Starts a bus; prints a line and returns `None` if none is available.
        pub(in crate::platform) fn start() -> Option<Self> {
            let folder = tempfile::tempdir().expect("a folder");
            let config = folder.path().join("bus.conf");
            let text = format!(
                "<busconfig><type>session</type><listen>unix:dir={}</listen><auth>EXTERNAL</auth>\
                 <policy context=\"default\"><allow send_destination=\"*\"/><allow eavesdrop=\"true\"/>\
                 <allow own=\"*\"/></policy></busconfig>",
                folder.path().display()
            );
            fs::write(&config, text).expect("written");
            let daemon = Command::new("dbus-daemon")
                .arg(format!("--config-file={}", config.display()))
                .args(["--print-address=1", "--nofork", "--nopidfile"])
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .spawn();
            let mut daemon = match daemon {
                Ok(daemon) => daemon,
                Err(err) => {
                    println!("skipped: dbus-daemon cannot be started ({err}); it is in Debian's package dbus");
                    return None;
                }
            };
            let mut address = String::new();
            BufReader::new(daemon.stdout.take().expect("piped")).read_line(&mut address).expect("its address");
            assert!(!address.trim().is_empty(), "dbus-daemon ended without saying its address");
            Some(Self { daemon, address: address.trim().to_owned(), _folder: folder })
        }

        /// The bus for the program.
        pub(in crate::platform) fn bus(&self) -> Bus {
            Bus::Address(self.address.clone())
        }

        /// A connection for the other side.
        pub(in crate::platform) async fn connect(&self) -> Connection {
            self.bus().connect().await.expect("connected")
        }
    }

    impl Drop for PrivateBus {
        fn drop(&mut self) {
            self.daemon.kill().ok();
            self.daemon.wait().ok();
        }
    }
}
