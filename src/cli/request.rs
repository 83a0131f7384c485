//! `setpoint request METHOD PATH [JSON]`: sends a request of the API to any account.

use std::io::{IsTerminal as _, Read as _, Write as _};
use std::sync::Arc;

use clap::Args;
use serde_json::Value;
use tokio::sync::watch;
use url::Url;

use super::set_report::Reported;
use super::{CliError, Context, print, print_block, print_raw, redact, request_files, sanitize, set, warn};
use crate::accounts::session::SessionError;
use crate::accounts::settings::Places;
use crate::clock::{Clock as _, SystemClock};
use crate::home::DeviceTree;
use crate::http::{Api, Method, RawApi, RawRequest};
use crate::requests::{
    Body, Exchange, ExchangeEnd, ExchangeLimits, FieldHint, Holds, Plan, Problem, hints, plan, problems, send,
};
use crate::snippet::shell_word;
use crate::wwn::{DocumentApi, wire};

/// Bytes in a megabyte as people count them.
const MIB: usize = 1024 * 1024;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// GET or PUT; for a service with another API, GET or POST
    #[arg(required_unless_present_any = ["list", "fields", "export", "import"])]
    method: Option<String>,
    /// Path below the address of the service, such as /devices/thermostats/ID
    #[arg(required_unless_present_any = ["list", "fields", "export", "import"])]
    path: Option<String>,
    /// JSON to write; - reads it from standard input
    #[arg(value_name = "JSON", allow_hyphen_values = true)]
    body: Option<String>,
    /// Send it unchanged, past the rules, the budget and the activity log
    #[arg(long)]
    raw: bool,
    /// Read a stream of events, until interrupted
    #[arg(long)]
    stream: bool,
    /// End a stream after N events
    #[arg(long, value_name = "N", requires = "stream")]
    count: Option<usize>,
    /// Show status, headers, redirects and times on standard error
    #[arg(long, short)]
    include: bool,
    /// Show examples made of your devices
    #[arg(long, exclusive = true)]
    list: bool,
    /// Show the writable fields at a path, with their present values
    #[arg(long, value_name = "PATH")]
    fields: Option<String>,
    /// Print a collection of the console as a Postman collection (v2.1)
    #[arg(long, value_name = "NAME", exclusive = true)]
    export: Option<String>,
    /// Import a Postman collection into those of the console; - reads standard input
    #[arg(long, value_name = "FILE", exclusive = true)]
    import: Option<String>,
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    if let Some(name) = &arguments.export {
        return request_files::export(name);
    }
    if let Some(file) = &arguments.import {
        return request_files::import(file);
    }
    if let Some(path) = &arguments.fields {
        return fields(&context.backend().await?.home().await?, path);
    }
    let api = match context.source() {
        Ok(source) => Some(source.connect(&Context::vault(), Places::of_user().as_ref())?.api),
        // The running program may show the simulated home, which has a token of its own.
        Err(SessionError::NoAccount) => None,
        Err(err) => return Err(err.into()),
    };
    if arguments.list {
        return list(context, api.as_deref()).await;
    }
    let draft = draft(&arguments)?;
    let (base, raw) = place(api.as_deref())?;
    let found = problems(&draft, &base, &*raw, None, arguments.raw);
    if let Some(problem) = found.into_iter().find(|problem| !problem.is_a_guess()) {
        return Err(wrong(&problem));
    }
    match api {
        Some(api) if arguments.raw || draft.method == Method::Get => send_raw(&api, draft, &arguments).await,
        None if arguments.raw || arguments.stream => Err(SessionError::NoAccount.into()),
        None if draft.method == Method::Get => {
            let home = context.backend().await?.home().await?;
            let path: Vec<&str> = draft.path.split('/').filter(|part| !part.is_empty()).collect();
            let missing = || CliError::new(3, format!("there is nothing at {}", draft.path));
            let value = redact(&draft.path, wire::node(&home, &path).ok_or_else(missing)?);
            print_block(serde_json::to_string_pretty(&value).unwrap_or_default())
        }
        Some(_) | None => write(context, &draft, &base, &*raw, arguments.include).await,
    }
}

/// The address of the account; the simulated home is a Works with Nest server.
fn place(api: Option<&dyn Api>) -> Result<(Url, Arc<dyn RawApi>), CliError> {
    if let Some(api) = api {
        return Ok((api.base().clone(), api.raw()));
    }
    Ok((Url::parse("http://127.0.0.1/").map_err(CliError::usage)?, Arc::new(DocumentApi)))
}

