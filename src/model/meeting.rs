//! One forum's month: the phases of a meeting in order, then work on what was agreed.

use super::forum::{Decision, Forum, Meeting, Seat};
use super::levers::ForumLevers;
use super::rules::{
    acts, agenda, capacity, commitment, convening, decision, dialogue, introduction, joint_action,
    leadership, programme, renewal, trust, voice,
};
use super::stage::{Room, Stage, Table};

/// Runs one forum through a month. It reads the state at the start of the cycle and writes to its
/// own forum alone, so that forums can meet in any order.
pub(super) fn month(stage: &Stage, levers: &ForumLevers, forum: &mut Forum, room: &mut Room) {
    let design = &levers.design;
    clear(forum);
    // The room still holds those who came to another forum.
    room.seat.clear();
    if design.deadline > 0 && stage.cycle >= design.deadline {
        programme::end(forum);
        forum.programme.pace = 0.0;
    }
    room.words.draw(stage.draws, forum, stage.cycle);
    let due = Forum::meets(design, stage.cycle);
    let table = &mut Table {
        forum,
        levers,
        room,
    };
    convening::relative_power(stage.leaders, table);
    let quorate = due && convene(stage, table);
    if quorate {
        deliberate(stage, table);
    }
    act(stage, table, due, quorate);
    commitment::experience(stage, table);
    commitment::learn(stage, table, quorate);
    if due {
        convening::remember(stage, table, quorate);
    }
    let meeting = &table.forum.meeting;
    table.forum.failing = renewal::failing(
        &stage.mechanisms.renewal,
        table.forum.failing,
        meeting.won,
        meeting.failed,
    );
}

/// The flows of last month are gone.
fn clear(forum: &mut Forum) {
    forum.pairs.fill(0);
    forum.meeting = Meeting::default();
    for seat in &mut forum.seats {
        *seat = Seat {
            leader: seat.leader,
            organisation: seat.organisation,
            expectation: seat.expectation,
            influence: seat.influence,
            satiation: seat.satiation,
            attendance: seat.attendance,
            grants: seat.grants,
            received: seat.received,
            withholds: seat.withholds,
            ..Seat::default()
        };
    }
}

/// C1: who comes, and whether they are enough.
#[allow(
    clippy::cast_possible_truncation,
    reason = "members are counted in 32 bits"
)]
fn convene(stage: &Stage, table: &mut Table) -> bool {
    convening::attend(stage, table);
    table.room.gather(stage, table.forum);
    let present = table.room.present();
    let quorate =
        present >= convening::quorum(stage.mechanisms.convening.quorum, table.forum.seats.len());
    table.forum.meeting.present = present as u32;
    if !quorate {
        table.forum.meeting.decision = Decision::NoQuorum;
    }
    quorate
}

/// C2 to C6: the item, what those present bring, who speaks, what is understood, whom one trusts,
/// who leads, what is decided.
fn deliberate(stage: &Stage, table: &mut Table) {
    agenda::table_item(table);
    acts::topic_knowledge(stage, table);
    acts::earn(stage, table);
    voice::speak(stage, table);
    dialogue::language(stage, table);
    dialogue::listen(stage, table);
    trust::encounter(stage, table);
    leadership::claim_and_grant(stage, table);
    agenda::propose(stage, table);
    decision::decide(stage, table);
    table.forum.meeting.introduced = introduction::introduce(stage, table);
    if table.forum.meeting.decision == Decision::Token
        && let Some(chair) = table.forum.chair_seat
    {
        trust::break_promise(table, chair as usize, true);
    }
}

/// C7: interruptions from above, what was agreed joins the programme, and a month's work.
fn act(stage: &Stage, table: &mut Table, due: bool, quorate: bool) {
    if programme::interrupt(stage, table)
        && let Some(chair) = table.forum.chair_seat
    {
        trust::break_promise(table, chair as usize, false);
    }
    programme::adopt(stage, table.forum);
    if quorate {
        capacity::prepare(stage, table);
    } else if due {
        table.forum.programme.pace = 0.0;
    }
    joint_action::work(stage, table);
    for seat in 0..table.forum.seats.len() {
        if table.forum.seats[seat].defected {
            trust::break_promise(table, seat, false);
        }
    }
}
