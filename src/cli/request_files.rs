//! `setpoint request --export NAME` and `--import FILE`: collections as files of Postman.

use std::io::Read as _;
use std::path::Path;

use super::{CliError, print, print_block, sanitize, warn};
use crate::accounts::settings::Places;
use crate::i18n::english;
use crate::postman;
use crate::requests::{History, HistoryFile, from_postman, read_collection, to_postman};

fn file() -> Result<HistoryFile, CliError> {
    let places = Places::of_user().ok_or_else(|| CliError::new(5, "there is no home folder to keep requests in"))?;
    Ok(HistoryFile::in_folder(&places.data))
}

fn load() -> Result<(HistoryFile, History), CliError> {
    let file = file()?;
    let (history, aside) = file.load();
    if let Some(aside) = aside {
        warn(&english().localize(&aside.message_of("requests-set-aside", "requests-stuck")));
    }
    Ok((file, history))
}

/// Prints a collection.
pub(super) fn export(name: &str) -> Result<(), CliError> {
    let (_, history) = load()?;
    let found = history.collections().iter().find(|collection| collection.name == name);
    let collection = found.ok_or_else(|| {
        let known: Vec<&str> = history.collections().iter().map(|collection| collection.name.as_str()).collect();
        let known = if known.is_empty() { "there are none yet".to_owned() } else { known.join(", ") };
        CliError::usage(sanitize(&format!("there is no collection called “{name}”: {known}")))
    })?;
    let exported = postman::export(&to_postman(collection));
    print_block(serde_json::to_string_pretty(&exported).map_err(|err| CliError::new(5, err.to_string()))?)
}

/// Imports a collection.
pub(super) fn import(from: &str) -> Result<(), CliError> {
    let bytes = if from == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        read_collection(Path::new(from))
    };
    let bytes = bytes.map_err(|err| CliError::usage(format!("{from} cannot be read: {err}")))?;
    let imported = postman::import(&bytes).map_err(|err| CliError::usage(format!("{from}: {err}")))?;
    let (collections, remarks) = from_postman(&imported.collection);
    let (file, _) = load()?;
    let mut lines = Vec::new();
    let saved = file.update(|history| {
        for collection in collections {
            let count = collection.requests.len();
            lines.push(format!("{} ({count})", sanitize(history.add(collection))));
        }
    });
    saved.map_err(|err| CliError::new(5, format!("the list of requests cannot be saved: {err}")))?;
    for remark in imported.remarks.iter().chain(&remarks) {
        warn(&sanitize(&remark.to_string()));
    }
    lines.iter().try_for_each(print)
}
