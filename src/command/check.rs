//! `shilu check`: what is irregular in a record, a line each.

use super::source::{self, Opened};
use super::stream::{Failure, harmless_json};
use crate::check::{Detail, Finding, Read, Rule, Spelling, findings};
use crate::choice::Format;
use crate::cli::CheckArgs;
use crate::evidence::place;
use crate::lang::Lang;
use crate::structure::{Place, Structure};
use crate::text::safe::Shown;
use crate::transcript::{PostId, SpeakerId, Transcript};
use crate::when::{clock_time, duration};
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// From so long a time on the date is told with the time of day.
const DATED_MS: i64 = 12 * 60 * 60 * 1000;

/// Runs the command.
pub fn run(args: &CheckArgs) -> Result<u8, Failure> {
    let lang = source::lang(args.lang);
    let opened = source::read(&args.file, &args.source, lang)?;
    let structure = opened.structure();
    let Opened { transcript, facts, .. } = opened;
    let format = args.source.format.or(facts.detection.map(|found| found.format));
    let read = Read {
        replaced: facts.notice.map_or(0, |notice| notice.replaced),
        remarks: facts.remarks,
        has_lines: format != Some(Format::Shilu),
    };
    let found = findings(&transcript, &structure, read);
    let mut out = BufWriter::new(io::stdout().lock());
    let teller = Teller { transcript: &transcript, structure: &structure, lang };
    if args.json {
        let file = args.file.display().to_string();
        for finding in &found {
            teller.json(&mut out, &file, finding)?;
        }
    } else {
        let file = source::called(&args.file, lang);
        for finding in &found {
            teller.line(&mut out, &file, finding)?;
        }
        writeln!(out, "{}", summary(&found, lang))?;
    }
    out.flush()?;
    Ok(u8::from(!found.is_empty()))
}

/// A finding for programs.
#[derive(Serialize)]
struct Told<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    rule: &'static str,
    level: &'static str,
    message: String,
}

/// How many findings there are, by rule.
fn summary(found: &[Finding], lang: Lang) -> String {
    if found.is_empty() {
        return lang.pick("没有发现异常。", "Nothing irregular was found.").to_owned();
    }
    let count = |rule: Rule| found.iter().filter(|finding| finding.rule() == rule).count();
    let told = Rule::ALL.into_iter().map(|rule| (rule.name(), count(rule))).filter(|&(_, count)| count > 0);
    let rules: Vec<_> = told.map(|(name, count)| format!("{name} {count}")).collect();
    match (lang, found.len()) {
        (Lang::Zh, all) => format!("共 {all} 处:{}", rules.join("、")),
        (Lang::En, 1) => format!("1 finding: {}", rules.join(", ")),
        (Lang::En, all) => format!("{all} findings: {}", rules.join(", ")),
    }
}

/// Puts findings into words.
struct Teller<'a> {
    transcript: &'a Transcript,
    structure: &'a Structure,
    lang: Lang,
}

