//! Remarks about dropped parts of a file.

use std::fmt;

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

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() {
            write!(f, "{}", self.what)
        } else {
            write!(f, "{}: {}", self.place.join(" / "), self.what)
        }
    }
}

/// A dropped part. Displays as a sentence without a full stop, and never with a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// A token or a password, with its place.
    #[error("a secret in {0} was not imported")]
    Secret(Wherein),
    /// An authentication method that this program does not use.
    #[error("the sign-in by {0} was not imported; the account signs in")]
    SignIn(String),
    /// The request was meant to be sent without a token.
    #[error("it asks for no sign-in; here the account signs in")]
    NoSignIn,
    /// A script before or after the request.
    #[error("the script {0} was not imported")]
    Script(String),
    /// A body that is not text.
    #[error("the body, which is {0}, was not imported")]
    Body(BodyKind),
    /// A body of a method that takes none.
    #[error("the body was not imported, as {0} takes none")]
    BodyTooMuch(&'static str),
    /// A disabled body.
    #[error("the body, which was switched off, was not imported")]
    BodyOff,
    /// A header that this program does not send.
    #[error("the header {0} was not imported")]
    Header(String),
    /// A request to another server.
    #[error("it had another address; here it is sent to the account")]
    Elsewhere,
    /// A disabled header.
    #[error("the header {0}, which was switched off, was not imported")]
    HeaderOff(String),
    /// A disabled part of the query.
    #[error("{0} in the query, which was switched off, was not imported")]
    QueryOff(String),
    /// The description of a folder or collection.
    #[error("the description was not imported")]
    Description,
    /// Example answers.
    #[error("the examples of answers were not taken over")]
    Examples,
    /// An unknown variable.
    #[error("the variable {0} has no value and stays unchanged")]
    Variable(String),
    /// An unsupported method; the request is dropped.
    #[error("the request was not imported, as {0} is no method that can be sent here")]
    Method(String),
    /// The request has no address and is dropped.
    #[error("the request was not imported, as it has no address")]
    NoAddress,
    /// There were more parts than the maximum.
    #[error("more parts were not imported than are listed here")]
    More,
    /// An entry that is neither request nor folder; it is dropped.
    #[error("an entry that is neither a request nor a folder was not imported")]
    Odd,
}

/// The place of a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wherein {
    /// The authentication.
    SignIn,
    /// A name.
    Name,
    /// A description.
    Description,
    /// The address.
    Address,
    /// The query.
    Query,
    /// The body.
    Body,
    /// A header with this name.
    Header(String),
    /// A variable with this name.
    Variable(String),
}

impl fmt::Display for Wherein {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignIn => f.write_str("the sign-in"),
            Self::Name => f.write_str("the name"),
            Self::Description => f.write_str("the description"),
            Self::Address => f.write_str("the address"),
            Self::Query => f.write_str("the query"),
            Self::Body => f.write_str("the body"),
            Self::Header(name) => write!(f, "the header {name}"),
            Self::Variable(name) => write!(f, "the variable {name}"),
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

impl fmt::Display for BodyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str("a form"),
            Self::File => f.write_str("a file"),
            Self::GraphQl => f.write_str("a query of GraphQL"),
            Self::Other(kind) => f.write_str(kind),
        }
    }
}
