//! The watched triggers and the runs of rules.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, TransactionBehavior, params};
use serde::de::DeserializeOwned;

use super::{AutomationStore, MOST_HOLDS, MOST_RUNS, StoreError, read, written};
use crate::automation::rule::{KeptRules, RuleRun, RuleStep, SlotNotes, WatchKey, Watched};
use crate::automation::run::RunId;
use crate::home::Slot;

/// Most watched triggers: a thousand rules that look at each of two hundred devices.
const MOST_WATCHED: i64 = 200_000;
/// The time for which runs count against a rate.
const RATE_TIME: SignedDuration = SignedDuration::from_hours(1);

impl AutomationStore {
    /// Reads the state of all rules.
    pub fn load_rules(&self, now: Timestamp) -> Result<KeptRules, StoreError> {
        let mut kept = KeptRules::default();
        let mut statement = self.connection.prepare("SELECT rule, trigger, subject, watched FROM watched")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(watched) = read::<Watched>(row.get_ref(3)?.as_str()) {
                let key = WatchKey { rule: row.get(0)?, trigger: row.get(1)?, subject: row.get(2)? };
                kept.watched.insert(key, watched);
            }
        }
        let mut statement = self.connection.prepare("SELECT id, run FROM rule_runs WHERE is_open")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(run) = read::<RuleRun>(row.get_ref(1)?.as_str()) {
                kept.open.insert(RunId(row.get(0)?), run);
            }
        }
        kept.by_hand = self.slots("SELECT slot, change FROM by_hand")?;
        kept.seen = self.slots("SELECT slot, value FROM seen")?;
        let since = now.checked_sub(RATE_TIME).unwrap_or(Timestamp::MIN);
        let mut statement =
            self.connection.prepare("SELECT rule, at FROM rule_runs WHERE acted AND at > ?1 ORDER BY at")?;
        let mut rows = statement.query([since.as_millisecond()])?;
        while let Some(row) = rows.next()? {
            if let Ok(at) = Timestamp::from_millisecond(row.get(1)?) {
                kept.recent.push((row.get(0)?, at));
            }
        }
        Ok(kept)
    }

    fn slots<T: DeserializeOwned>(&self, sql: &str) -> Result<BTreeMap<Slot, T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut all = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (slot, value) = (read::<Slot>(row.get_ref(0)?.as_str()), read(row.get_ref(1)?.as_str()));
            all.extend(slot.zip(value));
        }
        Ok(all)
    }

    /// Stores the values of slots as they were seen last, and changes of them by hand.
    pub fn note_slots(&mut self, notes: &SlotNotes) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (slot, value) in &notes.seen {
            let sql = "INSERT OR REPLACE INTO seen (slot, value) VALUES (?1, ?2)";
            transaction.prepare_cached(sql)?.execute(params![written(slot)?, written(value)?])?;
        }
        for change in &notes.by_hand {
            let sql = "INSERT OR REPLACE INTO by_hand (slot, change) VALUES (?1, ?2)";
            transaction.prepare_cached(sql)?.execute(params![written(&change.write.slot())?, written(change)?])?;
        }
        let count = "SELECT max((SELECT count(*) FROM seen), (SELECT count(*) FROM by_hand))";
        let count: i64 = transaction.query_row(count, [], |row| row.get(0))?;
        if count > MOST_WATCHED {
            return Err(StoreError::Full);
        }
        Ok(transaction.commit()?)
    }

    /// Stores steps, all of them or nothing, and returns the ids of their runs.
    pub fn add_rules(&mut self, steps: &[RuleStep]) -> Result<Vec<Option<RunId>>, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut ids = Vec::new();
        for step in steps {
            for (key, watched) in &step.watched {
                let sql = "INSERT OR REPLACE INTO watched (rule, trigger, subject, watched) VALUES (?1, ?2, ?3, ?4)";
                let mut statement = transaction.prepare_cached(sql)?;
                statement.execute(params![key.rule, key.trigger, key.subject, written(watched)?])?;
            }
            for hold in &step.holds {
                let count: i64 = transaction.query_row("SELECT count(*) FROM holds", [], |row| row.get(0))?;
                if count >= MOST_HOLDS {
                    return Err(StoreError::Full);
                }
                let sql = "INSERT OR REPLACE INTO holds (thermostat, hold) VALUES (?1, ?2)";
                transaction.execute(sql, params![hold.thermostat.as_str(), written(hold)?])?;
            }
            for ended in &step.ended_holds {
                end_now(&transaction, ended.as_str(), step.run.as_ref().map(|run| run.at))?;
            }
            ids.push(step.run.as_ref().map(|run| put_run(&transaction, run)).transpose()?);
        }
        let count: i64 = transaction.query_row("SELECT count(*) FROM watched", [], |row| row.get(0))?;
        if count > MOST_WATCHED {
            return Err(StoreError::Full);
        }
        transaction.commit()?;
        Ok(ids)
    }

    /// Forgets triggers that are watched no more.
    pub fn forget_watched(&mut self, keys: &[WatchKey]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for key in keys {
            let sql = "DELETE FROM watched WHERE rule = ?1 AND trigger = ?2 AND subject = ?3";
            transaction.execute(sql, params![key.rule, key.trigger, key.subject])?;
        }
        Ok(transaction.commit()?)
    }

    /// Stores a run again, after an act has an outcome.
    pub fn resolve_rule(&self, id: RunId, run: &RuleRun) -> Result<(), StoreError> {
        let sql = "UPDATE rule_runs SET is_open = ?2, acted = ?3, run = ?4 WHERE id = ?1";
        self.connection.execute(sql, params![id.0, run.is_open(), run.acted(), written(run)?])?;
        Ok(())
    }

    /// The newest runs of all rules, or of one, the newest first.
    pub fn rule_runs(&self, rule: Option<&str>, most: usize) -> Result<Vec<(RunId, RuleRun)>, StoreError> {
        let sql = "SELECT id, run FROM rule_runs WHERE ?1 IS NULL OR rule = ?1 COLLATE NOCASE
            ORDER BY at DESC, id DESC LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![rule, i64::try_from(most).unwrap_or(i64::MAX)])?;
        let mut runs = Vec::new();
        while let Some(row) = rows.next()? {
            if let Some(run) = read(row.get_ref(1)?.as_str()) {
                runs.push((RunId(row.get(0)?), run));
            }
        }
        Ok(runs)
    }
}

