//! Captions that `YouTube` makes by machine: two rows, of which the upper one repeats the lower one of the cue before, and the
//! lower one has a time for each word. Between two of them stands a cue of 10 ms with the lower row alone. A row is said once.

/// A line of a cue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Who speaks.
    pub voice: Option<String>,
    /// What is said.
    pub text: String,
    /// Whether it has times within.
    pub timed: bool,
}

/// A cue that is no longer cannot be read, in milliseconds.
const BLINK_MS: i64 = 10;

/// Leaves out what is repeated.
#[derive(Debug, Default)]
pub struct Rolling {
    /// The last line of the cue before, and when that one ended.
    last: Option<(String, i64)>,
    /// A line with times within has been seen.
    timed: bool,
}

impl Rolling {
    /// The rows of a cue that the one before did not have.
    pub fn fresh(&mut self, mut rows: Vec<Row>, (start, end): (i64, i64)) -> Vec<Row> {
        self.timed |= rows.iter().any(|row| row.timed);
        let is_blink = end - start <= BLINK_MS;
        let next = rows.last().map(|row| row.text.clone());
        if let Some((last, last_end)) = &self.last
            && (self.timed || is_blink)
            && (*last_end - start).abs() <= 2 * BLINK_MS
            && rows.first().is_some_and(|row| !row.timed && row.text == *last)
        {
            rows.remove(0);
        }
        if let Some(next) = next {
            self.last = Some((next, end));
        }
        rows
    }
}
