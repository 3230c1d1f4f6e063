//! `onrecord explain`: one article, shown with what was found and why.
use std::error::Error;
use super::{LexiconOptions, Outcome};
/// Options of `explain`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    #[command(flatten)]
    lexicons: LexiconOptions,
}
pub(super) fn run(_options: &Options) -> Result<Outcome, Box<dyn Error>> {
    Ok(Outcome::Done)
}
