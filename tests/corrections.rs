//! Corrections on the disk: what was acknowledged is there, whatever happens to the program.

#![expect(clippy::unwrap_used, reason = "a folder that cannot be made fails its test")]

mod say;

use proptest::prelude::*;
use say::say;
use shilu::store::{Failed, Keeper, What};
use shilu::structure::{Corrections, Edit};
use shilu::transcript::Role;
use std::fs::{self, Permissions};
use std::hint::spin_loop;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write, stdout};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// The record that a child of a test edits, the number of its first edit, and how many it makes.
const RECORD: &str = "SHILU_TEST_RECORD";
const FIRST: &str = "SHILU_TEST_FIRST";
const COUNT: &str = "SHILU_TEST_COUNT";

/// A user without rights.
const NOBODY: u32 = 65_534;

/// What tells the bylines of one child from those of another.
const TAG: &str = "SHILU_TEST_TAG";

/// Between the words of the test harness and the number of an edit that is kept.
const KEPT: &str = "kept ";

/// The edit of a number: sets and takes back, of a few bylines.
fn nth(number: usize, tag: &str) -> (String, Edit) {
    let labels = ["甲", "某市图书馆馆陆知远", "", "# [x] = \"\\\"\n", "乙"];
    let text = |turn: usize| (!number.is_multiple_of(turn)).then(|| format!("名{number}"));
    let edit = match number % 7 {
        0 | 4 => Edit::Name(text(4)),
        1 => Edit::Title(text(3)),
        2 => Edit::Role((!number.is_multiple_of(4)).then_some(Role::Host)),
        3 => Edit::SameAs(text(5)),
        5 => Edit::Apart(number.is_multiple_of(2)),
        _ => Edit::Forget,
    };
    (format!("{}{tag}", labels[number % labels.len()]), edit)
}

fn apply(corrections: &mut Corrections, number: usize, tag: &str) {
    let (label, edit) = nth(number, tag);
    corrections.edit(&label, &edit);
}

