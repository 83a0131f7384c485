//! Files that the window saves for the user: pictures of charts and tables, into the folders of the desktop.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use directories::UserDirs;
use egui::{ColorImage, Rect};
use image::{ExtendedColorType, ImageEncoder as _};

use super::App;
use super::history::HistoryFiles;
use crate::files::FileError;
use crate::history::{ExportRow, HistoryError, HistoryStore, export_rows};
use crate::ui::intent::FileToSave;

/// Most files that are saved at the same time.
const MOST: usize = 8;
/// Most files of the same name.
const MOST_NAMESAKES: u32 = 999;
/// Most characters of a name.
const LONGEST_NAME: usize = 100;

/// The files that are being saved.
pub(super) struct SavedFiles {
    sender: SyncSender<io::Result<PathBuf>>,
    receiver: Receiver<io::Result<PathBuf>>,
}

impl Default for SavedFiles {
    fn default() -> Self {
        let (sender, receiver) = sync_channel(MOST);
        Self { sender, receiver }
    }
}

impl App {
    /// Saves a file on a blocking thread; a toast says where it is.
    pub(super) fn save_file(&self, file: FileToSave) {
        let runtime = self.setup.runtime.clone();
        let tell = self.saved();
        let save = move |name: String, ending: &'static str, contents: io::Result<Vec<u8>>| {
            let save = |contents: Vec<u8>| {
                save_new(&folder(ending)?, &name, ending, |file: &mut File| file.write_all(&contents))
            };
            tell(contents.and_then(save));
        };
        match file {
            FileToSave::Text { name, ending, text } => {
                runtime.spawn_blocking(move || save(name, ending, Ok(text.into_bytes())));
            }
            FileToSave::Bytes { name, ending, bytes } => {
                runtime.spawn_blocking(move || save(name, ending, Ok(bytes)));
            }
            FileToSave::Picture { name, area } => {
                let Some(ctx) = &self.viewports.window else { return };
                let scale = ctx.pixels_per_point();
                ctx.request_screenshot(move |image| {
                    runtime.spawn_blocking(move || save(name, "png", png(&image, area, scale)));
                });
            }
        }
    }

    /// Saves every interval of a thermostat of the history on a blocking thread.
    pub(super) fn export_history(&self, key: String, name: String) {
        let Some(places) = &self.setup.places else { return };
        let (store, tell) = (HistoryFiles::in_folder(&places.data).own, self.saved());
        self.setup.runtime.spawn_blocking(move || {
            let save = |file: &mut File| write_history(&store, &key, &mut BufWriter::new(file));
            tell(folder("csv").and_then(|folder| save_new(&folder, &name, "csv", save)));
        });
    }

    /// Tells the window of a file that was saved, or why it was not.
    fn saved(&self) -> impl FnOnce(io::Result<PathBuf>) + Send + 'static {
        let (sender, waker) = (self.saved_files.sender.clone(), Arc::clone(&self.setup.channels.waker));
        move |saved| {
            // The window has closed meanwhile if nobody receives it.
            if sender.try_send(saved).is_ok() {
                waker.wake_now();
            }
        }
    }

    /// Tells the user of the files that were saved.
    pub(super) fn receive_saved(&mut self) {
        while let Ok(saved) = self.saved_files.receiver.try_recv() {
            let now = self.setup.clock.now();
            match saved {
                Ok(path) => {
                    let path = path.display().to_string();
                    self.window.info(self.i18n.format("file-saved", [("path", path.into())]), now);
                }
                Err(err) => {
                    let why = self.i18n.localize(&FileError::from(&err));
                    self.window.warn(self.i18n.format("file-not-saved", [("why", why.into())]), now);
                }
            }
        }
    }
}

/// The folder for files with this ending: that of pictures, or of downloads.
fn folder(ending: &str) -> io::Result<PathBuf> {
    let dirs = UserDirs::new().ok_or(io::ErrorKind::NotFound)?;
    let folder = if ending == "png" { dirs.picture_dir() } else { dirs.download_dir() };
    Ok(folder.filter(|folder| folder.is_dir()).unwrap_or(dirs.home_dir()).to_owned())
}

/// Writes the intervals of a thermostat as CSV, month by month.
fn write_history(store: &Path, key: &str, out: &mut impl io::Write) -> io::Result<()> {
    let no_device = || HistoryError::NoDevice(key.to_owned());
    let history = HistoryStore::open_to_read(store).and_then(|found| found.ok_or_else(no_device));
    let history = history.map_err(|err| io::Error::other(err.to_string()))?;
    let device = history.keyed(key).and_then(|found| found.ok_or_else(no_device));
    let device = device.map_err(|err| io::Error::other(err.to_string()))?;
    writeln!(out, "{}", ExportRow::columns().join(","))?;
    let mut failed = Ok(());
    let read = history.each_month(&device, (i64::MIN, i64::MAX), |stored| {
        for row in export_rows(stored, &device.time_zone()) {
            if failed.is_ok() {
                failed = writeln!(out, "{}", row.csv(&device.name));
            }
        }
        Ok::<_, HistoryError>(())
    });
    read.map_err(|err| io::Error::other(err.to_string()))?;
    failed?;
    out.flush()
}

