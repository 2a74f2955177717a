//! Which words can be the name of a person.

use super::surnames::{is_rare, surname};
use super::tables::begins;
use super::titles::{Ending, ending};
use crate::text::count::is_han;
use crate::text::slice;

/// How sure it is that a word is a name, the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// A few ideographs that are not known to be something else.
    Plain,
    /// What writes the sound of a foreign name, a name with a dot in it, or one with a rare surname.
    Sound,
    /// A surname and a given name, or a dotted name whose first part writes sounds.
    Person,
}

/// No part of a name without a surname is longer, in characters.
const LONGEST_PART: usize = 8;

/// Stand for characters of a given name that shall not be known.
const MASKS: [char; 6] = ['*', 'X', '×', '○', '〇', '＊'];

/// Characters that write the sound of Tibetan, Mongol, Uyghur and other names, by code point.
const SOUNDS: &str = "\
    丁万不丕东丰丹丽乃久义之乌乐乔买争于云亚亨什仁仓伊伍休伦伯伶佐佩佳依俄保克免兰其冈农凡凯列则利别\
    力加努劳勃勒华卓南博占卡卢却参古史叶合吉吐吞吾呷呼哈唐嘉嘎噜噶因图土圣坎坚坡坦基堆塔增夏多夫央奇\
    奎奥如妞妮姆姐姜姬威娃娅娘娜婆嫩嫫孔孙孜孟宁安宗宾密尔尕尖尚尤尧尼山左巴布希帕平庆库康廉延廷弗张\
    强当彼德忠恩恰惹戈才扎托拉拜拿措提撒支敏敖文斯施旁日旦旭旺昂明晋普曲曼朋朗朝木朱杜来杨杰松林果查\
    柯格桑梅森楚欣欧武毅比毕毛永汉江汤沃沙波泰泽洁洋洒洛洪浩海温潘热特玉玖玛珂珊珍珠班琪琳琴瑜瑞瓜瓦\
    甘甫甲申登白皮益盖石祖科穆策米索约纳绍维罕罗美群翁耶肖肯胡腾舍良艾芒芝芬花苏若英茂茹荣莉莎莫萨落\
    葛蒙藏衣西觉诺贝贞贡贵费赖赛赞赤赫辛边达迪邓那邦郎郭都里金钦铁锡门阿陶隆雄雅雍雪雷霍青韦音顿额香\
    马高魏鲁黎黑齐龙";

/// Words of two characters that begin no name, though most of them begin with a surname, by code point.
const WORDS: &str = "\
    万事万岁万里严肃严选严重中心丰收乐园乐队买单于是云上云南云端云讲云课云集互动代表任何任务何处何时\
    你好信箱俱乐充分充电党员党委党建党组党课全体全国公司关于关注关爱农业农村农民凌晨包括包装华东华为\
    华人华侨华南华夏协会单位单身卫健卫星卫生卫视印证印象古今司法吉林名单和平国企国家国际夏天大赛宁夏\
    安保安全安徽安心安排官方官网宣传宣讲容易富强富裕封控封面尚未左右巴士师傅师徒师生师资席位常务常委\
    常州平台平安幸福幸运广场应急应用应聘康乐康养康复强国强烈徐州惠州慈善成功成员成果成都成长房产手记\
    推荐提问敬业敬请文化文学文物文艺方案方法方言方阵方面时事时代时尚时评时间明天明年明星明白易学景区\
    景观曲艺朋友服务来信来电来稿杭州林业柳城柳州梅花武术武汉武警毕业毛病水产水利江山江湖江苏江西池州\
    汤圆沙漠沙龙海上海南海外海洋温州温暖温馨游客游戏游记满意满足热线熊猫燕京牛市牧场王国王者班主班级\
    班组甘肃留言白云白天白领石化石头石油祝福祝贺秋天童年童话符号答疑简介简报管理红色组长经济舒适花园\
    苏州荆州荣誉蓝天融合见面观察解惑解放解析解答解说解读言论计划评论调查谈话谷物贵宾贵州贺州越来路上\
    路线车友车间车队辛苦边境边防连线连载郑州金属金山金牌金融钟楼钟表银行陕西雷达雷锋青少青年项目顾客\
    频道马上马来马路高中高校高端高级鲁班麦克麦田麻烦黄金黑龙齐鲁龙舟";