/// A folder with a record and a place for state.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(desk.at("talk.txt"), "2018-01-09 08:27\n\n主持人\n\n各位网友\n").unwrap();
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self) -> PathBuf {
        self.at("talk.txt.shilu.toml")
    }

    fn keeper(&self) -> Keeper {
        Keeper::beside(&self.at("talk.txt"), Some(&self.at("state")))
    }

    fn names(&self) -> Vec<String> {
        names(self.folder.path())
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn left_over(folder: &Path) -> usize {
    names(folder).iter().filter(|name| name.starts_with(".talk.txt.shilu.toml.")).count()
}

/// What is kept, all of which can be read.
fn loaded(keeper: &Keeper) -> Corrections {
    let loaded = keeper.load();
    assert!(loaded.broken.is_empty(), "{:?}", loaded.broken);
    loaded.corrections
}

fn name(name: &str) -> Edit {
    Edit::Name(Some(name.to_owned()))
}

/// A process that edits, and what it says.
struct Child {
    process: std::process::Child,
    out: BufReader<ChildStdout>,
    tag: String,
    next: usize,
}

impl Child {
    fn start(record: &Path, tag: &str, first: usize, count: usize) -> Self {
        Self::of(&mut Command::new(std::env::current_exe().unwrap()), record, tag, first, count)
    }

    fn of(command: &mut Command, record: &Path, tag: &str, first: usize, count: usize) -> Self {
        let mut process = command
            .args(["--exact", "a_child_edits_when_it_is_told_to", "--nocapture"])
            .env(RECORD, record)
            .env(TAG, tag)
            .env(FIRST, first.to_string())
            .env(COUNT, count.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(process.stdout.take().unwrap());
        Self { process, out, tag: tag.to_owned(), next: first }
    }

    /// Waits for the next acknowledged edit; none when the child has ended.
    fn kept(&mut self) -> Option<usize> {
        let mut line = String::new();
        while self.out.read_line(&mut line).unwrap() > 0 {
            let whole = line.strip_suffix('\n').unwrap_or_default();
            assert!(!whole.contains("FAILED") && !whole.contains("panicked"), "{whole}");
            if let Some((_, number)) = whole.split_once(KEPT) {
                assert_eq!(number, self.next.to_string());
                self.next += 1;
                return Some(self.next - 1);
            }
            line.clear();
        }
        None
    }

    /// Kills it at once, and takes what it had acknowledged by then.
    fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        while self.kept().is_some() {}
    }
}

#[test]
fn a_child_edits_when_it_is_told_to() {
    let Some(record) = std::env::var_os(RECORD) else { return };
    let number = |name| std::env::var(name).unwrap().parse::<usize>().unwrap();
    let tag = std::env::var(TAG).unwrap();
    let keeper = Keeper::beside(Path::new(&record), None);
    for number in (number(FIRST)..).take(number(COUNT)) {
        let (label, edit) = nth(number, &tag);
        keeper.edit(&label, &edit).unwrap();
        stdout().write_all(format!("{KEPT}{number}\n").as_bytes()).unwrap();
    }
}

#[test]
fn what_was_acknowledged_survives_a_kill_at_any_moment() {
    const KILLS: usize = 240;
    let desk = Desk::new();
    let keeper = desk.keeper();
    let (mut model, mut next, mut in_flight, mut left) = (Corrections::default(), 0, 0, 0);
    for round in 0..KILLS {
        let mut child = Child::start(&desk.at("talk.txt"), "", next, usize::MAX);
        for _ in 0..round % 6 {
            child.kept().unwrap();
        }
        // From one round to the next, the moment moves on by some microseconds.
        for _ in 0..(round / 6) * 1_500 * if round % 6 == 0 { 4 } else { 1 } {
            spin_loop();
        }
        child.kill();
        while next < child.next {
            apply(&mut model, next, "");
            next += 1;
        }
        let found = loaded(&keeper);
        if found != model {
            apply(&mut model, next, "");
            (next, in_flight) = (next + 1, in_flight + 1);
        }
        assert_eq!(found, model, "after {next} edits, in round {round}");
        let temporary = left_over(desk.folder.path());
        assert!(temporary <= 1, "{:?}", desk.names());
        left += temporary;
    }
    apply(&mut model, next, "");
    let (label, edit) = nth(next, "");
    keeper.edit(&label, &edit).unwrap();
    assert_eq!(loaded(&keeper), model);
    assert_eq!(left_over(desk.folder.path()), 0, "{:?}", desk.names());
    say(&format!(
        "{KILLS} kills, {next} edits kept, {in_flight} of them in flight; {left} times a temporary file was left"
    ));
    assert!(next > KILLS, "{next} edits");
}

#[test]
fn processes_that_edit_at_once_lose_nothing_to_each_other() {
    let desk = Desk::new();
    let mut model = Corrections::default();
    let mut children: Vec<_> =
        ["一", "二", "三"].map(|tag| Child::start(&desk.at("talk.txt"), tag, 0, 40)).into();
    for child in &mut children {
        while child.kept().is_some() {}
        assert!(child.process.wait().unwrap().success());
        assert_eq!(child.next, 40);
        (0..40).for_each(|number| apply(&mut model, number, &child.tag));
    }
    assert_eq!(loaded(&desk.keeper()), model);
    assert_eq!(desk.names(), ["talk.txt", "talk.txt.shilu.toml"]);

    let mut children: Vec<_> =
        ["一", "二", "三"].map(|tag| Child::start(&desk.at("talk.txt"), tag, 40, usize::MAX)).into();
    let mut killed = 0;
    while let Some(mut child) = children.pop() {
        for _ in 0..15 {
            child.kept().unwrap();
        }
        child.kill();
        killed += 1;
        (40..child.next).for_each(|number| apply(&mut model, number, &child.tag));
        let own = |all: &Corrections| {
            let mut all = all.clone();
            all.speakers.retain(|label, _| label.ends_with(&child.tag));
            all
        };
        let found = loaded(&desk.keeper());
        if own(&found) != own(&model) {
            apply(&mut model, child.next, &child.tag);
        }
        assert_eq!(own(&found), own(&model), "{} edits", child.next);
    }
    say(&format!("3 processes at once: 120 edits and none lost, then {killed} killed one after the other"));
}

#[test]
fn a_disk_that_is_full_leaves_the_file_as_it_was() {
    let desk = Desk::new();
    desk.keeper().edit("甲", &name("乙")).unwrap();
    let before = fs::read_to_string(desk.file()).unwrap() + &"# a long story\n".repeat(2_000);
    fs::write(desk.file(), &before).unwrap();
    // A limit of the size of files, which needs no privilege, stands for the end of the disk.
    let mut shell = Command::new("sh");
    let limited = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
    shell.args(["-c", limited]).arg(std::env::current_exe().unwrap()).stderr(Stdio::piped());
    let mut child = Child::of(&mut shell, &desk.at("talk.txt"), "", 0, 1);
    let (mut out, mut err) = (String::new(), String::new());
    child.out.read_to_string(&mut out).unwrap();
    child.process.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert!(!child.process.wait().unwrap().success());
    assert!(!out.contains(KEPT) && (out + &err).contains("Unwritable"), "{err}");
    assert_eq!(fs::read_to_string(desk.file()).unwrap(), before);
    assert_eq!(desk.names(), ["talk.txt", "talk.txt.shilu.toml"]);
}

#[test]
fn corrections_outlive_the_record_that_was_written_anew() {
    let desk = Desk::new();
    let keeper = desk.keeper();
    assert_eq!(keeper.edit("主持人", &name("陆知远")).unwrap().path, desk.file());
    let before = loaded(&keeper);
    fs::write(
        desk.at("talk.new"),
        "2018-01-09 08:20\n\n甲\n\n早\n\n2018-01-09 08:27\n\n主持人\n\n各位网友\n",
    )
    .unwrap();
    fs::rename(desk.at("talk.new"), desk.at("talk.txt")).unwrap();
    assert_eq!(loaded(&desk.keeper()), before);
    assert_eq!(before.of("主持人").unwrap().name.as_deref(), Some("陆知远"));
}

#[test]
fn what_was_written_by_hand_meanwhile_is_kept() {
    let desk = Desk::new();
    let keeper = desk.keeper();
    keeper.edit("甲", &name("乙")).unwrap();
    let mine =
        "\n# mine\n[[speaker]]\nbyline = '丙'\nrole = 'guest'\n\n[[chapter]]\ntitle = '开幕'\nby = '甲'\n";
    fs::write(desk.file(), fs::read_to_string(desk.file()).unwrap() + mine).unwrap();
    keeper.edit("丁", &Edit::Apart(true)).unwrap();
    let found = loaded(&keeper);
    assert_eq!((found.speakers.len(), found.chapters.len()), (3, 1));
    let text = fs::read_to_string(desk.file()).unwrap();
    assert!(text.contains("# mine\n[[speaker]]\nbyline = '丙'\nrole = 'guest'\n"), "{text}");
    let stamp = || fs::metadata(desk.file()).unwrap().modified().unwrap();
    let before = stamp();
    keeper.edit("丁", &Edit::Apart(true)).unwrap();
    keeper.edit("戊", &Edit::Forget).unwrap();
    assert_eq!(stamp(), before, "an edit that changes nothing writes nothing");
}

#[test]
fn a_file_in_which_nothing_is_left_goes_unless_somebody_wrote_in_it() {
    let desk = Desk::new();
    let keeper = desk.keeper();
    keeper.edit("甲", &name("乙")).unwrap();
    keeper.edit("丙", &Edit::Apart(true)).unwrap();
    keeper.edit("甲", &Edit::Forget).unwrap();
    keeper.edit("丙", &Edit::Apart(false)).unwrap();
    assert_eq!(desk.names(), ["talk.txt"]);
    keeper.edit("甲", &name("乙")).unwrap();
    let text = fs::read_to_string(desk.file()).unwrap();
    fs::write(desk.file(), text + "# mine\n").unwrap();
    keeper.edit("甲", &Edit::Forget).unwrap();
    assert!(fs::read_to_string(desk.file()).unwrap().ends_with("# mine\n"));
    fs::remove_file(desk.file()).unwrap();
    symlink("kept.toml", desk.file()).unwrap();
    keeper.edit("甲", &name("乙")).unwrap();
    keeper.edit("甲", &Edit::Forget).unwrap();
    assert_eq!(desk.names(), ["kept.toml", "talk.txt", "talk.txt.shilu.toml"], "a link leads to a file");
}

#[test]
fn a_broken_file_is_told_and_never_written_over() {
    let desk = Desk::new();
    for (bytes, line) in [
        (&b"[[speaker]]\nbyline = '\xe7\x94\xb2'\nname = 3\n"[..], Some(3)),
        (b"# one\n[[speaker]]\n", Some(2)),
        (b"[[speaker]\n", Some(1)),
        (b"# \xff\n", Some(1)),
    ] {
        fs::write(desk.file(), bytes).unwrap();
        let found = desk.keeper().load();
        assert!(found.corrections.is_empty());
        assert_eq!((found.broken[0].line, found.broken[0].path.clone()), (line, desk.file()));
        let Err(Failed::Broken(broken)) = desk.keeper().edit("甲", &name("乙")) else {
            panic!("it was written over")
        };
        assert_eq!((broken.line, broken.path), (line, desk.file()));
        assert_eq!(fs::read(desk.file()).unwrap(), bytes);
    }
    fs::remove_file(desk.file()).unwrap();
    fs::create_dir(desk.file()).unwrap();
    let Err(Failed::Broken(broken)) = desk.keeper().edit("甲", &name("乙")) else { panic!("a directory") };
    assert!(matches!(broken.what, What::NoFile));
    assert_eq!(desk.names(), ["talk.txt", "talk.txt.shilu.toml"]);
}

#[test]
fn a_link_in_the_place_of_the_file_is_followed() {
    let desk = Desk::new();
    fs::create_dir(desk.at("kept")).unwrap();
    symlink("kept/corrections.toml", desk.file()).unwrap();
    for (label, mode) in [("甲", 0o640), ("乙", 0o600)] {
        let kept = desk.keeper().edit(label, &name("丙")).unwrap();
        assert_eq!(kept.path, desk.at("kept/corrections.toml"));
        fs::set_permissions(&kept.path, Permissions::from_mode(mode)).unwrap();
        assert_eq!(fs::read_link(desk.file()).unwrap(), Path::new("kept/corrections.toml"));
    }
    assert_eq!(names(&desk.at("kept")), ["corrections.toml"]);
    assert_eq!(loaded(&desk.keeper()).speakers.len(), 2);
    symlink("talk.txt", desk.at("link.txt")).unwrap();
    let linked = Keeper::beside(&desk.at("link.txt"), None);
    assert_eq!(linked.edit("甲", &name("丁")).unwrap().path, desk.at("link.txt.shilu.toml"));
}

#[test]
fn where_nothing_can_be_written_beside_the_record_the_state_folder_has_it() {
    let desk = Desk::new();
    // No folder is there, whoever asks: what is above the record is a file.
    let record = desk.at("talk.txt").join("inner.txt");
    let keeper = Keeper::beside(&record, Some(&desk.at("state")));
    let kept = keeper.edit("甲", &name("乙")).unwrap();
    assert!(kept.path.starts_with(desk.at("state/corrections")), "{}", kept.path.display());
    assert_eq!(keeper.edit("丙", &Edit::Apart(true)).unwrap(), kept);
    assert_eq!(loaded(&keeper).speakers.len(), 2);
    let text = fs::read_to_string(&kept.path).unwrap();
    assert!(text.starts_with(&format!("# Corrections of {},", record.display())), "{text}");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&desk.at("state")), 0o700);

    let nowhere = Keeper::beside(&record, None);
    let Err(Failed::Unwritable(path, error)) = nowhere.edit("甲", &name("乙")) else {
        panic!("kept nowhere")
    };
    assert_eq!(
        (path, error.kind()),
        (record.with_file_name("inner.txt.shilu.toml"), ErrorKind::NotADirectory)
    );
}

