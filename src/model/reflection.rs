//! What a month leaves in the leaders: the flows of all forums a leader sits in are summed, and
//! every slow state is changed once, from its value at the start of the cycle.

use super::event::Reason;
use super::forum::{FIRST, Forum, NO_TIE};
use super::founding::BLOCK;
use super::leader::AXES;
use super::minds::Minds;
use super::network::{ACROSS_KINDS, KIND};
use super::rules::dialogue::{self, Heard, Listener};
use super::rules::trust::{self, Passed, Rates};
use super::rules::{commitment, leadership, renewal, standing};
use super::stage::Stage;
use crate::random::{Purpose, normal};
use crate::registry::mechanisms::Trust;

/// Words of one leader and cycle: three for its signals, one for leaving.
const MONTH_WORDS: usize = 4;
/// Leaders whose words are drawn at once.
const DRAWN: usize = 64;

/// Scratch of one block of leaders.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    rates: Rates,
    words: Vec<u32>,
    /// What passed on each tie of a row.
    passed: Vec<Passed>,
    /// The places of those on which something did, with what becomes of trust, ceiling and
    /// leadership granted.
    touched: Vec<(u16, (f32, f32, f32))>,
    /// Values held to their range.
    pub clamped: u64,
    /// Hours of governance.
    pub hours: f64,
    /// Posts whose holders leave, and why.
    pub leaving: Vec<(u32, Reason)>,
}

impl Desk {
    /// An empty desk.
    pub(super) fn new(rule: &Trust) -> Self {
        Self {
            rates: Rates::new(rule),
            words: vec![0; DRAWN * MONTH_WORDS],
            passed: Vec::new(),
            touched: Vec::new(),
            clamped: 0,
            hours: 0.0,
            leaving: Vec::new(),
        }
    }
}

/// What does not change while leaders reflect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Month<'a> {
    /// The state at the start of the cycle, but for what [`Minds`] holds: those parts are empty here.
    pub stage: Stage<'a>,
    /// This month's meetings.
    pub forums: &'a [Forum],
    /// Seats of all leaders, as (forum, seat).
    pub seats: &'a [(u32, u32)],
    /// Where each leader's seats begin.
    pub seats_from: &'a [u32],
}

/// Every leader reflects on the month; large systems in parallel, block by block, with the same
/// result.
pub(super) fn reflect(month: &Month, minds: Minds, desks: &mut [Desk], parallel: bool) {
    if desks.len() == 1 {
        return block(month, minds, &mut desks[0]);
    }
    let half = desks.len() / 2;
    let cut = minds.first + half * BLOCK;
    let (left, right) = minds.split(cut, month.stage.ties.start[cut]);
    let (first, second) = desks.split_at_mut(half);
    if parallel {
        rayon::join(
            || reflect(month, left, first, true),
            || reflect(month, right, second, true),
        );
    } else {
        reflect(month, left, first, false);
        reflect(month, right, second, false);
    }
}

fn block(month: &Month, mut minds: Minds, desk: &mut Desk) {
    let stage = &month.stage;
    let count = minds.view.len();
    desk.clamped = 0;
    desk.hours = 0.0;
    desk.leaving.clear();
    let rule = &stage.mechanisms.renewal;
    let kept = [rule.grievance_half_life, rule.fatigue_half_life].map(renewal::kept);
    for at in 0..count {
        if at.is_multiple_of(DRAWN) {
            draw(stage, minds.first, at, &mut desk.words);
        }
        let leader = minds.first + at;
        let seats =
            &month.seats[month.seats_from[leader] as usize..month.seats_from[leader + 1] as usize];
        let words: [u32; MONTH_WORDS] =
            std::array::from_fn(|word| desk.words[at % DRAWN * MONTH_WORDS + word]);
        let flows = sum(month, seats, leader, minds.motivation[at], minds.strain[at]);
        relate(month, &mut minds, desk, at, seats);
        let leaving = renewal::leaving(stage, minds.strain[at], leader, flows.failing);
        if let Some(reason) = leaving.reason(words[3]) {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "leaders are counted in 32 bits"
            )]
            desk.leaving.push((leader as u32, reason));
        }
        desk.clamped += change(month, &mut minds, at, (&flows, kept), &words);
        desk.hours += flows.hours;
    }
}

/// The words of some leaders of a block, from one of them on.
fn draw(stage: &Stage, first: usize, from: usize, words: &mut [u32]) {
    let block = (first / BLOCK) as u64;
    let position = (u64::from(stage.cycle) << 16) + (from * MONTH_WORDS) as u64;
    stage.draws.fill(Purpose::Month, block, position, words);
}

