//! Who is who in a broadcast, and what each post is: scored on made-up broadcasts of which all is known.
//!
//! `cargo test --test cast -- --nocapture` says how many of each were right, and shows the first that were not.

mod broadcasts;
mod say;

use broadcasts::fields::FIELDS;
use broadcasts::truth::{Exchange, Person, Truth};
use broadcasts::{Broadcast, broadcast};
use say::say;
use shilu::format::{Forced, read_bytes};
use shilu::structure::Structure;
use shilu::transcript::{Kind, PostId, Role, SpeakerId, Transcript};
use std::collections::BTreeSet;
use std::fmt::Debug;

const SEEDS: u64 = 20;

/// So many of a hundred are right over all broadcasts, and in each one.
const OVER_ALL: usize = 95;
const IN_EACH: usize = 85;

/// So many of each that are wrong are shown.
const SHOWN: usize = 12;

/// What is scored.
const SCORED: [&str; 7] = ["names", "titles", "roles", "kinds", "captions", "exchanges", "sessions"];

/// How many were right, and what was not.
#[derive(Debug, Clone, Default)]
struct Score {
    right: usize,
    total: usize,
    missed: Vec<String>,
}

impl Score {
    fn take<T: PartialEq + Debug>(&mut self, who: &str, found: &T, expected: &T) {
        self.total += 1;
        if found == expected {
            self.right += 1;
        } else {
            self.missed.push(format!("{who}: found {found:?}, expected {expected:?}"));
        }
    }

    fn add(&mut self, other: &Self) {
        self.right += other.right;
        self.total += other.total;
        self.missed.extend(other.missed.iter().cloned());
    }

    fn is_enough(&self, percent: usize) -> bool {
        self.right * 100 >= self.total * percent
    }
}

/// What the program makes of a broadcast, in the words of the truth.
struct Found {
    transcript: Transcript,
    structure: Structure,
}

impl Found {
    fn of(broadcast: &Broadcast) -> Self {
        let (transcript, _) = read_bytes(broadcast.text.as_bytes(), Forced::default()).expect("a record");
        let structure = Structure::of(&transcript);
        Self { transcript, structure }
    }

    fn speaker(&self, byline: &str) -> SpeakerId {
        let index = self.transcript.speakers().iter().position(|speaker| speaker.label == byline);
        SpeakerId::new(index.expect("everybody speaks"))
    }

    /// The name and its other spellings.
    fn name(&self, byline: &str) -> (String, Vec<String>) {
        let id = self.speaker(byline);
        {
            let aliases = self.structure.aliases(&self.transcript, id);
            (
                self.structure.name(&self.transcript, id).to_owned(),
                aliases.into_iter().map(str::to_owned).collect(),
            )
        }
    }

    fn title(&self, byline: &str) -> String {
        self.structure.title(&self.transcript, self.speaker(byline)).to_owned()
    }

    fn role(&self, byline: &str) -> Role {
        self.structure.role(self.speaker(byline)).clone()
    }

    fn kind(&self, post: usize) -> Kind {
        self.structure.kind(&self.transcript, PostId::new(post))
    }

    fn captions(&self, byline: &str) -> Vec<usize> {
        self.structure.captions(self.speaker(byline)).iter().copied().map(PostId::index).collect()
    }

    /// The exchanges, with guests as the truth counts them.
    fn exchanges(&self, truth: &Truth) -> Vec<Exchange> {
        let guest = |id: &SpeakerId| {
            let label = &self.transcript.speaker(*id).label;
            truth.guests.iter().position(|guest| guest.byline == *label).unwrap_or(usize::MAX)
        };
        let posts = |posts: &[PostId]| posts.iter().copied().map(PostId::index).collect();
        let exchanges = self.structure.exchanges(&self.transcript);
        let told = exchanges.map(|exchange| Exchange {
            question: exchange.question.index(),
            guests: exchange.guests.iter().map(guest).collect(),
            answers: posts(&exchange.answers),
            captions: posts(&exchange.captions),
        });
        told.collect()
    }

    fn sessions(&self) -> Vec<usize> {
        self.structure.sessions().iter().map(|session| session.first.index()).collect()
    }

