//! Remarks about dropped parts of a file.

use crate::i18n::{Message, ToMessage, display_english, message};

/// The maximum number of remarks; a file may cause any number.
const MOST: usize = 300;

/// Adds a remark unless it exists, up to the maximum.
pub(crate) fn remark(remarks: &mut Vec<Remark>, new: Remark) {
    if remarks.len() < MOST {
        if !remarks.contains(&new) {
            remarks.push(new);
        }
    } else if remarks.len() == MOST {
        remarks.push(Remark { place: Vec::new(), what: What::More });
    }
}

/// A dropped part, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The names from the outermost folder to the request; empty for the collection itself.
    pub place: Vec<String>,
    /// The kind of part.
    pub what: What,
}

impl ToMessage for Remark {
    fn to_message(&self) -> Message {
        match self.place.as_slice() {
            [] => self.what.to_message(),
            place => message!("about", subject = place.join(" / "), text = self.what.to_message()),
        }
    }
}

display_english!(Remark);

/// A dropped part. Its message never has a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A token or a password, with its place.
    Secret(Wherein),
    /// An authentication method that this program does not use.
    SignIn(String),
    /// The request was meant to be sent without a token.
    NoSignIn,
    /// A script before or after the request.
    Script(String),
    /// A body that is not text.
    Body(BodyKind),
    /// A body of a method that takes none.
    BodyTooMuch(&'static str),
    /// A disabled body.
    BodyOff,
    /// A header that this program does not send.
    Header(String),
    /// A request to another server.
    Elsewhere,
    /// A disabled header.
    HeaderOff(String),
    /// A disabled part of the query.
    QueryOff(String),
    /// The description of a folder or collection.
    Description,
    /// Example answers.
    Examples,
    /// An unknown variable.
    Variable(String),
    /// An unsupported method; the request is dropped.
    Method(String),
    /// The request has no address and is dropped.
    NoAddress,
    /// There were more parts than the maximum.
    More,
    /// An entry that is neither request nor folder; it is dropped.
    Odd,
}

impl ToMessage for What {
    fn to_message(&self) -> Message {
        match self {
            Self::Secret(wherein) => message!("postman-secret", where = wherein.to_message()),
            Self::SignIn(kind) => message!("postman-sign-in", kind = kind),
            Self::NoSignIn => message!("postman-no-sign-in"),
            Self::Script(name) => message!("postman-script", name = name),
            Self::Body(kind) => message!("postman-body", kind = kind.to_message()),
            Self::BodyTooMuch(method) => message!("postman-body-too-much", method = *method),
            Self::BodyOff => message!("postman-body-off"),
            Self::Header(name) => message!("postman-header", name = name),
            Self::Elsewhere => message!("postman-elsewhere"),
            Self::HeaderOff(name) => message!("postman-header-off", name = name),
            Self::QueryOff(name) => message!("postman-query-off", name = name),
            Self::Description => message!("postman-description"),
            Self::Examples => message!("postman-examples"),
            Self::Variable(name) => message!("postman-variable", name = name),
            Self::Method(name) => message!("postman-method", name = name),
            Self::NoAddress => message!("postman-no-address"),
            Self::More => message!("postman-more"),
            Self::Odd => message!("postman-odd"),
        }
    }
}

/// The place of a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wherein {
    /// The authentication.
    SignIn,
    Name,
    Description,
    Address,
    Query,
    Body,
    /// A header with this name.
    Header(String),
    /// A variable with this name.
    Variable(String),
}

impl ToMessage for Wherein {
    fn to_message(&self) -> Message {
        match self {
            Self::SignIn => message!("postman-in-sign-in"),
            Self::Name => message!("postman-in-name"),
            Self::Description => message!("postman-in-description"),
            Self::Address => message!("postman-in-address"),
            Self::Query => message!("postman-in-query"),
            Self::Body => message!("postman-in-body"),
            Self::Header(name) => message!("postman-in-header", name = name),
            Self::Variable(name) => message!("postman-in-variable", name = name),
        }
    }
}

/// The kind of a body that is not text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyKind {
    /// Fields of a form.
    Form,
    /// The content of a file.
    File,
    /// A GraphQL query.
    GraphQl,
    /// Another kind, in the words of the file.
    Other(String),
}

impl ToMessage for BodyKind {
    fn to_message(&self) -> Message {
        match self {
            Self::Form => message!("postman-form"),
            Self::File => message!("postman-file"),
            Self::GraphQl => message!("postman-graphql"),
            Self::Other(kind) => Message::verbatim(kind),
        }
    }
}
