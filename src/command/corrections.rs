//! What a reader has corrected in a record: loaded with it, kept beside it, and what is said where that cannot be.

use super::stream::say;
use crate::lang::Lang;
use crate::store::{Broken, Failed, Keeper, Shape, What};
use crate::structure::{Corrections, Edit};
use std::path::{Path, PathBuf};

/// The corrections of a record. A file of them that cannot be read is told of, and left out.
pub fn load(path: &Path, lang: Lang) -> Corrections {
    let (corrections, broken) = Desk::of(Some(path), lang).load();
    for sentence in &broken {
        say(sentence);
    }
    corrections
}

/// Where corrections of a record are made.
pub struct Desk {
    /// None for a record that is no file.
    keeper: Option<Keeper>,
    record: Option<PathBuf>,
    lang: Lang,
}

impl Desk {
    /// The desk of a record; of one without a path none is kept.
    pub fn of(path: Option<&Path>, lang: Lang) -> Self {
        Self { keeper: path.and_then(Keeper::of), record: path.map(Path::to_owned), lang }
    }

    /// What was corrected, and a sentence about each file that cannot be read.
    pub fn load(&self) -> (Corrections, Vec<String>) {
        let loaded = self.keeper.as_ref().map(Keeper::load).unwrap_or_default();
        let left_out = self.lang.pick("更正未采用", "its corrections are left out");
        let sentence = |broken| format!("{}; {left_out}", unusable(broken, self.lang));
        (loaded.corrections, loaded.broken.iter().map(sentence).collect())
    }

    /// Keeps a correction; says where, or why not.
    pub fn keep(&self, byline: &str, edit: &Edit) -> Result<String, String> {
        let lang = self.lang;
        let Some(keeper) = &self.keeper else { return Err(lang.words().not_kept.to_owned()) };
        match keeper.edit(byline, edit) {
            Ok(kept) if !kept.path.exists() => Ok(lang.pick("已撤销", "taken back").to_owned()),
            Ok(kept) => {
                let beside = self.record.as_ref().and_then(|record| record.parent());
                let name = kept.path.file_name().filter(|_| kept.path.parent() == beside);
                let place = name.map_or(kept.path.display(), |name| Path::new(name).display());
                Ok(format!("{} {place}", lang.pick("已记入", "kept in")))
            }
            Err(failed) => {
                let not_kept = lang.pick("更正没有保存", "the correction is not kept");
                Err(format!("{not_kept}: {}", unwritable(&failed, lang)))
            }
        }
    }
}

/// Why something was not written.
pub fn unwritable(failed: &Failed, lang: Lang) -> String {
    match failed {
        Failed::Broken(broken) => unusable(broken, lang),
        Failed::Unwritable(path, error) => format!("{} ({})", lang.os_error(error), path.display()),
        Failed::Busy(path) => {
            format!("{}: {}", path.display(), lang.pick("别的程序正在写", "another program is writing"))
        }
    }
}

/// What is wrong with a file of the store.
pub fn unusable(broken: &Broken, lang: Lang) -> String {
    let place = broken.line.map_or_else(String::new, |line| format!(":{line}"));
    let what = match (&broken.what, lang) {
        (What::Unreadable(error), _) => lang.os_error(error),
        (What::NoFile, _) => lang.pick("不是文件", "is no file").to_owned(),
        (What::TooLarge(most), Lang::Zh) => format!("大于 {} MB", most >> 20),
        (What::TooLarge(most), Lang::En) => format!("larger than {} MB", most >> 20),
        (What::Encoding, _) => lang.pick("不是 UTF-8", "not UTF-8").to_owned(),
        (What::Syntax(message), Lang::Zh) => format!("TOML 有误:{message}"),
        (What::Syntax(message), Lang::En) => format!("broken TOML: {message}"),
        (What::Missing(key), Lang::Zh) => format!("缺 {key}"),
        (What::Missing(key), Lang::En) => format!("{key} is missing"),
        (What::Expected(key, shape), Lang::Zh) => format!("{key} 应为{}", called_shape(*shape, lang)),
        (What::Expected(key, shape), Lang::En) => format!("{key} has to be {}", called_shape(*shape, lang)),
        (What::Newer(_), _) => {
            lang.pick("由更新的版本写成", "written by a newer version of the program").to_owned()
        }
        (What::Uneditable, _) => {
            lang.pick("写法特殊,无法自动修改", "written in a way that cannot be edited").to_owned()
        }
    };
    format!("{}{place}: {what}", broken.path.display())
}

const fn called_shape(shape: Shape, lang: Lang) -> &'static str {
    match shape {
        Shape::Text => lang.pick("字符串", "a string"),
        Shape::Texts => lang.pick("字符串数组", "an array of strings"),
        Shape::YesNo => lang.pick(" true 或 false", "true or false"),
        Shape::Moment => lang.pick("字符串或日期时间", "a string or a date and time"),
        Shape::Tables => lang.pick("表数组", "an array of tables"),
        Shape::Number => lang.pick("非负整数", "a whole number"),
    }
}
