//! `.csv` and `.tsv`: one row an article under a header row. The reading thread finds row ends (a newline in quotation
//! marks ends none); what is in the rows is read by the `csv` crate, whose idea of quoting both follow.

mod shape;

use std::io::Read;
use std::sync::Arc;

use csv::{ByteRecord, ReaderBuilder};
use memchr::memchr_iter;

use super::Record;
use super::encoding::decode;
use super::fields::{Draft, Field, FieldMap, Target};
use super::notes::no_text;
use super::place::{Place, Spot};
use super::reader::Part;
use super::source::Source;
use shape::{PROBE, Scan, Shape, is_end, line_end, shape};

/// After a row whose quotation mark never closes, so many lines are tried for the next row.
const LINES_TRIED: usize = 1000;

const NEVER_CLOSES: &str = "a quotation mark opens in this row and never closes: close it";

/// What the header row tells.
#[derive(Debug)]
pub(super) struct Header {
    shape: Shape,
    targets: Vec<Option<Target>>,
    /// What is to be said of columns that the user named and that are not there.
    missing: String,
}

/// Why a file has no articles to read.
struct NoArticles {
    message: String,
    /// Whether it looks like a table of parties: names and no texts.
    gazetteer: bool,
}

impl Header {
    fn read(row: &[u8], shape: Shape, map: &FieldMap) -> Result<Self, NoArticles> {
        let mut record = ByteRecord::new();
        let read = reader(row, shape).read_byte_record(&mut record);
        if !read.is_ok_and(|read| read) {
            return Err(NoArticles { message: "no header row: the file is empty".to_owned(), gazetteer: false });
        }
        let names: Vec<_> = record.iter().map(|name| decode(name).0).collect();
        let targets: Vec<Option<Target>> = names.iter().map(|name| map.find(name.trim())).collect();
        if targets.iter().flatten().any(|target| target.field == Field::Text) {
            let trimmed: Vec<&str> = names.iter().map(|name| name.trim()).collect();
            return Ok(Self { shape, targets, missing: map.missing(&trimmed) });
        }
        let names = || names.iter().map(|name| name.trim());
        let gazetteer = names().any(|name| name.eq_ignore_ascii_case("name"));
        Err(NoArticles { message: no_text("column", map, names()), gazetteer })
    }
}

/// Reads rows from memory. A newline stands before them, so that a byte order mark in the middle of a file does not change
/// its meaning when a block happens to begin with it; positions are [`BEFORE`] too high.
fn reader(bytes: &[u8], shape: Shape) -> csv::Reader<impl Read> {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(shape.delimiter).quoting(shape.quoting);
    builder.buffer_capacity(bytes.len().clamp(1, 1 << 16)).from_reader(b"\n".chain(bytes))
}

/// Bytes that [`reader`] puts before what it reads.
const BEFORE: usize = 1;

/// The rows of a source, about a block of them at a time.
pub(super) struct Rows {
    source: Source,
    place: Arc<Place>,
    /// The one that the format demands.
    delimiter: Option<u8>,
    /// Once the first row was read.
    header: Option<Arc<Header>>,
    scan: Scan,
    /// Number of the line in which the source's bytes begin.
    line: u64,
    done: bool,
}

impl Rows {
    pub(super) fn new(source: Source, place: Arc<Place>, delimiter: Option<u8>) -> Self {
        let scan = Scan::new(Shape { delimiter: b',', quoting: true, end: b'\n' });
        Self { source, place, delimiter, header: None, scan, line: 1, done: false }
    }

    /// Reads the header row; where that cannot be, the part says why.
    fn begin(&mut self) -> Result<Arc<Header>, Part> {
        self.source.fill_to(PROBE);
        self.scan.shape.end = line_end(&self.source.bytes);
        let delimiter = self.told_delimiter().or(self.delimiter);
        let blank = self.source.bytes.iter().take_while(|byte| is_end(**byte)).count();
        self.forget(blank);
        self.scan = Scan::new(shape(&self.source.bytes, delimiter, self.source.end));
        let end = loop {
            match self.scan.row_end(&self.source.bytes, self.source.end) {
                Some(end) => break end,
                None if self.source.end || self.scan.position > self.place.limit() => break self.source.bytes.len(),
                None => self.source.fill(),
            }
        };
        let map = &self.place.settings.options.map;
        let header = Header::read(&self.source.bytes[..end], self.scan.shape, map);
        let header = header.map_err(|problem| self.give_up(problem))?;
        self.forget(end);
        Ok(Arc::new(header))
    }

