//! What every derivation rests on, in words: for `info --why` and for the card of a person in the reader.

use crate::lang::Lang;
use crate::structure::{Correction, Place, Structure, role_of};
use crate::transcript::{Kind, PostId, Role, SpeakerId, Transcript};
use crate::when::duration;

/// A record, what was derived from it, and the language to tell it in.
#[derive(Clone, Copy)]
pub struct Evidence<'a> {
    /// The record.
    pub transcript: &'a Transcript,
    /// What was derived.
    pub structure: &'a Structure,
    /// The language.
    pub lang: Lang,
}

impl Evidence<'_> {
    /// The role of a speaker.
    pub fn role(&self, id: SpeakerId) -> &'static str {
        let (structure, lang) = (self.structure, self.lang);
        let main = structure.main_byline(id);
        let bylines = || std::iter::once(structure.person(id)).chain(structure.other_bylines(id));
        let says = |id| role_of(self.transcript.speaker(id)) != Role::Unknown;
        let corrected = |id| structure.correction(id).is_some_and(|correction| correction.role.is_some());
        match (&structure.member(id).role, structure.role(id)) {
            _ if bylines().any(corrected) => self.corrected(),
            _ if self.transcript.speaker(main).declared().role.is_some() => self.declared(),
            (Role::Unknown, Role::Guest) => {
                lang.pick("有主持人,而署名没有别的角色", "there is a host, and the byline says nothing else")
            }
            (Role::Host, _) if !bylines().any(says) => lang.pick(
                "几乎每人首次发言前都是此人在问",
                "speaks before nearly everybody's first word, and asks",
            ),
            (Role::Unknown, _) => lang.pick("署名没有说明", "the byline does not say"),
            _ => lang.pick("署名写明", "the byline says so"),
        }
    }

    /// The name of a speaker.
    pub fn name(&self, id: SpeakerId) -> String {
        let (structure, lang) = (self.structure, self.lang);
        let main = structure.main_byline(id);
        if structure.correction(main).is_some_and(|correction| correction.name.is_some()) {
            return self.corrected().to_owned();
        }
        let speaker = self.transcript.speaker(main);
        if speaker.declared().name.is_some() {
            return self.declared().to_owned();
        }
        let name = structure.name(self.transcript, id);
        let Some(told) = structure.told(id).filter(|told| told.name == name) else {
            let whole = name == speaker.label;
            let split = lang.pick("拆自署名", "taken from the byline");
            return if whole { lang.pick("整个署名", "the whole byline") } else { split }.to_owned();
        };
        let spelled = |(at, spelling): &(Place, String)| {
            let at = place(*at, self.lang);
            if *spelling == told.name { at } else { format!("{at} ({spelling})") }
        };
        self.list(told.places.iter().map(spelled))
    }

    /// The title of a speaker.
    pub fn title(&self, id: SpeakerId) -> String {
        let main = self.structure.main_byline(id);
        if self.structure.correction(main).is_some_and(|correction| correction.title.is_some()) {
            return self.corrected().to_owned();
        }
        if self.transcript.speaker(main).declared().title.is_some() {
            return self.declared().to_owned();
        }
        let office = self.structure.told(id).and_then(|told| told.office.as_ref());
        place(office.map_or(Place::Byline(main), |(place, _)| *place), self.lang)
    }

    /// Why a byline counts with another one, or is a person of its own; nothing of one that nobody doubts.
    pub fn byline(&self, id: SpeakerId) -> Option<&'static str> {
        let structure = self.structure;
        let has = |id| {
            structure.correction(id).is_some_and(|known: &Correction| known.same_as.is_some() || known.apart)
        };
        if has(id) {
            return Some(self.corrected());
        }
        let person = structure.person(id);
        let same =
            "the same office, one character apart, and the host asks for the one by the name of the other";
        let same = self.lang.pick("职务相同,姓名只差一字,主持人请的正是另一个写法", same);
        (person != id).then_some(if has(person) { self.corrected() } else { same })
    }

    /// What kind of post one is, and why.
    pub fn kind(&self, post: PostId) -> (&str, String) {
        let (structure, lang) = (self.structure, self.lang);
        let kind = structure.kind(self.transcript, post);
        let name = lang.kind(kind).unwrap_or_else(|| self.transcript.kind_name(kind));
        let number = structure.exchange_of(post).unwrap_or_default();
        let asked = structure.question_of(post).unwrap_or_default().number();
        let why = match kind {
            _ if self.transcript.post(post).kind != Kind::Speech => self.declared().to_owned(),
            Kind::Caption => {
                let guest = structure.caption_of(post).unwrap_or_default();
                let name = structure.name(self.transcript, guest);
                format!("{} {name}", lang.pick("管理员的一行,写的是", "one line by the admin that names"))
            }
            Kind::Notice => lang.pick("管理员所发", "by the admin").to_owned(),
            Kind::Question => {
                format!(
                    "{} {number}",
                    lang.pick("主持人所问,其后有答:问答", "the host asks, and is answered: exchange")
                )
            }
            Kind::Answer => {
                format!("{} #{asked}", lang.pick("答主持人所问", "answers what the host asks in"))
            }
            _ if structure.is_hosted() => {
                lang.pick("不在问答之内", "within no question and answer").to_owned()
            }
            _ => lang.pick("没有主持人", "there is no host").to_owned(),
        };
        (name, why)
    }

    /// Where the session that begins with a post comes from.
    pub fn session(&self, first: PostId) -> String {
        let (transcript, lang) = (self.transcript, self.lang);
        let before =
            first.index().checked_sub(1).map(PostId::new).and_then(|before| transcript.start(before));
        let gap = before.zip(transcript.start(first)).map(|(before, start)| start - before);
        let is_notice = self.structure.kind(transcript, first) == Kind::Notice;
        match gap {
            None => lang.pick("从头开始", "the record begins").to_owned(),
            Some(ms) => {
                let behind =
                    format!("{} {}", lang.pick("此前静默", "behind a silence of"), duration(lang, ms));
                let joins = lang.pick(";预告归入所预告的场次", "; an announcement joins what it announces");
                if is_notice { behind + joins } else { behind }
            }
        }
    }

    /// Several in a row.
    pub fn list(&self, parts: impl Iterator<Item = String>) -> String {
        parts.collect::<Vec<_>>().join(self.lang.pick("、", ", "))
    }

    fn corrected(&self) -> &'static str {
        self.lang.pick("更正", "corrected")
    }

    fn declared(&self) -> &'static str {
        self.lang.pick("文件写明", "the file says so")
    }
}

/// Where a name is spelled.
pub fn place(place: Place, lang: Lang) -> String {
    match place {
        Place::Byline(_) => lang.pick("署名", "byline").to_owned(),
        Place::Question(post) => format!("{} #{}", lang.pick("提问", "question"), post.number()),
        Place::Caption(post) => format!("{} #{}", lang.pick("图说", "caption"), post.number()),
    }
}