#[test]
fn a_folder_or_a_file_without_permission_sends_edits_to_the_state_folder() {
    if rustix::process::geteuid().is_root() {
        // Permissions do not hold root: somebody else has to try.
        let mut other = Command::new(std::env::current_exe().unwrap());
        other.args(["--exact", "a_folder_or_a_file_without_permission_sends_edits_to_the_state_folder"]);
        match other.uid(NOBODY).gid(NOBODY).env_remove("TMPDIR").current_dir("/").output() {
            Ok(ran) => {
                assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
                say(String::from_utf8_lossy(&ran.stderr).trim_end());
            }
            Err(error) => say(&format!("0 of 2 cases of missing permissions: {error}")),
        }
        return;
    }
    let desk = Desk::new();
    let mode = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    fs::create_dir(desk.at("shut")).unwrap();
    fs::write(desk.at("shut/talk.txt"), "").unwrap();
    let state = desk.at("state");
    let keeper = Keeper::beside(&desk.at("shut/talk.txt"), Some(&state));
    mode(&desk.at("shut"), 0o500);
    assert!(keeper.edit("甲", &name("乙")).unwrap().path.starts_with(&state));
    mode(&desk.at("shut"), 0o700);
    desk.keeper().edit("甲", &name("乙")).unwrap();
    mode(&desk.file(), 0o400);
    assert!(desk.keeper().edit("甲", &Edit::Name(None)).unwrap().path.starts_with(&state));
    assert!(loaded(&desk.keeper()).is_empty());
    say("2 of 2 cases of missing permissions");
}

