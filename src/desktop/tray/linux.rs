//! A `StatusNotifierItem` on the session bus, served by a separate thread.

use std::cmp::Ordering;

use ksni::blocking::{Handle, TrayMethods as _};
use ksni::menu::{CheckmarkItem, MenuItem, RadioGroup, RadioItem, StandardItem, SubMenu};
use ksni::{Category, OfflineReason, Orientation, Status, ToolTip};
use tokio::runtime::Handle as Runtime;
use tokio::task::AbortHandle;

use super::face::{Face, Sign};
use super::menu::Entry;
use super::pixels;
use crate::desktop::bus::Bus;
use crate::desktop::{Call, Caller};

/// An icon in the tray, or one that waits for the desktop's panel.
pub struct Tray {
    handle: Handle<Item>,
    watch: AbortHandle,
}

impl Tray {
    /// True if the tray needs the event loop of a window.
    pub const NEEDS_WINDOW: bool = false;

    /// Registers the icon; `None` without a bus. [`Call::Tray`] reports if a panel shows it, now and on each
    /// change.
    pub fn start(runtime: &Runtime, caller: &Caller, face: Face) -> Option<Self> {
        let item = Item { face, is_dark: true, caller: caller.clone() };
        // A sandbox may own only the names in its manifest.
        let is_sandboxed = std::path::Path::new("/.flatpak-info").exists();
        caller.call(Call::Tray(true));
        let spawned = item.assume_sni_available(true).disable_dbus_name(is_sandboxed).spawn();
        match spawned {
            Ok(handle) => {
                // The item is notified of panels that come and go, but not of the end of the bus.
                let caller = caller.clone();
                let watch = runtime.spawn(async move {
                    Bus::Session.gone().await;
                    tracing::warn!("the session bus is gone, and the tray with it");
                    caller.call(Call::Tray(false));
                });
                Some(Self { handle, watch: watch.abort_handle() })
            }
            Err(err) => {
                caller.call(Call::Tray(false));
                tracing::info!(%err, "there is no tray");
                None
            }
        }
    }

    /// Shows another state, on a dark or a light panel.
    pub fn show(&self, face: Face, is_dark: bool) {
        self.handle.update(|item| {
            item.face = face;
            item.is_dark = is_dark;
        });
    }
}

impl Drop for Tray {
    fn drop(&mut self) {
        self.watch.abort();
        self.handle.shutdown();
    }
}

struct Item {
    face: Face,
    is_dark: bool,
    caller: Caller,
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "setpoint".to_owned()
    }

    fn category(&self) -> Category {
        Category::Hardware
    }

    fn title(&self) -> String {
        self.face.title.clone()
    }

    fn status(&self) -> Status {
        match self.face.sign {
            Sign::Alarm | Sign::SignIn => Status::NeedsAttention,
            Sign::Offline | Sign::Heating | Sign::Cooling | Sign::Eco | Sign::Idle => Status::Active,
        }
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        let icon = |picture: pixels::Picture| {
            let side = i32::try_from(picture.side).unwrap_or_default();
            ksni::Icon { width: side, height: side, data: picture.argb }
        };
        pixels::pictures(self.face.sign, self.is_dark).into_iter().map(icon).collect()
    }

    fn attention_icon_pixmap(&self) -> Vec<ksni::Icon> {
        self.icon_pixmap()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip { title: self.face.title.clone(), description: self.face.lines.join("\n"), ..ToolTip::default() }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        self.caller.call(Call::Launcher);
    }

    fn secondary_activate(&mut self, _x: i32, _y: i32) {
        self.caller.call(Call::Open(None));
    }

    fn scroll(&mut self, delta: i32, orientation: Orientation) {
        let Some(steps) = &self.face.steps else { return };
        let step = match (orientation, delta.cmp(&0)) {
            (Orientation::Vertical, Ordering::Greater) => &steps.up,
            (Orientation::Vertical, Ordering::Less) => &steps.down,
            (Orientation::Vertical, Ordering::Equal) | (Orientation::Horizontal, _) => return,
        };
        if let Some(request) = step {
            self.caller.call(Call::Ask(request.clone()));
        }
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        items(&self.face.menu)
    }

    fn watcher_online(&self) {
        self.caller.call(Call::Tray(true));
    }

    fn watcher_offline(&self, reason: OfflineReason) -> bool {
        tracing::info!(?reason, "the tray is gone");
        self.caller.call(Call::Tray(false));
        // The panel may come back.
        true
    }
}

/// Underscores mark access keys in such menus; doubled they are literal.
fn label(text: &str) -> String {
    text.replace('_', "__")
}

fn clicked(call: Option<&Call>) -> Box<dyn Fn(&mut Item) + Send> {
    let call = call.cloned();
    Box::new(move |item| {
        if let Some(call) = call.clone() {
            item.caller.call(call);
        }
    })
}

fn items(entries: &[Entry]) -> Vec<MenuItem<Item>> {
    let item = |entry: &Entry| match entry {
        Entry::Line => MenuItem::Separator,
        Entry::Item { label: text, call } => StandardItem {
            label: label(text),
            enabled: call.is_some(),
            activate: clicked(call.as_ref()),
            ..StandardItem::default()
        }
        .into(),
        Entry::Check { label: text, is_on, call } => CheckmarkItem {
            label: label(text),
            enabled: call.is_some(),
            checked: *is_on,
            activate: clicked(call.as_ref()),
            ..CheckmarkItem::default()
        }
        .into(),
        Entry::Sub { label: text, entries } => {
            SubMenu { label: label(text), submenu: items(entries), ..SubMenu::default() }.into()
        }
        Entry::Choice { chosen, options } => {
            let calls: Vec<Option<Call>> = options.iter().map(|(_, call)| call.clone()).collect();
            RadioGroup {
                // No option is marked if the value is none of them.
                selected: chosen.unwrap_or(usize::MAX),
                select: Box::new(move |item: &mut Item, index| {
                    if let Some(Some(call)) = calls.get(index) {
                        item.caller.call(call.clone());
                    }
                }),
                options: options
                    .iter()
                    .map(|(text, call)| RadioItem {
                        label: label(text),
                        enabled: call.is_some(),
                        ..RadioItem::default()
                    })
                    .collect(),
            }
            .into()
        }
    };
    entries.iter().map(item).collect()
}
