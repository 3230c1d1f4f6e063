//! Numbers as text: at most three decimals, `.` as the decimal mark, no exponent, no `-0`.

use crate::rounding::thousandths;

/// Appends the number's nearest thousandth: `-0.5`, `0.125`, `1`.
pub(super) fn push_number(number: f64, out: &mut Vec<u8>) {
    let thousandths = thousandths(number);
    let magnitude = thousandths.unsigned_abs();
    if thousandths < 0 {
        out.push(b'-');
    }
    push_integer(magnitude / 1000, out);
    let decimals = magnitude % 1000;
    if decimals > 0 {
        let [second, third] = PAIRS[decimals as usize % 100];
        out.extend_from_slice(&[b'.', b'0' + (decimals / 100) as u8, second, third]);
        let zeros = if third == b'0' { 1 + usize::from(second == b'0') } else { 0 };
        out.truncate(out.len() - zeros);
    }
}

/// Appends the integer's digits.
pub(super) fn push_integer(integer: u64, out: &mut Vec<u8>) {
    if integer >= 10_000 {
        return out.extend_from_slice(itoa::Buffer::new().format(integer).as_bytes());
    }
    // Four digits without the zeros before: how many there are is anybody's guess, which so takes no branch.
    let zeros = usize::from(integer < 1000) + usize::from(integer < 100) + usize::from(integer < 10);
    let ([first, second], [third, fourth]) = (PAIRS[integer as usize / 100], PAIRS[integer as usize % 100]);
    let digits = u32::from_le_bytes([first, second, third, fourth]) >> (8 * zeros);
    out.extend_from_slice(&digits.to_le_bytes());
    out.truncate(out.len() - zeros);
}

/// The digits of the numbers below a hundred.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[b'0'; 2]; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number] = [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
        number += 1;
    }
    pairs
};

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
