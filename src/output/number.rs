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
    push_decimals(magnitude % 1000, out);
}

/// Appends the integer's digits.
pub(super) fn push_integer(integer: u64, out: &mut Vec<u8>) {
    match integer {
        0..10 => out.push(b'0' + integer as u8),
        10..10_000 => {
            let digits = [integer / 1000, integer / 100 % 10, integer / 10 % 10, integer % 10];
            push_last(digits, if integer >= 1000 { 4 } else { 2 + usize::from(integer >= 100) }, out);
        }
        _ => out.extend_from_slice(itoa::Buffer::new().format(integer).as_bytes()),
    }
}

/// Appends the last `count` of four digits. So many bytes are one store, which fewer are not.
fn push_last(digits: [u64; 4], count: usize, out: &mut Vec<u8>) {
    let digits = u32::from_le_bytes(digits.map(|digit| b'0' + digit as u8)) >> (8 * (4 - count));
    out.extend_from_slice(&digits.to_le_bytes());
    out.truncate(out.len() - (4 - count));
}

/// Appends `.` and the decimals of less than a thousand thousandths, nothing for none.
fn push_decimals(thousandths: u64, out: &mut Vec<u8>) {
    if thousandths == 0 {
        return;
    }
    let [first, second, third] = [thousandths / 100, thousandths / 10 % 10, thousandths % 10];
    out.extend_from_slice(&[b'.', b'0' + first as u8, b'0' + second as u8, b'0' + third as u8]);
    let zeros = if third > 0 { 0 } else { 1 + usize::from(second == 0) };
    out.truncate(out.len() - zeros);
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

    #[test]
    fn integers() {
        for integer in [0, 9, 10, 99, 100, 101, 999, 1000, 1010, 9999, 10_000, u64::MAX] {
            let mut out = Vec::new();
            push_integer(integer, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), integer.to_string());
        }
    }
}
