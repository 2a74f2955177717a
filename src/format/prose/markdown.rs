//! Transcripts in Markdown: `### 甲：` and paragraphs below it (`SayIt`, audreyt/transcript), `**Ann:** text`, `**Ann** [00:12:30]`,
//! `**Ann:** \[00:12\] text`, `Ann: 00:12:30` on a line of its own below front matter (bitcointranscripts), and what
//! `shilu export --to md` writes: `## 2018-01-09`, `### 主持人 · 15:14`.
//!
//! Which of them a text has is told by its first 64 KiB. Other headings are notes; marks, comments and the addresses of links are
//! not shown, quotes and lists keep their lines.

use super::inline::plain;
use super::labels::{Standing, standing};
use super::lead::Lead;
use super::mark::{self, Clock, Mark, day};
use super::script::{Name, Script, Sort, named, sort, stamped, unquoted};
use crate::format::error::ParseError;
use crate::format::head::Head;
use crate::format::lines::{Line, Lines};
use crate::format::parser::{HEAD, Parser, Wire, head};
use crate::text::valid;
use crate::transcript::{Draft, Kind, Post};

/// The streaming parser.
#[derive(Debug, Default)]
pub struct Markdown {
    lines: Lines,
    script: Option<Script>,
    page: Page,
}

impl Wire for Markdown {
    fn score(head: &Head) -> u8 {
        if head.text.trim_start().starts_with(['<', '{']) { 0 } else { Script::of(head.text).sureness }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Self>::default()
    }
}

impl Parser for Markdown {
    fn in_place(&self) -> bool {
        false
    }

    fn feed(&mut self, text: &[u8], at: usize, out: &mut Draft) -> Result<(), ParseError> {
        let Self { lines, script, page } = self;
        let script = *script.get_or_insert_with(|| Script::of(head(text)));
        lines.feed(text, at, |line| page.line(line, script, out));
        out.lines = lines.count;
        Ok(())
    }

    fn finish(&mut self, out: &mut Draft) -> Result<(), ParseError> {
        let Self { lines, script, page } = self;
        let script = script.unwrap_or_default();
        lines.finish(|line| page.line(line, script, out));
        out.lines = lines.count;
        page.note_day(out);
        if out.is_empty() {
            page.all_is_lead(out);
        }
        Ok(())
    }

    fn is_midway(&self) -> bool {
        self.lines.is_midway()
    }

    fn suits(&self, text: &[u8]) -> bool {
        self.script.is_none_or(|script| script == Script::of(head(text)))
    }
}

/// What a line stands in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Within {
    #[default]
    Text,
    /// What stands between `---` at the top.
    Front,
    /// Code.
    Fence,
}

/// What is known at a line.
#[derive(Debug, Default)]
struct Page {
    lead: Lead,
    clock: Clock,
    within: Within,
    comment: bool,
    /// Whether the last post is a note that has ended.
    closed: bool,
    /// A heading that is a day, and its line: it is told by the times below it, or else a note.
    day: Option<(String, u32)>,
}

impl Page {
    fn line(&mut self, line: Line, script: Script, out: &mut Draft) {
        let raw = valid(line.text);
        if !line.first {
            return self.words(raw, "", &line, out);
        }
        let (begun, text) =
            (self.comment, raw.trim_matches(|ch: char| ch.is_whitespace() || ch == '\u{feff}'));
        let has_comment = text.contains("<!--") && !text.contains("\\<!--");
        let text = if has_comment || begun { self.uncommented(text) } else { text.to_owned() };
        let text = text.as_str();
        if line.number == 1 && text == "---" {
            self.within = Within::Front;
        } else if self.within == Within::Front {
            self.field(text, out);
        } else if text.starts_with("```") || text.starts_with("~~~") {
            let is_code = self.within == Within::Fence;
            self.within = if is_code { Within::Text } else { Within::Fence };
        } else if self.within == Within::Fence {
            self.words(raw, "\n", &line, out);
        } else if !text.is_empty() && !is_rule(text) {
            self.told(text, script, &line, out);
        }
    }

    fn told(&mut self, text: &str, script: Script, line: &Line, out: &mut Draft) {
        let text = unquoted(text);
        match sort(text) {
            Sort::Heading(level, heading) => {
                match named(&heading).or_else(|| nameless(&heading)).filter(|_| script.level == Some(level)) {
                    Some(name) => self.begin(&name, "", line.number, out),
                    None => self.heading(level, &heading, line.number, out),
                }
            }
            Sort::Bold(name, words)
                if script.bold && (name.is_marked || standing(&name.label) > Standing::Never) =>
            {
                self.begin(&name, &plain(&words), line.number, out);
            }
            _ => match stamped(text).filter(|_| script.timed) {
                Some(name) => self.begin(&name, "", line.number, out),
                None => self.words(&plain(text), "\n", line, out),
            },
        }
    }

