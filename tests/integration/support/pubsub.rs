//! The part of Pub/Sub that creates topics and subscriptions and controls who may publish.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Method, Uri};
use axum::response::Response;
use serde_json::{Value, json};

use super::json as answer;
use super::sdm::{Sdm, error};

/// The publisher of the events of devices.
pub(crate) const PUBLISHER: &str = "group:sdm-publisher@googlegroups.com";

/// The resources and policies, by full name.
pub(crate) struct PubSub {
    /// Topics and subscriptions as a read returns them.
    pub(crate) resources: BTreeMap<String, Value>,
    /// The access policy of each resource.
    pub(crate) policies: BTreeMap<String, Value>,
}

impl PubSub {
    /// A subscription that never expires on a topic of the same name, on which Google may publish.
    pub(crate) fn ready(subscription: &str) -> Self {
        let topic = subscription.replace("/subscriptions/", "/topics/");
        let mut resources = BTreeMap::new();
        resources.insert(
            subscription.to_owned(),
            json!({"name": subscription, "topic": topic, "pushConfig": {}, "expirationPolicy": {}, "state": "ACTIVE"}),
        );
        resources.insert(topic.clone(), json!({ "name": topic }));
        let policy = json!({"version": 1, "etag": "BwX", "bindings": [
            {"role": "roles/pubsub.publisher", "members": [PUBLISHER]}]});
        Self { resources, policies: BTreeMap::from([(topic, policy)]) }
    }

    /// Removes all resources and policies.
    pub(crate) fn clear(&mut self) {
        self.resources.clear();
        self.policies.clear();
    }
}

/// Reads or creates a topic or a subscription, or reads or changes a policy.
pub(crate) async fn topic(State(server): State<Sdm>, method: Method, uri: Uri, body: Bytes) -> Response {
    let path = uri.path().trim_start_matches("/v1/").to_owned();
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let (name, call) = path.split_once(':').unwrap_or((&path, ""));
    server.pubsub(|pubsub| {
        let missing = || error(404, "NOT_FOUND", &format!("Resource not found (resource={name})."));
        if method == Method::PUT {
            if pubsub.resources.contains_key(name) {
                return error(
                    409,
                    "ALREADY_EXISTS",
                    &format!("Resource already exists in the project (resource={name})."),
                );
            }
            let of = asked["topic"].as_str();
            if of.is_some_and(|topic| !pubsub.resources.contains_key(topic)) {
                return missing();
            }
            let mut made = asked.clone();
            made["name"] = json!(name);
            pubsub.resources.insert(name.to_owned(), made.clone());
            return answer(200, &made.to_string());
        }
        let Some(resource) = pubsub.resources.get(name) else { return missing() };
        match call {
            "" => answer(200, &resource.to_string()),
            "getIamPolicy" => {
                let policy = pubsub.policies.get(name).cloned().unwrap_or_else(|| json!({"etag": "ACAB"}));
                answer(200, &policy.to_string())
            }
            "setIamPolicy" => {
                pubsub.policies.insert(name.to_owned(), asked["policy"].clone());
                answer(200, &asked["policy"].to_string())
            }
            _ => error(404, "NOT_FOUND", "Not found."),
        }
    })
}
