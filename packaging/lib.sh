# shellcheck shell=bash disable=SC2034 # the lists are for those who source this
# What packaging/start and the tests share: the Debian packages each job needs, installing what
# is missing of them, and running things within a bounded time. To be sourced, not run.

# The checkout is to hold nothing that a run left behind.
export PYTHONDONTWRITEBYTECODE=1

# Building: a C compiler (the ring crate) and pkg-config (build scripts ask it where libraries are).
PACKAGES_BUILD=(gcc g++ libc6-dev pkg-config)

# The window. None of these is linked: winit, glutin and the font lookup open them by name when
# the program starts, so a missing one shows only then. X11 and Wayland both, since the session
# decides which is used.
PACKAGES_WINDOW_LIBRARIES=(
    libgl1 libegl1
    libx11-6 libx11-xcb1 libxcursor1 libxi6
    libxkbcommon0 libxkbcommon-x11-0
    libwayland-client0 libwayland-egl1
    libfontconfig1
)
# With what draws in software, and a typeface for scripts that the program's own lacks.
PACKAGES_WINDOW=("${PACKAGES_WINDOW_LIBRARIES[@]}" libgl1-mesa-dri fonts-dejavu-core)

# Any of these keeps the tokens.
PACKAGES_KEYRING=(gnome-keyring kwalletmanager keepassxc)

# A desktop session without a screen, see tests/desktop/session.sh.
PACKAGES_SESSION=(
    xvfb openbox wmctrl xdotool x11-xserver-utils imagemagick
    dbus gnome-keyring libsecret-tools
    at-spi2-core python3 python3-pyatspi gir1.2-atspi-2.0
    xfce4-panel xfconf dunst weston
)

# Packages of every kind, see packaging/build: dpkg-shlibdeps, rpmbuild, and what collects licences.
PACKAGES_PACKAGING=(dpkg-dev binutils rpm python3 git)

# What looks at packages in the tests: a fresh Debian to install them in, and one tool for every
# kind of file in them.
PACKAGES_INSPECTION=(
    mmdebstrap debian-archive-keyring xvfb
    desktop-file-utils appstream man-db groff-base mandoc zsh fish
)

# The tests beyond that: software Vulkan draws the pictures of egui_kittest, the rest drives the
# independent clients.
PACKAGES_TESTS=(mesa-vulkan-drivers xauth curl python3-venv shellcheck)

# What snippets are run with, see tests/snippets/run.
PACKAGES_SNIPPETS=(
    curl golang-go default-jdk-headless libokhttp-java libokio-java nodejs httpie
    python3 python3-requests python3-venv
)

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
die() {
    warn "$@"
    exit 1
}

# missing_packages PACKAGE...: those that are not installed, one a line.
missing_packages() {
    local package status
    for package in "$@"; do
        status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=
        [[ $status == installed ]] || printf '%s\n' "$package"
    done
}

# install_packages WHY PACKAGE...: installs what is missing. When nothing is, it changes nothing
# and needs no rights. Returns 1 when something stays missing; the caller decides what then.
install_packages() {
    local why=$1 missing
    shift
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        warn "This is no Debian or Ubuntu, so nothing is installed. Needed for $why are what" \
            "Debian calls: $*"
        return 1
    fi
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0

    say "Needed for $why and not installed: ${missing[*]}"
    local install=(apt-get install -y --no-install-recommends "${missing[@]}")
    if ((EUID == 0)); then
        apt_get "${missing[@]}"
    elif may_use_sudo "${install[@]}"; then
        apt_get "${missing[@]}"
    else
        warn "Not installed. To do it yourself:" "sudo ${install[*]}"
        return 1
    fi
}

# apt_get PACKAGE...: reads the package lists anew first (a fresh machine has none, an old one
# names versions that are gone), then installs. apt waits for its lock and for the network by
# itself; the limits are for when they never come.
apt_get() {
    local as_root=()
    ((EUID == 0)) || as_root=(sudo)
    local options=(-q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o Acquire::http::Timeout=60)
    "${as_root[@]}" timeout --foreground 600 apt-get "${options[@]}" update ||
        warn "The package lists could not be read anew; trying with those that are here."
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive timeout --foreground 1800 \
        apt-get "${options[@]}" install -y --no-install-recommends "$@" </dev/null || {
        warn "apt-get could not install: $*"
        return 1
    }
}

# may_use_sudo COMMAND...: asks the person at the terminal. Without one, or without sudo, no.
may_use_sudo() {
    local answer
    command -v sudo >/dev/null || return 1
    [[ -t 0 && -t 1 ]] || return 1
    say "This would be run now: sudo $*"
    read -r -p "Install them with sudo? [y/N] " answer || return 1
    [[ $answer == [yY]* ]]
}

# need_commands WHY COMMAND...: stops when one is not to be found, naming all of them at once.
need_commands() {
    local why=$1 command absent=()
    shift
    for command in "$@"; do
        command -v "$command" >/dev/null || absent+=("$command")
    done
    ((${#absent[@]} == 0)) || die "Cannot go on: $why needs ${absent[*]}."
}

# wait_for SECONDS COMMAND...: asks again and again until COMMAND succeeds; 1 when it never did.
wait_for() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || return 1
        sleep 0.1
    done
}

# run_bounded SECONDS COMMAND...: COMMAND's exit code, or 124 when its time was up. It runs in the
# background so that an interrupt reaches it and everything it started at once; when they have
# cleaned up, this script ends too.
run_bounded() {
    local seconds=$1 child code=0 stopped=''
    shift
    timeout --kill-after=30 "$seconds" "$@" </dev/null &
    child=$!
    # shellcheck disable=SC2064 # the process to end is this one
    trap "stopped=yes; kill -TERM $child 2>/dev/null || true" INT TERM HUP
    wait "$child" || code=$?
    # A signal ends the wait early, with the program still at its own cleaning up.
    while kill -0 "$child" 2>/dev/null; do
        code=0
        wait "$child" || code=$?
    done
    trap - INT TERM HUP
    [[ -z $stopped ]] || exit 143
    return "$code"
}

# use_cargo: finds cargo, also where rustup puts it before the first new login.
use_cargo() {
    command -v cargo >/dev/null || PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
    command -v cargo >/dev/null ||
        die "cargo is not here. Setpoint is built with Rust; https://rustup.rs tells how to get it."
}

# target_folder TOP: where cargo puts what it builds, from the checkout at TOP.
target_folder() {
    local folder=${CARGO_TARGET_DIR:-target}
    [[ $folder == /* ]] || folder=$1/$folder
    printf '%s\n' "$folder"
}
