//! The card of a speaker: what is known, and what each of it rests on.

use crate::evidence::Evidence;
use crate::lang::Lang;
use crate::text::ruler::Ruler;
use crate::text::slice;
use crate::text::wrap::{self, Typesetting};
use crate::transcript::{PostId, SpeakerId};
use crate::when::coarse_duration;

/// The widest card inside, in cells.
const WIDEST: u16 = 72;

/// So many bylines, spellings and captions are told.
const MOST: usize = 24;

/// Cells that a frame takes from width and height.
const FRAME: (u16, u16) = (4, 2);

/// What a line of a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// What is known.
    Fact,
    /// What it rests on.
    Reason,
}

/// A line of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is about; empty where a line goes on.
    pub about: &'static str,
    /// The words.
    pub text: String,
    /// What they are.
    pub tone: Tone,
}

/// Width and rows inside of a card that stands within a part of the screen.
pub fn size((width, height): (u16, u16)) -> (usize, usize) {
    let width = width.saturating_sub(FRAME.0 + 2).clamp(12, WIDEST);
    (usize::from(width), usize::from(height.saturating_sub(FRAME.1 + 2).max(2)))
}

/// The column of the words, behind what they are about.
pub const fn indent(lang: Lang) -> usize {
    match lang {
        Lang::Zh => 7,
        Lang::En => 10,
    }
}

/// The lines of the card of a person, for a width inside; of a post too, if it was opened there.
pub fn lines(
    evidence: Evidence,
    (person, post): (SpeakerId, Option<PostId>),
    (ruler, width): (Ruler, usize),
) -> Vec<Line> {
    let Evidence { transcript, structure, lang } = evidence;
    let mut card = Sheet { lines: Vec::new(), ruler, width: width.saturating_sub(indent(lang)).max(4) };
    let name = structure.name(transcript, person);
    card.add(lang.pick("姓名", "name"), name, &evidence.name(person));
    let title = structure.title(transcript, person);
    if !title.is_empty() {
        card.add(lang.pick("职务", "title"), title, &evidence.title(person));
    }
    card.add(lang.pick("角色", "role"), lang.role(structure.role(person)), evidence.role(person));
    let aliases = structure.aliases(transcript, person);
    if !aliases.is_empty() {
        let all = evidence.list(aliases.into_iter().take(MOST).map(str::to_owned));
        card.add(lang.pick("别名", "alias"), &all, "");
    }
    for (index, id) in structure.bylines(person).take(MOST).enumerate() {
        let about = if index == 0 { lang.pick("署名", "byline") } else { "" };
        card.add(about, &transcript.speaker(id).label, evidence.byline(id).unwrap_or_default());
    }
    let more = structure.bylines(person).count().saturating_sub(MOST);
    if more > 0 {
        card.add("", &format!("+ {more}"), "");
    }
    card.add(lang.pick("发言", "posts"), &said(evidence, person), "");
    if let Some(ms) = structure.latency(person) {
        let why = lang
            .pick("从问完到开始回答,各问平均", "from the end of a question to the first answer, on average");
        card.add(lang.pick("应答", "waits"), &coarse_duration(lang, &transcript.meta, ms), why);
    }
    let captions = structure.captions(person);
    if !captions.is_empty() {
        let all = evidence.list(captions.iter().take(MOST).map(|caption| format!("#{}", caption.number())));
        card.add(lang.pick("图说", "caption"), &all, "");
    }
    if let Some(post) = post {
        let (kind, why) = evidence.kind(post);
        card.add(lang.pick("本条", "post"), &format!("#{} {kind}", post.number()), &why);
        let sessions = structure.sessions();
        let index = sessions.partition_point(|session| session.first <= post).saturating_sub(1);
        if let Some(session) = sessions.get(index).filter(|_| sessions.len() > 1) {
            let part = session.part.map(|part| format!(" {}", lang.day_part(part))).unwrap_or_default();
            let range = format!("#{}–{}{part}", session.first.number(), structure.session_posts(index).end);
            card.add(lang.pick("场次", "session"), &range, &evidence.session(session.first));
        }
    }
    card.lines
}

/// A share in hundredths, rounded.
pub const fn percent(part: usize, whole: usize) -> usize {
    let whole = if whole == 0 { 1 } else { whole };
    (part * 100 + whole / 2) / whole
}

/// `3 条 · 1203 字 · 5%`
fn said(evidence: Evidence, person: SpeakerId) -> String {
    let Evidence { structure, lang, .. } = evidence;
    let (posts, talk) = (structure.member(person).posts, structure.talk(person));
    let share = percent(talk, structure.total_chars());
    format!("{} · {talk} {} · {share}%", lang.posts(posts), lang.pick("字", "characters"))
}

struct Sheet {
    lines: Vec<Line>,
    ruler: Ruler,
    width: usize,
}

impl Sheet {
    fn add(&mut self, about: &'static str, fact: &str, reason: &str) {
        self.put(about, fact, Tone::Fact);
        if !reason.is_empty() {
            self.put("", reason, Tone::Reason);
        }
    }

    fn put(&mut self, about: &'static str, text: &str, tone: Tone) {
        let mut about = about;
        // A byline may hold anything; lines are broken where it breaks them.
        for line in text.split('\n') {
            for row in wrap::rows((self.ruler, Typesetting::default()), line, self.width, 0) {
                self.lines.push(Line {
                    about: std::mem::take(&mut about),
                    text: slice(line, row).to_owned(),
                    tone,
                });
            }
        }
    }
}
