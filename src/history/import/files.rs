//! The files of an export: in a folder, in a zip, or one by one. Nothing is unpacked to the disk, so the paths within a
//! zip lead nowhere.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::result::ZipError;

use super::HistoryImportError;
use crate::files::FileError;
use crate::i18n::{Message, ToMessage, display_english, message};

/// The kind of a file of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// `HvacRuntime.jsonl`
    Runtime,
    /// `YYYY-MM-sensors.csv`
    Sensors,
    /// `YYYY-MM-summary.json`
    Summary,
}

impl FileKind {
    /// The kind of a file by the end of its name, wherever it stands.
    fn of_name(path: &str) -> Option<Self> {
        let path = path.to_lowercase();
        [("hvacruntime.jsonl", Self::Runtime), ("-sensors.csv", Self::Sensors), ("-summary.json", Self::Summary)]
            .into_iter()
            .find_map(|(end, kind)| path.ends_with(end).then_some(kind))
    }

    /// The kind of a file that a person named, which may have been renamed.
    fn of_named(path: &str) -> Option<Self> {
        let by_ending = || {
            let path = path.to_lowercase();
            [(".jsonl", Self::Runtime), (".csv", Self::Sensors), (".json", Self::Summary)]
                .into_iter()
                .find_map(|(end, kind)| path.ends_with(end).then_some(kind))
        };
        Self::of_name(path).or_else(by_ending)
    }
}

/// The place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum FilePlace {
    Disk(PathBuf),
    /// An entry of a zip, by its number.
    Zip(PathBuf, usize),
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ExportFile {
    /// The path, within its zip too, for the report.
    pub(super) name: String,
    pub(super) kind: FileKind,
    /// Its unpacked size in bytes, as far as it is known.
    pub(super) size: u64,
    place: FilePlace,
}

impl ExportFile {
    /// The path in which the id of a thermostat may stand: that within a zip, or the whole one on the disk, wherever
    /// the program was started.
    pub(super) fn device_path(&self) -> String {
        match &self.place {
            FilePlace::Disk(path) => {
                fs::canonicalize(path).unwrap_or_else(|_| path.clone()).to_string_lossy().into_owned()
            }
            FilePlace::Zip(path, _) => {
                self.name.strip_prefix(&format!("{}/", path.display())).unwrap_or(&self.name).to_owned()
            }
        }
    }
}

/// The reason why an export cannot be read, with the path of what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnreadableExport {
    File(String, FileError),
    /// The second text is the library's reason, in English.
    Zip(String, String),
    /// A file unpacks to far more than an export has.
    TooLarge(String),
    TooMany(String),
    /// Nothing of a thermostat was found.
    Nothing(String),
}

impl UnreadableExport {
    /// The path of what cannot be read.
    pub(super) fn path(&self) -> &str {
        match self {
            Self::File(path, _)
            | Self::Zip(path, _)
            | Self::TooLarge(path)
            | Self::TooMany(path)
            | Self::Nothing(path) => path,
        }
    }
}

impl ToMessage for UnreadableExport {
    fn to_message(&self) -> Message {
        match self {
            Self::File(path, why) => message!("export-file", path = path, why = why.to_message()),
            Self::Zip(path, why) => message!("export-zip", path = path, why = why),
            Self::TooLarge(path) => message!("export-too-large", path = path),
            Self::TooMany(path) => message!("export-too-many", path = path, most = MOST_FILES),
            Self::Nothing(path) => message!("export-nothing", path = path),
        }
    }
}

display_english!(UnreadableExport);

/// Most files and entries that are looked at.
const MOST_FILES: usize = 200_000;
/// Most folders and zips that are named because they cannot be read.
const MOST_UNREADABLE: usize = 50;
/// Most folders within each other.
const MOST_DEPTH: usize = 16;
/// Most unpacked bytes of one file: 40 MB are a year of a thermostat.
const MOST_BYTES: u64 = 8 << 30;
/// Largest ratio of unpacked to packed bytes, from some bytes on. The lines of an export pack to a thirtieth.
const MOST_RATIO: u64 = 300;
const RATIO_FROM: u64 = 32 << 20;

impl UnreadableExport {
    fn of(path: &Path, err: &io::Error) -> Self {
        Self::File(path.display().to_string(), FileError::from(err))
    }
}

/// The files of an export.
pub(super) struct FoundFiles {
    /// In order.
    pub(super) files: Vec<ExportFile>,
    /// The number of all other files.
    pub(super) others: usize,
    /// Folders and zips within a folder that cannot be read, and may have nothing to do with the export.
    pub(super) unreadable: Vec<UnreadableExport>,
}

/// The files of an export in the given folders, zips and files.
pub(super) fn find(paths: &[PathBuf]) -> Result<FoundFiles, UnreadableExport> {
    let (mut found, mut others, mut unreadable) = (Vec::new(), 0, Vec::new());
    for path in paths {
        let before = found.len();
        let kind = fs::metadata(path).map_err(|err| UnreadableExport::of(path, &err))?;
        if kind.is_dir() {
            others += in_folder(path, 0, &mut found, &mut unreadable)?;
        } else if is_zip(path) && kind.is_file() {
            others += in_zip(path, &mut found)?;
        } else if let Some(of_named) = FileKind::of_named(&path.to_string_lossy()).filter(|_| kind.is_file()) {
            found.push(on_disk(path.clone(), of_named, kind.len()));
        }
        if found.len() == before {
            // The reason why a part of it cannot be read says more.
            return Err(unreadable.pop().unwrap_or_else(|| UnreadableExport::Nothing(path.display().to_string())));
        }
        if found.len() + others > MOST_FILES {
            return Err(UnreadableExport::TooMany(path.display().to_string()));
        }
    }
    Ok(FoundFiles { files: found, others, unreadable })
}

