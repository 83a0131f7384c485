//! The home, the accounts and the names that rules of a command may use.

use jiff::tz::TimeZone;

use super::{CliError, Context};
use crate::accounts::session::{AccountSource, SessionError};
use crate::accounts::settings::Places;
use crate::automation::driver::AutomationFiles;
use crate::automation::rule::{Rule, RuleSurroundings, Rules};
use crate::automation::schedule::{ComfortLevel, Schedules};
use crate::clock::{Clock as _, SystemClock};
use crate::home::{DeviceTree, Scale, Write};
use crate::presets::PresetsFile;

/// Everything that rules may name, of the account of this command.
pub(super) struct Surroundings {
    pub(super) home: DeviceTree,
    pub(super) accounts: Vec<String>,
    pub(super) presets: Vec<(String, Vec<Write>)>,
    pub(super) schedules: Schedules,
    pub(super) programs: Vec<String>,
    pub(super) requests: Vec<String>,
}

impl Surroundings {
    pub(super) async fn of(context: &Context, files: &AutomationFiles) -> Result<Self, CliError> {
        let home = context.backend().await?.home().await?;
        let settings = Context::settings();
        let accounts = settings.accounts;
        let schedules = files.schedules.load().map(|loaded| loaded.content).unwrap_or_default();
        let presets = presets(context).iter().map(|(name, writes)| (name.clone(), writes.clone())).collect();
        Ok(Self {
            home,
            accounts: accounts.into_iter().map(|account| account.name).collect(),
            presets,
            schedules,
            programs: settings.rules.programs.into_iter().map(|program| program.name).collect(),
            requests: settings.rules.requests.into_iter().map(|request| request.name).collect(),
        })
    }

    /// The scale of most thermostats.
    pub(super) fn scale(&self) -> Scale {
        let thermostats = &self.home.thermostats;
        let fahrenheit = thermostats.values().filter(|it| it.scale() == Scale::Fahrenheit).count();
        if fahrenheit * 2 > thermostats.len() { Scale::Fahrenheit } else { Scale::Celsius }
    }

    /// The first problem of a rule, with further comfort levels.
    pub(super) fn problem_of(&self, rule: &Rule, all: &Rules, levels: &[ComfortLevel]) -> Option<String> {
        self.surroundings(levels, |surroundings| surroundings.problem_of(rule, all)).map(|problem| problem.to_string())
    }

    /// Calls a function with the surroundings and further comfort levels.
    pub(super) fn surroundings<T>(&self, levels: &[ComfortLevel], f: impl FnOnce(&RuleSurroundings<'_>) -> T) -> T {
        let levels: Vec<ComfortLevel> = self.schedules.levels.iter().chain(levels).cloned().collect();
        f(&RuleSurroundings {
            now: SystemClock.now(),
            zone: &TimeZone::system(),
            home: &self.home,
            accounts: &self.accounts,
            presets: &self.presets,
            levels: &levels,
            programs: &self.programs,
            requests: &self.requests,
        })
    }
}

fn presets(context: &Context) -> Vec<(String, Vec<Write>)> {
    let Some(places) = Places::of_user() else { return Vec::new() };
    let folder = match context.source() {
        Ok(AccountSource::Settings(_)) => places.of_account("all"),
        Ok(AccountSource::Simulated) | Err(SessionError::NoAccount) => places.of_account("simulated"),
        Ok(AccountSource::Environment { .. }) | Err(_) => return Vec::new(),
    };
    let loaded = PresetsFile::in_folder(&folder).load();
    loaded.presets.list().iter().map(|preset| (preset.name.clone(), preset.writes.clone())).collect()
}
