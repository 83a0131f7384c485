//! Messages about Postman files.

use crate::postman::{BodyKind, ImportError, Remark, What, Wherein};

use super::Localizer;

impl Localizer {
    /// A dropped part of a file, with its place.
    pub fn postman_remark(&self, remark: &Remark) -> String {
        let what = self.left_out(&remark.what);
        if remark.place.is_empty() { what } else { format!("{}: {what}", remark.place.join(" / ")) }
    }

    /// The reason why a file is no collection.
    pub fn postman_error(&self, error: &ImportError) -> String {
        match error {
            ImportError::TooLarge => self.text("postman-too-large").into_owned(),
            ImportError::NoJson(why) => self.format("postman-no-json", [("why", why.as_str().into())]),
            ImportError::Old => self.text("postman-old").into_owned(),
            ImportError::Environment => self.text("postman-environment").into_owned(),
            ImportError::NoCollection => self.text("postman-no-collection").into_owned(),
        }
    }

    fn left_out(&self, what: &What) -> String {
        match what {
            What::Secret(wherein) => self.format("postman-secret", [("where", self.wherein(wherein).into())]),
            What::SignIn(kind) => self.format("postman-sign-in", [("kind", kind.as_str().into())]),
            What::NoSignIn => self.text("postman-no-sign-in").into_owned(),
            What::Script(name) => self.format("postman-script", [("name", name.as_str().into())]),
            What::Body(kind) => {
                let kind = match kind {
                    BodyKind::Form => self.text("postman-form").into_owned(),
                    BodyKind::File => self.text("postman-file").into_owned(),
                    BodyKind::GraphQl => self.text("postman-graphql").into_owned(),
                    BodyKind::Other(kind) => kind.clone(),
                };
                self.format("postman-body", [("kind", kind.into())])
            }
            What::BodyTooMuch(method) => self.format("postman-body-too-much", [("method", (*method).into())]),
            What::BodyOff => self.text("postman-body-off").into_owned(),
            What::Header(name) => self.format("postman-header", [("name", name.as_str().into())]),
            What::Elsewhere => self.text("postman-elsewhere").into_owned(),
            What::HeaderOff(name) => self.format("postman-header-off", [("name", name.as_str().into())]),
            What::QueryOff(name) => self.format("postman-query-off", [("name", name.as_str().into())]),
            What::Description => self.text("postman-description").into_owned(),
            What::Examples => self.text("postman-examples").into_owned(),
            What::Variable(name) => self.format("postman-variable", [("name", name.as_str().into())]),
            What::Method(name) => self.format("postman-method", [("name", name.as_str().into())]),
            What::NoAddress => self.text("postman-no-address").into_owned(),
            What::More => self.text("postman-more").into_owned(),
            What::Odd => self.text("postman-odd").into_owned(),
        }
    }

    fn wherein(&self, wherein: &Wherein) -> String {
        match wherein {
            Wherein::SignIn => self.text("postman-in-sign-in").into_owned(),
            Wherein::Name => self.text("postman-in-name").into_owned(),
            Wherein::Description => self.text("postman-in-description").into_owned(),
            Wherein::Address => self.text("postman-in-address").into_owned(),
            Wherein::Query => self.text("postman-in-query").into_owned(),
            Wherein::Body => self.text("postman-in-body").into_owned(),
            Wherein::Header(name) => self.format("postman-in-header", [("name", name.as_str().into())]),
            Wherein::Variable(name) => self.format("postman-in-variable", [("name", name.as_str().into())]),
        }
    }
}
