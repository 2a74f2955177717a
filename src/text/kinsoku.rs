//! What Chinese composition asks beyond UAX #14: one table, by the levels of W3C CLREQ,
//! “prohibition rules for line start and line end” (避头尾).

use super::class::Class;
use super::kind::Kind;
use crate::choice::Kinsoku;

/// One line of the table: characters that have another class than UAX #14 gives them.
struct Tailoring {
    from: Kinsoku,
    chars: &'static [char],
    class: Class,
}

/// Classes from a level on; the last line that fits counts.
const TAILORINGS: [Tailoring; 4] = [
    // Spaces that UAX #14 lets a row end behind (BA) are spaces: none parts an opening mark from what it opens.
    Tailoring {
        from: Kinsoku::Basic,
        chars: &[
            '\u{1680}', '\u{2000}', '\u{2001}', '\u{2002}', '\u{2003}', '\u{2004}', '\u{2005}', '\u{2006}',
            '\u{2008}', '\u{2009}', '\u{200a}', '\u{205f}', '\u{3000}',
        ],
        class: Class::SP,
    },
    // Connectors and bullets do not begin a row; UAX #14 takes them for ideographs and letters.
    Tailoring { from: Kinsoku::Basic, chars: &['～', '－', '／', '•'], class: Class::NS },
    // A solidus between East Asian characters holds both together.
    Tailoring { from: Kinsoku::Gb, chars: &['/', '／'], class: Class::GL },
    // —— and ⸺ are 2 em of one mark: closing in effect, and never parted.
    Tailoring { from: Kinsoku::Strict, chars: &['—', '―', '⸺'], class: Class::NS },
];

/// What stands around a character.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around {
    /// The class before it, spaces counted; none at the beginning.
    pub before: Option<Class>,
    /// Whether what is before it is East Asian, or taken for it.
    pub behind_east_asian: bool,
    /// Whether what follows it is East Asian.
    pub ahead_east_asian: bool,
}

/// Whether the kind of a character depends on what follows it.
pub const fn looks_ahead(ch: char, class: Class) -> bool {
    matches!(class, Class::OP | Class::QU | Class::Pi | Class::SY) || ch == '／'
}

/// The kind of a character where it stands; `quoting` is whether a straight quotation mark is open.
pub fn tailor(level: Kinsoku, ch: char, kind: Kind, around: Around, quoting: &mut bool) -> Kind {
    if is_plain(ch, kind) && level != Kinsoku::None {
        return kind;
    }
    let mut kind = reclassed(level, ch, kind, around);
    kind.class = paired(ch, kind.class, around, quoting);
    // Punctuation takes after the text it belongs to: a closing mark after what is before it, an opening
    // one after what follows. So `字,2018`, `“甲”,“乙”` and `说“RFID”` break as full-width marks would.
    kind.east_asian |= match kind.class {
        Class::EX | Class::IS | Class::CL | Class::CP | Class::SY | Class::Pf | Class::NS => {
            around.behind_east_asian
        }
        Class::QU | Class::Pi => around.behind_east_asian || around.ahead_east_asian,
        Class::OP => around.ahead_east_asian,
        _ => false,
    };
    if level == Kinsoku::None && kind.east_asian && is_mark(kind.class) {
        kind.class = Class::ID;
    }
    kind
}

/// Whether nothing of what follows concerns a character: most of them.
const fn is_plain(ch: char, kind: Kind) -> bool {
    let listed = matches!(ch, '\u{1680}' | '\u{2000}'..='\u{205f}' | '\u{ff0d}' | '\u{ff0f}' | '\u{ff5e}');
    match kind.class {
        Class::ID | Class::AL | Class::NU => !listed,
        Class::CL | Class::EX | Class::NS => kind.east_asian && !listed,
        _ => false,
    }
}

fn reclassed(level: Kinsoku, ch: char, kind: Kind, around: Around) -> Kind {
    let between = around.behind_east_asian || around.ahead_east_asian;
    let fits = |row: &&Tailoring| {
        row.from <= level && row.chars.contains(&ch) && (row.class != Class::GL || between)
    };
    TAILORINGS.iter().rev().find(fits).map_or(kind, |row| Kind { class: row.class, ..kind })
}

/// Straight quotation marks say only by turns which way they open.
fn paired(ch: char, class: Class, around: Around, quoting: &mut bool) -> Class {
    let before = around.before;
    match ch {
        '"' if *quoting => {
            *quoting = false;
            Class::Pf
        }
        '"' if before == Some(Class::NU) => class,
        '"' => {
            *quoting = true;
            Class::Pi
        }
        '\'' if matches!(before, None | Some(Class::SP | Class::OP | Class::Pi)) => Class::Pi,
        '\'' if !matches!(before, Some(Class::AL | Class::NU)) => Class::Pf,
        _ => class,
    }
}

/// Punctuation that has rules about where it may stand.
const fn is_mark(class: Class) -> bool {
    matches!(
        class,
        Class::OP | Class::CL | Class::CP | Class::EX | Class::IS | Class::NS | Class::IN | Class::SY
    ) || matches!(class, Class::QU | Class::Pi | Class::Pf | Class::B2 | Class::PO | Class::PR)
}

/// Whether a row must not begin with the cluster.
pub fn begins_no_row(cluster: &str) -> bool {
    use Class::{B2, CL, CP, EX, IN, IS, NS, PO, Pf};
    let class = cluster.chars().next().map(|ch| Kind::of(ch).class);
    matches!(class, Some(CL | CP | EX | IS | NS | IN | Pf | PO | B2))
}

/// Whether a row must not end with the cluster.
pub fn ends_no_row(cluster: &str) -> bool {
    let class = cluster.chars().next().map(|ch| Kind::of(ch).class);
    matches!(class, Some(Class::OP | Class::Pi))
}

/// Whether a mark may hang in the margin: pauses and stops alone (CLREQ, “hanging punctuation”).
pub fn may_hang(cluster: &str) -> bool {
    matches!(cluster, "，" | "、" | "。" | "．" | "," | ".")
}
