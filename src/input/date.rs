//! Dates as newspapers' exports write them -> `2017-04-12`. Knows no time zones: the day is the one written down.

use std::str::FromStr;

/// The day that `value` begins with or stands for, as an ISO date; `None` where it is not understood.
///
/// Understood are ISO 8601 (`2017-04-12`, with or without a time), `2017/04/12`, `20170412`, `20170412093000`, RFC 2822
/// (`Wed, 12 Apr 2017 09:30:00 GMT`), `April 12, 2017`, `12.04.2017`, `13/04/2017` where only one order of day and month
/// makes a date, and seconds or milliseconds since 1970.
pub(super) fn iso(value: &str, order: Option<DateOrder>) -> Option<String> {
    let value = value.trim();
    separated(value).or_else(|| digits(value)).or_else(|| named_month(value)).or_else(|| year_last(value, order))
}

/// Which number of `03/04/2026` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// As in most of the world.
    DayFirst,
    /// As in the United States.
    MonthFirst,
}

impl FromStr for DateOrder {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name.to_ascii_lowercase().as_str() {
            "dmy" => Ok(Self::DayFirst),
            "mdy" => Ok(Self::MonthFirst),
            _ => Err("take dmy (the day first) or mdy (the month first)".to_owned()),
        }
    }
}

/// Whether `value` is a date that lacks only which number is the day and which the month: `12/04/2017`.
pub(super) fn is_ambiguous(value: &str) -> bool {
    let value = value.trim();
    iso(value, None).is_none() && year_last_orders(value).is_some_and(|(_, orders)| orders.iter().all(Option::is_some))
}

/// `2017-04-12…` or `2017/04/12…`, one or two digits for month and day.
fn separated(value: &str) -> Option<String> {
    let (year, rest) = number(value)?;
    let mark = rest.chars().next().filter(|mark| matches!(mark, '-' | '/'))?;
    let (month, rest) = number(&rest[1..])?;
    let (day, rest) = number(rest.strip_prefix(mark)?)?;
    let ends = rest.is_empty() || rest.starts_with(['T', 't', ' ', 'Z', ',', '+']);
    if year.len() != 4 || !ends {
        return None;
    }
    checked(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// `20170412`, `20170412093000`, and seconds or milliseconds since 1970.
fn digits(value: &str) -> Option<String> {
    let (digits, rest) = number(value)?;
    let fraction = rest.strip_prefix('.').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    match digits.len() {
        8 | 14 if rest.is_empty() || (digits.len() == 8 && rest.starts_with('T')) => {
            checked(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..8].parse().ok()?)
        }
        9 | 10 if rest.is_empty() || fraction => Some(since_1970(digits.parse::<i64>().ok()? / 86_400)),
        12 | 13 if rest.is_empty() || fraction => Some(since_1970(digits.parse::<i64>().ok()? / 86_400_000)),
        _ => None,
    }
}

/// `Wed, 12 Apr 2017 09:30:00 GMT`, `April 12, 2017`, `12-Apr-2017`; the weekday and the time may be missing.
fn named_month(value: &str) -> Option<String> {
    const MONTHS: &str = "january february march april may june july august september october november december";
    const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday";
    let find = |names: &'static str, word: &str| {
        let word = if word.eq_ignore_ascii_case("sept") { "sep".to_owned() } else { word.to_ascii_lowercase() };
        names.split(' ').position(|name| word.len() >= 3 && name.starts_with(&word))
    };
    let words = value.split([' ', ',', '-', '/', '.', '\t', '\u{a0}']).filter(|word| !word.is_empty());
    let mut words = words.skip_while(|word| find(WEEKDAYS, word).is_some());
    let (first, second, year) = (words.next()?, words.next()?, words.next()?);
    let (month, day) = match (find(MONTHS, first), find(MONTHS, second)) {
        (Some(month), None) => (month, second),
        (None, Some(month)) => (month, first),
        _ => return None,
    };
    let (day, ordinal) = number(day)?;
    (year.len() == 4 && matches!(ordinal, "" | "st" | "nd" | "rd" | "th")).then_some(())?;
    checked(year.parse().ok()?, month as u32 + 1, day.parse().ok()?)
}

/// `12.04.2017`, the day first as everywhere that writes so; `13/04/2017` and `04/13/2017`, where the other order is no date.
fn year_last(value: &str, order: Option<DateOrder>) -> Option<String> {
    match year_last_orders(value)? {
        (b'.', [day_first, _]) => day_first,
        (_, [Some(day_first), Some(month_first)]) if order.is_some() => {
            Some(if order == Some(DateOrder::DayFirst) { day_first } else { month_first })
        }
        (_, [Some(day_first), Some(month_first)]) => (day_first == month_first).then_some(day_first),
        (_, [day_first, month_first]) => day_first.or(month_first),
    }
}

