//! Sign-in: Google's page for it, the address that the browser returns, and the stored secret.
//!
//! The page is that of the partner connections and not Google's ordinary one, which would offer no device. The
//! program supports both kinds of OAuth clients: one for desktops redirects to any port, one for the web to a
//! fixed address. Alternatively the user pastes the final address of the browser.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use url::Url;

/// The scopes for devices and for the events of the user's own Pub/Sub.
const SCOPES: &str = "https://www.googleapis.com/auth/sdm.service https://www.googleapis.com/auth/pubsub";

/// The stored secret of a sign-in. It gives new access tokens.
#[derive(Clone)]
pub struct SdmSecret {
    /// The refresh token, valid until the user revokes it.
    pub refresh_token: SecretString,
    /// The secret of the OAuth client. For a desktop client it is not confidential, but Google requires it.
    pub client_secret: SecretString,
    /// The time of the sign-in, by the clock of the service. A sign-in ends after seven days if the consent
    /// screen is in testing.
    pub issued: Option<Timestamp>,
}

impl SdmSecret {
    /// Returns the secret as one text for the keyring.
    pub fn to_text(&self) -> SecretString {
        let text = json!({
            "refresh_token": self.refresh_token.expose_secret(),
            "client_secret": self.client_secret.expose_secret(),
            "issued": self.issued,
        });
        SecretString::from(text.to_string())
    }

    /// Parses the text of the keyring; `None` if it is something else.
    pub fn from_text(text: &SecretString) -> Option<Self> {
        let value: Value = serde_json::from_str(text.expose_secret()).ok()?;
        let part = |key: &str| value.get(key)?.as_str().map(SecretString::from);
        let issued = value.get("issued").and_then(|at| at.as_str()?.parse().ok());
        Some(Self { refresh_token: part("refresh_token")?, client_secret: part("client_secret")?, issued })
    }
}

/// A sign-in in progress.
pub struct GoogleSignIn {
    page: Url,
    state: String,
    verifier: Option<SecretString>,
    redirect_uri: String,
}

/// The reason that a pasted address contains no usable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasteError {
    /// The text is not a URL.
    #[error("paste the whole address of the page that the browser ended at, beginning with http")]
    NotAnAddress,
    /// The user or the service refused.
    #[error("the sign-in was refused on Google's page")]
    Refused,
    /// The address contains neither a code nor an error.
    #[error("that address has no code in it; it has to be the last one, after the consent")]
    NoCode,
    /// The code belongs to another sign-in.
    #[error("that address is of another sign-in; begin again")]
    AnotherSignIn,
}

impl GoogleSignIn {
    /// Starts a sign-in for a Device Access project and an OAuth client. `pages` is the base URL of the sign-in
    /// page. If `proof` is true, the code is bound to this program (PKCE), which not every client allows.
    pub fn begin(mut pages: Url, project: &str, client_id: &str, redirect_uri: &str, proof: bool) -> Self {
        let random = || format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple());
        let (state, verifier) = (random(), proof.then(|| SecretString::from(random())));
        if let Ok(mut segments) = pages.path_segments_mut() {
            segments.pop_if_empty().extend([project, "auth"]);
        }
        let mut query = pages.query_pairs_mut();
        for (key, value) in [
            ("redirect_uri", redirect_uri),
            ("access_type", "offline"),
            ("prompt", "consent"),
            ("client_id", client_id),
            ("response_type", "code"),
            ("scope", SCOPES),
            ("state", &state),
        ] {
            query.append_pair(key, value);
        }
        if let Some(verifier) = &verifier {
            let digest = Sha256::digest(verifier.expose_secret().as_bytes());
            query.append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(digest));
            query.append_pair("code_challenge_method", "S256");
        }
        drop(query);
        Self { page: pages, state, verifier, redirect_uri: redirect_uri.to_owned() }
    }

    /// The page to open in the browser.
    pub fn page(&self) -> &Url {
        &self.page
    }

    /// The value that the browser must return with the code.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Extracts the code from the final address of the browser.
    pub fn code_in(&self, pasted: &str) -> Result<SecretString, PasteError> {
        let url = Url::parse(pasted.trim()).map_err(|_no_url| PasteError::NotAnAddress)?;
        let find = |key: &str| url.query_pairs().find(|(found, _)| found == key).map(|(_, value)| value.into_owned());
        if find("error").is_some() {
            return Err(PasteError::Refused);
        }
        let code = find("code").filter(|code| !code.is_empty()).ok_or(PasteError::NoCode)?;
        let state = find("state").unwrap_or_default();
        let is_ours = bool::from(state.as_bytes().ct_eq(self.state.as_bytes()));
        if is_ours { Ok(SecretString::from(code)) } else { Err(PasteError::AnotherSignIn) }
    }

    /// The form that exchanges a code for tokens.
    pub(super) fn exchange_form(&self, code: &SecretString) -> Vec<(&'static str, String)> {
        let mut form = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.expose_secret().to_owned()),
            ("redirect_uri", self.redirect_uri.clone()),
        ];
        form.extend(self.verifier.as_ref().map(|verifier| ("code_verifier", verifier.expose_secret().to_owned())));
        form
    }
}

