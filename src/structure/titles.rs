//! How words end that say what someone is.

use super::surnames::surname;
use crate::text::slice;

/// What a text ends with, the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// What an organisation or a place ends with.
    Place,
    /// A character that ends many words for what someone does, such as 者.
    Kind,
    /// A title of so many characters.
    Title(usize),
}

/// Titles by their last character, each entry with what stands before it.
const TITLES: [(char, &str); 74] = [
    ('东', "房 股"),
    ('主', "UP 业 农场 博 园 场 失 店 户 船 车 雇"),
    ('书', "支 文 村支 秘"),
    ('事', "参 干 执行董 理 监 董 领"),
    (
        '人',
        "主 主持 主讲 代理 代言 传承 候选 军 创始 制片 发言 发起 受访 召集 合伙 媒体 工 带头 \
         当事 承办 投资 报料 掌门 接班 撰稿 法 申请 病 监护 经办 经纪 继承 老 联系 被告 见证 证 \
         诗 负责 辩护",
    ),
    ('仪', "司"),
    ('任', "主 班主 继"),
    ('众', "听 群 观"),
    ('使', "公 大 天 特 领事"),
    ('公', "主人"),
    ('兵', "哨 士 民 老"),
    ('军', "亚 冠 季 将"),
    ('判', "裁"),
    ('匠', "工 木 石 铁 银"),
    ('医', "中 兽 村 校 牙"),
    ('卫', "前 后 护"),
    ('友', "战 校 球 网"),
    (
        '员',
        "专 乘务 会 保洁 保育 党 公务 动 售货 外卖 委 学 宇航 安检 审判 巡护 巡视 店 快递 情报 \
         成 技术 护林 指导 指战 播音 教 服务 检察 测量 消防 演 炊事 特派 特约 球 研究 社 科 \
         程序 管理 编目 网格 联络 航天 船 营业 裁判 观察 解说 议 记录 讲解 评论 调研 调解 质检 \
         辅导 运动 通讯 采购 队 飞行 饲养 馆 驻村 驾驶",
    ),
    ('商', "供应 厂 开发 经销 零售"),
    ('士', "人 博 卫 战 护 硕 院"),
    ('娘', "老板"),
    ('嫂', "军 月"),
    ('安', "保 公"),
    ('官', "军 外交 教 检察 法 考 警 长"),
    ('审', "编 评"),
    ('客', "乘 创 播 旅 游 顾"),
    (
        '家',
        "专 书法 企业 作 历史学 外交 思想 探险 摄影 收藏 政治 教育 歌唱 物理学 玩 画 科学 经济学 \
         翻译 舞蹈 艺术 行 评论 银行 音乐",
    ),
    ('宾', "嘉"),
    ('察', "监 督 警"),
    ('导', "博 指 督 硕 编 领"),
    ('将', "上 中 大 少"),
    ('尉', "上 中 大 少"),
    ('属', "军 家"),
    ('工', "义 员 总 技 护 教 民 焊 环卫 电 矿 社 级高 职 院 高"),
    (
        '师',
        "会计 修复 公证 农艺 分析 化妆 医 厨 咨询 培训 大 审计 导 工程 建筑 律 技 护 摄影 教 \
         法 牧 理发 理疗 经济 编程 美容 老 药 营养 规划 讲 设计 评估 调音 验光 魔术",
    ),
    ('席', "主 首"),
    ('干', "主 骨"),
    ('户', "住 养殖 农 商 大 用 租"),
    ('手', "助 吉他 国 射 旗 枪 棋 歌 水 能 选 高 鼓"),
    ('授', "教"),
    ('播', "主"),
    ('星', "影 歌 球"),
    ('机', "司"),
    ('板', "老"),
    ('模', "劳"),
    ('民', "侨 农 居 山 市 村 渔 灾 牧 移 网 股"),
    ('游', "导"),
    ('演', "主 导"),
    ('理', "代 副总 助 协 总 护 经"),
    ('生', "医 学 实习 新 毕业 留学 研究 考"),
    ('监', "总"),
    ('研', "调"),
    ('秘', "文"),
    ('管', "主 城 总 高"),
    ('练', "教"),
    ('编', "主 副 总 责"),
    (
        '者',
        "亲历 从业 作 候选 创业 劳动 参与 受访 学 志愿 患 求职 消费 爱好 申请 目击 研究 笔 管理 \
         编 被采访 记 译 读",
    ),
    ('表', "代"),
    ('裁', "仲 总"),
    ('警', "交 刑 武 民 法 片 特 狱 辅"),
    ('记', "书"),
    ('讲', "主 宣"),
    ('译', "翻"),
    ('谋', "参"),
    ('象', "对"),
    ('贩', "商 菜"),
    ('辑', "总编 编"),
    ('迷', "戏 球"),
    ('部', "干"),
    ('锋', "中 先 前"),
    (
        '长',
        "乡 会 军 列车 区 厂 厅 县 参谋 台 司 团 园 处 委员 学 室 家 局 居委会 州 市 师 店 \
         庭 总 所 护士 排 族 旗 机 村 校 检察 班 理事 监事 省 社 科 秘书 站 组 股 舰 船 营 \
         董事 行 街 警 议 连 道 部 酋 镇 队 院 馆 首",
    ),
    ('门', "守"),
    ('问', "顾"),
    ('队', "领"),
];

