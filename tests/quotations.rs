//! Quotations: what they hold, that other programs find the words in them, and that nothing runs when one is pasted.

#![cfg(unix)]

mod hostile_cases;
mod taken;
mod texts;

use hostile_cases::cases;
use proptest::collection::vec;
use proptest::sample::select;
use proptest::strategy::Strategy;
use proptest::test_runner::Config;
use proptest::{prop_assert, prop_assert_eq, proptest};
use shilu::choice::QuoteForm;
use shilu::format::{Forced, quotation, read_bytes};
use shilu::lang::Lang;
use shilu::marks::Marks;
use shilu::query::Where;
use shilu::structure::Structure;
use shilu::transcript::{PostId, Transcript};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use taken::{acts, all, blocks, made, record, shown};
use texts::any_text;

const FORMS: [QuoteForm; 3] = [QuoteForm::Plain, QuoteForm::Markdown, QuoteForm::Marked];

fn quote(transcript: &Transcript, posts: &[PostId], form: QuoteForm, lang: Lang) -> String {
    made(transcript, (posts, &Marks::default()), lang, |record| quotation(record, form).text)
}

fn posts() -> impl Strategy<Value = Vec<(String, String)>> {
    vec((any_text(8), any_text(40)), 1..4)
}

/// How a line of text may begin: with nothing that the record says.
fn begins_well(line: &str) -> bool {
    ["“", "—", "#", "["].iter().any(|sign| line.starts_with(sign)) || line.is_empty()
}

proptest! {
    #![proptest_config(Config { cases: 300, ..Config::default() })]

    #[test]
    fn a_quotation_holds_every_word_and_nothing_in_it_acts(posts in posts(), form in select(&FORMS[..])) {
        let transcript = record(&posts);
        let text = quote(&transcript, &all(&transcript), form, Lang::Zh);
        prop_assert!(!acts(&text), "{text:?}");
        prop_assert!(!text.ends_with('\n'));
        if form != QuoteForm::Markdown {
            prop_assert!(text.lines().all(begins_well), "{text}");
            let mut rest = text.as_str();
            for paragraph in transcript.ids().flat_map(|id| shown(&transcript, id)) {
                let at = rest.find(&paragraph);
                prop_assert!(at.is_some(), "{paragraph:?} in {text:?}");
                rest = rest.get(at.unwrap_or(0) + paragraph.len()..).unwrap_or_default();
            }
        }
    }

    #[test]
    fn markdown_renders_a_quotation_as_it_was_said(posts in posts(), lang in select(&[Lang::Zh, Lang::En][..])) {
        let transcript = record(&posts);
        for id in transcript.ids() {
            let text = quote(&transcript, &[id], QuoteForm::Markdown, lang);
            for extended in [false, true] {
                let found = blocks(&text, extended);
                let said: Vec<_> = found.iter().filter(|block| block.0).map(|block| block.2.clone()).collect();
                let mut expected: Vec<_> = shown(&transcript, id).iter().map(|text| format!("“{text}")).collect();
                if let Some(last) = expected.last_mut() {
                    last.push('”');
                }
                prop_assert_eq!(said, expected, "{}", text);
                let reference = &found.last().expect("a reference").2;
                prop_assert!(reference.ends_with(&format!("#{}", id.number())), "{text}");
            }
        }
    }

    #[test]
    fn the_reference_leads_back_to_the_post(posts in posts(), form in select(&FORMS[..]), lang in select(&[Lang::Zh, Lang::En][..])) {
        let transcript = record(&posts);
        let structure = Structure::of(&transcript);
        for id in transcript.ids() {
            let text = quote(&transcript, &[id], form, lang);
            // A line of input takes what is pasted without its line ends.
            let pasted: String = text.chars().filter(|ch| !ch.is_control()).collect();
            let place = Where::parse(&pasted);
            let found = place.and_then(|place| place.find(&transcript, &structure, PostId::new(0)));
            prop_assert_eq!(found, Some(id), "{}", text);
        }
    }
}

#[test]
fn texts_that_mean_harm_are_quoted_without_a_control() {
    let cases = cases();
    for case in &cases {
        let text = String::from_utf8_lossy(&case.bytes).into_owned();
        let transcript = record(&[(text.clone(), text.clone()), ("甲".to_owned(), text)]);
        for form in FORMS {
            for posts in [&all(&transcript)[..], &all(&transcript)[..1]] {
                let quoted = quote(&transcript, posts, form, Lang::Zh);
                assert!(!acts(&quoted), "{}: {quoted:?}", case.name);
                assert!(
                    form == QuoteForm::Markdown || quoted.lines().all(begins_well),
                    "{}: {quoted}",
                    case.name
                );
            }
        }
    }
    assert!(cases.len() > 20);
}

