//! Bylines that lost characters.

use super::finding::{Detail, Finding};
use super::offices::{cut, goes_on, is_cut_of};
use super::record::Record;
use crate::structure::{Place, first_office};
use crate::transcript::SpeakerId;

/// Looks at every byline.
pub fn look(record: Record, found: &mut Vec<Finding>) {
    for id in record.speakers() {
        let main = record.structure.main_byline(id);
        if record.structure.correction(main).is_some_and(|known| known.title.is_some()) {
            continue;
        }
        let detail = told(record, id).or_else(|| guessed(record, id));
        let first = record.structure.member(id).first;
        found.extend(detail.map(|detail| record.at_byline(first, detail)));
    }
}

/// A byline that a caption mends.
fn told(record: Record, id: SpeakerId) -> Option<Detail> {
    let label = record.label(id);
    let told = record.structure.told(id)?;
    let (_, full) = told.office.as_ref().filter(|(place, _)| matches!(place, Place::Caption(_)))?;
    let office = label.trim_end().strip_suffix(told.name.as_str())?;
    let is_whole =
        goes_on(office, &told.name) || first_office(full).chars().next_back() == told.name.chars().next();
    (is_cut_of(office, full) && !is_whole).then(|| Detail::CutByline {
        office: office.to_owned(),
        full: first_office(full).to_owned(),
        is_told: true,
    })
}

/// A doubtful byline that would be clear with one character more.
fn guessed(record: Record, id: SpeakerId) -> Option<Detail> {
    let (speaker, member) = (record.transcript.speaker(id), record.structure.member(id));
    if speaker.declared().title.is_some() || !member.title(speaker).is_empty() {
        return None;
    }
    let (office, missing) = cut(&speaker.label)?;
    Some(Detail::CutByline { office: office.to_owned(), full: format!("{office}{missing}"), is_told: false })
}
