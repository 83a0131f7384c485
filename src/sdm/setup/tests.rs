//! Tests for the meaning of answers, without a network.

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::read::{self, No, object};
use super::*;
use crate::http::Answer;

fn answer(status: u16, body: &Value) -> Answer {
    let date = Some("2026-11-24T12:00:00Z".parse().expect("a time"));
    Answer { status, body: Bytes::from(body.to_string()), retry_after: None, date, secrets: std::sync::Arc::default() }
}

#[test]
fn every_check_and_every_page_is_there() {
    let words: std::collections::BTreeSet<&str> = Check::ALL.map(Check::word).into();
    assert_eq!(words.len(), Check::ALL.len());
    let report = Report::default().complete();
    assert_eq!(report.findings.iter().map(|finding| finding.check).collect::<Vec<_>>(), Check::ALL);
    for step in SetupStep::ALL {
        assert!(!step.links().is_empty() || step == SetupStep::Check, "{step:?}");
        for link in step.links() {
            let url = Url::parse(link.url()).expect("a URL");
            let host = url.host_str().expect("a host");
            assert!(url.scheme() == "https" && host.ends_with(".google.com"), "{url}");
        }
    }
}

#[test]
fn the_page_of_a_remedy_is_that_of_the_persons_project() {
    let page = |remedy: Remedy, cloud| remedy.link().and_then(|link| link.page(cloud)).map(String::from);
    let library = "https://console.cloud.google.com/apis/library/pubsub.googleapis.com";
    assert_eq!(page(Remedy::EnableEventsApi, None).as_deref(), Some(library));
    assert_eq!(page(Remedy::EnableEventsApi, Some("12 &x=1")), Some(format!("{library}?project=12+%26x%3D1")));
    let consents = "https://nestservices.google.com/partnerconnections";
    assert_eq!(page(Remedy::NoDevice, Some("12")).as_deref(), Some(consents));
    assert_eq!(page(Remedy::Wait, Some("12")), None);
}

#[test]
fn an_expired_sign_in_is_distinguished_from_a_withdrawn_one() {
    let dead =
        answer(400, &json!({"error": "invalid_grant", "error_description": "Token has been expired or revoked."}));
    let now = dead.date.expect("a time");
    let hours = |hours| now.checked_sub(SignedDuration::from_hours(hours)).ok();
    for (issued, remedy) in [
        (hours(7 * 24 + 3), Remedy::ConsentRanOut),
        (hours(8 * 24 - 1), Remedy::ConsentRanOut),
        (hours(20), Remedy::SignInEnded),
        (hours(90 * 24), Remedy::SignInEnded),
        (hours(-5), Remedy::SignInEnded),
        (None, Remedy::SignInEnded),
    ] {
        assert_eq!(read::token(&dead, issued), (CheckResult::Passed, CheckResult::Failed(remedy)), "{issued:?}");
    }
}

#[test]
fn a_token_reveals_testing_and_missing_scopes() {
    let both = "https://www.googleapis.com/auth/pubsub https://www.googleapis.com/auth/sdm.service";
    for (granted, consent) in [
        (json!({"access_token": "x"}), CheckResult::Passed),
        (json!({"scope": both}), CheckResult::Passed),
        (json!({"scope": both, "refresh_token_expires_in": 604_799}), CheckResult::Mind(Remedy::ConsentInTesting)),
        (json!({"scope": "https://www.googleapis.com/auth/sdm.service"}), CheckResult::Failed(Remedy::NotAllAllowed)),
        (json!({"scope": ""}), CheckResult::Failed(Remedy::NotAllAllowed)),
    ] {
        assert_eq!(read::token(&answer(200, &granted), None), (CheckResult::Passed, consent), "{granted}");
    }
    for (error, said, client) in [
        ("invalid_client", "The OAuth client was not found.", Remedy::ClientUnknown),
        ("deleted_client", "The OAuth client was deleted.", Remedy::ClientUnknown),
        ("invalid_client", "Unauthorized", Remedy::ClientSecret),
    ] {
        let refused = answer(401, &json!({"error": error, "error_description": said}));
        assert_eq!(read::token(&refused, None), (CheckResult::Failed(client.clone()), CheckResult::Untried), "{said}");
        assert_eq!(read::client(&refused, "b"), CheckResult::Failed(client));
    }
    let another = answer(401, &json!({"error": "unauthorized_client"}));
    assert_eq!(read::token(&another, None), (CheckResult::Passed, CheckResult::Failed(Remedy::AnotherClient)));
    // Google refuses an invalid code only after it has checked the client.
    assert_eq!(read::client(&answer(400, &json!({"error": "invalid_grant"})), "b"), CheckResult::Passed);
    let mismatch = answer(400, &json!({"error": "redirect_uri_mismatch"}));
    assert_eq!(read::client(&mismatch, "b"), CheckResult::Failed(Remedy::RedirectAddress { back: "b".to_owned() }));
    let page = Answer { body: Bytes::from_static(b"<html>"), ..answer(200, &json!({})) };
    assert_eq!(read::client(&page, "b"), CheckResult::Failed(Remedy::Later(Reason::NotAHome)));
}

