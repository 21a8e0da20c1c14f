#![doc = include_str!("context.md")]

use crate::math;
use crate::model::leader::AXES;
use crate::model::organisation::{Pressure, System};
use crate::random::{Draws, Purpose, normal};
use crate::registry::places::Context;

/// Index of the stream of random numbers that all systems share.
const SHARED: u64 = 1 << 40;

/// Pressure from above in this cycle.
#[must_use]
pub fn pressure(context: &Context, before: Pressure, draws: &Draws, cycle: u32) -> Pressure {
    let [surge] = draws.uniforms(Purpose::System, SHARED, u64::from(cycle) << 8);
    let kept = math::pow(0.5, 1.0 / context.pulse_half_life);
    let size = context.pulse_size * (1.0 - context.linking);
    let pulse = before.pulse * kept
        + if surge < context.pulse_rate {
            size
        } else {
            0.0
        };
    Pressure {
        pulse,
        hierarchy: (context.hierarchy + pulse).min(1.0),
        capture: (context.capture + (1.0 - context.capture) * context.capture_gain * pulse)
            .min(1.0),
    }
}

/// The true need of a system's population moves one step of its walk; at the edges it turns back.
pub fn drift(context: &Context, system: &mut System, index: u64, draws: &Draws, cycle: u32) {
    let mut words = [0; AXES];
    draws.fill(Purpose::System, index, u64::from(cycle) << 8, &mut words);
    for (need, word) in system.need.iter_mut().zip(words) {
        let moved = *need + context.need_walk * normal(word);
        let folded = if moved < 0.0 {
            -moved
        } else if moved > 1.0 {
            2.0 - moved
        } else {
            moved
        };
        *need = folded.clamp(0.0, 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::testing::assert_close;

    fn pressed(change: impl Fn(&mut Context), pulse: f64, cycle: u32) -> Pressure {
        let mut context = Context {
            hierarchy: 0.3,
            pulse_rate: 1.0,
            pulse_size: 0.4,
            pulse_half_life: 2.0,
            linking: 0.25,
            capture: 0.2,
            capture_gain: 0.5,
            ..Context::default()
        };
        change(&mut context);
        let before = Pressure {
            pulse,
            hierarchy: 0.9,
            capture: 0.9,
        };
        pressure(&context, before, &Draws::new(1, 0), cycle)
    }

    #[test]
    fn a_surge_adds_to_what_is_left_of_earlier_ones() {
        // .2·2^(-1/2) = .141421; a surge of .4·(1 - .25) = .3.
        let found = pressed(|_| (), 0.2, 0);
        assert_close(found.pulse, 0.441_421);
        assert_close(found.hierarchy, 0.741_421);
        // .2 + (1 - .2)·.5·.441421
        assert_close(found.capture, 0.376_569);
        let calm = pressed(|context| context.pulse_rate = 0.0, 0.2, 0);
        assert_close(calm.pulse, 0.141_421);
        assert_close(calm.hierarchy, 0.441_421);
    }

    #[test]
    fn pressure_and_capture_end_at_one() {
        let found = pressed(|context| context.capture_gain = 1.0, 3.0, 0);
        // 3·2^(-1/2) + .3
        assert_close(found.pulse, 2.421_320);
        assert_close(found.hierarchy, 1.0);
        assert_close(found.capture, 1.0);
    }

    #[test]
    fn a_surge_comes_at_its_rate_and_each_month_anew() {
        let draws = Draws::new(1, 0);
        for cycle in [0, 1, 17] {
            let [drawn] = draws.uniforms(Purpose::System, SHARED, u64::from(cycle) << 8);
            let surged =
                |rate: f64| pressed(|context| context.pulse_rate = rate, 0.0, cycle).pulse > 0.0;
            assert!(surged(drawn + 1e-9));
            assert!(!surged(drawn));
        }
    }

    fn drifted(need: f64, walk: f64, index: u64, cycle: u32) -> [f64; AXES] {
        let context = Context {
            need_walk: walk,
            ..Context::default()
        };
        let mut system = System {
            need: [need; AXES],
            history: 0.0,
            interdependence: 0.0,
            luck: 0.0,
            mix: 0.0,
        };
        drift(&context, &mut system, index, &Draws::new(1, 0), cycle);
        system.need
    }

    #[test]
    fn the_need_of_each_system_walks_on_its_own() {
        let mut words = [0; AXES];
        Draws::new(1, 0).fill(Purpose::System, 2, 5 << 8, &mut words);
        let moved = drifted(0.5, 0.01, 2, 5);
        for (need, word) in moved.iter().zip(words) {
            assert_close(*need, 0.5 + 0.01 * normal(word));
        }
        assert_eq!(drifted(0.5, 0.0, 2, 5), [0.5; AXES]);
        assert_ne!(moved, drifted(0.5, 0.01, 1, 5));
        assert_ne!(moved, drifted(0.5, 0.01, 2, 6));
    }

    #[test]
    fn at_the_edges_the_need_turns_back() {
        let mut turned = [false; 2];
        for cycle in 0..5 {
            let mut words = [0; AXES];
            Draws::new(1, 0).fill(Purpose::System, 0, u64::from(cycle) << 8, &mut words);
            for (axis, word) in words.into_iter().enumerate() {
                let step = normal(word);
                // A walk that carries the need .1 or 1.2 beyond the edge in its direction.
                let (edge, back) = if step < 0.0 { (0.0, 0.1) } else { (1.0, 0.9) };
                assert_close(drifted(edge, 0.1 / step.abs(), 0, cycle)[axis], back);
                let far = drifted(edge, 1.2 / step.abs(), 0, cycle)[axis];
                assert_close(far, 1.0 - edge);
                turned[usize::from(step < 0.0)] = true;
            }
        }
        assert_eq!(turned, [true; 2]);
    }
}
