//! The call of an operation as a short program in each of several languages.
//!
//! The programs send the request example of the contract. They read secrets from the environment, take
//! the time from the clock, and compute signatures, so they work as they are once the environment is set.

mod call;
mod curl;
mod go;
mod java;
mod javascript;
mod python;

use call::Call;
use face_search_enroll_contract::{Contract, Operation};
use maud::{Markup, html};

/// A language, and how its sample is written and run.
struct Language {
    /// What the text of its tab is.
    name: &'static str,
    /// How the sample is run.
    run: &'static str,
    write: fn(&Call<'_>) -> String,
}

const LANGUAGES: [Language; 5] = [
    Language {
        name: "curl",
        run: "Run it in a POSIX shell.",
        write: curl::write,
    },
    Language {
        name: "JavaScript",
        run: "Save it as call.mjs and run: node call.mjs (Node.js 20 or later, not a browser).",
        write: javascript::write,
    },
    Language {
        name: "Python",
        run: "Save it as call.py and run: python3 call.py",
        write: python::write,
    },
    Language {
        name: "Go",
        run: "Save it as call.go and run: go run call.go",
        write: go::write,
    },
    Language {
        name: "Java",
        run: "Save it as Call.java and run: java Call.java (Java 17 or later).",
        write: java::write,
    },
];

/// The samples of an operation, one of them visible at a time. Without style sheets all are visible.
pub(crate) fn tabs(contract: &Contract, operation: &Operation) -> Markup {
    let id = &operation.id;
    let call = Call::of(contract, operation);
    let variables = call.environment();
    html! {
        @if !variables.is_empty() {
            p {
                "The samples read secrets from environment variables. Set "
                @for (index, name) in variables.iter().enumerate() {
                    @if index > 0 { " and " }
                    code { (name) }
                }
                " first."
            }
        }
        fieldset.samples {
            legend { "Sample of " code { (id) } " in" }
            .languages {
                @for (index, language) in LANGUAGES.iter().enumerate() {
                    label {
                        input type="radio" name={"sample-" (id)} checked[index == 0];
                        (language.name)
                    }
                }
            }
            @for language in &LANGUAGES {
                .sample {
                    p { (language.run) }
                    pre tabindex="0" role="region" aria-label={(language.name) " sample of " (id)}
                        data-operation=(id) data-language=(language.name) {
                        code { ((language.write)(&call)) }
                    }
                }
            }
        }
    }
}