#[test]
fn refusals_of_google_are_recognized() {
    let disabled = "Smart Device Management API has not been used in project 1234 before or it is disabled.";
    let with = |reason: &str| {
        json!({"error": {"code": 403, "status": "PERMISSION_DENIED", "message": "No.", "details": [
            {"@type": "type.googleapis.com/google.rpc.Help"},
            {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason,
             "metadata": {"consumer": "projects/99", "service": "x"}}]}})
    };
    let said = |message: &str| json!({"error": {"message": message}});
    for (status, body, no) in [
        (403, with("SERVICE_DISABLED"), No::Disabled(Some("99".to_owned()))),
        (403, said(disabled), No::Disabled(Some("1234".to_owned()))),
        (403, with("ACCESS_TOKEN_SCOPE_INSUFFICIENT"), No::Scopes),
        (403, said("Request had insufficient authentication scopes."), No::Scopes),
        (403, said("The caller does not have permission"), No::Denied),
        (404, said("Resource not found."), No::Missing),
        (409, said("Resource already exists."), No::Exists),
        (429, said("Quota exceeded."), No::Other(Remedy::Wait)),
        (401, said("No credentials."), No::Other(Remedy::SignInEnded)),
        (400, said("Invalid\nargument."), No::Other(Remedy::Said(ServiceText::from("Invalid argument.".to_owned())))),
    ] {
        assert_eq!(object(Ok(answer(status, &body))), Err(no), "{status} {body}");
    }
    assert!(matches!(object(Ok(answer(500, &json!([])))), Err(No::Other(Remedy::Later(_)))));
    assert_eq!(object(Ok(answer(200, &json!([])))), Err(No::Other(Remedy::Later(Reason::NotAHome))));
}

#[test]
fn problems_of_a_subscription_are_found() {
    for (found, verdict) in [
        (json!({"expirationPolicy": {}}), CheckResult::Passed),
        (json!({}), CheckResult::Passed),
        (json!({"expirationPolicy": {"ttl": "2678400s"}}), CheckResult::Mind(Remedy::SubscriptionExpires { days: 31 })),
        (json!({"expirationPolicy": {"ttl": "soon"}}), CheckResult::Passed),
        (json!({"pushConfig": {"pushEndpoint": "https://x.example"}}), CheckResult::Failed(Remedy::NotAPull)),
        (json!({"bigqueryConfig": {"table": "p.d.t"}}), CheckResult::Failed(Remedy::NotAPull)),
        (json!({"detached": true}), CheckResult::Failed(Remedy::TopicDeleted)),
    ] {
        assert_eq!(read::subscription(&found), verdict, "{found}");
    }
}

#[test]
fn a_topic_of_google_works_until_the_thirtieth_of_november() {
    let hosted = json!({"topic": "projects/sdm-prod/topics/enterprise-1"});
    let at = |text: &str| text.parse::<Timestamp>().ok();
    assert_eq!(read::topic(&hosted, at("2026-11-29T23:00:00Z")), Err(CheckResult::Mind(Remedy::HostedTopic)));
    assert_eq!(read::topic(&hosted, at("2026-11-30T08:00:00Z")), Err(CheckResult::Failed(Remedy::HostedTopic)));
    assert_eq!(read::topic(&hosted, None), Err(CheckResult::Mind(Remedy::HostedTopic)));
    assert_eq!(read::topic(&json!({"topic": "projects/p/topics/t"}), None), Ok("projects/p/topics/t".to_owned()));
    for gone in [json!({}), json!({"topic": "_deleted-topic_"})] {
        assert_eq!(read::topic(&gone, None), Err(CheckResult::Failed(Remedy::TopicDeleted)));
    }
}

#[test]
fn the_publisher_is_added_to_the_policy() {
    let bound = |role: &str, member: &str| json!({"etag": "e", "bindings": [{"role": role, "members": [member]}]});
    let google = "group:SDM-publisher@googlegroups.com";
    assert!(read::lets_google_publish(&bound("roles/pubsub.publisher", google)));
    assert!(read::lets_google_publish(&bound("roles/pubsub.editor", "allAuthenticatedUsers")));
    let mut only_sometimes = bound("roles/pubsub.publisher", google);
    only_sometimes["bindings"][0]["condition"] = json!({"expression": "false"});
    for other in [
        json!({}),
        bound("roles/pubsub.subscriber", google),
        bound("roles/pubsub.publisher", "user:sdm-publisher@googlegroups.com"),
        only_sometimes,
    ] {
        assert!(!read::lets_google_publish(&other), "{other}");
        let then = read::with_publisher(other.clone());
        assert!(read::lets_google_publish(&then), "{then}");
        let before = other["bindings"].as_array().map_or(0, Vec::len);
        assert_eq!(
            (then["etag"].clone(), then["bindings"].as_array().map(Vec::len)),
            (other["etag"].clone(), Some(before + 1))
        );
    }
}
