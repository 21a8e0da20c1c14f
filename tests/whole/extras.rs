//! What a scenario file alone cannot say: surveyed people and ties, circles, and no forum at all.

use commonground::model::setup::{Intervention, KnownTie, Setup, SurveyedTies, Target};
use commonground::registry::interventions::InterventionKind;
use commonground::registry::leaders::Attribute;
use proptest::prelude::*;
use proptest::sample::Index;

#[derive(Clone, Debug)]
pub struct Extras {
    cycles: u32,
    forums: usize,
    circles: u32,
    strangers: bool,
    known: Vec<(Index, Index, f64)>,
    ties: Vec<(Index, Index, Option<f64>, bool)>,
    silent: Option<Vec<Index>>,
    interventions: Vec<(Index, u32, Option<u32>, f64, f64)>,
}

pub fn extras() -> impl Strategy<Value = Extras> {
    let known = (any::<Index>(), any::<Index>(), 0.0..=1.0);
    let trust = prop::option::of(0.0..=1.0);
    let tie = (any::<Index>(), any::<Index>(), trust, any::<bool>());
    let until = prop::option::of(1..24_u32);
    let intervention = (any::<Index>(), 1..24_u32, until, 0.0..=1.0, 0.0..=1.0);
    (
        prop_oneof![9 => Just(24_u32), 1 => 1..48_u32],
        prop_oneof![9 => Just(6_usize), 1 => 0..6_usize],
        (1..4_u32, prop::bool::weighted(0.2)),
        prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(known, 0..40)],
        prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(tie, 0..40)],
        prop::option::weighted(0.2, prop::collection::vec(any::<Index>(), 0..10)),
        prop_oneof![1 => Just(Vec::new()), 1 => prop::collection::vec(intervention, 0..6)],
    )
        .prop_map(
            |(cycles, forums, (circles, strangers), known, ties, silent, interventions)| Extras {
                cycles,
                forums,
                circles,
                strangers,
                known,
                ties,
                silent,
                interventions,
            },
        )
}

impl Extras {
    pub fn add_to(&self, setup: &mut Setup) {
        let posts = setup.posts.len();
        setup.horizon.cycles = self.cycles;
        setup.forums.truncate(self.forums);
        if self.strangers {
            // Few know each other, and forums introduce them as often as they can.
            setup.network.density = 0.05;
            setup.mechanisms.trust.introductions = 1.0;
        }
        for (at, post) in (0..).zip(&mut setup.posts) {
            post.neighbourhood = at % self.circles;
        }
        for (post, attribute, share) in &self.known {
            let attribute = *attribute.get(Attribute::ALL);
            let (low, high) = attribute.entry().bounds().expect("a number");
            let known = setup.posts[post.index(posts)]
                .known
                .get_or_insert_with(|| Box::new([None; Attribute::COUNT]));
            known[attribute as usize] = Some(low + share * (high - low));
        }
        for (from, to, trust, advice) in &self.ties {
            let (from, to) = (from.index(posts) as u32, to.index(posts) as u32);
            if from != to {
                setup.ties.push(KnownTie {
                    from,
                    to,
                    trust: *trust,
                    advice: *advice,
                });
            }
        }
        setup.ties.sort_by_key(|tie| (tie.from, tie.to));
        setup.ties.dedup_by_key(|tie| (tie.from, tie.to));
        self.survey(setup);
        for (at, (kind, from, lasts, reach, intensity)) in self.interventions.iter().enumerate() {
            let kind = *kind.get(InterventionKind::ALL);
            let known = kind.known();
            let until = lasts.map_or(u32::MAX, |lasts| from + lasts);
            setup.interventions.push(Intervention {
                id: format!("i{at}"),
                kind,
                at: *from,
                until: if known.once { *from } else { until },
                reach: *reach,
                intensity: *intensity,
                effect: known.effects.1,
                hours: known.hours,
                pounds: known.pounds,
                target: Target::default(),
            });
        }
    }

    fn survey(&self, setup: &mut Setup) {
        let Some(silent) = &self.silent else { return };
        let mut silent: Vec<u32> = silent
            .iter()
            .map(|post| post.index(setup.posts.len()) as u32)
            .collect();
        silent.sort_unstable();
        silent.dedup();
        let known = setup.ties.iter().map(|tie| (tie.from, tie.to));
        setup.survey = Some(SurveyedTies {
            settled: known
                .filter(|(from, _)| silent.binary_search(from).is_ok())
                .collect(),
            open: Vec::new(),
            silent,
        });
    }
}
