//! Which posts of a record are chosen: by who speaks, and from where to where.

use super::stream::Failure;
use crate::cli::ChoiceArgs;
use crate::lang::Lang;
use crate::query::Where;
use crate::structure::Structure;
use crate::transcript::{PostId, SpeakerId, Transcript};
use std::ops::Range;

/// A choice of posts.
#[derive(Clone)]
pub struct Chosen<'a> {
    transcript: &'a Transcript,
    structure: &'a Structure,
    /// Everybody where it is empty.
    speakers: Vec<SpeakerId>,
    posts: Range<usize>,
}

impl<'a> Chosen<'a> {
    /// What was asked for; a speaker or a place that is not there is a sentence.
    pub fn of(
        args: &ChoiceArgs,
        (transcript, structure): (&'a Transcript, &'a Structure),
        lang: Lang,
    ) -> Result<Self, Failure> {
        let record = (transcript, structure);
        let speaker = |name: &String| {
            speaker(name, record).ok_or_else(|| {
                let words = lang.pick("没有这位发言人", "there is no such speaker");
                Failure::Usage(format!("--speaker {name}: {words}"))
            })
        };
        let place = |option: &str, text: &String| {
            Where::parse(text).ok_or_else(|| {
                let words = lang.pick("不是位置", "is no place");
                Failure::Usage(format!("{option} {text}: {words} · {}", lang.words().try_places))
            })
        };
        let lost = |option: &str, text: &String| {
            let words = lang.pick("实录里没有这个位置", "there is no such place in the record");
            Failure::Usage(format!("{option} {text}: {words}"))
        };
        let speakers = args.speaker.iter().map(speaker).collect::<Result<_, _>>()?;
        let mut posts = 0..transcript.len();
        if let Some(text) = &args.since {
            let place = place("--since", text)?;
            posts.start = since(&place, record).ok_or_else(|| lost("--since", text))?;
        }
        if let Some(text) = &args.until {
            let place = place("--until", text)?;
            posts.end = until(&place, record, posts.start).ok_or_else(|| lost("--until", text))?;
        }
        Ok(Self { transcript, structure, speakers, posts })
    }

    /// Their ids, in order.
    pub fn ids(self) -> impl Iterator<Item = PostId> + use<'a> {
        let Self { transcript, structure, speakers, posts } = self;
        posts
            .map(PostId::new)
            .filter(move |&id| speakers.is_empty() || speakers.contains(&structure.author(transcript, id)))
    }
}

/// The person of that name; by the same rules as a place `@name`.
fn speaker(name: &str, (transcript, structure): (&Transcript, &Structure)) -> Option<SpeakerId> {
    let post = Where::Speaker(name.to_owned()).find(transcript, structure, PostId::new(0))?;
    Some(structure.author(transcript, post))
}

/// How many posts stand before a place; all of them where its time lies behind the last one.
fn since(place: &Where, (transcript, structure): (&Transcript, &Structure)) -> Option<usize> {
    let first = PostId::new(0);
    if let Some(at) = place.time(transcript, first) {
        return Some(transcript.starting_from(at).map_or(transcript.len(), PostId::index));
    }
    place.find(transcript, structure, first).map(PostId::index)
}

/// How many posts stand up to a place, seen from the post after `from` others: a time of day is of that day.
fn until(place: &Where, (transcript, structure): (&Transcript, &Structure), from: usize) -> Option<usize> {
    let first = PostId::new(from.min(transcript.len().saturating_sub(1)));
    if let Some(at) = place.time(transcript, first) {
        return Some(transcript.starting_from(at.saturating_add(1)).map_or(transcript.len(), PostId::index));
    }
    place.find(transcript, structure, first).map(PostId::number)
}
