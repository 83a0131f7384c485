//! The options of a simulation.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::str::FromStr;
use std::time::Duration;

use crate::i18n::{Message, ToMessage, display_english, message};
use crate::wwn::server::{Certificate, Config, Connections, Fault, Permissions, ServerLimits};

/// The largest number of thermostats.
const MOST_THERMOSTATS: u32 = 10_000;
/// The highest speed: a day takes less than a second, and more would be too fast to see.
const MOST_SPEED: f64 = 100_000.0;

/// The options of a simulation.
#[derive(Clone)]
pub struct Options {
    /// The front address; port 0 takes any free one.
    pub listen: SocketAddr,
    /// The certificate of the server; without one it uses plain http.
    pub certificate: Option<Certificate>,
    /// The kind of home.
    pub home: HomePlan,
    /// Simulated seconds in a real second.
    pub speed: f64,
    /// The seed of everything random.
    pub seed: u64,
    /// True if token, secret and PIN come from the seed too, so that they are the same in every run; otherwise
    /// they cannot be guessed.
    pub seeded_secrets: bool,
    /// The active faults.
    pub faults: Vec<Fault>,
    /// A token of the caller's choice; by default the simulation creates one.
    pub token: Option<String>,
    /// The permissions of that token.
    pub permissions: Permissions,
    /// Rate limits of clients.
    pub limits: ServerLimits,
    /// Limits on the number of clients and on the time that they may take.
    pub connections: Connections,
    /// The longest silence of a stream, after which the server sends a keep-alive.
    pub keep_alive: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            certificate: None,
            home: HomePlan::House,
            speed: 1.0,
            seed: 1,
            seeded_secrets: false,
            faults: Vec::new(),
            token: None,
            permissions: Permissions::ALL,
            limits: ServerLimits::default(),
            connections: Connections::default(),
            keep_alive: Config::KEEP_ALIVE,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            listen,
            certificate,
            home,
            speed,
            seed,
            seeded_secrets: _,
            faults,
            token: _,
            permissions: _,
            limits,
            connections: _,
            keep_alive: _,
        } = self;
        f.debug_struct("Options")
            .field("listen", listen)
            .field("certificate", certificate)
            .field("home", home)
            .field("speed", speed)
            .field("seed", seed)
            .field("faults", faults)
            .field("limits", limits)
            .finish_non_exhaustive()
    }
}

/// The kind of home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HomePlan {
    /// One device of each kind.
    Apartment,
    /// Three devices of each kind, all different.
    #[default]
    House,
    /// This number of thermostats, half as many cameras and a quarter as many Protects.
    Estate(u32),
}

/// The text names no kind of home.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a home; choose apartment, house or estate:N with N from 1 to 10000")]
pub struct UnknownPlan(String);

impl FromStr for HomePlan {
    type Err = UnknownPlan;

    fn from_str(text: &str) -> Result<Self, UnknownPlan> {
        match text.trim() {
            "apartment" => Ok(Self::Apartment),
            "house" => Ok(Self::House),
            estate => {
                let count = estate.strip_prefix("estate:").and_then(|count| count.parse().ok());
                let count = count.filter(|count| (1..=MOST_THERMOSTATS).contains(count));
                count.map(Self::Estate).ok_or_else(|| UnknownPlan(text.to_owned()))
            }
        }
    }
}

impl fmt::Display for HomePlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Apartment => f.write_str("apartment"),
            Self::House => f.write_str("house"),
            Self::Estate(count) => write!(f, "estate:{count}"),
        }
    }
}

/// The reason that a simulation does not start.
#[derive(Debug)]
pub enum StartError {
    /// Another program uses the address.
    InUse(SocketAddr),
    /// The address cannot be listened on.
    Address(SocketAddr, std::io::Error),
    /// The address is not on this machine.
    NotLoopback(SocketAddr),
    /// The speed is out of range.
    Speed(f64),
    /// The home has no or too many devices.
    Size(u32),
    /// The token has characters that cannot be sent.
    Token,
}

impl ToMessage for StartError {
    fn to_message(&self) -> Message {
        let at = |address: &SocketAddr| address.to_string();
        match self {
            Self::InUse(address) => message!("start-in-use", address = at(address)),
            Self::Address(address, why) => message!("start-address", address = at(address), why = why.to_string()),
            Self::NotLoopback(address) => message!("start-not-loopback", address = at(address)),
            Self::Speed(speed) => message!("start-speed", speed = speed.to_string()),
            Self::Size(count) => message!("start-size", count = *count),
            Self::Token => message!("start-token"),
        }
    }
}

display_english!(StartError);

impl Options {
    pub(super) fn check(&self) -> Result<(), StartError> {
        if !self.listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(self.listen));
        }
        if !is_speed(self.speed) {
            return Err(StartError::Speed(self.speed));
        }
        if let HomePlan::Estate(count) = self.home
            && !(1..=MOST_THERMOSTATS).contains(&count)
        {
            return Err(StartError::Size(count));
        }
        let sendable = |token: &String| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        if !self.token.as_ref().is_none_or(sendable) {
            return Err(StartError::Token);
        }
        Ok(())
    }
}

/// True if the speed is in range.
pub(super) fn is_speed(speed: f64) -> bool {
    speed > 0.0 && speed <= MOST_SPEED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_parsed_from_their_names() {
        for (text, plan) in
            [("apartment", HomePlan::Apartment), ("house", HomePlan::House), ("estate:10000", HomePlan::Estate(10_000))]
        {
            assert_eq!(text.parse(), Ok(plan));
            assert_eq!(plan.to_string(), text);
        }
        for wrong in ["", "estate", "estate:", "estate:0", "estate:10001", "estate:-1", "castle"] {
            let error = wrong.parse::<HomePlan>().expect_err(wrong).to_string();
            assert!(error.contains("estate:N with N from 1 to 10000"), "{error}");
        }
    }

    #[test]
    fn invalid_options_are_refused_with_a_sentence() {
        let refused = |options: Options| options.check().expect_err("refused").to_string();
        assert!(refused(Options { speed: f64::NAN, ..Options::default() }).contains("not a speed"));
        assert!(refused(Options { speed: 0.0, ..Options::default() }).contains("above 0"));
        let open = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0));
        assert!(refused(Options { listen: open, ..Options::default() }).contains("this machine only"));
        assert!(refused(Options { token: Some("a b".to_owned()), ..Options::default() }).contains("token"));
        assert!(Options::default().check().is_ok());
    }

    #[test]
    fn the_token_is_not_in_debug_output() {
        let options = Options { token: Some("c.secret".to_owned()), ..Options::default() };
        assert!(!format!("{options:?}").contains("secret"));
    }
}