/// Titles in capitals.
const CAPITALS: [&str; 12] = ["CEO", "CFO", "CIO", "CMO", "COO", "CTO", "DJ", "HR", "MC", "PM", "UP", "VP"];

/// Characters that end many words for what someone does.
const KINDS: &str = "人员官家师手者长";

/// Words that end like those and are none.
const NO_KINDS: [&str; 16] = [
    "个人", "人家", "人手", "全员", "动员", "回家", "国家", "增长", "大家", "对手", "成长", "或者", "携手",
    "擅长", "有人", "联手",
];

/// Characters that end what an organisation or a place is called, by code point.
const PLACES: &str = "\
    乡会办区厂厅县台司团处委学室局州市店府庭心所报旗村校省社科站系组网行街部镇队院馆";

/// What a text ends with, if that says anything about who a name behind it belongs to.
pub fn ending(text: &str) -> Option<Ending> {
    let last = text.chars().next_back()?;
    if last.is_ascii_alphabetic() {
        let word = text.rsplit(|ch: char| !ch.is_ascii_alphabetic()).next()?;
        return CAPITALS.contains(&word).then_some(Ending::Title(word.len()));
    }
    let head = slice(text, 0..text.len() - last.len_utf8());
    let other = || match () {
        () if KINDS.contains(last) => is_kind(text, head).then_some(Ending::Kind),
        () => PLACES.contains(last).then_some(Ending::Place),
    };
    title(head, last).map(Ending::Title).or_else(other)
}

/// Whether a text may be what someone does: more than a surname stands before its last character.
fn is_kind(text: &str, head: &str) -> bool {
    let mut before = head.chars().rev().take_while(|ch| ch.is_alphabetic());
    let (near, far) = (before.next(), before.next());
    near.is_some()
        && (far.is_some() || surname(text) == 0)
        && !NO_KINDS.iter().any(|word| text.ends_with(word))
}

/// How many characters the longest title has that ends with `last` behind `head`.
fn title(head: &str, last: char) -> Option<usize> {
    let index = TITLES.binary_search_by_key(&last, |&(key, _)| key).ok()?;
    let words = TITLES[index].1.as_bytes().split(|&byte| byte == b' ');
    let longest = words.filter(|word| head.as_bytes().ends_with(word)).map(<[u8]>::len).max()?;
    Some(slice(head, head.len() - longest..head.len()).chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_by_their_last_characters() {
        for (text, wanted) in [
            ("某局局长", Some(Ending::Title(2))),
            ("某会理事长", Some(Ending::Title(3))),
            ("二级巡视员", Some(Ending::Title(3))),
            ("某公司CEO", Some(Ending::Title(3))),
            ("放风筝者", Some(Ending::Kind)),
            ("鼓匠师", Some(Ending::Kind)),
            ("张长", None),
            ("王家", None),
            ("国家", None),
            ("某市人民政府", Some(Ending::Place)),
            ("video", None),
            ("小鱼", None),
            ("长", None),
            ("", None),
        ] {
            assert_eq!(ending(text), wanted, "{text}");
        }
    }

    #[test]
    fn the_tables_are_sorted() {
        assert!(TITLES.is_sorted_by(|a, b| a.0 < b.0));
        for (last, words) in TITLES {
            assert!(words.split(' ').is_sorted_by(|a, b| a < b), "{last}");
        }
        assert!(CAPITALS.is_sorted() && NO_KINDS.is_sorted());
    }
}
