//! `WebVTT` subtitles (W3C `WebVTT`, 2019): what is said in the cues, and by whom. Blocks are read by `vtt_file.rs`, the text of cues
//! by `vtt_text.rs`, both to the letter; times of another form are indulged where a file has them throughout.

use super::prefixes::{Cue, Cues};
use super::rolling::{Rolling, Row};
use super::vtt_file::{self, Blocks, Found};
use super::vtt_text::{self, Leaf, Node, Tag};
use crate::format::by_line::{ByLine, Line, Rewritten};
use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use crate::text::kind::Kind;
use crate::transcript::{Draft, Remark};

/// The format.
#[derive(Debug)]
pub struct Vtt {
    blocks: Blocks,
    cues: Cues,
    rolling: Rolling,
    has_header: bool,
}

impl Default for Vtt {
    fn default() -> Self {
        let (cues, rolling) = (Cues::default(), Rolling::default());
        Self { blocks: Blocks::lenient(), cues, rolling, has_header: false }
    }
}

impl Wire for Vtt {
    fn score(head: &Head) -> u8 {
        let rest = head.text.strip_prefix("WEBVTT");
        let is_signed = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']));
        if is_signed { 100 } else { 0 }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Rewritten<Self>>::default()
    }
}

impl ByLine for Vtt {
    fn line(&mut self, line: &Line, out: &mut Draft) {
        let found = self.blocks.line(line.text, line.number);
        self.found(found, out);
    }

    fn finish(&mut self, out: &mut Draft) {
        let found = self.blocks.finish();
        self.found(found, out);
        self.header(out);
        self.cues.finish(out);
    }
}

impl Vtt {
    fn found(&mut self, found: Option<Found>, out: &mut Draft) {
        match found {
            Some(Found::Cue(cue)) => {
                self.header(out);
                self.cue(&cue, out);
            }
            Some(Found::Refused(line)) => out.remarks.note(Remark::Skipped, line),
            None => {}
        }
    }

    /// What the header tells of the whole: a title behind the signature, and `Language: zh`.
    fn header(&mut self, out: &mut Draft) {
        if std::mem::replace(&mut self.has_header, true) {
            return;
        }
        let title = self.blocks.title.trim_start_matches(['-', '–', '—', ':']).trim();
        out.meta.title = Some(title.to_owned()).filter(|title| !title.is_empty());
        for line in &self.blocks.header {
            match line.split_once(':') {
                Some(("Language", tag)) => out.meta.language = Some(tag.trim().to_owned()),
                Some(("Title", title)) => out.meta.title = Some(title.trim().to_owned()),
                _ => {}
            }
        }
    }

    fn cue(&mut self, cue: &vtt_file::Cue, out: &mut Draft) {
        if cue.loose {
            out.remarks.note(Remark::LooseTime, cue.line);
        }
        let start = out.offset(cue.start, 1);
        let mut rows = rows(&vtt_text::parse(&cue.text));
        if let Some(name) = named(&cue.id).filter(|_| rows.iter().all(|row| row.voice.is_none())) {
            for row in &mut rows {
                row.voice = Some(name.to_owned());
            }
        }
        let rows = self.rolling.fresh(rows, (cue.start, cue.end));
        let mut said: Vec<Cue> = Vec::new();
        for Row { voice, text, .. } in rows {
            match said.last_mut() {
                Some(last) if last.voice == voice => {
                    last.text.push('\n');
                    last.text.push_str(&text);
                }
                _ => {
                    said.push(Cue {
                        start,
                        end: Some(cue.end),
                        voice,
                        text,
                        line: cue.line,
                        last_line: None,
                    });
                }
            }
        }
        for part in said {
            self.cues.take(part, out);
        }
    }
}

