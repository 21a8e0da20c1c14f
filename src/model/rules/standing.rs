#![doc = include_str!("standing.md")]

use crate::model::forum::{FIRST, Forum};
use crate::model::leader::Leaders;
use crate::model::network::Ties;
use crate::model::stage::Stage;
use crate::registry::mechanisms::Voice;

/// Σ_j l_ji for every seat of a forum, over the members who share this forum with it first: a pair
/// that shares two forums counts once.
pub fn receive(ties: &Ties, forum: &mut Forum) {
    for seat in &mut forum.seats {
        seat.received = 0.0;
    }
    let members = forum.seats.len();
    for from in 0..members {
        let granted = &ties.granted[ties.row(forum.seats[from].leader as usize)];
        let row = &forum.ties[from * members..(from + 1) * members];
        for (seat, entry) in forum.seats.iter_mut().zip(row) {
            if entry & FIRST != 0 {
                seat.received += f64::from(granted[usize::from(entry & !FIRST)]);
            }
        }
    }
}

/// r_i = (1 + Σ_j l_ji) / 2, summed over everyone who shares a forum with i.
#[must_use]
pub fn standing(forums: &[Forum], seats: &[(u32, u32)]) -> f64 {
    let received =
        |(forum, seat): &(u32, u32)| forums[*forum as usize].seats[*seat as usize].received;
    (1.0 + seats.iter().map(received).sum::<f64>()) / 2.0
}

/// p_i = R_o(i) (w_e ē_i/.75 + w_a a_i + w_n n_i + w_r r_i).
#[must_use]
pub fn power(stage: &Stage, leader: usize, standing: f64) -> f64 {
    let voice = &stage.mechanisms.voice;
    let leaders = stage.leaders;
    let reach = stage.ties.count(leader) as f64 / voice.reach_reference;
    stage.resources(leader)
        * (voice.knowledge_weight * own_knowledge(leaders, voice, leader)
            + voice.authority_weight * f64::from(leaders.authority[leader])
            + voice.reach_weight * reach
            + voice.standing_weight * standing)
}

/// Knowledge in the leader's best domain, relative to a typical one.
fn own_knowledge(leaders: &Leaders, voice: &Voice, leader: usize) -> f64 {
    let best = leaders.knowledge[leader]
        .iter()
        .copied()
        .fold(0.0, f32::max);
    f64::from(best) / voice.knowledge_typical
}

/// Overload on this cycle's schedule, in tens of hours: own work, scheduled hours and those of
/// interventions, beyond capacity and protected time.
#[must_use]
pub fn load(stage: &Stage, leader: usize, scheduled: f64) -> f64 {
    let leaders = stage.leaders;
    let given = stage.levers.given(leader);
    let demand = stage.levers.context.demand * (1.0 + f64::from(given.demand));
    let own = f64::from(leaders.own_work[leader]) * demand + f64::from(given.hours);
    let free = f64::from(leaders.capacity[leader]) + f64::from(stage.levers.protected[leader]);
    ((own + scheduled - free) / 10.0).max(0.0)
}

/// Hours that a seat takes from a leader for one meeting: managers prepare.
#[must_use]
pub fn hours(stage: &Stage, leader: usize, forum: usize) -> f64 {
    let manager = stage.leaders.kind[leader] == crate::registry::leaders::LeaderKind::Manager;
    let factor = if manager {
        stage.mechanisms.renewal.manager_preparation
    } else {
        1.0
    };
    stage.levers.forums[forum].design.hours * factor
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::testing::{Bench, assert_close};
    use crate::registry::leaders::LeaderKind;

    #[test]
    fn standing_counts_what_each_other_grants_once() {
        let mut bench = Bench::clinicians(3);
        bench.granted(1, 0, 0.3);
        bench.granted(2, 0, 0.5);
        bench.granted(0, 1, 0.9);
        let first = bench.forum.clone();
        // A second forum of the same people stands for no pair of its own.
        let mut second = first.clone();
        for entry in &mut second.ties {
            *entry &= !FIRST;
        }
        let stands = |forums: &[Forum], seats: &[(u32, u32)]| {
            let mut forums = forums.to_vec();
            for forum in &mut forums {
                receive(&bench.ties, forum);
            }
            standing(&forums, seats)
        };
        // (1 + .3 + .5) / 2
        assert_close(stands(std::slice::from_ref(&first), &[(0, 0)]), 0.9);
        assert_close(stands(&[first.clone(), second], &[(0, 0), (1, 0)]), 0.9);
        assert_close(stands(&[first], &[]), 0.5);
    }

    #[test]
    fn power_is_resources_times_four_parts() {
        let mut bench = Bench::clinicians(3);
        let voice = &mut bench.mechanisms.voice;
        (voice.knowledge_weight, voice.authority_weight) = (0.4, 0.3);
        (voice.reach_weight, voice.standing_weight) = (0.2, 0.1);
        (voice.knowledge_typical, voice.reach_reference) = (0.5, 8.0);
        bench.leaders.knowledge[1] = [0.2, 0.6, 0.4];
        bench.leaders.authority[1] = 1.5;
        bench.levers.organisations[1].resources = 2.0;
        bench.organisations[1].power = 1.5;
        bench.levers.context.budget = 0.8;
        // R = 2·1.5·.8 = 2.4; two ties of eight: .4·.6/.5 + .3·1.5 + .2·.25 + .1·.7 = 1.05.
        assert_close(power(&bench.stage(), 1, 0.7), 2.52);
    }

    #[test]
    fn load_is_what_lies_beyond_capacity() {
        let mut bench = Bench::clinicians(2);
        bench.leaders.own_work[0] = 150.0;
        bench.leaders.capacity[0] = 160.0;
        bench.levers.protected[0] = 4.0;
        bench.levers.context.demand = 1.1;
        // (150·1.1 + 12 - 160 - 4) / 10
        assert_close(load(&bench.stage(), 0, 12.0), 1.3);
        assert_close(load(&bench.stage(), 0, -1.0), 0.0);
        assert_close(load(&bench.stage(), 0, -30.0), 0.0);
    }

    #[test]
    fn managers_prepare() {
        let mut bench = Bench::new(LeaderKind::ALL);
        bench.provides().design.hours = 6.0;
        bench.mechanisms.renewal.manager_preparation = 2.5;
        let taken = [0, 1, 2].map(|leader| hours(&bench.stage(), leader, 0));
        assert_eq!(taken, [6.0, 15.0, 6.0]);
    }

    #[test]
    fn interventions_take_hours_and_a_surge_adds_own_work() {
        let mut bench = Bench::clinicians(2);
        bench.leaders.own_work[1] = 150.0;
        bench.leaders.capacity[1] = 160.0;
        bench.levers.context.demand = 1.1;
        bench.levers.given = vec![crate::model::levers::Given::default(); 2];
        bench.levers.given[1].hours = 6.0;
        bench.levers.given[1].demand = 0.2;
        // (150·1.1·1.2 + 6 + 12 - 160) / 10
        assert_close(load(&bench.stage(), 1, 12.0), 5.6);
    }
}
