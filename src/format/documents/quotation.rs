//! Posts as a quotation with its reference, made to be pasted: `“……”——陆知远，某馆馆长，2018-01-09 15:14，《标题》#42`.
//!
//! What was said stands there as it was said, with marks for characters that act or do not show. The times are no finer than the source,
//! and one that the source does not tell is not told. `#42` is what `--at` and `:` take.
//!
//! Nothing runs when a quotation is pasted into a shell that takes a line end for Enter (one without bracketed paste):
//! - It does not end with a line end, so that one of a single line waits.
//! - No line begins with a word of the record, but with a quotation mark, a dash, `#42` or `[42.1]`, which name no command.
//! - Where a line holds what a shell acts upon in the midst of words (`;`, `&`, `|`, `<`, `>`, backquotes, `$(` ...), the lines become
//!   one, with `¶` between paragraphs, as run-in quotations have it.
//! - Markdown cannot be one line, but a backslash makes those characters text to Markdown and to shells. The `>` before a line is a
//!   redirection to a shell, which would make a file of its first word and run the second: so the quotation mark behind it is written
//!   `&ldquo;`, and the `#` before a number `&#35;`. No shell takes `&` there; it refuses the line.

use super::markdown;
use super::record::{Record, clean};
use super::stamps;
use crate::choice::QuoteForm;
use crate::lang::Lang;
use crate::text::count::count;
use crate::transcript::{PostId, SpeakerId};

/// Posts as they are quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The text.
    pub text: String,
    /// Characters that were said, without white space.
    pub chars: usize,
}

/// Quotes the posts of a record.
pub fn quotation(record: Record, form: QuoteForm) -> Quotation {
    let text = match form {
        QuoteForm::Plain | QuoteForm::Marked => plain(record, form == QuoteForm::Marked),
        QuoteForm::Markdown => block(record),
    };
    let said = |&id: &PostId| count(&record.paragraphs(id).concat()).chars;
    Quotation { text, chars: record.posts.iter().map(said).sum() }
}

/// Lines of text; one line where a shell would act upon it.
fn plain(record: Record, marked: bool) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut before = None;
    let is_single = record.posts.len() == 1;
    for (index, &id) in record.posts.iter().enumerate() {
        let paragraphs = record.paragraphs(id);
        let head = if is_single { String::new() } else { head(record, index, before) };
        if marked {
            lines.extend((!head.is_empty()).then_some(head));
            let mark = |(index, text): (usize, &String)| format!("[{}.{}] {text}", id.number(), index + 1);
            lines.extend(paragraphs.iter().enumerate().map(mark));
        } else {
            let quoted = quoted(&paragraphs, "“");
            let first = quoted.first().map_or("", String::as_str);
            lines.push(format!("{head}{first}"));
            lines.extend(quoted.into_iter().skip(1));
        }
        before = Some(id);
    }
    let reference = reference(record);
    if is_single && !marked && lines.len() == 1 {
        let blank = record.lang.pick("", " ");
        return format!("{}{blank}{reference}", lines.concat());
    }
    lines.push(reference);
    let is_safe = !lines.iter().any(|line| acts(line));
    lines.join(if is_safe {
        "\n"
    } else if marked {
        " "
    } else {
        " ¶ "
    })
}

/// Paragraphs in quotation marks: each begins with one, and the last ends with one, as is the custom.
fn quoted(paragraphs: &[String], opening: &str) -> Vec<String> {
    let last = paragraphs.len().saturating_sub(1);
    let closing = |index| if index == last { "”" } else { "" };
    let quoted = |(index, text)| format!("{opening}{text}{}", closing(index));
    paragraphs.iter().enumerate().map(quoted).collect()
}

/// A block quotation, and below it the reference.
fn block(record: Record) -> String {
    let mut blocks = Vec::new();
    let mut before = None;
    for (index, &id) in record.posts.iter().enumerate() {
        if record.posts.len() > 1 {
            let head = head(record, index, before);
            blocks.push(format!("&#35;{}", escaped(head.trim_start_matches('#'))));
        }
        let lines = quoted(&record.paragraphs(id), "");
        blocks.extend(lines.iter().map(|line| format!("&ldquo;{}", escaped(line))));
        before = Some(id);
    }
    format!("> {}\n\n{}", blocks.join("\n>\n> "), escaped(&reference(record)))
}

