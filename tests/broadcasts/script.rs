//! The course of a broadcast: sessions of rounds, each a question and its answers, with announcements and captions.

use super::chance::Chance;
use super::fields::Field;
use super::people::Guest;
use super::talk::{self, Form};
use super::truth::{Told, Truth};
use shilu::transcript::{Kind, Role};
use std::mem::take;

/// Where a page puts the caption of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placing {
    /// Right behind the answers.
    Behind,
    /// With all others at the end of the session.
    AtTheEnd,
    /// Before the guest speaks.
    Ahead,
    /// Here and there.
    Mixed,
}

/// Who runs the page, and how.
#[derive(Debug, Clone)]
pub struct Manner {
    /// The hosts' bylines.
    pub hosts: Vec<String>,
    /// The admin's byline.
    pub admin: String,
    /// Where captions stand.
    pub placing: Placing,
    /// How most of them are written.
    pub form: Form,
}

/// A post as written.
#[derive(Debug, Clone)]
pub struct Post {
    /// Minutes from midnight.
    pub minute: usize,
    /// Byline.
    pub label: String,
    /// Paragraphs.
    pub body: Vec<String>,
}

/// One who writes a broadcast and keeps what is true of it.
#[derive(Debug)]
pub struct Script<'a> {
    chance: &'a mut Chance,
    field: &'a Field,
    manner: &'a Manner,
    guests: &'a [Guest],
    /// Offices of captions that are still to come, by guest, the first last.
    captions: Vec<Vec<String>>,
    /// Guests whose caption waits for the end of the session.
    waiting: Vec<usize>,
    minute: usize,
    posts: Vec<Post>,
    truth: Truth,
}

impl<'a> Script<'a> {
    /// A script that begins at a minute of the day.
    pub fn new(
        chance: &'a mut Chance,
        field: &'a Field,
        manner: &'a Manner,
        guests: &'a [Guest],
        minute: usize,
    ) -> Self {
        let captions = guests.iter().map(|guest| guest.captions.iter().rev().cloned().collect()).collect();
        let truth = Truth::of(guests, manner);
        let waiting = Vec::new();
        Self { chance, field, manner, guests, captions, waiting, minute, posts: Vec::new(), truth }
    }

    /// Plays it in so many sessions.
    pub fn play(mut self, sessions: usize) -> (Vec<Post>, Truth) {
        let rounds = self.rounds();
        let share = rounds.len().div_ceil(sessions);
        let count = rounds.chunks(share).count();
        for (index, rounds) in rounds.chunks(share).enumerate() {
            self.open(index);
            for round in rounds {
                self.round(round);
            }
            self.close(index + 1 == count);
        }
        self.truth.settle();
        (self.posts, self.truth)
    }

    /// Who answers together, in order: everybody once, some once more.
    fn rounds(&mut self) -> Vec<Vec<usize>> {
        let mut rounds: Vec<Vec<usize>> = Vec::new();
        for guest in 0..self.guests.len() {
            match rounds.last_mut() {
                Some(round) if round.len() == 1 && self.chance.percent(14) => round.push(guest),
                _ => rounds.push(vec![guest]),
            }
        }
        for _ in 0..self.guests.len() / 5 {
            rounds.push(vec![self.chance.within(0..=self.guests.len() - 1)]);
        }
        rounds
    }

    fn post(&mut self, label: &str, body: Vec<String>, told: Told) -> usize {
        self.posts.push(Post { minute: self.minute, label: label.to_owned(), body });
        self.truth.posts.push(told);
        if self.chance.percent(60) {
            self.minute += self.chance.within(1..=5);
        }
        self.posts.len() - 1
    }

    fn notice(&mut self, words: String) {
        let admin = self.manner.admin.clone();
        self.post(&admin, vec![words], Told { role: Role::Admin, kind: Kind::Notice, guest: None });
    }

    fn host(&mut self, words: String, kind: Kind) -> usize {
        let host = self.chance.pick(&self.manner.hosts.iter().collect::<Vec<_>>()).clone();
        self.post(&host, vec![words], Told { role: Role::Host, kind, guest: None })
    }

    fn speak(&mut self, guest: usize, kind: Kind) -> usize {
        let words = talk::answer(self.chance, self.field);
        let label = self.guests[guest].byline.clone();
        self.post(&label, words, Told { role: Role::Guest, kind, guest: Some(guest) })
    }

