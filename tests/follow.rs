//! The program follows a file that grows, is cut short, replaced or deleted, and a pipe that is fed slowly.

mod pty;

use pty::{SHILU, Terminal, last, launch, rows};
use std::fs::{self, File, remove_file, rename};
use std::io::Write;
use std::path::PathBuf;

/// A record in a folder of its own.
struct Record {
    folder: tempfile::TempDir,
    path: PathBuf,
}

const HEAD: &str =
    "2025-10-18 08:05\n\n直播管理员\n\n就要开始了。\n\n2025-10-18 08:06\n\n主持人\n\n早上好。\n\n";

impl Record {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("record.txt");
        fs::write(&path, text).expect("a file");
        Self { folder, path }
    }

    fn append(&self, bytes: &[u8]) {
        let file = File::options().append(true).open(&self.path);
        file.and_then(|mut file| file.write_all(bytes)).expect("the file takes more");
    }

    fn follow(&self) -> Terminal {
        self.follow_in("en_US.UTF-8")
    }

    fn follow_in(&self, locale: &str) -> Terminal {
        let mut terminal =
            launch(SHILU).args(["-f"]).arg(&self.path).env("LC_ALL", locale).size(80, 24).start();
        terminal.wait_for_text("早上好。");
        terminal
    }
}

