//! Calls to the API, to Pub/Sub and for tokens.

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

use super::commands::Command;
use super::images::{MOST_BYTES, MOST_CLIP_BYTES, WIDTH, may_ask, may_ask_for_a_clip};
use super::oauth::{SdmSecret, SignIn};
use crate::home::{Confidential, DeviceId, HvacMode, Refusal, SetpointField};
use crate::http::{Answer, base_url, http_client, json_value, read_answer, unreachable};
use crate::service::{Failure, FailureKind, Reason, Secrets, UnusableUrl};

/// A call other than a pull takes at most this long.
const CALL_TIMEOUT: Duration = Duration::from_secs(30);
/// So long before its end a token is not used any more.
const BEFORE_THE_END: Duration = Duration::from_mins(1);
/// Whatever the service says, a token is used at least and at most so long before another is asked for.
const LIFE: [Duration; 2] = [Duration::from_mins(2), Duration::from_hours(24)];
/// The words of Google when its API is switched off in the Cloud project: of every call, commands too.
const API_DISABLED: &str = "has not been used in project";
/// What ends the address of a command.
const EXECUTE: &str = ":executeCommand";
/// What Google answers when it is the sign-in that is wrong, and not the moment.
const SIGN_IN_ERRORS: [&str; 4] = ["invalid_grant", "invalid_client", "unauthorized_client", "invalid_scope"];
/// What a token lasts where the service does not say.
const USUAL_LIFE: Duration = Duration::from_mins(50);
/// So many messages are asked for at once.
const MESSAGES: u32 = 100;

/// Where everything is, and as whom to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SdmConfig {
    /// Where the API is.
    pub api: Url,
    /// Where its events are.
    pub events: Url,
    /// Where tokens come from.
    pub tokens: Url,
    /// The Device Access project, a UUID.
    pub project: String,
    /// The OAuth client.
    pub client_id: String,
    /// The subscription of the person's own Pub/Sub topic; without one, devices are only read now
    /// and then.
    pub subscription: Option<String>,
}

impl SdmConfig {
    /// Reads the addresses: each is https, or on this machine.
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

/// An access token with its end.
struct Token {
    authorization: HeaderValue,
    until: Instant,
}

/// A client of one account.
pub struct SdmClient {
    config: SdmConfig,
    secret: SdmSecret,
    pub(super) http: reqwest::Client,
    /// Only one call at a time asks for a new one.
    held: Mutex<Option<Token>>,
    secrets: Arc<Secrets>,
}

impl SdmClient {
    /// A client for an account that is signed in.
    pub fn new(config: SdmConfig, secret: SdmSecret) -> Result<Self, UnusableUrl> {
        let secrets = Arc::new(Secrets::of([&secret.refresh_token, &secret.client_secret]));
        Ok(Self { http: http_client(&config.api)?, config, secret, held: Mutex::new(None), secrets })
    }

    /// Where everything is.
    pub fn config(&self) -> &SdmConfig {
        &self.config
    }

    /// Turns the code of a sign-in into what is to be kept.
    pub async fn exchange(
        config: &SdmConfig,
        sign_in: &SignIn,
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

    /// What Google answers who asks with the refresh token.
    pub(super) async fn refreshed(&self) -> Result<Answer, Failure> {
        let form = vec![
            ("grant_type", "refresh_token".to_owned()),
            ("refresh_token", self.secret.refresh_token.expose_secret().to_owned()),
        ];
        ask_for_token(&self.http, &self.config, &self.secret.client_secret, form, &self.secrets).await
    }

    /// A token that is good for a while yet.
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
        *held = Some(Token { authorization: authorization.clone(), until });
        Ok(authorization)
    }

    /// When the sign-in was made, if that is known.
    pub(super) fn issued(&self) -> Option<jiff::Timestamp> {
        self.secret.issued
    }

    /// One call; a token that is refused is replaced once.
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

    /// One call, whatever the answer says.
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

    /// A collection of the project, with the service's time.
    pub(super) async fn list(&self, what: &str) -> Result<(Value, Option<jiff::Timestamp>), Failure> {
        let url = join(&self.config.api, &format!("enterprises/{}/{what}", self.config.project));
        self.ask(CALL_TIMEOUT, Method::GET, url, None).await
    }

    /// The list of devices as Google answers it, be it a yes or a no.
    pub(super) async fn list_answer(&self) -> Result<Answer, Failure> {
        let url = join(&self.config.api, &format!("enterprises/{}/devices", self.config.project));
        self.answer(CALL_TIMEOUT, Method::GET, &url, None).await
    }

    /// What Pub/Sub answers to a call about a topic or a subscription, be it a yes or a no.
    pub(super) async fn events_answer(
        &self,
        method: Method,
        what: &str,
        body: Option<&Value>,
    ) -> Result<Answer, Failure> {
        self.answer(CALL_TIMEOUT, method, &join(&self.config.events, what), body).await
    }

    /// One device.
    pub(super) async fn device(&self, id: &DeviceId) -> Result<(Value, Option<jiff::Timestamp>), Failure> {
        self.list(&format!("devices/{id}")).await
    }

    /// Sends a command.
    pub(super) async fn command(&self, command: &Command) -> Result<(), Failure> {
        // The answer is an empty object; a list or a text comes from something else.
        if self.execute(command).await?.is_object() { Ok(()) } else { Err(Failure::bug(Reason::NotAHome)) }
    }

