//! The changes of the history that the logs of the accounts no longer have, and the runs of the equipment.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Context, Ui};
use jiff::Timestamp;
use poll_promise::Promise;

use super::event_word;
use super::row::plain_row_ui;
use crate::accounts::AccountsView;
use crate::engine::EventKind;
use crate::history::{Change, ChangeCause, ChangeKind, ChangeQuery, HistoryError};
use crate::home::{Away, Field, HvacMode, Node};
use crate::ui::curves::CurveCache;
use crate::ui::intent::Page;
use crate::ui::theme::icons;
use crate::ui::view::ViewContext;

/// Changes that are read at once.
const AT_ONCE: usize = 1_000;
/// Most changes that are kept for the page. `setpoint history changes` tells all.
const MOST: usize = 20_000;

/// The changes that were read.
#[derive(Default)]
pub(super) struct PastChanges {
    read: Arc<[Change]>,
    pending: Option<Promise<Result<Vec<Change>, HistoryError>>>,
    pub(super) failed: Option<HistoryError>,
    /// The number that was asked for.
    wanted: usize,
    /// The revision of the history, the minute, the number and the device of the last reading.
    seen: Option<(u64, i64, usize, Option<String>)>,
}

impl PastChanges {
    /// Returns the changes, and begins to read them when the page opens and when the accounts have news.
    pub(super) fn get_or_read(
        &mut self,
        ctx: &Context,
        (accounts, now): (&AccountsView, Timestamp),
        history: &CurveCache,
        node: Option<&String>,
    ) -> Arc<[Change]> {
        if let Some(promise) = self.pending.take() {
            match promise.try_take() {
                Ok(Ok(read)) => (self.read, self.failed) = (read.into(), None),
                Ok(Err(failed)) => self.failed = Some(failed),
                Err(promise) => self.pending = Some(promise),
            }
        }
        let of = self.seen.as_ref().and_then(|(.., node)| node.as_ref());
        // Another device begins with its newest changes.
        self.wanted = if of == node { self.wanted.max(AT_ONCE) } else { AT_ONCE };
        // The history writes each half minute.
        let seen = Some((history.revision(), now.as_second() / 60, self.wanted, node.cloned()));
        if self.pending.is_none() && self.seen != seen {
            self.seen = seen;
            let query = ChangeQuery { node: node.cloned(), ..ChangeQuery::newest(self.wanted) };
            self.pending = history.changes(accounts, query);
            ctx.request_repaint();
        }
        Arc::clone(&self.read)
    }

    /// True if there may be more.
    pub(super) fn has_more(&self) -> bool {
        self.read.len() >= self.wanted && self.wanted < MOST
    }

    pub(super) fn read_more(&mut self) {
        self.wanted = (self.wanted + AT_ONCE).min(MOST);
    }
}

/// The keys of what the logs show already: the node, and the time in milliseconds.
pub(super) fn shown_keys(accounts: &AccountsView) -> BTreeSet<(String, i64)> {
    let node = |node: &Node| match node {
        Node::Structure(id) => id.as_str().to_owned(),
        Node::Thermostat(id) | Node::Camera(id) => id.as_str().to_owned(),
    };
    let records = accounts.records().map(|entry| (node(&entry.record.slot.node), entry.record.at.as_millisecond()));
    let events = accounts.events().map(|(_, event)| (event.device.as_str().to_owned(), event.at.as_millisecond()));
    records.chain(events).collect()
}

/// True if a log shows the change already.
pub(super) fn is_shown(keys: &BTreeSet<(String, i64)>, change: &Change) -> bool {
    keys.contains(&(change.node.clone(), change.at.as_millisecond()))
}

/// The change as a sentence, and its time with its cause.
pub(super) fn change_words(view: &ViewContext<'_>, change: &Change) -> (String, String) {
    let device = change.name.as_str();
    let span = |id: &str| view.i18n.format(id, [("device", device.into())]);
    let camera = |kind| format!("{device}: {}", event_word(view, kind));
    let title = match change.kind {
        ChangeKind::Heating => span("past-heated"),
        ChangeKind::Cooling => span("past-cooled"),
        ChangeKind::Offline => span("past-offline"),
        ChangeKind::Smoke => view.i18n.alarm_place("alarm-smoke", Some(device)),
        ChangeKind::CarbonMonoxide => view.i18n.alarm_place("alarm-co", Some(device)),
        ChangeKind::Person => camera(EventKind::Person),
        ChangeKind::Motion => camera(EventKind::Motion),
        ChangeKind::Sound => camera(EventKind::Sound),
        ChangeKind::Activity => camera(EventKind::Activity),
        kind @ (ChangeKind::Target
        | ChangeKind::Range
        | ChangeKind::Mode
        | ChangeKind::Presence
        | ChangeKind::Fan
        | ChangeKind::Arrival
        | ChangeKind::Setting) => {
            let value = |text: &String| localized(view, kind, text);
            let to = change.after.as_ref().map(value).unwrap_or_default();
            view.i18n.change(device, field(kind), change.before.as_ref().map(value).as_deref(), &to, false)
        }
    };
    let mut details = vec![match change.until {
        Some(until) => {
            let seconds = until.duration_since(change.at).as_secs().unsigned_abs();
            let values = [
                ("from", view.clock(change.at).into()),
                ("to", view.clock(until).into()),
                ("time", view.i18n.seconds(seconds).into()),
            ];
            view.i18n.format("past-span", values)
        }
        None if matches!(change.kind, ChangeKind::Heating | ChangeKind::Cooling | ChangeKind::Offline) => {
            view.i18n.format("past-open", [("from", view.clock(change.at).into())])
        }
        None => view.clock(change.at),
    }];
    details.extend(change.cause.map(|cause| view.text(who(cause))));
    (title, details.join(" · "))
}

