//! A file of bookmarks and notes: read, and changed as little as one mark asks for.

use super::broken::Broken;
use super::head::{self, Record, put, read_post, write_post};
use super::table::{Flaw, Span, lines, optional, parsed, string, tables, texts, yes_no};
use crate::marks::{Entry, Mark};
use std::path::Path;
use toml_edit::{Array, ArrayOfTables, Document, DocumentMut, Item, Table, TableLike, TomlError, Value};

/// The key of a mark.
const MARK: &str = "mark";

/// What a file says.
#[derive(Debug, Default)]
pub struct MarkSheet {
    /// What its record was known by; nothing of a file that is not there.
    pub print: (usize, u64),
    /// The marks, in the order of the file.
    pub entries: Vec<Entry>,
}

impl MarkSheet {
    /// Reads a text; the path is for what is wrong with it. An empty one says nothing.
    pub fn of(path: &Path, text: &str) -> Result<Self, Broken> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        parsed(path, text, |document: &Document<&str>| {
            let print = head::read(document)?;
            let entries = tables(document.get(MARK), MARK)?.into_iter().map(entry);
            Ok(Self { print, entries: entries.collect::<Result<_, _>>()? })
        })
    }

    /// What is kept when one mark has changed: that of the same post is replaced, the others stay.
    pub fn keep(&mut self, entry: &Entry) {
        self.entries.retain(|other| !other.is_same(entry));
        if !entry.mark.is_empty() {
            self.entries.push(entry.clone());
        }
    }
}

fn entry((span, table): (Span, &dyn TableLike)) -> Result<Entry, Flaw> {
    let (number, check) = read_post(table).map_err(|(place, what)| (place.or(span), what))?;
    let mark = Mark {
        bookmarked: yes_no(table, "bookmark")?.unwrap_or_default(),
        name: optional(table, "name")?.unwrap_or_default(),
        note: optional(table, "note")?.unwrap_or_default(),
        tags: texts(table, "tags")?.unwrap_or_default(),
    };
    Ok(Entry { number, check, mark })
}

/// The text with one mark changed. A new file begins with a comment.
pub fn changed(
    text: &str,
    (record, print): (&Record, (usize, u64)),
    comment: &str,
    entry: &Entry,
) -> Result<String, TomlError> {
    let mut document: DocumentMut = if text.is_empty() { comment.parse()? } else { text.parse()? };
    let new = document.as_table().is_empty();
    head::write(&mut document, record, print);
    if new {
        let above = document.trailing().as_str().unwrap_or_default().to_owned();
        if let Some(mut key) = document.key_mut("version") {
            key.leaf_decor_mut().set_prefix(above);
        }
        document.set_trailing("");
    }
    let of_post = |table: &Table| {
        read_post(table)
            .is_ok_and(|(number, check)| entry.is_same(&Entry { number, check, mark: Mark::default() }))
    };
    if !matches!(document.get(MARK), Some(Item::ArrayOfTables(_))) {
        document.insert(MARK, Item::ArrayOfTables(ArrayOfTables::new()));
    }
    let Some(Item::ArrayOfTables(marks)) = document.get_mut(MARK) else { return Ok(text.to_owned()) };
    let place = marks.iter().position(of_post);
    match (place, entry.mark.is_empty()) {
        (Some(place), true) => drop(marks.remove(place)),
        (None, true) => {}
        (Some(place), false) => marks.get_mut(place).into_iter().for_each(|table| write(table, entry)),
        (None, false) => {
            let mut table = Table::new();
            write(&mut table, entry);
            marks.push(table);
        }
    }
    if marks.is_empty() {
        document.remove(MARK);
    }
    Ok(document.to_string())
}

fn write(table: &mut Table, Entry { number, check, mark }: &Entry) {
    write_post(table, *number, check);
    let texts =
        |texts: &[String]| -> Value { texts.iter().map(|text| string(text)).collect::<Array>().into() };
    for (key, value) in [
        ("bookmark", mark.bookmarked.then(|| true.into())),
        ("name", (!mark.name.is_empty()).then(|| string(&mark.name))),
        ("tags", (!mark.tags.is_empty()).then(|| texts(&mark.tags))),
        ("note", (!mark.note.is_empty()).then(|| lines(&mark.note))),
    ] {
        match value {
            Some(value) => put(table, key, Item::Value(value)),
            None => drop(table.remove(key)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks::Check;

    fn entry(number: usize, note: &str) -> Entry {
        let check =
            Check { at: "2025-01-01T08:00:00".into(), by: "主\"持\n人".into(), begins: "请".into() };
        let mark = Mark {
            bookmarked: number.is_multiple_of(2),
            note: note.into(),
            tags: vec!["质量".into()],
            ..Mark::default()
        };
        Entry { number, check, mark }
    }

    fn record() -> Record {
        Record { path: "/实录/talk.txt".into(), size: 3 }
    }

    #[test]
    fn whatever_is_in_a_note_is_read_as_it_was_written() {
        let mut text = String::new();
        let mut model = MarkSheet::default();
        for (number, note) in [
            "一行",
            "两行\n第二行",
            "\n",
            "\"\"\"",
            "a\"\"",
            "\\n\\",
            "tab\t\u{1b}[31m\r\n\u{7f}",
            "'''\n\"\"\"\n\"",
            "",
            "# no comment\n[[mark]]",
        ]
        .into_iter()
        .enumerate()
        {
            let entry = entry(number, note);
            text = changed(&text, (&record(), (1, 7)), "# of talk\n", &entry).unwrap();
            model.keep(&entry);
            let read = MarkSheet::of(Path::new("x"), &text).unwrap();
            assert_eq!((read.print, &read.entries), ((1, 7), &model.entries), "{text}");
        }
        assert!(text.starts_with("# of talk\nversion = 1\n"), "{text}");
        assert!(text.contains("note = \"\"\"\n两行\n第二行\"\"\"\n"), "{text}");
    }

    #[test]
    fn what_somebody_wrote_by_hand_stays() {
        let first = changed("", (&record(), (1, 7)), "# of talk\n", &entry(1, "a")).unwrap();
        let mine = first.replace("[[mark]]", "# mine\n[[mark]]\ncolour = 'red'") + "# the end\n";
        let more = changed(&mine, (&record(), (1, 7)), "", &entry(2, "b")).unwrap();
        assert!(more.contains("# mine\n[[mark]]\ncolour = 'red'") && more.contains("# the end"), "{more}");
        let gone = Entry { mark: Mark::default(), ..entry(2, "") };
        let less = changed(&more, (&record(), (1, 7)), "", &gone).unwrap();
        assert_eq!(MarkSheet::of(Path::new("x"), &less).unwrap().entries, [entry(1, "a")]);
    }

    #[test]
    fn a_file_that_says_something_else_is_told_with_its_line() {
        for (text, line, what) in [
            ("a = 1", None, "Missing(\"version\")"),
            ("\nversion = 2", Some(2), "Newer(2)"),
            ("version = '1'", Some(1), "Expected(\"version\", Number)"),
            ("version = 1\n[[mark]]\nat = ''", Some(2), "Missing(\"post\")"),
            ("version = 1\n[[mark]]\npost = 1\nnote = 3", Some(4), "Expected(\"note\", Text)"),
            ("version = 1\nmark = 3", Some(2), "Expected(\"mark\", Tables)"),
        ] {
            let broken = MarkSheet::of(Path::new("x"), text).unwrap_err();
            assert_eq!((broken.line, format!("{:?}", broken.what)), (line, what.to_owned()), "{text}");
        }
    }
}
