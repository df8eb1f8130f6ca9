//! Schemas, values, and what is said about them.

mod bodies;
