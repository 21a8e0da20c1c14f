//! Chunks: the unit in which runs are saved.
//!
//! Runs are computed in replicate-major order: the first replicate of every design point, then the
//! second, and so on, so that an experiment that stops early leaves a balanced sample. The plane of
//! replicates × design points is cut into tiles of about [`CHUNK`] runs whose borders follow from
//! the two numbers alone. The first tiles are one replicate deep and many points wide; later ones
//! are deeper and narrower, since balance within a few replicates matters less the more there are:
//!
//! replicates 0 | 1 | 2-3 | 4-7 | 8-15 | 16-31 | 32-63 | 64-95 | ...
//! points a tile 32 | 32 | 16 | 8 | 4 | 2 | 1 | 1 | ...

use super::identity::Key;
use crate::measure::Record;

/// Runs in a whole chunk: a power of two. A killed process loses at most the chunks in flight; with
/// so many runs in a file, writing costs a few per cent of the cheapest runs.
pub const CHUNK: u64 = 32;

/// A rectangle of runs: the replicates `first..=last` of the design points
/// `first_point..=last_point`. It never reaches beyond one tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first replicate.
    pub first: u64,
    /// The last replicate.
    pub last: u64,
    /// The first design point.
    pub first_point: u64,
    /// The last design point.
    pub last_point: u64,
}

/// The depth of the tile that holds a replicate, in replicates.
fn depth(replicate: u64) -> u64 {
    match replicate {
        0 => 1,
        _ => (1 << replicate.ilog2()).min(CHUNK),
    }
}

impl Span {
    /// The part of the tile that holds a run which an experiment of so many `points` and
    /// `replicates` has.
    #[must_use]
    pub fn holding(point: u64, replicate: u64, points: u64, replicates: u64) -> Self {
        let depth = depth(replicate);
        let width = CHUNK / depth;
        let (first, first_point) = (replicate - replicate % depth, point - point % width);
        let end = |first: u64, length: u64, all: u64| {
            first.saturating_add(length - 1).min(all.saturating_sub(1))
        };
        Self {
            first,
            last: end(first, depth, replicates),
            first_point,
            last_point: end(first_point, width, points),
        }
    }

    /// All chunks of an experiment, in the order in which they are computed.
    pub fn all(points: u64, replicates: u64) -> impl Iterator<Item = Self> {
        let next = |replicate: u64| replicate + depth(replicate) - replicate % depth(replicate);
        std::iter::successors(Some(0), move |replicate| Some(next(*replicate)))
            .take_while(move |replicate| *replicate < replicates)
            .flat_map(move |replicate| {
                let width = CHUNK / depth(replicate);
                (0..points.div_ceil(width))
                    .map(move |tile| Self::holding(tile * width, replicate, points, replicates))
            })
    }

    /// The runs, as (design point, replicate), in the order in which they are computed.
    pub fn runs(self) -> impl Iterator<Item = (u64, u64)> {
        (self.first..=self.last).flat_map(move |replicate| {
            (self.first_point..=self.last_point).map(move |point| (point, replicate))
        })
    }

    /// How many runs there are.
    #[must_use]
    pub fn count(self) -> u64 {
        self.replicates() * self.points()
    }

    /// How many replicates there are of each design point.
    #[must_use]
    pub fn replicates(self) -> u64 {
        self.last - self.first + 1
    }

    /// How many design points there are.
    #[must_use]
    pub fn points(self) -> u64 {
        self.last_point - self.first_point + 1
    }

    /// Whether all runs of `other` are here too.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.first <= other.first
            && other.last <= self.last
            && self.first_point <= other.first_point
            && other.last_point <= self.last_point
    }

    /// Whether a run is here and in `other`.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last
            && other.first <= self.last
            && self.first_point <= other.last_point
            && other.first_point <= self.last_point
    }

    /// The first run of the tile that it is a part of, as (replicate, design point).
    #[must_use]
    pub fn tile(self) -> (u64, u64) {
        let depth = depth(self.first);
        let width = CHUNK / depth;
        (
            self.first - self.first % depth,
            self.first_point - self.first_point % width,
        )
    }

    /// The name of its file in the folder of each table.
    pub(super) fn file_name(self, key: &Key) -> String {
        let hash: String = key.chunk(self).chars().take(16).collect();
        let Self {
            first,
            last,
            first_point,
            last_point,
        } = self;
        format!("{first:06}-{last:06}-{first_point:06}-{last_point:06}-{hash}.parquet")
    }

    /// The chunk whose file has this name, if it is a chunk of these results.
    pub(super) fn of_file(name: &str, key: &Key) -> Option<Self> {
        let mut numbers = name.split('-').map(|part| part.parse::<u64>().ok());
        let mut next = || numbers.next().flatten();
        let (first, last, first_point, last_point) = (next()?, next()?, next()?, next()?);
        let span = Self {
            first,
            last,
            first_point,
            last_point,
        };
        let sound = first <= last && first_point <= last_point;
        (sound && span.file_name(key) == name).then_some(span)
    }
}

/// One run and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The design point.
    pub design_id: u64,
    /// The replicate.
    pub replicate: u64,
    /// Its results, or the reason why it has none.
    pub result: Result<Record, String>,
}

/// The runs of one [`Span`], in the order of [`Span::runs`].
#[derive(Clone, Debug, PartialEq)]
pub struct Chunk {
    /// Which runs.
    pub span: Span,
    /// The runs, each once.
    pub runs: Vec<Run>,
}

