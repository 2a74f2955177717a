//! Writing HTML (living standard): one page that needs nothing else, to be read on a screen, a phone or paper, light or dark.
//!
//! Nothing in it acts: there is no script, the page forbids itself to load or run anything (Content Security Policy), all text is
//! escaped, and a text that runs the other way does not reach beyond its element. It is well-formed XML too, so that any parser reads it.
//!
//! A turn is a section with a name, a post in it an article, gone to by `#` and its number. What a reader keeps of a post is an aside.

use super::contents::contents;
use super::kept::kept;
use super::markup::{classes, escaped, named};
use super::record::{Record, clean};
use super::stamps;
use super::turns::{Paragraph, paragraphs, turns};
use crate::transcript::{Kind, PostId, SpeakerId, Transcript};
use crate::when::{coarse_duration, long_date};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");

/// Only the style in the page itself holds.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// More people are folded: they would stand between the title and the text.
const FEW: usize = 6;

/// So many characters tell what a record is written in.
const TELLING: usize = 4000;

/// Writes posts of a record as a page.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_html(record: Record, out: &mut dyn Write) -> io::Result<()> {
    let title = escaped(&record.title());
    let lang = language(record.transcript);
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
        <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>\n\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
        <meta name=\"referrer\" content=\"no-referrer\"/>\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        escaped(&lang)
    )?;
    let user = record.lang.pick("zh", "en");
    write!(
        out,
        "<header class=\"head\">\n<h1 dir=\"auto\">{title}</h1>\n<div lang=\"{user}\">\n{}{}</div>\n{}</header>\n<main>\n",
        about(record),
        contents(record),
        people(record)
    )?;
    for line in &record.transcript.meta.lead {
        writeln!(out, "<p class=\"lead\" dir=\"auto\">{}</p>", escaped(&clean(line)))?;
    }
    let mut page = Page { record, before: None, section: None };
    for turn in turns(record) {
        out.write_all(page.turn(&turn).as_bytes())?;
    }
    let end = if page.section.is_some() { "</section>\n" } else { "" };
    write!(out, "{end}</main>\n</body>\n</html>\n")
}

/// From when to when it goes, and how many posts it has.
fn about(record: Record) -> String {
    let Record { transcript, posts, lang, .. } = record;
    let times = || posts.iter().filter_map(|&id| stamps::told(transcript, id));
    let (Some(first), Some(last)) = (times().min(), times().max()) else {
        return format!("<p class=\"about\">{}</p>\n", counted(record));
    };
    let day = |ms| transcript.meta.moment(ms).map(|moment| moment.date());
    let told = |ms: i64, with_day: bool| {
        let date = transcript.meta.moment(ms).filter(|_| with_day).map(|moment| long_date(lang, moment));
        date.into_iter().chain(stamps::time(&transcript.meta, ms)).collect::<Vec<_>>().join(" ")
    };
    let (first, last) = (told(first, true), told(last, day(first) != day(last)));
    let span = if last.is_empty() || first == last { first } else { format!("{first} – {last}") };
    let span = if span.is_empty() { span } else { format!("{} · ", escaped(&span)) };
    format!("<p class=\"about\">{span}{}</p>\n", counted(record))
}

/// How many posts, of how many where not all are written.
fn counted(record: Record) -> String {
    if record.is_whole() {
        return record.lang.posts(record.posts.len());
    }
    record.lang.posts_of(record.posts.len(), record.transcript.len())
}

/// Everybody who is named: the name, the office, the role, how many of the posts. Many are folded; on paper all are shown.
fn people(record: Record) -> String {
    let mut counts: BTreeMap<SpeakerId, usize> = BTreeMap::new();
    for &id in record.posts {
        *counts.entry(record.structure.author(record.transcript, id)).or_default() += 1;
    }
    let (mut out, mut people) = (String::new(), 0);
    for (person, posts) in counts {
        let Some(named) = named(record, person) else { continue };
        people += 1;
        let role = clean(record.lang.role(record.structure.role(person)));
        let mark = if role.is_empty() { "" } else { " · " };
        let _ = writeln!(
            out,
            "<li class=\"{}\"><span class=\"who\">{named}</span> <bdi class=\"count\">{}{mark}{posts}</bdi></li>",
            classes(record, person),
            escaped(&role)
        );
    }
    if people == 0 {
        return out;
    }
    let open = if people > FEW { "" } else { " open=\"\"" };
    let (user, title) = (record.lang.pick("zh", "en"), record.lang.pick("发言人", "Speakers"));
    format!(
        "<details class=\"people\"{open}><summary lang=\"{user}\">{title} · {people}</summary>\n<ul>\n{out}</ul></details>\n"
    )
}