/// The flows of one leader's month over all of its seats.
#[derive(Clone, Copy, Debug, Default)]
struct Flows {
    heard: Heard,
    motivation: f64,
    encouraged: f64,
    discouraged: f64,
    aggrieved: f64,
    tired: f64,
    hours: f64,
    failing: f64,
}

fn sum(month: &Month, seats: &[(u32, u32)], leader: usize, motivation: f64, strain: f64) -> Flows {
    let mut flows = Flows {
        motivation,
        ..Flows::default()
    };
    let modelled = f64::from(month.stage.levers.given(leader).modelled);
    for (index, seat) in seats {
        let forum = &month.forums[*index as usize];
        let at = *seat as usize;
        let seat = &forum.seats[at];
        flows.encouraged += f64::from(seat.encouraged);
        flows.discouraged += f64::from(seat.discouraged);
        flows.aggrieved += f64::from(seat.aggrieved);
        flows.tired += commitment::tiring(&month.stage.mechanisms.commitment, &forum.meeting);
        if forum.tier == crate::registry::places::Tier::Executive {
            flows.failing += forum.failing;
        }
        if !seat.present {
            continue;
        }
        flows.hours += standing::hours(&month.stage, leader, *index as usize);
        flows.heard.weight += seat.heard;
        for axis in 0..AXES {
            flows.heard.pull[axis] += seat.moved[axis];
        }
        flows.heard.analysis += forum.meeting.acts[super::forum::act::ANALYSIS];
        let rule = &month.stage.mechanisms.leadership;
        let moved = |share| leadership::motivation(rule, motivation, share, strain) - motivation;
        if seat.claimed {
            flows.motivation += moved(f64::from(seat.share_granted));
        }
        if modelled > 0.0
            && let Some(share) = leadership::watched(&month.stage, forum, at)
        {
            flows.motivation += modelled * moved(share);
        }
    }
    flows
}

/// Ties: trust, ceilings, leadership granted; and what encounters teach of kinds and languages.
///
/// Most ties see nothing happen in a month: all of a row drift and lapse in plain loops, and those
/// on which something passed are then written from what they were before.
fn relate(month: &Month, minds: &mut Minds, desk: &mut Desk, at: usize, seats: &[(u32, u32)]) {
    let stage = &month.stage;
    let leader = minds.first + at;
    let row = stage.ties.row(leader);
    desk.touched.clear();
    desk.passed
        .resize(row.len().max(desk.passed.len()), Passed::default());
    for (index, seat) in seats {
        gather(month, desk, *index as usize, *seat as usize);
    }
    let held_by_row = row.start - minds.first_tie..row.end - minds.first_tie;
    let trusts = &mut minds.trust[held_by_row.clone()];
    let ceilings = &mut minds.ceiling[held_by_row.clone()];
    let granted = &mut minds.granted[held_by_row];
    let marks = &stage.ties.marks[row];
    let (rule, leading) = (&stage.mechanisms.trust, &stage.mechanisms.leadership);
    let before = minds.generalised[at].map(f64::from);
    let (mut generalised, mut crossings) = (before, 0.0);
    for (place, after) in &mut desk.touched {
        let place = usize::from(*place);
        let passed = std::mem::take(&mut desk.passed[place]);
        let (trust, ceiling) = (trusts[place], ceilings[place]);
        let other = (marks[place] >> KIND) as usize;
        let met = f64::from(passed.encounters);
        generalised[other] += rule.generalisation * met * (f64::from(trust) - before[other]);
        if marks[place] & ACROSS_KINDS != 0 {
            crossings += f64::from(passed.good);
        }
        let (trust, ceiling) =
            trust::update(rule, &desk.rates, (trust, ceiling), before[other], &passed);
        let leads = leadership::update(leading, granted[place], passed.grants, passed.refusals);
        *after = (trust, ceiling, leads);
    }
    trust::drift_all(rule, trusts, ceilings, marks, before);
    leadership::lapse(leading, granted);
    for (place, after) in &desk.touched {
        let place = usize::from(*place);
        (trusts[place], ceilings[place], granted[place]) = *after;
    }
    let given = stage.levers.given(leader);
    if given.repairing > 0.0 {
        trust::repair(rule.repair * f64::from(given.repairing), trusts, ceilings);
    }
    crossings += f64::from(given.shadowing);
    #[allow(clippy::cast_possible_truncation, reason = "trust is kept short")]
    let kept = generalised.map(|trust| held(trust, &mut desk.clamped) as f32);
    minds.generalised[at] = kept;
    let start = f64::from(stage.leaders.bilingualism_start[leader]);
    let known = minds.bilingualism[at];
    let learned = known + rule.bilingual_gain * crossings * (1.0 - known)
        - rule.bilingual_decay * (known - start);
    minds.bilingualism[at] = held(learned, &mut desk.clamped);
}

