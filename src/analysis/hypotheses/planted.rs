//! Planted worlds: how often the verdict is right where the truth is known. A test with looks, as `test` makes
//! it, of a contrast of two arms with common luck.

use super::effect::Effects;
use super::{Verdict, looks};
use crate::analysis::summary::Summary;
use crate::experiment::Experiment;
use crate::random::{Draws, Purpose, normal};
use rayon::prelude::*;

/// Replicates, and the smallest effect of interest in most worlds.
const REPLICATES: u64 = 200;
const SMALLEST: f64 = 0.2;

/// A world: its name, the true effect in standard deviations of a paired difference, the smallest effect of
/// interest, and the verdict that is right.
type World = (&'static str, f64, f64, Verdict);

/// True effects lie where 200 pairs can tell: .35 at 4.9 standard errors, an equivalent one half way to zero at
/// 2.8 from the smallest. Of the last nothing can be told: it is zero, and a hundredth would matter.
const WORLDS: [World; 5] = [
    ("true", 0.35, SMALLEST, Verdict::Supported),
    ("false", -0.35, SMALLEST, Verdict::Refuted),
    ("equivalent: none", 0.0, 0.3, Verdict::Equivalent),
    ("equivalent: small", 0.05, 0.35, Verdict::Equivalent),
    ("undecidable", 0.0, 0.01, Verdict::Undecided),
];

/// What the looks at one data set end with.
fn verdict(effects: &Effects, set: u64, truth: f64, smallest: f64) -> Verdict {
    let draws = Draws::new(41, set);
    let mut words = vec![0; 2 * usize::try_from(REPLICATES).unwrap()];
    draws.fill(Purpose::Design, 0, 0, &mut words);
    // Common luck of twice the spread, and a difference of spread one.
    let pairs = words.chunks_exact(2).map(|two| {
        let luck = 2.0 * normal(two[0]);
        (luck + truth + normal(two[1]), luck)
    });
    let (with, without): (Vec<f64>, Vec<f64>) = pairs.unzip();
    let mut last = Verdict::Undecided;
    for look in looks(REPLICATES) {
        let n = usize::try_from(look.replicates).unwrap();
        let values = [with[..n].to_vec(), without[..n].to_vec()];
        let effect = effects.effect(&values);
        let (low, high) = look.interval(effect.estimate, effect.error, effect.n);
        last = Verdict::of(low, high, smallest);
        if last != Verdict::Undecided {
            break;
        }
    }
    last
}

/// A contrast of two arms.
fn contrast() -> Effects {
    let text = "extends = \"trust-board\"\n[hypothesis]\nclaim = \"So it is.\"\nsource = \"assumption\"\n\
                form = \"contrast\"\noutcome = \"trust_end\"\ndirection = \"higher\"\nsmallest = 0.2\n\
                arms = [\"a\", \"b\"]\n[[arms]]\nid = \"a\"\n[[arms]]\nid = \"b\"\nset.context.hierarchy = 0.9\n";
    let scenario = crate::scenario::from_text("plan", text, &[]).unwrap();
    let experiment = Experiment::of("plan", vec![scenario], None).unwrap();
    let hypothesis = experiment.hypothesis.clone().unwrap();
    Effects::of(&experiment, &hypothesis)
}

/// Data sets of each world.
const SETS: u64 = 2000;

/// The share of right verdicts with Wilson's 95 % interval; `--nocapture` prints the table of docs/hypotheses.md.
#[test]
fn verdicts_on_planted_worlds_are_right() {
    let effects = contrast();
    for (name, truth, smallest, right) in WORLDS {
        let judged = (0..SETS).into_par_iter();
        let hits = judged.filter(|set| verdict(&effects, *set, truth, smallest) == right);
        let hits = hits.count() as u64;
        let each: Vec<f64> = (0..SETS).map(|at| f64::from(u8::from(at < hits))).collect();
        let found = Summary::of_outcome("yes or no", &each);
        let [share, low, high] = [found.mean, found.ci_low, found.ci_high].map(Option::unwrap);
        println!(
            "{name} | {truth} | {smallest} | {} | {share:.3} | {low:.3} to {high:.3}",
            right.word()
        );
        assert!(share >= 0.95, "{name}: {share}");
    }
}
