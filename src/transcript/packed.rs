//! A column of numbers that grows at its end and takes few bits for each.
//!
//! Pages of 64 values, each as an offset from the least of its page in as many bits as the greatest offset needs:
//! frame of reference (Goldstein, Ramakrishnan, Shaft, "Compressing relations and indexes", ICDE 1998). A page of
//! `bits` bits takes exactly `bits` words, so any value is read from two of them.

/// Values of a page.
pub const PAGE: usize = 64;

/// Offsets that are all multiples of one of these are kept as such: minutes and seconds in milliseconds.
const STEPS: [u64; 3] = [60_000, 1000, 1];

/// The column. Its last page is open: it is packed when a value behind it comes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packed {
    pages: Vec<Page>,
    words: Vec<u64>,
    open: Vec<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Page {
    base: u64,
    /// Its first word.
    word: u32,
    bits: u8,
    /// Index into [`STEPS`].
    step: u8,
}

impl Packed {
    /// How many values there are.
    pub fn len(&self) -> usize {
        self.pages.len() * PAGE + self.open.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a value.
    pub fn push(&mut self, value: u64) {
        if self.open.len() == PAGE {
            self.seal();
        }
        self.open.push(value);
    }

    /// Takes the last value away. Only one value between two pushes can be taken back.
    pub fn pop(&mut self) -> Option<u64> {
        self.open.pop()
    }

    /// The value at `index`; 0 behind the end.
    pub fn get(&self, index: usize) -> u64 {
        match self.pages.get(index / PAGE) {
            Some(page) => page.get(&self.words, index % PAGE),
            None => self.open.get(index - self.pages.len() * PAGE).copied().unwrap_or_default(),
        }
    }

    /// The last value.
    pub fn last(&self) -> Option<u64> {
        self.len().checked_sub(1).map(|last| self.get(last))
    }

    /// The values from `index` on, at the speed of a scan.
    pub fn from(&self, index: usize) -> Values<'_> {
        let mut values = Values { column: self, page: [0; PAGE], at: 0, held: 0, next: index / PAGE };
        if values.turn().is_some() {
            values.at = (index % PAGE).min(values.held);
        }
        values
    }

    /// How many values fulfil what holds up to some place and not behind it.
    pub fn partition_point(&self, holds: impl Fn(u64) -> bool) -> usize {
        let pages = self.pages.partition_point(|page| holds(page.get(&self.words, 0)));
        // The border lies in the last page that begins with a value that holds, or in the open one.
        let open = pages == self.pages.len() && self.open.first().is_some_and(|&first| holds(first));
        let from = if open { pages } else { pages.saturating_sub(1) } * PAGE;
        let (mut low, mut high) = (from, (from + PAGE).min(self.len()));
        while low < high {
            let middle = usize::midpoint(low, high);
            if holds(self.get(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Bytes that are held.
    pub fn size(&self) -> usize {
        self.pages.len() * size_of::<Page>() + (self.words.len() + self.open.len()) * size_of::<u64>()
    }

    fn seal(&mut self) {
        let base = self.open.iter().copied().min().unwrap_or_default();
        for value in &mut self.open {
            *value -= base;
        }
        let step = if divided::<{ STEPS[0] }>(&mut self.open) {
            0
        } else if divided::<{ STEPS[1] }>(&mut self.open) {
            1
        } else {
            2
        };
        let most = self.open.iter().copied().max().unwrap_or_default();
        let bits = 64 - most.leading_zeros() as usize;
        let first = self.words.len();
        self.words.resize(first + bits, 0);
        let (mut word, mut filled) = (first, 0);
        for offset in self.open.drain(..).filter(|_| bits > 0) {
            self.words[word] |= offset << filled;
            filled += bits;
            if filled >= 64 {
                (word, filled) = (word + 1, filled - 64);
                if filled > 0 {
                    self.words[word] = offset >> (bits - filled);
                }
            }
        }
        self.pages.push(Page { base, word: first as u32, bits: bits as u8, step });
    }
}

/// Divides offsets by a step if all are multiples of it; says whether they are.
fn divided<const STEP: u64>(offsets: &mut [u64]) -> bool {
    let fit = offsets.iter().all(|offset| offset.is_multiple_of(STEP));
    if fit {
        for offset in offsets {
            *offset /= STEP;
        }
    }
    fit
}

impl Page {
    fn get(self, words: &[u64], index: usize) -> u64 {
        let bits = usize::from(self.bits);
        if bits == 0 {
            return self.base;
        }
        let (word, shift) = (self.word as usize + index * bits / 64, index * bits % 64);
        let mut offset = words[word] >> shift;
        if shift + bits > 64 {
            offset |= words[word + 1] << (64 - shift);
        }
        self.base + (offset & (u64::MAX >> (64 - bits))) * STEPS[usize::from(self.step)]
    }

    fn unpack(self, words: &[u64], values: &mut [u64; PAGE]) {
        if self.bits == 0 {
            return values.fill(self.base);
        }
        let bits = usize::from(self.bits);
        let (own, step) = (&words[self.word as usize..][..bits], STEPS[usize::from(self.step)]);
        for (index, value) in values.iter_mut().enumerate() {
            let (word, shift) = (index * bits / 64, index * bits % 64);
            let high = own.get(word + 1).copied().unwrap_or_default();
            let offset = own[word] >> shift | high << 1 << (63 - shift);
            *value = self.base + (offset & (u64::MAX >> (64 - bits))) * step;
        }
    }
}

/// Values of a column, one after another; each page is unpacked once.
#[derive(Debug, Clone)]
pub struct Values<'a> {
    column: &'a Packed,
    page: [u64; PAGE],
    at: usize,
    held: usize,
    /// The page that comes next.
    next: usize,
}

impl Values<'_> {
    /// Turns to the next page, if there is one.
    fn turn(&mut self) -> Option<()> {
        let open = &self.column.open;
        self.held = match self.column.pages.get(self.next) {
            Some(page) => {
                page.unpack(&self.column.words, &mut self.page);
                PAGE
            }
            None if self.next == self.column.pages.len() && !open.is_empty() => {
                self.page[..open.len()].copy_from_slice(open);
                open.len()
            }
            None => return None,
        };
        self.next += 1;
        self.at = 0;
        Some(())
    }
}

impl Iterator for Values<'_> {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        if self.at == self.held {
            self.turn()?;
        }
        let value = self.page[self.at];
        self.at += 1;
        Some(value)
    }
}