/// Characters that end an organisation, a thing or a phrase and no name, by code point.
const THINGS: &str = "\
    了们会刊办区厂厅县台号司吗吧员呢团圈处奖委室局层市席店府所手播栏校版疑的目社站箱篇系线组网者街访\
    诊课谈赛部间队院频题馆";

/// How sure it is that a word in ideographs is a name; `None` if it is none.
pub fn name(text: &str) -> Option<Name> {
    shape(text).filter(|_| !is_refused(text))
}

/// How sure a word looks like a name, if it is not refused.
pub fn shape(text: &str) -> Option<Name> {
    if text.contains(is_dot) {
        return dotted(text);
    }
    let count = text.chars().take(LONGEST_PART + 1).count();
    let is_whole = text.chars().enumerate().all(|(at, ch)| is_han(ch) || at > 0 && MASKS.contains(&ch));
    if !is_whole || !(2..=LONGEST_PART).contains(&count) {
        return None;
    }
    let surname = surname(text);
    if surname > 0 && (1..=2).contains(&(count - surname)) {
        return Some(Name::Person);
    }
    if count <= 3 && is_rare(text) {
        return Some(Name::Sound);
    }
    // One character of four and more may be another one.
    let others = || text.chars().filter(|&ch| !is_sound(ch)).take(2).count();
    Some(if count > 2 && others() <= usize::from(count > 3) { Name::Sound } else { Name::Plain })
}

/// 阿依古丽·买买提江
fn dotted(text: &str) -> Option<Name> {
    let mut sounds = true;
    for (index, part) in text.split(is_dot).enumerate() {
        let count = part.chars().take(LONGEST_PART + 1).count();
        if !(1..=LONGEST_PART).contains(&count) || !part.chars().all(|ch| is_han(ch) || ch.is_alphabetic()) {
            return None;
        }
        sounds &= index > 0 || part.chars().all(is_sound);
    }
    let found = if sounds { Name::Person } else { Name::Sound };
    text.contains(is_han).then_some(found)
}

/// Whether a word is known to be something else than a name.
pub fn is_refused(text: &str) -> bool {
    let last = text.chars().next_back().map_or(0, char::len_utf8);
    begins::<3>(THINGS, slice(text, text.len() - last..text.len()))
        || begins::<6>(WORDS, text)
        || matches!(ending(text), Some(Ending::Title(_)))
}

/// Whether a character stands between the parts of a name.
pub const fn is_dot(ch: char) -> bool {
    matches!(ch, '.' | '·' | '•' | '‧' | '∙' | '・' | '．' | '･')
}

fn is_sound(ch: char) -> bool {
    begins::<3>(SOUNDS, ch.encode_utf8(&mut [0; 4]))
}

#[cfg(test)]
mod tests {
    use super::super::tables::assert_sorted;
    use super::*;

    #[test]
    fn names_are_told_from_other_words() {
        for (text, wanted) in [
            ("王芳", Some(Name::Person)),
            ("林某", Some(Name::Person)),
            ("李某某", Some(Name::Person)),
            ("王××", Some(Name::Person)),
            ("欧阳明", Some(Name::Person)),
            ("司马长风", Some(Name::Person)),
            ("陈女士", Some(Name::Person)),
            ("索朗扎西", Some(Name::Sound)),
            ("巴特尔", Some(Name::Person)),
            ("阿不都热合曼·买买提", Some(Name::Person)),
            ("小鱼", Some(Name::Plain)),
            ("陈老师", None),
            ("方面军部", None),
            ("办公室", None),
            ("解答", None),
            ("王", None),
            ("Ann", None),
            ("·", None),
            ("王·", None),
            ("", None),
        ] {
            assert_eq!(name(text), wanted, "{text}");
        }
    }

    #[test]
    fn the_tables_are_sorted_and_hold_wide_characters_only() {
        for (table, size) in [(SOUNDS, 1), (WORDS, 2), (THINGS, 1)] {
            assert_sorted(table, size);
        }
    }
}
