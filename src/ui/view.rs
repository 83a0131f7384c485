//! The context of a view: a snapshot, the time, the state of the window, and the list of intents.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::curves::CurveCache;
use super::intent::{AppIntent, Intent};
use super::summary::HomeSummary;
use super::texture_cache::TextureCache;
use super::theme::tokens::Colors;
use crate::accounts::settings::{CostSettings, FilterSettings, Notify, RuleSettings};
use crate::accounts::{AccountSnapshot, AccountsView};
use crate::automation::device_schedule::KnownDeviceSchedule;
use crate::automation::driver::AutomationView;
use crate::engine::{Connection, Debounce, WriteState};
use crate::history::DegreeDayBase;
use crate::home::{DeviceId, Node, Refusal, Slot, StructureId, Write, blocked};
use crate::i18n::Localizer;
use crate::presets::Presets;

/// The time that an ordinary reconnection takes at most.
const RECONNECTS: SignedDuration = SignedDuration::from_secs(5);

/// A value that the user is still editing.
#[derive(Debug, Clone, PartialEq)]
pub enum Draft {
    /// The value of a slider.
    Number(f64),
    /// The values of a slider with two handles.
    Pair(f64, f64),
    /// The contents of a text field.
    Text(String),
}

/// The drafts of all controls, by slot.
#[derive(Debug, Default)]
pub struct Drafts {
    values: BTreeMap<Slot, Draft>,
    /// The confirmed value when the user began to edit.
    began: BTreeMap<Slot, Option<Write>>,
    /// The snapshot version at which a draft became a request. The draft stays visible until the engine shows
    /// the write.
    sent: BTreeMap<Slot, u64>,
}

impl Drafts {
    /// The draft of a slot.
    pub fn of(&self, slot: &Slot) -> Option<&Draft> {
        self.values.get(slot)
    }

    /// Stores the draft of a slot.
    pub fn keep(&mut self, slot: Slot, draft: Draft) {
        self.sent.remove(&slot);
        self.values.insert(slot, draft);
    }

    /// Stores the confirmed value at the begin of an edit; later calls in the same edit have no effect.
    pub fn remember_base(&mut self, slot: &Slot, confirmed: impl FnOnce() -> Option<Write>) {
        self.began.entry(slot.clone()).or_insert_with(confirmed);
    }

    fn began_at(&mut self, slot: &Slot) -> Option<Write> {
        self.began.remove(slot).flatten()
    }

    /// Drops the draft, so that the confirmed value shows again.
    pub fn drop(&mut self, slot: &Slot) {
        self.values.remove(slot);
        self.began.remove(slot);
        self.sent.remove(slot);
    }

    /// True while a request for the slot is on its way to the engine and is not in the snapshot yet.
    pub fn is_sent(&self, slot: &Slot) -> bool {
        self.sent.contains_key(slot)
    }

    fn mark_sent(&mut self, slot: Slot, version: u64) {
        self.sent.insert(slot, version);
    }

    /// Drops the drafts whose request the snapshot shows.
    pub fn drop_shown(&mut self, snapshot: &AccountsView) {
        let Self { values, sent, .. } = self;
        sent.retain(|slot, version| {
            // One more publication may already be under way when the request is sent, so wait for two.
            let shown = snapshot.write_state(slot).is_some() || snapshot.version > *version + 2;
            if shown {
                values.remove(slot);
            }
            !shown
        });
    }
}

/// The context of a view.
pub struct ViewContext<'a> {
    pub snapshot: &'a AccountsView,
    /// Holds and schedules.
    pub automation: &'a AutomationView,
    /// The schedules that thermostats keep themselves, as far as they were read.
    pub device_schedules: &'a BTreeMap<DeviceId, KnownDeviceSchedule>,
    /// The time of day.
    pub now: Timestamp,
    /// The user's time zone.
    pub zone: &'a TimeZone,
    /// Texts in the user's language.
    pub i18n: &'a Localizer,
    /// The colours of the current theme.
    pub colors: &'static Colors,
    /// The home that is shown; `None` for all of them.
    pub home: Option<&'a StructureId>,
    /// The values that the user is editing.
    pub drafts: &'a mut Drafts,
    /// The textures of the cameras' pictures.
    pub pictures: &'a mut TextureCache,
    /// The curves of the thermostats.
    pub curves: &'a mut CurveCache,
    /// The presets of the user.
    pub presets: &'a Presets,
    /// The pinned devices, in order.
    pub pinned: &'a [DeviceId],
    /// The order of the devices that the user gave.
    pub order: &'a Arc<[DeviceId]>,
    /// True for small cards on the overview of a large home.
    pub is_compact: bool,
    /// The base of degree days that the user chose.
    pub degree_day_base: Option<DegreeDayBase>,
    /// The figures for the estimate of cost.
    pub cost: CostSettings,
    /// The air filter whose hours are counted.
    pub filter: Option<FilterSettings>,
    /// The notification settings.
    pub notify: &'a Notify,
    /// The programs and requests that rules may name.
    pub outside: &'a RuleSettings,
    /// The summary of the device tree.
    pub summary: &'a HomeSummary,
    /// True in the first frame of a page that was opened, but not of one that *Back* returned to.
    pub is_fresh: bool,
    /// True if the pages and menus for developers are shown.
    pub is_developer: bool,
    /// True if the settings have an account.
    pub has_accounts: bool,
    /// The intents of this frame.
    pub intents: Vec<Intent>,
    /// The slot of an invalid typed text, and the message to show below its control.
    pub remark: Option<(Slot, String)>,
}