/// The sign between the numbers, and the dates that they are with the day first and with the month first.
fn year_last_orders(value: &str) -> Option<(u8, [Option<String>; 2])> {
    let (first, rest) = number(value)?;
    let sign = *rest.as_bytes().first().filter(|sign| matches!(sign, b'/' | b'.' | b'-'))?;
    let (second, rest) = number(&rest[1..])?;
    let (year, rest) = number(rest.strip_prefix(char::from(sign))?)?;
    let ends = rest.is_empty() || rest.starts_with([' ', ',', 'T']);
    if year.len() != 4 || first.len() > 2 || second.len() > 2 || !ends {
        return None;
    }
    let (first, second, year) = (first.parse().ok()?, second.parse().ok()?, year.parse().ok()?);
    Some((sign, [checked(year, second, first), checked(year, first, second)]))
}

/// The digits at the start and what follows; `None` without digits.
fn number(value: &str) -> Option<(&str, &str)> {
    let end = value.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(value.len());
    (end > 0).then(|| value.split_at(end))
}

fn checked(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=days).contains(&day).then(|| written(year, month, day))
}

/// The day as ISO 8601 writes it.
fn written(year: u32, month: u32, day: u32) -> String {
    let mut date = String::with_capacity(10);
    for (mark, number) in [("", year / 100), ("", year % 100), ("-", month), ("-", day)] {
        date.push_str(mark);
        date.extend([number / 10, number % 10].map(|digit| char::from(b'0' + digit as u8)));
    }
    date
}

/// The date `days` after 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`).
fn since_1970(days: i64) -> String {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        assert_eq!(iso(value, None).as_deref().unwrap_or("none"), expected, "{value}");
    }

    #[test]
    fn iso_dates_lose_their_time() {
        check("2017-04-12", "2017-04-12");
        check(" 2017-04-12T23:59:59Z ", "2017-04-12");
        check("2017-04-12 23:59:59+02:00", "2017-04-12");
        check("2017-4-2", "2017-04-02");
        check("2016-02-29", "2016-02-29");
    }

    #[test]
    fn other_notations() {
        check("2017/04/12", "2017-04-12");
        check("20170412", "2017-04-12");
        check("20170412T093000Z", "2017-04-12");
        check("20170412093000", "2017-04-12");
        check("Wed, 12 Apr 2017 09:30:00 GMT", "2017-04-12");
        check("2 May 2017", "2017-05-02");
        check("April 12, 2017", "2017-04-12");
        check("Wednesday, April 12th, 2017 10:30 AM", "2017-04-12");
        check("12-Apr-2017", "2017-04-12");
        check("3 Sept. 2017", "2017-09-03");
    }

    #[test]
    fn the_order_of_day_and_month_is_taken_where_only_one_makes_a_date() {
        check("13/04/2017", "2017-04-13");
        check("4/13/2017 10:30", "2017-04-13");
        check("04/04/2017", "2017-04-04");
        check("12.04.2017", "2017-04-12");
        check("31-12-2016", "2016-12-31");
        check("12/04/2017", "none");
        check("13/13/2017", "none");
        check("12/04/17", "none");
        assert_eq!(iso("12/04/2017", Some(DateOrder::DayFirst)).as_deref(), Some("2017-04-12"));
        assert_eq!(iso("12/04/2017", Some(DateOrder::MonthFirst)).as_deref(), Some("2017-12-04"));
        assert_eq!(iso("13/04/2017", Some(DateOrder::MonthFirst)).as_deref(), Some("2017-04-13"));
        assert!(is_ambiguous("12/04/2017") && !is_ambiguous("13/04/2017") && !is_ambiguous("soon"));
    }

    #[test]
    fn seconds_and_milliseconds_since_1970() {
        check("1491955200", "2017-04-12");
        check("1491955199", "2017-04-11");
        check("1491955200.5", "2017-04-12");
        check("1491955200000", "2017-04-12");
        check("951782400", "2000-02-29");
    }

    #[test]
    fn what_is_no_date_gives_none() {
        let values = [
            "",
            "soon",
            "2017",
            "2017-04",
            "2017-13-01",
            "2017-02-29",
            "2017-04-123",
            "12 avril 2017",
            "May 2017",
            "Mayor 1 2017",
        ];
        for value in values {
            check(value, "none");
        }
        check("2017-04/12", "none");
        check("é017-04-12", "none");
        check("99999999999999999999999", "none");
    }
}
