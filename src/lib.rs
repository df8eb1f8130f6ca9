//! The linter and contract checker for API responses, as a library.
//!
//! [`lint`] takes a description as text, [`lint_files`] takes paths, and a [`Linter`] chooses which rules speak and how loud.
//! Each gives a [`Report`] with its [`Finding`]s, or an [`Error`] where there was nothing to lint: what was not looked at is
//! never clean. With the feature `openapiv3` (off by default), `lint_openapi` takes a description that a service builds in its
//! own code. That makes a test of any service's descriptions a few lines:
//!
//! ```no_run
//! #[test]
//! fn the_responses_are_sound() {
//!     let report = statusquo::lint_files(["openapi.yaml"]).unwrap();
//!     assert!(report.passes(), "{report}");
//! }
//! ```
//!
//! The feature `cli` (on by default) is the program. A library is lighter without it:
//!
//! ```toml
//! [dev-dependencies]
//! statusquo = { version = "0.1", default-features = false, features = ["openapiv3"] }
//! ```
//!
//! The modules that this page does not list are those of the program. They are open for its tests, and change without notice.

#[doc(hidden)]
pub mod baseline;
#[doc(hidden)]
pub mod check;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod diff;
#[doc(hidden)]
pub mod examples;
#[doc(hidden)]
pub mod facts;
#[doc(hidden)]
pub mod finding;
#[doc(hidden)]
pub mod fix;
#[doc(hidden)]
pub mod http;
#[doc(hidden)]
pub mod io;
mod library;
#[doc(hidden)]
pub mod lint;
#[cfg(feature = "cli")]
mod lsp;
#[doc(hidden)]
pub mod openapi;
#[doc(hidden)]
pub mod pattern;
#[doc(hidden)]
pub mod provider;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod rules;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod strict;
#[doc(hidden)]
pub mod suppress;
#[doc(hidden)]
pub mod syntax;
#[doc(hidden)]
pub mod traffic;
#[doc(hidden)]
pub mod truth;
#[doc(hidden)]
pub mod words;

#[doc(inline)]
pub use finding::{Severity, Summary};
#[cfg(feature = "openapiv3")]
pub use library::lint_openapi;
pub use library::{Error, Finding, Linter, Report, lint, lint_files};
#[doc(inline)]
pub use report::Format;
#[doc(inline)]
pub use rules::Preset;
