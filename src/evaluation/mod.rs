//! How often the program is right, measured on articles that people annotated: which quotations it finds, and whether
//! it rests them on the right words. Fits the confidences of the patterns to that, too.
//!
//! ```text
//! .ann --brat--> Reported --gold--> GoldDocument --score--> Evaluation --report--> text, JSON
//! .txt --folder, analyzer--> Prediction ---^      \--calibration--> patterns.tsv
//! ```
//!
//! Files are read in [`folder`] alone. What the program would say of speakers' full names or stances is not measured.

pub mod brat;
pub mod calibration;
pub mod folder;
pub mod gold;
pub mod judge;
pub mod report;
pub mod score;
