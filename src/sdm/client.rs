//! Calls to the API, to Pub/Sub and to the token endpoint.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, RequestBuilder};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;

use super::commands::SdmCommand;
use super::images::{MOST_BYTES, MOST_CLIP_BYTES, WIDTH, clip_hosts, picture_hosts};
use super::oauth::{GoogleSignIn, SdmSecret};
use crate::home::{Confidential, DeviceId, HvacMode, Refusal, SetpointField};
use crate::http::{Answer, base_url, http_client, json_value, read_answer, unreachable};
use crate::service::{Failure, FailureKind, Reason, Secrets, UnusableUrl};

/// Time limit of a call. It does not apply to a pull.
const CALL_TIMEOUT: Duration = Duration::from_secs(30);
/// A token is not used in this time before its end.
const BEFORE_THE_END: Duration = Duration::from_mins(1);
/// The shortest and longest lifetime of a token, regardless of the lifetime that the service gives.
const LIFE: [Duration; 2] = [Duration::from_mins(2), Duration::from_hours(24)];
/// Part of Google's message if the API is disabled in the Cloud project. Every call can get it, commands too.
const API_DISABLED: &str = "has not been used in project";
/// The end of the URL of a command.
const EXECUTE: &str = ":executeCommand";
/// Error codes of Google that mean that the sign-in is invalid, and not a temporary failure.
const SIGN_IN_ERRORS: [&str; 4] = ["invalid_grant", "invalid_client", "unauthorized_client", "invalid_scope"];
/// The lifetime of a token if the service gives none.
const USUAL_LIFE: Duration = Duration::from_mins(50);
/// The largest number of messages in one pull.
const MESSAGES: u32 = 100;

/// The addresses and ids of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SdmConfig {
    /// The base URL of the API.
    pub api: Url,
    /// The base URL of Pub/Sub.
    pub events: Url,
    /// The token endpoint.
    pub tokens: Url,
    /// The Device Access project, a UUID.
    pub project: String,
    /// The OAuth client.
    pub client_id: String,
    /// The subscription to the user's own Pub/Sub topic; without one, the program polls the devices.
    pub subscription: Option<String>,
}

impl SdmConfig {
    /// Parses the addresses. Each one must use https or point to this machine.
    pub fn new(
        [api, events, tokens]: [&str; 3],
        project: &str,
        client_id: &str,
        subscription: Option<String>,
    ) -> Result<Self, UnusableUrl> {
        let (api, events, tokens) = (base_url(api)?, base_url(events)?, base_url(tokens)?);
        Ok(Self { api, events, tokens, project: project.to_owned(), client_id: client_id.to_owned(), subscription })
    }
}

/// An access token and the end of its use.
struct AccessToken {
    authorization: HeaderValue,
    until: Instant,
}

/// A client of one account.
pub struct SdmClient {
    config: SdmConfig,
    secret: SdmSecret,
    pub(super) http: reqwest::Client,
    /// An async mutex, so that only one call at a time requests a new token.
    held: Mutex<Option<AccessToken>>,
    secrets: Arc<Secrets>,
}

impl SdmClient {
    /// Creates a client for a signed-in account.
    pub fn new(config: SdmConfig, secret: SdmSecret) -> Result<Self, UnusableUrl> {
        let secrets = Arc::new(Secrets::of([&secret.refresh_token, &secret.client_secret]));
        Ok(Self { http: http_client(&config.api)?, config, secret, held: Mutex::new(None), secrets })
    }

    /// The addresses and ids of the account.
    pub fn config(&self) -> &SdmConfig {
        &self.config
    }

    /// Exchanges the code of a sign-in for the secret to store.
    pub async fn exchange(
        config: &SdmConfig,
        sign_in: &GoogleSignIn,
        code: &SecretString,
        client_secret: SecretString,
    ) -> Result<SdmSecret, Failure> {
        let http = http_client(&config.tokens).map_err(|err| Failure::bug(Reason::Address(err)))?;
        let secrets = Arc::new(Secrets::of([&client_secret, code]));
        let answer = ask_for_token(&http, config, &client_secret, sign_in.exchange_form(code), &secrets).await?;
        let granted = granted(&answer)?;
        let refresh_token = granted.get("refresh_token").and_then(Value::as_str).map(SecretString::from);
        let refresh_token = refresh_token.ok_or_else(|| Failure::new(FailureKind::SignIn, Reason::NoToken))?;
        Ok(SdmSecret { refresh_token, client_secret, issued: answer.date })
    }

