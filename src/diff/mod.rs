//! Whether a new description breaks the clients of an old one: what may arrive that never could, and what was promised and
//! is gone.

pub mod outcome;
pub mod schema;
