//! What the console says of requests.

use crate::console::{Holds, Problem};
use crate::outline::Unreadable;
use crate::snippet::Method;

use super::Texts;

impl Texts {
    /// What is wrong with a request.
    pub fn problem(&self, problem: &Problem) -> String {
        let text = |text: &str| text.to_owned().into();
        match problem {
            Problem::LeavesTheService(path) => self.with("problem-leaves", [("path", text(path))]),
            Problem::NotJson { line, column, detail } => self.with(
                "problem-not-json",
                [("line", text(&line.to_string())), ("column", text(&column.to_string())), ("detail", text(detail))],
            ),
            Problem::BodyTooMuch(method) => self.with("problem-body-too-much", [("method", text(method.word()))]),
            Problem::BodyMissing(method) => self.with("problem-body-missing", [("method", text(method.word()))]),
            Problem::LacksMethod { method, has } => {
                let has: Vec<&str> = has.iter().map(|method| Method::word(*method)).collect();
                self.with("problem-method", [("method", text(method.word())), ("has", text(&has.join(", ")))])
            }
            Problem::StreamOfWrite => self.say("problem-stream").into_owned(),
            Problem::UnknownPath { path, nearest: None } => self.with("problem-path", [("path", text(path))]),
            Problem::UnknownPath { path, nearest: Some(nearest) } => {
                self.with("problem-path-near", [("path", text(path)), ("nearest", text(nearest))])
            }
            Problem::NotWritable(path) => self.with("problem-not-writable", [("path", text(path))]),
            Problem::ReadOnly(fields) => self.with("problem-read-only", [("fields", text(&fields.join(", ")))]),
            Problem::Refused(refusal) => self.refusal(refusal),
            Problem::WrongKind => self.say("problem-wrong-kind").into_owned(),
            Problem::NotUnderstood => self.say("problem-not-understood").into_owned(),
        }
    }

    /// What a field holds.
    pub fn holds(&self, holds: &Holds) -> String {
        match holds {
            Holds::Words(words) => words.join(" | "),
            Holds::Degrees { low, high, step } => self.with(
                "holds-degrees",
                [
                    ("low", self.decimal(*low, 0).into()),
                    ("high", self.decimal(*high, 0).into()),
                    ("step", self.decimal(*step, usize::from(step.fract() != 0.0)).into()),
                ],
            ),
            Holds::Minutes(minutes) => minutes.iter().map(u32::to_string).collect::<Vec<_>>().join(" | "),
            Holds::Truth => "true | false".to_owned(),
            Holds::Text(None) => self.say("holds-text").into_owned(),
            Holds::Text(Some(most)) => self.with("holds-text-most", [("most", most.to_string().into())]),
            Holds::Trip => "trip_id, estimated_arrival_window_begin, estimated_arrival_window_end".to_owned(),
        }
    }

    /// Why an answer that looks like JSON is no tree.
    pub fn unreadable(&self, why: &Unreadable) -> String {
        self.with("console-broken-json", [("why", why.to_string().into())])
    }
}
