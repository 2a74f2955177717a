//! What can be derived from a record: the cast, turns, exchanges and sessions. The source stays as it is.
//!
//! Everything grows with the transcript: [`Structure::extend`] looks at new posts only, and again at the last one
//! seen, whose body may have grown. All of it is packed, some two to four bytes for a post, and nothing that is
//! asked for a screen looks at every post: see [`Structure::next_by`] and [`Structure::weights`].

mod acts;
mod ascending;
mod byline;
mod caption;
mod cast;
mod chapters;
mod chars;
mod corrections;
mod derived;
mod english;
mod exchanges;
mod gaps;
mod hosts;
mod known;
mod members;
mod names;
mod people;
mod persons;
mod places;
mod roles;
mod sessions;
mod sums;
mod surnames;
mod tables;
mod tally;
mod titles;
mod waits;

pub use byline::split as split_byline;
pub use caption::{
    Caption, ends_alike, first_office, is_damaged as is_damaged_office, is_same_office, is_short_for,
    is_variant, read as read_caption,
};
pub use cast::{Place, Told};
pub use corrections::{ChapterMark, Correction, Corrections, Edit};
pub use derived::Structure;
pub use exchanges::Exchange;
pub use gaps::{GAP_MS, Gap};
pub use members::Member;
pub use names::{Name, name as name_of};
pub use roles::role_of;
pub use sessions::{BREAK_MS, DayPart, Session};
pub use titles::{Ending, ending as ending_of};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{ClockKind, Draft, Post, PostId, SpeakerId, Transcript};

    /// A draft that tells a record of (minute, byline) posts with bodies of three characters.
    fn draft(posts: &[(i64, &str)]) -> Draft {
        let mut draft = Draft::default();
        draft.meta.clock = ClockKind::Wall;
        draft.meta.origin =
            chrono::NaiveDate::from_ymd_opt(2025, 1, 1).and_then(|day| day.and_hms_opt(9, 0, 0));
        say(&mut draft, posts);
        draft
    }

    fn say(draft: &mut Draft, posts: &[(i64, &str)]) {
        for &(minute, label) in posts {
            let (speaker, body) = (draft.intern(label), draft.append_text("一二三"));
            draft.push(Post { start: Some(minute * 60_000), speaker, body, ..Post::default() });
        }
    }

    fn record(posts: &[(i64, &str)]) -> (Transcript, Structure) {
        let transcript = Transcript::from(draft(posts).take());
        let structure = Structure::of(&transcript);
        (transcript, structure)
    }

    #[test]
    fn exchanges_hold_a_question_and_every_answer_to_it() {
        let (transcript, structure) = record(&[
            (0, "直播管理员"),
            (1, "主持人"),
            (2, "主持人"),
            (3, "局长李明"),
            (4, "直播管理员"),
            (5, "局长李明"),
            (6, "主任王芳"),
            (7, "主持人"),
            (200, "主持人"),
            (201, "主任王芳"),
        ]);
        let exchanges: Vec<_> = structure
            .exchanges(&transcript)
            .map(|e| (e.question.number(), e.guests.len(), e.answers.len()))
            .collect();
        assert_eq!(exchanges, [(2, 2, 3), (9, 1, 1)]);
        assert_eq!(structure.exchange_of(PostId::new(5)), Some(1));
        assert_eq!(structure.exchange_of(PostId::new(9)), Some(2));
        assert_eq!(structure.exchange_of(PostId::new(0)), None);
        assert_eq!(structure.exchange_of(PostId::new(7)), None);
        let next = |index| structure.next_exchange(PostId::new(index)).map(PostId::number);
        let previous = |index| structure.previous_exchange(PostId::new(index)).map(PostId::number);
        assert_eq!([next(0), next(1), next(7), next(8)], [Some(2), Some(9), Some(9), None]);
        assert_eq!([previous(9), previous(8), previous(1)], [Some(9), Some(2), None]);
    }

    #[test]
    fn long_breaks_part_sessions_and_speakers_part_turns() {
        let (transcript, structure) = record(&[(0, "甲"), (5, "甲"), (20, "乙"), (240, "乙"), (241, "甲")]);
        let sessions: Vec<_> = structure.sessions().iter().map(|s| (s.first.number(), s.part)).collect();
        assert_eq!(sessions, [(1, Some(DayPart::Morning)), (4, Some(DayPart::Afternoon))]);
        assert_eq!(structure.turn_count(), 3);
        assert_eq!(structure.turn_of(&transcript, PostId::new(3)), PostId::new(2));
        let begin = transcript.ids().filter(|&id| structure.begins_turn(&transcript, id));
        assert_eq!(begin.map(PostId::number).collect::<Vec<_>>(), [1, 3, 5]);
        assert_eq!(structure.gaps().map(|gap| gap.ms / 60_000).collect::<Vec<_>>(), [15, 220]);
        assert_eq!(structure.longest_breaks(9), [(PostId::new(3), 220 * 60_000)]);
        assert_eq!(structure.next_gap(PostId::new(2)), Some(PostId::new(3)));
        assert_eq!(structure.previous_gap(PostId::new(3)), Some(PostId::new(2)));
    }

    #[test]
    fn a_growing_record_gives_the_same_structure_as_a_whole_one() {
        let labels = ["主持人", "甲", "乙", "直播管理员", "丙"];
        let minute = |index: i64| index * 3 + index / 40 * 90 - index % 9 / 8 * 30;
        let posts: Vec<_> =
            (0..3000).map(|index| (minute(index), labels[(index * index / 3) as usize % 5])).collect();
        let mut draft = draft(&[]);
        let (mut transcript, mut grown) = (Transcript::default(), Structure::default());
        for batch in posts.chunks(7) {
            say(&mut draft, batch);
            transcript.grow(draft.take());
            grown.extend(&transcript);
            let more = draft.append_text("四");
            draft.extend_body(more.start, more.end);
        }
        transcript.grow(draft.take());
        grown.extend(&transcript);
        assert_eq!(grown, Structure::of(&transcript));
        assert_eq!(grown.total_chars(), 3000 * 3 + 3000usize.div_ceil(7));
    }

    #[test]
    fn posts_by_a_speaker_are_found_both_ways_and_in_a_run() {
        let (transcript, structure) =
            record(&[(0, "甲"), (1, "乙"), (2, "甲"), (3, "乙"), (4, "甲"), (5, "丙")]);
        let speaker = SpeakerId::new(1);
        let number = |post: Option<PostId>| post.map(PostId::number);
        let next = |from| number(structure.next_by(&transcript, speaker, PostId::new(from)));
        let previous = |from| number(structure.previous_by(&transcript, speaker, PostId::new(from)));
        let first_in = |posts| number(structure.first_in(&transcript, speaker, &posts));
        assert_eq!([0, 1, 2, 3, 5].map(next), [Some(2), Some(4), Some(4), None, None]);
        assert_eq!([0, 1, 2, 3, 5].map(previous), [None, None, Some(2), Some(2), Some(4)]);
        assert_eq!([0..6, 2..6, 2..3, 4..6].map(first_in), [Some(2), Some(4), None, None]);
        assert_eq!(structure.first_by(speaker), Some(PostId::new(1)));
    }

    #[test]
    fn a_long_record_takes_few_bytes_a_post() {
        let labels: Vec<String> = (0..28).map(|index| format!("某市图书馆馆长{index}")).collect();
        let label = |index: i64| labels[(index * index / 3) as usize % 28].as_str();
        let posts: Vec<_> = (0..64_000).map(|index| (index * 2 + index / 90 * 700, label(index))).collect();
        let (_, structure) = record(&posts);
        assert!(structure.size() < posts.len() * 4, "{}", structure.size());
    }

    #[test]
    fn a_body_that_grows_is_counted_again() {
        let mut draft = draft(&[(0, "甲")]);
        let mut transcript = Transcript::from(draft.take());
        let mut structure = Structure::of(&transcript);
        let more = draft.append_text("四五");
        draft.extend_body(more.start, more.end);
        transcript.grow(draft.take());
        structure.extend(&transcript);
        assert_eq!(structure.chars(PostId::new(0)), 5);
        assert_eq!((structure.total_chars(), structure.member(SpeakerId::new(0)).chars), (5, 5));
    }
}
