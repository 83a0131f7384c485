//! Holds, schedules and rules of the running program: their thread, their files, and the intents of the window.

use std::sync::Arc;

use super::App;
use super::event::AppEvent;
use super::outside::OutsideOfSettings;
use crate::accounts::session::AccountSource;
use crate::accounts::settings::Places;
use crate::automation::driver::{Automation, AutomationFiles, AutomationNews, AutomationSetup, AutomationView};
use crate::automation::hold::{Hold, holdable};
use crate::automation::rule::{THE_REASON, reason_message};
use crate::command::present_setpoint;
use crate::engine::{Debounce, Origin, Request};
use crate::home::{DeviceId, HoldEnd, Write};
use crate::i18n::english;
use crate::platform::notifications::Notification;
use crate::ui::intent::{AutomationIntent, HoldLength};
use crate::ui::notice::Notice;

/// The files of the automation for a kind of accounts: a person edits the schedules of own accounts, so they are beside
/// the settings.
pub fn automation_files(places: &Places, source: &AccountSource) -> AutomationFiles {
    match source {
        AccountSource::Settings(_) => AutomationFiles::new(&places.config, &places.of_account("all")),
        AccountSource::Simulated => {
            let folder = places.of_account("simulated");
            AutomationFiles::new(&folder, &folder)
        }
        AccountSource::Environment { .. } => {
            let folder = places.of_account("environment");
            AutomationFiles::new(&folder, &folder)
        }
    }
}

/// The kind of accounts whose thread runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AccountsKind {
    Own,
    Simulated,
    Environment,
}

impl AccountsKind {
    fn of(source: &AccountSource) -> Self {
        match source {
            AccountSource::Settings(_) => Self::Own,
            AccountSource::Simulated => Self::Simulated,
            AccountSource::Environment { .. } => Self::Environment,
        }
    }
}

/// The thread of the shown accounts.
#[derive(Default)]
pub(super) struct AppAutomation {
    running: Option<(AccountsKind, Automation)>,
    /// The programs and requests that rules may name.
    outside: Arc<OutsideOfSettings>,
}

impl AppAutomation {
    /// The thread, if the shown accounts have one.
    pub(super) fn get(&self) -> Option<&Automation> {
        self.running.as_ref().map(|(_, automation)| automation)
    }

    /// The newest view.
    pub(super) fn view(&self) -> Arc<AutomationView> {
        self.get().map(Automation::view).unwrap_or_default()
    }

    /// Ends the thread.
    pub(super) fn stop(&mut self) {
        self.running = None;
    }
}

impl App {
    /// Starts the thread for the shown accounts, and tells it of the open ones.
    pub(super) fn follow_automation(&mut self) {
        let Some(places) = &self.setup.places else { return };
        let first = self.accounts.sources().next();
        let Some(first) = first else {
            self.automation.stop();
            return;
        };
        let kind = AccountsKind::of(first);
        if self.automation.running.as_ref().is_none_or(|(running, _)| *running != kind) {
            // The former thread ends before its files are opened anew.
            self.automation.stop();
            let automation = Automation::start(AutomationSetup {
                files: automation_files(places, first),
                is_new_home: kind == AccountsKind::Simulated,
                keeps_queue: kind == AccountsKind::Own,
                clock: Arc::clone(&self.setup.clock),
                zone: self.setup.zone.clone(),
                runtime: self.setup.runtime.clone(),
                presets: self.presets_by_name(),
                outside: Arc::<OutsideOfSettings>::clone(&self.automation.outside),
                waker: self.setup.channels.waker.waker(),
            });
            self.automation.running = Some((kind, automation));
        }
        let open = self.accounts.open().map(|(_, access)| access).collect();
        if let Some((_, automation)) = &mut self.automation.running {
            automation.follow(open);
        }
        self.tell_presets();
    }

    /// Shows what the thread has to tell.
    pub(super) fn hear_automation(&mut self) {
        let news = self.automation.get().map(Automation::take_news).unwrap_or_default();
        for news in news {
            let notice = match news {
                AutomationNews::Store(error) => Notice::AutomationStopped(error),
                AutomationNews::SetAside(aside) => Notice::AutomationSetAside(aside),
                AutomationNews::Form(problem) => Notice::Form(problem),
                AutomationNews::Refused { thermostat, why } => Notice::AutomationRefused { thermostat, why },
                AutomationNews::RulePaused { rule, until } => {
                    let until = until.to_zoned(self.setup.zone.clone()).strftime("%H:%M").to_string();
                    Notice::RulePaused { rule, until }
                }
                AutomationNews::RuleNotifies { rule, text, subject, trigger } => {
                    let reason = reason_message(&trigger, &subject);
                    let text = text.replace(THE_REASON, &self.i18n.localize(&reason));
                    self.notify_for_rule(&rule, &text, &subject);
                    Notice::RuleNotifies { rule, text, subject }
                }
            };
            // A service has no window that would show it.
            tracing::warn!("{}", notice.text(english()));
            self.notice(notice);
        }
    }

