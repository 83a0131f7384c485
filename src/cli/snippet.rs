//! `setpoint snippet`: prints a request as code in another language.

use clap::{ArgAction, Args};
use secrecy::SecretString;
use serde_json::Value;

use super::{CliError, Context, print, print_block, set, warn};
use crate::accounts::session::{AccountSource, SessionError, TOKEN_VARIABLE, URL_VARIABLE, keep};
use crate::clock::{Clock as _, SystemClock};
use crate::home::ServiceKind;
use crate::http::Method;
use crate::snippet::{Call, CodeLanguage, TokenFrom, Wording, command, snippet};
use crate::wwn::wire;

/// A placeholder for an unknown address.
const PLACEHOLDER: &str = "https://server.example/";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Method and path of the API, with JSON to write; or set and the arguments of `setpoint set`, such as: set
    /// hallway target 21
    #[arg(value_name = "REQUEST", allow_negative_numbers = true, required_unless_present = "list")]
    request: Vec<String>,
    /// The language: one of those that --list shows, such as curl, python or go
    #[arg(long, value_name = "LANGUAGE", required_unless_present = "list")]
    lang: Option<String>,
    /// List the languages
    #[arg(long)]
    list: bool,
    /// Base URL of the server; the default is that of the account
    #[arg(long, value_hint = clap::ValueHint::Url)]
    url: Option<String>,
    /// Environment variable from which the code reads the token
    #[arg(long, value_name = "NAME", default_value = TOKEN_VARIABLE)]
    token_variable: String,
    /// Put the token itself into the code, where everybody can read it; has to be given twice
    #[arg(long, action = ArgAction::Count, conflicts_with = "url")]
    with_token: u8,
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    if arguments.list {
        return CodeLanguage::ALL
            .into_iter()
            .try_for_each(|language| print(format!("{:<16} {}", language.word(), language.title())));
    }
    let language = arguments.lang.as_deref().unwrap_or_default();
    let language = CodeLanguage::of_word(language).ok_or_else(|| {
        let known: Vec<&str> = CodeLanguage::ALL.into_iter().map(CodeLanguage::word).collect();
        CliError::usage(format!("{language} is no language of snippets; there are {}", known.join(", ")))
    })?;
    let (method, path, body) = request(context, &arguments.request).await?;
    if let Some(text) = for_account(context, &arguments, language, (method, &path, body.as_ref()))? {
        return print_block(text.trim_end_matches('\n'));
    }
    let (base, token) = base_and_token(context, &arguments)?;
    let call = Call::new(&base, method, &path, body, token).map_err(CliError::usage)?;
    print_block(snippet(language, &call).trim_end_matches('\n'))
}

/// The program's own command for an account with another API: it needs no bridge.
fn for_account(
    context: &Context,
    arguments: &Arguments,
    language: CodeLanguage,
    (method, path, body): (Method, &str, Option<&Value>),
) -> Result<Option<String>, CliError> {
    if language != CodeLanguage::Setpoint || arguments.url.is_some() || arguments.with_token > 0 {
        return Ok(None);
    }
    let Ok(AccountSource::Settings(account)) = context.source() else { return Ok(None) };
    if account.kind == ServiceKind::WorksWithNest {
        return Ok(None);
    }
    let call = Call::new(PLACEHOLDER, method, path, body.cloned(), TokenFrom::default()).map_err(CliError::usage)?;
    Ok(command(&account.name, &call, Wording::WorksWithNest))
}

/// The request from the arguments.
async fn request(context: &Context, words: &[String]) -> Result<(Method, String, Option<Value>), CliError> {
    let usage = || CliError::usage("say a method and a path, with JSON for what is written; or set and what to set");
    let (first, rest) = words.split_first().ok_or_else(usage)?;
    if first.eq_ignore_ascii_case("set") {
        let parsed = set::Arguments::of_words(rest).ok_or_else(usage)?;
        let home = context.backend().await?.home().await?;
        let writes = parsed.writes(&home, SystemClock.now())?;
        let [write] = writes.as_slice() else {
            return Err(CliError::usage(format!("that is {} requests; a snippet is for one", writes.len())));
        };
        let request = wire::request(write);
        return Ok((Method::Put, request.path, Some(request.body)));
    }
    let method = Method::of_word(first).ok_or_else(usage)?;
    let (path, body) = match rest {
        [path] => (path, None),
        [path, json] => {
            let body = serde_json::from_str(json);
            (path, Some(body.map_err(|err| CliError::usage(format!("this is no JSON: {json} ({err})")))?))
        }
        _ => return Err(usage()),
    };
    Ok((method, path.clone(), body))
}

/// The address for the code, and the source of its token.
fn base_and_token(context: &Context, arguments: &Arguments) -> Result<(String, TokenFrom), CliError> {
    let variable = TokenFrom::Variable(arguments.token_variable.clone());
    match (arguments.with_token, &arguments.url) {
        (0, Some(url)) => return Ok((url.clone(), variable)),
        // Only the address is needed, so a missing token does not matter.
        (0, None) => return Ok((base(context)?, variable)),
        (1, _) => {
            return Err(CliError::usage(
                "the token would stand in the code, for whoever sees it; give --with-token twice to have it so",
            ));
        }
        (_, _) => {}
    }
    let source = context.source()?;
    let token = match &source {
        AccountSource::Environment { token, .. } => token.clone(),
        AccountSource::Settings(account) if account.kind == ServiceKind::WorksWithNest => {
            let read = Context::vault().read(&account.id, keep(account));
            read.map_err(|error| SessionError::Vault { name: account.name.clone(), error })?
        }
        AccountSource::Settings(_) | AccountSource::Simulated => return Err(CliError::usage(OTHER_API)),
    };
    Ok((source.place(), TokenFrom::Text(SecretString::clone(&token))))
}

const OTHER_API: &str = "this account is at a service with another API; `setpoint serve` is the bridge to it, whose \
                         address goes to --url and whose token into the environment";

fn base(context: &Context) -> Result<String, CliError> {
    // The address in the environment counts even without its token.
    let from_environment = std::env::var(URL_VARIABLE).ok().filter(|url| !url.is_empty());
    if let (None, Some(url)) = (&context.account, from_environment) {
        return Ok(url);
    }
    match context.source() {
        Ok(AccountSource::Settings(account)) if account.kind == ServiceKind::WorksWithNest => Ok(account.url),
        Ok(AccountSource::Settings(_)) => {
            warn(&OTHER_API);
            Ok(PLACEHOLDER.to_owned())
        }
        Ok(AccountSource::Environment { url, .. }) => Ok(url),
        Ok(AccountSource::Simulated) | Err(SessionError::NoAccount | SessionError::HalfEnvironment) => {
            warn(&format!("there is no account yet: {PLACEHOLDER} stands for its address; --url sets another"));
            Ok(PLACEHOLDER.to_owned())
        }
        Err(err) => Err(err.into()),
    }
}
