//! A request to a Works with Nest server as code, in the languages of home scripts.
//!
//! Every snippet reads the token from the environment, follows a redirect only to hosts that the program itself
//! would follow (see `trust`), sends method, body and header again there, and fails unless the service accepts
//! the request. This module makes no call.

mod call;
mod curl;
mod go;
mod httpie;
mod java;
mod node;
mod okhttp;
mod page;
mod powershell;
mod python;
mod python2;
mod quote;
mod requests;
mod rust;
mod setpoint;
mod template;
mod trust;

#[cfg(test)]
mod snippet_tests;

pub use call::{Call, CallError, TokenFrom};
pub use curl::curl_line;
pub use setpoint::{Wording, command, shell_word};

/// A language with its HTTP library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeLanguage {
    /// A shell with curl.
    Curl,
    /// Bash with `HTTPie`.
    Httpie,
    /// `PowerShell`, both that of Windows and the newer one.
    PowerShell,
    /// Go with its standard library.
    Go,
    /// Node.js with its own fetch.
    Node,
    /// Python 3 with its standard library.
    Python,
    /// Python 3 with requests.
    PythonRequests,
    /// Python 2; Python 3 runs it too.
    Python2,
    /// Java with its standard library.
    Java,
    /// Java with `OkHttp`.
    OkHttp,
    /// Rust with reqwest.
    Rust,
    /// JavaScript in a web page.
    Page,
    /// This program's own command.
    Setpoint,
}

impl CodeLanguage {
    /// All languages, in the order of display.
    pub const ALL: [Self; 13] = [
        Self::Curl,
        Self::Httpie,
        Self::PowerShell,
        Self::Go,
        Self::Node,
        Self::Python,
        Self::PythonRequests,
        Self::Python2,
        Self::Java,
        Self::OkHttp,
        Self::Rust,
        Self::Page,
        Self::Setpoint,
    ];

    /// The name on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Httpie => "httpie",
            Self::PowerShell => "powershell",
            Self::Go => "go",
            Self::Node => "node",
            Self::Python => "python",
            Self::PythonRequests => "python-requests",
            Self::Python2 => "python2",
            Self::Java => "java",
            Self::OkHttp => "okhttp",
            Self::Rust => "rust",
            Self::Page => "page",
            Self::Setpoint => "setpoint",
        }
    }

    /// The language with this name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.word().eq_ignore_ascii_case(word))
    }

    /// The title for display. It consists of proper names, which are the same in every language.
    pub fn title(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Httpie => "HTTPie",
            Self::PowerShell => "PowerShell",
            Self::Go => "Go",
            Self::Node => "Node.js (fetch)",
            Self::Python => "Python 3 (urllib)",
            Self::PythonRequests => "Python 3 (requests)",
            Self::Python2 => "Python 2 (urllib2)",
            Self::Java => "Java (java.net.http)",
            Self::OkHttp => "Java (OkHttp)",
            Self::Rust => "Rust (reqwest)",
            Self::Page => "JavaScript (fetch)",
            Self::Setpoint => "setpoint",
        }
    }

    /// The name of a file with the snippet; Java requires the name of the class.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Curl | Self::Setpoint => "snippet.sh",
            Self::Httpie => "snippet.bash",
            Self::PowerShell => "snippet.ps1",
            Self::Go => "snippet.go",
            Self::Node => "snippet.js",
            Self::Python | Self::PythonRequests | Self::Python2 => "snippet.py",
            Self::Java | Self::OkHttp => "Snippet.java",
            Self::Rust => "snippet.rs",
            Self::Page => "snippet.mjs",
        }
    }
}

/// A request as code.
pub fn snippet(language: CodeLanguage, call: &Call) -> String {
    match language {
        CodeLanguage::Curl => curl::snippet(call),
        CodeLanguage::Httpie => httpie::snippet(call),
        CodeLanguage::PowerShell => powershell::snippet(call),
        CodeLanguage::Go => go::snippet(call),
        CodeLanguage::Node => node::snippet(call),
        CodeLanguage::Python => python::snippet(call),
        CodeLanguage::PythonRequests => requests::snippet(call),
        CodeLanguage::Python2 => python2::snippet(call),
        CodeLanguage::Java => java::snippet(call),
        CodeLanguage::OkHttp => okhttp::snippet(call),
        CodeLanguage::Rust => rust::snippet(call),
        CodeLanguage::Page => page::snippet(call),
        CodeLanguage::Setpoint => setpoint::snippet(call),
    }
}
