//! The start of the program in the tray when the user logs in.
//!
//! On Linux and the BSDs a file in the autostart folder controls it, which this module reads, writes and
//! removes. Desktops disable such files by keys of their own (`Hidden`, `X-GNOME-Autostart-enabled`), which are
//! respected. A file from elsewhere is left alone. A Flatpak cannot reach the folder, and its Background portal
//! does not report the present state; other platforms are not implemented.

use std::io;
use std::path::{Path, PathBuf};

use super::identity::ID;
use crate::files::{self, FileError};

/// The key that marks the files of this program.
const OWN: &str = "X-Setpoint-Autostart";

/// The autostart folder with the program's path, or the reason why there is none.
#[derive(Debug, Clone)]
pub struct Autostart(Result<EntryPaths, Closed>);

#[derive(Debug, Clone)]
struct EntryPaths {
    file: PathBuf,
    program: PathBuf,
}

/// The state of the start with the desktop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AutostartStatus {
    /// The user can switch it.
    Open {
        /// True if the program starts with the desktop.
        is_on: bool,
        /// The command that starts, if it is another copy of the program.
        other: Option<String>,
    },
    /// The user cannot switch it.
    Closed {
        /// True if the program starts with the desktop.
        is_on: bool,
        /// The reason.
        why: Closed,
    },
}

/// The reason why the start cannot be switched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// The program runs in a Flatpak.
    Sandbox,
    /// Not implemented for this platform.
    Platform,
    /// The user has no home folder, or the path of the program is unknown.
    Nowhere,
    /// The file is not from this program.
    Foreign(PathBuf),
    /// The file cannot be read.
    Unreadable(PathBuf, FileError),
}

/// The reason why a switch failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AutostartError {
    /// The start cannot be switched.
    Closed(Closed),
    /// The file format cannot express the path of the program.
    Path(PathBuf),
    /// The file cannot be written or removed.
    File(PathBuf, FileError),
}

impl Autostart {
    /// The autostart folder of the current user.
    #[cfg(all(unix, not(target_os = "macos")))]
    pub fn of_person() -> Self {
        if Path::new("/.flatpak-info").exists() {
            return Self(Err(Closed::Sandbox));
        }
        let dirs = directories::BaseDirs::new();
        match (dirs, std::env::current_exe()) {
            (Some(dirs), Ok(program)) => Self::in_folder(&dirs.config_dir().join("autostart"), &of_today(&program)),
            (None, _) | (_, Err(_)) => Self(Err(Closed::Nowhere)),
        }
    }

    /// Not implemented for this platform.
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    pub fn of_person() -> Self {
        Self(Err(Closed::Platform))
    }

    /// Uses this folder, for the program at a path.
    pub fn in_folder(folder: &Path, program: &Path) -> Self {
        Self(Ok(EntryPaths { file: folder.join(format!("{ID}.desktop")), program: program.to_owned() }))
    }

    /// Reads the present state.
    pub fn status(&self) -> AutostartStatus {
        let place = match &self.0 {
            Ok(place) => place,
            Err(why) => return AutostartStatus::Closed { is_on: false, why: why.clone() },
        };
        let entry = match files::read(&place.file) {
            Ok(contents) => DesktopEntry::read(&String::from_utf8_lossy(&contents)),
            Err(err) if err.kind() == io::ErrorKind::NotFound => {
                return AutostartStatus::Open { is_on: false, other: None };
            }
            Err(err) => {
                let why = Closed::Unreadable(place.file.clone(), FileError::from(&err));
                return AutostartStatus::Closed { is_on: false, why };
            }
        };
        let is_on = entry.is_on();
        if !entry.is_own {
            return AutostartStatus::Closed { is_on, why: Closed::Foreign(place.file.clone()) };
        }
        let other = entry.exec.filter(|exec| is_on && Some(exec) != command(&place.program).as_ref());
        AutostartStatus::Open { is_on, other }
    }

