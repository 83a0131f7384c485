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
    """The id of the visible window with exactly this title that belongs to a process."""
    found = run("xdotool", "search", "--all", "--onlyvisible", "--pid", str(pid), "--name",
                f"^{title}$")
    return found.split()[0] if found.strip() else None


def close(window):
    """What the cross in the title bar does: asks; the program may do what it likes about it."""
    run("wmctrl", "-i", "-c", hex(int(window)))


def focus(window):
    """Brings the window to the front, so that the mouse reaches it."""
    run("xdotool", "windowactivate", "--sync", window)


def drag(start, finish, steps=24, pause=0.02):
    """Presses at one point of the screen, moves to another in small steps, and lets go."""
    run("xdotool", "mousemove", *map(str, map(round, start)))
    time.sleep(0.2)
    run("xdotool", "mousedown", "1")
    try:
        for step in range(1, steps + 1):
            point = (a + (b - a) * step / steps for a, b in zip(start, finish))
            run("xdotool", "mousemove", *(str(round(part)) for part in point))
            time.sleep(pause)
    finally:
        run("xdotool", "mouseup", "1")


def picture(path, window="root"):
    """Takes a picture of a window, or of the whole screen."""
    run("import", "-silent", "-window", window, path)
    return path


def is_drawn(path):
    """Whether a picture shows something: an empty window has one colour, or a few."""
    return int(run("identify", "-format", "%k", path).split()[0]) >= FEWEST_COLOURS
