//! What tells a post from others, so that it is found again in a record that has grown or was edited.

use crate::text::slice;
use crate::transcript::{ClockKind, PostId, Transcript};
use crate::when::clock_time;

/// Characters of the words that a post begins with.
const WORDS: usize = 32;

/// Bytes of a body that hold so many.
const BYTES: usize = 400;

/// So many posts before and behind its number a post is looked for.
const NEAR: usize = 5_000;

/// What tells a post from others; with its number it names one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Check {
    /// When it was said, as far as the record tells: `2018-01-09T15:14:00`, `0:12:34`.
    pub at: String,
    /// The byline, as printed.
    pub by: String,
    /// The words that it begins with.
    pub begins: String,
}

impl Check {
    /// That of a post.
    pub fn of(transcript: &Transcript, post: PostId) -> Self {
        let (at, by) = (stamp(transcript, post), byline(transcript, post).to_owned());
        Self { at, by, begins: beginning(transcript, post) }
    }

    /// The post of a number, from 1, if it is that one.
    pub fn find_at(&self, number: usize, transcript: &Transcript) -> Option<PostId> {
        let post = number.checked_sub(1).filter(|&index| index < transcript.len()).map(PostId::new)?;
        self.is_of(transcript, post).then_some(post)
    }

    /// The post, wherever it has got to near its number. If it was edited itself, the one that is most like it.
    pub fn find(&self, number: usize, transcript: &Transcript) -> Option<PostId> {
        let at = number.saturating_sub(1);
        let mut like = None;
        for distance in 0..=NEAR {
            let both = [at.checked_sub(distance), Some(at + distance).filter(|_| distance > 0)];
            for post in both.into_iter().flatten().filter(|&index| index < transcript.len()).map(PostId::new)
            {
                let (stands, says) =
                    (stamp(transcript, post) == self.at, byline(transcript, post) == self.by);
                if !stands && !says {
                    continue;
                }
                let begins = self.begins_like(transcript, post);
                if stands && says && begins {
                    return Some(post);
                }
                let retold = distance == 0 && stands && says && !self.at.is_empty();
                if like.is_none() && (retold || begins && !self.begins.is_empty()) {
                    like = Some(post);
                }
            }
        }
        like
    }

    fn is_of(&self, transcript: &Transcript, post: PostId) -> bool {
        byline(transcript, post) == self.by
            && stamp(transcript, post) == self.at
            && self.begins_like(transcript, post)
    }

    /// A post that was still being written has grown.
    fn begins_like(&self, transcript: &Transcript, post: PostId) -> bool {
        let now = beginning(transcript, post);
        now == self.begins || !self.begins.is_empty() && now.starts_with(&self.begins)
    }
}

/// When a post was said; of one that stands at the moment when it came, nothing.
fn stamp(transcript: &Transcript, post: PostId) -> String {
    if transcript.is_arrival(post) {
        return String::new();
    }
    match (transcript.meta.clock, transcript.start(post)) {
        (ClockKind::Wall, Some(_)) => {
            let moment = transcript.moment(post);
            moment.map(|moment| moment.format("%Y-%m-%dT%H:%M:%S").to_string()).unwrap_or_default()
        }
        (_, Some(start)) => clock_time(&transcript.meta, start),
        (_, None) => String::new(),
    }
}

fn byline(transcript: &Transcript, post: PostId) -> &str {
    &transcript.speaker(transcript.speaker_of(post)).label
}

/// The first words of a post, with single blanks between them.
fn beginning(transcript: &Transcript, post: PostId) -> String {
    let (_, text) = transcript.part(post, 0..BYTES);
    let mut words = String::new();
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    let end = words.char_indices().nth(WORDS).map_or(words.len(), |(end, _)| end);
    slice(&words, 0..end).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, read_bytes};

    fn record(posts: &[(&str, &str, &str)]) -> Transcript {
        let post = |(at, by, words): &(&str, &str, &str)| format!("2025-01-01 {at}\n{by}\n{words}\n");
        let text: String = posts.iter().map(post).collect();
        read_bytes(text.as_bytes(), Forced::default()).unwrap().0
    }

    const TALK: [(&str, &str, &str); 4] = [
        ("08:00", "主持人", "请馆长介绍。"),
        ("08:01", "馆长", "好的,谢谢。"),
        ("08:01", "馆长", "好的,谢谢。"),
        ("08:02", "主持人", "谢谢大家。"),
    ];

    #[test]
    fn a_post_is_found_where_it_has_got_to() {
        let talk = record(&TALK);
        let more = ("07:59", "直播员", "开始了。");
        let edited = ("08:01", "馆长", "好,谢谢。");
        for (posts, number, found) in [
            (TALK.to_vec(), 3, Some(3)),
            ([&[more], &TALK[..]].concat(), 2, Some(3)),
            ([&[more, more], &TALK[..]].concat(), 4, Some(6)),
            (TALK[1..].to_vec(), 4, Some(3)),
            (vec![TALK[0], edited, TALK[3]], 2, Some(2)),
            (vec![TALK[0], ("09:00", "馆长", "好的,谢谢。")], 2, Some(2)),
            (vec![TALK[0], ("09:00", "馆长", "别的。")], 2, None),
            (vec![TALK[0]], 4, None),
        ] {
            let check = Check::of(&talk, PostId::new(number - 1));
            assert_eq!(check.find(number, &record(&posts)).map(PostId::number), found, "{number}: {posts:?}");
        }
    }

    #[test]
    fn a_post_that_has_grown_is_the_same() {
        let check = Check::of(&record(&TALK[..1]), PostId::new(0));
        let grown = record(&[("08:00", "主持人", "请馆长介绍。然后我们再谈。")]);
        assert_eq!(check.find_at(1, &grown), Some(PostId::new(0)));
        assert_eq!(check.find_at(1, &record(&TALK[1..])), None);
    }
}