/// A signed number as one that is ordered alike.
pub const fn ordered(value: i64) -> u64 {
    value.cast_unsigned() ^ (1 << 63)
}

/// The signed number that [`ordered`] made it of.
pub const fn signed(value: u64) -> i64 {
    (value ^ (1 << 63)).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(values: &[u64]) -> Packed {
        let mut column = Packed::default();
        for &value in values {
            column.push(value);
        }
        column
    }

    fn samples() -> Vec<Vec<u64>> {
        let minutes = (0..700).map(|index| ordered(i64::from(index) * 7 * 60_000 - 3_000_000)).collect();
        let seconds = (0..300).map(|index| index * 1000).collect();
        let wide = (0..200).map(|index| if index % 3 == 0 { u64::MAX - index } else { index }).collect();
        let noise =
            (0..500u64).map(|index| index.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (index % 64)).collect();
        vec![
            Vec::new(),
            vec![7],
            vec![0; 64],
            vec![5; 65],
            (0..1000).collect(),
            minutes,
            seconds,
            wide,
            noise,
        ]
    }

    #[test]
    fn every_value_comes_out_as_it_went_in() {
        for values in samples() {
            let column = packed(&values);
            assert_eq!(column.len(), values.len());
            assert_eq!((0..values.len()).map(|index| column.get(index)).collect::<Vec<_>>(), values);
            for from in [0, 1, 63, 64, 65, 200, 5000] {
                let rest = values.get(from..).unwrap_or_default();
                assert_eq!(column.from(from).collect::<Vec<_>>(), rest, "from {from}");
            }
            assert_eq!(column.last(), values.last().copied());
            assert_eq!(column.get(values.len()), 0);
        }
    }

    #[test]
    fn the_last_value_can_be_taken_back_at_any_length() {
        for count in 1..200 {
            let mut column = packed(&(0..count).collect::<Vec<_>>());
            assert_eq!(column.pop(), Some(count - 1));
            column.push(99_999);
            column.push(1);
            let expected: Vec<_> = (0..count - 1).chain([99_999, 1]).collect();
            assert_eq!(column.from(0).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn a_border_is_found_as_in_a_slice() {
        for count in [0, 1, 63, 64, 65, 128, 129, 1000] {
            let values: Vec<u64> = (0..count).map(|index| index / 3 * 5).collect();
            let column = packed(&values);
            for border in 0..=count * 2 {
                let expected = values.partition_point(|&value| value < border);
                assert_eq!(column.partition_point(|value| value < border), expected, "{border} of {count}");
            }
        }
    }

    #[test]
    fn minutes_in_order_take_ten_bits_each() {
        let column = packed(&(0..6400).map(|index| index * 300_000).collect::<Vec<_>>());
        assert!(column.size() * 8 < 6400 * 12, "{} bytes", column.size());
    }

    #[test]
    fn signed_numbers_keep_their_order() {
        let values = [i64::MIN, -5, 0, 1, i64::MAX];
        assert!(values.map(ordered).is_sorted());
        assert_eq!(values.map(ordered).map(signed), values);
    }
}