fn draft(arguments: &Arguments) -> Result<RawRequest, CliError> {
    let word = arguments.method.as_deref().unwrap_or_default();
    let method = Method::of_word(word).ok_or_else(|| {
        let all: Vec<&str> = Method::ALL.iter().map(|method| method.word()).collect();
        CliError::usage(format!("{word} is no method; there are {}", all.join(", ")))
    })?;
    let body = match arguments.body.as_deref() {
        Some("-") => {
            let mut text = String::new();
            let read = std::io::stdin().lock().read_to_string(&mut text);
            read.map_err(|err| CliError::usage(format!("what to write cannot be read: {err}")))?;
            text
        }
        Some(text) => text.to_owned(),
        None => String::new(),
    };
    let path = arguments.path.clone().unwrap_or_default();
    Ok(RawRequest { method, path, body, wants_stream: arguments.stream })
}

fn wrong(problem: &Problem) -> CliError {
    match problem {
        Problem::Refused(_) | Problem::ReadOnly(_) | Problem::UnknownPath { .. } | Problem::NotWritable(_) => {
            CliError::new(3, problem.to_string())
        }
        Problem::LeavesTheService(_)
        | Problem::NotJson { .. }
        | Problem::BodyTooMuch(_)
        | Problem::BodyMissing(_)
        | Problem::StreamOfWrite
        | Problem::WrongKind => CliError::usage(problem),
        Problem::LacksMethod { .. } => CliError::usage(format!("{problem}; --raw sends it all the same")),
        Problem::NotUnderstood => CliError::usage(format!("{problem}: --raw does")),
    }
}

/// Writes like `setpoint set`.
async fn write(
    context: &Context,
    draft: &RawRequest,
    base: &Url,
    raw: &dyn RawApi,
    shows: bool,
) -> Result<(), CliError> {
    let backend = context.backend_for_writing().await?;
    let api = backend.api();
    let home = backend.home().await?;
    let writes = match plan(draft, base, raw, &home) {
        Ok(Plan::Write(writes)) => writes,
        Ok(Plan::Look) => Vec::new(),
        Err(problem) => {
            set::close(backend).await;
            return Err(wrong(&problem));
        }
    };
    let text = format!("{} {}", draft.method.word(), draft.path);
    let reported = Reported { is_json: false, held: None };
    let made = set::make_writes(backend, &home, &writes, text, reported, SystemClock.now()).await;
    if let Some(trace) = api.and_then(|api| api.last_write()).filter(|_| shows) {
        include(&Exchange::of_trace(trace), &mut 0, &mut 0);
    }
    made
}

/// Sends a raw request and prints the answer.
async fn send_raw(api: &Arc<dyn Api>, draft: RawRequest, arguments: &Arguments) -> Result<(), CliError> {
    let (shown, mut seen) = watch::channel(Exchange::default());
    let api_of_task = Arc::clone(api);
    let sending = tokio::spawn(async move { send(&*api_of_task, &draft, &ExchangeLimits::default(), &shown).await });
    let (mut heads, mut hops, mut events) = (0, 0, 0);
    let last = loop {
        let is_over = tokio::select! {
            changed = seen.changed() => changed.is_err(),
            interrupted = tokio::signal::ctrl_c() => {
                interrupted.ok();
                true
            }
        };
        let now = seen.borrow_and_update().clone();
        if arguments.include {
            include(&now, &mut hops, &mut heads);
        }
        let kind = now.head.as_ref().and_then(|head| head.header("content-type"));
        if !arguments.stream && kind.is_some_and(|kind| kind.starts_with("text/event-stream")) {
            sending.abort();
            return Err(CliError::usage("the service answers this with a stream of events; --stream reads it"));
        }
        let first = now.dropped_events;
        for event in now.events.iter().skip(events - first.min(events)) {
            if arguments.count.is_some_and(|count| events >= count) {
                break;
            }
            events = events.max(first) + 1;
            print_block(format!("event: {}\ndata: {}\n", sanitize(&event.name), sanitize(&event.data)))?;
        }
        if arguments.count.is_some_and(|count| events >= count) {
            sending.abort();
            return Ok(());
        }
        if is_over || now.end.is_some() {
            break now;
        }
    };
    sending.abort();
    if arguments.include {
        warn(&format!("{} bytes in {} ms", last.received, last.took.as_millis()));
    }
    body(&last)?;
    verdict(&last)
}

/// Prints new redirects and response heads.
fn include(now: &Exchange, hops: &mut usize, heads: &mut usize) {
    for hop in now.hops.iter().skip(*hops) {
        *hops += 1;
        warn(&format!("{} {} in {} ms", hop.status, sanitize(&hop.url), hop.took.as_millis()));
    }
    if let Some(head) = now.head.as_ref().filter(|_| *heads == 0) {
        *heads = 1;
        warn(&format!("{} {} {}", head.version, head.status, head.reason));
        for (name, value) in &head.headers {
            warn(&format!("{name}: {}", sanitize(value)));
        }
    }
}