#[test]
fn the_state_folder_overrides_field_by_field_and_takes_the_edits_of_what_it_overrides() {
    let desk = Desk::new();
    let keeper = desk.keeper();
    fs::write(
        desk.file(),
        "[[speaker]]\nbyline = '甲'\nname = '乙'\nrole = 'guest'\naliases = ['丙']\n\n[[speaker]]\nbyline = '丁'\napart = true\n",
    )
    .unwrap();
    let beside = fs::read_to_string(desk.file()).unwrap();
    let above = shadow(&desk, "[[speaker]]\nbyline = '甲'\nname = '戊'\n");
    let mut model = loaded(&keeper);
    let one = model.of("甲").unwrap();
    assert_eq!((one.name.as_deref(), &one.role), (Some("戊"), &Some(Role::Guest)));
    for edit in [Edit::Role(None), Edit::Title(Some(String::new())), Edit::Forget] {
        assert_eq!(keeper.edit("甲", &edit).unwrap().path, above);
        model.edit("甲", &edit);
        assert_eq!(loaded(&keeper), model);
    }
    assert_eq!(loaded(&keeper).of("甲"), None);
    assert_eq!(fs::read_to_string(desk.file()).unwrap(), beside);
    assert_eq!(keeper.edit("丁", &Edit::Apart(false)).unwrap().path, desk.file());
    assert_eq!(loaded(&keeper), Corrections::default());
}

