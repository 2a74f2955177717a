//! What may stand before a turn as the name of who speaks, and what is a part of a sentence or a field of a form.

use crate::structure::{Ending, Name, ending_of, name_of, role_of, split_byline};
use crate::text::count::is_han;
use crate::text::slice;
use crate::transcript::{Role, Speaker};

/// How sure it is that words before a turn say who speaks, the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// They say something else.
    Never,
    /// They may, if they stand there again and again.
    Perhaps,
    /// They look like a name, and like a heading too: two words with capitals.
    Likely,
    /// They look like a name.
    Name,
    /// They are the word for a part: host, question.
    Part,
}

/// Longer ones name nobody, in characters.
pub const LONGEST: usize = 48;

/// Words for who asks and who answers, and for voices.
const PARTS: &str = "问 答 問 记者 記者 提问 提問 追问 追問 回答 采访者 采訪者 受访者 受訪者 采访人 主席 代理主席 议长 議長 \
    全委會主席 委員長 旁白 中国网 人民网 新华网 中国政府网 央视网 画外音 众人 众 司會 司会 司会者 聞き手 話し手 質問 回答者 記者会見 主持 嘉賓 網友 觀眾 聽眾 主播 司儀 \
    發言人 發言者 사회자 진행자 기자 질문 답변 문 답 앵커 위원장 의장 모두 Q A Q. A. Question Answer Interviewer \
    Interviewee Narrator Speaker Operator Reporter Voice Both All Unknown Respondent Participant Facilitator \
    Commentator Correspondent Announcer Voiceover";

/// Traditional and foreign ends of what someone is called; the rest is known to `structure`.
const CALLED: &str = "記者 議員 委員 部長 署長 司長 局長 處長 主席 教授 先生 女士 小姐 議長 大臣 總理 院長 秘書長 發言人 司儀 市長 \
    縣長 次長 組長 召集委員 處長 律師 醫師 老師 同学 同學 さん 氏 君 議員 大臣 총리 의원 위원 위원장 장관 기자 교수 대표 씨";

/// Fields of a form and of the furniture of a page, and words that lead into a sentence.
const FIELDS: &str = "时间 時間 地点 地點 来源 來源 稿源 作者 编辑 編輯 责任编辑 责编 校对 摄影 攝影 供稿 通讯员 发布时间 更新时间 发表时间 \
    日期 出处 字号 分类 标签 关键词 关键字 摘要 电话 電話 手机 传真 地址 邮箱 邮编 网址 网站 标题 主题 主題 题目 題目 副标题 注 附 附件 备注 \
    说明 說明 例 例如 比如 譬如 如 其中 原文 译文 点击 阅读 版权 声明 提示 注意 链接 相关 相关阅读 上一篇 下一篇 姓名 性别 年龄 职业 单位 \
    简介 嘉宾简介 人物简介 内容 问题 結果 结果 原因 结论 因此 所以 但是 总之 总结 原料 做法 步骤 目的 方法 特点 优点 缺点 意义 背景 现状 \
    图 图片 图为 资料图 表 序号 编号 名称 类型 价格 数量 规格 备考 参考 参考文献 答案 解析 选项 本报讯 导语 导读 编者按 按 又 即 曰 \
    导演 编剧 主演 出品 制片 播出 栏目 频道 嘉宾介绍 主办 承办 协办 支持 文 图/文 题 译者 出版社 页码 書名 书名 \
    note notes example examples warning tip todo fixme error errors info debug fatal trace warn usage return returns \
    args arguments parameters params raises yields author authors date from to subject cc bcc title chapter section \
    figure table see source sources http https ftp default public private protected case else input output summary \
    abstract keywords key value name type version license copyright description options option installation \
    requirements features changelog added changed fixed removed deprecated security update updated published by \
    email phone tel fax address url website time location place venue attendees present absent apologies agenda \
    topic topics step steps result results conclusion reference references important caution hint remark \
    definition theorem lemma proof question1 sent received reply-to message-id content-type host-name user-agent \
    accept fig ps p.s re fwd fw signed-off-by reviewed-by tested-by co-authored-by merge commit level status \
    ingredients directions serves method photo image caption credit hello hi dear edit language category tags \
    languages synopsis cast characters scene act setting stage producer director written priority severity component";

