#![doc = include_str!("standing.md")]

use crate::model::forum::{FIRST, Forum};
use crate::model::leader::Leaders;
use crate::model::network::Ties;
use crate::model::stage::Stage;
use crate::registry::mechanisms::Voice;

/// r_i = (1 + Σ_j l_ji) / 2, summed over everyone who shares a forum with i, each once.
#[must_use]
pub fn standing(forums: &[Forum], ties: &Ties, seats: &[(u32, u32)]) -> f64 {
    let mut granted = 0.0;
    for (forum, seat) in seats {
        let forum = &forums[*forum as usize];
        let members = forum.seats.len();
        for other in 0..members {
            let entry = forum.ties[other * members + *seat as usize];
            if entry & FIRST != 0 {
                granted += f64::from(ties.granted[(entry & !FIRST) as usize]);
            }
        }
    }
    (1.0 + granted) / 2.0
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

/// Overload on this cycle's schedule, in tens of hours: own work and scheduled hours beyond
/// capacity and protected time.
#[must_use]
pub fn load(stage: &Stage, leader: usize, scheduled: f64) -> f64 {
    let leaders = stage.leaders;
    let own = f64::from(leaders.own_work[leader]) * stage.levers.context.demand;
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
