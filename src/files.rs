//! Files that survive a crash: replaced as a whole, kept aside when they are broken.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Renames a broken file and says so.
pub(crate) fn keep_aside(path: &Path, what: &str) -> String {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".corrupt");
    let mut count = 1;
    while Path::new(&aside).exists() && count < 100 {
        count += 1;
        path.as_os_str().clone_into(&mut aside);
        aside.push(format!(".corrupt-{count}"));
    }
    match fs::rename(path, &aside) {
        Ok(()) => {
            format!("{what} could not be read. It was kept as {} and a new one started", Path::new(&aside).display())
        }
        Err(err) => format!("{what} could not be read, nor kept aside ({err}): {}", path.display()),
    }
}

/// The same for a file that only its owner may read.
pub(crate) fn replace_private(path: &Path, contents: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = atomic_write_file::AtomicWriteFile::options();
    #[cfg(unix)]
    {
        use atomic_write_file::unix::OpenOptionsExt as _;
        use std::os::unix::fs::OpenOptionsExt as _;
        options.preserve_mode(false).mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(contents)?;
    file.commit()
}

/// Replaces a file as a whole: a crash leaves the old one or the new one.
pub(crate) fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = atomic_write_file::AtomicWriteFile::options().open(path)?;
    file.write_all(contents)?;
    file.commit()
}
