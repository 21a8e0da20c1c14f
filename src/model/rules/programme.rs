#![doc = include_str!("programme.md")]

use crate::model::forum::{Decision, Forum, TYPICAL_SCALE};
use crate::model::stage::{Stage, Table, word};
use crate::random::happens;

/// An agreed or imposed item joins the programme, if there is room on its waiting list.
pub fn adopt(stage: &Stage, forum: &mut Forum) {
    let item = forum.meeting.item;
    if !matches!(
        forum.meeting.decision,
        Decision::Agreement | Decision::Imposed
    ) {
        return;
    }
    let idle = forum.programme.active.is_none() && forum.programme.waiting.is_empty();
    let limit = stage.mechanisms.joint_action.waiting as usize + usize::from(idle);
    if forum.programme.waiting.len() < limit {
        forum.programme.waiting.push(item);
    } else {
        forum.meeting.dropped += 1;
    }
}

/// A change of priorities abandons the whole remaining programme; a surge overturns the item that
/// was agreed last. Returns whether a decision was overturned.
pub fn interrupt(stage: &Stage, table: &mut Table) -> bool {
    let context = &stage.levers.context;
    let pulse = stage.pressure.pulse;
    let programme = &mut table.forum.programme;
    let words = &table.room.words;
    let under_way = u32::from(programme.active.is_some());
    #[allow(clippy::cast_possible_truncation, reason = "a short list")]
    let items = under_way + programme.waiting.len() as u32;
    let word = words.forum(word::ABANDON);
    let chance = context.abandon + context.abandon_pulse * pulse;
    let chance = chance + table.levers.abandoned * (1.0 - chance);
    if items > 0 && happens(word, chance) {
        programme.active = None;
        programme.waiting.clear();
        table.forum.meeting.abandoned = items;
        table.forum.meeting.surge = !happens(word, context.abandon);
        return false;
    }
    let overturning = context.overturn * pulse * (1.0 - table.levers.delegated);
    let overturned = items > 0 && happens(words.forum(word::OVERTURN), overturning);
    if overturned && programme.waiting.pop().is_none() {
        programme.active = None;
    }
    table.forum.meeting.overturned = overturned;
    overturned
}

