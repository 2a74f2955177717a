//! Sessions: posts between long breaks. A lone announcement before a break joins what it announces.

use crate::transcript::{ClockKind, PostId, Transcript};
use chrono::Timelike;

/// A gap this long parts two sessions.
pub const BREAK_MS: i64 = 60 * 60 * 1000;

/// So many posts of an admin, with a break behind them, are an announcement and no session.
const ANNOUNCEMENT: usize = 2;

/// How many breaks are kept for [`Sessions::longest`]: more than an axis has room for.
const KEPT: usize = 96;

/// Part of a day (上午, 下午, 晚上), for the name of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayPart {
    /// Before noon.
    Morning,
    /// Noon to six.
    Afternoon,
    /// From six.
    Evening,
}

/// A run of posts between long breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Its first post.
    pub first: PostId,
    /// When somebody first spoke in it, with a wall clock.
    pub part: Option<DayPart>,
}

/// All sessions, and the longest breaks between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sessions {
    all: Vec<Session>,
    /// First posts behind breaks and how long these were, the longest first.
    breaks: Vec<(PostId, i64)>,
    /// How many posts of the last session have announced it; none once somebody has spoken.
    announced: Option<usize>,
}

impl Sessions {
    /// Takes in a post: the gap before it, and whether it is but an announcement.
    pub fn take(&mut self, transcript: &Transcript, id: PostId, (gap, announces): (Option<i64>, bool)) {
        let break_ms = gap.filter(|&ms| ms >= BREAK_MS);
        if let Some(ms) = break_ms {
            self.keep(id, ms);
        }
        let joins = self.announced.is_some_and(|posts| posts <= ANNOUNCEMENT);
        if self.all.is_empty() || break_ms.is_some() && !joins {
            self.all.push(Session { first: id, part: day_part(transcript, id) });
            self.announced = Some(0);
        }
        if announces {
            self.announced = self.announced.map(|posts| posts + 1);
        } else if self.announced.take().is_some()
            && let Some(session) = self.all.last_mut()
        {
            session.part = day_part(transcript, id);
        }
    }

    fn keep(&mut self, first: PostId, ms: i64) {
        let place = self.breaks.partition_point(|&(_, longer)| longer >= ms);
        if place < KEPT {
            self.breaks.truncate(KEPT - 1);
            self.breaks.insert(place, (first, ms));
        }
    }

    pub fn all(&self) -> &[Session] {
        &self.all
    }

    /// The session that begins with a post.
    pub fn at(&self, id: PostId) -> Option<Session> {
        let index = self.all.binary_search_by_key(&id, |session| session.first).ok()?;
        Some(self.all[index])
    }

    /// The `count` longest breaks, in file order, as (first post behind, milliseconds); of equal ones the first.
    pub fn longest(&self, count: usize) -> Vec<(PostId, i64)> {
        let mut longest = self.breaks.get(..count).unwrap_or(&self.breaks).to_vec();
        longest.sort_unstable();
        longest
    }

    /// Bytes that are held.
    pub fn size(&self) -> usize {
        self.all.len() * size_of::<Session>() + self.breaks.len() * size_of::<(PostId, i64)>()
    }
}

fn day_part(transcript: &Transcript, id: PostId) -> Option<DayPart> {
    if transcript.meta.clock != ClockKind::Wall {
        return None;
    }
    Some(match transcript.moment(id)?.hour() {
        0..12 => DayPart::Morning,
        12..18 => DayPart::Afternoon,
        _ => DayPart::Evening,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_breaks_are_those_of_a_stable_sort() {
        for count in [0, 1, 95, 96, 97, 500] {
            let breaks: Vec<_> =
                (1..=count).map(|index| (PostId::new(index), (index * 7919 % 53) as i64)).collect();
            let mut sessions = Sessions::default();
            for &(first, ms) in &breaks {
                sessions.keep(first, ms);
            }
            for most in [0, 1, 11, 96] {
                let mut expected = breaks.clone();
                expected.sort_by_key(|&(_, ms)| std::cmp::Reverse(ms));
                expected.truncate(most);
                expected.sort_by_key(|&(first, _)| first);
                assert_eq!(sessions.longest(most), expected, "{most} of {count}");
            }
        }
    }

    #[test]
    fn a_lone_announcement_joins_what_it_announces() {
        const LONG: Option<i64> = Some(BREAK_MS);
        let firsts = |posts: &[(Option<i64>, bool)]| {
            let (transcript, mut sessions) = (Transcript::default(), Sessions::default());
            for (index, &post) in posts.iter().enumerate() {
                sessions.take(&transcript, PostId::new(index), post);
            }
            sessions.all().iter().map(|session| session.first.number()).collect::<Vec<_>>()
        };
        for (posts, expected) in [
            (vec![(None, false), (LONG, false)], vec![1, 2]),
            (vec![(None, false), (LONG, true), (LONG, false)], vec![1, 2]),
            (vec![(None, false), (LONG, true), (Some(1), true), (LONG, false)], vec![1, 2]),
            (vec![(None, true), (LONG, false), (LONG, false)], vec![1, 3]),
            (vec![(None, true), (None, true), (None, true), (LONG, false)], vec![1, 4]),
            (vec![(None, false), (Some(BREAK_MS - 1), false)], vec![1]),
            (vec![], vec![]),
        ] {
            assert_eq!(firsts(&posts), expected, "{posts:?}");
        }
    }
}
