//! Verdicts from Google's answers. Pure: an answer in, a verdict out.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::{CheckResult, PUBLISHERS, Remedy};
use crate::http::{Answer, json_value};
use crate::service::{Failure, Reason};

/// The lifetime of a sign-in if the consent screen is in testing.
const OF_TESTING: Duration = Duration::from_hours(7 * 24);
/// The tolerance around seven days. A sign-in that ended within it most likely ended because of testing.
const ABOUT: Duration = Duration::from_hours(24);
/// Topics of this project are Google's own.
const HOSTED: &str = "projects/sdm-prod/";
/// The time after which Google publishes nothing on these topics.
const HOSTED_UNTIL: &str = "2026-11-30T00:00:00Z";
/// The name that replaces a deleted topic.
const DELETED_TOPIC: &str = "_deleted-topic_";
/// Roles with the right to publish.
const PUBLISHING: [&str; 3] = ["roles/pubsub.publisher", "roles/pubsub.editor", "roles/pubsub.admin"];
const SCOPES: [&str; 2] = ["https://www.googleapis.com/auth/sdm.service", "https://www.googleapis.com/auth/pubsub"];

/// The kind of a refusal.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum No {
    /// The API is switched off in the Cloud project of this number.
    Disabled(Option<String>),
    /// The scopes of the sign-in do not cover the call.
    Scopes,
    /// Permission denied.
    Denied,
    /// The resource does not exist.
    Missing,
    /// The resource exists already.
    Exists,
    /// Any other failure, with its remedy.
    Other(Remedy),
}

pub(super) fn json(answer: &Answer) -> Value {
    json_value(&answer.body).unwrap_or_default()
}

/// Returns the object of a successful answer, else the kind of the refusal.
pub(super) fn object(answer: Result<Answer, Failure>) -> Result<Value, No> {
    let answer = answer.map_err(|failure| No::Other(Remedy::Later(failure.reason)))?;
    let body = json(&answer);
    if answer.status == 200 {
        // For example the login page of a hotel's network.
        return if body.is_object() { Ok(body) } else { Err(No::Other(Remedy::Later(Reason::NotAHome))) };
    }
    let error = body.get("error");
    let message = error.and_then(|error| error.get("message")?.as_str()).unwrap_or_default();
    let details = error.and_then(|error| error.get("details")?.as_array()).into_iter().flatten();
    let info = details.clone().find(|detail| detail.get("reason").is_some_and(Value::is_string));
    let reason = info.and_then(|info| info.get("reason")?.as_str()).unwrap_or_default();
    Err(match answer.status {
        403 if reason == "SERVICE_DISABLED" || message.contains("has not been used in project") => {
            let consumer = info.and_then(|info| info.pointer("/metadata/consumer")?.as_str());
            No::Disabled(
                consumer
                    .and_then(|name| name.strip_prefix("projects/"))
                    .or_else(|| number_in(message))
                    .map(str::to_owned),
            )
        }
        403 if reason == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
            || message.contains("insufficient authentication scopes") =>
        {
            No::Scopes
        }
        403 => No::Denied,
        401 => No::Other(Remedy::SignInEnded),
        404 => No::Missing,
        409 => No::Exists,
        429 => No::Other(Remedy::Wait),
        400 if !message.is_empty() => match answer.service_text(message) {
            Some(message) => No::Other(Remedy::Said(message)),
            None => No::Other(Remedy::Later(answer.failure(None).reason)),
        },
        _ => No::Other(Remedy::Later(answer.failure(Some(message)).reason)),
    })
}

/// Returns the number of the project in `… has not been used in project 123 before or it is disabled.`
fn number_in(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("in project ")?;
    let number = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    (!number.is_empty()).then_some(number)
}

/// Returns the verdicts on the client and on the consent, from an answer of the token endpoint. `issued` is the
/// time of the sign-in.
pub(super) fn token(answer: &Answer, issued: Option<Timestamp>) -> (CheckResult, CheckResult) {
    let body = json(answer);
    if answer.status == 200 && body.is_object() {
        return (CheckResult::Passed, consent(&body));
    }
    let text = |key: &str| body.get(key).and_then(Value::as_str);
    let message = text("error_description").unwrap_or_default();
    match text("error").unwrap_or_default() {
        "deleted_client" => (CheckResult::Failed(Remedy::ClientUnknown), CheckResult::Untried),
        "invalid_client" if message.contains("not found") => {
            (CheckResult::Failed(Remedy::ClientUnknown), CheckResult::Untried)
        }
        "invalid_client" => (CheckResult::Failed(Remedy::ClientSecret), CheckResult::Untried),
        "unauthorized_client" => (CheckResult::Passed, CheckResult::Failed(Remedy::AnotherClient)),
        "invalid_scope" => (CheckResult::Passed, CheckResult::Failed(Remedy::NotAllAllowed)),
        "invalid_grant" => (CheckResult::Passed, CheckResult::Failed(ended(issued, answer.date))),
        _ => (CheckResult::Failed(not_now(answer)), CheckResult::Untried),
    }
}

/// Returns the verdict on the client, from the answer to an invalid code: Google checks the client first.
pub(super) fn client(answer: &Answer, back: &str) -> CheckResult {
    let body = json(answer);
    match body.get("error").and_then(Value::as_str) {
        Some("invalid_grant") => CheckResult::Passed,
        Some("redirect_uri_mismatch") => CheckResult::Failed(Remedy::RedirectAddress { back: back.to_owned() }),
        Some(_) | None => token(answer, None).0,
    }
}

