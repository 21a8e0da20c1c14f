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
    if items > 0
        && happens(
            words.forum(word::ABANDON),
            context.abandon + context.abandon_pulse * pulse,
        )
    {
        programme.active = None;
        programme.waiting.clear();
        table.forum.meeting.abandoned = items;
        return false;
    }
    let overturned = items > 0 && happens(words.forum(word::OVERTURN), context.overturn * pulse);
    if overturned && programme.waiting.pop().is_none() {
        programme.active = None;
    }
    table.forum.meeting.overturned = overturned;
    overturned
}

/// A forum that ends leaves its project unfinished: it has failed.
pub fn end(forum: &mut Forum) {
    if let Some(project) = forum.programme.active.take() {
        forum.meeting.failures += 1;
        forum.meeting.failed += project.item.scale / TYPICAL_SCALE;
        forum.meeting.ended = true;
    }
    forum.programme.waiting.clear();
}
