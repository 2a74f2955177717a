//! Writing Markdown (`CommonMark` 0.31, with the extensions of GitHub in mind): the title as `#`, days and chapters as `##`, and a turn
//! as `### 主持人 · 15:14` and its paragraphs. Without a clock it is `### 主持人：`, the shape of transcripts that people write.
//!
//! Text stays text: whatever Markdown would take for markup has a backslash. What a reader keeps of a post is a block quotation below it,
//! which nothing said ever is: `> 笔记 #42：…`

use super::kept::{Kept, kept};
use super::record::{Record, clean};
use super::stamps;
use super::turns::{paragraphs, turns};
use crate::text::kind::Kind;
use crate::transcript::PostId;
use std::io::{self, Write};

/// Writes posts of a record as Markdown.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_markdown(record: Record, out: &mut dyn Write) -> io::Result<()> {
    let mut blank = "";
    if let Some(title) = record.transcript.meta.title.as_deref().map(clean).filter(|title| !title.is_empty())
    {
        writeln!(out, "# {}", heading(&title))?;
        blank = "\n";
    }
    for line in &record.transcript.meta.lead {
        writeln!(out, "{blank}{}", escaped(&clean(line)))?;
        blank = "\n";
    }
    let mut before = None;
    for turn in turns(record) {
        for line in lines(record, before, &turn) {
            writeln!(out, "{blank}{line}")?;
            blank = "\n";
        }
        before = turn.last().copied();
    }
    Ok(())
}

/// The blocks of a turn, a line each.
fn lines(record: Record, before: Option<PostId>, turn: &[PostId]) -> Vec<String> {
    let Some(&id) = turn.first() else { return Vec::new() };
    let day = stamps::new_day(record.transcript, before, id);
    let chapter = record.chapter(id).map(clean).map(|chapter| heading(&chapter));
    let mut lines: Vec<_> = day.into_iter().chain(chapter).map(|text| format!("## {text}")).collect();
    let label = heading(&record.label(id));
    let meta = &record.transcript.meta;
    let time = stamps::told(record.transcript, id).and_then(|ms| stamps::heading(meta, ms));
    match (label.as_str(), time) {
        ("", None) => {}
        ("", Some(time)) => lines.push(format!("### {time}")),
        (label, Some(time)) => lines.push(format!("### {label} · {time}")),
        (label, None) => {
            let wide = label.chars().next_back().is_some_and(|ch| Kind::of(ch).east_asian);
            lines.push(format!("### {label}{}", if wide { '：' } else { ':' }));
        }
    }
    lines.extend(paragraphs(record, turn).iter().map(|paragraph| {
        let texts: String = paragraph.iter().map(|(_, text)| text.as_str()).collect();
        escaped(&texts)
    }));
    lines.extend(turn.iter().filter_map(|&id| keeping(record, id)));
    lines
}

/// What is kept of a post, as a block quotation: a paragraph each.
fn keeping(record: Record, id: PostId) -> Option<String> {
    let told = |kept: Kept| {
        let colon = record.lang.pick("：", ": ");
        let label = format!("{} \\#{}", kept.label, id.number());
        let words: Vec<_> = kept.lines.iter().map(|line| escaped_inline(line)).collect();
        if words.is_empty() { label } else { format!("{label}{colon}{}", words.join("\\\n> ")) }
    };
    let paragraphs: Vec<_> = kept(record, id).into_iter().map(|kept| format!("> {}", told(kept))).collect();
    (!paragraphs.is_empty()).then(|| paragraphs.join("\n>\n"))
}

/// Text of a heading: there a number sign may be markup at the end too.
fn heading(text: &str) -> String {
    escaped_inline(text).replace('#', "\\#")
}

/// A paragraph that is nothing but text.
pub fn escaped(text: &str) -> String {
    let inline = escaped_inline(text);
    let digits = inline.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = inline.split_at(digits);
    if rest.starts_with(['.', ')']) && (1..10).contains(&digits) {
        return format!("{number}\\{rest}");
    }
    if inline.starts_with(['#', '-', '+', '=', '>']) { format!("\\{inline}") } else { inline }
}

