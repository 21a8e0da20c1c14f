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
