//! Sends requests of the API console and saves them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use poll_promise::Promise;
use serde_json::Value;

use super::App;
use crate::engine::{Origin, WaitLimits};
use crate::files::FileError;
use crate::home::is_confidential;
use crate::http::RawRequest;
use crate::json_tree::{Changed, changed_leaves};
use crate::postman;
use crate::requests::{self, Exchange, ExchangeLimits, Plan, RunningRequest, SentRequest};
use crate::ui::console::{
    AnswerPart, AnswerState, BodyState, ConsoleAnswer, ConsoleIntent, ConsoleTarget, Prepared, Search,
};
use crate::wwn::wire;

/// Time after a request during which changes of the home are shown beside it.
const REACTION: SignedDuration = SignedDuration::from_secs(30);
const WAIT_FOR_WRITES: WaitLimits = WaitLimits { within: Duration::from_secs(20), for_service: Duration::from_secs(3) };

/// Redacts the values of camera links, which give access to the pictures; only the fact of the change remains.
fn without_credentials(mut change: Changed) -> Changed {
    if is_confidential(change.pointer.rsplit('/').next().unwrap_or_default()) {
        for value in [&mut change.old, &mut change.new] {
            *value = value.take().map(|_| Value::from("[confidential]"));
        }
    }
    change
}

impl App {
    /// The accounts that can receive requests.
    pub(super) fn targets(&self) -> Vec<ConsoleTarget> {
        let open = self.accounts.apis().map(|(source, api, access)| {
            let snapshot = access.snapshot_now();
            ConsoleTarget {
                key: source.key().to_owned(),
                name: snapshot.account.name.clone(),
                base: api.base().clone(),
                api: api.raw(),
                home: Arc::clone(&snapshot.confirmed),
            }
        });
        open.collect()
    }

    /// Handles an intent of the console.
    pub(super) fn console(&mut self, intent: ConsoleIntent) {
        let console = &mut self.window.console;
        match intent {
            ConsoleIntent::Send { account, draft, is_raw } => return self.send(&account, draft, is_raw),
            ConsoleIntent::Stop => {
                if let Some(ConsoleAnswer { state: AnswerState::Wire { running, is_stopped, .. }, .. }) =
                    &mut console.answer
                {
                    running.stop();
                    *is_stopped = true;
                }
                return;
            }
            ConsoleIntent::Keep { collection, name, draft } => console.history.keep(&collection, &name, draft),
            ConsoleIntent::Remove { collection, name } => {
                let removed = console.history.remove(&collection, &name);
                console.removed = removed.map(|saved| (collection, saved));
            }
            ConsoleIntent::PutBack => {
                if let Some((collection, saved)) = console.removed.take() {
                    console.history.keep(&collection, &saved.name, saved.draft);
                }
            }
            ConsoleIntent::Forget(words) => console.forgotten = console.history.forget(&words),
            ConsoleIntent::Remember => console.history.put_back(std::mem::take(&mut console.forgotten)),
            ConsoleIntent::Import(text) => self.import(text.as_bytes()),
            ConsoleIntent::ImportFile(path) => match requests::read_collection(&path) {
                Ok(bytes) => self.import(&bytes),
                Err(err) => {
                    let why = self.i18n.localize(&FileError::from(&err));
                    self.window.console.remarks = vec![format!("{}: {why}", path.display())];
                }
            },
        }
        self.save_requests();
    }

    fn import(&mut self, text: &[u8]) {
        let console = &mut self.window.console;
        match postman::import(text) {
            Ok(imported) => {
                let (collections, remarks) = requests::from_postman(&imported.collection);
                let remarks = remarks.iter().chain(&imported.remarks);
                for collection in collections {
                    console.history.add(collection);
                }
                console.remarks = remarks.map(|remark| self.i18n.localize(remark)).collect();
                console.pasted = None;
            }
            Err(err) => console.remarks = vec![self.i18n.localize(&err)],
        }
    }

