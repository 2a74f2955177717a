//! The cast: what captions and the host tell of the guests, beside their bylines.
//!
//! A guest is told of in several places, each by itself: the byline, every caption, the question that the guest
//! answers first. The name is the spelling of most places; the others are aliases. The office is that of the fullest
//! caption that is not damaged, else that of the byline.

use super::byline;
use super::caption::{Caption, LONGEST, is_damaged, is_variant, read};
use super::exchanges::Part;
use super::known::{Known, Record};
use crate::text::count::count;
use crate::text::slice;
use crate::transcript::{PostId, Role, SpeakerId};
use hashbrown::HashMap;

/// In a record of more guests than that nobody writes captions, and no more are weighed.
const GUESTS: usize = 1024;

/// So many lines of admins are looked at: a record that is not in memory is read a second time for no more.
const LINES: usize = 8192;

/// So many captions wait for guests who have not spoken yet.
const WAITING: usize = 256;

/// So many places where a guest is named are weighed.
const PLACES: usize = 64;

/// What captions and the host tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cast {
    captions: Vec<(PostId, SpeakerId)>,
    told: HashMap<SpeakerId, Told>,
    guests: Vec<SpeakerId>,
    waiting: Vec<Waiting>,
    lines: usize,
    /// Characters of the captions of each author.
    chars: HashMap<SpeakerId, usize>,
    /// What the last post adds, which may still grow.
    latest: Option<(PostId, SpeakerId, Told)>,
}

/// A caption whose guest has not spoken yet.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Waiting {
    post: PostId,
    name: String,
    title: String,
}

/// Where a name is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a byline.
    Byline(SpeakerId),
    /// In a question of the host.
    Question(PostId),
    /// In a caption.
    Caption(PostId),
}

/// What is told of a guest beside the byline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The spelling of most places.
    pub name: String,
    /// The fullest office, and where it is told.
    pub office: Option<(Place, String)>,
    /// The other spellings.
    pub aliases: Vec<String>,
    /// The captions.
    pub captions: Vec<PostId>,
    /// Every place with its spelling.
    pub places: Vec<(Place, String)>,
}

