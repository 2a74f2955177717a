//! Changing a file as little as an edit asks for. What an edit does not name stays as it was written, and no comment
//! is lost: those of a key that goes move above the byline, those of an entry keep it there.

use super::field::{Field, Said};
use super::table::string;
use toml_edit::{
    Array, ArrayOfTables, Decor, DocumentMut, InlineTable, Item, Table, TableLike, TomlError, Value,
};

/// What becomes of a field of a byline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It says nothing.
    Drop,
    /// It takes back what another file says.
    Back,
    /// It says this.
    Say(Said),
}

/// The text with the fields of a byline changed. A new file begins with `head`, a comment.
pub fn changed(
    text: &str,
    head: &str,
    byline: &str,
    changes: &[(Field, Change)],
) -> Result<String, TomlError> {
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = plain.replace("\r\n", "\n");
    let mut document: DocumentMut = if lines.is_empty() { head.parse()? } else { lines.parse()? };
    for (field, change) in changes {
        if *change != Change::Drop && entries(&mut document, byline).is_empty() {
            add(&mut document, byline);
        }
        state(entries(&mut document, byline), *field, change);
    }
    tidy(&mut document, byline);
    let mut written = document.to_string();
    if !lines.starts_with('\n') {
        let blank = written.len() - written.trim_start_matches('\n').len();
        written.drain(..blank);
    }
    if lines.len() < plain.len() && lines.matches('\n').count() == plain.len() - lines.len() {
        written = written.replace('\n', "\r\n");
    }
    Ok(if plain.len() == text.len() { written } else { format!("\u{feff}{written}") })
}

fn is_of(table: &dyn TableLike, byline: &str) -> bool {
    table.get("byline").and_then(Item::as_str) == Some(byline)
}

/// The entries of a byline. What a later one says is what counts.
fn entries<'a>(document: &'a mut DocumentMut, byline: &str) -> Vec<&'a mut dyn TableLike> {
    let all: Vec<&mut dyn TableLike> = match document.get_mut("speaker") {
        Some(Item::ArrayOfTables(tables)) => tables.iter_mut().map(|table| table as _).collect(),
        Some(Item::Value(Value::Array(array))) => {
            array.iter_mut().filter_map(Value::as_inline_table_mut).map(|table| table as _).collect()
        }
        _ => Vec::new(),
    };
    all.into_iter().filter(|table| is_of(*table, byline)).collect()
}

/// A new entry, behind the others, in the form that they have.
fn add(document: &mut DocumentMut, byline: &str) {
    if let Some(Item::Value(Value::Array(array))) = document.get_mut("speaker") {
        array.push(InlineTable::from_iter([("byline", string(byline))]));
        return;
    }
    let mut table = Table::from_iter([("byline", string(byline))]);
    if document.is_empty() {
        let above = document.trailing().as_str().unwrap_or_default().trim_end().to_owned();
        table.decor_mut().set_prefix(if above.is_empty() { above } else { above + "\n\n" });
        document.set_trailing("");
    }
    match document.get_mut("speaker") {
        Some(Item::ArrayOfTables(tables)) => tables.push(table),
        _ => {
            document.insert("speaker", Item::ArrayOfTables(ArrayOfTables::from_iter([table])));
        }
    }
}

/// States a field in the last of the entries, and in no other.
fn state(mut entries: Vec<&mut dyn TableLike>, field: Field, change: &Change) {
    let Some(last) = entries.len().checked_sub(1) else { return };
    for (index, entry) in entries.iter_mut().enumerate() {
        let before = all_comments(*entry);
        let value = (index == last).then(|| value(field, change)).flatten();
        match value {
            Some(value) => put(*entry, field.key(), value),
            None => drop(entry.remove(field.key())),
        }
        derive(*entry, field, index == last && field != Field::Apart && *change == Change::Back);
        let after = all_comments(*entry);
        keep(*entry, &lost(before, &after));
    }
}

fn value(field: Field, change: &Change) -> Option<Value> {
    match change {
        Change::Say(Said::Text(text)) => Some(string(text)),
        Change::Say(Said::Texts(texts)) => {
            Some(texts.iter().map(|text| string(text)).collect::<Array>().into())
        }
        Change::Say(Said::Yes) => Some(true.into()),
        Change::Back if field == Field::Apart => Some(false.into()),
        Change::Back | Change::Drop => None,
    }
}

/// Puts a value in the place of the one that a key has.
fn put(table: &mut dyn TableLike, key: &str, mut value: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            old.decor().clone_into(value.decor_mut());
            *old = value;
        }
        None => drop(table.insert(key, Item::Value(value))),
    }
}

