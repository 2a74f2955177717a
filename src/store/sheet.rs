//! What one file says: its text, and the entries and chapters in it.

use super::broken::{Broken, Shape};
use super::field::{Entry, Field, Said, lay_over};
use super::table::{Flaw, Span, needed, optional, parsed, read_text, tables, texts, wrong, yes_no};
use crate::structure::{ChapterMark, Corrections};
use std::collections::BTreeMap;
use std::path::Path;
use toml_edit::{Document, TableLike};

/// What a file says.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its text.
    pub text: String,
    /// Of the speakers, by byline.
    pub speakers: BTreeMap<String, Entry>,
    /// Of the chapters.
    pub chapters: Vec<ChapterMark>,
}

impl Sheet {
    /// Reads a file; none says nothing.
    pub fn read(path: &Path) -> Result<Self, Broken> {
        let Some(text) = read_text(path)? else { return Ok(Self::default()) };
        Self::of(path, text)
    }

    /// Reads a text; the path is for what is wrong with it.
    pub fn of(path: &Path, text: String) -> Result<Self, Broken> {
        let (speakers, chapters) = parsed(path, &text, read)?;
        Ok(Self { text, speakers, chapters })
    }

    /// Whether it says something of a byline.
    pub fn says(&self, byline: &str) -> bool {
        self.speakers.get(byline).is_some_and(|entry| !entry.is_empty())
    }

    /// Lays it over what other files say: its fields override theirs, and so does the title of the same chapter.
    pub fn lay_over(&self, corrections: &mut Corrections) {
        for (byline, entry) in &self.speakers {
            lay_over(corrections, byline, entry);
        }
        for chapter in &self.chapters {
            let same = |other: &&mut ChapterMark| {
                (&other.by, &other.at, &other.begins) == (&chapter.by, &chapter.at, &chapter.begins)
            };
            match corrections.chapters.iter_mut().find(same) {
                Some(other) => other.title.clone_from(&chapter.title),
                None => corrections.chapters.push(chapter.clone()),
            }
        }
    }
}

fn read(document: &Document<&str>) -> Result<(BTreeMap<String, Entry>, Vec<ChapterMark>), Flaw> {
    let mut speakers: BTreeMap<String, Entry> = BTreeMap::new();
    for (span, table) in tables(document.get("speaker"), "speaker")? {
        let byline = needed(span, table, "byline")?;
        speakers.entry(byline).or_default().extend(entry(table)?);
    }
    let chapters = tables(document.get("chapter"), "chapter")?.into_iter().map(chapter);
    Ok((speakers, chapters.collect::<Result<_, _>>()?))
}

fn entry(table: &dyn TableLike) -> Result<Entry, Flaw> {
    let mut entry = Entry::new();
    for key in texts(table, "derived")?.unwrap_or_default() {
        entry.extend(Field::ALL.iter().find(|field| field.key() == key).map(|field| (*field, None)));
    }
    for field in Field::ALL {
        let key = field.key();
        let said = match field {
            Field::Aliases => texts(table, key)?.map(|texts| Some(Said::Texts(texts))),
            Field::Apart => yes_no(table, key)?.map(|yes| yes.then_some(Said::Yes)),
            _ => optional(table, key)?.map(|text| Some(Said::Text(text))),
        };
        entry.extend(said.map(|said| (field, said)));
    }
    Ok(entry)
}