/// What a field ends with.
const FIELD_ENDS: [&str; 30] = [
    "时间", "地点", "来源", "编辑", "电话", "地址", "邮箱", "网址", "简介", "标题", "消息", "实录", "如下",
    "内容", "要点", "原因", "日期", "单位", "指出", "表示", "认为", "强调", "问道", "答道", "笑道", "说道",
    "一句", "问题", "文字", "报道",
];

/// Verbs of saying that end a sentence before words that are quoted.
const SAYING: &str = "说說道问問喊叫讲講曰称稱骂想写寫";

/// Words that names and titles do not hold.
const IN_SENTENCES: &str = "的了是我你他她它吗嗎呢吧这這那就也很没沒把被说說";

/// Titles and forms of address before an English name.
const ADDRESS: &str = "mr mrs ms miss mx dr prof professor sir dame lord lady rev hon senator sen rep judge justice \
    president chairman chairwoman chair minister captain capt gen general col colonel lt sgt king queen prince \
    princess father sister brother uncle aunt governor gov mayor secretary ambassador doctor officer congressman \
    congresswoman representative speaker the";

/// Words of a name that need no capital.
const PARTICLES: &str = "al bin da de del den der di du el la le van von of and the";

/// A word of a list that is parted by blanks, in whatever case.
fn is_among(word: &str, list: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|entry| entry.eq_ignore_ascii_case(word))
}

/// Whether a word is in a list, as it is there or in capitals.
fn is_part(word: &str) -> bool {
    let is_loud = word.len() > 2 && !word.contains(char::is_lowercase);
    PARTS.split(' ').any(|entry| entry == word || is_loud && entry.eq_ignore_ascii_case(word))
}

/// What words before a turn say.
pub fn standing(label: &str) -> Standing {
    let label = label.trim();
    let is_wordy = label.chars().any(char::is_alphabetic);
    if !is_wordy || label.chars().nth(LONGEST).is_some() {
        return Standing::Never;
    }
    let bare = without_brackets(label);
    let bare = without_number(bare);
    if is_latin(bare) { in_latin(label, without_degree(bare)) } else { in_east_asia(label, bare) }
}

/// Whether a word has no letters but Latin, Greek and Cyrillic ones.
fn is_latin(text: &str) -> bool {
    text.chars().all(|ch| ch < '\u{1100}' || matches!(ch, '\u{1e00}'..='\u{206f}'))
}

/// A name without what stands in brackets behind it.
fn without_brackets(label: &str) -> &str {
    let end = label.find(['(', '（', '[', '［']).filter(|&at| at > 0).unwrap_or(label.len());
    slice(label, 0..end).trim()
}

