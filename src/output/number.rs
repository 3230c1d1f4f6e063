//! Numbers as text: at most three decimals, `.` as the decimal mark, no exponent, no `-0`.

use crate::table::thousandths;

/// Appends the number's nearest thousandth: `-0.5`, `0.125`, `1`.
pub(super) fn push_number(number: f64, out: &mut Vec<u8>) {
    let thousandths = thousandths(number);
    let magnitude = thousandths.unsigned_abs();
    if thousandths < 0 {
        out.push(b'-');
    }
    push_integer(magnitude / 1000, out);
    push_decimals((magnitude % 1000) as u16, out);
}

/// Appends the integer's digits.
pub(super) fn push_integer(integer: u64, out: &mut Vec<u8>) {
    if integer < 10 {
        return out.push(b'0' + integer as u8);
    }
    out.extend_from_slice(itoa::Buffer::new().format(integer).as_bytes());
}

/// Appends `.` and the decimals of less than a thousand thousandths, nothing for none.
fn push_decimals(thousandths: u16, out: &mut Vec<u8>) {
    if thousandths == 0 {
        return;
    }
    let [first, second, third] = [thousandths / 100, thousandths / 10 % 10, thousandths % 10];
    let digits = [b'.', b'0' + first as u8, b'0' + second as u8, b'0' + third as u8];
    let length = if third > 0 { 4 } else { 2 + usize::from(second > 0) };
    out.extend_from_slice(&digits[..length]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: f64, expected: &str) {
        let mut out = Vec::new();
        push_number(number, &mut out);
        assert_eq!(String::from_utf8_lossy(&out), expected, "{number:?}");
    }

    #[test]
    fn numbers() {
        check(0.0, "0");
        check(-0.0, "0");
        check(-0.000_4, "0");
        check(-0.000_5, "-0.001");
        check(1e-9, "0");
        check(-0.5, "-0.5");
        check(0.05, "0.05");
        check(0.1 + 0.2, "0.3");
        check(0.999_6, "1");
        check(2.0 / 3.0, "0.667");
        check(-1.0, "-1");
        check(1e9, "1000000000");
        check(-1234.5, "-1234.5");
    }
}
