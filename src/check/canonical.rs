//! The form in which lists are kept.

use std::mem;

/// A list as it is kept: rows in order, except where their order has a meaning; every row with all its cells; one line
/// end at the end. A comment between rows stays above its row.
#[must_use]
pub fn canonical(name: &str, text: &str) -> String {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let header = lines.iter().position(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or(lines.len());
    let columns = lines.get(header).map_or(0, |line| line.split('\t').count());
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut comments = String::new();
    for line in lines.iter().skip(header + 1).filter(|line| !line.is_empty()) {
        if line.starts_with('#') {
            comments.push_str(line);
            comments.push('\n');
            continue;
        }
        let missing = columns.saturating_sub(line.split('\t').count());
        let row = format!("{}{line}{}\n", mem::take(&mut comments), "\t".repeat(missing));
        blocks.push((line.split('\t').next().unwrap_or_default().to_owned(), row));
    }
    if !order_has_meaning(name) {
        blocks.sort_by(|(a, _), (b, _)| order(a).cmp(&order(b)));
    }
    let head = lines.iter().take(header + 1).filter(|line| !line.is_empty()).map(|line| format!("{line}\n"));
    head.chain(blocks.into_iter().map(|(_, row)| row)).chain([comments]).collect()
}

/// Rows of these lists are tried in file order.
pub(super) fn order_has_meaning(name: &str) -> bool {
    matches!(name, "patterns.tsv" | "relays.tsv" | "addressees.tsv")
}

/// Small letters and capitals stand together.
pub(super) fn order(key: &str) -> (String, &str) {
    (key.to_lowercase(), key)
}
