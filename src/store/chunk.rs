//! Chunks: the unit in which runs are saved.

use super::identity::Key;
use crate::measure::Record;

/// Replicates in a whole chunk. A killed process loses at most the chunks in flight; with 25 runs
/// in a file, writing costs a few per cent of the cheapest runs.
pub const CHUNK: u64 = 25;

/// The replicates `first..=last` of one design point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The design point.
    pub design_id: u64,
    /// The first replicate, a multiple of [`CHUNK`].
    pub first: u64,
    /// The last replicate: `first + CHUNK - 1` in a whole chunk, less where the experiment ends
    /// or was stopped.
    pub last: u64,
}

impl Span {
    /// The chunk of `replicate` in an experiment of `replicates` replicates.
    #[must_use]
    pub fn holding(design_id: u64, replicate: u64, replicates: u64) -> Self {
        let first = replicate - replicate % CHUNK;
        Self {
            design_id,
            first,
            last: first
                .saturating_add(CHUNK - 1)
                .min(replicates.saturating_sub(1)),
        }
    }

    /// All chunks of an experiment, in order.
    pub fn all(design_id: u64, replicates: u64) -> impl Iterator<Item = Self> {
        (0..replicates.div_ceil(CHUNK))
            .map(move |chunk| Self::holding(design_id, chunk * CHUNK, replicates))
    }

    /// How many replicates there are.
    #[must_use]
    pub fn runs(self) -> u64 {
        self.last - self.first + 1
    }

    /// Whether all replicates of `other` are here too.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.design_id == other.design_id && self.first <= other.first && other.last <= self.last
    }

    /// The name of its file in the folder of each table.
    pub(super) fn file_name(self, key: &Key) -> String {
        let hash: String = key.chunk(self).chars().take(16).collect();
        let Self {
            design_id,
            first,
            last,
        } = self;
        format!("{design_id:04}-{first:06}-{last:06}-{hash}.parquet")
    }

    /// The chunk whose file has this name, if it is a chunk of these results.
    pub(super) fn of_file(name: &str, key: &Key) -> Option<Self> {
        let mut numbers = name.split('-').map(|part| part.parse::<u64>().ok());
        let mut next = || numbers.next().flatten();
        let (design_id, first, last) = (next()?, next()?, next()?);
        let span = Self {
            design_id,
            first,
            last,
        };
        (first <= last && span.file_name(key) == name).then_some(span)
    }
}

/// One run and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The replicate.
    pub replicate: u64,
    /// Its results, or the reason why it has none.
    pub result: Result<Record, String>,
}

/// The runs of one [`Span`], in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Chunk {
    /// Which runs.
    pub span: Span,
    /// The runs, one for each replicate of the span.
    pub runs: Vec<Run>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        Key {
            model: "m".into(),
            scenario: "s".into(),
            seed: 1,
        }
    }

    #[test]
    fn spans_cover_all_replicates_once_and_their_borders_never_move() {
        let spans: Vec<Span> = Span::all(0, 60).collect();
        let borders: Vec<(u64, u64)> = spans.iter().map(|span| (span.first, span.last)).collect();
        assert_eq!(borders, [(0, 24), (25, 49), (50, 59)]);
        let longer: Vec<Span> = Span::all(0, 75).collect();
        assert_eq!(longer[..2], spans[..2]);
        assert!(longer[2].covers(spans[2]) && !spans[2].covers(longer[2]));
        assert_eq!(Span::all(0, 0).count(), 0);
        assert_eq!(Span::all(0, 1).map(Span::runs).sum::<u64>(), 1);
    }

    #[test]
    fn a_file_name_tells_its_span_and_only_ours_does() {
        let span = Span::holding(3, 1_234_570, 2_000_000);
        let name = span.file_name(&key());
        assert_eq!(Span::of_file(&name, &key()), Some(span));
        let other = Key { seed: 2, ..key() };
        assert_eq!(Span::of_file(&name, &other), None);
        for foreign in [
            "",
            "notes.txt",
            "0-0-0",
            "0000-000000-000024-0123456789abcdef.parquet",
        ] {
            assert_eq!(Span::of_file(foreign, &key()), None);
        }
    }
}
