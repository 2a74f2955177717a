//! Who speaks before each turn, without a clock or with times beside the names: interviews and live records as sites print them
//! (人民网, 中国政府网, ministries), minutes of parliaments in East Asia, plays, depositions.
//!
//! `名：`, `[名]`, `【名】`, a name alone on a line, 问/答, `○議長（甲野君）　`, `Q.`, `[08:27] 名：`, `2018-01-09 08:27 名`. Which of them a text
//! has is told by its first 64 KiB: words before a turn name somebody if they are the word for a part, look like a name, or stand
//! there again and again.

use super::cut::{Cut, Form, cut};
use super::labels::{Standing, is_button, is_cue, is_field, is_names, is_sentence, standing};
use super::mark::{self, closing};
use super::script::behind_front;
use super::turns::{Before, Shape, Turn, Turns, direction};
use crate::format::head::Head;
use crate::format::parser::{Parser, Wire};
use std::collections::{BTreeMap, BTreeSet};

/// The format.
#[derive(Debug)]
pub struct Dialogue;

impl Wire for Dialogue {
    fn score(head: &Head) -> u8 {
        // An arrow stands between the times of subtitles.
        let is_other = head.text.trim_start().starts_with(['<', '{'])
            || head.text.contains(" --> ")
            || is_source(head.text)
            || head.json().is_some();
        if is_other { 0 } else { Habits::of(head.text).sureness }
    }

    fn parser() -> Box<dyn Parser> {
        Box::<Turns<Habits>>::default()
    }
}

/// So many lines are looked at, blank ones aside.
const MOST_LINES: usize = 1500;

/// What stands in a longer field of a form is said, in characters.
const LONGEST_FIELD: usize = 30;

/// How sure it is that a text is a dialogue in which times stand behind the turns.
const BEHIND: u8 = 90;

/// So many labels that stand there once are looked at.
const MOST_LABELS: usize = 60;

/// How turns are written in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Habits {
    forms: BTreeSet<Form>,
    /// Names that are told by their coming again.
    labels: BTreeSet<String>,
    /// The line of the first turn, from 1.
    begins: u32,
    /// Whether times stand in brackets at the end of turns.
    closing: bool,
    /// Whether times stand behind turns, on lines of their own or at the end of the last line.
    behind: bool,
    /// Whether there are fields above the text, as in Markdown.
    has_front: bool,
    sureness: u8,
}

/// A line that may begin a turn.
struct Candidate<'a> {
    cut: Cut<'a>,
    number: u32,
    standing: Standing,
    /// Its words, or those of the next line.
    words: &'a str,
    /// Whether a blank line stands before it.
    parted: bool,
}

impl Shape for Habits {
    fn of(head: &str) -> Self {
        let (candidates, size) = candidates(head);
        let mut judged: Vec<_> = Form::ALL
            .into_iter()
            .map(|form| judge(form, candidates.iter().filter(|found| found.cut.form == form), size))
            .filter(|(sureness, turns)| *sureness > 0 && !turns.is_empty())
            .collect();
        judged.sort_by_key(|(_, turns)| std::cmp::Reverse(turns.len()));
        let Some((sureness, main)) = judged.first() else { return Self::default() };
        let begins = begins(main, &candidates);
        let mut found = Self { begins, sureness: *sureness, ..Self::default() };
        for (_, turns) in &judged {
            let inner = turns.iter().filter(|turn| turn.number >= begins).count();
            if inner * 5 < main.len() || inner < 2 {
                continue;
            }
            found.forms.insert(turns[0].cut.form);
            let weak = turns.iter().filter(|turn| {
                turn.standing <= Standing::Likely || matches!(turn.cut.form, Form::Alone | Form::Gap)
            });
            found.labels.extend(weak.map(|turn| turn.cut.label.to_owned()));
        }
        let closed = main.iter().filter(|turn| closing(turn.cut.body).is_some()).count();
        found.closing = closed > 1 && closed * 2 > main.len();
        found.has_front = behind_front(head).is_some();
        found.behind = !found.closing && times_stand_behind(head, main);
        if found.behind {
            found.sureness = found.sureness.max(BEHIND);
        }
        found
    }