/// Names a field among those that are derived, or not.
fn derive(table: &mut dyn TableLike, field: Field, derived: bool) {
    const KEY: &str = "derived";
    let old = table.get_mut(KEY).and_then(Item::as_array_mut);
    let named = |value: &Value| value.as_str() == Some(field.key());
    match old {
        Some(array) if derived && !array.iter().any(named) => array.push(field.key()),
        Some(array) if !derived && array.iter().any(named) => {
            array.retain(|value| !named(value));
            if array.is_empty() {
                table.remove(KEY);
            }
        }
        None if derived => drop(table.insert(KEY, Item::Value(Array::from_iter([field.key()]).into()))),
        _ => {}
    }
}

/// The comments in a decoration.
fn comments(decor: &Decor) -> Vec<String> {
    let parts = [decor.prefix(), decor.suffix()].into_iter().flatten().filter_map(|part| part.as_str());
    let lines = parts.flat_map(str::lines).map(str::trim);
    lines.filter(|line| line.starts_with('#')).map(str::to_owned).collect()
}

/// The comments beside the keys of an entry and inside its arrays.
fn all_comments(table: &dyn TableLike) -> Vec<String> {
    let mut all = Vec::new();
    for (key, item) in table.iter() {
        all.extend(table.key(key).map(|key| comments(key.leaf_decor())).unwrap_or_default());
        all.extend(item.as_value().map(|value| comments(value.decor())).unwrap_or_default());
        let Some(array) = item.as_array() else { continue };
        all.extend(array.iter().flat_map(|value| comments(value.decor())));
        let trailing = Decor::new(array.trailing().clone(), "");
        all.extend(comments(&trailing));
    }
    all
}

/// Which comments are there no more.
fn lost(mut before: Vec<String>, after: &[String]) -> Vec<String> {
    for comment in after {
        if let Some(index) = before.iter().position(|other| other == comment) {
            before.remove(index);
        }
    }
    before
}

/// Puts comments above the byline.
fn keep(table: &mut dyn TableLike, comments: &[String]) {
    let Some(mut key) = table.key_mut("byline") else { return };
    if comments.is_empty() {
        return;
    }
    let decor = key.leaf_decor_mut();
    let above = decor.prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
    let parted = if above.is_empty() || above.ends_with('\n') { "" } else { "\n" };
    decor.set_prefix(format!("{above}{parted}{}\n", comments.join("\n")));
}

/// Takes out the entries of a byline that say nothing any more.
fn tidy(document: &mut DocumentMut, byline: &str) {
    let empty = |table: &dyn TableLike| {
        is_of(table, byline) && table.iter().count() == 1 && all_comments(table).is_empty()
    };
    let mut rest = None;
    match document.get_mut("speaker") {
        Some(Item::Value(Value::Array(array))) => array.retain(|value| {
            let table = value.as_inline_table().filter(|table| empty(*table));
            table.is_none_or(|table| !comments(table.decor()).is_empty())
        }),
        Some(Item::ArrayOfTables(tables)) => {
            rest = Some(take_out(tables, |table| empty(table) && is_bare(table.decor())));
            if tables.is_empty() {
                document.remove("speaker");
            }
        }
        _ => {}
    }
    if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
        let trailing = rest + document.trailing().as_str().unwrap_or_default();
        document.set_trailing(trailing);
    }
}

/// Takes tables out. The comments of the file above them move to the next table; what is left has none behind it.
fn take_out(tables: &mut ArrayOfTables, out: impl Fn(&Table) -> bool) -> String {
    let mut rest = String::new();
    loop {
        let index = tables.iter().position(&out);
        let Some(index) = index else { return rest };
        let above = prefix(tables.remove(index).decor());
        if !above.contains('#') {
            continue;
        }
        match tables.get_mut(index) {
            Some(next) => {
                let own = prefix(next.decor());
                next.decor_mut().set_prefix(above + own.trim_start_matches('\n'));
            }
            None => rest.insert_str(0, &above),
        }
    }
}

fn prefix(decor: &Decor) -> String {
    decor.prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned()
}

/// Whether no comment belongs to an entry: those above a blank line belong to the file.
fn is_bare(decor: &Decor) -> bool {
    let prefix = prefix(decor);
    let near = prefix.rsplit("\n\n").next().unwrap_or_default();
    let behind = decor.suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default();
    !near.contains('#') && !behind.contains('#')
}

#[cfg(test)]
mod tests {
    use super::*;
    use Change::{Back, Drop, Say};

    fn text(text: &str) -> Change {
        Say(Said::Text(text.to_owned()))
    }

    /// The text after changes of one field each.
    fn after(text: &str, changes: &[(&str, Field, Change)]) -> String {
        changes.iter().fold(text.to_owned(), |text, (byline, field, change)| {
            changed(&text, "# head\n", byline, &[(*field, change.clone())]).unwrap()
        })
    }

