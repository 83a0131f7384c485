//! The wake of the computer from sleep, as logind tells it: `PrepareForSleep(false)` on the system bus.
//!
//! Without logind, other platforms and containers included, nothing is told. The automation notices a sleep by itself
//! then, within half a minute, because it looks at the clock.

use super::{DesktopEvent, EventSender};

/// Follows logind on a runtime, and sends [`DesktopEvent::Awake`] after each sleep.
#[cfg(all(unix, not(target_os = "macos")))]
pub fn follow<E: From<DesktopEvent> + Send + 'static>(runtime: &tokio::runtime::Handle, events: EventSender<E>) {
    use super::bus::Bus;
    runtime.spawn(async move {
        if let Err(err) = logind::follow(&Bus::System, &events).await {
            tracing::debug!(%err, "the end of a sleep is not told");
        }
    });
}

/// Not implemented for this platform.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub fn follow<E: From<DesktopEvent> + Send + 'static>(_runtime: &tokio::runtime::Handle, _events: EventSender<E>) {}

#[cfg(all(unix, not(target_os = "macos")))]
mod logind {
    use futures_util::StreamExt as _;
    use zbus::Proxy;
    use zbus::proxy::CacheProperties;

    use super::super::bus::Bus;
    use super::{DesktopEvent, EventSender};

    const NAME: &str = "org.freedesktop.login1";
    const PATH: &str = "/org/freedesktop/login1";
    const INTERFACE: &str = "org.freedesktop.login1.Manager";

    /// Follows the signal until the bus is gone. A logind that starts later sends it too.
    pub(super) async fn follow<E: From<DesktopEvent>>(bus: &Bus, events: &EventSender<E>) -> zbus::Result<()> {
        let connection = bus.connect().await?;
        let proxy = zbus::proxy::Builder::<'_, Proxy<'_>>::new(&connection)
            .destination(NAME)?
            .path(PATH)?
            .interface(INTERFACE)?
            .cache_properties(CacheProperties::No)
            .build()
            .await?;
        let mut signals = proxy.receive_signal("PrepareForSleep").await?;
        while let Some(signal) = signals.next().await {
            if matches!(signal.body().deserialize::<bool>(), Ok(false)) {
                tracing::info!("the computer woke up");
                events.send(DesktopEvent::Awake);
            }
        }
        Ok(())
    }

    #[cfg(test)]
    mod tests {
        use std::time::Duration;

        use super::*;
        use crate::platform::bus::PrivateBus;

        #[tokio::test]
        async fn a_wake_is_told_and_the_begin_of_a_sleep_is_not() {
            let Some(private) = PrivateBus::start() else { return };
            let (events, received) = EventSender::<DesktopEvent>::channel();
            let bus = private.bus();
            let task = tokio::spawn(async move { follow(&bus, &events).await });
            let logind = private.connect().await;
            logind.request_name(NAME).await.expect("a name");
            let mut heard = Vec::new();
            for _ in 0..100 {
                for is_asleep in [true, false] {
                    logind
                        .emit_signal(None::<&str>, PATH, INTERFACE, "PrepareForSleep", &(is_asleep,))
                        .await
                        .expect("sent");
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
                heard.extend(received.try_iter());
                if !heard.is_empty() {
                    break;
                }
            }
            assert_eq!(heard, [DesktopEvent::Awake]);
            task.abort();
        }
    }
}
