//! The line-breaking classes (UAX #14, Unicode 18), by the names of the standard.

/// `Line_Break` after rule LB1 of UAX #14: AI, SG and XX are AL, CJ is NS, SA is CM or AL. Quotation marks are told
/// apart by their general category (LB15, LB19), unassigned pictographs from ideographs (XP) and letters (XA), and
/// the dotted circle from letters (LB28a, LB30b).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[rustfmt::skip]
#[expect(missing_docs, reason = "the names are those of the standard")]
pub enum Class {
    BK, CR, LF, NL, SP, ZW, WJ, GL, CM, ZWJ,
    QU, Pi, Pf, OP, CL, CP, NS, EX, IS, SY, IN,
    BA, BB, HY, HH, B2, CB, NU, PO, PR, AL, HL,
    ID, XP, XA, EB, EM, H2, H3, JL, JV, JT, RI,
    AK, AP, AS, VI, VF, DC,
}