    fn send(&mut self, account: &str, draft: RawRequest, is_raw: bool) {
        let found = self.accounts.apis().find(|(source, _, _)| source.key() == account);
        let Some((api, access)) = found.map(|(_, api, access)| (Arc::clone(api), access)) else { return };
        // Take the time before the request starts, so that it precedes any response.
        let sent = Instant::now();
        let snapshot = access.snapshot_now();
        let (before, account_name) = (Arc::clone(&snapshot.confirmed), snapshot.account.name.clone());
        let waker = Arc::clone(&self.setup.channels.waker);
        let runtime = &self.setup.runtime;
        let plan = if is_raw {
            Plan::Look
        } else {
            // The page shows the error and blocks the button, so this does not happen.
            let Ok(plan) = requests::plan(&draft, api.base(), &*api.raw(), &before) else { return };
            plan
        };
        let state = match plan {
            Plan::Look => {
                let running =
                    RunningRequest::start(runtime, api, draft.clone(), ExchangeLimits::default(), waker.waker());
                AnswerState::Wire { running, is_stopped: false, body: BodyState::None }
            }
            Plan::Write(writes) => {
                let (sender, promise) = Promise::new();
                let name = format!("{} {}", draft.method.word(), draft.path);
                runtime.spawn(async move {
                    sender.send(access.submit_and_wait(name, writes, Origin::Window, WAIT_FOR_WRITES).await);
                    waker.wake_now();
                });
                AnswerState::Writing(promise)
            }
        };
        let console = &mut self.window.console;
        console.part = AnswerPart::Body;
        console.search = Search::default();
        console.answer = Some(ConsoleAnswer {
            draft,
            account: account.to_owned(),
            account_name,
            is_raw,
            at: self.setup.clock.now(),
            reaction: (Arc::clone(&before), Vec::new()),
            before,
            state,
            sent,
            outside: None,
            is_recorded: false,
        });
    }

    /// Polls the current request and records it in the history when it is over.
    pub(super) fn receive_answer(&mut self) {
        let Some(mut answer) = self.window.console.answer.take() else { return };
        let known = self.accounts.apis().find(|(source, _, _)| source.key() == answer.account);
        let known = known.map(|(_, _, access)| access.snapshot_now());
        // Changes much later have other causes.
        let age = self.setup.clock.now().duration_since(answer.at);
        if let Some(snapshot) = known.as_ref().filter(|_| age <= REACTION)
            && !Arc::ptr_eq(&snapshot.confirmed, &answer.reaction.0)
        {
            let [old, new] = [&answer.before, &snapshot.confirmed].map(|home| wire::home_value(home));
            let changes = changed_leaves(&old, &new).into_iter().map(without_credentials).collect();
            answer.reaction = (Arc::clone(&snapshot.confirmed), changes);
        }
        answer.state = match answer.state {
            AnswerState::Writing(promise) => match promise.try_take() {
                Ok(made) => {
                    let api = self.accounts.apis().find(|(source, _, _)| source.key() == answer.account);
                    let trace = api.and_then(|(_, api, _)| api.last_write());
                    // An older trace belongs to another write.
                    answer.outside = trace.filter(|trace| trace.began >= answer.sent).map(Exchange::of_trace);
                    AnswerState::Written(made)
                }
                Err(promise) => AnswerState::Writing(promise),
            },
            AnswerState::Wire { running, is_stopped, body } => {
                let exchange = running.now();
                let body = match body {
                    BodyState::None if exchange.end.is_some() && !exchange.body.is_empty() => {
                        let (sender, promise) = Promise::new();
                        let waker = Arc::clone(&self.setup.channels.waker);
                        self.setup.runtime.spawn_blocking(move || {
                            sender.send(Prepared::of(&exchange));
                            waker.wake_now();
                        });
                        BodyState::Preparing(promise)
                    }
                    BodyState::Preparing(promise) => match promise.try_take() {
                        Ok(prepared) => BodyState::Ready(Box::new(prepared)),
                        Err(promise) => BodyState::Preparing(promise),
                    },
                    other @ (BodyState::None | BodyState::Ready(_)) => other,
                };
                AnswerState::Wire { running, is_stopped, body }
            }
            written @ AnswerState::Written(_) => written,
        };
        let status = match &answer.state {
            AnswerState::Wire { running, is_stopped, .. } => {
                let is_over = *is_stopped || running.is_over();
                is_over.then(|| running.now().head.as_ref().map(|head| head.status))
            }
            AnswerState::Written(_) => Some(None),
            AnswerState::Writing(_) => None,
        };
        if let Some(status) = status.filter(|_| !answer.is_recorded) {
            answer.is_recorded = true;
            let account = self.i18n.localize(&answer.account_name);
            let entry =
                SentRequest { at: answer.at, account, draft: answer.draft.clone(), is_raw: answer.is_raw, status };
            self.window.console.history.record(entry);
            self.save_requests();
        }
        self.window.console.answer = Some(answer);
    }
}
