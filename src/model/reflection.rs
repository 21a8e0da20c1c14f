//! What a month leaves in the leaders: the flows of all forums a leader sits in are summed, and
//! every slow state is changed once, from its value at the start of the cycle.

use super::forum::{FIRST, Forum, NO_TIE, pair};
use super::founding::BLOCK;
use super::leader::AXES;
use super::minds::Minds;
use super::rules::dialogue::{self, Heard, Listener};
use super::rules::trust::{self, Passed, Rates};
use super::rules::{commitment, leadership, renewal, standing};
use super::stage::Stage;
use crate::random::{Purpose, happens, normal};

/// Words of one leader and cycle: three for its signals, one for leaving.
const MONTH_WORDS: usize = 4;

/// Scratch of one block of leaders.
#[derive(Clone, Debug, Default)]
pub(super) struct Desk {
    words: Vec<u32>,
    passed: Vec<Passed>,
    places: Vec<u32>,
    /// Values held to their range.
    pub clamped: u64,
    /// Hours of governance.
    pub hours: f64,
    /// Posts whose holders leave.
    pub leaving: Vec<u32>,
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
    desk.words.resize(count * MONTH_WORDS, 0);
    let index = (minds.first / BLOCK) as u64;
    stage.draws.fill(
        Purpose::Month,
        index,
        u64::from(stage.cycle) << 16,
        &mut desk.words,
    );
    desk.clamped = 0;
    desk.hours = 0.0;
    desk.leaving.clear();
    let rates = Rates::new(&stage.mechanisms.trust);
    for at in 0..count {
        let leader = minds.first + at;
        let seats =
            &month.seats[month.seats_from[leader] as usize..month.seats_from[leader + 1] as usize];
        let words: [u32; MONTH_WORDS] =
            std::array::from_fn(|word| desk.words[at * MONTH_WORDS + word]);
        let flows = sum(month, seats, leader, minds.motivation[at], minds.strain[at]);
        relate(month, &mut minds, desk, at, seats, &rates);
        change(month, &mut minds, at, &flows, &words);
        desk.hours += flows.hours;
        if happens(
            words[3],
            renewal::leaving(stage, minds.strain[at], leader, flows.failing),
        ) {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "leaders are counted in 32 bits"
            )]
            desk.leaving.push(leader as u32);
        }
    }
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
    for (index, seat) in seats {
        let forum = &month.forums[*index as usize];
        let seat = &forum.seats[*seat as usize];
        flows.encouraged += f64::from(seat.encouraged);
        flows.discouraged += f64::from(seat.discouraged);
        flows.aggrieved += f64::from(seat.aggrieved);
        flows.tired += f64::from(seat.tired);
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
        if seat.claimed {
            let rule = &month.stage.mechanisms.leadership;
            flows.motivation +=
                leadership::motivation(rule, motivation, f64::from(seat.share_granted), strain)
                    - motivation;
        }
    }
    flows
}

