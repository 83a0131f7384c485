"""The program's window as the window manager and the mouse have it."""

import subprocess
import time

SECONDS = 15
FEWEST_COLOURS = 16


def run(*command):
    """What a tool of the X session says; an error when it fails or never ends."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def find(pid, title):
    """The id of the visible window of a process that has this title, or ends with it after a page's."""
    found = run("xdotool", "search", "--all", "--onlyvisible", "--pid", str(pid), "--name",
                f"(^|.* ){title}$")
    return found.split()[0] if found.strip() else None


def close(window):
    """What the cross in the title bar does: asks; the program may do what it likes about it."""
    run("wmctrl", "-i", "-c", hex(int(window)))


def focus(window):
    """Brings the window to the front, so that the mouse reaches it."""
    run("xdotool", "windowactivate", "--sync", window)


def drag(points, steps=4, pause=0.02):
    """Presses at the first point of the screen, moves to the others in small steps, lets go."""
    start = points[0]
    run("xdotool", "mousemove", *map(str, map(round, start)))
    time.sleep(0.2)
    run("xdotool", "mousedown", "1")
    try:
        for to in points[1:]:
            for step in range(1, steps + 1):
                point = (a + (b - a) * step / steps for a, b in zip(start, to))
                run("xdotool", "mousemove", *(str(round(part)) for part in point))
                time.sleep(pause)
            start = to
    finally:
        run("xdotool", "mouseup", "1")


def keys(*names):
    """Presses keys by their X names, such as Tab or ctrl+k, one after another."""
    run("xdotool", "key", "--clearmodifiers", "--delay", "30", *names)


def type_text(text):
    """Types a text."""
    run("xdotool", "type", "--clearmodifiers", "--delay", "30", text)


def place(window):
    """(x, y) of the window's contents on the screen."""
    return geometry(window, "X", "Y")


def size(window):
    """(width, height) of the window's contents."""
    return geometry(window, "WIDTH", "HEIGHT")


def geometry(window, *names):
    said = dict(line.split("=", 1) for line in run(
        "xdotool", "getwindowgeometry", "--shell", window).splitlines())
    return tuple(int(said[name]) for name in names)


def pixels(window):
    """What is drawn in a window: (width, height, rows of red, green and blue)."""
    done = subprocess.run(["import", "-silent", "-window", window, "-depth", "8", "ppm:-"],
                          capture_output=True, timeout=SECONDS, check=True)
    _, width, height, _, data = done.stdout.replace(b"\n", b" ", 3).split(b" ", 4)
    width, height = int(width), int(height)
    return width, height, [data[row * width * 3:(row + 1) * width * 3] for row in range(height)]


def picture(path, window="root"):
    """Takes a picture of a window, or of the whole screen."""
    run("import", "-silent", "-window", window, path)
    return path


def is_drawn(path):
    """Whether a picture shows something: an empty window has one colour, or a few."""
    return int(run("identify", "-format", "%k", path).split()[0]) >= FEWEST_COLOURS