impl Cast {
    /// Takes in who has written a post that has just come: captions may have been waiting for that guest. A byline that
    /// merely spells another one's name otherwise is no guest of its own: says who that is.
    pub fn meet(&mut self, known: Known, post: PostId, speaker: SpeakerId) -> Option<SpeakerId> {
        let Record { members, persons, .. } = known.record;
        let is_answer = members[speaker.index()].part() == Part::Answer;
        if !is_answer || self.guests.len() == GUESTS || known.first(speaker) != Some(post) {
            return None;
        }
        if persons.spelled(speaker) != speaker {
            return None;
        }
        if let Some(other) = self.spelled_otherwise(known, speaker) {
            self.tell_both(known, other, speaker);
            return Some(other);
        }
        self.guests.push(speaker);
        self.introduce(known, speaker);
        // A caption that waits names nobody else.
        let is_named = |waiting: &Waiting| {
            let caption = Caption { title: &waiting.title, name: &waiting.name };
            known.is_named(speaker, caption) || known.is_spelled(speaker, caption)
        };
        let waiting = std::mem::take(&mut self.waiting);
        let (named, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(is_named);
        self.waiting = rest;
        for Waiting { post, .. } in named {
            self.place(known, post);
        }
        None
    }

    /// The guest in the same office whose name is one character apart, if the host asks for one of the two by the name of
    /// the other, and that one is the first to answer.
    fn spelled_otherwise(&self, known: Known, speaker: SpeakerId) -> Option<SpeakerId> {
        let persons = known.record.persons;
        let (name, title) = known.byline(speaker);
        if title.is_empty() || persons.is_apart(speaker) || persons.of(speaker) != speaker {
            return None;
        }
        let is_one = |guest: &SpeakerId| {
            let (other, office) = known.byline(*guest);
            office == title
                && is_variant(other, name)
                && !persons.is_apart(*guest)
                && (known.is_asked_for(speaker, name, other) || known.is_asked_for(*guest, other, name))
        };
        self.guests.iter().copied().find(is_one)
    }

    /// Tells of a guest what a byline adds that spells the name otherwise.
    fn tell_both(&mut self, known: Known, guest: SpeakerId, byline: SpeakerId) {
        let mut told = self.told.remove(&guest).unwrap_or_default();
        if told.places.is_empty() {
            told.places = places(known, guest, None);
        }
        let (spelling, _) = known.byline(byline);
        told.places.push((Place::Byline(byline), spelling.to_owned()));
        let names = [known.byline(guest).0, spelling];
        let heard = names.into_iter().find_map(|name| Some((known.heard(byline, name)?, name)));
        told.places.extend(heard.map(|(question, name)| (Place::Question(question), name.to_owned())));
        told.weigh();
        self.told.insert(guest, told);
    }

    /// Takes a doubtful byline apart where the host says the name.
    fn introduce(&mut self, known: Known, guest: SpeakerId) {
        let label = known.label(guest);
        if !known.byline(guest).1.is_empty() {
            return;
        }
        let readings = byline::candidates(label).into_iter();
        let mut readings = readings.map(|(name, title)| (slice(label, name), slice(label, title)));
        let heard = readings.find_map(|(name, title)| Some((known.heard(guest, name)?, name, title)));
        if let Some((question, name, title)) = heard {
            let places =
                [Place::Byline(guest), Place::Question(question)].map(|place| (place, name.to_owned()));
            let office = (!title.is_empty()).then(|| (Place::Byline(guest), title.to_owned()));
            let told = Told { name: name.to_owned(), office, places: places.into(), ..Told::default() };
            self.told.insert(guest, told);
        }
    }

    /// Takes in a post of an admin that does not grow any more, if it is a caption.
    pub fn seal(&mut self, known: Known, post: PostId) {
        if self.lines < LINES && is_line(known, post) {
            self.lines += 1;
            self.place(known, post);
        }
    }

    /// Finds the guest of a line; one that has the form of a caption waits for its guest.
    fn place(&mut self, known: Known, post: PostId) {
        let body = known.record.transcript.body(post);
        let Some(caption) = read(&body) else { return };
        if let Some(guest) = self.guest_of(known, caption) {
            let told = self.told.remove(&guest).unwrap_or_default();
            self.told.insert(guest, with(told, known, guest, (post, caption)));
            let author = known.record.transcript.speaker_of(post);
            *self.chars.entry(author).or_default() += count(&body).chars;
            let place = self.captions.partition_point(|&(before, _)| before < post);
            self.captions.insert(place, (post, guest));
        } else if self.waiting.len() < WAITING {
            let (name, title) = (caption.name.to_owned(), caption.title.to_owned());
            let place = self.waiting.partition_point(|before| before.post < post);
            self.waiting.insert(place, Waiting { post, name, title });
        }
    }

    /// Looks at the last post, which may still grow.
    pub fn look(&mut self, known: Known, post: PostId) {
        if self.lines == LINES || !is_line(known, post) {
            return self.look_away();
        }
        let body = known.record.transcript.body(post);
        self.latest = read(&body).and_then(|caption| {
            let guest = self.guest_of(known, caption)?;
            let told = self.told.get(&guest).cloned().unwrap_or_default();
            Some((post, guest, with(told, known, guest, (post, caption))))
        });
    }

    /// Forgets what the last post has added.
    pub fn look_away(&mut self) {
        self.latest = None;
    }

    /// What is told of a speaker.
    pub fn told(&self, speaker: SpeakerId) -> Option<&Told> {
        let latest = self.latest.as_ref().filter(|(_, guest, _)| *guest == speaker);
        latest.map(|(_, _, told)| told).or_else(|| self.told.get(&speaker))
    }

    /// Whose caption a post is.
    pub fn caption_of(&self, post: PostId) -> Option<SpeakerId> {
        if let Some((_, guest, _)) = self.latest.as_ref().filter(|(latest, ..)| *latest == post) {
            return Some(*guest);
        }
        let index = self.captions.binary_search_by_key(&post, |&(caption, _)| caption).ok()?;
        Some(self.captions[index].1)
    }

    /// Whether a caption waits for its guest.
    pub fn waits(&self, post: PostId) -> bool {
        self.waiting.binary_search_by_key(&post, |waiting| waiting.post).is_ok()
    }

    /// What tells whether there are other captions than before: how many do not grow any more, and the one that may.
    pub fn mark(&self) -> (usize, Option<PostId>) {
        (self.captions.len(), self.latest.as_ref().map(|&(latest, ..)| latest))
    }

    /// The first caption from a post on.
    pub fn caption_from(&self, post: PostId) -> Option<PostId> {
        let index = self.captions.partition_point(|&(caption, _)| caption < post);
        let latest = || self.latest.as_ref().map(|&(latest, ..)| latest).filter(|&latest| latest >= post);
        self.captions.get(index).map(|&(caption, _)| caption).or_else(latest)
    }

    /// The last caption before a post.
    pub fn caption_before(&self, post: PostId) -> Option<PostId> {
        let latest = self.latest.as_ref().map(|&(latest, ..)| latest).filter(|&latest| latest < post);
        let index = self.captions.partition_point(|&(caption, _)| caption < post);
        latest.or_else(|| Some(self.captions.get(index.checked_sub(1)?)?.0))
    }

    /// Bytes that are held, without the words.
    pub fn size(&self) -> usize {
        self.captions.len() * size_of::<(PostId, SpeakerId)>()
            + self.told.len() * size_of::<(SpeakerId, Told)>()
            + self.guests.len() * size_of::<SpeakerId>()
            + self.waiting.len() * size_of::<Waiting>()
    }

    /// The guest whom a caption names: by the name that the byline ends with, best with the same office; else by a
    /// name one character apart with the same office, if the host spells it as the caption does.
    fn guest_of(&self, known: Known, caption: Caption) -> Option<SpeakerId> {
        let named = |guest: &&SpeakerId| known.is_named(**guest, caption);
        let mut exact = self.guests.iter().filter(named);
        match (exact.next(), exact.next()) {
            (None, _) => self.guests.iter().find(|guest| known.is_spelled(**guest, caption)),
            (only, None) => only,
            _ => self.guests.iter().filter(named).find(|guest| known.is_in_office(**guest, caption)),
        }
        .copied()
    }

    /// Characters of the captions of an author that do not grow any more.
    pub fn chars(&self, author: SpeakerId) -> usize {
        self.chars.get(&author).copied().unwrap_or(0)
    }
}

/// What is told of a guest with one more caption.
fn with(told: Told, known: Known, guest: SpeakerId, (post, caption): (PostId, Caption)) -> Told {
    let mut told = told;
    let place = told.captions.partition_point(|&before| before < post);
    told.captions.insert(place, post);
    let is_fuller = match &told.office {
        Some((Place::Caption(_), office)) => office.len() < caption.title.len(),
        _ => true,
    };
    if is_fuller && !is_damaged(caption.title) {
        told.office = Some((Place::Caption(post), caption.title.to_owned()));
    }
    if told.places.is_empty() {
        told.places = places(known, guest, Some(caption.name));
    }
    if told.places.len() < PLACES {
        told.places.push((Place::Caption(post), caption.name.to_owned()));
        told.weigh();
    }
    told
}

impl Told {
    /// The office in full; empty if none is told.
    pub fn title(&self) -> &str {
        self.office.as_ref().map_or("", |(_, title)| title)
    }