fn is_zip(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

fn on_disk(path: PathBuf, kind: FileKind, size: u64) -> ExportFile {
    ExportFile { name: path.display().to_string(), kind, size, place: FilePlace::Disk(path) }
}

/// Looks through a folder; returns the number of files that are none of an export. Links are not followed.
fn in_folder(
    folder: &Path,
    depth: usize,
    found: &mut Vec<ExportFile>,
    unreadable: &mut Vec<UnreadableExport>,
) -> Result<usize, UnreadableExport> {
    let of = |err: &io::Error| UnreadableExport::of(folder, err);
    let mut entries: Vec<fs::DirEntry> = fs::read_dir(folder).and_then(Iterator::collect).map_err(|err| of(&err))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut others = 0;
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type().map_err(|err| of(&err))?);
        let is_folder = kind.is_dir() && depth < MOST_DEPTH;
        if is_folder || kind.is_file() && is_zip(&path) {
            let within = if is_folder { in_folder(&path, depth + 1, found, unreadable) } else { in_zip(&path, found) };
            match within {
                Ok(count) => others += count,
                Err(err @ UnreadableExport::TooMany(_)) => return Err(err),
                Err(err) if unreadable.len() < MOST_UNREADABLE => unreadable.push(err),
                Err(_) => {}
            }
        } else if let Some(kind) = FileKind::of_name(&path.to_string_lossy()).filter(|_| kind.is_file()) {
            let size = entry.metadata().map_or(0, |about| about.len());
            found.push(on_disk(path, kind, size));
        } else {
            others += 1;
        }
        if found.len() + others > MOST_FILES {
            return Err(UnreadableExport::TooMany(folder.display().to_string()));
        }
    }
    Ok(others)
}

fn open_zip(path: &Path) -> Result<ZipArchive<BufReader<File>>, UnreadableExport> {
    let file = File::open(path).map_err(|err| UnreadableExport::of(path, &err))?;
    ZipArchive::new(BufReader::new(file)).map_err(|err| no_zip(path, &err))
}

fn no_zip(path: &Path, err: &ZipError) -> UnreadableExport {
    UnreadableExport::Zip(path.display().to_string(), err.to_string())
}

fn in_zip(path: &Path, found: &mut Vec<ExportFile>) -> Result<usize, UnreadableExport> {
    let mut archive = open_zip(path)?;
    let mut others = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|err| no_zip(path, &err))?;
        let name = entry.name().unwrap_or_default();
        match FileKind::of_name(&name).filter(|_| entry.is_file()) {
            Some(kind) => found.push(ExportFile {
                name: format!("{}/{name}", path.display()),
                kind,
                size: entry.size(),
                place: FilePlace::Zip(path.to_owned(), index),
            }),
            None => others += usize::from(entry.is_file()),
        }
        if found.len() + others > MOST_FILES {
            return Err(UnreadableExport::TooMany(path.display().to_string()));
        }
    }
    Ok(others)
}

/// The zip that was read last, so that its list of entries is read once and not for each of them.
#[derive(Default)]
pub(super) struct OpenArchive(Option<(PathBuf, ZipArchive<BufReader<File>>)>);

impl OpenArchive {
    fn of(&mut self, path: &Path) -> Result<&mut ZipArchive<BufReader<File>>, UnreadableExport> {
        let known = self.0.take().filter(|(known, _)| known == path);
        let open = known.map_or_else(|| Ok((path.to_owned(), open_zip(path)?)), Ok)?;
        Ok(&mut self.0.insert(open).1)
    }
}

impl ExportFile {
    /// Reads the file in pieces, within bounds.
    pub(super) fn read<R>(
        &self,
        archive: &mut OpenArchive,
        take: impl FnOnce(&mut dyn Read) -> Result<R, HistoryImportError>,
    ) -> Result<R, HistoryImportError> {
        match &self.place {
            FilePlace::Disk(path) => {
                let file = File::open(path).map_err(|err| UnreadableExport::of(path, &err))?;
                take(&mut Bounded { inner: BufReader::new(file), left: MOST_BYTES })
            }
            FilePlace::Zip(path, index) => {
                let entry = archive.of(path)?.by_index(*index).map_err(|err| no_zip(path, &err))?;
                let left = (entry.compressed_size().saturating_mul(MOST_RATIO)).clamp(RATIO_FROM, MOST_BYTES);
                take(&mut Bounded { inner: entry, left })
            }
        }
    }

    /// The error of reading, for a person.
    pub(super) fn unreadable(&self, err: &io::Error) -> UnreadableExport {
        if err.kind() == io::ErrorKind::FileTooLarge {
            return UnreadableExport::TooLarge(self.name.clone());
        }
        match &self.place {
            FilePlace::Disk(_) => UnreadableExport::File(self.name.clone(), FileError::from(err)),
            FilePlace::Zip(..) => UnreadableExport::Zip(self.name.clone(), err.to_string()),
        }
    }
}

/// A reader that fails after some bytes.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(count)
    }
}