    fn post(&self, post: usize) -> String {
        let id = PostId::new(post);
        let label = &self.transcript.speaker(self.transcript.speaker_of(id)).label;
        let words: String = self.transcript.body(id).trim().chars().take(30).collect();
        format!("post {post} {label} | {words}")
    }
}

/// The scores of a broadcast, in the order of [`SCORED`].
fn scores(seed: u64) -> [Score; SCORED.len()] {
    let broadcast = broadcast(seed);
    let (truth, found) = (&broadcast.truth, Found::of(&broadcast));
    let mut scores: [Score; SCORED.len()] = Default::default();
    let [names, titles, roles, kinds, captions, exchanges, sessions] = &mut scores;
    for guest in &truth.guests {
        let (byline, who) = (&guest.byline, format!("seed {seed}, {}", guest.byline));
        names.take(&who, &found.name(byline), &(guest.name.clone(), guest.aliases.clone()));
        titles.take(&who, &found.title(byline), &guest.title);
        roles.take(&who, &found.role(byline), &Role::Guest);
        captions.take(&who, &found.captions(byline), &guest.captions);
    }
    for (byline, role) in truth.staff.iter().filter(|(byline, _)| is_heard(&found, byline)) {
        roles.take(&format!("seed {seed}, {byline}"), &found.role(byline), role);
    }
    for (post, told) in truth.posts.iter().enumerate() {
        kinds.take(&format!("seed {seed}, {}", found.post(post)), &found.kind(post), &told.kind);
    }
    compare(exchanges, seed, &found.exchanges(truth), &truth.exchanges, |exchange| exchange.question);
    compare(sessions, seed, &found.sessions(), &truth.sessions, |&first| first);
    scores
}

fn is_heard(found: &Found, byline: &str) -> bool {
    found.transcript.speakers().iter().any(|speaker| speaker.label == byline)
}

/// Scores things that are found by where they begin. One that is found where there is none is wrong as well.
fn compare<T: PartialEq + Debug>(
    score: &mut Score,
    seed: u64,
    found: &[T],
    expected: &[T],
    place: impl Fn(&T) -> usize,
) {
    let places: BTreeSet<usize> = found.iter().chain(expected).map(&place).collect();
    for at in places {
        let one = |all: &'_ [T]| all.iter().position(|one| place(one) == at);
        let found = one(found).map(|index| &found[index]);
        let expected = one(expected).map(|index| &expected[index]);
        score.take(&format!("seed {seed}, post {at}"), &found, &expected);
    }
}

#[test]
fn nearly_everything_is_right_in_twenty_broadcasts_of_many_fields() {
    let mut all: [Score; SCORED.len()] = Default::default();
    let mut failed = Vec::new();
    for seed in 0..SEEDS {
        let scores = scores(seed);
        for ((name, score), all) in SCORED.iter().zip(&scores).zip(&mut all) {
            if !score.is_enough(IN_EACH) {
                failed.push(format!("seed {seed}: {} of {} {name}", score.right, score.total));
            }
            all.add(score);
        }
    }
    for (name, score) in SCORED.iter().zip(&all) {
        say(&format!("{} of {} {name} are right", score.right, score.total));
        for missed in score.missed.iter().take(SHOWN) {
            say(&format!("    {missed}"));
        }
        if !score.is_enough(OVER_ALL) {
            failed.push(format!("over all: {} of {} {name}", score.right, score.total));
        }
    }
    assert!(failed.is_empty(), "too few are right:\n{}", failed.join("\n"));
}

