//! How words end that say what someone is.

use super::surnames::surname;
use super::tables::{WIDE, begins};
use crate::text::count::is_han;
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

/// Titles of two characters, by code point.
const TWO: &str = "\
    上将上尉专员专家业主中医中将中尉中锋主人主任主席主干主播主演主管主编主讲义工乘客乡长书记亚军交警\
    人士代理代表仲裁会员会长住户作家作者侨民保安先锋党员公使公安兽医军人军嫂军官军属军长农户农民冠军\
    刑警创客前卫前锋副编动员助手助理劳模区长医师医生协理博主博士博导卫士厂商厂长厅长厨师县长参事参谋\
    台长司仪司机司长后卫听众员工哨兵商户商贩嘉宾团长园主园长国手场主城管士兵处长大使大将大尉大师大户\
    天使失主委员季军学员学生学者学长守门宣讲室长家属家长对象导师导游导演射手将军少将少尉局长居民山民\
    州长工人工匠市民市长师长干事干部店主店员店长庭长影星律师总工总理总监总管总编总裁总长患者戏迷成员\
    战友战士户主房东所长技工技师护卫护士护工护师护理指导排长播客支书教员教官教工教师教授教练文书文秘\
    新生旅客族长旗手旗长月嫂木匠机长村医村民村长枪手校医校友校长棋手歌手歌星武警民兵民工民警水手法人\
    法官法师法警渔民游客演员灾民焊工片警牙医牧师牧民特使特警狱警玩家班长球友球员球星球迷理事用户电工\
    画家病人监事监察省长督察督导石匠矿工硕士硕导社员社工社长科员科长秘书租户移民站长笔者组长经理继任\
    编审编导编者编辑网友网民群众翻译老人老兵老师老板考官考生职工股东股民股长能手舰长船主船员船长药师\
    菜贩营长董事行家行长街长裁判观众警官警察警长议员议长记者讲师证人评审译者诗人读者调研责编车主辅警\
    连长选手道长部长酋长铁匠银匠镇长长官队员队长院士院工院长雇主顾客顾问领事领导领队馆员馆长首席首长\
    骨干高工高手高管鼓手";

/// Titles of three characters, by code point.
const THREE: &str = "\
    主人公主持人主讲人乘务员书法家亲历者从业者代理人代言人企业家会计师传承人供应商保洁员保育员修复师\
    候选人候选者公务员公证师养殖户农场主农艺师分析师列车长创业者创始人制片人副总理劳动者化妆师参与者\
    参谋长发言人发起人受访人受访者召集人合伙人吉他手咨询师售货员培训师外交官外交家外卖员委员长媒体人\
    宇航员安检员实习生审判员审计师巡护员巡视员工程师带头人建筑师开发商当事人志愿者快递员思想家总编辑\
    情报员承办人技术员投资人护士长护林员报料人指导员指战员掌门人探险家接班人摄影家摄影师播音员撰稿人\
    收藏家政治家教育家服务员村支书检察员检察官检察长歌唱家毕业生求职者测量员消费者消防员炊事员爱好者\
    特派员特约员环卫工班主任理事长理发师理疗师申请人申请者留学生监事长监护人目击者研究员研究生研究者\
    科学家秘书长程序员管理员管理者级高工经办人经济师经纪人经销商继承人编目员编程师网格员美容师翻译家\
    老板娘联系人联络员舞蹈家航天员艺术家营业员营养师董事长被告人裁判员见证人观察员规划师解说员记录员\
    讲解员设计师评估师评论员评论家调研员调解员调音师负责人质检员辅导员辩护人运动员通讯员采购员银行家\
    零售商音乐家领事使飞行员饲养员驻村员驾驶员验光师魔术师";

/// Titles of four characters, by code point.
const FOUR: &str = "\
    历史学家居委会长执行董事物理学家经济学家被采访者";

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
    let (head, end) = text.split_at(text.len() - last.len_utf8());
    let other = || match () {
        () if begins::<3>(KINDS, end) => is_kind(text, head).then_some(Ending::Kind),
        () => begins::<3>(PLACES, end).then_some(Ending::Place),
    };
    title(text).map(Ending::Title).or_else(other)
}

/// Whether a text may be what someone does: more than a surname stands before its last character.
fn is_kind(text: &str, head: &str) -> bool {
    let mut before = head.chars().rev().take_while(|&ch| is_han(ch) || ch.is_alphabetic());
    let (near, far) = (before.next(), before.next());
    near.is_some()
        && (far.is_some() || surname(text) == 0)
        && !NO_KINDS.iter().any(|word| text.ends_with(word))
}

/// How many characters the longest title has that a text ends with.
fn title(text: &str) -> Option<usize> {
    let is_title =
        |count: usize| match text.len().checked_sub(count * WIDE).map(|at| slice(text, at..text.len())) {
            Some(end) if count == 2 => begins::<6>(TWO, end),
            Some(end) if count == 3 => begins::<9>(THREE, end) || end.ends_with("UP主"),
            Some(end) => begins::<12>(FOUR, end),
            None => false,
        };
    (2..=4).rev().find(|&count| is_title(count))
}

#[cfg(test)]
mod tests {
    use super::super::tables::assert_sorted;
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
        for (table, size) in [(TWO, 2), (THREE, 3), (FOUR, 4), (KINDS, 1), (PLACES, 1)] {
            assert_sorted(table, size);
        }
        assert!(CAPITALS.is_sorted() && NO_KINDS.is_sorted());
    }
}
