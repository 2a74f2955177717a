//! The turns of a record as documents have them under a heading: one post, or the lines of subtitles that somebody says in a row.

use super::record::Record;
use super::stamps;
use crate::choice::Format;
use crate::format::timed::between;
use crate::transcript::PostId;

/// Behind so many milliseconds a turn has another heading, with its time.
const LONGEST_MS: i64 = 60_000;

/// Posts under one heading.
pub type Turn = Vec<PostId>;

/// A paragraph: what the posts say in it.
pub type Paragraph = Vec<(PostId, String)>;

/// Posts as turns, in their order.
pub fn turns(record: Record<'_>) -> impl Iterator<Item = Turn> {
    let goes_on = is_of_cues(record);
    let mut posts = record.posts.iter().copied().peekable();
    std::iter::from_fn(move || {
        let first = posts.next()?;
        let (mut turn, mut last) = (vec![first], first);
        let is_next = |last: PostId, next: PostId| next.index() == last.number();
        while let Some(next) =
            posts.next_if(|&next| goes_on && is_next(last, next) && continues(record, first, next))
        {
            turn.push(next);
            last = next;
        }
        Some(turn)
    })
}

fn format(record: Record) -> Option<Format> {
    Format::named(&record.transcript.meta.format)
}

/// Whether posts are what is shown at once, and not what somebody says in a turn.
fn is_of_cues(record: Record) -> bool {
    format(record).is_some_and(|format| format.is_of_lines() && !format.is_chat())
}

/// Whether a post is of the turn that another one begins.
fn continues(record: Record, first: PostId, id: PostId) -> bool {
    let transcript = record.transcript;
    let kind = |id| record.structure.kind(transcript, id);
    let time = |id| stamps::told(transcript, id);
    let is_near = match (time(first), time(id)) {
        (Some(first), Some(time)) => (0..LONGEST_MS).contains(&(time - first)),
        (None, None) => true,
        _ => false,
    };
    is_near
        && record.label(first) == record.label(id)
        && kind(first) == kind(id)
        && record.chapter(id).is_none()
        && stamps::new_day(transcript, Some(first), id).is_none()
}

/// The paragraphs of a turn: a sentence that goes on from post to post is in one.
pub fn paragraphs(record: Record, turn: &[PostId]) -> Vec<Paragraph> {
    // The lines of a song are lines.
    let is_prose = turn.len() > 1 && format(record) != Some(Format::Lrc);
    let mut all: Vec<Paragraph> = Vec::new();
    for &id in turn {
        for (index, text) in record.paragraphs(id).into_iter().enumerate() {
            let last = all.last_mut().filter(|_| is_prose && index == 0);
            match last.and_then(|last| Some((joint(last, &text)?, last))) {
                Some((between, last)) => last.push((id, format!("{between}{text}"))),
                None => all.push(vec![(id, text)]),
            }
        }
    }
    all
}

/// What joins a paragraph and a text that goes on with it.
fn joint(paragraph: &Paragraph, text: &str) -> Option<&'static str> {
    let (_, before) = paragraph.last()?;
    let joint = between(before.chars().next_back()?, text.chars().next()?);
    (joint != "\n").then_some(joint)
}

#[cfg(test)]
mod tests {
    use super::super::record::with_record;
    use super::*;

    /// The turns of a text: paragraphs, and in them who is in it.
    fn told(text: &str) -> Vec<Vec<String>> {
        let told = |paragraph: Paragraph| {
            let pieces = paragraph.into_iter().map(|(id, text)| format!("#{}{text}", id.number()));
            pieces.collect::<Vec<_>>().concat()
        };
        with_record(text, |record| {
            turns(record).map(|turn| paragraphs(record, &turn).into_iter().map(told).collect()).collect()
        })
    }

    #[test]
    fn cues_that_go_on_are_one_turn() {
        let cue = |from: u32, text: &str| {
            format!(
                "00:{:02}:{:02}.400 --> 00:{:02}:{:02}.900\n{text}\n\n",
                from / 60,
                from % 60,
                from / 60,
                from % 60
            )
        };
        for (cues, expected) in [
            (
                vec![
                    cue(1, "<v Ann>When you first"),
                    cue(2, "<v Ann>begin, it is"),
                    cue(3, "<v Ann>dark."),
                    cue(4, "<v Ann>Then"),
                    cue(5, "<v Bo>No"),
                ],
                vec![vec!["#1When you first#2 begin, it is#3 dark.", "#4Then"], vec!["#5No"]],
            ),
            (
                vec![cue(1, "灯一亮，"), cue(2, "船就认得路了。"), cue(3, "好")],
                vec![vec!["#1灯一亮，#2船就认得路了。", "#3好"]],
            ),
            (vec![cue(1, "a"), cue(59, "b"), cue(62, "c")], vec![vec!["#1a#2 b"], vec!["#3c"]]),
            (
                vec![cue(1, "a"), cue(2, "[rain]"), cue(3, "b")],
                vec![vec!["#1a"], vec!["#2[rain]"], vec!["#3b"]],
            ),
        ] {
            assert_eq!(told(&format!("WEBVTT\n\n{}", cues.concat())), expected);
        }
    }

    #[test]
    fn lines_of_a_song_are_lines_and_posts_of_a_talk_are_posts() {
        assert_eq!(told("[ti:x]\n[00:01.50]one\n[00:02.50]two\n"), [["#1one", "#2two"]]);
        assert_eq!(
            told(
                r#"{"segments": [{"speaker": "A", "startTime": 1, "body": "one"}, {"speaker": "A", "startTime": 9, "body": "two"}]}"#
            ),
            [["#1one"], ["#2two"]]
        );
    }
}
