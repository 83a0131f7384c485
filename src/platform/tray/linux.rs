//! A `StatusNotifierItem` on the session bus, served by a separate thread.

use std::cmp::Ordering;

use ksni::blocking::{Handle, TrayMethods as _};
use ksni::menu::{CheckmarkItem, MenuItem, RadioGroup, RadioItem, StandardItem, SubMenu};
use ksni::{Category, OfflineReason, Orientation, Status, ToolTip};
use tokio::runtime::Handle as Runtime;
use tokio::task::AbortHandle;

use super::pixels;
use super::state::{MenuEntry, TrayIcon, TrayState};
use crate::platform::bus::Bus;
use crate::platform::{DesktopEvent, EventSender, ProgramEvent};

/// True if the tray needs the event loop of a window.
pub const NEEDS_WINDOW: bool = false;

/// An icon in the tray, or one that waits for the desktop's panel.
pub struct Tray<E: ProgramEvent> {
    handle: Handle<Item<E>>,
    watch: AbortHandle,
}

impl<E: ProgramEvent> Tray<E> {
    /// Registers the icon; `None` without a bus. [`DesktopEvent::Tray`] reports if a panel shows it, now and on each
    /// change.
    pub fn start(runtime: &Runtime, events: &EventSender<E>, tray_state: TrayState<E>) -> Option<Self> {
        let item = Item { tray_state, is_dark: true, events: events.clone() };
        // A sandbox may own only the names in its manifest.
        let is_sandboxed = std::path::Path::new("/.flatpak-info").exists();
        events.send(DesktopEvent::Tray(true));
        let spawned = item.assume_sni_available(true).disable_dbus_name(is_sandboxed).spawn();
        match spawned {
            Ok(handle) => {
                // The item is notified of panels that come and go, but not of the end of the bus.
                let events = events.clone();
                let watch = runtime.spawn(async move {
                    Bus::Session.gone().await;
                    tracing::warn!("the session bus is gone, and the tray with it");
                    events.send(DesktopEvent::Tray(false));
                });
                Some(Self { handle, watch: watch.abort_handle() })
            }
            Err(err) => {
                events.send(DesktopEvent::Tray(false));
                tracing::info!(%err, "there is no tray");
                None
            }
        }
    }

    /// Shows another state, on a dark or a light panel.
    pub fn show(&self, tray_state: TrayState<E>, is_dark: bool) {
        self.handle.update(|item| {
            item.tray_state = tray_state;
            item.is_dark = is_dark;
        });
    }
}

impl<E: ProgramEvent> Drop for Tray<E> {
    fn drop(&mut self) {
        self.watch.abort();
        self.handle.shutdown();
    }
}

struct Item<E> {
    tray_state: TrayState<E>,
    is_dark: bool,
    events: EventSender<E>,
}

impl<E: ProgramEvent> ksni::Tray for Item<E> {
    fn id(&self) -> String {
        "setpoint".to_owned()
    }

    fn category(&self) -> Category {
        Category::Hardware
    }

    fn title(&self) -> String {
        self.tray_state.title.clone()
    }

    fn status(&self) -> Status {
        match self.tray_state.icon {
            TrayIcon::Alarm | TrayIcon::SignIn => Status::NeedsAttention,
            TrayIcon::Offline | TrayIcon::Heating | TrayIcon::Cooling | TrayIcon::Eco | TrayIcon::Idle => {
                Status::Active
            }
        }
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        let icon = |picture: pixels::IconPixmap| {
            let side = i32::try_from(picture.side).unwrap_or_default();
            ksni::Icon { width: side, height: side, data: picture.argb }
        };
        pixels::pictures(self.tray_state.icon, self.is_dark).into_iter().map(icon).collect()
    }

    fn attention_icon_pixmap(&self) -> Vec<ksni::Icon> {
        self.icon_pixmap()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip {
            title: self.tray_state.title.clone(),
            description: self.tray_state.lines.join("\n"),
            ..ToolTip::default()
        }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        self.events.send(DesktopEvent::Launcher);
    }

    fn secondary_activate(&mut self, _x: i32, _y: i32) {
        self.events.send(DesktopEvent::Window);
    }

    fn scroll(&mut self, delta: i32, orientation: Orientation) {
        let Some(steps) = &self.tray_state.steps else { return };
        let step = match (orientation, delta.cmp(&0)) {
            (Orientation::Vertical, Ordering::Greater) => &steps.up,
            (Orientation::Vertical, Ordering::Less) => &steps.down,
            (Orientation::Vertical, Ordering::Equal) | (Orientation::Horizontal, _) => return,
        };
        if let Some(event) = step {
            self.events.send(event.clone());
        }
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        items(&self.tray_state.menu)
    }

    fn watcher_online(&self) {
        self.events.send(DesktopEvent::Tray(true));
    }

    fn watcher_offline(&self, reason: OfflineReason) -> bool {
        tracing::info!(?reason, "the tray is gone");
        self.events.send(DesktopEvent::Tray(false));
        // The panel may come back.
        true
    }
}

/// Underscores mark access keys in such menus; doubled they are literal.
fn label(text: &str) -> String {
    text.replace('_', "__")
}

/// The action of an entry.
type Activate<E> = Box<dyn Fn(&mut Item<E>) + Send>;

fn clicked<E: ProgramEvent>(event: Option<&E>) -> Activate<E> {
    let event = event.cloned();
    Box::new(move |item| {
        if let Some(event) = event.clone() {
            item.events.send(event);
        }
    })
}

fn items<E: ProgramEvent>(entries: &[MenuEntry<E>]) -> Vec<MenuItem<Item<E>>> {
    let item = |entry: &MenuEntry<E>| match entry {
        MenuEntry::Line => MenuItem::Separator,
        MenuEntry::Item { label: text, event } => StandardItem {
            label: label(text),
            enabled: event.is_some(),
            activate: clicked(event.as_ref()),
            ..StandardItem::default()
        }
        .into(),
        MenuEntry::Check { label: text, is_on, event } => CheckmarkItem {
            label: label(text),
            enabled: event.is_some(),
            checked: *is_on,
            activate: clicked(event.as_ref()),
            ..CheckmarkItem::default()
        }
        .into(),
        MenuEntry::Sub { label: text, entries } => {
            SubMenu { label: label(text), submenu: items(entries), ..SubMenu::default() }.into()
        }
        MenuEntry::Choice { chosen, options } => {
            let calls: Vec<Option<E>> = options.iter().map(|(_, event)| event.clone()).collect();
            RadioGroup {
                // No option is marked if the value is none of them.
                selected: chosen.unwrap_or(usize::MAX),
                select: Box::new(move |item: &mut Item<E>, index| {
                    if let Some(Some(event)) = calls.get(index) {
                        item.events.send(event.clone());
                    }
                }),
                options: options
                    .iter()
                    .map(|(text, event)| RadioItem {
                        label: label(text),
                        enabled: event.is_some(),
                        ..RadioItem::default()
                    })
                    .collect(),
            }
            .into()
        }
    };
    entries.iter().map(item).collect()
}