/// What was written so far, as far as the next turn needs it.
struct Page<'a> {
    record: Record<'a>,
    before: Option<PostId>,
    /// Whose section is open.
    section: Option<(SpeakerId, bool)>,
}

impl Page<'_> {
    /// A turn of posts: what stands between, the name unless its speaker goes on, the posts.
    fn turn(&mut self, turn: &[PostId]) -> String {
        let Some(&id) = turn.first() else { return String::new() };
        let record = self.record;
        let between = self.between(id);
        let is_aside = is_aside(record, id);
        let section = (record.structure.author(record.transcript, id), is_aside);
        let mut out = String::new();
        if !between.is_empty() || self.section != Some(section) {
            if self.section.is_some() {
                out += "</section>\n";
            }
            out += &between;
            let aside = if is_aside { " aside" } else { "" };
            let _ = writeln!(out, "<section class=\"turn {}{aside}\">", classes(record, section.0));
            if let Some(named) = named(record, section.0) {
                let _ =
                    writeln!(out, "<h3 class=\"who\" title=\"{}\">{named}</h3>", escaped(&record.label(id)));
            }
            self.section = Some(section);
        }
        out += &article(record, turn);
        self.before = turn.last().copied();
        out
    }

    /// What stands before a post: a new day or session, a silence, a chapter, how many posts were left out.
    fn between(&self, id: PostId) -> String {
        let Record { transcript, structure, lang, .. } = self.record;
        let mut out = String::new();
        let skipped = id.index() - self.before.map_or(0, PostId::number);
        if skipped > 0 {
            let _ = writeln!(out, "<div class=\"gap\">⋯ {}</div>", lang.left_out(skipped));
        } else if let Some(gap) = structure.gap_before(id).filter(|_| self.before.is_some()) {
            let gap = coarse_duration(lang, &transcript.meta, gap.ms);
            let _ = writeln!(out, "<div class=\"gap\">{} {gap}</div>", lang.words().silence);
        }
        let day = stamps::new_day(transcript, self.before, id);
        let date = transcript.moment(id).map(|moment| long_date(lang, moment)).unwrap_or_default();
        let day = day.map(|day| format!("<time datetime=\"{day}\">{date}</time>"));
        let part = structure.session_at(id).and_then(|session| session.part);
        let part = part.map(|part| lang.day_part(part).to_owned());
        let title: Vec<_> = day.into_iter().chain(part).collect();
        if !title.is_empty() {
            let _ = writeln!(out, "<h2>{}</h2>", title.join(" · "));
        }
        if let Some(chapter) = self.record.chapter(id) {
            let _ = writeln!(out, "<h2 class=\"chapter\" dir=\"auto\">{}</h2>", escaped(&clean(chapter)));
        }
        out
    }
}

/// Whether a post is told beside what is said.
fn is_aside(record: Record, id: PostId) -> bool {
    let kind = record.structure.kind(record.transcript, id);
    matches!(kind, Kind::Caption | Kind::Notice | Kind::Action | Kind::System | Kind::Note)
}

