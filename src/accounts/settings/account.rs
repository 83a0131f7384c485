//! An account: its service, its address, and the place of its token.

use serde::{Serialize, Serializer};
use toml::{Table, Value};

use crate::home::ServiceKind;

/// An account at a service.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// Names it in the keyring and in file names; never changes.
    pub id: String,
    /// The API of the service.
    pub kind: ServiceKind,
    /// The name given by the user.
    pub name: String,
    /// The base URL of the service.
    pub url: String,
    /// The page for signing in, if the service has one.
    pub authorize_url: Option<String>,
    /// The address that exchanges a code for a token.
    pub token_url: Option<String>,
    /// The OAuth client id; its secret is not in the settings.
    pub client_id: Option<String>,
    /// The id of the Device Access project.
    pub project: Option<String>,
    /// The Pub/Sub subscription for its events.
    pub subscription: Option<String>,
    /// The address of Pub/Sub, if not Google's.
    pub events_url: Option<String>,
    /// True if the sealed file, not the keyring, contains the token.
    pub is_sealed: bool,
    /// True if the account has a token; some kinds work without one.
    pub has_token: bool,
    /// The time of the last sign-in, in milliseconds since the epoch, by which running programs notice another
    /// sign-in; 0 if unknown.
    pub sign_in: i64,
}

impl Account {
    /// True if the account is of this kind at this address, however the address is written. At Google Device
    /// Access all homes have one address, so the project distinguishes them.
    pub fn is_at(&self, kind: ServiceKind, url: &str, project: Option<&str>) -> bool {
        let same = |text: &str| url::Url::parse(text.trim()).ok();
        let is_same_url = self.url == url || same(&self.url).is_some_and(|ours| same(url) == Some(ours));
        self.kind == kind && is_same_url && self.project.as_deref() == project
    }
}

/// The reason why a name cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountNameError {
    /// The name is empty.
    #[error("An account needs a name")]
    Missing,
    /// Another account has the name.
    #[error("There is an account called {0} already")]
    Taken(String),
}

/// Reads an account; `None` if it is unusable.
pub(super) fn account(value: &Value) -> Option<Account> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let id = text("id").filter(|id| is_id(id))?;
    let kind = match text("kind") {
        Some(word) => ServiceKind::of_word(&word)?,
        None => ServiceKind::default(),
    };
    Some(Account {
        kind,
        name: text("name").unwrap_or_else(|| id.clone()),
        url: text("url")?,
        authorize_url: text("authorize_url"),
        token_url: text("token_url"),
        client_id: text("client_id"),
        project: text("project"),
        subscription: text("subscription"),
        events_url: text("events_url"),
        sign_in: value.get("sign_in").and_then(Value::as_integer).unwrap_or_default(),
        is_sealed: value.get("token_in").and_then(Value::as_str) == Some("sealed-file"),
        has_token: kind.needs_token() || value.get("token_in").is_some(),
        id,
    })
}

/// An id becomes part of file names.
fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 64 && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

impl Serialize for Account {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        account_value(self).serialize(serializer)
    }
}

fn account_value(account: &Account) -> Value {
    let mut table = Table::new();
    let mut put = |key: &str, value: Option<&String>| {
        if let Some(value) = value {
            table.insert(key.to_owned(), Value::from(value.as_str()));
        }
    };
    put("id", Some(&account.id));
    let kind = account.kind.word().to_owned();
    put("kind", (account.kind != ServiceKind::default()).then_some(&kind));
    put("name", Some(&account.name));
    put("url", Some(&account.url));
    put("authorize_url", account.authorize_url.as_ref());
    put("token_url", account.token_url.as_ref());
    put("client_id", account.client_id.as_ref());
    put("project", account.project.as_ref());
    put("subscription", account.subscription.as_ref());
    put("events_url", account.events_url.as_ref());
    let place = if account.is_sealed { "sealed-file" } else { "keyring" }.to_owned();
    let is_said = account.is_sealed || (account.has_token && !account.kind.needs_token());
    put("token_in", is_said.then_some(&place));
    if account.sign_in != 0 {
        table.insert("sign_in".to_owned(), Value::from(account.sign_in));
    }
    Value::Table(table)
}
