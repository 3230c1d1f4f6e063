//! News-like articles out of a seeded generator, for measuring: quotations of every kind and style, invented people,
//! parties and places, nobody's text. What they say makes no sense; how often they say it, and in what form, is about what
//! newspapers do: as in a thousand real articles, one has 4.6 KB and 750 words in 21 paragraphs, a fifth of the words are
//! capitalised, nine or ten quotations stand in it, none in every sixth article. The words are nearly as varied as in news,
//! for a word that no cache holds takes longest: 600,000 have 30,000 different ones among them, and the thousand most
//! frequent make eight tenths (in real articles 32,000 and seven tenths). Most stand in the word lists, some in none. Only the
//! sentences are plainer. The same seed and lists give the same articles.

use std::hash::BuildHasher;
use std::sync::LazyLock;

use onrecord::Document;
use onrecord::lexicon::files::Files;
use rustc_hash::FxBuildHasher;

/// Articles without end.
pub fn articles(seed: u64) -> impl Iterator<Item = Document> {
    (0..).map(move |number| article(seed, number))
}

/// `SplitMix64` (Steele, Lea and Flood, 2014): small, and good enough to choose words with.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.roll() % limit as u64) as usize
    }

    fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// One of the values; those in front come up more often, as words do.
    fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        let first = self.below(values.len());
        values[if self.below(2) == 0 { first } else { self.below(first + 1) }]
    }

    /// One of very many, of which those in front come up more often, but no few most of the time (Zipf's law as Mandelbrot
    /// has it).
    fn one_of_many<'a>(&mut self, values: &'a [String]) -> &'a str {
        const FLAT: f64 = 50.0;
        let share = self.roll() as f64 / u64::MAX as f64;
        let rank = FLAT * ((values.len() as f64 + FLAT) / FLAT).powf(share) - FLAT;
        #[allow(clippy::cast_sign_loss)] // A share is not negative.
        let rank = rank as usize;
        &values[rank.min(values.len() - 1)]
    }

    fn noun(&mut self) -> &'static str {
        if self.one_in(8) { self.pick(&NOUNS) } else { self.one_of_many(&STOCK.nouns) }
    }

    fn adjective(&mut self) -> &'static str {
        if self.one_in(5) { self.pick(&ADJECTIVES) } else { self.one_of_many(&STOCK.adjectives) }
    }

    fn verb(&mut self) -> &'static str {
        if self.one_in(5) { self.pick(&VERBS) } else { self.one_of_many(&STOCK.verbs) }
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

/// The words of the lists, each kind in an order that has to do with nothing.
struct Stock {
    /// Words of any kind, for the same place as nouns.
    nouns: Vec<String>,
    adjectives: Vec<String>,
    /// Past forms.
    verbs: Vec<String>,
    /// Sayings of several words.
    phrases: Vec<String>,
    given: Vec<String>,
}

/// A cell that holds one word.
fn single(cell: &str) -> Option<String> {
    (!cell.is_empty() && !cell.contains([' ', '\''])).then(|| cell.to_owned())
}

static STOCK: LazyLock<Stock> = LazyLock::new(|| {
    let of = |file: &str, word: fn(&[&str]) -> Option<String>| {
        let files = Files::embedded();
        let lines = files.get(file).iter().flat_map(|source| source.text.lines());
        let rows = lines.filter(|line| !line.starts_with('#')).skip(1);
        let mut words: Vec<String> = rows.filter_map(|row| word(&row.split('\t').collect::<Vec<_>>())).collect();
        words.sort_by_cached_key(|word| FxBuildHasher.hash_one(word));
        words
    };
    Stock {
        nouns: of("common_words.tsv", |row| single(row[0])),
        adjectives: of("stance.tsv", |row| (row[1] == "adjective").then(|| single(row[0]))?),
        verbs: of("frames.tsv", |row| (row[1] == "verb").then(|| single(row[2].split('|').nth(1)?))?),
        phrases: of("stance.tsv", |row| (row[1] == "phrase").then(|| row[0].to_owned())),
        given: of("given_names.tsv", |row| single(row[0])),
    }
});

