//! What the README shows is what the program prints, and what it documents is all that there is. `UPDATE=1 cargo test`
//! rewrites the shown output.
//!
//! A comment tells what stands below it, up to the next blank line outside of a fence:
//! `<!-- output: onrecord scan --help -->` a fenced block with all that the command prints;
//! `<!-- table: onrecord scan … | text, speaker | 8 -->` these columns of the table, the first so many rows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use onrecord::input::Field;
use onrecord::lexicon::files::EMBEDDED;
use onrecord::output::{Format, Style};
use onrecord::table::Table;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What a command line that begins with `onrecord` prints.
fn printed(command: &str) -> String {
    let arguments = command.split_whitespace().skip(1);
    let mut program = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    let output = program.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("the binary starts");
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    // As the help names the program on Windows.
    String::from_utf8(output.stdout).expect("UTF-8").replace("onrecord.exe", "onrecord")
}

/// What shall stand below a comment, if the line is one.
fn shown(line: &str) -> Option<String> {
    let comment = line.strip_prefix("<!-- ")?.strip_suffix(" -->")?;
    if let Some(command) = comment.strip_prefix("output: ") {
        return Some(format!("```text\n{}\n```\n", printed(command).trim_end()));
    }
    let parts: Vec<&str> = comment.strip_prefix("table: ")?.split(" | ").collect();
    let [command, columns, rows] = parts[..] else { panic!("write table: command | columns | rows: {line}") };
    let columns: Vec<&str> = columns.split(", ").collect();
    Some(table(&printed(command), &columns, rows.parse().expect("a number of rows")))
}

/// Columns of a CSV table in Markdown.
fn table(csv: &str, columns: &[&str], rows: usize) -> String {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let at = |column: &&str| header.iter().position(|name| name == *column).expect("the column is in the table");
    let places: Vec<usize> = columns.iter().map(at).collect();
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(columns.iter().map(|column| format!("`{column}`")).collect());
    text += &line(columns.iter().map(|_| "---".to_owned()).collect());
    for row in reader.records().take(rows) {
        let row = row.expect("a row");
        text += &line(places.iter().map(|place| row[*place].replace('|', "\\|").replace('\n', " ")).collect());
    }
    text
}

/// The README with everything below a comment as it shall be.
fn true_readme(readme: &str) -> String {
    let mut text = String::new();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        let Some(shown) = shown(line) else { continue };
        text += &shown;
        let mut fenced = false;
        for old in lines.by_ref() {
            fenced ^= old.starts_with("```");
            if old.is_empty() && !fenced {
                break;
            }
        }
        text.push('\n');
    }
    text
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let readme = read("README.md");
    let expected = true_readme(&readme);
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        fs::write(path("README.md"), &expected).expect("the README can be written");
        return;
    }
    let differs = readme.lines().zip(expected.lines()).find(|(readme, printed)| readme != printed);
    assert!(
        readme == expected,
        "README.md and the program differ: {differs:#?}; UPDATE=1 cargo test rewrites README.md"
    );
}

#[test]
fn the_readme_documents_every_column_and_format() {
    let readme = read("README.md");
    for table in Table::ALL {
        let (_, section) = readme.split_once(&format!("\n### {}", table.name())).expect("a section on the table");
        let section = section.split("\n### ").next().unwrap_or_default();
        for column in table.columns() {
            assert!(section.contains(&format!("`{column}`")), "README.md, {}: nothing on {column}", table.name());
        }
    }
    for format in Format::ALL {
        assert!(readme.contains(&format!("`{format}`")) && Style::new(format, false, None).is_ok());
    }
}

#[test]
fn the_lexicons_are_documented_with_every_column_and_unit() {
    let readme = read("lexicons/README.md");
    for (name, text) in EMBEDDED {
        let (_, section) = readme.split_once(&format!("\n### {name}\n")).unwrap_or_else(|| panic!("nothing on {name}"));
        let section = section.split("\n#").next().unwrap_or_default();
        let header = text.lines().find(|line| !line.starts_with('#')).unwrap_or_default();
        for column in header.split('\t') {
            assert!(
                section.contains(&format!("`{column}`")),
                "lexicons/README.md, {name}: nothing on the column {column}"
            );
        }
        for unit in units(header, text) {
            let is_named = readme.contains(&format!("`{unit}`"));
            assert!(is_named, "lexicons/README.md: nothing on the unit {unit} that {name} uses");
        }
    }
}

/// The units that the patterns of a file use; names that the file gives to parts of patterns are none.
fn units(header: &str, text: &str) -> Vec<String> {
    let column = |name: &str| header.split('\t').position(|column| column == name);
    let (Some(name), Some(pattern)) = (column("name"), column("pattern")) else { return Vec::new() };
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let rows: Vec<Vec<&str>> = rows.map(|line| line.split('\t').collect()).collect();
    let words = rows.iter().flat_map(|row| row[pattern].split_whitespace());
    let words = words.filter(|word| !word.starts_with(['(', ')', '|']));
    let sets = words.map(|word| word.split_once('=').map_or(word, |(_, set)| set));
    let sets = sets.map(|set| set.split(['*', '+', '?', '{']).next().unwrap_or_default().trim_start_matches('!'));
    let mut units: Vec<&str> = sets.flat_map(|set| set.split(['|', '&'])).collect();
    units.sort_unstable();
    units.dedup();
    units.retain(|unit| rows.iter().all(|row| row[name] != *unit));
    units.into_iter().map(str::to_owned).collect()
}

#[test]
fn the_readme_documents_every_usual_name_of_a_field() {
    let readme = read("README.md");
    for field in Field::ALL {
        let names = field.usual_names();
        let row = format!("| {} | {} |", names[0], names.join(", "));
        assert!(readme.contains(&row), "README.md: no row `{row}`");
    }
}