/// What passed on each tie of a row in one forum.
fn gather(month: &Month, desk: &mut Desk, index: usize, seat: usize) {
    let forum = &month.forums[index];
    let feedback = month.stage.mechanisms.commitment.feedback;
    let (won, failed) = (
        feedback * forum.meeting.won,
        feedback * forum.meeting.failed,
    );
    let eventful = won + failed > 0.0;
    if !eventful && forum.meeting.present == 0 && !forum.seats.iter().any(|seat| seat.broke) {
        return;
    }
    let shared = eventful.then(|| desk.rates.shared(won, failed));
    let members = forum.seats.len();
    let row = seat * members..(seat + 1) * members;
    for (packed, entry) in forum.pairs[row.clone()].iter().zip(&forum.ties[row]) {
        if (*packed == 0 && !eventful) || *entry & !FIRST == NO_TIE {
            continue;
        }
        let place = *entry & !FIRST;
        let passed = &mut desk.passed[usize::from(place)];
        if !passed.touched {
            desk.touched.push((place, (0.0, 0.0, 0.0)));
        }
        passed.add(&desk.rates, *packed);
        if let Some(shared) = &shared {
            passed.share(shared);
        }
    }
}

/// Views, commitment, memories, strain.
fn change(
    month: &Month,
    minds: &mut Minds,
    at: usize,
    (flows, [grievance, fatigue]): (&Flows, [f64; 2]),
    words: &[u32; MONTH_WORDS],
) -> u64 {
    let stage = &month.stage;
    let leader = minds.first + at;
    let mechanisms = stage.mechanisms;
    let listener = listener(
        month,
        minds.view[at],
        leader,
        flows.heard.analysis > 0.0,
        words,
    );
    let mut clamped = 0;
    minds.view[at] = dialogue::update(
        &mechanisms.dialogue,
        stage.pressure.capture,
        &listener,
        &flows.heard,
    )
    .map(|x| held(x, &mut clamped));
    minds.motivation[at] = held(flows.motivation, &mut clamped);
    minds.commitment[at] = commitment::update(
        &mechanisms.commitment,
        minds.commitment[at],
        flows.encouraged,
        flows.discouraged,
    );
    let rule = &mechanisms.renewal;
    let given = stage.levers.given(leader);
    let remembered = grievance * (1.0 - f64::from(given.acknowledged));
    minds.grievance[at] = renewal::memory(minds.grievance[at], remembered, flows.aggrieved);
    minds.skill[at] = renewal::skill(
        rule,
        (minds.skill[at], stage.leaders.skill_start[leader]),
        f64::from(given.trained),
    );
    minds.fatigue[at] = renewal::memory(minds.fatigue[at], fatigue, flows.tired);
    let overload = standing::load(stage, leader, flows.hours);
    let support = f64::from(stage.levers.support[leader]);
    minds.strain[at] = renewal::strain(
        rule,
        minds.strain[at],
        overload,
        stage.pressure.hierarchy,
        support,
    );
    clamped
}

fn listener(
    month: &Month,
    view: [f64; AXES],
    leader: usize,
    analysed: bool,
    words: &[u32; MONTH_WORDS],
) -> Listener {
    let stage = &month.stage;
    let rule = &stage.mechanisms.dialogue;
    let system = stage.organisations[stage.leaders.organisation[leader] as usize].system;
    let need = stage.systems[system as usize].need;
    let own = stage.leaders.kind[leader] as usize;
    let signal = if analysed {
        std::array::from_fn(|axis| {
            let sd = if axis == own {
                rule.signal_own
            } else {
                rule.signal_other
            };
            need[axis] + sd * normal(words[axis])
        })
    } else {
        view
    };
    Listener {
        view,
        anchor: stage.leaders.anchor[leader].map(f64::from),
        openness: f64::from(stage.leaders.openness[leader]),
        signal,
    }
}

/// The one place where a state is held to [0, 1], counting how often it had to be.
fn held(value: f64, clamped: &mut u64) -> f64 {
    let inside = value.clamp(0.0, 1.0);
    *clamped += u64::from((inside - value).abs() > 0.0);
    inside
}

#[cfg(test)]
mod tests;