/// Ties: trust, ceilings, leadership granted; and what encounters teach of kinds and languages.
///
/// Most ties see nothing happen in a month: all of a row drift and lapse in one plain loop, and
/// those on which something passed are then written from what they were before.
#[allow(clippy::cast_possible_truncation, reason = "ties are kept short")]
fn relate(
    month: &Month,
    minds: &mut Minds,
    desk: &mut Desk,
    at: usize,
    seats: &[(u32, u32)],
    rates: &Rates,
) {
    let stage = &month.stage;
    let leader = minds.first + at;
    let row = stage.ties.row(leader);
    desk.places.clear();
    if desk.passed.len() < row.len() {
        desk.passed.resize(row.len(), Passed::default());
    }
    for (index, seat) in seats {
        gather(month, desk, row.start, *index as usize, *seat as usize);
    }
    let (rule, leading) = (&stage.mechanisms.trust, &stage.mechanisms.leadership);
    let kind = stage.leaders.kind[leader];
    let before = minds.generalised[at];
    let (mut generalised, mut crossings) = (before, 0.0);
    let first = row.start - minds.first_tie;
    for place in &desk.places {
        let place = *place as usize;
        let other = stage.leaders.kind[stage.ties.target[row.start + place] as usize];
        let passed = &mut desk.passed[place];
        let (trust, ceiling) = (
            f64::from(minds.trust[first + place]),
            f64::from(minds.ceiling[first + place]),
        );
        generalised[other as usize] +=
            rule.generalisation * f64::from(passed.encounters) * (trust - before[other as usize]);
        crossings += if other == kind {
            0.0
        } else {
            f64::from(passed.good_encounters)
        };
        let after = trust::update(rule, rates, trust, ceiling, before[other as usize], passed);
        let granted = f64::from(minds.granted[first + place]);
        let granted = leadership::update(
            leading,
            granted,
            passed.grants.into(),
            passed.refusals.into(),
        );
        passed.after = (after.0 as f32, after.1 as f32, granted as f32);
    }
    let end = first + row.len();
    let trusts = minds.trust[first..end]
        .iter_mut()
        .zip(&minds.ceiling[first..end]);
    let others = stage.ties.target[row]
        .iter()
        .map(|other| before[stage.leaders.kind[*other as usize] as usize]);
    for ((trust, ceiling), general) in trusts.zip(others) {
        *trust = trust::drift(rule, f64::from(*trust), general).min(f64::from(*ceiling)) as f32;
    }
    let kept = 1.0 - leading.lapse as f32;
    for granted in &mut minds.granted[first..end] {
        *granted *= kept;
    }
    for place in &desk.places {
        let place = *place as usize;
        let passed = std::mem::take(&mut desk.passed[place]);
        (
            minds.trust[first + place],
            minds.ceiling[first + place],
            minds.granted[first + place],
        ) = passed.after;
    }
    minds.generalised[at] = generalised.map(|trust| held(trust, &mut desk.clamped));
    let start = f64::from(stage.leaders.bilingualism_start[leader]);
    let known = minds.bilingualism[at];
    let learned = known + rule.bilingual_gain * crossings * (1.0 - known)
        - rule.bilingual_decay * (known - start);
    minds.bilingualism[at] = held(learned, &mut desk.clamped);
}

/// What passed on each tie in one forum.
#[allow(
    clippy::cast_possible_truncation,
    reason = "parts of an encounter; places of a row"
)]
fn gather(month: &Month, desk: &mut Desk, first: usize, index: usize, seat: usize) {
    let forum = &month.forums[index];
    let members = forum.seats.len();
    let feedback = month.stage.mechanisms.commitment.feedback;
    let (won, failed) = (
        (feedback * forum.meeting.won) as f32,
        (feedback * forum.meeting.failed) as f32,
    );
    let eventful = won + failed > 0.0;
    if !eventful && forum.meeting.present == 0 && !forum.seats.iter().any(|seat| seat.broke) {
        return;
    }
    let from = seat * members;
    for (byte, entry) in forum.pairs[from..from + members]
        .iter()
        .zip(&forum.ties[from..from + members])
    {
        if (*byte == 0 && !eventful) || *entry & !FIRST == NO_TIE {
            continue;
        }
        let place = (*entry & !FIRST) as usize - first;
        let passed = &mut desk.passed[place];
        if !passed.listed {
            passed.listed = true;
            desk.places.push(place as u32);
        }
        let good = f32::from(byte & pair::GOOD);
        let bad = f32::from((byte & pair::BAD) / pair::ONE_BAD);
        let heard = f32::from(u8::from(byte & pair::HEARD_BAD != 0));
        passed.good += good + won;
        passed.bad += bad + failed;
        passed.heard_bad += heard;
        passed.good_encounters += good;
        passed.encounters += good + bad + heard;
        passed.broken |= byte & pair::BROKEN != 0;
        passed.grants += u8::from(byte & pair::GRANTED != 0);
        passed.refusals += u8::from(byte & pair::REFUSED != 0);
    }
}

/// Views, commitment, memories, strain.
fn change(month: &Month, minds: &mut Minds, at: usize, flows: &Flows, words: &[u32; MONTH_WORDS]) {
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
    minds.grievance[at] = renewal::memory(
        minds.grievance[at],
        rule.grievance_half_life,
        flows.aggrieved,
    );
    minds.fatigue[at] = renewal::memory(minds.fatigue[at], rule.fatigue_half_life, flows.tired);
    let overload = standing::load(stage, leader, flows.hours);
    let support = f64::from(stage.levers.support[leader]);
    minds.strain[at] = renewal::strain(
        rule,
        minds.strain[at],
        overload,
        stage.pressure.hierarchy,
        support,
    );
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
