# shellcheck shell=bash
# A desktop session of its own on a virtual screen: a home folder, a D-Bus session, an X server,
# a window manager, the accessibility bus and an unlocked keyring. Nothing of the person's own
# session is seen or touched. To be sourced after packaging/lib.sh.
#
#   session_run FOLDER SECONDS SCRIPT...   outside: runs SCRIPT with the home and the bus
#   session_start LOGS                     in SCRIPT: starts the rest, ended when SCRIPT ends

# Folders are short on purpose: the name of a Unix socket has at most 107 bytes.
session_folder() { mktemp -d "${TMPDIR:-/tmp}/setpoint-XXXXXX"; }

session_run() {
    local folder=$1 seconds=$2
    shift 2
    mkdir -m 700 "$folder/home" "$folder/run"
    # The XDG folders lie under HOME when unset. What names the person's own screen, bus or
    # account is taken away, so that a mistake cannot reach it.
    # The bus tells its small worries on standard error; SCRIPT gets the real one back.
    run_bounded "$seconds" env \
        -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u XDG_CACHE_HOME -u XDG_STATE_HOME \
        -u DISPLAY -u XAUTHORITY -u WAYLAND_DISPLAY -u WAYLAND_SOCKET -u XDG_SESSION_TYPE \
        -u DBUS_SESSION_BUS_ADDRESS -u AT_SPI_BUS_ADDRESS -u NO_AT_BRIDGE \
        -u GNOME_KEYRING_CONTROL -u SSH_AUTH_SOCK -u SETPOINT_URL -u SETPOINT_TOKEN \
        -u http_proxy -u HTTP_PROXY -u all_proxy -u ALL_PROXY \
        HOME="$folder/home" XDG_RUNTIME_DIR="$folder/run" LC_ALL=C.UTF-8 TZ=UTC \
        LIBGL_ALWAYS_SOFTWARE=1 \
        dbus-run-session -- "$@" 9>&2 2>"$folder/bus.log"
}

SESSION_LOGS=
SESSION_PIDS=()

session_start() {
    SESSION_LOGS=$1
    exec 2>&9 9>&-
    mkdir -p "$SESSION_LOGS"
    trap session_end EXIT
    trap 'exit 143' INT TERM HUP
    session_screen
    session_windows
    session_accessibility
    session_keyring
}

# Ends what was started, the last first, so that nobody loses what it still talks to.
session_end() {
    local index pid
    for ((index = ${#SESSION_PIDS[@]} - 1; index >= 0; index--)); do
        pid=${SESSION_PIDS[index]}
        kill -TERM "$pid" 2>/dev/null || continue
        wait_for 5 session_gone "$pid" || kill -KILL "$pid" 2>/dev/null || true
    done
    SESSION_PIDS=()
}

# Ended, or ended and only not yet waited for.
session_gone() {
    [[ ! -e /proc/$1/status ]] || grep -q '^State:[[:space:]]*Z' "/proc/$1/status"
}

# session_background NAME COMMAND...: its output goes to a file of that name. The input is named
# because the shell would otherwise give a background command an empty one.
session_background() {
    local name=$1
    shift
    "$@" <&0 >"$SESSION_LOGS/$name.log" 2>&1 &
    SESSION_PIDS+=($!)
}

session_failed() {
    warn "The desktop session did not come up: $1. What it said:"
    tail -n 20 "$SESSION_LOGS/$2.log" >&2 || true
    exit 1
}

# The X server picks a free display number itself and tells it.
session_screen() {
    local number=$SESSION_LOGS/display
    : >"$number"
    session_background xvfb \
        Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp -noreset 3>"$number"
    wait_for 20 grep -q . "$number" || session_failed "no X server" xvfb
    DISPLAY=":$(<"$number")"
    export DISPLAY
    # What the bus starts on demand is to find the screen too.
    dbus-update-activation-environment DISPLAY
}

session_windows() {
    session_background openbox openbox --sm-disable
    wait_for 20 wmctrl -m || session_failed "no window manager" openbox
}

# Programs ask once, when they start, whether somebody listens: this has to be on before.
session_accessibility() {
    session_background accessibility "$(session_accessibility_launcher)" --launch-immediately
    wait_for 20 session_has_name org.a11y.Bus || session_failed "no accessibility bus" accessibility
    local property
    for property in IsEnabled ScreenReaderEnabled; do
        dbus-send --session --print-reply --reply-timeout=5000 --dest=org.a11y.Bus /org/a11y/bus \
            org.freedesktop.DBus.Properties.Set string:org.a11y.Status \
            "string:$property" variant:boolean:true >/dev/null
    done
}

# This desktop has no panel, and the program need not say so each time its window is closed.
session_without_tray() {
    mkdir -p "$HOME/.config/setpoint"
    echo 'knows_of_no_tray = true' >"$HOME/.config/setpoint/settings.toml"
}

session_accessibility_launcher() {
    local place
    for place in /usr/libexec /usr/lib/at-spi2-core /usr/lib; do
        [[ ! -x $place/at-spi-bus-launcher ]] || { printf '%s\n' "$place/at-spi-bus-launcher" && return; }
    done
    printf 'at-spi-bus-launcher\n'
}

# Unlocked before anybody asks for a secret: the bus would start a locked one that waits for a
# person. The password guards an empty keyring in a folder that is thrown away.
session_keyring() {
    session_background keyring \
        gnome-keyring-daemon --foreground --unlock --components=secrets < <(printf setpoint)
    wait_for 20 session_has_name org.freedesktop.secrets || session_failed "no keyring" keyring
}

session_has_name() {
    dbus-send --session --print-reply --reply-timeout=2000 --dest=org.freedesktop.DBus / \
        org.freedesktop.DBus.NameHasOwner "string:$1" | grep -q 'boolean true'
}
