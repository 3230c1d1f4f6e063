//! What is to be said of the fields of a record: those that are missing, not whole, or in a language that is not read. A
//! message names what was found and the option that helps.

use super::fields::{Field, FieldMap, LIST, PATH, normalised, shortened};

/// The message for a record or file without a text: what is there instead, and the option that names it.
pub(super) fn no_text<'a>(kind: &str, map: &FieldMap, found: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = found.filter(|name| !name.trim().is_empty()).collect();
    let mapped = map.mapped_text();
    let wanted = mapped.unwrap_or(Field::Text.usual_names()[0]);
    if names.is_empty() {
        return format!("no {kind} {wanted:?}, nor any other");
    }
    let found = format!("no {kind} {wanted:?}; found {}", listed(&names));
    let likely = likely_text(&names).map(|name| shortened(name, 40));
    let option = |name: &str| shell_word(&format!("text={name}"));
    match (mapped, likely) {
        (Some(mapped), Some(likely)) if is_usual(&likely) => {
            format!("{found}: leave out text={mapped}, as \"{likely}\" is found without")
        }
        (Some(mapped), Some(likely)) => {
            format!("{found}: say --map {} in the place of text={mapped}", option(&likely))
        }
        (Some(mapped), None) => format!("{found}: put the right one in the place of {mapped} in --map text={mapped}"),
        (None, Some(likely)) => format!("{found}: name it with --map {}", option(&likely)),
        (None, None) => {
            let name = kind.to_uppercase();
            format!(
                "{found}: name the one with the articles' texts by --map text={name}; without one nothing can be read"
            )
        }
    }
}

/// The word as a command line takes it for one, in the shells of all systems.
fn shell_word(word: &str) -> String {
    let is_plain = |sign: char| sign.is_alphanumeric() || "=_-.:@/#".contains(sign);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("\"{word}\"") }
}

/// The names in quotation marks; of many the first.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 20;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("{:?}", shortened(name, 40))).collect();
    let more = if names.len() > SHOWN { format!(" and {} more", names.len() - SHOWN) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// Whether the name is one that a text usually goes by.
fn is_usual(name: &str) -> bool {
    Field::Text.usual_names().iter().any(|usual| normalised(usual) == normalised(name))
}

/// Names under which feeds of news have a text, or no more than its beginning.
const FEEDS: [&str; 2] = ["description", "summary"];

/// Where a feed was turned into JSON, the words of an element that has attributes, be they an address.
const MARKED_UP: &str = ".#text";

/// The name that looks most like one for a text; of what stands in a list of objects, the part within an object.
fn likely_text<'a>(names: &[&'a str]) -> Option<&'a str> {
    let within = |name: &'a str| name.rsplit_once("[].").map_or(name, |(_, name)| name);
    let names: Vec<&str> = names.iter().map(|name| within(name)).filter(|name| !name.ends_with(LIST)).collect();
    let last =
        |name: &str| name.trim_end_matches(MARKED_UP).rsplit(char::from(PATH)).next().unwrap_or(name).to_lowercase();
    let usual_names = Field::Text.usual_names().iter().chain(&FEEDS);
    usual_names.filter_map(|usual| names.iter().find(|name| last(name).contains(usual))).copied().next()
}

/// What is to be said where a much longer text stood beside the one that was taken.
pub(super) fn longer_note((taken, other): (u8, u8)) -> String {
    let [taken, other] = [taken, other].map(|rank| Field::Text.usual_names()[usize::from(rank)]);
    format!("the text was taken from \"{taken}\", a longer one is in \"{other}\": --map text={other} takes that")
}

/// What is to be said of names that were mapped and are not there, `found` being in their place: else the fields would be
/// empty in silence.
pub(super) fn missing_note(kind: &str, names: &[&str], found: &[&str]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let found = if found.is_empty() { String::new() } else { format!("; found {}", listed(found)) };
    format!("no {kind} {}{found}: correct --map", listed(names))
}

/// What is to be said of an article in another language than the program reads.
pub(super) fn language_note(language: &str) -> String {
    let language = language.trim();
    let is_english = language.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("en"));
    let is_open = ["", "und", "unknown"].iter().any(|open| language.eq_ignore_ascii_case(open));
    if is_english || is_open {
        return String::new();
    }
    format!("language {:?}: only English is read, little is found in others", shortened(language, 40))
}

/// What a news service puts in the place of an article's rest: `… [+2030 chars]`.
const CUT: (&str, &str) = ("[+", " chars]");

/// What is to be said of a text of which only the beginning is there.
pub(super) fn cut_note(text: &str) -> String {
    let rest = text.trim_end().strip_suffix(CUT.1).and_then(|text| text.rsplit_once(CUT.0));
    match rest.filter(|(_, rest)| rest.bytes().all(|byte| byte.is_ascii_digit()) && !rest.is_empty()) {
        Some((_, rest)) => format!("only the beginning of the article: {rest} more characters are not in the input"),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_for_a_missing_text_names_a_likely_column() {
        let message = no_text("column", &FieldMap::default(), ["Headline", "Body2", ""].into_iter());
        assert_eq!(message, r#"no column "text"; found "Headline", "Body2": name it with --map text=Body2"#);
        let message = no_text("field", &FieldMap::default(), ["a", "b"].into_iter());
        let expected = r#"no field "text"; found "a", "b": name the one with the articles' texts by --map text=FIELD; without one nothing can be read"#;
        assert_eq!(message, expected);
        let message = no_text("column", &FieldMap::default(), ["Nr.", "Whole Text"].into_iter());
        assert!(message.ends_with(r#"name it with --map "text=Whole Text""#), "{message}");
        let message = no_text("field", &FieldMap::default(), ["item[].guid.#text", "item[].description"].into_iter());
        assert!(message.ends_with("name it with --map text=description"), "{message}");
        let message = no_text("field", &FieldMap::default(), ["guid.#text", "content.#text"].into_iter());
        assert!(message.ends_with("name it with --map text=content.#text"), "{message}");
        let map = FieldMap::parse("text=Boddy").expect("a good mapping");
        let message = no_text("column", &map, ["id", "Body2"].into_iter());
        let expected = r#"no column "Boddy"; found "id", "Body2": say --map text=Body2 in the place of text=Boddy"#;
        assert_eq!(message, expected);
        let message = no_text("column", &map, ["id", "Body"].into_iter());
        let expected = r#"no column "Boddy"; found "id", "Body": leave out text=Boddy, as "Body" is found without"#;
        assert_eq!(message, expected);
    }

    #[test]
    fn another_language_is_told() {
        for language in ["", "en", "EN-us", "English", "und", "unknown"] {
            assert_eq!(language_note(language), "", "{language}");
        }
        assert_eq!(language_note("de"), "language \"de\": only English is read, little is found in others");
    }

    #[test]
    fn an_article_of_which_the_rest_is_missing_is_told() {
        let told = "only the beginning of the article: 2030 more characters are not in the input";
        assert_eq!(cut_note("“We won,” said Ann Lee. She… [+2030 chars]\n"), told);
        for whole in ["", "chars]", "[+ chars]", "He typed [+x chars]", "See [+12 chars] of it."] {
            assert_eq!(cut_note(whole), "", "{whole}");
        }
    }
}
