//! What a view is given: a snapshot, the time, what the person is in the middle of, and a place
//! to put intents.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::digest::Digest;
use super::intent::Intent;
use super::picture_book::PictureBook;
use super::theme::tokens::Colors;
use crate::engine::{Debounce, Snapshot, WriteState};
use crate::home::{DeviceId, Refusal, Slot, StructureId, Write, closed};
use crate::i18n::Localizer;
use crate::settings::Notify;

/// A value that a hand is still on.
#[derive(Debug, Clone, PartialEq)]
pub enum Draft {
    /// A slider.
    Number(f64),
    /// A slider with two handles.
    Pair(f64, f64),
    /// A text field.
    Text(String),
}

/// What the person is in the middle of, by slot.
#[derive(Debug, Default)]
pub struct Drafts {
    values: BTreeMap<Slot, Draft>,
    /// What was confirmed when the hand came.
    began: BTreeMap<Slot, Option<Write>>,
    /// Drafts that became a wish at a version of the snapshot: shown until a newer one comes.
    sent: BTreeMap<Slot, u64>,
}

impl Drafts {
    /// The draft of a slot.
    pub fn of(&self, slot: &Slot) -> Option<&Draft> {
        self.values.get(slot)
    }

    /// Keeps what the hand is at.
    pub fn keep(&mut self, slot: Slot, draft: Draft) {
        self.sent.remove(&slot);
        self.values.insert(slot, draft);
    }

    /// Remembers what is confirmed, unless the hand was there already.
    pub fn begin(&mut self, slot: &Slot, confirmed: impl FnOnce() -> Option<Write>) {
        self.began.entry(slot.clone()).or_insert_with(confirmed);
    }

    fn began_at(&mut self, slot: &Slot) -> Option<Write> {
        self.began.remove(slot).flatten()
    }

    /// Drops it: the confirmed value is shown again.
    pub fn drop(&mut self, slot: &Slot) {
        self.values.remove(slot);
        self.began.remove(slot);
        self.sent.remove(slot);
    }

    /// Whether a wish for the slot is on its way to the engine, which has not shown it yet.
    pub fn is_sent(&self, slot: &Slot) -> bool {
        self.sent.contains_key(slot)
    }

    fn became_a_wish(&mut self, slot: Slot, version: u64) {
        self.sent.insert(slot, version);
    }

    /// Drops drafts whose wish the engine shows by now.
    pub fn settle(&mut self, snapshot: &Snapshot) {
        let Self { values, sent, .. } = self;
        sent.retain(|slot, version| {
            // One more publication may already have been under way when the wish was sent.
            let shown = snapshot.writes.contains_key(slot) || snapshot.version > *version + 2;
            if shown {
                values.remove(slot);
            }
            !shown
        });
    }
}

/// What a view works with.
pub struct View<'a> {
    /// The account.
    pub snapshot: &'a Snapshot,
    /// The time of day.
    pub now: Timestamp,
    /// Where the person is.
    pub zone: &'a TimeZone,
    /// In the person's language.
    pub i18n: &'a Localizer,
    /// Of the theme that is shown.
    pub colors: &'static Colors,
    /// The home that is shown; `None` for all of them.
    pub home: Option<&'a StructureId>,
    /// What the person is in the middle of.
    pub drafts: &'a mut Drafts,
    /// What cameras saw.
    pub pictures: &'a mut PictureBook,
    /// The devices that are kept at hand, in order.
    pub pinned: &'a [DeviceId],
    /// What the person wants to be notified of.
    pub notify: &'a Notify,
    /// What was worked out for the home that is shown.
    pub digest: &'a Digest,
    /// What they asked for.
    pub intents: Vec<Intent>,
    /// What is wrong with a text that was typed, to be said below its control.
    pub remark: Option<(Slot, String)>,
}

impl View<'_> {
    /// Asks for a change.
    pub fn want(&mut self, write: Write, settle: Debounce) {
        let slot = write.slot();
        let seen = self.drafts.began_at(&slot);
        self.drafts.became_a_wish(slot, self.snapshot.version);
        self.intents.push(Intent::want(write, settle, seen));
    }

    /// Asks for anything else.
    pub fn ask(&mut self, intent: Intent) {
        self.intents.push(intent);
    }

    /// What became of the newest wish for a value.
    pub fn state(&self, slot: &Slot) -> Option<&WriteState> {
        self.snapshot.write_state(slot)
    }

    /// Why a control is closed; `None` when it is open.
    pub fn closed(&self, slot: &Slot) -> Option<Refusal> {
        closed(&self.snapshot.shown, slot)
    }

    /// `14:02`, or with the date when it is not today.
    pub fn clock(&self, at: Timestamp) -> String {
        self.i18n.clock(at, self.now, self.zone)
    }

    /// `14:02:11`, for what is a matter of seconds.
    pub fn clock_with_seconds(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%H:%M:%S").to_string()
    }

    /// The value that a write asks for, in words.
    pub fn value(&self, write: &Write) -> String {
        self.i18n.value(write, self.now, self.zone)
    }

    /// A message without variables, to keep.
    pub fn say(&self, id: &str) -> String {
        self.i18n.text(id).into_owned()
    }

    /// A name, or the word for the kind of thing where it has none.
    pub fn name_or(&self, name: Option<&str>, kind: &str) -> String {
        name.map_or_else(|| self.say(kind), str::to_owned)
    }
}