/// Writes the file of the state folder.
fn shadow(desk: &Desk, text: &str) -> PathBuf {
    let far = Keeper::beside(&desk.at("talk.txt/inner"), Some(&desk.at("far")));
    assert!(far.edit("甲", &name("乙")).is_ok(), "a state folder is made where it is needed");
    let shown = format!("{:?}", desk.keeper());
    let path = shown.split('"').find(|part| part.contains("/corrections/")).unwrap();
    fs::create_dir_all(desk.at("state/corrections")).unwrap();
    fs::write(path, text).unwrap();
    PathBuf::from(path)
}

#[test]
fn only_a_file_has_a_keeper() {
    let desk = Desk::new();
    assert!(Keeper::of(&desk.at("talk.txt")).is_some());
    for none in [Path::new("-"), Path::new("/dev/null"), &desk.at("missing"), desk.folder.path()] {
        assert_eq!(Keeper::of(none), None, "{}", none.display());
    }
}

#[test]
fn the_example_of_the_readme_is_read() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let example = readme.split("```").find(|block| block.starts_with("toml\n[[speaker]]")).unwrap();
    let example = example.strip_prefix("toml\n").unwrap();
    let desk = Desk::new();
    fs::write(desk.file(), example).unwrap();
    let found = loaded(&desk.keeper());
    assert!(!found.speakers.is_empty() && !found.chapters.is_empty(), "{found:?}");
}