    async fn execute(&self, command: &Command) -> Result<Value, Failure> {
        let path = format!("enterprises/{}/devices/{}{EXECUTE}", self.config.project, command.device);
        let body = json!({ "command": format!("sdm.devices.commands.{}", command.name), "params": command.params });
        let url = join(&self.config.api, &path);
        self.ask(CALL_TIMEOUT, Method::POST, url, Some(&body)).await.map(|(value, _)| value)
    }

    /// The picture of an event. It has a token of its own, which goes to the vendor's hosts alone and
    /// follows no redirect.
    pub(super) async fn event_image(&self, device: &DeviceId, event: &str) -> Result<Bytes, Failure> {
        let name = "CameraEventImage.GenerateImage";
        let command = Command { device: device.clone(), name, params: json!({ "eventId": event }) };
        let made = self.execute(&command).await?;
        let result = |key: &str| made.get("results").and_then(|results| results.get(key)?.as_str());
        let missing = || Failure::bug(Reason::Unexplained);
        let mut at: Url = result("url").and_then(|url| url.parse().ok()).ok_or_else(missing)?;
        may_ask(&self.config.api, &at).map_err(|unsafe_address| Failure::bug(Reason::Redirect(unsafe_address)))?;
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

    /// The clip of an event. It is asked for as the account, so only of Google, and follows no redirect.
    pub(super) async fn event_clip(&self, at: &Confidential) -> Result<Bytes, Failure> {
        let at: Url = at.reveal().parse().map_err(|_no_url| Failure::bug(Reason::Unexplained))?;
        let allowed = may_ask_for_a_clip(&self.config.api, &at);
        allowed.map_err(|unsafe_address| Failure::bug(Reason::Redirect(unsafe_address)))?;
        let answer = self.answer(CALL_TIMEOUT, Method::GET, &at, None).await?;
        match answer.status {
            200 if answer.body.len() <= MOST_CLIP_BYTES => Ok(answer.body),
            200 => Err(Failure::bug(Reason::TooLarge { megabytes: 2 })),
            _ => Err(answer.failure(None)),
        }
    }

    /// Waits for events, at most so long; `None` when the service did not answer, which on its own is
    /// no failure: it holds the line until something comes.
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

    /// Says that messages were taken, so that they do not come again.
    pub(super) async fn acknowledge(&self, acks: &[String]) -> Result<(), Failure> {
        let Some(subscription) = self.config.subscription.as_ref().filter(|_| !acks.is_empty()) else { return Ok(()) };
        let url = join(&self.config.events, &format!("{subscription}:acknowledge"));
        self.ask(CALL_TIMEOUT, Method::POST, url, Some(&json!({ "ackIds": acks }))).await.map(drop)
    }
}

fn join(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    let path = format!("{}/{path}", url.path().trim_end_matches('/'));
    // As a whole: `:pull` is a part of the last segment, and must not be escaped.
    url.set_path(&path);
    url
}

/// What Google answers to a code that nobody was given: it looks at the client first, so that this
/// tells whether the client and its secret are right before anybody signed in.
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
    // An address of a page, and not of a folder.
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

/// What was granted, or why nothing was.
fn granted(answer: &Answer) -> Result<Value, Failure> {
    let value: Value = json_value(&answer.body).unwrap_or_default();
    match answer.status {
        200 if value.is_object() => Ok(value),
        200 => Err(Failure::bug(Reason::NotAHome)),
        status => {
            let text = |key: &str| value.get(key).and_then(Value::as_str);
            let words = text("error_description").or(text("error"));
            let said = words.and_then(|words| answer.said(words));
            let is_refused = text("error").is_some_and(|error| SIGN_IN_ERRORS.contains(&error));
            match status {
                401 => Err(Failure::new(FailureKind::SignIn, Reason::SignInRefused { status, said })),
                400 | 403 if is_refused => {
                    Err(Failure::new(FailureKind::SignIn, Reason::SignInRefused { status, said }))
                }
                // Something else, on the way or at this moment: the account is not given up for it.
                400 | 403 => Err(Failure::offline(Reason::ServerFailed { status, said })),
                _ => Err(answer.failure(words)),
            }
        }
    }
}

/// The answer when it is 200, else what the failure means.
fn meaning(answer: Answer, is_command: bool) -> Result<Answer, Failure> {
    if answer.status == 200 {
        return Ok(answer);
    }
    let body: Value = json_value(&answer.body).unwrap_or_default();
    let said = body.pointer("/error/message").and_then(Value::as_str);
    let says = |part: &str| said.is_some_and(|said| said.contains(part));
    if answer.status == 400 && says("MANUAL_ECO") {
        let field = SetpointField::Target;
        return Err(Failure::refused(Refusal::ModeForbids { field, mode: HvacMode::Eco }));
    }
    if answer.status == 400 && says("not allowed in current thermostat mode") {
        return Err(Failure::new(FailureKind::Refused, Reason::OtherMode));
    }
    if answer.status == 403 && is_command && !says(API_DISABLED) {
        // Of this device or this command; whether the sign-in holds is seen when devices are read.
        return Err(answer.refused(said));
    }
    Err(answer.failure(said))
}
