//! Writing CSV (RFC 4180): a header row, then a row a post. It begins with a byte order mark, without which spreadsheets take UTF-8 for
//! an older encoding; readers of CSV skip it.
//!
//! A spreadsheet takes a text that begins with `=`, `+`, `-` or `@` for a formula (OWASP, “CSV Injection”). Such a text has an apostrophe
//! before it, and so has one that begins with an apostrophe: a reader that takes one leading apostrophe away has the text as it was.
//!
//! Where a reader keeps something of a post there are further columns for that.

use super::record::{Record, clean};
use super::stamps;
use crate::transcript::{PostId, Role};
use csv::{Terminator, WriterBuilder};
use std::io::{self, Write};

/// What stands before the first column.
const MARK: &str = "\u{feff}";

const COLUMNS: [&str; 9] = ["number", "start", "end", "speaker", "name", "title", "role", "kind", "text"];

/// What is kept: whether there is a bookmark, what it is called, the note, the tags.
const KEPT: [&str; 4] = ["bookmarked", "bookmark", "note", "tags"];

/// Writes posts of a record as CSV. The times are ISO 8601 of a wall clock, else hours, minutes and seconds since the start; the
/// paragraphs of a text are lines. Says how many texts have an apostrophe before them.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_csv(record: Record, out: &mut dyn Write) -> io::Result<usize> {
    out.write_all(MARK.as_bytes())?;
    let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    let has_marks = record.has_marks();
    let kept: &[&str] = if has_marks { &KEPT } else { &[] };
    csv.write_record(COLUMNS.iter().chain(kept))?;
    let mut guards = 0;
    for &id in record.posts {
        let [number, start, end, texts @ ..] = row(record, id);
        let kept = has_marks.then(|| keeping(record, id)).into_iter().flatten();
        let texts = texts.into_iter().chain(kept).map(|text| {
            let is_formula = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\'']);
            guards += usize::from(is_formula);
            if is_formula { format!("'{text}") } else { text }
        });
        csv.write_record([number, start, end].into_iter().chain(texts))?;
    }
    csv.flush()?;
    Ok(guards)
}

/// What is kept of a post, in the order of its columns.
fn keeping(record: Record, id: PostId) -> [String; KEPT.len()] {
    let Some(mark) = record.mark(id) else { return Default::default() };
    let lines = |text: &str| text.lines().map(clean).collect::<Vec<_>>().join("\n").trim().to_owned();
    let tags: Vec<_> = mark.tags.iter().map(|tag| clean(tag)).collect();
    let bookmarked = if mark.bookmarked { "yes" } else { "" };
    [bookmarked.to_owned(), lines(&mark.name), lines(&mark.note), tags.join("; ")]
}

/// The fields of a post, in the order of the columns.
fn row(record: Record, id: PostId) -> [String; COLUMNS.len()] {
    let Record { transcript, structure, .. } = record;
    let (post, meta) = (transcript.post(id), &transcript.meta);
    let time = |ms: Option<i64>| ms.and_then(|ms| stamps::exact(meta, ms)).unwrap_or_default();
    let role = match structure.role(post.speaker) {
        Role::Unknown => "",
        role => role.name(),
    };
    [
        id.number().to_string(),
        time(stamps::told(transcript, id)),
        time(post.end),
        record.label(id),
        clean(structure.name(transcript, post.speaker)),
        clean(structure.title(transcript, post.speaker)),
        clean(role),
        clean(transcript.kind_name(structure.kind(transcript, id))),
        record.paragraphs(id).join("\n"),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::record::with_record;
    use super::*;

    fn written(text: &str) -> (Vec<u8>, usize) {
        let mut out = Vec::new();
        let guards = with_record(text, |record| write_csv(record, &mut out)).unwrap();
        (out, guards)
    }

    #[test]
    fn another_reader_finds_the_same_fields() {
        let (bytes, guards) = written(
            "2025-01-01 08:00\n\n馆长李明\n\n一，\"二\"\n三,四\n\n2025-01-01 08:05\n\n主持人\n\n=1+1\n\n2025-01-01 08:06\n\n主持人\n\n'tis\u{1b}\n",
        );
        let mut reader = csv::Reader::from_reader(&bytes[..]);
        assert_eq!(reader.headers().unwrap(), &COLUMNS[..]);
        let rows: Vec<Vec<String>> = reader.deserialize().map(Result::unwrap).collect();
        assert_eq!(
            rows,
            [
                [
                    "1",
                    "2025-01-01T08:00",
                    "",
                    "馆长李明",
                    "李明",
                    "馆长",
                    "guest",
                    "speech",
                    "一，\"二\"\n三,四"
                ],
                ["2", "2025-01-01T08:05", "", "主持人", "主持人", "", "host", "speech", "'=1+1"],
                ["3", "2025-01-01T08:06", "", "主持人", "主持人", "", "host", "speech", "''tis␛"],
            ]
        );
        assert_eq!(guards, 2);
    }

    #[test]
    fn times_since_the_start_are_hours_minutes_and_seconds() {
        let (bytes, _) = written(
            r#"{"segments": [{"speaker": "甲", "startTime": 3723.4, "endTime": 3724, "body": "-5"}]}"#,
        );
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("\r\n1,01:02:03.400,01:02:04.000,甲,甲,,,speech,'-5\r\n"), "{text}");
    }
}
