//! The program as a service of the user's systemd: it keeps schedules and holds while no window runs.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::files::{self, FileError};

/// The name of the unit.
const UNIT: &str = "setpoint.service";
/// The key that marks the files of this program.
const OWN: &str = "X-Setpoint-Service";

/// The state of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceStatus {
    /// True if the unit is there.
    pub is_installed: bool,
    /// The word of systemd, such as `active`; `None` without a systemd of the user.
    pub state: Option<String>,
    /// True if the service runs without a login; `None` if that is not known.
    pub lingers: Option<bool>,
    pub file: PathBuf,
}

/// The reason why the service cannot be changed.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    #[error("there is no folder of the user for services")]
    Nowhere,
    #[error("services of a user are known on Linux with systemd only")]
    Platform,
    #[error("{0} is not from this program, so it stays as it is")]
    Foreign(PathBuf),
    #[error("{0}: {1}")]
    File(PathBuf, FileError),
    #[error("a unit cannot name the program at {0}")]
    Path(PathBuf),
    #[error("systemd says: {0}")]
    Systemd(String),
}

/// The unit of a program in a folder.
#[derive(Debug, Clone)]
pub struct UserService {
    folder: PathBuf,
    program: PathBuf,
}

impl UserService {
    /// The service of the user, with the program that runs.
    pub fn of_user() -> Result<Self, ServiceError> {
        if !cfg!(target_os = "linux") {
            return Err(ServiceError::Platform);
        }
        let dirs = directories::BaseDirs::new().ok_or(ServiceError::Nowhere)?;
        let program = std::env::current_exe().map_err(|_unknown| ServiceError::Nowhere)?;
        Ok(Self::in_folder(&dirs.config_dir().join("systemd/user"), &program))
    }

    /// A unit in this folder, for the program at a path.
    pub fn in_folder(folder: &Path, program: &Path) -> Self {
        Self { folder: folder.to_owned(), program: program.to_owned() }
    }

    fn file(&self) -> PathBuf {
        self.folder.join(UNIT)
    }

    /// Writes the unit. Returns true if it is new or changed.
    pub fn write(&self) -> Result<bool, ServiceError> {
        let file = self.file();
        let failed = |err: &io::Error| ServiceError::File(file.clone(), FileError::from(err));
        let unit = unit(&self.program).ok_or_else(|| ServiceError::Path(self.program.clone()))?;
        match files::read(&file) {
            Ok(known) if known == unit.as_bytes() => return Ok(false),
            Ok(known) if !is_own(&known) => return Err(ServiceError::Foreign(file)),
            Ok(_) => {}
            Err(err) if err.kind() == io::ErrorKind::NotFound => {}
            Err(err) => return Err(failed(&err)),
        }
        files::replace(&file, unit.as_bytes()).map_err(|err| failed(&err))?;
        Ok(true)
    }

    /// Removes the unit. Returns false if there is none.
    pub fn remove(&self) -> Result<bool, ServiceError> {
        let file = self.file();
        match files::read(&file) {
            Ok(known) if is_own(&known) => {}
            Ok(_) => return Err(ServiceError::Foreign(file)),
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(err) => return Err(ServiceError::File(file, FileError::from(&err))),
        }
        std::fs::remove_file(&file).map_err(|err| ServiceError::File(file, FileError::from(&err)))?;
        Ok(true)
    }

    /// Reads the state.
    pub fn status(&self) -> ServiceStatus {
        let state = systemctl(&["is-active", UNIT]).ok().map(|text| text.trim().to_owned());
        let user = std::env::var("USER").ok();
        let lingers = user.map(|user| Path::new("/var/lib/systemd/linger").join(user).exists());
        ServiceStatus { is_installed: self.file().exists(), state, lingers, file: self.file() }
    }

    /// Starts the service now and at each login.
    pub fn enable(&self) -> Result<(), ServiceError> {
        systemctl(&["daemon-reload"])?;
        systemctl(&["enable", "--now", UNIT])?;
        // A changed unit needs a new process.
        systemctl(&["restart", UNIT]).map(drop)
    }

    /// Stops the service.
    pub fn disable(&self) -> Result<(), ServiceError> {
        systemctl(&["disable", "--now", UNIT]).map(drop)
    }
}

/// Asks the systemd of the user. The answer of `is-active` counts whatever its exit code is.
fn systemctl(arguments: &[&str]) -> Result<String, ServiceError> {
    let failed = |err: io::Error| ServiceError::Systemd(err.to_string());
    let output = Command::new("systemctl").arg("--user").args(arguments).output().map_err(failed)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    let (answer, error) = (text(&output.stdout), text(&output.stderr));
    let is_question = arguments.first() == Some(&"is-active");
    if output.status.success() || (is_question && !answer.is_empty()) {
        Ok(answer)
    } else {
        Err(ServiceError::Systemd(error))
    }
}

fn is_own(unit: &[u8]) -> bool {
    String::from_utf8_lossy(unit).lines().any(|line| line.starts_with(OWN))
}

/// The text of the unit; `None` if the path has characters that systemd would read.
fn unit(program: &Path) -> Option<String> {
    let program = program.to_str()?.trim_end_matches(" (deleted)");
    if program.chars().any(|c| c.is_control() || matches!(c, '"' | '\\' | '%' | '$')) {
        return None;
    }
    Some(format!(
        "[Unit]\n\
         Description=Setpoint: schedules, holds and rules\n\
         After=network.target\n\
         {OWN}=1\n\
         \n\
         [Service]\n\
         ExecStart=\"{program}\" run\n\
         Restart=on-failure\n\
         RestartSec=10\n\
         \n\
         [Install]\n\
         WantedBy=default.target\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_written_once_and_a_foreign_one_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let service =
            UserService::in_folder(&folder.path().join("systemd/user"), Path::new("/opt/my setpoint/setpoint"));
        assert!(!service.remove().expect("none"));
        assert!(service.write().expect("written"));
        assert!(!service.write().expect("the same"));
        let text = std::fs::read_to_string(service.file()).expect("read");
        assert!(text.contains("ExecStart=\"/opt/my setpoint/setpoint\" run\n"), "{text}");
        assert!(service.remove().expect("removed"));
        std::fs::write(service.file(), "[Service]\nExecStart=/bin/true\n").expect("a foreign one");
        assert!(matches!(service.write(), Err(ServiceError::Foreign(_))));
        assert!(matches!(service.remove(), Err(ServiceError::Foreign(_))));
        let odd = UserService::in_folder(folder.path(), Path::new("/tmp/50%/setpoint"));
        assert!(matches!(odd.write(), Err(ServiceError::Path(_))));
    }
}