    /// Switches the start on or off. *On* starts this copy of the program.
    pub fn switch(&self, on: bool) -> Result<(), AutostartError> {
        let place = self.0.as_ref().map_err(|why| AutostartError::Closed(why.clone()))?;
        if let AutostartStatus::Closed { why, .. } = self.status() {
            return Err(AutostartError::Closed(why));
        }
        let done = if on {
            let command = command(&place.program).ok_or_else(|| AutostartError::Path(place.program.clone()))?;
            files::replace(&place.file, entry(&command).as_bytes())
        } else {
            std::fs::remove_file(&place.file)
        };
        match done {
            Err(err) if on || err.kind() != io::ErrorKind::NotFound => {
                Err(AutostartError::File(place.file.clone(), FileError::from(&err)))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

/// The present path of the program: the system marks a replaced program as deleted.
#[cfg(all(unix, not(target_os = "macos")))]
fn of_today(program: &Path) -> PathBuf {
    let name = program.to_str().and_then(|name| name.strip_suffix(" (deleted)"));
    name.map_or_else(|| program.to_owned(), PathBuf::from)
}

fn entry(command: &str) -> String {
    format!(
        "[Desktop Entry]\nType=Application\nName=Setpoint\nIcon={ID}\nExec={command}\nTerminal=false\n\
         StartupNotify=false\nX-GNOME-Autostart-enabled=true\n{OWN}=true\n"
    )
}

/// The command in the form of the Desktop Entry Specification: quoted for the command line, percent signs
/// doubled, and backslashes doubled once more for the file. `None` for a path that this form cannot express.
fn command(program: &Path) -> Option<String> {
    let path = program.to_str().filter(|path| !path.contains(|c: char| c == '=' || c.is_control()))?;
    let mut command = String::from("\"");
    for c in path.chars() {
        match c {
            '"' | '`' | '$' => command.push_str("\\\\"),
            '\\' => command.push_str("\\\\\\"),
            '%' => command.push('%'),
            _ => {}
        }
        command.push(c);
    }
    command.push_str("\" --hidden");
    Some(command)
}

/// The relevant keys of a file.
#[derive(Debug, Default)]
struct DesktopEntry {
    exec: Option<String>,
    is_hidden: bool,
    is_disabled: bool,
    is_own: bool,
}

impl DesktopEntry {
    fn read(text: &str) -> Self {
        let mut entry = Self::default();
        let mut is_inside = false;
        for line in text.lines().map(str::trim) {
            if line.starts_with('[') {
                is_inside = line == "[Desktop Entry]";
            }
            let Some((key, value)) = line.split_once('=').filter(|_| is_inside) else { continue };
            let value = value.trim();
            match key.trim() {
                "Exec" => entry.exec = Some(value.to_owned()),
                "Hidden" => entry.is_hidden = value == "true",
                "X-GNOME-Autostart-enabled" => entry.is_disabled = value == "false",
                OWN => entry.is_own = value == "true",
                _ => {}
            }
        }
        entry
    }

    fn is_on(&self) -> bool {
        self.exec.is_some() && !self.is_hidden && !self.is_disabled
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    const OFF: AutostartStatus = AutostartStatus::Open { is_on: false, other: None };
    const ON: AutostartStatus = AutostartStatus::Open { is_on: true, other: None };

    fn place() -> (TempDir, PathBuf, Autostart) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("autostart").join("setpoint.desktop");
        let autostart = Autostart::in_folder(&folder.path().join("autostart"), Path::new("/usr/bin/setpoint"));
        (folder, file, autostart)
    }

    #[test]
    fn it_is_switched_on_and_off() {
        let (_folder, file, autostart) = place();
        assert_eq!(autostart.status(), OFF);
        assert_eq!(autostart.switch(false), Ok(()), "what is off stays off");
        assert_eq!(autostart.switch(true), Ok(()));
        assert_eq!(autostart.status(), ON);
        let text = fs::read_to_string(&file).expect("a file");
        assert!(text.contains("\nExec=\"/usr/bin/setpoint\" --hidden\n"), "{text}");
        assert_eq!(autostart.switch(false), Ok(()));
        assert!(!file.exists());
    }

    #[test]
    fn an_entry_disabled_by_the_desktop_can_be_enabled() {
        let (_folder, file, autostart) = place();
        for (line, instead) in [
            ("X-GNOME-Autostart-enabled=true", "X-GNOME-Autostart-enabled=false"),
            ("Terminal=false", "Terminal=false\nHidden=true"),
            ("Exec=", "# Exec="),
        ] {
            autostart.switch(true).expect("on");
            let text = fs::read_to_string(&file).expect("a file");
            fs::write(&file, text.replace(line, instead)).expect("written");
            assert_eq!(autostart.status(), OFF, "{instead}");
        }
        autostart.switch(true).expect("on");
        assert_eq!(autostart.status(), ON);
        // Keys of another group do not count.
        let text = fs::read_to_string(&file).expect("a file");
        fs::write(&file, format!("{text}\n[Desktop Action x]\nHidden=true\n")).expect("written");
        assert_eq!(autostart.status(), ON);
    }

    #[test]
    fn a_foreign_file_is_left_alone() {
        let (_folder, file, autostart) = place();
        let theirs = "[Desktop Entry]\nExec=setpoint --account Home\n";
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, theirs).expect("written");
        let why = Closed::Foreign(file.clone());
        assert_eq!(autostart.status(), AutostartStatus::Closed { is_on: true, why: why.clone() });
        for on in [true, false] {
            assert_eq!(autostart.switch(on), Err(AutostartError::Closed(why.clone())));
        }
        assert_eq!(fs::read_to_string(&file).expect("there"), theirs);
    }

    #[test]
    fn another_copy_of_the_program_is_named_and_replaced() {
        let (folder, _file, autostart) = place();
        autostart.switch(true).expect("on");
        let moved = Autostart::in_folder(&folder.path().join("autostart"), Path::new("/opt/setpoint"));
        let other = Some("\"/usr/bin/setpoint\" --hidden".to_owned());
        assert_eq!(moved.status(), AutostartStatus::Open { is_on: true, other });
        moved.switch(true).expect("on");
        assert_eq!(moved.status(), ON);
    }

    #[test]
    fn file_errors_are_reported() {
        let (folder, file, autostart) = place();
        fs::create_dir_all(&file).expect("a folder in its place");
        let AutostartStatus::Closed { is_on: false, why: Closed::Unreadable(named, _) } = autostart.status() else {
            panic!("a folder was read")
        };
        assert_eq!(named, file);
        assert!(autostart.switch(true).is_err());
        let blocked = folder.path().join("blocked");
        fs::write(&blocked, "").expect("written");
        let blocked = Autostart::in_folder(&blocked, Path::new("/usr/bin/setpoint"));
        assert!(matches!(blocked.switch(true), Err(AutostartError::Closed(_) | AutostartError::File(..))));
        let odd = Autostart::in_folder(folder.path(), Path::new("/opt/a=b/setpoint"));
        assert_eq!(odd.switch(true), Err(AutostartError::Path(PathBuf::from("/opt/a=b/setpoint"))));
    }

    #[test]
    fn paths_are_quoted_by_the_specification() {
        for (path, quoted) in [
            ("/opt/My Programs/setpoint", r#""/opt/My Programs/setpoint" --hidden"#),
            ("/opt/100%/setpoint", r#""/opt/100%%/setpoint" --hidden"#),
            ("/opt/$x`y\"z/s", r#""/opt/\\$x\\`y\\"z/s" --hidden"#),
            (r"/opt/a\b", r#""/opt/a\\\\b" --hidden"#),
        ] {
            assert_eq!(command(Path::new(path)).as_deref(), Some(quoted));
        }
        for path in ["/opt/a=b", "/opt/a\nb"] {
            assert_eq!(command(Path::new(path)), None, "{path:?}");
        }
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    #[test]
    fn a_replaced_program_keeps_its_path() {
        for named in ["/usr/bin/setpoint", "/usr/bin/setpoint (deleted)"] {
            assert_eq!(of_today(Path::new(named)), Path::new("/usr/bin/setpoint"));
        }
    }
}
