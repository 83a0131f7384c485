//! A key grab at the X server, held by a thread that sleeps until a key event.
//!
//! The available crates poll the server, which wakes an idle machine and delays a press; this thread is woken by
//! the server.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use x11rb::connection::Connection as _;
use x11rb::errors::{ReplyError, ReplyOrIdError};
use x11rb::protocol::xproto::{
    CLIENT_MESSAGE_EVENT, ClientMessageData, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask,
    GrabMode, Keycode, ModMask, Window, WindowClass,
};
use x11rb::protocol::{ErrorKind, Event};
use x11rb::rust_connection::RustConnection;

use super::HotkeyStatus;
use super::platform::Reporter;
use crate::accounts::settings::Combination;
use crate::platform::{DesktopEvent, EventSender, ProgramEvent};

/// The maximum interval of key repeats, including the first one: 660 ms is usual.
const REPEAT: Duration = Duration::from_millis(700);

/// Every state of Caps Lock and Num Lock, which must not affect the keys.
const LOCKS: [u16; 4] = [0, 1 << 1, 1 << 4, (1 << 1) | (1 << 4)];

/// Follows the requests until their sender is gone. `display` is that of a test.
pub(super) async fn follow<E: ProgramEvent>(
    display: Option<String>,
    mut requests: watch::Receiver<Option<Combination>>,
    events: EventSender<E>,
    reporter: Reporter,
) {
    let mut held: Option<Grab> = None;
    loop {
        let requested = *requests.borrow_and_update();
        if let Some(grab) = held.take() {
            grab.end();
        }
        match requested {
            None => reporter.report(HotkeyStatus::Off),
            Some(keys) => {
                let (display, events, reporter) = (display.clone(), events.clone(), reporter.clone());
                let begun = tokio::task::spawn_blocking(move || {
                    let grab = Grab::begin(display.as_deref(), keys, events, reporter.clone());
                    match &grab {
                        Ok(_) => reporter.report(HotkeyStatus::Held { keys: None }),
                        Err(GrabError::Taken) => reporter.report(HotkeyStatus::Denied),
                        Err(err) => {
                            tracing::warn!(%err, "the hotkey of the launcher is unavailable");
                            reporter.report(HotkeyStatus::Unavailable);
                        }
                    }
                    grab.ok()
                });
                held = begun.await.ok().flatten();
            }
        }
        if requests.changed().await.is_err() {
            break;
        }
    }
    if let Some(grab) = held {
        grab.end();
    }
}

/// The reason why a grab failed.
#[derive(Debug, thiserror::Error)]
enum GrabError {
    /// Another program has the keys.
    #[error("another program has the keys")]
    Taken,
    /// This keyboard has no such key.
    #[error("the keyboard has no such key")]
    NoSuchKey,
    /// The server is unreachable or refused.
    #[error("the X server: {0}")]
    Server(String),
}

impl From<ReplyError> for GrabError {
    fn from(err: ReplyError) -> Self {
        match err {
            ReplyError::X11Error(err) if err.error_kind == ErrorKind::Access => Self::Taken,
            ReplyError::X11Error(err) => Self::Server(format!("{:?}", err.error_kind)),
            ReplyError::ConnectionError(err) => Self::Server(err.to_string()),
        }
    }
}

impl From<x11rb::errors::ConnectionError> for GrabError {
    fn from(err: x11rb::errors::ConnectionError) -> Self {
        Self::Server(err.to_string())
    }
}

/// A key grab.
struct Grab {
    connection: Arc<RustConnection>,
    /// An unmapped window; an event to it wakes the thread.
    mailbox: Window,
}

impl Grab {
    fn begin<E: ProgramEvent>(
        display: Option<&str>,
        keys: Combination,
        events: EventSender<E>,
        reporter: Reporter,
    ) -> Result<Self, GrabError> {
        let server = |err: &dyn std::fmt::Display| GrabError::Server(err.to_string());
        let (connection, screen) = x11rb::connect(display).map_err(|err| server(&err))?;
        let root = connection.setup().roots.get(screen).ok_or(GrabError::NoSuchKey)?.root;
        grab(&connection, root, keys)?;
        let mailbox = mailbox(&connection, root).map_err(|err| server(&err))?;
        let connection = Arc::new(connection);
        let ours = Arc::clone(&connection);
        let thread = std::thread::Builder::new().name("setpoint-hotkey".to_owned());
        let listening = move || {
            if let Err(err) = listen(&ours, root, keys, mailbox, &events, &reporter) {
                tracing::warn!(%err, "the hotkey of the launcher was lost");
                reporter.report(HotkeyStatus::Unavailable);
            }
        };
        thread.spawn(listening).map_err(|err| server(&err))?;
        Ok(Self { connection, mailbox })
    }

