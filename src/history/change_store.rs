//! The changes in the file of the history.

use jiff::Timestamp;
use rusqlite::{Row, params};

use super::change::{Change, ChangeCause, ChangeKind, ChangeQuery};
use super::error::HistoryError;
use super::store::{HistoryStore, Writer, version};

/// The version of the file from which on it has changes.
const CHANGES_SINCE: i64 = 2;
/// Longest text of a value or a name that is kept, in bytes.
const LONGEST: usize = 1_000;

impl HistoryStore {
    /// Reads changes, the newest first. Those of a kind that this program does not know are left out.
    pub fn changes(&self, query: &ChangeQuery) -> Result<Vec<Change>, HistoryError> {
        if version(&self.connection)? < CHANGES_SINCE {
            // An earlier program wrote the file, and no writer has added the table yet.
            return Ok(Vec::new());
        }
        let sql = "SELECT node, at, kind, until, name, before, after, cause FROM changes
            WHERE (?1 IS NULL OR node = ?1) AND at >= ?2 AND at < ?3 AND (?5 = '' OR instr(?5, ',' || kind || ','))
            ORDER BY at DESC, node, kind LIMIT ?4";
        let kinds = query.kinds.iter().flat_map(|kind| [",", kind.word(), ","]).collect::<String>();
        let mut statement = self.connection.prepare_cached(sql)?;
        let from = query.from.map_or(i64::MIN, Timestamp::as_millisecond);
        let to = query.to.map_or(i64::MAX, Timestamp::as_millisecond);
        let most = i64::try_from(query.most).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![query.node, from, to, most, kinds], change_of_row)?;
        rows.filter_map(Result::transpose).collect::<Result<_, _>>().map_err(HistoryError::from)
    }
}

fn change_of_row(row: &Row<'_>) -> rusqlite::Result<Option<Change>> {
    let time = |milliseconds: i64| Timestamp::from_millisecond(milliseconds).ok();
    let kind = ChangeKind::of_word(row.get_ref(2)?.as_str()?);
    let (Some(kind), Some(at)) = (kind, time(row.get(1)?)) else { return Ok(None) };
    let cause: Option<String> = row.get(7)?;
    Ok(Some(Change {
        node: row.get(0)?,
        name: row.get(4)?,
        kind,
        at,
        until: row.get::<_, Option<i64>>(3)?.and_then(time),
        before: row.get(5)?,
        after: row.get(6)?,
        cause: cause.and_then(|word| ChangeCause::of_word(&word)),
    }))
}

impl Writer<'_> {
    /// Stores a change. One that is there already is replaced: a span may have ended meanwhile.
    pub fn put_change(&self, change: &Change) -> Result<(), HistoryError> {
        let sql = "INSERT OR REPLACE INTO changes (node, at, kind, until, name, before, after, cause)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let mut statement = self.transaction.prepare_cached(sql)?;
        statement.execute(params![
            change.node,
            change.at.as_millisecond(),
            change.kind.word(),
            change.until.map(Timestamp::as_millisecond),
            shortened(&change.name),
            change.before.as_deref().map(shortened),
            change.after.as_deref().map(shortened),
            change.cause.map(ChangeCause::word),
        ])?;
        Ok(())
    }

    /// Deletes the changes of every device and home, or those before a time in seconds since 1970.
    pub fn forget_all_changes(&self, before: Option<i64>) -> Result<(), HistoryError> {
        let before = before.map_or(i64::MAX, |seconds| seconds.saturating_mul(1_000));
        self.transaction.execute("DELETE FROM changes WHERE at < ?1", [before])?;
        Ok(())
    }

    /// Deletes the changes of a device or home, or those before a time.
    pub(super) fn forget_changes(&self, node: &str, before: Option<i64>) -> Result<(), HistoryError> {
        let before = before.map_or(i64::MAX, |seconds| seconds.saturating_mul(1_000));
        self.transaction.execute("DELETE FROM changes WHERE node = ?1 AND at < ?2", params![node, before])?;
        Ok(())
    }
}

fn shortened(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    #[test]
    fn a_change_is_kept_once_and_a_span_gets_its_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut history = HistoryStore::open(&folder.path().join("history.sqlite3")).expect("opened").history;
        let target = Change {
            before: Some("20.0 °C".to_owned()),
            after: Some("ä".repeat(2_000)),
            cause: Some(ChangeCause::Cli),
            ..Change::span("a", "Hallway", ChangeKind::Target, at(2_000_000_000), None)
        };
        let run = Change::span("a", "Hallway", ChangeKind::Heating, at(2_000_000_100), None);
        let ended = Change { until: Some(at(2_000_000_400)), ..run.clone() };
        let writer = history.write().expect("a writer");
        for change in [&target, &run, &ended, &target] {
            writer.put_change(change).expect("stored");
        }
        writer.commit().expect("kept");
        let query = ChangeQuery::newest(10);
        let read = history.changes(&query).expect("read");
        let kept = Change { after: Some("ä".repeat(500)), ..target };
        assert_eq!(read, [ended, kept]);
        let of_another = ChangeQuery { node: Some("b".to_owned()), ..query.clone() };
        assert_eq!(history.changes(&of_another).expect("read"), []);
        let of_a_kind = ChangeQuery { kinds: &[ChangeKind::Mode, ChangeKind::Target], ..query.clone() };
        assert_eq!(history.changes(&of_a_kind).expect("read").len(), 1);
        let early = ChangeQuery { to: Some(at(2_000_000_100)), ..query };
        assert_eq!(history.changes(&early).expect("read").len(), 1);
    }
}
