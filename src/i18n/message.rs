//! Messages as data: an id with arguments, which a [`Localizer`] turns into a sentence of its language.
//!
//! An error gives its message with [`ToMessage`]. The English sentence of each id is only in the English file, so
//! `Display` of such an error reads it there.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent::{FluentArgs, FluentValue};

use super::{Language, Localizer};

/// A sentence without its language.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    text: Text,
    quote: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Text {
    Id(&'static str, Vec<(&'static str, Argument)>),
    Verbatim(String),
}

/// The value of a variable in a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// A text that is the same in every language.
    Text(Cow<'static, str>),
    /// A whole number, which may select a plural.
    Count(i64),
    /// A number in the form of the language, followed by a unit.
    Decimal {
        number: f64,
        /// The number of decimals.
        decimals: usize,
        /// The unit with its space, or nothing.
        unit: &'static str,
    },
    /// Another message, as part of the sentence.
    Message(Message),
}

/// An error, a warning or a state with a message for the user.
pub trait ToMessage {
    fn to_message(&self) -> Message;
}

impl Message {
    /// The message with this id.
    pub fn new(id: &'static str) -> Self {
        Self { text: Text::Id(id, Vec::new()), quote: None }
    }

    /// A text that no file translates: words of a service or of the system.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self { text: Text::Verbatim(text.into()), quote: None }
    }

    /// Sets a variable.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        if let Text::Id(_, arguments) = &mut self.text {
            arguments.push((name, value.into()));
        }
        self
    }

    /// Appends the words of a service in parentheses.
    #[must_use]
    pub fn quoting(self, words: Option<impl std::fmt::Display>) -> Self {
        Self { quote: words.map(|words| words.to_string()), ..self }
    }
}

/// A message by its id, with variables: `message!("about", subject = name, text = why)`.
macro_rules! message {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::i18n::Message::new($id)$(.with(stringify!($name), $value))*
    };
}
pub(crate) use message;

/// Implements `Display` and `Error` for types with a message, in English.
macro_rules! display_english {
    ($($name:ty),+ $(,)?) => {$(
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::i18n::english().localize(self))
            }
        }

        impl std::error::Error for $name {}
    )+};
}
pub(crate) use display_english;

impl ToMessage for Message {
    fn to_message(&self) -> Message {
        self.clone()
    }
}

impl<T: ToMessage> ToMessage for &T {
    fn to_message(&self) -> Message {
        (*self).to_message()
    }
}

/// A missing value is unknown.
impl<T: ToMessage> ToMessage for Option<T> {
    fn to_message(&self) -> Message {
        self.as_ref().map_or_else(|| message!("unknown"), T::to_message)
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<&String> for Argument {
    fn from(text: &String) -> Self {
        Self::Text(text.clone().into())
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned().into())
    }
}

impl From<&std::path::PathBuf> for Argument {
    fn from(path: &std::path::PathBuf) -> Self {
        Self::Text(path.display().to_string().into())
    }
}

impl From<i64> for Argument {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Argument {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Argument {
    fn from(count: u64) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Argument {
    fn from(count: u32) -> Self {
        Self::Count(count.into())
    }
}

impl From<u16> for Argument {
    fn from(count: u16) -> Self {
        Self::Count(count.into())
    }
}

/// The English localizer, for the command line and the log.
pub fn english() -> &'static Localizer {
    static ENGLISH: OnceLock<Localizer> = OnceLock::new();
    ENGLISH.get_or_init(|| Localizer::new(Language::English))
}

impl Localizer {
    /// The sentence of a message in this language.
    pub fn localize(&self, of: &impl ToMessage) -> String {
        let Message { text, quote } = of.to_message();
        let sentence = match text {
            Text::Verbatim(text) => text,
            Text::Id(id, arguments) if arguments.is_empty() => self.text(id).into_owned(),
            Text::Id(id, arguments) => {
                let args: FluentArgs<'_> =
                    arguments.into_iter().map(|(name, value)| (name, self.argument(value))).collect();
                self.message(id, Some(&args)).into_owned()
            }
        };
        match quote {
            Some(words) => format!("{sentence} ({words})"),
            None => sentence,
        }
    }

    fn argument(&self, value: Argument) -> FluentValue<'static> {
        match value {
            Argument::Text(text) => FluentValue::String(text),
            Argument::Count(count) => count.into(),
            Argument::Decimal { number, decimals, unit } => format!("{}{unit}", self.decimal(number, decimals)).into(),
            Argument::Message(message) => self.localize(&message).into(),
        }
    }
}