/// Files as people write them.
const WRITTEN: [&str; 5] = [
    "",
    "# only a comment",
    "# mine\n\n[[speaker]] # A\nbyline = '甲' # B\n# C\nname = '乙' # D\naliases = [ # E\n 'x',\n # F\n]\n\n[[chapter]]\ntitle = 't'\nby = '甲'\n# G\n",
    "v = 1 # A\n\n# B\n\n# C\n[[speaker]]\nbyline = '乙'\n# D\nsame-as = '甲'\napart = true\n[speaker.more] # E\nx = 1\n[[speaker]]\nbyline = '乙'\nrole = 'bot' # F\n# G",
    "speaker = [ # A\n { byline = '甲', name = '乙' }, # B\n # C\n]\r\n",
];

fn edits() -> impl Strategy<Value = Vec<(String, Edit)>> {
    let text = || prop_oneof![3 => "[甲乙丙\"'\\\\\n#=]{0,3}", 1 => any::<String>()];
    let label = prop_oneof![4 => "[甲乙丙]", 1 => any::<String>()];
    let role = prop_oneof![Just(Role::Host), Just(Role::Unknown), Just(Role::Other("司仪".to_owned()))];
    let edit = prop_oneof![
        proptest::option::of(text()).prop_map(Edit::Name),
        proptest::option::of(text()).prop_map(Edit::Title),
        proptest::option::of(role).prop_map(Edit::Role),
        proptest::option::of(text()).prop_map(Edit::SameAs),
        any::<bool>().prop_map(Edit::Apart),
        Just(Edit::Forget),
    ];
    proptest::collection::vec((label, edit), 1..10)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_again_is_what_was_edited(start in 0..WRITTEN.len(), above in 0..WRITTEN.len(), edits in edits()) {
        let desk = Desk::new();
        fs::write(desk.file(), WRITTEN[start]).unwrap();
        let state = shadow(&desk, WRITTEN[above]);
        let mut model = loaded(&desk.keeper());
        for (label, edit) in &edits {
            desk.keeper().edit(label, edit).unwrap();
            model.edit(label, edit);
            prop_assert_eq!(&loaded(&desk.keeper()), &model, "{} {:?}", label, edit);
        }
        for (file, written) in [(desk.file(), WRITTEN[start]), (state, WRITTEN[above])] {
            let text = fs::read_to_string(file).unwrap_or_default();
            for line in written.lines().filter_map(|line| line.find('#').and_then(|at| line.get(at..))) {
                prop_assert_eq!(text.matches(line).count() , 1, "{} in {}", line, text);
            }
        }
    }
}
