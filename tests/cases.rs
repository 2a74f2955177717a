//! The cases of others: `../shared/cases`, where it is. `cargo test --test cases` prints a table of what ran, what passed,
//! and why not.

#![expect(clippy::unwrap_used, reason = "a case that cannot be read fails the test")]

#[path = "cases/chat_json.rs"]
mod chat_json;
#[path = "cases/chats.rs"]
mod chats;
#[path = "cases/encodings.rs"]
mod encodings;
#[path = "cases/prose.rs"]
mod prose;
mod say;
#[path = "cases/speech.rs"]
mod speech;
#[path = "cases/subtitles.rs"]
mod subtitles;
#[path = "cases/table.rs"]
mod table;

use table::Table;

#[test]
fn the_cases_of_others_are_read_as_they_are_expected_to_be() {
    let mut table = Table::default();
    subtitles::run(&mut table);
    speech::run(&mut table);
    chats::run(&mut table);
    chat_json::run(&mut table);
    prose::run(&mut table);
    encodings::run(&mut table);
    table.print();
    assert_eq!(table.failed(), 0, "see the table above");
}
