//! Values that exports write in more than one type: a number as a string, null instead of a text.

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A value as JSON, looked at when it is asked for. It may be missing or null.
#[derive(Debug, Clone, Copy, Default)]
pub struct Loose<'a>(Option<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(Self(Some(raw).filter(|raw| raw.get() != "null")))
    }
}

impl<'a> Loose<'a> {
    /// A value by itself.
    ///
    /// # Errors
    /// If it is no JSON.
    pub fn of(json: &'a str) -> serde_json::Result<Self> {
        serde_json::from_str(json)
    }

    /// Its JSON; nothing if it is missing or null.
    pub fn json(self) -> &'a str {
        self.0.map_or("", RawValue::get)
    }

    /// Whether it is missing or null.
    pub const fn is_none(self) -> bool {
        self.0.is_none()
    }

    /// Whether it is a string.
    fn is_string(self) -> bool {
        self.json().starts_with('"')
    }

    /// A string, or a number or a truth value as it is printed; else nothing.
    pub fn text(self) -> Cow<'a, str> {
        match self.json() {
            json if self.is_string() => string(json),
            json if json.starts_with(['{', '[']) => Cow::Borrowed(""),
            json => Cow::Borrowed(json),
        }
    }

    /// The text, if there is any.
    pub fn some_text(self) -> Option<Cow<'a, str>> {
        Some(self.text()).filter(|text| !text.trim().is_empty())
    }

    /// A number, also if it is in a string.
    pub fn number(self) -> Option<f64> {
        self.text().trim().parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// A whole number, also if it is in a string or has a fraction.
    pub fn integer(self) -> Option<i64> {
        let text = self.text();
        text.trim().parse().ok().or_else(|| Some(self.number()?.round() as i64))
    }

    /// Whether it is true.
    pub fn is_true(self) -> bool {
        self.text() == "true"
    }

    /// What it is, if it is that; an array is no object.
    pub fn read<T: Deserialize<'a>>(self) -> Option<T> {
        serde_json::from_str(self.json()).ok().filter(|_| !self.json().starts_with('['))
    }

    /// The elements, if it is an array.
    pub fn elements(self) -> Vec<Loose<'a>> {
        // Most lists are empty.
        if self.json() == "[]" { Vec::new() } else { serde_json::from_str(self.json()).unwrap_or_default() }
    }

    /// The elements of that sort, if it is an array.
    pub fn list<T: Deserialize<'a>>(self) -> Vec<T> {
        self.elements().into_iter().filter_map(Loose::read).collect()
    }
}

/// An object with fields, of which an array would be read as the values.
///
/// # Errors
/// If it is none.
pub fn object<'a, T: Deserialize<'a>>(json: &'a str) -> serde_json::Result<T> {
    if json.starts_with('{') { serde_json::from_str(json) } else { Err(nothing()) }
}

/// Why something is left out that is JSON and no message.
pub fn nothing() -> serde_json::Error {
    serde_json::Error::custom("no message")
}

/// A string.
fn string(json: &str) -> Cow<'_, str> {
    let inner = json.get(1..json.len().saturating_sub(1)).unwrap_or_default();
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    serde_json::from_str(json).map(Cow::Owned).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Wire<'a> {
        #[serde(borrow, default)]
        a: Loose<'a>,
    }

    #[test]
    fn a_value_is_read_in_whatever_type_it_is_written() {
        for (json, text, number, integer) in [
            (r#"{"a": "12"}"#, "12", Some(12.0), Some(12)),
            (r#"{"a": 12}"#, "12", Some(12.0), Some(12)),
            (r#"{"a": 12.5}"#, "12.5", Some(12.5), Some(13)),
            (
                r#"{"a": 123456789012345678}"#,
                "123456789012345678",
                Some(123_456_789_012_345_680.0),
                Some(123_456_789_012_345_678),
            ),
            (r#"{"a": null}"#, "", None, None),
            ("{}", "", None, None),
            (r#"{"a": true}"#, "true", None, None),
            (r#"{"a": {"b": 1}}"#, "", None, None),
            (r#"{"a": "1\n\u4e00\ud83d\ude00"}"#, "1\n一😀", None, None),
            (r#"{"a": "1e999"}"#, "1e999", None, None),
        ] {
            let Wire { a } = serde_json::from_str(json).unwrap();
            assert_eq!((a.text().as_ref(), a.number(), a.integer()), (text, number, integer), "{json}");
        }
    }

    #[test]
    fn elements_of_another_sort_are_left_out() {
        let Wire { a } = serde_json::from_str(r#"{"a": [1, "b", 2, null]}"#).unwrap();
        assert_eq!(a.list::<i64>(), [1, 2]);
        assert_eq!(a.read::<Vec<i64>>(), None);
    }
}
