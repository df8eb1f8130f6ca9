//! `discriminator`.
