//! The default as a file: every setting and every key with what it is, each behind a `#` that is to be taken away.

use super::own_theme::{ATTRIBUTES, COLOURS, PARTS};
use super::settings::Settings;
use super::table::SECTIONS;
use crate::action::{Action, Group, Mode};
use crate::keymap::{Keymap, group_name, mode_name, modes_of, name, rows_of};
use crate::lang::Lang;
use std::fmt::Write as _;

/// The text of the file.
pub fn written(lang: Lang) -> String {
    let mut out = head(lang);
    let defaults = Settings::default();
    for section in SECTIONS {
        let _ = writeln!(out, "\n# ── {} ──", lang.pick(section.zh, section.en));
        for entry in section.entries {
            let words = lang.pick(entry.zh, entry.en);
            let _ = writeln!(out, "\n# {words}: {}", entry.allowed());
            let _ = writeln!(out, "#{} = {}", entry.key, entry.written(&defaults));
        }
    }
    keys(&mut out, lang);
    themes(&mut out, lang);
    out
}

fn head(lang: Lang) -> String {
    let lines = match lang {
        Lang::Zh => {
            "# shilu 的设置。去掉一行开头的 # 就生效;命令行的选项优先。\n\
             # 不认识的名字、写错的值会被指出,连同行号。"
        }
        Lang::En => {
            "# Settings of shilu. Take the # away at the beginning of a line to make it hold;\n\
             # options of the command line come first. Unknown names and wrong values are told with their line."
        }
    };
    format!("{lines}\n")
}

fn keys(out: &mut String, lang: Lang) {
    let words = lang.pick(
        "按键:动作 = [\"键\", …],空列表则没有键;只在某处改:动作 = { reading = [\"键\"] }",
        "Keys: action = [\"key\", …], none with an empty list; in one place alone: action = { reading = [\"key\"] }",
    );
    let names = lang.pick(
        "键:字符、Ctrl-d、Alt-3、Shift-Tab、Space、PgDn……,几个连按用空格隔开:\"g g\"。Ctrl-c 总能退出。",
        "A key: a character, Ctrl-d, Alt-3, Shift-Tab, Space, PgDn …; a sequence has blanks: \"g g\". Ctrl-c always leaves.",
    );
    let _ = writeln!(out, "\n# ── {} ──\n\n# {words}\n# {names}\n[keys]", lang.pick("按键", "Keys"));
    let keymap = Keymap::default();
    let mut told: Vec<Action> = Vec::new();
    for group in Group::ALL {
        let _ = writeln!(out, "\n# {}", group_name(group, lang));
        for row in rows_of(group) {
            if told.contains(&row.action) {
                continue;
            }
            told.push(row.action);
            let keys = keys_of(&keymap, row.action);
            let _ = writeln!(out, "#{} = {keys}  # {}", name(row.action), lang.pick(row.zh, row.en));
        }
    }
}

/// The keys of an action as they are written: by modes where they are not the same in all.
fn keys_of(keymap: &Keymap, action: Action) -> String {
    let list = |mode: Mode| {
        let keys: Vec<_> = keymap.keys_for(action, mode).iter().map(|key| format!("{key:?}")).collect();
        format!("[{}]", keys.join(", "))
    };
    let lists: Vec<(Mode, String)> = modes_of(action).map(|mode| (mode, list(mode))).collect();
    match lists.as_slice() {
        [(_, first), rest @ ..] if rest.iter().all(|(_, list)| list == first) => first.clone(),
        _ => {
            let by_mode = lists.iter().map(|(mode, list)| format!("{} = {list}", mode_name(*mode)));
            format!("{{ {} }}", by_mode.collect::<Vec<_>>().join(", "))
        }
    }
}

fn themes(out: &mut String, lang: Lang) {
    let heading = lang.pick("自己的配色", "Themes of your own");
    let words = lang.pick(
        "例子如下;用 theme = \"paper\" 选它,或按 t 轮换。没写的部分照 base:auto | dark | light | ansi | mono",
        "An example; theme = \"paper\" chooses it, and the key t. What is not named is as in base: auto | dark | light | ansi | mono",
    );
    let colours = lang.pick("颜色", "Colours");
    let more = lang.pick(
        "或 0 到 255,或 #rrggbb;on 之后是底色。另有",
        "or 0 to 255, or #rrggbb; behind on, the ground. Also",
    );
    let _ = writeln!(out, "\n# ── {heading} ──\n\n# {words}");
    let _ = writeln!(out, "# {colours}: {}", COLOURS.join(" "));
    let _ = writeln!(out, "# {more}: {}", ATTRIBUTES.join(" "));
    let _ = writeln!(out, "#   [themes.paper]\n#   base = \"light\"");
    for ((_, part, zh, en), ink) in PARTS.iter().zip(EXAMPLE) {
        let _ = writeln!(out, "#   {part} = \"{ink}\"  # {}", lang.pick(zh, en));
    }
    let hosts = lang.pick("发言人的颜色,第一个给主持人", "hues of speakers, the first for hosts");
    let _ = writeln!(out, "#   speakers = [\"#235fb4\", \"#006c5f\", \"#8241a5\", \"#4b690a\"]  # {hosts}");
}

/// How the parts look in the example.
const EXAMPLE: [&str; PARTS.len()] = [
    "#2b2b2b",
    "#6b675f",
    "#c8c4bb",
    "#a8480a bold",
    "#a8480a",
    "on #f3dfa8",
    "#ffffff on #a8480a",
    "on #ece7da",
    "#c8c4bb",
];
