//! Pointer and monitors from the X server, over a separate short connection.

use x11rb::connection::Connection as _;
use x11rb::errors::ReplyError;
use x11rb::protocol::randr::ConnectionExt as _;
use x11rb::protocol::xproto::{ConnectionExt as _, Window};
use x11rb::resource_manager::new_from_default;
use x11rb::rust_connection::RustConnection;

use super::Monitor;
use crate::platform::is_x11;

/// The dots per inch at which a point is a pixel.
const PLAIN_DPI: f32 = 96.0;
const SCALES: std::ops::RangeInclusive<f32> = 0.5..=8.0;

/// The monitor with the pointer; `None` on Wayland, or if the server does not answer.
pub fn with_pointer() -> Option<Monitor> {
    if !is_x11() {
        return None;
    }
    on_display(None)
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
    use x11rb::protocol::randr::MonitorInfo;
    use x11rb::protocol::xproto::{AtomEnum, PropMode};
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
    fn without_a_server_there_is_no_monitor() {
        assert_eq!(on_display(Some(":4711")), None);
    }
}
