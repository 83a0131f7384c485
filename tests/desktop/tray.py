"""The panel's side of the tray: its icons and menus over D-Bus, as a panel sees them."""

from gi.repository import Gio, GLib

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "/StatusNotifierItem"
MENU = "/MenuBar"


def call(name, path, interface, method, arguments):
    """One call on the session bus; its answer as plain values."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    answer = bus.call_sync(name, path, interface, method, arguments, None, 0, 5000, None)
    return answer.unpack()


def prop(name, path, interface, which):
    arguments = GLib.Variant("(ss)", (interface, which))
    return call(name, path, "org.freedesktop.DBus.Properties", "Get", arguments)[0]


def items():
    """The bus names of the icons that are registered."""
    registered = prop(WATCHER, "/StatusNotifierWatcher", WATCHER, "RegisteredStatusNotifierItems")
    return [item.split("/")[0] for item in registered]


def process_of(name):
    """The process behind a bus name."""
    bus = "org.freedesktop.DBus"
    return call(bus, "/", bus, "GetConnectionUnixProcessID", GLib.Variant("(s)", (name,)))[0]


class Icon:
    """The icon of one process."""

    def __init__(self, pid):
        self.name = next(name for name in items() if process_of(name) == pid)

    def tooltip(self):
        return prop(self.name, ITEM, "org.kde.StatusNotifierItem", "ToolTip")[2:]

    def pictures(self):
        """(width, height, bytes) of each picture."""
        return prop(self.name, ITEM, "org.kde.StatusNotifierItem", "IconPixmap")

    def click(self):
        self._at("Activate")

    def middle_click(self):
        self._at("SecondaryActivate")

    def _at(self, method):
        call(self.name, ITEM, "org.kde.StatusNotifierItem", method, GLib.Variant("(ii)", (0, 0)))

    def scroll(self, delta):
        arguments = GLib.Variant("(is)", (delta, "vertical"))
        call(self.name, ITEM, "org.kde.StatusNotifierItem", "Scroll", arguments)

    def entries(self):
        """(id, path of labels, properties) of every entry, however deep."""
        layout = call(self.name, MENU, "com.canonical.dbusmenu", "GetLayout",
                      GLib.Variant("(iias)", (0, -1, [])))[1]
        found = []

        def walk(node, path):
            number, properties, children = node
            here = path + [properties["label"]] if "label" in properties else path
            found.append((number, here, properties))
            for child in children:
                walk(child, here)

        walk(layout, [])
        return found

    def entry(self, *beginnings):
        """The one entry whose labels begin so, from the outermost to the innermost."""
        for number, path, properties in self.entries():
            if len(path) == len(beginnings) and all(
                    label.startswith(wanted) for label, wanted in zip(path, beginnings)):
                return number, properties
        raise LookupError(f"no entry {beginnings} among {[path for _, path, _ in self.entries()]}")

    def choose(self, *beginnings):
        self.choose_number(self.entry(*beginnings)[0])

    def choose_number(self, number):
        arguments = GLib.Variant("(isvu)", (number, "clicked", GLib.Variant("i", 0), 0))
        try:
            call(self.name, MENU, "com.canonical.dbusmenu", "Event", arguments)
        except GLib.Error as err:
            # Whoever is told to quit may be gone before the answer.
            if "NoReply" not in str(err):
                raise