/// The marks of a newspaper: outer and inner, opening and closing.
type Marks = [&'static str; 4];

const STYLES: [Marks; 5] = [
    ["“", "”", "‘", "’"],
    ["\"", "\"", "'", "'"],
    ["‘", "’", "“", "”"],
    ["''", "''", "'", "'"],
    ["``", "''", "`", "'"],
];

const OUTLETS: [&str; 5] =
    ["The Redmoor Post", "Lowick Gazette", "Harrow Vale Times", "The Saltby Echo", "Northern Wire Service"];
const GIVEN: [(&str, &str); 20] = [
    ("Ann", "she"),
    ("Omar", "he"),
    ("Ruth", "she"),
    ("Paul", "he"),
    ("Nora", "she"),
    ("Ben", "he"),
    ("Clara", "she"),
    ("Victor", "he"),
    ("Maya", "she"),
    ("Tom", "he"),
    ("Elena", "she"),
    ("Samuel", "he"),
    ("Grace", "she"),
    ("Ivan", "he"),
    ("Leila", "she"),
    ("Hugo", "he"),
    ("Priya", "she"),
    ("Daniel", "he"),
    ("Joan", "she"),
    ("Karl", "he"),
];
const FIRST_SYLLABLES: [&str; 16] =
    ["Vor", "Quel", "Tam", "Bres", "Hal", "Dor", "Lin", "Mar", "Os", "Fen", "Gar", "Tres", "Wol", "Cam", "Pel", "Sor"];
const LAST_SYLLABLES: [&str; 14] =
    ["rick", "wen", "dale", "mont", "ov", "ley", "ski", "ano", "berg", "more", "sson", "idze", "ani", "ford"];
const ROLES: [&str; 12] = [
    "Mayor",
    "Senator",
    "Finance Minister",
    "President",
    "Prime Minister",
    "Foreign Secretary",
    "Governor",
    "Judge",
    "Police Chief",
    "Rep.",
    "Gen.",
    "Dr.",
];
const TRADES: [&str; 10] = [
    "a spokeswoman for the ministry",
    "the union's chairman",
    "a farmer from the valley",
    "who runs the shelter",
    "the company's chief executive",
    "a professor of economics",
    "an opposition lawmaker",
    "the team's captain",
    "the hospital's director",
    "a former diplomat",
];
const NOMINALS: [&str; 10] = [
    "the ministry",
    "a senior official",
    "the company",
    "the police",
    "a government spokesman",
    "the union",
    "witnesses",
    "one resident",
    "the prosecutors",
    "the opposition",
];
const PLACES: [&str; 8] =
    ["Redmoor", "Lowick", "Port Saltby", "Vessel Bay", "Harrow Vale", "Tormark", "Kestonia", "Ulmery"];
const SAYS: [&str; 10] =
    ["said", "said", "said", "added", "told reporters", "insisted", "warned", "argued", "explained", "recalled"];
const WEAK: [&str; 8] = ["called", "described", "praised", "dismissed", "condemned", "rejected", "denounced", "hailed"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const NOUNS: [&str; 40] = [
    "plan",
    "vote",
    "budget",
    "bridge",
    "inquiry",
    "deal",
    "strike",
    "school",
    "harbor",
    "law",
    "report",
    "election",
    "road",
    "company",
    "market",
    "court",
    "border",
    "farm",
    "factory",
    "border crossing",
    "tax",
    "hospital",
    "river",
    "contract",
    "statement",
    "committee",
    "meeting",
    "campaign",
    "debt",
    "police station",
    "war",
    "peace",
    "promise",
    "policy",
    "reform",
    "attack",
    "crisis",
    "storm",
    "harvest",
    "library",
];
const ADJECTIVES: [&str; 24] = [
    "new",
    "old",
    "public",
    "long",
    "costly",
    "fair",
    "honest",
    "dangerous",
    "strong",
    "weak",
    "corrupt",
    "brave",
    "national",
    "local",
    "terrible",
    "great",
    "careful",
    "reckless",
    "foreign",
    "secret",
    "open",
    "shameful",
    "generous",
    "final",
];
const VERBS: [&str; 24] = [
    "needs", "opened", "closed", "delayed", "supports", "opposes", "betrayed", "saved", "defended", "blocked",
    "funded", "built", "lost", "won", "changed", "reviewed", "ignored", "welcomed", "fears", "trusts", "approved",
    "cut", "raised", "ended",
];
const ADJUNCTS: [&str; 14] = [
    "this year",
    "in the valley",
    "after the vote",
    "without a word",
    "for the first time",
    "at last",
    "by the end of the month",
    "before winter",
    "under the law",
    "on the eastern side",
    "for good",
    "in the end",
    "along the coast",
    "over the weekend",
];
/// Parties that the lexicons know.
const PARTIES: [&str; 12] = [
    "Congress",
    "the government",
    "Democrats",
    "the White House",
    "Germany",
    "the European Union",
    "Republicans",
    "Japan",
    "the United Nations",
    "Labour",
    "Brazil",
    "the Supreme Court",
];
/// What joins a second clause to a first.
const JOINTS: [&str; 8] = ["and", "while", "because", "after", "but", "although", "as", "before"];
/// What the names of bodies end in.
const BODIES: [&str; 8] = ["Board", "Council", "Union", "Institute", "Party", "Bank", "Agency", "Holdings"];
/// Rare words are spelt with these.
const ONSETS: [&str; 16] = ["b", "br", "d", "f", "gl", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v"];
const RIMES: [&str; 16] = ["a", "an", "ar", "e", "el", "en", "er", "i", "in", "ist", "o", "on", "or", "u", "ul", "ung"];
/// So many rare words there are; the first ones come up more often.
const RARE_WORDS: usize = 60_000;
const TITLES: [&str; 6] =
    ["Two Rivers", "The Last Harvest", "A Winter in Tormark", "Clean Water Act", "Night Train", "Saltby Blues"];

/// Someone who speaks in an article.
struct Person {
    given: &'static str,
    family: String,
    pronoun: &'static str,
    role: Option<&'static str>,
    /// How often the article has named them.
    named: usize,
}

impl Person {
    fn new(dice: &mut Dice) -> Self {
        let (mut given, pronoun) = dice.pick(&GIVEN);
        if dice.one_in(2) {
            given = dice.one_of_many(&STOCK.given);
        }
        let family = format!("{}{}", dice.pick(&FIRST_SYLLABLES), dice.pick(&LAST_SYLLABLES));
        let role = if dice.one_in(2) { Some(dice.pick(&ROLES)) } else { None };
        Self { given, family, pronoun, role, named: 0 }
    }

    /// The full name with its role the first time, the family name or a pronoun later.
    fn mention(&mut self, dice: &mut Dice, may_be_pronoun: bool) -> String {
        self.named += 1;
        match (self.named, self.role) {
            (1, Some(role)) => format!("{role} {} {}", self.given, self.family),
            (1, None) => format!("{} {}", self.given, self.family),
            _ if may_be_pronoun && dice.one_in(2) => self.pronoun.to_owned(),
            _ => self.family.clone(),
        }
    }
}

/// An article in the making.
struct Writer {
    dice: Dice,
    marks: Marks,
    people: Vec<Person>,
    /// Who spoke last.
    last: Option<usize>,
    text: String,
    /// Whether nobody is quoted in it.
    only_reports: bool,
}

fn article(seed: u64, number: u64) -> Document {
    let mut dice = Dice(seed ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93));
    let people = (0..dice.between(3, 9)).map(|_| Person::new(&mut dice)).collect();
    let marks = dice.pick(&STYLES);
    let outlet = dice.pick(&OUTLETS);
    let date = format!("20{:02}-{:02}-{:02}", dice.between(10, 26), dice.between(1, 12), dice.between(1, 28));
    let only_reports = dice.one_in(6);
    let mut writer = Writer { dice, marks, people, last: None, text: String::new(), only_reports };
    let title = capitalised(&writer.clause());
    let place = writer.dice.pick(&PLACES).to_uppercase();
    writer.text = format!("{place} — ");
    for number in 0..writer.dice.between(10, 32) {
        if number > 0 {
            writer.text.push_str("\n\n");
        }
        writer.paragraph();
    }
    let Writer { text, .. } = writer;
    Document { id: format!("a{number}"), date, outlet: outlet.to_owned(), title, text, ..Document::default() }
}

impl Writer {
    /// More than half of the paragraphs report only; the others hold a quotation of one of the usual forms.
    fn paragraph(&mut self) {
        match self.dice.below(41) {
            _ if self.only_reports => self.report(),
            0..=2 => self.quotation_then_source(),
            3 | 4 => self.split_quotation(),
            5 | 6 => self.half_sentence(),
            7 => self.source_then_colon(),
            8 => self.told_that(),
            9 => self.nominal_source(),
            10 => self.several_paragraphs(),
            11 => self.according_to(),
            12 => self.nested(),
            13 => self.no_speech(),
            14 | 15 => self.source_in_the_sentence_before(),
            _ => self.report(),
        }
    }

    fn report(&mut self) {
        for _ in 0..self.dice.between(1, 5) {
            let sentence = capitalised(&self.sentence());
            let day = self.dice.pick(&DAYS);
            match self.dice.below(6) {
                0 => self.push(&format!("{sentence} on {day}. ")),
                1 | 2 => {
                    let (name, clause) = (self.speaker(true), self.clause());
                    self.push(&format!("{} said that {clause}. ", capitalised(&name)));
                }
                3 => {
                    let name = self.speaker(false);
                    let trade = self.dice.pick(&TRADES);
                    let clause = self.clause();
                    self.push(&format!("{name}, {trade}, has known that {clause}. "));
                }
                _ => self.push(&format!("{sentence}. ")),
            }
        }
        self.trim();
    }

    fn quotation_then_source(&mut self) {
        let words = self.speech();
        let quotation = self.quoted(&format!("{words},"));
        let (says, more) = (self.dice.pick(&SAYS), self.dice.one_in(2));
        let name = self.speaker(true);
        let order = if name.chars().next().is_some_and(char::is_uppercase) && self.dice.one_in(2) {
            format!("{says} {name}")
        } else {
            format!("{name} {says}")
        };
        self.push(&format!("{quotation} {order}."));
        if more {
            let words = self.speech();
            let quotation = self.quoted(&format!("{words}."));
            self.push(&format!(" {quotation}"));
        }
    }

    fn source_in_the_sentence_before(&mut self) {
        let (name, clause, words) = (self.speaker(true), self.clause(), self.speech());
        let (name, quotation) = (capitalised(&name), self.quoted(&format!("{words}.")));
        self.push(&format!("{name} was not sure that {clause}. {quotation}"));
    }

    fn split_quotation(&mut self) {
        let first = self.speech();
        let first = self.quoted(&format!("{first},"));
        let name = self.speaker(true);
        let (says, second) = (self.dice.pick(&SAYS), self.clause());
        let second = self.quoted(&format!("{second}."));
        self.push(&format!("{first} {name} {says}, {second}"));
    }

    fn half_sentence(&mut self) {
        let (name, weak) = (self.speaker(false), self.dice.pick(&WEAK));
        let (noun, adjective, other) = (self.dice.noun(), self.dice.adjective(), self.dice.noun());
        let quotation = self.quoted(&format!("a {adjective} {other}"));
        let day = self.dice.pick(&DAYS);
        self.push(&format!("On {day}, {name} {weak} the {noun} as {quotation} and left."));
    }

    fn source_then_colon(&mut self) {
        let (name, words, noun) = (self.speaker(false), self.speech(), self.dice.noun());
        let quotation = self.quoted(&format!("{words}."));
        self.push(&format!("Asked about the {noun}, {name} said: {quotation}"));
    }

    fn told_that(&mut self) {
        let (name, clause) = (self.speaker(false), self.clause());
        let outlet = self.dice.pick(&OUTLETS);
        let adjective = self.dice.adjective();
        let quotation = self.quoted(&format!("{adjective}."));
        self.push(&format!("{name} told {outlet} that {clause}, which was {quotation}"));
    }

    fn nominal_source(&mut self) {
        let (nominal, words) = (self.dice.pick(&NOMINALS), self.speech());
        let quotation = self.quoted(&format!("{words},"));
        let day = self.dice.pick(&DAYS);
        self.push(&format!("{quotation} {nominal} said in a statement on {day}."));
        self.last = None;
    }

    fn several_paragraphs(&mut self) {
        let name = self.speaker(false);
        let [open, close, ..] = self.marks;
        let stretches: Vec<String> =
            (0..self.dice.between(2, 3)).map(|_| format!("{open}{}.", self.speech())).collect();
        self.push(&format!("{name} wrote:\n\n{}{close}", stretches.join("\n\n")));
    }

    fn according_to(&mut self) {
        let clause = capitalised(&self.clause());
        let name = self.speaker(false);
        let noun = self.dice.noun();
        let quotation = self.quoted(&format!("{noun}."));
        self.push(&format!("{clause}, according to {name}, who spoke of a {quotation}"));
    }

    fn nested(&mut self) {
        let (words, inner) = (self.speech(), self.clause());
        let [.., open, close] = self.marks;
        let quotation = self.quoted(&format!("{words}. They told us, {open}{},{close} and left,", capitalised(&inner)));
        let name = self.speaker(true);
        self.push(&format!("{quotation} {name} said."));
    }

    /// Marks that hold no speech: a title, a nickname, inches.
    fn no_speech(&mut self) {
        let title = self.dice.pick(&TITLES);
        let title = self.quoted(title);
        let (clause, name) = (self.clause(), self.speaker(false));
        self.push(&format!("{name}, 6'2\" tall, wrote the book {title} while {clause}."));
    }

    /// What is said: one sentence or two, without the final stop.
    fn speech(&mut self) -> String {
        let mut words = capitalised(&self.sentence());
        if self.dice.one_in(3) {
            let more = self.clause();
            words = format!("{words}. We don't know whether {more}");
        }
        words
    }

    /// A clause or two, without the final stop.
    fn sentence(&mut self) -> String {
        let mut words = self.clause();
        if self.dice.one_in(2) {
            let (joint, more) = (self.dice.pick(&JOINTS), self.clause());
            words = format!("{words}, {joint} {more}");
        }
        words
    }

    /// A clause that begins in lower case, with somebody named in it now and then.
    fn clause(&mut self) -> String {
        let dice = &mut self.dice;
        let person = dice.below(self.people.len());
        let Person { given, family, pronoun, .. } = &self.people[person];
        let subject = match dice.below(16) {
            0 => family.clone(),
            1 => format!("{} {given} {family}", dice.pick(&ROLES)),
            2 => dice.pick(&PLACES).to_owned(),
            3 => format!("the {} {}", capitalised(&rare_word(dice)), dice.pick(&BODIES)),
            4 => "nobody".to_owned(),
            5..=7 => (*pronoun).to_owned(),
            8 | 9 => dice.pick(&["they", "it", "we", "I", "you"]).to_owned(),
            10 => dice.pick(&NOMINALS).to_owned(),
            11 => dice.pick(&PARTIES).to_owned(),
            _ => format!("the {} {}", dice.adjective(), dice.noun()),
        };
        let not = if dice.one_in(8) { "never " } else { "" };
        let verb = dice.verb();
        let object = match dice.below(10) {
            0 => family.clone(),
            1 => dice.pick(&PARTIES).to_owned(),
            2 => dice.pick(&["him", "her", "them", "it", "us"]).to_owned(),
            3 => format!("{} {}", dice.pick(&["his", "her", "their", "its", "our"]), dice.noun()),
            4 => format!("{family}'s {}", dice.noun()),
            5..=7 => format!("{} of {}", dice.noun(), dice.noun()),
            _ => format!("the {} {}", dice.adjective(), dice.noun()),
        };
        let adjunct = match dice.below(6) {
            0 => format!(" in {}", capitalised(&rare_word(dice))),
            1 => format!(" of the {}", rare_word(dice)),
            2 | 3 if dice.one_in(4) => format!(" {}", dice.one_of_many(&STOCK.phrases)),
            2 | 3 => format!(" {}", dice.pick(&ADJUNCTS)),
            _ => String::new(),
        };
        format!("{subject} {not}{verb} {object}{adjunct}")
    }

    fn quoted(&self, words: &str) -> String {
        let [open, close, ..] = self.marks;
        format!("{open}{words}{close}")
    }

    /// Whoever spoke last goes on half of the time; only then a pronoun may do.
    fn speaker(&mut self, may_be_pronoun: bool) -> String {
        let goes_on = self.dice.one_in(2);
        let (person, known) = match self.last {
            Some(last) if goes_on => (last, true),
            _ => (self.dice.below(self.people.len()), false),
        };
        self.last = Some(person);
        self.people[person].mention(&mut self.dice, may_be_pronoun && known)
    }

    fn push(&mut self, words: &str) {
        self.text.push_str(words);
    }

    fn trim(&mut self) {
        self.text.truncate(self.text.trim_end().len());
    }
}

/// A word of two to four syllables; of a few that come up often or of very many that do not.
fn rare_word(dice: &mut Dice) -> String {
    let limit = dice.below(RARE_WORDS) + 1;
    let mut number = dice.below(limit);
    let mut word = String::new();
    for _ in 0..2 + number % 3 {
        word.push_str(ONSETS[number % ONSETS.len()]);
        word.push_str(RIMES[number / ONSETS.len() % RIMES.len()]);
        number = number.wrapping_mul(0x9e3b) >> 3;
    }
    word
}

fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
