//! Nothing of a programme is made or lost unseen: what is agreed is done, fails, waits, is dropped,
//! abandoned, overturned, or ends with its forum.

use super::Faults;
use commonground::model::forum::{Decision, Forum, Programme};
use commonground::model::world::World;

/// Slices that wait.
fn waiting(programme: &Programme) -> u32 {
    programme.waiting.iter().map(|item| item.slices).sum()
}

fn under_way(programme: &Programme) -> u32 {
    u32::from(programme.active.is_some())
}

/// What has become of one forum's slices since the start.
#[derive(Clone, Copy, Debug, Default)]
pub struct Account {
    agreed: u32,
    won: u32,
    failed: u32,
    lost: u32,
    /// Begun and then abandoned or overturned.
    lost_begun: u32,
}

/// The month of one forum against its programme a month before.
pub fn month(
    world: &World,
    at: usize,
    before: &Programme,
    account: &mut Account,
    faults: &mut Faults,
) {
    let forum = &world.forums[at];
    let (meeting, design) = (&forum.meeting, &world.levers.forums[at].design);
    let mut say = |what: &str| faults.add(format!("forum {at}: {what}"));
    let over = design.deadline > 0 && world.cycle > design.deadline;
    let (mut active, mut slices) = (under_way(before), waiting(before));
    let (won, mut failed) = (meeting.wins, meeting.failures);
    if over {
        // The cycle in which a forum ends, and those after it.
        let left = before.waiting.len() as u32;
        if meeting.ended != (active + left > 0) || failed != active {
            say("the unfinished project of a forum that ends has failed, and nothing else");
        }
        if meeting.abandoned != left {
            say("what waits when a forum ends is abandoned");
        }
        account.failed += active;
        account.lost += slices;
        failed -= active.min(failed);
        (active, slices) = (0, 0);
    }
    let items = active + before.waiting.len() as u32;
    if meeting.abandoned > 0 {
        if meeting.abandoned != items {
            say("a change of priorities abandons every item");
        }
        account.lost += slices;
        account.lost_begun += active;
        (active, slices) = (0, 0);
    } else if meeting.overturned {
        match before.waiting.last() {
            Some(last) => {
                account.lost += last.slices;
                slices -= last.slices;
            }
            None => {
                account.lost_begun += active;
                active = 0;
            }
        }
    }
    let agreed = matches!(meeting.decision, Decision::Agreement | Decision::Imposed);
    if agreed && meeting.dropped == 0 {
        slices += design.slices;
        account.agreed += design.slices;
    }
    account.won += won;
    account.failed += failed;
    let after = &forum.programme;
    if active + slices != under_way(after) + waiting(after) + won + failed {
        say("slices before and agreed are those after, won and failed");
    }
    let begun = after.begun - before.begun;
    if meeting.begun != begun {
        say("what begins is counted");
    }
    if active + begun != under_way(after) + won + failed {
        say("what was under way and begun is under way, won or failed");
    }
    if meeting.dropped > u32::from(agreed) {
        say("only what was agreed can be dropped");
    }
    limits(world, forum, &mut say);
}

fn limits(world: &World, forum: &Forum, say: &mut impl FnMut(&str)) {
    let rule = &world.setup.mechanisms.joint_action;
    if forum.programme.waiting.len() > rule.waiting.max(1) as usize {
        say("the waiting list is longer than it may be");
    }
    if forum.programme.waiting.iter().any(|item| item.slices == 0) {
        say("an item waits with nothing left to do");
    }
    if let Some(project) = forum.programme.active {
        let effort = rule.effort * project.item.scale;
        if project.progress > effort * (1.0 + 1e-9) {
            say("a project is worked on after it is done");
        }
        if project.elapsed > rule.slack * effort * (1.0 + 1e-9) {
            say("a project is worked on after its time limit");
        }
    }
}

/// The whole run: begun = won + failed + lost after it had begun + under way.
pub fn run(forum: &Forum, account: &Account, faults: &mut Faults) {
    let programme = &forum.programme;
    let begun = account.won + account.failed + account.lost_begun + under_way(programme);
    if programme.begun != begun {
        faults.add(format!(
            "{} begun, {begun} accounted for: {account:?}",
            programme.begun
        ));
    }
    let agreed = begun + account.lost + waiting(programme);
    if account.agreed != agreed {
        faults.add(format!(
            "{agreed} slices of those agreed accounted for: {account:?}"
        ));
    }
}