    /// The part that says why nothing is read. A table of parties may lie in a folder of articles; given by name it was
    /// meant to be one of articles.
    fn give_up(&mut self, problem: NoArticles) -> Part {
        self.done = true;
        let whole = self.place.whole();
        match self.source.trouble() {
            Some(trouble) => Part::Failed(whole.failure(trouble)),
            None if problem.gazetteer && self.place.walked => {
                Part::Skipped(whole.failure("no articles: a gazetteer? give it with --gazetteer"))
            }
            None => Part::Failed(whole.failure(problem.message)),
        }
    }

    /// Takes away a first line that tells the delimiter.
    fn told_delimiter(&mut self) -> Option<u8> {
        let told = told_delimiter(&self.source.bytes)?;
        self.forget(TOLD);
        Some(told)
    }

    /// Forgets the first `count` bytes, which end at the end of a row.
    fn forget(&mut self, count: usize) {
        self.line += newlines(&self.source.bytes[..count], self.scan.shape);
        self.source.forget(count);
        self.scan = Scan::new(self.scan.shape);
    }

    /// The first `count` bytes, which are whole rows, as a part.
    fn cut(&mut self, count: usize, header: Arc<Header>) -> Part {
        let bytes = self.source.cut(count);
        let line = self.line;
        self.line += newlines(&bytes, self.scan.shape);
        self.scan.start = 0;
        self.scan.position -= count;
        Part::Rows { place: Arc::clone(&self.place), header, line, bytes }
    }

    fn too_long(&mut self) -> Part {
        self.scan.skipping = true;
        let line = self.line + self.leading_newlines();
        Part::Failed(self.place.at(line, line).too_long())
    }

    /// Forgets a row that is too long, as far as it is read.
    fn skip(&mut self) {
        if let Some(end) = self.scan.row_end(&self.source.bytes, self.source.end) {
            self.forget(end);
            return;
        }
        // The last byte tells whether a quotation mark after it opens a cell.
        let count = self.scan.position.saturating_sub(1);
        self.line += newlines(&self.source.bytes[..count], self.scan.shape);
        self.source.forget(count);
        self.scan.position -= count;
    }

    /// What is left when everything was read and cut: a row that was cut off, or one whose quotation mark never closes.
    fn last(&mut self, header: &Header) -> Option<Part> {
        let line = self.line + self.leading_newlines();
        self.done = true;
        let message = match self.source.trouble() {
            Some(trouble) => trouble,
            None if !self.scan.quoted => return None,
            None if self.scan.skipping => {
                "the file ends within a row that is too long: does a quotation mark in it never close?".to_owned()
            }
            None => {
                self.done = !self.find_row(header);
                NEVER_CLOSES.to_owned()
            }
        };
        Some(Part::Failed(self.place.at(line, line).failure(message)))
    }

    /// Goes to the next line that begins a row with as many cells as the header; whether there is one.
    fn find_row(&mut self, header: &Header) -> bool {
        let next = next_row(&self.source.bytes, header.shape, header.targets.len());
        next.map(|start| self.forget(start)).is_some()
    }

    /// Newlines that end the row before the first one.
    fn leading_newlines(&self) -> u64 {
        let bytes = &self.source.bytes;
        let count = bytes.iter().take_while(|byte| is_end(**byte)).count();
        newlines(&bytes[..count], self.scan.shape)
    }
}

impl Iterator for Rows {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        if self.header.is_none() && !self.done {
            match self.begin() {
                Ok(header) => self.header = Some(header),
                Err(part) => return Some(part),
            }
        }
        let header = Arc::clone(self.header.as_ref()?);
        while !self.done {
            if self.scan.skipping {
                self.skip();
            }
            if !self.scan.skipping {
                let count = self.scan.rows_end(&self.source.bytes, self.source.end && self.source.trouble().is_none());
                if count > 0 {
                    return Some(self.cut(count, header));
                }
            }
            // Line ends before and after the row do not count.
            if !self.scan.skipping && self.scan.position > self.place.limit().saturating_add(4) {
                return Some(self.too_long());
            }
            if self.source.end {
                return self.last(&header);
            }
            self.source.fill();
        }
        None
    }
}

/// The delimiter of a first line `sep=;`, with which spreadsheets tell it.
fn told_delimiter(bytes: &[u8]) -> Option<u8> {
    let [b's', b'e', b'p', b'=', delimiter, end, ..] = *bytes else { return None };
    is_end(end).then_some(delimiter)
}

/// Bytes of such a line.
const TOLD: usize = b"sep=;".len();

