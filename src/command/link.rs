//! Links such as `setpoint://thermostat/hallway?target=21`.
//!
//! Any page or message may contain a link, so a link only proposes: the window shows its effect and asks. A link
//! names a device or home, by name or id, with fields and values as on the command line; without fields it opens
//! the page.
//!
//! ```text
//! setpoint://                                       the window
//! setpoint://thermostat/hallway                     its page
//! setpoint://thermostat/hallway?mode=heat&target=21
//! setpoint://home/maple-street?away=away
//! setpoint://camera/front-door?streaming=off
//! ```

use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use url::Url;

use super::{ParseError, find, understand};
use crate::home::{DeviceTree, Node, Write};

/// The scheme of this program.
pub const SCHEME: &str = "setpoint";
/// The maximum length of a link, in bytes.
const LONGEST: usize = 2_000;
/// The maximum number of values in a link.
const MOST_FIELDS: usize = 8;

/// A parsed link.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    /// The link itself.
    pub text: String,
    /// The device or home; `None` only opens the window.
    pub about: Option<LinkSubject>,
    /// Fields and values, in the order of the link.
    pub fields: Vec<(String, String)>,
}

/// The subject of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkSubject {
    /// The kind of device, or a home.
    pub kind: LinkKind,
    /// The name or id in the link.
    pub name: String,
}

/// The kinds of subjects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    Thermostat,
    Camera,
    Home,
}

/// The reason why a text is no link of this program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Another scheme, or no link at all.
    #[error("this is no setpoint:// link")]
    NotOurs,
    #[error("the link is longer than {LONGEST} characters")]
    TooLong,
    /// A user, a port or a fragment, which have no meaning here.
    #[error("the link has parts that Setpoint does not use")]
    Odd,
    /// An unknown kind.
    #[error("a link names a thermostat, a camera or a home, and not “{0}”")]
    NoSuchKind(String),
    /// The name is missing.
    #[error("the link does not say which device or home it is about")]
    Nameless,
    /// Too many values, or one of them twice.
    #[error("the link sets too many values, or one of them twice")]
    TooMany,
}

impl Link {
    /// Parses a link strictly.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        if text.len() > LONGEST {
            return Err(LinkError::TooLong);
        }
        let url = Url::parse(text.trim()).map_err(|_not_a_url| LinkError::NotOurs)?;
        if url.scheme() != SCHEME {
            return Err(LinkError::NotOurs);
        }
        if !url.username().is_empty() || url.password().is_some() || url.port().is_some() || url.fragment().is_some() {
            return Err(LinkError::Odd);
        }
        let kind = match url.host_str().unwrap_or_default().to_lowercase().as_str() {
            "" | "open" if url.path().trim_matches('/').is_empty() && url.query().is_none() => {
                return Ok(Self { text: text.to_owned(), ..Self::default() });
            }
            "thermostat" => LinkKind::Thermostat,
            "camera" => LinkKind::Camera,
            "home" | "structure" => LinkKind::Home,
            other => return Err(LinkError::NoSuchKind(readable(other))),
        };
        let path = url.path().trim_matches('/');
        let name = percent_decode_str(path).decode_utf8().map_err(|_not_a_name| LinkError::Odd)?;
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(LinkError::Nameless);
        }
        if name.contains('/') || name.chars().any(char::is_control) {
            return Err(LinkError::Odd);
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        for (field, value) in url.query_pairs() {
            if fields.len() >= MOST_FIELDS || fields.iter().any(|(known, _)| *known == *field) {
                return Err(LinkError::TooMany);
            }
            if field.is_empty() || value.chars().any(char::is_control) {
                return Err(LinkError::Odd);
            }
            fields.push((field.into_owned(), value.into_owned()));
        }
        Ok(Self { text: text.to_owned(), about: Some(LinkSubject { kind, name }), fields })
    }

    /// The subject of the link in a home, and the writes.
    pub fn resolve(&self, home: &DeviceTree, now: Timestamp) -> Result<(Option<Node>, Vec<Write>), ParseError> {
        let Some(LinkSubject { kind, name }) = &self.about else { return Ok((None, Vec::new())) };
        let word = match kind {
            LinkKind::Thermostat => "thermostat",
            LinkKind::Camera => "camera",
            LinkKind::Home => "home",
        };
        // Links often have dashes in names. The kind distinguishes equal names.
        let spaced = name.replace(['-', '_', '+'], " ");
        let tries = [format!("{name} {word}"), format!("{spaced} {word}"), name.clone(), spaced];
        let mut found = Err(ParseError::NoSuchName { name: name.clone(), known: Vec::new() });
        for text in &tries {
            found = find(home, text);
            if found.is_ok() {
                break;
            }
        }
        let node = found?.node;
        let fits = match (&node, kind) {
            (Node::Thermostat(_), LinkKind::Thermostat)
            | (Node::Camera(_), LinkKind::Camera)
            | (Node::Structure(_), LinkKind::Home) => true,
            (Node::Thermostat(_) | Node::Camera(_) | Node::Structure(_), _) => false,
        };
        if !fits {
            let known = crate::command::names(home).into_iter().filter(|named| named.kind == word);
            let known = known.map(|named| named.name).collect();
            return Err(ParseError::NoSuchName { name: name.clone(), known });
        }
        let writes = self.fields.iter().map(|(field, value)| understand(home, &node, field, value, now));
        let writes = writes.collect::<Result<Vec<Write>, ParseError>>()?;
        Ok((Some(node), writes))
    }
}

