//! Sessions: posts between long breaks.

use crate::transcript::{ClockKind, PostId, Transcript};
use chrono::Timelike;

/// A gap this long parts two sessions.
pub const BREAK_MS: i64 = 60 * 60 * 1000;

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
    /// When it began, with a wall clock.
    pub part: Option<DayPart>,
}

/// All sessions, and the longest breaks between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sessions {
    sessions: Vec<Session>,
    /// First posts behind breaks and how long these were, the longest first.
    breaks: Vec<(PostId, i64)>,
}

impl Sessions {
    /// Takes in a post that begins a session, and the break before it.
    pub fn begin(&mut self, transcript: &Transcript, first: PostId, break_ms: Option<i64>) {
        self.sessions.push(Session { first, part: day_part(transcript, first) });
        if let Some(ms) = break_ms {
            let place = self.breaks.partition_point(|&(_, longer)| longer >= ms);
            if place < KEPT {
                self.breaks.truncate(KEPT - 1);
                self.breaks.insert(place, (first, ms));
            }
        }
    }

    pub fn all(&self) -> &[Session] {
        &self.sessions
    }

    /// The session that begins with a post.
    pub fn at(&self, id: PostId) -> Option<Session> {
        let index = self.sessions.binary_search_by_key(&id, |session| session.first).ok()?;
        Some(self.sessions[index])
    }

    /// The `count` longest breaks, in file order, as (first post behind, milliseconds); of equal ones the first.
    pub fn longest(&self, count: usize) -> Vec<(PostId, i64)> {
        let mut longest = self.breaks.get(..count).unwrap_or(&self.breaks).to_vec();
        longest.sort_unstable();
        longest
    }

    /// Bytes that are held.
    pub fn size(&self) -> usize {
        self.sessions.len() * size_of::<Session>() + self.breaks.len() * size_of::<(PostId, i64)>()
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
        let transcript = Transcript::default();
        for count in [0, 1, 95, 96, 97, 500] {
            let breaks: Vec<_> =
                (1..=count).map(|index| (PostId::new(index), (index * 7919 % 53) as i64)).collect();
            let mut sessions = Sessions::default();
            sessions.begin(&transcript, PostId::new(0), None);
            for &(first, ms) in &breaks {
                sessions.begin(&transcript, first, Some(ms));
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
}