    /// A session begins, with an announcement up to an hour and a half before it if it is not the first.
    fn open(&mut self, index: usize) {
        self.truth.sessions.push(self.posts.len());
        if index > 0 {
            self.minute += self.chance.within(90..=180);
            if self.chance.percent(70) {
                let words = talk::soon(self.chance, self.minute > 16 * 60);
                self.notice(words);
                self.minute += self.chance.within(45..=90);
            }
        } else {
            let words = talk::before(self.chance, self.field);
            self.notice(words);
            self.minute += self.chance.within(2..=70);
            if self.chance.percent(50) {
                let words = talk::before(self.chance, self.field);
                self.notice(words);
            }
            if self.chance.percent(15) {
                self.speak(0, Kind::Speech);
            }
        }
    }

    /// A session ends.
    fn close(&mut self, is_last: bool) {
        let mut waiting = take(&mut self.waiting);
        if is_last {
            waiting.extend((0..self.guests.len()).filter(|&guest| !self.captions[guest].is_empty()));
        }
        let captions_first = self.chance.percent(50);
        if captions_first {
            self.show(&waiting);
        }
        if self.chance.percent(70) {
            let words = talk::farewell(self.chance, self.field, is_last);
            self.host(words, Kind::Speech);
        }
        if !captions_first {
            self.show(&waiting);
        }
        if self.chance.percent(75) {
            let words = talk::over(self.chance, is_last);
            self.notice(words);
        }
    }

    fn show(&mut self, guests: &[usize]) {
        for &guest in guests {
            self.caption(guest);
        }
    }

    /// The next caption of a guest, if one is left.
    fn caption(&mut self, guest: usize) {
        let Some(office) = self.captions[guest].pop() else { return };
        let form = if self.chance.percent(85) { self.manner.form } else { self.chance.pick(&Form::ALL) };
        let words = form.caption(&office, &self.guests[guest].name);
        let admin = self.manner.admin.clone();
        let told = Told { role: Role::Admin, kind: Kind::Caption, guest: Some(guest) };
        let post = self.post(&admin, vec![words], told);
        self.truth.guests[guest].captions.push(post);
    }

    fn placing(&mut self) -> Placing {
        match self.manner.placing {
            Placing::Mixed => self.chance.pick(&[Placing::Behind, Placing::AtTheEnd, Placing::Ahead]),
            placing => placing,
        }
    }

    /// A question, its answers, and perhaps more questions to the same guest.
    fn round(&mut self, round: &[usize]) {
        let guests = self.guests;
        let invited: Vec<&Guest> = round.iter().map(|&guest| &guests[guest]).collect();
        let is_new = self.truth.exchanges.is_empty() || self.follows_a_break();
        let before = self.truth.exchanges.last().and_then(|last| last.guests.last());
        let before = before.map(|&guest| &guests[guest]).filter(|_| !is_new);
        let mut words = talk::question(self.chance, self.field, &invited, before);
        let mut question = None;
        if is_new {
            let welcome = talk::welcome(self.chance, self.field, self.truth.exchanges.is_empty());
            if self.chance.percent(50) {
                question = Some(self.host(welcome, Kind::Question));
            } else {
                words = welcome + &words;
            }
        }
        let last = self.host(words, Kind::Question);
        self.answers(question.unwrap_or(last), round);
        for &guest in round {
            if round.len() == 1 && self.chance.percent(30) {
                let words = talk::follow_up(self.chance, self.field, &guests[guest]);
                let question = self.host(words, Kind::Question);
                self.answers(question, round);
            }
        }
        let guest = self.chance.pick(round);
        self.aside(guest, 10);
    }

    /// The admin says something in passing, so many times of a hundred.
    fn aside(&mut self, guest: usize, times: usize) {
        if self.chance.percent(times) {
            let words = talk::between(self.chance, self.field, &self.guests[guest]);
            self.notice(words);
        }
    }

    /// Whether no question was asked in this session yet.
    fn follows_a_break(&self) -> bool {
        let begun = self.truth.sessions.last();
        let last = self.truth.exchanges.last().map(|exchange| &exchange.question);
        last < begun
    }

    fn answers(&mut self, question: usize, round: &[usize]) {
        let mut answers = Vec::new();
        let mut behind = Vec::new();
        for &guest in round {
            let is_first = self.captions[guest].len() == self.guests[guest].captions.len();
            match self.placing() {
                _ if !is_first => behind.push(guest),
                Placing::Ahead if !self.truth.has_answered(guest) => self.caption(guest),
                Placing::AtTheEnd if self.waiting.contains(&guest) => {}
                Placing::AtTheEnd => self.waiting.push(guest),
                Placing::Behind | Placing::Ahead | Placing::Mixed => behind.push(guest),
            }
            let posts = self.chance.pick(&[1, 1, 1, 2, 2, 3, 5]);
            for _ in 0..posts {
                self.aside(guest, 4);
                answers.push(self.speak(guest, Kind::Answer));
            }
            if self.chance.percent(60) {
                self.show(&take(&mut behind));
            }
        }
        self.show(&behind);
        self.truth.ask(question, round, answers);
    }
}
