//! Observes ties: trust, its ceiling, and trust across kinds and organisations.

use super::catalogue::Observed;
use crate::model::network::{ACROSS_KINDS, ACROSS_ORGANISATIONS};
use crate::model::world::World;

/// Sums that run side by side, so that a processor can add several ties at once; the order of
/// additions is fixed all the same.
const LANES: usize = 8;
/// Places whose sums are kept short before they are added to the whole.
const SHORT: usize = 256;

/// Sums over all places for ties. A place to spare holds no trust and no marks.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    trust: f64,
    ceiling: f64,
    across_kinds: Across,
    across_organisations: Across,
}

/// Ties between different kinds or organisations, and the trust in them.
#[derive(Clone, Copy, Debug, Default)]
struct Across {
    count: f64,
    trust: f64,
}

impl Across {
    /// Mean trust; missing where there is no such tie.
    fn mean(self) -> f64 {
        if self.count > 0.0 {
            self.trust / self.count
        } else {
            f64::NAN
        }
    }
}

/// Observes all ties.
pub(super) fn ties(world: &World, seen: &mut Observed) {
    let ties = &world.ties;
    let mut sums = Sums::default();
    let places = ties.trust.chunks(SHORT).zip(ties.ceiling.chunks(SHORT));
    for ((trust, ceiling), marks) in places.zip(ties.marks.chunks(SHORT)) {
        add(trust, ceiling, marks, &mut sums);
    }
    let count = ties.len() as f64;
    let spare = ties.trust.len() as f64 - count;
    seen.trust = sums.trust / count;
    seen.trust_ceiling = (sums.ceiling - spare) / count;
    seen.trust_across_kinds = sums.across_kinds.mean();
    seen.trust_across_organisations = sums.across_organisations.mean();
    seen.ties = count / world.leaders.len() as f64;
}

/// Adds a short run of places.
fn add(trust: &[f32], ceiling: &[f32], marks: &[u32], sums: &mut Sums) {
    sums.trust += sum(trust, marks, |trust, _| trust);
    sums.ceiling += sum(ceiling, marks, |ceiling, _| ceiling);
    for (across, mark) in [
        (&mut sums.across_kinds, ACROSS_KINDS),
        (&mut sums.across_organisations, ACROSS_ORGANISATIONS),
    ] {
        let marked = |value: f32, marks: u32| if marks & mark == 0 { 0.0 } else { value };
        across.trust += sum(trust, marks, marked);
        across.count += sum(trust, marks, |_, marks| marked(1.0, marks));
    }
}

/// The sum of values, in lanes side by side.
fn sum(trust: &[f32], marks: &[u32], value: impl Fn(f32, u32) -> f32) -> f64 {
    let mut lanes = [0.0_f32; LANES];
    let (trusts, trusts_left) = trust.as_chunks::<LANES>();
    let (marked, marked_left) = marks.as_chunks::<LANES>();
    for (trust, marks) in trusts.iter().zip(marked) {
        for lane in 0..LANES {
            lanes[lane] += value(trust[lane], marks[lane]);
        }
    }
    for (trust, marks) in trusts_left.iter().zip(marked_left) {
        lanes[0] += value(*trust, *marks);
    }
    lanes.iter().copied().map(f64::from).sum()
}
