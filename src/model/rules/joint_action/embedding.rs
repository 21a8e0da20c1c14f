//! The way from delivered value to services (C7.12).

use crate::math;
use crate::registry::mechanisms::JointAction;

/// One month on the way from delivered value to services: each stage takes in the same share of what the
/// stage before it holds more (a delay of third order).
pub fn embed(rule: &JointAction, stages: &mut [f64; 3], delivered: f64) {
    let share = 1.0 - math::exp(-3.0 / rule.embedding);
    stages.iter_mut().fold(delivered, |before, stage| {
        let held = *stage;
        *stage += share * (before - held);
        held
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::testing::assert_close;

    #[test]
    fn value_reaches_services_in_three_stages() {
        // 1 - e^(-3/lag) = ½.
        let rule = JointAction {
            embedding: 3.0 / std::f64::consts::LN_2,
            ..JointAction::default()
        };
        let mut stages = [2.0, 1.0, 0.0];
        embed(&rule, &mut stages, 20.0);
        assert_close(stages[0], 11.0);
        assert_close(stages[1], 1.5);
        assert_close(stages[2], 0.5);
    }

    /// Of one value at once a third-order delay has let through 1 - e^-3 (1 + 3 + 4.5) after its mean.
    #[test]
    fn the_lag_is_the_mean_time_on_the_way() {
        let rule = JointAction {
            embedding: 120.0,
            ..JointAction::default()
        };
        let (mut stages, mut area) = ([0.0; 3], 0.0);
        for month in 1..=2400 {
            embed(&rule, &mut stages, 1.0);
            area += 1.0 - stages[2];
            if month == 120 {
                assert!((stages[2] - 0.5768).abs() < 0.01, "{}", stages[2]);
            }
        }
        assert!((area - 120.0).abs() < 2.0, "{area}");
    }
}