    fn is_known(&self) -> bool {
        !self.forms.is_empty()
    }

    fn times_stand_behind(&self) -> bool {
        self.behind
    }

    fn turn<'a>(&self, line: &'a str, number: u32, before: Before) -> Option<Turn<'a>> {
        let is_below = number >= self.begins;
        if !self.is_known() {
            return None;
        }
        if self.has_front
            && (is_below || line.starts_with("##"))
            && let Some(heading) = heading_of(line)
        {
            return Some(Turn::note(heading, false));
        }
        if !is_below {
            return None;
        }
        let cut =
            cut(line).map(|cut| behind_time(cut, before.timed)).filter(|cut| self.forms.contains(&cut.form));
        let turn = cut.and_then(|cut| self.taken(line, &cut, before.parted));
        turn.or_else(|| direction(line).filter(|_| mark::leading(line).is_none()))
    }
}

impl Habits {
    fn taken<'a>(&self, line: &'a str, cut: &Cut<'a>, parted: bool) -> Option<Turn<'a>> {
        let standing = standing(cut.label);
        let is_known = standing >= Standing::Name || self.labels.contains(cut.label);
        let is_taken = match cut.form {
            Form::Square | Form::Lenticular => {
                let is_word = cut.label.contains(char::is_alphabetic);
                if is_button(cut.label) || !is_word {
                    return None;
                }
                if is_cue(cut.label) && standing < Standing::Name || !is_known && cut.body.is_empty() {
                    return Some(Turn::note(line, cut.body.is_empty()));
                }
                is_known || standing >= Standing::Perhaps
            }
            Form::Circle => standing != Standing::Never || cut.body.is_empty(),
            Form::Letter => true,
            Form::Gap => self.labels.contains(cut.label) || standing == Standing::Part,
            Form::Stamped => standing != Standing::Never,
            Form::Alone => self.labels.contains(cut.label) || standing >= Standing::Name && parted,
            Form::Colon => {
                let is_handle = self.labels.contains(cut.label) && is_handle(cut.form, cut.label, line);
                is_handle
                    || is_known && standing != Standing::Never
                    || standing == Standing::Likely && is_sentence(cut.body)
            }
        };
        let (body, mark) = match closing(cut.body).filter(|_| self.closing && cut.mark.is_none()) {
            Some((body, mark)) => (body, Some(mark)),
            None => (cut.body, cut.mark),
        };
        is_taken.then_some(Turn { label: cut.label, body, mark, is_note: false, is_aside: false })
    }
}

/// The words of a heading in Markdown.
fn heading_of(line: &str) -> Option<&str> {
    let bare = line.trim_start_matches('#');
    let is_heading = bare.len() < line.len() && bare.starts_with(' ') && bare.contains(char::is_alphanumeric);
    is_heading.then(|| bare.trim())
}

/// Whether the first turn has no time above it, and nearly all of them one behind their words.
fn times_stand_behind(head: &str, turns: &[&Candidate]) -> bool {
    let Some(first) = turns.first().filter(|_| turns.iter().all(|turn| turn.cut.mark.is_none())) else {
        return false;
    };
    let mut numbers = turns.iter().map(|turn| turn.number).peekable();
    let (mut timed, mut all, mut is_timed, mut words) = (0, 0, false, false);
    let mut last = "";
    for (line, number) in head.split('\n').map(str::trim).zip(1..).filter(|(line, _)| !line.is_empty()) {
        if numbers.peek() == Some(&number) {
            numbers.next();
            if number == first.number && is_stamp(last) {
                return false;
            }
            timed += usize::from(is_timed && all > 0);
            all += 1;
            (is_timed, words) = (false, !turns[all - 1].cut.body.is_empty());
        } else {
            is_timed = words && is_stamp(line) || closing(line).is_some_and(|(before, _)| !before.is_empty());
            words = true;
        }
        last = line;
    }
    timed += usize::from(is_timed);
    timed > 1 && timed * 4 >= all * 3
}