/// Where the next line begins that is a row with as many cells.
fn next_row(bytes: &[u8], shape: Shape, columns: usize) -> Option<usize> {
    memchr_iter(shape.end, bytes).map(|at| at + 1).take(LINES_TRIED).find(|start| {
        let row = Scan::new(shape).row_end(&bytes[*start..], true).map(|end| &bytes[*start..start + end]);
        row.is_some_and(|row| cells(row, shape) == columns)
    })
}

/// How many lines end in these bytes.
fn newlines(bytes: &[u8], shape: Shape) -> u64 {
    memchr_iter(shape.end, bytes).count() as u64
}

fn cells(row: &[u8], shape: Shape) -> usize {
    let mut record = ByteRecord::new();
    let read = reader(row, shape).read_byte_record(&mut record);
    if read.is_ok_and(|read| read) { record.len() } else { 0 }
}

/// Appends the records of some rows, the first of them beginning in line `line`.
pub(super) fn read(place: &Place, header: &Header, mut line: u64, bytes: &[u8], records: &mut Vec<Record>) {
    let mut reader = reader(bytes, header.shape);
    let (mut record, mut counted, mut end) = (ByteRecord::new(), 0, 0);
    // Memory gives no errors, and `flexible` rows are never wrong.
    while reader.read_byte_record(&mut record).is_ok_and(|read| read) {
        let start = end + bytes[end..].iter().take_while(|byte| is_end(**byte)).count();
        line += newlines(&bytes[counted..start], header.shape);
        counted = start;
        end = reader.position().byte() as usize - BEFORE;
        let length = bytes[start..end].len() - bytes[start..end].iter().rev().take_while(|byte| is_end(**byte)).count();
        let spot = place.at(line, line);
        if length > place.limit() {
            records.push(Record::Failed(spot.too_long()));
        } else if !is_blank(&record) {
            records.push(article(&record, header, &spot, quoting_note(&bytes[start..end], header.shape)));
        }
    }
}

/// A row in memory: its cells, or why they cannot be told.
type Cells = Result<Vec<String>, String>;

/// The rows of a table that is in memory, each with its line, the header row first. A row that has more or fewer cells than
/// that, or whose quotation mark never closes, says so.
pub(super) fn table(bytes: &[u8], delimiter: Option<u8>) -> Vec<(u64, Cells)> {
    let told = told_delimiter(bytes);
    let first = if told.is_some() { TOLD } else { 0 };
    let first = first + bytes[first..].iter().take_while(|byte| is_end(**byte)).count();
    let mut scan = Scan::new(shape(&bytes[first..], told.or(delimiter), true));
    scan.start = first;
    let (mut rows, mut counted, mut line, mut columns) = (Vec::new(), 0, 1, None);
    loop {
        scan.start += bytes[scan.start..].iter().take_while(|byte| is_end(**byte)).count();
        scan.position = scan.start;
        if scan.start == bytes.len() {
            return rows;
        }
        line += newlines(&bytes[counted..scan.start], scan.shape);
        counted = scan.start;
        if let Some(end) = scan.row_end(bytes, true) {
            let mut record = ByteRecord::new();
            // Memory gives no errors, and `flexible` rows are never wrong.
            let _ = reader(&bytes[scan.start..end], scan.shape).read_byte_record(&mut record);
            if !is_blank(&record) {
                let columns = *columns.get_or_insert(record.len());
                let misfit = misfit(&record, columns);
                let cells = || record.iter().map(|cell| decode(cell).0.into_owned()).collect();
                rows.push((line, if misfit.is_empty() { Ok(cells()) } else { Err(misfit) }));
            }
            scan.start = end;
        } else {
            rows.push((line, Err(NEVER_CLOSES.to_owned())));
            let next = next_row(&bytes[scan.start..], scan.shape, columns.unwrap_or(0));
            scan.start += next.unwrap_or(bytes.len() - scan.start);
            scan.quoted = false;
        }
    }
}

/// Whether the row is one cell of blanks, as programs write between rows and at the end.
fn is_blank(record: &ByteRecord) -> bool {
    record.len() == 1 && record[0].trim_ascii().is_empty()
}

fn article(record: &ByteRecord, header: &Header, spot: &Spot, quoting: &str) -> Record {
    let mut draft = Draft::default();
    let mut encoding = "";
    for (cell, target) in record.iter().zip(&header.targets) {
        let Some(target) = target else { continue };
        let (value, note) = decode(cell);
        draft.offer(*target, value.into_owned());
        encoding = if note.is_empty() { encoding } else { note };
    }
    draft.finish(spot, 0, &[encoding, quoting, &misfit(record, header.targets.len()), &header.missing])
}