fn chapter((span, table): (Span, &dyn TableLike)) -> Result<ChapterMark, Flaw> {
    let at = match table.get("at") {
        Some(item) if item.is_datetime() => item.as_datetime().map(ToString::to_string),
        Some(item) if !item.is_str() => return Err(wrong(item, "at", Shape::Moment)),
        _ => optional(table, "at")?,
    };
    let (title, by) = (needed(span.clone(), table, "title")?, needed(span, table, "by")?);
    Ok(ChapterMark { title, at, by, begins: optional(table, "begins")?.unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::super::table::LARGEST;
    use super::*;
    use crate::structure::Correction;
    use crate::transcript::Role;
    use std::fs::File;

    fn sheet(text: &str) -> Result<Sheet, (Option<usize>, String)> {
        let sheet = Sheet::of(Path::new("talk.txt.shilu.toml"), text.to_owned());
        sheet.map_err(|broken| (broken.line, format!("{:?}", broken.what)))
    }

    fn read(texts: &[&str]) -> Corrections {
        let mut corrections = Corrections::default();
        for text in texts {
            sheet(text).unwrap().lay_over(&mut corrections);
        }
        corrections
    }

    #[test]
    fn every_field_is_read_in_either_form() {
        let tables = r#"
            unknown = 1
            [[speaker]]
            byline = "某市图书馆馆陆知远"
            name = "陆知远"
            title = ""
            role = "guest"
            aliases = ["陆志远"]
            same-as = "陆知远"
            apart = true
            colour = "red"
            [[chapter]]
            title = "开幕"
            at = "2018-01-09T08:27"
            by = "主持人"
            begins = "各位网友"
        "#;
        let correction = Correction {
            name: Some("陆知远".into()),
            title: Some(String::new()),
            role: Some(Role::Guest),
            aliases: Some(vec!["陆志远".into()]),
            same_as: Some("陆知远".into()),
            apart: true,
        };
        let chapter = ChapterMark {
            title: "开幕".into(),
            at: Some("2018-01-09T08:27".into()),
            by: "主持人".into(),
            begins: "各位网友".into(),
        };
        let corrections = read(&[tables]);
        assert_eq!(corrections.of("某市图书馆馆陆知远"), Some(&correction));
        assert_eq!(corrections.chapters, [chapter]);
        let inline = "speaker = [{byline = '', role = 'host'}]\nchapter = [{title = '', by = '', at = 2018-01-09T08:27:00}]";
        for text in [inline.to_owned(), format!("\u{feff}{}", inline.replace('\n', "\r\n"))] {
            let corrections = read(&[&text]);
            assert_eq!(corrections.of("").unwrap().role, Some(Role::Host));
            assert_eq!(corrections.chapters[0].at.as_deref(), Some("2018-01-09T08:27:00"));
        }
        for nothing in ["", "# a comment", "other = []", "[[speaker]]\nbyline = '甲'\napart = false"] {
            assert!(read(&[nothing]).is_empty(), "{nothing}");
        }
    }

    #[test]
    fn later_fields_win_and_a_field_can_be_taken_back() {
        let one = "[[speaker]]\nbyline = '甲'\nname = '乙'\nrole = 'host'\napart = true\n";
        let two = "[[speaker]]\nbyline = '甲'\nname = '丙'\n";
        let back = "[[speaker]]\nbyline = '甲'\nderived = ['role', 'future']\napart = false\n";
        for texts in [&[format!("{one}{two}")][..], &[one.to_owned(), two.to_owned()]] {
            let texts: Vec<_> = texts.iter().map(String::as_str).collect();
            let both = read(&texts);
            let found = both.of("甲").unwrap();
            assert_eq!(
                (found.name.as_deref(), &found.role, found.apart),
                (Some("丙"), &Some(Role::Host), true)
            );
        }
        let rest = read(&[one, two, back]);
        let name = Some("丙".to_owned());
        assert_eq!(rest.of("甲"), Some(&Correction { name, ..Correction::default() }));
    }

    #[test]
    fn a_chapter_in_both_files_has_the_later_title() {
        let chapter = |title: &str, by: &str| format!("[[chapter]]\ntitle = '{title}'\nby = '{by}'\n");
        let both = read(&[
            &(chapter("一", "甲") + &chapter("二", "乙")),
            &(chapter("三", "乙") + &chapter("四", "丙")),
        ]);
        let titles: Vec<_> = both.chapters.iter().map(|chapter| chapter.title.as_str()).collect();
        assert_eq!(titles, ["一", "三", "四"]);
    }

    #[test]
    fn what_is_no_correction_is_told_with_its_line() {
        for (text, line, what) in [
            ("\n[[speaker]]\nname = '甲'", 2, "Missing(\"byline\")"),
            ("[[speaker]]\nbyline = '甲'\n[[speaker]]", 3, "Missing(\"byline\")"),
            ("speaker = [\n{},\n]", 2, "Missing(\"byline\")"),
            ("[[speaker]]\nbyline = 1", 2, "Expected(\"byline\", Text)"),
            ("[[speaker]]\nbyline = '甲'\n\nname.first = '乙'", 4, "Expected(\"name\", Text)"),
            ("[[speaker]]\nbyline = '甲'\nname = false", 3, "Expected(\"name\", Text)"),
            ("[[speaker]]\nbyline = '甲'\naliases = '乙'", 3, "Expected(\"aliases\", Texts)"),
            ("[[speaker]]\nbyline = '甲'\naliases = [1]", 3, "Expected(\"aliases\", Texts)"),
            ("[[speaker]]\nbyline = '甲'\napart = 'yes'", 3, "Expected(\"apart\", YesNo)"),
            ("[[speaker]]\nbyline = '甲'\nderived = true", 3, "Expected(\"derived\", Texts)"),
            ("\n[speaker]\nbyline = '甲'", 2, "Expected(\"speaker\", Tables)"),
            ("speaker = 3", 1, "Expected(\"speaker\", Tables)"),
            ("speaker = [3]", 1, "Expected(\"speaker\", Tables)"),
            ("[[chapter]]\nby = '甲'", 1, "Missing(\"title\")"),
            ("[[chapter]]\ntitle = '甲'", 1, "Missing(\"by\")"),
            ("[[chapter]]\ntitle = '甲'\nby = '乙'\nat = 8", 4, "Expected(\"at\", Moment)"),
        ] {
            assert_eq!(sheet(text).unwrap_err(), (Some(line), what.to_owned()), "{text}");
        }
        for (text, line) in [("\n[[speaker]\n", 2), ("a = 1\na = 2", 2), ("a = '", 1), ("\nx = [\n\n", 2)] {
            let (found, what) = sheet(text).unwrap_err();
            assert!(what.starts_with("Syntax"), "{what}");
            assert_eq!(found, Some(line), "{text}: {what}");
        }
    }

    #[test]
    fn depth_is_told_and_overflows_nothing() {
        let deep = |part: &str| part.repeat(200_000);
        for text in [
            format!("a = {}1", deep("[")),
            format!("a = {}1", deep("{a=")),
            format!("{}a = 1", deep("a.")),
            format!("[{}a]", deep("a.")),
            format!("[[{}a]]", deep("a.")),
            format!("a = {{ {}a = 1 }}", deep("a.")),
        ] {
            let what = sheet(&text).unwrap_err().1;
            assert!(what.starts_with("Syntax"), "{what}");
        }
        for depth in 60..=100 {
            let dotted = "a.".repeat(depth);
            let nested = format!("{dotted}a={}1{}", format!("{{{dotted}a=").repeat(depth), "}".repeat(depth));
            let _ = sheet(&format!("[{dotted}a]\n{nested}"));
        }
        assert!(sheet(&deep("[[a]]\n[a.b]\n")).is_ok());
    }

    #[test]
    fn what_is_no_text_file_is_told_and_none_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let read =
            |name: &str| Sheet::read(&at(name)).map_err(|broken| (broken.line, format!("{:?}", broken.what)));
        std::fs::write(at("latin"), b"# one\n# \xe9\n").unwrap();
        assert_eq!(read("latin").unwrap_err(), (Some(2), "Encoding".to_owned()));
        std::fs::create_dir(at("folder")).unwrap();
        assert_eq!(read("folder").unwrap_err(), (None, "NoFile".to_owned()));
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        assert_eq!(read("pipe").unwrap_err(), (None, "NoFile".to_owned()));
        File::create(at("large")).unwrap().set_len(LARGEST + 1).unwrap();
        assert_eq!(read("large").unwrap_err(), (None, format!("TooLarge({LARGEST})")));
        std::os::unix::fs::symlink("circle", at("circle")).unwrap();
        assert!(read("circle").unwrap_err().1.starts_with("Unreadable"));
        for none in ["missing", "missing/too", "latin/below", &"x".repeat(300)] {
            assert_eq!(read(none).unwrap().text, "", "{none}");
        }
    }
}