/// Whether a line is a time and nothing else.
fn is_stamp(line: &str) -> bool {
    line.len() < 64 && mark::leading(line).is_some_and(|(_, rest)| rest.trim().is_empty())
}

/// Whether many lines are those of a program.
fn is_source(head: &str) -> bool {
    const BEGINS: [&str; 14] = [
        "def ", "class ", "import ", "from ", "return ", "self.", "raise ", "#include", "elif ", "const ",
        "let ", "var ", "fn ", "pub ",
    ];
    let lines = head.lines().map(str::trim).filter(|line| !line.is_empty()).take(400);
    let is_code = |line: &&str| {
        BEGINS.iter().any(|begin| line.starts_with(begin)) && !line.ends_with(['.', '?', '!', ','])
            || line.ends_with(['{', '}', ';']) && line.is_ascii()
            || line.ends_with("):")
            || line.ends_with("\"\"\"")
    };
    let (mut all, mut code) = (0, 0);
    for line in lines {
        all += 1;
        code += usize::from(is_code(&line));
    }
    code > 3 && code * 8 > all
}

/// A name on a line of its own belongs to a time on the line before it.
fn behind_time(cut: Cut, timed: bool) -> Cut {
    if timed && cut.form == Form::Alone { Cut { form: Form::Stamped, ..cut } } else { cut }
}

/// How many lines of a text are not blank, and how many of them stand behind a blank one.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    lines: usize,
    blocks: usize,
}

/// Whether a line is nothing but a time of day: what stands below a day and a time is live text.
fn is_time(line: &str) -> bool {
    let found = if line.len() < 40 { mark::leading(line) } else { None };
    found.is_some_and(|(mark, rest)| matches!(mark, mark::Mark::Time { .. }) && rest.trim().is_empty())
}

/// The lines that may begin a turn.
fn candidates(head: &str) -> (Vec<Candidate<'_>>, Size) {
    let mut parted = true;
    let lines = head.split('\n').zip(1..).filter_map(|(line, number)| {
        let line = line.trim_matches(|ch: char| ch.is_whitespace() || ch == '\u{feff}');
        if line.is_empty() {
            parted = true;
            return None;
        }
        Some((line, number, std::mem::take(&mut parted)))
    });
    let lines: Vec<(&str, u32, bool)> = lines.take(MOST_LINES).collect();
    let mut counts: BTreeMap<(Form, &str), u32> = BTreeMap::new();
    let (mut found, mut timed) = (Vec::new(), false);
    for (index, &(line, number, parted)) in lines.iter().enumerate() {
        let timed = std::mem::replace(&mut timed, is_time(line));
        let Some(cut) = cut(line).map(|cut| behind_time(cut, timed)) else { continue };
        let next = lines.get(index + 1).map_or("", |(next, ..)| *next);
        *counts.entry((cut.form, cut.label)).or_default() += 1;
        let words = if cut.body.is_empty() { next } else { cut.body };
        found.push(Candidate { cut, number, standing: Standing::Never, words, parted });
    }
    let mut known: BTreeMap<&str, Standing> = BTreeMap::new();
    for candidate in &mut found {
        let label = candidate.cut.label;
        let again = counts[&(candidate.cut.form, label)] > 1;
        let is_rare = matches!(candidate.cut.form, Form::Alone | Form::Gap) || known.len() > MOST_LABELS;
        if !again && is_rare {
            continue;
        }
        let is_handle = again && is_handle(candidate.cut.form, label, lines_of(&lines, candidate.number));
        let standing = *known.entry(label).or_insert_with(|| standing(label));
        let standing = if is_handle { standing.max(Standing::Perhaps) } else { standing };
        // Somebody else tells what was said.
        let is_told = candidate.cut.body.starts_with(['“', '「', '『', '"', '‘']);
        candidate.standing =
            if standing <= Standing::Likely && (!again || is_told) { Standing::Never } else { standing };
    }
    let blocks = lines.iter().filter(|(.., parted)| *parted).count();
    (found, Size { lines: lines.len(), blocks })
}

