//! Pointer and monitors from the X server, over a separate short connection.

use x11rb::connection::Connection as _;
use x11rb::cookie::Cookie;
use x11rb::errors::ReplyError;
use x11rb::protocol::randr::{ConnectionExt as _, MonitorInfo};
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, GetPropertyReply, Window};
use x11rb::resource_manager::new_from_default;
use x11rb::rust_connection::RustConnection;

use super::Monitor;
use crate::platform::is_x11;

/// The dots per inch at which a point is a pixel.
const PLAIN_DPI: f32 = 96.0;
/// Most virtual desktops that are read.
const MOST_DESKTOPS: u32 = 64;
const SCALES: std::ops::RangeInclusive<f32> = 0.5..=8.0;

/// The monitor with the pointer; `None` on Wayland, or if the server does not answer.
pub fn with_pointer() -> Option<Monitor> {
    if !is_x11() {
        return None;
    }
    on_display(None)
}

/// The monitors without their panels and docks, the primary one first; empty on Wayland, where the compositor
/// limits and places windows.
pub fn work_areas() -> Vec<Monitor> {
    if !is_x11() {
        return Vec::new();
    }
    work_areas_of(None)
}

fn work_areas_of(display: Option<&str>) -> Vec<Monitor> {
    let Ok((connection, screen)) = x11rb::connect(display) else { return Vec::new() };
    let root = connection.setup().roots.get(screen).map(|screen| screen.root);
    root.and_then(|root| ask_for_areas(&connection, root).ok()).unwrap_or_default()
}

fn ask_for_areas(connection: &RustConnection, root: Window) -> Result<Vec<Monitor>, ReplyError> {
    let names = [&b"_NET_WORKAREA"[..], b"_NET_CURRENT_DESKTOP"].map(|name| connection.intern_atom(true, name));
    let monitors = connection.randr_get_monitors(root, true)?;
    let [areas, desktop] = names;
    let (areas, desktop) = (areas?.reply()?.atom, desktop?.reply()?.atom);
    let property = |atom| connection.get_property(false, root, atom, AtomEnum::CARDINAL, 0, 4 * MOST_DESKTOPS);
    let (areas, desktop) = (property(areas)?, property(desktop)?);
    let numbers = |cookie: Cookie<'_, RustConnection, GetPropertyReply>| -> Vec<u32> {
        // A window manager may not set the property.
        cookie.reply().ok().and_then(|reply| Some(reply.value32()?.collect())).unwrap_or_default()
    };
    let (areas, desktop) = (numbers(areas), numbers(desktop).first().copied().unwrap_or_default());
    let area = areas.chunks_exact(4).nth(usize::try_from(desktop).unwrap_or_default()).or(areas.chunks_exact(4).next());
    let scale = scale(connection);
    let mut monitors = monitors.reply()?.monitors;
    monitors.sort_by_key(|monitor| !monitor.primary);
    let whole =
        |it: &MonitorInfo| Monitor { left: it.x.into(), top: it.y.into(), width: it.width, height: it.height, scale };
    Ok(monitors.iter().map(|it| area.and_then(|area| whole(it).within(area)).unwrap_or(whole(it))).collect())
}

impl Monitor {
    /// The part inside a work area of the desktop, given as left, top, width and height. `None` if the area does not
    /// touch the monitor: some window managers give that of one monitor only.
    fn within(self, area: &[u32]) -> Option<Self> {
        let &[left, top, width, height] = area else { return None };
        let part = |start: i32, length: u16, from: u32, extent: u32| {
            let (from, extent) = (i32::try_from(from).ok()?, i32::try_from(extent).ok()?);
            let first = start.max(from);
            let last = (start + i32::from(length)).min(from.checked_add(extent)?);
            Some((first, u16::try_from(last - first).ok().filter(|length| *length > 0)?))
        };
        let (left, width) = part(self.left, self.width, left, width)?;
        let (top, height) = part(self.top, self.height, top, height)?;
        Some(Self { left, top, width, height, ..self })
    }
}

fn on_display(display: Option<&str>) -> Option<Monitor> {
    let (connection, screen) = x11rb::connect(display)
        .inspect_err(|err| tracing::debug!(%err, "the X server does not say where the pointer is"))
        .ok()?;
    let root = connection.setup().roots.get(screen)?.root;
    ask(&connection, root)
        .inspect_err(|err| tracing::debug!(%err, "the X server does not say which monitor has the pointer"))
        .ok()
        .flatten()
}

fn ask(connection: &RustConnection, root: Window) -> Result<Option<Monitor>, ReplyError> {
    // Send both requests before waiting for the first reply.
    let pointer = connection.query_pointer(root)?;
    let monitors = connection.randr_get_monitors(root, true)?;
    let pointer = pointer.reply()?;
    let scale = scale(connection);
    let monitors = monitors.reply()?.monitors;
    let found = monitors
        .iter()
        .map(|it| Monitor { left: i32::from(it.x), top: i32::from(it.y), width: it.width, height: it.height, scale })
        .find(|monitor| monitor.holds(pointer.root_x, pointer.root_y));
    Ok(found)
}

