//! The tools that run a snippet of each language.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use setpoint::snippet::{Call, CodeLanguage, snippet};
use tempfile::TempDir;
use tokio::process::Command;

/// The first build of a program of a language takes longest.
const LIMIT: Duration = Duration::from_secs(300);

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) succeeded: bool,
    pub(crate) said: String,
    pub(crate) complained: String,
}

pub(crate) struct Toolchain {
    pub(crate) language: CodeLanguage,
    program: PathBuf,
    folder: TempDir,
    count: usize,
    /// Certificates that programs have to trust beside those of the machine, in PEM form.
    pub(crate) trusts: Option<PathBuf>,
}

impl Toolchain {
    /// Returns `None` if the tools are not installed, or panics if `SETPOINT_SNIPPETS_ALL` is set.
    pub(crate) fn find(language: CodeLanguage) -> Option<Self> {
        let program = match language {
            CodeLanguage::Curl => path_of("curl"),
            CodeLanguage::Httpie => path_of("http").filter(|_| path_of("bash").is_some()),
            CodeLanguage::Go => path_of("go"),
            CodeLanguage::Node | CodeLanguage::Page => path_of("node"),
            CodeLanguage::Python => path_of("python3"),
            CodeLanguage::Python2 => named("SETPOINT_SNIPPETS_PYTHON2").or_else(|| path_of("python3")),
            CodeLanguage::PythonRequests => python_with("requests"),
            CodeLanguage::PowerShell => python_with("tree_sitter_powershell"),
            CodeLanguage::Java => path_of("java"),
            CodeLanguage::OkHttp => path_of("java").filter(|_| okhttp().is_some()),
            CodeLanguage::Rust => path_of("cargo"),
            CodeLanguage::Setpoint => Some(PathBuf::from(env!("CARGO_BIN_EXE_setpoint"))),
        };
        if program.is_none() {
            println!("skipped: {}, whose tools are not here", language.title());
            assert!(std::env::var_os("SETPOINT_SNIPPETS_ALL").is_none(), "{} has to be run", language.title());
        }
        let folder = tempfile::tempdir().expect("a folder");
        program.map(|program| Self { language, program, folder, count: 0, trusts: None })
    }

    /// Writes the snippet to a file and runs it.
    pub(crate) async fn run(&mut self, call: &Call, token: Option<&str>) -> Ran {
        let text = snippet(self.language, call);
        self.run_text(&text, token).await
    }