fn not_now(answer: &Answer) -> Remedy {
    match answer.status {
        429 => Remedy::Wait,
        200 => Remedy::Later(Reason::NotAHome),
        _ => {
            let body = json(answer);
            let message = body.get("error_description").or(body.get("error")).and_then(Value::as_str);
            Remedy::Later(answer.failure(message).reason)
        }
    }
}

fn consent(granted: &Value) -> CheckResult {
    let scopes = granted.get("scope").and_then(Value::as_str);
    let lacks = |scopes: &str| SCOPES.iter().any(|scope| scopes.split(' ').all(|granted| granted != *scope));
    if scopes.is_some_and(lacks) {
        return CheckResult::Failed(Remedy::NotAllAllowed);
    }
    // Only a sign-in that ends by itself has this field.
    match granted.get("refresh_token_expires_in").and_then(Value::as_u64) {
        Some(1..) => CheckResult::Mind(Remedy::ConsentInTesting),
        Some(0) | None => CheckResult::Passed,
    }
}

fn ended(issued: Option<Timestamp>, now: Option<Timestamp>) -> Remedy {
    let age = issued.zip(now).and_then(|(issued, now)| Duration::try_from(now.duration_since(issued)).ok());
    match age {
        Some(age) if age + ABOUT >= OF_TESTING && age <= OF_TESTING + ABOUT => Remedy::ConsentRanOut,
        Some(_) | None => Remedy::SignInEnded,
    }
}

/// Returns the verdicts on the API and on the project, from the list of devices.
pub(super) fn devices(answer: Result<Value, No>) -> (CheckResult, CheckResult) {
    let failed = |remedy| (CheckResult::Passed, CheckResult::Failed(remedy));
    match answer {
        Ok(list) => match list.get("devices").and_then(Value::as_array) {
            Some(devices) if !devices.is_empty() => (CheckResult::Passed, CheckResult::Passed),
            Some(_) | None => failed(Remedy::NoDevice),
        },
        Err(No::Disabled(_)) => (CheckResult::Failed(Remedy::EnableDeviceApi), CheckResult::Untried),
        Err(No::Scopes) => failed(Remedy::NotAllAllowed),
        Err(No::Denied) => failed(Remedy::NotYourProject),
        Err(No::Missing) => failed(Remedy::ProjectUnknown),
        Err(No::Exists) => failed(Remedy::Wait),
        Err(No::Other(remedy)) => (CheckResult::Untried, CheckResult::Failed(remedy)),
    }
}

/// Returns the verdict on the subscription itself.
pub(super) fn subscription(found: &Value) -> CheckResult {
    let sends = |way: &str, place: &str| {
        found.get(way).and_then(|way| way.get(place)?.as_str()).is_some_and(|place| !place.is_empty())
    };
    if sends("pushConfig", "pushEndpoint") || sends("bigqueryConfig", "table") || sends("cloudStorageConfig", "bucket")
    {
        return CheckResult::Failed(Remedy::NotAPull);
    }
    if found.get("detached").and_then(Value::as_bool) == Some(true) {
        return CheckResult::Failed(Remedy::TopicDeleted);
    }
    let lives = found.pointer("/expirationPolicy/ttl").and_then(Value::as_str);
    let seconds = lives.and_then(|lives| lives.trim_end_matches('s').parse::<f64>().ok());
    match seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()) {
        Some(lives) => CheckResult::Mind(Remedy::SubscriptionExpires { days: lives.as_secs() / (24 * 60 * 60) }),
        None => CheckResult::Passed,
    }
}

/// Returns the topic of a subscription, or the verdict if its name alone is wrong. `now` is the time of the
/// service.
pub(super) fn topic(found: &Value, now: Option<Timestamp>) -> Result<String, CheckResult> {
    let name = found.get("topic").and_then(Value::as_str).unwrap_or_default();
    if name.is_empty() || name == DELETED_TOPIC {
        return Err(CheckResult::Failed(Remedy::TopicDeleted));
    }
    if name.starts_with(HOSTED) {
        let end: Option<Timestamp> = HOSTED_UNTIL.parse().ok();
        let is_over = now.zip(end).is_some_and(|(now, end)| now >= end);
        let verdict = if is_over { CheckResult::Failed } else { CheckResult::Mind };
        return Err(verdict(Remedy::HostedTopic));
    }
    Ok(name.to_owned())
}

/// True if a policy allows Google to publish.
pub(super) fn lets_google_publish(policy: &Value) -> bool {
    let bindings = policy.get("bindings").and_then(Value::as_array).into_iter().flatten();
    let publishing = |binding: &&Value| {
        // Ignore a binding with a condition: the condition may not hold.
        let role = binding.get("role").and_then(Value::as_str).unwrap_or_default();
        PUBLISHING.contains(&role) && binding.get("condition").is_none()
    };
    let mut members = bindings
        .filter(publishing)
        .filter_map(|binding| binding.get("members")?.as_array())
        .flatten()
        .filter_map(Value::as_str);
    members.any(|member| {
        let group = member.strip_prefix("group:").unwrap_or_default();
        group.eq_ignore_ascii_case(PUBLISHERS) || member == "allUsers" || member == "allAuthenticatedUsers"
    })
}

/// Returns the policy with Google as a publisher.
pub(super) fn with_publisher(mut policy: Value) -> Value {
    let binding = serde_json::json!({ "role": PUBLISHING[0], "members": [format!("group:{PUBLISHERS}")] });
    match policy.get_mut("bindings").and_then(Value::as_array_mut) {
        Some(bindings) => bindings.push(binding),
        None => policy["bindings"] = Value::from(vec![binding]),
    }
    policy
}