/// Writes a file under a name that is free: with a number if the name is taken.
fn save_new(
    folder: &Path,
    name: &str,
    ending: &str,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<PathBuf> {
    let name = file_name(name);
    for number in 1..=MOST_NAMESAKES {
        let number = if number == 1 { String::new() } else { format!(" ({number})") };
        let path = folder.join(format!("{name}{number}.{ending}"));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                return match write(&mut file).and_then(|()| file.sync_all()) {
                    Ok(()) => Ok(path),
                    Err(err) => {
                        // A part of a file helps nobody.
                        std::fs::remove_file(&path).ok();
                        Err(err)
                    }
                };
            }
            Err(err) if err.kind() == io::ErrorKind::AlreadyExists => {}
            Err(err) => return Err(err),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// A name that every file system takes: names of thermostats are foreign text.
fn file_name(name: &str) -> String {
    let allowed = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c };
    let name: String = name.chars().map(allowed).take(LONGEST_NAME).collect();
    let name = name.trim().trim_start_matches('.').trim_end_matches('.').trim();
    if name.is_empty() { "Setpoint".to_owned() } else { name.to_owned() }
}

/// A part of a picture of the window, given in points, as PNG.
fn png(image: &ColorImage, area: Rect, scale: f32) -> io::Result<Vec<u8>> {
    let whole = Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(image.width() as f32, image.height() as f32) / scale);
    let area = area.intersect(whole);
    if !area.is_positive() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let part = image.region(&area, Some(scale));
    let [width, height] = part.size.map(|side| u32::try_from(side).unwrap_or(u32::MAX));
    let rgba: Vec<u8> = part.pixels.iter().flat_map(|pixel| pixel.to_array()).collect();
    let mut file = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut file);
    encoder.write_image(&rgba, width, height, ExtendedColorType::Rgba8).map_err(io::Error::other)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_replaced_and_no_name_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let save = |name: &str| {
            let path = save_new(folder.path(), name, "csv", |file| file.write_all(b"a")).expect("saved");
            assert_eq!(path.parent(), Some(folder.path()));
            path.file_name().expect("a name").to_string_lossy().into_owned()
        };
        assert_eq!([save("Hallway"), save("Hallway")], ["Hallway.csv", "Hallway (2).csv"]);
        assert_eq!(save("../../etc/passwd"), "-..-etc-passwd.csv");
        assert_eq!(save("\n\0"), "--.csv");
        assert_eq!(save("..."), "Setpoint.csv");
        assert!(save(&"ä".repeat(10_000)).len() < 255);
    }

    #[test]
    fn every_interval_of_a_thermostat_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = folder.path().join("history.sqlite3");
        let mut history = HistoryStore::open(&store).expect("opened").history;
        let writer = history.write().expect("begun");
        let device = writer.ensure_device("a", "Hallway").expect("a thermostat");
        for n in 0..3 {
            let start = 1_767_225_600 + n * 30 * 86_400;
            let mut interval = crate::history::Interval::new(start, 300, crate::history::IntervalSource::Recorded);
            (interval.covered_s, interval.away_s) = (300, Some(0));
            interval.run.set(crate::history::EquipmentPart::Heat, Some(0));
            writer.put(device.id, &interval).expect("stored");
        }
        writer.commit().expect("kept");
        let write = |key: &str| {
            let mut text = Vec::new();
            write_history(&store, key, &mut text).map(|()| String::from_utf8(text).expect("text"))
        };
        let text = write("a").expect("written");
        assert_eq!(text.lines().count(), 4, "{text}");
        assert!(
            text.lines().skip(1).all(|line| line.starts_with("Hallway,") && line.contains(",300,300,0,")),
            "{text}"
        );
        write("b").expect_err("no thermostat");
        let stopped = save_new(folder.path(), "Hallway", "csv", |_| Err(io::ErrorKind::StorageFull.into()));
        assert!(stopped.is_err() && !folder.path().join("Hallway.csv").exists(), "no half of a file stays");
    }

    #[test]
    fn a_picture_is_the_part_that_was_asked_for() {
        let mut image = ColorImage::filled([200, 100], egui::Color32::BLACK);
        image.pixels[30 * 200 + 40] = egui::Color32::WHITE;
        let area = Rect::from_min_max(egui::pos2(20.0, 15.0), egui::pos2(500.0, 40.0));
        let file = png(&image, area, 2.0).expect("a picture");
        let read = image::load_from_memory(&file).expect("a picture").into_rgba8();
        assert_eq!(read.dimensions(), (160, 50));
        assert_eq!(read.get_pixel(0, 0).0, [255; 4]);
        let outside = Rect::from_min_max(egui::pos2(500.0, 15.0), egui::pos2(600.0, 40.0));
        assert!(png(&image, outside, 2.0).is_err());
    }
}
