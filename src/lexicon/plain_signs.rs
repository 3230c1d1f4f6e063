//! The signs that programs for writing and printing put in words, as a keyboard has them: `conﬁrmed` is confirmed, and who is
//! `O’Malley` or `Anne‑Marie` is `O'Malley` and `Anne-Marie`. Knows signs, no words.

use std::borrow::Cow;

/// A hyphen that is seen only where a line ends.
const SOFT_HYPHEN: char = '\u{ad}';

/// What stands for a sign; the sign itself where nothing does.
fn plain_sign(sign: char) -> Option<&'static str> {
    Some(match sign {
        SOFT_HYPHEN => "",
        '’' | '\u{2bc}' => "'",
        '\u{2010}' | '\u{2011}' => "-",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

/// Marks that stand behind their letters, and the letters with and without them that are one sign otherwise: some systems write
/// `é` in two.
const MARKED: [(char, &str, &str); 13] = [
    ('\u{300}', "AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
    ('\u{301}', "ACEILNORSUYZaceilnorsuyz", "ÁĆÉÍĹŃÓŔŚÚÝŹáćéíĺńóŕśúýź"),
    ('\u{302}', "ACEGHIJOSUWYaceghijosuwy", "ÂĈÊĜĤÎĴÔŜÛŴŶâĉêĝĥîĵôŝûŵŷ"),
    ('\u{303}', "AINOUainou", "ÃĨÑÕŨãĩñõũ"),
    ('\u{304}', "AEIOUaeiou", "ĀĒĪŌŪāēīōū"),
    ('\u{306}', "AEGIOUaegiou", "ĂĔĞĬŎŬăĕğĭŏŭ"),
    ('\u{307}', "CEGIZcegz", "ĊĖĠİŻċėġż"),
    ('\u{308}', "AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"),
    ('\u{30a}', "AUau", "ÅŮåů"),
    ('\u{30b}', "OUou", "ŐŰőű"),
    ('\u{30c}', "CDELNRSTZcdelnrstz", "ČĎĚĽŇŘŠŤŽčďěľňřšťž"),
    ('\u{327}', "CGKLNRSTcgklnrst", "ÇĢĶĻŅŖŞŢçģķļņŗşţ"),
    ('\u{328}', "AEIUaeiu", "ĄĘĮŲąęįų"),
];

/// A letter and the mark behind it in one sign.
fn composed(letter: char, mark: char) -> Option<char> {
    let (_, letters, marked) = MARKED.iter().find(|(known, ..)| *known == mark)?;
    letters.chars().zip(marked.chars()).find(|(known, _)| *known == letter).map(|(_, sign)| sign)
}

/// Whether a text has no such sign.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    let odd = |sign: char| ('\u{300}'..='\u{328}').contains(&sign) || plain_sign(sign).is_some();
    text.is_ascii() || !text.chars().any(odd)
}

/// The text with plain signs; a copy only of one that has others.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        if let Some(plain) = plain_sign(sign) {
            out.push_str(plain);
        } else if let Some(whole) = out.chars().next_back().and_then(|letter| composed(letter, sign)) {
            out.pop();
            out.push(whole);
        } else {
            out.push(sign);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_those_of_a_keyboard() {
        for (text, expected) in [
            ("conﬁrmed", "confirmed"),
            ("oﬃce", "office"),
            ("O’Malley", "O'Malley"),
            ("Anne\u{2011}Marie", "Anne-Marie"),
            ("dis\u{ad}grace", "disgrace"),
            ("Ste\u{301}phane", "Stéphane"),
            ("C\u{30c}apek", "Čapek"),
            ("x\u{301}\u{301}", "x\u{301}\u{301}"),
            ("Élysée", "Élysée"),
        ] {
            assert_eq!(plain(text), expected);
            assert!(text == expected || !is_plain(text), "{text}");
        }
    }

    #[test]
    fn every_mark_has_as_many_letters_with_it_as_without() {
        for (mark, letters, marked) in MARKED {
            assert_eq!(letters.chars().count(), marked.chars().count(), "{mark:?}");
        }
    }
}
