//! The store of holds, of the starts that were handled, and of all runs: SQLite, because a run is kept before it is
//! acted upon, and because other processes change holds.

mod error;
mod rules;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, TransactionBehavior, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::error::StoreError;
use super::executor::{Applied, KeptState, Step};
use super::hold::Hold;
use super::run::{Run, RunId, RunOutcome};
use crate::files::{self, Quarantined};
use crate::home::{DeviceId, DeviceTree};

/// The version of the tables, in the file's `user_version`.
const VERSION: i64 = 2;
/// Time that a writer waits for another one.
const WAIT: Duration = Duration::from_secs(10);
/// The number of runs that are kept, some 100 MB. The oldest go first.
const MOST_RUNS: i64 = 300_000;
/// The longest run that is kept, as JSON, in bytes.
const LONGEST_RUN: usize = 16 * 1024;
/// Most holds; more than any home has thermostats.
const MOST_HOLDS: i64 = 20_000;

/// Times are milliseconds since 1970. The rest of a row is JSON, which tells more in later versions.
const TABLES: &str = "
    CREATE TABLE holds (thermostat TEXT PRIMARY KEY, hold TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE applied (thermostat TEXT PRIMARY KEY, applied TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        thermostat TEXT NOT NULL,
        is_open INTEGER NOT NULL,
        run TEXT NOT NULL
    ) STRICT;
    CREATE INDEX runs_by_time ON runs (at);
    CREATE INDEX open_runs ON runs (id) WHERE is_open;
    PRAGMA user_version = 1;";

/// The tables of rules, since version 2.
const RULE_TABLES: &str = "
    CREATE TABLE watched (
        rule TEXT NOT NULL,
        trigger TEXT NOT NULL,
        subject TEXT NOT NULL,
        watched TEXT NOT NULL,
        PRIMARY KEY (rule, trigger, subject)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE by_hand (slot TEXT PRIMARY KEY, change TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE seen (slot TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE rule_runs (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        rule TEXT NOT NULL,
        is_open INTEGER NOT NULL,
        acted INTEGER NOT NULL,
        run TEXT NOT NULL
    ) STRICT;
    CREATE INDEX rule_runs_by_time ON rule_runs (at);
    CREATE INDEX rule_runs_by_rule ON rule_runs (rule, at);
    CREATE INDEX open_rule_runs ON rule_runs (id) WHERE is_open;
    PRAGMA user_version = 2;";

/// An open store.
#[derive(Debug)]
pub struct AutomationStore {
    connection: Connection,
    /// The number of the open file, where the platform has one, else 0.
    file: u64,
}

/// A store that was opened, and the fate of a damaged file in its place.
#[derive(Debug)]
pub struct OpenedStore {
    pub store: AutomationStore,
    pub damaged: Option<Quarantined>,
}

impl AutomationStore {
    /// The file in a folder.
    pub fn file_in(folder: &Path) -> PathBuf {
        folder.join("automation.sqlite3")
    }

    /// Opens the store, and makes it if there is none. A damaged file is quarantined.
    pub fn open(path: &Path) -> Result<OpenedStore, StoreError> {
        match Self::open_once(path) {
            Err(StoreError::Damaged) => {
                for companion in ["-wal", "-shm"] {
                    let mut name = path.as_os_str().to_owned();
                    name.push(companion);
                    if Path::new(&name).exists() {
                        drop(files::quarantine(Path::new(&name)));
                    }
                }
                let damaged = files::quarantine(path);
                if matches!(damaged, Quarantined::Stuck { .. }) {
                    return Err(StoreError::Damaged);
                }
                Ok(OpenedStore { store: Self::open_once(path)?, damaged: Some(damaged) })
            }
            opened => Ok(OpenedStore { store: opened?, damaged: None }),
        }
    }

    fn open_once(path: &Path) -> Result<Self, StoreError> {
        match fs::metadata(path) {
            Ok(file) if file.is_file() => {}
            Ok(_) => return Err(StoreError::from(&io::Error::from(io::ErrorKind::IsADirectory))),
            // SQLite makes a file with the rights of the umask, so it is made here before.
            Err(err) if err.kind() == io::ErrorKind::NotFound => drop(files::open_lock(path)?),
            Err(err) => return Err(StoreError::from(&err)),
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(WAIT)?;
        let version = |connection: &Connection| connection.query_row("PRAGMA user_version", [], |row| row.get(0));
        let found: i64 = version(&connection)?;
        if found > VERSION {
            return Err(StoreError::Newer(found));
        }
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        // A run is on the disk before it is acted upon.
        connection.pragma_update(None, "synchronous", "full")?;
        let tables = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = version(&tables)?;
        if found < 1 {
            tables.execute_batch(TABLES)?;
        }
        if found < 2 {
            tables.execute_batch(RULE_TABLES)?;
        }
        tables.commit()?;
        let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if verdict != "ok" {
            return Err(StoreError::Damaged);
        }
        let file = identity(&fs::metadata(path).map_err(|err| StoreError::from(&err))?);
        Ok(Self { connection, file })
    }

    /// Reads the whole state. Entries of a newer program are left out.
    pub fn load(&self) -> Result<KeptState, StoreError> {
        let mut open = BTreeMap::new();
        let mut statement = self.connection.prepare("SELECT id, run FROM runs WHERE is_open")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(run) = read::<Run>(row.get_ref(1)?.as_str()) {
                open.insert(RunId(row.get(0)?), run);
            }
        }
        Ok(KeptState { holds: self.holds()?, applied: self.table("SELECT thermostat, applied FROM applied")?, open })
    }

    /// The holds of all thermostats.
    pub fn holds(&self) -> Result<BTreeMap<DeviceId, Hold>, StoreError> {
        self.table("SELECT thermostat, hold FROM holds")
    }

    fn table<T: DeserializeOwned>(&self, sql: &str) -> Result<BTreeMap<DeviceId, T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut all = BTreeMap::new();
        while let Some(row) = rows.next()? {
            if let Some(value) = read(row.get_ref(1)?.as_str()) {
                all.insert(DeviceId::from(row.get::<_, String>(0)?.as_str()), value);
            }
        }
        Ok(all)
    }

    /// Forgets everything but the runs, of which none stays open.
    pub fn forget_state(&self) -> Result<(), StoreError> {
        let sql = "DELETE FROM holds; DELETE FROM applied; UPDATE runs SET is_open = 0 WHERE is_open;
            DELETE FROM watched; UPDATE rule_runs SET is_open = 0 WHERE is_open;";
        Ok(self.connection.execute_batch(sql)?)
    }

    /// Begins a hold. The value from before of one that it replaces stays while that one is in force.
    pub fn put_hold(&mut self, hold: Hold, home: &DeviceTree, now: Timestamp) -> Result<(), StoreError> {
        self.change_hold(&hold.thermostat.clone(), |earlier| Some(hold.after(earlier.as_ref(), home, now)))
    }

    /// Changes the hold of a thermostat, or removes it, in one transaction.
    pub fn change_hold(
        &mut self,
        thermostat: &DeviceId,
        change: impl FnOnce(Option<Hold>) -> Option<Hold>,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let sql = "SELECT hold FROM holds WHERE thermostat = ?1";
        let known: Option<String> = transaction.query_row(sql, [thermostat.as_str()], |row| row.get(0)).optional()?;
        match change(known.and_then(|text| read(Ok(&text)))) {
            Some(hold) => {
                let count: i64 = transaction.query_row("SELECT count(*) FROM holds", [], |row| row.get(0))?;
                if count >= MOST_HOLDS {
                    return Err(StoreError::Full);
                }
                let sql = "INSERT OR REPLACE INTO holds (thermostat, hold) VALUES (?1, ?2)";
                transaction.execute(sql, params![thermostat.as_str(), written(&hold)?])?;
            }
            None => {
                transaction.execute("DELETE FROM holds WHERE thermostat = ?1", [thermostat.as_str()])?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// Stores a step, all of it or nothing.
    pub fn add(&mut self, step: &Step) -> Result<RunId, StoreError> {
        let Step { run, applied } = step;
        let is_open = run.outcome == RunOutcome::Open;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "INSERT INTO runs (at, thermostat, is_open, run) VALUES (?1, ?2, ?3, ?4)",
            params![run.at.as_millisecond(), run.thermostat.as_str(), is_open, written(run)?],
        )?;
        let id = transaction.last_insert_rowid();
        transaction.execute("DELETE FROM runs WHERE id <= ?1 AND NOT is_open", [id - MOST_RUNS])?;
        if let Some(applied) = applied {
            put_applied(&transaction, &run.thermostat, applied)?;
        }
        if !is_open {
            end_hold(&transaction, run)?;
        }
        transaction.commit()?;
        Ok(RunId(id))
    }

    /// Stores the outcome of a run, with the last start of its thermostat if that changed.
    pub fn resolve(&mut self, id: RunId, run: &Run, applied: Option<&Applied>) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let is_open = run.outcome == RunOutcome::Open;
        transaction
            .execute("UPDATE runs SET is_open = ?2, run = ?3 WHERE id = ?1", params![id.0, is_open, written(run)?])?;
        if let Some(applied) = applied {
            put_applied(&transaction, &run.thermostat, applied)?;
        }
        if run.outcome != RunOutcome::NotSent {
            end_hold(&transaction, run)?;
        }
        Ok(transaction.commit()?)
    }

    /// The newest runs before a time, the newest first.
    pub fn runs(&self, before: Option<Timestamp>, most: usize) -> Result<Vec<(RunId, Run)>, StoreError> {
        let sql = "SELECT id, run FROM runs WHERE at < ?1 ORDER BY at DESC, id DESC LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let before = before.map_or(i64::MAX, Timestamp::as_millisecond);
        let mut rows = statement.query(params![before, i64::try_from(most).unwrap_or(i64::MAX)])?;
        let mut runs = Vec::new();
        while let Some(row) = rows.next()? {
            if let Some(run) = read(row.get_ref(1)?.as_str()) {
                runs.push((RunId(row.get(0)?), run));
            }
        }
        Ok(runs)
    }

    /// True while the file at the path is the one that is open: somebody may have deleted or replaced it.
    pub fn is_in_place(&self, path: &Path) -> bool {
        fs::metadata(path).is_ok_and(|found| self.file == identity(&found))
    }

    /// A number that changes when another process changed the file.
    pub fn foreign_version(&self) -> Result<i64, StoreError> {
        Ok(self.connection.query_row("PRAGMA data_version", [], |row| row.get(0))?)
    }
}

#[cfg(unix)]
fn identity(found: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn identity(_found: &fs::Metadata) -> u64 {
    0
}

/// Removes the hold that a run ends, unless another one has begun since.
fn end_hold(connection: &Connection, run: &Run) -> Result<(), StoreError> {
    if run.ends_hold.is_none() {
        return Ok(());
    }
    let sql = "SELECT hold FROM holds WHERE thermostat = ?1";
    let thermostat = run.thermostat.as_str();
    let known: Option<String> = connection.query_row(sql, [thermostat], |row| row.get(0)).optional()?;
    let known = known.and_then(|text| read::<Hold>(Ok(&text)));
    if known.map(|hold| hold.began) == run.ends_hold {
        connection.execute("DELETE FROM holds WHERE thermostat = ?1", [thermostat])?;
    }
    Ok(())
}

fn put_applied(connection: &Connection, thermostat: &DeviceId, applied: &Applied) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO applied (thermostat, applied) VALUES (?1, ?2)";
    connection.execute(sql, params![thermostat.as_str(), written(applied)?])?;
    Ok(())
}

/// A value of a row; `None` for one that a newer program wrote.
fn read<T: DeserializeOwned>(text: Result<&str, rusqlite::types::FromSqlError>) -> Option<T> {
    let parsed = serde_json::from_str(text.ok()?);
    parsed.inspect_err(|err| tracing::warn!(%err, "an entry of the automation cannot be read")).ok()
}

fn written(value: &impl Serialize) -> Result<String, StoreError> {
    let text = serde_json::to_string(value).map_err(|err| StoreError::Other(err.to_string()))?;
    if text.len() > LONGEST_RUN {
        return Err(StoreError::Other(format!("an entry of {} bytes is too long", text.len())));
    }
    Ok(text)
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