/// Prints the body: indented JSON for a terminal, and unchanged for a pipe.
fn body(exchange: &Exchange) -> Result<(), CliError> {
    let is_terminal = std::io::stdout().is_terminal();
    match exchange.body() {
        Body::Empty => Ok(()),
        Body::Json(text) if is_terminal => {
            let value: Result<Value, _> = serde_json::from_str(text);
            let pretty = value.and_then(|value| serde_json::to_string_pretty(&value));
            print_block(pretty.unwrap_or_else(|_broken| text.to_owned()))
        }
        Body::Text(text) if is_terminal => print_block(text),
        Body::Json(text) | Body::Text(text) => print_raw(text),
        Body::Binary(bytes) if is_terminal => {
            warn(&format!("{} bytes that are not text; send them to a file with > FILE", bytes.len()));
            Ok(())
        }
        Body::Binary(bytes) => {
            let mut out = std::io::stdout().lock();
            let written = out.write_all(bytes).and_then(|()| out.flush());
            written.map_err(|err| CliError::new(5, format!("the answer cannot be written: {err}")))
        }
    }
}

/// The result of the command.
fn verdict(exchange: &Exchange) -> Result<(), CliError> {
    let answered = match exchange.head.as_ref().map(|head| (head.status, head.reason)) {
        Some((200..=299, _)) | None => Ok(()),
        Some((401, _)) => Err(CliError::new(4, "the service answered 401: it does not accept the token")),
        Some((status @ 400..=499, reason)) => {
            Err(CliError::new(3, format!("the service answered {status} {reason}").trim_end()))
        }
        Some((status, reason)) => Err(CliError::new(5, format!("the service answered {status} {reason}").trim_end())),
    };
    match &exchange.end {
        Some(ExchangeEnd::Whole | ExchangeEnd::Stopped) | None => answered,
        Some(ExchangeEnd::NotFollowed(refused)) => Err(CliError::new(5, refused.to_string())),
        Some(ExchangeEnd::Cut { limit }) => {
            Err(CliError::new(5, format!("the answer was cut at {} MB; the rest was not read", limit / MIB)))
        }
        Some(ExchangeEnd::TimedOut(within)) => {
            Err(CliError::new(5, format!("the service did not answer within {} s", within.as_secs())))
        }
        Some(ExchangeEnd::Failed(failure)) => Err(failure.clone().into()),
    }
}

async fn list(context: &Context, api: Option<&dyn Api>) -> Result<(), CliError> {
    let (_, raw) = place(api)?;
    let home = context.backend().await?.home().await?;
    for draft in raw.examples(&home) {
        let body: Value = serde_json::from_str(&draft.body).unwrap_or_default();
        // In the form for a shell. Ids come from the service and may contain anything.
        let body = if body.is_null() {
            Some(String::new())
        } else {
            shell_word(&body.to_string()).map(|body| format!(" {body}"))
        };
        let (Some(path), Some(body)) = (shell_word(&draft.path), body) else { continue };
        let stream = if draft.wants_stream { " --stream" } else { "" };
        print(format!("setpoint request {} {path}{body}{stream}", draft.method.word()))?;
    }
    Ok(())
}

fn fields(home: &DeviceTree, path: &str) -> Result<(), CliError> {
    let found = hints(home, path);
    if found.is_empty() {
        return Err(CliError::new(3, format!("nothing can be written at {path}")));
    }
    found.iter().try_for_each(|hint| print(line(hint)))
}

fn line(hint: &FieldHint) -> String {
    let holds = match &hint.holds {
        Holds::Words(words) => words.join(" | "),
        Holds::Degrees { low, high, step } => format!("{low} to {high}, in steps of {step}"),
        Holds::Minutes(minutes) => minutes.iter().map(u32::to_string).collect::<Vec<_>>().join(" | "),
        Holds::Truth => "true | false".to_owned(),
        Holds::Text(None) => "text".to_owned(),
        Holds::Text(Some(most)) => format!("text of at most {most} letters"),
        Holds::Trip => "{\"trip_id\", \"estimated_arrival_window_begin\", \"estimated_arrival_window_end\"}".to_owned(),
    };
    let now = hint.now.as_ref().map_or_else(String::new, |now| format!("; now {}", sanitize(&now.to_string())));
    let closed = hint.closed.as_ref().map_or_else(String::new, |why| format!("; not now: {why}"));
    format!("{:<28}{holds}{now}{closed}", hint.name)
}
