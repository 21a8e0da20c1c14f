//! Observes ties: trust, its ceiling, and trust across kinds and organisations.

use super::catalogue::Observed;
use crate::model::network::{ACROSS_KINDS, ACROSS_ORGANISATIONS};
use crate::model::world::World;

/// Sums that run side by side, so that a processor can add several ties at once; the order of
/// additions is fixed all the same.
const LANES: usize = 4;

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

/// Observes all ties. A place to spare holds no trust, no marks, and a ceiling of one.
pub(super) fn ties(world: &World, seen: &mut Observed) {
    let ties = &world.ties;
    let count = ties.len() as f64;
    let spare = ties.trust.len() as f64 - count;
    let across = |mark: u32| {
        let marked = |value: f32, marks: u32| if marks & mark == 0 { 0.0 } else { value };
        Across {
            count: sum(&ties.trust, &ties.marks, |_, marks| marked(1.0, marks)),
            trust: sum(&ties.trust, &ties.marks, marked),
        }
    };
    seen.trust = sum(&ties.trust, &ties.marks, |trust, _| trust) / count;
    seen.trust_ceiling = (sum(&ties.ceiling, &ties.marks, |ceiling, _| ceiling) - spare) / count;
    seen.trust_across_kinds = across(ACROSS_KINDS).mean();
    seen.trust_across_organisations = across(ACROSS_ORGANISATIONS).mean();
    seen.ties = count / world.leaders.len() as f64;
}

/// The sum of what each place counts, in lanes side by side.
fn sum(values: &[f32], marks: &[u32], counts: impl Fn(f32, u32) -> f32) -> f64 {
    let mut lanes = [0.0_f64; LANES];
    let (values, values_left) = values.as_chunks::<LANES>();
    let (marks, marks_left) = marks.as_chunks::<LANES>();
    for (values, marks) in values.iter().zip(marks) {
        for lane in 0..LANES {
            lanes[lane] += f64::from(counts(values[lane], marks[lane]));
        }
    }
    for (value, marks) in values_left.iter().zip(marks_left) {
        lanes[0] += f64::from(counts(*value, *marks));
    }
    lanes.iter().sum()
}