/// A forum that ends leaves its project unfinished, which has failed, and what waits undone.
pub fn end(forum: &mut Forum) {
    let Forum {
        programme, meeting, ..
    } = forum;
    meeting.ended = programme.active.is_some() || !programme.waiting.is_empty();
    if let Some(project) = programme.active.take() {
        meeting.failures += 1;
        meeting.failed += project.item.scale / TYPICAL_SCALE;
    }
    #[allow(clippy::cast_possible_truncation, reason = "a short list")]
    let waiting = programme.waiting.drain(..).count() as u32;
    meeting.abandoned = waiting;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::forum::{Item, Meeting, Project};
    use crate::model::rules::testing::{Bench, assert_chance, word as drawn};

    fn item(scale: f64) -> Item {
        Item {
            scale,
            ..Item::default()
        }
    }

    fn project(scale: f64) -> Project {
        Project {
            item: item(scale),
            ..Project::default()
        }
    }

    #[test]
    fn an_agreed_or_imposed_item_joins_if_there_is_room() {
        for (decision, active, waiting, joins, dropped) in [
            (Decision::Agreement, true, 1, true, 0),
            (Decision::Imposed, true, 1, true, 0),
            (Decision::Agreement, true, 2, false, 1),
            (Decision::Impasse, true, 0, false, 0),
            (Decision::Token, true, 0, false, 0),
            (Decision::Agreement, false, 0, true, 0),
        ] {
            let mut bench = Bench::clinicians(2);
            bench.mechanisms.joint_action.waiting = 2;
            bench.forum.meeting.decision = decision;
            bench.forum.meeting.item = item(0.5);
            bench.forum.programme.active = active.then(|| project(0.25));
            bench.forum.programme.waiting = vec![item(0.25); waiting];
            bench.run(|stage, table| adopt(stage, table.forum));
            let list = &bench.forum.programme.waiting;
            assert_eq!(list.len(), waiting + usize::from(joins));
            assert_eq!(list.last() == Some(&item(0.5)), joins);
            assert_eq!(bench.forum.meeting.dropped, dropped);
        }
    }

    #[test]
    fn an_idle_forum_takes_an_item_even_without_a_waiting_list() {
        for (active, joined) in [(false, 1), (true, 0)] {
            let mut bench = Bench::clinicians(2);
            bench.mechanisms.joint_action.waiting = 0;
            bench.forum.meeting.decision = Decision::Agreement;
            bench.forum.programme.active = active.then(|| project(0.25));
            bench.run(|stage, table| adopt(stage, table.forum));
            assert_eq!(bench.forum.programme.waiting.len(), joined);
        }
    }

    /// A surge of .4; what is abandoned has chance .05 + .3·.4, what is overturned .5·.4.
    fn surging(active: bool, waiting: usize) -> Bench {
        let mut bench = Bench::clinicians(2);
        let context = &mut bench.levers.context;
        (context.abandon, context.abandon_pulse, context.overturn) = (0.05, 0.3, 0.5);
        (bench.pressure.pulse, bench.pressure.hierarchy) = (0.4, 0.9);
        bench.forum.programme.active = active.then(|| project(0.25));
        bench.forum.programme.waiting = (1..=waiting).map(|at| item(at as f64)).collect();
        bench
    }

    fn interrupted(mut bench: Bench, at: usize, word: u32) -> (Bench, bool) {
        *bench.room.words.forum_mut(at) = word;
        let overturned = bench.run(interrupt);
        assert_eq!(bench.forum.meeting.overturned, overturned);
        (bench, overturned)
    }

    #[test]
    fn a_change_of_priorities_abandons_the_whole_programme() {
        let mut bench = surging(true, 2);
        *bench.room.words.forum_mut(word::OVERTURN) = 0;
        assert_chance(0.17, |word| {
            let (bench, overturned) = interrupted(bench.clone(), word::ABANDON, word);
            let abandoned = bench.forum.meeting.abandoned;
            assert!(abandoned == 0 || abandoned == 3);
            // Below .05 it would have been without the surge.
            let surge = abandoned == 3 && word > drawn(0.05);
            assert_eq!(bench.forum.meeting.surge, surge);
            assert_eq!(overturned, abandoned == 0);
            assert_eq!(bench.forum.programme.active.is_none(), abandoned == 3);
            assert_eq!(
                bench.forum.programme.waiting.len(),
                if abandoned == 3 { 0 } else { 1 }
            );
            abandoned == 3
        });
    }

    #[test]
    fn a_surge_overturns_what_was_agreed_last() {
        assert_chance(0.2, |word| {
            let (bench, overturned) = interrupted(surging(true, 2), word::OVERTURN, word);
            let programme = &bench.forum.programme;
            assert!(programme.active.is_some() && programme.waiting[0] == item(1.0));
            assert_eq!(programme.waiting.len(), if overturned { 1 } else { 2 });
            overturned
        });
        let (bench, overturned) = interrupted(surging(true, 0), word::OVERTURN, 0);
        assert!(overturned && bench.forum.programme.active.is_none());
    }

    #[test]
    fn where_nothing_is_planned_nothing_is_interrupted() {
        for at in [word::ABANDON, word::OVERTURN] {
            let (bench, overturned) = interrupted(surging(false, 0), at, 0);
            assert!(!overturned && bench.forum.meeting.abandoned == 0);
        }
    }

    #[test]
    fn a_forum_that_ends_fails_its_project_and_abandons_what_waits() {
        let mut bench = Bench::clinicians(2);
        bench.forum.programme.active = Some(project(0.5));
        bench.forum.programme.waiting = vec![item(0.25), item(0.25)];
        end(&mut bench.forum);
        let meeting = bench.forum.meeting;
        assert_eq!((meeting.failures, meeting.failed), (1, 2.0));
        assert_eq!((meeting.abandoned, meeting.ended), (2, true));
        assert!(bench.forum.programme.active.is_none() && bench.forum.programme.waiting.is_empty());
        bench.forum.meeting = Meeting::default();
        bench.forum.programme.waiting = vec![item(0.25)];
        end(&mut bench.forum);
        let meeting = bench.forum.meeting;
        assert_eq!((meeting.failures, meeting.abandoned), (0, 1));
        assert!(meeting.ended);
        bench.forum.meeting = Meeting::default();
        end(&mut bench.forum);
        assert_eq!(bench.forum.meeting, Meeting::default());
    }

    #[test]
    fn a_priority_change_adds_to_the_chance_of_abandonment() {
        let mut bench = surging(true, 2);
        bench.provides().abandoned = 0.4;
        *bench.room.words.forum_mut(word::OVERTURN) = u32::MAX;
        // .17 and, of what is left, .4.
        assert_chance(0.17 + 0.83 * 0.4, |word| {
            let (bench, _) = interrupted(bench.clone(), word::ABANDON, word);
            bench.forum.meeting.abandoned == 3
        });
    }

    #[test]
    fn what_is_delegated_is_overturned_less() {
        let mut bench = surging(true, 1);
        bench.provides().delegated = 0.7;
        *bench.room.words.forum_mut(word::ABANDON) = u32::MAX;
        // .5·.4·.3
        assert_chance(0.06, |word| {
            interrupted(bench.clone(), word::OVERTURN, word).1
        });
    }
}
