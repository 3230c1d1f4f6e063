//! The one way in which numbers are rounded: for the tables, for what is summed of them, and wherever a verdict must follow from
//! what they show. Right between two numbers the one further from zero is taken.

/// The nearest whole number; beyond 9.2e18 the nearest `i64`, 0 for what is no number.
pub(crate) fn nearest(value: f64) -> i64 {
    // As `round` gives it, which the oldest processors have no instruction for.
    let whole = value as i64;
    let rest = value - whole as f64;
    whole.saturating_add(i64::from(rest >= 0.5) - i64::from(rest <= -0.5))
}

/// The nearest number of thousandths: what is written of a score, a confidence or a mean, and what is summed of it.
pub(crate) fn thousandths(value: f64) -> i64 {
    nearest(value * 1000.0)
}

/// The number as the tables show it, never -0.
pub(crate) fn shown(value: f64) -> f64 {
    thousandths(value) as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_as_the_standard_library_does() {
        let odd = [0.0, 0.0004, -0.0005, 0.000_499_999_999_999_999_9, 0.1235, -2.5, 1e300, -1e300, f64::NAN];
        for value in odd.into_iter().chain([4_503_599_627.370_497]) {
            assert_eq!(nearest(value), value.round() as i64, "{value}");
            assert_eq!(thousandths(value), (value * 1000.0).round() as i64, "{value}");
        }
    }

    #[test]
    fn what_is_shown_has_three_decimals() {
        let check = |value: f64, expected: &str| assert_eq!(shown(value).to_string(), expected);
        check(0.1235, "0.124");
        check(-2.0 / 3.0, "-0.667");
        check(-0.0004, "0");
        check(1.0, "1");
    }
}