/// What would run `evil` if a shell were given it, one way or another.
const BAITS: [&str; 34] = [
    "evil",
    "a evil",
    "a\nevil\nb",
    "a; evil",
    "a & evil",
    "a && evil",
    "a || evil",
    "a | evil",
    "a `evil` b",
    "a $(evil)",
    "\"$(evil)\"",
    "${x:=`evil`}",
    "> x evil",
    "a > x; evil",
    "(evil)",
    "a (evil)",
    "<(evil)",
    "it's; evil 'x'",
    "'; evil; '\n; evil",
    "\"; evil; \"",
    "#; evil",
    "\\; evil",
    "\\\\; evil",
    "a \\\nevil",
    "!evil",
    "{ evil; }",
    "x=1 evil",
    "evil\r",
    "a\u{2028}evil",
    "a\u{85}evil",
    "\u{1b}[201~evil\n\u{1b}[201~\nevil",
    "EOF\nevil",
    "\u{3}\nevil",
    "- evil\n+ evil\n* evil\n1. evil",
];

/// Gives lines to a shell that takes each line end for Enter, with a command `evil` at hand; says whether that ran, and which files are
/// there that were not.
fn pasted(shell: &[&str], text: &str) -> (bool, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let (bin, ran, work) = (folder.path().join("bin"), folder.path().join("ran"), folder.path().join("work"));
    std::fs::create_dir(&bin).expect("a folder");
    std::fs::create_dir(&work).expect("a folder");
    let evil = bin.join("evil");
    std::fs::write(&evil, format!("#!/bin/sh\n: > '{}'\n", ran.display())).expect("a command");
    std::fs::set_permissions(&evil, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    let mut child = Command::new(shell[0])
        .args(&shell[1..])
        .env_clear()
        .env("PATH", &bin)
        .env("LC_ALL", "C.UTF-8")
        .current_dir(&work)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell");
    let _ = child.stdin.take().expect("input").write_all(text.as_bytes());
    child.wait().expect("the shell ends");
    let names = std::fs::read_dir(&work).expect("a folder");
    (
        ran.exists(),
        names.map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned()).collect(),
    )
}

fn shells() -> Vec<Vec<&'static str>> {
    let all =
        [&["/bin/bash", "--norc", "--noprofile", "-i"][..], &["/bin/dash", "-i"], &["/bin/zsh", "-f", "-i"]];
    let there: Vec<_> =
        all.iter().filter(|shell| Path::new(shell[0]).exists()).map(|shell| shell.to_vec()).collect();
    assert!(!there.is_empty(), "no shell is there to try");
    there
}

#[test]
fn a_shell_runs_the_baits_when_they_are_not_quoted() {
    for shell in shells() {
        for bait in ["evil\n", "a; evil\n", "> x evil\n", "a $(evil)\n"] {
            assert!(pasted(&shell, bait).0, "{shell:?} {bait}");
        }
    }
}

#[test]
fn nothing_runs_when_a_quotation_is_pasted_into_a_shell_that_takes_line_ends_for_enter() {
    let mut tried = 0;
    for shell in shells() {
        for (index, bait) in BAITS.iter().enumerate() {
            let bait = (*bait).to_owned();
            let by = ["甲".to_owned(), bait.replace('\n', " "), "evil".to_owned()];
            let said = |who: usize| (by[(index + who) % 3].clone(), format!("{bait}\n{bait}"));
            let transcript = record(&[said(0), said(1), said(2)]);
            let lang = if index % 2 == 0 { Lang::Zh } else { Lang::En };
            for form in FORMS {
                let ids = all(&transcript);
                for posts in [&ids[..], &ids[index % 3..=index % 3]] {
                    let text = quote(&transcript, posts, form, lang);
                    // The last line waits for Enter, which nobody presses.
                    let Some((lines, _)) = text.rsplit_once('\n') else { continue };
                    let (ran, files) = pasted(&shell, &format!("{lines}\n"));
                    assert!(!ran, "{shell:?} {bait:?} {form:?}: {text}");
                    assert!(files.is_empty(), "{shell:?} {bait:?} {form:?}: {files:?} {text}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 50, "{tried}");
}

#[test]
fn a_time_that_was_guessed_is_quoted_as_none() {
    let text = "一段。\n\n又一段。\n";
    let transcript = read_bytes(text.as_bytes(), Forced::default()).expect("a record").0;
    for form in FORMS {
        let quoted = quote(&transcript, &all(&transcript), form, Lang::Zh);
        assert!(!quoted.contains(':') && !quoted.contains("20"), "{quoted}");
    }
}
