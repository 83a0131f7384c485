//! Generates the files that packages contain beside the program: manual pages and shell completions, made from
//! the commands and options themselves, and the icon as pictures. Usage: `cargo run --example pages -- FOLDER`.
//! The program does not contain the generator.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use image::ImageEncoder as _;
use setpoint::cli;
use setpoint::platform::identity;

/// The sections after the options in the manual page of the program, in roff.
const SECTIONS: &str = r#".SH ENVIRONMENT
.TP
\fBSETPOINT_URL\fR, \fBSETPOINT_TOKEN\fR
Name a Works with Nest server for the window and for any command, instead of the accounts.
.TP
\fBSETPOINT_PASSPHRASE\fR
Opens the sealed file with tokens, where one is used.
.TP
\fBSETPOINT_CLIENT_SECRET\fR
The secret of the OAuth client for
.BR setpoint\-auth\-login (1).
.TP
\fBSETPOINT_LOG\fR
How much is said on standard error: error, warn, info or debug.
.SH FILES
.TP
.I ~/.config/setpoint/settings.toml
The settings.
.TP
.I ~/.local/share/setpoint/accounts/
Unsent changes, the activity log and the presets of each account.
.TP
.I ~/.config/autostart/setpoint.desktop
Starts the program with the desktop, where the settings say so.
.PP
Tokens are kept by the keyring of the desktop.
.SH "EXIT STATUS"
.TP
.B 0
Done.
.TP
.B 2
The arguments are not understood.
.TP
.B 3
The change was refused; the reason is on standard error.
.TP
.B 4
Somebody has to sign in.
.TP
.B 5
The service cannot be reached.
.SH EXAMPLES
.TP
.B setpoint status
Every home and device.
.TP
.B setpoint set hallway target 21.5
Also 70F, +1 or \-0.5.
.TP
.B setpoint set \(dqall eco\(dq
A sentence; a line is printed for each write.
.TP
.B setpoint set maple away away
Nobody is at home.
.TP
.B setpoint simulate \-\-home house
A simulated home behind a server, for other clients too.
"#;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        writeln!(io::stderr(), "Usage: cargo run --example pages -- FOLDER").ok();
        return ExitCode::from(2);
    };
    let made = manual_pages(&folder.join("man"))
        .and_then(|()| completions(&folder.join("completions")))
        .and_then(|()| icons(&folder.join("icons")));
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            writeln!(io::stderr(), "{}: {err}", folder.display()).ok();
            ExitCode::FAILURE
        }
    }
}

fn manual_pages(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut program = cli::definition().disable_help_subcommand(true);
    program.build();
    page(folder, program, "setpoint", "")
}

/// Writes the page of a command, and of each of its subcommands.
fn page(folder: &Path, command: Command, name: &str, above: &str) -> io::Result<()> {
    let below: Vec<Command> = command.get_subcommands().cloned().collect();
    let mut command = command.display_name(name.to_owned()).bin_name(name.replace('-', " "));
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let man = Man::new(command.override_usage(usage.to_owned()))
        .title(name.to_uppercase())
        .date(date())
        .source(concat!("setpoint ", env!("CARGO_PKG_VERSION")))
        .manual("Setpoint");
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if !below.is_empty() {
        man.render_subcommands_section(&mut text)?;
    }
    if above.is_empty() {
        text.write_all(SECTIONS.as_bytes())?;
    } else {
        let above = above.replace('-', "\\-");
        writeln!(text, ".SH \"SEE ALSO\"\n.BR {above} (1)")?;
    }
    fs::write(folder.join(format!("{name}.1")), text)?;
    for command in below {
        let below = format!("{name}-{}", command.get_name());
        page(folder, command, &below, name)?;
    }
    Ok(())
}

/// The day of `SOURCE_DATE_EPOCH`, which reproducible builds set; otherwise empty.
fn date() -> String {
    let seconds = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let day = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    day.map_or_else(String::new, |day| day.strftime("%Y-%m-%d").to_string())
}

fn completions(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell] {
        clap_complete::generate_to(shell, &mut cli::definition(), "setpoint", folder)?;
    }
    Ok(())
}

/// Writes PNGs for desktops that draw no SVG, an icon for Windows and one for macOS.
fn icons(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for side in [32, 48, 64, 128, 256] {
        fs::write(folder.join(format!("{side}.png")), png(side)?)?;
    }
    let picture = png(256)?;
    let length = u32::try_from(picture.len()).map_err(io::Error::other)?;
    // Both systems scale one picture of 256 pixels. The file for Windows is a folder with one entry (0 is 256),
    // the one for macOS a list with one entry.
    let mut ico = vec![0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 32, 0];
    ico.extend(length.to_le_bytes());
    ico.extend(22_u32.to_le_bytes());
    ico.extend(&picture);
    fs::write(folder.join("setpoint.ico"), ico)?;
    let mut icns = b"icns".to_vec();
    icns.extend((length + 16).to_be_bytes());
    icns.extend(b"ic08");
    icns.extend((length + 8).to_be_bytes());
    icns.extend(&picture);
    fs::write(folder.join("setpoint.icns"), icns)
}

fn png(side: u32) -> io::Result<Vec<u8>> {
    let icon = identity::icon(side).ok_or_else(|| io::Error::other("the icon cannot be drawn"))?;
    let mut png = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut png);
    encoder.write_image(&icon.rgba, side, side, image::ExtendedColorType::Rgba8).map_err(io::Error::other)?;
    Ok(png)
}