/// Text that is no markup to Markdown, and no more than words to a shell.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for ch in markdown::escaped_inline(text).chars() {
        if matches!(ch, ';' | '&' | '>' | '(' | ')' | '!') && before != '\\' {
            out.push('\\');
        }
        out.push(ch);
        // A backslash behind a backslash is text.
        before = if ch == '\\' && before == '\\' { ' ' } else { ch };
    }
    out
}

/// Whether a line holds what shells act upon, wherever in it that stands.
fn acts(line: &str) -> bool {
    let mut before = ' ';
    line.chars().any(|ch| {
        let acts = match ch {
            ';' | '&' | '|' | '<' | '>' | '`' => true,
            '(' => before.is_ascii_graphic(),
            '{' | '[' => before == '$',
            // The history of a shell.
            other => before == '!' && other.is_ascii_graphic(),
        };
        before = ch;
        acts
    })
}

/// Before a post among several: `#42 2018-01-09 15:14 陆知远（某馆馆长）：`, the day where it is another one, the office where the
/// speaker is first named.
fn head(record: Record, index: usize, before: Option<PostId>) -> String {
    let Record { transcript, structure, posts, lang, .. } = record;
    let id = posts[index];
    let mut parts = vec![format!("#{}", id.number())];
    parts.extend(stamps::new_day(transcript, before, id));
    parts.extend(stamps::told(transcript, id).and_then(|ms| stamps::time(&transcript.meta, ms)));
    let person = structure.author(transcript, id);
    let (name, office) = who(record, person);
    let is_named = posts.iter().take(index).any(|&id| structure.author(transcript, id) == person);
    if !name.is_empty() {
        let office = if is_named { "" } else { office.as_str() };
        parts.push(match (office, lang) {
            ("", _) => name,
            (office, Lang::Zh) => format!("{name}（{office}）"),
            (office, Lang::En) => format!("{name}, {office}"),
        });
    }
    format!("{}{}", parts.join(" "), lang.pick("：", ": "))
}

/// Name and office of a person.
fn who(record: Record, person: SpeakerId) -> (String, String) {
    let Record { transcript, structure, .. } = record;
    (clean(structure.name(transcript, person)), clean(structure.title(transcript, person)))
}