impl Chunk {
    /// What can be kept of a chunk that will not be completed: its whole replicates, and the first
    /// design points of the next one. `runs` may come in any order.
    #[must_use]
    pub fn beginnings(span: Span, mut runs: Vec<Run>) -> Vec<Self> {
        runs.sort_by_key(|run| (run.replicate, run.design_id));
        let there = span.runs().zip(&runs);
        let unbroken = there.take_while(|(id, run)| *id == (run.design_id, run.replicate));
        let length = unbroken.count() as u64;
        let whole = length / span.points();
        let rows = Span {
            last: (span.first + whole).saturating_sub(1),
            ..span
        };
        let next = Span {
            first: span.first + whole,
            last: span.first + whole,
            last_point: (span.first_point + length % span.points()).saturating_sub(1),
            ..span
        };
        let mut runs = runs.into_iter();
        let parts = [
            (whole > 0, rows),
            (!length.is_multiple_of(span.points()), next),
        ];
        let kept = parts.into_iter().filter(|(any, _)| *any);
        kept.map(|(_, span)| Self {
            span,
            runs: runs.by_ref().take(to_usize(span.count())).collect(),
        })
        .collect()
    }
}

/// A count of runs of one chunk.
#[allow(clippy::cast_possible_truncation, reason = "at most 32 runs")]
fn to_usize(count: u64) -> usize {
    count as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn key() -> Key {
        Key {
            model: "m".into(),
            scenario: "s".into(),
            seed: 1,
        }
    }

    const fn span(first: u64, last: u64, first_point: u64, last_point: u64) -> Span {
        Span {
            first,
            last,
            first_point,
            last_point,
        }
    }

    #[test]
    fn every_run_is_in_one_tile_and_no_tile_is_large() {
        for (points, replicates) in [(1, 200), (2, 75), (5, 40), (100, 9), (33, 70)] {
            let spans: Vec<Span> = Span::all(points, replicates).collect();
            let runs: Vec<(u64, u64)> = spans.iter().flat_map(|span| span.runs()).collect();
            let each: BTreeSet<(u64, u64)> = runs.iter().copied().collect();
            assert_eq!(each.len() as u64, points * replicates);
            assert_eq!(runs.len(), each.len());
            for span in spans {
                assert!(span.count() <= CHUNK);
                for (point, replicate) in span.runs() {
                    assert_eq!(Span::holding(point, replicate, points, replicates), span);
                    assert_eq!(span.tile(), (span.first, span.first_point));
                }
            }
        }
        assert_eq!(Span::all(1, 0).count(), 0);
        assert_eq!(Span::all(0, 5).count(), 0);
    }

    /// After any number of chunks no point is more than a tile's depth ahead of another.
    #[test]
    fn an_early_stop_leaves_a_balanced_sample() {
        let mut ran = [0_u64; 40];
        for span in Span::all(40, 100) {
            span.runs()
                .for_each(|(point, _)| ran[usize::try_from(point).unwrap()] += 1);
            let (least, most) = (ran.iter().min().unwrap(), ran.iter().max().unwrap());
            assert!(most - least <= depth(span.first) && most - least <= (*least).max(1));
        }
        assert_eq!(ran, [100; 40]);
    }

    #[test]
    fn borders_never_move() {
        let shorter: Vec<Span> = Span::all(40, 7).collect();
        for span in shorter {
            let longer = Span::holding(span.first_point, span.first, 500, 300);
            assert!(longer.covers(span) && longer.tile() == span.tile());
            assert!(longer.overlaps(span) && (longer == span || !span.covers(longer)));
        }
        let borders: Vec<(u64, u64)> = Span::all(1, 100).map(|s| (s.first, s.last)).collect();
        let expected = [(0, 0), (1, 1), (2, 3), (4, 7), (8, 15), (16, 31)];
        assert_eq!(borders[..6], expected);
        assert_eq!(borders[6..], [(32, 63), (64, 95), (96, 99)]);
    }

    #[test]
    fn a_file_name_tells_its_span_and_only_ours_does() {
        let span = Span::holding(3, 1_234_570, 5, 2_000_000);
        let name = span.file_name(&key());
        assert_eq!(Span::of_file(&name, &key()), Some(span));
        let other = Key { seed: 2, ..key() };
        assert_eq!(Span::of_file(&name, &other), None);
        for foreign in [
            "",
            "notes.txt",
            "0-0-0",
            "000000-000024-000000-000000-0123456789abcdef.parquet",
        ] {
            assert_eq!(Span::of_file(foreign, &key()), None);
        }
    }

    #[test]
    fn an_incomplete_chunk_is_kept_up_to_its_first_gap() {
        let whole = span(4, 7, 8, 10);
        let ended = |count: usize, gap: usize| -> Vec<Run> {
            let ids = whole
                .runs()
                .enumerate()
                .filter(|(at, _)| *at != gap)
                .take(count);
            let failed = |(_, (design_id, replicate))| Run {
                design_id,
                replicate,
                result: Err("stopped".into()),
            };
            let mut runs: Vec<Run> = ids.map(failed).collect();
            runs.reverse();
            runs
        };
        let spans = |count, gap| -> Vec<Span> {
            let chunks = Chunk::beginnings(whole, ended(count, gap));
            for chunk in &chunks {
                let ids: Vec<_> = chunk
                    .runs
                    .iter()
                    .map(|r| (r.design_id, r.replicate))
                    .collect();
                assert_eq!(ids, chunk.span.runs().collect::<Vec<_>>());
            }
            chunks.iter().map(|chunk| chunk.span).collect()
        };
        assert_eq!(spans(8, 99), [span(4, 5, 8, 10), span(6, 6, 8, 9)]);
        assert_eq!(spans(6, 99), [span(4, 5, 8, 10)]);
        assert_eq!(spans(9, 2), [span(4, 4, 8, 9)]);
        assert_eq!(spans(9, 0), []);
    }
}