    /// A line without comments.
    fn uncommented(&mut self, text: &str) -> String {
        let (mut kept, mut rest) = (String::new(), text);
        loop {
            let end = if self.comment { "-->" } else { "<!--" };
            let Some((before, behind)) = rest.split_once(end) else { break };
            if !self.comment {
                kept.push_str(before);
            }
            self.comment ^= true;
            rest = behind;
        }
        if !self.comment {
            kept.push_str(rest);
        }
        kept.trim().to_owned()
    }

    /// A line of the front matter.
    fn field(&mut self, text: &str, out: &mut Draft) {
        if matches!(text, "---" | "...") {
            self.within = Within::Text;
            return;
        }
        let (name, value) = text.split_once(':').unwrap_or((text, ""));
        let value = value.trim().trim_matches(['"', '\'']);
        match name.trim() {
            "title" if !value.is_empty() => out.meta.title = Some(value.to_owned()),
            "lang" | "language" if !value.is_empty() => out.meta.language = Some(value.to_owned()),
            name => {
                if name == "date" {
                    self.clock.day = day(value);
                }
                self.lead.line(text);
            }
        }
    }

    fn heading(&mut self, level: usize, text: &str, number: u32, out: &mut Draft) {
        self.note_day(out);
        if let Some(day) = day(text).filter(|day| day.to_string() == text) {
            self.clock.begin(day);
            self.day = Some((text.to_owned(), number));
        } else if out.is_empty() && out.meta.title.is_none() && level == 1 {
            self.clock.day = self.clock.day.or_else(|| day(text));
            out.meta.title = Some(text.to_owned());
        } else {
            self.clock.day = day(text).or(self.clock.day);
            self.push("", text, Kind::Note, None, number, out);
            self.closed = true;
        }
    }

    /// A day above no time.
    fn note_day(&mut self, out: &mut Draft) {
        if let Some((day, number)) = self.day.take() {
            self.push("", &day, Kind::Note, None, number, out);
            self.closed = true;
        }
    }

    fn begin(&mut self, name: &Name, words: &str, number: u32, out: &mut Draft) {
        if name.mark.is_some() {
            self.day = None;
        }
        self.note_day(out);
        self.push(&name.label, words, Kind::default(), name.mark, number, out);
    }

    fn push(
        &mut self,
        label: &str,
        text: &str,
        kind: Kind,
        mark: Option<Mark>,
        number: u32,
        out: &mut Draft,
    ) {
        if out.is_empty() {
            self.clock.day = self.clock.day.or_else(|| self.lead.day());
            self.lead.keep(out);
        }
        self.closed = false;
        let start = mark.and_then(|mark| self.clock.time(mark, out));
        let (speaker, body) = (out.intern(label), out.append_text(text));
        out.push(Post { start, speaker, kind, body, line: Some(number), ..Post::default() });
    }

    fn words(&mut self, text: &str, before: &str, line: &Line, out: &mut Draft) {
        self.note_day(out);
        if out.is_empty() {
            if line.first {
                self.lead.line(text);
            } else {
                self.lead.more(text);
            }
            if self.lead.len > HEAD {
                self.all_is_lead(out);
            }
            return;
        }
        // What stands below a heading of a chapter was said by nobody by name.
        if std::mem::take(&mut self.closed) {
            return self.push("", text, Kind::default(), None, line.number, out);
        }
        let more = out.append_text(&format!("{before}{text}"));
        out.extend_body(more.start, more.end);
    }

    /// There is no turn: all of it is words of nobody.
    fn all_is_lead(&mut self, out: &mut Draft) {
        let text = self.lead.take().join("\n");
        if !text.is_empty() {
            self.push("", &text, Kind::default(), None, 1, out);
        }
    }
}

/// A time where a name could stand.
fn nameless(heading: &str) -> Option<Name> {
    let mark = mark::whole(heading)?;
    Some(Name { label: String::new(), mark: Some(mark), is_marked: true })
}