    /// Requests a new access token and returns Google's answer, whatever its status.
    pub(super) async fn refreshed(&self) -> Result<Answer, Failure> {
        let form = vec![
            ("grant_type", "refresh_token".to_owned()),
            ("refresh_token", self.secret.refresh_token.expose_secret().to_owned()),
        ];
        ask_for_token(&self.http, &self.config, &self.secret.client_secret, form, &self.secrets).await
    }

    /// Returns a valid access token. Requests a new one if the current one is too old or equals `refused`.
    pub(super) async fn token(&self, refused: Option<&HeaderValue>) -> Result<HeaderValue, Failure> {
        let mut held = self.held.lock().await;
        if let Some(token) = held.as_ref()
            && Instant::now() < token.until
            && Some(&token.authorization) != refused
        {
            return Ok(token.authorization.clone());
        }
        let granted = granted(&self.refreshed().await?)?;
        let text = granted.get("access_token").and_then(Value::as_str);
        if let Some(text) = text {
            self.secrets.add(&SecretString::from(text));
        }
        let header = text.and_then(|text| HeaderValue::from_str(&format!("Bearer {text}")).ok());
        let mut authorization = header.ok_or_else(|| Failure::new(FailureKind::SignIn, Reason::NoToken))?;
        authorization.set_sensitive(true);
        let life = granted.get("expires_in").and_then(Value::as_u64).map_or(USUAL_LIFE, Duration::from_secs);
        let until = Instant::now() + life.clamp(LIFE[0], LIFE[1]).saturating_sub(BEFORE_THE_END);
        *held = Some(AccessToken { authorization: authorization.clone(), until });
        Ok(authorization)
    }

    /// The time of the sign-in, if known.
    pub(super) fn issued(&self) -> Option<jiff::Timestamp> {
        self.secret.issued
    }

    /// Sends one call. If the service refuses the token, gets a new one and retries once.
    async fn call(
        &self,
        within: Duration,
        request: impl Fn(&reqwest::Client) -> RequestBuilder,
        at: &Url,
    ) -> Result<Answer, Failure> {
        let mut refused = None;
        loop {
            let authorization = self.token(refused.as_ref()).await?;
            let request = request(&self.http).header(AUTHORIZATION, authorization.clone());
            let asking = async {
                let response = request.send().await.map_err(|err| unreachable(at, &err))?;
                read_answer(response, &self.secrets).await
            };
            let answer = tokio::time::timeout(within, asking).await;
            let answer = answer.unwrap_or_else(|_late| Err(Failure::offline(Reason::NoAnswer)))?;
            if answer.status == 401 && refused.is_none() {
                refused = Some(authorization);
                continue;
            }
            return Ok(answer);
        }
    }

    /// Sends one call and returns its answer, whatever its status.
    async fn answer(
        &self,
        within: Duration,
        method: Method,
        url: &Url,
        body: Option<&Value>,
    ) -> Result<Answer, Failure> {
        let request = |http: &reqwest::Client| {
            let request = http.request(method.clone(), url.clone());
            match body {
                Some(body) => request.header(CONTENT_TYPE, "application/json").body(body.to_string()),
                None => request,
            }
        };
        self.call(within, request, url).await
    }

    async fn ask(
        &self,
        within: Duration,
        method: Method,
        url: Url,
        body: Option<&Value>,
    ) -> Result<(Value, Option<jiff::Timestamp>), Failure> {
        let answer = meaning(self.answer(within, method, &url, body).await?, url.path().ends_with(EXECUTE))?;
        let value = json_value(&answer.body);
        let value = value.map_err(|err| answer.not_understood(&err))?;
        Ok((value, answer.date))
    }

    /// Fetches a collection of the project, with the time of the service.
    pub(super) async fn list(&self, what: &str) -> Result<(Value, Option<jiff::Timestamp>), Failure> {
        let url = join(&self.config.api, &format!("enterprises/{}/{what}", self.config.project));
        self.ask(CALL_TIMEOUT, Method::GET, url, None).await
    }

    /// Fetches the list of devices and returns Google's answer, whatever its status.
    pub(super) async fn list_answer(&self) -> Result<Answer, Failure> {
        let url = join(&self.config.api, &format!("enterprises/{}/devices", self.config.project));
        self.answer(CALL_TIMEOUT, Method::GET, &url, None).await
    }

