"""The life of the program on a desktop with a tray: icon, menu, launcher, second start, quit.

The panel is a real one (xfce4-panel); its clicks are made over D-Bus, as it makes them itself.
"""

import os
import signal
import subprocess
import time

from sitting import VITAL, accessibility, expect, run, wait_until, window
from processes import end  # noqa: E402
import tray
from tray_sitting import PATIENCE, TraySitting

# The debug build is larger than the one that people install, which is measured by the benchmark.
MOST_RESIDENT_KB = 60 * 1024
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
        served = [pid for pid in others if "simulate" not in open(f"/proc/{pid}/cmdline").read()]
        expect(served == [str(self.process.pid)], f"processes {served}")
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

    def wayland(self):
        """The same life where windows cannot be hidden or raised."""
        self.processes.start("weston", ["weston", "--backend=headless-backend.so", "--use-gl",
                                        "--socket=wl-setpoint", "--idle-time=0"])
        socket = os.path.join(os.environ["XDG_RUNTIME_DIR"], "wl-setpoint")
        wait_until("the compositor", lambda: os.path.exists(socket), PATIENCE)
        on_x11, self.environment = self.environment, {
            **self.environment, "WAYLAND_DISPLAY": "wl-setpoint", "SETPOINT_LOG": "info"}
        del self.environment["DISPLAY"]
        try:
            self.hide()
            for times in (1, 2):
                self.icon.choose("Open Setpoint")
                wait_until("the painted overview", lambda: self.painted() >= 1, PATIENCE)
                expect(self.is_running(), f"it ended when it was opened for the {times}. time")
            wait_until("a window at rest", lambda: self.ticks_within(2) <= 20, PATIENCE)
            self.quit()
        finally:
            self.environment = on_x11

    def painted(self):
        with open(self.processes.log("setpoint"), encoding="utf-8", errors="replace") as log:
            return log.read().count("the overview is painted")

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
            ("a change that was refused is told by the desktop", self.told),
            ("a second start opens the window of the first", self.second_start),
            ("closing asks, and the tray keeps the program", self.closing_asks),
            ("opened again and closed again without a question", self.opened_again),
            ("a click opens the launcher: a sentence is one write", self.launcher),
            ("keys of one's own choice open it and close it", self.hotkey),
            ("a link asks first, and declined it writes nothing", self.link),
            ("links that are not plainly right are refused", self.hostile_link),
            ("the panel crashes and comes back", self.panel_restarts),
            ("quit ends the process", self.quit),
            ("a signal to end: what settles is sent", self.flushed),
            ("on Wayland: opened from the menu, at rest, and ended", self.wayland),
            ("without a tray the window opens, and closing it ends the program", self.without_tray),
        ]


def has_watcher():
    bus = "org.freedesktop.DBus"
    return tray.call(bus, "/", bus, "NameHasOwner", tray.GLib.Variant("(s)", (tray.WATCHER,)))[0]


if __name__ == "__main__":
    run(TrayLife)