/// Text in which no character is markup, except for the first of a line.
pub fn escaped_inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(ch) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let is_markup = match ch {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' | '$' => true,
            // Within a word it means nothing.
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            // An entity: `&amp;`, `&#38;`
            '&' => next == '#' || next.is_ascii_alphabetic(),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(ch);
        before = ch;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::record::with_record;
    use super::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        with_record(text, |record| write_markdown(record, &mut out)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_record_is_headings_and_paragraphs() {
        for (text, expected) in [
            (
                "灯 # 塔\n\n2025-01-01 08:00\n\n馆长李明\n\n一*二*\n三\n\n2025-01-01 08:05\n\nAnn\n\n- yes\n\n2025-01-02 08:00\n\nAnn\n\nno\n",
                "# 灯 \\# 塔\n\n## 2025-01-01\n\n### 馆长李明 · 08:00\n\n一\\*二\\*\n\n三\n\n### Ann · 08:05\n\n\\- yes\n\n\
                ## 2025-01-02\n\n### Ann · 08:00\n\nno\n",
            ),
            ("一段\n\n又一段\n", "一段\n\n又一段\n"),
            (
                r#"{"schema": "shilu/1", "meta": {"clock": "none"}, "speakers": [{"id": 1, "label": "甲"}, {"id": 2, "label": "B"}],
                "posts": [{"id": 1, "speaker": 1, "kind": "speech", "body": ["一"]}, {"id": 2, "speaker": 2, "kind": "speech", "body": ["2"]}]}"#,
                "### 甲：\n\n一\n\n### B:\n\n2\n",
            ),
            (
                "WEBVTT\n\n00:02.400 --> 00:03.000\n<v Ann>It is\n\n00:03.000 --> 00:04.000\n<v Ann>so.\n\n00:05.000 --> 00:06.000\n<v Bo>No.\n",
                "### Ann · 00:00:02\n\nIt is so.\n\n### Bo · 00:00:05\n\nNo.\n",
            ),
            (
                "[12:18] <ann> hi\n[12:19] <bo> ho\n[12:19] <ann> so\n",
                "### ann · 12:18\n\nhi\n\n### bo · 12:19\n\nho\n\n### ann · 12:19\n\nso\n",
            ),
            (
                r#"{"segments": [{"speaker": "甲", "startTime": 3723.4, "body": "一"}]}"#,
                "### 甲 · 01:02:03\n\n一\n",
            ),
        ] {
            assert_eq!(written(text), expected);
        }
    }

    #[test]
    fn text_stays_text() {
        for (text, expected) in [
            ("*a* **b** _c_ snake_case `d`", "\\*a\\* \\*\\*b\\*\\* \\_c\\_ snake_case \\`d\\`"),
            ("<b>x</b> & &amp; AT&T &#38;", "\\<b>x\\</b> & \\&amp; AT\\&T \\&#38;"),
            ("[a](b) ![c](d)", "\\[a\\](b) !\\[c\\](d)"),
            ("# x", "\\# x"),
            ("- x", "\\- x"),
            ("---", "\\---"),
            ("+ x", "\\+ x"),
            ("===", "\\==="),
            ("> x > y", "\\> x > y"),
            ("1. x", "1\\. x"),
            ("12) x", "12\\) x"),
            ("1984 was. 3.5", "1984 was. 3.5"),
            ("a\\b ~~c~~ $d$ |e|", "a\\\\b \\~\\~c\\~\\~ \\$d\\$ \\|e\\|"),
            ("《电子签章法》（一）“好”", "《电子签章法》（一）“好”"),
        ] {
            assert_eq!(escaped(text), expected, "{text}");
        }
        assert_eq!(heading("C #"), "C \\#");
    }
}
