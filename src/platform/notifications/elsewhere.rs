//! Platforms without a notification server: nothing is shown yet.

use std::marker::PhantomData;

use tokio::runtime::Handle;

use super::Notification;
use crate::platform::{EventSender, ProgramEvent};

/// Shows nothing.
pub struct Notifier<E>(PhantomData<E>);

impl<E: ProgramEvent> Notifier<E> {
    /// Does nothing.
    pub fn start(_runtime: &Handle, _events: EventSender<E>) -> Self {
        Self(PhantomData)
    }

    /// Does nothing.
    pub fn show(&self, _notification: Notification<E>) {}
}
