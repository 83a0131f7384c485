//! An account: which server it is at, what that speaks, and where its token is kept.

use toml::{Table, Value};

/// What a server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AccountKind {
    /// The Works with Nest API.
    #[default]
    WorksWithNest,
    /// The control API of No Longer Evil.
    NoLongerEvil,
    /// Google's Smart Device Management API.
    DeviceAccess,
}

impl AccountKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::WorksWithNest, Self::NoLongerEvil, Self::DeviceAccess];

    /// Its name in files and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::WorksWithNest => "wwn",
            Self::NoLongerEvil => "nle",
            Self::DeviceAccess => "sdm",
        }
    }

    /// The kind of a name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether there is always a token.
    pub fn needs_token(self) -> bool {
        match self {
            Self::WorksWithNest | Self::DeviceAccess => true,
            Self::NoLongerEvil => false,
        }
    }
}

/// An account at a server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// Names it in the keyring and in file names; never changes.
    pub id: String,
    /// What its server speaks.
    pub kind: AccountKind,
    /// As its owner calls it.
    pub name: String,
    /// Base URL of the service.
    pub url: String,
    /// The page to sign in on, where the service has one.
    pub authorize_url: Option<String>,
    /// Where a code becomes a token.
    pub token_url: Option<String>,
    /// The OAuth client; its secret is not kept.
    pub client_id: Option<String>,
    /// The Device Access project.
    pub project: Option<String>,
    /// The Pub/Sub subscription that brings its events.
    pub subscription: Option<String>,
    /// Where that is, if not at Google.
    pub events_url: Option<String>,
    /// Whether the token is in the sealed file rather than in the keyring.
    pub is_sealed: bool,
    /// Whether there is a token, where the kind of account goes without as well.
    pub has_token: bool,
    /// When somebody signed in, in milliseconds since the epoch, by which running programs see that there
    /// was another sign-in; 0 where it is not known.
    pub sign_in: i64,
}

impl Account {
    /// Whether it is one of this kind at this address, however that is written. All homes at Google
    /// Device Access have one address: there the project tells them apart.
    pub fn is_at(&self, kind: AccountKind, url: &str, project: Option<&str>) -> bool {
        let same = |text: &str| url::Url::parse(text.trim()).ok();
        let is_same_url = self.url == url || same(&self.url).is_some_and(|ours| same(url) == Some(ours));
        self.kind == kind && is_same_url && self.project.as_deref() == project
    }
}

/// Why an account cannot be called so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountNameError {
    /// No name.
    #[error("An account needs a name")]
    Missing,
    /// Commands could not tell the two apart.
    #[error("There is an account called {0} already")]
    Taken(String),
}

/// Reads an account; `None` for what is none.
pub(super) fn account(value: &Value) -> Option<Account> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let id = text("id").filter(|id| is_id(id))?;
    let kind = match text("kind") {
        Some(word) => AccountKind::of_word(&word)?,
        None => AccountKind::default(),
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

/// An account as it is written.
pub(super) fn account_value(account: &Account) -> Value {
    let mut table = Table::new();
    let mut put = |key: &str, value: Option<&String>| {
        if let Some(value) = value {
            table.insert(key.to_owned(), Value::from(value.as_str()));
        }
    };
    put("id", Some(&account.id));
    let kind = account.kind.word().to_owned();
    put("kind", (account.kind != AccountKind::default()).then_some(&kind));
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