/// Lets a hold end at the present: the executor of holds does the rest.
fn end_now(connection: &Connection, thermostat: &str, now: Option<Timestamp>) -> Result<(), StoreError> {
    let sql = "SELECT hold FROM holds WHERE thermostat = ?1";
    let known: Option<String> =
        rusqlite::OptionalExtension::optional(connection.query_row(sql, [thermostat], |row| row.get(0)))?;
    let known = known.and_then(|text| read::<crate::automation::hold::Hold>(Ok(&text)));
    if let (Some(hold), Some(now)) = (known, now) {
        let hold = crate::automation::hold::Hold { ends: crate::home::HoldEnd::At(now), ..hold };
        let sql = "INSERT OR REPLACE INTO holds (thermostat, hold) VALUES (?1, ?2)";
        connection.execute(sql, params![thermostat, written(&hold)?])?;
    }
    Ok(())
}

fn put_run(connection: &Connection, run: &RuleRun) -> Result<RunId, StoreError> {
    let sql = "INSERT INTO rule_runs (at, rule, is_open, acted, run) VALUES (?1, ?2, ?3, ?4, ?5)";
    connection.execute(sql, params![run.at.as_millisecond(), run.rule, run.is_open(), run.acted(), written(run)?])?;
    let id = connection.last_insert_rowid();
    connection.execute("DELETE FROM rule_runs WHERE id <= ?1 AND NOT is_open", [id - MOST_RUNS])?;
    Ok(RunId(id))
}