/// A short printable part of a hostile text.
fn readable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::{Camera, DeviceId, HvacMode, Setpoint, Structure, Temperature, Thermostat};

    fn home() -> DeviceTree {
        let mut home = DeviceTree::default();
        home.structures.insert(
            "s".into(),
            std::sync::Arc::new(Structure { name: Some("Maple Street".to_owned()), ..Structure::default() }),
        );
        home.thermostats.insert(
            "t".into(),
            std::sync::Arc::new(Thermostat {
                name: Some("Hallway".to_owned()),
                hvac_mode: Some(HvacMode::Heat),
                target_temperature: Temperature::from_celsius(20.0),
                ..Thermostat::default()
            }),
        );
        home.cameras
            .insert("c".into(), std::sync::Arc::new(Camera { name: Some("Hallway".to_owned()), ..Camera::default() }));
        home
    }

    fn resolve(text: &str) -> Result<(Option<Node>, Vec<Write>), ParseError> {
        Link::parse(text).expect("a link").resolve(&home(), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_link_names_a_device_and_values() {
        let thermostat = DeviceId::from("t");
        let (node, writes) = resolve("setpoint://thermostat/hallway?target=21").expect("good");
        assert_eq!(node, Some(Node::Thermostat(thermostat.clone())));
        assert_eq!(writes, [Write::Target(thermostat.clone(), Setpoint::celsius(21.0))]);
        let (_, writes) = resolve("SETPOINT://thermostat/t?mode=heat&target=%2B1").expect("good");
        assert_eq!(writes.len(), 2);
        // The camera of the same name is another subject.
        let (node, _) = resolve("setpoint://camera/hallway?streaming=off").expect("good");
        assert_eq!(node, Some(Node::Camera("c".into())));
        let (node, writes) = resolve("setpoint://home/maple-street").expect("good");
        assert_eq!((node, writes.len()), (Some(Node::Structure("s".into())), 0));
        assert_eq!(Link::parse("setpoint://").map(|link| link.about), Ok(None));
    }

    #[test]
    fn malformed_links_are_refused() {
        let long = format!("setpoint://home/{}", "x".repeat(LONGEST));
        let many = "setpoint://home/x?a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1".to_owned();
        for (text, why) in [
            ("https://thermostat/hallway", LinkError::NotOurs),
            ("hallway", LinkError::NotOurs),
            ("setpoint://user:secret@thermostat/hallway", LinkError::Odd),
            ("setpoint://thermostat:80/hallway", LinkError::Odd),
            ("setpoint://thermostat/hallway#x", LinkError::Odd),
            ("setpoint://thermostat/a%2Fb", LinkError::Odd),
            ("setpoint://thermostat/a%00", LinkError::Odd),
            ("setpoint://thermostat/%ff", LinkError::Odd),
            ("setpoint://home/x?name=a%0Ab", LinkError::Odd),
            ("setpoint://thermostat/", LinkError::Nameless),
            ("setpoint://thermostat?target=21", LinkError::Nameless),
            ("setpoint://door/hallway", LinkError::NoSuchKind("door".to_owned())),
            ("setpoint://home/x?away=away&away=home", LinkError::TooMany),
            (long.as_str(), LinkError::TooLong),
            (many.as_str(), LinkError::TooMany),
        ] {
            assert_eq!(Link::parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn unknown_devices_and_fields_are_reported() {
        for text in [
            "setpoint://thermostat/attic?target=21",
            "setpoint://camera/maple-street?streaming=on",
            "setpoint://thermostat/hallway?colour=red",
            "setpoint://thermostat/hallway?target=hot",
        ] {
            assert!(resolve(text).is_err(), "{text}");
        }
    }
}