/// A name without the degrees behind it: `Ann Lee, PhD`.
fn without_degree(label: &str) -> &str {
    let is_degree = |word: &str| {
        let word = word.trim();
        is_among(&word.replace('.', ""), "PhD MSc BSc DPhil MPhil EdD PsyD PharmD Jr Sr Esq LCSW DrPH ScD")
            || (2..6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    match label.split_once(',') {
        Some((name, degrees)) if degrees.split(',').all(is_degree) => name,
        _ => label,
    }
}

/// A word without the number behind it: Speaker 2.
fn without_number(label: &str) -> &str {
    let word = label.trim_end_matches(|ch: char| ch.is_ascii_digit()).trim_end_matches(['#', ' ', '_']);
    if word.is_empty() { label } else { word }
}

fn in_east_asia(label: &str, bare: &str) -> Standing {
    if is_part(bare) {
        return Standing::Part;
    }
    if is_field(bare) || is_numbered(bare) {
        return Standing::Never;
    }
    let is_role = role_of(&Speaker::new(label)) != Role::Unknown;
    if is_role && bare.chars().nth(16).is_none() {
        return Standing::Part;
    }
    let joined: String = bare.chars().filter(|ch| !ch.is_whitespace()).collect();
    let is_person = name_of(&joined) >= Some(Name::Sound);
    let last = bare.chars().next_back().unwrap_or_default();
    let is_pronoun = joined.starts_with(['我', '你', '他', '她', '它']);
    let is_phrase = joined.chars().nth(2).is_some() && bare.contains(|ch| IN_SENTENCES.contains(ch));
    if SAYING.contains(last) || is_pronoun || is_phrase {
        return Standing::Never;
    }
    let is_called = |word: &str| {
        bare.ends_with(word) || bare.strip_prefix(word).is_some_and(|name| name.starts_with(' '))
    };
    if matches!(ending_of(bare), Some(Ending::Title(_))) || CALLED.split(' ').any(is_called) {
        return Standing::Name;
    }
    if is_person && is_short_name(&joined) || !split_byline(label).1.is_empty() {
        return Standing::Name;
    }
    if joined.chars().nth(12).is_some() { Standing::Never } else { Standing::Perhaps }
}

/// Whether a name has the length of one: five characters, or more with a dot in it.
fn is_short_name(name: &str) -> bool {
    name.chars().nth(5).is_none() || name.contains(['·', '・', '•', '.'])
}

/// Whether words name a field of a form, of a page or of a program.
pub fn is_field(label: &str) -> bool {
    is_among(label, FIELDS) || FIELD_ENDS.iter().any(|end| label.ends_with(end))
}

/// 第一, 二是, 三、, 图1
fn is_numbered(label: &str) -> bool {
    let is_numeral = |ch: char| "一二三四五六七八九十百千两".contains(ch) || ch.is_ascii_digit();
    let rest = label.trim_start_matches(['第', '其', '之', '图', '表', '（', '(']);
    rest.starts_with(is_numeral)
        && (rest.len() < label.len()
            || rest.chars().nth(1).is_none_or(|ch| "是、.章节節回条點点".contains(ch)))
}

fn in_latin(label: &str, bare: &str) -> Standing {
    if is_part(bare) {
        return Standing::Part;
    }
    let first = bare.split_whitespace().next().unwrap_or_default();
    let is_code = label.bytes().any(|byte| b"=<>{}|/\\#*_~@`$%^+\"".contains(&byte));
    if is_code || is_field(bare) || is_among(first, FIELDS) || first.starts_with(char::is_lowercase) {
        return Standing::Never;
    }
    let count = bare.split_whitespace().count();
    let speaks =
        matches!(role_of(&Speaker::new(label)), Role::Admin | Role::Host | Role::Guest | Role::Audience);
    if speaks && count < 6 {
        return Standing::Part;
    }
    let is_title = is_among(first.trim_end_matches('.'), ADDRESS);
    let is_cased = bare.split_whitespace().all(|word| is_capital(word) || is_among(word, PARTICLES));
    match count {
        _ if !is_cased || count > 6 => Standing::Never,
        2..=6 if is_title => Standing::Name,
        2..=4 if bare.split_whitespace().all(|word| word.chars().count() > 1) => Standing::Likely,
        _ => Standing::Perhaps,
    }
}

/// Whether a word has the letters of a name: Ann, `McReed`, O'Neil, ANN, but not `TypeError`.
fn is_capital(word: &str) -> bool {
    let rest = ["Mc", "Mac", "De", "Di", "Le", "La", "Van", "Fitz", "O'", "O’"]
        .iter()
        .find_map(|start| word.strip_prefix(start))
        .unwrap_or(word);
    let is_humped = rest.chars().zip(rest.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    let is_word = word.starts_with(|ch: char| ch.is_alphabetic() && !ch.is_lowercase())
        && word.chars().all(|ch| ch.is_alphanumeric() || matches!(ch, '.' | '-' | '\'' | '’' | ',' | '&'));
    is_word && !is_humped || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a cue ends with: a sound, a picture, a film, no person.
const CUES: [&str; 28] = [
    "片花",
    "短片",
    "宣传片",
    "专题片",
    "片头",
    "片尾",
    "音乐",
    "掌声",
    "笑声",
    "声音",
    "歌曲",
    "乐曲",
    "广告",
    "插播",
    "视频",
    "音频",
    "录像",
    "录音",
    "字幕",
    "图片",
    "画面",
    "镜头",
    "VCR",
    "笑",
    "鼓掌",
    "音樂",
    "掌聲",
    "影片",
];

/// Words of the page and no cue: a button.
const BUTTONS: &str = "打印 关闭 收藏 分享 纠错 返回 字号 大 中 小 复制 下载 评论 详细 更多 订阅 转发 推荐 网友评论 全文 本篇访谈 查看全文";

/// Whether words in brackets are a cue.
pub fn is_cue(label: &str) -> bool {
    CUES.iter().any(|cue| label.ends_with(cue))
}

/// Whether words in brackets are a button of the page.
pub fn is_button(label: &str) -> bool {
    is_among(label, BUTTONS)
}

/// Whether a text is nothing but names and titles, as behind the field of a form.
pub fn is_names(text: &str) -> bool {
    let text = text.trim();
    let is_one = |part: &str| {
        let joined: String = part.chars().filter(|ch| !ch.is_whitespace()).collect();
        name_of(&joined) >= Some(Name::Sound) || !split_byline(part).1.is_empty() || joined.ends_with('某')
    };
    let mut parts = text.split(['、', '，', ',', ' ', '\u{3000}', '；', ';']).filter(|part| !part.is_empty());
    let is_short = text.chars().nth(40).is_none() && text.chars().any(is_han);
    is_short && !text.is_empty() && (is_one(text) || parts.all(is_one))
}

/// Whether a text holds what ends a sentence or parts it, and is no line of a program.
pub fn is_sentence(text: &str) -> bool {
    if text.contains(['。', '！', '？', '…', '，', '；', '”', '」']) {
        return true;
    }
    let text = text.trim_end();
    let is_code = text.contains(['{', '}', '=', ';', '_', '<', '>', '|', '\\'])
        || text.contains("()")
        || text.ends_with("):");
    !is_code
        && (text.ends_with(['.', '?', '!', ',', '"', '—', '-', ')'])
            || [". ", ", ", "? ", "! "].iter().any(|mark| text.contains(mark))
            || text.contains(',') && !text.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_before_a_turn_say_who_speaks_or_something_else() {
        for (standing_of, labels) in [
            (
                Standing::Part,
                "主持人 主持人沙某 记者 問 答 Q A Q1 Interviewer Speaker_2 Host 网友小鱼 MODERATOR 主席 진행자",
            ),
            (
                Standing::Name,
                "李某 周某某 某总局办公厅主任王强 李教授 外交部发言人 陳議員 阿依古丽·买买提 Dr._Smith 林俊秀先生 山田さん",
            ),
            (Standing::Likely, "Ann_Lee JUAN_DE_LA_CRUZ Rory_McReed Breaking_Changes"),
            (Standing::Perhaps, "小鱼 阿明 John 甲"),
            (
                Standing::Never,
                "来源 发布时间 责任编辑 第一 二是 洪某首先发布消息 以下是访谈文字实录 王芳说 他问道 Note TODO http 12 -- \
                 which_means he_said WARNING 例如 他认为 这件事 她问 他 if_host TypeError all a system",
            ),
        ] {
            for label in labels.split_whitespace() {
                let label = label.replace('_', " ");
                assert_eq!(standing(&label), standing_of, "{label}");
            }
        }
    }

    #[test]
    fn cues_and_buttons_are_no_people() {
        for (label, cue, button) in
            [("片花", true, false), ("背景音乐", true, false), ("打印", false, true), ("陈某", false, false)]
        {
            assert_eq!((is_cue(label), is_button(label)), (cue, button), "{label}");
        }
    }

    #[test]
    fn names_alone_are_told_from_words() {
        for (text, expected) in [
            ("李明", true),
            ("李明、王芳", true),
            ("某局局长李明", true),
            ("大家好", false),
            ("各位网友，早。", false),
            ("", false),
        ] {
            assert_eq!(is_names(text), expected, "{text}");
        }
    }
}