/// --- or ***
fn is_rule(text: &str) -> bool {
    text.len() > 2
        && ["-", "*", "_", "="]
            .iter()
            .any(|mark| text.trim_matches([' ']).replace(mark, "").trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Transcript;

    fn read(text: &str) -> Transcript {
        let (mut draft, mut parser) = (Draft::default(), Markdown::default());
        parser.feed(text.as_bytes(), 0, &mut draft).unwrap();
        parser.finish(&mut draft).unwrap();
        Transcript::from(draft.take())
    }

    fn told(transcript: &Transcript) -> Vec<String> {
        let one = |id| {
            let post = transcript.post(id);
            let label = &transcript.speakers()[post.speaker.index()].label;
            let time = post.start.map(|ms| format!("{} ", ms / 1000)).unwrap_or_default();
            let kind = if post.kind == Kind::Note { "*" } else { "" };
            format!("{time}{label}{kind}|{}", transcript.body(id).trim().replace('\n', "/"))
        };
        transcript.ids().map(one).collect()
    }

    #[test]
    fn names_stand_in_headings_or_in_bold() {
        for (text, expected) in [
            (
                "# 夏夜\n\n引子。\n\n### 主持人：\n早。\n\n> 引一句。\n\n## 第二章\n\n### 小鱼：\n- 一。\n- **二**。<!-- x\ny -->\n\n### 主持人：\n谢谢。\n",
                &["主持人|早。/引一句。", "*|第二章", "小鱼|- 一。/- 二。", "主持人|谢谢。"][..],
            ),
            (
                "### 主持人 · 15:14\n\n早。\n\n### Ann Lee · 15:16\n\nHello.\n\n### 主持人 · 15:20\n\n好。\n",
                &["54840 主持人|早。", "54960 Ann Lee|Hello.", "55200 主持人|好。"],
            ),
            (
                "---\ntitle: \"Hay\"\ndate: 2020-01-02\n---\n\n## Intro\n\n**Ann:** Hello *you*, see [this](http://x).\n\nMore.\n\n**Bo Reed**: Hi.\n\n**Ann** [00:12:30] Yes, **really**.\n",
                &["*|Intro", "Ann|Hello you, see this./More.", "Bo Reed|Hi.", "750 Ann|Yes, really."],
            ),
            (
                "**Interviewer**\nWhy?\n\n**Ann Lee**\nBecause.\n\n**Interviewer**\nOh.\n",
                &["Interviewer|Why?", "Ann Lee|Because.", "Interviewer|Oh."],
            ),
            (
                "**Ann:** \\[04:05\\] Hi.\n\n**Bo:** \\[04:10\\] Hello.\n\n**Ann:** \\[04:15\\] So.\n",
                &["245 Ann|Hi.", "250 Bo|Hello.", "255 Ann|So."],
            ),
            (
                "**Ann Lee, PhD:** Why?\n\n**Bo Reed:** Because.\n\n**Ann Lee, PhD:** Oh.\n\n**Bo Reed:** So.\n",
                &["Ann Lee, PhD|Why?", "Bo Reed|Because.", "Ann Lee, PhD|Oh.", "Bo Reed|So."],
            ),
            (
                "---\ntitle: \"Hay chat\"\ntags: ['a']\n---\n\nSpeaker 0: 00:00:00\n\nHello.\n\nMore.\n\n## Intro\n\nBo Reed: 00:01:10\n\nYes.\n",
                &["0 Speaker 0|Hello./More.", "*|Intro", "70 Bo Reed|Yes."],
            ),
            (
                "## 2020-01-02\n\n### 甲 · 00:05\n\n早。\n\n### 00:06\n\n掌声。\n\n## 2020-01-03\n\n### 乙 · 00:05\n\n早。\n",
                &["0 甲|早。", "60 |掌声。", "86400 乙|早。"],
            ),
            (
                "[00:05] **Host:** Hi.\n\n[01:10] **Guest:** Hello.\n\n[01:20] **Host:** So.\n",
                &["5 Host|Hi.", "70 Guest|Hello.", "80 Host|So."],
            ),
        ] {
            assert_eq!(told(&read(text)), expected, "{text}");
            assert!(Markdown::score(&Head::new(text)) > 60, "{text}");
        }
    }

    #[test]
    fn what_stands_above_is_title_and_lead() {
        let meta = read("---\ntitle: Hay\ntags: a\n---\nSome words.\n\n**Ann:** One.\n\n**Bo:** Two.\n\n**Ann:** Three.\n").meta;
        assert_eq!(meta.title.as_deref(), Some("Hay"));
        assert_eq!(meta.lead, ["tags: a", "Some words."]);
    }

    #[test]
    fn other_texts_in_markdown_are_none() {
        for text in [
            "# tool\n\nDoes things.\n\n## Installation\n\nRun it.\n\n## Usage\n\nRun it so.\n\n**Note:** It runs.\n\n**Warning:** It stops.\n\n**Note:** Again.\n",
            "# Changelog\n\n## 1.1\n\n### Added\n- A thing.\n\n### Fixed\n- A fault.\n\n## 1.0\n\n### Added\n- All.\n\n### Fixed\n- One.\n",
            "# 一篇文章\n\n## 第一节\n\n**重点**是这样。\n\n## 第二节\n\n结束。\n",
            "## API\n\n#### Parameters\nThe x.\n\n#### Returns\nThe y.\n\n#### Parameters\nThe x.\n\n#### Returns\nThe y.\n",
            "",
        ] {
            assert_eq!(Markdown::score(&Head::new(text)), 0, "{text}");
        }
    }
}
