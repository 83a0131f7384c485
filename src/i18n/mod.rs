//! The messages of the window, in the user's language. The command line and the log read the English ones.
//!
//! They are Fluent messages under `assets/i18n`, one file per language. A test compares each file with the
//! English one and with the sources: it fails for a missing or surplus message, for a used message that does not
//! exist, and for an unused one. Words of a service, and names that users gave, are shown unchanged.

mod language;
mod message;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};

pub use self::language::Language;
pub use self::message::{Argument, Message, ToMessage, english};
pub(crate) use self::message::{display_english, message};

/// The messages of one language.
pub struct Localizer {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    english: Option<FluentBundle<FluentResource>>,
    /// True to show all temperatures in Fahrenheit, false in Celsius; `None` shows each in its own scale.
    pub(crate) is_fahrenheit: Option<bool>,
}

impl std::fmt::Debug for Localizer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Texts").field(&self.language).finish()
    }
}

impl Localizer {
    /// Loads a language; English messages replace any that cannot be read.
    pub fn new(language: Language) -> Self {
        let english = (language != Language::English).then(|| bundle(Language::English));
        Self { language, bundle: bundle(language), english, is_fahrenheit: None }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A message without variables.
    pub fn text(&self, id: &str) -> Cow<'_, str> {
        self.message(id, None)
    }

    /// A message with variables.
    pub fn format<const N: usize>(&self, id: &str, variables: [(&'static str, FluentValue<'_>); N]) -> String {
        let args: FluentArgs<'_> = variables.into_iter().collect();
        self.message(id, Some(&args)).into_owned()
    }

    fn message<'a>(&'a self, id: &str, args: Option<&FluentArgs<'_>>) -> Cow<'a, str> {
        for bundle in [Some(&self.bundle), self.english.as_ref()].into_iter().flatten() {
            let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else { continue };
            let mut problems = Vec::new();
            let text = match args {
                // The result must not borrow from the variables, which end with this call.
                Some(args) => Cow::Owned(bundle.format_pattern(pattern, Some(args), &mut problems).into_owned()),
                None => bundle.format_pattern(pattern, None, &mut problems),
            };
            if !problems.is_empty() {
                wrong(&format!("the text {id} cannot be made: {problems:?}"));
            }
            return text;
        }
        wrong(&format!("there is no text {id}"));
        Cow::Owned(id.to_owned())
    }

    /// A number in the form of the language, with one decimal or none: `21.5`, `21,5`.
    pub fn decimal(&self, number: f64, decimals: usize) -> String {
        let text = format!("{number:.decimals$}");
        match self.language {
            Language::English => text,
            Language::German | Language::French | Language::Spanish => text.replace('.', ","),
        }
    }
}

/// Reports a mistake of the program: a test fails, and the user sees the nearest text.
fn wrong(what: &str) {
    #[cfg(test)]
    assert!(what.is_empty(), "{what}");
    tracing::error!("{what}");
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.id()]);
    // The isolation marks are for mixed writing directions; the fonts do not have them.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(language.source().to_owned()).unwrap_or_else(|(readable, problems)| {
        wrong(&format!("the texts of {language:?} have mistakes: {problems:?}"));
        readable
    });
    bundle.add_resource_overriding(resource);
    bundle
}