/// Who and when, where that is of one post; the title, the number or the numbers.
fn reference(record: Record) -> String {
    let Record { transcript, structure, posts, lang, .. } = record;
    let mut parts = Vec::new();
    if let &[id] = posts {
        let (name, office) = who(record, structure.author(transcript, id));
        parts.extend([name, office]);
        let day = stamps::new_day(transcript, None, id);
        let time = stamps::told(transcript, id).and_then(|ms| stamps::time(&transcript.meta, ms));
        parts.push(day.into_iter().chain(time).collect::<Vec<_>>().join(" "));
    }
    let number = |id: &PostId| format!("#{}", id.number());
    let numbers = match posts {
        [first, .., last] => format!("{}–{}", number(first), number(last)),
        all => all.iter().map(number).collect(),
    };
    let title = record.title();
    parts.push(match (title.as_str(), lang) {
        ("", _) => numbers,
        (title, Lang::Zh) => format!("《{title}》{numbers}"),
        (title, Lang::En) => format!("“{title}” {numbers}"),
    });
    parts.retain(|part| !part.is_empty());
    format!("{}{}", lang.pick("——", "— "), parts.join(lang.pick("，", ", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, read_bytes};
    use crate::marks::Marks;
    use crate::structure::Structure;

    const RECORD: &str = "灯下夜谈\n\n2025-01-01 08:00\n\n主持人\n\n请馆长介绍。\n\n2025-01-01 08:05\n\n图书馆馆长陆知远\n\n第一段。\n第二段*。\n\n\
        2025-01-02 09:00\n\n图书馆馆长陆知远\n\n再说。\n";

    fn quote(text: &str, numbers: &[usize], form: QuoteForm, lang: Lang) -> String {
        let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        let structure = Structure::of(&transcript);
        let posts: Vec<_> = numbers.iter().map(|number| PostId::new(number - 1)).collect();
        let marks = Marks::default();
        let record = Record {
            transcript: &transcript,
            structure: &structure,
            posts: &posts,
            marks: &marks,
            name: "夜",
            lang,
        };
        quotation(record, form).text
    }

    #[test]
    fn a_post_is_quoted_with_who_when_where() {
        use Lang::{En, Zh};
        use QuoteForm::{Markdown, Marked, Plain};
        for (numbers, form, lang, expected) in [
            (&[1][..], Plain, Zh, "“请馆长介绍。”——主持人，2025-01-01 08:00，《灯下夜谈》#1"),
            (&[1], Plain, En, "“请馆长介绍。” — 主持人, 2025-01-01 08:00, “灯下夜谈” #1"),
            (
                &[2],
                Plain,
                Zh,
                "“第一段。\n“第二段*。”\n——陆知远，图书馆馆长，2025-01-01 08:05，《灯下夜谈》#2",
            ),
            (
                &[2],
                Marked,
                Zh,
                "[2.1] 第一段。\n[2.2] 第二段*。\n——陆知远，图书馆馆长，2025-01-01 08:05，《灯下夜谈》#2",
            ),
            (
                &[2],
                Markdown,
                Zh,
                "> &ldquo;第一段。\n>\n> &ldquo;第二段\\*。”\n\n——陆知远，图书馆馆长，2025-01-01 08:05，《灯下夜谈》#2",
            ),
            (
                &[1, 2, 3],
                Plain,
                Zh,
                "#1 2025-01-01 08:00 主持人：“请馆长介绍。”\n#2 08:05 陆知远（图书馆馆长）：“第一段。\n“第二段*。”\n\
                #3 2025-01-02 09:00 陆知远：“再说。”\n——《灯下夜谈》#1–#3",
            ),
            (
                &[1, 3],
                Markdown,
                En,
                "> &#35;1 2025-01-01 08:00 主持人: \n>\n> &ldquo;请馆长介绍。”\n>\n> &#35;3 2025-01-02 09:00 陆知远, 图书馆馆长: \n>\n> &ldquo;再说。”\n\n\
                — “灯下夜谈” #1–#3",
            ),
        ] {
            assert_eq!(quote(RECORD, numbers, form, lang), expected);
        }
    }

    #[test]
    fn no_time_is_told_that_the_source_does_not_tell() {
        for (text, expected) in [
            (
                "夏夜谈书\n\n主持人：各位好。\n\n陆知远：我说两句。\n\n主持人：好。\n",
                "“各位好。”——主持人，《夏夜谈书》#1",
            ),
            ("一段。\n\n又一段。\n", "“一段。”——《夜》#1"),
            ("[12:18] <ann> hi\n[12:19] <bo> ho\n[12:19] <ann> so\n", "“hi”——ann，12:18，《夜》#1"),
            (
                r#"{"segments": [{"speaker": "甲", "startTime": 3723.4, "body": "一"}]}"#,
                "“一”——甲，1:02:03，《夜》#1",
            ),
        ] {
            assert_eq!(quote(text, &[1], QuoteForm::Plain, Lang::Zh), expected);
        }
    }

    #[test]
    fn what_a_shell_acts_upon_makes_one_line_of_text_and_has_a_backslash_in_markdown() {
        let text = "2025-01-01 08:00\n\nAnn\n\na; rm x\nb $(c) & d > e\n";
        for (form, expected) in [
            (QuoteForm::Plain, "“a; rm x ¶ “b $(c) & d > e” ¶ — Ann, 2025-01-01 08:00, “夜” #1"),
            (QuoteForm::Marked, "[1.1] a; rm x [1.2] b $(c) & d > e — Ann, 2025-01-01 08:00, “夜” #1"),
            (
                QuoteForm::Markdown,
                "> &ldquo;a\\; rm x\n>\n> &ldquo;b \\$\\(c\\) \\& d \\> e”\n\n— Ann, 2025-01-01 08:00, “夜” #1",
            ),
        ] {
            assert_eq!(quote(text, &[1], form, Lang::En), expected);
        }
        for (line, expected) in [
            ("it's $5 (or so), isn't it? [yes] {no}", false),
            ("《办法》（一）；“好”！", false),
            ("Great! Yes", false),
            ("a;b", true),
            ("Q&A", true),
            ("a|b", true),
            ("`a`", true),
            ("$(a)", true),
            ("${a}", true),
            ("*(e:a:)", true),
            ("!rm", true),
            ("<a", true),
            (">a", true),
        ] {
            assert_eq!(acts(line), expected, "{line}");
        }
    }
}
