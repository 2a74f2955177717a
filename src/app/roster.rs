//! The order in which people are listed.

use crate::layout::hearing::{Hearing, Voice};
use crate::structure::Structure;
use crate::text::pinyin;
use crate::transcript::{Role, SpeakerId, Transcript};
use std::cmp::Reverse;

/// What people are listed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sorting {
    /// First appearance.
    #[default]
    First,
    /// Posts, most first.
    Posts,
    /// Characters, most first.
    Chars,
    /// Name, by pinyin.
    Name,
}

impl Sorting {
    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::First => Self::Posts,
            Self::Posts => Self::Chars,
            Self::Chars => Self::Name,
            Self::Name => Self::First,
        }
    }
}

/// What a list depends on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Basis {
    order: Sorting,
    by_role: bool,
    people: usize,
    bylines: usize,
    /// How much is said in all, once that is known.
    chars: usize,
    /// Who is heard, where somebody is hidden.
    hearing: Option<Hearing>,
}

impl Basis {
    /// Whether those who were listed stand where they would now: only others have come.
    fn same_order(&self, before: &Self) -> bool {
        let rest = (self.order, self.by_role, &self.hearing);
        rest == (before.order, before.by_role, &before.hearing)
            && before.bylines > 0
            && self.bylines >= before.bylines
    }
}

/// Everybody who is shown, in order. Everybody by first appearance is no list at all.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    /// What people are listed by.
    pub order: Sorting,
    /// Whether those of one role stand together.
    pub by_role: bool,
    basis: Basis,
    list: Option<List>,
    most: usize,
    /// Counts the lists that were made.
    version: u64,
}

#[derive(Debug, Clone, Default)]
struct List {
    people: Vec<SpeakerId>,
    /// The place of each byline, which is that of its person; `u32::MAX` for one who is not shown.
    places: Vec<u32>,
}

impl Roster {
    /// Brings the list up to date. While a record is read, those who come behind are added, and nobody moves.
    pub fn update(
        &mut self,
        (transcript, structure): (&Transcript, &Structure),
        hearing: &Hearing,
        loading: bool,
    ) {
        let people = structure.people_count();
        let basis = Basis {
            order: self.order,
            by_role: self.by_role,
            people,
            bylines: transcript.speakers().len(),
            chars: if loading { 0 } else { structure.total_chars() },
            hearing: hearing.hides().then(|| hearing.clone()),
        };
        if basis == self.basis {
            return;
        }
        if loading && self.list.is_some() && basis.same_order(&self.basis) {
            self.add((transcript, structure), hearing);
            self.basis = basis;
            self.version += 1;
            return;
        }
        let plain = self.order == Sorting::First && !self.by_role && basis.hearing.is_none();
        let list = !plain || people < basis.bylines;
        self.list = list.then(|| self.listed((transcript, structure), hearing));
        let talk = |id| structure.talk(id);
        self.most = if loading { 0 } else { structure.people().map(talk).max().unwrap_or(0) };
        self.basis = basis;
        self.version += 1;
    }

    /// Adds those who have come since the list was made, behind everybody.
    fn add(&mut self, (transcript, structure): (&Transcript, &Structure), hearing: &Hearing) {
        let Some(list) = &mut self.list else { return };
        for index in list.places.len()..transcript.speakers().len() {
            let (id, person) = (SpeakerId::new(index), structure.person(SpeakerId::new(index)));
            let is_new = person == id && hearing.voice(id) != Voice::Hidden;
            let own = list.people.len() as u32;
            let known = list.places.get(person.index()).copied().unwrap_or(u32::MAX);
            list.places.push(if is_new { own } else { known });
            if is_new {
                list.people.push(id);
            }
        }
    }