    pub(crate) async fn run_text(&mut self, text: &str, token: Option<&str>) -> Ran {
        self.count += 1;
        let folder = self.folder.path().join(self.count.to_string());
        std::fs::create_dir_all(&folder).expect("a folder");
        let file = folder.join(self.language.file_name());
        std::fs::write(&file, text).expect("written");
        let mut command = self.command(&file);
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("PATH", path())
            // The locale that makes non-ASCII text hardest.
            .env("LC_ALL", "C")
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .stdin(Stdio::null())
            .kill_on_drop(true);
        for (name, value) in self.variables() {
            command.env(name, value);
        }
        if let Some(trusts) = &self.trusts {
            command.env("SSL_CERT_FILE", trusts);
        }
        if let Some(token) = token {
            command.env("SETPOINT_TOKEN", token);
        }
        let output = tokio::time::timeout(LIMIT, command.output()).await.expect("in time").expect("it runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ran { succeeded: output.status.success(), said: text(&output.stdout), complained: text(&output.stderr) }
    }

    fn command(&self, file: &Path) -> Command {
        let mut command = Command::new(&self.program);
        match self.language {
            CodeLanguage::Curl | CodeLanguage::Setpoint => command = with(Command::new("sh"), file),
            CodeLanguage::Httpie => command = with(Command::new("bash"), file),
            CodeLanguage::Go => drop(command.arg("run").arg(file)),
            CodeLanguage::Node | CodeLanguage::Python | CodeLanguage::PythonRequests | CodeLanguage::Python2 => {
                command.arg(file);
            }
            // The answer to the browser's prompt for the token.
            CodeLanguage::Page => {
                let ask = "data:text/javascript,globalThis.prompt=()=>process.env.SETPOINT_TOKEN";
                command.args(["--import", ask]).arg(file);
            }
            CodeLanguage::PowerShell => {
                command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snippets/parse_powershell.py")).arg(file);
            }
            CodeLanguage::Java => drop(command.args(["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]).arg(file)),
            CodeLanguage::OkHttp => {
                let jars = okhttp().expect("found before");
                command.args(["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", &jars]).arg(file);
            }
            CodeLanguage::Rust => {
                let project = rust_project(self.folder.path(), file);
                command.args(["run", "--quiet", "--manifest-path"]).arg(project);
            }
        }
        command
    }

    /// Environment of the compilers: they keep their caches for the next run, and Go downloads nothing.
    fn variables(&self) -> Vec<(&'static str, PathBuf)> {
        let kept = kept();
        match self.language {
            CodeLanguage::Go => vec![
                ("GOCACHE", kept.join("go")),
                ("GOPATH", kept.join("go-path")),
                ("GOPROXY", PathBuf::from("off")),
                ("GOTOOLCHAIN", PathBuf::from("local")),
            ],
            CodeLanguage::Rust => {
                let home = PathBuf::from(std::env::var_os("HOME").unwrap_or_default());
                let or =
                    |name: &str, below: &str| std::env::var_os(name).map_or_else(|| home.join(below), PathBuf::from);
                vec![
                    ("CARGO_TARGET_DIR", kept.join("rust")),
                    ("CARGO_HOME", or("CARGO_HOME", ".cargo")),
                    ("RUSTUP_HOME", or("RUSTUP_HOME", ".rustup")),
                ]
            }
            // The snippets need no packages; the vendor's published program does.
            CodeLanguage::Node => node_packages().map(|folder| ("NODE_PATH", folder)).into_iter().collect(),
            CodeLanguage::Curl
            | CodeLanguage::Httpie
            | CodeLanguage::PowerShell
            | CodeLanguage::Python
            | CodeLanguage::PythonRequests
            | CodeLanguage::Python2
            | CodeLanguage::Java
            | CodeLanguage::OkHttp
            | CodeLanguage::Page
            | CodeLanguage::Setpoint => Vec::new(),
        }
    }
}

fn with(mut command: Command, file: &Path) -> Command {
    command.arg(file);
    command
}

/// The search path with the program's own folder first, so that a snippet finds `setpoint` by name.
fn path() -> std::ffi::OsString {
    let own = Path::new(env!("CARGO_BIN_EXE_setpoint")).parent().expect("a folder").to_owned();
    let others = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(own).chain(std::env::split_paths(&others))).expect("a path")
}

fn kept() -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_setpoint")).parent().expect("a folder").join("../snippets")
}

fn path_of(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from)
}

/// A Python that has a module: the one for the tests, else the system's, else any.
fn python_with(module: &str) -> Option<PathBuf> {
    let candidates = [named("SETPOINT_SNIPPETS_PYTHON"), Some(PathBuf::from("/usr/bin/python3")), path_of("python3")];
    candidates.into_iter().flatten().find(|python| {
        let asked = std::process::Command::new(python).args(["-c", &format!("import {module}")]).output();
        asked.is_ok_and(|output| output.status.success())
    })
}

/// The folder of the packages for Node.js, if it is configured.
fn node_packages() -> Option<PathBuf> {
    named("SETPOINT_NODE").map(|folder| folder.join("node_modules"))
}

/// True if a package for Node.js is installed. Panics if it is missing and `SETPOINT_SNIPPETS_ALL` is set.
pub(crate) fn node_module(name: &str) -> bool {
    let is_there = node_packages().is_some_and(|folder| folder.join(name).is_dir());
    assert!(is_there || std::env::var_os("SETPOINT_SNIPPETS_ALL").is_none(), "{name} has to be there");
    is_there
}

/// The class path of the jars that Debian's libokhttp-java and libokio-java install.
fn okhttp() -> Option<String> {
    let jars = ["/usr/share/java/okhttp.jar", "/usr/share/java/okio.jar"];
    jars.iter().all(|jar| Path::new(jar).is_file()).then(|| jars.join(":"))
}

/// Creates one project for all snippets, so that the libraries are built once. It has only the features of
/// reqwest for plain http, in the versions of this project.
fn rust_project(folder: &Path, file: &Path) -> PathBuf {
    let project = folder.join("rust");
    std::fs::create_dir_all(project.join("src")).expect("a folder");
    std::fs::copy(file, project.join("src/main.rs")).expect("copied");
    let manifest = project.join("Cargo.toml");
    if !manifest.is_file() {
        let text = "[package]\nname = \"snippet\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
                    reqwest = { version = \"0.13\", default-features = false, features = [\"blocking\"] }\n\n[workspace]\n";
        std::fs::write(&manifest, text).expect("written");
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
        std::fs::copy(lock, project.join("Cargo.lock")).expect("copied");
    }
    manifest
}
