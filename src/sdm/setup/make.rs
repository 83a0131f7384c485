//! Creates the missing parts for events: the topic, Google's right to publish on it, the subscription.

use reqwest::Method;
use serde_json::{Value, json};

use super::ask::Asking;
use super::read::{self, No, object};
use super::{Check, CheckResult};

/// Creates a subscription, after a topic with the same name. Returns the new subscription.
pub(super) async fn make_subscription(asking: &mut Asking, name: &str) -> Result<(Value, CheckResult), No> {
    let topic = name.replace("/subscriptions/", "/topics/");
    match put(asking, &topic, &json!({})).await {
        Ok(_) => asking.report.put(Check::Topic, CheckResult::Made),
        Err(No::Exists) => {}
        Err(no) => return Err(no),
    }
    // By default Google deletes a subscription after a month without use.
    let wanted = json!({ "topic": topic, "expirationPolicy": {} });
    put(asking, name, &wanted).await.map(|made| (made, CheckResult::Made))
}

/// Allows Google to publish on a topic and keeps the rest of its policy.
pub(super) async fn make_publisher(asking: &mut Asking, topic: &str, policy: Value) -> CheckResult {
    let wanted = json!({ "policy": read::with_publisher(policy) });
    let answer = asking.client.events_answer(Method::POST, &format!("{topic}:setIamPolicy"), Some(&wanted)).await;
    match object(answer) {
        Ok(_) => CheckResult::Made,
        Err(no) => asking.other(no),
    }
}

async fn put(asking: &Asking, what: &str, body: &Value) -> Result<Value, No> {
    object(asking.client.events_answer(Method::PUT, what, Some(body)).await)
}
