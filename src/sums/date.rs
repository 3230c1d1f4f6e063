//! Dates as numbers, which compare and are kept as such.

/// A date's digits as one number, so that later dates are greater; none of what is no `2017`, `2017-04` or `2017-04-12`.
pub(super) fn date_number(date: &str) -> Option<u64> {
    let (year, rest) = date.as_bytes().split_at_checked(4)?;
    let rest = match *rest {
        [] => *b"0000",
        [b'-', first, second] => [first, second, b'0', b'0'],
        [b'-', first, second, b'-', third, fourth] => [first, second, third, fourth],
        _ => return None,
    };
    let number = year
        .iter()
        .chain(&rest)
        .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u64::from(digit - b'0')));
    number.filter(|number| *number > 0)
}

/// The date of the number.
pub(super) fn date_text(number: Option<u64>) -> String {
    let mut text = String::new();
    let Some(number) = number else { return text };
    let mut push = |mark: &str, number: u64| {
        text.push_str(mark);
        text.extend([number / 10 % 10, number % 10].map(|digit| char::from(b'0' + digit as u8)));
    };
    push("", number / 1_000_000);
    push("", number / 10_000);
    for part in [number / 100 % 100, number % 100].into_iter().take_while(|part| *part > 0) {
        push("-", part);
    }
    text
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
