//! Made-up live-text broadcasts of which everything is known: the text, and the truth beside it.
//!
//! The same seed gives the same broadcast. The field goes with the seed, so that twenty seeds in a row have every
//! field at least once.

pub mod chance;
pub mod fields;
pub mod people;
pub mod script;
pub mod talk;
pub mod truth;

use chance::Chance;
use fields::{FIELDS, REGIONS};
use script::{Manner, Placing, Post, Script};
use std::fmt::Write;
use talk::Form;
use truth::Truth;

const HOSTS: [&str; 10] = [
    "主持人",
    "主持人",
    "主持人林晓",
    "主持人周小川",
    "主持人欧阳静",
    "主持",
    "主持人沙某",
    "记者宁远",
    "本网记者苏叶",
    "主持人",
];

const ADMINS: [&str; 5] = ["直播管理员", "直播管理员", "管理员", "小编", "直播员"];

/// A made-up broadcast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broadcast {
    /// What its page is called.
    pub page: &'static str,
    /// The page as text.
    pub text: String,
    /// What is true of it.
    pub truth: Truth,
}

/// The broadcast of a seed.
pub fn broadcast(seed: u64) -> Broadcast {
    let mut chance = Chance::new(seed);
    let field = &FIELDS[seed as usize % FIELDS.len()];
    let region = chance.pick(&REGIONS);
    let count = if chance.percent(40) { chance.within(5..=12) } else { chance.within(13..=40) };
    let captioned = chance.pick(&[0, 50, 70, 80, 90, 100]);
    let guests = people::invite(&mut chance, field, region, (count, captioned));
    let manner = manner(&mut chance);
    let sessions = if count < 8 { chance.within(1..=2) } else { chance.within(1..=3) };
    let minute = chance.within(7 * 60..=9 * 60);
    let (posts, truth) = Script::new(&mut chance, field, &manner, &guests, minute).play(sessions);
    let text = text(field.page, &posts, chance.percent(50));
    Broadcast { page: field.page, text, truth }
}

fn manner(chance: &mut Chance) -> Manner {
    let mut hosts = vec![chance.pick(&HOSTS).to_owned()];
    if chance.percent(15) && hosts[0].starts_with("主持人") {
        hosts.push("主持人陆一鸣".to_owned());
    }
    Manner {
        hosts,
        admin: chance.pick(&ADMINS).to_owned(),
        placing: chance.pick(&[Placing::Behind, Placing::AtTheEnd, Placing::Ahead, Placing::Mixed]),
        form: chance.pick(&Form::ALL),
    }
}

/// The page: some have a title above the first post.
fn text(page: &str, posts: &[Post], is_titled: bool) -> String {
    let mut text = if is_titled { format!("{page}\n\n") } else { String::new() };
    for post in posts {
        let (day, minute) = (18 + post.minute / 1440, post.minute % 1440);
        let (hour, minute) = (minute / 60, minute % 60);
        let body = post.body.join("\n\n");
        write!(text, "2025-10-{day} {hour:02}:{minute:02}\n\n{}\n\n{body}\n\n", post.label).expect("memory");
    }
    text
}
