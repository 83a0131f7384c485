//! The tray of Windows and macOS, by the `tray-icon` crate.
//!
//! The tray belongs to the thread and event loop of the windows. The window creates it once the loop runs, and
//! is hidden instead of closed while the program lives on.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::Handle as Runtime;
use tray_icon::menu::{CheckMenuItem, IsMenuItem, Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu};
use tray_icon::{Icon, MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};

use super::pixels;
use super::state::{MenuEntry, TrayState};
use crate::platform::{DesktopEvent, EventSender, ProgramEvent};

/// True if the tray needs the event loop of a window.
pub const NEEDS_WINDOW: bool = true;

/// An icon in the tray.
pub struct Tray<E: ProgramEvent> {
    icon: TrayIcon,
    menu_events: Arc<Mutex<MenuEvents<E>>>,
}

/// The events of the present menu's entries, by id.
struct MenuEvents<E> {
    /// Number of the menu: an event of an older one is ignored.
    menu: u64,
    list: Vec<E>,
}

impl<E: ProgramEvent> Tray<E> {
    /// Creates the icon; `None` if there is no tray.
    pub fn start(_runtime: &Runtime, events: &EventSender<E>, tray_state: TrayState<E>) -> Option<Self> {
        let menu_events = Arc::new(Mutex::new(MenuEvents::<E> { menu: 0, list: Vec::new() }));
        let (known, chosen) = (Arc::clone(&menu_events), events.clone());
        MenuEvent::set_event_handler(Some(move |event: MenuEvent| {
            let known = known.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(event) = known.find(event.id.as_ref()) {
                chosen.send(event.clone());
            }
        }));
        let clicked = events.clone();
        TrayIconEvent::set_event_handler(Some(move |event: TrayIconEvent| {
            if let TrayIconEvent::Click { button, button_state: MouseButtonState::Up, .. } = event {
                match button {
                    MouseButton::Left => clicked.send(DesktopEvent::Launcher),
                    MouseButton::Middle => clicked.send(DesktopEvent::Window),
                    // The system opens the menu.
                    MouseButton::Right => {}
                }
            }
        }));
        // On macOS every click opens the menu, as users expect there.
        let builder = TrayIconBuilder::new().with_menu_on_left_click(cfg!(target_os = "macos"));
        match builder.build() {
            Ok(icon) => {
                let tray = Self { icon, menu_events };
                tray.show(tray_state, true);
                events.send(DesktopEvent::Tray(true));
                Some(tray)
            }
            Err(err) => {
                tracing::warn!(%err, "there is no tray");
                None
            }
        }
    }

    /// Shows another state, on a dark or a light panel.
    #[expect(clippy::needless_pass_by_value, reason = "other platforms keep it")]
    pub fn show(&self, tray_state: TrayState<E>, is_dark: bool) {
        if let Some(icon) = icon(&tray_state, is_dark) {
            // macOS colours the shape of a template itself.
            let shown = if cfg!(target_os = "macos") {
                self.icon.set_icon_templated(Some(icon))
            } else {
                self.icon.set_icon(Some(icon))
            };
            if let Err(err) = shown {
                tracing::warn!(%err, "the tray's icon cannot be shown");
            }
        }
        let tooltip =
            std::iter::once(&tray_state.title).chain(&tray_state.lines).cloned().collect::<Vec<_>>().join("\n");
        if let Err(err) = self.icon.set_tooltip(Some(tooltip)) {
            tracing::debug!(%err, "the tray's tooltip cannot be shown");
        }
        let mut menu_events = self.menu_events.lock().unwrap_or_else(PoisonError::into_inner);
        *menu_events = MenuEvents { menu: menu_events.menu + 1, list: Vec::new() };
        let menu = Menu::new();
        for item in items(&tray_state.menu, &mut menu_events) {
            append(menu.append(&*item));
        }
        drop(menu_events);
        self.icon.set_menu(Some(Box::new(menu)));
    }
}

impl<E: ProgramEvent> MenuEvents<E> {
    /// Stores an event and returns its id.
    fn keep(&mut self, event: &E) -> String {
        self.list.push(event.clone());
        format!("{}-{}", self.menu, self.list.len() - 1)
    }

    fn find(&self, id: &str) -> Option<&E> {
        let (menu, index) = id.split_once('-')?;
        (menu.parse() == Ok(self.menu)).then(|| self.list.get(index.parse::<usize>().ok()?)).flatten()
    }
}

fn icon<E>(tray_state: &TrayState<E>, is_dark: bool) -> Option<Icon> {
    let picture = pixels::pictures(tray_state.icon, is_dark).pop()?;
    let rgba = picture.argb.chunks_exact(4).flat_map(|pixel| [pixel[1], pixel[2], pixel[3], pixel[0]]).collect();
    Icon::from_rgba(rgba, picture.side, picture.side).ok()
}

fn append(appended: Result<(), tray_icon::menu::Error>) {
    if let Err(err) = appended {
        tracing::warn!(%err, "an entry of the tray's menu cannot be shown");
    }
}

/// Ampersands mark access keys in such menus; doubled they are literal.
fn label(text: &str) -> String {
    text.replace('&', "&&")
}

fn items<E: ProgramEvent>(entries: &[MenuEntry<E>], menu_events: &mut MenuEvents<E>) -> Vec<Box<dyn IsMenuItem>> {
    let mut items: Vec<Box<dyn IsMenuItem>> = Vec::new();
    for entry in entries {
        match entry {
            MenuEntry::Line => items.push(Box::new(PredefinedMenuItem::separator())),
            MenuEntry::Item { label: text, event } => {
                let id = event.as_ref().map(|event| menu_events.keep(event)).unwrap_or_default();
                items.push(Box::new(MenuItem::with_id(id, label(text), event.is_some(), None)));
            }
            MenuEntry::Check { label: text, is_on, event } => {
                items.push(check(text, *is_on, event.as_ref(), menu_events))
            }
            MenuEntry::Choice { chosen, options } => {
                for (index, (text, event)) in options.iter().enumerate() {
                    items.push(check(text, *chosen == Some(index), event.as_ref(), menu_events));
                }
            }
            MenuEntry::Sub { label: text, entries } => {
                let sub = Submenu::new(label(text), true);
                for item in self::items(entries, menu_events) {
                    append(sub.append(&*item));
                }
                items.push(Box::new(sub));
            }
        }
    }
    items
}

fn check<E: ProgramEvent>(
    text: &str,
    is_on: bool,
    event: Option<&E>,
    menu_events: &mut MenuEvents<E>,
) -> Box<dyn IsMenuItem> {
    let id = event.map(|event| menu_events.keep(event)).unwrap_or_default();
    Box::new(CheckMenuItem::with_id(id, label(text), event.is_some(), is_on, None))
}
