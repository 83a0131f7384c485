"""The life of the program on a desktop with a tray: icon, menu, launcher, second start, quit.

The panel is a real one (xfce4-panel); its clicks are made over D-Bus, as it makes them itself.
"""

import os
import signal
import subprocess
import time

from sitting import VITAL, accessibility, expect, run, wait_until, window
from processes import end  # noqa: E402
from service import Service  # noqa: E402
import tray
from tray_sitting import PATIENCE, TraySitting

# The debug build is larger than the one that people install, which is measured by the benchmark.
MOST_RESIDENT_KB = 60 * 1024
LAUNCHER = (520, 460)
PALETTE = "Type a command"
GRAPHICS = ("libGL", "libEGL", "libgallium", "swrast")


class TrayLife(TraySitting):
    """A program that lives in the tray."""

    TARGET = "target_temperature_c"

    def start(self):
        self.start_desktop()
        self.processes.start("dunst", ["dunst"])
        self.prefer('hotkey = "Ctrl+Alt+N"')

    # Steps

    def light(self):
        expect(not self.title_shown(), "there is a window")
        with open(f"/proc/{self.process.pid}/maps", encoding="utf-8") as maps:
            loaded = [name for name in GRAPHICS if name in maps.read()]
        expect(not loaded, f"loaded without a window: {loaded}")
        resident = int(self.status("VmRSS"))
        print(f"      resident without a window: {resident / 1024:.1f} MiB", flush=True)
        expect(resident < MOST_RESIDENT_KB, f"{resident} KB resident")

    def says(self):
        title, lines = self.icon.tooltip()
        expect("Hallway" in lines and title, f"the tooltip says {title!r}, {lines!r}")
        expect(len(self.icon.pictures()) >= 3, "fewer than three sizes of the picture")
        window.picture(self.path("panel.png"))

    def one_write(self):
        held = self.held()
        self.icon.choose("Hallway", "Warmer")
        self.wrote(f"/devices/thermostats/{self.device}", {self.TARGET: held + 0.5})
        wait_until("the service's value", lambda: self.held() == held + 0.5)
        self.wrote_no_more()

    def held(self):
        return self.service.read(f"devices/thermostats/{self.device}/{self.TARGET}")

    def wheel_off(self):
        for delta in (1, -1, 120):
            self.icon.scroll(delta)
        # What is not asked for cannot be waited for; the next expected write shows whether it came.

    def taken_back(self):
        held = self.held()
        wait_until("the entry to undo it", lambda: self.icon.entry("Undo: Hallway"))
        self.icon.choose("Undo: Hallway")
        self.wrote(f"/devices/thermostats/{self.device}", {self.TARGET: held - 0.5})
        wait_until("the service's value", lambda: self.held() == held - 0.5)

    def no_such_entry(self):
        try:
            self.icon.choose_number(987654)
        except tray.GLib.Error as err:
            expect("InvalidArgs" in str(err), str(err))
        expect(self.icon.tooltip(), "the tray does not answer any more")
        expect(self.is_running(), "it ended")

    def command_line(self):
        done = self.command("set", "hallway", "target", "22")
        expect(done.returncode == 0, f"{done.returncode}: {done.stderr}")
        self.wrote(f"/devices/thermostats/{self.device}", {self.TARGET: 22.0})
        # It went through the running program: its menu offers to take it back.
        wait_until("the entry to undo it", lambda: self.icon.entry("Undo: Hallway"))
        expect("Hallway" in self.command("status").stdout, "the status is silent about the hallway")

    def bridged(self):
        """An old client writes through the engine of the running program."""
        _, ready = self.processes.start_server(
            "serve", [self.binary, "serve", "--listen", "127.0.0.1:0"], env=self.environment)
        expect(ready["through_running_program"], "the bridge opened a session of its own")
        self.bridge = Service(ready["url"], ready["token"])
        self.write_by_the_bridge(21.5)
        wait_until("the entry to undo it", lambda: self.icon.entry("Undo: Hallway"))
        status, text = self.bridge.exchange("PUT", f"devices/thermostats/{self.device}", {self.TARGET: 99})
        expect(status == 400, f"{status}: {text}")
        self.wrote_no_more()

    def bridged_alone(self):
        """The program has ended, and the old client finds another way to the same home."""
        wait_until("the bridge by itself", lambda: self.bridge_answers(20.0), PATIENCE)
        self.wrote(f"/devices/thermostats/{self.device}", {self.TARGET: 20.0})
        self.wrote_no_more()

    def write_by_the_bridge(self, target):
        expect(self.bridge_answers(target), "the bridge did not take it")
        self.wrote(f"/devices/thermostats/{self.device}", {self.TARGET: target})
        path = f"devices/thermostats/{self.device}/{self.TARGET}"
        wait_until("the value at the bridge", lambda: self.bridge.read(path) == target)

    def bridge_answers(self, target):
        status, _ = self.bridge.exchange("PUT", f"devices/thermostats/{self.device}", {self.TARGET: target})
        return status == 200

    def told(self):
        """What was refused while nobody looked is told by the notification server."""
        done = self.command("set", "hallway", "target", "99")
        expect(done.returncode == 3, f"{done.returncode}: {done.stderr}")
        wait_until("the notification", lambda: window.run("dunstctl", "count", "displayed").strip() == "1")
        window.picture(self.path("notification.png"))
        window.run("dunstctl", "close-all")
        history = window.run("dunstctl", "history")
        expect("Hallway: Target temperature was not set" in history, history)
        self.wrote_no_more()

    def second_start(self):
        second = self.command()
        expect(second.returncode == 0, f"{second.returncode}: {second.stderr}")
        self.window = wait_until("the window", self.title_shown, PATIENCE)
        self.seen = accessibility.Program(self.process)
        self.seen.appear()
        others = subprocess.run(["pgrep", "-f", f"^{self.binary}( |$)"], capture_output=True, text=True,
                                check=False).stdout.split()
        def is_window(pid):
            with open(f"/proc/{pid}/cmdline", encoding="utf-8") as words:
                return not {"simulate", "serve"} & set(words.read().split("\0"))
        windows = [pid for pid in others if is_window(pid)]
        expect(windows == [str(self.process.pid)], f"processes {windows}")
        self.picture("window")

    def closing_asks(self):
        window.close(self.window)
        stay = wait_until("the question", lambda: self.seen.button("Keep it in the tray"))
        self.picture("closing")
        accessibility.press(stay)
        wait_until("the end of the window", lambda: not self.title_shown())
        expect(self.is_running(), "the program ended")

    def opened_again(self):
        self.icon.middle_click()
        self.window = wait_until("the window", self.title_shown, PATIENCE)
        window.close(self.window)
        wait_until("the end of the window", lambda: not self.title_shown())
        expect(self.is_running(), "the program ended")

    def launcher(self):
        self.icon.click()
        shown = wait_until("the launcher", lambda: self.title_shown("Setpoint launcher"), PATIENCE)
        wait_until("its focus", lambda: window.run("xdotool", "getwindowfocus").strip() == shown)
        window.picture(self.path("launcher.png"))
        window.type_text("hallway 20.5")
        window.keys("Return")
        self.wrote(f"/devices/thermostats/{self.device}", {self.TARGET: 20.5})
        window.keys("Escape")
        wait_until("its end", lambda: not self.title_shown("Setpoint launcher"))
        expect(self.is_running(), "the program ended")

    def hotkey(self):
        window.keys("ctrl+alt+n")
        shown = wait_until("the launcher", lambda: self.title_shown("Setpoint launcher"), PATIENCE)
        wait_until("its focus", lambda: window.run("xdotool", "getwindowfocus").strip() == shown)
        time.sleep(0.9)  # sooner it would be the key repeating itself
        window.keys("ctrl+alt+n")
        wait_until("its end", lambda: not self.title_shown("Setpoint launcher"))
        expect(self.is_running(), "the program ended")

    def link(self):
        done = self.command("open", "setpoint://thermostat/hallway?target=28")
        expect(done.returncode == 0, f"{done.returncode}: {done.stderr}")
        self.window = wait_until("the window", self.title_shown, PATIENCE)
        self.seen = accessibility.Program(self.process)
        self.seen.appear()
        cancel = wait_until("the question", lambda: self.seen.button("Cancel"))
        self.picture("link")
        accessibility.press(cancel)
        wait_until("its end", lambda: not self.seen.button("Apply"))
        window.close(self.window)
        wait_until("the end of the window", lambda: not self.title_shown())
        self.wrote_no_more()

    def hostile_link(self):
        for link in ("setpoint://thermostat/hallway#x", "https://example.org", "setpoint://x/y"):
            expect(self.command("open", link).returncode == 2, f"{link} was taken")

    def panel_restarts(self):
        end(self.panel)
        wait_until("the end of the tray", lambda: not has_watcher())
        expect(self.is_running(), "the program ended with the panel")
        self.panel = self.start_panel()
        self.icon = wait_until("the icon", lambda: tray.Icon(self.process.pid), PATIENCE)
        self.live()

    def flushed(self):
        """What still settles is sent when the session ends."""
        self.hide()
        held = self.held()
        self.icon.choose("Hallway", "Warmer")
        self.process.send_signal(signal.SIGTERM)
        self.wrote(f"/devices/thermostats/{self.device}", {self.TARGET: held + 0.5})
        self.ended()

    def two_monitors(self):
        """The launcher opens on the monitor with the pointer, whichever that is."""
        screen = window.run("xdotool", "getdisplaygeometry").split()
        half, height = int(screen[0]) // 2, int(screen[1])
        for name, left in (("left", 0), ("right", half)):
            window.run("xrandr", "--setmonitor", name, f"{half}/200x{height}/200+{left}+0", "none")
        try:
            for pointer in (half + half // 2, half // 2, half + 5):
                window.run("xdotool", "mousemove", str(pointer), str(height - 100))
                time.sleep(0.9)  # sooner it would be the key repeating itself
                window.keys("ctrl+alt+n")
                shown = wait_until("the launcher", lambda: self.title_shown("Setpoint launcher"), PATIENCE)
                wait_until("its focus", lambda: window.run("xdotool", "getwindowfocus").strip() == shown)
                left, top = window.place(shown)
                if pointer > half:
                    window.picture(self.path("launcher-right-monitor.png"))
                window.keys("Escape")
                wait_until("its end", lambda: not self.title_shown("Setpoint launcher"))
                wanted = (pointer // half * half + (half - LAUNCHER[0]) // 2, (height - LAUNCHER[1]) // 3)
                off = max(abs(left - wanted[0]), abs(top - wanted[1]))
                expect(off <= 2, f"pointer at {pointer}: the launcher is at {left}, {top}, not at {wanted}")
        finally:
            for name in ("left", "right"):
                window.run("xrandr", "--delmonitor", name)

    def start_wayland(self):
        self.processes.start("weston", ["weston", "--backend=headless-backend.so", "--use-gl",
                                        "--socket=wl-setpoint", "--idle-time=0"])
        socket = os.path.join(os.environ["XDG_RUNTIME_DIR"], "wl-setpoint")
        wait_until("the compositor", lambda: os.path.exists(socket), PATIENCE)
        self.environment = {**self.environment, "WAYLAND_DISPLAY": "wl-setpoint", "SETPOINT_LOG": "info"}
        self.environment.pop("DISPLAY")
        self.hide()
        self.light()

    def opened_on_wayland(self):
        """A middle click opens the window, the menu only brings it forward; then it is at rest."""
        painted = self.painted()
        self.icon.middle_click()
        wait_until("the painted overview", lambda: self.painted() > painted, PATIENCE)
        self.icon.choose("Open Setpoint")
        self.seen = accessibility.Program(self.process)
        self.seen.appear()
        wait_until("a window at rest", lambda: self.ticks_within(2) <= 20, PATIENCE)
        expect(self.is_running(), "it ended")

    def closed_on_wayland(self):
        """No window manager here closes a window for a test, so its own command does."""
        accessibility.press(wait_until("the field of commands", lambda: self.seen.button(PALETTE)))
        # Without a seat nothing has the focus.
        field = wait_until("its text", lambda: self.seen.find(accessibility.pyatspi.ROLE_ENTRY))
        accessibility.set_text(field, "close the window")
        # The rows of before are still there for a moment, and pressing one of them does nothing.
        status = accessibility.pyatspi.ROLE_STATUS_BAR
        wait_until("the list for it", lambda: self.seen.find(status, "Close the window, 1 of 1"))
        def row():
            # What has just opened may not yet say what can be done to it.
            found = self.seen.find(accessibility.pyatspi.ROLE_LIST_ITEM, "Close the window")
            return found if found and accessibility.can_be_pressed(found) else None
        accessibility.press(wait_until("the command", row))
        wait_until("the end of the window", lambda: not self.seen.find(accessibility.pyatspi.ROLE_FRAME))
        expect(self.is_running(), "the program ended with its window")
        self.live()

    def launcher_on_wayland(self):
        self.icon.click()
        wait_until("the launcher", lambda: "launcher painted" in self.log(), PATIENCE)
        self.icon.click()
        self.live()
        expect(self.is_running(), "the program ended with the launcher")

    def quit_on_wayland(self):
        try:
            self.quit()
        finally:
            self.environment["DISPLAY"] = os.environ["DISPLAY"]
            del self.environment["WAYLAND_DISPLAY"]

    def painted(self):
        return self.log().count("overview painted")

    def log(self):
        with open(self.processes.log("setpoint"), encoding="utf-8", errors="replace") as log:
            return log.read()

    def ticks_within(self, seconds):
        """Hundredths of a second of processor time that the program takes within a time."""
        def ticks():
            with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as stat:
                return sum(map(int, stat.read().rsplit(")", 1)[1].split()[11:13]))
        before = ticks()
        time.sleep(seconds)
        return ticks() - before

    def without_tray(self):
        end(self.panel)
        wait_until("the end of the tray", lambda: not has_watcher())
        self.process = self.processes.start("setpoint", [self.binary, "--hidden"], env=self.environment)
        self.window = wait_until("the window in place of the tray", self.title_shown, PATIENCE)
        self.seen = accessibility.Program(self.process)
        self.seen.appear()
        wait_until("the reason", lambda: self.seen.button("Dismiss: This desktop shows no tray"))
        self.picture("no-tray")
        window.close(self.window)
        leave = wait_until("the question", lambda: self.seen.button("Quit"))
        accessibility.press(leave)
        self.ended()

    def steps(self):
        """The checks, in their order."""
        return [
            ("the simulated home, the recorder and the panel start", self.start, VITAL),
            ("started hidden, the icon is on the panel", self.hide, VITAL),
            ("there is no window and no graphics, and little memory", self.light),
            ("icon and tooltip say what the heating does", self.says),
            ("an entry of the menu: one write", self.one_write),
            ("the wheel over the icon does nothing unless it is switched on", self.wheel_off),
            ("the menu takes the change back", self.taken_back),
            ("an event for an entry that is gone does nothing", self.no_such_entry),
            ("a command uses the running program", self.command_line),
            ("an old client, through the bridge, uses the running program", self.bridged),
            ("a change that was refused is told by the desktop", self.told),
            ("a second start opens the window of the first", self.second_start),
            ("closing asks, and the tray keeps the program", self.closing_asks),
            ("opened again and closed again without a question", self.opened_again),
            ("a click opens the launcher: a sentence is one write", self.launcher),
            ("keys of one's own choice open it and close it", self.hotkey),
            ("with two monitors it opens on the one with the pointer", self.two_monitors),
            ("a link asks first, and declined it writes nothing", self.link),
            ("links that are not plainly right are refused", self.hostile_link),
            ("the panel crashes and comes back", self.panel_restarts),
            ("quit ends the process", self.quit),
            ("the bridge goes on alone", self.bridged_alone),
            ("a signal to end: what settles is sent", self.flushed),
            ("on Wayland: started hidden, no graphics, and little memory", self.start_wayland, VITAL),
            ("on Wayland: an entry of the menu is one write", self.one_write),
            ("on Wayland: a click opens the window, which is at rest", self.opened_on_wayland),
            ("on Wayland: closed, the tray keeps the program", self.closed_on_wayland),
            ("on Wayland: the menu still is one write", self.one_write),
            ("on Wayland: a click opens the window again", self.opened_on_wayland),
            ("on Wayland: closed again", self.closed_on_wayland),
            ("on Wayland: a click opens the launcher, another closes it", self.launcher_on_wayland),
            ("on Wayland: quit ends the process", self.quit_on_wayland),
            ("without a tray the window opens, and closing it ends the program", self.without_tray),
        ]


def has_watcher():
    bus = "org.freedesktop.DBus"
    return tray.call(bus, "/", bus, "NameHasOwner", tray.GLib.Variant("(s)", (tray.WATCHER,)))[0]


if __name__ == "__main__":
    run(TrayLife)
