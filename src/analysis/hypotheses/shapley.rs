//! How much of an effect each group of mechanisms carries: Shapley values (Shapley 1953) by sampled orders.
//!
//! With v(S) the effect where only the groups in S are at work, and groups switched on one after the other in
//! an order π,
//!
//! φ_i = mean over π of v(before i in π, and i) − v(before i in π)
//!
//! (Castro, Gómez & Tejada 2009). Orders come in pairs, each with its reverse, which take much of the luck of
//! sampling away; an interval is Student's over pairs. What the groups carry adds up to the effect with all of
//! them less that with none, in every order.

use crate::analysis::interval::{Interval, half_width};
use crate::analysis::summary::Summary;
use crate::random::{Draws, Purpose};
use std::collections::{BTreeMap, BTreeSet};

/// Which groups are at work: bit i is group i.
pub type Coalition = u64;

/// What a group carries of an effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Its Shapley value, in the unit of the effect.
    pub value: f64,
    /// Its 95 % interval over pairs of orders; none of one pair.
    pub interval: Option<Interval>,
}

/// So many pairs of orders of the groups, each order followed by its reverse. At most 63 groups.
#[must_use]
pub fn orders(groups: usize, pairs: u64, seed: u64) -> Vec<Vec<usize>> {
    // At an address that no run has.
    let draws = Draws::new(seed, u64::MAX - 3);
    let pair = |number: u64| {
        let mut words = vec![0; groups];
        draws.fill(Purpose::Design, number, 0, &mut words);
        let mut order: Vec<usize> = (0..groups).collect();
        order.sort_by_key(|group| (words[*group], *group));
        let reverse = order.iter().rev().copied().collect();
        [order, reverse]
    };
    (0..pairs).flat_map(pair).collect()
}

/// The coalitions whose effects the orders need.
#[must_use]
pub fn coalitions(orders: &[Vec<usize>]) -> BTreeSet<Coalition> {
    orders.iter().flat_map(|order| steps(order)).collect()
}

/// The coalitions of an order, from none to all.
fn steps(order: &[usize]) -> Vec<Coalition> {
    let mut steps = vec![0];
    for group in order {
        let before = steps.last().copied().unwrap_or(0);
        steps.push(before | 1 << group);
    }
    steps
}

/// What each group carries, from the effects of all coalitions that the orders need.
#[must_use]
pub fn shares(orders: &[Vec<usize>], effects: &BTreeMap<Coalition, f64>) -> Vec<Share> {
    let groups = orders.first().map_or(0, Vec::len);
    let effect = |one: Coalition| effects.get(&one).copied().unwrap_or(f64::NAN);
    let mut found = vec![Vec::new(); groups];
    for pair in orders.chunks(2) {
        let mut sums = vec![0.0; groups];
        for order in pair {
            let steps = steps(order);
            for (group, step) in order.iter().zip(steps.windows(2)) {
                sums[*group] += (effect(step[1]) - effect(step[0])) / pair.len() as f64;
            }
        }
        found
            .iter_mut()
            .zip(sums)
            .for_each(|(all, one)| all.push(one));
    }
    let share = |values: &Vec<f64>| {
        let summary = Summary::of(values);
        let value = summary.mean.unwrap_or(f64::NAN);
        let half = summary.sd.map(|sd| half_width(values.len(), sd));
        Share {
            value,
            interval: half.map(|half| Interval {
                low: value - half,
                high: value + half,
            }),
        }
    };
    found.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups that carry 1 and 2 alone and 6 together, and a third that does nothing: φ = 1 + 3/2, 2 + 3/2, 0,
    /// in every pair of an order and its reverse.
    #[test]
    fn shares_worked_by_hand() {
        let effect = |one: Coalition| match one & 0b11 {
            0b01 => 1.0,
            0b10 => 2.0,
            0b11 => 6.0,
            _ => 0.0,
        };
        let orders = orders(3, 4, 7);
        let effects = coalitions(&orders)
            .into_iter()
            .map(|one| (one, effect(one)))
            .collect();
        let found = shares(&orders, &effects);
        for (share, known) in found.iter().zip([2.5, 3.5, 0.0]) {
            assert!((share.value - known).abs() < 1e-12, "{found:?}");
            let interval = share.interval.unwrap();
            assert!((interval.high - interval.low).abs() < 1e-9, "{found:?}");
        }
    }

    #[test]
    fn orders_come_with_their_reverses_and_are_repeatable() {
        let found = orders(5, 6, 1);
        assert_eq!(found.len(), 12);
        for pair in found.chunks(2) {
            let back: Vec<usize> = pair[1].iter().rev().copied().collect();
            assert_eq!(pair[0], back);
            let mut sorted = pair[0].clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2, 3, 4]);
        }
        assert_eq!(found, orders(5, 6, 1));
        assert_ne!(found, orders(5, 6, 2));
    }

    /// Of three groups there are eight coalitions; one order needs four.
    #[test]
    fn only_the_coalitions_on_the_way_are_needed() {
        let needed = coalitions(&[vec![2, 0, 1]]);
        assert_eq!(
            needed.into_iter().collect::<Vec<_>>(),
            [0b000, 0b100, 0b101, 0b111]
        );
        // One pair has no interval; an effect that is missing leaves a gap.
        let none = shares(
            &[vec![0, 1], vec![1, 0]],
            &BTreeMap::from([(0, 0.0), (1, 1.0), (3, 3.0)]),
        );
        assert!(none[0].value.is_nan() && none[0].interval.is_none());
    }
}
