//! Languages as programs call them: a BCP 47 tag, or the English name that `OpenAI` writes.

use serde_json::Value;

/// The tag of a language, if that is what it is.
pub fn tag(value: &Value) -> Option<String> {
    const NAMES: [(&str, &str); 12] = [
        ("english", "en"),
        ("chinese", "zh"),
        ("mandarin", "zh"),
        ("cantonese", "yue"),
        ("japanese", "ja"),
        ("korean", "ko"),
        ("german", "de"),
        ("french", "fr"),
        ("spanish", "es"),
        ("portuguese", "pt"),
        ("italian", "it"),
        ("russian", "ru"),
    ];
    let text = value.as_str()?.trim();
    let named = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|&(_, tag)| tag);
    let primary = text.split(['-', '_']).next().unwrap_or_default();
    let is_tag = (2..=3).contains(&primary.len()) && text.len() <= 35 && text.is_ascii();
    named.map(str::to_owned).or_else(|| is_tag.then(|| text.replace('_', "-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_by_its_tag() {
        for (told, expected) in [
            ("zh", Some("zh")),
            ("en_US", Some("en-US")),
            ("cmn-Hans-CN", Some("cmn-Hans-CN")),
            ("Chinese", Some("zh")),
            ("auto-detected", None),
            ("", None),
        ] {
            assert_eq!(tag(&told.into()).as_deref(), expected, "{told}");
        }
        assert_eq!(tag(&Value::Null), None);
    }
}
