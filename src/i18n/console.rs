//! Messages of the API page.

use crate::http::Method;
use crate::json_tree::InvalidJson;
use crate::requests::{Holds, Problem};

use super::Localizer;

impl Localizer {
    /// The problem of a request.
    pub fn problem(&self, problem: &Problem) -> String {
        let text = |text: &str| text.to_owned().into();
        match problem {
            Problem::LeavesTheService(path) => self.format("problem-leaves", [("path", text(path))]),
            Problem::NotJson { line, column, detail } => self.format(
                "problem-not-json",
                [("line", text(&line.to_string())), ("column", text(&column.to_string())), ("detail", text(detail))],
            ),
            Problem::BodyTooMuch(method) => self.format("problem-body-too-much", [("method", text(method.word()))]),
            Problem::BodyMissing(method) => self.format("problem-body-missing", [("method", text(method.word()))]),
            Problem::LacksMethod { method, has } => {
                let has: Vec<&str> = has.iter().map(|method| Method::word(*method)).collect();
                self.format("problem-method", [("method", text(method.word())), ("has", text(&has.join(", ")))])
            }
            Problem::StreamOfWrite => self.text("problem-stream").into_owned(),
            Problem::UnknownPath { path, nearest: None } => self.format("problem-path", [("path", text(path))]),
            Problem::UnknownPath { path, nearest: Some(nearest) } => {
                self.format("problem-path-near", [("path", text(path)), ("nearest", text(nearest))])
            }
            Problem::NotWritable(path) => self.format("problem-not-writable", [("path", text(path))]),
            Problem::ReadOnly(fields) => self.format("problem-read-only", [("fields", text(&fields.join(", ")))]),
            Problem::Refused(refusal) => self.refusal(refusal),
            Problem::WrongKind => self.text("problem-wrong-kind").into_owned(),
            Problem::NotUnderstood => self.text("problem-not-understood").into_owned(),
        }
    }

    /// The allowed values of a field.
    pub fn holds(&self, holds: &Holds) -> String {
        match holds {
            Holds::Words(words) => words.join(" | "),
            Holds::Degrees { low, high, step } => self.format(
                "holds-degrees",
                [
                    ("low", self.decimal(*low, 0).into()),
                    ("high", self.decimal(*high, 0).into()),
                    ("step", self.decimal(*step, usize::from(step.fract() != 0.0)).into()),
                ],
            ),
            Holds::Minutes(minutes) => minutes.iter().map(u32::to_string).collect::<Vec<_>>().join(" | "),
            Holds::Truth => "true | false".to_owned(),
            Holds::Text(None) => self.text("holds-text").into_owned(),
            Holds::Text(Some(most)) => self.format("holds-text-most", [("most", most.to_string().into())]),
            Holds::Trip => "trip_id, estimated_arrival_window_begin, estimated_arrival_window_end".to_owned(),
        }
    }

    /// The reason why an answer that looks like JSON has no tree.
    pub fn unreadable(&self, why: &InvalidJson) -> String {
        self.format("console-broken-json", [("why", why.to_string().into())])
    }
}
