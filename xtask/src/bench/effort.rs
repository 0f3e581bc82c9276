//! The options that decide how much to measure.

#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct Effort {
    /// How often to measure each way; the table shows the median
    #[arg(long, value_name = "N", default_value = "7", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) runs: u32,

    /// How many calls to make in a run; for `growth`, at most: with more ids it only measures how a run resumes
    #[arg(long, value_name = "N", default_value = "20000", value_parser = clap::value_parser!(u32).range(64..))]
    pub(super) calls: u32,
}