#[test]
fn the_truth_of_a_broadcast_agrees_with_its_text() {
    for seed in 0..SEEDS * 5 {
        let broadcast = broadcast(seed);
        let (truth, found) = (&broadcast.truth, Found::of(&broadcast));
        assert_eq!(found.transcript.len(), truth.posts.len(), "seed {seed}");
        assert_eq!(found.transcript.speakers().len(), heard(&found, truth), "seed {seed}");
        assert!((5..=40).contains(&truth.guests.len()), "seed {seed}");
        for (post, told) in truth.posts.iter().enumerate() {
            let words = found.transcript.body(PostId::new(post));
            let said = format!("seed {seed}, {}", found.post(post));
            let guest = told.guest.map(|guest| &truth.guests[guest]);
            match told.kind {
                Kind::Caption => {
                    let guest = guest.expect("a caption shows somebody");
                    assert!(words.contains(&guest.name) && guest.captions.contains(&post), "{said}");
                }
                Kind::Answer => assert!(answers(truth, post) == 1 && guest.is_some(), "{said}"),
                Kind::Question | Kind::Notice => {
                    assert!(guest.is_none() && answers(truth, post) == 0, "{said}");
                }
                kind => assert!(kind == Kind::Speech && answers(truth, post) == 0, "{said}"),
            }
        }
        for exchange in &truth.exchanges {
            assert_eq!(truth.posts[exchange.question].kind, Kind::Question, "seed {seed}");
            assert!(exchange.answers.iter().all(|&answer| answer > exchange.question), "seed {seed}");
        }
        let shown: usize = truth.guests.iter().map(|guest| guest.captions.len()).sum();
        let standing: usize = truth.exchanges.iter().map(|exchange| exchange.captions.len()).sum();
        let captions = truth.posts.iter().filter(|told| told.kind == Kind::Caption).count();
        assert_eq!((shown, standing), (captions, captions), "seed {seed}");
        assert_eq!(truth.sessions.first(), Some(&0), "seed {seed}");
    }
}

/// How many exchanges a post is an answer in.
fn answers(truth: &Truth, post: usize) -> usize {
    truth.exchanges.iter().filter(|exchange| exchange.answers.contains(&post)).count()
}

/// How many bylines there are.
fn heard(found: &Found, truth: &Truth) -> usize {
    truth.guests.len() + truth.staff.iter().filter(|(byline, _)| is_heard(found, byline)).count()
}

#[test]
fn a_seed_gives_the_same_broadcast_and_another_seed_another() {
    assert_eq!(broadcast(7), broadcast(7));
    assert_ne!(broadcast(7).text, broadcast(7 + FIELDS.len() as u64).text);
}

#[test]
fn twenty_broadcasts_have_everything_that_is_hard() {
    let all: Vec<Broadcast> = (0..SEEDS).map(broadcast).collect();
    let pages: BTreeSet<&str> = all.iter().map(|broadcast| broadcast.page).collect();
    assert!(pages.len() >= 10, "{pages:?}");
    let guests: Vec<&Person> = all.iter().flat_map(|broadcast| &broadcast.truth.guests).collect();
    let count = |is: fn(&Person) -> bool| guests.iter().filter(|guest| is(guest)).count();
    for damaged in [count(|guest| !guest.aliases.is_empty()), count(|guest| guest.is_cut)] {
        assert!((3..=8).contains(&(damaged * 100 / guests.len())), "{damaged} of {}", guests.len());
    }
    assert!(count(|guest| guest.name.contains('·')) >= 5);
    assert!(count(|guest| guest.name.chars().count() == 4) >= 5);
    assert!(count(|guest| guest.captions.is_empty()) >= 40);
    assert!(count(|guest| guest.captions.len() > 1) >= 10);
    let look_alike = |pair: &&[Person]| {
        let starts = [0, 1].map(|index: usize| pair[index].name.chars().take(2).collect::<String>());
        starts[0] == starts[1] && pair[0].name != pair[1].name
    };
    let alike: usize = all.iter().map(|one| one.truth.guests.windows(2).filter(look_alike).count()).sum();
    assert!(alike >= 10, "{alike}");
    for hard in [
        |truth: &Truth| truth.sessions.len() > 1,
        |truth: &Truth| truth.exchanges.iter().any(|exchange| exchange.guests.len() == 2),
        |truth: &Truth| truth.exchanges.iter().any(|exchange| exchange.answers.len() > 3),
        |truth: &Truth| truth.staff.iter().any(|(byline, _)| byline.starts_with("记者")),
    ] {
        assert!(all.iter().any(|broadcast| hard(&broadcast.truth)));
    }
}
