//! `setpoint auth google-check`: the finished and the missing parts of the set-up at Google.
//!
//! The JSON form is stable: `{"account", "ok", "topic", "checks": [{"check", "verdict", "remedy", "page"}]}`. A
//! verdict is `ok`, `made`, `note`, `failed` or `untried`; fields that do not apply are omitted.

use clap::Args;
use serde_json::{Map, Value, json};

use super::{CliError, Context, print, sanitize, warn};
use crate::accounts::session::{SessionError, keep, sdm_config};
use crate::accounts::settings::Account;
use crate::accounts::vault::VaultError;
use crate::home::ServiceKind;
use crate::i18n::{Localizer, english};
use crate::sdm::SdmSecret;
use crate::sdm::setup::{Check, CheckResult, Finding, Remedy, Report, Wanted, check_setup};

#[derive(Debug, Args)]
pub(super) struct GoogleCheck {
    /// Create the topic and the subscription if they are missing, and let Google publish on the topic
    #[arg(long)]
    create: bool,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(context: &Context, arguments: GoogleCheck) -> Result<(), CliError> {
    let account = account(context)?;
    let unreadable = |error| SessionError::Vault { name: account.name.clone(), error };
    let token = Context::vault().read(&account.id, keep(&account)).map_err(unreadable)?;
    let secret = SdmSecret::from_text(&token).ok_or_else(|| unreadable(VaultError::Damaged))?;
    let config = sdm_config(&account).map_err(CliError::usage)?;
    let report = check_setup(config, Wanted::SignedIn(secret), arguments.create).await.map_err(CliError::usage)?;
    if arguments.json {
        print(summary(&account.name, &report))?;
    } else {
        for line in lines(&report) {
            print(line)?;
        }
    }
    match report.failed() {
        None => Ok(()),
        Some(finding) => {
            let check = english().localize(&finding.check);
            Err(CliError::new(exit_code(finding), format!("the set-up is not complete: {check}")))
        }
    }
}

/// The named account, else the first one at Google.
fn account(context: &Context) -> Result<Account, CliError> {
    let settings = Context::settings();
    let is_at_google = |account: &&Account| account.kind == ServiceKind::DeviceAccess;
    match context.account.as_deref() {
        None => settings.accounts.iter().find(is_at_google).cloned().ok_or_else(|| {
            CliError::new(4, "there is no account at Google Device Access yet; sign in with `setpoint auth google`")
        }),
        Some(name) => match settings.account(name) {
            None => Err(SessionError::NoSuchAccount(name.to_owned()).into()),
            Some(account) if is_at_google(&account) => Ok(account.clone()),
            Some(account) => Err(CliError::usage(format!("“{}” is no account at Google Device Access", account.name))),
        },
    }
}

fn exit_code(finding: &Finding) -> u8 {
    match (finding.check, finding.verdict.remedy()) {
        (_, Some(Remedy::Later(_) | Remedy::Wait)) => 5,
        (Check::Client | Check::Consent, _) | (_, Some(Remedy::SignInEnded)) => 4,
        _ => 3,
    }
}

/// Prints the problems to standard error, after a sign-in that did not create an account.
pub(super) fn complain_of(report: &Report) {
    for finding in report.findings.iter().filter(|finding| finding.verdict != CheckResult::Untried) {
        for line in lines_of(report, finding, english()) {
            warn(&line);
        }
    }
}

fn lines(report: &Report) -> Vec<String> {
    let i18n = english();
    let mut lines: Vec<String> = report.findings.iter().flat_map(|finding| lines_of(report, finding, i18n)).collect();
    if let Some(topic) = &report.topic {
        lines.push(i18n.format("google-topic-note", [("topic", sanitize(topic).into())]));
    }
    lines
}

fn lines_of(report: &Report, finding: &Finding, i18n: &Localizer) -> Vec<String> {
    let mut lines = vec![format!("{:<8}{}", finding.verdict.word(), i18n.localize(&finding.check))];
    lines.extend(finding.verdict.remedy().map(|remedy| format!("        {}", sanitize(&i18n.localize(remedy)))));
    lines.extend(report.page(finding).map(|page| format!("        {page}")));
    lines
}

fn summary(account: &str, report: &Report) -> Value {
    let i18n = english();
    let check = |finding: &Finding| {
        let mut fields = Map::new();
        fields.insert("check".to_owned(), json!(finding.check.word()));
        fields.insert("verdict".to_owned(), json!(finding.verdict.word()));
        let remedy = finding.verdict.remedy().map(|remedy| json!(i18n.localize(remedy)));
        fields.extend(remedy.map(|remedy| ("remedy".to_owned(), remedy)));
        fields.extend(report.page(finding).map(|page| ("page".to_owned(), json!(page.as_str()))));
        Value::Object(fields)
    };
    let checks: Vec<Value> = report.findings.iter().map(check).collect();
    let mut summary = json!({ "account": account, "ok": report.is_well(), "checks": checks });
    if let Some(topic) = &report.topic {
        summary["topic"] = json!(topic);
    }
    summary
}