fn leave(mut terminal: Terminal) {
    terminal.press("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn what_is_written_to_a_file_is_shown_as_it_comes() {
    let record = Record::new(HEAD);
    let mut terminal = record.follow();
    terminal.wait_for_text("waiting for more");
    record.append("江上有".as_bytes());
    terminal.wait_for_text("江上有");
    let (first, rest) = "雾".as_bytes().split_at(2);
    record.append(first);
    record.append(rest);
    terminal.wait_for_text("江上有雾");
    terminal.wait_for_text("the last line is not complete");
    record.append("。\n\n2025-10-18 08:0".as_bytes());
    terminal.wait_for_text("江上有雾。");
    record.append("7\n\n馆长陆".as_bytes());
    record.append("知远\n\n灯都".as_bytes());
    terminal.wait_for_text("灯都");
    terminal.wait_for_text("08:07 陆知远  馆长");
    record.append("亮着。\n".as_bytes());
    terminal.wait_for_text("灯都亮着。");
    let text = terminal.text();
    assert!(!text.contains("2025-10-18 08:0") && text.matches("08:07").count() < 3, "{text}");
    leave(terminal);
}

#[test]
fn a_reader_at_the_end_sees_new_posts_and_one_who_reads_back_is_not_moved() {
    let record = Record::new(HEAD);
    let mut terminal = record.follow();
    let post = |number: usize| format!("2025-10-18 08:{:02}\n\n主持人\n\n第{number}句话。\n\n", 10 + number);
    for number in 0..40 {
        record.append(post(number).as_bytes());
    }
    terminal.wait_for_text("第39句话。");
    terminal.press("\x1b[5~");
    terminal.wait_for("an earlier page", |screen| !screen.contents().contains("第39句话。"));
    let words = |terminal: &Terminal| -> Vec<String> {
        // The badge that counts what is new may stand behind them.
        let text = |row: String| row.split('↓').next().unwrap_or_default().trim_end().to_owned();
        rows(terminal.screen()).into_iter().filter(|row| row.contains("句话。")).map(text).collect()
    };
    let before = words(&terminal);
    record.append("2025-10-18 09:00\n\n主持人\n\n您好。\n".as_bytes());
    terminal.wait_for_text("/43");
    assert_eq!(words(&terminal), before);
    terminal.press("G");
    terminal.wait_for_text("您好。");
    leave(terminal);
}

#[test]
fn a_file_that_is_cut_short_replaced_or_deleted_is_spoken_of() {
    let record = Record::new(HEAD);
    let mut terminal = record.follow();
    let other = |words: &str| format!("2025-10-19 10:00\n\n主持人\n\n{words}\n");
    fs::write(&record.path, other("今天。")).expect("a file");
    terminal.wait_for_text("the file was cut short: read anew from its beginning");
    terminal.wait_for("the new words alone", |screen| {
        screen.contents().contains("今天。") && !screen.contents().contains("早上好。")
    });
    rename(&record.path, record.folder.path().join("record.1")).expect("the file takes another name");
    fs::write(&record.path, other("换了新的。")).expect("a file");
    terminal.wait_for_text("换了新的。");
    terminal.wait_for_text("the file was replaced: the new one is read from its beginning");
    remove_file(&record.path).expect("the file goes");
    terminal.wait_for_text("the file was deleted: what was read is kept");
    assert!(terminal.text().contains("换了新的。"));
    fs::write(&record.path, other("又来了。")).expect("a file");
    terminal.wait_for_text("又来了。");
    record.append("灯亮着。\n".as_bytes());
    terminal.wait_for_text("灯亮着。");
    leave(terminal);
}

#[test]
fn what_becomes_of_a_file_is_said_in_the_language_of_the_reader() {
    let record = Record::new(HEAD);
    let mut terminal = record.follow_in("zh_CN.UTF-8");
    terminal.wait_for_text("等候新发言");
    let file = File::options().write(true).open(&record.path);
    file.and_then(|mut file| file.write_all(HEAD.replace("早上", "晚上").as_bytes())).expect("a file");
    terminal.wait_for_text("文件被改写了,已从头读起");
    remove_file(&record.path).expect("the file goes");
    terminal.wait_for_text("文件被删除了");
    leave(terminal);
}

#[test]
fn a_new_post_that_is_watched_for_is_told_of_by_the_title_or_the_bell() {
    for (how, sign) in [("title", "\x1b]2;● 陆知远\x1b\\"), ("bell", "\x07"), ("none", "灯都亮着")] {
        let record = Record::new(HEAD);
        let mut terminal = launch(SHILU)
            .args(["-f", "--watch", "陆知远", "--alert", how])
            .arg(&record.path)
            .env("LC_ALL", "en_US.UTF-8")
            .start();
        terminal.wait_for_text("waiting for more");
        record.append("2025-10-18 08:07\n\n主持人\n\n请您说。\n\n".as_bytes());
        terminal.wait_for_text("请您说。");
        assert!(!terminal.bytes.contains(&7) && last(&terminal.bytes, "\x1b]2;").is_none());
        record.append("2025-10-18 08:08\n\n馆长陆知远\n\n灯都亮着。\n\n".as_bytes());
        terminal.wait_for_text("灯都亮着。");
        terminal.wait_until("the alert", |terminal| last(&terminal.bytes, sign).is_some());
        assert_eq!(terminal.bytes.contains(&7), how == "bell");
        terminal.press("q");
        assert_eq!(terminal.exit_code(), 0);
        let (taken, given) = (last(&terminal.bytes, "\x1b[22;2t"), last(&terminal.bytes, "\x1b[23;2t"));
        assert_eq!((taken.is_some(), given.is_some()), (how == "title", how == "title"));
        assert!(taken <= given, "the title is given back");
    }
}

#[test]
fn what_is_no_pattern_to_watch_for_is_said() {
    let mut terminal = launch(SHILU).args(["--watch", "(", "-f", "record.txt"]).start();
    terminal.wait_for_text("--watch (: not a regular expression: unclosed group");
    assert_eq!(terminal.exit_code(), 2);
}

#[test]
fn what_has_no_time_stands_at_that_of_its_arrival_which_is_marked() {
    let record = Record::new("江上有雾。\n灯亮着。\n");
    let mut terminal = launch(SHILU).args(["-f"]).arg(&record.path).env("LC_ALL", "en_US.UTF-8").start();
    terminal.wait_for_text("waiting for more");
    assert!(!terminal.text().contains('≈'), "what was there has no time\n{}", terminal.text());
    record.append("新来的话。\n".as_bytes());
    terminal.wait_for_text("新来的话。");
    let text = rows(terminal.screen());
    let with = |words: &str| text.iter().find(|row| row.contains(words)).is_some_and(|row| row.contains('≈'));
    assert_eq!([with("灯亮着。"), with("新来的话。")], [false, true], "{}", terminal.text());
    leave(terminal);
}

#[test]
fn three_bytes_of_a_record_do_not_settle_its_format() {
    let record = Record::new("202");
    let mut terminal =
        launch(SHILU).args(["-f"]).arg(&record.path).env("LC_ALL", "en_US.UTF-8").size(80, 24).start();
    terminal.wait_for_text("202");
    record.append(HEAD.trim_start_matches("202").as_bytes());
    terminal.wait_for_text("zhibo");
    terminal.wait_for_text("08:06 主持人");
    leave(terminal);
}

#[test]
fn a_pipe_that_is_fed_slowly_shows_what_has_come() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.expect("mkfifo").success());
    let script = r#""$SHILU" - <"$PIPE""#;
    let mut terminal = launch("sh")
        .args(["-c", script])
        .env("SHILU", SHILU)
        .env("PIPE", &path)
        .env("LC_ALL", "en_US.UTF-8")
        .start();
    let mut pipe = File::options().write(true).open(&path).expect("a pipe");
    let mut put = |bytes: &[u8]| pipe.write_all(bytes).expect("the pipe takes more");
    put("2025-10-18 08:05\n\n主持人\n\n江上".as_bytes());
    terminal.wait_for_text("江上");
    let (first, rest) = "雾".as_bytes().split_at(1);
    put(first);
    terminal.wait_for_text("the last line is not complete");
    put(rest);
    terminal.wait_for_text("江上雾");
    put("\n2025-10-18 08:0".as_bytes());
    put("6\n甲\n好\n".as_bytes());
    terminal.wait_for_text("08:06 甲");
    terminal.wait_for_text("waiting for more");
    drop(pipe);
    terminal.wait_for("the end", |screen| !screen.contents().contains("waiting for more"));
    leave(terminal);
}
