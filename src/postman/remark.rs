//! What of a file was not kept.

use std::fmt;

/// So many are told; a file may have any number.
const MOST: usize = 300;

/// Adds a remark that is not there yet, up to a number.
pub(crate) fn remark(remarks: &mut Vec<Remark>, new: Remark) {
    if remarks.len() < MOST {
        if !remarks.contains(&new) {
            remarks.push(new);
        }
    } else if remarks.len() == MOST {
        remarks.push(Remark { place: Vec::new(), what: What::More });
    }
}

/// Something that was not kept, and where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The names from the outermost folder to the request; none for the collection itself.
    pub place: Vec<String>,
    /// What it was.
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

/// What was not kept. Displays as a sentence without a full stop, and never with a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// A token or a password, by where it stood.
    #[error("a secret in {0} was not taken over")]
    Secret(Wherein),
    /// A way to sign in that this program does not use.
    #[error("the sign-in by {0} was not taken over; the account signs in")]
    SignIn(String),
    /// It was to be sent without a token.
    #[error("it asks for no sign-in; here it goes with that of the account")]
    NoSignIn,
    /// Something that runs before or after.
    #[error("the script {0} was not taken over")]
    Script(String),
    /// A body that is no text.
    #[error("the body, which is {0}, was not taken over")]
    Body(BodyKind),
    /// A method that takes no body has one.
    #[error("the body was not taken over, as {0} takes none")]
    BodyTooMuch(&'static str),
    /// The body was switched off.
    #[error("the body, which was switched off, was not taken over")]
    BodyOff,
    /// A header that nothing here sends.
    #[error("the header {0} was not taken over")]
    Header(String),
    /// The request is for another server.
    #[error("it went to another address; here it goes to the account")]
    Elsewhere,
    /// A header that was switched off.
    #[error("the header {0}, which was switched off, was not taken over")]
    HeaderOff(String),
    /// A part of the query that was switched off.
    #[error("{0} in the query, which was switched off, was not taken over")]
    QueryOff(String),
    /// What somebody noted about a folder, or about all of it.
    #[error("the description was not taken over")]
    Description,
    /// Answers that were kept as examples.
    #[error("the examples of answers were not taken over")]
    Examples,
    /// A variable that nothing is known of.
    #[error("the variable {0} has no value; it stands as it is")]
    Variable(String),
    /// A method that this program does not have; the request is gone.
    #[error("the request was not taken over, as {0} is no method that can be sent here")]
    Method(String),
    /// The request has no address; it is gone.
    #[error("the request was not taken over, as it has no address")]
    NoAddress,
    /// There was more of the kind than anybody reads.
    #[error("more was not taken over than is listed here")]
    More,
    /// An entry that is neither; it is gone.
    #[error("an entry that is neither a request nor a folder was not taken over")]
    Odd,
}

/// Where a secret stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wherein {
    /// In the way to sign in.
    SignIn,
    /// In a name.
    Name,
    /// In a description.
    Description,
    /// In the address.
    Address,
    /// In its query.
    Query,
    /// In the body.
    Body,
    /// In a header of this name.
    Header(String),
    /// In a variable of this name.
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

/// What a body is that is no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyKind {
    /// Fields of a form.
    Form,
    /// What a file holds.
    File,
    /// A query in a language of its own.
    GraphQl,
    /// Something else, in the words of the file.
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