/// A change of a value for the page of its own device, and who made it.
pub(in crate::ui) fn own_past_text(view: &ViewContext<'_>, change: &Change) -> (String, Option<String>) {
    let value = |text: &String| localized(view, change.kind, text);
    let (before, after) = (change.before.as_ref().map(value), change.after.as_ref().map(value));
    let words = view.i18n.own_change(field(change.kind), before.as_deref(), &after.unwrap_or_default(), false);
    (words, change.cause.map(|cause| view.text(who(cause))))
}

fn field(kind: ChangeKind) -> Field {
    match kind {
        ChangeKind::Target => Field::Target,
        ChangeKind::Range => Field::Range,
        ChangeKind::Mode => Field::Mode,
        ChangeKind::Presence => Field::Away,
        ChangeKind::Fan => Field::FanTimer,
        ChangeKind::Arrival => Field::Eta,
        ChangeKind::Setting
        | ChangeKind::Heating
        | ChangeKind::Cooling
        | ChangeKind::Offline
        | ChangeKind::Smoke
        | ChangeKind::CarbonMonoxide
        | ChangeKind::Person
        | ChangeKind::Motion
        | ChangeKind::Sound
        | ChangeKind::Activity => Field::Label,
    }
}

/// A stored value in the user's language, as far as it is a word that the program knows.
fn localized(view: &ViewContext<'_>, kind: ChangeKind, text: &str) -> String {
    if kind == ChangeKind::Mode {
        return view.i18n.localize(&HvacMode::from_word(text));
    }
    if kind == ChangeKind::Presence { view.i18n.localize(&Away::from_word(text)) } else { text.to_owned() }
}

/// The message that names a cause.
pub(in crate::ui) fn who(cause: ChangeCause) -> &'static str {
    match cause {
        ChangeCause::Window => "who-window",
        ChangeCause::Tray => "who-tray",
        ChangeCause::Cli => "who-cli",
        ChangeCause::Bridge => "who-bridge",
        ChangeCause::Rule => "who-rule",
        ChangeCause::Schedule => "who-schedule",
        ChangeCause::Hold => "who-hold",
        ChangeCause::Elsewhere => "who-elsewhere",
        ChangeCause::Presence => "who-after-away",
    }
}

/// Draws the row of a change, with the button to the page of its device.
pub(super) fn past_row_ui(ui: &mut Ui, view: &mut ViewContext<'_>, change: &Change, row: f32) {
    let (icon, color) = match change.kind {
        ChangeKind::Heating => (icons::FLAME, view.colors.heat),
        ChangeKind::Cooling => (icons::SNOW, view.colors.cool),
        ChangeKind::Offline => (icons::OFFLINE, view.colors.warning),
        ChangeKind::Smoke | ChangeKind::CarbonMonoxide => (icons::WARNING, view.colors.alarm),
        ChangeKind::Presence | ChangeKind::Arrival => (icons::HOME, view.colors.muted),
        ChangeKind::Person => (icons::PERSON, view.colors.muted),
        ChangeKind::Motion => (icons::MOTION, view.colors.muted),
        ChangeKind::Sound => (icons::SOUND, view.colors.muted),
        ChangeKind::Activity => (icons::CAMERA, view.colors.muted),
        ChangeKind::Fan => (icons::FAN, view.colors.muted),
        ChangeKind::Target | ChangeKind::Range | ChangeKind::Mode | ChangeKind::Setting => {
            (icons::PENCIL, view.colors.muted)
        }
    };
    let (title, details) = change_words(view, change);
    let home = &view.snapshot.shown;
    let pages = [
        Page::Thermostat(change.node.as_str().into()),
        Page::Protect(change.node.as_str().into()),
        Page::Structure(change.node.as_str().into()),
        Page::Camera(change.node.as_str().into()),
    ];
    let page = pages.into_iter().find(|page| page.is_in(home));
    plain_row_ui(ui, view, (icon, color), (&title, &details), page, row);
}