impl Teller<'_> {
    /// A finding for people, and for editors that jump to it.
    fn line(&self, out: &mut impl Write, file: &str, finding: &Finding) -> io::Result<()> {
        let (rule, message) = (finding.rule().name(), self.message(finding));
        let (file, message) = (Shown::of(file), Shown::of(&message));
        match finding.line {
            Some(line) => writeln!(out, "{file}:{line}: {rule}: {message}"),
            None => writeln!(out, "{file}: {rule}: {message}"),
        }
    }

    fn json(&self, out: &mut impl Write, file: &str, finding: &Finding) -> io::Result<()> {
        let told = Told {
            file,
            line: finding.line,
            id: finding.post.map(PostId::number),
            rule: finding.rule().name(),
            level: finding.level().name(),
            message: self.message(finding),
        };
        let json = serde_json::to_vec(&told).map_err(io::Error::from)?;
        writeln!(out, "{}", harmless_json(&json))
    }

    fn message(&self, finding: &Finding) -> String {
        let pick = |zh: String, en: String| if self.lang == Lang::Zh { zh } else { en };
        match &finding.detail {
            Detail::Spelled(spelling) => self.spelled(spelling),
            Detail::Alike { byline, other, first } => self.alike((*byline, *other), *first),
            Detail::CutByline { office, full, is_told: true } => pick(
                format!("署名缺字:“{office}”应为“{full}”(据图说)"),
                format!("the byline lost characters: “{office}” is “{full}” by its caption"),
            ),
            Detail::CutByline { office, full, is_told: false } => pick(
                format!("署名似缺字:“{office}”疑为“{full}”"),
                format!("the byline seems cut: “{office}”, perhaps “{full}”"),
            ),
            Detail::DamagedCaption { office } => pick(
                format!("图说的职务像是多字或缺字:“{office}”"),
                format!("the office in the caption lost or gained a character: “{office}”"),
            ),
            Detail::LoneCaption { name } => pick(
                format!("图说里的“{name}”没有发言"),
                format!("the caption names “{name}”, who does not speak"),
            ),
            Detail::Earlier { ms, than } => self.earlier(finding.post, (*than, *ms)),
            Detail::Slip { hours, than } => self.slip(finding.post, (*than, *hours)),
            Detail::Days { ms } => {
                let length = duration(self.lang, *ms);
                pick(
                    format!("此前空了 {length},日期可能有误"),
                    format!("behind {length} of silence: perhaps a wrong date"),
                )
            }
            Detail::Torn { ms } => {
                let length = duration(self.lang, *ms);
                pick(
                    format!("同一人的话中间断了 {length}"),
                    format!("{length} of silence in the middle of a turn"),
                )
            }
            detail => words(detail, self.lang),
        }
    }

    fn spelled(&self, spelling: &Spelling) -> String {
        let Spelling { at, here, there, places } = spelling;
        let told = |at: &Place| match at {
            Place::Byline(id) => {
                format!("{} #{}", place(*at, self.lang), self.structure.first_of_byline(*id).number())
            }
            _ => place(*at, self.lang),
        };
        let places = places.iter().map(told).collect::<Vec<_>>().join(self.lang.pick("、", ", "));
        match (self.lang, at) {
            (Lang::Zh, Place::Byline(_)) => format!("署名作“{here}”,别处作“{there}”({places})"),
            (Lang::Zh, Place::Question(_)) => format!("提问中作“{here}”,别处作“{there}”({places})"),
            (Lang::Zh, Place::Caption(_)) => format!("图说中作“{here}”,别处作“{there}”({places})"),
            (Lang::En, Place::Byline(_)) => {
                format!("“{here}” in the byline is “{there}” elsewhere ({places})")
            }
            (Lang::En, Place::Question(_)) => {
                format!("“{here}” in the question is “{there}” elsewhere ({places})")
            }
            (Lang::En, Place::Caption(_)) => {
                format!("“{here}” in the caption is “{there}” elsewhere ({places})")
            }
        }
    }

    fn alike(&self, (byline, other): (SpeakerId, SpeakerId), first: PostId) -> String {
        let label = |id: SpeakerId| self.transcript.speaker(id).label.as_str();
        let (byline, other, first) = (label(byline), label(other), first.number());
        match self.lang {
            Lang::Zh => format!("署名“{byline}”与 #{first} 的“{other}”像是同一人"),
            Lang::En => format!("the byline “{byline}” is perhaps that of #{first}, “{other}”"),
        }
    }

    /// The stamp of a post, with the date if that tells more.
    fn stamp(&self, post: PostId, is_dated: bool) -> String {
        match self.transcript.moment(post).filter(|_| is_dated) {
            Some(moment) => moment.format("%Y-%m-%d %H:%M").to_string(),
            None => self
                .transcript
                .start(post)
                .map(|at| clock_time(&self.transcript.meta, at))
                .unwrap_or_default(),
        }
    }

    fn earlier(&self, post: Option<PostId>, (than, ms): (PostId, i64)) -> String {
        let number = than.number();
        let [post, than] = [post.unwrap_or_default(), than].map(|post| self.stamp(post, ms >= DATED_MS));
        match self.lang {
            Lang::Zh => format!("{post} 早于前一条 #{number} 的 {than}"),
            Lang::En => format!("{post} is earlier than {than} of #{number} before it"),
        }
    }

    fn slip(&self, post: Option<PostId>, (than, hours): (PostId, u8)) -> String {
        let earlier = self.earlier(post, (than, 0));
        let why = match hours {
            12 => self.lang.pick("像是上午、下午弄错了", "perhaps morning for afternoon"),
            _ => self
                .lang
                .pick("像是过了半夜而日期没有改", "perhaps midnight has passed and the date has not changed"),
        };
        format!("{earlier}{}{why}", self.lang.pick(",", ": "))
    }
}

/// What needs nothing of the record.
fn words(detail: &Detail, lang: Lang) -> String {
    let pick = |zh: String, en: String| if lang == Lang::Zh { zh } else { en };
    match detail {
        Detail::LostBreaks { count: 1 } => {
            pick("行内有一处分段变成了空格".to_owned(), "a paragraph break became blanks".to_owned())
        }
        Detail::LostBreaks { count } => pick(
            format!("行内有 {count} 处分段变成了空格"),
            format!("{count} paragraph breaks became blanks"),
        ),
        Detail::LongParagraph { chars } => pick(
            format!("全文只有一段,长 {chars} 字,分段可能丢了"),
            format!("one paragraph of {chars} characters: breaks may be lost"),
        ),
        Detail::Unbalanced { mark, count: 1 } => {
            pick(format!("「{mark}」没有配对"), format!("\"{mark}\" has no other half"))
        }
        Detail::Unbalanced { mark, count } => pick(
            format!("「{mark}」没有配对,此条共 {count} 个"),
            format!("\"{mark}\" has no other half, nor have {} more here", count - 1),
        ),
        Detail::Indulged { remark, count } => lang.remark(*remark, *count),
        Detail::Replaced { count } => lang.replaced(*count),
        Detail::Empty => {
            pick("有时间和署名,没有正文".to_owned(), "a stamp and a byline without words".to_owned())
        }
        _ => pick("没有时间".to_owned(), "no time".to_owned()),
    }
}