/// Who speaks, where the name of a cue says so, as in the transcripts of Webex: `1 "Jane Doe" (1234)`.
fn named(id: &str) -> Option<&str> {
    let rest = id.trim().trim_start_matches(|ch: char| ch.is_ascii_digit());
    let (name, rest) = rest.strip_prefix(" \"")?.rsplit_once('"')?;
    let number = rest.trim().strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let is_numbered = number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    let is_first = id.starts_with(|ch: char| ch.is_ascii_digit());
    (is_first && (rest.trim().is_empty() || is_numbered)).then(|| name.trim()).filter(|name| !name.is_empty())
}

/// The lines of a cue's text, without markup. A line with two voices is two.
fn rows(tree: &[Node]) -> Vec<Row> {
    let mut rows = vec![Row::default()];
    // The open voices, and how deep each lies.
    let mut voices: Vec<(usize, &str)> = Vec::new();
    let mut ruby: Option<Ruby> = None;
    for Node { depth, leaf } in tree {
        while voices.last().is_some_and(|(voice, _)| depth <= voice) {
            voices.pop();
        }
        if let Some(above) = ruby.take_if(|ruby| *depth <= ruby.depth) {
            above.close(&mut rows);
        }
        match leaf {
            Leaf::Text(text) => {
                let voice = voices.last().map(|(_, voice)| *voice).filter(|voice| !voice.is_empty());
                add(&mut rows, text, voice);
            }
            Leaf::Time(_) => rows.iter_mut().rev().take(1).for_each(|row| row.timed = true),
            Leaf::Span(span) if span.tag == Tag::Voice => voices.push((*depth, &span.annotation)),
            Leaf::Span(span) if span.tag == Tag::RubyText => {
                let from = rows.last().map(|row| row.text.len()).unwrap_or_default();
                ruby = Some(Ruby { depth: *depth, rows: rows.len(), from });
            }
            Leaf::Span(_) => {}
        }
    }
    if let Some(above) = ruby {
        above.close(&mut rows);
    }
    for row in &mut rows {
        row.text = row.text.trim().to_owned();
    }
    rows.retain(|row| !row.text.is_empty());
    rows
}

/// A text above a word: how deep it lies, and where in which row it begins.
struct Ruby {
    depth: usize,
    rows: usize,
    from: usize,
}

impl Ruby {
    /// What stands above a word is put behind it, in brackets of its script.
    fn close(self, rows: &mut [Row]) {
        let is_there = rows.len() == self.rows;
        let Some(row) = rows.last_mut().filter(|_| is_there) else { return };
        let above = row.text.split_off(self.from);
        let is_wide = row.text.chars().next_back().is_some_and(|ch| Kind::of(ch).east_asian);
        let (open, close) = if is_wide { ('（', '）') } else { ('(', ')') };
        if !above.trim().is_empty() {
            row.text.extend([open]);
            row.text.push_str(above.trim());
            row.text.push(close);
        }
    }
}