    #[test]
    fn a_new_file_begins_with_its_head_and_keeps_it() {
        let name = |byline, name| (byline, Field::Name, text(name));
        let first = after("", &[name("甲", "乙")]);
        assert_eq!(first, "# head\n\n[[speaker]]\nbyline = \"甲\"\nname = \"乙\"\n");
        let second = after(&first, &[name("丙", "丁")]);
        assert_eq!(second, format!("{first}\n[[speaker]]\nbyline = \"丙\"\nname = \"丁\"\n"));
        let third = after(&second, &[("甲", Field::Name, Drop)]);
        assert_eq!(third, "# head\n\n[[speaker]]\nbyline = \"丙\"\nname = \"丁\"\n");
        let last = after(&third, &[("丙", Field::Name, Drop)]);
        assert_eq!(last.trim_end(), "# head");
        assert_eq!(after(&last, &[name("甲", "乙")]), first);
    }

    #[test]
    fn what_is_not_named_stays_as_it_was_written() {
        let before = r#"# mine
version = 1 # of what

[[chapter]] # first
title  =  '开幕'
by = '主持人'

# the librarian
[[speaker]]
	byline = "甲" # as printed
	name = '乙' # as in the programme
	# an uncle
	aliases = [ "丙", # misspelled
	]
	colour = { red = 1 }

[other]
x = 0x10
# the end"#;
        let renamed = after(before, &[("甲", Field::Name, text("丁"))]);
        assert_eq!(renamed, before.replace("'乙'", "\"丁\""));
        let mut more = after(&renamed, &[("戊", Field::Apart, Say(Said::Yes))]);
        assert!(more.contains("\n[[speaker]]\nbyline = \"戊\"\napart = true\n"), "{more}");
        for field in Field::ALL {
            more = after(&more, &[("甲", field, Drop), ("戊", field, Drop)]);
        }
        for kept in [
            "# mine\nversion = 1 # of what\n",
            "[[chapter]] # first\ntitle  =  '开幕'\n",
            "# the librarian\n[[speaker]]\n",
            "byline = \"甲\" # as printed\n",
            "# as in the programme\n",
            "# an uncle\n",
            "# misspelled\n",
            "colour = { red = 1 }\n",
            "[other]\nx = 0x10\n# the end",
        ] {
            assert!(more.contains(kept), "{kept} is not in\n{more}");
        }
        assert!(!more.contains("戊"), "{more}");
    }

    #[test]
    fn lines_end_as_they_did() {
        let before = "\u{feff}[[speaker]]\r\nbyline = '甲'\r\n";
        let written = after(before, &[("甲", Field::Name, text("乙")), ("甲", Field::Role, text("host"))]);
        assert_eq!(written, format!("{before}name = \"乙\"\r\nrole = \"host\"\r\n"));
    }

    #[test]
    fn a_string_is_written_in_one_line() {
        let odd = "a\"b\\c\n\r\n\t\u{1b}\u{7f}\u{0}\u{85}\u{202e}'''";
        let written = after("", &[(odd, Field::Name, text(odd))]);
        let quoted = r#""a\"b\\c\n\u000D\n\t\u001B\u007F\u0000"#;
        assert_eq!((written.matches(quoted).count(), written.lines().count()), (2, 5), "{written}");
        let sheet = super::super::sheet::Sheet::of(std::path::Path::new(""), written).unwrap();
        assert_eq!(sheet.speakers[odd][&Field::Name], Some(Said::Text(odd.to_owned())));
    }

    #[test]
    fn only_the_last_entry_of_a_byline_states_a_field() {
        let entry = |name: &str| format!("[[speaker]]\nbyline = \"甲\"\nname = \"{name}\"\n");
        let rest = "role = \"host\"\n\n";
        let before = entry("乙") + rest + &entry("丙");
        let named = after(&before, &[("甲", Field::Name, text("丁"))]);
        assert_eq!(named, format!("[[speaker]]\nbyline = \"甲\"\n{rest}{}", entry("丁")));
        assert_eq!(after(&named, &[("甲", Field::Role, Drop)]), entry("丁"));
    }

    #[test]
    fn an_array_of_inline_tables_stays_one() {
        let one = after("speaker = []\n", &[("甲", Field::Name, text("乙"))]);
        assert_eq!(one, "speaker = [{ byline = \"甲\", name = \"乙\" }]\n");
        let two = after(&one, &[("丙", Field::Apart, Say(Said::Yes)), ("甲", Field::Name, Drop)]);
        assert!(two.contains("byline = \"丙\", apart = true") && !two.contains('甲'), "{two}");
    }

    #[test]
    fn a_field_is_taken_back_by_name() {
        let start = "[[speaker]]\nbyline = \"甲\"\n";
        let back =
            after("", &[("甲", Field::Name, Back), ("甲", Field::Title, Back), ("甲", Field::Apart, Back)]);
        assert_eq!(back, format!("# head\n\n{start}derived = [\"name\", \"title\"]\napart = false\n"));
        let said = after(&back, &[("甲", Field::Title, text("")), ("甲", Field::Apart, Drop)]);
        assert_eq!(said, format!("# head\n\n{start}derived = [\"name\"]\ntitle = \"\"\n"));
        let none = after(&said, &[("甲", Field::Title, Drop), ("甲", Field::Name, Drop)]);
        assert_eq!(none.trim_end(), "# head");
    }
}