    /// The name is the spelling of most places, of equally many the first; all others are aliases.
    fn weigh(&mut self) {
        let count = |name: &str| self.places.iter().filter(|(_, spelling)| spelling == name).count();
        let mut names: Vec<String> = Vec::new();
        for (_, name) in &self.places {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names.sort_by_key(|name| std::cmp::Reverse(count(name)));
        let mut names = names.into_iter();
        self.name = names.next().unwrap_or_default();
        self.aliases = names.collect();
    }
}

/// Where the name of a guest is spelled beside the captions: in the byline, which is taken apart where it ends with what
/// a caption says, and in the question that the guest answers first.
fn places(known: Known, guest: SpeakerId, caption: Option<&str>) -> Vec<(Place, String)> {
    let (name, title) = known.byline(guest);
    let ends = |caption: &&str| title.is_empty() && known.label(guest).ends_with(caption);
    let name = caption.filter(ends).unwrap_or(name);
    let mut heard = std::iter::once(name).chain(caption);
    let heard = heard.find_map(|name| Some((known.heard(guest, name)?, name)));
    let heard = heard.map(|(question, name)| (Place::Question(question), name.to_owned()));
    std::iter::once((Place::Byline(guest), name.to_owned())).chain(heard).collect()
}

/// Whether a post may be a caption by its author and its length.
fn is_line(known: Known, post: PostId) -> bool {
    let Record { transcript, members, .. } = known.record;
    let speaker = transcript.speaker_of(post);
    let is_admin = members.get(speaker.index()).is_some_and(|member| member.role == Role::Admin);
    is_admin && transcript.body_range(post).len() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::Structure;
    use crate::transcript::Transcript;
    use crate::transcript::{Draft, Kind, Post};

    fn say(draft: &mut Draft, posts: &[(&str, &str)]) {
        for (label, body) in posts {
            let (speaker, body) = (draft.intern(label), draft.append_text(body));
            draft.push(Post { speaker, body, ..Post::default() });
        }
    }

    fn record(posts: &[(&str, &str)]) -> (Transcript, Structure) {
        let mut draft = Draft::default();
        say(&mut draft, posts);
        let transcript = Transcript::from(draft.take());
        let structure = Structure::of(&transcript);
        (transcript, structure)
    }

    const ADMIN: &str = "直播管理员";
    const HOST: &str = "主持人";

    /// Name, office, aliases and captions of a speaker by index.
    fn told(posts: &[(&str, &str)], speaker: usize) -> (String, String, Vec<String>, Vec<usize>) {
        let (transcript, structure) = record(posts);
        let id = SpeakerId::new(speaker);
        (
            structure.name(&transcript, id).to_owned(),
            structure.title(&transcript, id).to_owned(),
            structure.aliases(&transcript, id).into_iter().map(str::to_owned).collect(),
            structure.captions(id).iter().map(|caption| caption.number()).collect(),
        )
    }

    fn expected(
        name: &str,
        title: &str,
        aliases: &[&str],
        captions: &[usize],
    ) -> (String, String, Vec<String>, Vec<usize>) {
        let aliases = aliases.iter().map(|&alias| alias.to_owned()).collect();
        (name.to_owned(), title.to_owned(), aliases, captions.to_vec())
    }

    #[test]
    fn a_caption_brings_the_fuller_office_before_or_behind_the_guest() {
        let guest = ("某市图书馆馆长陆知远", "早上好。");
        let full = (ADMIN, "某市图书馆馆长、党组书记:陆知远");
        for (posts, at) in [([guest, full], 2), ([full, guest], 1)] {
            let guest = usize::from(at == 1);
            assert_eq!(told(&posts, guest), expected("陆知远", "某市图书馆馆长、党组书记", &[], &[at]));
        }
    }

    #[test]
    fn a_byline_that_lost_a_character_is_mended_by_its_caption() {
        let posts = [("云江市档案馆馆宇方远", "早。"), (ADMIN, "云江市档案馆馆长:宇方远")];
        assert_eq!(told(&posts, 0), expected("宇方远", "云江市档案馆馆长", &[], &[2]));
    }

    #[test]
    fn a_doubtful_byline_is_taken_apart_where_the_host_says_the_name() {
        let guest = ("云江市档案馆馆宇方远", "早。");
        assert_eq!(told(&[guest], 0).0, guest.0, "nobody says it");
        let asked = [(HOST, "下面请宇方远馆长介绍。"), guest];
        assert_eq!(told(&asked, 1), expected("宇方远", "云江市档案馆馆", &[], &[]));
        let mended = [asked[0], guest, (ADMIN, "档案馆馆长:宇方远")];
        assert_eq!(told(&mended, 1), expected("宇方远", "档案馆馆长", &[], &[3]));
    }

    #[test]
    fn the_spelling_of_most_places_is_the_name() {
        let (host, byline) = ((HOST, "陆志远馆长您好!"), ("某馆馆长陆知远", "好。"));
        let right = (ADMIN, "某馆馆长:陆志远");
        assert_eq!(told(&[host, byline, right], 1), expected("陆志远", "某馆馆长", &["陆知远"], &[3]));
        // A caption alone may mean somebody else.
        assert_eq!(told(&[byline, right], 0), expected("陆知远", "某馆馆长", &[], &[]));
        let twice = [(HOST, "各位好。"), (HOST, "陆志远馆长您好!"), byline, right];
        assert_eq!(told(&twice, 1).0, "陆志远", "a question of two posts");
    }

    #[test]
    fn people_who_merely_look_alike_are_two() {
        let doctors = [("某院医师王建国", "早。"), (ADMIN, "某院医师:王建军"), ("某院医师王建军", "早。")];
        assert_eq!(told(&doctors, 0), expected("王建国", "某院医师", &[], &[]));
        assert_eq!(told(&doctors, 2), expected("王建军", "某院医师", &[], &[2]));
        let posts = [("某馆馆长王建国", "早。"), ("某校校长王建军", "早。"), (ADMIN, "某校校长:王建军")];
        assert_eq!(told(&posts, 0), expected("王建国", "某馆馆长", &[], &[]));
        assert_eq!(told(&posts, 1), expected("王建军", "某校校长", &[], &[3]));
        let stranger = [("某馆馆长王建国", "早。"), (ADMIN, "某校校长:王建军")];
        assert_eq!(told(&stranger, 0), expected("王建国", "某馆馆长", &[], &[]));
    }

    #[test]
    fn of_two_of_one_name_the_one_in_that_office_is_meant() {
        let posts = [("某馆馆长王芳", "早。"), ("某校校长王芳", "早。"), (ADMIN, "某校校长、书记:王芳")];
        assert_eq!(told(&posts, 0).3, [0; 0]);
        assert_eq!(told(&posts, 1), expected("王芳", "某校校长、书记", &[], &[3]));
    }

    #[test]
    fn a_damaged_caption_names_and_does_not_promote() {
        let posts = [("某省监督局书记陆知远", "早。"), (ADMIN, "某省监督副局党组书记、局长:陆知远")];
        assert_eq!(told(&posts, 0), expected("陆知远", "某省监督局书记", &[], &[2]));
    }

    #[test]
    fn posts_are_what_their_author_and_their_place_make_them() {
        use Kind::{Answer, Caption, Notice, Question, Speech};
        let posts = [
            (ADMIN, "直播开始啦!"),
            (HOST, "各位好。"),
            (HOST, "陆知远馆长您好!"),
            ("某馆馆长陆知远", "好。"),
            (ADMIN, "某馆馆长:陆知远"),
            ("某馆馆长陆知远", "再见。"),
            (HOST, "谢谢大家。"),
        ];
        let (transcript, structure) = record(&posts);
        let kinds: Vec<_> = transcript.ids().map(|id| structure.kind(&transcript, id)).collect();
        assert_eq!(kinds, [Notice, Question, Question, Answer, Caption, Answer, Speech]);
        let exchange = structure.exchange(&transcript, 0).unwrap();
        let numbers = |posts: &[PostId]| posts.iter().map(|post| post.number()).collect::<Vec<_>>();
        assert_eq!((numbers(&exchange.answers), numbers(&exchange.captions)), (vec![4, 6], vec![5]));
        let chat = [("admin", "某馆馆长:陆知远"), ("Ann", "hi")];
        let (transcript, structure) = record(&chat);
        assert_eq!(structure.kind(&transcript, PostId::new(0)), Speech, "nobody hosts a chat");
    }

    #[test]
    fn a_cast_that_grows_post_by_post_is_that_of_the_whole() {
        let lines = ["某馆馆长、书记:陆志远", "某校校长:王芳", "会议现场", "某局局长:李明远", "开始啦!"];
        let speakers = [ADMIN, HOST, "某馆馆长陆知远", "某校校长王芳", "某局局李明远"];
        let bodies = |index: usize| match index % 5 {
            0 => lines[index / 5 % 5],
            1 => "陆志远馆长您好!",
            _ => "好。",
        };
        let posts: Vec<_> = (0..120)
            .map(|index| index * 7 % 60 + index / 60)
            .map(|index| (speakers[index % 5], bodies(index)))
            .collect();
        let whole = record(&posts).1;
        assert_eq!(whole.people_count(), speakers.len());
        for size in [1, 2, 3, 7, 50] {
            let mut draft = Draft::default();
            let (mut transcript, mut grown) = (Transcript::default(), Structure::default());
            for batch in posts.chunks(size) {
                let (last, rest) = batch.split_last().unwrap();
                say(&mut draft, rest);
                // The last body comes in two halves.
                let cut = last.1.char_indices().nth(3).map_or(last.1.len(), |(at, _)| at);
                let (head, tail) = last.1.split_at(cut);
                say(&mut draft, &[(last.0, head)]);
                transcript.grow(draft.take());
                grown.extend(&transcript);
                let more = draft.append_text(tail);
                draft.extend_body(more.start, more.end);
                transcript.grow(draft.take());
                grown.extend(&transcript);
            }
            assert_eq!(grown, whole, "{size} at a time");
        }
    }
}