    fn notify_for_rule(&self, rule: &str, text: &str, subject: &str) {
        let Some(notifier) = &self.shell.notifier else { return };
        notifier.show(Notification {
            is_urgent: false,
            title: if subject.is_empty() { rule.to_owned() } else { format!("{rule}: {subject}") },
            body: text.to_owned(),
            open: AppEvent::Open(None),
            action: None,
            subject: Some(format!("rule {rule} {subject}")),
            picture: None,
            only_completes: false,
        });
    }

    /// Tells the automation the presets, which rules may apply.
    pub(super) fn tell_presets(&self) {
        if let Some(automation) = self.automation.get() {
            automation.set_presets(self.presets_by_name());
        }
    }

    /// Takes over the programs and requests of the settings.
    pub(super) fn follow_outside(&self) {
        self.automation.outside.set(self.setup.settings.rules.clone());
        if let Some(automation) = self.automation.get() {
            automation.wake();
        }
    }

    fn presets_by_name(&self) -> Vec<(String, Vec<Write>)> {
        let presets = self.library.presets.list.list().iter();
        presets.map(|preset| (preset.name.clone(), preset.writes.clone())).collect()
    }

    pub(super) fn automation_intent(&mut self, intent: AutomationIntent) {
        match intent {
            AutomationIntent::Hold { name, writes, ends } => self.hold(name, writes, ends),
            AutomationIntent::HoldPresent { thermostat, length } => self.hold_present(thermostat, length),
            AutomationIntent::EndHold(id) => {
                if let Some(automation) = self.automation.get() {
                    automation.end_hold(id);
                }
            }
            AutomationIntent::Schedules(edits) => match self.automation.get() {
                Some(automation) => automation.change_schedules(Box::new(move |all| {
                    for edit in edits {
                        edit.apply(all);
                    }
                })),
                None => self.notice(Notice::NotTaken),
            },
            AutomationIntent::Rules(edits) => match self.automation.get() {
                Some(automation) => automation.change_rules(Box::new(move |all| {
                    for edit in edits {
                        edit.apply(all);
                    }
                })),
                None => self.notice(Notice::NotTaken),
            },
            AutomationIntent::MoveHold(id, ends) => {
                if let Some(automation) = self.automation.get() {
                    automation.move_hold(id, ends);
                }
            }
        }
    }

    /// Holds what a thermostat shows, from a menu.
    fn hold_present(&mut self, thermostat: DeviceId, length: HoldLength) {
        let ends = length.ends(self.setup.clock.now());
        let shown = Arc::clone(&self.snapshot().shown);
        let Some(automation) = self.automation.get() else { return self.notice(Notice::NotTaken) };
        let view = automation.view();
        if view.holds.get(&thermostat).is_some_and(|held| held.hold.is_shown_by(&shown)) {
            automation.move_hold(thermostat, ends);
        } else if let Some(write) = present_setpoint(&shown, &thermostat) {
            let name = write.slot().node.name(&shown).to_owned();
            self.hold(name, vec![write], ends);
        }
    }

    /// Requests the values and keeps a hold for each thermostat.
    fn hold(&mut self, name: String, mut writes: Vec<Write>, ends: HoldEnd) {
        let Some(automation) = self.automation.get() else {
            self.notice(Notice::NotTaken);
            return;
        };
        let confirmed = Arc::clone(&self.snapshot().confirmed);
        let began = self.setup.clock.now();
        for write in &writes {
            let Some(id) = holdable(write) else { continue };
            let slot = write.slot();
            automation.hold(Hold {
                thermostat: id.clone(),
                name: slot.node.name(&confirmed).to_owned(),
                before: slot.present(&confirmed, write.scale()),
                write: write.clone(),
                began,
                ends,
                mode: confirmed.thermostats.get(id).and_then(|it| it.hvac_mode.clone()),
                rule: None,
            });
        }
        // A value that is set already is held without a request.
        writes.retain(|write| !write.is_shown_by(&confirmed) || self.snapshot().write_state(&write.slot()).is_some());
        let origin = Origin::Window;
        match (writes.len(), writes.pop()) {
            (1, Some(write)) => self.request(Request::Set { write, debounce: Debounce::Now, origin, seen: None }),
            (_, Some(last)) => {
                writes.push(last);
                self.request(Request::Apply { name, writes, origin });
            }
            (_, None) => {}
        }
    }
}