/// The distance from now within which seconds matter.
const SECONDS_MATTER: SignedDuration = SignedDuration::from_mins(2);

impl ViewContext<'_> {
    /// Requests a write.
    pub fn request(&mut self, write: Write, settle: Debounce) {
        let slot = write.slot();
        let seen = self.drafts.began_at(&slot);
        self.drafts.mark_sent(slot, self.snapshot.version);
        self.send(AppIntent::set(write, settle, seen));
    }

    /// Adds any other intent.
    pub fn send(&mut self, intent: impl Into<Intent>) {
        self.intents.push(intent.into());
    }

    /// The state of the newest pending write for a slot.
    pub fn state(&self, slot: &Slot) -> Option<&WriteState> {
        self.snapshot.write_state(slot)
    }

    /// The reason why a control is blocked; `None` if it is not.
    pub fn blocked(&self, slot: &Slot) -> Option<Refusal> {
        blocked(&self.snapshot.shown, slot)
    }

    /// A time as `14:02`, with the date if it is not today.
    pub fn clock(&self, at: Timestamp) -> String {
        self.i18n.clock(at, self.now, self.zone)
    }

    /// The comfort levels that thermostats can be put on, each with the writes for all of them. A preset of the same name
    /// hides its level.
    pub fn levels(&self) -> Vec<(String, Vec<Write>)> {
        let levels = self.automation.schedules.content.levels.iter();
        let free = levels.filter(|level| self.presets.find(&level.name).is_none());
        let writes = free.map(|level| (level.name.clone(), level.on_all(&self.snapshot.shown)));
        writes.filter(|(_, writes)| !writes.is_empty()).collect()
    }

    /// A time as `14:02:11`, for events that are seconds apart; without seconds if it is minutes away.
    pub fn clock_with_seconds(&self, at: Timestamp) -> String {
        if at.duration_since(self.now).abs() > SECONDS_MATTER {
            return self.clock(at);
        }
        at.to_zoned(self.zone.clone()).strftime("%H:%M:%S").to_string()
    }

    /// Says of when the values of a node are, while its account has no connection; `None` while they are current.
    pub fn outdated(&self, node: &Node) -> Option<String> {
        self.outdated_in(self.snapshot.owner(node)?)
    }

    /// Says of when the state of a Protect is, as [`Self::outdated`] does.
    pub fn outdated_protect(&self, id: &DeviceId) -> Option<String> {
        let mut accounts = self.snapshot.accounts.iter();
        self.outdated_in(accounts.find(|account| account.snapshot.confirmed.protects.contains_key(id))?)
    }

    fn outdated_in(&self, account: &AccountSnapshot) -> Option<String> {
        match account.connection() {
            // Services end their streams now and then; the next one follows at once.
            Connection::Reconnecting { since, why: None, .. } if self.now.duration_since(*since) < RECONNECTS => None,
            Connection::Reconnecting { since, .. } => {
                Some(self.i18n.format("values-as-of", [("time", self.clock(*since).into())]))
            }
            Connection::SignedOut { .. } | Connection::Closed => Some(self.text("values-last-known")),
            Connection::Connecting | Connection::Live | Connection::Stale { .. } => None,
        }
    }

    /// The value of a write as text.
    pub fn value(&self, write: &Write) -> String {
        self.i18n.value(write, self.now, self.zone)
    }

    /// A message without variables, as an owned string.
    pub fn text(&self, id: &str) -> String {
        self.i18n.text(id).into_owned()
    }

    /// A name, or the word for the kind of thing if it has none.
    pub fn name_or(&self, name: Option<&str>, kind: &str) -> String {
        name.map_or_else(|| self.text(kind), str::to_owned)
    }
}