/// The posts of a turn under one time: the first is the article, and another one in it a span, each gone to by its number.
fn article(record: Record, turn: &[PostId]) -> String {
    let Some(&id) = turn.first() else { return String::new() };
    let Record { transcript, lang, .. } = record;
    let (number, meta) = (id.number(), &transcript.meta);
    let kind = escaped(&clean(transcript.kind_name(record.structure.kind(transcript, id))));
    let mut out = format!("<article id=\"{number}\" data-kind=\"{kind}\">\n<div class=\"when\">");
    if let Some((ms, time)) = stamps::told(transcript, id).and_then(|ms| Some((ms, stamps::time(meta, ms)?)))
    {
        let machine =
            stamps::machine(meta, ms).map(|moment| format!(" datetime=\"{moment}\"")).unwrap_or_default();
        let _ = write!(out, "<time{machine}>{time}</time> ");
    }
    let _ = writeln!(out, "<a class=\"number\" href=\"#{number}\">#{number}</a></div>");
    let mut told = id;
    for paragraph in paragraphs(record, turn) {
        let _ = writeln!(out, "<p dir=\"auto\">{}</p>", spans(&paragraph, &mut told));
    }
    for &id in turn {
        let kept = kept(record, id);
        if kept.is_empty() {
            continue;
        }
        let number = if turn.len() > 1 { format!(" #{}", id.number()) } else { String::new() };
        let _ = writeln!(out, "<aside class=\"kept\" lang=\"{}\">", lang.pick("zh", "en"));
        for kept in kept {
            let lines: Vec<_> = kept.lines.iter().map(|line| escaped(line)).collect();
            let _ =
                writeln!(out, "<div><b>{}{number}</b> <bdi>{}</bdi></div>", kept.label, lines.join("<br/>"));
        }
        out += "</aside>\n";
    }
    out += "</article>\n";
    out
}

/// What posts say in a paragraph. `told` is the last one that has its number.
fn spans(paragraph: &Paragraph, told: &mut PostId) -> String {
    let span = |(id, text): &(PostId, String)| {
        let text = escaped(text);
        if std::mem::replace(told, *id) == *id {
            return text;
        }
        let words = text.trim_start();
        let (blank, _) = text.split_at(text.len() - words.len());
        format!("{blank}<span id=\"{}\">{words}</span>", id.number())
    };
    paragraph.iter().map(span).collect()
}

