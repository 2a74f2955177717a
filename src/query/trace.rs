//! What every match of an expression leaves in a text: a part of it that is short, and says nothing of what stands around.
//!
//! A source is looked through in blocks, where posts stand one after another between stamps and bylines. There, whether a
//! post begins or ends is not to be seen, and a long match may lie in two blocks; its trace is found all the same.

use regex_syntax::hir::{Capture, Class, ClassUnicode, Hir, HirKind, Repetition};

/// The longest trace, in bytes.
pub const LONGEST: usize = 4088;

/// The trace: an expression that matches within each match of `hir`, and nothing empty. None where there is none that tells
/// anything.
pub fn trace(hir: &Hir) -> Option<Hir> {
    within(hir).filter(|trace| least(trace) > 0)
}

fn least(hir: &Hir) -> usize {
    hir.properties().minimum_len().unwrap_or(0)
}

fn is_short(hir: &Hir) -> bool {
    hir.properties().maximum_len().is_some_and(|most| most <= LONGEST)
}

fn within(hir: &Hir) -> Option<Hir> {
    if is_short(hir) {
        return Some(bare(hir));
    }
    match hir.kind() {
        HirKind::Capture(capture) => within(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => within(&repetition.sub),
        HirKind::Alternation(parts) => {
            parts.iter().map(within).collect::<Option<Vec<_>>>().map(Hir::alternation)
        }
        HirKind::Concat(parts) => longest_run(parts),
        _ => None,
    }
}

/// Of what follows one another, the run of short parts that has the most characters.
fn longest_run(parts: &[Hir]) -> Option<Hir> {
    let mut runs = vec![Vec::new()];
    let mut add = |part: Hir, ends: bool| {
        let length =
            |run: &[Hir]| run.iter().filter_map(|part| part.properties().maximum_len()).sum::<usize>();
        let is_full =
            runs.last().is_some_and(|run| length(run) + length(std::slice::from_ref(&part)) > LONGEST);
        if is_full {
            runs.push(Vec::new());
        }
        if let Some(run) = runs.last_mut() {
            run.push(part);
        }
        if ends {
            runs.push(Vec::new());
        }
    };
    for part in parts {
        match part.kind() {
            _ if is_short(part) => add(bare(part), false),
            // What is repeated comes at least once on either side.
            HirKind::Repetition(Repetition { min: 1.., sub, .. }) if is_short(sub) => {
                add(bare(sub), true);
                add(bare(sub), false);
            }
            _ => add(within(part).unwrap_or_else(Hir::empty), true),
        }
    }
    let runs = runs.into_iter().map(Hir::concat);
    runs.reduce(|best, run| if least(&run) > least(&best) { run } else { best })
}

/// The expression without what it says of what stands around.
fn bare(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Look(_) => Hir::empty(),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) => hir.clone(),
        HirKind::Repetition(repetition) => {
            Hir::repetition(Repetition { sub: Box::new(bare(&repetition.sub)), ..repetition.clone() })
        }
        HirKind::Capture(Capture { sub, .. }) => bare(sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(bare).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(bare).collect()),
    }
}

/// Whether a match may hold U+FFFD, which stands for what could not be decoded.
pub fn may_be_replaced(hir: &Hir) -> bool {
    let holds = |class: &ClassUnicode| {
        class.iter().any(|range| (range.start()..=range.end()).contains(&char::REPLACEMENT_CHARACTER))
    };
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Literal(literal) => memchr::memmem::find(&literal.0, "\u{fffd}".as_bytes()).is_some(),
        HirKind::Class(Class::Unicode(class)) => holds(class),
        HirKind::Class(Class::Bytes(_)) => true,
        HirKind::Repetition(repetition) => may_be_replaced(&repetition.sub),
        HirKind::Capture(capture) => may_be_replaced(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(may_be_replaced),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pattern: &str) -> Option<String> {
        trace(&regex_syntax::parse(pattern).unwrap()).map(|trace| trace.to_string())
    }

    #[test]
    fn a_trace_is_in_every_match() {
        for (pattern, expected) in [
            ("质量", Some("(?:质量)")),
            ("^质量$", Some("(?:质量)")),
            (r"\b(质|量)\b", Some("[质量]")),
            ("质.*提升", Some("(?:提升)")),
            ("质 +量", Some("(?:质 )")),
            ("(质.*量)+提", Some("质")),
            ("质*", None),
            ("", None),
            ("^$", None),
            (".*", None),
            ("(?:质量|x*)", None),
            ("质{3}", Some("质{3}")),
        ] {
            assert_eq!(told(pattern).as_deref(), expected, "{pattern}");
        }
        let long = regex_syntax::parse(r"(?:质量\d{0,3}){900}").unwrap();
        assert!(trace(&long).is_some_and(|trace| is_short(&trace)));
    }

    #[test]
    fn what_cannot_be_decoded_is_matched_by_what_matches_anything() {
        for (pattern, expected) in [("质.量", true), ("[^a]", true), ("\u{fffd}", true), ("[质質]量", false)]
        {
            assert_eq!(may_be_replaced(&regex_syntax::parse(pattern).unwrap()), expected, "{pattern}");
        }
    }
}
