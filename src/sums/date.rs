//! Dates as numbers, which compare and are kept as such.

/// A date's digits as one number, so that later dates are greater; none of what is no `2017`, `2017-04` or `2017-04-12`.
pub(super) fn date_number(date: &str) -> Option<u64> {
    let is_digit = |place: usize, byte: u8| if matches!(place, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    let is_date =
        matches!(date.len(), 4 | 7 | 10) && date.bytes().enumerate().all(|(place, byte)| is_digit(place, byte));
    let digits = date.bytes().filter(u8::is_ascii_digit).chain(std::iter::repeat(b'0')).take(8);
    let number = digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0'));
    (is_date && number > 0).then_some(number)
}

/// The date of the number.
pub(super) fn date_text(number: Option<u64>) -> String {
    let Some(number) = number else { return String::new() };
    let [year, month, day] = [number / 10_000, number / 100 % 100, number % 100];
    match (month, day) {
        (0, 0) => format!("{year:04}"),
        (_, 0) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_numbers_and_back() {
        for date in ["", "2017", "2017-04", "2017-04-12", "0001-01-01"] {
            assert_eq!(date_text(date_number(date)), date);
        }
        for date in ["2017-4-12", "12.04.2017", "2017-04-12T10", "2017/04/12", "20170412", "٢٠", "0000-00-00"] {
            assert_eq!(date_number(date), None, "{date}");
        }
        assert!(date_number("2017-12-31") < date_number("2018"));
    }
}