    fn listed(&self, (transcript, structure): (&Transcript, &Structure), hearing: &Hearing) -> List {
        let shown = |&id: &SpeakerId| hearing.voice(id) != Voice::Hidden;
        let mut people: Vec<_> = structure.people().filter(shown).collect();
        match self.order {
            Sorting::First => {}
            Sorting::Posts => people.sort_by_key(|&id| Reverse(structure.member(id).posts)),
            Sorting::Chars => people.sort_by_cached_key(|&id| Reverse(structure.talk(id))),
            Sorting::Name => {
                people.sort_by_cached_key(|&id| pinyin::sort_key(structure.name(transcript, id)));
            }
        }
        if self.by_role {
            people.sort_by_key(|&id| rank(structure.role(id)));
        }
        let mut places = vec![u32::MAX; transcript.speakers().len()];
        for (place, &id) in people.iter().enumerate() {
            places[id.index()] = place as u32;
        }
        for index in 0..places.len() {
            let person = structure.person(SpeakerId::new(index)).index();
            places[index] = places[person];
        }
        List { people, places }
    }

    /// How many people there are in it.
    pub fn len(&self) -> usize {
        self.list.as_ref().map_or(self.basis.bylines, |list| list.people.len())
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Who stands at a place.
    pub fn at(&self, place: usize) -> Option<SpeakerId> {
        match &self.list {
            Some(list) => list.people.get(place).copied(),
            None => (place < self.basis.bylines).then(|| SpeakerId::new(place)),
        }
    }

    /// The place of somebody who is shown.
    pub fn place(&self, id: SpeakerId) -> Option<usize> {
        match &self.list {
            Some(list) => list
                .places
                .get(id.index())
                .map(|&place| place as usize)
                .filter(|&place| place < list.people.len()),
            None => Some(id.index()),
        }
    }

    /// Lists everybody anew: names or roles are others.
    pub fn forget(&mut self) {
        self.basis = Basis::default();
    }

    /// The most that anybody says, in characters; 0 while the record is read.
    pub fn most(&self) -> usize {
        self.most
    }

    /// Another list has another number.
    pub fn version(&self) -> u64 {
        self.version
    }
}

/// Where the people of a role stand.
const fn rank(role: &Role) -> u8 {
    match role {
        Role::Host => 0,
        Role::Guest => 1,
        Role::Audience => 2,
        Role::Unknown | Role::Other(_) => 3,
        Role::Admin => 4,
        Role::Bot => 5,
        Role::System => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Draft, Post};

    fn names(order: Sorting, by_role: bool, hidden: &[usize]) -> String {
        let mut draft = Draft::default();
        let words = ["一", "一二三", "一二", "一二三四五六七"];
        for index in [0, 1, 2, 3, 1, 2, 1, 2] {
            let speaker = draft.intern(["主持人", "赵", "管理员", "钱"][index]);
            let body = draft.append_text(words[index]);
            draft.push(Post { speaker, body, ..Post::default() });
        }
        let transcript = Transcript::from(draft.take());
        let structure = Structure::of(&transcript);
        let mut hearing = Hearing::default();
        for &person in hidden {
            hearing.turn_mute(SpeakerId::new(person));
            hearing.turn_mute(SpeakerId::new(person));
        }
        let mut roster = Roster { order, by_role, ..Roster::default() };
        roster.update((&transcript, &structure), &hearing, false);
        let all: Vec<_> = (0..roster.len()).filter_map(|place| roster.at(place)).collect();
        for (place, &id) in all.iter().enumerate() {
            assert_eq!(roster.place(id), Some(place));
        }
        for &person in hidden {
            assert_eq!(roster.place(SpeakerId::new(person)), None);
        }
        all.iter().map(|&id| transcript.speaker(id).label.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn people_are_listed_in_every_order() {
        for (order, by_role, expected) in [
            (Sorting::First, false, "主持人 赵 管理员 钱"),
            (Sorting::Posts, false, "赵 管理员 主持人 钱"),
            (Sorting::Chars, false, "赵 钱 管理员 主持人"),
            (Sorting::Name, false, "管理员 钱 赵 主持人"),
            (Sorting::First, true, "主持人 赵 钱 管理员"),
            (Sorting::Name, true, "主持人 钱 赵 管理员"),
        ] {
            assert_eq!(names(order, by_role, &[]), expected, "{order:?} {by_role}");
        }
    }

    #[test]
    fn whoever_is_hidden_is_not_listed() {
        assert_eq!(names(Sorting::First, false, &[1]), "主持人 管理员 钱");
        assert_eq!(names(Sorting::Posts, true, &[0, 2]), "赵 钱");
    }
}