/// The scale of the desktop. If it is set in another way, the first frame corrects the place of the window.
fn scale(connection: &RustConnection) -> f32 {
    let dpi = new_from_default(connection).ok().and_then(|database| {
        let dpi = database.get_string("Xft.dpi", "Xft.Dpi")?.parse::<f32>().ok()?;
        dpi.is_finite().then_some(dpi)
    });
    dpi.map_or(1.0, |dpi| (dpi / PLAIN_DPI).clamp(*SCALES.start(), *SCALES.end()))
}

#[cfg(test)]
mod tests {
    use x11rb::protocol::xproto::PropMode;
    use x11rb::wrapper::ConnectionExt as _;

    use super::*;
    use crate::platform::x_server::XServer;

    fn split_in_two(connection: &RustConnection, root: Window) {
        for (name, x) in [("left", 0), ("right", 160)] {
            let name = connection.intern_atom(false, name.as_bytes()).expect("asked").reply().expect("a name").atom;
            let monitor = MonitorInfo {
                name,
                primary: x == 0,
                automatic: false,
                x,
                y: 0,
                width: 160,
                height: 240,
                width_in_millimeters: 40,
                height_in_millimeters: 60,
                outputs: Vec::new(),
            };
            connection.randr_set_monitor(root, monitor).expect("asked").check().expect("set");
        }
    }

    fn point_at(connection: &RustConnection, root: Window, x: i16) {
        connection.warp_pointer(x11rb::NONE, root, 0, 0, 0, 0, x, 100).expect("asked").check().expect("warped");
    }

    #[test]
    fn the_monitor_is_the_one_with_the_pointer() {
        let Some(server) = XServer::start() else { return };
        let display = Some(server.display.as_str());
        let (connection, screen) = x11rb::connect(display).expect("a server");
        let root = connection.setup().roots[screen].root;
        split_in_two(&connection, root);
        let half = |left| Monitor { left, top: 0, width: 160, height: 240, scale: 1.0 };
        point_at(&connection, root, 20);
        assert_eq!(on_display(display), Some(half(0)));
        point_at(&connection, root, 200);
        assert_eq!(on_display(display), Some(half(160)));
    }

    #[test]
    fn the_scale_is_that_of_the_desktop() {
        let Some(server) = XServer::start() else { return };
        let display = Some(server.display.as_str());
        let (connection, screen) = x11rb::connect(display).expect("a server");
        let root = connection.setup().roots[screen].root;
        for (told, expected) in [("Xft.dpi:\t144\n", 1.5), ("Xft.dpi:\tmany\n", 1.0), ("Xft.dpi:\t0\n", 0.5)] {
            let done = connection.change_property8(
                PropMode::REPLACE,
                root,
                AtomEnum::RESOURCE_MANAGER,
                AtomEnum::STRING,
                told.as_bytes(),
            );
            done.expect("asked").check().expect("set");
            assert_eq!(on_display(display).map(|it| it.scale), Some(expected), "{told}");
        }
    }

    #[test]
    fn a_work_area_leaves_out_the_panels() {
        let Some(server) = XServer::start() else { return };
        let display = Some(server.display.as_str());
        let (connection, screen) = x11rb::connect(display).expect("a server");
        let root = connection.setup().roots[screen].root;
        let area = |left, top, width, height| Monitor { left, top, width, height, scale: 1.0 };
        assert_eq!(work_areas_of(display), [area(0, 0, 320, 240)], "no window manager tells");
        split_in_two(&connection, root);
        let set = |name: &[u8], values: &[u32]| {
            let atom = connection.intern_atom(false, name).expect("asked").reply().expect("a name").atom;
            let done = connection.change_property32(PropMode::REPLACE, root, atom, AtomEnum::CARDINAL, values);
            done.expect("asked").check().expect("set");
        };
        // The server keeps its own monitor behind the two.
        let first_two = || work_areas_of(display).into_iter().take(2).collect::<Vec<_>>();
        set(b"_NET_WORKAREA", &[0, 0, 320, 240, 0, 20, 300, 220]);
        set(b"_NET_CURRENT_DESKTOP", &[1]);
        assert_eq!(first_two(), [area(0, 20, 160, 220), area(160, 20, 140, 220)]);
        // An area that misses a monitor, and nonsense, leave the whole of it.
        set(b"_NET_WORKAREA", &[0, 20, 100, 220]);
        assert_eq!(first_two(), [area(0, 20, 100, 220), area(160, 0, 160, 240)]);
        set(b"_NET_WORKAREA", &[u32::MAX, 1, 2, 3, 4]);
        assert_eq!(first_two(), [area(0, 0, 160, 240), area(160, 0, 160, 240)]);
    }

    #[test]
    fn without_a_server_there_is_no_monitor() {
        assert_eq!(on_display(Some(":4711")), None);
        assert_eq!(work_areas_of(Some(":4711")), []);
    }
}