/// True if a text has the form of a Device Access project id: a UUID.
pub fn looks_like_project(text: &str) -> bool {
    uuid::Uuid::try_parse(text).is_ok() && text.contains('-')
}

/// True if a text has the form of an OAuth client id.
pub fn looks_like_client_id(text: &str) -> bool {
    text.strip_suffix(".apps.googleusercontent.com").is_some_and(|name| !name.is_empty() && !name.contains(' '))
}

/// True if a text has the form of a subscription name, which differs from that of its topic.
pub fn looks_like_subscription(text: &str) -> bool {
    let parts: Vec<&str> = text.split('/').collect();
    matches!(parts.as_slice(), ["projects", project, "subscriptions", name] if !project.is_empty() && !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(proof: bool) -> GoogleSignIn {
        let pages = Url::parse("https://nestservices.google.com/partnerconnections").expect("a URL");
        GoogleSignIn::begin(
            pages,
            "32c4c2bc-fe0d-461b-b51c-f3885afff2f0",
            "me.apps.googleusercontent.com",
            "http://127.0.0.1:8080",
            proof,
        )
    }

    #[test]
    fn the_page_is_that_of_the_partner_connections_and_binds_the_code() {
        let sign_in = begun(true);
        let page = sign_in.page().as_str();
        assert!(page.starts_with(
            "https://nestservices.google.com/partnerconnections/32c4c2bc-fe0d-461b-b51c-f3885afff2f0/auth?"
        ));
        for part in ["access_type=offline", "prompt=consent", "sdm.service", "pubsub", "code_challenge_method=S256"] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(!begun(false).page().as_str().contains("code_challenge"));
        assert_ne!(begun(true).state(), sign_in.state());
        let form = sign_in.exchange_form(&SecretString::from("4/x"));
        assert!(form.iter().any(|(key, value)| *key == "code_verifier" && value.len() == 64));
        assert!(!page.contains(&form[3].1), "what proves it is on the page");
    }

    #[test]
    fn a_pasted_address_brings_the_code_of_this_sign_in_alone() {
        let sign_in = begun(true);
        let state = sign_in.state();
        let code = sign_in.code_in(&format!(" https://www.google.com/?state={state}&code=4/0Axyz&scope=a \n"));
        assert_eq!(code.expect("a code").expose_secret(), "4/0Axyz");
        for (pasted, why) in [
            ("4/0Axyz".to_owned(), PasteError::NotAnAddress),
            (String::new(), PasteError::NotAnAddress),
            (format!("https://www.google.com/?state={state}"), PasteError::NoCode),
            (format!("https://www.google.com/?error=access_denied&state={state}"), PasteError::Refused),
            ("https://www.google.com/?state=other&code=4/0Axyz".to_owned(), PasteError::AnotherSignIn),
            ("https://www.google.com/?code=4/0Axyz".to_owned(), PasteError::AnotherSignIn),
        ] {
            assert_eq!(sign_in.code_in(&pasted).map(drop), Err(why), "{pasted}");
        }
    }

    #[test]
    fn the_three_ids_are_distinguished_by_form() {
        assert!(looks_like_project("32c4c2bc-fe0d-461b-b51c-f3885afff2f0"));
        assert!(!looks_like_project("my-cloud-project") && !looks_like_project("32c4c2bcfe0d461bb51cf3885afff2f0"));
        assert!(looks_like_client_id("1234-abc.apps.googleusercontent.com"));
        assert!(!looks_like_client_id(".apps.googleusercontent.com") && !looks_like_client_id("1234-abc"));
        assert!(looks_like_subscription("projects/my-cloud/subscriptions/nest"));
        for wrong in ["projects/my-cloud/topics/nest", "nest", "projects//subscriptions/x", "projects/a/subscriptions/"]
        {
            assert!(!looks_like_subscription(wrong), "{wrong}");
        }
    }

    #[test]
    fn the_stored_secret_is_read_again_and_never_shown() {
        let (refresh_token, client_secret) = (SecretString::from("1//r"), SecretString::from("GOCSPX-s"));
        let secret = SdmSecret { refresh_token, client_secret, issued: Some(Timestamp::UNIX_EPOCH) };
        let read = SdmSecret::from_text(&secret.to_text()).expect("read");
        assert_eq!((read.refresh_token.expose_secret(), read.issued), ("1//r", secret.issued));
        let of_before = SecretString::from(r#"{"refresh_token":"1//r","client_secret":"s"}"#);
        assert_eq!(SdmSecret::from_text(&of_before).expect("read").issued, None);
        assert!(SdmSecret::from_text(&SecretString::from("c.a-token-of-another-kind")).is_none());
    }
}
