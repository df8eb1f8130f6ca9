//! Which operation a recorded request asks for: path templating, servers and methods.

mod accept;
mod base;
mod build;
mod entry;
mod origin;
mod pattern;
mod query;
mod router;
mod search;
mod shape;
mod template;
mod tree;
mod url;

#[cfg(test)]
mod tests;

pub use router::Router;
pub use shape::path_shape;

/// How requests are matched.
#[derive(Clone, Debug, Default)]
pub struct RouteOptions {
    /// URLs that stand in for the servers of all descriptions.
    pub servers: Vec<String>,
    /// Whether scheme, host and port must be those of a server. Else only the path of the server counts, since recordings
    /// come from staging.
    pub strict_host: bool,
}

/// A path of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// The description, as an index of those that the router was made of.
    pub api: usize,
    /// The path, as an index of [`crate::facts::Api::paths`].
    pub path: usize,
}

/// What a variable of a template stands for in a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PathParameter {
    /// The text between the braces.
    pub name: String,
    /// The value, percent-encoding decoded where that gives UTF-8. Marks of a `style` are still in it.
    pub value: String,
}

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// An operation answers.
    Operation {
        /// Its path.
        target: Target,
        /// The operation, as an index of [`crate::facts::Api::operations`].
        operation: usize,
        /// Whether HEAD was asked and the operation is that of GET.
        borrows_get: bool,
        /// Other paths that match as well; at most 100.
        rivals: Vec<Target>,
        /// The values of its path parameters, in the order of the template.
        parameters: Vec<PathParameter>,
    },
    /// The path is described, the method is not. A path item that could not be read whole may have it all the same:
    /// [`crate::facts::PathFact::is_unreadable`] knows. OPTIONS has no treatment of its own.
    Method {
        /// The path.
        target: Target,
        /// Other paths that match as well; at most 100.
        rivals: Vec<Target>,
    },
    /// The path lies below a server, and no template matches.
    Path {
        /// The first description with the longest base path that matches.
        api: usize,
        /// The path that matches but for its trailing slash.
        hint: Option<Target>,
        /// Whether the recorded origin is known to be that of a server.
        same_origin: bool,
    },
    /// The origin is that of a server, and the path lies outside of all base paths.
    OutsideBase {
        /// The first description with that server.
        api: usize,
    },
    /// Nobody who is described was asked.
    Foreign,
    /// So many templates overlap that the search was given up.
    Unknown,
}
