# shellcheck shell=bash disable=SC2154 # who sources this sets out and top
# Where everything that belongs to the program goes on Linux. To be sourced by packaging/build,
# which has made $out/made: the program, its manual pages, completions and icons, the licences.

# The id of the program in software centres and on Flathub, which want one that belongs to an
# address; see assets/desktop/setpoint.metainfo.xml.
PUBLISHED_ID=example.setpoint.setpoint

# put_files PREFIX ZSH: everything under PREFIX; ZSH is the folder for zsh's completions.
put_files() {
    local share=$1/share made=$out/made page side
    local desktop=$top/assets/desktop icons=$share/icons/hicolor doc=$share/doc/setpoint
    install -D -m 755 "$made/setpoint" "$1/bin/setpoint"

    install -D -m 644 "$desktop/setpoint.desktop" "$share/applications/setpoint.desktop"
    install -D -m 644 "$desktop/setpoint.metainfo.xml" "$share/metainfo/$PUBLISHED_ID.metainfo.xml"
    install -D -m 644 "$desktop/setpoint.svg" "$icons/scalable/apps/setpoint.svg"
    install -D -m 644 "$desktop/setpoint-symbolic.svg" "$icons/symbolic/apps/setpoint-symbolic.svg"
    for side in 32 48 64 128 256; do
        install -D -m 644 "$made/icons/$side.png" "$icons/${side}x$side/apps/setpoint.png"
    done

    for page in "$made"/man/*.1; do
        pack "$page" "$share/man/man1/${page##*/}.gz"
    done
    install -D -m 644 "$made/completions/setpoint.bash" "$share/bash-completion/completions/setpoint"
    install -D -m 644 "$made/completions/_setpoint" "$share/zsh/$2/_setpoint"
    install -D -m 644 "$made/completions/setpoint.fish" "$share/fish/vendor_completions.d/setpoint.fish"

    install -D -m 644 -t "$doc" "$top/LICENSE-APACHE" "$top/LICENSE-MIT"
    install -D -m 644 "$made/completions/_setpoint.ps1" "$doc/examples/setpoint.ps1"
    pack "$made/third-party-licences" "$doc/third-party-licences.gz"
    pack "$top/CHANGELOG.md" "$doc/changelog.gz"
}

# Without a date and a name within, so that the same contents are the same file.
pack() {
    install -d -m 755 "$(dirname "$2")"
    gzip -9nc "$1" >"$2"
    chmod 644 "$2"
}

# What a window opens by name when the program starts (see PACKAGES_WINDOW), as an rpm asks for
# libraries.
window_libraries() {
    local library libraries=()
    for library in libGL.so.1 libEGL.so.1 libX11.so.6 libX11-xcb.so.1 libXcursor.so.1 libXi.so.6 \
        libxkbcommon.so.0 libxkbcommon-x11.so.0 libwayland-client.so.0 libwayland-egl.so.1 \
        libfontconfig.so.1; do
        libraries+=("$library()(64bit)")
    done
    printf '%s' "${libraries[*]}"
}