    /// Ends the thread and with its connection the grab.
    fn end(self) {
        let message = ClientMessageEvent {
            response_type: CLIENT_MESSAGE_EVENT,
            format: 32,
            sequence: 0,
            window: self.mailbox,
            type_: u32::from(x11rb::protocol::xproto::AtomEnum::INTEGER),
            data: ClientMessageData::from([0_u32; 5]),
        };
        let sent = self.connection.send_event(false, self.mailbox, EventMask::NO_EVENT, message);
        if let Err(err) = sent.map_err(drop).and_then(|_cookie| self.connection.flush().map_err(drop)) {
            tracing::debug!(?err, "the X server is gone, and the grab with it");
        }
    }
}

fn mailbox(connection: &RustConnection, root: Window) -> Result<Window, ReplyOrIdError> {
    let window = connection.generate_id()?;
    let aux = CreateWindowAux::new();
    connection.create_window(0, window, root, 0, 0, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &aux)?.check()?;
    Ok(window)
}

fn grab(connection: &RustConnection, root: Window, keys: Combination) -> Result<Keycode, GrabError> {
    let code = keycode(connection, keys.key.keysym())?.ok_or(GrabError::NoSuchKey)?;
    for locks in LOCKS {
        let mask = ModMask::from(held_mask(keys) | locks);
        connection.grab_key(false, root, mask, code, GrabMode::ASYNC, GrabMode::ASYNC)?.check()?;
    }
    Ok(code)
}

fn held_mask(keys: Combination) -> u16 {
    let held = keys.held;
    let bits = [(held.shift, 0), (held.ctrl, 2), (held.alt, 3), (held.logo, 6)];
    bits.into_iter().filter(|(is_held, _)| *is_held).fold(0, |mask, (_, bit)| mask | (1 << bit))
}

/// The keycode of a keysym on the present keyboard.
fn keycode(connection: &RustConnection, keysym: u32) -> Result<Option<Keycode>, GrabError> {
    let setup = connection.setup();
    let (first, last) = (setup.min_keycode, setup.max_keycode);
    let mapping = connection.get_keyboard_mapping(first, last - first + 1)?.reply()?;
    let per_key = usize::from(mapping.keysyms_per_keycode.max(1));
    // On a keyboard of another script the letters are in a later column.
    let at = mapping.keysyms.chunks(per_key).position(|of_key| of_key.contains(&keysym));
    Ok(at.and_then(|at| u8::try_from(at).ok()).and_then(|at| first.checked_add(at)))
}

fn listen<E: ProgramEvent>(
    connection: &RustConnection,
    root: Window,
    keys: Combination,
    mailbox: Window,
    events: &EventSender<E>,
    reporter: &Reporter,
) -> Result<(), GrabError> {
    let mut last: Option<Instant> = None;
    let mut is_held = true;
    loop {
        let event = connection.wait_for_event()?;
        if let Event::KeyPress(_) = event {
            // The launcher needs the keyboard, which the grab holds until the key is released.
            connection.ungrab_keyboard(x11rb::CURRENT_TIME)?;
            connection.flush()?;
            let now = Instant::now();
            if last.replace(now).is_none_or(|last| now.duration_since(last) > REPEAT) {
                events.send(DesktopEvent::Launcher);
            }
        } else if let Event::MappingNotify(_) = event {
            // After a change of the keyboard the key may have another code.
            connection.ungrab_key(0, root, ModMask::ANY)?;
            match grab(connection, root, keys) {
                Ok(_) if is_held => {}
                Ok(_) => {
                    is_held = true;
                    reporter.report(HotkeyStatus::Held { keys: None });
                }
                // A change of the keyboard sends several events; the next one may have the key.
                Err(err @ (GrabError::Taken | GrabError::NoSuchKey)) => {
                    tracing::warn!(%err, "the hotkey of the launcher was lost with the keyboard");
                    is_held = false;
                    let is_taken = matches!(err, GrabError::Taken);
                    reporter.report(if is_taken { HotkeyStatus::Denied } else { HotkeyStatus::Unavailable });
                }
                Err(err @ GrabError::Server(_)) => return Err(err),
            }
        } else if let Event::ClientMessage(message) = event
            && message.window == mailbox
        {
            return Ok(());
        }
    }
}
