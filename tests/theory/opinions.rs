//! C3 against the theory of opinion dynamics.

use crate::support::{give, know, one_forum, quiet, set, trust};
use crate::{full, go};
use commonground::model::setup::{Setup, SurveyedTies};
use commonground::model::world::World;
use commonground::registry::leaders::Attribute;
use commonground::registry::mechanisms::{Confidence, Mixing};
use nalgebra::{DMatrix, DVector};

const W: [[f64; 4]; 4] = [
    [0.5, 0.3, 0.2, 0.0],
    [0.1, 0.6, 0.2, 0.1],
    [0.2, 0.2, 0.5, 0.1],
    [0.0, 0.3, 0.3, 0.4],
];
const X0: [f64; 4] = [0.9, 0.1, 0.5, 0.3];

/// Leaders who listen with the weights of a matrix: their trust is the weight.
fn listeners(weights: &DMatrix<f64>, views: &[f64], openness: &[f64]) -> Setup {
    let n = u32::try_from(views.len()).unwrap();
    let mut setup = one_forum(n);
    quiet(&mut setup);
    set(&mut setup, "mechanisms.dialogue.rate", 1.0);
    setup.mechanisms.dialogue.confidence = Confidence::Hard;
    setup.mechanisms.dialogue.tolerance = 100.0;
    setup.survey = Some(SurveyedTies::default());
    for i in 0..n as usize {
        for axis in [Attribute::Value, Attribute::Locus, Attribute::Pace] {
            know(&mut setup, i, axis, views[i]);
        }
        know(&mut setup, i, Attribute::Openness, openness[i]);
        for j in (0..n as usize).filter(|j| *j != i) {
            trust(
                &mut setup,
                u32::try_from(i).unwrap(),
                u32::try_from(j).unwrap(),
                weights[(i, j)],
            );
        }
    }
    setup
}

fn views_after(setup: &Setup, cycles: u32) -> Vec<f64> {
    let mut world = World::new(setup, 1, 0);
    go(&mut world, cycles);
    world.leaders.view.iter().map(|view| view[0]).collect()
}

fn matrix() -> DMatrix<f64> {
    DMatrix::from_fn(4, 4, |i, j| W[i][j])
}

/// DeGroot 1974: everyone ends at the left eigenvector's mean of the start.
#[test]
fn degroot_consensus_is_the_left_eigenvector() {
    let after = views_after(&listeners(&matrix(), &X0, &[1.0; 4]), 80);
    for x in after {
        assert!((x - 0.402_083).abs() < 1e-6, "{x}");
    }
}

/// Friedkin & Johnsen 1990, with the published numbers.
#[test]
fn friedkin_johnsen_fixed_point() {
    let mut setup = listeners(&matrix(), &X0, &[0.9, 0.7, 0.5, 0.2]);
    set(&mut setup, "mechanisms.dialogue.anchoring", 1.0);
    let after = views_after(&setup, 300);
    for (x, expected) in after
        .iter()
        .zip([0.430_689, 0.247_858, 0.444_206, 0.306_004])
    {
        assert!((x - expected).abs() < 1e-6, "{x} is not {expected}");
    }
}

/// The same for fresh random matrices, solved here by another road.
#[test]
fn random_matrices_reach_their_solved_fixed_points() {
    let mut state = 7_u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    for n in [3, 6, 9] {
        let mut weights = DMatrix::from_fn(n, n, |_, _| next() + 0.05);
        for mut row in weights.row_iter_mut() {
            let sum = row.sum();
            row /= sum;
        }
        let views: Vec<f64> = (0..n).map(|_| next()).collect();
        let openness: Vec<f64> = (0..n).map(|_| 0.9 * next()).collect();
        let open = DMatrix::from_diagonal(&DVector::from_column_slice(&openness));
        let identity = DMatrix::<f64>::identity(n, n);
        let right = (&identity - &open) * DVector::from_column_slice(&views);
        let solved = (&identity - open * &weights).lu().solve(&right).unwrap();
        let mut setup = listeners(&weights, &views, &openness);
        set(&mut setup, "mechanisms.dialogue.anchoring", 1.0);
        for (x, expected) in views_after(&setup, 400).iter().zip(&solved) {
            assert!((x - expected).abs() < 2e-6, "{x} is not {expected}");
        }
        let squared = (0..60).fold(weights.clone(), |power, _| {
            if power.norm() > 0.0 {
                &power * &weights
            } else {
                power
            }
        });
        let consensus = (squared.row(0) * DVector::from_column_slice(&views))[0];
        for x in views_after(&listeners(&weights, &views, &vec![1.0; n]), 60) {
            assert!((x - consensus).abs() < 2e-6, "{x} is not {consensus}");
        }
    }
}

/// No openness: nobody moves. No anchors and full openness is DeGroot, above.
#[test]
fn closed_minds_do_not_move() {
    let after = views_after(&listeners(&matrix(), &X0, &[0.0; 4]), 20);
    assert_eq!(after, X0.map(|x| x).to_vec());
}

/// Many leaders with views spread evenly on one axis.
fn crowd(n: u32, tolerance: f64, mixing: Mixing) -> Setup {
    let mut setup = one_forum(n);
    quiet(&mut setup);
    setup.survey = Some(SurveyedTies::default());
    setup.mechanisms.dialogue.rate = if mixing == Mixing::Pairs { 0.5 } else { 1.0 };
    setup.mechanisms.dialogue.confidence = Confidence::Hard;
    setup.mechanisms.dialogue.mixing = mixing;
    // One axis of three: distance is |Δ| / √3.
    setup.mechanisms.dialogue.tolerance = tolerance / 3.0_f64.sqrt();
    setup.mechanisms.trust.start_within = 1.0;
    give(&mut setup, Attribute::Openness, 1.0);
    for at in 0..n {
        know(
            &mut setup,
            at as usize,
            Attribute::Value,
            (f64::from(at) + 0.5) / f64::from(n),
        );
    }
    setup
}

/// Clusters that hold at least five per cent.
fn clusters(mut views: Vec<f64>) -> usize {
    views.sort_by(f64::total_cmp);
    views
        .chunk_by(|a, b| b - a < 0.02)
        .filter(|cluster| cluster.len() * 20 >= views.len())
        .count()
}

/// Hegselmann & Krause 2002 with 500 agents: counts as in `docs/evidence.md`, section 4.1.
#[test]
fn hegselmann_krause_cluster_counts() {
    let cases = [(0.25, 1..=1), (0.15, 2..=3), (0.1, 3..=4), (0.05, 5..=8)];
    for (tolerance, expected) in &cases[..if full() { 4 } else { 2 }] {
        let after = views_after(&crowd(500, *tolerance, Mixing::Averaging), 25);
        let found = clusters(after);
        assert!(
            expected.contains(&found),
            "ε = {tolerance}: {found} clusters, not {expected:?}"
        );
    }
}

/// Deffuant et al. 2000 with 500 agents; the mean is conserved.
#[test]
fn deffuant_cluster_counts_and_conserved_mean() {
    let cases = [(0.4, 1..=1), (0.2, 2..=2), (0.15, 3..=3), (0.1, 4..=5)];
    for (tolerance, expected) in &cases[..if full() { 4 } else { 2 }] {
        let setup = crowd(500, *tolerance, Mixing::Pairs);
        let after = views_after(&setup, 60);
        let mean = after.iter().sum::<f64>() / 500.0;
        assert!((mean - 0.5).abs() < 1e-9, "mean {mean}");
        let found = clusters(after);
        assert!(
            expected.contains(&found),
            "ε = {tolerance}: {found} clusters, not {expected:?}"
        );
    }
}
