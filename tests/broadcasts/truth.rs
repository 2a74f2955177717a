//! What is true of a broadcast.

use super::people::{Damage, Guest};
use super::script::Manner;
use shilu::transcript::{Kind, Role};

/// What a post is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The part of who wrote it.
    pub role: Role,
    /// What it is.
    pub kind: Kind,
    /// The guest who speaks in it or is shown by it.
    pub guest: Option<usize>,
}

/// Who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The byline.
    pub byline: String,
    /// The right name.
    pub name: String,
    /// The office of the fullest caption, else that of the byline.
    pub title: String,
    /// Other spellings of the name.
    pub aliases: Vec<String>,
    /// Whether the byline has lost the last character of the office.
    pub is_cut: bool,
    /// The captions, in order.
    pub captions: Vec<usize>,
}

/// A question and what belongs to it; posts by index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The first post of the question.
    pub question: usize,
    /// Who answers, in order.
    pub guests: Vec<usize>,
    /// The answers.
    pub answers: Vec<usize>,
    /// The captions that stand with it: a caption stands with the last exchange before it in which its guest answers,
    /// else with the first.
    pub captions: Vec<usize>,
}

/// Everything that is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// Bylines of hosts and admins.
    pub staff: Vec<(String, Role)>,
    /// The guests.
    pub guests: Vec<Person>,
    /// Every post.
    pub posts: Vec<Told>,
    /// The exchanges, in order.
    pub exchanges: Vec<Exchange>,
    /// First posts of the sessions.
    pub sessions: Vec<usize>,
}

impl Truth {
    /// What is true before anything is said.
    pub fn of(guests: &[Guest], manner: &Manner) -> Self {
        let hosts = manner.hosts.iter().map(|host| (host.clone(), Role::Host));
        Self {
            staff: hosts.chain([(manner.admin.clone(), Role::Admin)]).collect(),
            guests: guests.iter().map(Person::of).collect(),
            posts: Vec::new(),
            exchanges: Vec::new(),
            sessions: Vec::new(),
        }
    }

    /// Takes in a question that was answered.
    pub fn ask(&mut self, question: usize, guests: &[usize], answers: Vec<usize>) {
        self.exchanges.push(Exchange { question, guests: guests.to_vec(), answers, captions: Vec::new() });
    }

    /// Whether a guest has answered something.
    pub fn has_answered(&self, guest: usize) -> bool {
        self.exchanges.iter().any(|exchange| exchange.guests.contains(&guest))
    }

    /// Puts every caption with its exchange, once all is said.
    pub fn settle(&mut self) {
        for (guest, person) in self.guests.iter().enumerate() {
            for &caption in &person.captions {
                let mine = |exchange: &Exchange| exchange.guests.contains(&guest);
                let answered = |exchange: &Exchange| {
                    let posts = exchange.answers.iter();
                    posts.clone().any(|&post| post < caption && self.posts[post].guest == Some(guest))
                };
                let last = self.exchanges.iter().rposition(answered);
                let place = last.or_else(|| self.exchanges.iter().position(mine));
                let exchange = place.and_then(|place| self.exchanges.get_mut(place));
                exchange.expect("every guest answers").captions.push(caption);
            }
        }
        for exchange in &mut self.exchanges {
            exchange.captions.sort_unstable();
        }
    }
}

impl Person {
    fn of(guest: &Guest) -> Self {
        let fullest = guest.captions.iter().rev().max_by_key(|office| office.chars().count());
        let aliases = if guest.damage == Damage::Name { vec![guest.spelled.clone()] } else { Vec::new() };
        Self {
            byline: guest.byline.clone(),
            name: guest.name.clone(),
            title: fullest.unwrap_or(&guest.office).clone(),
            aliases,
            is_cut: guest.damage == Damage::Office,
            captions: Vec::new(),
        }
    }
}
