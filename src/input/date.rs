//! Dates as newspapers' exports write them -> `2017-04-12`. Knows no time zones: the day is the one written down.

/// The day that `value` begins with or stands for, as an ISO date; `None` where it is not understood.
///
/// Understood are ISO 8601 (`2017-04-12`, with or without a time), `2017/04/12`, `20170412`, `20170412093000`, RFC 2822
/// (`Wed, 12 Apr 2017 09:30:00 GMT`) and seconds or milliseconds since 1970.
pub(super) fn iso(value: &str) -> Option<String> {
    let value = value.trim();
    separated(value).or_else(|| digits(value)).or_else(|| rfc_2822(value))
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

/// `Wed, 12 Apr 2017 09:30:00 GMT`; the weekday and the time may be missing.
fn rfc_2822(value: &str) -> Option<String> {
    const MONTHS: &str = "jan feb mar apr may jun jul aug sep oct nov dec";
    let value = value.split_once(',').map_or(value, |(_, rest)| rest);
    let mut words = value.split_ascii_whitespace();
    let (day, month, year) = (words.next()?, words.next()?.to_ascii_lowercase(), words.next()?);
    let month = MONTHS.split(' ').position(|name| name == month)? as u32 + 1;
    (year.len() == 4).then_some(())?;
    checked(year.parse().ok()?, month, day.parse().ok()?)
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
        assert_eq!(iso(value).as_deref().unwrap_or("none"), expected, "{value}");
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
        let values =
            ["", "soon", "2017", "2017-04", "2017-13-01", "2017-02-29", "2017-04-123", "12/04/2017", "12 avril 2017"];
        for value in values {
            check(value, "none");
        }
        check("2017-04/12", "none");
        check("é017-04-12", "none");
        check("99999999999999999999999", "none");
    }
}
