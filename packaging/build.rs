//! Links the C++ library into the program where its static form is installed.
//!
//! Only the decoder of clips is C++. As a shared library it costs each start of the program about 0.4 ms, measured
//! with `setpoint --version`. Where there is no static form, the shared one is used as before. The licence of the library is the GPL with the exception for runtime libraries, as is that of
//! the parts of the compiler's library in every program.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=packaging/build.rs");
    println!("cargo::rerun-if-env-changed=CXX");
    let is = |name: &str, wanted: &str| env::var(name).is_ok_and(|value| value == wanted);
    let is_native = env::var("HOST").ok() == env::var("TARGET").ok();
    if !is_native || !is("CARGO_CFG_TARGET_OS", "linux") || !is("CARGO_CFG_TARGET_ENV", "gnu") {
        return;
    }
    let Some(folder) = env::var_os("OUT_DIR").map(|folder| PathBuf::from(folder).join("static")) else { return };
    let library = static_library();
    if let Some(library) = &library {
        println!("cargo::rerun-if-changed={}", library.display());
    }
    // The folder has only the static form, so the linker finds that one for the name first.
    if let Some(library) = library
        && fs::create_dir_all(&folder).is_ok()
        && fs::copy(library, folder.join("libstdc++.a")).is_ok()
    {
        println!("cargo::rustc-link-search=native={}", folder.display());
    }
}

/// The path of the compiler's static C++ library.
fn static_library() -> Option<PathBuf> {
    let compiler = env::var_os("CXX").unwrap_or_else(|| "c++".into());
    let output = Command::new(compiler).arg("-print-file-name=libstdc++.a").output().ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    // A compiler that has none answers with the name alone.
    let path = Path::new(path.trim());
    (path.is_absolute() && path.is_file()).then(|| path.to_owned())
}
