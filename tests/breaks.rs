//! Line breaking against the data of the Unicode Consortium, where it is present.

mod say;

use say::say;
use shilu::text::breaks::{Break, Breaker};
use shilu::text::cluster::clusters;
use std::path::Path;
use unicode_segmentation::UnicodeSegmentation;

fn cases(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/unicode").join(name);
    std::fs::read_to_string(path).ok()
}

/// A line of the data: the text, and whether it may be parted before each character and at its end.
fn case(line: &str) -> Option<(String, Vec<bool>)> {
    let data = line.split('#').next()?.trim();
    let mut text = String::new();
    let mut parted = Vec::new();
    for field in data.split_whitespace() {
        match field {
            "÷" => parted.push(true),
            "×" => parted.push(false),
            code => text.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?),
        }
    }
    (!text.is_empty()).then_some((text, parted))
}

fn parted(text: &str) -> Vec<bool> {
    let mut breaker = Breaker::new(text, None);
    let inner = text.char_indices().map(|(at, _)| breaker.before(at) != Break::No);
    inner.collect::<Vec<_>>().into_iter().chain([true]).collect()
}

#[test]
fn without_tailoring_every_line_of_the_standards_test_holds() {
    let Some(data) = cases("LineBreakTest.txt") else {
        say("0 cases: LineBreakTest.txt is not there");
        return;
    };
    let cases: Vec<_> = data.lines().filter_map(|line| Some((line, case(line)?))).collect();
    let mut failed = Vec::new();
    for (line, (text, expected)) in &cases {
        if parted(text) != *expected {
            failed.push(*line);
        }
    }
    say(&format!("{} of {} cases of LineBreakTest.txt hold", cases.len() - failed.len(), cases.len()));
    assert!(
        failed.is_empty(),
        "{} fail, such as\n{}",
        failed.len(),
        failed[..failed.len().min(20)].join("\n")
    );
}

#[test]
fn clusters_are_the_librarys_and_those_are_nearly_all_of_the_standards() {
    let Some(data) = cases("GraphemeBreakTest.txt") else {
        say("0 cases: GraphemeBreakTest.txt is not there");
        return;
    };
    let cases: Vec<_> = data.lines().filter_map(case).collect();
    let borders = |clusters: Vec<&str>, text: &str| {
        let starts: Vec<_> =
            clusters.iter().map(|cluster| cluster.as_ptr() as usize - text.as_ptr() as usize).collect();
        text.char_indices().map(|(at, _)| starts.contains(&at)).chain([true]).collect::<Vec<bool>>()
    };
    let mut held = 0;
    for (text, expected) in &cases {
        let library = borders(text.graphemes(true).collect(), text);
        assert_eq!(borders(clusters(text).collect(), text), library, "{text:?}");
        held += usize::from(library == *expected);
    }
    say(&format!("{held} of {} cases of GraphemeBreakTest.txt hold", cases.len()));
    assert!(held * 100 >= cases.len() * 98, "{held} of {}", cases.len());
}