/// Adds words of a voice, which may have line ends.
fn add(rows: &mut Vec<Row>, text: &str, voice: Option<&str>) {
    for (index, line) in text.split('\n').enumerate() {
        match rows.last_mut() {
            Some(row) if index == 0 && (row.voice.as_deref() == voice || line.trim().is_empty()) => {
                row.text.push_str(line);
            }
            Some(row) if index == 0 && row.text.trim().is_empty() => {
                row.voice = voice.map(str::to_owned);
                line.clone_into(&mut row.text);
            }
            _ => rows.push(Row { voice: voice.map(str::to_owned), text: line.to_owned(), timed: false }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::told::{read, told};
    use super::*;

    #[test]
    fn a_cue_is_a_post_for_each_of_its_voices() {
        for (cue, expected) in [
            ("<v Ann>Hi.</v>\n<v Bo>Ho.</v>", &["1000-2000 Ann|Hi.", "1000-2000 Bo|Ho."][..]),
            ("<v Ann>Hi. <v Bo>Ho.", &["1000-2000 Ann|Hi.", "1000-2000 Bo|Ho."]),
            ("<v.loud 林舟><b>一</b>\n二", &["1000-2000 林舟|一\n二"]),
            ("<v Ann>Hi.</v> So.", &["1000-2000 Ann|Hi.", "1000-2000 |So."]),
            ("<ruby>汉<rt>hàn</rt>字<rt>zì</rt></ruby>", &["1000-2000 |汉（hàn）字（zì）"]),
            ("<ruby>base<rt>top</ruby> end", &["1000-2000 |base(top) end"]),
            ("<v Ann>[laughs]", &["*1000-2000 Ann|[laughs]"]),
            ("♪", &["*1000-2000 |♪"]),
            ("a &lt;b&gt; &amp; c", &["1000-2000 |a <b> & c"]),
            ("<v Ann></v>", &[]),
        ] {
            let text = format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{cue}\n");
            assert_eq!(told::<Vtt>(&text), expected, "{cue}");
        }
    }

    #[test]
    fn captions_made_by_machine_are_said_once() {
        let text = "WEBVTT\nKind: captions\nLanguage: en\n\n\
            00:00:00.100 --> 00:00:02.300 align:start position:0%\n \nthe<00:00:00.400><c> lamp</c>\n\n\
            00:00:02.300 --> 00:00:02.310 align:start position:0%\nthe lamp\n \n\n\
            00:00:02.310 --> 00:00:04.500 align:start position:0%\nthe lamp\nis<00:00:02.500><c> lit</c>\n\n\
            00:00:04.500 --> 00:00:04.510 align:start position:0%\nis lit\n \n";
        assert_eq!(told::<Vtt>(text), ["100-2300 |the lamp", "2310-4500 |is lit"]);
        assert_eq!(read::<Vtt>(text).0.meta.language.as_deref(), Some("en"));
        let refrain = "WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n\n00:02.000 --> 00:03.000\nNo.\n";
        assert_eq!(told::<Vtt>(refrain), ["1000-2000 |No.", "2000-3000 |No."]);
    }

    #[test]
    fn what_breaks_the_standard_is_read_and_noted() {
        let (transcript, remarks) =
            read::<Vtt>("12.5 --> 14\na\n\n00:00:15,000 --> 00:00:16,000\nb\n\nlost\n");
        assert_eq!((transcript.len(), transcript.start(transcript.ids().next().unwrap())), (2, Some(12_500)));
        assert_eq!(remarks.iter().collect::<Vec<_>>(), [(Remark::LooseTime, 2, 1), (Remark::Skipped, 1, 7)]);
    }

    #[test]
    fn a_cue_may_be_named_by_who_speaks() {
        for (id, expected) in [
            ("1 \"Jane Doe\" (1234)", "1000-2000 Jane Doe|a b"),
            ("12 \"李明\"", "1000-2000 李明|a b"),
            ("1 \"Jane\" x", "1000-2000 |a b"),
            ("\"Jane\" (1)", "1000-2000 |a b"),
            ("1", "1000-2000 |a b"),
        ] {
            let text = format!("WEBVTT\n\n{id}\n00:01.000 --> 00:02.000\na\nb\n");
            assert_eq!(told::<Vtt>(&text), [expected], "{id}");
        }
    }

    #[test]
    fn blocks_of_blanks_are_no_broken_ones() {
        let (transcript, remarks) =
            read::<Vtt>("WEBVTT\n\n  \n\n \n1\n00:01.000 --> 00:02.000\na\n \n\n \t\n");
        assert_eq!((transcript.len(), remarks.iter().count()), (1, 0));
    }

    #[test]
    fn a_title_stands_behind_the_signature() {
        for (header, expected) in
            [("WEBVTT - 灯塔", Some("灯塔")), ("WEBVTT", None), ("WEBVTT\tx", Some("x"))]
        {
            let text = format!("{header}\n\n00:01.000 --> 00:02.000\na\n");
            assert_eq!(read::<Vtt>(&text).0.meta.title.as_deref(), expected, "{header}");
            assert_eq!(Vtt::score(&Head::new(&text)), 100);
        }
        assert_eq!(Vtt::score(&Head::new("WEBVTTX\n")), 0);
    }
}