    /// Calls Pub/Sub about a topic or a subscription and returns the answer, whatever its status.
    pub(super) async fn events_answer(
        &self,
        method: Method,
        what: &str,
        body: Option<&Value>,
    ) -> Result<Answer, Failure> {
        self.answer(CALL_TIMEOUT, method, &join(&self.config.events, what), body).await
    }

    /// Fetches one device.
    pub(super) async fn device(&self, id: &DeviceId) -> Result<(Value, Option<jiff::Timestamp>), Failure> {
        self.list(&format!("devices/{id}")).await
    }

    /// Sends a command.
    pub(super) async fn command(&self, command: &SdmCommand) -> Result<(), Failure> {
        // The answer is an empty object; a list or a text comes from another program.
        if self.execute(command).await?.is_object() { Ok(()) } else { Err(Failure::bug(Reason::NotAHome)) }
    }

    async fn execute(&self, command: &SdmCommand) -> Result<Value, Failure> {
        let path = format!("enterprises/{}/devices/{}{EXECUTE}", self.config.project, command.device);
        let body = json!({ "command": format!("sdm.devices.commands.{}", command.name), "params": command.params });
        let url = join(&self.config.api, &path);
        self.ask(CALL_TIMEOUT, Method::POST, url, Some(&body)).await.map(|(value, _)| value)
    }

    /// Fetches the picture of an event. The picture has its own token, which the client sends only to the
    /// vendor's hosts. The call follows no redirect.
    pub(super) async fn event_image(&self, device: &DeviceId, event: &str) -> Result<Bytes, Failure> {
        let name = "CameraEventImage.GenerateImage";
        let command = SdmCommand { device: device.clone(), name, params: json!({ "eventId": event }) };
        let made = self.execute(&command).await?;
        let result = |key: &str| made.get("results").and_then(|results| results.get(key)?.as_str());
        let missing = || Failure::bug(Reason::Unexplained);
        let mut at: Url = result("url").and_then(|url| url.parse().ok()).ok_or_else(missing)?;
        picture_hosts(&self.config.api)
            .check(&at)
            .map_err(|unsafe_address| Failure::bug(Reason::Redirect(unsafe_address)))?;
        at.query_pairs_mut().append_pair("width", WIDTH);
        let basic = result("token").and_then(|token| HeaderValue::from_str(&format!("Basic {token}")).ok());
        let mut basic = basic.ok_or_else(missing)?;
        basic.set_sensitive(true);
        let asking = async {
            let request = self.http.get(at.clone()).header(AUTHORIZATION, basic);
            read_answer(request.send().await.map_err(|err| unreachable(&at, &err))?, &self.secrets).await
        };
        let answer = tokio::time::timeout(CALL_TIMEOUT, asking).await;
        let answer = answer.unwrap_or_else(|_late| Err(Failure::offline(Reason::NoAnswer)))?;
        match answer.status {
            200 if answer.body.len() <= MOST_BYTES => Ok(answer.body),
            200 => Err(Failure::bug(Reason::TooLarge { megabytes: 1 })),
            _ => Err(answer.failure(None)),
        }
    }

    /// Fetches the clip of an event. The call carries the account's token, so it goes only to Google and follows
    /// no redirect.
    pub(super) async fn event_clip(&self, at: &Confidential) -> Result<Bytes, Failure> {
        let at: Url = at.reveal().parse().map_err(|_no_url| Failure::bug(Reason::Unexplained))?;
        let allowed = clip_hosts(&self.config.api).check(&at);
        allowed.map_err(|unsafe_address| Failure::bug(Reason::Redirect(unsafe_address)))?;
        let answer = self.answer(CALL_TIMEOUT, Method::GET, &at, None).await?;
        match answer.status {
            200 if answer.body.len() <= MOST_CLIP_BYTES => Ok(answer.body),
            200 => Err(Failure::bug(Reason::TooLarge { megabytes: 2 })),
            _ => Err(answer.failure(None)),
        }
    }

