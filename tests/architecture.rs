//! The house: floors, no circles, one place for each outside thing, sizes.

#![expect(clippy::unwrap_used, reason = "a source tree that cannot be read fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The floor of each module at the top of the crate.
const FLOORS: [(&str, u8); 23] = [
    ("main", 6),
    ("command", 5),
    ("terminal", 5),
    ("view", 4),
    ("app", 3),
    ("check", 2),
    ("evidence", 2),
    ("format", 2),
    ("replay", 2),
    ("layout", 2),
    ("keymap", 2),
    ("store", 2),
    ("query", 2),
    ("config", 2),
    ("transcript", 1),
    ("structure", 1),
    ("text", 1),
    ("marks", 1),
    ("action", 1),
    ("choice", 1),
    ("cli", 1),
    ("lang", 1),
    ("when", 1),
];

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 60;

/// A source file without its tests.
struct File {
    /// Its module path, such as `["text", "wrap"]`.
    module: Vec<String>,
    production: String,
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    let mut files: Vec<_> = paths
        .iter()
        .filter(|path| !path.ends_with("lib.rs"))
        .map(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            let production = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            let module = path.strip_prefix(&root).unwrap().with_extension("");
            let module = module.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            File { module, production }
        })
        .collect();
    files.sort_by(|a, b| a.module.cmp(&b.module));
    files
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// Every path that begins with `prefix` in the code, groups taken apart: `crate::a::{b, c::d}` is two.
fn paths(code: &str, prefix: &str) -> Vec<Vec<String>> {
    let code: String =
        code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code.get(..at).and_then(|text| text.chars().next_back());
        if before.is_some_and(|ch| ch.is_alphanumeric() || ch == '_' || ch == ':') {
            continue;
        }
        tree(code.get(at + prefix.len()..).unwrap_or_default(), &mut Vec::new(), &mut found);
    }
    found
}

/// Reads one path of a use tree into `found`; says how many bytes it took.
fn tree(code: &str, base: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    let depth = base.len();
    let mut at = 0;
    loop {
        let rest = code.get(at..).unwrap_or_default();
        let skipped = rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        at += skipped;
        if rest.starts_with('{') {
            at += 1;
            while !code.get(at..).unwrap_or_default().trim_start().starts_with('}') {
                let taken = tree(code.get(at..).unwrap_or_default(), base, found);
                at += taken;
                let rest = code.get(at..).unwrap_or_default();
                let comma = rest.find([',', '}']).unwrap_or(0);
                at += comma + usize::from(rest.get(comma..).is_some_and(|rest| rest.starts_with(',')));
                if taken == 0 && comma == 0 {
                    break;
                }
            }
            at += code.get(at..).unwrap_or_default().find('}').map_or(0, |end| end + 1);
            break;
        }
        let word: String = rest.chars().take_while(|ch| ch.is_alphanumeric() || *ch == '_').collect();
        at += word.len();
        if word.is_empty() {
            break;
        }
        base.push(word);
        if !code.get(at..).unwrap_or_default().starts_with("::") {
            found.push(base.clone());
            break;
        }
        at += 2;
    }
    base.truncate(depth);
    at
}

fn floor(module: &str) -> u8 {
    let found = FLOORS.iter().find(|(name, _)| *name == module);
    found.unwrap_or_else(|| panic!("{module} has no floor: give it one in the test and in lib.rs")).1
}

#[test]
fn imports_go_down_or_stay_on_their_floor() {
    for file in files() {
        let own = &file.module[0];
        let prefix = if own == "main" { "shilu::" } else { "crate::" };
        for path in paths(&file.production, prefix) {
            assert!(
                floor(&path[0]) <= floor(own),
                "{} reaches up to {}",
                file.module.join("::"),
                path.join("::")
            );
        }
    }
}

#[test]
fn modules_import_each_other_in_no_circle() {
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files() {
        let own = file.module[0].clone();
        let targets = paths(&file.production, "crate::").into_iter().map(|path| path[0].clone());
        graph.entry(own.clone()).or_default().extend(targets.filter(|target| *target != own));
    }
    assert_no_circle(&graph);
}

