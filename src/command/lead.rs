//! What is to be told before a post, seen from the one that was told last.

use crate::structure::Structure;
use crate::transcript::{PostId, Transcript};
use chrono::NaiveDateTime;

/// What lies before a post, and what is new with it.
#[derive(Debug, PartialEq, Eq)]
pub struct Lead<'a> {
    /// The longest silence that is worth a word, in milliseconds.
    pub silence_ms: Option<i64>,
    /// Its moment, if it is the first of a day.
    pub day: Option<NaiveDateTime>,
    /// A chapter that has begun.
    pub chapter: Option<&'a str>,
    /// Whether a turn begins, or goes on under another byline.
    pub turn: bool,
    /// Whether the turn only goes on under another byline.
    pub byline: bool,
    /// Whether it is a caption.
    pub caption: bool,
}

impl<'a> Lead<'a> {
    /// What is to be told before a post; of the posts between it and `before`, which were not told, only silence and
    /// chapters are.
    pub fn of(
        (transcript, structure): (&Transcript, &'a Structure),
        before: Option<PostId>,
        id: PostId,
    ) -> Self {
        let from = before.map_or(id.index(), PostId::number);
        let passed = || (from..=id.index()).map(PostId::new);
        let silence = |id| structure.gap_before(id).map(|gap| gap.ms);
        let date = |id| transcript.moment(id).map(|moment| moment.date());
        // A byline is told as it stands, also where it is the same person as before.
        let byline = before.is_some_and(|before| {
            structure.author(transcript, before) == structure.author(transcript, id)
                && transcript.speaker_of(before) != transcript.speaker_of(id)
        });
        Self {
            silence_ms: before.and_then(|_| passed().filter_map(silence).max()),
            day: transcript.moment(id).filter(|_| before.and_then(date) != date(id)),
            chapter: passed().rev().find_map(|id| structure.chapters().at(id)),
            turn: before.is_none() || structure.begins_turn(transcript, id),
            byline,
            caption: structure.caption_of(id).is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, read_bytes};

    const TEXT: &str = "2025-10-18 08:05\n主持人\n一\n2025-10-18 08:06\n馆长陆知远\n二\n2025-10-18 12:30\n主持人\n三\n\
                        2025-10-19 09:00\n馆长陆知远\n四\n2025-10-19 09:01\n馆长陆知远\n五\n";

    /// What is told before a post: minutes of silence, a day, a turn.
    fn told(before: Option<usize>, number: usize) -> (Option<i64>, Option<String>, bool) {
        let transcript = read_bytes(TEXT.as_bytes(), Forced::default()).unwrap().0;
        let structure = Structure::of(&transcript);
        let id = |number: usize| PostId::new(number - 1);
        let lead = Lead::of((&transcript, &structure), before.map(id), id(number));
        (lead.silence_ms.map(|ms| ms / 60_000), lead.day.map(|day| day.format("%d").to_string()), lead.turn)
    }

    #[test]
    fn what_is_new_is_told_before_a_post() {
        let day = |day: &str| Some(day.to_owned());
        for (before, number, expected) in [
            (None, 1, (None, day("18"), true)),
            (Some(1), 2, (None, None, true)),
            (Some(2), 3, (Some(264), None, true)),
            (Some(3), 4, (Some(1230), day("19"), true)),
            (Some(4), 5, (None, None, false)),
        ] {
            assert_eq!(told(before, number), expected, "{number} behind {before:?}");
        }
    }

    #[test]
    fn where_posts_are_left_out_it_is_told_of_what_lies_between() {
        let day = |day: &str| Some(day.to_owned());
        for (before, number, expected) in [
            // The first one that is told has a header, and no silence before it.
            (None, 3, (None, day("18"), true)),
            (None, 5, (None, day("19"), true)),
            // Two silences are not one: the longer is told.
            (Some(2), 4, (Some(1230), day("19"), true)),
            (Some(2), 5, (Some(1230), day("19"), false)),
            (Some(1), 3, (Some(264), None, true)),
        ] {
            assert_eq!(told(before, number), expected, "{number} behind {before:?}");
        }
    }
}