/// The line of a number.
fn lines_of<'a>(lines: &[(&'a str, u32, bool)], number: u32) -> &'a str {
    lines.binary_search_by_key(&number, |line| line.1).map_or("", |at| lines[at].0)
}

/// A name of somebody in a forum before a wide colon, as no field of a form has it: darosior：
fn is_handle(form: Form, label: &str, line: &str) -> bool {
    form == Form::Colon
        && label.len() > 3
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && line.strip_prefix(label).is_some_and(|rest| rest.starts_with('：'))
        && !is_field(label)
}

/// How sure it is that a form begins turns in a text, and the turns.
fn judge<'a, 'b: 'a>(
    form: Form,
    candidates: impl Iterator<Item = &'a Candidate<'b>>,
    size: Size,
) -> (u8, Vec<&'a Candidate<'b>>) {
    let mut turns: Vec<_> = candidates.filter(|turn| turn.standing > Standing::Never).collect();
    if form == Form::Alone {
        // A list of names has no words between them.
        turns.retain(|turn| is_sentence(turn.words));
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for turn in &turns {
        *counts.entry(turn.cut.label).or_default() += 1;
    }
    let count = |is: &dyn Fn(&Candidate) -> bool| turns.iter().filter(|turn| is(turn)).count();
    let all = turns.len();
    let parts = count(&|turn| turn.standing == Standing::Part);
    let names = count(&|turn| turn.standing >= Standing::Name);
    let sentences = count(&|turn| is_sentence(turn.words));
    let again = counts.values().filter(|&&count| count > 1).count();
    let parted = count(&|turn| turn.parted);
    let lines = if parted * 3 >= all * 2 { size.blocks } else { size.lines };
    let is_dense = all * 10 >= lines * 3;
    let is_said = sentences * 2 >= all;
    let is_loud =
        turns.iter().all(|turn| turn.cut.label.is_ascii() && !turn.cut.label.contains(char::is_lowercase));
    let sureness = match form {
        Form::Gap if again < 2 || !is_dense || !is_said || all < 4 => 0,
        Form::Alone if again > 1 && all > 3 && is_loud && is_said => 60,
        Form::Alone if names * 2 < all || again < 1 || all < 3 => 0,
        Form::Circle | Form::Letter if parts + names == 0 => 0,
        _ if counts.len() > 1 && parts > 0 && again > 0 && all > 2 && sentences * 4 >= all => 75,
        _ if counts.len() > 1 && names > 1 && again > 0 && all > 2 && is_said => 68,
        _ if counts.len() > 1 && parts > 0 && all > 1 && sentences == all && all * 3 >= lines => 45,
        _ if counts.len() == 1 && parts > 2 && sentences * 3 >= all * 2 => 50,
        _ if again > 1 && all > 3 && is_dense && is_said => 55,
        // Ann: hi
        Form::Colon
            if all > 3 && all == size.lines && counts.len() == 2 && again == 2 && takes_turns(&turns) =>
        {
            52
        }
        Form::Stamped if all > 1 && is_said => 60,
        _ => 0,
    };
    (sureness, turns)
}

/// Whether two speak by turns, in words.
fn takes_turns(turns: &[&Candidate]) -> bool {
    turns.windows(2).all(|two| two[0].cut.label != two[1].cut.label)
        && turns.iter().all(|turn| {
            let is_word = |ch: char| ch.is_alphabetic() || " '’.!?,".contains(ch);
            !turn.cut.body.is_empty()
                && turn.cut.body.chars().all(is_word)
                && (turn.cut.body.starts_with(char::is_lowercase) || is_sentence(turn.cut.body))
        })
}

/// The line of the first turn: before it may stand fields of a form that name who takes part, each once.
fn begins(turns: &[&Candidate], all: &[Candidate]) -> u32 {
    let Some(first) = turns.first() else { return 1 };
    let mut labels = BTreeSet::new();
    let mut is_bare = |turn: &Candidate| {
        let body = turn.cut.body;
        let is_short = !body.is_empty() && !is_sentence(body) && body.chars().nth(LONGEST_FIELD).is_none();
        is_short && turn.cut.form == Form::Colon && labels.insert(turn.cut.label.to_owned())
    };
    let fields: Vec<_> = turns.iter().take_while(|turn| is_bare(turn)).collect();
    let is_near = |number: u32| {
        all.iter().any(|other| {
            other.standing == Standing::Never && other.number + 1 == number && other.cut.form == Form::Colon
        })
    };
    let names = fields.iter().any(|field| is_names(field.cut.body)) || is_near(first.number);
    turns.get(fields.len()).filter(|_| names).unwrap_or(first).number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Format;
    use crate::format::detect::detect;
    use crate::transcript::{Draft, Extent, Kind, Transcript};

    fn read(text: &str) -> Transcript {
        let mut draft = Draft::default();
        let mut parser = Dialogue::parser();
        let at = draft.append(Extent::Memory(text.into()));
        parser.feed(text.as_bytes(), at, &mut draft).unwrap();
        parser.finish(&mut draft).unwrap();
        Transcript::from(draft.take())
    }

    /// Posts as `minute name|paragraph/paragraph`.
    fn told(transcript: &Transcript) -> Vec<String> {
        let one = |id| {
            let post = transcript.post(id);
            let label = &transcript.speakers()[post.speaker.index()].label;
            let time = post.start.map(|ms| format!("{} ", ms / 60_000)).unwrap_or_default();
            let kind = if post.kind == Kind::Note { "*" } else { "" };
            let body = transcript.body(id);
            let lines: Vec<_> = body.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            format!("{time}{label}{kind}|{}", lines.join("/"))
        };
        transcript.ids().map(one).collect()
    }

    #[test]
    fn turns_are_read_in_whatever_way_it_is_written_who_speaks() {
        for (text, expected) in [
            (
                "夏夜谈书\n来源：某网 2018-08-04\n主持人：林溪\n嘉宾：陆知远、小鱼\n主持人：各位好。\n陆知远：我说三件事：一是书。\n第二，是茶。\n（笑）\n最后是灯。\n小鱼：对，12:30 见。\n小鱼：见 http://a.b/c：好。\n",
                &[
                    "主持人|各位好。",
                    "陆知远|我说三件事：一是书。/第二，是茶。",
                    "*|（笑）",
                    "陆知远|最后是灯。",
                    "小鱼|对，12:30 见。",
                    "小鱼|见 http://a.b/c：好。",
                ][..],
            ),
            (
                "【打印】\n【主持人】早。\n【背景音乐】\n【陆某】早。\n[1]\n【主持人】坐。\n",
                &["主持人|早。", "*|【背景音乐】", "陆某|早。/[1]", "主持人|坐。"],
            ),
            (
                "问：为什么？\n答：因为晚了。\n——他又说。\n问：然后？\n答：完了。\n",
                &["问|为什么？", "答|因为晚了。/——他又说。", "问|然后？", "答|完了。"],
            ),
            (
                "Q: Why?\nA: Because.\nQ: Then?\nA: The end.\n",
                &["Q|Why?", "A|Because.", "Q|Then?", "A|The end."],
            ),
            ("Ann: hi\nBob: hello\nAnn: fine\nBob: bye\n", &["Ann|hi", "Bob|hello", "Ann|fine", "Bob|bye"]),
            ("Q.  Why?\nA.  Because.\nQ.  Then?\n", &["Q|Why?", "A|Because.", "Q|Then?"]),
            (
                "A talk\n\nInterviewer: Why here?\n\nDr. Smith: It was: cheap.\n\nInterviewer: I see.\n",
                &["Interviewer|Why here?", "Dr. Smith|It was: cheap.", "Interviewer|I see."],
            ),
            (
                "ANN: Who is there?\nBEN: Nay, answer me.\nANN: Long live.\nBEN: He.\n",
                &["ANN|Who is there?", "BEN|Nay, answer me.", "ANN|Long live.", "BEN|He."],
            ),
            (
                "ANN\nWho is there?\n\nBEN\nA friend.\n\nANN\nCome in.\n\nBEN\nI will.\n",
                &["ANN|Who is there?", "BEN|A friend.", "ANN|Come in.", "BEN|I will."],
            ),
            (
                "司会：では、始めます。\n田中：はい。\n司会：どうぞ。\n",
                &["司会|では、始めます。", "田中|はい。", "司会|どうぞ。"],
            ),
            (
                "○議長（甲野君）　開きます。\n続けます。\n○甲野太郎君　質問します。\n○議長（甲野君）　どうぞ。\n",
                &[
                    "議長（甲野君）|開きます。/続けます。",
                    "甲野太郎君|質問します。",
                    "議長（甲野君）|どうぞ。",
                ],
            ),
            (
                "◯위원장 홍길동  성원이 되었습니다.\n◯김철수 위원  질의하겠습니다.\n◯위원장 홍길동  예.\n",
                &["위원장 홍길동|성원이 되었습니다.", "김철수 위원|질의하겠습니다.", "위원장 홍길동|예."],
            ),
            (
                "周萍　你来。\n鲁妈　（惊）我不。\n周萍　为什么？\n鲁妈　不。\n",
                &["周萍|你来。", "鲁妈|（惊）我不。", "周萍|为什么？", "鲁妈|不。"],
            ),
            (
                "记者：为什么呢？\n\n因为晚了。\n\n记者：然后呢？\n\n完了。\n\n记者：谢谢。\n",
                &["记者|为什么呢？/因为晚了。", "记者|然后呢？/完了。", "记者|谢谢。"],
            ),
        ] {
            let transcript = read(text);
            assert_eq!(told(&transcript), expected, "{text}");
            assert_eq!(detect(text).format, Format::Dialogue, "{text}");
        }
    }

    #[test]
    fn times_beside_the_names_are_kept() {
        for (text, clock, expected) in [
            (
                "2018-01-09 08:27 主持人\n早。\n2018-01-09 08:30 馆长陆知远\n早。\n谢谢。\n",
                "wall",
                &["0 主持人|早。", "3 馆长陆知远|早。/谢谢。"][..],
            ),
            (
                "主持人 2018-01-09 08:27\n早。\n陆知远 2018-01-09 08:30\n早。\n",
                "wall",
                &["0 主持人|早。", "3 陆知远|早。"],
            ),
            (
                "夏夜\n2018年1月9日\n[08:27] 主持人：早。\n[08:30] 陆知远：早。\n[08:31] 主持人：坐。\n",
                "wall",
                &["0 主持人|早。", "3 陆知远|早。", "4 主持人|坐。"],
            ),
            (
                "[主持人]:[08:27]\n早。\n[陆某]:[08:30]\n早。\n[主持人]:[08:31]\n坐。\n",
                "offset",
                &["507 主持人|早。", "510 陆某|早。", "511 主持人|坐。"],
            ),
            (
                "主持人：早。[08:27]\n陆知远：早。[08:30]\n主持人：坐。[08:31]\n",
                "offset",
                &["507 主持人|早。", "510 陆知远|早。", "511 主持人|坐。"],
            ),
            (
                "夏夜\n2018年1月9日\n\n08:27\n主持人\n早。\n\n08:30\n馆长陆知远\n早。\n08:31\n",
                "wall",
                &["0 主持人|早。", "3 馆长陆知远|早。/08:31"],
            ),
            (
                "【嘉宾】小鱼  2018-01-09 08:27:11\n早。\n\n【主持人】阿明  2018-01-09 08:30:20\n早。\n",
                "wall",
                &["0 【嘉宾】小鱼|早。", "3 【主持人】阿明|早。"],
            ),
            (
                "2018年1月9日\n\n08:27 主持人：早。\n08:30 陆知远：早。\n08:31 主持人：坐。\n",
                "wall",
                &["0 主持人|早。", "3 陆知远|早。", "4 主持人|坐。"],
            ),
        ] {
            let transcript = read(text);
            assert_eq!(
                (transcript.meta.clock.name(), told(&transcript)),
                (clock, expected.iter().map(ToString::to_string).collect()),
                "{text}"
            );
            assert_eq!(detect(text).format, Format::Dialogue, "{text}");
        }
    }

    #[test]
    fn times_that_stand_behind_turns_are_theirs() {
        for (text, expected) in [
            (
                "[主持人]：\n各位好。\n[14:05]\n[张三]：\n大家好。\n再说。\n[14:06]\n[主持人]：\n好。\n[14:08]\n",
                &["0 主持人|各位好。", "1 张三|大家好。/再说。", "3 主持人|好。"],
            ),
            (
                "中国网：\n各位好。(2010-03-05 09:30)\n\n王教授：\n大家好。\n\n再说。(2010-03-05 09:31)\n\n中国网：\n好。(2010-03-05 09:33)\n",
                &["0 中国网|各位好。", "1 王教授|大家好。/再说。", "3 中国网|好。"],
            ),
            (
                "[主持人]：\n各位好。\n2018-01-09 10:00:03\n[张三]：\n大家好。\n2018-01-09 10:01:03\n[主持人]：\n好。\n2018-01-09 10:03:03\n",
                &["0 主持人|各位好。", "1 张三|大家好。", "3 主持人|好。"],
            ),
        ] {
            let transcript = read(text);
            let first = transcript.start(crate::transcript::PostId::new(0)).unwrap_or_default();
            let shifted: Vec<_> = told(&transcript)
                .into_iter()
                .map(|line| {
                    let (minute, rest) = line.split_once(' ').unwrap();
                    format!("{} {rest}", minute.parse::<i64>().unwrap() - first / 60_000)
                })
                .collect();
            assert_eq!(shifted, expected, "{text}");
            assert_eq!(detect(text).format, Format::Dialogue, "{text}");
        }
    }

    #[test]
    fn fields_above_a_text_and_handles_are_told() {
        let text = "---\ntitle: T\ntags: x\n---\n## 问答\n问：为什么？\n答：因为。\ndarosior：不对，这样。\n问：是吗？\n答：好。\ndarosior：对。\n";
        let transcript = read(text);
        assert_eq!(
            told(&transcript),
            [
                "*|问答",
                "问|为什么？",
                "答|因为。",
                "darosior|不对，这样。",
                "问|是吗？",
                "答|好。",
                "darosior|对。"
            ]
        );
        assert_eq!(transcript.meta.title.as_deref(), Some("T"));
        assert_eq!(transcript.meta.lead, ["tags: x"]);
    }

    #[test]
    fn other_texts_stay_what_they_are() {
        for text in [
            "她说：“走吧。”\n他说：“好。”\n她说：“快点。”\n他问道：“去哪？”\n",
            "老人：“走吧。”\n孩子：“好。”\n老人：“快点。”\n孩子：“去哪？”\n",
            "时间：周日\n地点：图书馆\n主题：夏夜\n电话：123\n时间：周一\n地点：茶馆\n",
            "姓名：王芳\n性别：女\n年龄：30\n姓名：李明\n性别：男\n年龄：31\n",
            "导演：王芳\n编剧：李明\n主演：张强\n",
            "我们要做三件事：一是书，二是茶。\n\n例如：这样。\n\n例如：那样。\n\n注意：不要这样。\n",
            "Note: This is so.\nWarning: It is hot.\nNote: Again so.\nExample: Like this.\n",
            "From: Ann Lee\nTo: Ben Reed\nSubject: Hay\n\nDear Ben, the hay: it is in.\n\nFrom: Ben Reed\nTo: Ann Lee\n",
            "fn main() {\n    match x {\n        A::B => 1,\n        _ => 2,\n    }\n}\n// Note: x\nswitch (x) {\ncase 1: return;\ndefault: return;\n}\n",
            "name: hay\non: push\njobs:\n  build:\n    runs-on: linux\n    steps:\n      - uses: a\n      - name: b\n",
            "City: Paris\nCountry: France\nCity: Rome\nCountry: Italy\n",
            "import os\nimport sys\n\nclass Hay:\n    def mow(self):\n        \"\"\"Mows.\n\n        Standard Options: hay, barn.\n\n        Widget Options: hay, barn.\n\n        Standard Options: hay.\n\n        Widget Options: hay, barn.\n        \"\"\"\n        return self.hay\n",
            "2018-01-09 08:27:01 INFO starting up\n2018-01-09 08:27:02 ERROR it failed: x\n2018-01-09 08:27:03 INFO done\n",
            "INFO: starting.\nERROR: it failed.\nINFO: done.\nERROR: again.\n",
            "id,name,note\n1,王芳,主持人：好\n2,李明,嘉宾：好\n",
            "春天：\n花开了，\n夏天：\n蝉叫了，\n秋天：\n叶落了。\n",
            "[section]\nkey = 1\n[other]\nkey = 2\n[section]\nkey = 3\n",
            "第一章：开始\n他来了。\n第二章：结束\n他走了。\n第三章：又来\n他又来了。\n",
            "王芳\n李明\n张强\n王芳\n李明\n",
            "The rule is simple: never run.\n\nThe rule is simple: never hide.\n\nLondon: a city. It rains.\n",
            "<p>主持人：早。</p>\n<p>李明：早。</p>\n",
            "{\"a\": \"主持人：早。\"}",
            "",
        ] {
            assert_eq!(Dialogue::score(&Head::new(text)), 0, "{text}");
        }
    }

    type Score = fn(&Head) -> u8;
    type Begin = fn() -> Box<dyn Parser>;

    const PARTS: [&str; 44] = [
        "主持人",
        "陆知远",
        "：",
        ":",
        "[",
        "]",
        "【",
        "】",
        "（",
        "）",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\u{3000}",
        "早。",
        "问",
        "答",
        "Q. ",
        "○",
        "08:27",
        "2018-01-09 08:27",
        "### ",
        "**",
        "---",
        "<!--",
        "-->",
        "```",
        "> ",
        "Mr. REED",
        " (Lake)",
        "(14:02)",
        ". ",
        "The President",
        "<u who='#a'>",
        "</u>",
        "<TEI>",
        "<body>",
        "<sp><speaker>",
        "<speech by='#x'>",
        "&amp;",
        "\u{0}",
        "é",
        "<![CDATA[",
    ];

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..proptest::test_runner::Config::with_cases(300) })]

        #[test]
        fn whatever_stands_there_is_read_without_harm_and_none_of_it_is_lost(
            picks in proptest::collection::vec(0..PARTS.len(), 0..60),
            size in 1_usize..40,
        ) {
            let text: String = picks.iter().map(|&pick| PARTS[pick]).collect();
            let wires: [(Score, Begin); 5] = [
                (Dialogue::score, Dialogue::parser),
                (super::super::hansard::Hansard::score, super::super::hansard::Hansard::parser),
                (super::super::markdown::Markdown::score, super::super::markdown::Markdown::parser),
                (super::super::tei::Tei::score, super::super::tei::Tei::parser),
                (super::super::akoma_ntoso::AkomaNtoso::score, super::super::akoma_ntoso::AkomaNtoso::parser),
            ];
            for (number, (score, parser)) in wires.into_iter().enumerate() {
                proptest::prop_assert!(score(&Head::new(&text)) <= 100);
                let (mut out, mut parser) = (Draft::default(), parser());
                let at = if parser.in_place() { out.append(Extent::Memory(text.as_str().into())) } else { 0 };
                let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).filter(|at| at / size != (at + 3) / size).chain([text.len()]).collect();
                let mut from = 0;
                for end in cuts {
                    parser.feed(&text.as_bytes()[from..end], at + from, &mut out).unwrap();
                    from = end;
                }
                parser.finish(&mut out).unwrap();
                let transcript = Transcript::from(out.take());
                let mut found: String = transcript.ids().map(|id| transcript.body(id).into_owned()).collect();
                found.extend(transcript.speakers().iter().map(|speaker| speaker.label.clone()));
                found.extend(transcript.meta.title.clone());
                found.extend(transcript.meta.lead.iter().cloned());
                if number < 2 {
                    for word in ["早", "é"] {
                        proptest::prop_assert!(!text.contains(word) || found.contains(word), "{} in {:?}", word, found);
                    }
                }
            }
        }
    }
}