/// What is to be said of a row in which a quotation mark closes a cell that goes on.
fn quoting_note(row: &[u8], shape: Shape) -> &'static str {
    let mut scan = Scan::new(shape);
    scan.row_end(row, true);
    if scan.goes_on {
        "a quotation mark in a quoted cell is not doubled: words may be missing or be another row's"
    } else {
        ""
    }
}

/// What is to be said of a row that has more or fewer cells than the header; empty cells too many are nothing.
fn misfit(record: &ByteRecord, columns: usize) -> String {
    let cells = record.len();
    let more = record.iter().skip(columns).any(|cell| !cell.trim_ascii().is_empty());
    match () {
        () if cells < columns => format!("only {cells} of {columns} cells: check the quoting"),
        () if more => format!("{cells} cells under {columns} columns: check the quoting"),
        () => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::super::place::Settings;
    use super::super::testing::{gzip, limited, lines, records, summary};
    use super::super::walk::{Input, Origin};
    use super::super::{Format, Options};
    use super::*;

    fn check(csv: &str, expected: &[&str]) {
        assert_eq!(lines(csv.as_bytes(), Format::Csv), expected, "{csv}");
    }

    #[test]
    fn rows_are_articles() {
        check(
            "ID,Text\r\n1,\"He said \"\"no\"\",\r\nthen left.\"\r\n\r\n,two\r\n3,three",
            &["1 @ a.x:2: \"He said \\\"no\\\",\\r\\nthen left.\"", "a:5 @ a.x:5: \"two\"", "3 @ a.x:6: \"three\""],
        );
        check("text\nx\n", &["a:2 @ a.x:2: \"x\""]);
        check("text,id\n", &["a @ a.x SKIPPED: no article in it: if there should be any, write rows below the header"]);
        check("text,id\rx,1\r\r\"y\r\n\",2\rz,3", &["1 @ a.x:2: \"x\"", "2 @ a.x:4: \"y\\r\\n\"", "3 @ a.x:6: \"z\""]);
        check("sep=;\rtext;id\rx;1\r", &["1 @ a.x:3: \"x\""]);
        check("\u{feff}\n\ntext,id\nx,1\r\ry,2", &["1 @ a.x:4: \"x\"", "2 @ a.x:4: \"y\""]);
    }

    #[test]
    fn other_delimiters_are_told_by_the_header() {
        check("id;text\n1;a, b\n", &["1 @ a.x:2: \"a, b\""]);
        check("id\ttext\n1\ta, b\n", &["1 @ a.x:2: \"a, b\""]);
        check("\"a;b;c\",text\n1,x\n", &["a:2 @ a.x:2: \"x\""]);
        check("sep=|\r\nid|text\r\n1|a, b\r\n", &["1 @ a.x:3: \"a, b\""]);
    }

    #[test]
    fn no_text_column_is_one_failure_for_the_file() {
        check(
            "Headline,Body2\nx,y\nx,y\n",
            &["a @ a.x FAILED: no column \"text\"; found \"Headline\", \"Body2\": name it with --map text=Body2"],
        );
        check("", &["a @ a.x FAILED: no header row: the file is empty"]);
        check("\n\n", &["a @ a.x FAILED: no header row: the file is empty"]);
    }

    #[test]
    fn rows_of_another_length_say_so() {
        check(
            "id,text\n1,a,b\n2\n3,c,,\n",
            &[
                "1 @ a.x:2: \"a\" (3 cells under 2 columns: check the quoting)",
                "2 @ a.x:3: \"\" (only 1 of 2 cells: check the quoting; no text)",
                "3 @ a.x:4: \"c\"",
            ],
        );
    }

    #[test]
    fn quotation_marks_within_a_cell_are_its_own() {
        check("id,text\n1,5\" guns\n2,x \"y\n", &["1 @ a.x:2: \"5\\\" guns\"", "2 @ a.x:3: \"x \\\"y\""]);
    }

    #[test]
    fn a_mark_that_is_not_doubled_in_a_quoted_cell_is_told() {
        let note = "(a quotation mark in a quoted cell is not doubled: words may be missing or be another row's)";
        check(
            "id,text\n1,\"say \"no\" twice\"\n2,\"b\n3,c\n4,\"d\"\n5,\"\"\"x\"\"\"\n",
            &[
                &format!("1 @ a.x:2: \"say no\\\" twice\\\"\" {note}"),
                &format!("2 @ a.x:3: \"b\\n3,c\\n4,d\\\"\" {note}"),
                "5 @ a.x:6: \"\\\"x\\\"\"",
            ],
        );
    }

    #[test]
    fn tab_separated_cells_keep_marks_that_do_not_enclose_them() {
        let check = |tsv: &str, expected: &[&str]| assert_eq!(lines(tsv.as_bytes(), Format::Tsv), expected, "{tsv}");
        check("text\tid\n\"We won,\" she said.\t1\n", &["1 @ a.x:2: \"\\\"We won,\\\" she said.\""]);
        check("text\tid\n\"We won\t1\nx\t2\n", &["1 @ a.x:2: \"\\\"We won\"", "2 @ a.x:3: \"x\""]);
        check("text\tid\n\"\"\"We won,\"\"\nshe said.\"\t1\n", &["1 @ a.x:2: \"\\\"We won,\\\"\\nshe said.\""]);
    }

    #[test]
    fn the_encoding_is_decided_row_by_row() {
        let bytes = b"id,text\n1,caf\xe9\n2,caf\xc3\xa9\n";
        let expected = ["1 @ a.x:2: \"café\" (not UTF-8: read as Windows-1252)", "2 @ a.x:3: \"café\""];
        assert_eq!(lines(bytes, Format::Csv), expected);
    }

    #[test]
    fn a_mark_that_never_closes_spoils_its_row_only() {
        let never = "FAILED: a quotation mark opens in this row and never closes: close it";
        check(
            "id,text\n1,a\n2,\"b\nmore of b\n3,c\n4,d",
            &["1 @ a.x:2: \"a\"", &format!("a:3 @ a.x:3 {never}"), "3 @ a.x:5: \"c\"", "4 @ a.x:6: \"d\""],
        );
        check("id,text\n1,\"b", &[&format!("a:2 @ a.x:2 {never}")]);
    }

    #[test]
    fn a_row_over_the_limit_fails_alone() {
        let csv = format!("id,text\r\n1,\"{}\r\n,\"\"x\"\"\"\r\n2,b\r\n", "a".repeat(40));
        let expected =
            ["a:2 @ a.x:2 FAILED: article of more than 20 bytes: raise --max-document or split it", "2 @ a.x:4: \"b\""];
        assert_eq!(limited(csv.as_bytes(), Format::Csv, 20), expected);
        assert_eq!(limited(b"text\n12345\n123456\n1234567\n", Format::Csv, 6).len(), 3);
        assert!(limited(b"text\n123456\n", Format::Csv, 6)[0].ends_with("\"123456\""));
        assert!(limited(b"text\n1234567\n", Format::Csv, 6)[0].contains("more than 6 bytes"));
    }

    #[test]
    fn a_long_row_that_never_ends_says_that_the_rest_is_lost() {
        let csv = format!("id,text\n1,\"{}\n2,b\n", "a".repeat(40));
        let expected = [
            "a:2 @ a.x:2 FAILED: article of more than 20 bytes: raise --max-document or split it",
            "a:4 @ a.x:4 FAILED: the file ends within a row that is too long: does a quotation mark in it never close?",
        ];
        assert_eq!(limited(csv.as_bytes(), Format::Csv, 20), expected);
    }

    #[test]
    fn a_long_row_is_never_held_whole() {
        let csv = format!("id,text\n1,\"{}\n\"\n2,b\n", "a\n".repeat(5_000_000));
        let input = Input { name: "a.csv".to_owned(), size: None, format: None, walked: false, origin: Origin::Stdin };
        let settings = Settings::new(Options { max_document: 1_000_000, ..Options::default() }, 1 << 19);
        let source = Source::new(Box::new(Cursor::new(csv.into_bytes())), 1 << 19);
        let mut rows = Rows::new(source, Place::new(&input, &settings), None);
        let (mut largest, mut records) = (0, Vec::new());
        while let Some(part) = rows.next() {
            largest = largest.max(rows.source.bytes.capacity());
            part.read(&mut records);
        }
        assert!(largest < 4_000_000, "{largest}");
        assert_eq!(records.len(), 2);
        assert_eq!(summary(&records[1]), "2 @ a.csv:5000004: \"b\"");
    }

    #[test]
    fn a_cut_gzip_stream_gives_its_whole_rows_and_one_failure() {
        let text: Vec<String> = (0..2000).map(|n| format!("{n},number {n} of {}\n", n * n)).collect();
        let bytes = gzip(format!("id,text\n{}", text.concat()).as_bytes());
        let records = records(&bytes[..bytes.len() / 2], Format::Csv, &Options::default(), 1 << 12);
        let (last, read) = records.split_last().expect("records");
        assert!(read.len() > 300, "{}", read.len());
        assert!(read.iter().all(|record| matches!(record, Record::Document(document) if document.message.is_empty())));
        assert!(summary(last).contains(&format!("@ a.x:{} FAILED: damaged gzip data", read.len() + 2)));
    }
}
