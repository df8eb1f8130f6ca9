//! Whether a new description breaks the clients that rely on the responses of an old one.

pub mod schema;
