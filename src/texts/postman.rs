//! What the console says of files of Postman.

use crate::postman::{BodyKind, ImportError, Remark, What, Wherein};

use super::Texts;

impl Texts {
    /// What of a file was not kept, and where it was.
    pub fn postman_remark(&self, remark: &Remark) -> String {
        let what = self.left_out(&remark.what);
        if remark.place.is_empty() { what } else { format!("{}: {what}", remark.place.join(" / ")) }
    }

    /// Why a file is no collection.
    pub fn postman_error(&self, error: &ImportError) -> String {
        match error {
            ImportError::TooLarge => self.say("postman-too-large").into_owned(),
            ImportError::NoJson(why) => self.with("postman-no-json", [("why", why.as_str().into())]),
            ImportError::Old => self.say("postman-old").into_owned(),
            ImportError::Environment => self.say("postman-environment").into_owned(),
            ImportError::NoCollection => self.say("postman-no-collection").into_owned(),
        }
    }

    fn left_out(&self, what: &What) -> String {
        match what {
            What::Secret(wherein) => self.with("postman-secret", [("where", self.wherein(wherein).into())]),
            What::SignIn(kind) => self.with("postman-sign-in", [("kind", kind.as_str().into())]),
            What::NoSignIn => self.say("postman-no-sign-in").into_owned(),
            What::Script(name) => self.with("postman-script", [("name", name.as_str().into())]),
            What::Body(kind) => {
                let kind = match kind {
                    BodyKind::Form => self.say("postman-form").into_owned(),
                    BodyKind::File => self.say("postman-file").into_owned(),
                    BodyKind::GraphQl => self.say("postman-graphql").into_owned(),
                    BodyKind::Other(kind) => kind.clone(),
                };
                self.with("postman-body", [("kind", kind.into())])
            }
            What::BodyTooMuch(method) => self.with("postman-body-too-much", [("method", (*method).into())]),
            What::BodyOff => self.say("postman-body-off").into_owned(),
            What::Header(name) => self.with("postman-header", [("name", name.as_str().into())]),
            What::Elsewhere => self.say("postman-elsewhere").into_owned(),
            What::HeaderOff(name) => self.with("postman-header-off", [("name", name.as_str().into())]),
            What::QueryOff(name) => self.with("postman-query-off", [("name", name.as_str().into())]),
            What::Description => self.say("postman-description").into_owned(),
            What::Examples => self.say("postman-examples").into_owned(),
            What::Variable(name) => self.with("postman-variable", [("name", name.as_str().into())]),
            What::Method(name) => self.with("postman-method", [("name", name.as_str().into())]),
            What::NoAddress => self.say("postman-no-address").into_owned(),
            What::More => self.say("postman-more").into_owned(),
            What::Odd => self.say("postman-odd").into_owned(),
        }
    }

    fn wherein(&self, wherein: &Wherein) -> String {
        match wherein {
            Wherein::SignIn => self.say("postman-in-sign-in").into_owned(),
            Wherein::Name => self.say("postman-in-name").into_owned(),
            Wherein::Description => self.say("postman-in-description").into_owned(),
            Wherein::Address => self.say("postman-in-address").into_owned(),
            Wherein::Query => self.say("postman-in-query").into_owned(),
            Wherein::Body => self.say("postman-in-body").into_owned(),
            Wherein::Header(name) => self.with("postman-in-header", [("name", name.as_str().into())]),
            Wherein::Variable(name) => self.with("postman-in-variable", [("name", name.as_str().into())]),
        }
    }
}
