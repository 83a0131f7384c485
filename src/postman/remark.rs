//! What of a file was not kept.

use std::fmt;

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
    Secret(String),
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
    Body(String),
    /// A method that takes no body has one.
    #[error("the body was not taken over, as {0} takes none")]
    BodyTooMuch(&'static str),
    /// The body was switched off.
    #[error("the body, which was switched off, was not taken over")]
    BodyOff,
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
    /// An entry that is neither; it is gone.
    #[error("an entry that is neither a request nor a folder was not taken over")]
    Odd,
}
