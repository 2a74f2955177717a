//! Surnames of one and of two characters.

use super::tables::{WIDE, begins};

/// Surnames of one character, by code point. What is mostly another word (和, 能, 都) is left out.
const SINGLE: &str = "\
    丁万严丰乌乐乔乜习于云亓井仇仉仓付仝代仲任伊伍伏佀佐何佘余佟侯俞倪傅储元党兰关冀冉农冯况冷冼凌刁\
    刘劳勾包匡华卓单卜卞卢卫危卿厉古史叶吉吕吴周唐喻堵夏奚姚姜姬娄孔孙孟季宁安宋宓宗宣宫宰宿寇封尚尤\
    尹屈屠岑岳崔嵇左巩巫巴帅师席常平幸庄应庞康庹庾廉廖弘张强彭徐怀惠慎慕戈戎成戚戴房扈扶揭敖敬方施时\
    昌明易晁晏景曲曹曾朱李杜束杨杭松林柏查柯柳柴栗栾桂桑桓梁梅楚樊欧武段殷毕毛江池汤汪汲沃沈沙洪浦涂\
    温游湛滑滕潘濮焦熊燕牛牧狄王班璩甄甘田申白皮盖盛瞿矫石祁祖祝禤禹秋秦程穆窦章童竺符简管籍米粟粱糜\
    索纪缑缪罗羊翁翟耿聂肖胡胥臧舒艾芦芮花苍苏苑苗苟范茅茆茹荀荆荣莘莫萧葛董蒋蒙蒲蓝蓟蓬蔚蔡蔺薄薛虞\
    衡袁裘裴褚覃解訾詹计许诸谌谢谭谷贝贡费贺贾赖赵路车辛边连迟逄邓邝邢那邬邰邱邵邸邹郁郎郑郗郜郝郦郭\
    鄂酆金钟钮钱门闫闵闻阎阚阮阳阴陆陈陶隋隗隽雍雒雷霍靳鞠韦韩韶项顾颜饶马骆高魏鱼鲁鲍鹿麦麻黄黎齐龙\
    龚";

/// Surnames of one character that are rare, or mostly other words, by code point.
const RARE: &str = "买仰充凡凤印司咸哈官容富寸寿居弓德慈操昝植欣海满琴甯红融言越逯银青黑";

/// Surnames of two characters, Japanese ones among them, by code point.
const DOUBLE: &str = "\
    万俟上官东方东郭中岛中村乐正亓官井上令狐仲孙伊藤佐藤公冶公孙公羊公西加藤单于南宫南门叶赫司徒司空\
    司马吉田呼延壤驷夏侯太叔太史宇文完颜宗政尉迟小林山口山本山田左丘巫马微生慕容拓跋木村松本梁丘欧阳\
    段干淳于渡边漆雕澹台濮阳独孤田中申屠百里皇甫端木第五纳兰羊舌耶律西门诸葛谷梁贯丘赫连轩辕钟离铃木\
    长孙闻人闾丘高桥鲜于";

/// How many characters of a surname a text begins with, 0 if none: the longest surname that leaves a given name.
pub fn surname(text: &str) -> usize {
    if text.len() > 2 * WIDE && begins::<6>(DOUBLE, text) {
        return 2;
    }
    usize::from(begins::<3>(SINGLE, text))
}

/// Whether a text begins with a surname that says little by itself.
pub fn is_rare(text: &str) -> bool {
    begins::<3>(RARE, text)
}

#[cfg(test)]
mod tests {
    use super::super::tables::assert_sorted;
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_hold_wide_characters_only() {
        assert_sorted(SINGLE, 1);
        assert_sorted(RARE, 1);
        assert_sorted(DOUBLE, 2);
    }

    #[test]
    fn a_surname_leaves_a_given_name() {
        for (text, count) in
            [("王芳", 1), ("欧阳明", 2), ("欧阳", 1), ("小鱼", 0), ("Ann", 0), ("", 0), ("王", 1)]
        {
            assert_eq!(surname(text), count, "{text}");
        }
    }
}
