//! JSON of chats that is broken, hostile or of another sort than it should be.

#![expect(clippy::unwrap_used, reason = "a sample that cannot be read fails the test")]

use proptest::prelude::*;
use serde_json::Value;
use shilu::choice::Format;
use shilu::format::{Facts, Forced, read_bytes};
use shilu::transcript::{Remark, Transcript};

const CHATS: [Format; 7] = [
    Format::Telegram,
    Format::Discord,
    Format::Slack,
    Format::Matrix,
    Format::LiveChat,
    Format::Twitch,
    Format::ChatDownloader,
];

fn sample(format: Format) -> String {
    let path = format!("{}/tests/samples/{}", env!("CARGO_MANIFEST_DIR"), format.name());
    std::fs::read_to_string(path).unwrap()
}

fn read_as(bytes: &[u8], format: Format) -> (Transcript, Facts) {
    read_bytes(bytes, Forced { format: Some(format), ..Forced::default() }).unwrap()
}

fn bodies(transcript: &Transcript) -> Vec<String> {
    transcript.ids().map(|id| transcript.body(id).into_owned()).collect()
}

#[test]
fn a_sample_that_is_cut_anywhere_is_read_as_far_as_it_goes() {
    for format in CHATS {
        let text = sample(format);
        let whole = bodies(&read_as(text.as_bytes(), format).0);
        for end in 0..text.len() {
            let (transcript, _) = read_as(&text.as_bytes()[..end], format);
            let found = bodies(&transcript);
            assert!(whole.starts_with(&found), "{} cut at {end}: {found:?}", format.name());
        }
    }
}

#[test]
fn two_messages_are_enough_to_tell_the_format() {
    for format in CHATS {
        let text = sample(format);
        // A line of a sample is short: the second message ends long before the end.
        let end = text
            .char_indices()
            .map(|(at, _)| at)
            .find(|&at| read_as(&text.as_bytes()[..at], format).0.len() > 1);
        let (_, facts) = read_bytes(&text.as_bytes()[..end.unwrap()], Forced::default()).unwrap();
        assert_eq!(facts.detection.map(|found| found.format), Some(format));
    }
}

#[test]
fn half_a_surrogate_pair_costs_one_character_wherever_it_stands() {
    let slack = r#"{"type": "message", "user": "U1", "ts": "1714953600.000200", "text": "a \ud83d b"}"#;
    let list = format!("[{slack}]");
    for (text, format) in [
        (
            r#"{"messages": [{"id": "1", "type": "Default", "timestamp": "2024-01-01T00:00:00+00:00", "content": "a \ud83d b"}]}"#,
            Format::Discord,
        ),
        (list.as_str(), Format::Slack),
        (slack, Format::Slack),
        (r#"{"segments": [{"start": 0, "end": 1, "text": "a \ud83d b"}]}"#, Format::Whisper),
        (r#"{"text": "a \ud83d b"}"#, Format::Whisper),
    ] {
        let (transcript, facts) = read_as(text.as_bytes(), format);
        assert_eq!(bodies(&transcript), ["a \u{fffd} b"], "{text}");
        assert_eq!(facts.remarks.iter().count(), 0, "{text}");
    }
}

/// How many values there are within a value.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(values) => values.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// Puts another value in the place of the one that is met as number `at`.
fn put(value: &mut Value, at: &mut usize, other: &Value) {
    if *at == 0 {
        value.clone_from(other);
    }
    *at = at.wrapping_sub(1);
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| put(value, at, other)),
        Value::Object(fields) => fields.values_mut().for_each(|value| put(value, at, other)),
        _ => {}
    }
}

#[test]
fn a_value_of_another_sort_harms_no_other_message() {
    let others = [
        "null",
        "-1e300",
        r#""\ud800\u0000""#,
        "[[]]",
        r#"{"text": {"a": [1]}}"#,
        "[null, 1, \"x\", {}]",
        "true",
    ];
    for format in CHATS {
        let text = sample(format);
        let values: Vec<Value> = match serde_json::from_str(&text) {
            Ok(value) => vec![value],
            Err(_) => text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
        };
        let posts = read_as(text.as_bytes(), format).0.len();
        let (first, rest) = values.split_first().unwrap();
        let rest = rest.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        for number in 0..count(first) {
            for other in others {
                let mut changed = first.clone();
                put(&mut changed, &mut { number }, &serde_json::from_str(other).unwrap_or_default());
                let (transcript, _) = read_as(format!("{changed}\n{rest}").as_bytes(), format);
                // Where it is no field of the whole, at most one message is lost.
                let is_whole = count(&changed) < count(first) / 2;
                assert!(is_whole || transcript.len() + 1 >= posts, "{} {number} {other}", format.name());
            }
        }
    }
}

#[test]
fn what_is_much_too_deep_or_too_long_is_left_out() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let long = format!("\"{}\"", "长".repeat(1 << 20));
    for (value, skipped) in [(&deep, 1), (&long, 0)] {
        let text = format!(
            r#"{{"messages": [{value}, {{"id": 1, "content": {value}}}, {{"id": 2, "content": "好"}}]}}"#
        );
        let (transcript, facts) = read_as(text.as_bytes(), Format::Discord);
        assert_eq!(bodies(&transcript).last().map(String::as_str), Some("好"));
        assert!(facts.remarks.count(Remark::Skipped) >= skipped);
    }
}

/// Text with the marks of JSON, and the words that the formats look for.
fn jsonish() -> impl Strategy<Value = String> {
    let words = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        " ",
        "1",
        "-",
        "null",
        "\"messages\":[",
        "\"comments\":[",
        "\"chats\":{\"list\":[",
        "\"text\":",
        "\"content\":",
        "\"type\":\"service\"",
        "\"date\":\"2024-01-01T00:00:00\"",
        "\"ts\":\"1.5\"",
        "\"author\":",
        "\"message\":",
        "\"replayChatItemAction\":{\"actions\":[{\"addChatItemAction\":{\"item\":",
        "\"origin_server_ts\":1e99",
        "\"sender\":\"@a:b\"",
        "长",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..60).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn anything_like_json_is_read_without_harm(text in jsonish(), number in 0..CHATS.len()) {
        let (transcript, _) = read_as(text.as_bytes(), CHATS[number]);
        prop_assert!(transcript.ids().all(|id| transcript.lines(id).is_some()));
        prop_assert!(read_bytes(text.as_bytes(), Forced::default()).is_ok());
    }
}

#[test]
fn messages_within_messages_are_no_danger() {
    for (open, close) in
        [(r#"{"ts": "1", "message": "#, "}"), (r#"{"icon": "#, "}"), (r#"{"replayChatItemAction": "#, "}")]
    {
        let nested = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        let banner = format!(r#"{{"addBannerToLiveChatCommand": {nested}}}"#);
        for text in [&nested, &banner, &"<".repeat(1 << 20)] {
            for format in CHATS {
                let _ = read_as(text.as_bytes(), format);
            }
        }
    }
    let marks =
        format!(r#"[{{"ts": "1.0", "type": "message", "user": "U1", "text": "{}"}}]"#, "<".repeat(1 << 20));
    assert_eq!(read_as(marks.as_bytes(), Format::Slack).0.len(), 1);
}
