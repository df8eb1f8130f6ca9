//! stub
#![expect(missing_docs, reason = "stub")]
use crate::openapi::{Header, Schema};
use crate::syntax::Node;
use std::borrow::Cow;
#[derive(Debug)]
pub enum Answer<'p> {
    Fits,
    Unknown(Cow<'static, str>),
    Misfits(Vec<Misfit<'p>>),
}
#[derive(Debug)]
pub struct Misfit<'p> {
    pub keyword: Node<'p>,
    pub name: String,
    pub instance: String,
    pub problem: String,
    pub value: Option<String>,
    pub is_write_only: bool,
}
#[derive(Debug)]
pub struct Schemas<'p>(std::marker::PhantomData<&'p ()>);
impl<'p> Schemas<'p> {
    pub fn new(_: bool) -> Self {
        Schemas(std::marker::PhantomData)
    }
    pub fn body(&self, _: Schema<'p>, _: Node<'_>) -> Answer<'p> {
        Answer::Fits
    }
    pub fn header(&self, _: Header<'p>, _: &str) -> Answer<'p> {
        Answer::Fits
    }
}
