//! Going on behind an error: the cause is taken out of a copy of the text, and the copy is read again.

use std::borrow::Cow;
use std::ops::Range;

use super::diagnose::{Cure, Diagnosis, diagnose};
use super::events::{self, Reading};
use super::fold;
use crate::source::Source;
use crate::syntax::build::Builder;
use crate::syntax::fault::{Fault, Faults};

/// How often a text is read again.
const ROUNDS: usize = 10;

/// The largest text that is read again.
const LARGEST: usize = 4 << 20;

/// Reads a text; the cause of every error is cured and the reading goes on behind it, as long as that helps.
pub(in crate::syntax) fn read(source: &Source) -> (Builder, Vec<Fault>) {
    let mut text = Cow::Borrowed(source.text());
    let mut errors = Faults::new(source);
    let mut damage: Vec<Range<usize>> = Vec::new();
    let mut reading = events::read(source, &text);
    let mut rounds = if text.len() > LARGEST { 0 } else { ROUNDS };
    while let Some(stop) = reading.stop.take() {
        let diagnosis = diagnose(source, &text, &stop);
        report(&mut errors, &diagnosis);
        let next = (rounds > 0).then(|| read_cured(source, &mut text, &diagnosis)).flatten();
        let Some(next) = next else {
            damage.push(diagnosis.doubt.start..source.text().len());
            break;
        };
        damage.extend((diagnosis.cure == Cure::Blank).then_some(diagnosis.doubt));
        reading = next;
        rounds -= 1;
    }
    finish(reading, errors, damage)
}

/// Reads again with the block cured; `None` if that brings the reader no further than the block.
fn read_cured<'s>(source: &'s Source, text: &mut Cow<'_, str>, diagnosis: &Diagnosis) -> Option<Reading<'s>> {
    match diagnosis.cure {
        Cure::Blank => blank(text.to_mut(), &diagnosis.block),
        Cure::Fold => fold::fold(text.to_mut(), &diagnosis.block),
    }
    let reading = events::read(source, text);
    let gets_further = reading.stop.as_ref().is_none_or(|stop| stop.at >= diagnosis.block.end);
    gets_further.then_some(reading)
}

/// Replaces all but line breaks by spaces, so that every offset stays.
fn blank(text: &mut String, block: &Range<usize>) {
    let line_breaks = |byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' };
    let Some(written) = text.get(block.clone()) else { return };
    let blanks: String = written.bytes().map(line_breaks).collect();
    text.replace_range(block.clone(), &blanks);
}

fn finish(reading: Reading<'_>, errors: Faults<'_>, damage: Vec<Range<usize>>) -> (Builder, Vec<Fault>) {
    let Reading { mut builder, faults, .. } = reading;
    for range in damage {
        builder.damage(range.start as u32..range.end as u32);
    }
    let mut faults = faults.into_list();
    faults.extend(errors.into_list());
    (builder, faults)
}

fn report(errors: &mut Faults<'_>, diagnosis: &Diagnosis) {
    let Diagnosis { kind, span, message, help, related, .. } = diagnosis;
    errors.add(*kind, span.clone(), message.as_str(), help.as_str());
    if let Some((range, message)) = related {
        errors.related(range.clone(), message);
    }
}