#[test]
fn siblings_import_each_other_in_no_circle_and_never_their_parent() {
    let files = files();
    let known: BTreeSet<_> = files.iter().map(|file| file.module.clone()).collect();
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for File { module, production } in files.iter().filter(|file| file.module.len() > 1) {
        let [parents @ .., _] = &module[..] else { continue };
        let own = module.join("::");
        for path in paths(production, "super::") {
            let sibling = [parents, &path[..1]].concat();
            assert!(known.contains(&sibling), "{own} imports {} from its parent", path.join("::"));
            graph.entry(own.clone()).or_default().insert(sibling.join("::"));
        }
        for path in paths(production, "crate::").into_iter().filter(|path| path[0] == module[0]) {
            // A file of a group may import what stands beside the group.
            let beside = path.get(..2).map(<[String]>::to_vec).unwrap_or_default();
            let is_beside = parents.len() == 2 && beside != parents && known.contains(&beside);
            assert!(is_beside, "{own} imports its parent: {}", path.join("::"));
            graph.entry(own.clone()).or_default().insert(beside.join("::"));
            graph.entry(parents.join("::")).or_default().insert(beside.join("::"));
        }
    }
    assert_no_circle(&graph);
}

fn assert_no_circle(graph: &BTreeMap<String, BTreeSet<String>>) {
    fn visit<'a>(
        at: &'a str,
        graph: &'a BTreeMap<String, BTreeSet<String>>,
        way: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
    ) {
        assert!(!way.contains(&at), "a circle: {} -> {at}", way.join(" -> "));
        if done.contains(at) {
            return;
        }
        way.push(at);
        for next in graph.get(at).into_iter().flatten() {
            visit(next, graph, way, done);
        }
        way.pop();
        done.insert(at);
    }
    let mut done = BTreeSet::new();
    for start in graph.keys() {
        visit(start, graph, &mut Vec::new(), &mut done);
    }
}

#[test]
fn each_outside_thing_has_one_place() {
    let rules: [(&str, &[&str]); 6] = [
        ("crossterm::", &["terminal"]),
        ("Instant::now", &["terminal"]),
        ("unicode_width::", &["text"]),
        ("serde_json::", &["format", "command"]),
        ("ib_pinyin::", &["text"]),
        ("regex::", &["query", "app"]),
    ];
    for file in files() {
        for (thing, places) in rules {
            let used = file.production.contains(thing) && !places.contains(&file.module[0].as_str());
            assert!(!used, "{} uses {thing}", file.module.join("::"));
        }
    }
}

#[test]
fn no_wildcard_hides_where_a_name_comes_from() {
    for file in files() {
        let wild = file
            .production
            .lines()
            .find(|line| line.trim_start().starts_with("use ") && line.contains("::*"));
        assert_eq!(wild, None, "{}", file.module.join("::"));
    }
}

#[test]
fn files_and_functions_stay_short() {
    for file in files() {
        let name = file.module.join("/");
        let lines: Vec<&str> = file.production.lines().collect();
        assert!(lines.len() <= FILE_LINES, "{name}.rs has {} lines before its tests", lines.len());
        assert!(lines.first().is_some_and(|line| line.starts_with("//! ")), "{name}.rs does not say its job");
        for (start, line) in lines.iter().enumerate() {
            let is_function =
                line.trim_start().trim_start_matches("pub").trim_start_matches("(super)").trim_start();
            let is_function = is_function.trim_start_matches("const ").starts_with("fn ");
            if !is_function || line.ends_with(';') {
                continue;
            }
            let indent = line.len() - line.trim_start().len();
            let close = format!("{}}}", " ".repeat(indent));
            let length = lines[start..].iter().position(|line| *line == close).map_or(1, |end| end + 1);
            assert!(length <= FUNCTION_LINES, "{name}.rs: {} takes {length} lines", line.trim());
        }
    }
}

#[test]
fn a_use_tree_is_taken_apart() {
    let code = "use crate::a::{b::C, d};\nuse crate::e;\nlet x = crate::f::G::new();\n// crate::no\n";
    let found: Vec<_> = paths(code, "crate::").into_iter().map(|path| path.join("::")).collect();
    assert_eq!(found, ["a::b::C", "a::d", "e", "f::G::new"]);
}