    /// Waits for events for at most `within`. `None` if the service did not answer, which alone is no failure:
    /// it keeps the connection open until an event arrives.
    pub(super) async fn pull(&self, within: Duration) -> Result<Option<Value>, Failure> {
        let Some(subscription) = self.config.subscription.as_ref() else { return Ok(None) };
        let url = join(&self.config.events, &format!("{subscription}:pull"));
        let body = json!({ "maxMessages": MESSAGES });
        match self.ask(within, Method::POST, url, Some(&body)).await {
            Ok((value, _)) => Ok(Some(value)),
            Err(failure) if failure.reason == Reason::NoAnswer => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Acknowledges messages, so that the service does not send them again.
    pub(super) async fn acknowledge(&self, acks: &[String]) -> Result<(), Failure> {
        let Some(subscription) = self.config.subscription.as_ref().filter(|_| !acks.is_empty()) else { return Ok(()) };
        let url = join(&self.config.events, &format!("{subscription}:acknowledge"));
        self.ask(CALL_TIMEOUT, Method::POST, url, Some(&json!({ "ackIds": acks }))).await.map(drop)
    }
}

fn join(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    let path = format!("{}/{path}", url.path().trim_end_matches('/'));
    // Set the whole path: `:pull` is part of the last segment and must not be escaped.
    url.set_path(&path);
    url
}

/// Tries to exchange an invalid code. Google checks the client first, so the answer tells if the client and its
/// secret are right before the user signs in.
pub(super) async fn try_client(
    config: &SdmConfig,
    client_secret: &SecretString,
    back: &str,
) -> Result<Answer, Failure> {
    let http = http_client(&config.tokens).map_err(|err| Failure::bug(Reason::Address(err)))?;
    let form = vec![
        ("grant_type", "authorization_code".to_owned()),
        ("code", "4/of-nobody".to_owned()),
        ("redirect_uri", back.to_owned()),
    ];
    ask_for_token(&http, config, client_secret, form, &Arc::new(Secrets::of([client_secret]))).await
}

async fn ask_for_token(
    http: &reqwest::Client,
    config: &SdmConfig,
    client_secret: &SecretString,
    mut form: Vec<(&'static str, String)>,
    secrets: &Arc<Secrets>,
) -> Result<Answer, Failure> {
    form.push(("client_id", config.client_id.clone()));
    form.push(("client_secret", client_secret.expose_secret().to_owned()));
    // The endpoint is a page, so its URL must not end with a slash.
    let mut url = config.tokens.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty();
    }
    let asking = async {
        let response = http.post(url.clone()).form(&form).send().await.map_err(|err| unreachable(&url, &err))?;
        read_answer(response, secrets).await
    };
    let answer = tokio::time::timeout(CALL_TIMEOUT, asking).await;
    answer.unwrap_or_else(|_late| Err(Failure::offline(Reason::NoAnswer)))
}

/// Returns the granted token, or the reason that Google granted none.
fn granted(answer: &Answer) -> Result<Value, Failure> {
    let value: Value = json_value(&answer.body).unwrap_or_default();
    match answer.status {
        200 if value.is_object() => Ok(value),
        200 => Err(Failure::bug(Reason::NotAHome)),
        status => {
            let text = |key: &str| value.get(key).and_then(Value::as_str);
            let words = text("error_description").or(text("error"));
            let said = words.and_then(|words| answer.service_text(words));
            let is_refused = text("error").is_some_and(|error| SIGN_IN_ERRORS.contains(&error));
            match status {
                401 => Err(Failure::new(FailureKind::SignIn, Reason::SignInRefused { status, said })),
                400 | 403 if is_refused => {
                    Err(Failure::new(FailureKind::SignIn, Reason::SignInRefused { status, said }))
                }
                // Another error, possibly temporary or from a proxy: keep the account signed in.
                400 | 403 => Err(Failure::offline(Reason::ServerFailed { status, said })),
                _ => Err(answer.failure(words)),
            }
        }
    }
}

/// Returns the answer if its status is 200, else the failure that it means.
fn meaning(answer: Answer, is_command: bool) -> Result<Answer, Failure> {
    if answer.status == 200 {
        return Ok(answer);
    }
    let body: Value = json_value(&answer.body).unwrap_or_default();
    let message = body.pointer("/error/message").and_then(Value::as_str);
    let contains = |part: &str| message.is_some_and(|message| message.contains(part));
    if answer.status == 400 && contains("MANUAL_ECO") {
        let field = SetpointField::Target;
        return Err(Failure::refused(Refusal::ModeForbids { field, mode: HvacMode::Eco }));
    }
    if answer.status == 400 && contains("not allowed in current thermostat mode") {
        return Err(Failure::new(FailureKind::Refused, Reason::OtherMode));
    }
    if answer.status == 403 && is_command && !contains(API_DISABLED) {
        // The refusal concerns this device or this command; a read of the devices shows if the sign-in is still
        // valid.
        return Err(answer.refused(message));
    }
    Err(answer.failure(message))
}