/// The language of the text: what the record declares, else what its script tells; nothing where that is open.
fn language(transcript: &Transcript) -> String {
    if let Some(language) = &transcript.meta.language {
        return clean(language);
    }
    let (mut han, mut kana, mut hangul, mut all) = (0, 0, 0, 0);
    for id in transcript.ids() {
        for ch in transcript.part(id, 0..TELLING).1.chars().filter(|ch| ch.is_alphabetic()) {
            all += 1;
            match ch {
                '\u{3040}'..='\u{30ff}' => kana += 1,
                '\u{ac00}'..='\u{d7af}' => hangul += 1,
                '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3fffd}' => han += 1,
                _ => {}
            }
        }
        if all > TELLING {
            break;
        }
    }
    let told = match () {
        () if kana * 10 > all => "ja",
        () if hangul * 4 > all => "ko",
        () if han * 4 > all => "zh",
        () => "",
    };
    told.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, read_bytes};
    use crate::lang::Lang;
    use crate::marks::Marks;
    use crate::structure::Structure;

    fn written(text: &str) -> String {
        let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        let structure = Structure::of(&transcript);
        let (posts, marks): (Vec<_>, _) = (transcript.ids().collect(), Marks::default());
        let record = Record {
            transcript: &transcript,
            structure: &structure,
            posts: &posts,
            marks: &marks,
            name: "<x>",
            lang: Lang::En,
        };
        let mut out = Vec::new();
        write_html(record, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The elements of a page, which all are closed, and nothing between them but text.
    fn elements(page: &str) -> Vec<String> {
        let mut open: Vec<&str> = Vec::new();
        let mut all = Vec::new();
        let (_, body) = page.split_once("</style>").unwrap();
        for piece in body.split('<').skip(1) {
            let (tag, text) = piece.split_once('>').unwrap_or_else(|| panic!("{piece}"));
            assert!(!text.contains(['>', '"']), "{text}");
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
            if tag.starts_with('/') {
                if let Some(last) = open.pop() {
                    assert_eq!(name, last);
                }
            } else {
                if !tag.ends_with('/') {
                    open.push(name);
                }
                all.push(tag.to_owned());
            }
        }
        assert!(open.is_empty(), "{open:?}");
        all
    }

    #[test]
    fn nothing_in_a_record_becomes_markup_or_acts() {
        let hostile = "</p><script>alert(1)</script>&lt;\" onload='x'\u{202e}\u{1b}[31m";
        let label = hostile.replace('"', "\\\"").replace(['\u{1b}', '\u{202e}'], "");
        let body = hostile.replace('"', "\\\"").replace('\u{1b}', "\\u001b");
        let page = written(&format!(
            "{{\"schema\": \"shilu/1\", \"meta\": {{\"title\": \"{body}\", \"language\": \"{label}\", \"clock\": \"none\"}}, \
            \"speakers\": [{{\"id\": 1, \"label\": \"{label}\", \"title\": \"{label}\"}}], \
            \"posts\": [{{\"id\": 1, \"speaker\": 1, \"kind\": \"{label}\", \"body\": [\"{body}\"]}}]}}"
        ));
        let names: Vec<_> =
            elements(&page).iter().map(|tag| tag.split(' ').next().unwrap().to_owned()).collect();
        assert_eq!(
            names,
            [
                "body", "header", "h1", "div", "p", "details", "summary", "ul", "li", "span", "bdi", "bdi",
                "bdi", "main", "section", "h3", "bdi", "bdi", "article", "div", "a", "p"
            ]
        );
        assert!(
            page.contains(
                "&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;&quot; onload=&#39;x&#39;⟨RLO⟩␛[31m</p>"
            ),
            "{page}"
        );
        assert!(!page.contains(|ch: char| ch.is_control() && ch != '\n' || ch == '\u{202e}'), "{page}");
    }

    #[test]
    fn a_post_has_an_anchor_its_speaker_and_its_time() {
        let page =
            written("灯塔\n\n2025-01-01 08:00\n\n主持人\n\n一\n二\n\n2025-01-01 08:05\n\n馆长李明\n\n三\n");
        for part in [
            "<html lang=\"zh\">",
            "<h1 dir=\"auto\">灯塔</h1>",
            "<p class=\"about\">Wednesday 1 January 2025 08:00 – 08:05 · 2 posts</p>",
            "<li class=\"guest p2\"><span class=\"who\"><bdi class=\"name\">李明</bdi> <bdi class=\"office\">馆长</bdi></span> <bdi class=\"count\">guest · 1</bdi></li>",
            "<h2><time datetime=\"2025-01-01\">Wednesday 1 January 2025</time> · morning</h2>\n<section class=\"turn host p0\">\n<h3 class=\"who\" title=\"主持人\"><bdi class=\"name\">主持人</bdi></h3>\n<article id=\"1\" data-kind=\"question\">",
            "<div class=\"when\"><time datetime=\"2025-01-01T08:00\">08:00</time> <a class=\"number\" href=\"#1\">#1</a></div>",
            "<p dir=\"auto\">一</p>\n<p dir=\"auto\">二</p>\n</article>\n</section>",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert_eq!(page.matches("<h2>").count(), 1);
    }

    #[test]
    fn cues_of_a_turn_are_one_article_with_an_anchor_each() {
        let cues = "WEBVTT\n\n00:02.400 --> 00:03.000\n<v Ann>It is\n\n00:03.000 --> 00:04.000\n<v Ann>so.\n\n\
            00:05.000 --> 00:06.000\n<v Ann>Yes.\n\n00:07.000 --> 00:08.000\n<v Bo>No.\n";
        let page = written(cues);
        assert_eq!(page.matches("<article ").count(), 2, "{page}");
        assert!(page.contains("<p dir=\"auto\">It is <span id=\"2\">so.</span></p>\n<p dir=\"auto\"><span id=\"3\">Yes.</span></p>"), "{page}");
        assert!(page.contains("<article id=\"4\""), "{page}");
        let page = written("[12:18] <ann> hi\n[12:19] <bo> ho\n[12:19] <ann> so\n");
        assert!(page.contains("<time datetime=\"12:18\">12:18</time>"), "{page}");
    }

    #[test]
    fn the_language_is_told_by_the_script_where_it_is_not_declared() {
        for (text, expected) in [
            ("これは灯台です。", "ja"),
            ("등대입니다.", "ko"),
            ("这是灯塔。See it?", "zh"),
            ("A lighthouse.", ""),
            (
                r#"{"text": "Un phare.", "segments": [{"start": 0, "end": 1, "text": "Un phare."}], "language": "fr"}"#,
                "fr",
            ),
        ] {
            assert!(written(text).contains(&format!("<html lang=\"{expected}\">")), "{text}");
        }
    }
}
